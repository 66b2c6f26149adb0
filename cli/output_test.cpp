#include "output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <csignal>

using namespace islet::cli;

TEST_CASE("a reader that went away is noticed and no error") {
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    ::close(ends[0]);
    {
        Output out(ends[1]);
        out << "text" << std::flush;
        CHECK(out.broken());
        CHECK(out.failure().empty());
        CHECK_FALSE(out);
    }
    ::close(ends[1]);
}

TEST_CASE("a full disk is an error that says so") {
    const int full = ::open("/dev/full", O_WRONLY);
    if (full < 0) {
        WARN("skipped: there is no /dev/full");
        return;
    }
    Output out(full);
    out << "text" << std::flush;
    CHECK_FALSE(out.broken());
    CHECK_FALSE(out.failure().empty());
    ::close(full);
}

TEST_CASE("a stopped output drops what is written until it goes on") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    Output out(ends[1]);
    out << "a" << std::flush;
    out.stop();
    out << "b" << std::flush;
    CHECK_FALSE(out);
    out.resume();
    out << "c" << std::flush;
    CHECK(out);
    std::array<char, 8> read{};
    CHECK(::read(ends[0], read.data(), read.size()) == 2);
    CHECK(std::string_view(read.data(), 2) == "ac");
    ::close(ends[0]);
    ::close(ends[1]);
}
