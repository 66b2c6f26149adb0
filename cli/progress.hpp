// A line that says that work goes on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>

#include "terminal.hpp"

namespace islet::cli {

/// While it lives, and from its second second on, a line on a terminal says how long the work has
/// taken; at its end the line is gone. Nothing else may write to the stream meanwhile. Does nothing
/// where the stream is no terminal.
class Progress {
 public:
    Progress(std::ostream& err, const Terminal& terminal, std::string what);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

 private:
    void show();

    std::ostream& err_;
    std::string what_;
    std::size_t width_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ended_ = false;
    std::thread thread_;
};

}  // namespace islet::cli
