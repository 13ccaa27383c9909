/* access/inequality: how unequal n values of 0 or more are. NAN for no values, or none above 0. */
#ifndef NR_ACCESS_INEQUALITY_H
#define NR_ACCESS_INEQUALITY_H
#include "base/error.h"

/* Values and how many each stands for. */
typedef struct nr_sample {
    const double *x, *weight; /* weight NULL: each for one */
    size_t n;
} nr_sample;

double nr_sample_weight(const nr_sample *sample, size_t i);
double nr_sample_size(const nr_sample *sample); /* sum of weights */
double nr_sample_mean(const nr_sample *sample);
/* Indices of the values, the least first; equal ones as they came. order[n]. Fails with MEMORY. */
nearer_status nr_sample_order(size_t *order, const double *by, size_t n, nearer_error *err);

/* Standard deviation (of the whole, not of a sample) over the mean. */
double nr_cv(const nr_sample *sample);
/* One less twice the area under the Lorenz curve; of unweighted values
 * sum_i (2 i - n - 1) x_(i) / (n^2 mean), x_(i) ascending. 0 when all are equal. */
nearer_status nr_gini(double *out, const nr_sample *sample, nearer_error *err);
/* The same of n values that come ascending. O(n). */
double nr_gini_ascending(const double *x, size_t n);
/* Theil's T: mean of (x / mean) ln(x / mean), 0 for a value of 0. */
double nr_theil(const nr_sample *sample);
/* The part of Theil's T between groups: sum_g s_g ln(mean_g / mean), s_g the group's share of the
 * total; group[i] < groups, or NR_NO_GROUP for a value on its own. The rest is within groups. */
#define NR_NO_GROUP ((size_t)-1)
nearer_status nr_theil_between(double *out, const nr_sample *sample, const size_t *group,
                               size_t groups, nearer_error *err);
#endif
