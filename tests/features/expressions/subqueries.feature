#encoding: utf-8

Feature: Subqueries - EXISTS, COUNT and COLLECT in expressions

  Scenario: [1] EXISTS of a pattern
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      WHERE EXISTS { (x)-[:L]->() }
      RETURN x.name AS n
      """
    Then the result should be, in any order:
      | n   |
      | 'a' |
    And no side effects

  Scenario: [2] EXISTS of a pattern and a condition
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      WHERE EXISTS { (x)-[r]->(y) WHERE r.w > 1 AND y.age = 3 }
      RETURN x.name AS n
      """
    Then the result should be, in any order:
      | n   |
      | 'a' |
      | 'b' |
    And no side effects

  Scenario: [3] EXISTS of clauses
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      WHERE EXISTS { MATCH (x)-->(y) WITH y WHERE y.age > x.age + 1 RETURN y }
      RETURN x.name AS n
      """
    Then the result should be, in any order:
      | n   |
      | 'a' |
    And no side effects

  Scenario: [4] EXISTS of a UNION
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      RETURN x.name AS n, EXISTS { MATCH (x)-[:L]->(y) RETURN y UNION MATCH (x)<-[:L]-(y) RETURN y } AS e
      """
    Then the result should be, in any order:
      | n   | e     |
      | 'a' | true  |
      | 'b' | false |
      | 'c' | true  |
    And no side effects

  Scenario: [5] EXISTS without rows
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN EXISTS { UNWIND [] AS x RETURN x } AS e
      """
    Then the result should be, in any order:
      | e     |
      | false |
    And no side effects

  Scenario: [6] EXISTS within EXISTS
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      WHERE EXISTS { (x)-[:K]->(y) WHERE EXISTS { (y)-[:K]->(z) } }
      RETURN x.name AS n
      """
    Then the result should be, in any order:
      | n   |
      | 'a' |
    And no side effects

  Scenario: [7] An inner variable that shadows nothing outside
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P {name: 'a'})
      RETURN EXISTS { (x)-->(y) } AS e, [y IN [1] | y] AS ys
      """
    Then the result should be, in any order:
      | e    | ys  |
      | true | [1] |
    And no side effects

  Scenario: [8] NOT EXISTS
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      WHERE NOT EXISTS { (x)-->() }
      RETURN x.name AS n
      """
    Then the result should be, in any order:
      | n   |
      | 'c' |
    And no side effects

  Scenario: [9] EXISTS with an aggregate inside
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      WHERE EXISTS { MATCH (x)-->(y) WITH count(y) AS c WHERE c > 1 RETURN c }
      RETURN x.name AS n
      """
    Then the result should be, in any order:
      | n   |
      | 'a' |
    And no side effects

  Scenario: [10] COUNT of a pattern
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      RETURN x.name AS n, COUNT { (x)-->() } AS c
      """
    Then the result should be, in any order:
      | n   | c |
      | 'a' | 2 |
      | 'b' | 1 |
      | 'c' | 0 |
    And no side effects

  Scenario: [11] COUNT of DISTINCT rows
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN COUNT { MATCH (:P)-->(y) RETURN DISTINCT y } AS c
      """
    Then the result should be, in any order:
      | c |
      | 2 |
    And no side effects

  Scenario: [12] COUNT of UNION and of UNION ALL
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN COUNT { RETURN 1 AS x UNION RETURN 1 AS x } AS a, COUNT { RETURN 1 AS x UNION ALL RETURN 1 AS x } AS b
      """
    Then the result should be, in any order:
      | a | b |
      | 1 | 2 |
    And no side effects

  Scenario: [13] COUNT in a condition
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      WHERE COUNT { (x)--() } = 2
      RETURN x.name AS n
      """
    Then the result should be, in any order:
      | n   |
      | 'a' |
      | 'b' |
      | 'c' |
    And no side effects

  Scenario: [14] COUNT within an aggregate
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      RETURN sum(COUNT { (x)-->() }) AS s
      """
    Then the result should be, in any order:
      | s |
      | 3 |
    And no side effects

  Scenario: [15] COUNT as a grouping key
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      RETURN COUNT { (x)-->() } AS c, count(*) AS n
      """
    Then the result should be, in any order:
      | c | n |
      | 2 | 1 |
      | 1 | 1 |
      | 0 | 1 |
    And no side effects

  Scenario: [16] COUNT in ORDER BY
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      RETURN x.name AS n
      ORDER BY COUNT { (x)-->() }
      """
    Then the result should be, in order:
      | n   |
      | 'c' |
      | 'b' |
      | 'a' |
    And no side effects

  Scenario: [17] COUNT in SET
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P {name: 'a'})
      SET x.degree = COUNT { (x)-->() }
      RETURN x.degree AS d
      """
    Then the result should be, in any order:
      | d |
      | 2 |
    And the side effects should be:
      | +properties | 1 |

  Scenario: [18] COLLECT
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P)
      RETURN x.name AS n, COLLECT { MATCH (x)-->(y) RETURN y.name ORDER BY y.name DESC } AS l
      """
    Then the result should be, in any order:
      | n   | l          |
      | 'a' | ['c', 'b'] |
      | 'b' | ['c']      |
      | 'c' | []         |
    And no side effects

  Scenario: [19] COLLECT keeps null
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN COLLECT { UNWIND [1, null, 2] AS x RETURN x } AS l
      """
    Then the result should be, in any order:
      | l            |
      | [1, null, 2] |
    And no side effects

  Scenario: [20] COLLECT with LIMIT
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN COLLECT { MATCH (x:P) RETURN x.age ORDER BY x.age DESC LIMIT 2 } AS l
      """
    Then the result should be, in any order:
      | l      |
      | [3, 2] |
    And no side effects

  Scenario: [21] COLLECT within a comprehension
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      MATCH (x:P {name: 'a'})
      RETURN [n IN COLLECT { MATCH (x)-->(y) RETURN y.age ORDER BY y.age } | n * 10] AS l
      """
    Then the result should be, in any order:
      | l        |
      | [20, 30] |
    And no side effects

  Scenario: [22] Of a null from OPTIONAL MATCH
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      OPTIONAL MATCH (x:Nothing)
      RETURN EXISTS { (x)-->() } AS e, COUNT { (x)-->() } AS c, COLLECT { MATCH (x)-->(y) RETURN y } AS l
      """
    Then the result should be, in any order:
      | e     | c | l  |
      | false | 0 | [] |
    And no side effects

  Scenario: [23] Outer variables in WITH of the subquery
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      WITH 2 AS least
      RETURN COUNT { MATCH (x:P) WITH x, least WHERE x.age >= least RETURN x } AS c
      """
    Then the result should be, in any order:
      | c |
      | 2 |
    And no side effects

  Scenario: [24] Fail to write
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN EXISTS { CREATE (x) RETURN x } AS e
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: [25] Fail on COLLECT of two columns
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN COLLECT { RETURN 1 AS a, 2 AS b } AS l
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: [26] Fail on an unknown variable inside
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN COUNT { MATCH (x) WHERE y.age = 1 } AS c
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [27] Fail on a variable of the subquery outside
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {name: 'a', age: 1}), (b:P {name: 'b', age: 2}), (c:P {name: 'c', age: 3})
      CREATE (a)-[:K {w: 1}]->(b), (b)-[:K {w: 2}]->(c), (a)-[:L {w: 3}]->(c)
      """
    When executing query:
      """
      RETURN COUNT { (x)-->() } AS c, x
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable
