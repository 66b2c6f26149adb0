#encoding: utf-8

Feature: PathSelectors - Some of the paths between two nodes

  Scenario: [1] One shortest path of each pair of ends
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-[:R]->+(b)
      RETURN b.n AS n, length(p) AS l
      """
    Then the result should be, in any order:
      | n | l |
      | 2 | 1 |
      | 3 | 1 |
      | 4 | 2 |
    And no side effects

  Scenario: [2] SHORTEST alone is SHORTEST 1
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST (a:A)-->+(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 1 |
    And no side effects

  Scenario: [3] ANY SHORTEST
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = ANY SHORTEST (a:A)-[:R]->+(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [4] ALL SHORTEST
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = ALL SHORTEST (a:A)-[:R]->+(d:D)
      RETURN [n IN nodes(p) | n.n] AS ns
      """
    Then the result should be, in any order:
      | ns        |
      | [1, 2, 4] |
      | [1, 3, 4] |
    And no side effects

  Scenario: [5] The k shortest, in which a tie is broken somehow
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 2 (a:A)-->+(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [6] The k shortest when there are fewer
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 10 (a:A)-->+(d:D)
      RETURN length(p) AS l, [r IN relationships(p) | r.w] AS ws
      """
    Then the result should be, in any order:
      | l | ws        |
      | 1 | [5]       |
      | 2 | [1, 2]    |
      | 2 | [3, 4]    |
      | 3 | [1, 6, 4] |
    And no side effects

  Scenario: [7] The k shortest lengths
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 2 GROUPS (a:A)-->+(d:D)
      RETURN [r IN relationships(p) | r.w] AS ws
      """
    Then the result should be, in any order:
      | ws     |
      | [5]    |
      | [1, 2] |
      | [3, 4] |
    And no side effects

  Scenario: [8] GROUP and PATH in the singular
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 PATH GROUP (a:A)-[:R]->+(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [9] ANY path
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = ANY (a:A)-[:R]->+(b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [10] ANY k paths
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = ANY 2 PATHS (a:A)-[:R]->+(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [11] ALL PATHS selects nothing
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = ALL PATHS (a:A)-[:R]->+(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [12] No path, no row
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:D)-->+(b)
      RETURN p
      """
    Then the result should be empty
    And no side effects

  Scenario: [13] A path without relationships
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:D)-->*(b)
      RETURN length(p) AS l, b.n AS n
      """
    Then the result should be, in any order:
      | l | n |
      | 0 | 4 |
    And no side effects

  Scenario: [14] The shortest is chosen for each pair of ends
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a)-[:R]->+(b)
      RETURN a.n AS a, b.n AS b, length(p) AS l
      """
    Then the result should be, in any order:
      | a | b | l |
      | 1 | 2 | 1 |
      | 1 | 3 | 1 |
      | 1 | 4 | 2 |
      | 2 | 4 | 1 |
      | 3 | 4 | 1 |
    And no side effects

  Scenario: [15] A condition on a relationship holds before a path is selected
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-[r WHERE r.w < 5]->+(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [16] A condition in parentheses holds before a path is selected
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 ((a:A)-[r]->+(d:D) WHERE size(r) > 2)
      RETURN [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | ws        |
      | [1, 6, 4] |
    And no side effects

  Scenario: [17] WHERE of the clause holds after a path is selected
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-->+(d:D)
      WHERE length(p) > 1
      RETURN p
      """
    Then the result should be empty
    And no side effects

  Scenario: [18] A repeated part
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A) ((x)-[r:R]->(y) WHERE y.n <> 2)+ (d:D)
      RETURN [i IN x | i.n] AS xs, [i IN y | i.n] AS ys
      """
    Then the result should be, in any order:
      | xs     | ys     |
      | [1, 3] | [3, 4] |
    And no side effects

  Scenario: [19] A path of several parts
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-[s]->(m:B)-[r]->+(d:D)
      RETURN m.n AS m, s.w AS s, [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | m | s | ws  |
      | 2 | 1 | [2] |
    And no side effects

  Scenario: [20] All of several parts
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = ALL SHORTEST (a:A)-[:R]->+(m)-[:R]->+(d:D)
      RETURN m.n AS m, length(p) AS l
      """
    Then the result should be, in any order:
      | m | l |
      | 2 | 2 |
      | 3 | 2 |
    And no side effects

  Scenario: [21] A condition on a node in the middle
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-->+(m:C)-->+(d:D)
      RETURN [n IN nodes(p) | n.n] AS ns
      """
    Then the result should be, in any order:
      | ns        |
      | [1, 3, 4] |
    And no side effects

  Scenario: [22] A condition over two parts
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-[r]->+(m WHERE m.n = a.n + 1)-[s]->+(d:D)
      RETURN m.n AS m, length(p) AS l
      """
    Then the result should be, in any order:
      | m | l |
      | 2 | 2 |
    And no side effects

  Scenario: [23] A fixed part at the end
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-->*(m)-[:R]->(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [24] A fixed path
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = ANY (a:A)-->()-->(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [25] Ends that are known
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      MATCH p = ALL SHORTEST (a)-[:R]-+(d)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [26] The far end known
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (d:D)
      MATCH p = SHORTEST 1 (a)-[:R]->+(d)
      RETURN a.n AS n, [x IN nodes(p) | x.n][0] AS first
      """
    Then the result should be, in any order:
      | n | first |
      | 1 | 1     |
      | 2 | 2     |
      | 3 | 3     |
    And no side effects

  Scenario: [27] A lower bound makes it longer
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-[r]->{3,}(d:D)
      RETURN [i IN r | i.w] AS ws
      """
    Then the result should be, in any order:
      | ws        |
      | [1, 6, 4] |
    And no side effects

  Scenario: [28] An upper bound
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 5 (a:A)-->{1,2}(d:D)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 1 |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [29] Rounds of two relationships
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A) ((x)-[:R]->()-[:R]->(y))+ (b)
      RETURN length(p) AS l, b.n AS n
      """
    Then the result should be, in any order:
      | l | n |
      | 2 | 4 |
    And no side effects

  Scenario: [30] Back to where it began
    Given an empty graph
    And having executed:
      """
      CREATE (a:A), (b), (c), (a)-[:R {w: 1}]->(b)-[:R {w: 2}]->(c)-[:R {w: 3}]->(a)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-->+(a)
      RETURN [r IN relationships(p) | r.w] AS ws
      """
    Then the result should be, in any order:
      | ws        |
      | [1, 2, 3] |
    And no side effects

  Scenario: [31] Back to where it began takes no relationship twice
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R]->()
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-[]-+(a)
      RETURN p
      """
    Then the result should be empty
    And no side effects

  Scenario: [32] A shortest walk that would take a relationship twice is no path
    Given an empty graph
    And having executed:
      """
      CREATE (a:A)-[:R]->(b:B), (a)-[:R]->(c)-[:R]->(d)-[:R]->(e)-[:R]->(b)
      """
    When executing query:
      """
      MATCH p = SHORTEST 1 (a:A)-[]-{3,}(b:B)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 4 |
    And no side effects

  Scenario: [33] Both of a pair of parallel relationships
    Given an empty graph
    And having executed:
      """
      CREATE (a:A), (b:B), (a)-[:R]->(b), (a)-[:R]->(b)
      """
    When executing query:
      """
      MATCH p = ALL SHORTEST (a:A)-->+(b:B)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 1 |
      | 1 |
    And no side effects

  Scenario: [34] OPTIONAL MATCH of a selected path
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:D)
      OPTIONAL MATCH p = SHORTEST 1 (a)-[r]->+(b)
      RETURN p, r, b
      """
    Then the result should be, in any order:
      | p    | r    | b    |
      | null | null | null |
    And no side effects

  Scenario: [35] A selected path in a subquery
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a)
      RETURN a.n AS n, COUNT { SHORTEST 1 (a)-->+(b) } AS c
      """
    Then the result should be, in any order:
      | n | c |
      | 1 | 3 |
      | 2 | 2 |
      | 3 | 1 |
      | 4 | 0 |
    And no side effects

  Scenario: [36] A longer way around
    Given an empty graph
    And having executed:
      """
      CREATE (a:A), (b:B), (a)-[:R]->(b)
      WITH a, b
      CREATE (a)-[:R]->()-[:R]->()-[:R]->()-[:R]->()-[:R]->()-[:R]->()-[:R]->()-[:R]->()-[:R]->(b)
      """
    When executing query:
      """
      MATCH p = SHORTEST 2 (a:A)-->+(b:B)
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 1 |
      | 9 |
    And no side effects

  Scenario: [37] Fail on no paths at all
    Given any graph
    When executing query:
      """
      MATCH p = SHORTEST 0 (a)-->+(b)
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [38] Fail to create a selected path
    Given any graph
    When executing query:
      """
      CREATE p = SHORTEST 1 (a)-[:R]->(b)
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [39] Fail on a variable of an earlier clause in the middle
    Given any graph
    When executing query:
      """
      MATCH (m)
      MATCH p = SHORTEST 1 (a)-->+(m)-->+(b)
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound
