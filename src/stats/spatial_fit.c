#include "stats/spatial_fit.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"

void nr_spatial_fit_free(nr_spatial_fit *fit)
{
    if (fit == NULL) return;
    nr_free(fit->lag_of);
    nr_free(fit->varies);
    nr_free(fit->b);
    nr_free(fit->covariance);
    nr_free(fit->residual);
    nr_free(fit);
}

/* Room for k coefficients at the most. */
static nr_spatial_fit *allocate(nr_spatial_kind kind, size_t n, size_t columns)
{
    nr_spatial_fit *fit = nr_alloc(1, sizeof *fit);
    if (fit == NULL) return NULL;
    size_t most = kind == NR_SPATIAL_DURBIN ? 2 * columns : columns;
    *fit = (nr_spatial_fit){.kind = kind,
                            .n = n,
                            .k = columns,
                            .columns = columns,
                            .lag_of = nr_alloc(columns, sizeof *fit->lag_of),
                            .varies = nr_alloc(columns, sizeof *fit->varies),
                            .b = nr_alloc(most, sizeof *fit->b),
                            .covariance = nr_alloc((1 + most) * (1 + most), sizeof(double)),
                            .residual = nr_alloc(n, sizeof(double))};
    if (fit->lag_of != NULL && fit->varies != NULL && fit->b != NULL && fit->covariance != NULL &&
        fit->residual != NULL)
        return fit;
    nr_spatial_fit_free(fit);
    return NULL;
}

/* The lag of the constant is the constant again: it is left out. */
static void tell_columns(nr_spatial_fit *fit, const nr_design *design)
{
    for (size_t c = 0; c < design->k; c++) {
        for (size_t i = 1; i < design->n; i++)
            fit->varies[c] |= design->x[i * design->k + c] != design->x[c];
        if (fit->kind == NR_SPATIAL_DURBIN && fit->varies[c]) fit->lag_of[c] = fit->k++;
    }
}

/* X with the lags of its columns that have one, n x fit->k. */
static void put_columns(double *x, const nr_spatial_fit *fit, const nr_design *design,
                        const nr_weights *w)
{
    for (size_t i = 0; i < design->n; i++)
        for (size_t c = 0; c < design->k; c++) {
            x[i * fit->k + c] = design->x[i * design->k + c];
            if (fit->lag_of[c] == 0) continue;
            double lagged = 0;
            for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
                lagged += w->weight[p] * design->x[w->to[p] * design->k + c];
            x[i * fit->k + fit->lag_of[c]] = lagged;
        }
}

/* With A = W (I - rho W)^-1: the sum of its squares, and reached = A v. */
static nearer_status reach(double *squares, double *reached, const double *v, const nr_weights *w,
                           double rho, nearer_error *err)
{
    double *inverse = NULL, *row = nr_alloc(w->n, sizeof *row);
    if (row == NULL) return nr_fail_memory(err);
    nearer_status status = nr_spatial_inverse(&inverse, w, rho, err);
    *squares = 0;
    for (size_t i = 0; i < w->n && status == NEARER_OK; i++) {
        memset(row, 0, w->n * sizeof *row);
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            for (size_t j = 0; j < w->n; j++) row[j] += w->weight[p] * inverse[w->to[p] * w->n + j];
        reached[i] = 0;
        for (size_t j = 0; j < w->n; j++) {
            *squares += row[j] * row[j];
            reached[i] += row[j] * v[j];
        }
    }
    nr_free(inverse);
    nr_free(row);
    return status;
}

/* Of v, what X leaves, squared and summed; joint[k] = (X'X)^-1 X'v. */
static double project(double *joint, const double *v, const nr_fit *fit)
{
    double left = 0;
    for (size_t i = 0; i < fit->n; i++) left += v[i] * v[i];
    for (size_t c = 0; c < fit->k; c++) {
        double within = 0;
        joint[c] = 0;
        for (size_t i = 0; i < fit->n; i++) {
            within += fit->basis[i * fit->k + c] * v[i];
            joint[c] += fit->influence[i * fit->k + c] * v[i];
        }
        left -= within * within;
    }
    return fmax(left, 0);
}

/* From the expected information (Ord 1975, Anselin 1988), the variance of e taken out: for the lag
 * A X b is what X explains, brought to the neighbours; for the error nothing joins b and lambda. */
static nearer_status find_covariance(nr_spatial_fit *out, const nr_fit *fit, const double *y,
                                     const nr_weights *w, const nr_spectrum *spectrum, double rho,
                                     nearer_error *err)
{
    size_t n = fit->n, k = fit->k;
    double *explained = nr_alloc(2 * n + k, sizeof *explained), squares = 0;
    if (explained == NULL) return nr_fail_memory(err);
    double *reached = explained + n, *joint = reached + n;
    for (size_t i = 0; i < n; i++)
        explained[i] = out->kind == NR_SPATIAL_ERROR ? 0 : y[i] - fit->residual[i];
    nearer_status status = reach(&squares, reached, explained, w, rho, err);
    double once = nr_spectrum_trace(spectrum, rho, 1, 1), left = project(joint, reached, fit);
    double information = nr_spectrum_trace(spectrum, rho, 2, 2) + squares -
                         2 * once * once / (double)n + left / out->variance;
    out->covariance[0] = 1 / information;
    for (size_t a = 0; a < k; a++) {
        double *row = out->covariance + (1 + a) * (1 + k);
        row[0] = out->covariance[1 + a] = -joint[a] / information;
        for (size_t b = 0; b < k; b++)
            row[1 + b] =
                out->variance * fit->inverse[a * k + b] + joint[a] * joint[b] / information;
    }
    nr_free(explained);
    return status;
}

static double log_likelihood(double squares, double n, double log_determinant)
{
    return -n / 2 * (log(2 * M_PI * squares / n) + 1) + log_determinant;
}

/* Fills in what the best rho gives. */
static nearer_status conclude(nr_spatial_fit *out, const nr_spatial_form *form,
                              const nr_spatial_problem *problem, const nr_spectrum *spectrum,
                              double rho, nearer_error *err)
{
    nr_fit *fit = NULL;
    NR_TRY(form->fit(&fit, problem, rho, err));
    double n = (double)fit->n;
    out->low = spectrum->low;
    out->high = spectrum->high;
    out->variance = fit->rss / n;
    out->log_likelihood = log_likelihood(fit->rss, n, nr_spectrum_log_determinant(spectrum, rho));
    double ratio = 2 * (out->log_likelihood - log_likelihood(problem->plain->rss, n, 0));
    out->ratio = (nr_test){ratio, 1, INFINITY, gsl_cdf_chisq_Q(fmax(ratio, 0), 1)};
    memcpy(out->residual, fit->residual, fit->n * sizeof *fit->residual);
    nearer_status status = find_covariance(out, fit, problem->y, problem->w, spectrum, rho, err);
    size_t wide = 1 + out->k;
    out->spatial = nr_estimate_normal(rho, out->covariance[0]);
    for (size_t c = 0; c < out->k; c++)
        out->b[c] = nr_estimate_normal(fit->b[c], out->covariance[(1 + c) * wide + 1 + c]);
    nr_fit_free(fit);
    return status;
}

static nearer_status search(nr_spatial_fit *out, nr_spatial_problem *problem, nearer_error *err)
{
    const nr_spatial_form *form =
        out->kind == NR_SPATIAL_ERROR ? &nr_spatial_error_form : &nr_spatial_lag_form;
    const nr_design *d = problem->design;
    nr_fit *plain = NULL, *of_lag = NULL;
    nr_spectrum spectrum = {0};
    nearer_status status = nr_fit_new(&plain, d, err);
    problem->plain = plain;
    if (status == NEARER_OK) status = nr_check_residuals(plain, problem->w, err);
    if (status == NEARER_OK) {
        nr_weights_lag(problem->lagged_y, problem->w, d->y);
        const nr_design lag = {problem->lagged_y, d->x, d->n, d->k, d->names};
        status = nr_fit_new(&of_lag, &lag, err);
    }
    if (status == NEARER_OK) {
        problem->near = of_lag->residual;
        status = nr_spectrum_init(&spectrum, problem->w, err);
    }
    double rho = NAN;
    if (status == NEARER_OK) status = nr_spatial_search(&rho, form, problem, &spectrum, err);
    if (status == NEARER_OK) status = conclude(out, form, problem, &spectrum, rho, err);
    nr_spectrum_clear(&spectrum);
    nr_fit_free(plain);
    nr_fit_free(of_lag);
    return status;
}

nearer_status nr_spatial_fit_new(nr_spatial_fit **out, nr_spatial_kind kind,
                                 const nr_design *design, const nr_weights *w, nearer_error *err)
{
    NR_TRY(nr_check_neighbours(w, design->n, err));
    nr_spatial_fit *fit = allocate(kind, design->n, design->k);
    if (fit == NULL) return nr_fail_memory(err);
    tell_columns(fit, design);
    size_t n = design->n;
    double *room = nr_alloc(2 * n + 2 * n * fit->k, sizeof *room);
    nearer_status status = room == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        double *x = room + 2 * n;
        put_columns(x, fit, design, w);
        const nr_design wide = {design->y, x, n, fit->k,
                                kind == NR_SPATIAL_DURBIN ? NULL : design->names};
        nr_spatial_problem problem = {
            .design = &wide, .w = w, .lagged_y = room, .y = room + n, .x = x + n * fit->k};
        status = search(fit, &problem, err);
    }
    nr_free(room);
    if (status == NEARER_OK)
        *out = fit;
    else
        nr_spatial_fit_free(fit);
    return status;
}
