#include "access/inequality.h"

#include <math.h>

#include "test.h"

static nearer_error err;

static double gini(const double *x, size_t n)
{
    double value = 0;
    assert_ok(nr_gini(&value, &(nr_sample){x, NULL, n}, &err));
    return value;
}

static double between(const double *x, const size_t *group, size_t n, size_t groups)
{
    double value = 0;
    assert_ok(nr_theil_between(&value, &(nr_sample){x, NULL, n}, group, groups, &err));
    return value;
}

static void inequality__of_nothing_is_not_known(void **state)
{
    (void)state;
    assert_true(isnan(nr_cv(&(nr_sample){NULL, NULL, 0})));
    assert_true(isnan(nr_theil(&(nr_sample){NULL, NULL, 0})));
    assert_true(isnan(gini(NULL, 0)));
    assert_true(isnan(between(NULL, NULL, 0, 0)));
}

static void inequality__of_equal_values_is_0(void **state)
{
    (void)state;
    const double x[4] = {7, 7, 7, 7};
    const size_t group[4] = {0, 1, 0, NR_NO_GROUP};
    assert_true(nr_cv(&(nr_sample){x, NULL, 4}) == 0);
    assert_true(nr_theil(&(nr_sample){x, NULL, 4}) == 0);
    assert_true(gini(x, 4) == 0);
    assert_true(between(x, group, 4, 2) == 0);
    assert_true(gini(x, 1) == 0 && nr_cv(&(nr_sample){x, NULL, 1}) == 0);
}

/* 1, 2, 3, 4: mean 2.5, variance 1.25; Gini = (-3 - 2 + 3 + 12) / (16 x 2.5) = 10 / 40 = 0.25;
 * Theil = (0.4 ln 0.4 + 0.8 ln 0.8 + 1.2 ln 1.2 + 1.6 ln 1.6) / 4. */
static void inequality__is_what_the_formulas_give(void **state)
{
    (void)state;
    const double x[4] = {3, 1, 4, 2};
    assert_true(fabs(nr_cv(&(nr_sample){x, NULL, 4}) - sqrt(1.25) / 2.5) < 1e-15);
    assert_true(fabs(gini(x, 4) - 0.25) < 1e-15);
    double theil = (0.4 * log(0.4) + 0.8 * log(0.8) + 1.2 * log(1.2) + 1.6 * log(1.6)) / 4;
    assert_true(fabs(nr_theil(&(nr_sample){x, NULL, 4}) - theil) < 1e-15);
}

/* Groups {1, 3} and {2, 6}: means 2 and 4 of 3, totals 4 and 8 of 12. */
static void theil__between_and_within_are_the_whole(void **state)
{
    (void)state;
    const double x[4] = {1, 2, 3, 6}, low[2] = {1, 3}, high[2] = {2, 6};
    const size_t group[4] = {0, 1, 0, 1};
    double b = between(x, group, 4, 2);
    assert_true(fabs(b - (4.0 / 12 * log(2.0 / 3) + 8.0 / 12 * log(4.0 / 3))) < 1e-15);
    double within = 4.0 / 12 * nr_theil(&(nr_sample){low, NULL, 2}) +
                    8.0 / 12 * nr_theil(&(nr_sample){high, NULL, 2});
    assert_true(fabs(nr_theil(&(nr_sample){x, NULL, 4}) - b - within) < 1e-15);
}

static void theil__of_values_without_a_group_is_all_between(void **state)
{
    (void)state;
    const double x[3] = {1, 2, 6};
    const size_t none[3] = {NR_NO_GROUP, NR_NO_GROUP, NR_NO_GROUP};
    assert_true(fabs(between(x, none, 3, 0) - nr_theil(&(nr_sample){x, NULL, 3})) < 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inequality__of_nothing_is_not_known),
        cmocka_unit_test(inequality__of_equal_values_is_0),
        cmocka_unit_test(inequality__is_what_the_formulas_give),
        cmocka_unit_test(theil__between_and_within_are_the_whole),
        cmocka_unit_test(theil__of_values_without_a_group_is_all_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
