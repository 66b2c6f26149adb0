#encoding: utf-8

Feature: For - A row for each element, in the words of GQL

  Scenario: [1] FOR
    Given an empty graph
    When executing query:
      """
      FOR x IN [1, 2]
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [2] With a position from 0
    Given an empty graph
    When executing query:
      """
      FOR x IN ['a', 'b'] WITH OFFSET i
      RETURN x, i
      """
    Then the result should be, in any order:
      | x   | i |
      | 'a' | 0 |
      | 'b' | 1 |
    And no side effects

  Scenario: [3] With a position from 1
    Given an empty graph
    When executing query:
      """
      FOR x IN ['a', 'b'] WITH ORDINALITY i
      RETURN x, i
      """
    Then the result should be, in any order:
      | x   | i |
      | 'a' | 1 |
      | 'b' | 2 |
    And no side effects

  Scenario: [4] Positions begin anew for each list
    Given an empty graph
    When executing query:
      """
      UNWIND [['a'], [], ['b', 'c']] AS list
      FOR x IN list WITH OFFSET i
      RETURN x, i
      """
    Then the result should be, in any order:
      | x   | i |
      | 'a' | 0 |
      | 'b' | 0 |
      | 'c' | 1 |
    And no side effects

  Scenario: [5] Nothing of null
    Given an empty graph
    When executing query:
      """
      FOR x IN null WITH OFFSET i
      RETURN x, i
      """
    Then the result should be empty
    And no side effects

  Scenario: [6] A WITH may follow
    Given an empty graph
    When executing query:
      """
      FOR x IN [1, 2]
      WITH x AS y
      RETURN y
      """
    Then the result should be, in any order:
      | y |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [7] The position needs a name of its own
    Given an empty graph
    When executing query:
      """
      FOR x IN [1, 2] WITH OFFSET x
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound
    And no side effects
