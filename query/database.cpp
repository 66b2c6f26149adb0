#include "islet/database.hpp"

#include <chrono>
#include <utility>

#include "procedures/families.hpp"
#include "session_state.hpp"

namespace islet {

Database::Database() : Database(Snapshot()) {}
Database::Database(Snapshot snapshot) : Database(std::make_unique<State>(std::move(snapshot))) {}
Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {
    query::add_builtin_procedures(state_->procedures);
}
Expected<Database> Database::open(const std::string& path, const OpenOptions& options) {
    try {
        return Database(std::make_unique<State>(open_graph(path, options)));
    } catch (const Exception& exception) {
        return exception.error();
    }
}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Session Database::session() {
    const auto seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    return Session(std::make_unique<Session::State>(*state_, seed | 1));
}
Snapshot Database::snapshot() const {
    return state_->graph.snapshot();
}
Graph& Database::graph() noexcept {
    return state_->graph;
}
void Database::set_import_folder(std::string folder) {
    state_->import_folder = std::move(folder);
}
query::ProcedureRegistry& Database::procedures() noexcept {
    return state_->procedures;
}

}  // namespace islet
