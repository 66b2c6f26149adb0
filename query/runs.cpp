#include "runs.hpp"

#include "expand_parts.hpp"
#include "key_bits.hpp"

namespace islet::query {

bool RunOperator::next(Batch& out) {
    out_ = empty_batch();
    while (out_.rows < batch_rows && !ended_) {
        if (row_ == in_.rows) {
            row_ = 0;
            keep_run();
            if (pull(in_)) {
                nothing_ = !resolve();
                continue;
            }
            in_ = {};
            ended_ = true;
            end_run();
            break;
        }
        if (nothing_) {
            row_ = in_.rows;
            continue;
        }
        // Within a batch, rows that are read alike were all of the run before.
        const bool begins = row_ > 0 || !running_ || !same_run(row_);
        if (begins) {
            end_run();
            begin_run();
        }
        const std::size_t end = end_of_rows();
        if (begins && end == row_ + 1 && end < in_.rows) {
            const NodeId from = node_at(in_[from_], row_);
            if (from == NodeId::none || take_alone(in_, row_, from)) {
                running_ = false;
                ++row_;
                continue;
            }
        }
        const Column& nodes = in_[from_];
        for (; row_ < end; ++row_) {
            const NodeId from = node_at(nodes, row_);
            if (from != NodeId::none) take(in_, row_, from);
        }
    }
    out = std::move(out_);
    return out.rows > 0;
}

void RunOperator::reset() {
    Operator::reset();
    in_ = {};
    row_ = 0;
    if (running_) drop();
    running_ = ended_ = false;
}

void RunOperator::emit(std::span<const std::uint32_t> nodes, std::span<const std::int64_t> weights) {
    if (nodes.empty()) return;
    const Batch& run = run_here_ ? in_ : run_;
    const std::size_t row = run_here_ ? run_row_ : 0;
    for (const SlotId slot : outer_) out_[slot].append_repeated(run[slot], row, nodes.size());
    if (!run.origin.empty()) out_.origin.insert(out_.origin.end(), nodes.size(), run.origin[row]);
    Column& to = out_[to_];
    to.layout = Column::Layout::nodes;
    to.ids.insert(to.ids.end(), nodes.begin(), nodes.end());
    out_.weights.insert(out_.weights.end(), weights.begin(), weights.end());
    out_.rows += nodes.size();
}

void RunOperator::begin_run() {
    if (row_ == 0 || !run_here_) {
        outer_ = carried(in_);
        std::erase(outer_, to_);
    }
    run_row_ = row_;
    run_here_ = true;
    running_ = true;
}

void RunOperator::keep_run() {
    if (!running_ || !run_here_) return;
    const std::uint32_t row = static_cast<std::uint32_t>(run_row_);
    run_ = in_.gather(std::span(&row, 1), outer_);
    run_here_ = false;
}

void RunOperator::end_run() {
    if (!running_) return;
    finish();
    running_ = false;
}

std::size_t RunOperator::end_of_rows() const {
    std::size_t end = in_.rows;
    const auto bound = [&](auto&& entry) {
        std::size_t at = row_ + 1;
        while (at < end && entry(at) == entry(row_)) ++at;
        end = at;
    };
    if (!in_.origin.empty()) bound([&](std::size_t row) { return in_.origin[row]; });
    for (const SlotId slot : outer_) {
        const Column& column = in_[slot];
        if (column.constant) continue;
        if (!has_bits(column.layout) || !column.valid.empty()) return row_ + 1;
        if (column.layout == Column::Layout::nodes || column.layout == Column::Layout::rels) {
            bound([ids = column.ids.data()](std::size_t row) { return ids[row]; });
        } else {
            bound([&](std::size_t row) { return bits(column, row); });
        }
    }
    return end;
}

bool RunOperator::same_run(std::size_t at) const {
    const Batch& run = run_here_ ? in_ : run_;
    const std::size_t run_row = run_here_ ? run_row_ : 0;
    if (!in_.origin.empty() && in_.origin[at] != run.origin[run_row]) return false;
    for (const SlotId slot : outer_) {
        const Column& now = in_[slot];
        const Column& then = run[slot];
        if (now.layout != then.layout) return false;
        const std::size_t row = now.constant ? 0 : at;
        const std::size_t before = then.constant ? 0 : run_row;
        switch (now.layout) {
            case Column::Layout::nodes:
            case Column::Layout::rels:
                if (now.ids[row] != then.ids[before]) return false;
                break;
            case Column::Layout::ints:
                if (!now.valid.empty() || !then.valid.empty() || now.ints[row] != then.ints[before])
                    return false;
                break;
            case Column::Layout::bools:
                if (now.bools[row] != then.bools[before]) return false;
                break;
            case Column::Layout::strings:
                if (now.strings[row].data() != then.strings[before].data() ||
                    now.strings[row].size() != then.strings[before].size())
                    return false;
                break;
            default:
                return false;
        }
    }
    return true;
}

}  // namespace islet::query
