// Writes against a naive model: after every statement the engine holds the graph that the model holds, says
// so in its counts and in answer to random queries; a statement that fails leaves the graph as it was. Seeds
// as in reading_test.cpp.
#include <catch2/catch.hpp>

#include "budget.hpp"
#include "check.hpp"
#include "writing.hpp"

namespace islet::oracle {
namespace {

constexpr std::size_t changes_per_graph = 12;

class Run {
 public:
    Run(Random& random, Graph graph, Storage storage) : random_(random), model_(std::move(graph)) {
        database_ = load(model_, storage);
        log_ = create_text(model_) + "   // " + storage_name(storage);
    }

    /// What is wrong after one more statement; empty if nothing is.
    std::string step() {
        const Change change =
            random_.chance(15) ? failing_change(random_, model_) : random_change(random_, model_);
        const Setting& setting = random_.pick(all_settings());
        log_ += "\n" + change.text + "   // " + setting.name + (change.fails ? ", must fail" : "");
        Session session = database_.session();
        apply_setting(session, setting);
        const Snapshot before = database_.snapshot();
        const Expected<Result> result = session.run(change.text);
        const Snapshot after = database_.snapshot();
        if (change.fails) {
            if (result) return "it did not fail";
            if (difference(before, after).any()) return "it failed, and left a trace in difference()";
        } else if (!result) {
            return render(result.error(), change.text);
        }
        const std::string expected = graph_text(change.after);
        const std::string got = graph_text(after);
        if (got != expected) return "the graph is\n" + got + "and should be\n" + expected;
        if (difference(before, after) != expected_difference(model_, change.after)) {
            return "difference() counts otherwise";
        }
        model_ = change.after;
        learn_ids(model_, after);
        return ask();
    }

    [[nodiscard]] const std::string& log() const { return log_; }

 private:
    std::string ask() {
        for (int i = 0; i < 2; ++i) {
            const Case one{model_, Storage::delta, Generator(random_).query()};
            const Verdict verdict = check(one, database_, two_settings());
            if (verdict.mismatch) return report(one, *verdict.mismatch);
        }
        return "";
    }

    Random& random_;
    Graph model_;
    Database database_;
    std::string log_;
};

TEST_CASE("random writes", "[oracle]") {
    const std::uint64_t first = first_seed();
    const std::uint64_t graphs = cases(80);
    for (std::uint64_t seed = first; seed < first + graphs; ++seed) {
        Random random(seed);
        Graph graph = random_graph(random);
        Run run(random, std::move(graph), static_cast<Storage>(random.below(3)));
        for (std::size_t i = 0; i < changes_per_graph; ++i) {
            std::string wrong;
            try {
                wrong = run.step();
            } catch (const TooMuch&) {
                continue;  // nothing was written yet
            }
            if (wrong.empty()) continue;
            show(seed, "random writes", run.log() + "\n--- after this\n" + wrong);
            FAIL_CHECK("seed " << seed << ": another graph");
            break;
        }
    }
}

}  // namespace
}  // namespace islet::oracle
