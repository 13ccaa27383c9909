/* stats/autocorrelation: whether near places are alike. x[n] has a value for each place of the
 * weights: a place whose value is not known is the caller's to leave out (nr_weights_among), one
 * that is not finite fails with VALUE. Islands stay in n and add nothing to sums over pairs. All
 * fail with NODATA when there are too few places, no neighbours, or values that do not differ, and
 * with MEMORY. */
#ifndef NR_STATS_AUTOCORRELATION_H
#define NR_STATS_AUTOCORRELATION_H
#include "stats/random.h"
#include "stats/weights.h"

/* z = (value - expectation) / sqrt(variance); p is two-sided, from the normal. */
typedef struct nr_spatial_test {
    double value, expectation, variance, z, p;
} nr_spatial_test;
nr_spatial_test nr_spatial_test_of(double value, double expectation, double variance);

/* What x might have been where there is nothing: draws from a normal, or its own values in any
 * order (Cliff and Ord 1981). */
typedef enum nr_null { NR_NORMALITY, NR_RANDOMISATION } nr_null;

/* I = n / s0 sum w_ij z_i z_j / sum z_i^2, z = x - mean x (Moran 1950). At least 4 places. */
nearer_status nr_moran(nr_spatial_test *out, const double *x, const nr_weights *w, nr_null null,
                       nearer_error *err);
/* C = (n - 1) / (2 s0) sum w_ij (x_i - x_j)^2 / sum z_i^2 (Geary 1954): below 1, so z below 0,
 * where near places are alike. At least 4 places. */
nearer_status nr_geary(nr_spatial_test *out, const double *x, const nr_weights *w, nr_null null,
                       nearer_error *err);
/* G = sum w_ij x_i x_j / sum over i != j of x_i x_j of numbers from 0 (Getis and Ord 1992), by
 * randomisation: above its expectation where high values are near each other. Made for binary
 * weights. At least 4 places; fails with VALUE for a number below 0. */
nearer_status nr_getis_ord(nr_spatial_test *out, const double *x, const nr_weights *w,
                           nearer_error *err);
/* p of Moran's I by `draws` random orders of x: twice the smaller of (1 + as high) and (1 + as low)
 * over (1 + draws), at most 1. Fails with VALUE for no draws. */
nearer_status nr_moran_permutation_p(double *p, const double *x, const nr_weights *w, size_t draws,
                                     nr_random *random, nearer_error *err);

/* Of a place: I_i = z_i sum_j w_ij z_j / (sum z^2 / n), so that I is their sum over s0 (Anselin
 * 1995); moments and permuted p with the place held where it is and the others in any order
 * (Sokal, Oden and Thomson 1998). An island: I_i = 0, z and p NAN. */
typedef struct nr_local_moran {
    nr_spatial_test test;
    double permutation_p; /* two-sided, as nr_moran_permutation_p; NAN without draws */
    double fdr_p;         /* the same (without draws: test.p) by nr_adjust_fdr */
    bool high, near_high; /* x_i, sum_j w_ij z_j are above the mean: clusters or outliers */
} nr_local_moran;
/* out[n]; draws 0: random may be NULL. At least 4 places. O(draws x pairs). */
nearer_status nr_moran_local(nr_local_moran *out, const double *x, const nr_weights *w,
                             size_t draws, nr_random *random, nearer_error *err);

/* out[n]: sum_j w_ij x_j of a place as its distance from what is expected in standard deviations
 * (Getis and Ord 1992; Ord and Getis 1995): hot and cold spots. G leaves the place out, G* counts
 * it as its own neighbour, with a weight of 1 before rows were standardised. NAN for an island (G)
 * and where the others do not differ. At least 4 places. */
nearer_status nr_getis_ord_local(double *out, const double *x, const nr_weights *w, bool star,
                                 nearer_error *err);

/* q[n]: the smallest share of false discoveries at which a test is among the discoveries (Benjamini
 * and Hochberg 1995); NAN stay NAN and are no tests. q may be p. Fails with MEMORY. */
nearer_status nr_adjust_fdr(double *q, const double *p, size_t n, nearer_error *err);

/* Deviations of x from its mean and their moments; what every function here starts from. Clear z
 * with nr_free, also after a failure. Fails as said above. */
typedef struct nr_deviations {
    double *z;
    double squares;  /* sum z^2 */
    double kurtosis; /* n sum z^4 / squares^2 */
} nr_deviations;
nearer_status nr_deviations_of(nr_deviations *out, const double *x, const nr_weights *w,
                               nearer_error *err);
#endif
