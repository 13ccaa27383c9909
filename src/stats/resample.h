/* stats/resample: p and intervals by drawing again, the same for the same seed. */
#ifndef NR_STATS_RESAMPLE_H
#define NR_STATS_RESAMPLE_H
#include "stats/estimate.h"
#include "stats/random.h"

/* Two-sided p of Pearson's r by `draws` random orders of y: (1 + as far out) / (1 + draws)
 * (Phipson and Smyth 2010). Fails as nr_pearson, VALUE for no draws. */
nearer_status nr_permutation_p(double *p, const double *x, const double *y, size_t n, size_t draws,
                               nr_random *random, nearer_error *err);

/* A statistic of the given rows (n of them, some perhaps more than once); NAN when it has none. */
typedef double nr_of_rows(const void *data, const size_t *rows, size_t n);
/* Bias-corrected accelerated 95 % interval (Efron 1987) by `draws` samples of the n rows with
 * replacement; the standard error is the spread of the draws, p is NAN. Draws without a value are
 * left out. Fails with NODATA below 3 rows, when the statistic of all or of all but one has no
 * value, when more than half of the draws have none or all lie on one side; VALUE below 100
 * draws. */
nearer_status nr_bca(nr_estimate *out, nr_of_rows *statistic, const void *data, size_t n,
                     size_t draws, nr_random *random, nearer_error *err);
#endif
