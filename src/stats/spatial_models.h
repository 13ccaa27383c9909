/* stats/spatial_models: regressions of places that share what their neighbours have. Values are as
 * in stats/regression: one that is not finite fails with VALUE, islands stay in n. */
#ifndef NR_STATS_SPATIAL_MODELS_H
#define NR_STATS_SPATIAL_MODELS_H
#include "stats/autocorrelation.h"
#include "stats/regression.h"

/* Moran's I of the residuals of ordinary least squares. Its moments (Cliff and Ord 1981) know what
 * was fitted; those of nr_moran do not hold for residuals. Fails with VALUE when the fit is not of
 * ordinary least squares or the weights are of other places, NODATA without neighbours or
 * residuals. O(pairs x k + n k^2). */
nearer_status nr_moran_residual(nr_spatial_test *out, const nr_fit *fit, const nr_weights *w,
                                nearer_error *err);

/* Lagrange multipliers of what least squares leaves out, each chi squared: a lag of y, a lag of the
 * error; each while the other may be there (robust: Anselin, Bera, Florax and Yoon 1996); both. */
typedef struct nr_lagrange {
    nr_test lag, error, robust_lag, robust_error, both;
} nr_lagrange;
/* y[n] is what the fit explains. The robust ones and `both` are NAN where lag and error cannot be
 * told apart, such as with a constant alone. Fails as nr_moran_residual. */
nearer_status nr_lagrange_tests(nr_lagrange *out, const nr_fit *fit, const double *y,
                                const nr_weights *w, nearer_error *err);

/* y = rho W y + X b + e; the same with the neighbours' X as well; y = X b + u, u = lambda W u + e
 * (Ord 1975, Anselin 1988). */
typedef enum nr_spatial_kind {
    NR_SPATIAL_LAG,
    NR_SPATIAL_DURBIN,
    NR_SPATIAL_ERROR
} nr_spatial_kind;
typedef struct nr_spatial_fit {
    nr_spatial_kind kind;
    size_t n, k;         /* places, coefficients */
    size_t columns;      /* of X as given */
    size_t *lag_of;      /* columns: which coefficient is that of W x; 0 for none */
    bool *varies;        /* columns: not the constant */
    double low, high;    /* where I - rho W is regular */
    nr_estimate spatial; /* rho or lambda */
    nr_estimate *b;      /* k: those of X, then (Durbin) of W x for each x that varies */
    double *covariance;  /* (1 + k) x (1 + k): of spatial and b */
    double *residual;    /* n, of e */
    double variance;     /* of e: sum e^2 / n */
    double log_likelihood;
    nr_test ratio; /* likelihood ratio against spatial = 0 */
} nr_spatial_fit;
/* By maximum likelihood, log |I - rho W| from the eigenvalues of W; standard errors from the
 * expected information, p from the normal. Free with nr_spatial_fit_free, which takes NULL. Fails
 * as nr_fit_new, with NODATA without neighbours, when nothing is left to explain, or when the
 * likelihood has no maximum in low..high, VALUE when the weights are of other places. O(n^3), two
 * n x n matrices. */
nearer_status nr_spatial_fit_new(nr_spatial_fit **out, nr_spatial_kind kind,
                                 const nr_design *design, const nr_weights *w, nearer_error *err);
void nr_spatial_fit_free(nr_spatial_fit *fit);

/* What one more of x in all places does, on average, to the place's own y, to y by way of the
 * others, and both (LeSage and Pace 2009); standard errors by the delta method. */
typedef struct nr_impact {
    nr_estimate direct, indirect, total;
} nr_impact;
/* out[fit->columns], all NAN for the constant. In the error model they are b, 0 and b. Fails with
 * MEMORY, VALUE when w is of other places. O(n^3). */
nearer_status nr_spatial_impacts(nr_impact *out, const nr_spatial_fit *fit, const nr_weights *w,
                                 nearer_error *err);
#endif
