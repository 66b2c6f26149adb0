// sources.json → documents with sections.
#include <set>

#include "statements.hpp"

namespace islet::kb {
namespace {

Document::Section read_section(const JsonFile& file, const std::string& pointer, const Json& json,
                               std::vector<Error>& faults) {
    Document::Section section;
    section.title = text_member(json, "title");
    section.date = text_member(json, "date");
    const Json* lines = member(json, "lines");
    if (lines == nullptr || !lines->IsArray() || lines->Size() != 2 || !(*lines)[0].IsInt() ||
        !(*lines)[1].IsInt()) {
        faults.push_back(fault(file.name, pointer / "lines", "a section needs its first and its last line"));
        return section;
    }
    section.first_line = (*lines)[0].GetInt();
    section.last_line = (*lines)[1].GetInt();
    if (section.first_line < 1 || section.last_line < section.first_line) {
        faults.push_back(fault(file.name, pointer / "lines", "a section ends before it begins"));
    }
    return section;
}

}  // namespace

std::vector<Document> read_documents(const JsonFile& file, std::vector<Error>& faults) {
    std::vector<Document> documents;
    std::set<std::string, std::less<>> names;
    const Json* sources = member(file.root(), "sources");
    if (sources == nullptr || !sources->IsArray()) return documents;
    for (rapidjson::SizeType i = 0; i < sources->Size(); ++i) {
        const Json& json = (*sources)[i];
        const std::string pointer = std::string("/sources") / i;
        Document document;
        document.id = text_member(json, "id");
        document.name = text_member(json, "name");
        document.publisher = text_member(json, "publisher");
        document.date = text_member(json, "date");
        document.file = text_member(json, "file");
        document.synonyms = texts(member(json, "synonyms"));
        for (const std::string* name : {&document.id, &document.name}) {
            if (!names.insert(*name).second && document.id != document.name) {
                faults.push_back(fault(file.name, pointer, "the source `" + *name + "` stands twice"));
            }
        }
        const Json* sections = member(json, "sections");
        for (rapidjson::SizeType s = 0; sections != nullptr && sections->IsArray() && s < sections->Size();
             ++s) {
            document.sections.push_back(read_section(file, pointer / "sections" / s, (*sections)[s], faults));
        }
        documents.push_back(std::move(document));
    }
    return documents;
}

}  // namespace islet::kb
