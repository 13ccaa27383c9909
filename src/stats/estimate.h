/* stats/estimate: what the functions of this room hand back. */
#ifndef NR_STATS_ESTIMATE_H
#define NR_STATS_ESTIMATE_H
#include "base/error.h"

/* An estimate with its 95 % interval and two-sided p; NAN where the statistic has none. */
typedef struct nr_estimate {
    double value, std_error, low, high, p;
} nr_estimate;

/* With the variance of a value that is normal in large samples; all else NAN where it is below 0 or
 * NAN. */
nr_estimate nr_estimate_normal(double value, double variance);

/* A test: F with df1 and df2, or chi squared with df1 (df2 INFINITY); all NAN where there is none.
 */
typedef struct nr_test {
    double value, df1, df2, p;
} nr_test;

/* Fails with VALUE, naming the first row (of n) whose value is NAN or infinite. */
nearer_status nr_check_finite(const double *x, size_t n, const char *what, nearer_error *err);
/* The same, where infinite values have their rank. */
nearer_status nr_check_known(const double *x, size_t n, const char *what, nearer_error *err);
#endif
