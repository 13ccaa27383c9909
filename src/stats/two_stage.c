#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/regression.h"
#include "stats/statistic.h"

typedef struct job {
    const nr_iv_design *design;
    double *first;     /* n x (m + q): exogenous, instruments */
    double *given;     /* n x (m + p): exogenous, endogenous */
    double *projected; /* the same, the endogenous as the first stage fits them */
    double *augmented; /* n x (m + 2 p): given, residuals of the first stage */
    double *column;    /* n */
    double worst;      /* length of an endogenous variable over that of its projection, at most */
    bool exact;        /* the instruments fit one without error */
} job;

/* F of the q restrictions that bring the residual squares from `full` to `restricted`. */
static nr_test f_test(double restricted, double full, double q, double degrees)
{
    double f = (restricted - full) / q / (full / degrees);
    return (nr_test){f, q, degrees, gsl_cdf_fdist_Q(f, q, degrees)};
}

static nearer_status squares(double *rss, const double *y, const double *x, size_t n, size_t k,
                             nearer_error *err)
{
    nr_fit *fit = NULL;
    *rss = 0;
    if (k == 0) {
        for (size_t i = 0; i < n; i++) *rss += y[i] * y[i];
        return NEARER_OK;
    }
    NR_TRY(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = n, .k = k}, err));
    *rss = fit->rss;
    nr_fit_free(fit);
    return NEARER_OK;
}

static nearer_status job_init(job *j, const nr_iv_design *d, nearer_error *err)
{
    size_t n = d->n, m = d->m, p = d->p, q = d->q;
    *j = (job){.design = d, .first = nr_alloc(n * (4 * m + q + 4 * p + 1), sizeof(double))};
    if (j->first == NULL) return nr_fail_memory(err);
    j->given = j->first + n * (m + q);
    j->projected = j->given + n * (m + p);
    j->augmented = j->projected + n * (m + p);
    j->column = j->augmented + n * (m + 2 * p);
    for (size_t i = 0; i < n; i++) {
        const double *w = d->exogenous + i * m, *e = d->endogenous + i * p;
        double *first = j->first + i * (m + q), *given = j->given + i * (m + p),
               *projected = j->projected + i * (m + p), *augmented = j->augmented + i * (m + 2 * p);
        for (size_t c = 0; c < m; c++) first[c] = given[c] = projected[c] = augmented[c] = w[c];
        for (size_t c = 0; c < q; c++) first[m + c] = d->instruments[i * q + c];
        for (size_t c = 0; c < p; c++) given[m + c] = augmented[m + c] = e[c];
    }
    return NEARER_OK;
}

static nearer_status first_stage(nr_test *out, job *j, size_t c, nearer_error *err)
{
    const nr_iv_design *d = j->design;
    nr_fit *fit = NULL;
    double restricted;
    for (size_t i = 0; i < d->n; i++) j->column[i] = d->endogenous[i * d->p + c];
    NR_TRY(squares(&restricted, j->column, d->exogenous, d->n, d->m, err));
    NR_TRY(nr_fit_new(
        &fit, &(nr_design){.y = j->column, .x = j->first, .n = d->n, .k = d->m + d->q}, err));
    *out = f_test(restricted, fit->rss, (double)d->q, fit->degrees);
    j->exact = j->exact || fit->rss <= 1e-24 * fit->tss;
    double given = 0, projected = 0;
    for (size_t i = 0; i < d->n; i++) {
        double fitted = j->column[i] - fit->residual[i];
        given += j->column[i] * j->column[i];
        projected += fitted * fitted;
        j->projected[i * (d->m + d->p) + d->m + c] = fitted;
        j->augmented[i * (d->m + 2 * d->p) + d->m + d->p + c] = fit->residual[i];
    }
    nr_fit_free(fit);
    if (projected <= 1e-24 * given)
        return nr_fail(err, NEARER_VALUE,
                       "two stages: the instruments fit nothing of endogenous variable %zu", c + 1);
    j->worst = fmax(j->worst, sqrt(given / projected));
    return NEARER_OK;
}

/* The coefficients are those on the projected columns, the residuals those of the given ones. */
static nearer_status second_stage(nr_fit **out, const job *j, nearer_error *err)
{
    const nr_iv_design *d = j->design;
    size_t k = d->m + d->p;
    NR_TRY(nr_fit_new(out, &(nr_design){.y = d->y, .x = j->projected, .n = d->n, .k = k}, err));
    nr_fit *fit = *out;
    if (fit->condition * j->worst > NR_CONDITION_MAX)
        return nr_fail(err, NEARER_VALUE,
                       "two stages: the instruments do not tell the variables apart (condition "
                       "%.1e)",
                       fit->condition);
    fit->instrumented = true;
    fit->rss = 0;
    for (size_t i = 0; i < d->n; i++) {
        long double e = (long double)d->y[i];
        for (size_t c = 0; c < k; c++)
            e -= (long double)j->given[i * k + c] * (long double)fit->b[c];
        fit->residual[i] = (double)e;
        fit->rss += (double)(e * e);
    }
    fit->r_squared = 1 - fit->rss / fit->tss;
    fit->residual_sd = sqrt(fit->rss / fit->degrees);
    return NEARER_OK;
}

/* Whether the residuals of the first stage add anything to the given columns (Hausman 1978). */
static nearer_status wu_hausman(nr_test *out, const job *j, nearer_error *err)
{
    const nr_iv_design *d = j->design;
    double restricted, full;
    size_t k = d->m + 2 * d->p;
    *out = (nr_test){NAN, NAN, NAN, NAN};
    if (j->exact) return NEARER_OK;
    if (d->n <= k)
        return nr_fail(err, NEARER_NODATA,
                       "two stages: %zu places for the %zu coefficients of the "
                       "Wu-Hausman test",
                       d->n, k);
    NR_TRY(squares(&restricted, d->y, j->given, d->n, d->m + d->p, err));
    NR_TRY(squares(&full, d->y, j->augmented, d->n, k, err));
    *out = f_test(restricted, full, (double)d->p, (double)(d->n - k));
    return NEARER_OK;
}

/* n R squared of the residuals on all instruments (Sargan 1958). */
static nearer_status sargan(nr_test *out, const job *j, const nr_fit *second, nearer_error *err)
{
    const nr_iv_design *d = j->design;
    nr_fit *fit = NULL;
    double more = (double)(d->q - d->p);
    *out = (nr_test){NAN, NAN, NAN, NAN};
    if (d->q == d->p) return NEARER_OK;
    NR_TRY(nr_fit_new(
        &fit, &(nr_design){.y = second->residual, .x = j->first, .n = d->n, .k = d->m + d->q},
        err));
    double value = (double)d->n * fit->r_squared;
    *out = (nr_test){value, more, INFINITY, gsl_cdf_chisq_Q(value, more)};
    nr_fit_free(fit);
    return NEARER_OK;
}

static nearer_status estimate(nr_iv *iv, job *j, nearer_error *err)
{
    for (size_t c = 0; c < j->design->p; c++) NR_TRY(first_stage(&iv->first_stage[c], j, c, err));
    NR_TRY(second_stage(&iv->fit, j, err));
    NR_TRY(wu_hausman(&iv->wu_hausman, j, err));
    return sargan(&iv->sargan, j, iv->fit, err);
}

nearer_status nr_iv_new(nr_iv **out, const nr_iv_design *design, nearer_error *err)
{
    if (design->p == 0 || design->q < design->p)
        return nr_fail(err, NEARER_VALUE,
                       "two stages: at least 1 endogenous variable and as many instruments were "
                       "expected, there are %zu and %zu",
                       design->p, design->q);
    nr_iv *iv = nr_alloc(1, sizeof *iv);
    nr_test *tests = nr_alloc(design->p, sizeof *tests);
    job j = {0};
    nearer_status status =
        iv == NULL || tests == NULL ? nr_fail_memory(err) : job_init(&j, design, err);
    if (status == NEARER_OK) {
        iv->first_stage = tests;
        status = estimate(iv, &j, err);
    }
    nr_free(j.first);
    if (status == NEARER_OK) {
        *out = iv;
        return NEARER_OK;
    }
    if (iv != NULL) nr_fit_free(iv->fit);
    nr_free(iv);
    nr_free(tests);
    return status;
}

void nr_iv_free(nr_iv *iv)
{
    if (iv == NULL) return;
    nr_fit_free(iv->fit);
    nr_free(iv->first_stage);
    nr_free(iv);
}

const nr_statistic nr_statistic_two_stage = {
    .id = "two_stage",
    .title = "two-stage least squares, with first-stage F, Wu-Hausman and Sargan",
    .formula = "least squares on what the instruments fit of X",
};
