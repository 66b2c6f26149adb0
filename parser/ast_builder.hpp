// Builds the tree while the grammar runs: what its actions call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "islet/ast.hpp"

namespace islet::parser {

/// An operator before an operand.
enum class Prefix : std::uint8_t { logical_not, minus, plus };
/// An operator between operands.
using Infix = std::variant<ast::Binary::Op, ast::Comparison::Op>;
/// A test behind an operand.
struct NullTest {
    bool negated = false;
};
struct NormalTest {
    std::string form;
    bool negated = false;
};
using Test = std::variant<NullTest, ast::TypeTest, NormalTest>;

/// One parse's tree and the stacks of its open expressions.
///
/// An expression is read flat, as operands and operators; the builder climbs the precedences.
/// Invariants:
/// - each open chain of operands owns the top of both stacks, from its frame on;
/// - `tallest_` is the height of the tallest expression finished since the operand at hand began, so
///   that no tree, however it was written, grows higher than `max_height`. Visitors may recurse.
class AstBuilder {
 public:
    /// Brackets, subqueries and the like, one inside another.
    static constexpr int max_depth = 256;
    /// Nodes of an expression from its root to a leaf.
    static constexpr std::uint32_t max_height = 500;
    /// From this height on, operators that bind alike make one node with a list of operands.
    static constexpr std::uint32_t long_run_height = 64;
    /// Names and operators in one label expression.
    static constexpr std::size_t max_label_terms = 1000;

    /// `text` must outlive the builder.
    explicit AstBuilder(std::string_view text) : text_(text) {
        tree_.expressions.reserve(text.size() / 8 + 4);
    }

    [[nodiscard]] ast::Ast& tree() { return tree_; }
    [[nodiscard]] ast::Span span(char const* begin, char const* end) const {
        return {static_cast<std::uint32_t>(begin - text_.data()),
                static_cast<std::uint32_t>(end - text_.data())};
    }
    [[nodiscard]] char const* where(std::uint32_t offset) const { return text_.data() + offset; }

    // -- expressions
    ast::ExprId add(ast::ExprNode node, ast::Span span) {
        tree_.expressions.push_back({std::move(node), span});
        return static_cast<ast::ExprId>(tree_.expressions.size() - 1);
    }
    ast::Expr& operator[](ast::ExprId id) { return tree_.expressions[static_cast<std::size_t>(id)]; }
    ast::QueryId add(ast::Query query) {
        tree_.queries.push_back(std::move(query));
        return static_cast<ast::QueryId>(tree_.queries.size() - 1);
    }

    ast::GroupId add(ast::PathGroup group) {
        tree_.groups.push_back(std::move(group));
        return static_cast<ast::GroupId>(tree_.groups.size() - 1);
    }

    // -- chains of operands
    struct Frame {
        std::size_t operands = 0;
        std::size_t operators = 0;
        std::uint32_t tallest = 0;
    };
    Frame open_chain();
    /// Forgets a chain in which nothing was found.
    void abandon_chain(Frame frame);
    ast::ExprId close_chain(Frame frame);

    void begin_operand() { tallest_ = 0; }
    /// One more node above the operand at hand: a property access, a subscript, a label predicate.
    void raise_operand(char const* at);
    void end_operand(ast::ExprId id, char const* at);
    void push(Prefix prefix, char const* begin, char const* end);
    void push(Infix infix, char const* at);
    /// Applies a test that stands behind its operand and ends at `end`: `IS NULL`, `IS :: INTEGER`.
    void apply_test(Test test, char const* end);
    /// The test of an operand, as an expression.
    ast::ExprId tested(Test test, ast::ExprId operand, char const* end);

    // -- label expressions, one at a time: who reads an expression inside of one keeps what was read so far
    using LabelIndex = std::uint32_t;
    LabelIndex add_label(ast::LabelTerm term);
    ast::LabelExpr take_labels() { return std::exchange(labels_, {}); }
    /// Puts back what was taken while an expression within a label expression was read.
    void restore_labels(ast::LabelExpr labels) { labels_ = std::move(labels); }

    // -- nesting
    void enter(char const* at);
    void leave() { --depth_; }

    /// Whether `|` ends the expression at hand rather than joining labels: inside of `[x IN xs WHERE … | …]`.
    bool bar_ends = false;
    /// Whether the label expression at hand stands behind `IS NOT LABELED`.
    bool labels_negated = false;
    /// Where the last token ended: rules may stop behind the blanks that follow it.
    char const* token_end = nullptr;
    /// Where the last `YIELD *` stood.
    ast::Span yield_star{};

 private:
    struct Operator {
        std::variant<Prefix, Infix> what;
        std::uint8_t precedence;
        std::uint32_t begin;  ///< of a prefix
    };
    struct Operand {
        ast::ExprId id;
        std::uint32_t height;
        bool open_comparison = false;  ///< may be extended by another link
        std::uint8_t run = 0;          ///< how tightly the operator binds that made it, in this chain
        bool long_run = false;         ///< it is a LongOperation of that run
    };

    [[nodiscard]] bool has_operator(std::size_t base) const { return operators_.size() > base; }
    void reduce(std::size_t base);
    void reduce_above(std::uint8_t precedence, std::size_t base);
    void reduce_prefix(Prefix prefix, std::uint32_t begin);
    void reduce_comparison(ast::Comparison::Op op);
    void reduce_run(ast::Binary::Op op, std::uint8_t precedence, std::size_t base);
    Operand balanced(ast::Binary::Op op, Operand const* first, std::size_t count);
    Operand joined(ast::Binary::Op op, Operand left, Operand right);
    Operand applied(ast::Binary::Op op, std::uint8_t precedence, Operand left, Operand right);
    [[nodiscard]] std::uint32_t higher(std::uint32_t height, std::uint32_t at) const;

    std::string_view text_;
    ast::Ast tree_;
    std::vector<Operator> operators_;
    std::vector<Operand> operands_;
    std::size_t operator_base_ = 0;  ///< of the chain at hand
    ast::LabelExpr labels_;
    std::uint32_t tallest_ = 0;
    int depth_ = 0;
};

}  // namespace islet::parser
