#encoding: utf-8

Feature: Next - Queries that go on from the rows of the one before

  Scenario: [1] The columns are the variables of the next query
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})
      """
    When executing query:
      """
      MATCH (a:N {n: 1})
      RETURN a
      NEXT
      MATCH (a)-[:R]->(b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [2] Aggregates see all rows
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 4) AS i CREATE (:N {n: i})
      """
    When executing query:
      """
      MATCH (a:N)
      RETURN a.n AS n
      NEXT
      RETURN sum(n) AS sum
      """
    Then the result should be, in any order:
      | sum |
      | 10  |
    And no side effects

  Scenario: [3] Several
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 4) AS i CREATE (:N {n: i})
      """
    When executing query:
      """
      MATCH (a:N)
      RETURN a.n AS n
      NEXT
      FILTER n > 2
      RETURN n * 2 AS m
      NEXT
      RETURN max(m) AS max
      """
    Then the result should be, in any order:
      | max |
      | 8   |
    And no side effects

  Scenario: [4] After a UNION
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x UNION RETURN 2 AS x
      NEXT
      RETURN sum(x) AS sum
      """
    Then the result should be, in any order:
      | sum |
      | 3   |
    And no side effects

  Scenario: [5] Before a UNION
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x
      RETURN x
      NEXT
      RETURN x AS y UNION ALL RETURN x * 10 AS y
      """
    Then the result should be, in any order:
      | y  |
      | 1  |
      | 2  |
      | 10 |
      | 20 |
    And no side effects

  Scenario: [6] After a query that writes
    Given an empty graph
    When executing query:
      """
      CREATE (n:N {n: 1})
      RETURN n
      NEXT
      RETURN n.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 1 |
      | +properties | 1 |

  Scenario: [7] In a subquery
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x
      CALL (x) {
        RETURN x * 2 AS y
        NEXT
        RETURN y + 1 AS z
      }
      RETURN x, z
      """
    Then the result should be, in any order:
      | x | z |
      | 1 | 3 |
      | 2 | 5 |
    And no side effects

  Scenario: [8] Only the columns go on
    Given an empty graph
    When executing query:
      """
      WITH 1 AS a, 2 AS b
      RETURN b
      NEXT
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable
    And no side effects

  Scenario: [9] A UNION would write for each of its parts
    Given an empty graph
    When executing query:
      """
      CREATE (n:N)
      RETURN n
      NEXT
      RETURN 1 AS x UNION RETURN 2 AS x
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition
    And no side effects
