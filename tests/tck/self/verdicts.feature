# Scenarios about the runner itself. One whose name holds ` => text` must fail, giving a reason that
# contains the text; every other must pass.

Feature: Verdicts on results and errors

  Background:
    Given any graph

  Scenario: rows in any order are a multiset
    When executing query:
      """
      UNWIND [1, 2, 2] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 2 |
      | 1 |
      | 2 |
    And no side effects

  Scenario: a row too often => wrong rows
    When executing query:
      """
      UNWIND [1, 1, 2] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
      | 2 |

  Scenario: a row missing => wrong rows
    When executing query:
      """
      UNWIND [1, 2] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: the order asked for
    When executing query:
      """
      UNWIND [2, 3, 1] AS x RETURN x ORDER BY x
      """
    Then the result should be, in order:
      | x |
      | 1 |
      | 2 |
      | 3 |

  Scenario: another order => wrong order
    When executing query:
      """
      UNWIND [2, 3, 1] AS x RETURN x ORDER BY x DESC
      """
    Then the result should be, in order:
      | x |
      | 1 |
      | 2 |
      | 3 |

  Scenario: an integer is not a float => wrong rows
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x   |
      | 1.0 |

  Scenario: a float is not an integer => | 1.0 |
    When executing query:
      """
      RETURN 1.0 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: a string is not a number => | '1' |
    When executing query:
      """
      RETURN '1' AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: null is not false => wrong rows
    When executing query:
      """
      RETURN null AS x
      """
    Then the result should be, in any order:
      | x     |
      | false |

  Scenario: another column's name => wrong columns
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | y |
      | 1 |

  Scenario: lists have an order => wrong rows
    When executing query:
      """
      RETURN [1, 2] AS x
      """
    Then the result should be, in any order:
      | x      |
      | [2, 1] |

  Scenario: lists whose order does not count
    When executing query:
      """
      RETURN [1, [3, 2]] AS x
      """
    Then the result should be (ignoring element order for lists):
      | x           |
      | [[2, 3], 1] |

  Scenario: lists whose order does not count still have their elements => wrong rows
    When executing query:
      """
      RETURN [1, 2, 2] AS x
      """
    Then the result should be (ignoring element order for lists):
      | x         |
      | [1, 1, 2] |

  Scenario: maps have no order
    When executing query:
      """
      RETURN {b: 1, a: [true, null]} AS x
      """
    Then the result should be, in any order:
      | x                       |
      | {a: [true, null], b: 1} |

  Scenario: no rows
    When executing query:
      """
      UNWIND [] AS x RETURN x
      """
    Then the result should be empty

  Scenario: rows where none should be => expected no rows
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be empty

  Scenario: the error that is expected
    When executing query:
      """
      RETURN missing
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: any phase and any detail
    When executing query:
      """
      RETURN missing
      """
    Then a SyntaxError should be raised at any time: *

  Scenario: another class => wrong error (class)
    When executing query:
      """
      RETURN missing
      """
    Then a TypeError should be raised at compile time: UndefinedVariable

  Scenario: another phase => wrong error (phase)
    When executing query:
      """
      RETURN missing
      """
    Then a SyntaxError should be raised at runtime: UndefinedVariable

  Scenario: another detail => wrong error (detail)
    When executing query:
      """
      RETURN missing
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: everything of the error is other => wrong error (class, phase, detail)
    When executing query:
      """
      RETURN missing
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

  Scenario: no error where one should be => no error
    When executing query:
      """
      RETURN 1 AS x
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: an error where rows should be => failed: SyntaxError at compile time: UndefinedVariable
    When executing query:
      """
      RETURN missing
      """
    Then the result should be, in any order:
      | missing |

  Scenario: an error that nobody checks => failed: SyntaxError
    When executing query:
      """
      RETURN missing
      """

  Scenario: a step that is unknown => no such step
    When the moon is full

  Scenario: an expected value that is none => is no value
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x   |
      | one |

  Scenario: parameters reach the query
    And parameters are:
      | list | [1, 2.0, {a: 'b'}] |
      | none | null               |
    When executing query:
      """
      RETURN $list AS list, $none AS none
      """
    Then the result should be, in any order:
      | list               | none |
      | [1, 2.0, {a: 'b'}] | null |

  Scenario Outline: an outline's rows are filled in
    When executing query:
      """
      RETURN <left> + <right> AS sum
      """
    Then the result should be, in any order:
      | sum   |
      | <sum> |

    Examples:
      | left | right | sum  |
      | 1    | 2     | 3    |
      | 1    | 2.0   | 3.0  |
      | 'a'  | 'b'   | 'ab' |
