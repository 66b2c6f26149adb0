#encoding: utf-8

Feature: QuantifiedPaths - Repeated parts of a path

  Scenario: [1] A part repeated once or more
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))+ (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [2] A part repeated any number of times, also none
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))* (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [3] Bounds
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){2,3} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [4] An exact number
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){2} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [5] Only a lower bound
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){2,} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [6] Only an upper bound, which begins at none
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){,1} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [7] Both bounds left out
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){,} (b)
      RETURN count(b) AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
    And no side effects

  Scenario: [8] Variables of the part are lists outside of it
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){3} (b)
      RETURN [i IN x | i.n] AS xs, [i IN r | i.w] AS rs, [i IN y | i.n] AS ys
      """
    Then the result should be, in any order:
      | xs        | rs        | ys        |
      | [1, 2, 3] | [1, 2, 3] | [2, 3, 4] |
    And no side effects

  Scenario: [9] Without a round the lists are empty and both ends are one node
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){0,0} (b)
      RETURN a = b AS same
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [10] No round: empty lists
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:D) ((x)-[r]->(y))* (b)
      RETURN x, r, y, a = b AS same
      """
    Then the result should be, in any order:
      | x  | r  | y  | same |
      | [] | [] | [] | true |
    And no side effects

  Scenario: [11] A condition on each round
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y) WHERE r.w < 3)+ (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [12] A condition that compares the ends of a round
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a) ((x)-[r]->(y) WHERE x.n + 1 = y.n AND x.n > 1)+ (b)
      RETURN a.n AS a, b.n AS b
      """
    Then the result should be, in any order:
      | a | b |
      | 2 | 3 |
      | 2 | 4 |
      | 3 | 4 |
    And no side effects

  Scenario: [13] Conditions inside of brackets
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x WHERE x.n < 3)-[r:R WHERE r.w > 0]->(y {n: y.n}))+ (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [14] Labels inside of a round
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a) ((:!C)-[:R]->())+ (b)
      RETURN a.n AS a, b.n AS b
      """
    Then the result should be, in any order:
      | a | b |
      | 1 | 2 |
      | 1 | 3 |
      | 2 | 3 |
    And no side effects

  Scenario: [15] A round of several relationships
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-->(m)-->(y))+ (b)
      RETURN b.n AS n, [i IN m | i.n] AS middle
      """
    Then the result should be, in any order:
      | n | middle |
      | 3 | [2]    |
    And no side effects

  Scenario: [16] Rounds against the direction
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:D) ((x)<-[r]-(y)){2} (b)
      RETURN b.n AS n, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | n | ws     |
      | 2 | [3, 2] |
    And no side effects

  Scenario: [17] Rounds in either direction
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:B) ((x)-[r]-(y)){1,2} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [18] Parts beside each other
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-->(y)){1} ((u)-->(v))+ (b)
      RETURN b.n AS n, size(u) AS rounds
      """
    Then the result should be, in any order:
      | n | rounds |
      | 3 | 1      |
      | 4 | 2      |
    And no side effects

  Scenario: [19] A part at the beginning
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH ((x)-->(y))+ (b:D)
      RETURN [i IN x | i.n] AS xs
      """
    Then the result should be, in any order:
      | xs        |
      | [3]       |
      | [2, 3]    |
      | [1, 2, 3] |
    And no side effects

  Scenario: [20] A part at the end
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-->(y))+
      RETURN [i IN y | i.n] AS ys
      """
    Then the result should be, in any order:
      | ys        |
      | [2]       |
      | [2, 3]    |
      | [2, 3, 4] |
    And no side effects

  Scenario: [21] A part alone
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH ((x)-->(y)){3}
      RETURN [i IN x | i.n] AS xs
      """
    Then the result should be, in any order:
      | xs        |
      | [1, 2, 3] |
    And no side effects

  Scenario: [22] Two parts alone
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH ((x)-->(y)){1} ((u)-->(v)){2}
      RETURN [i IN x | i.n] AS xs, [i IN u | i.n] AS us
      """
    Then the result should be, in any order:
      | xs  | us     |
      | [1] | [2, 3] |
    And no side effects

  Scenario: [23] A part between relationships
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A)-[p]->(b) ((x)-->(y))* (c)-[q]->(d)
      RETURN p.w AS p, size(x) AS rounds, q.w AS q
      """
    Then the result should be, in any order:
      | p | rounds | q |
      | 1 | 0      | 2 |
      | 1 | 1      | 3 |
    And no side effects

  Scenario: [24] A named path
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH p = (a:A) ((x)-->(y)){2} (b)
      RETURN length(p) AS l, [n IN nodes(p) | n.n] AS ns, [r IN relationships(p) | r.w] AS ws
      """
    Then the result should be, in any order:
      | l | ns        | ws     |
      | 2 | [1, 2, 3] | [1, 2] |
    And no side effects

  Scenario: [25] A named path of rounds of two
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH p = (a:A) ((x)-->(m)-->(y))* (b)
      RETURN [n IN nodes(p) | n.n] AS ns
      """
    Then the result should be, in any order:
      | ns        |
      | [1]       |
      | [1, 2, 3] |
    And no side effects

  Scenario: [26] A path variable of each round
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) (p = (x)-->(y)){2} (b)
      RETURN [q IN p | length(q)] AS lengths, [n IN nodes(last(p)) | n.n] AS ns
      """
    Then the result should be, in any order:
      | lengths | ns     |
      | [1, 1]  | [2, 3] |
    And no side effects

  Scenario: [27] Both ends known
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      MATCH (a) ((x)-[r]->(y))+ (d)
      RETURN [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | ws        |
      | [1, 2, 3] |
    And no side effects

  Scenario: [28] From the far end that is known
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (d:D)
      MATCH (a) ((x)-[r]->(y) WHERE x.n > 1)+ (d)
      RETURN a.n AS n, [i IN x | i.n] AS xs, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | n | xs     | ws     |
      | 3 | [3]    | [3]    |
      | 2 | [2, 3] | [2, 3] |
    And no side effects

  Scenario: [29] Variables of earlier clauses inside of a part
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      UNWIND [1, 2] AS least
      MATCH (a) ((x)-[r]->(y) WHERE r.w > least)+ (b:D)
      RETURN least, a.n AS n
      """
    Then the result should be, in any order:
      | least | n |
      | 1     | 3 |
      | 1     | 2 |
      | 2     | 3 |
    And no side effects

  Scenario: [30] OPTIONAL MATCH without a match gives null lists
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:D)
      OPTIONAL MATCH (a) ((x)-[r]->(y))+ (b)
      RETURN a.n AS a, x, r, y, b
      """
    Then the result should be, in any order:
      | a | x    | r    | y    | b    |
      | 4 | null | null | null | null |
    And no side effects

  Scenario: [31] OPTIONAL MATCH from null
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      OPTIONAL MATCH (a:Nothing)
      OPTIONAL MATCH (a) ((x)-[r]->(y))* (b)
      RETURN a, x, b
      """
    Then the result should be, in any order:
      | a    | x    | b    |
      | null | null | null |
    And no side effects

  Scenario: [32] Aggregates over lists of rounds
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))+ (b)
      RETURN count(*) AS paths, sum(size(r)) AS steps, max(reduce(s = 0, i IN r | s + i.w)) AS most
      """
    Then the result should be, in any order:
      | paths | steps | most |
      | 3     | 6     | 6    |
    And no side effects

  Scenario: [33] WHERE of the clause over lists of rounds
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a) ((x)-[r]->(y))+ (b)
      WHERE all(i IN r WHERE i.w >= 2) AND size(r) > 1
      RETURN a.n AS a, b.n AS b
      """
    Then the result should be, in any order:
      | a | b |
      | 2 | 4 |
    And no side effects

  Scenario: [34] A subquery with a repeated part
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a)
      WHERE EXISTS { (a) ((x)-->(y)){2} (b:D) }
      RETURN a.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [35] COUNT of a repeated part
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a)
      RETURN a.n AS n, COUNT { (a) ((x)-->(y))+ (b) } AS c
      """
    Then the result should be, in any order:
      | n | c |
      | 1 | 3 |
      | 2 | 2 |
      | 3 | 1 |
      | 4 | 0 |
    And no side effects

  Scenario: [36] A subquery in the condition of a round
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-->(y) WHERE EXISTS { (y)-->() })+ (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [37] A quantified relationship
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A)-[r]->{1,2}(b)
      RETURN b.n AS n, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | n | ws     |
      | 2 | [1]    |
      | 3 | [1, 2] |
    And no side effects

  Scenario: [38] A quantified relationship, once or more
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A)-->+(b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [39] A quantified relationship, any number of times
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A)-[:R]->*(b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [40] A quantified relationship against the direction
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:D)<-[r]-{2}(b)
      RETURN b.n AS n, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | n | ws     |
      | 2 | [3, 2] |
    And no side effects

  Scenario: [41] A quantified relationship with conditions
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A)-[r:R WHERE r.w < 3]->+(b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [42] A quantified relationship with properties
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a)-[r:R {w: 2}]->+(b)
      RETURN a.n AS a, b.n AS b
      """
    Then the result should be, in any order:
      | a | b |
      | 2 | 3 |
    And no side effects

  Scenario: [43] A quantified relationship among others
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A)-[p]->(b)-[q]->{1,2}(c)
      RETURN c.n AS n, size(q) AS s
      """
    Then the result should be, in any order:
      | n | s |
      | 3 | 1 |
      | 4 | 2 |
    And no side effects

  Scenario: [44] A pattern as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a)
      WHERE (a)-->{2}(:D)
      RETURN a.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [45] A pattern comprehension
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH (a:A)
      RETURN [(a)-[r]->+(b) WHERE b.n > 2 | b.n] AS ns
      """
    Then the result should be, in any order:
      | ns     |
      | [3, 4] |
    And no side effects

  Scenario: [46] A whole pattern in parentheses
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(d)
      """
    When executing query:
      """
      MATCH ((a:A)-->(b) WHERE b.n = 2)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [47] No relationship is taken twice
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))+ (b)
      RETURN [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | ws        |
      | [1]       |
      | [1, 2]    |
      | [1, 2, 3] |
    And no side effects

  Scenario: [48] A round that cannot be closed without taking one twice
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-->(y)-->(z)){2} (b)
      RETURN b
      """
    Then the result should be empty
    And no side effects

  Scenario: [49] Relationships of the whole clause differ
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A)-[p]->(b) ((x)-[r]->(y))+ (c)
      RETURN p.w AS p, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | p | ws     |
      | 1 | [2]    |
      | 1 | [2, 3] |
    And no side effects

  Scenario: [50] Relationships of another pattern of the clause differ
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))+ (b), (c:C)-[q]->(d)
      RETURN [i IN r | i.w] AS ws, q.w AS q
      """
    Then the result should be, in any order:
      | ws     | q |
      | [1]    | 3 |
      | [1, 2] | 3 |
    And no side effects

  Scenario: [51] Two repeated parts of a clause share no relationship
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))+ (b) ((u)-[s]->(v))+ (c)
      RETURN [i IN r | i.w] AS r, [i IN s | i.w] AS s
      """
    Then the result should be, in any order:
      | r      | s      |
      | [1]    | [2]    |
      | [1]    | [2, 3] |
      | [1, 2] | [3]    |
    And no side effects

  Scenario: [52] Relationships of different clauses may be the same
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A)-[p]->(b)
      MATCH (a) ((x)-[r]->(y)){1} (c)
      RETURN p.w AS p, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | p | ws  |
      | 1 | [1] |
    And no side effects

  Scenario: [53] The same node at both ends
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))+ (a)
      RETURN [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | ws        |
      | [1, 2, 3] |
    And no side effects

  Scenario: [54] The same node twice in a round
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a) ((x)-->(y)-->(z)-->(x))+ (a)
      RETURN a.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [55] Either direction, no relationship twice
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]-(y)){2} (b)
      RETURN b.n AS n, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | n | ws     |
      | 3 | [1, 2] |
      | 2 | [3, 2] |
    And no side effects

  Scenario: [56] A loop counts once
    Given an empty graph
    And having executed:
      """
      CREATE (a)-[:R]->(a)
      """
    When executing query:
      """
      MATCH (a) ((x)-[r]-(y))+ (b)
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 1 |
    And no side effects

  Scenario: [57] Parallel relationships give a path each
    Given an empty graph
    And having executed:
      """
      CREATE (a:A), (b:B), (c:C)
      CREATE (a)-[:R]->(b), (a)-[:R]->(b), (b)-[:R]->(c), (b)-[:R]->(c)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y)){2} (b:C)
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 4 |
    And no side effects

  Scenario: [58] Rounds that alternate in direction
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1})-[:R]->({n: 2})<-[:R]-({n: 3})-[:R]->({n: 4})<-[:R]-({n: 5})
      """
    When executing query:
      """
      MATCH (a:A) ((x)-->()<--(y))+ (b)
      RETURN b.n AS n, [i IN x | i.n] AS xs
      """
    Then the result should be, in any order:
      | n | xs     |
      | 3 | [1]    |
      | 5 | [1, 3] |
    And no side effects

  Scenario: [59] Types told apart within a round
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1})-[:R]->({n: 2})-[:S]->({n: 3})-[:R]->({n: 4})-[:S]->({n: 5})-[:S]->({n: 6})
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[:R]->()-[:S]->(y))+ (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 5 |
    And no side effects

  Scenario: [60] Written by the same statement
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3})
      CREATE (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH (a:A) ((x)-[r]->(y))+ (b)
      SET b.seen = size(r)
      RETURN b.n AS n, b.seen AS seen
      """
    Then the result should be, in any order:
      | n | seen |
      | 2 | 1    |
      | 3 | 2    |
      | 1 | 3    |
    And the side effects should be:
      | +properties | 3 |

  Scenario: [61] Fail without a relationship inside
    Given any graph
    When executing query:
      """
      MATCH ((a)){2}
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [62] Fail on a variable inside and outside
    Given any graph
    When executing query:
      """
      MATCH (x) ((x)-->(y))+ (b)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [63] Fail on a variable of an earlier clause inside
    Given any graph
    When executing query:
      """
      MATCH (x)
      MATCH (a) ((x)-->(y))+ (b)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [64] Fail on a variable in two parts
    Given any graph
    When executing query:
      """
      MATCH (a) ((x)-->(y))+ (b) ((x)-->(z))+ (c)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [65] Fail on a list of nodes as a node
    Given any graph
    When executing query:
      """
      MATCH (a) ((x)-->(y))+ (b), (x)-->(c)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableTypeConflict

  Scenario: [66] Fail on a variable of the same clause in a condition inside
    Given any graph
    When executing query:
      """
      MATCH (a) ((x)-->(y) WHERE x.n = a.n)+ (b)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [67] Fail on bounds the wrong way round
    Given any graph
    When executing query:
      """
      MATCH (a) ((x)-->(y)){3,1} (b)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [68] Fail on a quantifier and a star
    Given any graph
    When executing query:
      """
      MATCH (a)-[*]->+(b)
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: InvalidRelationshipPattern

  Scenario: [69] Fail without a quantifier
    Given any graph
    When executing query:
      """
      MATCH (a)-->(b) ((x)-->(y)) (c)
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [70] Fail to create a repeated part
    Given any graph
    When executing query:
      """
      CREATE (a) ((x)-[:R]->(y)){2} (b)
      """
    Then a SyntaxError should be raised at compile time: CreatingVarLength

  Scenario: [71] Fail to create a quantified relationship
    Given any graph
    When executing query:
      """
      CREATE (a)-[:R]->{2}(b)
      """
    Then a SyntaxError should be raised at compile time: CreatingVarLength

  Scenario: [72] Fail to merge a quantified relationship
    Given any graph
    When executing query:
      """
      MERGE (a)-[:R]->{2}(b)
      """
    Then a SyntaxError should be raised at compile time: CreatingVarLength

  Scenario: [73] Fail on two nodes in a row
    Given any graph
    When executing query:
      """
      MATCH (a) (b)
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
