#include <math.h>

#include "base/memory.h"
#include "stats/spatial_fit.h"
#include "stats/statistic.h"

nearer_status nr_check_neighbours(const nr_weights *w, size_t n, nearer_error *err)
{
    if (w->n != n)
        return nr_fail(err, NEARER_VALUE,
                       "spatial regression: weights of %zu places for a regression of %zu", w->n,
                       n);
    if (w->count == 0)
        return nr_fail(err, NEARER_NODATA,
                       "spatial regression needs neighbours, all %zu places are islands", n);
    return NEARER_OK;
}

nearer_status nr_check_residuals(const nr_fit *fit, const nr_weights *w, nearer_error *err)
{
    NR_TRY(nr_fit_check_ordinary(fit, "spatial autocorrelation of residuals", err));
    NR_TRY(nr_check_neighbours(w, fit->n, err));
    if (!(fit->rss > 1e-24 * fit->tss))
        return nr_fail(err, NEARER_NODATA, "spatial regression: the residuals are all 0");
    return NEARER_OK;
}

/* out = (W + W') / 2 times the columns of Q, n x k. */
static void both_ways(double *out, const nr_weights *w, const double *q, size_t k)
{
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            for (size_t c = 0; c < k; c++) {
                out[i * k + c] += w->weight[p] * q[w->to[p] * k + c] / 2;
                out[w->to[p] * k + c] += w->weight[p] * q[i * k + c] / 2;
            }
}

/* The traces with U = (W + W') / 2 and Q an orthonormal basis of X: of Q'UQ, of its square, and of
 * Q'UUQ. */
typedef struct traces {
    double once, square, twice;
} traces;

static traces traces_of(const double *q, const double *uq, size_t n, size_t k)
{
    traces t = {0};
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++) {
            double sum = 0;
            for (size_t i = 0; i < n; i++) sum += q[i * k + a] * uq[i * k + b];
            t.square += sum * sum; /* Q'UQ is symmetric */
            if (a == b) t.once += sum;
        }
    for (size_t i = 0; i < n * k; i++) t.twice += uq[i] * uq[i];
    return t;
}

nearer_status nr_moran_residual(nr_spatial_test *out, const nr_fit *fit, const nr_weights *w,
                                nearer_error *err)
{
    NR_TRY(nr_check_residuals(fit, w, err));
    nr_weight_sums s;
    NR_TRY(nr_weights_sums(&s, w, err));
    double *uq = nr_alloc(fit->n * fit->k, sizeof *uq);
    if (uq == NULL) return nr_fail_memory(err);
    both_ways(uq, w, fit->basis, fit->k);
    traces t = traces_of(fit->basis, uq, fit->n, fit->k);
    nr_free(uq);
    double n = (double)fit->n, free_ones = fit->degrees, cross = 0;
    for (size_t i = 0; i < fit->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            cross += w->weight[p] * fit->residual[i] * fit->residual[w->to[p]];
    double variance = n * n / (s.s0 * s.s0 * free_ones * (free_ones + 2)) *
                      (s.s1 + 2 * t.square - 4 * t.twice - 2 * t.once * t.once / free_ones);
    *out =
        nr_spatial_test_of(n / s.s0 * cross / fit->rss, -n * t.once / (free_ones * s.s0), variance);
    return NEARER_OK;
}

const nr_statistic nr_statistic_residual_moran = {
    .id = "residual_moran",
    .title = "Moran's I of residuals, with moments that know what was fitted (Cliff and Ord)",
    .formula = "I = n / s0 e'We / e'e, E I = -n tr((X'X)^-1 X'WX) / ((n - k) s0)",
};
