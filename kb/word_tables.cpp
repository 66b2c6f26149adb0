#include "word_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <tuple>
#include <type_traits>

#include "lexicon.hpp"

namespace islet::kb {
namespace {

/// FNV-1a, so that the tables mean the same wherever they are read.
std::uint32_t hash_of(std::string_view text) noexcept {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash ^ (hash >> 15U);
}

/// Arrays one after the other behind a list of where each begins and ends.
constexpr std::size_t array_count = 12;

struct Extent {
    std::uint32_t at = 0;
    std::uint32_t size = 0;  ///< in bytes
};

class ArrayWriter {
 public:
    ArrayWriter() : bytes_(sizeof(extents_)) {}

    template <class T>
    void add(std::span<const T> elements) {
        static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
        bytes_.resize((bytes_.size() + 7) / 8 * 8);
        extents_[next_++] = {static_cast<std::uint32_t>(bytes_.size()),
                             static_cast<std::uint32_t>(elements.size_bytes())};
        const auto raw = std::as_bytes(elements);
        bytes_.insert(bytes_.end(), raw.begin(), raw.end());
    }
    std::vector<std::byte> take() {
        std::memcpy(bytes_.data(), extents_, sizeof(extents_));
        return std::move(bytes_);
    }

 private:
    Extent extents_[array_count] = {};
    std::size_t next_ = 0;
    std::vector<std::byte> bytes_;
};

class ArrayReader {
 public:
    explicit ArrayReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class T>
    void get(std::span<const T>& elements) {
        Extent extent;
        std::memcpy(&extent, bytes_.data() + next_++ * sizeof(Extent), sizeof(Extent));
        const std::byte* at = bytes_.data() + extent.at;
        elements = {reinterpret_cast<const T*>(at), extent.size / sizeof(T)};  // NOLINT(*-reinterpret-cast)
    }

 private:
    std::span<const std::byte> bytes_;
    std::size_t next_ = 0;
};

/// The index of what equals `text`; UINT32_MAX: there is none. `text_of(i)` is the text of index i.
template <class TextOf>
std::uint32_t probe(std::span<const std::uint32_t> slots, std::string_view text, TextOf text_of) noexcept {
    if (slots.empty()) return UINT32_MAX;
    const std::size_t mask = slots.size() - 1;
    for (std::size_t i = hash_of(text) & mask;; i = (i + 1) & mask) {
        if (slots[i] == 0) return UINT32_MAX;
        if (text_of(slots[i] - 1) == text) return slots[i] - 1;
    }
}

template <class TextOf>
std::vector<std::uint32_t> slots_for(std::size_t count, TextOf text_of) {
    std::size_t size = 8;
    while (size < count * 2) size *= 2;
    std::vector<std::uint32_t> slots(size);
    for (std::uint32_t i = 0; i < count; ++i) {
        std::size_t at = hash_of(text_of(i)) & (size - 1);
        while (slots[at] != 0) at = (at + 1) & (size - 1);
        slots[at] = i + 1;
    }
    return slots;
}

}  // namespace

WordTables::WordTables(std::span<const std::byte> bytes, std::shared_ptr<const void> owner)
    : bytes_(bytes), owner_(std::move(owner)) {
    ArrayReader in(bytes);
    in.get(chars_);
    in.get(words_);
    in.get(word_slots_);
    in.get(phrases_);
    in.get(phrase_slots_);
    in.get(senses_);
    in.get(nodes_);
    in.get(edges_);
    in.get(ends_);
    in.get(meanings_);
    in.get(pieces_);
    in.get(kinds_);
}

std::uint32_t WordTables::find_word(std::string_view wanted) const noexcept {
    return probe(word_slots_, wanted, [this](std::uint32_t i) { return text(words_[i].text); });
}

std::uint32_t WordTables::flags(std::string_view wanted) const noexcept {
    const std::uint32_t word = find_word(wanted);
    return word == UINT32_MAX ? 0 : words_[word].flags;
}

Phrase WordTables::phrase(std::size_t i) const noexcept {
    const PhraseEntry& entry = phrases_[i];
    return {text(entry.folded), text(entry.written), senses_.subspan(entry.first_sense, entry.sense_count)};
}

std::optional<Phrase> WordTables::find_phrase(std::string_view folded) const noexcept {
    const std::uint32_t i =
        probe(phrase_slots_, folded, [this](std::uint32_t i) { return text(phrases_[i].folded); });
    if (i == UINT32_MAX) return std::nullopt;
    return phrase(i);
}

namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return hash_of(text); }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

struct PhraseDraft {
    std::string folded;
    std::string written;
    std::vector<Sense> senses;
};

struct NodeDraft {
    std::vector<FormEdge> words;
    std::vector<FormEdge> slots;
    std::vector<FormEnd> ends;
};

}  // namespace

struct WordTablesBuilder::Drafts {
    TextMap<std::uint32_t> word_ids;
    std::vector<std::string> words;
    std::vector<std::uint32_t> flags;
    TextMap<std::uint32_t> phrase_ids;
    std::vector<PhraseDraft> phrases;
    std::vector<NodeDraft> nodes = std::vector<NodeDraft>(1);
    std::vector<std::string> kinds;
    std::map<std::vector<std::pair<std::string, std::uint32_t>>, std::uint32_t> meaning_ids;
    std::vector<std::vector<Piece>> meanings;
    std::uint32_t forms = 0;

    std::uint32_t follow(std::vector<FormEdge> NodeDraft::*edges, std::uint32_t node, std::uint32_t label) {
        // What was added last is what is asked for most: patterns come by their beginnings.
        const std::vector<FormEdge>& known = nodes[node].*edges;
        const auto at = std::find_if(known.rbegin(), known.rend(),
                                     [label](const FormEdge& edge) { return edge.label == label; });
        if (at != known.rend()) return at->node;
        const auto made = static_cast<std::uint32_t>(nodes.size());
        (nodes[node].*edges).push_back({label, made});
        nodes.emplace_back();
        return made;
    }
};

WordTablesBuilder::WordTablesBuilder() : drafts_(std::make_unique<Drafts>()) {}
WordTablesBuilder::~WordTablesBuilder() = default;

std::uint32_t WordTablesBuilder::word(std::string_view text, std::uint32_t flags) {
    if (const auto known = drafts_->word_ids.find(text); known != drafts_->word_ids.end()) {
        drafts_->flags[known->second] |= flags;
        return known->second;
    }
    const auto id = static_cast<std::uint32_t>(drafts_->words.size());
    drafts_->word_ids.emplace(text, id);
    drafts_->words.emplace_back(text);
    drafts_->flags.push_back(flags);
    return id;
}

void WordTablesBuilder::phrase(std::string_view folded, std::string_view written, const Sense& sense) {
    auto known = drafts_->phrase_ids.find(folded);
    if (known == drafts_->phrase_ids.end()) {
        known =
            drafts_->phrase_ids.emplace(folded, static_cast<std::uint32_t>(drafts_->phrases.size())).first;
        drafts_->phrases.push_back({std::string(folded), std::string(written), {}});
    }
    std::vector<Sense>& senses = drafts_->phrases[known->second].senses;
    if (std::find(senses.begin(), senses.end(), sense) == senses.end()) senses.push_back(sense);
}

std::vector<Sense> WordTablesBuilder::senses_of(std::string_view folded) const {
    const auto known = drafts_->phrase_ids.find(folded);
    return known == drafts_->phrase_ids.end() ? std::vector<Sense>() : drafts_->phrases[known->second].senses;
}

std::uint32_t WordTablesBuilder::follow_word(std::uint32_t node, std::uint32_t word) {
    return drafts_->follow(&NodeDraft::words, node, word);
}

std::uint32_t WordTablesBuilder::follow_slot(std::uint32_t node, std::string_view kind) {
    std::vector<std::string>& kinds = drafts_->kinds;
    const auto at = std::find(kinds.begin(), kinds.end(), kind);
    const auto id = static_cast<std::uint32_t>(at - kinds.begin());
    if (at == kinds.end()) kinds.emplace_back(kind);
    return drafts_->follow(&NodeDraft::slots, node, id);
}

std::uint32_t WordTablesBuilder::meaning(const std::vector<Piece>& pieces) {
    std::vector<std::pair<std::string, std::uint32_t>> key;
    for (const Piece& piece : pieces) key.emplace_back(piece.word, piece.slot);
    const auto [at, fresh] =
        drafts_->meaning_ids.emplace(std::move(key), static_cast<std::uint32_t>(drafts_->meanings.size()));
    if (fresh) drafts_->meanings.push_back(pieces);
    return at->second;
}

void WordTablesBuilder::end_form(std::uint32_t node, std::uint32_t meaning) {
    drafts_->nodes[node].ends.push_back({drafts_->forms++, meaning});
}

WordTables WordTablesBuilder::finish() {
    std::vector<char> chars;
    const auto pooled = [&chars](std::string_view text) {
        const PooledText at{static_cast<std::uint32_t>(chars.size()),
                            static_cast<std::uint32_t>(text.size())};
        chars.insert(chars.end(), text.begin(), text.end());
        return at;
    };
    std::vector<WordEntry> words;
    for (std::size_t i = 0; i < drafts_->words.size(); ++i)
        words.push_back({pooled(drafts_->words[i]), drafts_->flags[i]});
    std::vector<PhraseEntry> phrases;
    std::vector<std::byte> senses;  // of which what lies between the members is zero
    const auto add_sense = [&senses](const Sense& sense) {
        std::byte* at = &*senses.insert(senses.end(), sizeof(Sense), std::byte{0});
        std::memcpy(at + offsetof(Sense, kind), &sense.kind, sizeof(sense.kind));
        std::memcpy(at + offsetof(Sense, index), &sense.index, sizeof(sense.index));
        std::memcpy(at + offsetof(Sense, forward), &sense.forward, sizeof(sense.forward));
        std::memcpy(at + offsetof(Sense, contrary), &sense.contrary, sizeof(sense.contrary));
    };
    for (const PhraseDraft& draft : drafts_->phrases) {
        const PooledText folded = pooled(draft.folded);
        phrases.push_back({folded, draft.written == draft.folded ? folded : pooled(draft.written),
                           static_cast<std::uint32_t>(senses.size() / sizeof(Sense)),
                           static_cast<std::uint32_t>(draft.senses.size())});
        for (const Sense& sense : draft.senses) add_sense(sense);
    }
    std::vector<FormNode> nodes;
    std::vector<FormEdge> edges;
    std::vector<FormEnd> ends;
    for (NodeDraft& draft : drafts_->nodes) {
        std::sort(draft.words.begin(), draft.words.end(),
                  [](const FormEdge& a, const FormEdge& b) { return a.label < b.label; });
        nodes.push_back({static_cast<std::uint32_t>(edges.size()), static_cast<std::uint32_t>(ends.size()),
                         static_cast<std::uint32_t>(draft.words.size()),
                         static_cast<std::uint16_t>(draft.slots.size()),
                         static_cast<std::uint16_t>(draft.ends.size())});
        edges.insert(edges.end(), draft.words.begin(), draft.words.end());
        edges.insert(edges.end(), draft.slots.begin(), draft.slots.end());
        ends.insert(ends.end(), draft.ends.begin(), draft.ends.end());
    }
    std::vector<FormMeaning> meanings;
    std::vector<FormPiece> pieces;
    for (const std::vector<Piece>& draft : drafts_->meanings) {
        meanings.push_back(
            {static_cast<std::uint32_t>(pieces.size()), static_cast<std::uint32_t>(draft.size())});
        for (const Piece& piece : draft) pieces.push_back({pooled(piece.word), piece.slot});
    }
    std::vector<PooledText> kinds;
    for (const std::string& kind : drafts_->kinds) kinds.push_back(pooled(kind));
    const std::vector<std::uint32_t> word_slots =
        slots_for(words.size(), [&](std::uint32_t i) { return std::string_view(drafts_->words[i]); });
    const std::vector<std::uint32_t> phrase_slots = slots_for(
        phrases.size(), [&](std::uint32_t i) { return std::string_view(drafts_->phrases[i].folded); });

    ArrayWriter out;
    out.add(std::span<const char>(chars));
    out.add(std::span<const WordEntry>(words));
    out.add(std::span<const std::uint32_t>(word_slots));
    out.add(std::span<const PhraseEntry>(phrases));
    out.add(std::span<const std::uint32_t>(phrase_slots));
    out.add(std::span<const std::byte>(senses));
    out.add(std::span<const FormNode>(nodes));
    out.add(std::span<const FormEdge>(edges));
    out.add(std::span<const FormEnd>(ends));
    out.add(std::span<const FormMeaning>(meanings));
    out.add(std::span<const FormPiece>(pieces));
    out.add(std::span<const PooledText>(kinds));
    const auto bytes = std::make_shared<const std::vector<std::byte>>(out.take());
    return {*bytes, bytes};
}

}  // namespace islet::kb
