/* stats/covariance: how sure the coefficients of a fit are, by what is taken for independent. Each
 * is k x k, row by row: sums of e_i e_j a_i a_j' over the pairs that may depend on each other,
 * where e are residuals and a the rows of X (X'X)^-1. */
#ifndef NR_STATS_COVARIANCE_H
#define NR_STATS_COVARIANCE_H
#include "stats/random.h"
#include "stats/regression.h"

/* Equal variances; each row its own (White 1980: HC0; times n / (n - k): HC1; e / sqrt(1 - h): HC2;
 * e / (1 - h): HC3, MacKinnon and White 1985). */
typedef enum nr_hc { NR_CLASSICAL, NR_HC0, NR_HC1, NR_HC2, NR_HC3 } nr_hc;
/* Fails with VALUE when HC2 or HC3 meets a row of leverage 1 or fixed effects taken out. */
nearer_status nr_covariance_hc(double *out, const nr_fit *fit, nr_hc kind, nearer_error *err);

/* Rows of one cluster (any numbers, n of them) depend on each other: times G / (G - 1) (n - 1) /
 * (n - k) (CR1), or residuals e_g times (I - H_gg)^-1/2 (CR2, Bell and McCaffrey 2002). */
typedef enum nr_cr { NR_CR1, NR_CR2 } nr_cr;
/* degrees (k, may be NULL): G - 1, for CR2 those of Bell and McCaffrey by Satterthwaite. Fails with
 * NODATA below 2 clusters, VALUE for CR2 with fixed effects taken out or two stages. */
nearer_status nr_covariance_cluster(double *out, double *degrees, const nr_fit *fit,
                                    const size_t *cluster, nr_cr kind, nearer_error *err);

/* Rows of one cluster in either of two ways depend on each other: CR1 of the first plus that of the
 * second less that of both at once (Cameron, Gelbach and Miller 2011); it can give a variance below
 * 0. degrees (k, may be NULL): of the fewer clusters less 1. Fails with NODATA below 2 clusters. */
nearer_status nr_covariance_two_way(double *out, double *degrees, const nr_fit *fit,
                                    const size_t *first, const size_t *second, nearer_error *err);

/* Rows up to `lag` times apart (whole numbers, such as years) depend on each other, less the
 * farther: 1 - apart / (lag + 1) (Newey and West 1987; of panels Driscoll and Kraay 1998); no
 * factor for small n. O(n k + T^2). Fails with MEMORY. */
nearer_status nr_covariance_serial(double *out, const nr_fit *fit, const size_t *time, size_t lag,
                                   nearer_error *err);

/* Rows within cutoff_km on the sphere of 6371.0088 km depend on each other (Conley 1999), all alike
 * or less the farther (1 - d / cutoff); no factor for small n. O(n^2). The uniform kernel can give
 * a variance below 0. Fails with VALUE unless the cutoff is above 0 and positions are on the globe.
 */
typedef enum nr_kernel { NR_UNIFORM, NR_BARTLETT } nr_kernel;
nearer_status nr_covariance_conley(double *out, const nr_fit *fit, const double *lon_deg,
                                   const double *lat_deg, double cutoff_km, nr_kernel kernel,
                                   nearer_error *err);

/* Two-sided p of coefficient c being 0 by the wild cluster bootstrap with that imposed (Cameron,
 * Gelbach and Miller 2008), signs +1 or -1 for each cluster and t by CR1: the share with |t*| >=
 * |t| of all 2^G signs for up to 12 clusters, else (1 + those of `draws`) / (1 + draws). O(G^2) a
 * draw. Fails with NODATA below 2 clusters, VALUE for no draws where they are needed, for fixed
 * effects taken out or two stages. */
nearer_status nr_wild_p(double *p, const nr_fit *fit, size_t c, const size_t *cluster, size_t draws,
                        nr_random *random, nearer_error *err);
#endif
