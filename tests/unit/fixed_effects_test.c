#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/statistic.h"

static nearer_error err;

static nr_design design_of(const double *y, const double *x, size_t n, size_t k)
{
    return (nr_design){.y = y, .x = x, .n = n, .k = k};
}

/* Within the units x is -1 1 -2 2 and y -2 2 -2 2: (2 + 2 + 4 + 4) / 10; 4 rows less 1 slope and 2
 * effects leave 1 degree. */
static void fixed_effects__of_units_by_hand(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 6}, y[] = {1, 10, 5, 14};
    const size_t unit[] = {70, 4, 70, 4};
    nr_fit *fit = NULL;
    nr_design design = design_of(y, x, 4, 1);
    assert_ok(nr_fixed_effects(&fit, &design, unit, NULL, &err));
    assert_near(fit->b[0], 1.2, 1e-14);
    assert_near(fit->degrees, 1, 0);
    assert_int_equal(fit->absorbed, 2);
    assert_near(fit->r_squared, 1 - (16 - 1.2 * 12) / 16, 1e-14);
    nr_fit_free(fit);
}

/* Three units at two times are their changes with a constant: x 2 4 3, y 4 9 5: (2 + 3) / 2. */
static void fixed_effects__of_units_and_times_are_those_of_changes(void **state)
{
    (void)state;
    const double x[] = {0, 2, 5, 9, 1, 4}, y[] = {3, 7, 0, 9, 2, 7};
    const size_t unit[] = {0, 0, 1, 1, 2, 2}, time[] = {2001, 2020, 2001, 2020, 2001, 2020};
    nr_fit *fit = NULL;
    double covariance[1], p;
    nr_design design = design_of(y, x, 6, 1);
    assert_ok(nr_fixed_effects(&fit, &design, unit, time, &err));
    assert_near(fit->b[0], 2.5, 1e-14);
    assert_near(fit->degrees, 1, 0);
    assert_fails(nr_covariance_hc(covariance, fit, NR_HC2, &err), NEARER_VALUE, "fixed effects");
    assert_fails(nr_covariance_cluster(covariance, NULL, fit, unit, NR_CR2, &err), NEARER_VALUE,
                 "fixed effects");
    assert_fails(nr_wild_p(&p, fit, 0, unit, 0, NULL, &err), NEARER_VALUE, "fixed effects");
    assert_fails(nr_influence(&p, NULL, fit, &err), NEARER_VALUE, "fixed effects");
    nr_fit_free(fit);
}

/* Two pairs of units that share no time: a constant more each, 4 + 4 - 2 effects. */
static void fixed_effects__of_parts_that_do_not_touch(void **state)
{
    (void)state;
    const double x[] = {1, 2, 4, 3, 6, 5, 9, 7}, y[] = {1, 4, 2, 8, 5, 7, 1, 3};
    const size_t unit[] = {0, 0, 1, 1, 2, 2, 3, 3}, time[] = {1, 2, 1, 2, 3, 4, 3, 4};
    nr_fit *fit = NULL;
    nr_design design = design_of(y, x, 8, 1);
    assert_ok(nr_fixed_effects(&fit, &design, unit, time, &err));
    assert_int_equal(fit->absorbed, 6);
    assert_near(fit->degrees, 1, 0);
    nr_fit_free(fit);
}

static void fixed_effects__refuse_what_does_not_vary_within(void **state)
{
    (void)state;
    const double y[] = {1, 4, 2, 8, 5, 7, 1, 3}, gap[] = {1, 4, 2, NAN, 5, 7, 1, 3};
    const size_t unit[] = {0, 0, 0, 1, 1, 1, 2, 2}, time[] = {1, 2, 3, 1, 2, 3, 1, 2};
    double fixed[8], both[8], twins[16];
    nr_fit *fit = NULL;
    for (size_t i = 0; i < 8; i++) {
        fixed[i] = 0.1 * (double)unit[i] + 0.3;
        both[i] = 0.1 * (double)unit[i] + 0.7 * (double)time[i];
        twins[2 * i] = y[7 - i];
        twins[2 * i + 1] = 0.3 * y[7 - i] + 1e5 * fixed[i];
    }
    nr_design design = design_of(y, fixed, 8, 1);
    assert_fails(nr_fixed_effects(&fit, &design, unit, NULL, &err), NEARER_VALUE,
                 "variable 1 does not vary within units");
    design = design_of(y, both, 8, 1);
    assert_fails(nr_fixed_effects(&fit, &design, unit, time, &err), NEARER_VALUE,
                 "variable 1 does not vary within units and times");
    design = design_of(y, twins, 8, 2);
    assert_fails(nr_fixed_effects(&fit, &design, unit, NULL, &err), NEARER_VALUE,
                 "depend on each other");
    design = design_of(y, gap, 8, 1);
    assert_fails(nr_fixed_effects(&fit, &design, unit, NULL, &err), NEARER_VALUE, "value 4 is nan");
    design = design_of(y, twins, 4, 2);
    assert_fails(nr_fixed_effects(&fit, &design, unit, NULL, &err), NEARER_NODATA,
                 "4 rows for 2 coefficients and 2 effects");
    design.n = 0;
    assert_fails(nr_fixed_effects(&fit, &design, unit, time, &err), NEARER_NODATA, "0 rows");
    assert_null(fit);
}

static void fixed_effects__leave_nothing_behind_without_memory(void **state)
{
    (void)state;
    const double x[] = {0, 2, 5, 9, 1, 4}, y[] = {3, 7, 0, 9, 2, 7};
    const size_t unit[] = {0, 0, 1, 1, 2, 2}, time[] = {1, 2, 1, 2, 1, 2};
    nearer_status status = NEARER_MEMORY;
    nr_fit *fit = NULL;
    nr_design design = design_of(y, x, 6, 1);
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nr_fixed_effects(&fit, &design, unit, time, &err);
        nr_fail_allocation_after(-1);
    }
    assert_ok(status);
    nr_fit_free(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_effects__of_units_by_hand),
        cmocka_unit_test(fixed_effects__of_units_and_times_are_those_of_changes),
        cmocka_unit_test(fixed_effects__of_parts_that_do_not_touch),
        cmocka_unit_test(fixed_effects__refuse_what_does_not_vary_within),
        cmocka_unit_test(fixed_effects__leave_nothing_behind_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
