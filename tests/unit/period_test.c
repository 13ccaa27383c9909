#include "cases/drawn.h"

#include "model/period.h"

static nearer_error err;

static void period_parse__of_nothing_is_no_period(void **state)
{
    (void)state;
    nr_period p = {1, 2};
    assert_fails(nr_period_parse(&p, "", &err), NEARER_VALUE,
                 "'' is no period; a date YYYY, YYYY-MM or YYYY-MM-DD or a range FIRST..LAST was "
                 "expected");
    assert_fails(nr_period_parse(&p, "..", &err), NEARER_VALUE, "'..' is no period");
    assert_int_equal(p.first, 1); /* untouched */
    assert_int_equal(p.last, 2);
    assert_int_equal(nr_period_parse(&p, "", NULL), NEARER_VALUE);
}

/* NULL: open. A date given to the year or month runs from its first day to its last. */
static void period_parse__runs_from_the_first_day_to_the_last(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first, *last;
    } periods[] = {
        {"1970-01-01", "1970-01-01", "1970-01-01"},
        {"2010", "2010-01-01", "2010-12-31"},
        {"2010-06", "2010-06-01", "2010-06-30"},
        {"2010-12", "2010-12-01", "2010-12-31"},
        {"2010-06-30", "2010-06-30", "2010-06-30"},
        {"2011-02", "2011-02-01", "2011-02-28"},
        {"2012-02", "2012-02-01", "2012-02-29"}, /* leap years: every 4th ... */
        {"1900-02", "1900-02-01", "1900-02-28"}, /* ... but not every 100th ... */
        {"2000-02", "2000-02-01", "2000-02-29"}, /* ... but every 400th */
        {"2012-02-29", "2012-02-29", "2012-02-29"},
        {"2008..2010", "2008-01-01", "2010-12-31"},
        {"2008..2010-06", "2008-01-01", "2010-06-30"},
        {"2008-03..2010-06-15", "2008-03-01", "2010-06-15"},
        {"2008-03-31..2008", "2008-03-31", "2008-12-31"},
        {"2012-02..2012-02-01", "2012-02-01", "2012-02-01"},
        {"2010..2010", "2010-01-01", "2010-12-31"},
        {"2010-05-05..2010-05-05", "2010-05-05", "2010-05-05"},
        {"2008..", "2008-01-01", NULL},
        {"2008-02..", "2008-02-01", NULL},
        {"..2010", NULL, "2010-12-31"},
        {"..2012-02", NULL, "2012-02-29"},
        {"..2010-06-15", NULL, "2010-06-15"},
    };
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        nr_period p = {0, 0};
        assert_ok(nr_period_parse(&p, periods[i].text, &err));
        assert_int_equal(p.first, periods[i].first == NULL ? INT32_MIN : day(periods[i].first));
        assert_int_equal(p.last, periods[i].last == NULL ? INT32_MAX : day(periods[i].last));
    }
}

static void period_parse__refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "2011..2010",             /* reversed: from 1 January 2011 to 31 December 2010 */
        "2010-07..2010-06",       /* ... */
        "2010-06-02..2010-06-01", /* ... */
        "2011-02-29",             /* no leap year */
        "1900-02-29",
        "2010-13",
        "2010-00",
        "2010-06-31",
        "2010-6",
        "10",
        "soon",
        "2010.2011",
        "2010...2011",
        "2010..2011..2012",
        "2010..soon",
        "soon..2010",
        "2010-2011",
        "2010 .. 2011",
        " 2010",
        "2010-01-01-01-01-01",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nr_period p = {1, 2};
        char part[80];
        snprintf(part, sizeof part, "'%s' is no period", wrong[i]);
        assert_fails(nr_period_parse(&p, wrong[i], &err), NEARER_VALUE, part);
        assert_int_equal(err.status, NEARER_VALUE);
        assert_int_equal(p.first, 1);
        assert_int_equal(p.last, 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(period_parse__of_nothing_is_no_period),
        cmocka_unit_test(period_parse__runs_from_the_first_day_to_the_last),
        cmocka_unit_test(period_parse__refuses_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
