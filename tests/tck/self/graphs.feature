Feature: Verdicts on graphs and what queries do to them

  Scenario: nodes, relationships and paths are compared by what they hold
    Given an empty graph
    And having executed:
      """
      CREATE (:B:A {x: 1, y: 'z'})-[:T {w: 0.5}]->(:C)
      """
    When executing query:
      """
      MATCH p = (c:C)<-[r]-(n) RETURN n, r, c, p
      """
    Then the result should be, in any order:
      | n                      | r             | c    | p                                             |
      | (:A:B {y: 'z', x: 1}) | [:T {w: 0.5}] | (:C) | <(:C)<-[:T {w: 0.5}]-(:A:B {x: 1, y: 'z'})> |
    And no side effects

  Scenario: a path walked the other way => wrong rows
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:T]->(:C)
      """
    When executing query:
      """
      MATCH p = (:C)<--(:A) RETURN p
      """
    Then the result should be, in any order:
      | p                   |
      | <(:C)-[:T]->(:A)> |

  Scenario: a label missing => wrong rows
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B)
      """
    When executing query:
      """
      MATCH (n) RETURN n
      """
    Then the result should be, in any order:
      | n    |
      | (:A) |

  Scenario: each scenario has a graph of its own
    Given an empty graph
    When executing query:
      """
      MATCH (n) RETURN count(n) AS nodes
      """
    Then the result should be, in any order:
      | nodes |
      | 0     |

  Scenario: side effects are counted
    Given an empty graph
    When executing query:
      """
      CREATE (:A {x: 1, y: 2})-[:T {z: 3}]->(:A)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 1 |
      | +properties    | 3 |

  Scenario: a side effect too few => wrong side effects
    Given an empty graph
    When executing query:
      """
      CREATE (:A), (:A)
      """
    Then the side effects should be:
      | +nodes | 2 |

  Scenario: a side effect where none should be => got: +nodes 1
    Given an empty graph
    When executing query:
      """
      CREATE ()
      """
    Then no side effects

  Scenario: the control query sees what the query did
    Given an empty graph
    When executing query:
      """
      CREATE (:A {x: 1})
      """
    Then the result should be empty
    When executing control query:
      """
      MATCH (a:A) RETURN a.x AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And no side effects

  Scenario: setting up that fails => setting up failed
    Given an empty graph
    And having executed:
      """
      CREATE (
      """
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: a named graph
    Given the pair-of-nodes graph
    When executing query:
      """
      MATCH (a)-[r]->(b) RETURN a, r, b
      """
    Then the result should be, in any order:
      | a                | r    | b    |
      | (:A {name: ';'}) | [:T] | (:B) |

  Scenario: a named graph that is missing => there is no graph
    Given the atlantis graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be empty

  Scenario: a procedure answers from its table
    Given an empty graph
    And there exists a procedure test.size(name :: STRING?) :: (size :: INTEGER?):
      | name  | size |
      | 'ant' | 1    |
      | 'bee' | 2    |
      | 'ant' | 3    |
    When executing query:
      """
      CALL test.size('ant') YIELD size RETURN size
      """
    Then the result should be, in order:
      | size |
      | 1    |
      | 3    |
    And no side effects
