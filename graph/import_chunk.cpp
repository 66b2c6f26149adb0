#include "import_chunk.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "column.hpp"
#include "import_json_value.hpp"
#include "import_short_text.hpp"
#include "strings.hpp"

namespace islet::importing {

void LocalTexts::clear() {
    entries_.clear();
    std::fill(slots_.begin(), slots_.end(), 0U);
}

void LocalTexts::grow() {
    std::vector<std::uint32_t> wider(slots_.empty() ? 256 : slots_.size() * 4);
    const std::size_t mask = wider.size() - 1;
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        std::size_t at = entries_[i].hash & mask;
        while (wider[at] != 0) at = (at + 1) & mask;
        wider[at] = i + 1;
    }
    slots_ = std::move(wider);
}

std::uint32_t LocalTexts::add(std::string_view text) {
    if ((entries_.size() + 1) * 2 > slots_.size()) grow();
    const std::uint64_t hash = hash_of_text(text);
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at] != 0) {
        const Entry& entry = entries_[slots_[at] - 1];
        if (entry.hash == hash && same_text(entry.text, text)) return slots_[at] - 1;
        at = (at + 1) & mask;
    }
    if (invalid_utf8(text) != std::string_view::npos) return invalid;
    entries_.push_back({text, hash});
    slots_[at] = static_cast<std::uint32_t>(entries_.size());
    return slots_[at] - 1;
}

void ChunkColumn::clear() {
    rows.clear();
    payload.clear();
    values.clear();
    wanted = Kind::null;
    last_text = {};
    last_number = LocalTexts::invalid;
}

void ChunkColumn::drop(std::uint32_t row) {
    while (!rows.empty() && rows.back() == row) {
        rows.pop_back();
        if (!payload.empty()) payload.pop_back();
        if (!values.empty()) values.pop_back();
    }
}

void Chunk::clear() {
    rows = 0;
    lines = 0;
    for (ChunkColumn& column : columns) column.clear();
    texts.clear();
    names.clear();
    row_names.clear();
    row_bounds.clear();
    ids.clear();
    hashes.clear();
    sources.clear();
    targets.clear();
    bad.clear();
    scratch.clear();
}

namespace {

bool is_payload(const FieldType& type) {
    return !type.list && !type.json &&
           (type.kind == Kind::boolean || type.kind == Kind::integer || type.kind == Kind::floating ||
            type.kind == Kind::string);
}

/// Reads the rows of one block.
class ChunkReader {
 public:
    ChunkReader(const ChunkPlan& plan, Chunk& chunk) : plan_(plan), table_(plan.table), chunk_(chunk) {}

    void run(bool skip_first);

 private:
    struct Fault {
        std::string message;
        std::string hint;
        std::size_t position;
    };

    bool read_row(std::size_t begin, std::span<const std::uint32_t> marks);
    bool read_property(std::size_t i, const Field& field, std::size_t position);
    bool read_list(std::size_t i, const Field& field, std::size_t position);
    bool read_end(std::size_t i, const Field& field, std::size_t position, NodeId& node);
    bool put_string(ChunkColumn& column, std::string_view text, std::size_t position);
    bool fault(std::size_t position, std::string message, std::string hint = {}) {
        fault_ = {std::move(message), std::move(hint), position};
        return false;
    }
    bool not_utf8(std::size_t position) {
        return fault(position, "the text is no valid UTF-8",
                     "convert the file, say with `iconv -f latin1 -t utf8`");
    }
    bool does_not_fit(std::size_t i, std::string_view text, Kind kind, std::size_t position);
    [[nodiscard]] std::string quoted(std::string_view text) const;
    void reject(std::size_t begin, std::size_t end);
    void row_done();

    void look_ahead(std::span<const std::uint32_t> marks, std::size_t mark);
    [[nodiscard]] NodeId known_node(std::uint32_t space, std::size_t side, std::string_view id);

    /// The hash of a record's end, known before it is the record's turn.
    struct Hashed {
        std::string_view id;  ///< as it stands in the block
        std::uint64_t hash = 0;
    };
    static constexpr std::size_t records_ahead = 16;

    const ChunkPlan& plan_;
    const Table& table_;
    Chunk& chunk_;
    Fault fault_;
    std::uint32_t line_ = 0;
    // Of the row at hand.
    std::uint32_t name_ = 0;
    std::string_view id_;
    std::string_view ends_[2];  // NOLINT(modernize-avoid-c-arrays)
    std::uint32_t end_spaces_[2] = {0, 0};
    std::uint32_t id_space_ = 0;
    NodeId nodes_[2] = {NodeId::none, NodeId::none};
    bool has_names_ = false;
    bool quotes_ = false;  ///< there may be some in the block
    // The last ends, since tables are often sorted by one of them.
    std::string_view last_ends_[2];
    NodeId last_nodes_[2] = {NodeId::none, NodeId::none};
    std::string_view last_name_;
    std::uint32_t last_name_number_ = LocalTexts::invalid;
    std::array<std::size_t, 2> end_columns_{};
    // Of the next records, where the ids are too many for the caches; by record, modulo the size.
    std::array<std::array<Hashed, 2 * records_ahead>, 2> ahead_{};
    std::size_t record_ = 0;
};

/// A text for a message: not too long, and on one line.
std::string ChunkReader::quoted(std::string_view text) const {
    constexpr std::size_t longest = 40;
    std::string result = "'";
    if (text.size() > longest) {
        std::size_t cut = longest;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
        result += std::string(text.substr(0, cut)) + "…";
    } else {
        result += text;
    }
    std::replace(result.begin(), result.end(), '\n', ' ');
    return result + "'";
}

bool ChunkReader::does_not_fit(std::size_t i, std::string_view text, Kind kind, std::size_t position) {
    return fault(position, "column `" + table_.columns[i].header + "`: " + quoted(text) + " is not " +
                               std::string(described(kind)));
}

bool ChunkReader::put_string(ChunkColumn& column, std::string_view text, std::size_t position) {
    if (column.last_number == LocalTexts::invalid || !same_text(column.last_text, text)) {
        column.last_number = chunk_.texts.add(text);
        column.last_text = text;
        if (column.last_number == LocalTexts::invalid) return not_utf8(position);
    }
    column.payload.push_back(column.last_number);
    return true;
}

bool ChunkReader::read_list(std::size_t i, const Field& field, std::size_t position) {
    ChunkColumn& column = chunk_.columns[i];
    List list;
    std::string_view rest = field.text;
    while (!rest.empty() || (list.empty() && field.quoted)) {
        const std::size_t end = std::min(rest.find(table_.list_delimiter), rest.size());
        const std::string_view text = rest.substr(0, end);
        if (invalid_utf8(text) != std::string_view::npos) return not_utf8(position);
        auto value = value_of(text, column.type.kind);
        if (!value) return does_not_fit(i, text, column.type.kind, position);
        list.push_back(std::move(*value));
        if (end == rest.size()) break;
        rest.remove_prefix(end + 1);
        if (rest.empty()) list.emplace_back(std::string_view());  // what follows the last delimiter
    }
    column.values.emplace_back(std::move(list));
    return true;
}

bool ChunkReader::read_property(std::size_t i, const Field& field, std::size_t position) {
    ChunkColumn& column = chunk_.columns[i];
    if (column.type == FieldType{Kind::integer}) {
        // The common case, which needs no look at what else the text may be.
        const std::uint32_t number = small_number(field.text);
        if (number != no_small_number) {
            column.payload.push_back(number);
            column.rows.push_back(chunk_.rows);
            return true;
        }
    }
    const bool is_string = column.type.kind == Kind::string && !column.type.list && !column.type.json;
    if (field.text.empty() && !(field.quoted && is_string)) return true;  // there is no value
    const TableColumn& declared = table_.columns[i];
    if (declared.inferred && column.type.kind != Kind::string) {
        // What the field would be; a fitting one is the common case.
        const Kind kind = narrowest(field.text);
        column.wanted = joined(column.wanted, kind);
        if (column.wanted != column.type.kind) return true;  // to be read again as what is wanted
    }
    if (is_string) {
        if (!put_string(column, field.text, position)) return false;
    } else if (is_payload(column.type)) {
        std::uint64_t bits = 0;
        bool fits = false;
        if (column.type.kind == Kind::integer) {
            const auto number = integer_of(field.text);
            fits = number.has_value();
            bits = static_cast<std::uint64_t>(number.value_or(0));
        } else if (column.type.kind == Kind::floating) {
            const auto number = float_of(field.text);
            fits = number.has_value();
            bits = std::bit_cast<std::uint64_t>(number.value_or(0));
        } else {
            const auto truth = boolean_of(field.text);
            fits = truth.has_value();
            bits = truth.value_or(false) ? 1 : 0;
        }
        if (!fits) return does_not_fit(i, field.text, column.type.kind, position);
        column.payload.push_back(bits);
    } else if (column.type.list) {
        if (!read_list(i, field, position)) return false;
    } else if (column.type.json) {
        auto value = json_value(field.text);
        if (!value) return fault(position, "column `" + declared.header + "`: " + value.error().message);
        column.values.push_back(std::move(*value));
    } else {
        auto value = value_of(field.text, column.type.kind);
        if (!value) return does_not_fit(i, field.text, column.type.kind, position);
        column.values.push_back(std::move(*value));
    }
    column.rows.push_back(chunk_.rows);
    return true;
}

NodeId ChunkReader::known_node(std::uint32_t space, std::size_t side, std::string_view id) {
    const IdTable& ids = *plan_.known_ids;
    const NodeId numbered = ids.find_number(space, small_number(id));
    if (numbered != NodeId::none) return numbered;
    if (last_nodes_[side] == NodeId::none || !same_text(last_ends_[side], id)) {
        const Hashed& known = ahead_[side][record_ % ahead_[side].size()];
        const bool is_known = known.id.data() == id.data() && known.id.size() == id.size();
        last_nodes_[side] = ids.find_hashed(space, id, is_known ? known.hash : hash_of_id(space, id));
        last_ends_[side] = id;
    }
    return last_nodes_[side];
}

bool ChunkReader::read_end(std::size_t i, const Field& field, std::size_t position, NodeId& node) {
    const std::size_t side = table_.columns[i].role == Role::source ? 0 : 1;
    ends_[side] = field.text;
    if (field.text.empty()) {
        return fault(position, "column `" + table_.columns[i].header + "`: a relationship needs a node here");
    }
    if (plan_.known_ids == nullptr) {
        return invalid_utf8(field.text) == std::string_view::npos || not_utf8(position);
    }
    node = known_node(plan_.spaces[i], side, field.text);
    if (node != NodeId::none) return true;
    const std::string& space = table_.columns[i].space;
    return fault(position, "no node has the id " + quoted(field.text) +
                               (space.empty() ? "" : " in the id space " + space));
}

bool ChunkReader::read_row(std::size_t begin, std::span<const std::uint32_t> marks) {
    const std::string_view text = chunk_.block.text();
    id_ = {};
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const std::size_t position = begin;
        std::string_view raw = text.substr(begin, marks[i] - begin);
        begin = std::size_t{marks[i]} + 1;
        const TableColumn& declared = table_.columns[i];
        if (raw.empty() && declared.role == Role::property) continue;
        if (i + 1 == marks.size() && raw.ends_with('\r')) raw.remove_suffix(1);
        Field field{raw, false};
        if (quotes_ && !read_field(raw, true, field, chunk_.scratch)) {
            return fault(position,
                         "column `" + declared.header +
                             "`: the quote is never closed, or text follows the closing one",
                         "within quotes, a quote is written twice");
        }
        switch (declared.role) {
            case Role::ignored:
                break;
            case Role::property:
                if (!read_property(i, field, position)) return false;
                break;
            case Role::id:
                id_ = field.text;
                if (!declared.key.empty() && !read_property(i, field, position)) return false;
                break;
            case Role::source:
                if (!read_end(i, field, position, nodes_[0])) return false;
                break;
            case Role::target:
                if (!read_end(i, field, position, nodes_[1])) return false;
                break;
            case Role::labels:
            case Role::type:
                if (last_name_number_ == LocalTexts::invalid || !same_text(field.text, last_name_)) {
                    last_name_number_ = chunk_.names.add(field.text);
                    last_name_ = field.text;
                    if (last_name_number_ == LocalTexts::invalid) return not_utf8(position);
                }
                if (declared.role == Role::type && field.text.empty() && table_.name.empty()) {
                    return fault(position, "column `" + declared.header + "`: a relationship needs a type");
                }
                name_ = last_name_number_;
                break;
        }
    }
    return true;
}

/// Asks for what the searches of the ends of a record to come will need. Each record is taken to have as many
/// fields as there are columns: where that is wrong, something is asked for in vain.
void ChunkReader::look_ahead(std::span<const std::uint32_t> marks, std::size_t mark) {
    const std::string_view text = chunk_.block.text();
    const std::size_t there = mark + records_ahead * table_.columns.size();
    for (std::size_t side = 0; side < 2; ++side) {
        const std::size_t at = there + end_columns_[side];
        if (at >= marks.size() || at == 0) continue;
        const std::size_t begin = std::size_t{marks[at - 1]} + 1;
        std::string_view id = text.substr(begin, marks[at] - begin);
        if (id.ends_with('\r')) id.remove_suffix(1);
        if (id.size() >= 2 && id.front() == '"') id = id.substr(1, id.size() - 2);
        const std::uint32_t number = small_number(id);
        if (number != no_small_number) {
            plan_.known_ids->fetch_number(end_spaces_[side], number);
            continue;
        }
        const std::uint64_t hash = hash_of_id(end_spaces_[side], id);
        ahead_[side][(record_ + records_ahead) % ahead_[side].size()] = {id, hash};
        plan_.known_ids->fetch_hashed(hash);
    }
}

void ChunkReader::row_done() {
    if (has_names_) chunk_.row_names.push_back(name_);
    if (!table_.of_relationships) {
        chunk_.ids.push_back(id_);
        chunk_.hashes.push_back(IdTable::hash_to_insert(id_space_, id_));
    } else if (plan_.known_ids != nullptr) {
        chunk_.sources.push_back(nodes_[0]);
        chunk_.targets.push_back(nodes_[1]);
    } else {
        for (const std::size_t side : {0, 1}) {
            chunk_.ids.push_back(ends_[side]);
            chunk_.hashes.push_back(IdTable::hash_to_insert(end_spaces_[side], ends_[side]));
        }
    }
    ++chunk_.rows;
}

void ChunkReader::reject(std::size_t begin, std::size_t end) {
    for (ChunkColumn& column : chunk_.columns) column.drop(chunk_.rows);
    chunk_.bad.push_back(
        {line_, begin, end, fault_.position, std::move(fault_.message), std::move(fault_.hint)});
}

void ChunkReader::run(bool skip_first) {
    const std::string_view text = chunk_.block.text();
    const std::span<const std::uint32_t> marks = chunk_.marks.positions();
    const std::size_t width = table_.columns.size();
    for (std::size_t i = 0; i < width; ++i) {
        const TableColumn& column = table_.columns[i];
        has_names_ = has_names_ || column.role == Role::labels || column.role == Role::type;
        if (column.role == Role::id) id_space_ = plan_.spaces[i];
        if (column.role == Role::source) end_spaces_[0] = plan_.spaces[i];
        if (column.role == Role::target) end_spaces_[1] = plan_.spaces[i];
        if (column.role == Role::source) end_columns_[0] = i;
        if (column.role == Role::target) end_columns_[1] = i;
    }
    quotes_ = chunk_.marks.has_quotes();
    const bool looks_ahead =
        table_.of_relationships && plan_.known_ids != nullptr && plan_.known_ids->large();
    std::size_t begin = 0;
    for (std::size_t mark = 0; mark < marks.size();) {
        if (looks_ahead) look_ahead(marks, mark);
        // The record's last mark: the one at `width` in a good one.
        std::size_t last = mark;
        while (last < marks.size() && text[marks[last]] != '\n') ++last;
        const std::size_t line_end = marks[last];
        std::size_t end = line_end;
        if (end > begin && text[end - 1] == '\r') --end;
        const std::size_t fields = last - mark + 1;
        const bool header = skip_first && mark == 0;
        const bool blank = fields == 1 && end == begin;
        if (!header && !blank) {
            bool good = fields == width;
            if (good) {
                good = read_row(begin, marks.subspan(mark, width));
            } else {
                const std::size_t at = fields > width ? marks[mark + width - 1] : end;
                fault(at, "the record has " + std::to_string(fields) + (fields == 1 ? " field" : " fields") +
                              ", the header has " + std::to_string(width));
            }
            if (good) {
                if (!table_.of_relationships) chunk_.row_bounds.emplace_back(begin, end);
                row_done();
            } else {
                reject(begin, end);
            }
        }
        ++line_;
        if (quotes_) {  // line feeds inside of the record
            std::size_t at = begin;
            while ((at = text.find('\n', at)) < line_end) {
                ++line_;
                ++at;
            }
        }
        begin = line_end + 1;
        mark = last + 1;
        ++record_;
    }
    chunk_.lines = line_;
}

}  // namespace

void read_chunk(const ChunkPlan& plan, std::span<const FieldType> types, bool skip_first, Chunk& chunk) {
    chunk.columns.resize(plan.table.columns.size());
    chunk.marks.scan(chunk.block, plan.table.form);
    std::vector<FieldType> current(types.begin(), types.end());
    for (;;) {
        chunk.clear();
        for (std::size_t i = 0; i < current.size(); ++i) {
            chunk.columns[i].type = current[i];
            if (plan.table.columns[i].inferred) chunk.columns[i].wanted = current[i].kind;
        }
        ChunkReader(plan, chunk).run(skip_first);
        bool again = false;
        for (std::size_t i = 0; i < current.size(); ++i) {
            const ChunkColumn& column = chunk.columns[i];
            if (!plan.table.columns[i].inferred || column.wanted == current[i].kind) continue;
            if (types[i].kind != Kind::null && types[i].kind == current[i].kind)
                continue;  // whoever chose it decides
            current[i].kind = column.wanted;
            again = true;
        }
        if (!again) return;
    }
}

SourceSpan place_of(std::string_view block, std::uint64_t line_of_record, std::size_t record_begin,
                    std::size_t position) {
    const std::string_view before = block.substr(record_begin, position - record_begin);
    const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t line_feed = before.rfind('\n');
    const std::string_view line = line_feed == std::string_view::npos ? before : before.substr(line_feed + 1);
    const auto columns = std::count_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return {static_cast<std::uint32_t>(line_of_record + lines), static_cast<std::uint32_t>(columns + 1), 1};
}

}  // namespace islet::importing
