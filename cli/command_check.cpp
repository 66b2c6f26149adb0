// `islet kb check`: every fault of a knowledge base, one a line.
#include <ostream>

#include "commands.hpp"

namespace islet::cli {

ExitCode check(const CheckArguments& arguments, const Streams& streams) {
    if (!arguments.folder) {
        const auto base = KnowledgeBase::built_in();
        if (!base) {
            show(base.error(), {}, streams);
            return ExitCode::failed;
        }
        streams.out << "the built-in knowledge base has no faults: " << base->entities().size()
                    << " entities from " << base->documents().size() << " documents\n";
        return ExitCode::fine;
    }
    if (const auto error = not_openable(*arguments.folder)) {
        show(*error, {}, streams);
        return ExitCode::cannot_open;
    }
    const std::vector<Error> faults = KnowledgeBase::check(*arguments.folder);
    for (const Error& fault : faults) {
        streams.out << (fault.place.empty() ? *arguments.folder : fault.place) << ": " << fault.message;
        if (!fault.hint.empty()) streams.out << " (" << fault.hint << ')';
        streams.out << '\n';
    }
    if (faults.empty()) {
        streams.out << *arguments.folder << " has no faults\n";
        return ExitCode::fine;
    }
    streams.err << faults.size() << (faults.size() == 1 ? " fault\n" : " faults\n");
    return ExitCode::failed;
}

}  // namespace islet::cli
