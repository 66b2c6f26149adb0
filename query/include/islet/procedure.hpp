// Procedures that CALL can run: a name, a signature and a function from
// arguments to rows.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "islet/graph.hpp"
#include "islet/value.hpp"

namespace islet::query {

enum class FieldType : std::uint8_t {
    any,
    boolean,
    integer,
    floating,
    number,
    string,
    list,
    map,
    node,
    relationship,
    path
};

struct Field {
    std::string name;
    FieldType type = FieldType::any;
    bool nullable = true;
    /// Of an input: what it is when the call leaves it out. Those with one stand behind those without.
    std::optional<Value> preset{};
};

/// What a procedure gets besides its arguments; lives as long as the call.
struct ProcedureContext {
    const Snapshot& snapshot;  ///< of a procedure that writes: the transaction's view
    Transaction* transaction;  ///< of a procedure that writes, else nullptr
    /// Throws when the run was cancelled or is out of time. To be called every few thousand steps.
    std::function<void()> check;
};

struct Procedure {
    std::string name;  ///< with its namespace: "graph.components"
    std::vector<Field> inputs;
    std::vector<Field> outputs;  ///< none: called for effect, keeps the row
    /// Arguments in order of `inputs`, already checked and coerced (integer to float where a
    /// float is asked for); returns rows in order of `outputs`. Errors: throw Exception.
    std::function<std::vector<std::vector<Value>>(const ProcedureContext&, const std::vector<Value>&)> call;
    std::string description{};  ///< one line, for SHOW PROCEDURES
    bool writes = false;        ///< runs in a transaction
};

class ProcedureRegistry {
 public:
    /// Replaces a procedure of the same name.
    void add(Procedure procedure) { procedures_[procedure.name] = std::move(procedure); }
    [[nodiscard]] const Procedure* find(std::string_view name) const {
        const auto it = procedures_.find(name);
        return it == procedures_.end() ? nullptr : &it->second;
    }
    [[nodiscard]] const std::map<std::string, Procedure, std::less<>>& all() const noexcept {
        return procedures_;
    }

 private:
    std::map<std::string, Procedure, std::less<>> procedures_;
};

}  // namespace islet::query
