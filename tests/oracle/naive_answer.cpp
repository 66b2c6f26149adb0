// Clauses: each makes new rows of the old ones.
#include <algorithm>

#include "naive.hpp"

namespace islet::oracle {
namespace {

using Rows = std::vector<Bindings>;

Rows matched(World& world, const Match& clause, const Rows& rows) {
    Rows out;
    for (const Bindings& row : rows) {
        bool any = false;
        const auto use = [&](const Bindings& match) {
            if (clause.where && truth_of(evaluate(world, *clause.where, match)) != true) return;
            any = true;
            out.push_back(match);
        };
        each_match(world, clause.paths, row, use, clause.repeatable);
        if (any || !clause.optional) continue;
        Bindings alone = row;
        for (const std::string& name : variables_of(clause.paths)) alone.emplace(name, null_datum());
        out.push_back(alone);
    }
    return out;
}

Rows unwound(World& world, const Unwind& clause, const Rows& rows) {
    Rows out;
    for (const Bindings& row : rows) {
        const Datum list = evaluate(world, clause.list, row);
        if (list.is_null()) continue;
        const auto* elements = list.as<Data>();
        if (elements == nullptr) throw TypeFailure("UNWIND of what is no list");
        for (const Datum& element : *elements) {
            world.spend();
            out.push_back(row);
            out.back()[clause.variable] = element;
        }
    }
    return out;
}

Data values(const Bindings& row, const std::vector<Projection::Item>& items) {
    Data out;
    for (const Projection::Item& item : items) out.push_back(row.at(item.name));
    return out;
}

bool same_values(const Data& a, const Data& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Datum& x, const Datum& y) { return same(x, y); });
}

/// One row for each group of rows with the same keys; without keys one row in any case.
Rows grouped(World& world, const Projection& clause, const Rows& rows) {
    std::vector<std::pair<Data, Rows>> groups;
    const auto is_key = [](const Projection::Item& item) { return !has_aggregate(item.expr); };
    if (std::none_of(clause.items.begin(), clause.items.end(), is_key)) groups.emplace_back();
    for (const Bindings& row : rows) {
        Data key;
        for (const Projection::Item& item : clause.items) {
            if (is_key(item)) key.push_back(evaluate(world, item.expr, row));
        }
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const auto& one) { return same_values(one.first, key); });
        if (group == groups.end()) group = groups.insert(group, {key, {}});
        group->second.push_back(row);
    }
    Rows out;
    for (const auto& [key, members] : groups) {
        Bindings row;
        auto next = key.begin();
        for (const Projection::Item& item : clause.items) {
            if (is_key(item)) {
                row[item.name] = *next++;
            } else {
                world.group = &members;
                row[item.name] = evaluate(world, item.expr, {});
                world.group = nullptr;
            }
        }
        out.push_back(row);
    }
    return out;
}

Rows distinct(const Rows& rows, const std::vector<Projection::Item>& items) {
    Rows out;
    for (const Bindings& row : rows) {
        const auto again = [&](const Bindings& other) {
            return same_values(values(row, items), values(other, items));
        };
        if (std::none_of(out.begin(), out.end(), again)) out.push_back(row);
    }
    return out;
}

Rows sorted(World& world, const Projection& clause, const Rows& rows) {
    std::vector<std::pair<Data, Bindings>> keyed;
    for (const Bindings& row : rows) {
        Data keys;
        for (const Projection::SortKey& key : clause.order_by) {
            keys.push_back(evaluate(world, key.expr, row));
        }
        keyed.emplace_back(std::move(keys), row);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
        for (std::size_t i = 0; i < clause.order_by.size(); ++i) {
            const int sign = total_order(a.first[i], b.first[i]);
            if (sign != 0) return clause.order_by[i].descending ? sign > 0 : sign < 0;
        }
        return false;
    });
    Rows out;
    for (auto& [keys, row] : keyed) out.push_back(std::move(row));
    return out;
}

Rows projected(World& world, const Projection& clause, const Rows& rows) {
    Rows out;
    if (std::any_of(clause.items.begin(), clause.items.end(),
                    [](const Projection::Item& item) { return has_aggregate(item.expr); })) {
        out = grouped(world, clause, rows);
    } else {
        for (const Bindings& row : rows) {
            // What was visible before stays so for ORDER BY and WHERE, unless DISTINCT makes new rows.
            Bindings made = clause.distinct ? Bindings() : row;
            for (const Projection::Item& item : clause.items) {
                made[item.name] = evaluate(world, item.expr, row);
            }
            out.push_back(made);
        }
    }
    if (clause.distinct) out = distinct(out, clause.items);
    out = sorted(world, clause, out);
    const auto skip = static_cast<std::ptrdiff_t>(std::min(clause.skip.value_or(0), out.size()));
    out.erase(out.begin(), out.begin() + skip);
    if (clause.limit && *clause.limit < out.size()) out.resize(*clause.limit);
    if (clause.where) {
        std::erase_if(
            out, [&](const Bindings& row) { return truth_of(evaluate(world, *clause.where, row)) != true; });
    }
    for (Bindings& row : out) {
        Bindings columns;
        for (const Projection::Item& item : clause.items) columns[item.name] = row.at(item.name);
        row = columns;
    }
    return out;
}

Rows part_rows(World& world, const std::vector<Clause>& part) {
    Rows rows = {Bindings()};
    for (const Clause& clause : part) {
        if (const auto* match = std::get_if<Match>(&clause)) {
            rows = matched(world, *match, rows);
        } else if (const auto* unwind = std::get_if<Unwind>(&clause)) {
            rows = unwound(world, *unwind, rows);
        } else {
            rows = projected(world, std::get<Projection>(clause), rows);
        }
    }
    return rows;
}

}  // namespace

Table answer(const Graph& graph, const Query& query) {
    World world{graph};
    Rows rows;
    for (const std::vector<Clause>& part : query.parts) {
        const Rows more = part_rows(world, part);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    const auto& result = std::get<Projection>(query.parts.front().back());
    if (query.parts.size() > 1 && !query.union_all) rows = distinct(rows, result.items);
    Table table;
    for (const Projection::Item& item : result.items) {
        table.columns.push_back(item.name);
        table.bags.push_back(item.bag);
    }
    for (const Bindings& row : rows) table.rows.push_back(values(row, result.items));
    table.ordered = query.parts.size() == 1 && result.total_order;
    return table;
}

}  // namespace islet::oracle
