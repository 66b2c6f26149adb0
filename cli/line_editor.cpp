#include "line_editor.hpp"

#include <histedit.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace islet::cli {

namespace {

constexpr int history_size = 2000;

struct HistoryDeleter {
    void operator()(History* history) const { history_end(history); }
};
struct EditorDeleter {
    void operator()(EditLine* editor) const { el_end(editor); }
};

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

std::string common_beginning(const std::vector<std::string>& words) {
    std::string common = words.front();
    for (const std::string& word : words) {
        const auto [end, unused] = std::mismatch(common.begin(), common.end(), word.begin(), word.end());
        common.erase(end, common.end());
    }
    // Never half of a character.
    while (!common.empty() && words.size() > 1 &&
           (static_cast<unsigned char>(common.back()) & 0xC0U) == 0x80U) {
        common.pop_back();
    }
    if (!common.empty() && (static_cast<unsigned char>(common.back()) & 0xC0U) == 0xC0U) common.pop_back();
    return common;
}

}  // namespace

struct LineEditor::State {
    std::unique_ptr<History, HistoryDeleter> history;
    std::unique_ptr<EditLine, EditorDeleter> editor;
    std::optional<std::filesystem::path> file;
    Complete complete;
    std::string prompt;
    std::FILE* out = nullptr;
    bool cancelled = false;

    static State& of(EditLine* editor) {
        void* data = nullptr;
        el_get(editor, EL_CLIENTDATA, &data);
        return *static_cast<State*>(data);
    }
};

namespace {

/// While a line is edited Ctrl-C is a key like others; while a query runs it is a signal.
class InterruptAsKey {
 public:
    InterruptAsKey() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios changed = before_;
        changed.c_cc[VINTR] = _POSIX_VDISABLE;
        changed_ = ::tcsetattr(STDIN_FILENO, TCSADRAIN, &changed) == 0;
    }
    ~InterruptAsKey() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
    }
    InterruptAsKey(const InterruptAsKey&) = delete;
    InterruptAsKey& operator=(const InterruptAsKey&) = delete;

 private:
    termios before_{};
    bool changed_ = false;
};

char* show_prompt(EditLine* editor) {
    return LineEditor::State::of(editor).prompt.data();
}

/// Ctrl-C: the line is dropped and a new one begun.
unsigned char cancel_line(EditLine* editor, int) {
    LineEditor::State& state = LineEditor::State::of(editor);
    state.cancelled = true;
    std::fputs("^C", state.out);
    return CC_NEWLINE;
}

/// Tab: inserts what all candidates share; when that adds nothing, lists them.
unsigned char complete_word(EditLine* editor, int) {
    LineEditor::State& state = LineEditor::State::of(editor);
    const LineInfo* line = el_line(editor);
    const std::string before(line->buffer, line->cursor);
    const Completions found = state.complete(before);
    if (found.words.empty()) return CC_REFRESH_BEEP;
    std::string insert = common_beginning(found.words);
    if (found.words.size() == 1) insert += ' ';
    if (insert.size() > found.replaces || found.words.size() == 1) {
        el_deletestr(editor, static_cast<int>(found.replaces));
        if (el_insertstr(editor, insert.c_str()) == -1) return CC_REFRESH_BEEP;
        return CC_REFRESH;
    }
    std::fputc('\n', state.out);
    std::size_t column = 0;
    for (const std::string& word : found.words) {
        std::fprintf(state.out, "%s%s", column == 0 ? "" : "  ", word.c_str());
        column += word.size() + 2;
        if (column > 70) {
            std::fputc('\n', state.out);
            column = 0;
        }
    }
    if (column > 0) std::fputc('\n', state.out);
    return CC_REDISPLAY;
}

}  // namespace

LineEditor::LineEditor(std::optional<std::filesystem::path> history_file, Complete complete)
    : state_(std::make_unique<State>()) {
    State& state = *state_;
    state.file = std::move(history_file);
    state.complete = std::move(complete);
    // Prompts are no data: they go to standard output only where that is the terminal.
    state.out = ::isatty(STDOUT_FILENO) != 0 ? stdout : stderr;
    state.history.reset(history_init());
    state.editor.reset(el_init("islet", stdin, state.out, stderr));
    EditLine* editor = state.editor.get();
    HistEvent event;
    history(state.history.get(), &event, H_SETSIZE, history_size);
    history(state.history.get(), &event, H_SETUNIQUE, 1);
    if (state.file) {
        std::error_code ignored;
        std::filesystem::create_directories(state.file->parent_path(), ignored);
        std::filesystem::permissions(state.file->parent_path(), std::filesystem::perms::owner_all, ignored);
        history(state.history.get(), &event, H_LOAD, state.file->c_str());
    }
    el_set(editor, EL_CLIENTDATA, &state);
    el_set(editor, EL_PROMPT, &show_prompt);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_SIGNAL, 1);  // suspending and resizing while a line is edited
    el_set(editor, EL_HIST, history, state.history.get());
    el_set(editor, EL_ADDFN, "islet-complete", "Complete the word before the cursor", &complete_word);
    el_set(editor, EL_ADDFN, "islet-cancel", "Drop the line", &cancel_line);
    el_set(editor, EL_BIND, "\t", "islet-complete", NULL);
    el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_source(editor, nullptr);  // ~/.editrc
    el_set(editor, EL_BIND, "^C", "islet-cancel", NULL);
}

LineEditor::~LineEditor() = default;

LineEditor::Read LineEditor::read(const std::string& prompt) {
    state_->prompt = prompt;
    state_->cancelled = false;
    int length = 0;
    const InterruptAsKey interrupt_as_key;
    const char* line = el_gets(state_->editor.get(), &length);
    if (state_->cancelled) {
        std::fputc('\n', state_->out);
        std::fflush(state_->out);
        return {Outcome::cancelled, {}};
    }
    if (line == nullptr || length <= 0) return {Outcome::end, {}};
    std::string text(line, static_cast<std::size_t>(length));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return {Outcome::line, std::move(text)};
}

void LineEditor::remember(const std::string& input) {
    HistEvent event;
    history(state_->history.get(), &event, H_ENTER, input.c_str());
    if (state_->file) history(state_->history.get(), &event, H_SAVE, state_->file->c_str());
}

std::optional<std::filesystem::path> history_file() {
    if (!environment("ISLET_NO_HISTORY").empty()) return std::nullopt;
    if (const auto state = environment("XDG_STATE_HOME"); state.starts_with('/')) {
        return std::filesystem::path(state) / "islet" / "history";
    }
    if (const auto home = environment("HOME"); home.starts_with('/')) {
        return std::filesystem::path(home) / ".local" / "state" / "islet" / "history";
    }
    return std::nullopt;
}

}  // namespace islet::cli
