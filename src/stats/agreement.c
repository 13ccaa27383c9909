/* How well modelled numbers agree with observed ones. */
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#include "base/memory.h"
#include "stats/statistic.h"

nearer_status nr_agree(nr_agreement *out, const double *observed, const double *modelled, size_t n,
                       nearer_error *err)
{
    *out = (nr_agreement){n, NAN, NAN, NAN, NAN, NAN};
    if (n == 0) return NEARER_OK;
    double *off = nr_alloc(n, sizeof *off), mean = gsl_stats_mean(observed, 1, n);
    if (off == NULL) return nr_fail_memory(err);
    double share = 0, difference = 0, residual = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        off[i] = fabs(modelled[i] / observed[i] - 1);
        share += modelled[i] / observed[i] - 1;
        difference += modelled[i] - observed[i];
        residual += pow(modelled[i] - observed[i], 2);
        total += pow(observed[i] - mean, 2);
    }
    gsl_sort(off, 1, n);
    out->median_off = gsl_stats_quantile_from_sorted_data(off, 1, n, 0.5);
    out->p90_off = gsl_stats_quantile_from_sorted_data(off, 1, n, 0.9);
    out->bias_share = share / (double)n;
    out->bias = difference / (double)n;
    if (total > 0) out->r_squared = 1 - residual / total;
    nr_free(off);
    return NEARER_OK;
}

const nr_statistic nr_statistic_agreement = {
    .id = "agreement",
    .title = "Modelled against observed",
    .formula = "median and 90th percentile of |m / o - 1|, bias mean(m / o - 1), "
               "R2 = 1 - sum (m - o)^2 / sum (o - mean o)^2",
};
