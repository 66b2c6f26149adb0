#encoding: utf-8

Feature: ComputedLabels - Labels, types and keys that are expressions

  Scenario: [1] A label that a variable gives
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2})
      """
    When executing query:
      """
      WITH 'B' AS label
      MATCH (n:$(label))
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [2] A label that a parameter gives
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2})
      """
    And parameters are:
      | label | 'A' |
    When executing query:
      """
      MATCH (n:$($label))
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [3] A list stands for all of its labels
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:A:B {n: 2})
      """
    When executing query:
      """
      MATCH (n:$(['A', 'B']))
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [4] $all says so
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:A:B {n: 2})
      """
    When executing query:
      """
      MATCH (n:$all(['A', 'B']))
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [5] $any asks for one of them
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:C {n: 3})
      """
    When executing query:
      """
      MATCH (n:$any(['A', 'B']))
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [6] Joined with other labels
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:A:B {n: 2}), (:B:C {n: 3})
      """
    When executing query:
      """
      WITH 'B' AS label
      MATCH (n:A&!$(label)|C)
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [7] A plain label beside a computed one
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:A:B {n: 2}), (:B {n: 3})
      """
    When executing query:
      """
      WITH 'B' AS label
      MATCH (n:A:$(label))
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [8] Different for each row
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2})
      """
    When executing query:
      """
      UNWIND ['A', 'B', 'A'] AS label
      MATCH (n:$(label))
      RETURN label, n.n AS n
      """
    Then the result should be, in any order:
      | label | n |
      | 'A'   | 1 |
      | 'A'   | 1 |
      | 'B'   | 2 |
    And no side effects

  Scenario: [9] A type that is computed
    Given an empty graph
    And having executed:
      """
      CREATE (a:A)-[:R {n: 1}]->(), (a)-[:S {n: 2}]->()
      """
    When executing query:
      """
      WITH 'S' AS type
      MATCH ()-[r:$(type)]->()
      RETURN r.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [10] Any of some types
    Given an empty graph
    And having executed:
      """
      CREATE (a:A)-[:R {n: 1}]->(), (a)-[:S {n: 2}]->(), (a)-[:T {n: 3}]->()
      """
    When executing query:
      """
      MATCH ()-[r:$any(['R', 'T'])]->()
      RETURN r.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [11] A computed type of repeated relationships
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1})-[:R]->({n: 2})-[:R]->({n: 3})-[:S]->({n: 4})
      """
    When executing query:
      """
      WITH 'R' AS type
      MATCH (:A)-[:$(type)]->+(b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [12] As a condition
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2})
      """
    When executing query:
      """
      MATCH (n)
      WHERE n:$('B')
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [13] Of what an expression counts
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2})
      """
    When executing query:
      """
      UNWIND ['A', 'C'] AS label
      RETURN label, COUNT { (n:$(label)) } AS c
      """
    Then the result should be, in any order:
      | label | c |
      | 'A'   | 1 |
      | 'C'   | 0 |
    And no side effects

  Scenario: [14] CREATE with computed labels and type
    Given an empty graph
    When executing query:
      """
      WITH ['A', 'B'] AS labels, 'R' AS type
      CREATE (n:$(labels):C)-[r:$(type)]->(m:$('D'))
      RETURN n:A AND n:B AND n:C AS n, type(r) AS type, labels(m) AS m
      """
    Then the result should be, in any order:
      | n    | type | m     |
      | true | 'R'  | ['D'] |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 4 |

  Scenario: [15] MERGE with a computed label
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1})
      """
    When executing query:
      """
      UNWIND ['A', 'B'] AS label
      MERGE (n:$(label) {n: 1})
      RETURN labels(n) AS labels
      """
    Then the result should be, in any order:
      | labels |
      | ['A']  |
      | ['B']  |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 1 |
      | +properties | 1 |

  Scenario: [16] SET and REMOVE of computed labels
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {n: 1})
      """
    When executing query:
      """
      MATCH (n:A)
      SET n:$('C')
      REMOVE n:$(['A', 'B'])
      RETURN labels(n) AS labels
      """
    Then the result should be, in any order:
      | labels |
      | ['C']  |
    And the side effects should be:
      | +labels | 1 |
      | -labels | 2 |

  Scenario: [17] SET of a computed key
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1})
      """
    When executing query:
      """
      MATCH (n:A)
      UNWIND ['x', 'y'] AS key
      SET n[key] = key + n.n
      RETURN DISTINCT n.x AS x, n.y AS y
      """
    Then the result should be, in any order:
      | x    | y    |
      | 'x1' | 'y1' |
    And the side effects should be:
      | +properties | 2 |

  Scenario: [18] SET of a computed key of a relationship
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R {n: 1}]->()
      """
    And parameters are:
      | key | 'n' |
    When executing query:
      """
      MATCH ()-[r:R]->()
      SET r[$key] = 2
      RETURN r.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And the side effects should be:
      | +properties | 1 |
      | -properties | 1 |

  Scenario: [19] REMOVE of a computed key
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1, m: 2})
      """
    When executing query:
      """
      MATCH (a:A)
      REMOVE a['n']
      RETURN keys(a) AS keys
      """
    Then the result should be, in any order:
      | keys  |
      | ['m'] |
    And the side effects should be:
      | -properties | 1 |

  Scenario: [20] A label that is no text
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    And parameters are:
      | label | 1 |
    When executing query:
      """
      MATCH (n:$($label))
      RETURN n
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType
    And no side effects

  Scenario: [21] A label that is null
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    When executing query:
      """
      UNWIND [null] AS label
      CREATE (n:$(label))
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType
    And no side effects

  Scenario: [22] A relationship has one type
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    When executing query:
      """
      MATCH (a:A)
      CREATE (a)-[:$(['R', 'S'])]->()
      """
    Then a ArgumentError should be raised at runtime: NoSingleRelationshipType
    And no side effects

  Scenario: [23] What is set is not one of several
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    When executing query:
      """
      MATCH (a:A)
      SET a:$any(['R', 'S'])
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
    And no side effects

  Scenario: [24] A key that is no text
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    And parameters are:
      | key | 1 |
    When executing query:
      """
      MATCH (a:A)
      SET a[$key] = 1
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType
    And no side effects
