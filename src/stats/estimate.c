#include "stats/estimate.h"

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
