#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/random.h"
#include "stats/statistic.h"

static nearer_error err;

/* Columns of angle cos = 0.6: singular values sqrt(1 +- 0.6), so the condition is 2, whatever their
 * length. */
static void fit__has_the_condition_of_its_columns(void **state)
{
    (void)state;
    const double x[] = {1, 6e5, 0, 8e5, 0, 0}, y[] = {1, 2, 3};
    nr_fit *fit = NULL;
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = 3, .k = 2}, &err));
    assert_near(fit->condition, 2, 1e-14);
    assert_near(fit->rss, 9, 1e-14);
    assert_near(fit->tss, 14, 1e-14); /* no constant among the columns: around 0 */
    nr_fit_free(fit);
}

/* Whatever the units: the noise is 1e20 times as large. */
static void fit__names_what_depends_on_what(void **state)
{
    (void)state;
    static const char *const names[] = {"constant", "gain", "noise", "double gain"};
    double x[32], y[8];
    nr_fit *fit = NULL;
    for (size_t i = 0; i < 8; i++) {
        const double row[] = {1, (double)(i * i), i % 3 == 0 ? 1e20 : 0, 2 * (double)(i * i) + 1};
        memcpy(x + 4 * i, row, sizeof row);
        y[i] = (double)i;
    }
    nr_design design = {.y = y, .x = x, .n = 8, .k = 4, .names = names};
    assert_int_equal(nr_fit_new(&fit, &design, &err), NEARER_VALUE);
    assert_non_null(strstr(err.message, "depends on the others ("));
    assert_non_null(strstr(err.message, "constant"));
    assert_non_null(strstr(err.message, "double gain"));
    assert_null(strstr(err.message, "noise"));
    for (size_t i = 0; i < 8; i++) x[4 * i + 2] = 0;
    assert_fails(nr_fit_new(&fit, &design, &err), NEARER_VALUE, "noise is 0 in every row");
    x[4 * 5 + 1] = NAN;
    assert_fails(nr_fit_new(&fit, &design, &err), NEARER_VALUE, "gain is nan in row 6");
    y[2] = INFINITY;
    assert_fails(nr_fit_new(&fit, &design, &err), NEARER_VALUE, "value 3 is inf");
    assert_null(fit);
}

/* 120 columns by chance; what is left is at right angles to each, and A'y is b. */
static void fit__takes_any_number_of_columns(void **state)
{
    (void)state;
    enum { N = 300, K = 120 };
    static double x[N * K], y[N];
    nr_random *random = NULL;
    nr_fit *fit = NULL;
    assert_ok(nr_random_new(&random, 5, &err));
    for (size_t i = 0; i < (size_t)N * K; i++) x[i] = nr_random_between(random, -1, 1);
    for (size_t i = 0; i < N; i++) y[i] = nr_random_between(random, -1, 1);
    nr_random_free(random);
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = N, .k = K}, &err));
    double leverage = 0;
    for (size_t c = 0; c < K; c++) {
        double angle = 0, b = 0;
        for (size_t i = 0; i < N; i++) {
            angle += fit->residual[i] * x[i * K + c];
            b += fit->influence[i * K + c] * y[i];
        }
        assert_near(angle, 0, 1e-12);
        assert_near(b, fit->b[c], 1e-12);
    }
    for (size_t i = 0; i < N; i++) leverage += nr_fit_leverage(fit, i);
    assert_near(leverage, K, 1e-11);
    nr_fit_free(fit);
}

/* Left-out rows by a regression of their own; the fourth alone has the fourth column. */
static void influence__is_the_change_without_the_row(void **state)
{
    (void)state;
    const double u[] = {1, 2, 4, 7, 8, 12}, y[] = {2, 1, 5, 4, 9, 8};
    double x[12], rest[10], y_rest[5], change[12], alone[18], moved[18];
    for (size_t i = 0; i < 6; i++) {
        x[2 * i] = alone[3 * i] = 1;
        x[2 * i + 1] = alone[3 * i + 1] = u[i];
        alone[3 * i + 2] = i == 3;
    }
    nr_fit *all = NULL, *without = NULL;
    assert_ok(nr_fit_new(&all, &(nr_design){.y = y, .x = x, .n = 6, .k = 2}, &err));
    assert_ok(nr_influence(change, NULL, all, &err));
    for (size_t left_out = 0; left_out < 6; left_out++) {
        for (size_t i = 0, k = 0; i < 6; i++) {
            if (i == left_out) continue;
            rest[2 * k] = 1;
            rest[2 * k + 1] = u[i];
            y_rest[k++] = y[i];
        }
        assert_ok(nr_fit_new(&without, &(nr_design){.y = y_rest, .x = rest, .n = 5, .k = 2}, &err));
        for (size_t c = 0; c < 2; c++)
            assert_near(change[2 * left_out + c], all->b[c] - without->b[c], 1e-13);
        nr_fit_free(without);
    }
    nr_fit_free(all);
    assert_ok(nr_fit_new(&all, &(nr_design){.y = y, .x = alone, .n = 6, .k = 3}, &err));
    assert_ok(nr_influence(moved, NULL, all, &err));
    assert_true(isnan(moved[3 * 3 + 2]) && isfinite(moved[0]));
    nr_fit_free(all);
}

/* 1.959964 + 0.841621 for the normal; Student's t with 1 degree has tan(0.475 pi) and tan(0.3 pi).
 */
static void detectable_slope__is_2_8_standard_errors(void **state)
{
    (void)state;
    double pi = 3.14159265358979323846;
    assert_near(nr_detectable_slope(2, INFINITY), 2 * (1.959963984540054 + 0.8416212335729143),
                1e-12);
    assert_near(nr_detectable_slope(1, 1), tan(0.475 * pi) + tan(0.3 * pi), 1e-9);
    assert_true(isnan(nr_detectable_slope(NAN, 5)) && isnan(nr_detectable_slope(1, 0)));
}

static void fit__leaves_nothing_behind_without_memory(void **state)
{
    (void)state;
    const double x[] = {1, 0, 1, 1, 1, 2, 1, 5}, y[] = {0, 1, 5, 2};
    const double twice[] = {1, 2, 1, 2, 1, 2, 1, 2};
    nearer_status status = NEARER_MEMORY;
    nr_estimate b[2];
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nr_ols(b, NULL, y, x, 4, 2, &err);
        nr_fail_allocation_after(-1);
    }
    assert_ok(status);
    status = NEARER_MEMORY;
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nr_ols(b, NULL, y, twice, 4, 2, &err);
        nr_fail_allocation_after(-1);
    }
    assert_int_equal(status, NEARER_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit__has_the_condition_of_its_columns),
        cmocka_unit_test(fit__names_what_depends_on_what),
        cmocka_unit_test(fit__takes_any_number_of_columns),
        cmocka_unit_test(influence__is_the_change_without_the_row),
        cmocka_unit_test(detectable_slope__is_2_8_standard_errors),
        cmocka_unit_test(fit__leaves_nothing_behind_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
