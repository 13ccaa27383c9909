#include "cases/drawn.h"

#include "stats/statistic.h"

static nearer_error err;

static void ols__needs_more_places_than_coefficients(void **state)
{
    (void)state;
    const double x[] = {1, 0, 1, 1}, y[] = {1, 2};
    nr_estimate out[2] = {{.value = 7}, {.value = 7}};
    assert_fails(nr_ols(out, NULL, y, x, 0, 2, &err), NEARER_NODATA, "0 places");
    assert_fails(nr_ols(out, NULL, y, x, 2, 2, &err), NEARER_NODATA, "2 places for 2");
    assert_true(out[0].value == 7 && out[1].value == 7);
}

static void ols__refuses_no_variable(void **state)
{
    (void)state;
    const double x[4] = {1, 1, 1, 1}, y[4] = {0};
    nr_estimate out[1];
    assert_fails(nr_ols(out, NULL, y, x, 4, 0, &err), NEARER_VALUE, "at least 1 variable");
}

static void ols__refuses_variables_that_depend_on_each_other(void **state)
{
    (void)state;
    /* the third is the first plus twice the second */
    const double x[] = {1, 1, 3, 1, 2, 5, 1, 4, 9, 1, 7, 15, 1, 8, 17}, y[] = {1, 2, 3, 5, 4};
    nr_estimate out[3];
    assert_fails(nr_ols(out, NULL, y, x, 5, 3, &err), NEARER_VALUE, "depends on the others");
    const double zero[] = {1, 0, 1, 0, 1, 0};
    assert_fails(nr_ols(out, NULL, y, zero, 3, 2, &err), NEARER_VALUE, "variable 2 is 0");
}

/* y = 2 - 3 u + 0.5 v without error */
static void ols__recovers_an_exact_relation(void **state)
{
    (void)state;
    const double u[] = {0, 1, 2, 3, 5}, v[] = {4, 1, 9, -2, 6};
    double x[15], y[5], r_squared;
    for (size_t i = 0; i < 5; i++) {
        x[3 * i] = 1;
        x[3 * i + 1] = u[i];
        x[3 * i + 2] = v[i];
        y[i] = 2 - 3 * u[i] + 0.5 * v[i];
    }
    nr_estimate out[3];
    assert_ok(nr_ols(out, &r_squared, y, x, 5, 3, &err));
    assert_near(out[0].value, 2, 1e-13);
    assert_near(out[1].value, -3, 1e-13);
    assert_near(out[2].value, 0.5, 1e-13);
    assert_near(r_squared, 1, 1e-14);
    for (int c = 0; c < 3; c++) assert_near(out[c].std_error, 0, 1e-12);
}

/* x = 0 1 2, y = 0 1 5: slope = ((-1)(-2) + 0 + 1 * 3) / 2 = 2.5, constant = 2 - 2.5 = -0.5,
 * residuals 0.5 -1 0.5. HC1 = n / (n - k) = 3 times the sandwich:
 *   slope:    sum ((x - 1) e / 2)^2 = (0.25 + 0.25) / 4 = 0.125, times 3 = 0.375
 *   constant: weights 1/3 - (x - 1) / 2 = 5/6 1/3 -1/6; (25 * 0.25 + 4 + 0.25) / 36 = 10.5 / 36,
 *             times 3 = 0.875
 * One degree of freedom: Student's t is Cauchy's, p = 1 - 2 atan(t) / pi and the 97.5 % point is
 * tan(0.475 pi) = 12.706204736. R^2 = 1 - 1.5 / 14. */
static void ols__has_standard_errors_robust_to_heteroskedasticity(void **state)
{
    (void)state;
    const double x[] = {1, 0, 1, 1, 1, 2}, y[] = {0, 1, 5};
    nr_estimate out[2];
    double r_squared, pi = 3.14159265358979323846;
    assert_ok(nr_ols(out, &r_squared, y, x, 3, 2, &err));
    assert_near(out[0].value, -0.5, 1e-14);
    assert_near(out[1].value, 2.5, 1e-14);
    assert_near(out[0].std_error, sqrt(0.875), 1e-13);
    assert_near(out[1].std_error, sqrt(0.375), 1e-13);
    assert_near(out[1].p, 1 - 2 * atan(2.5 / sqrt(0.375)) / pi, 1e-12);
    assert_near(out[0].p, 1 - 2 * atan(0.5 / sqrt(0.875)) / pi, 1e-12);
    assert_near(out[1].low, 2.5 - 12.706204736432095 * sqrt(0.375), 1e-9);
    assert_near(out[1].high, 2.5 + 12.706204736432095 * sqrt(0.375), 1e-9);
    assert_near(r_squared, 1 - 1.5 / 14, 1e-14);
}

/* The constant alone: its coefficient is the mean 4, residuals -3 -1 4; with weights 1/3 the
 * sandwich is (9 + 1 + 16) / 9, times 3 / 2 = 13 / 3. */
static void ols__of_the_constant_alone_is_the_mean(void **state)
{
    (void)state;
    const double x[] = {1, 1, 1}, y[] = {1, 3, 8};
    nr_estimate out[1];
    assert_ok(nr_ols(out, NULL, y, x, 3, 1, &err));
    assert_near(out[0].value, 4, 1e-14);
    assert_near(out[0].std_error, sqrt(13.0 / 3), 1e-13);
}

/* Scaling a variable scales its coefficient and standard error and nothing else. */
static void ols__does_not_depend_on_the_unit_of_a_variable(void **state)
{
    (void)state;
    const double u[] = {1, 2, 4, 7, 8, 12}, y[] = {2, 1, 5, 4, 9, 8};
    double x[12], thousandth[12];
    for (size_t i = 0; i < 6; i++) {
        x[2 * i] = thousandth[2 * i] = 1;
        x[2 * i + 1] = u[i];
        thousandth[2 * i + 1] = u[i] / 1000;
    }
    nr_estimate a[2], b[2];
    assert_ok(nr_ols(a, NULL, y, x, 6, 2, &err));
    assert_ok(nr_ols(b, NULL, y, thousandth, 6, 2, &err));
    assert_near(b[1].value, 1000 * a[1].value, 1e-9);
    assert_near(b[1].std_error, 1000 * a[1].std_error, 1e-9);
    assert_near(b[1].p, a[1].p, 1e-12);
    assert_near(b[0].value, a[0].value, 1e-12);
}

/* 100 to 146.41 in 4 years: 1.1^4 = 1.4641 */
static void annual_growth__is_the_compound_rate(void **state)
{
    (void)state;
    assert_near(nr_annual_growth(100, 146.41, 4), 0.1, 1e-14);
    assert_near(nr_annual_growth(100, 25, 2), -0.5, 1e-15);
    assert_near(nr_annual_growth(5, 5, 19), 0, 0);
    assert_true(isnan(nr_annual_growth(0, 5, 1)) && isnan(nr_annual_growth(5, 0, 1)));
    assert_true(isnan(nr_annual_growth(-1, 5, 1)) && isnan(nr_annual_growth(5, 5, 0)));
    assert_true(isnan(nr_annual_growth(NAN, 5, 1)) && isnan(nr_annual_growth(5, NAN, 1)));
}

/* weights 1 and 3 of 1 and 16: 16^(3/4) = 8 */
static void geometric_mean__is_weighted(void **state)
{
    (void)state;
    assert_near(nr_geometric_mean((const double[]){1, 16}, (const double[]){1, 3}, 2), 8, 1e-14);
    /* what weighs nothing is not looked at */
    assert_near(nr_geometric_mean((const double[]){0, 7}, (const double[]){0, 2}, 2), 7, 1e-14);
    assert_true(isnan(nr_geometric_mean((const double[]){5}, (const double[]){0}, 1)));
    assert_true(isnan(nr_geometric_mean(NULL, NULL, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ols__needs_more_places_than_coefficients),
        cmocka_unit_test(ols__refuses_no_variable),
        cmocka_unit_test(ols__refuses_variables_that_depend_on_each_other),
        cmocka_unit_test(ols__recovers_an_exact_relation),
        cmocka_unit_test(ols__has_standard_errors_robust_to_heteroskedasticity),
        cmocka_unit_test(ols__of_the_constant_alone_is_the_mean),
        cmocka_unit_test(ols__does_not_depend_on_the_unit_of_a_variable),
        cmocka_unit_test(annual_growth__is_the_compound_rate),
        cmocka_unit_test(geometric_mean__is_weighted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
