#encoding: utf-8

Feature: TypePredicates - Whether a value is of a type

  Scenario: [1] 1 IS :: INTEGER
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: INTEGER AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [2] 1 IS :: FLOAT
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: FLOAT AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [3] 1.0 IS :: FLOAT
    Given any graph
    When executing query:
      """
      RETURN 1.0 IS :: FLOAT AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [4] 'a' IS :: STRING
    Given any graph
    When executing query:
      """
      RETURN 'a' IS :: STRING AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [5] true IS :: BOOLEAN
    Given any graph
    When executing query:
      """
      RETURN true IS :: BOOLEAN AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [6] true IS :: BOOL
    Given any graph
    When executing query:
      """
      RETURN true IS :: BOOL AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [7] 1 IS :: INT
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: INT AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [8] 'a' IS :: VARCHAR
    Given any graph
    When executing query:
      """
      RETURN 'a' IS :: VARCHAR AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [9] null IS :: INTEGER
    Given any graph
    When executing query:
      """
      RETURN null IS :: INTEGER AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [10] null IS :: INTEGER NOT NULL
    Given any graph
    When executing query:
      """
      RETURN null IS :: INTEGER NOT NULL AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [11] null IS :: NULL
    Given any graph
    When executing query:
      """
      RETURN null IS :: NULL AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [12] 1 IS :: NULL
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: NULL AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [13] null IS :: NOTHING
    Given any graph
    When executing query:
      """
      RETURN null IS :: NOTHING AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [14] 1 IS :: ANY
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: ANY AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [15] null IS :: ANY
    Given any graph
    When executing query:
      """
      RETURN null IS :: ANY AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [16] null IS :: ANY NOT NULL
    Given any graph
    When executing query:
      """
      RETURN null IS :: ANY NOT NULL AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [17] [1, 2] IS :: LIST<INTEGER>
    Given any graph
    When executing query:
      """
      RETURN [1, 2] IS :: LIST<INTEGER> AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [18] [1, 'a'] IS :: LIST<INTEGER>
    Given any graph
    When executing query:
      """
      RETURN [1, 'a'] IS :: LIST<INTEGER> AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [19] [1, 'a'] IS :: LIST<INTEGER or STRING>
    Given any graph
    When executing query:
      """
      RETURN [1, 'a'] IS :: LIST<INTEGER | STRING> AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [20] [1, null] IS :: LIST<INTEGER>
    Given any graph
    When executing query:
      """
      RETURN [1, null] IS :: LIST<INTEGER> AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [21] [1, null] IS :: LIST<INTEGER NOT NULL>
    Given any graph
    When executing query:
      """
      RETURN [1, null] IS :: LIST<INTEGER NOT NULL> AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [22] [] IS :: LIST<NOTHING>
    Given any graph
    When executing query:
      """
      RETURN [] IS :: LIST<NOTHING> AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [23] [1] IS :: LIST<NOTHING>
    Given any graph
    When executing query:
      """
      RETURN [1] IS :: LIST<NOTHING> AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [24] [[1]] IS :: LIST<LIST<INTEGER>>
    Given any graph
    When executing query:
      """
      RETURN [[1]] IS :: LIST<LIST<INTEGER>> AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [25] [1] IS :: INTEGER LIST
    Given any graph
    When executing query:
      """
      RETURN [1] IS :: INTEGER LIST AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [26] [1] IS :: LIST<ANY>
    Given any graph
    When executing query:
      """
      RETURN [1] IS :: LIST<ANY> AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [27] {a: 1} IS :: MAP
    Given any graph
    When executing query:
      """
      RETURN {a: 1} IS :: MAP AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [28] 1 IS :: INTEGER or STRING
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: INTEGER | STRING AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [29] true IS :: INTEGER or STRING
    Given any graph
    When executing query:
      """
      RETURN true IS :: INTEGER | STRING AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [30] date('2020-01-01') IS :: DATE
    Given any graph
    When executing query:
      """
      RETURN date('2020-01-01') IS :: DATE AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [31] date('2020-01-01') IS :: LOCAL DATETIME
    Given any graph
    When executing query:
      """
      RETURN date('2020-01-01') IS :: LOCAL DATETIME AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [32] localdatetime('2020-01-01T00:00') IS :: LOCAL DATETIME
    Given any graph
    When executing query:
      """
      RETURN localdatetime('2020-01-01T00:00') IS :: LOCAL DATETIME AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [33] localdatetime('2020-01-01T00:00') IS :: TIMESTAMP WITHOUT TIME ZONE
    Given any graph
    When executing query:
      """
      RETURN localdatetime('2020-01-01T00:00') IS :: TIMESTAMP WITHOUT TIME ZONE AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [34] datetime('2020-01-01T00:00Z') IS :: ZONED DATETIME
    Given any graph
    When executing query:
      """
      RETURN datetime('2020-01-01T00:00Z') IS :: ZONED DATETIME AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [35] time('10:00Z') IS :: ZONED TIME
    Given any graph
    When executing query:
      """
      RETURN time('10:00Z') IS :: ZONED TIME AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [36] localtime('10:00') IS :: LOCAL TIME
    Given any graph
    When executing query:
      """
      RETURN localtime('10:00') IS :: LOCAL TIME AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [37] duration('P1D') IS :: DURATION
    Given any graph
    When executing query:
      """
      RETURN duration('P1D') IS :: DURATION AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [38] [1, 2] IS :: PROPERTY VALUE
    Given any graph
    When executing query:
      """
      RETURN [1, 2] IS :: PROPERTY VALUE AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [39] [1, 'a'] IS :: PROPERTY VALUE
    Given any graph
    When executing query:
      """
      RETURN [1, 'a'] IS :: PROPERTY VALUE AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [40] {a: 1} IS :: PROPERTY VALUE
    Given any graph
    When executing query:
      """
      RETURN {a: 1} IS :: PROPERTY VALUE AS r
      """
    Then the result should be, in any order:
      | r     |
      | false |
    And no side effects

  Scenario: [41] 1 IS :: ANY<INTEGER or STRING>
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: ANY<INTEGER | STRING> AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [42] IS NOT ::
    Given any graph
    When executing query:
      """
      RETURN 1 IS NOT :: STRING AS a, 1 IS NOT :: INTEGER AS b
      """
    Then the result should be, in any order:
      | a    | b     |
      | true | false |
    And no side effects

  Scenario: [43] IS TYPED
    Given any graph
    When executing query:
      """
      RETURN 1 IS TYPED INTEGER AS a, 1 IS NOT TYPED STRING AS b
      """
    Then the result should be, in any order:
      | a    | b    |
      | true | true |
    And no side effects

  Scenario: [44] Only colons
    Given any graph
    When executing query:
      """
      RETURN 1 :: INTEGER AS a
      """
    Then the result should be, in any order:
      | a    |
      | true |
    And no side effects

  Scenario: [45] Nodes, relationships and paths
    Given an empty graph
    And having executed:
      """
      CREATE ()-[:R]->()
      """
    When executing query:
      """
      MATCH p = (a)-[r]->(b)
      RETURN a IS :: NODE AS a, r IS :: RELATIONSHIP AS r, p IS :: PATH AS p, a IS :: MAP AS m
      """
    Then the result should be, in any order:
      | a    | r    | p    | m     |
      | true | true | true | false |
    And no side effects

  Scenario: [46] It binds tighter than AND, looser than plus
    Given any graph
    When executing query:
      """
      RETURN 1 + 1 IS :: INTEGER AND true AS r
      """
    Then the result should be, in any order:
      | r    |
      | true |
    And no side effects

  Scenario: [47] In WHERE
    Given any graph
    When executing query:
      """
      UNWIND [1, 'a', 2.5, null] AS x
      WITH x
      WHERE x IS :: INTEGER NOT NULL | STRING NOT NULL
      RETURN x
      """
    Then the result should be, in any order:
      | x   |
      | 1   |
      | 'a' |
    And no side effects

  Scenario: [48] In a comprehension
    Given any graph
    When executing query:
      """
      RETURN [x IN [1, 'a', 2] WHERE x IS :: INTEGER | x * 2] AS r
      """
    Then the result should be, in any order:
      | r      |
      | [2, 4] |
    And no side effects

  Scenario: [49] In CASE
    Given any graph
    When executing query:
      """
      UNWIND [1, 'a', null] AS x
      RETURN CASE x WHEN IS NULL THEN 'none' WHEN IS :: INTEGER THEN 'number' ELSE 'other' END AS r
      """
    Then the result should be, in any order:
      | r        |
      | 'number' |
      | 'other'  |
      | 'none'   |
    And no side effects

  Scenario: [50] valueType()
    Given any graph
    When executing query:
      """
      RETURN valueType(1) AS a, valueType('x') AS b, valueType(null) AS c, valueType([1, 2]) AS d
      """
    Then the result should be, in any order:
      | a                  | b                 | c      | d                                 |
      | 'INTEGER NOT NULL' | 'STRING NOT NULL' | 'NULL' | 'LIST<INTEGER NOT NULL> NOT NULL' |
    And no side effects

  Scenario: [51] Fail on an unknown type
    Given any graph
    When executing query:
      """
      RETURN 1 IS :: NUMBR AS r
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [52] Fail on a list that is not closed
    Given any graph
    When executing query:
      """
      RETURN [1] IS :: LIST<INTEGER AS r
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
