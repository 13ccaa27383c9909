/* Correlation and regression against figures worked out in R (referee/statistics: corr, regression,
 * conley), each at the tolerance its expected.csv gives. */
#include <math.h>

#include "referee/referee.h"

#include "base/text.h"
#include "stats/covariance.h"
#include "stats/statistic.h"

/* A number of a table of R's, which pads them. */
static double number_of(const nearer_table *table, size_t row, const char *column)
{
    double value;
    assert_true(nr_parse_number(expected_text(table, row, column), &value));
    return value;
}

static void same(double got, const nearer_table *expected, const char *of, const char *quantity)
{
    for (size_t row = 0; row < nearer_table_rows(expected); row++) {
        if (strcmp(expected_text(expected, row, "case"), of) != 0 ||
            strcmp(expected_text(expected, row, "quantity"), quantity) != 0)
            continue;
        double wanted = number_of(expected, row, "value"), tol = number_of(expected, row, "tol");
        if (!(fabs(got - wanted) <= tol * fabs(wanted)))
            fail_msg("%s %s: %.17g, %.17g was expected", of, quantity, got, wanted);
        return;
    }
    fail_msg("%s has no %s", of, quantity);
}

static double *column_of(const nearer_table *table, const char *column)
{
    double *x = calloc(nearer_table_rows(table), sizeof *x);
    assert_non_null(x);
    for (size_t i = 0; i < nearer_table_rows(table); i++) x[i] = number_of(table, i, column);
    return x;
}

static void correlations__of_tuna_are_those_of_r(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *wanted = read_expected("statistics/corr/expected.csv"),
                 *data = read_expected("statistics/corr/hollander_wolfe_tuna.csv");
    double *x = column_of(data, "x"), *y = column_of(data, "y");
    size_t n = nearer_table_rows(data);
    nr_estimate r, rho, tau;
    assert_ok(nr_pearson(&r, x, y, n, &err));
    assert_ok(nr_spearman(&rho, x, y, n, &err));
    assert_ok(nr_kendall(&tau, x, y, n, &err));
    same(r.value, wanted, "tuna", "pearson_r");
    same(r.p, wanted, "tuna", "pearson_p");
    same(r.low, wanted, "tuna", "pearson_ci_lo");
    same(r.high, wanted, "tuna", "pearson_ci_hi");
    same(rho.value, wanted, "tuna", "spearman_rho");
    same(rho.p, wanted, "tuna", "spearman_p_exact_two");
    same(tau.value, wanted, "tuna", "kendall_tau");
    same(tau.p, wanted, "tuna", "kendall_p_exact_two");
    free(x);
    free(y);
    nearer_table_free(data);
    nearer_table_free(wanted);
}

static void hold_pair(const nearer_table *wanted, const nearer_table *data, const char *first,
                      const char *second)
{
    char quantity[60];
    double *x = column_of(data, first), *y = column_of(data, second);
    size_t n = nearer_table_rows(data);
    nr_estimate found[3];
    assert_ok(nr_pearson(&found[0], x, y, n, &err));
    assert_ok(nr_spearman(&found[1], x, y, n, &err));
    assert_ok(nr_kendall(&found[2], x, y, n, &err));
    const struct {
        const char *name;
        double value;
    } pairs[] = {{"pearson_r", found[0].value},    {"pearson_ci_lo", found[0].low},
                 {"pearson_ci_hi", found[0].high}, {"pearson_p", found[0].p},
                 {"spearman_rho", found[1].value}, {"spearman_p", found[1].p},
                 {"kendall_taub", found[2].value}, {"kendall_p", found[2].p}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        snprintf(quantity, sizeof quantity, "%s_%s_%s", pairs[i].name, first, second);
        same(pairs[i].value, wanted, "mtcars", quantity);
    }
    free(x);
    free(y);
}

static void correlations__of_tied_cars_are_those_of_r(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *wanted = read_expected("statistics/corr/expected.csv"),
                 *data = read_expected("statistics/corr/mtcars4.csv");
    hold_pair(wanted, data, "mpg", "wt");
    hold_pair(wanted, data, "mpg", "cyl");
    hold_pair(wanted, data, "hp", "wt");
    double *mpg = column_of(data, "mpg"), *wt = column_of(data, "wt"), *hp = column_of(data, "hp");
    nr_estimate r;
    assert_ok(nr_partial(&r, mpg, wt, hp, nearer_table_rows(data), 1, &err));
    same(r.value, wanted, "mtcars", "partial_r_mpg_wt_given_hp");
    free(mpg);
    free(wt);
    free(hp);
    nearer_table_free(data);
    nearer_table_free(wanted);
}

static void correlations__of_anscombe_are_those_of_r(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *wanted = read_expected("statistics/corr/expected.csv"),
                 *data = read_expected("statistics/corr/anscombe.csv");
    for (int set = 1; set <= 4; set++) {
        char name[20];
        nr_estimate r;
        size_t n = nearer_table_rows(data);
        snprintf(name, sizeof name, "x%d", set);
        double *x = column_of(data, name);
        snprintf(name, sizeof name, "y%d", set);
        double *y = column_of(data, name);
        assert_ok(nr_pearson(&r, x, y, n, &err));
        snprintf(name, sizeof name, "pearson_r_%d", set);
        same(r.value, wanted, "anscombe", name);
        assert_ok(nr_spearman(&r, x, y, n, &err));
        snprintf(name, sizeof name, "spearman_%d", set);
        same(r.value, wanted, "anscombe", name);
        assert_ok(nr_kendall(&r, x, y, n, &err));
        snprintf(name, sizeof name, "kendall_b_%d", set);
        same(r.value, wanted, "anscombe", name);
        free(x);
        free(y);
    }
    nearer_table_free(data);
    nearer_table_free(wanted);
}

/* Expenditure of 50 states on income / 10000 and its square; the state without a figure is left
 * out. */
static void heteroskedasticity__of_schools_is_met_as_in_r(void **state)
{
    (void)state;
    static const char *const kinds[] = {[NR_CLASSICAL] = "const",
                                        [NR_HC0] = "HC0",
                                        [NR_HC1] = "HC1",
                                        [NR_HC2] = "HC2",
                                        [NR_HC3] = "HC3"};
    skip_without_referee();
    nearer_table *wanted = read_expected("statistics/regression/expected.csv"),
                 *data = read_expected("statistics/regression/PublicSchools.csv");
    double x[51 * 3], y[51], income, covariance[9];
    size_t n = 0;
    for (size_t row = 0; row < nearer_table_rows(data); row++) {
        assert_true(n < 51);
        if (!nr_parse_number(expected_text(data, row, "Expenditure"), &y[n])) continue;
        income = number_of(data, row, "Income");
        x[3 * n] = 1;
        x[3 * n + 1] = income;
        x[3 * n++ + 2] = income * income;
    }
    nr_fit *fit = NULL;
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = n, .k = 3}, &err));
    for (nr_hc kind = NR_CLASSICAL; kind <= NR_HC3; kind++) {
        assert_ok(nr_covariance_hc(covariance, fit, kind, &err));
        for (size_t c = 0; c < 3; c++) {
            char quantity[30];
            nr_estimate b = nr_coefficient(fit, covariance, c, fit->degrees);
            snprintf(quantity, sizeof quantity, "coef%zu", c + 1);
            same(b.value, wanted, "PublicSchools", quantity);
            snprintf(quantity, sizeof quantity, "se_%s_%zu", kinds[kind], c + 1);
            same(b.std_error, wanted, "PublicSchools", quantity);
        }
    }
    nr_fit_free(fit);
    nearer_table_free(data);
    nearer_table_free(wanted);
}

static void conley__is_that_of_its_definition(void **state)
{
    (void)state;
    static const int cutoffs[] = {200, 500, 1000};
    skip_without_referee();
    nearer_table *wanted = read_expected("statistics/conley/expected.csv"),
                 *data = read_expected("statistics/conley/data.csv");
    size_t n = nearer_table_rows(data);
    double *lon = column_of(data, "lon"), *lat = column_of(data, "lat"), *y = column_of(data, "y"),
           *x = calloc(3 * n, sizeof *x), covariance[9];
    assert_non_null(x);
    for (size_t i = 0; i < n; i++) {
        x[3 * i] = 1;
        x[3 * i + 1] = number_of(data, i, "x1");
        x[3 * i + 2] = number_of(data, i, "x2");
    }
    nr_fit *fit = NULL;
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = n, .k = 3}, &err));
    for (size_t h = 0; h < 3; h++)
        for (nr_kernel kernel = NR_UNIFORM; kernel <= NR_BARTLETT; kernel++) {
            assert_ok(nr_covariance_conley(covariance, fit, lon, lat, cutoffs[h], kernel, &err));
            for (size_t c = 0; c < 3; c++) {
                char quantity[40];
                nr_estimate b = nr_coefficient(fit, covariance, c, INFINITY);
                snprintf(quantity, sizeof quantity, "b%zu", c);
                same(b.value, wanted, "conley", quantity);
                snprintf(quantity, sizeof quantity, "se_%s_%dkm_b%zu",
                         kernel == NR_UNIFORM ? "uniform" : "bartlett", cutoffs[h], c);
                same(b.std_error, wanted, "conley", quantity);
            }
        }
    assert_ok(nr_covariance_hc(covariance, fit, NR_HC0, &err));
    same(sqrt(covariance[4]), wanted, "conley", "se_HC0_b1");
    nr_fit_free(fit);
    free(lon);
    free(lat);
    free(y);
    free(x);
    nearer_table_free(data);
    nearer_table_free(wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(correlations__of_tuna_are_those_of_r),
        cmocka_unit_test(correlations__of_tied_cars_are_those_of_r),
        cmocka_unit_test(correlations__of_anscombe_are_those_of_r),
        cmocka_unit_test(heteroskedasticity__of_schools_is_met_as_in_r),
        cmocka_unit_test(conley__is_that_of_its_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
