/* Cumulative opportunities summed up over an interval of cutoffs, which does away with the cliff at
 * one (Tomasiello and others 2023; R accessibility's cumulative_interval). */
#include <math.h>
#include <stdlib.h>

#include "access/steps.h"

/* Sums rise with the cutoff: they are in order. */
static double median(const double *rising, size_t n)
{
    return n % 2 == 1 ? rising[n / 2] : (rising[n / 2 - 1] + rising[n / 2]) / 2;
}

static double mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += x[k];
    return sum / (double)n;
}

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    double within[NR_MOST_STEPS];
    (void)i;
    (void)room;
    nr_mass_within(within, in, minutes);
    *out = in->median ? median(within, in->limits) : mean(within, in->limits);
    if (in->r_convention) *out = trunc(*out); /* as.integer there */
}

const nr_measure nr_measure_cumulative_interval = {
    .id = "cumulative_interval",
    .title = "mass within a travel time, mean or median over an interval of them",
    .formula = "mean over T of sum_j M_j [t_ij <= T]",
    .needs = NR_LIMITS,
    .takes = NR_SUMMARY | NR_TO,
    .own = true,
    .adds = true,
    .decimals = 1,
    .row = row,
};
