Feature: Constraints hold for every write

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE CONSTRAINT person_id FOR (p:Person) REQUIRE p.id IS UNIQUE
      """
    And having executed:
      """
      CREATE CONSTRAINT person_name FOR (p:Person) REQUIRE p.name IS NOT NULL
      """
    And having executed:
      """
      CREATE (:Person {id: 1, name: 'a'}), (:Person {id: 2, name: 'b'}), (:Person {name: 'c'})
      """

  Scenario: [1] What must be unique cannot be created twice
    When executing query:
      """
      CREATE (:Person {id: 1, name: 'x'})
      """
    Then a ConstraintValidationFailed should be raised at runtime: UniqueConstraintViolated

  Scenario: [2] A float equals an integer
    When executing query:
      """
      CREATE (:Person {id: 1.0, name: 'x'})
      """
    Then a ConstraintValidationFailed should be raised at runtime: UniqueConstraintViolated

  Scenario: [3] What has no value is free
    When executing query:
      """
      CREATE (:Person {name: 'x'}), (:Person {name: 'y'})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 2 |
      | +properties | 2 |

  Scenario: [4] SET is a write
    When executing query:
      """
      MATCH (p:Person {name: 'c'}) SET p.id = 2
      """
    Then a ConstraintValidationFailed should be raised at runtime: UniqueConstraintViolated

  Scenario: [5] A label is a write
    When executing query:
      """
      CREATE (n:Animal {id: 9}) SET n:Person
      """
    Then a ConstraintValidationFailed should be raised at runtime: PropertyExistenceViolated

  Scenario: [6] REMOVE is a write
    When executing query:
      """
      MATCH (p:Person {id: 1}) REMOVE p.name
      """
    Then a ConstraintValidationFailed should be raised at runtime: PropertyExistenceViolated

  Scenario: [7] MERGE finds what is there
    When executing query:
      """
      MERGE (p:Person {id: 1}) ON MATCH SET p.seen = true RETURN p.name AS name, p.seen AS seen
      """
    Then the result should be, in any order:
      | name | seen |
      | 'a'  | true |
    And the side effects should be:
      | +properties | 1 |

  Scenario: [8] A rule may be broken within a statement
    When executing query:
      """
      MATCH (a:Person {id: 1}), (b:Person {id: 2}) SET a.id = 2, b.id = 1
      """
    Then the result should be empty
    And the side effects should be:
      | +properties | 2 |
      | -properties | 2 |

  Scenario: [9] What was deleted gives its value free
    When executing query:
      """
      MATCH (a:Person {id: 1}) DELETE a CREATE (:Person {id: 1, name: 'new'})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 1 |
      | -nodes      | 1 |
      | +properties | 2 |
      | -properties | 2 |

  Scenario: [10] A constraint that the graph breaks is refused
    When executing query:
      """
      CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS :: STRING
      """
    Then a ConstraintValidationFailed should be raised at runtime: PropertyTypeViolated

  Scenario: [11] A constraint that was dropped binds nobody
    And having executed:
      """
      DROP CONSTRAINT person_id
      """
    When executing query:
      """
      CREATE (p:Person {id: 1, name: 'x'}) RETURN p.id AS id
      """
    Then the result should be, in any order:
      | id |
      | 1  |
    And the side effects should be:
      | +nodes      | 1 |
      | +properties | 2 |
