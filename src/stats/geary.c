#include "base/memory.h"
#include "stats/autocorrelation.h"
#include "stats/statistic.h"

static double variance(const nr_weight_sums *s, double n, double kurtosis, nr_null null)
{
    double s02 = s->s0 * s->s0;
    if (null == NR_NORMALITY)
        return ((2 * s->s1 + s->s2) * (n - 1) - 4 * s02) / (2 * (n + 1) * s02);
    return ((n - 1) * s->s1 * (n * n - 3 * n + 3 - kurtosis * (n - 1)) -
            (n - 1) * s->s2 * (n * n + 3 * n - 6 - kurtosis * (n * n - n + 2)) / 4 +
            s02 * (n * n - 3 - kurtosis * (n - 1) * (n - 1))) /
           (n * (n - 2) * (n - 3) * s02);
}

nearer_status nr_geary(nr_spatial_test *out, const double *x, const nr_weights *w, nr_null null,
                       nearer_error *err)
{
    nr_deviations d;
    nr_weight_sums s;
    nearer_status status = nr_deviations_of(&d, x, w, err);
    if (status == NEARER_OK) status = nr_weights_sums(&s, w, err);
    if (status == NEARER_OK) {
        double n = (double)w->n, sum = 0;
        for (size_t i = 0; i < w->n; i++)
            for (size_t p = w->start[i]; p < w->start[i + 1]; p++) {
                double difference = d.z[i] - d.z[w->to[p]];
                sum += w->weight[p] * difference * difference;
            }
        *out = nr_spatial_test_of((n - 1) / (2 * s.s0) * sum / d.squares, 1,
                                  variance(&s, n, d.kurtosis, null));
    }
    nr_free(d.z);
    return status;
}

const nr_statistic nr_statistic_geary = {
    .id = "geary",
    .title = "Geary's C: how much near places differ, 1 where nearness does not matter",
    .formula = "C = (n - 1) / (2 s0) sum w_ij (x_i - x_j)^2 / sum z_i^2",
};
