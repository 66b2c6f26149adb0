// CREATE CONSTRAINT, CREATE INDEX, DROP, SHOW: read into calls of the procedures that do the work.
#include "schema_command.hpp"

#include <optional>
#include <vector>

#include "clause.hpp"
#include "expression.hpp"
#include "syntax_failure.hpp"

namespace islet::parser::grammar {

struct SchemaCommand {
    std::optional<ast::Name> name;
    bool if_not_exists = false;
    bool if_exists = false;
    bool relationship = false;
    ast::Name variable;
    std::vector<ast::Name> labels;
    std::vector<ast::Name> keys;
    std::string rule;  ///< of a constraint
    std::string type;  ///< of a constraint on types
    std::string kind = "range";
    ast::Span span;
};

struct SchemaProperty {
    ast::Name variable;
    ast::Name key;
};

/// The words of a property type, such as `LIST<STRING NOT NULL> | INTEGER`, up to what cannot be one.
struct TypeWords : Token<TypeWords, std::string> {
    static bool match(Iterator& first, Iterator last, std::string& text, AstBuilder const& /*build*/) {
        Iterator end = first;
        while (end != last) {
            char const c = *end;
            bool const part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              c == ' ' || c == '<' || c == '>' || c == '|' || c == '_' || c == '\n';
            if (!part) break;
            ++end;
        }
        while (end != first && (end[-1] == ' ' || end[-1] == '\n')) --end;
        if (end == first) return false;
        text.assign(first, end);
        first = end;
        return true;
    }
};

namespace {

ast::ExprId literal(AstBuilder& build, ast::Span span, std::string text) {
    return build.add(ast::Literal{std::move(text)}, span);
}
ast::ExprId literals(AstBuilder& build, ast::Span span, std::vector<ast::Name> const& names) {
    ast::ListLiteral list;
    for (ast::Name const& name : names) list.items.push_back(literal(build, name.span, name.text));
    return build.add(std::move(list), span);
}

ast::Call call_of(std::string name, ast::Span span) {
    ast::Call call;
    call.qualifier.push_back({"db", span});
    call.name = {std::move(name), span};
    call.arguments.emplace();
    call.span = span;
    return call;
}

/// `db.createIndex(name, ifNotExists, on, …)`
ast::Call created(AstBuilder& build, SchemaCommand const& command, bool constraint) {
    ast::Span const span = command.span;
    ast::Call call = call_of(constraint ? "createConstraint" : "createIndex", span);
    std::vector<ast::ExprId>& arguments = *call.arguments;
    arguments.push_back(command.name ? literal(build, command.name->span, command.name->text)
                                     : build.add(ast::Literal{ast::Null{}}, span));
    arguments.push_back(build.add(ast::Literal{command.if_not_exists}, span));
    arguments.push_back(literal(build, span, command.relationship ? "relationship" : "node"));
    if (constraint) {
        arguments.push_back(literal(build, command.labels.front().span, command.labels.front().text));
        arguments.push_back(literals(build, span, command.keys));
        arguments.push_back(literal(build, span, command.rule));
        arguments.push_back(literal(build, span, command.type));
    } else {
        arguments.push_back(literals(build, span, command.labels));
        arguments.push_back(literals(build, span, command.keys));
        arguments.push_back(literal(build, span, command.kind));
    }
    return call;
}

}  // namespace

constexpr auto check_property = [](auto& ctx) {
    SchemaCommand& command = x3::_val(ctx);
    SchemaProperty& property = x3::_attr(ctx);
    if (property.variable.text != command.variable.text) {
        AstBuilder const& build = builder(ctx);
        throw SyntaxFailure("UndefinedVariable",
                            "the property is of " + quoted(property.variable.text) +
                                ", but the pattern names " + quoted(command.variable.text),
                            "", build.where(property.variable.span.begin),
                            build.where(property.variable.span.end));
    }
    command.keys.push_back(std::move(property.key));
};

constexpr auto rule_is = [](char const* rule) { return [rule](auto& ctx) { x3::_val(ctx).rule = rule; }; };
constexpr auto kind_is = [](char const* kind) { return [kind](auto& ctx) { x3::_val(ctx).kind = kind; }; };
constexpr auto one_label = [](auto& ctx) {
    SchemaCommand const& command = x3::_val(ctx);
    if (command.labels.size() <= 1 || command.kind == "fulltext") return;
    AstBuilder const& build = builder(ctx);
    ast::Span const second = command.labels[1].span;
    throw SyntaxFailure("UnexpectedSyntax", "only a FULLTEXT index may be of several labels", "",
                        build.where(second.begin), build.where(second.end));
};

auto const if_not_exists =
    kw("IF") >> x3::expect[kw("NOT")] >> x3::expect[kw("EXISTS")][flag<&SchemaCommand::if_not_exists>];
auto const if_exists = kw("IF") >> x3::expect[kw("EXISTS")][flag<&SchemaCommand::if_exists>];
constexpr auto store_name = [](auto& ctx) { x3::_val(ctx).name = std::move(x3::_attr(ctx)); };
auto const optional_name =
    -(!(kw("IF") | kw("FOR") | kw("ON")) >> any_name("a name, `IF NOT EXISTS` or `FOR`")[store_name]);

auto const label_list = x3::expect[sym(":", "`:` and a label")] >>
                        x3::expect[any_name("a label")][append<&SchemaCommand::labels>] >>
                        *(bar >> x3::expect[any_name("a label")][append<&SchemaCommand::labels>]);
auto const node_form = x3::expect[sym("(", "a pattern such as `(n:Label)`")] >>
                       x3::expect[variable_name()][store<&SchemaCommand::variable>] >> label_list >>
                       x3::expect[sym(")", "`)` to close the node")];
auto const rel_form =
    sym("(") >> sym(")")[flag<&SchemaCommand::relationship>] >>
    (sym("<-") | x3::expect[sym("-", "`-[`, a variable and a type")]) >> x3::expect[sym("[")] >>
    x3::expect[variable_name()][store<&SchemaCommand::variable>] >> label_list >> x3::expect[sym("]")] >>
    (sym("->") | x3::expect[sym("-", "`->` or `-`")]) >> x3::expect[sym("(")] >> x3::expect[sym(")")];
auto const entity = rel_form | node_form;

struct PropertyId;
x3::rule<PropertyId, SchemaProperty> const property_of = "a property such as `n.name`";
auto const property_of_def = variable_name()[store<&SchemaProperty::variable>] >>
                             sym(".") >> x3::expect[any_name("a property")][store<&SchemaProperty::key>];
auto const property_list = x3::expect[property_of][check_property] >>
                           *(sym(",") >> x3::expect[property_of][check_property]);

// --------------------------------------------------------------- constraints

auto const rule_words =
    (-(kw("NODE") | kw("RELATIONSHIP") | kw("REL")) >>
     (kw("UNIQUE")[rule_is("unique")] | kw("KEY")[rule_is("key")])) |
    (kw("NOT") >> x3::expect[kw("NULL")][rule_is("exists")]) |
    ((kw("TYPED") |
      x3::expect[sym("::", "`UNIQUE`, `NODE KEY`, `NOT NULL` or `::` and a type")])[rule_is("type")] >>
     x3::expect[TypeWords()][store<&SchemaCommand::type>]);

struct CreateConstraintId;
x3::rule<CreateConstraintId, SchemaCommand> const create_constraint = "CREATE CONSTRAINT";
auto const create_constraint_def =
    spanned[kw("CREATE") >> kw("CONSTRAINT") >> optional_name >> -if_not_exists >>
            (kw("FOR") | x3::expect[kw("ON", "`FOR` and a pattern")]) >> entity >> x3::eps[one_label] >>
            (kw("REQUIRE") | x3::expect[kw("ASSERT", "`REQUIRE`")]) >>
            ((sym("(") >> property_list >> x3::expect[sym(")", "`,` or `)` to close the properties")]) |
             (x3::expect[property_of][check_property])) >>
            x3::expect[kw("IS")] >> rule_words];

// ------------------------------------------------------------------- indexes

// `CREATE INDEX ON :Label(key)`, as it was written before there was FOR.
auto const old_index =
    kw("ON") >> sym(":") >> x3::expect[any_name("a label")][append<&SchemaCommand::labels>] >>
    x3::expect[sym("(")] >> x3::expect[any_name("a property")][append<&SchemaCommand::keys>] >>
    *(sym(",") >> x3::expect[any_name("a property")][append<&SchemaCommand::keys>]) >>
    x3::expect[sym(")", "`,` or `)` to close the properties")];

struct CreateIndexId;
x3::rule<CreateIndexId, SchemaCommand> const create_index = "CREATE INDEX";
auto const create_index_def =
    spanned[kw("CREATE") >> -(kw("RANGE") | kw("BTREE") | kw("TEXT")[kind_is("text")] |
                              kw("FULLTEXT")[kind_is("fulltext")]) >>
            kw("INDEX") >> optional_name >> -if_not_exists >>
            (old_index | ((kw("FOR") | x3::expect[kw("ON", "`FOR` and a pattern")]) >> entity >>
                          x3::eps[one_label] >> x3::expect[kw("ON", "`ON` and properties")] >>
                          ((kw("EACH") >> x3::expect[sym("[")] >> property_list >> x3::expect[sym("]")]) |
                           (x3::expect[sym("(", "`(` and properties")] >> property_list >>
                            x3::expect[sym(")", "`,` or `)` to close the properties")]))))];

// What other engines have and a graph in one process does not need.
constexpr auto refuse = [](char const* message, char const* hint) {
    return [message, hint](auto& ctx) {
        Iterator const end = builder(ctx).token_end;
        Iterator begin = end;
        while (scan::at_name_part(begin - 1, end)) --begin;
        throw SyntaxFailure("UnexpectedSyntax", message, hint, begin, end);
    };
};
auto const other_index =
    kw("CREATE") >>
    ((kw("POINT") | kw("VECTOR"))[refuse("there are no indexes of this kind",
                                         "there are RANGE, TEXT and FULLTEXT indexes")] |
     kw("LOOKUP")[refuse("labels and types are found without an index", "leave this command out")]);

// ---------------------------------------------------------------------- drop

struct DropId;
x3::rule<DropId, SchemaCommand> const drop = "DROP";
auto const drop_def =
    spanned[kw("DROP") >> (kw("CONSTRAINT")[kind_is("dropConstraint")] |
                           x3::expect[kw("INDEX", "`CONSTRAINT` or `INDEX`")][kind_is("dropIndex")]) >>
            x3::expect[any_name("a name")][store_name] >> -if_exists];

// ---------------------------------------------------------------------- show

constexpr auto show_of = [](char const* procedure) {
    return [procedure](auto& ctx) { x3::_val(ctx).name.text = procedure; };
};
constexpr auto where_on_all = [](auto& ctx) {
    x3::_val(ctx).has_yield = true;
    x3::_val(ctx).yield_star = true;
    x3::_val(ctx).where = x3::_attr(ctx);
};
constexpr auto show_all = [](auto& ctx) {
    x3::_val(ctx).yield_star = true;
    builder(ctx).yield_star = builder(ctx).span(position(ctx) - 1, position(ctx));
};
constexpr auto alias = [](auto& ctx) { x3::_val(ctx).yield.back().alias = std::move(x3::_attr(ctx)); };
constexpr auto add_yield = [](auto& ctx) {
    x3::_val(ctx).yield.push_back({std::move(x3::_attr(ctx)), std::nullopt});
};
auto const yielded = x3::expect[variable_name("a column")][add_yield] >>
                     -(kw("AS") >> x3::expect[any_name("an alias")][alias]);
struct ShowId;
x3::rule<ShowId, ast::Call> const show = "SHOW";
auto const show_def =
    spanned[kw("SHOW") >> -(kw("ALL") | (kw("BUILT") >> kw("IN"))) >>
            -((kw("DATABASES") | kw("DATABASE") | kw("USERS") | kw("ROLES") | kw("PRIVILEGES") |
               kw("TRANSACTIONS") |
               kw("SETTINGS"))[refuse("there is one graph, without users, roles or settings to show",
                                      "there are CONSTRAINTS, INDEXES, FUNCTIONS, PROCEDURES and SCHEMA")]) >>
            ((kw("CONSTRAINTS") | kw("CONSTRAINT"))[show_of("constraints")] |
             (kw("INDEXES") | kw("INDEX"))[show_of("indexes")] |
             (kw("FUNCTIONS") | kw("FUNCTION"))[show_of("functions")] |
             (kw("PROCEDURES") | kw("PROCEDURE"))[show_of("procedures")] |
             x3::expect[kw("SCHEMA", "`CONSTRAINTS`, `INDEXES`, `FUNCTIONS`, `PROCEDURES` or `SCHEMA`")]
                       [show_of("schema")]) >>
            -((kw("YIELD")[flag<&ast::Call::has_yield>] >>
               (sym("*")[show_all] | (yielded >> *(sym(",") >> yielded))) >>
               -(kw("WHERE") >> x3::expect[expression][store<&ast::Call::where>])) |
              (kw("WHERE") >> x3::expect[expression][where_on_all]))];

// -------------------------------------------------------------------- result

constexpr auto constraint_call = [](auto& ctx) {
    x3::_val(ctx).clauses.emplace_back(created(builder(ctx), x3::_attr(ctx), true));
};
constexpr auto index_call = [](auto& ctx) {
    x3::_val(ctx).clauses.emplace_back(created(builder(ctx), x3::_attr(ctx), false));
};
constexpr auto drop_call = [](auto& ctx) {
    SchemaCommand const& command = x3::_attr(ctx);
    AstBuilder& build = builder(ctx);
    ast::Call call = call_of(command.kind, command.span);
    call.arguments->push_back(literal(build, command.name->span, command.name->text));
    call.arguments->push_back(build.add(ast::Literal{command.if_exists}, command.span));
    x3::_val(ctx).clauses.emplace_back(std::move(call));
};
constexpr auto show_call = [](auto& ctx) {
    ast::Call call = std::move(x3::_attr(ctx));
    call.name.span = call.span;
    call.qualifier.push_back({"db", call.span});
    call.arguments.emplace();
    x3::_val(ctx).clauses.emplace_back(std::move(call));
};

auto const schema_command_def =
    spanned[(&(kw("CREATE") >> kw("CONSTRAINT")) >> create_constraint[constraint_call]) |
            (&(kw("CREATE") >> (kw("INDEX") | kw("RANGE") | kw("BTREE") | kw("TEXT") | kw("FULLTEXT"))) >>
             x3::expect[create_index][index_call]) |
            (&(kw("CREATE") >> (kw("POINT") | kw("VECTOR") | kw("LOOKUP")) >> kw("INDEX")) >> other_index) |
            (&kw("DROP") >> drop[drop_call]) |
            (&kw("SHOW") >> show[show_call] >> *clause[append<&ast::SingleQuery::clauses>])];

BOOST_SPIRIT_DEFINE(property_of, create_constraint, create_index, drop, show, schema_command)

BOOST_SPIRIT_INSTANTIATE(SchemaCommandRule, Iterator, Context)

}  // namespace islet::parser::grammar
