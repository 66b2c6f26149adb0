#include "sort_prefix.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "key_table.hpp"

namespace islet::query {
namespace {

constexpr unsigned all_bits = 64;

std::uint64_t mask_of(unsigned bits) {
    return bits == all_bits ? UINT64_MAX : (std::uint64_t{1} << bits) - 1;
}

std::uint64_t shifted(std::uint64_t prefix, unsigned bits) {
    return bits == all_bits ? 0 : prefix << bits;
}

std::uint64_t first_bytes(std::string_view text) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < 8; ++i)
        bytes = bytes << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    return bytes;
}

/// The place of each text among the different texts, where these are few for the rows; else nothing.
std::vector<std::int64_t> ranks_of(const Column& key) {
    constexpr std::size_t least = 4096;
    const std::size_t rows = key.strings.size();
    if (rows < least) return {};
    const std::size_t sample = std::max(least, rows / 8);
    KeyTable table;
    std::vector<std::uint32_t> numbers(rows);
    std::vector<std::uint32_t> part;
    for (std::size_t begin = 0; begin < rows; begin += part.size()) {
        part.resize(std::min(sample, rows - begin));
        std::iota(part.begin(), part.end(), static_cast<std::uint32_t>(begin));
        const std::array<ColumnRef, 1> texts = {ColumnRef(key.gather(part))};
        table.find(texts, std::span(numbers).subspan(begin, part.size()));
        if (begin == 0 && std::size_t{table.size()} * 2 > part.size()) return {};
    }
    const std::vector<std::string_view>& texts = table.keys().front().strings;
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
    std::vector<std::int64_t> rank(texts.size());
    for (std::size_t i = 1; i < order.size(); ++i)
        rank[order[i]] = rank[order[i - 1]] + (texts[order[i]] == texts[order[i - 1]] ? 0 : 1);
    std::vector<std::int64_t> ranks;
    ranks.reserve(rows);
    for (const std::uint32_t number : numbers) ranks.push_back(rank[number]);
    return ranks;
}

}  // namespace

SortPrefixes::SortPrefixes(std::size_t rows) : places_(rows) {
    for (std::uint32_t row = 0; row < rows; ++row) places_[row] = {0, row};
}

bool SortPrefixes::add(const Column& key, bool descending) {
    if (places_.empty()) return true;
    if (key.layout == Column::Layout::ints && key.valid.empty() && !key.constant)
        return add_integers(key.ints, descending);
    const bool texts = key.layout == Column::Layout::strings && !key.constant &&
                       std::none_of(key.strings.begin(), key.strings.end(),
                                    [](std::string_view text) { return text.data() == nullptr; });
    if (!texts) return false;
    const std::vector<std::int64_t> ranks = ranks_of(key);
    if (!ranks.empty()) return add_integers(ranks, descending);
    add_strings(key, descending);
    return false;
}

bool SortPrefixes::add_integers(std::span<const std::int64_t> numbers, bool descending) {
    const auto [least, greatest] = std::minmax_element(numbers.begin(), numbers.end());
    const auto low = static_cast<std::uint64_t>(*least);
    const auto high = static_cast<std::uint64_t>(*greatest);
    const auto width = static_cast<unsigned>(std::bit_width(high - low));
    const unsigned room = std::min(width, all_bits - bits_);
    const unsigned cut = width - room;
    for (SortPlace& place : places_) {
        const auto number = static_cast<std::uint64_t>(numbers[place.row]);
        const std::uint64_t above = descending ? high - number : number - low;
        // Where nothing is left of it, it may not be shifted by all of its bits.
        place.prefix = shifted(place.prefix, room) | (room == 0 ? 0 : above >> cut);
    }
    bits_ += room;
    return cut == 0;
}

void SortPrefixes::add_strings(const Column& key, bool descending) {
    const unsigned room = (all_bits - bits_) / 8 * 8;
    if (room == 0) return;
    const std::uint64_t turn = descending ? mask_of(room) : 0;
    for (SortPlace& place : places_) {
        const std::uint64_t bytes = first_bytes(key.strings[place.row]) >> (all_bits - room);
        place.prefix = shifted(place.prefix, room) | (bytes ^ turn);
    }
    bits_ += room;
}

void sort_by_prefix(std::vector<SortPlace>& places) {
    constexpr std::size_t least_by_digits = 256;
    constexpr unsigned digit_bits = 11;
    constexpr unsigned digits = (all_bits + digit_bits - 1) / digit_bits;
    constexpr std::size_t values = std::size_t{1} << digit_bits;
    if (places.size() < least_by_digits) {
        std::stable_sort(places.begin(), places.end(),
                         [](const SortPlace& a, const SortPlace& b) { return a.prefix < b.prefix; });
        return;
    }
    // Digit by digit from the last, each pass stable. A digit that all share needs no pass.
    std::uint64_t different = 0;
    for (const SortPlace& place : places) different |= place.prefix ^ places.front().prefix;
    std::vector<SortPlace> moved;
    std::array<std::uint32_t, values> next{};
    for (unsigned digit = 0; digit < digits; ++digit) {
        const unsigned shift = digit * digit_bits;
        const auto digit_of = [shift](std::uint64_t prefix) { return (prefix >> shift) & (values - 1); };
        if (digit_of(different) == 0) continue;
        next.fill(0);
        for (const SortPlace& place : places) ++next[digit_of(place.prefix)];
        std::uint32_t begin = 0;
        for (std::uint32_t& at : next) {
            const std::uint32_t count = at;
            at = begin;
            begin += count;
        }
        moved.resize(places.size());
        for (const SortPlace& place : places) moved[next[digit_of(place.prefix)]++] = place;
        places.swap(moved);
    }
}

}  // namespace islet::query
