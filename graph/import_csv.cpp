// Tables: blocks are read and parsed by several threads, and taken into the graph in their order.
#include <algorithm>
#include <atomic>
#include <bit>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "import_chunk.hpp"
#include "import_run.hpp"
#include "import_table.hpp"
#include "islet/error.hpp"

namespace islet::importing {

namespace {

/// What was read of one column, until the whole table is: the type may still change.
struct TableColumnValues {
    FieldType type;
    IdList owners;                       ///< nodes, or relationships by order of adding
    LargeVector<std::uint64_t> payload;  ///< as ColumnBuilder::append takes them
    std::vector<Value> values;
    bool lost = false;  ///< the type changed to one that what was read cannot be turned into
};

/// One reading of one table. Threads take turns at the file (`reading_`), parse side by side, and take turns
/// in the order of blocks at the graph (`taking_`, `turn_`).
class TableReader {
 public:
    TableReader(Table& table, Run& run);
    bool read();

 private:
    void work();
    void take(Chunk& chunk);
    void expect_like(const Chunk& chunk);
    void settle_types(Chunk& chunk);
    void widen(TableColumnValues& column, Kind kind);
    void take_nodes(Chunk& chunk);
    void take_relationships(Chunk& chunk);
    void take_values(Chunk& chunk, std::span<const std::uint32_t> owners, std::uint32_t first_owner);
    void report_bad(Chunk& chunk);
    NodeId end_node(std::uint32_t space, std::string_view id, std::uint64_t hash);
    void finish_columns();

    Table& table_;
    Run& run_;
    ChunkPlan plan_;
    BlockReader reader_;
    std::mutex reading_;
    std::mutex taking_;
    std::condition_variable turn_came_;
    std::uint64_t turn_ = 0;
    std::exception_ptr failure_;
    std::atomic<bool> stop_ = false;
    std::vector<FieldType> types_;  ///< guarded by taking_
    std::vector<TableColumnValues> columns_;
    std::uint64_t line_ = 1;  ///< of the next block
    std::size_t id_column_ = 0;
    std::uint32_t id_space_ = 0;
    std::optional<KeyId> made_id_;          ///< key of the ids of nodes that relationships make
    std::uint32_t end_spaces_[2] = {0, 0};  // NOLINT(modernize-avoid-c-arrays)
};

TableReader::TableReader(Table& table, Run& run)
    : table_(table), run_(run), plan_{table, {}, nullptr}, reader_(*table.input, table.form) {
    if (table.of_relationships && !run.ends_make_nodes) plan_.known_ids = &run.ids;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const TableColumn& column = table.columns[i];
        const std::uint32_t space = run.space(column.space);
        plan_.spaces.push_back(space);
        types_.push_back(column.type);
        columns_.push_back({column.type, {}, {}, {}, false});
        if (column.role == Role::id) {
            id_column_ = i;
            id_space_ = space;
        }
        if (column.role == Role::source) end_spaces_[0] = space;
        if (column.role == Role::target) end_spaces_[1] = space;
    }
}

bool TableReader::read() {
    const std::uint64_t blocks = table_.input->size() / BlockReader::default_block_size + 1;
    const auto threads = static_cast<unsigned>(std::min<std::uint64_t>(run_.threads(), blocks));
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others) other.join();
    if (failure_) std::rethrow_exception(failure_);
    bool complete = true;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        table_.columns[i].type = columns_[i].type;
        complete = complete && !columns_[i].lost;
    }
    if (complete) finish_columns();
    return complete;
}

void TableReader::work() {
    Chunk chunk;
    try {
        while (!stop_) {
            std::vector<FieldType> types;
            {
                const std::lock_guard lock(reading_);
                if (!reader_.next(chunk.block)) return;
            }
            {
                const std::lock_guard lock(taking_);
                types = types_;
            }
            read_chunk(plan_, types, chunk.block.index == 0, chunk);
            std::unique_lock lock(taking_);
            turn_came_.wait(lock, [&] { return turn_ == chunk.block.index || stop_; });
            if (stop_) return;
            take(chunk);
            ++turn_;
            turn_came_.notify_all();
        }
    } catch (...) {
        const std::lock_guard lock(taking_);
        if (!stop_) failure_ = std::current_exception();
        stop_ = true;
        turn_came_.notify_all();
    }
}

/// In order of blocks, under taking_.
void TableReader::take(Chunk& chunk) {
    settle_types(chunk);
    if (chunk.block.index == 0) expect_like(chunk);
    table_.of_relationships ? take_relationships(chunk) : take_nodes(chunk);
    report_bad(chunk);
    line_ += chunk.lines;
    run_.report(*table_.input, reader_.position());
}

/// Gets memory for as many rows as there may be, going by the first block, rather than ever more of it. What
/// is never written costs nothing. Of a gzipped file too few are expected, which is no harm.
void TableReader::expect_like(const Chunk& chunk) {
    const auto rows_in = [&chunk](std::uint64_t bytes) {
        const double rows = static_cast<double>(chunk.rows) * static_cast<double>(bytes) /
                            static_cast<double>(chunk.block.size);
        constexpr double longer_records_first = 1.125;
        return static_cast<std::size_t>(rows * longer_records_first);
    };
    const std::size_t rows = rows_in(table_.input->size());
    if (table_.input->size() <= chunk.block.size || rows >= UINT32_MAX) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ChunkColumn& column = chunk.columns[i];
        if (column.rows.size() == chunk.rows && !column.payload.empty()) columns_[i].payload.reserve(rows);
    }
    BaseBuilder& builder = run_.builder;
    if (!table_.of_relationships) {
        run_.ids.expect(builder.node_bound() + rows);
        if (builder.node_bound() == 0) builder.reserve(rows, 0);
    } else if (builder.relationship_count() ==
               0) {  // for the tables to come too: often each type has its own
        const std::size_t all = rows_in(run_.bytes_total - run_.bytes_before);
        if (all < UINT32_MAX) builder.reserve(0, all);
    }
}

/// Makes the types of the table and of the block the same, by reading the block again where need be.
void TableReader::settle_types(Chunk& chunk) {
    bool again = false;
    for (std::size_t i = 0; i < types_.size(); ++i) {
        if (!table_.columns[i].inferred) continue;
        const ChunkColumn& column = chunk.columns[i];
        const Kind kind = joined(types_[i].kind, column.wanted);
        if (kind != types_[i].kind) widen(columns_[i], kind);
        types_[i].kind = kind;
        const bool nothing_there = column.rows.empty() && column.wanted == column.type.kind;
        const bool was_read = column.type.kind == kind || nothing_there;
        again = again || !was_read;
    }
    if (again) read_chunk(plan_, types_, chunk.block.index == 0, chunk);
}

/// What was read so far becomes what it would have been, had the type been known; or is lost.
void TableReader::widen(TableColumnValues& column, Kind kind) {
    const Kind before = std::exchange(column.type.kind, kind);
    if (column.owners.empty()) return;
    if (before == Kind::integer && kind == Kind::floating) {
        for (std::uint64_t& bits : column.payload) {
            bits = std::bit_cast<std::uint64_t>(static_cast<double>(static_cast<std::int64_t>(bits)));
        }
    } else if (before == Kind::integer || before == Kind::boolean) {
        // What was inferred is written in one way only.
        for (std::uint64_t& bits : column.payload) {
            const std::string text = before == Kind::integer ? std::to_string(static_cast<std::int64_t>(bits))
                                                             : std::string(bits != 0 ? "true" : "false");
            bits = run_.builder.texts().add(text);
        }
    } else {
        column.lost = true;
    }
}

void TableReader::report_bad(Chunk& chunk) {
    const std::string_view text = chunk.block.text();
    std::sort(chunk.bad.begin(), chunk.bad.end(),
              [](const BadRow& a, const BadRow& b) { return a.begin < b.begin; });
    for (BadRow& bad : chunk.bad) {
        const SourceSpan span = place_of(text, line_ + bad.line, bad.begin, bad.position);
        run_.reject(*table_.input, span, std::move(bad.message), std::move(bad.hint),
                    text.substr(bad.begin, bad.end - bad.begin));
    }
}

/// `owners`: by row, UINT32_MAX for rows that were left out; empty where row r is first_owner + r.
void TableReader::take_values(Chunk& chunk, std::span<const std::uint32_t> owners,
                              std::uint32_t first_owner) {
    std::vector<std::uint32_t> codes;  // of chunk.texts in the dictionary
    codes.reserve(chunk.texts.entries().size());
    StringTableBuilder& texts = run_.builder.texts();
    for (const LocalTexts::Entry& entry : chunk.texts.entries())
        codes.push_back(texts.add(entry.text, entry.hash));

    for (std::size_t i = 0; i < columns_.size(); ++i) {
        ChunkColumn& from = chunk.columns[i];
        TableColumnValues& to = columns_[i];
        if (from.rows.empty() || to.lost) continue;
        const bool strings = from.type.kind == Kind::string && !from.payload.empty();
        if (owners.empty() && !from.payload.empty() && from.rows.size() == chunk.rows) {  // one in each row
            to.owners.append(first_owner, chunk.rows);
            if (strings) {
                for (std::uint64_t& bits : from.payload) bits = codes[bits];
            }
            to.payload.insert(to.payload.end(), from.payload.begin(), from.payload.end());
            continue;
        }
        for (std::size_t at = 0; at < from.rows.size(); ++at) {
            const std::uint32_t owner = owners.empty() ? first_owner + from.rows[at] : owners[from.rows[at]];
            if (owner == UINT32_MAX) continue;
            to.owners.push_back(owner);
            if (!from.payload.empty()) {
                to.payload.push_back(strings ? codes[from.payload[at]] : from.payload[at]);
            } else {
                to.values.push_back(std::move(from.values[at]));
            }
        }
    }
}

void TableReader::take_nodes(Chunk& chunk) {
    BaseBuilder& builder = run_.builder;
    std::vector<std::vector<LabelId>> label_sets;
    for (const LocalTexts::Entry& entry : chunk.names.entries()) {
        std::vector<LabelId>& set = label_sets.emplace_back();
        for (const std::string& label : labels_of(entry.text, table_.list_delimiter, table_.prefixed)) {
            set.push_back(LabelId{builder.labels.add(label)});
        }
    }
    std::vector<LabelId> fixed;
    if (!table_.name.empty()) fixed.push_back(LabelId{builder.labels.add(table_.name)});

    std::vector<std::uint32_t> owners;
    const std::uint32_t first = builder.node_bound();
    std::ptrdiff_t counted_to = 0;  // lines before it are counted
    std::uint64_t lines = 0;
    for (std::uint32_t row = 0; row < chunk.rows; ++row) {
        const NodeId next{builder.node_bound()};
        if (!chunk.ids[row].empty() &&
            run_.ids.insert(id_space_, chunk.ids[row], chunk.hashes[row], next) != next) {
            const std::string_view text = chunk.block.text();
            const auto [begin, end] = chunk.row_bounds[row];
            lines += static_cast<std::uint64_t>(std::count(
                text.begin() + counted_to, text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
            counted_to = static_cast<std::ptrdiff_t>(begin);
            if (owners.empty()) {
                for (std::uint32_t r = 0; r < row; ++r) owners.push_back(first + r);
            }
            owners.push_back(UINT32_MAX);
            const std::string& space = table_.columns[id_column_].space;
            chunk.bad.push_back({static_cast<std::uint32_t>(lines), begin, end, begin,
                                 "another node has the id '" + std::string(chunk.ids[row]) + "'" +
                                     (space.empty() ? "" : " in the id space " + space),
                                 ""});
            continue;
        }
        if (!owners.empty()) owners.push_back(static_cast<std::uint32_t>(next));
        builder.add_node(chunk.row_names.empty() || label_sets[chunk.row_names[row]].empty()
                             ? std::span<const LabelId>(fixed)
                             : std::span<const LabelId>(label_sets[chunk.row_names[row]]));
    }
    take_values(chunk, owners, first);
}

NodeId TableReader::end_node(std::uint32_t space, std::string_view id, std::uint64_t hash) {
    const NodeId next{run_.builder.node_bound()};
    const NodeId node = run_.ids.insert(space, id, hash, next);
    if (node != next) return node;
    if (!made_id_) made_id_ = KeyId{run_.builder.keys.add("id")};
    run_.builder.add_node({});
    run_.builder.set_property(node, *made_id_, id);
    return node;
}

void TableReader::take_relationships(Chunk& chunk) {
    BaseBuilder& builder = run_.builder;
    if (plan_.known_ids == nullptr) {
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            const std::size_t at = std::size_t{row} * 2;
            chunk.sources.push_back(end_node(end_spaces_[0], chunk.ids[at], chunk.hashes[at]));
            chunk.targets.push_back(end_node(end_spaces_[1], chunk.ids[at + 1], chunk.hashes[at + 1]));
        }
    }
    std::vector<TypeId> by_name;
    for (const LocalTexts::Entry& entry : chunk.names.entries()) {
        const std::string_view name = table_.prefixed ? local_part(entry.text) : entry.text;
        by_name.push_back(TypeId{builder.types.add(name.empty() ? std::string_view(table_.name) : name)});
    }
    std::vector<TypeId> types(chunk.rows);
    if (chunk.row_names.empty() && chunk.rows > 0) {
        const std::string_view name = table_.name.empty() ? std::string_view("RELATED_TO") : table_.name;
        std::fill(types.begin(), types.end(), TypeId{builder.types.add(name)});
    }
    for (std::size_t row = 0; row < chunk.row_names.size(); ++row) types[row] = by_name[chunk.row_names[row]];
    const std::uint32_t first = builder.relationship_count();
    builder.add_relationships(chunk.sources, types, chunk.targets);
    take_values(chunk, {}, first);
}

void TableReader::finish_columns() {
    BaseBuilder& builder = run_.builder;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        TableColumnValues& column = columns_[i];
        if (column.owners.empty()) continue;
        const KeyId key{builder.keys.add(table_.columns[i].key)};
        ColumnBuilder& to =
            table_.of_relationships ? builder.relationship_column(key) : builder.node_column(key);
        if (!column.values.empty()) {
            for (std::size_t at = 0; at < column.owners.size(); ++at) {
                to.set(column.owners[at], column.values[at], builder.texts());
            }
        } else {
            to.append(std::move(column.owners), column.type.kind, std::move(column.payload), builder.texts());
        }
        column = {};
    }
}

}  // namespace

bool read_table(Table& table, Run& run) {
    const bool complete = TableReader(table, run).read();
    run.bytes_before += table.input->size();
    return complete;
}

}  // namespace islet::importing
