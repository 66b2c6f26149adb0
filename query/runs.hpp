// Runs: incoming rows that agree in all that is read above, but for the node to go
// from. They follow each other, as an expansion gives all rows of its incoming row
// in a piece. What a run reaches is gathered and given out when the run ends. Two
// runs that agree are given out as two: whoever counts adds them up.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "operator.hpp"
#include "zeroed_array.hpp"

namespace islet::query {

/// Cuts the input into runs, and gives out what each of them reaches.
class RunOperator : public Operator {
 public:
    RunOperator(RunContext& context, const PlanNode& node, Input input, SlotId from, SlotId to)
        : Operator(context, node, std::move(input)), from_(from), to_(to) {}

    bool next(Batch& out) override;
    void reset() override;

 protected:
    /// Names of the present state; false: nothing can match.
    virtual bool resolve() = 0;
    /// One more row of the run, and the node to go from.
    virtual void take(const Batch& in, std::size_t row, NodeId from) = 0;
    /// The run is this one row: emit() what it reaches. False: it takes take() and finish().
    virtual bool take_alone(const Batch& in, std::size_t row, NodeId from) {
        static_cast<void>(in), static_cast<void>(row), static_cast<void>(from);
        return false;
    }
    /// The run is complete: emit() what it reached, and forget it.
    virtual void finish() = 0;
    /// Forget the run.
    virtual void drop() = 0;

    /// Gives out rows of the present run.
    void emit(std::span<const std::uint32_t> nodes, std::span<const std::int64_t> weights);

 private:
    void begin_run();
    /// Copies what is read of the run out of a batch that goes.
    void keep_run();
    void end_run();
    /// Behind the rows that follow the present one and are read above as it is. A row that is left out costs,
    /// and no more.
    [[nodiscard]] std::size_t end_of_rows() const;
    /// Whether a row is read above as the run's rows are. A no is always right: it only costs.
    [[nodiscard]] bool same_run(std::size_t row) const;

    SlotId from_;
    SlotId to_;
    std::vector<SlotId> outer_;
    Batch in_;
    // What is read above of the run is that of the row `run_row_` of `in_`; or, if that batch has gone, of
    // the one row of `run_`.
    Batch run_;
    std::size_t run_row_ = 0;
    bool run_here_ = false;
    Batch out_;
    std::size_t row_ = 0;
    bool running_ = false;
    bool ended_ = false;
    bool nothing_ = false;
};

}  // namespace islet::query
