/* access/inequality: how unequal n values above 0 are. NAN for no values. */
#ifndef NR_ACCESS_INEQUALITY_H
#define NR_ACCESS_INEQUALITY_H
#include "base/error.h"

/* Standard deviation (of the whole, not of a sample) over the mean. */
double nr_cv(const double *x, size_t n);
/* sum_i (2 i - n - 1) x_(i) / (n^2 mean), x_(i) ascending: 0 when all are equal. */
nearer_status nr_gini(double *out, const double *x, size_t n, nearer_error *err);
/* Theil's T: mean of (x / mean) ln(x / mean). */
double nr_theil(const double *x, size_t n);
/* The part of Theil's T between groups: sum_g s_g ln(mean_g / mean), s_g the group's share of the
 * total; group[i] < groups, or NR_NO_GROUP for a value on its own. The rest is within groups. */
#define NR_NO_GROUP ((size_t)-1)
nearer_status nr_theil_between(double *out, const double *x, const size_t *group, size_t n,
                               size_t groups, nearer_error *err);
#endif
