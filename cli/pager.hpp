// Long output one screen at a time.
#pragma once

#include <memory>
#include <ostream>
#include <streambuf>
#include <string>

#include "output.hpp"
#include "terminal.hpp"

namespace islet::cli {

/// Which program shows long output: $ISLET_PAGER, else $PAGER, else `less`; empty: none, where one of
/// these is set to nothing or to `off`.
std::string pager_command();

/// Holds back what is written until it is more than a screen, then hands all of it to a pager; what
/// stays shorter goes to `out`. Where no pager can be started, everything goes to `out`.
class PagedOutput : public std::ostream {
 public:
    /// `command` empty: everything goes to `out` at once.
    PagedOutput(std::ostream& out, const Terminal& terminal, std::string command);
    ~PagedOutput() override;
    PagedOutput(const PagedOutput&) = delete;
    PagedOutput& operator=(const PagedOutput&) = delete;

    /// Writes what is held back, or waits for the reader to leave the pager.
    void finish();
    /// Whether a pager has, or had, the terminal. May be called from another thread.
    [[nodiscard]] bool paging() const noexcept;

 private:
    class Buffer;
    std::unique_ptr<Buffer> buffer_;
};

}  // namespace islet::cli
