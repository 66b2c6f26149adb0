// Reading documents: which of them say something, and which mention something.
#include <algorithm>
#include <utility>

#include "question/reader.hpp"

namespace islet::kb {

void Reader::read_scope(const SyntaxNode& node) {
    auto& documents = node.negated ? reading_.not_documents : reading_.documents;
    if (!node.negated && !documents.empty()) {
        if (node.every || node.both || node.only || also_links_ != SIZE_MAX)
            throw Misfit{"what which of the documents says?"};
        // "that D names and E also names": what both say, unless E says it of another thing
        first_documents_ = std::exchange(documents, {});
        also_links_ = reading_.variables[0].links.size();
    }
    for (const SyntaxNode& word : node.children) {
        const auto found = senses(word.term, SenseKind::document);
        documents.insert(documents.end(), found.begin(), found.end());
    }
    if (node.every) {
        for (std::uint32_t i = 0; i < base_.documents().size(); ++i) reading_.each_document.push_back(i);
    }
    if (node.both) {
        if (node.negated) throw Misfit{"what not both say cannot be asked for"};
        reading_.each_document = documents;
    }
    const bool contradicts =
        (node.only && !reading_.not_documents.empty()) || (node.negated && !only_documents_.empty());
    if (contradicts) throw Misfit{"only in one document, or merely not in the other?"};
    if (!node.only) return;
    only_documents_ = documents;
    if (node.negated) throw Misfit{"only what one document says can be asked for"};
    for (std::uint32_t i = 0; i < base_.documents().size(); ++i) {
        if (std::find(documents.begin(), documents.end(), i) == documents.end())
            reading_.not_documents.push_back(i);
    }
}

void Reader::place_also() {
    if (also_links_ == SIZE_MAX) return;
    std::vector<Link>& links = reading_.variables[0].links;
    const bool other = also_links_ > 0 && links.size() > also_links_;
    if (other) {
        for (std::size_t i = 0; i < links.size(); ++i) {
            if (links[i].negated) throw Misfit{"what is not so, according to which document?"};
            links[i].documents = i < also_links_ ? first_documents_ : reading_.documents;
        }
        reading_.documents.clear();
        return;
    }
    if (first_documents_.size() != 1 || reading_.documents.size() != 1)
        throw Misfit{"what which of the documents says?"};
    reading_.documents.insert(reading_.documents.begin(), first_documents_.front());
    reading_.each_document = reading_.documents;
}

void Reader::read_mentions(const SyntaxNode& node) {
    const Variable& root = reading_.variables[0];
    const bool documents = root.labels.size() == 1 && schema_.labels[root.labels[0]].name == "Source";
    const bool anyone =
        root.labels.empty() && root.classes.empty() && root.entities.empty() && root.links.empty();
    const SyntaxNode& group = node.children.front();
    if (!(documents || anyone || reading_.ask == Ask::documents))
        throw Misfit{"only documents mention things"};
    if (group.children.size() == 1 && group.children.front().most) {
        // "mention the most X": the number of X, for each document
        if (node.negated || reading_.ask != Ask::list) throw Misfit{"the most of what?"};
        SyntaxNode counted = group.children.front();
        counted.most = false;
        reading_.variables[0] = {};
        fill(0, counted, true);
        reading_.ask = Ask::count;
        reading_.by_document = true;
        reading_.most = 0;
        return;
    }
    if (node.negated && group.children.size() > 1 && !group.any)
        throw Misfit{"not both, or neither of them?"};
    reading_.counted = reading_.counted || reading_.ask == Ask::count;
    reading_.ask = Ask::documents;
    const bool either = group.any && !node.negated;
    std::vector<std::uint32_t> mentioned;
    for (const SyntaxNode& phrase : group.children) {
        if (either && phrase.negated) throw Misfit{"one of them, or not the other?"};
        const std::uint32_t operand = add_variable({});
        SyntaxNode thing = phrase;
        thing.negated = false;
        fill(operand, thing, false);
        Variable& variable = reading_.variables[operand];
        if (variable.entities.size() != 1 || !variable.links.empty())
            throw Misfit{"which thing is to be mentioned?"};
        if (either && !mentioned.empty()) {
            reading_.variables[mentioned.front()].entities.push_back(variable.entities.front());
            reading_.variables.pop_back();
            continue;
        }
        mentioned.push_back(operand);
        Link link;
        link.other = operand;
        link.negated = node.negated || phrase.negated;
        reading_.variables[0].links.push_back(std::move(link));
    }
}

}  // namespace islet::kb
