#encoding: utf-8

Feature: LabelExpressions - Labels and types joined by operators

  Scenario: [1] Either in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:A|B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [2] Both in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:A&B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [3] Not in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:!A)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 4 |
    And no side effects

  Scenario: [4] Some label in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:%)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [5] No label in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:!%)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
    And no side effects

  Scenario: [6] And before or in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:!A&!B|A&B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [7] Parentheses in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:(A|B)&!(A&B))
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [8] Twice not in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:!!A)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [9] Colons as and in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x:A:B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [10] With IS in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x IS A|B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [11] With IS and not in a node pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x IS !A)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 4 |
    And no side effects

  Scenario: [12] Either as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      WHERE x:A|B
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [13] IS as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      WHERE x IS A
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [14] IS LABELED as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      WHERE x IS LABELED A
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [15] IS NOT LABELED as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      WHERE x IS NOT LABELED A|B
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
    And no side effects

  Scenario: [16] Not as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      WHERE NOT x:A
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 4 |
    And no side effects

  Scenario: [17] In parentheses as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      WHERE (x:A) AND NOT (x:B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [18] Of null
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      OPTIONAL MATCH (n:Nothing)
      RETURN n:A AS a, n IS NOT LABELED A AS b
      """
    Then the result should be, in any order:
      | a    | b    |
      | null | null |
    And no side effects

  Scenario: [19] As a value
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      RETURN x.n AS n, x:A&B AS both
      """
    Then the result should be, in any order:
      | n | both  |
      | 1 | false |
      | 2 | false |
      | 3 | true  |
      | 4 | false |
    And no side effects

  Scenario: [20] In a comprehension the bar ends the condition
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:B {n: 2}), (:A:B {n: 3}), ({n: 4})
      """
    When executing query:
      """
      MATCH (x)
      WITH collect(x) AS xs
      RETURN size([x IN xs WHERE x:A | x.n]) AS s
      """
    Then the result should be, in any order:
      | s |
      | 2 |
    And no side effects

  Scenario: [21] Types: either
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ()-[r:R|S]->()
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [22] Types: not
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ()-[r:!R]->()
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [23] Types: neither
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ()-[r:!(R|S)]->()
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 3 |
    And no side effects

  Scenario: [24] Types: both, which none has
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ()-[r:R&S]->()
      RETURN r
      """
    Then the result should be empty
    And no side effects

  Scenario: [25] Types: any
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ()-[r:%]->()
      RETURN count(r) AS c
      """
    Then the result should be, in any order:
      | c |
      | 3 |
    And no side effects

  Scenario: [26] Types of variable length
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ({n: 1})-[r:!R*1..2]->()
      RETURN [x IN r | x.w] AS ws
      """
    Then the result should be, in any order:
      | ws  |
      | [2] |
      | [3] |
    And no side effects

  Scenario: [27] Types of a quantified relationship
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ({n: 1})-[r:!R&!S]->+()
      RETURN [x IN r | x.w] AS ws
      """
    Then the result should be, in any order:
      | ws  |
      | [3] |
    And no side effects

  Scenario: [28] Types as a predicate
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 1}), (b {n: 2})
      CREATE (a)-[:R {w: 1}]->(b), (a)-[:S {w: 2}]->(b), (a)-[:T {w: 3}]->(b)
      """
    When executing query:
      """
      MATCH ()-[r]->()
      WHERE r:R|T
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [29] Fail to create a node with a choice
    Given any graph
    When executing query:
      """
      CREATE (:A|B)
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [30] Fail to create a relationship with a negation
    Given any graph
    When executing query:
      """
      CREATE ()-[:!A]->()
      """
    Then a SyntaxError should be raised at compile time: NoSingleRelationshipType

  Scenario: [31] Create with an ampersand
    Given any graph
    When executing query:
      """
      CREATE (n:A&B)
      RETURN labels(n) AS l
      """
    Then the result should be, in any order:
      | l          |
      | ['A', 'B'] |
    And the side effects should be:
      | +nodes  | 1 |
      | +labels | 2 |
