// What all readers of one import share.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base_builder.hpp"
#include "import_ids.hpp"
#include "import_source.hpp"
#include "islet/import.hpp"
#include "islet/value.hpp"

namespace islet::importing {

/// A node or relationship that is read, before it is taken in as a whole.
struct PendingThing {
    std::vector<std::string> labels;  ///< of a relationship: its type
    std::vector<std::pair<std::string, Value>> properties;

    void clear() {
        labels.clear();
        properties.clear();
    }
    [[nodiscard]] const Value* find(std::string_view key) const;
};

/// A relationship that came before one of its ends.
struct WaitingRelationship {
    const Input* input;
    std::string source;
    std::string target;
    PendingThing thing;
    SourceSpan span;
    std::string text;  ///< of the record
};

class RdfGraph;

/// One attempt at reading all sources. Used by one thread at a time.
struct Run {
    const ImportOptions& options;
    BaseBuilder builder = {};
    IdTable ids = {};
    std::unordered_map<std::string, std::uint32_t> spaces = {{"", 0}};
    bool ends_make_nodes = false;  ///< no source has nodes: relationships make them
    bool first_attempt = true;     ///< in which bad records are reported; a later one meets them again
    std::vector<WaitingRelationship> waiting = {};
    std::shared_ptr<RdfGraph> rdf = {};  ///< null while there are no triples
    std::uint64_t rejected = 0;
    std::uint64_t bytes_total = 0;
    std::uint64_t bytes_before = 0;  ///< of the sources that were read

    /// At most so many threads are to work at once.
    [[nodiscard]] unsigned threads() const;
    std::uint32_t space(const std::string& name) {
        return spaces.try_emplace(name, static_cast<std::uint32_t>(spaces.size())).first->second;
    }
    /// Hands a bad record to the caller, or throws it.
    void reject(const Input& input, SourceSpan span, std::string message, std::string hint,
                std::string_view text);
    /// Throws Exception (Cancelled) when the caller has had enough.
    void report(const Input& input, std::uint64_t position) const;
};

/// `file:line:column`
std::string place_text(const Input& input, SourceSpan span);

/// The labels of a field, `A;B` or `:A:B`; where `prefixed`, without what stands before a name's colon.
std::vector<std::string> labels_of(std::string_view text, char delimiter, bool prefixed);
/// `biolink:treats` → `treats`
std::string_view local_part(std::string_view curie);

/// Reads one table. False where a column turned out to be of a wider type than what was kept of it holds:
/// then `table` knows better, and everything is to be read again.
struct Table;
bool read_table(Table& table, Run& run);

/// Reads a source of any other format.
void read_other(const Input& input, ImportFormat format, Run& run);
/// When all sources of other formats are read: what has to be known as a whole becomes the graph.
void finish_others(Run& run);
/// When all sources are read: takes in the relationships that waited for their ends. Those whose ends never
/// came are bad records.
void take_waiting(Run& run);

}  // namespace islet::importing
