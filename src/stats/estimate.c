#include "stats/estimate.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

nearer_status nr_check_finite(const double *x, size_t n, const char *what, nearer_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return nr_fail(err, NEARER_VALUE, "%s: value %zu is %g, a finite number was expected",
                           what, i + 1, x[i]);
    return NEARER_OK;
}

nearer_status nr_check_known(const double *x, size_t n, const char *what, nearer_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(x[i])) return nr_fail(err, NEARER_VALUE, "%s: value %zu is missing", what, i + 1);
    return NEARER_OK;
}

nr_estimate nr_estimate_normal(double value, double variance)
{
    if (!(variance >= 0)) return (nr_estimate){value, NAN, NAN, NAN, NAN};
    double se = sqrt(variance), off = gsl_cdf_ugaussian_Pinv(0.975) * se;
    return (nr_estimate){value, se, value - off, value + off,
                         2 * gsl_cdf_ugaussian_Q(fabs(value / se))};
}
