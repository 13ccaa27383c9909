/* stats/randomisation: what chance alone would give, where it is known what was left to chance
 * (Fisher 1935; of shocks that reach many units Borusyak and Hull 2023). */
#ifndef NR_STATS_RANDOMISATION_H
#define NR_STATS_RANDOMISATION_H
#include "stats/estimate.h"

/* Of each arrangement that was as likely, the first being what happened: its statistic is
 * at_none[k] - slope * per_slope[k] where a unit of treatment is worth `slope`. */
typedef struct nr_randomisation {
    size_t count;
    const double *at_none, *per_slope;
} nr_randomisation;

/* The share of arrangements whose statistic is as far from 0 as that of what happened, itself
 * included; those equal but for rounding (1e-9) count. O(count). */
double nr_randomisation_p(const nr_randomisation *r, double slope);
/* value: the slope at which the statistic of what happened is 0; low and high: the least and the
 * greatest slope that is not rejected at 5 %, -INFINITY and INFINITY where there is no end to them;
 * p: of a slope of 0; no standard error. Fails with MEMORY. O(count^2). */
nearer_status nr_randomisation_estimate(nr_estimate *out, const nr_randomisation *r,
                                        nearer_error *err);
#endif
