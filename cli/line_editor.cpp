#include "line_editor.hpp"

#include <histedit.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "terminal.hpp"
#include "text_width.hpp"

namespace islet::cli {

namespace {

constexpr std::size_t history_size = 2000;

struct HistoryDeleter {
    void operator()(History* history) const { history_end(history); }
};
struct EditorDeleter {
    void operator()(EditLine* editor) const { el_end(editor); }
};

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
    std::optional<HistoryFile> file;
    std::vector<std::string> remembered;
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

/// How many characters the editor takes a text for.
int characters(std::string_view text) {
    return static_cast<int>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Words in columns, as many as fit beside each other.
void list_words(const std::vector<std::string>& words, std::FILE* out) {
    constexpr std::size_t most = 120;
    constexpr std::size_t gap = 2;
    const std::size_t shown = std::min(words.size(), most);
    std::size_t widest = 0;
    for (std::size_t i = 0; i < shown; ++i) widest = std::max(widest, width_of(words[i]));
    const std::size_t columns = std::max<std::size_t>(terminal_of(::fileno(out), false).width, widest + gap);
    const std::size_t across = std::max<std::size_t>(columns / (widest + gap), 1);
    const std::size_t down = (shown + across - 1) / across;
    for (std::size_t row = 0; row < down; ++row) {
        for (std::size_t i = row; i < shown; i += down) {
            const bool last = i + down >= shown;
            const std::string padding(last ? 0 : widest + gap - width_of(words[i]), ' ');
            std::fprintf(out, "%s%s", words[i].c_str(), padding.c_str());
        }
        std::fputc('\n', out);
    }
    if (shown < words.size()) std::fprintf(out, "… %zu more\n", words.size() - shown);
}

/// Tab: inserts what all candidates share; when that adds nothing, lists them.
unsigned char complete_word(EditLine* editor, int) {
    LineEditor::State& state = LineEditor::State::of(editor);
    const LineInfo* line = el_line(editor);
    const std::string before(line->buffer, line->cursor);
    const Completions found = state.complete(before);
    if (found.words.empty()) {
        if (found.note.empty()) return CC_REFRESH_BEEP;
        std::fprintf(state.out, "\n%s\n", found.note.c_str());
        return CC_REDISPLAY;
    }
    std::string insert = common_beginning(found.words);
    if (found.words.size() == 1) insert += found.after;
    if (insert.size() > found.replaces || found.words.size() == 1) {
        el_deletestr(editor, characters(std::string_view(before).substr(before.size() - found.replaces)));
        if (el_insertstr(editor, insert.c_str()) == -1) return CC_REFRESH_BEEP;
        return CC_REFRESH;
    }
    std::fputc('\n', state.out);
    list_words(found.words, state.out);
    return CC_REDISPLAY;
}

}  // namespace

LineEditor::LineEditor(std::optional<HistoryFile> file, Complete complete)
    : state_(std::make_unique<State>()) {
    State& state = *state_;
    state.file = std::move(file);
    state.complete = std::move(complete);
    // Prompts are no data: they go to standard output only where that is the terminal.
    state.out = ::isatty(STDOUT_FILENO) != 0 ? stdout : stderr;
    state.history.reset(history_init());
    state.editor.reset(el_init("islet", stdin, state.out, stderr));
    EditLine* editor = state.editor.get();
    HistEvent event;
    history(state.history.get(), &event, H_SETSIZE, static_cast<int>(history_size));
    history(state.history.get(), &event, H_SETUNIQUE, 1);
    if (state.file) {
        for (std::string& input : state.file->load(history_size)) {
            history(state.history.get(), &event, H_ENTER, input.c_str());
            state.remembered.push_back(std::move(input));
        }
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
    if (!state_->remembered.empty() && state_->remembered.back() == input) return;
    HistEvent event;
    history(state_->history.get(), &event, H_ENTER, input.c_str());
    state_->remembered.push_back(input);
    if (state_->file) state_->file->add(input);
}

const std::vector<std::string>& LineEditor::remembered() const {
    return state_->remembered;
}

}  // namespace islet::cli
