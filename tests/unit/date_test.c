#include "test.h"

static nearer_error err;

static void date_parse__reads_a_day(void **state)
{
    (void)state;
    nearer_date date;
    char text[16];
    assert_ok(nearer_date_parse(&date, "1970-01-01", &err));
    assert_int_equal(date, 0);
    assert_ok(nearer_date_parse(&date, "2020-12-26", &err));
    assert_string_equal(nearer_date_format(date, text), "2020-12-26");
    assert_int_equal(nearer_date_year(date), 2020);
}

static void date_parse__takes_a_year_or_month_as_its_last_day(void **state)
{
    (void)state;
    nearer_date date;
    char text[16];
    assert_ok(nearer_date_parse(&date, "2020", &err));
    assert_int_equal(date, nearer_date_year_end(2020));
    assert_ok(nearer_date_parse(&date, "2000-02", &err));
    assert_string_equal(nearer_date_format(date, text), "2000-02-29");
    assert_ok(nearer_date_parse(&date, "1900-02", &err));
    assert_string_equal(nearer_date_format(date, text), "1900-02-28");
}

static void date_parse__refuses_what_is_no_date(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",           "20",       "2020-13",     "2020-00-01",
                                        "2021-02-29", "2020-1-1", "2020-01-01x", "26.12.2020",
                                        "-2020",      "2020-",    "2020-01-"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nearer_date date = 7;
        assert_fails(nearer_date_parse(&date, wrong[i], &err), NEARER_VALUE, "is no date");
        assert_int_equal(date, 7);
    }
}

static void date_year_end__is_31_december(void **state)
{
    (void)state;
    char text[16];
    assert_string_equal(nearer_date_format(nearer_date_year_end(2001), text), "2001-12-31");
}

static void date_format__goes_back_and_forth_over_four_centuries(void **state)
{
    (void)state;
    for (nearer_date day = -150000; day < 150000; day += 37) {
        nearer_date back;
        char text[16];
        assert_ok(nearer_date_parse(&back, nearer_date_format(day, text), &err));
        assert_int_equal(back, day);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(date_parse__reads_a_day),
        cmocka_unit_test(date_parse__takes_a_year_or_month_as_its_last_day),
        cmocka_unit_test(date_parse__refuses_what_is_no_date),
        cmocka_unit_test(date_year_end__is_31_december),
        cmocka_unit_test(date_format__goes_back_and_forth_over_four_centuries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
