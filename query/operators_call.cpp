// CALL: a registered procedure, once for each row.

#include "operator.hpp"

namespace islet::query {
namespace {

/// An argument as the procedure asked for it; integers become floats where floats are asked for.
Value coerce(const Field& field, const Value& value, const Procedure& procedure) {
    const auto refuse = [&]() {
        throw Exception({.code = "22G03",
                         .kind = "TypeError",
                         .phase = "runtime",
                         .detail = "InvalidArgumentType",
                         .message = "`" + procedure.name + "` cannot take a " +
                                    std::string(kind_name(value.kind())) + " as `" + field.name + "`",
                         .span = {},
                         .hint = {},
                         .place = {}});
    };
    if (value.is_null()) {
        if (field.preset) return *field.preset;
        if (!field.nullable) refuse();
        return value;
    }
    const auto must = [&](Kind kind) {
        if (value.kind() != kind) refuse();
        return value;
    };
    switch (field.type) {
        case FieldType::any:
            return value;
        case FieldType::boolean:
            return must(Kind::boolean);
        case FieldType::integer:
            return must(Kind::integer);
        case FieldType::floating:
            return value.is_number() ? Value(value.number()) : must(Kind::floating);
        case FieldType::number:
            return value.is_number() ? value : must(Kind::floating);
        case FieldType::string:
            return must(Kind::string);
        case FieldType::list:
            return must(Kind::list);
        case FieldType::map:
            return must(Kind::map);
        case FieldType::node:
            return must(Kind::node);
        case FieldType::relationship:
            return must(Kind::relationship);
        case FieldType::path:
            return must(Kind::path);
    }
    return value;
}

class CallOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<CallOp>(node_.op);
        const ProcedureContext given{*context_.snapshot,
                                     op.procedure->writes ? context_.transaction : nullptr,
                                     [this] { context_.check(); }};
        Batch in;
        while (pull(in)) {
            std::vector<ColumnRef> arguments;
            for (const ExprId argument : op.arguments) arguments.push_back(evaluate(context_, argument, in));
            context_.at = op.span;
            std::vector<std::uint32_t> parents;
            std::vector<Column> columns(op.outputs.size());
            for (std::size_t row = 0; row < in.rows; ++row) {
                std::vector<Value> values;
                for (std::size_t i = 0; i < arguments.size(); ++i) {
                    values.push_back(coerce(op.procedure->inputs[i], arguments[i]->at(row), *op.procedure));
                }
                context_.check();
                const auto rows = op.procedure->call(given, values);
                context_.hold(rows.size() * op.procedure->outputs.size() * sizeof(Value));
                if (op.procedure->outputs.empty()) {
                    parents.push_back(static_cast<std::uint32_t>(row));
                    continue;
                }
                for (const std::vector<Value>& found : rows) {
                    parents.push_back(static_cast<std::uint32_t>(row));
                    for (std::size_t i = 0; i < columns.size(); ++i)
                        columns[i].append(found[op.outputs[i].first]);
                }
            }
            if (parents.empty()) continue;
            out = in.gather(parents, carried(in));
            for (std::size_t i = 0; i < columns.size(); ++i)
                out[op.outputs[i].second] = std::move(columns[i]);
            return true;
        }
        return false;
    }
};

}  // namespace

Input make_call(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<CallOperator>(context, node, std::move(input));
}

}  // namespace islet::query
