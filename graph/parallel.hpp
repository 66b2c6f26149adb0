// Work in parts that do not depend on each other.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace islet {

/// Calls work(i) for every i below `count` on up to `threads` threads, the calling one among them; each takes
/// the next i when it is free. What the first of them throws is thrown when all are done.
template <class Work>
void for_each_in_parallel(unsigned threads, std::size_t count, Work work) {
    if (threads <= 1 || count <= 1) {
        for (std::size_t i = 0; i < count; ++i) work(i);
        return;
    }
    std::atomic<std::size_t> next = 0;
    std::mutex failing;
    std::exception_ptr failure;
    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < count; i = next++) work(i);
        } catch (...) {
            const std::lock_guard lock(failing);
            if (!failure) failure = std::current_exception();
            next = count;
        }
    };
    std::vector<std::thread> others;
    try {
        for (unsigned i = 1; i < threads && i < count; ++i) others.emplace_back(run);
    } catch (const std::system_error&) {  // as many as the system has
    }
    run();
    for (std::thread& other : others) other.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace islet
