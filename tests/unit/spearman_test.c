#include "cases/drawn.h"

#include "stats/statistic.h"

static nearer_error err;

static void spearman__needs_4_pairs_that_differ(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4}, same[] = {5, 5, 5, 5};
    nr_estimate rho = {.value = 7};
    assert_fails(nr_spearman(&rho, x, x, 0, &err), NEARER_NODATA, "there are 0");
    assert_fails(nr_spearman(&rho, x, x, 3, &err), NEARER_NODATA, "there are 3");
    assert_fails(nr_spearman(&rho, x, same, 4, &err), NEARER_NODATA, "values that differ");
    assert_true(rho.value == 7);
}

static void spearman__of_what_rises_together_is_1(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5}, y[] = {-1e9, 0.001, 0.002, 7, 1e300};
    nr_estimate rho;
    assert_ok(nr_spearman(&rho, x, y, 5, &err));
    assert_near(rho.value, 1, 1e-15);
    assert_true(isnan(rho.low) && isnan(rho.high)); /* Fisher's interval is not claimed */
}

/* No ties: 1 - 6 sum d^2 / (n (n^2 - 1)). Ranks of y: 3 1 2 5 4; d = -2 1 1 -1 1, sum d^2 = 8,
 * rho = 1 - 48 / 120 = 0.6 */
static void spearman__without_ties_is_the_formula_of_squared_differences(void **state)
{
    (void)state;
    const double x[] = {10, 20, 30, 40, 50}, y[] = {3, -1, 2, 99, 4};
    nr_estimate rho;
    assert_ok(nr_spearman(&rho, x, y, 5, &err));
    assert_near(rho.value, 0.6, 1e-15);
}

/* Of 24 orders of 4 ranks, squared differences of 0 come up once and of 2 three times: rho 0.8 has
 * p = 2 * 4 / 24, rho -1 2 / 24; the 9! orders of 9 ranks have one without a difference. */
static void spearman__of_few_pairs_counts_all_orders(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, y[] = {1, 3, 2, 4}, down[] = {4, 3, 2, 1};
    nr_estimate rho;
    assert_ok(nr_spearman(&rho, x, y, 4, &err));
    assert_near(rho.p, 1.0 / 3, 1e-15);
    assert_ok(nr_spearman(&rho, x, down, 4, &err));
    assert_near(rho.p, 1.0 / 12, 1e-15);
    assert_ok(nr_spearman(&rho, x, x, 9, &err));
    assert_near(rho.p, 2.0 / 362880, 1e-18);
    assert_ok(nr_spearman(&rho, x, x, 10, &err));
    assert_near(rho.p, 0, 1e-15); /* Student's t */
}

static void spearman__ranks_what_is_infinite_and_refuses_what_is_missing(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, INFINITY}, gap[] = {1, 2, NAN, 4};
    nr_estimate rho;
    assert_ok(nr_spearman(&rho, x, x, 4, &err));
    assert_near(rho.value, 1, 1e-15);
    assert_fails(nr_spearman(&rho, x, gap, 4, &err), NEARER_VALUE, "value 3 is missing");
}

/* x 1 2 2 3 has midranks 1 2.5 2.5 4, y 10 20 30 30 has 1 2 3.5 3.5. Around 2.5:
 * dx = -1.5 0 0 1.5, dy = -1.5 -0.5 1 1; sxy = 2.25 + 1.5 = 3.75; sxx = syy = 4.5; rho = 5/6.
 * With 4 pairs p = 1 - |rho| (2 degrees, see pearson_test). */
static void spearman__gives_ties_their_mean_rank(void **state)
{
    (void)state;
    const double x[] = {1, 2, 2, 3}, y[] = {10, 20, 30, 30};
    nr_estimate rho;
    assert_ok(nr_spearman(&rho, x, y, 4, &err));
    assert_near(rho.value, 5.0 / 6, 1e-15);
    assert_near(rho.p, 1.0 / 6, 1e-12);
    assert_ok(nr_spearman(&rho, y, x, 4, &err));
    assert_near(rho.value, 5.0 / 6, 1e-15);
}

/* Whatever order the pairs stand in. Three tied at the top: x ranks 1 3 3 3 (mean of 2 3 4),
 * y ranks 4 1 2 3: dx = -1.5 0.5 0.5 0.5, dy = 1.5 -1.5 -0.5 0.5: sxy = -2.25 - 0.75 = -3;
 * sxx = 3, syy = 5; rho = -3 / sqrt 15 */
static void spearman__does_not_look_at_the_order_of_pairs(void **state)
{
    (void)state;
    const double x[] = {1, 8, 8, 8}, y[] = {9, 1, 2, 3}, u[] = {8, 8, 1, 8}, v[] = {3, 1, 9, 2};
    nr_estimate rho;
    assert_ok(nr_spearman(&rho, x, y, 4, &err));
    assert_near(rho.value, -3 / sqrt(15.0), 1e-15);
    assert_ok(nr_spearman(&rho, u, v, 4, &err));
    assert_near(rho.value, -3 / sqrt(15.0), 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spearman__needs_4_pairs_that_differ),
        cmocka_unit_test(spearman__of_what_rises_together_is_1),
        cmocka_unit_test(spearman__without_ties_is_the_formula_of_squared_differences),
        cmocka_unit_test(spearman__of_few_pairs_counts_all_orders),
        cmocka_unit_test(spearman__ranks_what_is_infinite_and_refuses_what_is_missing),
        cmocka_unit_test(spearman__gives_ties_their_mean_rank),
        cmocka_unit_test(spearman__does_not_look_at_the_order_of_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
