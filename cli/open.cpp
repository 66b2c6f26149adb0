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
    if (!std::filesystem::is_directory(path, ignored)) return cannot_open(path, "it is no folder", wanted);
    if (!std::filesystem::exists(std::filesystem::path(path) / "schema.json", ignored)) {
        return cannot_open(path, "the folder has no schema.json", wanted);
    }
    return std::nullopt;
}

Expected<OpenBase> open_base(const std::optional<std::string>& path, const OpenOptions& options) {
    if (path) {
        std::error_code ignored;
        const auto kind = std::filesystem::status(*path, ignored).type();
        const bool missing = kind == std::filesystem::file_type::not_found;
        if (missing && !options.create) {
            const bool graph = path->ends_with(".islet");
            return cannot_open(*path, "there is no such file or folder",
                               graph ? "--create makes an empty graph there" : "");
        }
        if (missing || kind != std::filesystem::file_type::directory) {
            auto database = Database::open(*path, options);
            if (!database) return database.error();
            const Snapshot snapshot = database->snapshot();
            return OpenBase{KnowledgeBase::without_words(snapshot), std::move(*database), *path, true};
        }
        if (auto error = not_openable(*path)) return *error;
    }
    auto knowledge = path ? KnowledgeBase::load(*path) : KnowledgeBase::built_in();
    if (!knowledge) return knowledge.error();
    Database database(knowledge->snapshot());
    return OpenBase{std::move(*knowledge), std::move(database), path.value_or("the built-in knowledge base")};
}

std::optional<Error> not_askable(const OpenBase& base) {
    if (!base.is_file) return std::nullopt;
    return Error{"42N00",
                 "ArgumentError",
                 "runtime",
                 "NoVocabulary",
                 "'" + base.name + "' is a graph without a vocabulary: it can be queried, not asked",
                 {},
                 "a knowledge base is a folder that brings its words: see docs/knowledge.md",
                 {}};
}

}  // namespace islet::cli
