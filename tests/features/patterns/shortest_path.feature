#encoding: utf-8

Feature: ShortestPath - shortestPath() and allShortestPaths()

  Scenario: [1] The shortest path between two nodes
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      MATCH p = shortestPath((a)-[:R*]->(d))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [2] In one clause with its ends
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[*]->(d:D))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 1 |
    And no side effects

  Scenario: [3] All shortest paths
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = allShortestPaths((a:A)-[:R*]->(d:D))
      RETURN [n IN nodes(p) | n.n] AS ns
      """
    Then the result should be, in any order:
      | ns        |
      | [1, 2, 4] |
      | [1, 3, 4] |
    And no side effects

  Scenario: [4] In either direction
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (b:B), (c:C)
      MATCH p = shortestPath((b)-[:R*]-(c))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [5] Against the direction
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((d:D)<-[:R*]-(a:A))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [6] An upper bound that is too small
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[:R*..1]->(d:D))
      RETURN p
      """
    Then the result should be empty
    And no side effects

  Scenario: [7] An upper bound that is met
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[:R*..2]->(d:D))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [8] From no relationship on
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A)
      MATCH p = shortestPath((a)-[*0..]->(a))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 0 |
    And no side effects

  Scenario: [9] A single relationship
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[:S]->(d:D))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 1 |
    And no side effects

  Scenario: [10] Unreachable
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      OPTIONAL MATCH p = shortestPath((d)-[*]->(a))
      RETURN p
      """
    Then the result should be, in any order:
      | p    |
      | null |
    And no side effects

  Scenario: [11] Relationships by name
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH shortestPath((a:A)-[r:R*]->(b:B))
      RETURN [x IN r | x.w] AS ws
      """
    Then the result should be, in any order:
      | ws  |
      | [1] |
    And no side effects

  Scenario: [12] A condition on each relationship
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      MATCH p = shortestPath((a)-[r* WHERE r.w < 5]->(d))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [13] The shortest path that a condition holds for
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[*]->(d:D))
      WHERE length(p) > 1
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [14] A condition on all relationships of the path
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[*]->(d:D))
      WHERE all(r IN relationships(p) WHERE type(r) = 'R')
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [15] A condition on the nodes of the path
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[*]->(d:D))
      WHERE any(n IN nodes(p) WHERE n:C)
      RETURN [n IN nodes(p) | n.n] AS ns
      """
    Then the result should be, in any order:
      | ns        |
      | [1, 3, 4] |
    And no side effects

  Scenario: [16] All shortest paths that a condition holds for
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = allShortestPaths((a:A)-[*]->(d:D))
      WHERE length(p) >= 2
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [17] As a value
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      RETURN length(shortestPath((a)-[:R*]->(d))) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [18] As a value, where there is none
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      RETURN shortestPath((d)-[*]->(a)) AS p
      """
    Then the result should be, in any order:
      | p    |
      | null |
    And no side effects

  Scenario: [19] All of them as a list
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A), (d:D)
      RETURN size(allShortestPaths((a)-[:R*]->(d))) AS s
      """
    Then the result should be, in any order:
      | s |
      | 2 |
    And no side effects

  Scenario: [20] As a condition
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a), (d:D)
      WHERE a <> d AND shortestPath((a)-[:R*..1]->(d)) IS NOT NULL
      RETURN a.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [21] To every node
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH (a:A)
      MATCH p = shortestPath((a)-[:R*]->(b))
      RETURN b.n AS n, length(p) AS l
      """
    Then the result should be, in any order:
      | n | l |
      | 2 | 1 |
      | 3 | 1 |
      | 4 | 2 |
    And no side effects

  Scenario: [22] A lower bound of two
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a:A)-[*2..]->(d:D))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l |
      | 2 |
    And no side effects

  Scenario: [23] Fail on more than one relationship
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a)-[*]->(b)-->(c))
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [24] Fail on no relationship
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (b:B {n: 2}), (c:C {n: 3}), (d:D {n: 4})
      CREATE (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d), (a)-[:S {w: 5}]->(d), (b)-[:S {w: 6}]->(c)
      """
    When executing query:
      """
      MATCH p = shortestPath((a))
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [25] A long chain
    Given an empty graph
    And having executed:
      """
      UNWIND range(0, 300) AS i CREATE (:N {n: i})
      WITH count(*) AS c
      MATCH (x:N), (y:N) WHERE x.n + 1 = y.n CREATE (x)-[:NEXT]->(y)
      """
    When executing query:
      """
      MATCH (a {n: 0}), (b {n: 300})
      MATCH p = shortestPath((a)-[*]-(b))
      RETURN length(p) AS l
      """
    Then the result should be, in any order:
      | l   |
      | 300 |
    And no side effects
