// A query's path, from text to rows, and the one place where errors are caught.

#include <atomic>

#include "evaluate.hpp"
#include "islet/database.hpp"
#include "islet/parser.hpp"
#include "islet/text.hpp"
#include "operator.hpp"
#include "plan.hpp"
#include "plan_text.hpp"

namespace islet {
namespace {

using query::Plan;

/// A syntax error of the parser in the library's form.
Error to_error(const parser::SyntaxError& error, std::string_view text) {
    return {.code = "42001",
            .kind = "SyntaxError",
            .phase = "compile time",
            .detail = error.detail,
            .message = error.message,
            .span = locate(text, error.span.begin, error.span.end),
            .hint = error.hint,
            .place = {}};
}

std::string profile_text(const Plan& plan, const query::RunContext& context) {
    return query::to_text(plan, [&](query::PlanId id) {
        const query::OperatorProfile& profile = context.profiles[static_cast<std::size_t>(id)];
        const double micros = static_cast<double>(profile.time.count()) / 1000;
        return "  " + std::to_string(profile.rows) + " rows, " +
               std::to_string(static_cast<std::uint64_t>(micros)) + " us";
    });
}

}  // namespace

struct Database::State {
    explicit State(Snapshot snapshot) : graph(std::move(snapshot)) {}
    Graph graph;
    query::ProcedureRegistry procedures;
};

struct Session::State {
    Database::State& database;
    Limits limits;
    query::Switches switches;
    std::atomic<bool> cancelled{false};
    std::uint64_t random_state;
};

Database::Database() : state_(std::make_unique<State>(Snapshot())) {}
Database::Database(Snapshot snapshot) : state_(std::make_unique<State>(std::move(snapshot))) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Session Database::session() {
    const auto seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    return Session(std::unique_ptr<Session::State>(new Session::State{*state_, {}, {}, {}, seed | 1}));
}
Snapshot Database::snapshot() const {
    return state_->graph.snapshot();
}
Graph& Database::graph() noexcept {
    return state_->graph;
}
query::ProcedureRegistry& Database::procedures() noexcept {
    return state_->procedures;
}

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

void Session::set_limits(const Limits& limits) {
    state_->limits = limits;
}
void Session::cancel() noexcept {
    state_->cancelled.store(true, std::memory_order_relaxed);
}
bool Session::set_optimization(std::string_view name, bool on) {
    bool* flag = state_->switches.find(name);
    if (flag == nullptr) return false;
    *flag = on;
    return true;
}

Expected<Result> Session::run(std::string_view text, const Parameters& parameters) {
    const auto begin = std::chrono::steady_clock::now();
    state_->cancelled.store(false, std::memory_order_relaxed);
    ast::Span at;
    try {
        parser::Parsed parsed = parser::parse(text);
        if (const auto* error = std::get_if<parser::SyntaxError>(&parsed)) return to_error(*error, text);
        const ast::Ast& ast = std::get<ast::Ast>(parsed);
        if (ast.cite) {
            return Error{
                "42N01", "SyntaxError", "compile time", "UnsupportedFeature", "CITE is not supported", {}, {},
                {}};
        }

        Graph& graph = state_->database.graph;
        Snapshot snapshot = graph.snapshot();
        query::BoundStatement bound = query::bind(ast, text, snapshot, state_->database.procedures);
        const Plan plan =
            query::optimize(query::plan(std::move(bound), snapshot, state_->switches), state_->switches);

        Result result;
        result.warnings_ = plan.statement.warnings;
        result.snapshot_ = snapshot;
        if (ast.mode == ast::Mode::explain) {
            result.plan_ = query::to_text(plan, query::estimate_notes(plan));
            result.elapsed_ = std::chrono::steady_clock::now() - begin;
            return result;
        }

        std::optional<Transaction> transaction;
        if (plan.statement.writes) transaction.emplace(graph);
        const Snapshot& reads = transaction ? transaction->view() : snapshot;
        query::RunContext context{.plan = plan,
                                  .text = text,
                                  .snapshot = &reads,
                                  .parameters = parameters,
                                  .transaction = transaction ? &*transaction : nullptr,
                                  .random_state = state_->random_state,
                                  .cancelled = &state_->cancelled,
                                  .memory_limit = state_->limits.memory,
                                  .profile = ast.mode == ast::Mode::profile,
                                  .at = {},
                                  .blocks = {},
                                  .profiles = std::vector<query::OperatorProfile>(plan.nodes.size())};
        if (state_->limits.timeout.count() > 0) context.deadline = begin + state_->limits.timeout;
        try {
            result.columns_ = plan.statement.columns;
            result.ordered_ = plan.statement.ordered;
            query::Batch one;
            one.rows = 1;
            one.columns.resize(plan.statement.slot_names.size());
            const query::ArgumentSource source{&one};
            const query::Input root = query::build(context, plan.root, source);
            query::Batch batch;
            while (root->next(batch)) {
                for (std::size_t row = 0; row < batch.rows; ++row) {
                    for (const query::SlotId slot : plan.columns)
                        result.values_.push_back(batch[slot].at(row));
                }
                context.hold(batch.rows * plan.columns.size() * sizeof(Value));
            }
        } catch (...) {
            at = context.at;
            throw;
        }
        state_->random_state = context.random_state;
        if (context.profile) result.plan_ = profile_text(plan, context);
        if (transaction) {
            result.writes_ = transaction->counts();
            transaction->commit();
            result.snapshot_ = graph.snapshot();
        }
        result.elapsed_ = std::chrono::steady_clock::now() - begin;
        return result;
    } catch (const Exception& exception) {
        Error error = exception.error();
        if (!error.span && at.end > at.begin) error.span = locate(text, at.begin, at.end);
        return error;
    } catch (const std::bad_alloc&) {
        return Error{
            "53200", "TransactionError", "runtime", "MemoryLimit", "the query ran out of memory", {}, {}, {}};
    }
}

std::string render(const Warning& warning, std::string_view source) {
    std::string text = islet::render(
        Error{warning.code, {}, {}, {}, warning.message, warning.span, warning.hint, {}}, source);
    return "warning" + text.substr(text.find(' '));
}

}  // namespace islet
