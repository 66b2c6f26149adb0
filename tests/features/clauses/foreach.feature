#encoding: utf-8

Feature: Foreach - Writing for each element of a list

  Scenario: [1] Create for each
    Given any graph
    When executing query:
      """
      FOREACH (i IN [1, 2, 3] | CREATE (:T {i: i}))
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 3 |

  Scenario: [2] Several clauses
    Given any graph
    When executing query:
      """
      FOREACH (i IN [1, 2] | CREATE (t:T) SET t.i = i)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: [3] One inside of another
    Given any graph
    When executing query:
      """
      FOREACH (i IN [1, 2] | FOREACH (j IN [1, 2] | CREATE (:T {n: i * j})))
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 4 |
      | +labels     | 1 |
      | +properties | 4 |

  Scenario: [4] Nodes of a path
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R]->(:B)
      """
    When executing query:
      """
      MATCH p = (:A)-->(:B)
      FOREACH (n IN nodes(p) | SET n.marked = true)
      """
    Then the result should be empty
    And the side effects should be:
      | +properties | 2 |

  Scenario: [5] For each row
    Given any graph
    When executing query:
      """
      UNWIND [[1], [2, 3], []] AS l
      FOREACH (i IN l | CREATE (:T {i: i}))
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 3 |
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 3 |

  Scenario: [6] The variable ends with it
    Given any graph
    When executing query:
      """
      FOREACH (i IN [1] | CREATE (:T))
      WITH 1 AS x
      RETURN i
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [7] A null list is none
    Given any graph
    When executing query:
      """
      WITH null AS l
      FOREACH (i IN l | CREATE (:T))
      """
    Then the result should be empty
    And no side effects

  Scenario: [8] MERGE inside
    Given any graph
    When executing query:
      """
      FOREACH (i IN [1, 1, 2] | MERGE (:T {i: i}))
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: [9] DELETE inside
    Given an empty graph
    And having executed:
      """
      CREATE (:T), (:T)
      """
    When executing query:
      """
      MATCH (n:T)
      WITH collect(n) AS ns
      FOREACH (n IN ns | DELETE n)
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes  | 2 |
      | -labels | 1 |

  Scenario: [10] Fail to read inside
    Given any graph
    When executing query:
      """
      FOREACH (i IN [1] | MATCH (n) SET n.i = i)
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: [11] Fail to return inside
    Given any graph
    When executing query:
      """
      FOREACH (i IN [1] | RETURN i)
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: [12] Fail on what is no list
    Given any graph
    When executing query:
      """
      FOREACH (i IN 1 | CREATE ())
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType
