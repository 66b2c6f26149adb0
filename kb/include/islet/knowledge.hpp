// A knowledge base: a folder of JSON files (docs/knowledge.md), checked and turned into a graph.
//
//   islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
//   islet::Database db(base.snapshot());
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "islet/error.hpp"
#include "islet/graph.hpp"
#include "islet/schema.hpp"

namespace islet {

namespace kb {
struct Lexicon;
}

/// One thing of a knowledge base, as its file gives it.
struct Entity {
    /// What its name stands for beyond itself: "X-related Y" is Y in the population X.
    struct Context {
        std::string facet;
        std::string value;
    };
    std::string id;
    std::vector<std::string> labels;
    std::string name;
    std::vector<std::string> synonyms;
    std::vector<std::string> brand_names;
    std::vector<std::string> abbreviations;
    std::vector<std::string> misspellings;
    std::string means;  ///< id of the entity that it is in a context; empty: stands for itself
    std::vector<Context> means_context;  ///< the context that goes with `means`
    NodeId node = NodeId::none;
};

/// A document.
struct Document {
    struct Section {
        std::string title;
        int first_line = 0;
        int last_line = 0;
        std::string date;
        NodeId node = NodeId::none;
    };
    std::string id;
    std::string name;
    std::string publisher;
    std::string date;  ///< empty: not stated
    std::string file;
    std::vector<std::string> synonyms;
    std::vector<Section> sections;
    NodeId node = NodeId::none;
};

/// How many statements a source makes with a relation.
struct StatementCount {
    std::string source;  ///< empty: inferred, no source
    std::string relation;
    std::size_t statements = 0;
};

/// A loaded knowledge base. A value: copies share what it holds, which never changes. Thread-safe.
class KnowledgeBase {
 public:
    /// Reads a folder. The error is the first fault; its hint says how many more there are.
    static Expected<KnowledgeBase> load(const std::filesystem::path& folder);
    /// The base that is built into the library: checked when it was built, and used where it lies, so that it
    /// is there at once.
    static Expected<KnowledgeBase> built_in();
    /// One that knows nothing of a graph: no documents, no words, an empty schema.
    static KnowledgeBase without_words(Snapshot snapshot);
    /// All faults of a folder, in order of file and place; empty: none.
    static std::vector<Error> check(const std::filesystem::path& folder);

    [[nodiscard]] const Snapshot& snapshot() const noexcept;
    [[nodiscard]] const Schema& schema() const noexcept;
    [[nodiscard]] const std::vector<Entity>& entities() const noexcept;
    [[nodiscard]] const std::vector<Document>& documents() const noexcept;
    /// By source, then relation.
    [[nodiscard]] const std::vector<StatementCount>& statement_counts() const noexcept;
    /// Questions that the base's author gives as examples of what it answers.
    [[nodiscard]] const std::vector<std::string>& examples() const noexcept;
    /// The words of the question form.
    [[nodiscard]] const kb::Lexicon& lexicon() const noexcept;

    struct State;
    explicit KnowledgeBase(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
    std::shared_ptr<const State> state_;
};

}  // namespace islet
