#include <math.h>

#include "base/memory.h"
#include "stats/spatial_fit.h"
#include "stats/statistic.h"

/* What a unit of x, and one of W x, does through (I - rho W)^-1, and by how much that moves with
 * rho. */
typedef struct reach {
    double own, lag, own_slope, lag_slope;
} reach;

/* A = W (I - rho W)^-1, n x n. */
static void lag_inverse(double *a, const nr_weights *w, const double *inverse)
{
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            for (size_t j = 0; j < w->n; j++)
                a[i * w->n + j] += w->weight[p] * inverse[w->to[p] * w->n + j];
}

/* Means of the diagonals of B = (I - rho W)^-1, of A = W B = B W, and of dB / drho = B A, dA / drho
 * = A A. */
static reach direct_reach(const double *inverse, const double *a, size_t n)
{
    reach r = {0};
    for (size_t i = 0; i < n; i++) {
        r.own += inverse[i * n + i] / (double)n;
        r.lag += a[i * n + i] / (double)n;
        for (size_t j = 0; j < n; j++) {
            r.own_slope += inverse[i * n + j] * a[j * n + i] / (double)n;
            r.lag_slope += a[i * n + j] * a[j * n + i] / (double)n;
        }
    }
    return r;
}

/* The same of the sums of rows: products with the sums of a column and of a row. */
static reach total_reach(const double *inverse, const double *a, size_t n)
{
    reach r = {0};
    for (size_t m = 0; m < n; m++) {
        double own_column = 0, lag_column = 0, own_row = 0, lag_row = 0;
        for (size_t i = 0; i < n; i++) {
            own_column += inverse[i * n + m];
            lag_column += a[i * n + m];
            own_row += inverse[m * n + i];
            lag_row += a[m * n + i];
        }
        r.own += own_row / (double)n;
        r.lag += lag_row / (double)n;
        r.own_slope += own_column * lag_row / (double)n;
        r.lag_slope += lag_column * lag_row / (double)n;
    }
    return r;
}

static nearer_status find_reaches(reach *direct, reach *total, const nr_weights *w, double rho,
                                  nearer_error *err)
{
    double *inverse = NULL, *a = nr_alloc(w->n * w->n, sizeof *a);
    nearer_status status =
        a == NULL ? nr_fail_memory(err) : nr_spatial_inverse(&inverse, w, rho, err);
    if (status == NEARER_OK) {
        lag_inverse(a, w, inverse);
        *direct = direct_reach(inverse, a, w->n);
        *total = total_reach(inverse, a, w->n);
    }
    nr_free(inverse);
    nr_free(a);
    return status;
}

static nr_estimate impact(const nr_spatial_fit *fit, size_t c, reach r)
{
    size_t wide = 1 + fit->k, lag = fit->lag_of[c], at[3] = {0, 1 + c, 1 + lag};
    double b = fit->b[c].value, theta = lag == 0 ? 0 : fit->b[lag].value;
    double gradient[3] = {b * r.own_slope + theta * r.lag_slope, r.own, lag == 0 ? 0 : r.lag};
    double variance = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            variance += gradient[i] * gradient[j] * fit->covariance[at[i] * wide + at[j]];
    return nr_estimate_normal(b * r.own + theta * r.lag, variance);
}

nearer_status nr_spatial_impacts(nr_impact *out, const nr_spatial_fit *fit, const nr_weights *w,
                                 nearer_error *err)
{
    NR_TRY(nr_check_neighbours(w, fit->n, err));
    reach direct = {.own = 1}, total = {.own = 1};
    if (fit->kind != NR_SPATIAL_ERROR)
        NR_TRY(find_reaches(&direct, &total, w, fit->spatial.value, err));
    reach indirect = {total.own - direct.own, total.lag - direct.lag,
                      total.own_slope - direct.own_slope, total.lag_slope - direct.lag_slope};
    const nr_estimate none = {NAN, NAN, NAN, NAN, NAN};
    for (size_t c = 0; c < fit->columns; c++)
        out[c] = fit->varies[c] ? (nr_impact){impact(fit, c, direct), impact(fit, c, indirect),
                                              impact(fit, c, total)}
                                : (nr_impact){none, none, none};
    return NEARER_OK;
}

const nr_statistic nr_statistic_spatial_impacts = {
    .id = "spatial_impacts",
    .title = "what a variable does to the place itself, by way of others, and both",
    .formula = "S = (I - rho W)^-1 (I b + W c): mean of diagonal, of row sums",
};
