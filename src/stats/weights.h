/* stats/weights: who is whose neighbour, and how much. Rows hold the neighbours of a place alone,
 * so that thousands of places fit. */
#ifndef NR_STATS_WEIGHTS_H
#define NR_STATS_WEIGHTS_H
#include <stdbool.h>

#include "base/error.h"

typedef struct nr_weights {
    size_t n, count; /* places, pairs */
    size_t islands;  /* places without a neighbour: their row is empty, they stay in n */
    size_t *start;   /* n + 1: pairs start[i] .. start[i + 1] - 1 are those from i */
    size_t *to;      /* count: the neighbour, ascending in a row, never the place itself */
    double *weight;  /* count, above 0 */
    double *row_sum; /* n: sums of the rows before they were standardised; NULL unless they are */
} nr_weights;

/* Kilometres or minutes from one place to another; NAN and INFINITY are nobody's neighbour. */
typedef double nr_distance(const void *context, size_t from, size_t to);

/* All are binary (1 or nothing) unless said otherwise, may be asymmetric, and are freed with
 * nr_weights_free, which takes NULL. Fail with MEMORY, and with VALUE as said. */

/* The k nearest, the first of the input where distances tie; fewer where fewer can be reached.
 * Fails for k = 0. O(n^2 k) at the worst. */
nearer_status nr_weights_nearest(nr_weights **out, nr_distance *distance, const void *context,
                                 size_t n, size_t k, nearer_error *err);
/* All within `most`. Fails unless `most` is above 0. O(n^2). */
nearer_status nr_weights_band(nr_weights **out, nr_distance *distance, const void *context,
                              size_t n, double most, nearer_error *err);
/* distance^-power of all within `most` (INFINITY: all that can be reached). Fails unless both are
 * above 0, and for two places without distance. O(n^2). */
nearer_status nr_weights_inverse(nr_weights **out, nr_distance *distance, const void *context,
                                 size_t n, double most, double power, nearer_error *err);
/* count pairs in any order, with their weights (NULL: 1). Fails when a pair names no place or a
 * place itself, stands twice, or its weight is not above 0. */
nearer_status nr_weights_pairs(nr_weights **out, size_t n, const size_t *from, const size_t *to,
                               const double *weight, size_t count, nearer_error *err);
/* Those among the places with keep[i], numbered anew; what standardised rows were is restored and
 * standardised again. */
nearer_status nr_weights_among(nr_weights **out, const nr_weights *w, const bool *keep,
                               nearer_error *err);
void nr_weights_free(nr_weights *w);

/* Divides each row by its sum; a second time changes nothing. Fails with MEMORY. */
nearer_status nr_weights_standardise(nr_weights *w, nearer_error *err);

/* out[n] = W x, 0 for an island; out is not x. */
void nr_weights_lag(double *out, const nr_weights *w, const double *x);
/* w_ij, 0 for no neighbour. O(log of the row). */
double nr_weights_at(const nr_weights *w, size_t i, size_t j);
/* Whether w_ij is w_ji, before rows were standardised. */
bool nr_weights_symmetric(const nr_weights *w);

/* s0 = sum w_ij, s1 = sum (w_ij + w_ji)^2 / 2, s2 = sum over i of (row sum + column sum)^2 (Cliff
 * and Ord 1981). Fails with MEMORY. */
typedef struct nr_weight_sums {
    double s0, s1, s2;
} nr_weight_sums;
nearer_status nr_weights_sums(nr_weight_sums *out, const nr_weights *w, nearer_error *err);
#endif
