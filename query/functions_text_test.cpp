// Strings and lists.
#include <string>

#include "code_points.hpp"
#include "functions_test_support.hpp"

namespace islet::query {
namespace {

using test::check;
using test::run;

constexpr std::int64_t most = INT64_MAX;
constexpr std::int64_t least = INT64_MIN;

/// Texts of one to four bytes a code point, with a combining mark, and some that are no UTF-8.
const std::vector<std::string> texts = {"",       "a",  "abc",       "  x ", "naïve",         "Straße",
                                        "日本語", "🍋🍊", "e\xCC\x81", "a日🍋", "\xFF\xC3z\x80", "A\nB\t"};

TEST_CASE("letters change case in every script") {
    check({
        {"toUpper", {"abc-1"}, "'ABC-1'"},
        {"toUpper", {"naïve"}, "'NAÏVE'"},
        {"upper", {"straße"}, "'STRASSE'"},
        {"toUpper", {"ﬁx"}, "'FIX'"},
        {"toUpper", {"ωμέγα"}, "'ΩΜΈΓΑ'"},
        {"toUpper", {"日本"}, "'日本'"},
        {"toLower", {"ABC"}, "'abc'"},
        {"lower", {"ÄÖÜ"}, "'äöü'"},
        {"toLower", {"ДА"}, "'да'"},
        {"toUpper", {1}, "TypeError InvalidArgumentValue"},
    });
    CHECK(run("toUpper", {"a\xFF"}).as_string() == "A\xFF");
}

TEST_CASE("trimming takes white space or given characters") {
    check({
        {"trim", {"  a b \n"}, "'a b'"},
        {"trim", {"\xC2\xA0日\xE3\x80\x80"}, "'日'"},
        {"trim", {" \t "}, "''"},
        {"ltrim", {"  a "}, "'a '"},
        {"rtrim", {"  a "}, "'  a'"},
        {"btrim", {"  a "}, "'a'"},
        {"btrim", {"xyaxyx", "yx"}, "'a'"},
        {"ltrim", {"éèaé", "èé"}, "'aé'"},
        {"rtrim", {"aéè", "èé"}, "'a'"},
        {"btrim", {"aa", ""}, "'aa'"},
        {"btrim", {"abc", "cab"}, "''"},
    });
}

TEST_CASE("parts of a string count code points") {
    check({
        {"left", {"日本語", 2}, "'日本'"},
        {"left", {"abc", 0}, "''"},
        {"left", {"abc", most}, "'abc'"},
        {"left", {"abc", -1}, "ArgumentError NegativeIntegerArgument"},
        {"right", {"a🍋b", 2}, "'🍋b'"},
        {"right", {"abc", 0}, "''"},
        {"right", {"abc", most}, "'abc'"},
        {"right", {"abc", least}, "ArgumentError NegativeIntegerArgument"},
        {"substring", {"hello", 1, 3}, "'ell'"},
        {"substring", {"hello", 2}, "'llo'"},
        {"substring", {"日本語", 1, 1}, "'本'"},
        {"substring", {"abc", 3}, "''"},
        {"substring", {"abc", 4}, "''"},
        {"substring", {"abc", most, most}, "''"},
        {"substring", {"abc", 1, most}, "'bc'"},
        {"substring", {"abc", 1, 0}, "''"},
        {"substring", {"abc", -1}, "ArgumentError NegativeIntegerArgument"},
        {"substring", {"abc", 0, -1}, "ArgumentError NegativeIntegerArgument"},
        {"substring", {"abc", 1.0}, "TypeError InvalidArgumentValue"},
        {"char_length", {"日本語"}, "3"},
        {"character_length", {""}, "0"},
        {"size", {"a🍋"}, "2"},
    });
}

TEST_CASE("left and right halves make the whole, and substring agrees with them") {
    for (const std::string& text : texts) {
        const std::int64_t size = run("size", {text}).as_int();
        for (std::int64_t i = 0; i <= size + 1; ++i) {
            INFO(text << ' ' << i);
            const std::string front(run("left", {text, i}).as_string());
            const std::string back(run("substring", {text, i}).as_string());
            CHECK(front + back == text);
            CHECK(run("substring", {text, 0, i}).as_string() == front);
            if (i <= size && text.find('\xFF') == std::string::npos) {
                CHECK(run("right", {text, size - i}).as_string() == back);
            }
        }
    }
}

TEST_CASE("a part that is the whole shares its text") {
    const Value text("a text long enough to be kept outside of any small buffer");
    const auto* data = text.as_string().data();
    for (const Value& same :
         {run("left", {text, 100}), run("right", {text, 100}), run("substring", {text, 0}),
          run("trim", {text}), run("replace", {text, "#", "?"})}) {
        CHECK(same.as_string().data() == data);
    }
    const Value upper("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    CHECK(run("toUpper", {upper}).as_string().data() == upper.as_string().data());
}

TEST_CASE("replace") {
    check({
        {"replace", {"hello", "l", "w"}, "'hewwo'"},
        {"replace", {"hello", "ll", ""}, "'heo'"},
        {"replace", {"aaa", "aa", "b"}, "'ba'"},
        {"replace", {"日本", "本", "x"}, "'日x'"},
        {"replace", {"", "", "-"}, "'-'"},
        {"replace", {"日a", "", "-"}, "'-日-a-'"},
        {"replace", {"ab", "", ""}, "'ab'"},
        {"replace", {"", "a", "b"}, "''"},
    });
}

TEST_CASE("a result too large to be meant is refused before it is made") {
    const std::string large(100'000, 'a');
    check({
        {"replace", {large, "", large}, "ArgumentError NumberOutOfRange"},
        {"replace", {large, "a", large}, "ArgumentError NumberOutOfRange"},
        {"range", {0, std::int64_t{1'000'000'000'000}}, "ArgumentError NumberOutOfRange"},
        {"range", {least, most}, "ArgumentError NumberOutOfRange"},
        {"range", {most, least, -1}, "ArgumentError NumberOutOfRange"},
    });
}

TEST_CASE("split") {
    check({
        {"split", {"one1two", "1"}, "['one', 'two']"},
        {"split", {"abc", ","}, "['abc']"},
        {"split", {",a,,b,", ","}, "['', 'a', '', 'b', '']"},
        {"split", {"", ","}, "['']"},
        {"split", {"", ""}, "['']"},
        {"split", {"a日", ""}, "['a', '日']"},
        {"split", {"a,b;c", List{",", ";"}}, "['a', 'b', 'c']"},
        {"split", {"a,b", List{""}}, "['a', ',', 'b']"},
        {"split", {"ab,c", List{",", ""}}, "['a', 'b', 'c']"},
        {"split", {"a,b", List()}, "['a,b']"},
        {"split", {"a,b", List{1}}, "TypeError InvalidArgumentValue"},
        {"split", {"a1b", 1}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("what was split is joined again by its delimiter") {
    for (const std::string& text : texts) {
        for (const std::string& delimiter : texts) {
            if (delimiter.empty()) continue;
            std::string joined;
            const Value parts = run("split", {text + delimiter + text, delimiter});
            CHECK(parts.as_list().size() >= 2);
            for (const Value& part : parts.as_list()) {
                joined += std::string(part.as_string()) + delimiter;
            }
            CHECK(joined == text + delimiter + text + delimiter);
        }
    }
}

TEST_CASE("reverse") {
    check({
        {"reverse", {"raksO"}, "'Oskar'"},
        {"reverse", {"a日🍋"}, "'🍋日a'"},
        {"reverse", {List{1, "b", Value()}}, "[null, 'b', 1]"},
        {"reverse", {List()}, "[]"},
        {"reverse", {1}, "TypeError InvalidArgumentValue"},
    });
    for (const std::string& text : texts) {
        if (text.find('\xFF') != std::string::npos) continue;
        CHECK(run("reverse", {run("reverse", {text})}).as_string() == text);
    }
}

TEST_CASE("normalize") {
    check({
        {"normalize", {"e\xCC\x81"}, "'\xC3\xA9'"},
        {"normalize", {"\xC3\xA9", "NFD"}, "'e\xCC\x81'"},
        {"normalize", {"ﬁ", "NFKC"}, "'fi'"},
        {"normalize", {"ﬁ", "NFC"}, "'ﬁ'"},
        {"normalize", {"plain", "NFKD"}, "'plain'"},
        {"normalize", {"a", "NFX"}, "ArgumentError InvalidArgumentValue"},
        {"normalize", {"\xFF"}, "ArgumentError InvalidArgumentValue"},
    });
}

TEST_CASE("ends of lists") {
    check({
        {"size", {List{1, Value(), 3}}, "3"},
        {"size", {Map()}, "TypeError InvalidArgumentValue"},
        {"head", {List{1, 2, 3}}, "1"},
        {"head", {List()}, "null"},
        {"last", {List{1, 2, 3}}, "3"},
        {"last", {List()}, "null"},
        {"tail", {List{1, 2, 3}}, "[2, 3]"},
        {"tail", {List{1}}, "[]"},
        {"tail", {List()}, "[]"},
        {"head", {"abc"}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("range") {
    check({
        {"range", {0, 3}, "[0, 1, 2, 3]"},
        {"range", {2, 18, 3}, "[2, 5, 8, 11, 14, 17]"},
        {"range", {3, 0}, "[]"},
        {"range", {3, 0, -1}, "[3, 2, 1, 0]"},
        {"range", {0, 3, -1}, "[]"},
        {"range", {1, 1, -5}, "[1]"},
        {"range", {most - 1, most}, "[9223372036854775806, 9223372036854775807]"},
        {"range", {least + 1, least, -1}, "[-9223372036854775807, -9223372036854775808]"},
        {"range", {least, most, most}, "[-9223372036854775808, -1, 9223372036854775806]"},
        {"range", {most, least, least}, "[9223372036854775807, -1]"},
        {"range", {0, most, most}, "[0, 9223372036854775807]"},
        {"range", {2, 8, 0}, "ArgumentError NumberOutOfRange"},
        {"range", {0, 0, 0}, "ArgumentError NumberOutOfRange"},
        {"range", {true, 1, 1}, "ArgumentError InvalidArgumentType"},
        {"range", {0, 1.0}, "ArgumentError InvalidArgumentType"},
        {"range", {0, 1, List{1}}, "ArgumentError InvalidArgumentType"},
        {"range", {0, Value()}, "null"},
    });
}

TEST_CASE("positions never leave a text that is no UTF-8") {
    const std::string_view broken = "\x80\x80\xFF\xC3";
    for (std::size_t points = 0; points < 6; ++points) {
        CHECK(offset_of(broken, points) <= broken.size());
        CHECK(offset_from_end(broken, points) <= broken.size());
    }
    CHECK(first_code_point(broken).size() <= broken.size());
}

}  // namespace
}  // namespace islet::query
