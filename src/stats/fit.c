#include <math.h>

#include "base/memory.h"
#include "stats/qr.h"
#include "stats/regression.h"

static nr_fit *allocate(size_t n, size_t k)
{
    nr_fit *fit = nr_alloc(1, sizeof *fit);
    double *memory = nr_alloc(k + n + k * k + 2 * n * k, sizeof *memory);
    if (fit == NULL || memory == NULL) {
        nr_free(fit);
        nr_free(memory);
        return NULL;
    }
    *fit = (nr_fit){.n = n, .k = k, .degrees = (double)(n - k), .b = memory};
    fit->residual = memory + k;
    fit->inverse = fit->residual + n;
    fit->influence = fit->inverse + k * k;
    fit->basis = fit->influence + n * k;
    return fit;
}

void nr_fit_free(nr_fit *fit)
{
    if (fit == NULL) return;
    nr_free(fit->b);
    nr_free(fit);
}

/* Column c of (X'X)^-1 and of -X (X'X)^-1 is the solution for g = -1 at c. */
static nearer_status invert(nr_fit *fit, const nr_qr *qr, nearer_error *err)
{
    size_t n = fit->n, k = fit->k;
    double *unit = nr_alloc(2 * k + n, sizeof *unit), *b = unit + k, *r = b + k;
    if (unit == NULL) return nr_fail_memory(err);
    nearer_status status = NEARER_OK;
    for (size_t c = 0; c < k && status == NEARER_OK; c++) {
        unit[c] = -1;
        status = nr_qr_solve(b, r, qr, NULL, unit, err);
        unit[c] = 0;
        for (size_t j = 0; j < k; j++) fit->inverse[j * k + c] = b[j];
        for (size_t i = 0; i < n; i++) fit->influence[i * k + c] = -r[i];
    }
    nr_free(unit);
    return status;
}

/* Whether the columns of X add up to the constant: nothing of it is left outside of Q. */
static bool has_constant(const nr_fit *fit)
{
    double inside = 0;
    for (size_t c = 0; c < fit->k; c++) {
        double sum = 0;
        for (size_t i = 0; i < fit->n; i++) sum += fit->basis[i * fit->k + c];
        inside += sum * sum;
    }
    return fabs((double)fit->n - inside) < 1e-10 * (double)fit->n;
}

static void sum_up(nr_fit *fit, const double *y)
{
    long double rss = 0, tss = 0, mean = 0;
    if (has_constant(fit))
        for (size_t i = 0; i < fit->n; i++) mean += (long double)y[i];
    mean /= (long double)fit->n;
    for (size_t i = 0; i < fit->n; i++) {
        long double e = (long double)fit->residual[i], off = (long double)y[i] - mean;
        rss += e * e;
        tss += off * off;
    }
    fit->rss = (double)rss;
    fit->tss = (double)tss;
    fit->r_squared = tss > 0 ? (double)(1 - rss / tss) : NAN;
    fit->residual_sd = sqrt(fit->rss / fit->degrees);
}

nearer_status nr_fit_new(nr_fit **out, const nr_design *design, nearer_error *err)
{
    nr_qr qr;
    nr_fit *fit = NULL;
    nearer_status status = nr_qr_init(&qr, design, err);
    if (status == NEARER_OK) {
        fit = allocate(design->n, design->k);
        if (fit == NULL) status = nr_fail_memory(err);
    }
    if (status == NEARER_OK) {
        fit->condition = qr.condition;
        status = nr_qr_solve(fit->b, fit->residual, &qr, design->y, NULL, err);
    }
    if (status == NEARER_OK) status = invert(fit, &qr, err);
    if (status == NEARER_OK) status = nr_qr_basis(fit->basis, &qr, err);
    if (status == NEARER_OK) {
        sum_up(fit, design->y);
        *out = fit;
    } else {
        nr_fit_free(fit);
    }
    nr_qr_clear(&qr);
    return status;
}

nearer_status nr_fit_check_ordinary(const nr_fit *fit, const char *what, nearer_error *err)
{
    if (fit->absorbed > 0)
        return nr_fail(err, NEARER_VALUE,
                       "%s: it is not known for a regression with fixed effects taken out", what);
    if (fit->instrumented)
        return nr_fail(err, NEARER_VALUE, "%s: it is not known for a regression of two stages",
                       what);
    return NEARER_OK;
}

double nr_fit_leverage(const nr_fit *fit, size_t i)
{
    double sum = 0;
    for (size_t c = 0; c < fit->k; c++)
        sum += fit->basis[i * fit->k + c] * fit->basis[i * fit->k + c];
    return sum;
}
