#include "file_layout.hpp"

#include "file_value.hpp"
#include "islet/catalog.hpp"
#include "islet/error.hpp"

namespace islet {

namespace {

void encode_column(Column& column) {
    if (column.generic.empty()) return;
    ByteWriter out;
    std::vector<std::uint64_t> at;
    at.reserve(column.generic.size() + 1);
    at.push_back(0);
    for (const Value& value : column.generic) {
        // Where there is no value, there are no bytes.
        if (!value.is_null()) write_value(value, out);
        at.push_back(out.size());
    }
    const auto bytes = std::make_shared<const std::vector<std::byte>>(out.take());
    column.encoded = Array<char>(std::span(reinterpret_cast<const char*>(bytes->data()), bytes->size()),
                                 bytes);  // NOLINT(*-cast)
    column.encoded_at = Array(std::move(at));
    column.generic = {};
    column.view = {};
}

std::vector<std::byte> encode_names(const Names& names) {
    ByteWriter out;
    for (std::uint32_t i = 0; i < names.size(); ++i) out.text(names[i]);
    return out.take();
}

void decode_names(ByteReader& in, std::uint32_t count, Names& names) {
    for (std::uint32_t i = 0; i < count; ++i) {
        if (names.add(in.text()) != i) throw FormatError("a name stands there twice");
    }
}

std::vector<std::byte> encode_summary(const Base& base) {
    ByteWriter out;
    out.u32(base.node_bound);
    out.u32(base.rel_bound);
    out.u64(base.alive.count);
    out.u64(base.size);
    out.u32(base.labels.size());
    out.u32(base.types.size());
    out.u32(base.keys.size());
    out.u32(0);
    return out.take();
}

void decode_summary(ByteReader& in, Base& base, std::uint64_t file_size) {
    // Each name takes more than a byte of the file: refuses what would only eat memory.
    const auto names = [&] {
        const std::uint32_t count = in.u32();
        if (count > file_size) throw FormatError("it counts more names than the file can hold");
        return count;
    };
    base.node_bound = in.u32();
    base.rel_bound = in.u32();
    base.alive.count = in.u64();
    base.size = in.u64();
    base.label_nodes.resize(names());
    base.adjacency.resize(names());
    base.node_columns.resize(names());
    base.rel_columns.resize(base.node_columns.size());
    if (in.u32() != 0) throw FormatError("its reserved bytes are not zero");
}

void encode_rows(const Rows& rows, ByteWriter& out) {
    out.u32(rows.first);
    out.u32(rows.slots);
    out.u32(rows.distinct);
}

void decode_rows(ByteReader& in, Rows& rows) {
    rows.first = in.u32();
    rows.slots = in.u32();
    rows.distinct = in.u32();
}

void encode_columns(const std::vector<Column>& columns, ByteWriter& out) {
    for (const Column& column : columns) {
        out.u32(static_cast<std::uint32_t>(column.kind));
        out.u32(column.first);
        out.u32(column.size);
        out.u64(column.count);
    }
}

void decode_columns(ByteReader& in, std::vector<Column>& columns) {
    for (Column& column : columns) {
        const std::uint32_t kind = in.u32();
        if (kind > static_cast<std::uint32_t>(Kind::string)) throw FormatError("a column has no kind");
        column.kind = static_cast<Kind>(kind);
        column.first = in.u32();
        column.size = in.u32();
        column.count = in.u64();
    }
}

std::vector<std::byte> encode_layout(const Base& base) {
    ByteWriter out;
    for (const Bitmap& bitmap : base.label_nodes) {
        out.u32(bitmap.first_word);
        out.u64(bitmap.count);
    }
    for (const TypeAdjacency& type : base.adjacency) {
        out.u32(type.first_rel);
        out.u32(type.count);
        encode_rows(type.out, out);
        encode_rows(type.in, out);
    }
    encode_columns(base.node_columns, out);
    encode_columns(base.rel_columns, out);
    return out.take();
}

void decode_layout(ByteReader& in, Base& base) {
    for (Bitmap& bitmap : base.label_nodes) {
        bitmap.first_word = in.u32();
        bitmap.count = in.u64();
    }
    for (TypeAdjacency& type : base.adjacency) {
        type.first_rel = in.u32();
        type.count = in.u32();
        decode_rows(in, type.out);
        decode_rows(in, type.in);
    }
    decode_columns(in, base.node_columns);
    decode_columns(in, base.rel_columns);
}

std::vector<std::byte> encode_statistics(const GraphStats& stats) {
    ByteWriter out;
    out.varint(stats.nodes);
    out.varint(stats.relationships);
    for (const std::uint64_t count : stats.label_nodes) out.varint(count);
    for (const GraphStats::TypeStats& type : stats.types) {
        out.varint(type.count);
        out.varint(type.sources);
        out.varint(type.targets);
        for (const std::uint64_t count : type.from_label) out.varint(count);
        for (const std::uint64_t count : type.to_label) out.varint(count);
    }
    return out.take();
}

void decode_statistics(ByteReader& in, Base& base) {
    const std::size_t labels = base.labels.size();
    const auto counts = [&] {
        std::vector<std::uint64_t> made(labels);
        for (std::uint64_t& count : made) count = in.varint();
        return made;
    };
    base.stats.nodes = in.varint();
    base.stats.relationships = in.varint();
    base.stats.label_nodes = counts();
    for (std::uint32_t i = 0; i < base.types.size(); ++i) {
        GraphStats::TypeStats type;
        type.count = in.varint();
        type.sources = in.varint();
        type.targets = in.varint();
        type.from_label = counts();
        type.to_label = counts();
        base.stats.types.push_back(std::move(type));
    }
}

}  // namespace

Base encoded_form(const Base& base) {
    Base encoded = base;
    for (Column& column : encoded.node_columns) encode_column(column);
    for (Column& column : encoded.rel_columns) encode_column(column);
    return encoded;
}

std::vector<SmallSection> encode_small_sections(const Base& base) {
    std::vector<SmallSection> made;
    made.push_back({SectionKind::summary, encode_summary(base)});
    made.push_back({SectionKind::labels, encode_names(base.labels)});
    made.push_back({SectionKind::types, encode_names(base.types)});
    made.push_back({SectionKind::keys, encode_names(base.keys)});
    made.push_back({SectionKind::layout, encode_layout(base)});
    made.push_back({SectionKind::statistics, encode_statistics(base.stats)});
    ByteWriter catalog;
    catalog.bytes(bytes_of(to_json(*base.catalog)));
    made.push_back({SectionKind::catalog, catalog.take()});
    return made;
}

void decode_small_section(SectionKind kind, Bytes bytes, std::uint64_t file_size, Base& base) {
    ByteReader in(bytes);
    switch (kind) {
        case SectionKind::summary:
            decode_summary(in, base, file_size);
            break;
        case SectionKind::labels:
            decode_names(in, static_cast<std::uint32_t>(base.label_nodes.size()), base.labels);
            break;
        case SectionKind::types:
            decode_names(in, static_cast<std::uint32_t>(base.adjacency.size()), base.types);
            break;
        case SectionKind::keys:
            decode_names(in, static_cast<std::uint32_t>(base.node_columns.size()), base.keys);
            break;
        case SectionKind::layout:
            decode_layout(in, base);
            break;
        case SectionKind::statistics:
            decode_statistics(in, base);
            break;
        case SectionKind::catalog: {
            const Bytes json = in.take(in.left());
            const std::string text(reinterpret_cast<const char*>(json.data()), json.size());  // NOLINT
            try {
                base.catalog = std::make_shared<const Catalog>(catalog_from_json(text));
            } catch (const Exception& exception) {
                throw FormatError("the catalog at " + exception.error().place + ": " + exception.what());
            }
            break;
        }
        default:
            return;
    }
    in.end();
}

}  // namespace islet
