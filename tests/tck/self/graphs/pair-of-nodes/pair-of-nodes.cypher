// Two statements; the `;` in the name ends none.
CREATE (:A {name: ';'});
CREATE (:B);
MATCH (a:A), (b:B) CREATE (a)-[:T]->(b);
