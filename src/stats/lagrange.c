#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/memory.h"
#include "stats/spatial_fit.h"
#include "stats/statistic.h"

static double product(const double *x, const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* tr((W' + W) W) */
static double trace(const nr_weights *w)
{
    double sum = 0;
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            sum += w->weight[p] * (w->weight[p] + nr_weights_at(w, w->to[p], i));
    return sum;
}

static nr_test chi_squared(double value, double degrees)
{
    if (isnan(value)) return (nr_test){NAN, NAN, NAN, NAN};
    return (nr_test){value, degrees, INFINITY, gsl_cdf_chisq_Q(value, degrees)};
}

/* What X leaves of v, squared and summed. */
static double left(const nr_fit *fit, const double *v)
{
    double sum = product(v, v, fit->n);
    for (size_t c = 0; c < fit->k; c++) {
        double part = 0;
        for (size_t i = 0; i < fit->n; i++) part += fit->basis[i * fit->k + c] * v[i];
        sum -= part * part;
    }
    return fmax(sum, 0);
}

nearer_status nr_lagrange_tests(nr_lagrange *out, const nr_fit *fit, const double *y,
                                const nr_weights *w, nearer_error *err)
{
    NR_TRY(nr_check_residuals(fit, w, err));
    NR_TRY(nr_check_finite(y, fit->n, "spatial regression", err));
    size_t n = fit->n;
    double *fitted = nr_alloc(2 * n, sizeof *fitted), *lagged = fitted + n;
    if (fitted == NULL) return nr_fail_memory(err);
    double variance = fit->rss / (double)n, t = trace(w);
    nr_weights_lag(lagged, w, fit->residual);
    double error = product(fit->residual, lagged, n) / variance;
    nr_weights_lag(lagged, w, y);
    double lag = product(fit->residual, lagged, n) / variance;
    for (size_t i = 0; i < n; i++) fitted[i] = y[i] - fit->residual[i];
    nr_weights_lag(lagged, w, fitted);
    double explained = left(fit, lagged) / variance, j = explained + t;
    /* where W X b is within X a lag of y is one of the error: nothing but rounding is between */
    if (!(explained > 1e-10 * product(lagged, lagged, n) / variance)) explained = NAN;
    nr_free(fitted);
    out->lag = chi_squared(lag * lag / j, 1);
    out->error = chi_squared(error * error / t, 1);
    double only_lag = (lag - error) * (lag - error) / explained;
    double only_error = error - t / j * lag;
    out->robust_lag = chi_squared(only_lag, 1);
    out->robust_error =
        chi_squared(isnan(explained) ? NAN : only_error * only_error / (t * (1 - t / j)), 1);
    out->both = chi_squared(error * error / t + only_lag, 2);
    return NEARER_OK;
}

const nr_statistic nr_statistic_lagrange = {
    .id = "lagrange",
    .title = "Lagrange multipliers: a spatial lag or error that least squares leaves out",
    .formula = "(e'Wy / s2)^2 / J, (e'We / s2)^2 / T, T = tr(W'W + WW), J = |MWXb|^2 / s2 + T",
};
