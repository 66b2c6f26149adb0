#include "cardinality.hpp"

#include <algorithm>

namespace islet::query {
namespace {

void collect_required(const ast::LabelExpr& labels, std::uint32_t at, std::vector<std::string>& out) {
    const ast::LabelTerm& term = labels[at];
    if (term.op == ast::LabelTerm::Op::name) out.push_back(term.name.text);
    if (term.op == ast::LabelTerm::Op::conjunction) {
        collect_required(labels, term.left, out);
        collect_required(labels, term.right, out);
    }
}

}  // namespace

const std::string* single_label(const ast::LabelExpr& labels) {
    return labels.size() == 1 && labels.front().op == ast::LabelTerm::Op::name ? &labels.front().name.text
                                                                               : nullptr;
}

std::vector<std::string> required_labels(const ast::LabelExpr& labels) {
    std::vector<std::string> out;
    if (!labels.empty()) collect_required(labels, static_cast<std::uint32_t>(labels.size() - 1), out);
    return out;
}

double Cardinality::all_nodes() const {
    return std::max<double>(1, static_cast<double>(snapshot_.node_count()));
}

double Cardinality::label_share(const ast::LabelExpr& labels) const {
    double share = 1;
    for (const std::string& name : required_labels(labels)) {
        const std::optional<LabelId> label = snapshot_.find_label(name);
        share *= label ? static_cast<double>(snapshot_.count(*label)) / all_nodes() : 0;
    }
    return share;
}

double Cardinality::nodes(const ast::LabelExpr& labels) const {
    double least = static_cast<double>(snapshot_.node_count());
    for (const std::string& name : required_labels(labels)) {
        const std::optional<LabelId> label = snapshot_.find_label(name);
        least = std::min(least, label ? static_cast<double>(snapshot_.count(*label)) : 0);
    }
    return least;
}

double Cardinality::degree(const ast::LabelExpr& labels, const std::vector<std::string>& types,
                           PatternRel::Pointing pointing) const {
    const GraphStats& stats = snapshot_.stats();
    double rels = 0;
    const std::vector<std::string> required = required_labels(labels);
    const LabelId label =
        required.empty() ? LabelId::none : snapshot_.find_label(required.front()).value_or(LabelId::none);
    const bool any = label == LabelId::none;
    const double nodes = std::max<double>(1, any ? all_nodes() : static_cast<double>(snapshot_.count(label)));
    const auto add = [&](TypeId type) {
        if (index(type) >= stats.types.size()) return;
        const GraphStats::TypeStats& t = stats.types[index(type)];
        const auto of = [&](const std::vector<std::uint64_t>& by_label) {
            if (any) return static_cast<double>(t.count);
            return index(label) < by_label.size() ? static_cast<double>(by_label[index(label)]) : 0.0;
        };
        if (pointing != PatternRel::Pointing::backward) rels += of(t.from_label);
        if (pointing != PatternRel::Pointing::forward) rels += of(t.to_label);
    };
    if (types.empty()) {
        for (std::uint32_t t = 0; t < snapshot_.type_count(); ++t) add(TypeId{t});
    } else {
        for (const std::string& name : types) {
            if (const auto type = snapshot_.find_type(name)) add(*type);
        }
    }
    return rels / nodes;
}

double Cardinality::far_share(const ast::LabelExpr& labels, const std::vector<std::string>& types,
                              PatternRel::Pointing pointing) const {
    const std::vector<std::string> required = required_labels(labels);
    if (required.empty()) return 1;
    const auto label = snapshot_.find_label(required.front());
    if (!label) return 0;
    double rels = 0;
    double labelled = 0;
    const GraphStats& stats = snapshot_.stats();
    const auto add = [&](TypeId type) {
        if (index(type) >= stats.types.size()) return;
        const GraphStats::TypeStats& t = stats.types[index(type)];
        for (const bool forward : {true, false}) {
            if (pointing == (forward ? PatternRel::Pointing::backward : PatternRel::Pointing::forward))
                continue;
            const std::vector<std::uint64_t>& by_label = forward ? t.to_label : t.from_label;
            rels += static_cast<double>(t.count);
            if (index(*label) < by_label.size()) labelled += static_cast<double>(by_label[index(*label)]);
        }
    };
    if (types.empty()) {
        for (std::uint32_t t = 0; t < snapshot_.type_count(); ++t) add(TypeId{t});
    } else {
        for (const std::string& name : types) {
            if (const auto type = snapshot_.find_type(name)) add(*type);
        }
    }
    return rels == 0 ? 0 : labelled / rels;
}

double Cardinality::selectivity(const ExprPool& pool, ExprId predicate) const {
    const Expr& expr = pool[predicate];
    if (const auto* compare = std::get_if<Compare>(&expr.node)) {
        switch (compare->op) {
            case ast::Comparison::Op::equal: {
                const auto is_id = [&](ExprId side) {
                    const auto* call = std::get_if<FunctionOf>(&pool[side].node);
                    return call != nullptr && call->function->name == "id";
                };
                return is_id(compare->left) || is_id(compare->right) ? 1 / all_nodes() : 0.05;
            }
            case ast::Comparison::Op::not_equal:
                return 0.95;
            default:
                return 0.3;
        }
    }
    if (const auto* operation = std::get_if<Operation>(&expr.node)) {
        return operation->op == ast::Binary::Op::in ? 0.1 : 0.2;
    }
    if (const auto* logical = std::get_if<Logical>(&expr.node)) {
        double share = logical->op == Logical::Op::conjunction ? 1 : 0;
        for (const ExprId operand : logical->operands) {
            const double one = selectivity(pool, operand);
            share = logical->op == Logical::Op::conjunction ? share * one : std::min(1.0, share + one);
        }
        return share;
    }
    if (const auto* test = std::get_if<LabelTest>(&expr.node)) return label_share(test->labels);
    return 0.5;
}

}  // namespace islet::query
