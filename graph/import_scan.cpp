#include "import_scan.hpp"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace islet::importing {

namespace {

constexpr std::size_t stride = 64;  ///< bytes that are looked at in one go
static_assert(stride <= Block::padding);

/// Bit i: byte i of 64 is `wanted`.
#if defined(__SSE2__)
std::uint64_t bits_of(const char* from, char wanted) {
    const __m128i pattern = _mm_set1_epi8(wanted);
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 4; ++i) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from) + i);
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, pattern)));
        bits |= std::uint64_t{mask} << (16 * i);
    }
    return bits;
}
#else
std::uint64_t bits_of(const char* from, char wanted) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < stride; ++i) bits |= std::uint64_t{from[i] == wanted ? 1U : 0U} << i;
    return bits;
}
#endif

}  // namespace

void Marks::scan(const Block& block, RecordForm form) {
    const char* const text = block.bytes.data();
    const std::size_t size = block.size;
    if (capacity_ < size + 1) {
        capacity_ = size + size / 4 + 1;
        held_ =
            std::make_unique_for_overwrite<std::uint32_t[]>(capacity_);  // NOLINT(modernize-avoid-c-arrays)
    }
    std::uint32_t* out = held_.get();
    has_quotes_ = false;
    bool inside = false;            // of quotes
    std::size_t closed = SIZE_MAX;  // where the last quote closed
    for (std::size_t begin = 0; begin < size; begin += stride) {
        const std::uint64_t here = size - begin >= stride ? ~0ULL : (1ULL << (size - begin)) - 1;
        const std::uint64_t quotes = form.quotes ? bits_of(text + begin, '"') & here : 0;
        std::uint64_t ends = (bits_of(text + begin, form.delimiter) | bits_of(text + begin, '\n')) & here;
        if (quotes == 0) {
            if (inside) continue;
            for (; ends != 0; ends &= ends - 1) {
                *out++ =
                    static_cast<std::uint32_t>(begin) + static_cast<std::uint32_t>(std::countr_zero(ends));
            }
            continue;
        }
        has_quotes_ = true;
        for (std::uint64_t both = quotes | ends; both != 0; both &= both - 1) {
            const unsigned bit = static_cast<unsigned>(std::countr_zero(both));
            const std::size_t at = begin + bit;
            if (((quotes >> bit) & 1U) == 0) {
                if (!inside) *out++ = static_cast<std::uint32_t>(at);
            } else if (inside) {
                inside = false;
                closed = at;
            } else {
                // A quote opens at a field's beginning; right behind a closing one it was meant as a quote.
                inside =
                    at == 0 || text[at - 1] == form.delimiter || text[at - 1] == '\n' || closed + 1 == at;
            }
        }
    }
    // A quote that is never closed takes the rest of the file, which is one record then.
    if (size > 0 && (out == held_.get() || out[-1] != size - 1))
        *out++ = static_cast<std::uint32_t>(size - 1);
    size_ = static_cast<std::size_t>(out - held_.get());
}

bool read_field(std::string_view raw, bool quotes, Field& field, std::deque<std::string>& scratch) {
    field = {raw, false};
    if (!quotes || raw.empty() || raw.front() != '"') return true;
    if (raw.size() < 2 || raw.back() != '"') return false;
    field.quoted = true;
    raw = raw.substr(1, raw.size() - 2);
    const std::size_t first = raw.find('"');
    if (first == std::string_view::npos) {
        field.text = raw;
        return true;
    }
    std::string text;
    text.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size(); ++at) {
        text += raw[at];
        if (raw[at] != '"') continue;
        if (at + 1 == raw.size() || raw[at + 1] != '"') return false;
        ++at;
    }
    scratch.push_back(std::move(text));
    field.text = scratch.back();
    return true;
}

}  // namespace islet::importing
