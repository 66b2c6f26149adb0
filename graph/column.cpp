#include "column.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "file_value.hpp"
#include "islet/error.hpp"
#include "parallel.hpp"

namespace islet {

namespace {

constexpr std::uint32_t sparse_below = 8;  ///< sparse if fewer than one in so many ids have a value

bool storable(const Value& value) {
    switch (value.kind()) {
        case Kind::null:
        case Kind::boolean:
        case Kind::integer:
        case Kind::floating:
        case Kind::string:
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            return true;
        case Kind::list:
            return std::all_of(value.as_list().begin(), value.as_list().end(), storable);
        default:
            return false;
    }
}

bool is_scalar(Kind kind) {
    return kind == Kind::boolean || kind == Kind::integer || kind == Kind::floating || kind == Kind::string;
}

std::uint64_t payload_of(const Value& value, StringTableBuilder& texts) {
    switch (value.kind()) {
        case Kind::boolean:
            return value.as_bool() ? 1 : 0;
        case Kind::integer:
            return static_cast<std::uint64_t>(value.as_int());
        case Kind::floating:
            return std::bit_cast<std::uint64_t>(value.as_double());
        default:
            return texts.add(value.as_string());
    }
}

Value value_of(Kind kind, std::uint64_t payload, const StringTableBuilder& texts) {
    switch (kind) {
        case Kind::boolean:
            return payload != 0;
        case Kind::integer:
            return static_cast<std::int64_t>(payload);
        case Kind::floating:
            return std::bit_cast<double>(payload);
        default:
            return texts[static_cast<std::uint32_t>(payload)];
    }
}

void set_bit(std::vector<std::uint64_t>& bits, std::uint32_t i) {
    bits[i / 64] |= 1ULL << (i % 64);
}
void clear_bit(std::vector<std::uint64_t>& bits, std::uint32_t i) {
    bits[i / 64] &= ~(1ULL << (i % 64));
}

Value decoded(const Column& column, std::uint32_t position) {
    const std::uint64_t begin = column.encoded_at[position];
    const std::uint64_t end = column.encoded_at[position + 1];
    try {
        if (begin > end || end > column.encoded.size())
            throw FormatError("a value lies outside of its section");
        ByteReader in(bytes_of(column.encoded.span()).subspan(begin, end - begin));
        Value value = read_value(in);
        in.end();
        return value;
    } catch (const FormatError& error) {
        throw Exception({.code = "08001",
                         .kind = "DatabaseError",
                         .phase = "runtime",
                         .detail = "DamagedFile",
                         .message = std::string("a property of the file cannot be read: ") + error.what(),
                         .span = {},
                         .hint = "`islet check FILE` lists every fault",
                         .place = {}});
    }
}

/// The arrays of a column on their way: one slot per position.
struct Slots {
    Slots(Kind kind, std::uint32_t size) : kind(kind), size(size) {
        switch (kind) {
            case Kind::boolean:
                booleans.resize((size + 63) / 64);
                break;
            case Kind::integer:
                integers.resize(size);
                break;
            case Kind::floating:
                floats.resize(size);
                break;
            case Kind::string:
                strings.resize(size);
                break;
            default:
                generic.resize(size);
        }
    }
    void put(std::uint32_t at, std::uint64_t payload) {
        switch (kind) {
            case Kind::boolean:
                payload != 0 ? set_bit(booleans, at) : clear_bit(booleans, at);
                break;
            case Kind::integer:
                integers[at] = static_cast<std::int64_t>(payload);
                break;
            case Kind::floating:
                floats[at] = std::bit_cast<double>(payload);
                break;
            default:
                strings[at] = static_cast<std::uint32_t>(payload);
        }
    }
    Column column() && {
        Column made;
        made.kind = kind;
        made.size = size;
        made.booleans = Array(std::move(booleans));
        made.integers = Array(std::move(integers));
        made.floats = Array(std::move(floats));
        made.strings = Array(std::move(strings));
        made.generic = Array(std::move(generic));
        return made;
    }

    Kind kind;
    std::uint32_t size;
    std::vector<std::uint64_t> booleans;
    std::vector<std::int64_t> integers;
    std::vector<double> floats;
    std::vector<std::uint32_t> strings;
    std::vector<Value> generic;
};

}  // namespace

void require_storable(const Value& value) {
    if (storable(value)) return;
    std::string what(kind_name(value.kind()));
    if (value.kind() == Kind::list)
        what += " with an element that is no number, string, boolean or temporal value";
    throw Exception({.code = "22G03",
                     .kind = "TypeError",
                     .phase = "runtime",
                     .detail = "InvalidPropertyType",
                     .message = "a property cannot hold a " + what,
                     .span = {},
                     .hint = "store numbers, strings, booleans, temporal values, or lists of these",
                     .place = {}});
}

PropertyColumn Column::view_of_arrays() const noexcept {
    return {kind,          first,          size,           valid.span(), booleans.span(), integers.span(),
            floats.span(), strings.span(), generic.span(), count == size};
}

std::optional<std::uint32_t> Column::position(std::uint32_t id) const noexcept {
    if (sparse()) {
        const auto* at = std::lower_bound(ids.begin(), ids.end(), id);
        if (at == ids.end() || *at != id) return std::nullopt;
        return static_cast<std::uint32_t>(at - ids.begin());
    }
    const std::uint32_t i = id - first;
    if (i >= size || ((valid[i / 64] >> (i % 64)) & 1U) == 0) return std::nullopt;
    return i;
}

Value Column::at(std::uint32_t position, const StringTable& texts) const {
    switch (kind) {
        case Kind::boolean:
            return ((booleans[position / 64] >> (position % 64)) & 1U) != 0;
        case Kind::integer:
            return integers[position];
        case Kind::floating:
            return floats[position];
        case Kind::string:
            return texts[strings[position]];
        default:
            if (!encoded_at.empty()) return decoded(*this, position);
            return generic[position];
    }
}

Value Column::get(std::uint32_t id, const StringTable& texts) const {
    const auto at_position = position(id);
    return at_position ? at(*at_position, texts) : Value();
}

void ColumnBuilder::set(std::uint32_t id, const Value& value, StringTableBuilder& texts) {
    if (!is_generic_) {
        if (ids_.empty()) kind_ = value.kind();
        if (!is_scalar(value.kind()) || value.kind() != kind_) make_generic(texts);
    }
    ids_.push_back(id);
    if (is_generic_) {
        generic_.push_back(value);
    } else {
        payload_.push_back(payload_of(value, texts));
    }
}

void ColumnBuilder::append(IdList ids, Kind kind, LargeVector<std::uint64_t> payload,
                           const StringTableBuilder& texts) {
    if (ids_.empty()) {
        ids_ = std::move(ids);
        payload_ = std::move(payload);
        kind_ = kind;
        return;
    }
    if (!is_generic_ && kind != kind_) make_generic(texts);
    ids_.append(ids);
    if (!is_generic_) {
        payload_.insert(payload_.end(), payload.begin(), payload.end());
        return;
    }
    generic_.reserve(generic_.size() + payload.size());
    for (const std::uint64_t bits : payload) generic_.push_back(value_of(kind, bits, texts));
}

void ColumnBuilder::make_generic(const StringTableBuilder& texts) {
    generic_.reserve(payload_.size() + 1);
    for (const std::uint64_t payload : payload_) generic_.push_back(value_of(kind_, payload, texts));
    payload_ = {};
    is_generic_ = true;
}

/// Entries that turned out to be of one scalar kind, once replaced ones are gone.
void ColumnBuilder::make_typed(StringTableBuilder& texts) {
    const Kind kind = generic_.empty() ? Kind::null : generic_.front().kind();
    if (!is_scalar(kind)) return;
    if (!std::all_of(generic_.begin(), generic_.end(), [kind](const Value& v) { return v.kind() == kind; }))
        return;
    kind_ = kind;
    is_generic_ = false;
    payload_.reserve(generic_.size());
    for (const Value& value : generic_) payload_.push_back(payload_of(value, texts));
    generic_ = {};
}

/// A value for each id of a run: there is nothing to sort, to replace or to leave out.
Column ColumnBuilder::finish_full(std::span<const std::uint32_t> rename, unsigned threads) {
    const auto size = static_cast<std::uint32_t>(payload_.size());
    Column made;
    made.kind = kind_;
    made.first = ids_[0];
    made.count = made.size = size;
    constexpr std::uint32_t part = 1U << 18U;  // entries that one thread takes at a time; whole words of bits
    const auto fill = [&]<class T>(T, auto value_of_bits) {
        LargeVector<T> values(size);
        for_each_in_parallel(threads, (size + part - 1) / part, [&](std::size_t at) {
            const auto begin = static_cast<std::uint32_t>(at) * part;
            const std::uint32_t end = begin + std::min(part, size - begin);
            if (rename.empty()) {
                for (std::uint32_t i = begin; i < end; ++i) values[i] = value_of_bits(payload_[i]);
            } else {
                for (std::uint32_t i = begin; i < end; ++i) values[rename[i]] = value_of_bits(payload_[i]);
            }
        });
        return array_of(std::move(values));
    };
    if (kind_ == Kind::integer) {
        made.integers =
            fill(std::int64_t{}, [](std::uint64_t bits) { return static_cast<std::int64_t>(bits); });
    } else if (kind_ == Kind::floating) {
        made.floats = fill(double{}, [](std::uint64_t bits) { return std::bit_cast<double>(bits); });
    } else if (kind_ == Kind::string) {
        made.strings =
            fill(std::uint32_t{}, [](std::uint64_t bits) { return static_cast<std::uint32_t>(bits); });
    } else {
        std::vector<std::uint64_t> booleans((std::size_t{size} + 63) / 64);
        for (std::uint32_t i = 0; i < size; ++i) {
            if (payload_[i] != 0) set_bit(booleans, rename.empty() ? i : rename[i]);
        }
        made.booleans = Array(std::move(booleans));
    }
    std::vector<std::uint64_t> valid((std::size_t{size} + 63) / 64, ~0ULL);
    if (size % 64 != 0) valid.back() = (1ULL << (size % 64)) - 1;
    made.valid = Array(std::move(valid));
    made.view = made.view_of_arrays();
    *this = {};
    return made;
}

Column ColumnBuilder::finish(std::span<const std::uint32_t> rename, StringTableBuilder& texts,
                             unsigned threads) {
    const bool full = !is_generic_ && !ids_.empty() && ids_.is_run() &&
                      (rename.empty() || (ids_[0] == 0 && ids_.size() == rename.size()));
    if (full) return finish_full(rename, threads);
    LargeVector<std::uint32_t> ids = ids_.take();
    if (!rename.empty()) {
        for (std::uint32_t& id : ids) id = rename[id];
    }
    // Which entries count: with ascending ids all of them, else the last of each id. Nulls never do.
    const auto strictly_ascending = [&ids] {
        return std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end();
    };
    const auto [least, greatest] = std::minmax_element(ids.begin(), ids.end());
    const std::uint32_t first = ids.empty() ? 0 : *least;
    const std::uint64_t range = ids.empty() ? 0 : std::uint64_t{*greatest} - first + 1;
    const bool maybe_sparse = ids.size() * sparse_below < range;
    if (is_generic_ || (maybe_sparse && !strictly_ascending())) {
        std::vector<std::uint32_t> by_id(ids.size());
        std::iota(by_id.begin(), by_id.end(), 0U);
        std::stable_sort(by_id.begin(), by_id.end(),
                         [&ids](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
        LargeVector<std::uint32_t> kept_ids;
        LargeVector<std::uint64_t> payload;
        std::vector<Value> generic;
        for (std::size_t i = 0; i < by_id.size(); ++i) {
            const std::uint32_t entry = by_id[i];
            if (i + 1 < by_id.size() && ids[by_id[i + 1]] == ids[entry]) continue;
            if (is_generic_ && generic_[entry].is_null()) continue;
            kept_ids.push_back(ids[entry]);
            is_generic_ ? generic.push_back(std::move(generic_[entry])) : payload.push_back(payload_[entry]);
        }
        ids = std::move(kept_ids);
        payload_ = std::move(payload);
        generic_ = std::move(generic);
        if (is_generic_) make_typed(texts);
    }

    Column made;
    if (ids.empty()) {
        *this = {};
        return made;
    }
    const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
    const std::uint32_t begin = *low;
    const std::uint32_t size = *high - begin + 1;
    const bool sparse = ids.size() * sparse_below < size;
    const auto entries = static_cast<std::uint32_t>(ids.size());
    Slots slots(is_generic_ ? Kind::null : kind_, sparse ? entries : size);
    std::vector<std::uint64_t> valid(sparse ? 0 : (std::size_t{size} + 63) / 64);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::uint32_t at = sparse ? i : ids[i] - begin;
        is_generic_ ? void(slots.generic[at] = std::move(generic_[i])) : slots.put(at, payload_[i]);
        if (!sparse) set_bit(valid, at);
    }
    made = std::move(slots).column();
    if (sparse) {
        made.count = entries;
        made.ids = array_of(std::move(ids));
    } else {
        made.first = begin;
        for (const std::uint64_t word : valid) made.count += static_cast<std::uint64_t>(std::popcount(word));
        made.valid = Array(std::move(valid));
        made.view = made.view_of_arrays();
    }
    *this = {};
    return made;
}

}  // namespace islet
