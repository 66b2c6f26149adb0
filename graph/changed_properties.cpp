#include "changed_properties.hpp"

namespace islet {

namespace {

bool fits_word(Kind kind) {
    return kind == Kind::boolean || kind == Kind::integer || kind == Kind::floating;
}

std::uint64_t word_of(const Value& value) {
    switch (value.kind()) {
        case Kind::boolean:
            return value.as_bool() ? 1 : 0;
        case Kind::integer:
            return static_cast<std::uint64_t>(value.as_int());
        default:
            return std::bit_cast<std::uint64_t>(value.as_double());
    }
}

Value value_of_word(Kind kind, std::uint64_t word) {
    switch (kind) {
        case Kind::boolean:
            return word != 0;
        case Kind::integer:
            return static_cast<std::int64_t>(word);
        default:
            return std::bit_cast<double>(word);
    }
}

std::uint32_t bit_of(Kind kind) {
    return std::uint32_t{1} << static_cast<unsigned>(kind);
}

template <class T>
void put(std::vector<T>& entries, std::uint32_t at, bool replaces, T entry) {
    if (replaces) {
        entries[at] = std::move(entry);
    } else if (at == entries.size()) {
        entries.push_back(std::move(entry));
    } else {
        entries.insert(entries.begin() + at, std::move(entry));
    }
}

/// Rows [begin, end), all of the chunk's ids.
std::uint64_t write_rows(PropertyChunk& chunk, const RowIds& ids, std::size_t begin, std::size_t end,
                         const ValueRows& rows) {
    std::uint64_t written = 0;
    const bool whole = rows.kind == Kind::integer;
    if (!whole && rows.kind != Kind::floating) {
        if (chunk.values.empty() && !rows.constant && !fits_word(rows.values[begin].kind()))
            chunk.values.reserve(end - begin);
        for (std::size_t row = begin; row < end; ++row) {
            const Value& value = rows.values[rows.constant ? 0 : row];
            if (value.is_null()) continue;
            chunk.set(ids[row] % 64, value);
            ++written;
        }
        return written;
    }
    if (chunk.words.empty()) chunk.words.reserve(end - begin);
    for (std::size_t row = begin; row < end; ++row) {
        const std::size_t at = rows.constant ? 0 : row;
        if (!rows.valid.empty() && rows.valid[at] == 0) continue;
        const std::uint64_t word = whole ? static_cast<std::uint64_t>(rows.integers[at])
                                         : std::bit_cast<std::uint64_t>(rows.floats[at]);
        chunk.set_word(ids[row] % 64, rows.kind, word);
        ++written;
    }
    return written;
}

}  // namespace

Value PropertyChunk::value(std::uint32_t i) const {
    if (!has(i)) return {};
    const std::uint32_t at = bits_below(present, i);
    return values.empty() ? value_of_word(kind, words[at]) : values[at];
}

void PropertyChunk::set_word(std::uint32_t i, Kind word_kind, std::uint64_t word) {
    if (present == 0) {
        kind = word_kind;
    } else if (kind != word_kind) {
        return set(i, value_of_word(word_kind, word));
    }
    const std::uint64_t bit = std::uint64_t{1} << i;
    put(words, bits_below(present, i), (present & bit) != 0, word);
    changed |= bit;
    present |= bit;
}

void PropertyChunk::set(std::uint32_t i, const Value& value) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    changed |= bit;
    if (value.is_null()) return forget_value(i);
    const bool word = fits_word(value.kind());
    if (word && (present == 0 || kind == value.kind())) return set_word(i, value.kind(), word_of(value));
    if (present == 0) kind = Kind::null;
    if (kind != Kind::null) make_generic();
    put(values, bits_below(present, i), (present & bit) != 0, value);
    present |= bit;
}

void PropertyChunk::forget_value(std::uint32_t i) {
    if (!has(i)) return;
    const std::uint32_t at = bits_below(present, i);
    if (values.empty()) {
        words.erase(words.begin() + at);
    } else {
        values.erase(values.begin() + at);
    }
    present &= ~(std::uint64_t{1} << i);
}

void PropertyChunk::make_generic() {
    values.reserve(words.size() + 1);
    for (const std::uint64_t word : words) values.push_back(value_of_word(kind, word));
    words = {};
    kind = Kind::null;
}

void ChangedProperties::set(std::uint32_t id, KeyId key, const Value& value, std::uint64_t epoch) {
    ChangedColumn& column = columns_.edit(static_cast<std::uint32_t>(key), epoch);
    column.kinds |= bit_of(value.kind());
    column.chunks.edit(id / 64, epoch).set(id % 64, value);
}

std::uint64_t ChangedProperties::set_rows(const RowIds& ids, std::size_t rows, KeyId key,
                                          const ValueRows& values, std::uint64_t epoch) {
    ChangedColumn& column = columns_.edit(static_cast<std::uint32_t>(key), epoch);
    if (values.kind == Kind::integer || values.kind == Kind::floating) {
        column.kinds |= bit_of(values.kind);
    } else {
        for (const Value& value : values.values) column.kinds |= bit_of(value.kind());
    }
    std::uint64_t written = 0;
    for (std::size_t begin = 0; begin < rows;) {
        const std::uint32_t chunk = ids[begin] / 64;
        std::size_t end = begin + 1;
        while (end < rows && ids[end] / 64 == chunk) ++end;
        written += write_rows(column.chunks.edit(chunk, epoch), ids, begin, end, values);
        begin = end;
    }
    return written;
}

void ChangedProperties::drop_chunk(std::uint32_t chunk, std::uint64_t epoch) {
    std::vector<std::uint32_t> keys;
    columns_.for_each([&](std::uint32_t key, const ChangedColumn& column) {
        if (column.chunks.find(chunk) != nullptr) keys.push_back(key);
    });
    for (const std::uint32_t key : keys) columns_.edit(key, epoch).chunks.erase(chunk, epoch);
}

}  // namespace islet
