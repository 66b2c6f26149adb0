// Transactions of several statements.
#include "session_state.hpp"

namespace islet {
namespace {

Error wrong_state(std::string code, std::string message, std::string hint) {
    return {.code = std::move(code),
            .kind = "TransactionError",
            .phase = "runtime",
            .detail = "InvalidTransactionState",
            .message = std::move(message),
            .span = {},
            .hint = std::move(hint),
            .place = {}};
}

}  // namespace

bool Session::in_transaction() const noexcept {
    return state_->transaction.has_value();
}

Expected<void> Session::begin() {
    if (in_transaction()) {
        return wrong_state("25G01", "a transaction is open already", "end it with COMMIT or ROLLBACK");
    }
    try {
        state_->transaction.emplace(state_->database.graph);
        state_->memory_written = 0;
    } catch (const Exception& exception) {
        return exception.error();
    }
    return {};
}

Expected<void> Session::commit() {
    if (!in_transaction()) return wrong_state("25000", "no transaction is open", "BEGIN opens one");
    try {
        state_->transaction->commit();
        state_->transaction.reset();
    } catch (const Exception& exception) {
        state_->transaction.reset();
        return exception.error();
    }
    return {};
}

Expected<void> Session::rollback() {
    if (!in_transaction()) return wrong_state("25000", "no transaction is open", "BEGIN opens one");
    state_->transaction.reset();
    return {};
}

}  // namespace islet
