// The commands that run something.
#include <fstream>

#include "shell.hpp"

namespace islet::cli {

namespace {

constexpr std::size_t deepest_read = 16;

}  // namespace

ExitCode Shell::run_prefixed(std::string_view prefix, std::string_view argument) {
    const std::string query(argument.empty() ? std::string_view(last_query_) : argument);
    if (query.empty()) return complain("there is no last query; give one");
    const ExitCode code = run_query(std::string(prefix) + " " + query);
    last_query_ = query;
    return code;
}

ExitCode Shell::explain(std::string_view argument) {
    return run_prefixed("EXPLAIN", argument);
}

ExitCode Shell::profile(std::string_view argument) {
    return run_prefixed("PROFILE", argument);
}

ExitCode Shell::cite(std::string_view argument) {
    return run_prefixed("CITE", argument);
}

ExitCode Shell::read(std::string_view argument) {
    if (argument.empty()) return complain(":read takes a file");
    std::ifstream file{std::string(argument)};
    if (!file) return complain("cannot read '" + std::string(argument) + "'", ExitCode::cannot_open);
    if (depth_ == deepest_read) return complain("files that read each other are nested too deep");
    ++depth_;
    const ExitCode code = batch(file);
    --depth_;
    return code;
}

ExitCode Shell::begin(std::string_view) {
    if (settings_.read_only) return complain("writing is switched off; :set readonly off switches it on");
    const auto done = session_.begin();
    return done ? ExitCode::fine : complain(done.error());
}

ExitCode Shell::commit(std::string_view) {
    const auto done = session_.commit();
    return done ? ExitCode::fine : complain(done.error());
}

ExitCode Shell::rollback(std::string_view) {
    const auto done = session_.rollback();
    return done ? ExitCode::fine : complain(done.error());
}

ExitCode Shell::end_transaction(ExitCode code) {
    if (!session_.in_transaction()) return code;
    [[maybe_unused]] const auto ended = session_.rollback();
    const ExitCode lost = complain("the open transaction was not committed; nothing of it stays");
    return code == ExitCode::fine ? lost : code;
}

ExitCode Shell::quit(std::string_view) {
    ended_ = true;
    return ExitCode::fine;
}

}  // namespace islet::cli
