#include "cases/drawn.h"

#include "stats/random.h"
#include "stats/statistic.h"

static nearer_error err;

static void kendall__needs_4_pairs_that_differ(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4}, same[] = {5, 5, 5, 5}, gap[] = {1, NAN, 3, 4};
    nr_estimate tau = {.value = 7};
    assert_fails(nr_kendall(&tau, x, x, 0, &err), NEARER_NODATA, "there are 0");
    assert_fails(nr_kendall(&tau, x, x, 3, &err), NEARER_NODATA, "there are 3");
    assert_fails(nr_kendall(&tau, x, same, 4, &err), NEARER_NODATA, "values that differ");
    assert_fails(nr_kendall(&tau, same, x, 4, &err), NEARER_NODATA, "values that differ");
    assert_fails(nr_kendall(&tau, x, gap, 4, &err), NEARER_VALUE,
                 "second variable: value 2 is missing");
    assert_true(tau.value == 7);
}

/* One of six pairs is the other way round: (5 - 1) / 6. Of the 24 orders 1 has none and 3 have one
 * such pair: p = 2 * 4 / 24. */
static void kendall__counts_pairs_and_orders(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4}, y[] = {1, 3, 2, INFINITY}, down[] = {-1, -3, -2, -4};
    nr_estimate tau;
    assert_ok(nr_kendall(&tau, x, y, 4, &err));
    assert_near(tau.value, 4.0 / 6, 1e-15);
    assert_near(tau.p, 1.0 / 3, 1e-15);
    assert_true(isnan(tau.low) && isnan(tau.high) && isnan(tau.std_error));
    assert_ok(nr_kendall(&tau, x, down, 4, &err));
    assert_near(tau.value, -4.0 / 6, 1e-15);
    assert_near(tau.p, 1.0 / 3, 1e-15);
}

/* x 1 2 2 3, y 10 20 30 30: four pairs rise, one is tied in x, one in y: 4 / sqrt(5 * 5). Variance
 * (4 * 3 * 13 - 2 * 9 - 2 * 9) / 18 + 2 * 2 / (2 * 4 * 3) = 41 / 6. */
static void kendall__of_ties_is_tau_b_with_a_normal_p(void **state)
{
    (void)state;
    const double x[] = {1, 2, 2, 3}, y[] = {10, 20, 30, 30};
    nr_estimate tau;
    assert_ok(nr_kendall(&tau, x, y, 4, &err));
    assert_near(tau.value, 0.8, 1e-15);
    assert_near(tau.p, erfc(4 / sqrt(41.0 / 6) / sqrt(2)), 1e-14);
}

/* x 1 1 1 2, y 1 2 2 2: one pair rises, three differ in each: 1 / 3. Three alike in both: variance
 * (156 - 66 - 66) / 18 + 6 * 6 / 24 + 6 * 6 / 216 = 3. */
static void kendall__of_three_alike(void **state)
{
    (void)state;
    const double x[] = {1, 1, 1, 2}, y[] = {1, 2, 2, 2};
    nr_estimate tau;
    assert_ok(nr_kendall(&tau, x, y, 4, &err));
    assert_near(tau.value, 1.0 / 3, 1e-15);
    assert_near(tau.p, erfc(1 / sqrt(3.0) / sqrt(2)), 1e-14);
}

/* Of n! orders two are as far out as the order itself: p = 2 / n!, to its last digits. */
static void kendall__of_a_perfect_order_has_the_smallest_p(void **state)
{
    (void)state;
    double x[49], factorial = 1;
    nr_estimate tau;
    for (int i = 0; i < 49; i++) {
        x[i] = i * i;
        factorial *= i + 1;
        if (i < 3) continue;
        assert_ok(nr_kendall(&tau, x, x, (size_t)i + 1, &err));
        assert_near(tau.value, 1, 1e-15);
        assert_near(tau.p * factorial, 2, 1e-12);
    }
}

/* Each pair looked at, on numbers with many ties. */
static void kendall__is_that_of_all_pairs(void **state)
{
    (void)state;
    nr_random *random = NULL;
    assert_ok(nr_random_new(&random, 7, &err));
    for (size_t n = 4; n < 200; n += 13) {
        double x[200], y[200], score = 0, in_x = 0, in_y = 0;
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)nr_random_below(random, n);
            y[i] = (double)nr_random_below(random, 9) + x[i] / 4;
        }
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < i; j++) {
                int a = (x[i] > x[j]) - (x[i] < x[j]), b = (y[i] > y[j]) - (y[i] < y[j]);
                score += a * b;
                in_x += a * a;
                in_y += b * b;
            }
        nr_estimate tau;
        assert_ok(nr_kendall(&tau, x, y, n, &err));
        assert_near(tau.value, score / sqrt(in_x * in_y), 1e-14);
    }
    nr_random_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kendall__needs_4_pairs_that_differ),
        cmocka_unit_test(kendall__counts_pairs_and_orders),
        cmocka_unit_test(kendall__of_ties_is_tau_b_with_a_normal_p),
        cmocka_unit_test(kendall__of_three_alike),
        cmocka_unit_test(kendall__of_a_perfect_order_has_the_smallest_p),
        cmocka_unit_test(kendall__is_that_of_all_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
