// A ring of four, a node with a loop, a pair joined twice, a node alone.
CREATE (a:Bead {n: 1}), (b:Bead {n: 2}), (c:Bead {n: 3}), (d:Bead {n: 4}),
       (a)-[:NEXT {w: 1}]->(b), (b)-[:NEXT {w: 2}]->(c), (c)-[:NEXT {w: 3}]->(d), (d)-[:NEXT {w: 4}]->(a),
       (e:Knot {n: 5}), (e)-[:LOOP]->(e),
       (f:Pair {n: 6}), (g:Pair {n: 7}), (f)-[:TWIN {w: 1}]->(g), (f)-[:TWIN {w: 2}]->(g),
       (:Alone {n: 8});
