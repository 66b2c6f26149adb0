#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "random.hpp"
#include "shape.hpp"

namespace islet::benchmarks {
namespace {

struct KindCount {
    std::string_view labels;  ///< the first is the kind
    std::uint32_t nodes;
    bool grows;  ///< with the scale
};
constexpr std::array<KindCount, 11> kinds = {{{"Continent", 6, false},
                                              {"Country", 111, false},
                                              {"City", 1343, false},
                                              {"University", 6380, false},
                                              {"Company", 1575, false},
                                              {"TagClass", 71, false},
                                              {"Tag", 16080, false},
                                              {"Person", 1528, true},
                                              {"Forum", 13750, true},
                                              {"Post;Message", 135701, true},
                                              {"Comment;Message", 151043, true}}};

enum class Ends {
    drawn,       ///< `relationships` in all, both ends drawn
    per_source,  ///< one for each source
    per_target,  ///< one for each target
    friends,     ///< drawn, half of them between neighbours in the numbering
};
struct TypeCount {
    std::string_view type, from, to;
    Ends ends;
    std::uint32_t relationships = 0;
};
constexpr std::array<TypeCount, 22> types = {{{"IS_PART_OF", "City", "Country", Ends::per_source},
                                              {"IS_PART_OF", "Country", "Continent", Ends::per_source},
                                              {"IS_LOCATED_IN", "Person", "City", Ends::per_source},
                                              {"IS_LOCATED_IN", "University", "City", Ends::per_source},
                                              {"IS_LOCATED_IN", "Company", "Country", Ends::per_source},
                                              {"IS_LOCATED_IN", "Post", "Country", Ends::per_source},
                                              {"IS_LOCATED_IN", "Comment", "Country", Ends::per_source},
                                              {"HAS_TYPE", "Tag", "TagClass", Ends::per_source},
                                              {"KNOWS", "Person", "Person", Ends::friends, 14073},
                                              {"HAS_INTEREST", "Person", "Tag", Ends::drawn, 35475},
                                              {"STUDY_AT", "Person", "University", Ends::drawn, 1209},
                                              {"WORK_AT", "Person", "Company", Ends::drawn, 3313},
                                              {"HAS_MODERATOR", "Forum", "Person", Ends::per_source},
                                              {"HAS_MEMBER", "Forum", "Person", Ends::drawn, 123268},
                                              {"HAS_TAG", "Forum", "Tag", Ends::drawn, 47697},
                                              {"CONTAINER_OF", "Forum", "Post", Ends::per_target},
                                              {"HAS_CREATOR", "Post", "Person", Ends::per_source},
                                              {"HAS_CREATOR", "Comment", "Person", Ends::per_source},
                                              {"HAS_TAG", "Post", "Tag", Ends::drawn, 51118},
                                              {"HAS_TAG", "Comment", "Tag", Ends::drawn, 191303},
                                              {"LIKES", "Person", "Post", Ends::drawn, 47215},
                                              {"LIKES", "Person", "Comment", Ends::drawn, 62225}}};

class Social {
 public:
    Social(double scale, std::uint64_t seed) : scale_(scale), random_(seed) {}

    PlainGraph make() {
        for (const KindCount& kind : kinds) add_nodes(kind);
        for (const TypeCount& type : types) add_rels(type);
        add_replies();
        return std::move(graph_);
    }

 private:
    struct Range {
        std::uint32_t first, count;
    };

    void add_nodes(const KindCount& kind) {
        const std::string_view name = kind.labels.substr(0, kind.labels.find(';'));
        const std::uint8_t labels = graph_.label_set(kind.labels);
        const std::uint32_t count = kind.grows ? scaled(kind.nodes, scale_) : kind.nodes;
        range_[name] = {static_cast<std::uint32_t>(graph_.node_count()), count};
        for (std::uint32_t i = 0; i < count; ++i) {
            graph_.add_node(labels, std::string(name) + " " + std::to_string(i),
                            static_cast<std::int64_t>(random_.below(1000)));
        }
    }

    void add_rels(const TypeCount& type) {
        const Range from = range_[type.from];
        const Range to = range_[type.to];
        const std::uint8_t id = graph_.type(type.type);
        const auto draw = [&](const Range& range) { return range.first + random_.skewed(range.count); };
        if (type.ends == Ends::per_source) {
            // Neighbours in the numbering lie near each other: people of a city have neighbouring numbers.
            const bool placed = type.type == "IS_LOCATED_IN" || type.type == "IS_PART_OF";
            for (std::uint32_t i = 0; i < from.count; ++i) {
                const std::uint64_t near = std::uint64_t{i} * to.count / from.count;
                const std::uint32_t target = placed ? to.first + static_cast<std::uint32_t>(near) : draw(to);
                add(id, from.first + i, target);
            }
        } else if (type.ends == Ends::per_target) {
            for (std::uint32_t i = 0; i < to.count; ++i) add(id, draw(from), to.first + i);
        } else {
            const std::uint32_t count = scaled(type.relationships, scale_);
            std::unordered_set<std::uint64_t> seen;
            // A small graph may run out of pairs.
            for (std::uint32_t made = 0, tried = 0; made < count && tried < 20 * count; ++tried) {
                const std::uint32_t source = draw(from);
                std::uint32_t target = draw(to);
                if (type.ends == Ends::friends && tried % 2 == 0) {
                    target = source + 1 + static_cast<std::uint32_t>(random_.below(20));
                    if (target >= to.first + to.count) continue;
                }
                // Who knows each other is written once.
                const auto [low, high] = std::minmax(source, target);
                if (source == target || !seen.insert((std::uint64_t{low} << 32) | high).second) continue;
                add(id, source, target);
                ++made;
            }
        }
    }

    /// Half of the comments answer a post, the others an earlier comment.
    void add_replies() {
        const Range comments = range_["Comment"];
        const Range posts = range_["Post"];
        const std::uint8_t id = graph_.type("REPLY_OF");
        for (std::uint32_t i = 0; i < comments.count; ++i) {
            const bool to_post = i == 0 || random_.below(2) == 0;
            add(id, comments.first + i,
                to_post ? posts.first + random_.skewed(posts.count)
                        : comments.first + static_cast<std::uint32_t>(random_.below(i)));
        }
    }

    void add(std::uint8_t type, std::uint32_t source, std::uint32_t target) {
        graph_.add_rel(type, source, target, static_cast<std::int64_t>(random_.below(100)));
    }

    double scale_;
    Random random_;
    PlainGraph graph_;
    std::map<std::string_view, Range> range_;
};

}  // namespace

PlainGraph social_shape(double scale, std::uint64_t seed) {
    return Social(scale, seed).make();
}

}  // namespace islet::benchmarks
