#include "islet/knowledge.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "embedded.hpp"
#include "fact_checks.hpp"
#include "json_file.hpp"
#include "lexicon.hpp"
#include "schema_file.hpp"
#include "state.hpp"
#include "statements.hpp"

namespace islet {

namespace kb {
namespace {

struct File {
    std::string name;
    std::string_view text;
};

/// The JSON Schema of a file, by the file's name; entity files share one.
std::string schema_for(const std::string& name) {
    for (const std::string_view known : {"schema.json", "sources.json", "vocabulary.json"}) {
        if (name == known) return std::string(known.substr(0, known.size() - 5)) + ".schema.json";
    }
    return "entities.schema.json";
}

void validate_form(const JsonFile& file, const std::string& short_name, std::vector<Error>& faults) {
    const std::string wanted = schema_for(short_name);
    for (const EmbeddedFile& schema : embedded_schemas()) {
        if (schema.name != wanted) continue;
        const JsonFile parsed = parse_json(std::string(schema.name), schema.text, faults);
        if (parsed.document != nullptr) validate(file, *parsed.document, faults);
    }
}

std::vector<StatementCount> count_statements(const Schema& schema, const Facts& facts) {
    std::map<std::pair<std::string, std::string>, std::size_t> counts;
    for (const Statement& statement : facts.statements) {
        const std::string source =
            statement.document == SIZE_MAX ? "" : facts.documents[statement.document].name;
        ++counts[{source, schema.relations[statement.relation].name}];
    }
    std::vector<StatementCount> list;
    for (const auto& [key, count] : counts) list.push_back({key.first, key.second, count});
    return list;
}

/// Reads and checks the files of one base.
std::shared_ptr<KnowledgeBase::State> read_base(const std::string& place, const std::vector<File>& files,
                                                std::vector<Error>& faults) {
    auto state = std::make_shared<KnowledgeBase::State>();
    std::map<std::string, JsonFile> special;
    std::vector<JsonFile> entity_files;
    for (const File& file : files) {
        JsonFile json = parse_json(place + file.name, file.text, faults);
        if (json.document == nullptr) continue;
        validate_form(json, file.name, faults);
        if (file.name == "schema.json" || file.name == "sources.json" || file.name == "vocabulary.json") {
            special.emplace(file.name, std::move(json));
        } else {
            entity_files.push_back(std::move(json));
        }
    }
    if (!faults.empty()) return state;  // what follows relies on the form
    if (!special.contains("schema.json")) {
        faults.push_back(fault(place + "schema.json", "", "a knowledge base needs a file `schema.json`"));
        return state;
    }
    const auto domain = std::make_shared<KnowledgeBase::State::Domain>();
    domain->schema = read_schema(special.at("schema.json"), faults);
    std::vector<Document> documents;
    if (const auto it = special.find("sources.json"); it != special.end())
        documents = read_documents(it->second, faults);
    Facts facts = read_facts(domain->schema, std::move(documents), entity_files, faults);
    if (!faults.empty()) return state;
    const auto words = std::make_shared<Lexicon>();
    const auto vocabulary = special.find("vocabulary.json");
    if (vocabulary != special.end()) {
        const EmbeddedFile& language = embedded_languages().front();
        *words = read_vocabulary(parse_json(std::string(language.name), language.text, faults),
                                 vocabulary->second, domain->schema, facts.entities, facts.documents, faults);
    }
    check_facts(domain->schema, facts, vocabulary != special.end() ? words.get() : nullptr, place, faults);
    if (!faults.empty()) return state;
    state->snapshot = build_graph(domain->schema, facts);
    domain->counts = count_statements(domain->schema, facts);
    domain->entities = std::move(facts.entities);
    domain->documents = std::move(facts.documents);
    state->make_domain = [domain] { return std::move(*domain); };
    state->make_words = [words](const auto&) { return std::move(*words); };
    return state;
}

std::shared_ptr<KnowledgeBase::State> read_folder(const std::filesystem::path& folder,
                                                  std::vector<Error>& faults) {
    std::vector<std::filesystem::path> paths;
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
        if (entry.path().extension() == ".json") paths.push_back(entry.path());
    }
    if (problem) {
        faults.push_back(fault(folder.string(), "", "cannot be read: " + problem.message()));
        return nullptr;
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> texts;
    texts.reserve(paths.size());
    std::vector<File> files;
    for (const auto& path : paths) {
        std::ifstream stream(path, std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        if (!stream) faults.push_back(fault(path.string(), "", "cannot be read"));
        texts.push_back(text.str());
        files.push_back({path.filename().string(), texts.back()});
    }
    return read_base((folder / "").string(), files, faults);
}

Expected<KnowledgeBase> finished(std::shared_ptr<KnowledgeBase::State> state,
                                 const std::vector<Error>& faults) {
    if (faults.empty()) return KnowledgeBase(std::move(state));
    Error first = faults.front();
    if (faults.size() > 1) {
        if (!first.hint.empty()) first.hint += "; ";
        first.hint += "and " + std::to_string(faults.size() - 1) + " more faults";
    }
    return first;
}

}  // namespace
}  // namespace kb

Expected<KnowledgeBase> KnowledgeBase::load(const std::filesystem::path& folder) {
    std::vector<Error> faults;
    auto state = kb::read_folder(folder, faults);
    return kb::finished(std::move(state), faults);
}

Expected<KnowledgeBase> KnowledgeBase::built_in() {
    try {
        return KnowledgeBase(kb::unpack(kb::packed_built_in()));
    } catch (const Exception& exception) {
        return exception.error();
    }
}

KnowledgeBase KnowledgeBase::without_words(Snapshot snapshot) {
    auto state = std::make_shared<State>();
    state->snapshot = std::move(snapshot);
    return KnowledgeBase(std::move(state));
}

std::vector<Error> KnowledgeBase::check(const std::filesystem::path& folder) {
    std::vector<Error> faults;
    kb::read_folder(folder, faults);
    return faults;
}

const Snapshot& KnowledgeBase::snapshot() const noexcept {
    return state_->snapshot;
}
const Schema& KnowledgeBase::schema() const noexcept {
    return state_->domain().schema;
}
const std::vector<Entity>& KnowledgeBase::entities() const noexcept {
    return state_->domain().entities;
}
const std::vector<Document>& KnowledgeBase::documents() const noexcept {
    return state_->domain().documents;
}
const std::vector<StatementCount>& KnowledgeBase::statement_counts() const noexcept {
    return state_->domain().counts;
}
const std::vector<std::string>& KnowledgeBase::examples() const noexcept {
    return state_->lexicon().examples;
}

const kb::Lexicon& KnowledgeBase::lexicon() const noexcept {
    return state_->lexicon();
}

}  // namespace islet
