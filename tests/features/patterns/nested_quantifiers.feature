#encoding: utf-8

Feature: NestedQuantifiers - Repeated parts within repeated parts

  Scenario: [1] A repeated relationship within a repeated part
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH (a {n: 1}) ((x)-[:R]->+(y)-[:S]->(z)){1,2} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 6 |
    And no side effects

  Scenario: [2] A repeated part within a repeated part
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH (a {n: 1}) (((x)-[:R]->(y)){1,2} (z)-[:S]->(w)){1,2} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 6 |
    And no side effects

  Scenario: [3] Variables within are lists of lists outside
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH (a {n: 1}) (((x)-[r:R]->(y)){1,2} (z)-[s:S]->(w)){1,2} (b)
      RETURN b.n AS n, [l IN x | [e IN l | e.n]] AS x, [l IN r | size(l)] AS r, [e IN z | e.n] AS z, size(s) AS s
      """
    Then the result should be, in any order:
      | n | x             | r      | z      | s |
      | 3 | [[1]]         | [1]    | [2]    | 1 |
      | 6 | [[1], [3, 4]] | [1, 2] | [2, 5] | 2 |
    And no side effects

  Scenario: [4] A named relationship that is repeated is a list for each round
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH (a {n: 1}) ((x)-[r:R]->{1,2}(y)-[:S]->(z)){2} (b)
      RETURN [l IN r | [e IN l | [startNode(e).n, endNode(e).n]]] AS r
      """
    Then the result should be, in any order:
      | r                            |
      | [[[1, 2]], [[3, 4], [4, 5]]] |
    And no side effects

  Scenario: [5] A relationship of variable length within a repeated part
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH (a {n: 1}) ((x)-[r:R*1..2]->(y)-[:S]->(z)){1,2} (b)
      RETURN b.n AS n, [l IN r | size(l)] AS lengths
      """
    Then the result should be, in any order:
      | n | lengths |
      | 3 | [1]     |
      | 6 | [1, 2]  |
    And no side effects

  Scenario: [6] Conditions of both parts hold for each round
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH (a {n: 1}) (((x)-[:R]->(y) WHERE y.n <> 4){1,2} (z)-[:S]->(w) WHERE w.n < 5){1,2} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [7] Each way to cut a path into rounds is a match
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:R]->(:N {n: 3})-[:R]->(:N {n: 4})
      """
    When executing query:
      """
      MATCH (a {n: 1}) ((x)-[r:R]->+(y)){2} (b {n: 4})
      RETURN [l IN r | size(l)] AS lengths
      """
    Then the result should be, in any order:
      | lengths |
      | [1, 2]  |
      | [2, 1]  |
    And no side effects

  Scenario: [8] No relationship is taken twice, in whatever round
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(b:N {n: 2})-[:R]->(a)
      """
    When executing query:
      """
      MATCH (a {n: 1}) ((x)-[:R]->{1,2}(y)){1,5} (b)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 1 |
      | 1 |
    And no side effects

  Scenario: [9] The path has all relationships in order
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH p = (a {n: 1}) (((x)-[:R]->(y)){1,2} (z)-[:S]->(w)){2} (b)
      RETURN length(p) AS length, [e IN nodes(p) | e.n] AS nodes
      """
    Then the result should be, in any order:
      | length | nodes              |
      | 5      | [1, 2, 3, 4, 5, 6] |
    And no side effects

  Scenario: [10] Walked from the far end, the lists are in the order of the pattern
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6}) CREATE (:Last {n: 0})
      WITH 1 AS one MATCH (b {n: 6}) SET b:End
      """
    When executing query:
      """
      MATCH p = (a) (((x)-[r:R]->(y)){1,2} (z)-[s:S]->(w)){2} (b:End)
      RETURN [l IN x | [e IN l | e.n]] AS x, [e IN z | e.n] AS z, [e IN nodes(p) | e.n] AS nodes
      """
    Then the result should be, in any order:
      | x             | z      | nodes              |
      | [[1], [3, 4]] | [2, 5] | [1, 2, 3, 4, 5, 6] |
    And no side effects

  Scenario: [11] The shortest path counts relationships, not rounds
    Given an empty graph
    And having executed:
      """
      CREATE (a:N {n: 1})-[:R]->(:N {n: 2})-[:R]->(:N {n: 3})-[:S]->(c:N {n: 4}),
             (a)-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})-[:R]->(:N {n: 7})-[:S]->(c)
      """
    When executing query:
      """
      MATCH p = SHORTEST 2 (a {n: 1}) ((x)-[:R]->+(y)-[:S]->(z))+ (b {n: 4})
      RETURN [e IN nodes(p) | e.n] AS nodes
      """
    Then the result should be, in any order:
      | nodes           |
      | [1, 2, 3, 4]    |
      | [1, 5, 6, 7, 4] |
    And no side effects

  Scenario: [12] Rounds of several lengths are counted
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH p = ANY SHORTEST (a {n: 1}) ((x)-[:R]->+(y)-[:S]->(z)){2} (b)
      RETURN b.n AS n, length(p) AS length
      """
    Then the result should be, in any order:
      | n | length |
      | 6 | 5      |
    And no side effects

  Scenario: [13] Three levels
    Given an empty graph
    And having executed:
      """
      CREATE (:N {n: 1})-[:R]->(:N {n: 2})-[:S]->(:N {n: 3})-[:R]->(:N {n: 4})-[:R]->(:N {n: 5})-[:S]->(:N {n: 6})
      """
    When executing query:
      """
      MATCH (a {n: 1}) ((((x)-[:R]->(y)){1,2} (z)-[:S]->(w)){1,1} (v)){2} (b)
      RETURN b.n AS n, x[1][0][1].n AS deep
      """
    Then the result should be, in any order:
      | n | deep |
      | 6 | 4    |
    And no side effects

  Scenario: [14] A round that may be empty cannot be repeated
    Given an empty graph
    When executing query:
      """
      MATCH (a) ((x)-[:R]->*(y))+ (b)
      RETURN b
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
    And no side effects

  Scenario: [15] A variable of an inner part is no other one outside
    Given an empty graph
    When executing query:
      """
      MATCH (a) (((x)-[r]->(y))+ (z)-[s]->(w))+ (r)
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound
    And no side effects
