// The rules of expressions that other units use.
#pragma once

#include "grammar.hpp"

namespace islet::parser::grammar {

struct ExpressionId;
struct SubjectId;
struct MapId;
struct ParameterId;
struct LabelsId;
struct ComputedLabelId;

using ExpressionRule = x3::rule<ExpressionId, ast::ExprId>;
using SubjectRule = x3::rule<SubjectId, ast::ExprId>;
using MapRule = x3::rule<MapId, ast::MapLiteral>;
using ParameterRule = x3::rule<ParameterId, ast::Parameter>;
using LabelsRule = x3::rule<LabelsId, AstBuilder::LabelIndex>;
using ComputedLabelRule = x3::rule<ComputedLabelId, ast::Label>;

inline ExpressionRule const expression = "an expression";
/// An operand with its property accesses and subscripts, without label predicates.
inline SubjectRule const subject = "an expression";
inline MapRule const map_literal = "a map";
inline ParameterRule const parameter = "a parameter";
/// A label expression behind its `:`; the terms are left in the builder.
inline LabelsRule const labels = "a label";
/// `$(expression)`, `$all(…)`, `$any(…)` in place of a label.
inline ComputedLabelRule const computed_label = "a label";

BOOST_SPIRIT_DECLARE(ExpressionRule, SubjectRule, MapRule, ParameterRule, LabelsRule, ComputedLabelRule)

/// The value of a rule that leaves label terms in the builder.
template <auto Member>
struct StoreLabels {
    template <typename AnyContext>
    void operator()(AnyContext const& context) const {
        x3::_val(context).*Member = builder(context).take_labels();
    }
};
template <auto Member>
inline constexpr StoreLabels<Member> store_labels{};

}  // namespace islet::parser::grammar
