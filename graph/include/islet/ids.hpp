// Dense ids. Each kind of thing has an id type of its own, so that a node can
// never be passed where a relationship is meant. Ids count from zero and index
// arrays; `none` marks the absence of a thing.
#pragma once

#include <cstddef>
#include <cstdint>

namespace islet {

enum class NodeId : std::uint32_t { none = UINT32_MAX };
enum class RelId : std::uint32_t { none = UINT32_MAX };
enum class LabelId : std::uint32_t { none = UINT32_MAX };
enum class TypeId : std::uint32_t { none = UINT32_MAX };
enum class KeyId : std::uint32_t { none = UINT32_MAX };

/// The position an id stands for.
template <class Id>
constexpr std::size_t index(Id id) noexcept {
    return static_cast<std::size_t>(id);
}

enum class Direction : std::uint8_t { out, in };

constexpr Direction opposite(Direction direction) noexcept {
    return direction == Direction::out ? Direction::in : Direction::out;
}

}  // namespace islet
