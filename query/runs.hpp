// Runs: incoming rows that agree in all that is read above, but for the node to go
// from. They follow each other, as an expansion gives all rows of its incoming row
// in a piece. What a run reaches is gathered and given out when the run ends. Two
// runs that agree are given out as two: whoever counts adds them up.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "operator.hpp"

namespace islet::query {

/// Zeros by node id, of which few may be used: memory that is never touched costs nothing.
template <class T>
class ZeroedArray {
 public:
    void resize(std::size_t size) {
        if (size <= size_) return;
        // The system hands out zeroed pages on first touch; a vector would write them all.
        std::unique_ptr<T, Free> larger(static_cast<T*>(std::calloc(size, sizeof(T))));
        if (!larger) throw std::bad_alloc();
        std::copy_n(data_.get(), size_, larger.get());
        data_ = std::move(larger);
        size_ = size;
    }
    T& operator[](std::uint32_t i) { return data_.get()[i]; }

 private:
    struct Free {
        void operator()(T* data) const { std::free(data); }
    };
    std::unique_ptr<T, Free> data_;
    std::size_t size_ = 0;
};

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
    /// Whether the present row is read above as the run's rows are. A no is always right: it only costs.
    [[nodiscard]] bool same_run() const;

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
