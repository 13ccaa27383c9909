#include <math.h>

#include "base/memory.h"
#include "stats/spatial_fit.h"
#include "stats/statistic.h"

/* What a unit of x, and one of W x, does through (I - rho W)^-1, and by how much that moves with
 * rho. */
typedef struct reach {
    double own, lag, own_slope, lag_slope;
} reach;

/* Own: traces. */
static reach direct_reach(const nr_spectrum *s, double rho)
{
    double n = (double)s->n;
    return (reach){nr_spectrum_trace(s, rho, 0, 1) / n, nr_spectrum_trace(s, rho, 1, 1) / n,
                   nr_spectrum_trace(s, rho, 1, 2) / n, nr_spectrum_trace(s, rho, 2, 2) / n};
}

/* All: sums of all elements. */
static nearer_status total_reach(reach *out, const nr_weights *w, double rho, nearer_error *err)
{
    size_t n = w->n;
    double *inverse = NULL, *room = nr_alloc(4 * n, sizeof *room);
    if (room == NULL) return nr_fail_memory(err);
    double *columns = room, *rows = room + n, *ones = room + 2 * n, *near = room + 3 * n;
    nearer_status status = nr_spatial_inverse(&inverse, w, rho, err);
    if (status == NEARER_OK) {
        *out = (reach){0};
        for (size_t i = 0; i < n; i++) {
            ones[i] = 1;
            for (size_t j = 0; j < n; j++) {
                columns[j] += inverse[i * n + j];
                rows[i] += inverse[i * n + j];
            }
        }
        nr_weights_lag(near, w, ones);
        for (size_t j = 0; j < n; j++) out->own += rows[j] / (double)n;
        for (size_t j = 0; j < n; j++) out->lag += columns[j] * near[j] / (double)n;
        /* d (I - rho W)^-1 = (I - rho W)^-1 W (I - rho W)^-1 drho */
        nr_weights_lag(ones, w, rows);
        for (size_t j = 0; j < n; j++) out->own_slope += columns[j] * ones[j] / (double)n;
        for (size_t i = 0; i < n; i++) {
            rows[i] = 0;
            for (size_t j = 0; j < n; j++) rows[i] += inverse[i * n + j] * near[j];
        }
        nr_weights_lag(ones, w, rows);
        for (size_t j = 0; j < n; j++) out->lag_slope += columns[j] * ones[j] / (double)n;
    }
    nr_free(inverse);
    nr_free(room);
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
    if (fit->kind != NR_SPATIAL_ERROR) {
        nr_spectrum spectrum;
        nearer_status status = nr_spectrum_init(&spectrum, w, err);
        if (status == NEARER_OK) direct = direct_reach(&spectrum, fit->spatial.value);
        nr_spectrum_clear(&spectrum);
        NR_TRY(status);
        NR_TRY(total_reach(&total, w, fit->spatial.value, err));
    }
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
