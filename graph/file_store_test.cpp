// Commits of several threads: they share a sync, and share its failure.
#include "file_store.hpp"

#include <cerrno>
#include <thread>

#include "file_workload.hpp"
#include "islet/error.hpp"

using namespace islet;
using namespace islet::test;

namespace {

/// The real disk, with a gate at the syncs of the log.
class GatedDisk : public FileSystem {
 public:
    /// From now on a sync of the log returns only when so many records were written after this call.
    void hold_until(std::uint64_t writes, bool then_fail) {
        const std::lock_guard lock(mutex_);
        wanted_ = writes;
        fails_ = then_fail;
        writes_ = syncs_ = 0;
    }
    [[nodiscard]] std::uint64_t syncs() {
        const std::lock_guard lock(mutex_);
        return syncs_;
    }
    /// Returns when a sync waits.
    void wait_for_sync() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return syncs_ != 0; });
    }
    /// As if a record had been written.
    void let_go() {
        const std::lock_guard lock(mutex_);
        ++writes_;
        changed_.notify_all();
    }

    std::unique_ptr<WritableFile> create(const std::string& path, const std::string& like) override {
        return real_->create(path, like);
    }
    std::unique_ptr<WritableFile> open(const std::string& path) override {
        return std::make_unique<File>(*this, real_->open(path));
    }
    void rename(const std::string& from, const std::string& to) override { real_->rename(from, to); }
    void remove(const std::string& path) override { real_->remove(path); }
    void sync_folder_of(const std::string& path) override { real_->sync_folder_of(path); }

 private:
    class File : public WritableFile {
     public:
        File(GatedDisk& disk, std::unique_ptr<WritableFile> real) : disk_(disk), real_(std::move(real)) {}
        void write_at(std::uint64_t offset, Bytes bytes) override {
            real_->write_at(offset, bytes);
            disk_.let_go();
        }
        void sync() override {
            {
                std::unique_lock lock(disk_.mutex_);
                ++disk_.syncs_;
                disk_.changed_.notify_all();
                disk_.changed_.wait(lock, [this] { return disk_.writes_ >= disk_.wanted_; });
                if (std::exchange(disk_.fails_, false))
                    throw std::system_error(EIO, std::generic_category(), "simulated");
            }
            real_->sync();
        }
        void truncate(std::uint64_t size) override { real_->truncate(size); }

     private:
        GatedDisk& disk_;
        std::unique_ptr<WritableFile> real_;
    };

    std::shared_ptr<FileSystem> real_ = real_file_system();
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t wanted_ = 0;
    std::uint64_t writes_ = 0;
    std::uint64_t syncs_ = 0;
    bool fails_ = false;
};

void commit_a_node(Graph& graph) {
    Transaction transaction(graph);
    transaction.create_node();
    transaction.commit();
}

std::string commit_failing(Transaction& transaction) {
    try {
        transaction.commit();
    } catch (const Exception& exception) {
        return exception.error().detail;
    }
    return "nothing was thrown";
}

constexpr OpenOptions making{.access = Access::read_write, .create = true, .verify = false};

}  // namespace

TEST_CASE("store: commits that wait share one sync") {
    const ScratchFolder folder;
    const auto disk = std::make_shared<GatedDisk>();
    Graph graph(std::make_unique<FileStore>(folder / "graph.islet", making, disk));
    commit_a_node(graph);  // makes the log
    constexpr int writers = 8;
    disk->hold_until(writers, false);
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) threads.emplace_back([&graph] { commit_a_node(graph); });
    for (std::thread& thread : threads) thread.join();
    // One for whoever came first and one for all who came while it ran; were it not so, the first would
    // still be waiting for the others' records.
    CHECK(disk->syncs() <= 2);
    CHECK(graph.snapshot().node_count() == writers + 1);
    CHECK(open_graph(folder / "graph.islet", {.access = Access::read_only}).snapshot().node_count() ==
          writers + 1);
}

TEST_CASE("store: readers see a commit no earlier than it is on the medium") {
    const ScratchFolder folder;
    const auto disk = std::make_shared<GatedDisk>();
    Graph graph(std::make_unique<FileStore>(folder / "graph.islet", making, disk));
    commit_a_node(graph);
    disk->hold_until(2, false);
    std::thread writer([&graph] { commit_a_node(graph); });
    disk->wait_for_sync();
    CHECK(graph.snapshot().node_count() == 1);
    CHECK(Transaction(graph).view().node_count() == 2);
    disk->let_go();
    writer.join();
    CHECK(graph.snapshot().node_count() == 2);
}

TEST_CASE("store: a sync that fails takes with it what was built on it, and no more") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    const auto disk = std::make_shared<GatedDisk>();
    {
        Graph graph(std::make_unique<FileStore>(path, making, disk));
        commit_a_node(graph);
        disk->hold_until(2, true);
        std::string first;
        std::thread writer([&] {
            Transaction transaction(graph);
            transaction.create_node();
            first = commit_failing(transaction);
        });
        disk->wait_for_sync();
        Transaction built_on_it(graph);
        CHECK(built_on_it.view().node_count() == 2);
        built_on_it.create_node();
        disk->let_go();
        writer.join();
        CHECK(first == "WriteFailed");
        CHECK(commit_failing(built_on_it) == "TransactionLost");
        CHECK(graph.snapshot().node_count() == 1);
    }
    {
        Graph graph(std::make_unique<FileStore>(path, making, disk));
        CHECK(graph.snapshot().node_count() == 1);
        commit_a_node(graph);
        CHECK(graph.snapshot().node_count() == 2);
    }
    CHECK(check_file(path).faults.empty());
    CHECK(check_file(path).nodes == 2);
}
