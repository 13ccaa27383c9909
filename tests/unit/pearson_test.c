#include "cases/drawn.h"

#include "stats/statistic.h"

static nearer_error err;

static void pearson__needs_4_pairs(void **state)
{
    (void)state;
    const double x[] = {1, 2, 4}, y[] = {1, 3, 2};
    nr_estimate r = {.value = 7};
    assert_fails(nr_pearson(&r, x, y, 0, &err), NEARER_NODATA, "there are 0");
    assert_fails(nr_pearson(&r, x, y, 3, &err), NEARER_NODATA, "at least 4 pairs, there are 3");
    assert_true(r.value == 7);
}

static void pearson__needs_values_that_differ(void **state)
{
    (void)state;
    const double x[] = {0.1, 0.1, 0.1, 0.1, 0.1}, y[] = {1, 3, 2, 5, 4};
    nr_estimate r;
    assert_fails(nr_pearson(&r, x, y, 5, &err), NEARER_NODATA, "values that differ");
    assert_fails(nr_pearson(&r, y, x, 5, &err), NEARER_NODATA, "values that differ");
    const double gap[] = {1, 2, 3, NAN, 5}, far[] = {1, 2, 3, 4, -INFINITY};
    assert_fails(nr_pearson(&r, y, gap, 5, &err), NEARER_VALUE, "second variable: value 4 is nan");
    assert_fails(nr_pearson(&r, far, y, 5, &err), NEARER_VALUE, "first variable: value 5 is -inf");
}

/* x - 2.5 = -1.5 -0.5 0.5 1.5, y - 2.5 = -1.5 0.5 -0.5 1.5: sxy = 2.25 - 0.25 - 0.25 + 2.25 = 4,
 * sxx = syy = 5, r = 0.8. With 4 pairs Student's t has 2 degrees, where the two-sided p of t is
 * 1 - t / sqrt(2 + t^2); t = r sqrt(2 / (1 - r^2)) makes that 1 - |r|. */
static void pearson__by_hand_of_4_pairs(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4}, y[] = {1, 3, 2, 4}, down[] = {-1, -3, -2, -4};
    nr_estimate r;
    assert_ok(nr_pearson(&r, x, y, 4, &err));
    assert_near(r.value, 0.8, 1e-15);
    assert_near(r.p, 0.2, 1e-12);
    assert_true(isnan(r.std_error));
    /* atanh 0.8 = ln 9 / 2 = 1.0986122886681098; with n - 3 = 1 half the width is 1.959963984540054
     */
    assert_near(r.low, tanh(1.0986122886681098 - 1.959963984540054), 1e-12);
    assert_near(r.high, tanh(1.0986122886681098 + 1.959963984540054), 1e-12);
    assert_ok(nr_pearson(&r, x, down, 4, &err));
    assert_near(r.value, -0.8, 1e-15);
    assert_near(r.p, 0.2, 1e-12);
    assert_near(r.high, tanh(1.959963984540054 - 1.0986122886681098), 1e-12);
}

static void pearson__of_a_straight_line_is_1(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 7}, y[] = {5, 7, 9, 11, 17}, down[] = {-1, -2, -3, -4, -7};
    nr_estimate r;
    assert_ok(nr_pearson(&r, x, y, 5, &err));
    assert_near(r.value, 1, 1e-15);
    assert_near(r.p, 0, 1e-12);
    assert_true(r.low <= r.value && r.value <= r.high && r.high <= 1);
    assert_ok(nr_pearson(&r, x, down, 5, &err));
    assert_near(r.value, -1, 1e-15);
    assert_true(r.low >= -1 && r.high <= -1 + 1e-6);
}

/* Nine pairs with r = 0.6 exactly: x = -4..4; z = x^2 - 20/3 is orthogonal to x and to the
 * constant, |x|^2 = 60, |z|^2 = 708 - 400 = 308; y = 0.6 x / |x| + 0.8 z / |z|. The interval of
 * r = 0.60 with n = 9 is -0.11 to 0.90: tanh(0.693147 -+ 1.959964 / sqrt 6). */
static void pearson__of_nine_cities_spans_more_than_half_of_what_is_possible(void **state)
{
    (void)state;
    double x[9], y[9];
    for (int i = 0; i < 9; i++) {
        x[i] = i - 4;
        y[i] = 0.6 * x[i] / sqrt(60.0) + 0.8 * (x[i] * x[i] - 20.0 / 3) / sqrt(308.0);
    }
    nr_estimate r;
    assert_ok(nr_pearson(&r, x, y, 9, &err));
    assert_near(r.value, 0.6, 1e-14);
    assert_near(r.low, -0.11, 0.005);
    assert_near(r.high, 0.90, 0.005);
}

/* tanh((1.95996 + 0.84162) / sqrt(n - 3)): 9 pairs tanh 1.14374 = 0.8156, 34 tanh 0.50318 =
 * 0.4646, 279 tanh 0.16864 = 0.1671. A correlation must be at least that: 0.82, 0.47, 0.17. */
static void detectable_r__falls_with_the_number_of_pairs(void **state)
{
    (void)state;
    assert_near(nr_detectable_r(9), 0.8156, 1e-4);
    assert_near(nr_detectable_r(34), 0.4646, 1e-4);
    assert_near(nr_detectable_r(279), 0.1671, 1e-4);
    assert_near(ceil(100 * nr_detectable_r(9)), 82, 0);
    assert_near(ceil(100 * nr_detectable_r(34)), 47, 0);
    assert_near(ceil(100 * nr_detectable_r(279)), 17, 0);
    for (size_t n = 4; n < 400; n++) assert_true(nr_detectable_r(n + 1) < nr_detectable_r(n));
}

static void detectable_r__is_not_known_below_4_pairs(void **state)
{
    (void)state;
    for (size_t n = 0; n < 4; n++) assert_true(isnan(nr_detectable_r(n)));
    assert_true(nr_detectable_r(4) < 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pearson__needs_4_pairs),
        cmocka_unit_test(pearson__needs_values_that_differ),
        cmocka_unit_test(pearson__by_hand_of_4_pairs),
        cmocka_unit_test(pearson__of_a_straight_line_is_1),
        cmocka_unit_test(pearson__of_nine_cities_spans_more_than_half_of_what_is_possible),
        cmocka_unit_test(detectable_r__falls_with_the_number_of_pairs),
        cmocka_unit_test(detectable_r__is_not_known_below_4_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
