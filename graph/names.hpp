// Names of labels, types and keys, numbered from zero in order of first use.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace islet {

/// A value: copies share the texts, so that the views handed out stay valid while
/// any copy lives.
class Names {
 public:
    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(names_.size()); }
    /// REQUIRES: id < size()
    [[nodiscard]] std::string_view operator[](std::uint32_t id) const { return *names_[id]; }

    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const {
        const auto at = ids_.find(name);
        return at == ids_.end() ? std::nullopt : std::optional(at->second);
    }

    /// The id of the name, new if it was not there.
    std::uint32_t add(std::string_view name) {
        if (const auto known = find(name)) return *known;
        names_.push_back(std::make_shared<const std::string>(name));
        const std::uint32_t id = size() - 1;
        ids_.emplace(*names_.back(), id);
        return id;
    }

 private:
    std::vector<std::shared_ptr<const std::string>> names_;
    std::unordered_map<std::string_view, std::uint32_t> ids_;  ///< views of names_
};

}  // namespace islet
