/* stats/convergence: whether the poor grow faster, and whether all come closer. */
#ifndef NR_STATS_CONVERGENCE_H
#define NR_STATS_CONVERGENCE_H
#include "stats/regression.h"

/* ln(y_T / y_0) / T = a + s ln y_0 + e, by least squares (HC1); s = -(1 - exp(-beta T)) / T (Barro
 * and Sala-i-Martin 1992). */
typedef struct nr_beta_convergence {
    size_t n;
    nr_estimate slope;     /* s, shares a year */
    nr_estimate beta;      /* -ln(1 + s T) / T, a year; standard error by the delta method, interval
                              from that of s, p that of s = 0. NAN for s at or below -1 / T */
    nr_estimate half_life; /* years, ln 2 / beta: INFINITY where beta is not above 0; no standard
                              error and no p */
    double r_squared;
} nr_beta_convergence;
/* from[n] and to[n], `years` apart; places without two finite values above 0 are left out. Fails
 * with NODATA below 3 places, VALUE when all start alike or years is not above 0, MEMORY. */
nearer_status nr_converge_beta(nr_beta_convergence *out, const double *from, const double *to,
                               size_t n, double years, nearer_error *err);

/* sd[years] of ln y (n - 1) among the places that have a finite value above 0 in each of the years:
 * y is n x years, row by row; *used places. Fails with NODATA below 2, MEMORY. */
nearer_status nr_converge_sigma(double *sd, size_t *used, const double *y, size_t n, size_t years,
                                nearer_error *err);
#endif
