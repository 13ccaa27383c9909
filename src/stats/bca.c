#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/memory.h"
#include "stats/resample.h"
#include "stats/statistic.h"

/* How fast the standard error changes with the parameter: a sixth of the skewness of what is found
 * with one row left out (Efron 1987); NAN when one of them has no value. */
static double acceleration(nr_of_rows *statistic, const void *data, double *left_out, size_t *rows,
                           size_t n)
{
    double squares = 0, cubes = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0, k = 0; j < n; j++)
            if (j != i) rows[k++] = j;
        left_out[i] = statistic(data, rows, n - 1);
    }
    double mean = gsl_stats_mean(left_out, 1, n);
    for (size_t i = 0; i < n; i++) {
        double off = mean - left_out[i];
        squares += off * off;
        cubes += off * off * off;
    }
    if (squares == 0) return 0;
    return cubes / (6 * pow(squares, 1.5));
}

static double level(double share, double bias, double accelerated)
{
    double z = bias + gsl_cdf_ugaussian_Pinv(share);
    return gsl_cdf_ugaussian_P(bias + z / (1 - accelerated * z));
}

static nearer_status interval(nr_estimate *out, double value, double accelerated, double *drawn,
                              size_t count, nearer_error *err)
{
    size_t below = 0;
    for (size_t d = 0; d < count; d++) below += drawn[d] < value;
    if (below == 0 || below == count)
        return nr_fail(err, NEARER_NODATA,
                       "bootstrap: all %zu draws lie on one side of the value, no interval can be "
                       "corrected",
                       count);
    double bias = gsl_cdf_ugaussian_Pinv((double)below / (double)count);
    gsl_sort(drawn, 1, count);
    *out = (nr_estimate){
        value, gsl_stats_sd(drawn, 1, count),
        gsl_stats_quantile_from_sorted_data(drawn, 1, count, level(0.025, bias, accelerated)),
        gsl_stats_quantile_from_sorted_data(drawn, 1, count, level(0.975, bias, accelerated)), NAN};
    return NEARER_OK;
}

static nearer_status draw(nr_estimate *out, nr_of_rows *statistic, const void *data, double *values,
                          size_t *rows, size_t n, size_t draws, nr_random *random,
                          nearer_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) rows[i] = i;
    double value = statistic(data, rows, n);
    double accelerated = acceleration(statistic, data, values, rows, n);
    if (!isfinite(value) || !isfinite(accelerated))
        return nr_fail(err, NEARER_NODATA,
                       "bootstrap: the statistic has no value for all rows or with one left out");
    for (size_t d = 0; d < draws; d++) {
        for (size_t i = 0; i < n; i++) rows[i] = nr_random_below(random, n);
        double drawn = statistic(data, rows, n);
        if (isfinite(drawn)) values[count++] = drawn;
    }
    if (2 * count < draws)
        return nr_fail(err, NEARER_NODATA, "bootstrap: only %zu of %zu draws have a value", count,
                       draws);
    return interval(out, value, accelerated, values, count, err);
}

nearer_status nr_bca(nr_estimate *out, nr_of_rows *statistic, const void *data, size_t n,
                     size_t draws, nr_random *random, nearer_error *err)
{
    if (n < 3)
        return nr_fail(err, NEARER_NODATA,
                       "bootstrap: at least 3 rows were expected, there are "
                       "%zu",
                       n);
    if (draws < 100)
        return nr_fail(err, NEARER_VALUE, "bootstrap: at least 100 draws were expected, not %zu",
                       draws);
    double *values = nr_alloc(draws > n ? draws : n, sizeof *values);
    size_t *rows = nr_alloc(n, sizeof *rows);
    nearer_status status = values == NULL || rows == NULL
                               ? nr_fail_memory(err)
                               : draw(out, statistic, data, values, rows, n, draws, random, err);
    nr_free(values);
    nr_free(rows);
    return status;
}

const nr_statistic nr_statistic_bca = {
    .id = "bca",
    .title = "bootstrap interval, bias-corrected and accelerated",
    .formula = "quantiles at P(z0 + (z0 + z) / (1 - a (z0 + z)))",
};
