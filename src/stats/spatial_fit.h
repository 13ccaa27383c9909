/* stats/spatial_fit: what the spatial regressions share. */
#ifndef NR_STATS_SPATIAL_FIT_H
#define NR_STATS_SPATIAL_FIT_H
#include <complex.h>

#include "stats/spatial_models.h"

/* Fail as said in stats/spatial_models. */
nearer_status nr_check_neighbours(const nr_weights *w, size_t n, nearer_error *err);
nearer_status nr_check_residuals(const nr_fit *fit, const nr_weights *w, nearer_error *err);

/* Eigenvalues of W. Those of weights that are symmetric but for their standardised rows are real
 * and come from the symmetric sqrt(w_ij w_ji). */
typedef struct nr_spectrum {
    size_t n;
    double complex *value;
    double low, high; /* 1 / the lowest and highest real one; -1, 1 where there is none */
} nr_spectrum;
/* Clear with nr_spectrum_clear, also after a failure. Fails with MEMORY, VALUE when they are not
 * found. O(n^3), one n x n matrix. */
nearer_status nr_spectrum_init(nr_spectrum *out, const nr_weights *w, nearer_error *err);
void nr_spectrum_clear(nr_spectrum *spectrum);
/* log |I - rho W| */
double nr_spectrum_log_determinant(const nr_spectrum *spectrum, double rho);
/* Trace of W^a (I - rho W)^-b, a and b from 0. */
double nr_spectrum_trace(const nr_spectrum *spectrum, double rho, int a, int b);

/* (I - rho W)^-1, n x n row by row; free with nr_free. Fails with MEMORY, VALUE when there is none.
 * O(n^3). */
nearer_status nr_spatial_inverse(double **out, const nr_weights *w, double rho, nearer_error *err);

/* A regression before its rho is known. */
typedef struct nr_spatial_problem {
    const nr_design *design; /* with the neighbours' X, if any */
    const nr_weights *w;
    const nr_fit *plain; /* rho = 0 */
    double *lagged_y;    /* n: W y */
    const double *near;  /* n: what X leaves of it */
    double *y, *x;       /* n, n x k: room for what is left of the design at a rho */
} nr_spatial_problem;

/* Where the two models differ. */
typedef struct nr_spatial_form {
    /* Errors e[n] at a rho, slope[n] = -de / drho with b at its best. Fails as nr_fit_new. */
    nearer_status (*errors)(double *e, double *slope, const nr_spatial_problem *problem, double rho,
                            nearer_error *err);
    /* The least squares that give b at a rho. Fails as nr_fit_new. */
    nearer_status (*fit)(nr_fit **out, const nr_spatial_problem *problem, double rho,
                         nearer_error *err);
} nr_spatial_form;
extern const nr_spatial_form nr_spatial_lag_form, nr_spatial_error_form;

/* The rho of the highest likelihood. Fails with NODATA when there is none in low..high, and as the
 * form. */
nearer_status nr_spatial_search(double *rho, const nr_spatial_form *form,
                                const nr_spatial_problem *problem, const nr_spectrum *spectrum,
                                nearer_error *err);
#endif
