#include "shrink.hpp"

#include <algorithm>
#include <stdexcept>

namespace islet::oracle {
namespace {

/// One way to make a case smaller, by a number: false when there are no more.
using Cut = std::function<bool(Case&, std::size_t)>;

template <class T>
void erase_at(std::vector<T>& from, std::size_t at) {
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Visits everything in a query that might go, counting; `use(i, drop)` is called with each drop.
class Cuts {
 public:
    explicit Cuts(std::size_t wanted) : wanted_(wanted) {}

    bool done() const { return done_; }

    void query(Query& query) {
        for (std::size_t i = 0; query.parts.size() > 1 && i < query.parts.size(); ++i) {
            if (turn()) return erase_at(query.parts, i);
        }
        for (std::vector<Clause>& part : query.parts) clauses(part, query.parts.size() == 1);
    }

 private:
    bool turn() {
        if (done_ || seen_++ != wanted_) return false;
        return done_ = true;
    }

    void clauses(std::vector<Clause>& part, bool columns_may_go) {
        for (std::size_t i = 0; i + 1 < part.size(); ++i) {
            if (turn()) return erase_at(part, i);
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (auto* one = std::get_if<Match>(&part[i])) {
                match(*one);
            } else if (auto* unwind = std::get_if<Unwind>(&part[i])) {
                expression(unwind->list);
            } else {
                projection(std::get<Projection>(part[i]), columns_may_go || i + 1 < part.size());
            }
            if (done_) return;
        }
    }

    void match(Match& clause) {
        for (std::size_t i = 0; clause.paths.size() > 1 && i < clause.paths.size(); ++i) {
            if (turn()) return erase_at(clause.paths, i);
        }
        if (clause.optional && turn()) clause.optional = false;
        if (clause.repeatable && turn()) clause.repeatable = false;
        optional_expression(clause.where);
        for (PathPattern& one : clause.paths) path(one);
    }

    void optional_expression(std::optional<Expr>& expr) {
        if (!expr) return;
        if (turn()) return expr.reset();
        expression(*expr);
    }

    void path(PathPattern& path) {
        if (!path.variable.empty() && turn()) path.variable.clear();
        if (path.selector != PathPattern::Selector::all && turn()) path.selector = PathPattern::Selector::all;
        if (!path.steps.empty() && turn()) return path.steps.pop_back();
        if (!path.steps.empty() && turn()) {
            path.first = path.steps.front().node;
            return erase_at(path.steps, 0);
        }
        node(path.first);
        for (Step& step : path.steps) {
            rel(step.rel);
            node(step.node);
        }
    }

    void node(NodePattern& node) {
        if (!node.labels.names.empty() && turn()) node.labels.names.clear();
        if (node.labels.names.size() > 1 && turn()) node.labels.names.pop_back();
        properties(node.properties);
        optional_expression(node.where);
        if (!node.variable.empty() && turn()) node.variable.clear();
    }

    void rel(RelPattern& rel) {
        if (!rel.types.empty() && turn()) rel.types.pop_back();
        if (rel.length && rel.variable.empty() && turn()) rel.length.reset();
        if (rel.length && rel.length->max && *rel.length->max > rel.length->min && turn()) --*rel.length->max;
        if (rel.pointing != RelPattern::Pointing::right && turn()) rel.pointing = RelPattern::Pointing::right;
        properties(rel.properties);
        optional_expression(rel.where);
        if (!rel.variable.empty() && turn()) rel.variable.clear();
    }

    void properties(PropertyTests& tests) {
        for (std::size_t i = 0; i < tests.size(); ++i) {
            if (turn()) return erase_at(tests, i);
            expression(tests[i].second);
        }
    }

    void projection(Projection& clause, bool columns_may_go) {
        for (std::size_t i = 0; columns_may_go && clause.items.size() > 1 && i < clause.items.size(); ++i) {
            if (turn()) return erase_at(clause.items, i);
        }
        if (clause.skip && turn()) clause.skip.reset();
        if (clause.limit && turn()) clause.limit.reset();
        if (!clause.order_by.empty() && !clause.skip && !clause.limit && turn()) {
            clause.order_by.clear();
            clause.total_order = false;
        }
        if (clause.distinct && turn()) clause.distinct = false;
        optional_expression(clause.where);
        for (Projection::Item& item : clause.items) expression(item.expr);
    }

    /// An operand in an expression's place, or a constant.
    void expression(Expr& expr) {
        const bool binds = !expr.patterns.empty() || !expr.variable.empty() || expr.op == Op::aggregate;
        for (std::size_t i = 0; !binds && i < expr.args.size(); ++i) {
            if (turn()) {
                Expr operand = expr.args[i];
                expr = std::move(operand);
                return;
            }
        }
        if (expr.op != Op::literal && expr.op != Op::variable && expr.op != Op::aggregate) {
            for (const Datum& constant : {datum(true), null_datum(), integer(1)}) {
                if (turn()) {
                    expr = literal(constant);
                    return;
                }
            }
        }
        for (PathPattern& one : expr.patterns) path(one);
        if ((expr.op == Op::exists || expr.op == Op::count_block) && !expr.args.empty() && turn()) {
            return expr.args.clear();
        }
        for (Expr& arg : expr.args) expression(arg);
    }

    std::size_t wanted_;
    std::size_t seen_ = 0;
    bool done_ = false;
};

bool cut_query(Case& one, std::size_t number) {
    Cuts cuts(number);
    cuts.query(one.query);
    return cuts.done();
}

bool cut_graph(Case& one, std::size_t number) {
    Graph& graph = one.graph;
    if (number < graph.nodes.size()) return graph.drop_node(number), true;
    number -= graph.nodes.size();
    if (number < graph.rels.size()) return graph.drop_rel(number), true;
    number -= graph.rels.size();
    const auto cut_properties = [&](Properties& properties) {
        if (number < properties.size()) {
            auto at = std::next(properties.begin(), static_cast<std::ptrdiff_t>(number));
            if (at->first == "uid") return true;  // stays; the case is as large as before
            return properties.erase(at), true;
        }
        number -= properties.size();
        return false;
    };
    for (Node& node : graph.nodes) {
        if (cut_properties(node.properties)) return true;
        if (number < node.labels.size()) {
            return node.labels.erase(std::next(node.labels.begin(), static_cast<std::ptrdiff_t>(number))),
                   true;
        }
        number -= node.labels.size();
    }
    return std::any_of(graph.rels.begin(), graph.rels.end(),
                       [&](Relationship& rel) { return cut_properties(rel.properties); });
}

std::string size_text(const Case& one) {
    return create_text(one.graph) + to_text(one.query);
}

bool cut_all(Case& failing, const Cut& cut, const std::function<bool(const Case&)>& fails) {
    bool any = false;
    for (std::size_t number = 0;;) {
        Case smaller = failing;
        if (!cut(smaller, number)) return any;
        if (size_text(smaller) != size_text(failing) && fails(smaller)) {
            failing = std::move(smaller);
            any = true;
        } else {
            ++number;
        }
    }
}

}  // namespace

Case shrink(Case failing, const std::function<bool(const Case&)>& fails) {
    for (int round = 0; round < 10; ++round) {
        bool any = cut_all(failing, cut_query, fails);
        any = cut_all(failing, cut_graph, fails) || any;
        if (!any) break;
        if (failing.storage != Storage::delta) {
            Case plain = failing;
            plain.storage = Storage::delta;
            if (fails(plain)) failing = std::move(plain);
        }
    }
    return failing;
}

std::pair<Case, Mismatch> shrink(const Case& failing, const Mismatch& mismatch) {
    std::vector<Setting> setting;
    for (const Setting& one : all_settings()) {
        if (one.name == mismatch.setting) setting.push_back(one);
    }
    Mismatch last = mismatch;
    const Case smallest = shrink(failing, [&](const Case& one) {
        try {
            const Verdict verdict = check(one, setting);
            if (!verdict.mismatch || verdict.mismatch->error != mismatch.error) return false;
            last = *verdict.mismatch;
            return true;
        } catch (const std::logic_error&) {
            return false;  // a query that is none
        }
    });
    return {smallest, last};
}

}  // namespace islet::oracle
