/* stats/regression: least squares and what is asked of it. Rows that lack a value are the caller's
 * to leave out: one that is not finite fails with VALUE. */
#ifndef NR_STATS_REGRESSION_H
#define NR_STATS_REGRESSION_H
#include "stats/estimate.h"

/* What is explained by what; all borrowed. */
typedef struct nr_design {
    const double *y; /* n */
    const double *x; /* n x k, row by row, its constant included */
    size_t n, k;
    const char *const *names; /* k, for errors; NULL: they are numbered from 1 */
} nr_design;

typedef struct nr_fit {
    size_t n, k;
    size_t absorbed;   /* effects taken out before: degrees are n - k - absorbed */
    bool instrumented; /* by two stages: the rows of X are the projected ones */
    double degrees;
    double condition;  /* largest over smallest singular value, columns of X of length 1 */
    double *b;         /* k coefficients */
    double *residual;  /* n */
    double *inverse;   /* k x k, (X'X)^-1 */
    double *influence; /* n x k, X (X'X)^-1: by how much a unit of y_i moves each coefficient */
    double *basis;     /* n x k, an orthonormal basis of the columns of X */
    double rss, tss;   /* tss around the mean where X has the constant, else around 0 */
    double r_squared;  /* NAN when tss is 0 */
    double residual_sd;
} nr_fit;

/* Least squares by QR with pivoting on columns of like length, refined with residuals in extended
 * precision (Björck 1967). Free with nr_fit_free, which takes NULL. O(n k^2). Fails with NODATA
 * when n <= k, VALUE without columns or when a column depends on others, whose names it says: the
 * condition is then above NR_CONDITION_MAX. */
#define NR_CONDITION_MAX 1e13
nearer_status nr_fit_new(nr_fit **out, const nr_design *design, nearer_error *err);
void nr_fit_free(nr_fit *fit);
/* Fails with VALUE, saying that `what` is for ordinary least squares only, when effects were
 * absorbed or the fit has two stages. */
nearer_status nr_fit_check_ordinary(const nr_fit *fit, const char *what, nearer_error *err);
/* Share of row i in its own fitted value. */
double nr_fit_leverage(const nr_fit *fit, size_t i);

/* Coefficient c with the variance of a covariance (k x k) and Student's t; degrees INFINITY: the
 * normal. All but the value NAN where the variance is below 0. */
nr_estimate nr_coefficient(const nr_fit *fit, const double *covariance, size_t c, double degrees);

/* Ordinary least squares of y[n] on x (n x k), standard errors robust to heteroskedasticity (HC1),
 * Student's t with n - k degrees. out[k]; r_squared may be NULL. Fails as nr_fit_new. */
nearer_status nr_ols(nr_estimate *out, double *r_squared, const double *y, const double *x,
                     size_t n, size_t k, nearer_error *err);

/* The smallest slope that shows with 80 % power at the 5 % level (Bloom 1995), given its standard
 * error. */
double nr_detectable_slope(double std_error, double degrees);

/* By how much row i moves coefficient c: b - b without the row (DFBETA, Belsley, Kuh and Welsch
 * 1980), n x k; scaled (may be NULL) is that over the standard error without the row (DFBETAS).
 * NAN where a coefficient is not determined without the row. Fails with VALUE for a fit that is not
 * of ordinary least squares. */
nearer_status nr_influence(double *change, double *scaled, const nr_fit *fit, nearer_error *err);

/* The row that moves coefficient c most of those not taken, first of all one without which there is
 * no such coefficient; `change` as nr_influence gives it. n: all are taken. */
size_t nr_influence_most(const double *change, const bool *taken, size_t n, size_t k, size_t c);

/* Two-stage least squares: y on `exogenous` (n x m, constant included) and `endogenous` (n x p),
 * the latter by way of `instruments` (n x q) besides the exogenous. */
typedef struct nr_iv_design {
    const double *y, *exogenous, *endogenous, *instruments;
    size_t n, m, p, q;
} nr_iv_design;
typedef struct nr_iv {
    nr_fit *fit;          /* coefficients: exogenous, then endogenous */
    nr_test *first_stage; /* p: F of the instruments besides the exogenous */
    nr_test wu_hausman;   /* F: whether the endogenous are; NAN when instruments fit one exactly */
    nr_test sargan;       /* chi squared: whether the instruments agree; NAN when q = p */
} nr_iv;
/* Free with nr_iv_free, which takes NULL. Fails with NODATA for too few rows, VALUE when q < p, p =
 * 0 or columns depend on each other. */
nearer_status nr_iv_new(nr_iv **out, const nr_iv_design *design, nearer_error *err);
void nr_iv_free(nr_iv *iv);

/* Least squares within units and, unless `time` is NULL, times: both are any numbers, n of them;
 * the design has no constant. R squared is that within. Unbalanced panels are swept until nothing
 * changes. Fails with NODATA for too few rows, VALUE when a variable does not vary within or
 * depends on others, or when sweeping does not end. */
nearer_status nr_fixed_effects(nr_fit **out, const nr_design *design, const size_t *unit,
                               const size_t *time, nearer_error *err);
#endif
