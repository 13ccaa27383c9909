#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "stats/statistic.h"

nr_moments nr_moments_of(const double *x, size_t n)
{
    nr_moments m = {NAN, NAN, NAN};
    if (n > 0) m.mean = gsl_stats_mean(x, 1, n);
    if (n < 2) return m;
    m.sd = gsl_stats_sd(x, 1, n);
    if (m.sd > 0) m.lag1 = gsl_stats_lag1_autocorrelation(x, 1, n);
    return m;
}

const nr_statistic nr_statistic_moments = {
    .id = "moments",
    .title = "mean, standard deviation, correlation with the one before",
    .formula = "sum x / n; sqrt(sum (x - mean)^2 / (n - 1))",
};
