/* stats/statistic: numbers into numbers with their uncertainty (GSL). NAN and infinite values are
 * the caller's to leave out. */
#ifndef NR_STATS_STATISTIC_H
#define NR_STATS_STATISTIC_H
#include "base/error.h"

/* An estimate with its 95 % interval and two-sided p; NAN where the statistic has none. */
typedef struct nr_estimate {
    double value, std_error, low, high, p;
} nr_estimate;

typedef struct nr_statistic {
    const char *id, *title, *formula;
} nr_statistic;

#define NR_STATISTIC(id) extern const nr_statistic nr_statistic_##id;
#include "stats/statistics.def"
#undef NR_STATISTIC

/* All statistics, NULL behind the last. */
extern const nr_statistic *const nr_statistics[];

/* Pearson's r with Fisher's interval. Fails with NODATA below 4 pairs or without variation. */
nearer_status nr_pearson(nr_estimate *out, const double *x, const double *y, size_t n,
                         nearer_error *err);
/* Spearman's rho with midranks; p from Student's t. Fails as Pearson's. */
nearer_status nr_spearman(nr_estimate *out, const double *x, const double *y, size_t n,
                          nearer_error *err);
/* The smallest |r| that n pairs show with 80 % power at the 5 % level. */
double nr_detectable_r(size_t n);

/* Ordinary least squares of y[n] on x (n x k, row by row, its constant included), k <= 16, by QR
 * with pivoting; standard errors robust to heteroskedasticity (HC1), Student's t with n - k
 * degrees. out[k]; r_squared may be NULL. Fails with NODATA when n <= k, VALUE when a column
 * depends on others. */
enum { NR_OLS_MAX = 16 };
nearer_status nr_ols(nr_estimate *out, double *r_squared, const double *y, const double *x,
                     size_t n, size_t k, nearer_error *err);

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
