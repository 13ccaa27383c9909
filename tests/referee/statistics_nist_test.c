/* The NIST Statistical Reference Datasets (referee/statistics/nist: the certified values and the
 * data as published): mean, spread and autocorrelation of nine series, coefficients, standard
 * errors, residual spread and R squared of eleven regressions. Held to a number of correct digits,
 * NIST's log relative error. */
#include <math.h>

#include "referee/referee.h"

#include "base/text.h"
#include "stats/covariance.h"
#include "stats/statistic.h"

static nearer_table *read_data(const char *name)
{
    char path[100];
    snprintf(path, sizeof path, "statistics/nist/csv/%s.csv", name);
    return read_expected(path);
}

static double certified(const nearer_table *values, const char *set, const char *quantity)
{
    double value;
    for (size_t row = 0; row < nearer_table_rows(values); row++)
        if (strcmp(expected_text(values, row, "dataset"), set) == 0 &&
            strcmp(expected_text(values, row, "quantity"), quantity) == 0) {
            assert_true(nr_parse_number(expected_text(values, row, "certified"), &value));
            return value;
        }
    fail_msg("%s has no %s", set, quantity);
    return 0;
}

/* Where 0 is certified, digits are those of the number itself. */
static void assert_digits(double found, double wanted, double digits, const char *set,
                          const char *quantity)
{
    double off = fabs(found - wanted) / (wanted == 0 ? 1 : fabs(wanted));
    if (!(-log10(off) >= digits) && off != 0)
        fail_msg("%s %s: %.17g has %.1f digits of %.17g, %.0f were expected", set, quantity, found,
                 -log10(off), wanted, digits);
}

static void moments__have_the_certified_digits(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double digits;
    } sets[] = {{"Lew", 9},     {"Lottery", 9}, {"Mavro", 9},   {"Michelso", 9}, {"PiDigits", 9},
                {"NumAcc1", 9}, {"NumAcc2", 9}, {"NumAcc3", 7}, {"NumAcc4", 7}};
    skip_without_referee();
    nearer_table *values = read_expected("statistics/nist/certified_univariate.csv");
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        nearer_table *data = read_data(sets[s].name);
        size_t n = nearer_table_rows(data);
        double *x = calloc(n, sizeof *x);
        assert_non_null(x);
        for (size_t i = 0; i < n; i++) x[i] = expected_number(data, i, "y");
        nr_moments m = nr_moments_of(x, n);
        const char *set = sets[s].name;
        assert_digits(m.mean, certified(values, set, "mean"), sets[s].digits, set, "mean");
        assert_digits(m.sd, certified(values, set, "sd_n-1"), sets[s].digits, set, "sd");
        assert_digits(m.lag1, certified(values, set, "r1"), sets[s].digits, set, "r1");
        free(x);
        nearer_table_free(data);
    }
    nearer_table_free(values);
}

typedef struct regression {
    const char *name;
    int powers; /* of x; 0: x1, x2 ... as they are */
    bool constant;
    double digits, error; /* of the coefficients, of standard errors and the rest */
} regression;

static size_t fill(double *x, const nearer_table *data, const regression *r)
{
    size_t n = nearer_table_rows(data), k = 0, columns = nearer_table_columns(data) - 1;
    for (size_t i = 0; i < n; i++) {
        if (r->constant) x[k++] = 1;
        for (size_t c = 1; c <= columns && r->powers == 0; c++)
            x[k++] = nearer_table_number(data, i, c);
        long double power = 1, base = (long double)nearer_table_number(data, i, 1);
        for (int p = 0; p < r->powers; p++) x[k++] = (double)(power *= base);
    }
    return k / n;
}

static void hold(const regression *r, const nearer_table *values)
{
    nearer_table *data = read_data(r->name);
    size_t n = nearer_table_rows(data);
    double *x = calloc(n * 12, sizeof *x), *y = calloc(n, sizeof *y), covariance[12 * 12];
    assert_true(x != NULL && y != NULL);
    for (size_t i = 0; i < n; i++) y[i] = nearer_table_number(data, i, 0);
    nr_design design = {.y = y, .x = x, .n = n, .k = fill(x, data, r)};
    nr_fit *fit = NULL;
    assert_ok(nr_fit_new(&fit, &design, &err));
    assert_ok(nr_covariance_hc(covariance, fit, NR_CLASSICAL, &err));
    for (size_t c = 0; c < design.k; c++) {
        char quantity[20];
        nr_estimate b = nr_coefficient(fit, covariance, c, fit->degrees);
        snprintf(quantity, sizeof quantity, "se_B%zu", c + !r->constant);
        assert_digits(b.value, certified(values, r->name, quantity + 3), r->digits, r->name,
                      quantity + 3);
        assert_digits(b.std_error, certified(values, r->name, quantity), r->error, r->name,
                      quantity);
    }
    assert_digits(fit->residual_sd, certified(values, r->name, "resid_sd"), r->error, r->name,
                  "resid_sd");
    assert_digits(fit->r_squared, certified(values, r->name, "R2"), r->error, r->name, "R2");
    nr_fit_free(fit);
    free(x);
    free(y);
    nearer_table_free(data);
}

static void fit__has_the_certified_digits(void **state)
{
    (void)state;
    static const regression sets[] = {
        {"Norris", 1, true, 9, 9},   {"Pontius", 2, true, 9, 9},    {"NoInt1", 1, false, 9, 9},
        {"NoInt2", 1, false, 9, 9},  {"Longley", 0, true, 9, 9},    {"Filip", 10, true, 7, 7},
        {"Wampler1", 5, true, 9, 9}, {"Wampler2", 5, true, 12, 12}, {"Wampler3", 5, true, 9, 9},
        {"Wampler4", 5, true, 7, 9}, {"Wampler5", 5, true, 5, 9}};
    skip_without_referee();
    nearer_table *values = read_expected("statistics/nist/certified_linear.csv");
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) hold(&sets[s], values);
    nearer_table_free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments__have_the_certified_digits),
        cmocka_unit_test(fit__has_the_certified_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
