// The words, phrases and patterns of a vocabulary as one block of bytes that is read where it lies: made
// once, from the JSON of a base, and for the built-in base when the library is built. Looking something up
// costs a hash and a compare, and opening the tables costs nothing, however many phrases there are.
//
//   words     every word of some phrase, with what is known of it; a number names a word
//   phrases   folded words → how it is written and what it may mean
//   forms     all patterns of the rephrasings as one tree. An edge is a word or a slot; patterns that begin
//             alike share their beginning, so that a question is held against all of them at once:
//
//               ·──where──·──is──·──{any}──·──mentioned──·  end: 7th pattern, means 3
//                                 ╲─{noun}──·  end: 9th pattern, means 4
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace islet::kb {

/// `property`: an attribute whose values stand at entities or documents themselves (names, dates).
enum class SenseKind : std::uint8_t {
    role,
    label,
    relation,
    entity,
    value,
    document,
    attribute,
    predicate,
    property,
    greatest,  // of a property that has an order: the newest
    least,
};

/// One thing that a word or phrase may mean.
struct Sense {
    SenseKind kind = SenseKind::role;
    std::uint32_t index = 0;  ///< of Role, Schema::labels, relations, entities, values, documents, attributes
                              ///< (also for `property`), predicates
    bool forward = true;      ///< relation: the subject stands before the phrase
    bool contrary = false;    ///< relation: the phrase says the opposite ("suits", of "does not suit")

    friend bool operator==(const Sense&, const Sense&) = default;
    friend auto operator<=>(const Sense&, const Sense&) = default;
};

/// A run of the block's texts.
struct PooledText {
    std::uint32_t at = 0;
    std::uint32_t size = 0;
};

/// What is known of a word; bits.
namespace word_flag {
inline constexpr std::uint32_t of_phrase = 1;  ///< stands in some phrase
inline constexpr std::uint32_t of_name = 2;    ///< stands in a name or a noun
inline constexpr std::uint32_t other = 4;      ///< a real word that must not be taken for a slip
inline constexpr std::uint32_t of_form = 8;    ///< stands in the pattern of a rephrasing
}  // namespace word_flag

struct WordEntry {
    PooledText text;
    std::uint32_t flags = 0;
};

struct PhraseEntry {
    PooledText folded;
    PooledText written;
    std::uint32_t first_sense = 0;
    std::uint32_t sense_count = 0;
};

/// Edges [first_edge, first_edge + words) are words, ascending by `label`; then `slots` edges whose label is
/// a kind of slot. Patterns [first_end, first_end + ends) end here.
struct FormNode {
    std::uint32_t first_edge = 0;
    std::uint32_t first_end = 0;
    std::uint32_t words = 0;
    std::uint16_t slots = 0;
    std::uint16_t ends = 0;
};

struct FormEdge {
    std::uint32_t label = 0;
    std::uint32_t node = 0;
};

struct FormEnd {
    std::uint32_t order = 0;    ///< the place of the pattern among all, as the vocabulary has them
    std::uint32_t meaning = 0;  ///< of `meanings`
};

/// Pieces [first, first + count) of `pieces`.
struct FormMeaning {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// A word, or what stands in a slot, counted as slots come in the pattern.
struct FormPiece {
    PooledText word;
    std::uint32_t slot = UINT32_MAX;
};

/// A phrase. Points into its tables.
struct Phrase {
    std::string_view folded;
    std::string_view written;  ///< as the vocabulary or the graph has it
    std::span<const Sense> senses;
};

/// A view; copies share the bytes. Thread-safe.
class WordTables {
 public:
    WordTables() = default;
    /// REQUIRES: bytes from bytes(), at an address that 8 divides. `owner` keeps them alive; may be empty for
    /// bytes that always do.
    WordTables(std::span<const std::byte> bytes, std::shared_ptr<const void> owner);

    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }

    [[nodiscard]] std::span<const WordEntry> words() const noexcept { return words_; }
    /// UINT32_MAX for one that is not there.
    [[nodiscard]] std::uint32_t find_word(std::string_view text) const noexcept;
    /// The flags of a word; 0 for one that is not there.
    [[nodiscard]] std::uint32_t flags(std::string_view text) const noexcept;

    [[nodiscard]] std::size_t phrase_count() const noexcept { return phrases_.size(); }
    [[nodiscard]] Phrase phrase(std::size_t i) const noexcept;
    [[nodiscard]] std::optional<Phrase> find_phrase(std::string_view folded) const noexcept;

    [[nodiscard]] std::span<const FormNode> form_nodes() const noexcept { return nodes_; }
    [[nodiscard]] std::span<const FormEdge> word_edges(const FormNode& node) const noexcept {
        return edges_.subspan(node.first_edge, node.words);
    }
    [[nodiscard]] std::span<const FormEdge> slot_edges(const FormNode& node) const noexcept {
        return edges_.subspan(node.first_edge + node.words, node.slots);
    }
    [[nodiscard]] std::span<const FormEnd> ends(const FormNode& node) const noexcept {
        return ends_.subspan(node.first_end, node.ends);
    }
    [[nodiscard]] std::span<const FormPiece> meaning(std::uint32_t i) const noexcept {
        return pieces_.subspan(meanings_[i].first, meanings_[i].count);
    }
    [[nodiscard]] std::string_view kind(std::uint32_t i) const noexcept { return text(kinds_[i]); }
    [[nodiscard]] std::size_t kind_count() const noexcept { return kinds_.size(); }

    [[nodiscard]] std::string_view text(PooledText text) const noexcept {
        return {chars_.data() + text.at, text.size};
    }

 private:
    std::span<const std::byte> bytes_;
    std::shared_ptr<const void> owner_;
    std::span<const char> chars_;
    std::span<const WordEntry> words_;
    std::span<const std::uint32_t> word_slots_;  ///< open addressing: index + 1, 0 is free; a power of two
    std::span<const PhraseEntry> phrases_;
    std::span<const std::uint32_t> phrase_slots_;
    std::span<const Sense> senses_;
    std::span<const FormNode> nodes_;
    std::span<const FormEdge> edges_;
    std::span<const FormEnd> ends_;
    std::span<const FormMeaning> meanings_;
    std::span<const FormPiece> pieces_;
    std::span<const PooledText> kinds_;
};

/// Collects what WordTables hold. Used by one thread.
class WordTablesBuilder {
 public:
    WordTablesBuilder();
    ~WordTablesBuilder();
    WordTablesBuilder(const WordTablesBuilder&) = delete;
    WordTablesBuilder& operator=(const WordTablesBuilder&) = delete;

    /// The number of a word, with `flags` added to what is known of it.
    std::uint32_t word(std::string_view text, std::uint32_t flags);
    /// `written` counts where the phrase is new, `sense` where it lacks it.
    void phrase(std::string_view folded, std::string_view written, const Sense& sense);
    /// Empty for a phrase that is not there.
    [[nodiscard]] std::vector<Sense> senses_of(std::string_view folded) const;

    // Patterns are walked from form_root().
    static constexpr std::uint32_t form_root = 0;
    std::uint32_t follow_word(std::uint32_t node, std::uint32_t word);
    std::uint32_t follow_slot(std::uint32_t node, std::string_view kind);
    /// A piece of a meaning: a text, or (slot not UINT32_MAX) a slot.
    struct Piece {
        std::string word;
        std::uint32_t slot = UINT32_MAX;
    };
    std::uint32_t meaning(const std::vector<Piece>& pieces);
    void end_form(std::uint32_t node, std::uint32_t meaning);

    [[nodiscard]] WordTables finish();

 private:
    struct Drafts;
    std::unique_ptr<Drafts> drafts_;
};

}  // namespace islet::kb
