#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/statistic.h"

static nearer_error err;

static nr_agreement agree(const double *observed, const double *modelled, size_t n)
{
    nr_agreement a;
    assert_ok(nr_agree(&a, observed, modelled, n, &err));
    assert_int_equal(a.n, n);
    return a;
}

static void agree__of_nothing_is_not_known(void **state)
{
    (void)state;
    nr_agreement a = agree(NULL, NULL, 0);
    assert_true(isnan(a.median_off) && isnan(a.p90_off) && isnan(a.bias_share) && isnan(a.bias) &&
                isnan(a.r_squared));
}

/* 90 where 60 was observed: half as much again, 30 min. One observation does not vary. */
static void agree__of_one_is_its_error(void **state)
{
    (void)state;
    nr_agreement a = agree((const double[]){60}, (const double[]){90}, 1);
    assert_near(a.median_off, 0.5, 1e-15);
    assert_near(a.p90_off, 0.5, 1e-15);
    assert_near(a.bias_share, 0.5, 1e-15);
    assert_near(a.bias, 30, 1e-12);
    assert_true(isnan(a.r_squared));
}

/* 100 as 90 and 200 as 240: errors of 0.1 and 0.2 (low and high), median 0.15,
 * 90th percentile 0.1 + 0.9 x 0.1 = 0.19; bias (-0.1 + 0.2) / 2 and (-10 + 40) / 2;
 * R2 = 1 - (10^2 + 40^2) / (50^2 + 50^2) = 1 - 1700 / 5000 */
static void agree__of_two_lies_between_them(void **state)
{
    (void)state;
    nr_agreement a = agree((const double[]){100, 200}, (const double[]){90, 240}, 2);
    assert_near(a.median_off, 0.15, 1e-15);
    assert_near(a.p90_off, 0.19, 1e-15);
    assert_near(a.bias_share, 0.05, 1e-15);
    assert_near(a.bias, 15, 1e-12);
    assert_near(a.r_squared, 1 - 1700.0 / 5000, 1e-15);
}

/* Errors in order 0.1 0.2 0.3 0.4: quantile q stands at (n - 1) q = 3 q. Median at 1.5: 0.25;
 * 90th percentile at 2.7: 0.3 + 0.7 x 0.1 = 0.37. With a fifth, 0.9: median at 2 the third;
 * 90th percentile at 3.6: 0.4 + 0.6 x 0.5 = 0.7. */
static void agree__interpolates_quantiles(void **state)
{
    (void)state;
    const double observed[] = {100, 100, 200, 1000, 10}, modelled[] = {70, 110, 280, 1200, 19};
    nr_agreement a = agree(observed, modelled, 4);
    assert_near(a.median_off, 0.25, 1e-12);
    assert_near(a.p90_off, 0.37, 1e-12);
    a = agree(observed, modelled, 5);
    assert_near(a.median_off, 0.3, 1e-12);
    assert_near(a.p90_off, 0.7, 1e-12);
}

/* Observed 1 2 3 around their mean: 1 + 0 + 1 = 2. R2 is around the line of equality, not around a
 * line fitted: twice the observed lie on a line and yet
 *   modelled 1 2 3: 1 - 0 / 2; 2 4 6: 1 - (1 + 4 + 9) / 2 = -6; 2 2 2: 1 - (1 + 0 + 1) / 2 = 0;
 *   3 2 1: 1 - (4 + 0 + 4) / 2 = -3 */
static void agree__measures_around_equality(void **state)
{
    (void)state;
    static const struct {
        double modelled[3], r_squared;
    } cases[] = {{{1, 2, 3}, 1}, {{2, 4, 6}, -6}, {{2, 2, 2}, 0}, {{3, 2, 1}, -3}};
    for (size_t i = 0; i < 4; i++) {
        nr_agreement a = agree((const double[]){1, 2, 3}, cases[i].modelled, 3);
        assert_near(a.r_squared, cases[i].r_squared, 1e-12);
    }
    nr_agreement a = agree((const double[]){1, 2, 3}, (const double[]){1, 2, 3}, 3);
    assert_near(a.median_off, 0, 0);
    assert_near(a.p90_off, 0, 0);
    assert_near(a.bias, 0, 0);
    assert_near(a.bias_share, 0, 0);
}

static void agree__has_no_r_squared_where_observed_do_not_differ(void **state)
{
    (void)state;
    nr_agreement a = agree((const double[]){7, 7, 7}, (const double[]){7, 14, 7}, 3);
    assert_true(isnan(a.r_squared));
    assert_near(a.median_off, 0, 0);
    assert_near(a.p90_off, 0.8, 1e-12); /* at 1.8 of 0 0 1 */
    assert_near(a.bias, 7.0 / 3, 1e-12);
}

static void agree__out_of_memory_says_so(void **state)
{
    (void)state;
    nr_agreement a;
    nr_fail_allocation_after(0);
    nearer_status status = nr_agree(&a, (const double[]){1}, (const double[]){1}, 1, &err);
    nr_fail_allocation_after(-1);
    assert_int_equal(status, NEARER_MEMORY);
    assert_string_equal(err.message, "out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agree__of_nothing_is_not_known),
        cmocka_unit_test(agree__of_one_is_its_error),
        cmocka_unit_test(agree__of_two_lies_between_them),
        cmocka_unit_test(agree__interpolates_quantiles),
        cmocka_unit_test(agree__measures_around_equality),
        cmocka_unit_test(agree__has_no_r_squared_where_observed_do_not_differ),
        cmocka_unit_test(agree__out_of_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
