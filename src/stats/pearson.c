#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "stats/correlation.h"
#include "stats/statistic.h"

/* Two-sided p of a correlation by Student's t. */
static double correlation_p(double r, double degrees)
{
    if (fabs(r) >= 1) return 0;
    return 2 * gsl_cdf_tdist_Q(fabs(r) * sqrt(degrees / (1 - r * r)), degrees);
}

nr_estimate nr_correlation_of(double r, size_t n, size_t held)
{
    double left = (double)n - (double)held;
    double half = gsl_cdf_ugaussian_Pinv(0.975) / sqrt(left - 3);
    return (nr_estimate){r, NAN, tanh(atanh(r) - half), tanh(atanh(r) + half),
                         correlation_p(r, left - 2)};
}

nearer_status nr_pearson(nr_estimate *out, const double *x, const double *y, size_t n,
                         nearer_error *err)
{
    if (n < 4)
        return nr_fail(err, NEARER_NODATA, "a correlation needs at least 4 pairs, there are %zu",
                       n);
    NR_TRY(nr_check_finite(x, n, "correlation, first variable", err));
    NR_TRY(nr_check_finite(y, n, "correlation, second variable", err));
    double r = gsl_stats_correlation(x, 1, y, 1, n);
    if (!isfinite(r)) return nr_fail(err, NEARER_NODATA, "a correlation needs values that differ");
    *out = nr_correlation_of(fmax(-1, fmin(1, r)), n, 0);
    return NEARER_OK;
}

const nr_statistic nr_statistic_pearson = {
    .id = "pearson",
    .title = "linear correlation, 95 % interval by Fisher's z",
    .formula = "r; tanh(atanh r -+ 1.96 / sqrt(n - 3))",
};

double nr_detectable_r(size_t n)
{
    if (n < 4) return NAN;
    double z = gsl_cdf_ugaussian_Pinv(0.975) + gsl_cdf_ugaussian_Pinv(0.8);
    return tanh(z / sqrt((double)n - 3));
}

const nr_statistic nr_statistic_detectable_r = {
    .id = "detectable_r",
    .title = "smallest correlation that n pairs show with 80 % power at the 5 % level",
    .formula = "tanh((1.96 + 0.84) / sqrt(n - 3))",
};
