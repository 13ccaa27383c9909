/* stats/statistic: numbers into numbers with their uncertainty (GSL). NAN and infinite values are
 * the caller's to leave out. All statistics by name, and the plain ones; correlation and regression
 * come along, what else there is has headers of its own: covariance.h, resample.h. */
#ifndef NR_STATS_STATISTIC_H
#define NR_STATS_STATISTIC_H
#include "stats/correlation.h"
#include "stats/regression.h"

typedef struct nr_statistic {
    const char *id, *title, *formula;
} nr_statistic;

#define NR_STATISTIC(id) extern const nr_statistic nr_statistic_##id;
#include "stats/statistics.def"
#undef NR_STATISTIC

/* All statistics, NULL behind the last. */
extern const nr_statistic *const nr_statistics[];

/* NAN for what has no value: the mean of none, the spread of one, lag1 of values that do not
 * differ. A NAN among the values makes all NAN. */
typedef struct nr_moments {
    double mean, sd; /* n - 1 */
    double lag1;     /* autocorrelation from one value to the next, in the given order */
} nr_moments;
nr_moments nr_moments_of(const double *x, size_t n);

/* Modelled against observed numbers, both above 0. */
typedef struct nr_agreement {
    size_t n;
    double median_off, p90_off; /* of |modelled / observed - 1|, interpolated (Hyndman-Fan 7) */
    double bias_share, bias;    /* mean of modelled / observed - 1, of modelled - observed */
    double r_squared;           /* around the line of equality; NAN when observed do not differ */
} nr_agreement;
/* All NAN for n = 0. Fails with MEMORY. */
nearer_status nr_agree(nr_agreement *out, const double *observed, const double *modelled, size_t n,
                       nearer_error *err);

/* Rate r with (1 + r)^years = to / from, as a share; NAN unless both are above 0. */
double nr_annual_growth(double from, double to, double years);
/* exp(sum w ln x / sum w); NAN when the weights sum to 0. */
double nr_geometric_mean(const double *x, const double *weights, size_t n);
#endif
