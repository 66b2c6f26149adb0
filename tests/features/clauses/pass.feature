#encoding: utf-8

Feature: Pass - LET, FILTER, FINISH and clauses that stand alone

  Scenario: [1] FILTER
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      MATCH (n:N)
      FILTER n.i > 3
      RETURN n.i AS i
      """
    Then the result should be, in any order:
      | i |
      | 4 |
      | 5 |
    And no side effects

  Scenario: [2] FILTER WHERE
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      UNWIND [1, 2, 3] AS x
      FILTER WHERE x <> 2
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [3] LET
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      MATCH (n:N {i: 2})
      LET double = n.i * 2, half = n.i / 2
      RETURN double, half
      """
    Then the result should be, in any order:
      | double | half |
      | 4      | 1    |
    And no side effects

  Scenario: [4] LET and FILTER keep all variables
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      UNWIND [1, 2] AS a
      UNWIND [10, 20] AS b
      LET c = a + b
      FILTER c > 20
      RETURN a, b, c
      """
    Then the result should be, in any order:
      | a | b  | c  |
      | 1 | 20 | 21 |
      | 2 | 20 | 22 |
    And no side effects

  Scenario: [5] LET at the beginning
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      LET x = 1
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And no side effects

  Scenario: [6] ORDER BY and LIMIT alone
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      MATCH (n:N)
      ORDER BY n.i DESC
      LIMIT 2
      RETURN n.i AS i
      """
    Then the result should be, in any order:
      | i |
      | 5 |
      | 4 |
    And no side effects

  Scenario: [7] SKIP and LIMIT alone
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      UNWIND [1, 2, 3, 4] AS x
      SKIP 1
      LIMIT 2
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [8] OFFSET
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      UNWIND [1, 2, 3, 4] AS x
      RETURN x
      ORDER BY x
      OFFSET 2
      """
    Then the result should be, in any order:
      | x |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [9] LIMIT between two clauses
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      MATCH (n:N)
      LIMIT 1
      MATCH (m:N)
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 5 |
    And no side effects

  Scenario: [10] FINISH
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      MATCH (n:N)
      SET n.j = 1
      FINISH
      """
    Then the result should be empty
    And the side effects should be:
      | +properties | 5 |

  Scenario: [11] FINISH after reading
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      MATCH (n:N)
      FINISH
      """
    Then the result should be empty
    And no side effects

  Scenario: [12] INSERT is CREATE
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      INSERT (:N&M {i: 6})-[:R]->(:N {i: 7})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 1 |
      | +properties    | 2 |

  Scenario: [13] NODETACH DELETE is DELETE
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      MATCH (n:N)
      NODETACH DELETE n
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes      | 5 |
      | -labels     | 1 |
      | -properties | 5 |

  Scenario: [14] Fail to define twice
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      LET x = 1
      LET x = 2
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: ColumnNameConflict

  Scenario: [15] Fail behind FINISH
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 5) AS i CREATE (:N {i: i})
      """
    When executing query:
      """
      FINISH
      RETURN 1 AS x
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition
