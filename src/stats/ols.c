#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "stats/statistic.h"

typedef struct fit {
    size_t n, k;
    gsl_matrix *qr, *inverse; /* inverse = (X'X)^-1 */
    gsl_vector *tau, *norm, *beta, *residual;
    gsl_permutation *order;
} fit;

static bool fit_init(fit *f, size_t n, size_t k)
{
    *f = (fit){n,
               k,
               gsl_matrix_alloc(n, k),
               gsl_matrix_calloc(k, k),
               gsl_vector_alloc(k),
               gsl_vector_alloc(k),
               gsl_vector_alloc(k),
               gsl_vector_alloc(n),
               gsl_permutation_alloc(k)};
    return f->qr && f->inverse && f->tau && f->norm && f->beta && f->residual && f->order;
}

static void fit_clear(fit *f)
{
    gsl_matrix_free(f->qr);
    gsl_matrix_free(f->inverse);
    gsl_vector_free(f->tau);
    gsl_vector_free(f->norm);
    gsl_vector_free(f->beta);
    gsl_vector_free(f->residual);
    gsl_permutation_free(f->order);
}

/* (X'X)^-1 = P R^-1 R^-T P'. */
static void invert(fit *f)
{
    gsl_matrix_view r = gsl_matrix_submatrix(f->qr, 0, 0, f->k, f->k);
    double root[NR_OLS_MAX * NR_OLS_MAX];
    gsl_matrix_view inverse_root = gsl_matrix_view_array(root, f->k, f->k);
    gsl_matrix_set_identity(&inverse_root.matrix);
    gsl_blas_dtrsm(CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, 1, &r.matrix,
                   &inverse_root.matrix);
    for (size_t i = 0; i < f->k; i++)
        for (size_t j = 0; j < f->k; j++) {
            double sum = 0;
            for (size_t m = 0; m < f->k; m++) sum += root[i * f->k + m] * root[j * f->k + m];
            gsl_matrix_set(f->inverse, gsl_permutation_get(f->order, i),
                           gsl_permutation_get(f->order, j), sum);
        }
}

/* The variance of coefficient c by HC1 (MacKinnon and White 1985): n / (n - k) times the sandwich.
 */
static double robust_variance(const fit *f, const double *x, size_t c)
{
    double sum = 0;
    for (size_t i = 0; i < f->n; i++) {
        double z = 0, e = gsl_vector_get(f->residual, i);
        for (size_t j = 0; j < f->k; j++) z += gsl_matrix_get(f->inverse, c, j) * x[i * f->k + j];
        sum += z * z * e * e;
    }
    return sum * (double)f->n / (double)(f->n - f->k);
}

static nearer_status solve(nr_estimate *out, double *r_squared, fit *f, const double *y,
                           const double *x, nearer_error *err)
{
    gsl_matrix_const_view design = gsl_matrix_const_view_array(x, f->n, f->k);
    gsl_vector_const_view outcome = gsl_vector_const_view_array(y, f->n);
    gsl_matrix_memcpy(f->qr, &design.matrix);
    int sign = 0;
    gsl_linalg_QRPT_decomp(f->qr, f->tau, f->order, &sign, f->norm);
    double largest = fabs(gsl_matrix_get(f->qr, 0, 0));
    double smallest = fabs(gsl_matrix_get(f->qr, f->k - 1, f->k - 1));
    if (!(smallest > largest * 1e-12))
        return nr_fail(err, NEARER_VALUE,
                       "regression: variable %zu depends on the others, no coefficient is its own",
                       gsl_permutation_get(f->order, f->k - 1) + 1);
    gsl_linalg_QRPT_lssolve(f->qr, f->tau, f->order, &outcome.vector, f->beta, f->residual);
    invert(f);
    double degrees = (double)(f->n - f->k), t = gsl_cdf_tdist_Pinv(0.975, degrees);
    for (size_t c = 0; c < f->k; c++) {
        double b = gsl_vector_get(f->beta, c), se = sqrt(robust_variance(f, x, c));
        out[c] = (nr_estimate){b, se, b - t * se, b + t * se,
                               2 * gsl_cdf_tdist_Q(fabs(b / se), degrees)};
    }
    if (r_squared != NULL) {
        double error = gsl_blas_dnrm2(f->residual);
        *r_squared = 1 - error * error / gsl_stats_tss(y, 1, f->n);
    }
    return NEARER_OK;
}

nearer_status nr_ols(nr_estimate *out, double *r_squared, const double *y, const double *x,
                     size_t n, size_t k, nearer_error *err)
{
    if (n <= k)
        return nr_fail(err, NEARER_NODATA, "regression: %zu places for %zu coefficients", n, k);
    if (k == 0 || k > NR_OLS_MAX)
        return nr_fail(err, NEARER_VALUE, "regression: 1 to %d variables were expected",
                       NR_OLS_MAX);
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    fit f;
    nearer_status status =
        fit_init(&f, n, k) ? solve(out, r_squared, &f, y, x, err) : nr_fail_memory(err);
    fit_clear(&f);
    gsl_set_error_handler(before);
    return status;
}

const nr_statistic nr_statistic_ols = {
    .id = "ols",
    .title = "ordinary least squares (QR), standard errors robust to heteroskedasticity (HC1)",
    .formula = "b = (X'X)^-1 X'y",
};
