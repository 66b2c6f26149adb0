#encoding: utf-8

Feature: Case - The forms of CASE

  Scenario: [1] Of conditions
    Given any graph
    When executing query:
      """
      UNWIND [1, 5, 9] AS x
      RETURN CASE WHEN x < 3 THEN 'low' WHEN x < 7 THEN 'middle' ELSE 'high' END AS r
      """
    Then the result should be, in any order:
      | r        |
      | 'low'    |
      | 'middle' |
      | 'high'   |
    And no side effects

  Scenario: [2] Of values
    Given any graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS x
      RETURN CASE x WHEN 1 THEN 'one' WHEN 2 THEN 'two' END AS r
      """
    Then the result should be, in any order:
      | r     |
      | 'one' |
      | 'two' |
      | null  |
    And no side effects

  Scenario: [3] Several values
    Given any graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS x
      RETURN CASE x WHEN 1, 2 THEN 'few' ELSE 'many' END AS r
      """
    Then the result should be, in any order:
      | r      |
      | 'few'  |
      | 'few'  |
      | 'many' |
    And no side effects

  Scenario: [4] The rest of a comparison
    Given any graph
    When executing query:
      """
      UNWIND [1, 5, 9] AS x
      RETURN CASE x WHEN < 3 THEN 'low' WHEN 5 THEN 'five' WHEN > 7 THEN 'high' END AS r
      """
    Then the result should be, in any order:
      | r      |
      | 'low'  |
      | 'five' |
      | 'high' |
    And no side effects

  Scenario: [5] The rest of a condition on texts
    Given any graph
    When executing query:
      """
      UNWIND ['abc', 'xbc', 'xyz'] AS x
      RETURN CASE x WHEN STARTS WITH 'a' THEN 1 WHEN CONTAINS 'b', =~ 'q.*' THEN 2 ELSE 3 END AS r
      """
    Then the result should be, in any order:
      | r |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [6] Null equals nothing
    Given any graph
    When executing query:
      """
      RETURN CASE null WHEN null THEN 1 ELSE 2 END AS a, CASE null WHEN IS NULL THEN 1 ELSE 2 END AS b
      """
    Then the result should be, in any order:
      | a | b |
      | 2 | 1 |
    And no side effects

  Scenario: [7] Negative numbers are values
    Given any graph
    When executing query:
      """
      RETURN CASE 3 - 4 WHEN -1 THEN 'minus one' END AS r
      """
    Then the result should be, in any order:
      | r           |
      | 'minus one' |
    And no side effects

  Scenario: [8] Only the branch taken is computed
    Given any graph
    When executing query:
      """
      UNWIND [0, 2] AS x
      RETURN CASE WHEN x = 0 THEN null ELSE 10 / x END AS r
      """
    Then the result should be, in any order:
      | r    |
      | null |
      | 5    |
    And no side effects

  Scenario: [9] Nested
    Given any graph
    When executing query:
      """
      UNWIND [1, 2] AS x
      RETURN CASE x WHEN 1 THEN CASE WHEN true THEN 'a' END ELSE 'b' END AS r
      """
    Then the result should be, in any order:
      | r   |
      | 'a' |
      | 'b' |
    And no side effects

  Scenario: [10] Fail without END
    Given any graph
    When executing query:
      """
      RETURN CASE 1 WHEN 1 THEN 2 AS r
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [11] Fail on several conditions in one branch
    Given any graph
    When executing query:
      """
      RETURN CASE WHEN true, false THEN 2 END AS r
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
