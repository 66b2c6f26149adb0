#encoding: utf-8

Feature: MatchModes - Whether a relationship may be matched twice

  Scenario: [1] Two patterns take different relationships
    Given an empty graph
    And having executed:
      """
      CREATE (:N)-[:R]->(:N)
      """
    When executing query:
      """
      MATCH ()-[r:R]->(), ()-[s:R]->()
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 0 |
    And no side effects

  Scenario: [2] DIFFERENT RELATIONSHIPS says so
    Given an empty graph
    And having executed:
      """
      CREATE (:N)-[:R]->(:N)
      """
    When executing query:
      """
      MATCH DIFFERENT RELATIONSHIPS ()-[r:R]->(), ()-[s:R]->()
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 0 |
    And no side effects

  Scenario: [3] REPEATABLE ELEMENTS lets them be the same
    Given an empty graph
    And having executed:
      """
      CREATE (:N)-[:R]->(:N)-[:R]->(:N)
      """
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS ()-[r:R]->(), ()-[s:R]->()
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 4 |
    And no side effects

  Scenario: [4] Walking there and back
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(c:N {n: 3}), (b)-[:R]->(a)
      """
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (a {n: 3})<-[r]-(b)-[s]->(c)
      RETURN c.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 1 |
    And no side effects

  Scenario: [5] A repeated relationship comes by again
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(c:N {n: 3}), (b)-[:R]->(a)
      """
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (a {n: 1})-[r:R]->{3,4}(b)
      RETURN b.n AS n, size(r) AS size
      """
    Then the result should be, in any order:
      | n | size |
      | 2 | 3    |
      | 1 | 4    |
      | 3 | 4    |
    And no side effects

  Scenario: [6] A repeated part comes by again
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(c:N {n: 3}), (b)-[:R]->(a)
      """
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (a {n: 1}) ((x)-[:R]->(y)-[:R]->(z)){2} (b)
      RETURN b.n AS n, [e IN y | e.n] AS y
      """
    Then the result should be, in any order:
      | n | y      |
      | 1 | [2, 2] |
      | 3 | [2, 2] |
    And no side effects

  Scenario: [7] A relationship of variable length comes by again
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(c:N {n: 3}), (b)-[:R]->(a)
      """
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = (a {n: 1})-[:R*3..3]->(b)
      RETURN [e IN nodes(p) | e.n] AS nodes
      """
    Then the result should be, in any order:
      | nodes        |
      | [1, 2, 1, 2] |
    And no side effects

  Scenario: [8] Without an upper bound it could go on for ever
    Given an empty graph
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (a)-[:R]->+(b)
      RETURN b
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
    And no side effects

  Scenario: [9] The selected paths are bounded
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(c:N {n: 3}), (b)-[:R]->(a)
      """
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = SHORTEST 2 (a {n: 1})-[:R]->+(b {n: 2})
      RETURN length(p) AS length
      """
    Then the result should be, in any order:
      | length |
      | 1      |
      | 3      |
    And no side effects

  Scenario: [10] OPTIONAL MATCH has modes too
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(c:N {n: 3}), (b)-[:R]->(a)
      """
    When executing query:
      """
      MATCH (a {n: 3})
      OPTIONAL MATCH REPEATABLE ELEMENTS (a)<-[r]-(b)-[s]->(c)
      RETURN count(c) AS c
      """
    Then the result should be, in any order:
      | c |
      | 2 |
    And no side effects

  Scenario: [11] REPEATABLE may name a path
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(c:N {n: 3}), (b)-[:R]->(a)
      """
    When executing query:
      """
      MATCH repeatable = (a {n: 1})-[r]->(b)
      RETURN length(repeatable) AS length
      """
    Then the result should be, in any order:
      | length |
      | 1      |
    And no side effects

  Scenario: [12] Separate clauses never had the rule
    Given an empty graph
    And having executed:
      """
      CREATE (:N)-[:R]->(:N)
      """
    When executing query:
      """
      MATCH (a)-[r:R]->(b)
      MATCH (a)-[s:R]->(b)
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 1 |
    And no side effects

  Scenario: [13] Cycles may use one relationship twice
    Given an empty graph
    And having executed:
      """
      CREATE (a:N)-[:R]->(b:N), (a)-[:R]->(b)
      """
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (a)-[r:R]->(b), (a)-[s:R]->(b)
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 4 |
    And no side effects
