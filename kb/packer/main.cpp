// A tool of the build: reads and checks a knowledge base's folder and packs it into one file.
//   islet_kb_packer FOLDER OUT
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <vector>

#include "embedded.hpp"
#include "state.hpp"

namespace islet::kb {

// The tool makes what the library has here.
std::span<const std::byte> packed_built_in() noexcept {
    return {};
}

namespace {

/// Leaves a file alone that holds the same, so that nothing is built again for it.
bool write(const char* path, const std::vector<std::byte>& bytes) {
    const std::vector<char> text(reinterpret_cast<const char*>(bytes.data()),  // NOLINT(*-reinterpret-cast)
                                 reinterpret_cast<const char*>(bytes.data()) + bytes.size());  // NOLINT
    {
        std::ifstream old(path, std::ios::binary);
        if (old && std::vector<char>(std::istreambuf_iterator<char>(old), {}) == text) return true;
    }
    std::ofstream out(path, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    return !out.fail();
}

int run(const char* folder, const char* out) {
    const auto base = KnowledgeBase::load(folder);
    if (!base) {
        for (const Error& fault : KnowledgeBase::check(folder))
            std::fprintf(stderr, "%s: %s%s%s\n", fault.place.c_str(), fault.message.c_str(),
                         fault.hint.empty() ? "" : "; ", fault.hint.c_str());
        return 1;
    }
    if (write(out, pack(*base))) return 0;
    std::fprintf(stderr, "cannot write '%s'\n", out);
    return 1;
}

}  // namespace
}  // namespace islet::kb

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: islet_kb_packer FOLDER OUT\n", stderr);
        return 2;
    }
    try {
        return islet::kb::run(argv[1], argv[2]);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
