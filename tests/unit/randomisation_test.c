#include "stats/randomisation.h"

#include <math.h>

#include "test.h"

static nearer_error err;

/* Four arrangements; at slope b their statistics are 4 - 2b, 1 + b, -4 and 2 - b. */
static const double at_none[] = {4, 1, -4, 2}, per_slope[] = {2, -1, 0, 1};
static const nr_randomisation four = {4, at_none, per_slope};

static void p__is_the_share_as_far_out_itself_included(void **state)
{
    (void)state;
    assert_true(nr_randomisation_p(&four, 0) ==
                0.5); /* 4 of 4, 1, -4, 2: the first and the third */
    assert_true(nr_randomisation_p(&four, 1) == 0.75); /* 2 of 2, 2, -4, 1 */
    assert_true(nr_randomisation_p(&four, 2) == 1);    /* 0 */
}

/* 2 - b of what happened, 1 or -1 of all others: these are as far out while b lies within 1 .. 3.
 */
static void estimate__ends_where_p_crosses_one_in_twenty(void **state)
{
    (void)state;
    enum { COUNT = 41 };
    double none[COUNT] = {2}, slope[COUNT] = {1};
    for (size_t k = 1; k < COUNT; k++) none[k] = k % 2 == 0 ? 1 : -1;
    const nr_randomisation r = {COUNT, none, slope};
    nr_estimate e;
    assert_int_equal(nr_randomisation_estimate(&e, &r, &err), NEARER_OK);
    assert_true(e.value == 2 && isnan(e.std_error));
    assert_true(fabs(e.low - 1) < 1e-12 && fabs(e.high - 3) < 1e-12);
    assert_true(e.p == 1.0 / COUNT);
}

static void estimate__has_no_end_where_nothing_is_rejected(void **state)
{
    (void)state;
    nr_estimate e;
    assert_int_equal(nr_randomisation_estimate(&e, &four, &err), NEARER_OK);
    assert_true(e.value == 2 && isinf(e.low) && e.low < 0 && isinf(e.high) && e.high > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p__is_the_share_as_far_out_itself_included),
        cmocka_unit_test(estimate__ends_where_p_crosses_one_in_twenty),
        cmocka_unit_test(estimate__has_no_end_where_nothing_is_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
