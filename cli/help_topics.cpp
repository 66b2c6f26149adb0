#include "help_topics.hpp"

#include <array>

namespace islet::cli {

namespace {

constexpr std::array topics{
    HelpTopic{"queries", R"(Queries are openCypher, up to a `;`, over as many lines as they need:

  MATCH (a:Label)-[r:TYPE]->(b) WHERE b.name STARTS WITH 'x'
  RETURN a.name, count(*) AS n ORDER BY n DESC LIMIT 10;

Tab completes keywords, functions, labels after `(:`, types after `[:`, properties after `.`, parameters
after `$`, procedures after CALL, and the values of properties: (n {name: 'be<Tab>
An error shows its place with a caret and, where it can, what was meant.
)"},
    HelpTopic{
        "questions",
        R"(Anything that is no query and no command is a question in plain English. The answer shows how it was
read, the query that gives it, and the source of each row. Tab completes the names that are known.
:explain and :profile without a query, and :cite, then work on the query of the answer.
)"},
    HelpTopic{"keys", R"(Tab            completes, or lists what may come
Up, Down       earlier inputs; a query of several lines comes back as one
Ctrl-R         searches them; :history TEXT lists those that hold a text
Ctrl-C         drops the line, or cancels the query that runs
Ctrl-D         ends, on an empty line
Ctrl-A, Ctrl-E to the beginning or end; Ctrl-W, Ctrl-U, Ctrl-K cut; Ctrl-Y pastes
Other keys are as ~/.editrc binds them (man 5 editrc).
ISLET_NO_HISTORY=1 keeps no history file.
)"},
    HelpTopic{"parameters", R"(A query's $name takes its value from a parameter; it is never run as code.

  :param name everolimus          a text
  :param doses [5, 10]            or an openCypher literal
  :params values.json             all members of a JSON object
  MATCH (d {name: $name}) RETURN d;
)"},
    HelpTopic{
        "transactions",
        R"(Each query is kept when it has run without an error. :begin opens a transaction, and the prompt shows it
as `islet*>`: from then on queries see one state and each other's writes, which others see only after
:commit; :rollback drops them all. A query that fails while it runs ends the transaction, and nothing of it
stays; one that is not openCypher changes nothing. BEGIN, COMMIT and ROLLBACK are understood as well.
)"},
    HelpTopic{"formats", R"(:mode FORMAT chooses how results are written:

  table      for people: fits the terminal; long cells go on in further lines
  vertical   one line a value; taken instead of `table` where that would be unreadable
  markdown, html     for documents
  csv, tsv           for spreadsheets and scripts
  json, jsonl        for programs: one array, or one object a line

:set wrap off cuts long cells instead; :set vertical off keeps tables tables.
)"},
    HelpTopic{"mode", "Formats: table csv tsv json jsonl markdown html vertical; see :help formats\n"},
    HelpTopic{"output",
              "A name that ends in .csv, .tsv, .json, .jsonl, .md or .html chooses the format as well.\n"},
    HelpTopic{"once",
              "A name that ends in .csv, .tsv, .json, .jsonl, .md or .html chooses the format as well.\n"},
    HelpTopic{
        "plot",
        R"(Without columns, the first column of numbers is drawn over the first other column; of a result without
numbers, how often each value of its first column comes.
)"},
    HelpTopic{"view", R"(:view                      a page to explore, in a new temporary folder
:view answer.svg           a picture; so .png
:view answer.graphml       any format of `:help export`
)"},
    HelpTopic{"cite", R"(:cite                               the sources of the last result
:cite MATCH (d:Drug) RETURN d.name  those of a query
On the command line, `islet cite QUESTION` lists them as references; --format bibtex or csl-json.
)"},
    HelpTopic{
        "export",
        R"(:view FILE writes the nodes and relationships of the last result. `islet export`, on the command line, writes
the whole graph, what a query returns, or what surrounds a node:

  islet export -o graph.graphml
  islet export --around everolimus --hops 2 -o everolimus.html
  islet export --query "MATCH p = (:Drug)-[:HAS_TARGET]->() RETURN p" -o targets.ttl

Formats, by the file's name or --format: json, csv, graphml, gexf, dot, svg, png, cytoscape, turtle, jsonld, kgx,
kgx-jsonl, cypher, html.
)"},
    HelpTopic{"capsule", R"(A capsule is an answer with all it takes to check it. On the command line:

  islet capsule run --question "What is the target of belzutifan?" -o target.json
  islet capsule verify target.json
)"},
    HelpTopic{
        "kb",
        R"(A knowledge base is a folder with a schema.json, documents and statements. `islet FOLDER` opens the shell on
it; on the command line, `islet kb check FOLDER` lists its faults, `islet kb check` those of the built-in one.
)"},
    HelpTopic{
        "pager",
        R"(On a terminal, what is longer than the screen goes through $ISLET_PAGER, $PAGER or `less -FRX`.
:set pager off switches that off, :set pager on again; so does ISLET_PAGER=off for every shell.
)"},
    HelpTopic{"colours",
              "Colours are only for terminals. NO_COLOR=1, TERM=dumb and --no-color switch them off.\n"},
};

}  // namespace

std::span<const HelpTopic> help_topics() {
    return topics;
}

}  // namespace islet::cli
