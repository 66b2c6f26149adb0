// The words of a graph that Tab offers: names, and values of properties.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "islet/graph.hpp"

namespace islet::cli {

/// Whether `word` begins with `beginning`, without regard to the case of ASCII letters.
bool begins_alike(std::string_view word, std::string_view beginning);

/// Looks words up in one state of a graph. However large it is, a look-up takes a fraction of a
/// second: what is seen by then is offered.
class GraphWords {
 public:
    explicit GraphWords(Snapshot snapshot) : snapshot_(std::move(snapshot)) {}

    [[nodiscard]] std::vector<std::string> labels() const;
    [[nodiscard]] std::vector<std::string> types() const;
    /// Keys that nodes of this label have; of all nodes and relationships where there is no such label.
    [[nodiscard]] std::vector<std::string> keys_of_label(std::string_view label) const;
    /// Keys that relationships of this type have; of all where there is no such type.
    [[nodiscard]] std::vector<std::string> keys_of_type(std::string_view type) const;
    /// Texts that nodes of this label (or any, where there is no such label) have under a key, alone
    /// or in a list, and that begin with `beginning`.
    [[nodiscard]] std::vector<std::string> values(std::string_view label, std::string_view key,
                                                  std::string_view beginning) const;

 private:
    [[nodiscard]] std::vector<std::string> all_keys() const;

    Snapshot snapshot_;
};

}  // namespace islet::cli
