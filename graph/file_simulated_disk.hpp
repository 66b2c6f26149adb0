// A file system whose every step can fail, stop half-way, or be the last before the power goes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "file_system.hpp"

namespace islet::test {

/// Does all to the real folder too, where readers see it, and remembers what has reached the medium.
class SimulatedDisk : public FileSystem {
 public:
    enum class Fault : std::uint8_t {
        none,
        fail,      ///< the step does nothing and fails
        cut,       ///< a write does a part and fails; other steps fail
        power_off  ///< the step does a part, and nothing works from then on
    };

    /// The step to fail at, counting from 1, and how many steps after it fail too.
    void plan(std::uint64_t step, Fault fault, std::uint64_t more = 0) {
        planned_ = step;
        more_ = more;
        fault_ = fault;
        steps_ = 0;
    }
    [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
    [[nodiscard]] bool off() const noexcept { return off_; }
    void switch_off() { off_ = true; }

    /// Makes `folder` what the medium holds: all that was synced, and of the rest whatever `random` picks, in
    /// sectors of 512 bytes; nothing of the rest with `none`.
    void write_medium_to(const std::string& folder, std::mt19937& random, bool none);

    std::unique_ptr<WritableFile> create(const std::string& path, const std::string& like) override;
    std::unique_ptr<WritableFile> open(const std::string& path) override;
    void rename(const std::string& from, const std::string& to) override;
    void remove(const std::string& path) override;
    void sync_folder_of(const std::string& path) override;

 private:
    using Content = std::vector<std::byte>;
    struct Change {
        std::uint64_t offset = 0;  ///< of a write; of a cut, the length
        std::optional<Content> written;
    };
    struct Node {
        Content synced;
        Content now;
        std::vector<Change> unsynced;
    };
    using Names = std::map<std::string, std::shared_ptr<Node>>;
    struct NameChange {
        std::string removed;  ///< empty: none
        std::string added;    ///< empty: none
        std::shared_ptr<Node> node;
    };
    class File;

    /// Counts a step and does what was planned for it; `partly` is what a torn step does.
    template <class Partly>
    void step(Partly partly);
    void apply(const NameChange& change, Names& names) const;
    static void apply(const Change& change, Content& content);

    std::shared_ptr<FileSystem> real_ = real_file_system();
    Names names_;
    Names synced_names_;
    std::vector<NameChange> unsynced_names_;
    std::uint64_t planned_ = 0;
    std::uint64_t more_ = 0;
    Fault fault_ = Fault::none;
    std::uint64_t steps_ = 0;
    bool off_ = false;
};

}  // namespace islet::test
