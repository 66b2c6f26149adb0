// The binder's errors and warnings: with a span, and the nearest known name.

#include "bind.hpp"

namespace islet::query {
namespace {

/// The names of a snapshot as a range for nearest().
template <class Id>
std::vector<std::string_view> all_names(const Snapshot& snapshot, std::uint32_t count) {
    std::vector<std::string_view> names;
    names.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) names.push_back(snapshot.name(Id{i}));
    return names;
}

std::string did_you_mean(const std::optional<std::string>& name) {
    return name ? "did you mean `" + *name + "`?" : std::string();
}

}  // namespace

void Binder::fail(Complaint complaint) const {
    throw Exception({.code = std::string(complaint.code),
                     .kind = std::string(complaint.kind),
                     .phase = "compile time",
                     .detail = std::string(complaint.detail),
                     .message = std::move(complaint.message),
                     .span = locate(text_, complaint.span.begin, complaint.span.end),
                     .hint = std::move(complaint.hint),
                     .place = {}});
}

void Binder::warn(std::string_view code, std::string message, ast::Span span, std::string hint) {
    out_.warnings.push_back(
        {std::string(code), std::move(message), locate(text_, span.begin, span.end), std::move(hint)});
}

void Binder::undefined_variable(const ast::Name& name, const Scope& scope) const {
    std::vector<std::string_view> known;
    for (const auto& [text, slot] : scope.names()) known.push_back(text);
    std::string hint = did_you_mean(nearest(name.text, known));
    if (hint.empty() && known.size() == 1) hint = "did you mean `" + std::string(known.front()) + "`?";
    fail({.code = "42N62",
          .detail = "UndefinedVariable",
          .message = "variable `" + name.text + "` is not defined",
          .span = name.span,
          .hint = hint});
}

void Binder::check_label(const ast::Name& name) {
    if (writes_ || names_.find_label(name.text)) return;
    warn("01N50", "no node has the label `" + name.text + "`", name.span,
         did_you_mean(nearest(name.text, all_names<LabelId>(names_, names_.label_count()))));
}

void Binder::check_type(const ast::Name& name) {
    if (writes_ || names_.find_type(name.text)) return;
    warn("01N51", "no relationship has the type `" + name.text + "`", name.span,
         did_you_mean(nearest(name.text, all_names<TypeId>(names_, names_.type_count()))));
}

void Binder::check_key(const ast::Name& name) {
    if (writes_ || names_.find_key(name.text)) return;
    warn("01N52", "nothing has the property `" + name.text + "`", name.span,
         did_you_mean(nearest(name.text, all_names<KeyId>(names_, names_.key_count()))));
}

void Binder::warn_unbounded(PatternRel::Length length, ast::Span span) {
    if (length.max != UINT64_MAX || names_.rel_count() <= 1000) return;
    warn("03N91", "this pattern may follow any number of relationships", span,
         "give an upper bound, such as `*1..5` or `{1,5}`");
}

std::string Binder::describe(StaticType type) const {
    std::string text;
    for (unsigned bit = 0; bit < kind_count; ++bit) {
        if ((type.set & (1U << bit)) == 0) continue;
        if (!text.empty()) text += " or ";
        text += kind_name(static_cast<Kind>(bit));
    }
    return text.empty() ? "NULL" : text;
}

void Binder::expect(ExprId operand, TypeSet accepted, std::string_view what) {
    const Expr& expr = out_.pool[operand];
    if (expr.type.set == 0 || (expr.type.set & accepted) != 0) return;
    fail({.code = "22G03",
          .detail = "InvalidArgumentType",
          .message = std::string(what) + " takes " + describe({accepted, any_type}) + ", but this is " +
                     describe(expr.type),
          .span = expr.span,
          .hint = {}});
}

}  // namespace islet::query
