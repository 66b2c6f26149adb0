#encoding: utf-8

Feature: Values - Numbers, texts, lists and maps beyond the basics

  Scenario: [1] Hexadecimal and octal numbers
    Given any graph
    When executing query:
      """
      RETURN 0x1F AS a, 0o17 AS b, -0xff AS c
      """
    Then the result should be, in any order:
      | a  | b  | c    |
      | 31 | 15 | -255 |
    And no side effects

  Scenario: [2] Underscores in numbers
    Given any graph
    When executing query:
      """
      RETURN 1_000_000 AS a, 0xFF_FF AS b, 1_0.5_0 AS c
      """
    Then the result should be, in any order:
      | a       | b     | c    |
      | 1000000 | 65535 | 10.5 |
    And no side effects

  Scenario: [3] Exponents
    Given any graph
    When executing query:
      """
      RETURN 1e3 AS a, 1.5E-1 AS b, .5 AS c
      """
    Then the result should be, in any order:
      | a      | b    | c   |
      | 1000.0 | 0.15 | 0.5 |
    And no side effects

  Scenario: [4] Numbers by name
    Given any graph
    When executing query:
      """
      RETURN isNaN(NaN) AS a, INF > 1e300 AS b, -Infinity < 0 AS c
      """
    Then the result should be, in any order:
      | a    | b    | c    |
      | true | true | true |
    And no side effects

  Scenario: [5] Texts joined
    Given any graph
    When executing query:
      """
      RETURN 'a' || 'b' AS a, null || 'b' AS b
      """
    Then the result should be, in any order:
      | a    | b    |
      | 'ab' | null |
    And no side effects

  Scenario: [6] Lists joined
    Given any graph
    When executing query:
      """
      RETURN [1] || [2, 3] AS a
      """
    Then the result should be, in any order:
      | a         |
      | [1, 2, 3] |
    And no side effects

  Scenario: [7] Regular expressions
    Given any graph
    When executing query:
      """
      RETURN 'abc' =~ 'a.c' AS a, 'abc' =~ 'a' AS b, 'ABC' =~ '(?i)abc' AS c, null =~ 'a' AS d
      """
    Then the result should be, in any order:
      | a    | b     | c    | d    |
      | true | false | true | null |
    And no side effects

  Scenario: [8] Slices
    Given any graph
    When executing query:
      """
      RETURN [1, 2, 3, 4][1..3] AS a, [1, 2, 3, 4][..2] AS b, [1, 2, 3, 4][-2..] AS c, [1, 2, 3][1..1] AS d, [1, 2][null..1] AS e
      """
    Then the result should be, in any order:
      | a      | b      | c      | d  | e    |
      | [2, 3] | [1, 2] | [3, 4] | [] | null |
    And no side effects

  Scenario: [9] Elements from the end
    Given any graph
    When executing query:
      """
      RETURN [1, 2, 3][-1] AS a, [1, 2, 3][3] AS b
      """
    Then the result should be, in any order:
      | a | b    |
      | 3 | null |
    And no side effects

  Scenario: [10] reduce
    Given any graph
    When executing query:
      """
      RETURN reduce(s = 0, x IN [1, 2, 3] | s + x) AS a, reduce(s = 'x', x IN [] | s + x) AS b, reduce(s = 0, x IN null | s) AS c
      """
    Then the result should be, in any order:
      | a | b   | c    |
      | 6 | 'x' | null |
    And no side effects

  Scenario: [11] reduce within reduce
    Given any graph
    When executing query:
      """
      RETURN reduce(s = 0, x IN [1, 2] | s + reduce(t = 0, y IN [x, x] | t + y)) AS a
      """
    Then the result should be, in any order:
      | a |
      | 6 |
    And no side effects

  Scenario: [12] List predicates on nothing
    Given any graph
    When executing query:
      """
      RETURN all(x IN [] WHERE false) AS a, any(x IN [] WHERE true) AS b, none(x IN [] WHERE true) AS c, single(x IN [] WHERE true) AS d
      """
    Then the result should be, in any order:
      | a    | b     | c    | d     |
      | true | false | true | false |
    And no side effects

  Scenario: [13] List predicates on null
    Given any graph
    When executing query:
      """
      RETURN all(x IN null WHERE true) AS a, any(x IN [null] WHERE x > 1) AS b
      """
    Then the result should be, in any order:
      | a    | b    |
      | null | null |
    And no side effects

  Scenario: [14] Trimming a side
    Given any graph
    When executing query:
      """
      RETURN trim(LEADING 'x' FROM 'xxaxx') AS a, trim(TRAILING 'x' FROM 'xxaxx') AS b, trim(BOTH 'x' FROM 'xxaxx') AS c, trim(BOTH FROM '  a ') AS d
      """
    Then the result should be, in any order:
      | a     | b     | c   | d   |
      | 'axx' | 'xxa' | 'a' | 'a' |
    And no side effects

  Scenario: [15] Trimming characters
    Given any graph
    When executing query:
      """
      RETURN ltrim('xya', 'xy') AS a, rtrim('ayx', 'xy') AS b, btrim('xax', 'x') AS c, trim(null) AS d
      """
    Then the result should be, in any order:
      | a   | b   | c   | d    |
      | 'a' | 'a' | 'a' | null |
    And no side effects

  Scenario: [16] Lengths of texts
    Given any graph
    When executing query:
      """
      RETURN char_length('abc') AS a, character_length('') AS b, size('äö') AS c
      """
    Then the result should be, in any order:
      | a | b | c |
      | 3 | 0 | 2 |
    And no side effects

  Scenario: [17] Normal forms
    Given any graph
    When executing query:
      """
      RETURN normalize('\u0065\u0301') = '\u00e9' AS a, size(normalize('\u00e9', NFD)) AS b, '\u00e9' IS NORMALIZED AS c, '\u00e9' IS NFD NORMALIZED AS d, '\u00e9' IS NOT NFC NORMALIZED AS e
      """
    Then the result should be, in any order:
      | a    | b | c    | d     | e     |
      | true | 2 | true | false | false |
    And no side effects

  Scenario: [18] Several delimiters
    Given any graph
    When executing query:
      """
      RETURN split('a,b;c', [',', ';']) AS a
      """
    Then the result should be, in any order:
      | a               |
      | ['a', 'b', 'c'] |
    And no side effects

  Scenario: [19] Left, right, substring
    Given any graph
    When executing query:
      """
      RETURN left('abc', 2) AS a, right('abc', 5) AS b, substring('abc', 1) AS c, substring('abc', 1, 1) AS d
      """
    Then the result should be, in any order:
      | a    | b     | c    | d   |
      | 'ab' | 'abc' | 'bc' | 'b' |
    And no side effects

  Scenario: [20] Conversions that may fail
    Given any graph
    When executing query:
      """
      RETURN toIntegerOrNull('x') AS a, toFloatOrNull([1]) AS b, toBooleanOrNull(1.5) AS c, toStringOrNull({}) AS d
      """
    Then the result should be, in any order:
      | a    | b    | c    | d    |
      | null | null | null | null |
    And no side effects

  Scenario: [21] Conversions of lists
    Given any graph
    When executing query:
      """
      RETURN toIntegerList(['1', 2.9, 'x', null]) AS a, toStringList([1, true]) AS b, toFloatList(['1.5']) AS c, toBooleanList(['true', 'no']) AS d
      """
    Then the result should be, in any order:
      | a                  | b             | c     | d            |
      | [1, 2, null, null] | ['1', 'true'] | [1.5] | [true, null] |
    And no side effects

  Scenario: [22] nullIf and coalesce
    Given any graph
    When executing query:
      """
      RETURN nullIf(1, 1) AS a, nullIf(1, 2) AS b, coalesce(null, null, 3) AS c, coalesce(null) AS d
      """
    Then the result should be, in any order:
      | a    | b | c | d    |
      | null | 1 | 3 | null |
    And no side effects

  Scenario: [23] Hyperbolic functions
    Given any graph
    When executing query:
      """
      RETURN round(sinh(1), 3) AS a, round(cosh(0), 3) AS b, round(tanh(0), 3) AS c, round(coth(1), 3) AS d
      """
    Then the result should be, in any order:
      | a     | b   | c   | d     |
      | 1.175 | 1.0 | 0.0 | 1.313 |
    And no side effects

  Scenario: [24] Rounding
    Given any graph
    When executing query:
      """
      RETURN round(2.5) AS a, round(-2.5) AS b, round(1.249, 1) AS c, round(1.25, 1, 'HALF_EVEN') AS d, round(1.21, 1, 'UP') AS e
      """
    Then the result should be, in any order:
      | a   | b    | c   | d   | e   |
      | 3.0 | -2.0 | 1.2 | 1.2 | 1.3 |
    And no side effects

  Scenario: [25] Percentiles and deviations
    Given any graph
    When executing query:
      """
      RETURN COLLECT { UNWIND [1, 2, 3, 4] AS x RETURN percentileCont(x, 0.5) } AS a, COLLECT { UNWIND [1, 2, 3, 4] AS x RETURN percentileDisc(x, 0.5) } AS b, COLLECT { UNWIND [2, 4, 4, 4, 5, 5, 7, 9] AS x RETURN stDevP(x) } AS c, COLLECT { UNWIND [5] AS x RETURN stDev(x) } AS d
      """
    Then the result should be, in any order:
      | a     | b   | c     | d     |
      | [2.5] | [2] | [2.0] | [0.0] |
    And no side effects

  Scenario: [26] isEmpty
    Given any graph
    When executing query:
      """
      RETURN isEmpty('') AS a, isEmpty([1]) AS b, isEmpty({}) AS c, isEmpty(null) AS d
      """
    Then the result should be, in any order:
      | a    | b     | c    | d    |
      | true | false | true | null |
    And no side effects

  Scenario: [27] A map by a computed key
    Given any graph
    When executing query:
      """
      RETURN {a: 1}['a'] AS a, {a: 1}['b'] AS b, {a: {b: 2}}.a.b AS c
      """
    Then the result should be, in any order:
      | a | b    | c |
      | 1 | null | 2 |
    And no side effects

  Scenario: [28] Map projection
    Given an empty graph
    And having executed:
      """
      CREATE (:P {name: 'a', age: 1})
      """
    When executing query:
      """
      MATCH (p:P)
      RETURN p {.name, .none, double: p.age * 2} AS m
      """
    Then the result should be, in any order:
      | m                                  |
      | {name: 'a', none: null, double: 2} |
    And no side effects

  Scenario: [29] Map projection of all properties
    Given an empty graph
    And having executed:
      """
      CREATE (:P {name: 'a', age: 1})
      """
    When executing query:
      """
      MATCH (p:P)
      RETURN p {.*, age: 5} AS m
      """
    Then the result should be, in any order:
      | m                   |
      | {name: 'a', age: 5} |
    And no side effects

  Scenario: [30] Map projection of a variable
    Given an empty graph
    And having executed:
      """
      CREATE (:P {name: 'a', age: 1})
      """
    When executing query:
      """
      MATCH (p:P)
      WITH p, 7 AS extra
      RETURN p {.name, extra} AS m
      """
    Then the result should be, in any order:
      | m                     |
      | {name: 'a', extra: 7} |
    And no side effects

  Scenario: [31] Map projection of a map
    Given any graph
    When executing query:
      """
      WITH {a: 1, b: 2} AS m
      RETURN m {.a, c: 3} AS m
      """
    Then the result should be, in any order:
      | m            |
      | {a: 1, c: 3} |
    And no side effects

  Scenario: [32] Map projection of null
    Given any graph
    When executing query:
      """
      OPTIONAL MATCH (p:Nothing)
      RETURN p {.name} AS m
      """
    Then the result should be, in any order:
      | m    |
      | null |
    And no side effects

  Scenario: [33] Map projection with a collection
    Given an empty graph
    And having executed:
      """
      CREATE (:P {name: 'a', age: 1})
      """
    When executing query:
      """
      MATCH (p:P)
      WITH p, collect(p.age) AS ages
      RETURN p {.name, ages} AS m
      """
    Then the result should be, in any order:
      | m                      |
      | {name: 'a', ages: [1]} |
    And no side effects

  Scenario: [34] Fail to aggregate in a map projection of what is not grouped by
    Given any graph
    When executing query:
      """
      MATCH (p:P)
      RETURN p {.name, ages: collect(p.age)} AS m
      """
    Then a SyntaxError should be raised at compile time: AmbiguousAggregationExpression

  Scenario: [35] Fail on a regular expression that is none
    Given any graph
    When executing query:
      """
      RETURN 'a' =~ '(' AS r
      """
    Then a ArgumentError should be raised at runtime: *

  Scenario: [36] Fail to normalise to an unknown form
    Given any graph
    When executing query:
      """
      RETURN normalize('a', 'NFX') AS r
      """
    Then a ArgumentError should be raised at runtime: InvalidArgumentValue

  Scenario: [37] Fail on a number with an underscore at its end
    Given any graph
    When executing query:
      """
      RETURN 1_ AS r
      """
    Then a SyntaxError should be raised at compile time: InvalidNumberLiteral
