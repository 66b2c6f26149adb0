Feature: Indexes change nothing but the time it takes

  Background:
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 150) AS i CREATE (:Item {number: i, half: i / 2.0, name: 'item ' + toString(i)})
      """
    And having executed:
      """
      CREATE INDEX FOR (n:Item) ON (n.number)
      """
    And having executed:
      """
      CREATE TEXT INDEX FOR (n:Item) ON (n.name)
      """
    And having executed:
      """
      MATCH (n:Item {number: 7}) SET n.number = 1007 CREATE (:Item {number: 7.0, name: 'another'})
      """

  Scenario: [1] Equality across kinds of numbers
    When executing query:
      """
      MATCH (n:Item {number: 7}) RETURN n.name AS name
      """
    Then the result should be, in any order:
      | name      |
      | 'another' |
    And no side effects

  Scenario: [2] A range
    When executing query:
      """
      MATCH (n:Item) WHERE 5 < n.number <= 8 RETURN n.number AS number
      """
    Then the result should be, in any order:
      | number |
      | 6      |
      | 7.0    |
      | 8      |
    And no side effects

  Scenario: [3] Values of another kind are not in a range
    When executing query:
      """
      MATCH (n:Item) WHERE n.number < 'x' RETURN count(n) AS count
      """
    Then the result should be, in any order:
      | count |
      | 0     |
    And no side effects

  Scenario: [4] A part of a text
    When executing query:
      """
      MATCH (n:Item) WHERE n.name CONTAINS 'em 14' AND n.name ENDS WITH '2' RETURN n.name AS name
      """
    Then the result should be, in any order:
      | name       |
      | 'item 142' |
    And no side effects

  Scenario: [5] Keys that come with the rows
    When executing query:
      """
      UNWIND [3, null, 'x', 1007] AS key MATCH (n:Item {number: key}) RETURN key, n.name AS name
      """
    Then the result should be, in any order:
      | key  | name     |
      | 3    | 'item 3' |
      | 1007 | 'item 7' |
    And no side effects

  Scenario: [6] What was deleted is not found
    And having executed:
      """
      MATCH (n:Item) WHERE n.number IN [1, 2, 3] DELETE n
      """
    When executing query:
      """
      MATCH (n:Item) WHERE n.number < 5 RETURN n.number AS number
      """
    Then the result should be, in any order:
      | number |
      | 4      |
    And no side effects
