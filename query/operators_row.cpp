// Operators that look at one row at a time: filter, computed columns, UNWIND,
// SKIP, LIMIT.

#include <array>
#include <numeric>
#include <optional>

#include "expand_parts.hpp"
#include "functions.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

class FilterOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<FilterOp>(node_.op);
        Batch in;
        while (pull(in)) {
            std::vector<std::uint32_t> rows = select(context_, op.predicates, in);
            if (rows.empty()) continue;
            std::optional<std::vector<std::int64_t>> weights;
            if (op.gives == Gives::combined) weights = combine(in, rows, op.weighted);
            out = rows.size() == in.rows ? std::move(in) : in.gather(rows, carried(in));
            if (weights) out.weights = std::move(*weights);
            return true;
        }
        return false;
    }

 private:
    /// Keeps the first of each run of rows that are the same in all that is carried on; returns for how many
    /// each of them stands. None, and nothing is done, where there is no such run.
    [[nodiscard]] std::optional<std::vector<std::int64_t>> combine(const Batch& in,
                                                                   std::vector<std::uint32_t>& rows,
                                                                   bool weighted) const {
        std::vector<const std::uint32_t*> ids;
        for (const SlotId slot : carried(in)) {
            const Column& column = in[slot];
            if (column.layout != Column::Layout::nodes && column.layout != Column::Layout::rels)
                return std::nullopt;
            if (!column.constant) ids.push_back(column.ids.data());
        }
        if (!in.origin.empty()) ids.push_back(in.origin.data());
        std::vector<std::uint32_t> begins;  // of runs, in rows
        if (ids.empty()) begins.push_back(0);
        for (std::uint32_t i = 0; !ids.empty() && i < rows.size(); ++i) {
            bool same = i > 0;
            for (std::size_t c = 0; same && c < ids.size(); ++c)
                same = ids[c][rows[i]] == ids[c][rows[i - 1]];
            if (!same) begins.push_back(i);
        }
        if (begins.size() == rows.size()) return std::nullopt;
        std::vector<std::int64_t> weights;
        for (std::size_t run = 0; weighted && run < begins.size(); ++run) {
            const std::size_t end = run + 1 < begins.size() ? begins[run + 1] : rows.size();
            std::int64_t all = in.weights.empty() ? static_cast<std::int64_t>(end - begins[run]) : 0;
            for (std::size_t i = begins[run]; !in.weights.empty() && i < end; ++i)
                all = added(all, in.weight(rows[i]));
            weights.push_back(all);
        }
        for (std::size_t run = 0; run < begins.size(); ++run) rows[run] = rows[begins[run]];
        rows.resize(begins.size());
        return weights;
    }
};

class ExtendOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<ExtendOp>(node_.op);
        if (!pull(out)) return false;
        // All are computed from the same rows: none reads another's slot.
        std::vector<Column> made;
        made.reserve(op.items.size());
        for (const auto& [expr, slot] : op.items)
            made.push_back(evaluate(context_, expr, out).take(out.rows));
        for (std::size_t i = 0; i < made.size(); ++i) out[op.items[i].second] = std::move(made[i]);
        return true;
    }
};

class UnwindOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<UnwindOp>(node_.op);
        while (true) {
            std::vector<std::uint32_t> parents;
            std::vector<std::int64_t> positions;
            Column elements;
            while (row_ < in_.rows && parents.size() < batch_rows) {
                const std::uint64_t size = sizes_[row_];
                const auto taken = std::min<std::uint64_t>(size - position_, batch_rows - parents.size());
                add_elements(taken, elements);
                parents.insert(parents.end(), taken, static_cast<std::uint32_t>(row_));
                for (std::uint64_t i = 0; op.position != SlotId::none && i < taken; ++i)
                    positions.push_back(op.first + static_cast<std::int64_t>(position_ + i));
                position_ += taken;
                if (position_ < size) break;
                ++row_;
                position_ = 0;
            }
            if (parents.empty()) {
                if (!pull(in_)) return false;
                begin(op.list);
                continue;
            }
            out = in_.gather(parents, carried(in_));
            out[op.slot] = std::move(elements);
            if (op.position != SlotId::none) out[op.position] = Column::integers(std::move(positions));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = position_ = 0;
    }

 private:
    /// The lists of a new batch; those of a range() are counted through, not made.
    void begin(ExprId list) {
        row_ = position_ = 0;
        sizes_.assign(in_.rows, 0);
        lists_.clear();
        ranges_.clear();
        if (begin_ranges(list)) return;
        const ColumnRef column = evaluate(context_, list, in_);
        for (std::size_t row = 0; row < in_.rows; ++row) {
            const Value value = column->at(row);
            sizes_[row] = value.kind() == Kind::list ? value.as_list().size() : value.is_null() ? 0 : 1;
            lists_.push_back(value);
        }
    }

    /// False where it is no range(), or one whose arguments it would refuse.
    bool begin_ranges(ExprId list) {
        const auto* call = std::get_if<FunctionOf>(&context_.plan[list].node);
        if (call == nullptr || call->function->name != "range") return false;
        std::vector<ColumnRef> arguments;
        for (const ExprId argument : call->arguments) arguments.push_back(evaluate(context_, argument, in_));
        std::vector<Range> ranges;
        for (std::size_t row = 0; row < in_.rows; ++row) {
            std::array<std::int64_t, 3> bounds{0, 0, 1};
            for (std::size_t i = 0; i < arguments.size(); ++i) {
                const Value value = arguments[i]->at(row);
                if (value.kind() != Kind::integer) return false;
                bounds[i] = value.as_int();
            }
            const auto range = range_of(bounds[0], bounds[1], bounds[2]);
            if (!range) return false;
            sizes_[row] = range->size;
            ranges.push_back(*range);
        }
        ranges_ = std::move(ranges);
        return true;
    }

    /// The next `count` elements of the row's list.
    void add_elements(std::uint64_t count, Column& elements) {
        if (!ranges_.empty()) {
            elements.layout = Column::Layout::ints;
            const Range& range = ranges_[row_];
            const std::size_t begin = elements.ints.size();
            elements.ints.resize(begin + static_cast<std::size_t>(count));
            for (std::uint64_t i = 0; i < count; ++i)
                elements.ints[begin + static_cast<std::size_t>(i)] = range.at(position_ + i);
            return;
        }
        const Value& value = lists_[row_];
        if (value.kind() != Kind::list) {
            if (count != 0) elements.append(value);
            return;
        }
        const List& list = value.as_list();
        for (std::uint64_t i = 0; i < count; ++i)
            elements.append(list[static_cast<std::size_t>(position_ + i)]);
    }

    Batch in_;
    // Of each row of in_: how many elements its list has, and the list or the range.
    std::vector<std::uint64_t> sizes_;
    std::vector<Value> lists_;
    std::vector<Range> ranges_;  ///< empty where lists_ is not
    std::size_t row_ = 0;
    std::uint64_t position_ = 0;
};

std::vector<std::uint32_t> range(std::size_t from, std::size_t to) {
    std::vector<std::uint32_t> rows(to - from);
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(from));
    return rows;
}

class SkipOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        if (!left_) left_ = row_count(context_, std::get<SkipOp>(node_.op).count, "SKIP");
        Batch in;
        while (pull(in)) {
            if (*left_ >= in.rows) {
                *left_ -= in.rows;
                continue;
            }
            out = *left_ == 0 ? std::move(in)
                              : in.gather(range(static_cast<std::size_t>(*left_), in.rows), carried(in));
            *left_ = 0;
            return true;
        }
        return false;
    }

    void reset() override {
        Operator::reset();
        left_.reset();
    }

 private:
    std::optional<std::uint64_t> left_;
};

class LimitOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        if (!left_) left_ = row_count(context_, std::get<LimitOp>(node_.op).count, "LIMIT");
        if (*left_ == 0) {
            finish_writes();
            return false;
        }
        Batch in;
        if (!pull(in)) return false;
        if (in.rows <= *left_) {
            *left_ -= in.rows;
            out = std::move(in);
            return true;
        }
        out = in.gather(range(0, static_cast<std::size_t>(*left_)), carried(in));
        *left_ = 0;
        return true;
    }

    void reset() override {
        Operator::reset();
        left_.reset();
    }

 private:
    /// LIMIT bounds the rows that go on, never what is written below it.
    void finish_writes() {
        if (context_.transaction == nullptr) return;
        Batch rest;
        while (pull(rest)) {
        }
    }

    std::optional<std::uint64_t> left_;
};

}  // namespace

std::uint64_t row_count(RunContext& context, ExprId expr, std::string_view clause) {
    const Value value = evaluate_constant(context, expr);
    context.at = context.plan[expr].span;
    const auto complain = [&](std::string_view code, std::string_view detail, std::string message) {
        throw Exception({.code = std::string(code),
                         .kind = "SyntaxError",
                         .phase = "runtime",
                         .detail = std::string(detail),
                         .message = std::move(message),
                         .span = {},
                         .hint = {},
                         .place = {}});
    };
    if (value.kind() != Kind::integer) {
        complain(
            "22G03", "InvalidArgumentType",
            std::string(clause) + " takes an INTEGER, but this is a " + std::string(kind_name(value.kind())));
    }
    if (value.as_int() < 0) {
        complain("22003", "NegativeIntegerArgument",
                 std::string(clause) + " takes a number of rows, which cannot be negative");
    }
    return static_cast<std::uint64_t>(value.as_int());
}

Input make_filter(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<FilterOperator>(context, node, std::move(input));
}
Input make_extend(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<ExtendOperator>(context, node, std::move(input));
}
Input make_unwind(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<UnwindOperator>(context, node, std::move(input));
}
Input make_skip(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<SkipOperator>(context, node, std::move(input));
}
Input make_limit(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<LimitOperator>(context, node, std::move(input));
}

}  // namespace islet::query
