#include <math.h>

#include "base/memory.h"
#include "stats/correlation.h"
#include "stats/resample.h"
#include "stats/statistic.h"

static void centre(double *out, const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    for (size_t i = 0; i < n; i++) out[i] = x[i] - sum / (double)n;
}

static double product(const double *x, const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

nearer_status nr_permutation_p(double *p, const double *x, const double *y, size_t n, size_t draws,
                               nr_random *random, nearer_error *err)
{
    nr_estimate r;
    if (draws == 0) return nr_fail(err, NEARER_VALUE, "permutation: at least 1 draw was expected");
    NR_TRY(nr_pearson(&r, x, y, n, err));
    double *u = nr_alloc(2 * n, sizeof *u), *v = u + n;
    if (u == NULL) return nr_fail_memory(err);
    centre(u, x, n);
    centre(v, y, n);
    /* an order that gives the same r must count although its sum is rounded elsewhere */
    double seen = fabs(product(u, v, n)), slack = 1e-12 * sqrt(product(u, u, n) * product(v, v, n));
    size_t as_far = 0;
    for (size_t d = 0; d < draws; d++) {
        nr_random_shuffle(random, v, n);
        as_far += fabs(product(u, v, n)) >= seen - slack;
    }
    *p = (1 + (double)as_far) / (1 + (double)draws);
    nr_free(u);
    return NEARER_OK;
}

const nr_statistic nr_statistic_permutation = {
    .id = "permutation",
    .title = "p of a correlation by random orders of one variable",
    .formula = "(1 + draws with |r*| >= |r|) / (1 + draws)",
};
