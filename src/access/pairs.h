/* access/pairs: sums over the pairs of a matrix that are reached, along rows or columns, on all
 * cores and the same for any number of them. */
#ifndef NR_ACCESS_PAIRS_H
#define NR_ACCESS_PAIRS_H
#include "access/measure.h"

/* What a pair adds; only pairs with minutes are asked for. */
typedef double nr_pair_value(const void *context, size_t i, size_t j, double minutes);

/* out[i] = sum over j. */
void nr_sum_rows(double *out, const nr_minutes *minutes, nr_pair_value *value, const void *context);
/* out[j] = sum over i, in the order of i. */
void nr_sum_columns(double *out, const nr_minutes *minutes, nr_pair_value *value,
                    const void *context);
/* out[i * n + j], NAN where there are no minutes. */
void nr_fill_pairs(double *out, const nr_minutes *minutes, nr_pair_value *value,
                   const void *context);
#endif
