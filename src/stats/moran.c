#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/memory.h"
#include "stats/autocorrelation.h"
#include "stats/statistic.h"

nr_spatial_test nr_spatial_test_of(double value, double expectation, double variance)
{
    double z = variance > 0 ? (value - expectation) / sqrt(variance) : NAN;
    return (nr_spatial_test){value, expectation, variance, z,
                             isnan(z) ? NAN : 2 * gsl_cdf_ugaussian_Q(fabs(z))};
}

nearer_status nr_deviations_of(nr_deviations *out, const double *x, const nr_weights *w,
                               nearer_error *err)
{
    *out = (nr_deviations){0};
    if (w->n < 4)
        return nr_fail(err, NEARER_NODATA,
                       "spatial autocorrelation needs at least 4 places, there are %zu", w->n);
    if (w->count == 0)
        return nr_fail(err, NEARER_NODATA,
                       "spatial autocorrelation needs neighbours, all %zu places are islands",
                       w->n);
    NR_TRY(nr_check_finite(x, w->n, "spatial autocorrelation", err));
    out->z = nr_alloc(w->n, sizeof *out->z);
    if (out->z == NULL) return nr_fail_memory(err);
    double mean = gsl_stats_mean(x, 1, w->n), fourth = 0, largest = 0;
    for (size_t i = 0; i < w->n; i++) {
        out->z[i] = x[i] - mean;
        out->squares += pow(out->z[i], 2);
        fourth += pow(out->z[i], 4);
        largest = fmax(largest, fabs(x[i]));
    }
    out->kurtosis = (double)w->n * fourth / (out->squares * out->squares);
    /* what rounding leaves of equal values is no variation */
    if (!(sqrt(out->squares / (double)w->n) > 1e-14 * largest) || !isfinite(out->kurtosis))
        return nr_fail(err, NEARER_NODATA, "spatial autocorrelation needs values that differ");
    return NEARER_OK;
}

/* sum w_ij z_i z_j */
static double cross(const nr_weights *w, const double *z)
{
    double sum = 0;
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            sum += w->weight[p] * z[i] * z[w->to[p]];
    return sum;
}

static double variance(const nr_weight_sums *s, double n, double kurtosis, nr_null null)
{
    double s02 = s->s0 * s->s0, expectation = -1 / (n - 1), square;
    if (null == NR_NORMALITY) {
        square = (n * n * s->s1 - n * s->s2 + 3 * s02) / ((n * n - 1) * s02);
    } else {
        square = n * ((n * n - 3 * n + 3) * s->s1 - n * s->s2 + 3 * s02) -
                 kurtosis * ((n * n - n) * s->s1 - 2 * n * s->s2 + 6 * s02);
        square /= (n - 1) * (n - 2) * (n - 3) * s02;
    }
    return square - expectation * expectation;
}

nearer_status nr_moran(nr_spatial_test *out, const double *x, const nr_weights *w, nr_null null,
                       nearer_error *err)
{
    nr_deviations d;
    nr_weight_sums s;
    nearer_status status = nr_deviations_of(&d, x, w, err);
    if (status == NEARER_OK) status = nr_weights_sums(&s, w, err);
    if (status == NEARER_OK) {
        double n = (double)w->n;
        *out = nr_spatial_test_of(n / s.s0 * cross(w, d.z) / d.squares, -1 / (n - 1),
                                  variance(&s, n, d.kurtosis, null));
    }
    nr_free(d.z);
    return status;
}

nearer_status nr_moran_permutation_p(double *p, const double *x, const nr_weights *w, size_t draws,
                                     nr_random *random, nearer_error *err)
{
    if (draws == 0) return nr_fail(err, NEARER_VALUE, "a permutation test needs at least 1 draw");
    nr_deviations d;
    nearer_status status = nr_deviations_of(&d, x, w, err);
    if (status == NEARER_OK) {
        double seen = cross(w, d.z), slack = 1e-12 * d.squares; /* sums of another order */
        size_t high = 1, low = 1;
        for (size_t draw = 0; draw < draws; draw++) {
            nr_random_shuffle(random, d.z, w->n);
            double drawn = cross(w, d.z);
            high += drawn >= seen - slack;
            low += drawn <= seen + slack;
        }
        *p = fmin(1, 2 * (double)(high < low ? high : low) / (double)(1 + draws));
    }
    nr_free(d.z);
    return status;
}

const nr_statistic nr_statistic_moran = {
    .id = "moran",
    .title = "Moran's I: whether near places are alike",
    .formula = "I = n / s0 sum w_ij z_i z_j / sum z_i^2",
};
