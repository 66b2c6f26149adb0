// What Tab offers.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "islet/knowledge.hpp"
#include "line_editor.hpp"

namespace islet::cli {

/// Knows the words of one knowledge base.
class Completer {
 public:
    Completer(const KnowledgeBase& base, std::vector<std::string> commands);

    /// `pending`: the lines of the query so far; `before`: the line up to the cursor. Offers labels
    /// and types after `:`, property keys after `.`, keywords elsewhere in a query; commands after a
    /// `:` or `.` that begins the line; in a question, what it may go on with, or else the names that the
    /// base knows.
    [[nodiscard]] Completions complete(std::string_view pending, std::string_view before) const;

 private:
    KnowledgeBase base_;
    std::vector<std::string> commands_;
    std::vector<std::string> labels_;
    std::vector<std::string> types_;
    std::vector<std::string> keys_;
    std::vector<std::string> names_;  ///< of entities, as questions use them
};

}  // namespace islet::cli
