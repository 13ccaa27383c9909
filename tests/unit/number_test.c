/* Numbers read and written, held against strtod of the C library, which rounds right. More of them,
 * one by one, are in text_test.c. */
#include <math.h>

#include "base/text.h"
#include "test.h"

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void assert_as_strtod(const char *text)
{
    double value = -12345;
    if (!nr_parse_number(text, &value)) fail_msg("'%s' is not read", text);
    if (bits_of(value) != bits_of(strtod(text, NULL)))
        fail_msg("'%s' is read as %.17g, not %.17g", text, value, strtod(text, NULL));
}

static void parse_number__is_strtod_on_awkward_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1e308",
        "1.7976931348623158e308", /* rounds down to the largest */
        "1e-320",                 /* subnormal */
        "-1e-320",
        "5e-324",
        "2e-324", /* less than half of the smallest: 0 */
        "3e-324", /* more: the smallest */
        "2.4703282292062327208e-324",
        "2.4703282292062328e-324",
        "1e-400",
        "-1e-400",
        "2.2250738585072011e-308", /* at the edge of the subnormal ones, where programs have hung */
        "2.2250738585072012e-308",
        "0.1",
        "0.30000000000000004",
        "1.00000000000000011102230246251565404236316680908203125", /* halfway: to the even one */
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203126",
        "1.00000000000000033306690738754696212708950042724609375",
        "9007199254740993",
        "9007199254740993.0000000000000000000000000000000001",
        "9007199254740995",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999",
        "123456789012345",   /* 15 digits: read the quick way */
        "1234567890.12345",  /* so is this */
        "0.123456789012345", /* and this, with 16 digits, is not */
        ".123456789012345",  /* 15 again */
        "999999999999999",
        "9999999999999999",
        "0.000000000000001",
        "0000000000000000000000000000000000000000000000001",
        "0.0000000000000000000000000000000000000000000000001",
        "+1",
        "+.5",
        "-.5e-3",
        "5.e3",
        "1E5",
        "1e+05",
        "1e00000000000000000005",
        "0e999999999",
        "-0",
        "-0.0e5",
        " 1",
        "\t-2.5",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_as_strtod(texts[i]);
}

/* Random digits, points and exponents, around the border of the quick way: 15 digits. */
static void parse_number__is_strtod_on_random_decimals(void **state)
{
    (void)state;
    uint64_t seed = 2026;
    for (int i = 0; i < 20000; i++) {
        char text[80];
        size_t n = 0, digits = 1 + next(&seed) % 19, point = next(&seed) % (digits + 2);
        if (next(&seed) % 4 == 0) text[n++] = next(&seed) % 2 == 0 ? '-' : '+';
        for (size_t k = 0; k < digits; k++) {
            if (k == point) text[n++] = '.';
            text[n++] = (char)('0' + next(&seed) % 10);
        }
        text[n] = 0;
        if (next(&seed) % 3 == 0)
            snprintf(text + n, sizeof text - n, "e%d", (int)(next(&seed) % 600) - 320);
        if (isinf(strtod(text, NULL))) {
            double value = 7;
            assert_false(nr_parse_number(text, &value)); /* no double is that large */
            assert_true(value == 7);
        } else {
            assert_as_strtod(text);
        }
    }
}

static void parse_number__is_right_on_halves_between_doubles(void **state)
{
    (void)state;
    /* 17 digits of the middle between a number and the next: on one side or the other of it */
    uint64_t seed = 17;
    for (int i = 0; i < 10000; i++) {
        double value = 0.5 + (double)(next(&seed) >> 12) / 4503599627370496.0;
        char text[60];
        snprintf(text, sizeof text, "%.17Lg",
                 ((long double)value + (long double)nextafter(value, 2)) / 2);
        assert_as_strtod(text);
    }
}

static void parse_number__refuses_what_strtod_would_take_in_part(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "1e",   "1e-",       ".",        ".e1",    "+",     "-",
        "",     " ",         "1.2.3",    "1..",    "1,5",   "nan",
        "NAN",  "-nan",      "nan(0)",   "0x1p4",  "0x10",  "1f",
        "1d5",  "1e5.0",     "infinity", "inf1",   "infi",  "i",
        "++1",  "+ 1",       "1e 5",     "1 000",  "1\n",   "\n1",
        "１",   "1\xC2\xA0", "1e309",    "-1e309", "2e308", "1.7976931348623159e308",
        "true", "1/2",       "1%",       "#1",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double value = 7;
        if (nr_parse_number(wrong[i], &value)) fail_msg("'%s' is read as %g", wrong[i], value);
        assert_true(value == 7);
    }
}

static void format_number__reads_back_bit_for_bit(void **state)
{
    (void)state;
    uint64_t seed = 20260101;
    size_t n = 0;
    for (int i = 0; i < 60000; i++) {
        uint64_t bits = next(&seed);
        /* one in four: a number as tables have it, of few digits */
        double value =
            i % 4 == 0 ? (double)(int64_t)(bits % 2000000001) / pow(10, (double)(bits >> 60)) : 0;
        if (i % 4 != 0) memcpy(&value, &bits, sizeof value);
        if (isnan(value) || isinf(value)) continue;
        char text[NR_NUMBER_TEXT];
        double back = 0;
        nr_format_number(value, text);
        if (strlen(text) > 24) fail_msg("'%s' is longer than any double needs", text);
        if (!nr_parse_number(text, &back) || bits_of(back) != bits_of(value))
            fail_msg("%a is written '%s' and read %a", value, text, back);
        if (bits_of(strtod(text, NULL)) != bits_of(value))
            fail_msg("%a is written '%s', which others read as %a", value, text,
                     strtod(text, NULL));
        n++;
    }
    assert_true(n > 59000);
}

static void format_number__of_few_digits_has_those(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-0.0, "-0"},
                 {0.1, "0.1"},
                 {-2.50, "-2.5"},
                 {1e9, "1000000000"},
                 {123456789.123456, "123456789.123456"},
                 {0.0001, "0.0001"},
                 {1e-5, "1e-05"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {1 / 3.0, "0.3333333333333333"},
                 {1e22, "1e+22"},
                 {114.3055, "114.3055"},
                 {999999999.9, "999999999.9"},
                 {0.000001, "1e-06"},
                 {1.000001, "1.000001"},
                 {1.0000001, "1.0000001"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[NR_NUMBER_TEXT];
        assert_string_equal(nr_format_number(cases[i].value, text), cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_number__is_strtod_on_awkward_texts),
        cmocka_unit_test(parse_number__is_strtod_on_random_decimals),
        cmocka_unit_test(parse_number__is_right_on_halves_between_doubles),
        cmocka_unit_test(parse_number__refuses_what_strtod_would_take_in_part),
        cmocka_unit_test(format_number__reads_back_bit_for_bit),
        cmocka_unit_test(format_number__of_few_digits_has_those),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
