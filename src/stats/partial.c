#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/memory.h"
#include "stats/correlation.h"
#include "stats/regression.h"
#include "stats/statistic.h"

/* What the design leaves of y, whose rounding is not taken for something left. */
static nearer_status clean(double *out, const nr_design *design, nearer_error *err)
{
    nr_fit *fit = NULL;
    double squares = 0;
    NR_TRY(nr_fit_new(&fit, design, err));
    for (size_t i = 0; i < design->n; i++) {
        squares += design->y[i] * design->y[i];
        out[i] = fit->residual[i];
    }
    bool left = fit->rss > 1e-24 * squares;
    nr_fit_free(fit);
    if (left) return NEARER_OK;
    return nr_fail(err, NEARER_NODATA,
                   "partial correlation: the variables held leave nothing to correlate");
}

nearer_status nr_partial(nr_estimate *out, const double *x, const double *y, const double *z,
                         size_t n, size_t held, nearer_error *err)
{
    if (n < 4 + held)
        return nr_fail(err, NEARER_NODATA,
                       "a correlation with %zu variables held needs at least %zu pairs, there are "
                       "%zu",
                       held, 4 + held, n);
    size_t k = held + 1;
    double *left = nr_alloc(n * (2 + k), sizeof *left), *design = left + 2 * n;
    if (left == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        design[i * k] = 1;
        for (size_t j = 0; j < held; j++) design[i * k + 1 + j] = z[i * held + j];
    }
    nearer_status status = clean(left, &(nr_design){.y = x, .x = design, .n = n, .k = k}, err);
    if (status == NEARER_OK)
        status = clean(left + n, &(nr_design){.y = y, .x = design, .n = n, .k = k}, err);
    if (status == NEARER_OK)
        *out = nr_correlation_of(fmax(-1, fmin(1, gsl_stats_correlation(left, 1, left + n, 1, n))),
                                 n, held);
    nr_free(left);
    return status;
}

const nr_statistic nr_statistic_partial = {
    .id = "partial",
    .title = "linear correlation with other variables held",
    .formula = "Pearson's r of the residuals on (1, z)",
};
