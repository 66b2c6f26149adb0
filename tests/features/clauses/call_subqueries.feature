#encoding: utf-8

Feature: CallSubqueries - CALL { }

  Scenario: [1] Without imports
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      CALL { MATCH (x:P) RETURN max(x.age) AS oldest }
      RETURN oldest
      """
    Then the result should be, in any order:
      | oldest |
      | 3      |
    And no side effects

  Scenario: [2] Once for each row
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      UNWIND [1, 2] AS i
      CALL { MATCH (x:P {name: 'a'}) RETURN x.age AS age }
      RETURN i, age
      """
    Then the result should be, in any order:
      | i | age |
      | 1 | 1   |
      | 2 | 1   |
    And no side effects

  Scenario: [3] An importing WITH
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      CALL { WITH x MATCH (x)-->(y) RETURN count(y) AS c }
      RETURN x.name AS n, c
      """
    Then the result should be, in any order:
      | n   | c |
      | 'a' | 2 |
      | 'b' | 1 |
      | 'c' | 0 |
    And no side effects

  Scenario: [4] A scope clause
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      CALL (x) { MATCH (x)-->(y) RETURN collect(y.age) AS ages }
      RETURN x.name AS n, size(ages) AS s
      """
    Then the result should be, in any order:
      | n   | s |
      | 'a' | 2 |
      | 'b' | 1 |
      | 'c' | 0 |
    And no side effects

  Scenario: [5] All variables
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      WITH 1 AS a, 2 AS b
      CALL (*) { RETURN a + b AS c }
      RETURN c
      """
    Then the result should be, in any order:
      | c |
      | 3 |
    And no side effects

  Scenario: [6] An empty scope clause
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      WITH 1 AS a
      CALL () { RETURN 2 AS b }
      RETURN a, b
      """
    Then the result should be, in any order:
      | a | b |
      | 1 | 2 |
    And no side effects

  Scenario: [7] Rows without a result are dropped
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      CALL (x) { MATCH (x)-->(y) RETURN y }
      RETURN x.name AS x, y.name AS y
      """
    Then the result should be, in any order:
      | x   | y   |
      | 'a' | 'b' |
      | 'a' | 'c' |
      | 'b' | 'c' |
    And no side effects

  Scenario: [8] OPTIONAL CALL keeps them
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      OPTIONAL CALL (x) { MATCH (x)-->(y) RETURN y }
      RETURN x.name AS x, y.name AS y
      """
    Then the result should be, in any order:
      | x   | y    |
      | 'a' | 'b'  |
      | 'a' | 'c'  |
      | 'b' | 'c'  |
      | 'c' | null |
    And no side effects

  Scenario: [9] ORDER BY and LIMIT for each row
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      CALL (x) { MATCH (x)-->(y) RETURN y.name AS y ORDER BY y DESC LIMIT 1 }
      RETURN x.name AS x, y
      """
    Then the result should be, in any order:
      | x   | y   |
      | 'a' | 'c' |
      | 'b' | 'c' |
    And no side effects

  Scenario: [10] UNION inside
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      CALL { RETURN 1 AS x UNION RETURN 2 AS x UNION RETURN 1 AS x }
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [11] UNION with imports
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P {name: 'b'})
      CALL (x) { MATCH (x)-->(y) RETURN y.name AS n UNION MATCH (x)<--(y) RETURN y.name AS n }
      RETURN n
      """
    Then the result should be, in any order:
      | n   |
      | 'c' |
      | 'a' |
    And no side effects

  Scenario: [12] One inside of another
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P {name: 'a'})
      CALL (x) { MATCH (x)-->(y) CALL (y) { MATCH (y)-->(z) RETURN count(z) AS c } RETURN sum(c) AS s }
      RETURN s
      """
    Then the result should be, in any order:
      | s |
      | 1 |
    And no side effects

  Scenario: [13] For effect
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      UNWIND [1, 2] AS i
      CALL (i) { CREATE (:T {i: i}) }
      RETURN i
      """
    Then the result should be, in any order:
      | i |
      | 1 |
      | 2 |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: [14] Writing and returning
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      UNWIND [1, 2] AS i
      CALL (i) { CREATE (t:T {i: i}) RETURN t }
      RETURN t.i AS i
      """
    Then the result should be, in any order:
      | i |
      | 1 |
      | 2 |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: [15] At the end of a query
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      CALL (x) { SET x.seen = true }
      """
    Then the result should be empty
    And the side effects should be:
      | +properties | 3 |

  Scenario: [16] In batches
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      UNWIND range(1, 5) AS i
      CALL (i) { CREATE (:T {i: i}) } IN TRANSACTIONS OF 2 ROWS
      RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 5 |
    And the side effects should be:
      | +nodes      | 5 |
      | +labels     | 1 |
      | +properties | 5 |

  Scenario: [17] In batches that return rows
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      UNWIND range(1, 3) AS i
      CALL (i) { CREATE (t:T {i: i}) RETURN t.i AS j } IN TRANSACTIONS OF 1 ROW
      RETURN j
      """
    Then the result should be, in any order:
      | j |
      | 1 |
      | 2 |
      | 3 |
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 3 |

  Scenario: [18] In batches, going on after an error
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      UNWIND [1, 0, 2] AS i
      CALL (i) { CREATE (:T {i: 10 / i}) } IN TRANSACTIONS OF 1 ROW ON ERROR CONTINUE REPORT STATUS AS s
      RETURN i, s.committed AS done
      """
    Then the result should be, in any order:
      | i | done  |
      | 1 | true  |
      | 0 | false |
      | 2 | true  |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: [19] In batches, stopping after an error
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K]->(b), (a)-[:K]->(c), (b)-[:K]->(c)
      """
    When executing query:
      """
      UNWIND [1, 0, 2] AS i
      CALL (i) { CREATE (:T {i: 10 / i}) } IN TRANSACTIONS OF 1 ROW ON ERROR BREAK REPORT STATUS AS s
      RETURN i, s.started AS begun, s.committed AS done
      """
    Then the result should be, in any order:
      | i | begun | done  |
      | 1 | true  | true  |
      | 0 | true  | false |
      | 2 | false | false |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 1 |
      | +properties | 1 |

  Scenario: [20] Fail to import what is not there
    Given any graph
    When executing query:
      """
      CALL (x) { RETURN x AS y }
      RETURN y
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [21] Fail to see what is not imported
    Given any graph
    When executing query:
      """
      WITH 1 AS x
      CALL { RETURN x AS y }
      RETURN y
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [22] Fail to return a name that is defined
    Given any graph
    When executing query:
      """
      WITH 1 AS x
      CALL { RETURN 2 AS x }
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [23] Fail on different columns of a UNION
    Given any graph
    When executing query:
      """
      CALL { RETURN 1 AS x UNION RETURN 2 AS y }
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: DifferentColumnsInUnion

  Scenario: [24] Fail on no rows for a transaction
    Given any graph
    When executing query:
      """
      UNWIND [1] AS i
      CALL (i) { CREATE (:T) } IN TRANSACTIONS OF 0 ROWS
      """
    Then a SyntaxError should be raised at compile time: NegativeIntegerArgument

  Scenario: [25] Fail to report without ON ERROR
    Given any graph
    When executing query:
      """
      UNWIND [1] AS i
      CALL (i) { CREATE (:T) } IN TRANSACTIONS REPORT STATUS AS s
      RETURN s
      """
    Then a SyntaxError should be raised at compile time: UnsupportedFeature
