// A query's path, from text to rows, and the one place where errors are caught.

#include <algorithm>
#include <chrono>

#include "cite.hpp"
#include "evaluate.hpp"
#include "islet/parser.hpp"
#include "islet/sound.hpp"
#include "islet/text.hpp"
#include "operator.hpp"
#include "plan_text.hpp"
#include "result.hpp"
#include "session_state.hpp"

namespace islet {
namespace query {

bool Compiled::holds_for(const Snapshot& snapshot) const {
    // Half as many or twice as many turn few orders of joins round.
    const auto similar = [](std::uint64_t then, std::uint64_t now) {
        constexpr std::uint64_t few = 64;
        return now <= 2 * then + few && then <= 2 * now + few;
    };
    return names == snapshot.label_count() + snapshot.type_count() + snapshot.key_count() &&
           similar(nodes, snapshot.node_count()) && similar(relationships, snapshot.rel_count()) &&
           (catalog == snapshot.shared_catalog() || *catalog == snapshot.catalog());
}

}  // namespace query

namespace {

using query::Plan;

constexpr std::size_t cached_plans = 256;

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

/// Of an aggregation: whether threads share its work.
std::string sharing(const Plan& plan, query::PlanId id, unsigned threads, std::chrono::nanoseconds worth_it) {
    const auto* aggregate = std::get_if<query::AggregateOp>(&plan[id].op);
    return aggregate != nullptr && is_shared(*aggregate, threads, worth_it)
               ? ", " + std::to_string(threads) + " threads"
               : "";
}

std::string profile_text(const Plan& plan, const query::RunContext& context) {
    return query::to_text(plan, [&](query::PlanId id) {
        const query::OperatorProfile& profile = context.profiles[static_cast<std::size_t>(id)];
        const double micros = static_cast<double>(profile.time.count()) / 1000;
        return "  " + std::to_string(profile.rows) + " rows, " +
               std::to_string(static_cast<std::uint64_t>(micros)) + " us" +
               sharing(plan, id, context.threads, context.threads_from);
    });
}

WriteCounts sum(const WriteCounts& a, const WriteCounts& b) {
    return a - (WriteCounts() - b);
}

/// Runs `step`; what it throws comes back as the Error it carries.
template <class Step>
auto caught(Step step) -> Expected<decltype(step())> {
    try {
        return step();
    } catch (const Exception& exception) {
        return exception.error();
    } catch (const std::bad_alloc&) {
        return Error{
            "53200", "TransactionError", "runtime", "MemoryLimit", "the query ran out of memory", {}, {}, {}};
    }
}

}  // namespace

const std::vector<std::string>& Prepared::columns() const noexcept {
    return state_->compiled->plan.statement.columns;
}

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

void Session::set_limits(const Limits& limits) {
    state_->limits = limits;
}
void Session::set_threads(unsigned threads, std::chrono::nanoseconds worth_it) {
    state_->threads = std::max(1U, threads);
    state_->threads_from = worth_it;
}
void Session::cancel() noexcept {
    state_->cancelled.store(true, std::memory_order_relaxed);
}
bool Session::set_optimization(std::string_view name, bool on) {
    bool* flag = state_->switches.find(name);
    if (flag == nullptr) return false;
    *flag = on;
    state_->plans.clear();
    return true;
}

Snapshot Session::State::current() const {
    return transaction ? transaction->view() : database.graph.snapshot();
}

std::shared_ptr<const query::Compiled> Session::State::compile(std::string_view text) {
    const Snapshot snapshot = current();
    const auto cached = plans.find(text);
    if (cached != plans.end() && cached->second->holds_for(snapshot)) return cached->second;

    parser::Parsed parsed = parser::parse(text);
    if (const auto* error = std::get_if<parser::SyntaxError>(&parsed))
        throw Exception(to_error(*error, text));
    const ast::Ast& ast = std::get<ast::Ast>(parsed);
    query::BoundStatement bound = query::bind(ast, text, snapshot, database.procedures);
    if (ast.cite) {
        try {
            bound = query::cite(std::move(bound), snapshot.catalog().evidence);
        } catch (const Exception& exception) {  // which speaks of the statement as a whole
            Error error = exception.error();
            const std::size_t begin = text.find_first_not_of(" \t\r\n");
            error.span = locate(text, begin, text.find_last_not_of(" \t\r\n;") + 1);
            throw Exception(std::move(error));
        }
    }
    auto compiled = std::make_shared<const query::Compiled>(query::Compiled{
        .text = std::string(text),
        .mode = ast.mode,
        .plan = query::optimize(query::plan(std::move(bound), snapshot, switches), switches),
        .nodes = snapshot.node_count(),
        .relationships = snapshot.rel_count(),
        .names = snapshot.label_count() + snapshot.type_count() + snapshot.key_count(),
        .catalog = snapshot.shared_catalog(),
    });
    if (plans.size() >= cached_plans) plans.clear();
    plans.insert_or_assign(compiled->text, compiled);
    return compiled;
}

Result Session::State::execute(const query::Compiled& compiled, const Parameters& parameters) {
    const auto begin = std::chrono::steady_clock::now();
    const Plan& plan = compiled.plan;
    Result result;
    result.warnings_ = plan.statement.warnings;
    result.snapshot_ = current();
    if (compiled.mode == ast::Mode::explain) {
        const auto estimate = query::estimate_notes(plan);
        result.plan_ = query::to_text(
            plan, [&](query::PlanId id) { return estimate(id) + sharing(plan, id, threads, threads_from); });
        return result;
    }

    std::vector<Snapshot> kept;      // states that values of rows on the way point into
    std::optional<Transaction> own;  // of this statement alone
    if (plan.statement.writes && !transaction) own.emplace(database.graph);
    Transaction* const writer = transaction ? &*transaction : own ? &*own : nullptr;
    const WriteCounts before = writer != nullptr ? writer->counts() : WriteCounts();
    const Snapshot& reads = writer != nullptr ? writer->view() : result.snapshot_;
    query::RunContext context{.plan = plan,
                              .text = compiled.text,
                              .snapshot = &reads,
                              .parameters = parameters,
                              .transaction = writer,
                              .random_state = random_state,
                              .cancelled = &cancelled,
                              .memory_limit = limits.memory,
                              .memory_used = transaction ? memory_written : 0,
                              .memory_written = transaction ? memory_written : 0,
                              .profile = compiled.mode == ast::Mode::profile,
                              .import_folder = database.import_folder,
                              .threads = threads,
                              .threads_from = threads_from,
                              .at = {},
                              .blocks = {},
                              .profiles = std::vector<query::OperatorProfile>(plan.nodes.size())};
    WriteCounts batches;  // of transactions that are over
    if (own && plan.statement.own_transactions) {
        context.next_transaction = [&](bool publish) {
            kept.push_back(own->view());
            if (publish) {
                batches = sum(batches, own->counts());
                own->commit();
            }
            own.emplace(database.graph);
            context.memory_used -= std::exchange(context.memory_written, 0);
            context.transaction = &*own;
            context.snapshot = &own->view();
        };
    }
    if (limits.timeout.count() > 0) context.deadline = begin + limits.timeout;
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
            std::uint64_t bytes = batch.rows * plan.columns.size() * sizeof(Value);
            for (const query::SlotId slot : plan.columns) bytes += context.held.add(batch[slot], batch.rows);
            context.hold(bytes);
            if (!result.table_) result.table_ = std::make_shared<Result::Table>();
            result.table_->add(batch, plan.columns);
        }
        if (result.table_) {
            result.rows_ = result.table_->rows;
            if (writer != nullptr) result.table_->detach();
        }
        require_sound(*context.snapshot);  // by now perhaps that of another transaction
        random_state = context.random_state;
        memory_written = context.memory_written;
        if (context.profile) result.plan_ = profile_text(plan, context);
        if (writer != nullptr) {
            if (plan.statement.writes) writer->check();
            result.writes_ = sum(batches, writer->counts() - before);
        }
        if (own) {
            own->commit();
            result.snapshot_ = database.graph.snapshot();
        }
    } catch (const Exception& exception) {
        transaction.reset();
        Error error = exception.error();
        if (!error.span && context.at.end > context.at.begin) {
            error.span = locate(compiled.text, context.at.begin, context.at.end);
        }
        throw Exception(std::move(error));
    } catch (...) {
        transaction.reset();
        throw;
    }
    return result;
}

Expected<Result> Session::run(std::string_view text, const Parameters& parameters) {
    const auto begin = std::chrono::steady_clock::now();
    state_->cancelled.store(false, std::memory_order_relaxed);
    return caught([&] {
        if (!state_->transaction) state_->database.graph.refresh();
        const std::shared_ptr<const query::Compiled> compiled = state_->compile(text);
        Result result = state_->execute(*compiled, parameters);
        result.elapsed_ = std::chrono::steady_clock::now() - begin;
        return result;
    });
}

Expected<Prepared> Session::prepare(std::string_view text) {
    return caught([&] {
        Prepared prepared;
        prepared.state_ = std::make_shared<Prepared::State>(Prepared::State{state_->compile(text)});
        return prepared;
    });
}

Expected<Result> Session::run(const Prepared& statement, const Parameters& parameters) {
    const auto begin = std::chrono::steady_clock::now();
    state_->cancelled.store(false, std::memory_order_relaxed);
    return caught([&] {
        if (!state_->transaction) state_->database.graph.refresh();
        std::shared_ptr<const query::Compiled>& compiled = statement.state_->compiled;
        if (!compiled->holds_for(state_->current())) compiled = state_->compile(compiled->text);
        Result result = state_->execute(*compiled, parameters);
        result.elapsed_ = std::chrono::steady_clock::now() - begin;
        return result;
    });
}

std::string render(const Warning& warning, std::string_view source) {
    std::string text = islet::render(
        Error{warning.code, {}, {}, {}, warning.message, warning.span, warning.hint, {}}, source);
    return "warning" + text.substr(text.find(' '));
}

}  // namespace islet
