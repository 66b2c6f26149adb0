// Patterns, clauses and queries as canonical text.
#include "scanner.hpp"
#include "text_writer.hpp"

namespace islet::ast {

// ------------------------------------------------------------------ patterns

void TextWriter::pattern(const Pattern& pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (i > 0) put(", ");
        path(pattern[i]);
    }
}

void TextWriter::path(const PathPattern& path) {
    if (path.variable) {
        name(*path.variable);
        put(" = ");
    }
    selector(path);
    using Selector = PathPattern::Selector;
    bool const call = path.selector == Selector::shortest_one || path.selector == Selector::shortest_all;
    if (path.where != ExprId::none) put("(");
    elements(path);
    if (path.where != ExprId::none) {
        where(path.where);
        put(")");
    }
    if (call) put(")");
}

void TextWriter::selector(const PathPattern& path) {
    switch (path.selector) {
        case PathPattern::Selector::all:
            return;
        case PathPattern::Selector::shortest_one:
            put("shortestPath(");
            return;
        case PathPattern::Selector::shortest_all:
            put("allShortestPaths(");
            return;
        case PathPattern::Selector::any:
            put("ANY ");
            selector_count(path);
            put(" ");
            return;
        case PathPattern::Selector::shortest:
            put("SHORTEST ");
            selector_count(path);
            put(" ");
            return;
        case PathPattern::Selector::all_shortest:
            put("ALL SHORTEST ");
            return;
        case PathPattern::Selector::shortest_groups:
            put("SHORTEST ");
            selector_count(path);
            put(" GROUPS ");
            return;
    }
}

void TextWriter::selector_count(const PathPattern& path) {
    if (path.count_value == ExprId::none) {
        put(std::to_string(path.count));
    } else {
        expression(path.count_value);
    }
}

void TextWriter::elements(const PathPattern& path) {
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        if (i > 0) relationship(path.relationships[i - 1]);
        node(path.nodes[i]);
    }
}

void TextWriter::quantifier(const Range& range) {
    std::uint64_t const least = range.min.value_or(0);
    if (!range.max && least <= 1) {
        put(least == 0 ? "*" : "+");
        return;
    }
    put("{");
    if (range.min) put(std::to_string(*range.min));
    if (range.max != range.min) {
        put(",");
        if (range.max) put(std::to_string(*range.max));
    }
    put("}");
}

void TextWriter::details(const std::optional<Name>& variable, const LabelExpr& label_expr,
                         const std::optional<Range>& range, ExprId properties, ExprId condition) {
    std::size_t const begin = out_.size();
    if (variable) name(*variable);
    labels(label_expr, false);
    if (range) {
        put("*");
        if (range->min) put(std::to_string(*range->min));
        if (range->max != range->min || (range->max && !range->min)) put("..");
        if (range->max && range->max != range->min) put(std::to_string(*range->max));
    }
    if (properties != ExprId::none) {
        if (out_.size() != begin) space();
        expression(properties);
    }
    if (condition != ExprId::none) {
        if (out_.size() != begin) space();
        put("WHERE ");
        expression(condition);
    }
}

void TextWriter::node(const NodePattern& node) {
    put("(");
    details(node.variable, node.labels, std::nullopt, node.properties, node.where);
    put(")");
}

void TextWriter::relationship(const RelPattern& relationship) {
    if (relationship.group != GroupId::none) {
        const PathGroup& group = ast_[relationship.group];
        put(" (");
        if (group.pattern.variable) {
            name(*group.pattern.variable);
            put(" = ");
        }
        elements(group.pattern);
        where(group.pattern.where);
        put(")");
        quantifier(group.range);
        space();
        return;
    }
    using Arrow = RelPattern::Arrow;
    put(relationship.arrow == Arrow::left || relationship.arrow == Arrow::both ? "<-" : "-");
    std::size_t const begin = out_.size();
    put("[");
    details(relationship.variable, relationship.types,
            relationship.quantified ? std::nullopt : relationship.range, relationship.properties,
            relationship.where);
    if (out_.size() == begin + 1) {
        out_.resize(begin);
    } else {
        put("]");
    }
    put(relationship.arrow == Arrow::right || relationship.arrow == Arrow::both ? "->" : "-");
    if (relationship.quantified) quantifier(*relationship.range);
}

// ------------------------------------------------------------------- queries

void TextWriter::statement() {
    switch (ast_.mode) {
        case Mode::run:
            break;
        case Mode::explain:
            put("EXPLAIN ");
            break;
        case Mode::profile:
            put("PROFILE ");
            break;
    }
    if (ast_.cite) put("CITE ");
    query(ast_.root);
}

void TextWriter::query(const Query& query) {
    if (query.before != QueryId::none) {
        this->query(ast_[query.before]);
        put(" NEXT ");
    }
    for (std::size_t i = 0; i < query.parts.size(); ++i) {
        if (i > 0) put(query.union_all[i - 1] ? " UNION ALL " : " UNION ");
        const auto& clauses = query.parts[i].clauses;
        for (std::size_t j = 0; j < clauses.size(); ++j) {
            if (j > 0) space();
            std::visit([this](const auto& clause) { write(clause); }, clauses[j]);
        }
    }
}

void TextWriter::where(ExprId condition) {
    if (condition == ExprId::none) return;
    put(" WHERE ");
    expression(condition);
}

// ------------------------------------------------------------ reading clauses

void TextWriter::write(const Match& match) {
    put(match.optional ? "OPTIONAL MATCH " : "MATCH ");
    if (match.repeatable) put("REPEATABLE ELEMENTS ");
    pattern(match.pattern);
    where(match.where);
}

void TextWriter::write(const Unwind& unwind) {
    if (unwind.position) {
        put("FOR ");
        name(unwind.variable);
        put(" IN ");
        expression(unwind.list);
        put(unwind.from_one ? " WITH ORDINALITY " : " WITH OFFSET ");
        name(*unwind.position);
        return;
    }
    put("UNWIND ");
    expression(unwind.list);
    put(" AS ");
    name(unwind.variable);
}

void TextWriter::projection(const Projection& projection) {
    if (projection.distinct) put(" DISTINCT");
    std::string_view separator = " ";
    if (projection.star) {
        put(" *");
        separator = ", ";
    }
    for (const ProjectionItem& item : projection.items) {
        put(separator);
        separator = ", ";
        expression(item.expr);
        if (!item.alias) continue;
        put(" AS ");
        name(*item.alias);
    }
    separator = " ORDER BY ";
    for (const SortItem& item : projection.order_by) {
        put(separator);
        separator = ", ";
        expression(item.expr);
        if (item.descending) put(" DESC");
    }
    if (projection.skip != ExprId::none) {
        put(" SKIP ");
        expression(projection.skip);
    }
    if (projection.limit != ExprId::none) {
        put(" LIMIT ");
        expression(projection.limit);
    }
}

void TextWriter::write(const With& with) {
    put("WITH");
    projection(with.projection);
    where(with.where);
}

void TextWriter::write(const Return& clause) {
    put("RETURN");
    projection(clause.projection);
}

// ----------------------------------------------------------- writing clauses

void TextWriter::write(const Create& create) {
    put("CREATE ");
    pattern(create.pattern);
}

void TextWriter::set_items(const std::vector<SetItem>& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        const SetItem& item = items[i];
        if (i > 0) put(", ");
        expression(item.target);
        switch (item.kind) {
            case SetItem::Kind::property:
            case SetItem::Kind::replace:
                put(" = ");
                break;
            case SetItem::Kind::merge:
                put(" += ");
                break;
            case SetItem::Kind::labels:
                label_list(item.labels);
                break;
        }
        if (item.value != ExprId::none) expression(item.value);
    }
}

void TextWriter::write(const Set& set) {
    put("SET ");
    set_items(set.items);
}

void TextWriter::write(const Remove& remove) {
    put("REMOVE ");
    for (std::size_t i = 0; i < remove.items.size(); ++i) {
        if (i > 0) put(", ");
        expression(remove.items[i].target);
        label_list(remove.items[i].labels);
    }
}

void TextWriter::write(const Delete& clause) {
    put(clause.detach ? "DETACH DELETE " : "DELETE ");
    expressions(clause.targets);
}

void TextWriter::write(const Merge& merge) {
    put("MERGE ");
    path(merge.pattern);
    if (!merge.on_create.empty()) {
        put(" ON CREATE SET ");
        set_items(merge.on_create);
    }
    if (!merge.on_match.empty()) {
        put(" ON MATCH SET ");
        set_items(merge.on_match);
    }
}

// --------------------------------------------------------------------- calls

void TextWriter::write(const Call& call) {
    put("CALL ");
    names(call.qualifier, ".", true);
    if (!call.qualifier.empty()) put(".");
    name(call.name, true);
    if (call.arguments) {
        put("(");
        expressions(*call.arguments);
        put(")");
    }
    if (!call.has_yield) return;
    put(call.yield_star ? " YIELD *" : " YIELD ");
    for (std::size_t i = 0; i < call.yield.size(); ++i) {
        if (i > 0) put(", ");
        name(call.yield[i].field);
        if (!call.yield[i].alias) continue;
        put(" AS ");
        name(*call.yield[i].alias);
    }
    where(call.where);
}

void TextWriter::write(const CallSubquery& call) {
    put(call.optional ? "OPTIONAL CALL " : "CALL ");
    if (call.imports) {
        put("(");
        if (call.import_all) put("*");
        names(*call.imports, ", ", false);
        put(") ");
    }
    put("{ ");
    query(ast_[call.query]);
    put(" }");
    if (!call.transactions) return;
    using OnError = CallSubquery::Transactions::OnError;
    put(" IN TRANSACTIONS");
    if (call.transactions->rows != ExprId::none) {
        put(" OF ");
        expression(call.transactions->rows);
        put(" ROWS");
    }
    if (call.transactions->on_error == OnError::go_on) put(" ON ERROR CONTINUE");
    if (call.transactions->on_error == OnError::stop) put(" ON ERROR BREAK");
    if (!call.transactions->status) return;
    put(" REPORT STATUS AS ");
    name(*call.transactions->status);
}

void TextWriter::write(const Finish& /*finish*/) {
    put("FINISH");
}

void TextWriter::write(const Foreach& foreach) {
    put("FOREACH (");
    name(foreach.variable);
    put(" IN ");
    expression(foreach.list);
    put(" | ");
    query(ast_[foreach.body]);
    put(")");
}

void TextWriter::write(const LoadCsv& load) {
    put(load.with_headers ? "LOAD CSV WITH HEADERS FROM " : "LOAD CSV FROM ");
    expression(load.source);
    put(" AS ");
    name(load.variable);
    if (load.field_terminator == ExprId::none) return;
    put(" FIELDTERMINATOR ");
    expression(load.field_terminator);
}

}  // namespace islet::ast
