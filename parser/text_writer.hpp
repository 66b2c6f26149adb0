// Writes a tree as canonical openCypher.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/ast.hpp"

namespace islet::ast {

/// Appends text to one string. An expression is asked for at a level: if it binds less tightly, it is put
/// into parentheses. Levels are those of the builder, with three above them for what binds tightest.
class TextWriter {
 public:
    explicit TextWriter(const Ast& ast) : ast_(ast) {}

    enum Level : std::uint8_t {
        any = 0,
        or_level = 1,
        xor_level,
        and_level,
        not_level,
        comparison_level,
        predicate_level,
        additive_level,
        multiplicative_level,
        power_level,
        sign_level,
        label_level,
        atom_level
    };

    void statement();
    void expression(ExprId id, std::uint8_t level = any);
    [[nodiscard]] std::string take() { return std::move(out_); }

 private:
    // -- expressions (ast_text.cpp)
    void write(const Literal& literal);
    void write(const Parameter& parameter);
    void write(const Variable& variable);
    void write(const PropertyAccess& access);
    void write(const Subscript& subscript);
    void write(const Slice& slice);
    void write(const Unary& unary);
    void write(const Binary& binary);
    void write(const LongOperation& run);
    void write(const Comparison& comparison);
    void write(const HasLabels& test);
    void write(const TypeTest& test);
    void write(const FunctionCall& call);
    void write(const CountStar& star);
    void write(const ListLiteral& list);
    void write(const MapLiteral& map);
    void write(const ListComprehension& comprehension);
    void write(const Quantifier& quantifier);
    void write(const Reduce& reduce);
    void write(const PatternComprehension& comprehension);
    void write(const PatternPredicate& predicate);
    void write(const Case& node);
    void write(const Subquery& subquery);
    void write(const MapProjection& projection);

    void logical(const Binary& binary);
    [[nodiscard]] std::size_t leaves(ExprId id, Binary::Op op) const;
    [[nodiscard]] bool is_balanced(ExprId id, Binary::Op op, std::size_t count) const;
    void run(ExprId id, Binary::Op op, std::size_t count);
    /// Returns where the first ends.
    std::size_t expressions(const std::vector<ExprId>& list);
    /// Puts brackets around what was written from `begin` to `end`.
    void enclose(std::size_t begin, std::size_t end, char open = '(', char close = ')');

    // -- names and labels (ast_text_name.cpp)
    void put(std::string_view text) { out_ += text; }
    void space() { out_ += ' '; }
    /// `free`: where a keyword may stand for a name.
    void name(const Name& name, bool free = false);
    void names(const std::vector<Name>& list, std::string_view separator, bool free);
    void label_list(const std::vector<Label>& list);
    void computed(ExprId value, bool any);
    void labels(const LabelExpr& labels, bool in_expression);
    void label(const LabelExpr& labels, std::uint32_t at, std::uint8_t level, std::string_view conjunction);
    void string(std::string_view text);

    // -- patterns and clauses (ast_text_clause.cpp)
    void pattern(const Pattern& pattern);
    void path(const PathPattern& path);
    void node(const NodePattern& node);
    void relationship(const RelPattern& relationship);
    void elements(const PathPattern& path);
    void selector(const PathPattern& path);
    void selector_count(const PathPattern& path);
    void quantifier(const Range& range);
    void details(const std::optional<Name>& variable, const LabelExpr& labels,
                 const std::optional<Range>& range, ExprId properties, ExprId where);
    void query(const Query& query);
    void where(ExprId condition);
    void projection(const Projection& projection);
    void set_items(const std::vector<SetItem>& items);

    void write(const Match& match);
    void write(const Unwind& unwind);
    void write(const With& with);
    void write(const Return& clause);
    void write(const Create& create);
    void write(const Set& set);
    void write(const Remove& remove);
    void write(const Delete& clause);
    void write(const Merge& merge);
    void write(const Call& call);
    void write(const CallSubquery& call);
    void write(const Foreach& foreach);
    void write(const LoadCsv& load);
    void write(const Finish& finish);

    const Ast& ast_;
    std::string out_;
};

}  // namespace islet::ast
