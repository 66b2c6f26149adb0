#include "file_simulated_disk.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

namespace islet::test {

namespace {

constexpr std::size_t sector = 512;

[[noreturn]] void fail(int error) {
    throw std::system_error(error, std::generic_category(), "simulated");
}

}  // namespace

void SimulatedDisk::apply(const Change& change, Content& content) {
    if (!change.written) return content.resize(change.offset);
    if (content.size() < change.offset + change.written->size())
        content.resize(change.offset + change.written->size());
    std::copy(change.written->begin(), change.written->end(),
              content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

void SimulatedDisk::apply(const NameChange& change, Names& names) const {
    if (!change.removed.empty()) names.erase(change.removed);
    if (!change.added.empty()) names[change.added] = change.node;
}

template <class Partly>
void SimulatedDisk::step(Partly partly) {
    if (off_) fail(EIO);
    ++steps_;
    const bool hit = planned_ != 0 && steps_ >= planned_ && steps_ <= planned_ + more_;
    if (!hit || fault_ == Fault::none) return;
    if (fault_ == Fault::fail) fail(EIO);
    partly();
    if (fault_ == Fault::power_off) off_ = true;
    fail(fault_ == Fault::cut ? ENOSPC : EIO);
}

class SimulatedDisk::File : public WritableFile {
 public:
    File(SimulatedDisk& disk, std::shared_ptr<Node> node, std::unique_ptr<WritableFile> real)
        : disk_(disk), node_(std::move(node)), real_(std::move(real)) {}

    void write_at(std::uint64_t offset, Bytes bytes) override {
        const auto write = [&](Bytes part) {
            real_->write_at(offset, part);
            node_->unsynced.push_back({offset, Content(part.begin(), part.end())});
            apply(node_->unsynced.back(), node_->now);
        };
        disk_.step([&] { write(bytes.first(bytes.size() / 2)); });
        write(bytes);
    }
    void sync() override {
        disk_.step([] {});
        node_->synced = node_->now;
        node_->unsynced.clear();
    }
    void truncate(std::uint64_t size) override {
        disk_.step([] {});
        real_->truncate(size);
        node_->unsynced.push_back({size, std::nullopt});
        apply(node_->unsynced.back(), node_->now);
    }

 private:
    SimulatedDisk& disk_;
    std::shared_ptr<Node> node_;
    std::unique_ptr<WritableFile> real_;
};

std::unique_ptr<WritableFile> SimulatedDisk::create(const std::string& path, const std::string& like) {
    step([] {});
    auto real = real_->create(path, like);
    const auto node = std::make_shared<Node>();
    unsynced_names_.push_back({"", path, node});
    apply(unsynced_names_.back(), names_);
    return std::make_unique<File>(*this, node, std::move(real));
}

std::unique_ptr<WritableFile> SimulatedDisk::open(const std::string& path) {
    step([] {});
    return std::make_unique<File>(*this, names_.at(path), real_->open(path));
}

void SimulatedDisk::rename(const std::string& from, const std::string& to) {
    const auto rename = [&] {
        real_->rename(from, to);
        unsynced_names_.push_back({from, to, names_.at(from)});
        apply(unsynced_names_.back(), names_);
    };
    // The power may go before or after it was done.
    step([&] {
        if (fault_ == Fault::power_off) rename();
    });
    rename();
}

void SimulatedDisk::remove(const std::string& path) {
    step([] {});
    real_->remove(path);
    unsynced_names_.push_back({path, "", nullptr});
    apply(unsynced_names_.back(), names_);
}

void SimulatedDisk::sync_folder_of(const std::string&) {
    step([] {});
    synced_names_ = names_;
    unsynced_names_.clear();
}

void SimulatedDisk::write_medium_to(const std::string& folder, std::mt19937& random, bool none) {
    const auto lucky = [&] { return !none && random() % 2 == 0; };
    Names names = synced_names_;
    for (const NameChange& change : unsynced_names_) {
        if (lucky()) apply(change, names);
    }
    for (const auto& [path, node] : names) {
        Content content = node->synced;
        for (const Change& change : node->unsynced) {
            if (!change.written) {
                if (lucky()) apply(change, content);
                continue;
            }
            for (std::size_t at = 0; at < change.written->size();) {
                // As far as the sector that it lies in.
                const std::size_t room = sector - (change.offset + at) % sector;
                const std::size_t size = std::min(room, change.written->size() - at);
                const auto begin = change.written->begin() + static_cast<std::ptrdiff_t>(at);
                if (lucky())
                    apply({change.offset + at, Content(begin, begin + static_cast<std::ptrdiff_t>(size))},
                          content);
                at += size;
            }
        }
        std::ofstream out(folder + "/" + std::filesystem::path(path).filename().string(), std::ios::binary);
        out.write(reinterpret_cast<const char*>(content.data()),  // NOLINT(*-reinterpret-cast)
                  static_cast<std::streamsize>(content.size()));
    }
}

}  // namespace islet::test
