// Pictures by Graphviz. Its programs are run, not its library linked: who draws no
// pictures need not have it, and a crash of its stays its own.
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <sstream>

#include "graph_files.hpp"
#include "islet/error.hpp"

extern char** environ;

namespace islet::cli {

namespace {

[[noreturn]] void cannot_draw(std::string message, std::string hint) {
    throw Exception(Error{
        "58030", "DatabaseError", "runtime", "CannotDraw", std::move(message), {}, std::move(hint), {}});
}

/// A pipe that closes itself.
struct Pipe {
    int read = -1;
    int write = -1;
    Pipe() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) cannot_draw(std::strerror(errno), "");
        read = ends[0];
        write = ends[1];
    }
    ~Pipe() {
        close(read);
        close(write);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    static void close(int& end) {
        if (end >= 0) ::close(end);
        end = -1;
    }
};

/// Takes in what there is to read; false at the end.
bool take(int& from, std::string& to) {
    char buffer[65536];
    const ssize_t count = ::read(from, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) return true;
    if (count <= 0) {
        Pipe::close(from);
        return false;
    }
    to.append(buffer, static_cast<std::size_t>(count));
    return true;
}

}  // namespace

std::string drawn(const Subgraph& graph, const std::string& kind) {
    std::ostringstream dot;
    write_dot(graph, dot);
    const std::string input = dot.str();
    // Layers show a small graph's arrows best; of a large one they make a ribbon.
    std::string program = graph.nodes.size() <= 60 ? "dot" : "sfdp";
    std::string format = "-T" + kind;
    std::string direction = "-Grankdir=LR";
    std::string resolution = graph.nodes.size() <= 60 ? "-Gdpi=144" : "-Gdpi=72";
    std::vector<char*> arguments{program.data(), format.data(), direction.data()};
    if (kind == "png") arguments.push_back(resolution.data());
    arguments.push_back(nullptr);

    Pipe in;
    Pipe out;
    Pipe complaints;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, complaints.write, STDERR_FILENO);
    pid_t child = 0;
    const int failure = ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure == ENOENT) {
        cannot_draw("Graphviz's program `" + program + "` is not installed",
                    "install Graphviz (Debian: apt-get install graphviz), or export with --format dot");
    }
    if (failure != 0) cannot_draw("cannot run `" + program + "`: " + std::strerror(failure), "");
    Pipe::close(in.read);
    Pipe::close(out.write);
    Pipe::close(complaints.write);
    ::fcntl(in.write, F_SETFL, O_NONBLOCK);

    std::string picture;
    std::string said;
    std::size_t written = 0;
    while (out.read >= 0 || complaints.read >= 0) {
        if (written == input.size()) Pipe::close(in.write);
        pollfd ends[] = {{in.write, POLLOUT, 0}, {out.read, POLLIN, 0}, {complaints.read, POLLIN, 0}};
        if (::poll(ends, 3, -1) < 0 && errno != EINTR) break;
        if ((ends[0].revents & (POLLOUT | POLLERR)) != 0) {
            const ssize_t count = ::write(in.write, input.data() + written, input.size() - written);
            if (count > 0) written += static_cast<std::size_t>(count);
            if (count < 0 && errno == EPIPE) Pipe::close(in.write);
        }
        if ((ends[1].revents & (POLLIN | POLLHUP)) != 0) take(out.read, picture);
        if ((ends[2].revents & (POLLIN | POLLHUP)) != 0) take(complaints.read, said);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || picture.empty()) {
        while (said.ends_with('\n')) said.pop_back();
        cannot_draw("Graphviz's `" + program + "` failed" + (said.empty() ? "" : ": " + said),
                    "export with --format dot to look at what it was given");
    }
    return picture;
}

}  // namespace islet::cli
