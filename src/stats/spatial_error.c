/* y = X b + u, u = lambda W u + e. */
#include "stats/spatial_fit.h"
#include "stats/statistic.h"

/* Least squares of y - lambda W y on X - lambda W X. */
static nearer_status fit(nr_fit **out, const nr_spatial_problem *problem, double lambda,
                         nearer_error *err)
{
    const nr_design *d = problem->design;
    const nr_weights *w = problem->w;
    for (size_t i = 0; i < d->n; i++) {
        problem->y[i] = d->y[i] - lambda * problem->lagged_y[i];
        for (size_t c = 0; c < d->k; c++) {
            double lagged = 0;
            for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
                lagged += w->weight[p] * d->x[w->to[p] * d->k + c];
            problem->x[i * d->k + c] = d->x[i * d->k + c] - lambda * lagged;
        }
    }
    const nr_design filtered = {problem->y, problem->x, d->n, d->k, d->names};
    return nr_fit_new(out, &filtered, err);
}

/* b is at its best, so that e moves with lambda by W u alone as far as sum e^2 can tell. */
static nearer_status errors(double *e, double *slope, const nr_spatial_problem *problem,
                            double lambda, nearer_error *err)
{
    nr_fit *at = NULL;
    const nr_design *d = problem->design;
    NR_TRY(fit(&at, problem, lambda, err));
    for (size_t i = 0; i < d->n; i++) {
        e[i] = at->residual[i];
        problem->y[i] = d->y[i];
        for (size_t c = 0; c < d->k; c++) problem->y[i] -= at->b[c] * d->x[i * d->k + c];
    }
    nr_weights_lag(slope, problem->w, problem->y);
    nr_fit_free(at);
    return NEARER_OK;
}

const nr_spatial_form nr_spatial_error_form = {errors, fit};

const nr_statistic nr_statistic_spatial_error = {
    .id = "spatial_error",
    .title = "regression whose errors neighbours share (SEM), by maximum likelihood",
    .formula = "y = X b + u, u = lambda W u + e",
};
