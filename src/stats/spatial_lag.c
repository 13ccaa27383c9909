/* y = rho W y + X b + e, and with the neighbours' X as well. */
#include "stats/spatial_fit.h"
#include "stats/statistic.h"

/* e = M (y - rho W y), M what X leaves. */
static nearer_status errors(double *e, double *slope, const nr_spatial_problem *problem, double rho,
                            nearer_error *err)
{
    (void)err;
    for (size_t i = 0; i < problem->w->n; i++) {
        e[i] = problem->plain->residual[i] - rho * problem->near[i];
        slope[i] = problem->near[i];
    }
    return NEARER_OK;
}

static nearer_status fit(nr_fit **out, const nr_spatial_problem *problem, double rho,
                         nearer_error *err)
{
    nr_design filtered = *problem->design;
    filtered.y = problem->y;
    for (size_t i = 0; i < filtered.n; i++)
        problem->y[i] = problem->design->y[i] - rho * problem->lagged_y[i];
    return nr_fit_new(out, &filtered, err);
}

const nr_spatial_form nr_spatial_lag_form = {errors, fit};

const nr_statistic nr_statistic_spatial_lag = {
    .id = "spatial_lag",
    .title = "regression with the neighbours' outcome (SAR), by maximum likelihood",
    .formula = "y = rho W y + X b + e",
};

const nr_statistic nr_statistic_spatial_durbin = {
    .id = "spatial_durbin",
    .title = "regression with the neighbours' outcome and variables, by maximum likelihood",
    .formula = "y = rho W y + X b + W X c + e",
};
