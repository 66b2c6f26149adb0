// Readers and writers at the same time, as threads and as processes: money that is moved between accounts is
// never lost, and no reader sees it on its way.
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include "file_workload.hpp"
#include "islet/error.hpp"

using namespace islet;
using namespace islet::test;

namespace {

constexpr std::uint32_t accounts = 20;
constexpr std::int64_t wealth = 1000;

/// Accounts with money, and a node that counts the transfers: each leaves a relationship too.
void make_bank(const std::string& path) {
    GraphBuilder builder;
    const std::array label{builder.label("Account")};
    const KeyId money = builder.key("money");
    for (std::uint32_t i = 0; i < accounts; ++i) builder.set_property(builder.add_node(label), money, wealth);
    builder.set_property(builder.add_node(), builder.key("transfers"), 0);
    builder.type("PAID");
    save_graph(builder.finish(), path);
}

void transfer(Graph& graph, Random& random) {
    Transaction transaction(graph);
    const Snapshot& view = transaction.view();
    const KeyId money = transaction.key("money");
    const KeyId transfers = transaction.key("transfers");
    const NodeId from{below(random, accounts)};
    const NodeId to{below(random, accounts)};
    const std::int64_t amount = below(random, 100);
    transaction.set_property(from, money, view.property(from, money).as_int() - amount);
    transaction.set_property(to, money, view.property(to, money).as_int() + amount);
    const RelId rel = transaction.create_relationship(from, transaction.type("PAID"), to);
    transaction.set_property(rel, money, amount);
    const NodeId counter{accounts};
    transaction.set_property(counter, transfers, view.property(counter, transfers).as_int() + 1);
    transaction.commit();
}

/// The number of transfers, if they are seen whole; -1 otherwise.
std::int64_t transfers_in(const Snapshot& snapshot) {
    const KeyId money = *snapshot.find_key("money");
    std::array<std::int64_t, accounts> balance{};
    balance.fill(wealth);
    std::int64_t seen = 0;
    for (std::uint32_t rel = 0; rel < snapshot.rel_bound(); ++rel, ++seen) {
        const Ends ends = snapshot.ends(RelId{rel});
        const std::int64_t amount = snapshot.property(RelId{rel}, money).as_int();
        balance[index(ends.source)] -= amount;
        balance[index(ends.target)] += amount;
    }
    for (std::uint32_t i = 0; i < accounts; ++i) {
        if (snapshot.property(NodeId{i}, money).as_int() != balance[i]) return -1;
    }
    const std::int64_t counted =
        snapshot.property(NodeId{accounts}, *snapshot.find_key("transfers")).as_int();
    return counted == seen ? counted : -1;
}

/// Runs in a process of its own; it ends with 0 if `body` returns true.
pid_t start(const std::function<bool()>& body) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child != 0) return child;
    int code = 2;
    try {
        code = body() ? 0 : 1;
    } catch (...) {
    }
    ::_exit(code);
}

int code_of(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Reads until there are `until` transfers; true if each look was whole and none went back in time.
bool watch(Graph& graph, std::int64_t until) {
    for (std::int64_t last = 0; last < until;) {
        graph.refresh();
        const std::int64_t now = transfers_in(graph.snapshot());
        if (now < last) return false;
        last = now;
    }
    return true;
}

}  // namespace

TEST_CASE("file: threads that write share syncs, and threads that read see whole transfers") {
    const ScratchFolder folder;
    const std::string path = folder / "bank.islet";
    make_bank(path);
    constexpr int writers = 4;
    constexpr int each = 30;
    Graph graph = open_graph(path);
    std::atomic<int> bad{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&graph, i] {
            Random random(static_cast<unsigned>(i));
            for (int n = 0; n < each; ++n) transfer(graph, random);
        });
    }
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            if (!watch(graph, writers * each)) ++bad;
        });
        threads.emplace_back([&] {
            Graph reader = open_graph(path, {.access = Access::read_only});
            std::thread beside([&] {  // one Graph, two threads
                if (!watch(reader, writers * each)) ++bad;
            });
            if (!watch(reader, writers * each)) ++bad;
            beside.join();
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(bad == 0);
    CHECK(transfers_in(graph.snapshot()) == writers * each);
    graph = Graph();
    CHECK(transfers_in(open_graph(path, {.access = Access::read_only}).snapshot()) == writers * each);
}

TEST_CASE("file: processes read while one writes, through checkpoints and crashes") {
    const ScratchFolder folder;
    const std::string path = folder / "bank.islet";
    make_bank(path);
    constexpr std::int64_t wanted = 120;
    std::vector<pid_t> readers;
    for (int i = 0; i < 3; ++i) {
        readers.push_back(start([&] {
            Graph graph = open_graph(path, {.access = i == 0 ? Access::on_demand : Access::read_only});
            return watch(graph, wanted);
        }));
    }
    std::int64_t done = 0;
    for (unsigned round = 0; done < wanted; ++round) {
        // A writer that dies without closing, and one that closes, which is a checkpoint.
        const pid_t writer = start([&] {
            Random random(round);
            auto graph = std::make_unique<Graph>(open_graph(path));
            for (int i = 0; i < 10; ++i) transfer(*graph, random);
            if (round % 2 == 0) graph.release();
            return true;
        });
        REQUIRE(code_of(writer) == 0);
        done += 10;
    }
    for (const pid_t reader : readers) CHECK(code_of(reader) == 0);
    CHECK(check_file(path).faults.empty());
}

TEST_CASE("file: a second writer is told which process holds the file") {
    const ScratchFolder folder;
    const std::string path = folder / "bank.islet";
    make_bank(path);
    int ends[2] = {-1, -1};
    REQUIRE(::pipe(ends) == 0);
    const pid_t holder = start([&] {
        const Graph graph = open_graph(path);
        const bool told = ::write(ends[1], "!", 1) == 1;
        ::pause();
        return told;
    });
    char byte = 0;
    REQUIRE(::read(ends[0], &byte, 1) == 1);
    try {
        open_graph(path);
        FAIL_CHECK("it opened twice");
    } catch (const Exception& exception) {
        CHECK(exception.error().detail == "FileLocked");
        CHECK(exception.error().message.find("process " + std::to_string(holder)) != std::string::npos);
    }
    CHECK(transfers_in(open_graph(path, {.access = Access::on_demand}).snapshot()) == 0);
    REQUIRE(::kill(holder, SIGKILL) == 0);
    CHECK(code_of(holder) == -SIGKILL);
    Graph graph = open_graph(path);  // the lock ended with the process
    Random random(1);
    transfer(graph, random);
    CHECK(transfers_in(graph.snapshot()) == 1);
    ::close(ends[0]);
    ::close(ends[1]);
}

namespace {

/// Commits until the disk is full, then once more with less. True if all that was reported stayed.
bool fill(const std::string& path) {
    Graph graph = open_graph(path);
    Random random(3);
    std::int64_t done = 0;
    bool full = false;
    while (!full && done < 100'000) {
        try {
            Transaction padding(graph);
            padding.set_property(padding.create_node(), padding.key("text"),
                                 std::string(1000 + below(random, 3000), 'x'));
            padding.commit();
            transfer(graph, random);
            ++done;
        } catch (const Exception& exception) {
            full = exception.error().detail == "DiskFull";
            if (!full) return false;
        }
    }
    const Graph reader = open_graph(path, {.access = Access::read_only, .verify = true});
    return full && transfers_in(graph.snapshot()) == done && transfers_in(reader.snapshot()) == done &&
           check_file(path).faults.empty();
}

}  // namespace

TEST_CASE("file: at the limit of a file's size a commit fails clearly, and the state stays") {
    const ScratchFolder folder;
    const std::string path = folder / "bank.islet";
    make_bank(path);
    CHECK(code_of(start([&] {
              std::signal(SIGXFSZ, SIG_IGN);
              const rlimit limit{200'000, 200'000};
              return ::setrlimit(RLIMIT_FSIZE, &limit) == 0 && fill(path);
          })) == 0);
    CHECK(transfers_in(open_graph(path).snapshot()) > 10);
}

TEST_CASE("file: a full disk is a clear error, and the state stays") {
    const ScratchFolder folder;
    if (::mount("none", folder.path().c_str(), "tmpfs", 0, "size=400k") != 0) {
        WARN("skipped: no file system can be mounted here");
        return;
    }
    const std::string path = folder / "bank.islet";
    make_bank(path);
    CHECK(code_of(start([&] { return fill(path); })) == 0);
    CHECK(transfers_in(open_graph(path, {.access = Access::read_only}).snapshot()) > 10);
    REQUIRE(::umount(folder.path().c_str()) == 0);
}
