#include "open.hpp"

#include <filesystem>

namespace islet::cli {

namespace {

Error cannot_open(const std::string& path, const std::string& why, std::string hint = {}) {
    return Error{"08001", "DatabaseError", "runtime", "CannotOpen", "cannot open '" + path + "': " + why,
                 {},      std::move(hint), {}};
}

}  // namespace

std::optional<Error> not_openable(const std::string& path) {
    std::error_code ignored;
    const std::string wanted = "a knowledge base is a folder with a schema.json";
    if (!std::filesystem::exists(path, ignored)) return cannot_open(path, "there is no such file or folder");
    if (!std::filesystem::is_directory(path, ignored)) {
        return cannot_open(path, "graph files cannot be opened yet", wanted);
    }
    if (!std::filesystem::exists(std::filesystem::path(path) / "schema.json", ignored)) {
        return cannot_open(path, "the folder has no schema.json", wanted);
    }
    return std::nullopt;
}

Expected<OpenBase> open_base(const std::optional<std::string>& path) {
    if (path) {
        if (auto error = not_openable(*path)) return *error;
    }
    auto knowledge = path ? KnowledgeBase::load(*path) : KnowledgeBase::built_in();
    if (!knowledge) return knowledge.error();
    Database database(knowledge->snapshot());
    return OpenBase{std::move(*knowledge), std::move(database), path.value_or("the built-in knowledge base")};
}

}  // namespace islet::cli
