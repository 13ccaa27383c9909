#include <float.h>
#include <locale.h>
#include <math.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/unknown.h"
#include "test.h"

/* splitmix64 (Steele, Lea, Flood 2014): the same numbers on every machine */
static uint64_t next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t to_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void assert_round_trip(double value)
{
    char text[NR_NUMBER_TEXT];
    double back = 0;
    assert_ptr_equal(nr_format_number(value, text), text);
    if (!nr_parse_number(text, &back) || to_bits(back) != to_bits(value))
        fail_msg("%a is written '%s' and read %a", value, text, back);
}

static void assert_reads(const char *text, double expected)
{
    double value = -12345;
    if (!nr_parse_number(text, &value)) fail_msg("'%s' is not read", text);
    if (to_bits(value) != to_bits(expected))
        fail_msg("'%s' is read as %.17g, not %.17g", text, value, expected);
}

static void parse_number__refuses_nothing(void **state)
{
    (void)state;
    double value = 7;
    assert_false(nr_parse_number("", &value));
    assert_false(nr_parse_number("  \t ", &value));
    assert_true(value == 7);
}

static void parse_number__reads_decimals(void **state)
{
    (void)state;
    assert_reads("0", 0.0);
    assert_reads("-0", -0.0);
    assert_reads("12", 12);
    assert_reads("+12", 12);
    assert_reads("-3.5e2", -350);
    assert_reads("3.5E+2", 350);
    assert_reads("25e-2", 0.25);
    assert_reads(".5", 0.5);
    assert_reads("5.", 5);
    assert_reads("007", 7);
    assert_reads("0.1", 0.1);
    assert_reads("123456789012345", 123456789012345.0);
    /* 2^53 + 1 lies between two doubles and goes to the even one */
    assert_reads("9007199254740993", 9007199254740992.0);
    assert_reads("0.1000000000000000055511151231257827021181583404541015625", 0.1);
    assert_reads("1e22", 1e22);
    assert_reads("1.7976931348623157e308", DBL_MAX);
    assert_reads("2.2250738585072014e-308", DBL_MIN);
    assert_reads("4.9406564584124654e-324", from_bits(1));
}

static void parse_number__takes_blanks_around(void **state)
{
    (void)state;
    assert_reads("  12", 12);
    assert_reads("12 \t", 12);
    assert_reads("\t 1.5e3 ", 1500);
    assert_reads(" inf", INFINITY);
    assert_reads("inf ", INFINITY);
    assert_reads(" -inf\t", -INFINITY);
}

static void parse_number__reads_infinity(void **state)
{
    (void)state;
    assert_reads("inf", INFINITY);
    assert_reads("-inf", -INFINITY);
    assert_reads("INF", INFINITY);
}

static void parse_number__refuses_what_is_no_decimal_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {"nan",
                                        "NaN",
                                        "-nan",
                                        "nan(1)",
                                        "nan()",
                                        "0x10",
                                        "0X1p3",
                                        "0x",
                                        "1p3",
                                        "1,5",
                                        "1.5x",
                                        "12km",
                                        "1 2",
                                        "1..2",
                                        "1.2.3",
                                        ".",
                                        "-",
                                        "+",
                                        "e5",
                                        "1e",
                                        "1e+",
                                        "--1",
                                        "+-1",
                                        "- 1",
                                        "1-",
                                        "infx",
                                        "in",
                                        "1_000",
                                        "1'000",
                                        "12\n",
                                        "\n12",
                                        "\r12",
                                        "\v12",
                                        "(12)",
                                        "12%",
                                        "one",
                                        "\xC2\xA0"
                                        "12", /* a blank that does not break */
                                        "1234567890123456789x",
                                        "1e5 6",
                                        "0.1.",
                                        "1e5e5",
                                        "1e5.5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double value = 7;
        if (nr_parse_number(wrong[i], &value)) fail_msg("'%s' is read as %g", wrong[i], value);
        assert_true(value == 7);
    }
}

static void parse_number__agrees_with_the_nearest_double_on_plain_decimals(void **state)
{
    (void)state;
    /* n / 10^k for a whole n below 2^53 and k <= 22 is the double nearest to the decimal: both
     * are exact and a division rounds once (IEEE 754) */
    uint64_t seed = 20200101;
    static const double power[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    for (int i = 0; i < 10000; i++) {
        uint64_t n = next(&seed) % 1000000000000000u, whole, rest;
        size_t k = next(&seed) % 10;
        whole = n / (uint64_t)power[k];
        rest = n % (uint64_t)power[k];
        char text[64];
        if (k == 0)
            snprintf(text, sizeof text, "%llu", (unsigned long long)n);
        else
            snprintf(text, sizeof text, "%llu.%0*llu", (unsigned long long)whole, (int)k,
                     (unsigned long long)rest);
        assert_reads(text, (double)n / power[k]);
    }
}

static void format_number__says_what_is_no_number(void **state)
{
    (void)state;
    char text[NR_NUMBER_TEXT];
    assert_string_equal(nr_format_number(NAN, text), "");
    assert_string_equal(nr_format_number(INFINITY, text), "inf");
    assert_string_equal(nr_format_number(-INFINITY, text), "-inf");
}

static void format_number__writes_no_more_than_is_needed(void **state)
{
    (void)state;
    char text[NR_NUMBER_TEXT];
    assert_string_equal(nr_format_number(0, text), "0");
    assert_string_equal(nr_format_number(0.1, text), "0.1");
    assert_string_equal(nr_format_number(-2.5, text), "-2.5");
    assert_string_equal(nr_format_number(100, text), "100");
    /* 1/3 = 0.333333333333333314829616256247... needs 16 digits, 0.1 + 0.2 =
     * 0.3000000000000000444089209850062616... 17 */
    assert_string_equal(nr_format_number(1.0 / 3, text), "0.3333333333333333");
    assert_string_equal(nr_format_number(0.1 + 0.2, text), "0.30000000000000004");
}

static void format_number__reads_back_at_the_edges(void **state)
{
    (void)state;
    assert_round_trip(0.0);
    assert_round_trip(-0.0);
    assert_round_trip(INFINITY);
    assert_round_trip(-INFINITY);
    assert_round_trip(DBL_MAX);
    assert_round_trip(-DBL_MAX);
    assert_round_trip(DBL_MIN);
    assert_round_trip(DBL_EPSILON);
    assert_round_trip(from_bits(1));                  /* the smallest subnormal */
    assert_round_trip(from_bits(0x000FFFFFFFFFFFFF)); /* the largest */
    assert_round_trip(from_bits(0x8000000000000001));
    for (int e = -1074; e <= 1023; e++) assert_round_trip(ldexp(1, e));
    for (int e = -323; e <= 308; e++) assert_round_trip(pow(10, e));
}

static void format_number__reads_back_10000_random_doubles(void **state)
{
    (void)state;
    uint64_t seed = 42;
    int subnormal = 0, huge = 0;
    for (int i = 0; i < 10000; i++) {
        uint64_t bits = next(&seed);
        /* every tenth is subnormal, every other tenth larger than 2^960 */
        if (i % 10 == 0) bits &= 0x800FFFFFFFFFFFFF;
        if (i % 10 == 1) bits = (bits & 0x803FFFFFFFFFFFFF) | 0x7FC0000000000000;
        double value = from_bits(bits);
        if (isnan(value) || isinf(value)) continue;
        subnormal += fpclassify(value) == FP_SUBNORMAL;
        huge += fabs(value) > ldexp(1, 960);
        assert_round_trip(value);
    }
    assert_true(subnormal >= 1000);
    assert_true(huge >= 500);
}

static void format_number__reads_back_10000_numbers_of_a_table(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 10000; i++)
        assert_round_trip(((double)(next(&seed) >> 11) - ldexp(1, 52)) *
                          pow(10, (double)(next(&seed) % 20) - 18));
}

static void format_fixed__has_that_many_decimals(void **state)
{
    (void)state;
    char text[NR_NUMBER_TEXT];
    assert_string_equal(nr_format_fixed(3, 0, text), "3");
    assert_string_equal(nr_format_fixed(3, 2, text), "3.00");
    assert_string_equal(nr_format_fixed(-12.345, 1, text), "-12.3");
    assert_string_equal(nr_format_fixed(0.96, 1, text), "1.0");
    assert_string_equal(nr_format_fixed(NAN, 1, text), "");
    assert_string_equal(nr_format_fixed(INFINITY, 1, text), "inf");
    assert_string_equal(nr_format_fixed(-INFINITY, 1, text), "-inf");
}

static void format_fixed__has_no_negative_zero(void **state)
{
    (void)state;
    char text[NR_NUMBER_TEXT];
    assert_string_equal(nr_format_fixed(-0.04, 1, text), "0.0");
    assert_string_equal(nr_format_fixed(-0.0, 0, text), "0");
    assert_string_equal(nr_format_fixed(-0.06, 1, text), "-0.1");
}

static void format_fixed__holds_the_largest_numbers(void **state)
{
    (void)state;
    char text[NR_NUMBER_TEXT];
    assert_string_equal(nr_format_fixed(-999999999999999.0, 6, text), "-999999999999999.000000");
    double back;
    assert_true(nr_parse_number(nr_format_fixed(-DBL_MAX, 6, text), &back));
    assert_true(back == -DBL_MAX);
}

static void numbers__are_the_same_where_the_decimal_mark_is_a_comma(void **state)
{
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8",  "fr_FR.UTF-8", "fr_FR.utf8",
                                          "ru_RU.UTF-8", "pt_BR.UTF-8", "de_DE",       "fr_FR"};
    const char *found = NULL;
    for (size_t i = 0; found == NULL && i < sizeof locales / sizeof *locales; i++)
        found = setlocale(LC_ALL, locales[i]);
    if (found == NULL || strcmp(localeconv()->decimal_point, ",") != 0) {
        setlocale(LC_ALL, "C");
        print_message("skipped: no locale with a decimal comma is installed\n");
        skip();
    }
    char text[NR_NUMBER_TEXT], fixed[NR_NUMBER_TEXT], huge[NR_NUMBER_TEXT];
    double plain = 0, exponent = 0, comma = 7;
    nr_format_number(1.5, text);
    nr_format_fixed(-1234.5, 2, fixed);
    nr_format_number(1.25e300, huge);
    bool read = nr_parse_number("2.5", &plain) && nr_parse_number("2.5e10", &exponent);
    bool read_comma = nr_parse_number("2,5", &comma);
    setlocale(LC_ALL, "C");
    assert_string_equal(text, "1.5");
    assert_string_equal(fixed, "-1234.50");
    assert_string_equal(huge, "1.25e+300");
    assert_true(read);
    assert_true(plain == 2.5 && exponent == 2.5e10);
    assert_false(read_comma);
}

static void same_word__is_blind_to_letter_case(void **state)
{
    (void)state;
    assert_true(nr_same_word("", ""));
    assert_true(nr_same_word("Rail", "rAIL"));
    assert_false(nr_same_word("rail", "rai"));
    assert_false(nr_same_word("rai", "rail"));
    assert_false(nr_same_word("", "a"));
    assert_false(nr_same_word("@", "`")); /* 32 apart like a letter and its capital */
    assert_false(nr_same_word("[", "{"));
}

static const char *known(const void *words, size_t i)
{
    return ((const char *const *)words)[i];
}

static void suggest__of_no_words_is_nothing(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    assert_null(nr_suggest("rail", known, none));
    assert_null(nr_suggest("", known, none));
}

static void suggest__gives_the_nearest_word(void **state)
{
    (void)state;
    static const char *const words[] = {"rail", "road", "air", "water", NULL};
    assert_string_equal(nr_suggest("raill", known, words), "rail");
    assert_string_equal(nr_suggest("rod", known, words), "road");
    assert_string_equal(nr_suggest("WATER", known, words), "water");
    assert_string_equal(nr_suggest("watr", known, words), "water");
    assert_string_equal(nr_suggest("aire", known, words), "air");
}

static void suggest__takes_the_beginning_of_a_longer_word(void **state)
{
    (void)state;
    static const char *const words[] = {"speed_kmh", "access_limit_km", NULL};
    assert_string_equal(nr_suggest("speed", known, words), "speed_kmh");
    assert_string_equal(nr_suggest("Access", known, words), "access_limit_km");
    assert_null(nr_suggest("ac", known, words)); /* two letters begin too many words */
}

static void suggest__says_nothing_when_no_word_is_near(void **state)
{
    (void)state;
    static const char *const words[] = {"rail", "road", "air", "water", NULL};
    assert_null(nr_suggest("bicycle", known, words));
    assert_null(nr_suggest("", known, words));
    assert_null(nr_suggest("x", known, words));
}

static void suggest__takes_words_of_any_length(void **state)
{
    (void)state;
    char longest[1000];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    const char *words[] = {longest, "rail", NULL};
    assert_string_equal(nr_suggest("rail", known, words), "rail");
    words[0] = "road";
    assert_null(nr_suggest(longest + 899, known, words)); /* 100 letters */
    assert_null(nr_suggest(longest + 936, known, words)); /* 63, the most that are compared */
    assert_null(nr_suggest(longest + 935, known, words)); /* 64 */
}

static void text__grows_and_is_taken(void **state)
{
    (void)state;
    nr_text text = {0};
    char *bytes = nr_text_take(&text);
    assert_string_equal(bytes, "");
    nr_free(bytes);
    for (int i = 0; i < 1000; i++) nr_text_print(&text, "%d,", i % 10);
    nr_text_add(&text, "a\0b", 3);
    nr_text_add_word(&text, "end");
    assert_int_equal(text.length, 2006);
    bytes = nr_text_take(&text);
    assert_null(text.bytes);
    assert_int_equal(text.length, 0);
    assert_memory_equal(bytes + 1998, "9,a\0bend", 9);
    nr_free(bytes);
}

static void text_print__takes_what_is_longer_than_its_buffer(void **state)
{
    (void)state;
    /* lengths around 512 */
    for (int n = 505; n < 520; n++) {
        nr_text text = {0};
        nr_text_print(&text, "%0*d", n, 7);
        assert_int_equal(text.length, n);
        assert_int_equal(strspn(text.bytes, "0"), n - 1);
        assert_string_equal(text.bytes + n - 1, "7");
        nr_text_clear(&text);
    }
}

static void text__remembers_that_memory_ran_out(void **state)
{
    (void)state;
    nr_text text = {0};
    nr_text_add_word(&text, "kept");
    char longest[1000];
    memset(longest, 'a', sizeof longest);
    nr_fail_allocation_after(0);
    nr_text_add(&text, longest, sizeof longest);
    assert_true(text.failed);
    nr_text_add_word(&text, "more");
    assert_string_equal(text.bytes, "kept");
    assert_null(nr_text_take(&text));
    /* taken: a new one */
    assert_false(text.failed);
    nr_fail_allocation_after(0);
    nr_text_print(&text, "%0600d", 1);
    assert_true(text.failed);
    nr_text_clear(&text);
    assert_false(text.failed);
    assert_null(text.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_number__refuses_nothing),
        cmocka_unit_test(parse_number__reads_decimals),
        cmocka_unit_test(parse_number__takes_blanks_around),
        cmocka_unit_test(parse_number__reads_infinity),
        cmocka_unit_test(parse_number__refuses_what_is_no_decimal_number),
        cmocka_unit_test(parse_number__agrees_with_the_nearest_double_on_plain_decimals),
        cmocka_unit_test(format_number__says_what_is_no_number),
        cmocka_unit_test(format_number__writes_no_more_than_is_needed),
        cmocka_unit_test(format_number__reads_back_at_the_edges),
        cmocka_unit_test(format_number__reads_back_10000_random_doubles),
        cmocka_unit_test(format_number__reads_back_10000_numbers_of_a_table),
        cmocka_unit_test(format_fixed__has_that_many_decimals),
        cmocka_unit_test(format_fixed__has_no_negative_zero),
        cmocka_unit_test(format_fixed__holds_the_largest_numbers),
        cmocka_unit_test(numbers__are_the_same_where_the_decimal_mark_is_a_comma),
        cmocka_unit_test(same_word__is_blind_to_letter_case),
        cmocka_unit_test(suggest__of_no_words_is_nothing),
        cmocka_unit_test(suggest__gives_the_nearest_word),
        cmocka_unit_test(suggest__takes_the_beginning_of_a_longer_word),
        cmocka_unit_test(suggest__says_nothing_when_no_word_is_near),
        cmocka_unit_test(suggest__takes_words_of_any_length),
        cmocka_unit_test(text__grows_and_is_taken),
        cmocka_unit_test(text_print__takes_what_is_longer_than_its_buffer),
        cmocka_unit_test(text__remembers_that_memory_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
