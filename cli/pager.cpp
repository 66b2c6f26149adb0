#include "pager.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "text_width.hpp"

extern char** environ;

namespace islet::cli {

namespace {

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// The words of a command that needs no shell; none if it needs one.
std::vector<std::string> plain_words(const std::string& command) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : command + " ") {
        if (std::string_view("|&;<>()$`\\\"'*?[]#~=%!{}\n").find(c) != std::string_view::npos) return {};
        if (c != ' ') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

/// Our environment, with what makes `less` show colours and leave when all fits, where the user
/// did not choose otherwise.
std::vector<std::string> pager_environment() {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
    if (!environment("LESS")) variables.emplace_back("LESS=FRX");
    if (!environment("LESSCHARSET")) variables.emplace_back("LESSCHARSET=utf-8");
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// Starts the command reading from `input`. The signals that Islet treats in its own way are as
/// usual there.
std::optional<pid_t> start(const std::string& command, int input) {
    std::vector<std::string> words = plain_words(command);
    if (words.empty()) words = {"/bin/sh", "-c", command};
    std::vector<std::string> variables = pager_environment();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    pid_t process = 0;
    const int failure = ::posix_spawnp(&process, words.front().c_str(), &actions, &attributes,
                                       pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failure == 0 ? std::optional(process) : std::nullopt;
}

}  // namespace

std::string pager_command() {
    for (const char* name : {"ISLET_PAGER", "PAGER"}) {
        if (const auto command = environment(name)) return *command == "off" ? std::string() : *command;
    }
    return "less";
}

/// Three states: held back; piped to a pager; passed on to `out_`.
class PagedOutput::Buffer : public std::streambuf {
 public:
    Buffer(std::ostream& out, const Terminal& terminal, std::string command)
        : out_(out), terminal_(terminal), command_(std::move(command)) {
        if (command_.empty() || terminal.height == 0) passing_ = true;
    }
    ~Buffer() override { finish(); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    void finish() {
        if (!passing_ && process_ == 0) {
            out_ << held_;
            held_.clear();
            passing_ = true;
        }
        if (process_ == 0) return;
        pipe_->flush();
        pipe_.reset();
        ::close(descriptor_);
        int status = 0;
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
        process_ = 0;
        passing_ = true;
    }
    [[nodiscard]] bool paging() const noexcept { return paging_; }

 protected:
    int_type overflow(int_type c) override {
        const char one = traits_type::to_char_type(c);
        return traits_type::eq_int_type(c, traits_type::eof()) || xsputn(&one, 1) == 1
                   ? traits_type::not_eof(c)
                   : traits_type::eof();
    }
    std::streamsize xsputn(const char* text, std::streamsize size) override {
        const std::string_view part(text, static_cast<std::size_t>(size));
        if (passing_) return out_.write(text, size) ? size : 0;
        if (process_ != 0) return pipe_->write(text, size) ? size : 0;
        held_ += part;
        count(part);
        if (lines_ >= terminal_.height && !turn_to_pager()) return 0;
        return size;
    }
    int sync() override { return !passing_ || out_.flush() ? 0 : -1; }

 private:
    /// Lines of the screen, also those that a long line takes.
    void count(std::string_view part) {
        for (const char c : part) {
            const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
            if (c == '\n') {
                ++lines_;
                column_ = 0;
            } else if (!continues && ++column_ > terminal_.width && terminal_.width > 0) {
                ++lines_;
                column_ = 1;
            }
        }
    }

    bool turn_to_pager() {
        int ends[2];
        std::optional<pid_t> process;
        if (::pipe2(ends, O_CLOEXEC) == 0) {
            out_.flush();
            paging_ = true;
            process = start(command_, ends[0]);
            ::close(ends[0]);
            if (!process) ::close(ends[1]);
        }
        if (!process) {
            paging_ = false;
            passing_ = true;
            out_ << held_;
        } else {
            process_ = *process;
            descriptor_ = ends[1];
            pipe_ = std::make_unique<Output>(descriptor_);
            *pipe_ << held_;
        }
        held_.clear();
        return true;
    }

    std::ostream& out_;
    Terminal terminal_;
    std::string command_;
    std::string held_;
    std::size_t lines_ = 0;
    std::size_t column_ = 0;
    bool passing_ = false;
    std::atomic<bool> paging_ = false;
    pid_t process_ = 0;
    int descriptor_ = -1;
    std::unique_ptr<Output> pipe_;
};

PagedOutput::PagedOutput(std::ostream& out, const Terminal& terminal, std::string command)
    : std::ostream(nullptr), buffer_(std::make_unique<Buffer>(out, terminal, std::move(command))) {
    rdbuf(buffer_.get());
}

PagedOutput::~PagedOutput() = default;

void PagedOutput::finish() {
    buffer_->finish();
}

bool PagedOutput::paging() const noexcept {
    return buffer_->paging();
}

}  // namespace islet::cli
