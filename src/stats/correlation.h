/* stats/correlation: how two numbers of the same places go together. Rows that lack a value are the
 * caller's to leave out: one that is not finite (for ranks: NAN) fails with VALUE. */
#ifndef NR_STATS_CORRELATION_H
#define NR_STATS_CORRELATION_H
#include "stats/estimate.h"

/* Pearson's r with Fisher's interval. Fails with NODATA below 4 pairs or without variation. */
nearer_status nr_pearson(nr_estimate *out, const double *x, const double *y, size_t n,
                         nearer_error *err);
/* Interval (Fisher 1915) and p (Student's t) of an r of n pairs with `held` variables held. */
nr_estimate nr_correlation_of(double r, size_t n, size_t held);
/* Spearman's rho with midranks; p from all orders up to 9 pairs without ties, else from Student's
 * t. Fails as Pearson's. */
nearer_status nr_spearman(nr_estimate *out, const double *x, const double *y, size_t n,
                          nearer_error *err);
/* Kendall's tau-b in O(n log n) (Knight 1966); p from all orders below 50 pairs without ties, else
 * from the normal with the variance of ties (Kendall 1970). Fails as Pearson's. */
nearer_status nr_kendall(nr_estimate *out, const double *x, const double *y, size_t n,
                         nearer_error *err);
/* Pearson's r of what z (n x held, row by row) and a constant leave of x and y. Fails with NODATA
 * below 4 + held pairs or when nothing is left of x or y, VALUE when z depends on itself. */
nearer_status nr_partial(nr_estimate *out, const double *x, const double *y, const double *z,
                         size_t n, size_t held, nearer_error *err);
/* The smallest |r| that n pairs show with 80 % power at the 5 % level. */
double nr_detectable_r(size_t n);
#endif
