// LSQB's nine queries.

#include <algorithm>

#include "graph.hpp"

namespace islet::benchmarks::floor {
namespace {

using Counts = std::vector<std::uint64_t>;

/// True for the nodes with a label.
std::vector<char> marked(const Graph& graph, std::string_view label) {
    std::vector<char> marks(graph.nodes());
    for (const std::uint32_t node : graph.with_label(label)) marks[node] = 1;
    return marks;
}

/// Friends of each person, in both directions, ascending.
std::vector<std::vector<std::uint32_t>> friends(const Graph& graph) {
    std::vector<std::vector<std::uint32_t>> all(graph.nodes());
    for (const std::uint32_t person : graph.with_label("Person")) {
        const auto out = graph.out("KNOWS").of(person);
        const auto in = graph.in("KNOWS").of(person);
        all[person].resize(out.size() + in.size());
        std::merge(out.begin(), out.end(), in.begin(), in.end(), all[person].begin());
    }
    return all;
}

Rows q1(const Graph& graph, const Parameters&) {
    const Csr& located = graph.out("IS_LOCATED_IN");
    const Csr& part = graph.out("IS_PART_OF");
    const Csr& members = graph.out("HAS_MEMBER");
    const Csr& replies = graph.in("REPLY_OF");
    const Csr& tags = graph.out("HAS_TAG");
    const Csr& kinds = graph.out("HAS_TYPE");
    Counts places(graph.nodes());  // of a person: paths to a country
    for (const std::uint32_t person : graph.with_label("Person")) {
        for (const std::uint32_t city : located.of(person)) places[person] += part.degree(city);
    }
    std::uint64_t n = 0;
    for (const std::uint32_t forum : graph.with_label("Forum")) {
        std::uint64_t people = 0;
        for (const std::uint32_t person : members.of(forum)) people += places[person];
        if (people == 0) continue;
        for (const std::uint32_t post : graph.out("CONTAINER_OF").of(forum)) {
            std::uint64_t tagged = 0;
            for (const std::uint32_t comment : replies.of(post)) {
                for (const std::uint32_t tag : tags.of(comment)) tagged += kinds.degree(tag);
            }
            n += people * tagged;
        }
    }
    return {{number(n)}};
}

Rows q2(const Graph& graph, const Parameters&) {
    const Csr& creator = graph.out("HAS_CREATOR");
    const Csr& reply = graph.out("REPLY_OF");
    const Csr& knows = graph.out("KNOWS");
    const std::vector<char> posts = marked(graph, "Post");
    const auto edges = [&](std::uint32_t a, std::uint32_t b) {
        const auto list = knows.of(a);
        const auto [first, last] = std::equal_range(list.begin(), list.end(), b);
        return static_cast<std::uint64_t>(last - first);
    };
    std::uint64_t n = 0;
    for (const std::uint32_t comment : graph.with_label("Comment")) {
        for (const std::uint32_t post : reply.of(comment)) {
            if (posts[post] == 0) continue;
            for (const std::uint32_t a : creator.of(comment)) {
                for (const std::uint32_t b : creator.of(post)) n += edges(a, b) + edges(b, a);
            }
        }
    }
    return {{number(n)}};
}

Rows q3(const Graph& graph, const Parameters&) {
    std::vector<std::uint32_t> country(graph.nodes(), ~0U);
    for (const std::uint32_t person : graph.with_label("Person")) {
        for (const std::uint32_t city : graph.out("IS_LOCATED_IN").of(person)) {
            for (const std::uint32_t of : graph.out("IS_PART_OF").of(city)) country[person] = of;
        }
    }
    std::vector<std::vector<std::uint32_t>> near = friends(graph);
    for (const std::uint32_t person : graph.with_label("Person"))
        std::erase_if(near[person], [&](std::uint32_t other) { return country[other] != country[person]; });
    std::uint64_t n = 0;
    for (const std::uint32_t a : graph.with_label("Person")) {
        for (const std::uint32_t b : near[a]) intersect(near[a], near[b], [&](std::uint32_t) { ++n; });
    }
    return {{number(n)}};
}

/// For each message: tags, creators, likes and replies multiplied; `optional`: none of the last two is one.
Rows stars(const Graph& graph, bool optional) {
    const Csr& tags = graph.out("HAS_TAG");
    const Csr& creators = graph.out("HAS_CREATOR");
    const Csr& likes = graph.in("LIKES");
    const Csr& replies = graph.in("REPLY_OF");
    const std::uint32_t least = optional ? 1 : 0;
    std::uint64_t n = 0;
    for (const std::uint32_t message : graph.with_label("Message")) {
        n += std::uint64_t{tags.degree(message)} * creators.degree(message) *
             std::max(least, likes.degree(message)) * std::max(least, replies.degree(message));
    }
    return {{number(n)}};
}

/// Pairs of different tags of a message and of a comment on it; `apart`: the first is no tag of the comment.
std::uint64_t tag_pairs(const Graph& graph, bool apart) {
    const Csr& tags = graph.out("HAS_TAG");
    const Csr& reply = graph.out("REPLY_OF");
    std::uint64_t n = 0;
    for (const std::uint32_t comment : graph.with_label("Comment")) {
        const auto own = tags.of(comment);
        for (const std::uint32_t message : reply.of(comment)) {
            std::uint64_t shared = 0;
            intersect(tags.of(message), own, [&](std::uint32_t) { ++shared; });
            const std::uint64_t others = tags.degree(message) - shared;
            n += others * own.size() + (apart ? 0 : shared * (own.size() - 1));
        }
    }
    return n;
}

Rows q6(const Graph& graph, const Parameters&) {
    const Csr& interest = graph.out("HAS_INTEREST");
    const auto knows = friends(graph);
    std::uint64_t n = 0;
    for (const std::uint32_t middle : graph.with_label("Person")) {
        for (const std::uint32_t end : knows[middle])
            n += std::uint64_t{interest.degree(end)} * (knows[middle].size() - 1);
    }
    return {{number(n)}};
}

Rows q9(const Graph& graph, const Parameters&) {
    const Csr& interest = graph.out("HAS_INTEREST");
    const auto knows = friends(graph);
    std::vector<std::uint32_t> near(graph.nodes(), ~0U);
    std::uint64_t n = 0;
    for (const std::uint32_t a : graph.with_label("Person")) {
        for (const std::uint32_t b : knows[a]) near[b] = a;
        near[a] = a;
        for (const std::uint32_t b : knows[a]) {
            for (const std::uint32_t c : knows[b]) n += near[c] == a ? 0 : interest.degree(c);
        }
    }
    return {{number(n)}};
}

}  // namespace

void add_social(Queries& queries) {
    queries["lsqb_q1"] = q1;
    queries["lsqb_q2"] = q2;
    queries["lsqb_q3"] = q3;
    queries["lsqb_q4"] = [](const Graph& graph, const Parameters&) { return stars(graph, false); };
    queries["lsqb_q5"] = [](const Graph& graph, const Parameters&) -> Rows {
        return {{number(tag_pairs(graph, false))}};
    };
    queries["lsqb_q6"] = q6;
    queries["lsqb_q7"] = [](const Graph& graph, const Parameters&) { return stars(graph, true); };
    queries["lsqb_q8"] = [](const Graph& graph, const Parameters&) -> Rows {
        return {{number(tag_pairs(graph, true))}};
    };
    queries["lsqb_q9"] = q9;
}

}  // namespace islet::benchmarks::floor
