// What each format cannot hold, told of a graph only where it has such values.
#include <cmath>
#include <set>

#include "export_columns.hpp"
#include "export_xml.hpp"
#include "islet/export.hpp"

namespace islet {

namespace {

using exporting::CanonicalGraph;
using exporting::Property;

/// What a graph has in it that some format has trouble with.
struct Traits {
    bool properties = false;  ///< any at all
    bool lists = false;       ///< as values of properties
    bool temporal = false;
    bool not_finite = false;     ///< NaN or an infinity
    bool several_kinds = false;  ///< one key with values of several kinds
    bool control = false;        ///< texts with characters that XML lacks
    bool line_breaks = false;    ///< texts with tabs or line ends
    bool large = false;          ///< integers beyond 2^53
    bool bars = false;           ///< texts with `|` inside of lists
};

void look_at(const Value& value, bool in_list, Traits& traits) {
    if (is_temporal(value.kind())) traits.temporal = true;
    if (value.kind() == Kind::floating && !std::isfinite(value.as_double())) traits.not_finite = true;
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    if (value.kind() == Kind::integer && (value.as_int() > exact || value.as_int() < -exact))
        traits.large = true;
    if (value.kind() == Kind::string) {
        const std::string_view text = value.as_string();
        if (exporting::beyond_xml(text)) traits.control = true;
        if (text.find_first_of("\t\r\n") != std::string_view::npos) traits.line_breaks = true;
        if (in_list && text.find('|') != std::string_view::npos) traits.bars = true;
    }
    if (value.kind() == Kind::list) {
        traits.lists = true;
        for (const Value& item : value.as_list()) look_at(item, true, traits);
    }
}

template <class Id>
void look_at(const Snapshot& snapshot, const std::vector<Id>& ids, Traits& traits) {
    std::vector<Kind> kinds(snapshot.key_count(), Kind::null);
    for (const Id id : ids) {
        for (const auto& [key, value] : snapshot.properties(id)) {
            traits.properties = true;
            Kind& kind = kinds[index(key)];
            if (kind != Kind::null && kind != value.kind()) traits.several_kinds = true;
            kind = value.kind();
            look_at(value, false, traits);
        }
    }
}

}  // namespace

std::vector<std::string> losses(const Subgraph& graph, GraphFormat format) {
    Traits traits;
    look_at(graph.snapshot, graph.nodes, traits);
    look_at(graph.snapshot, graph.relationships, traits);
    std::vector<std::string> result;
    const auto tell = [&](bool it_is_so, std::string_view what) {
        if (it_is_so) result.emplace_back(what);
    };
    switch (format) {
        case GraphFormat::cypher:
        case GraphFormat::turtle:
        case GraphFormat::jsonld:
            break;
        case GraphFormat::json:
        case GraphFormat::cytoscape:
        case GraphFormat::html:
            tell(format == GraphFormat::html && traits.large, "integers beyond 2^53 are texts");
            tell(traits.temporal, "dates, times and durations are texts");
            tell(traits.not_finite, "NaN and the infinities are texts");
            break;
        case GraphFormat::csv:
            tell(traits.several_kinds, "properties whose values are of several types are JSON text");
            tell(traits.lists, "lists that `;` cannot separate are JSON text");
            break;
        case GraphFormat::graphml:
        case GraphFormat::gexf:
            tell(traits.lists, "lists are JSON text");
            tell(traits.several_kinds, "properties whose values are of several types are JSON text");
            tell(traits.temporal, "dates, times and durations are texts");
            tell(traits.control, "texts with control characters are JSON text");
            break;
        case GraphFormat::dot:
            tell(traits.properties, "properties are one JSON text");
            tell(traits.temporal, "dates, times and durations are texts");
            tell(traits.not_finite, "NaN and the infinities are texts");
            break;
        case GraphFormat::kgx:
            tell(traits.line_breaks, "tabs and line ends in texts are blanks");
            tell(traits.bars, "texts in lists have a `|`, which separates the list");
            tell(traits.properties, "the types of values are not written");
            break;
        case GraphFormat::kgx_jsonl:
            tell(traits.temporal, "dates, times and durations are texts");
            tell(traits.not_finite, "NaN and the infinities are texts");
            break;
        case GraphFormat::svg:
        case GraphFormat::png:
            tell(traits.properties, "only names, labels (by colour) and types are seen");
            break;
    }
    return result;
}

}  // namespace islet
