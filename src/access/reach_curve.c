/* The whole curve of cumulative opportunities: mass within each of many travel times. */
#include "access/steps.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    (void)i;
    (void)room;
    nr_mass_within(out, in, minutes);
}

static size_t columns(const nr_measure_input *in)
{
    return in->limits;
}

const nr_measure nr_measure_reach_curve = {
    .id = "reach_curve",
    .title = "mass within each of many travel times",
    .formula = "sum_j M_j [t_ij <= T] for each T",
    .needs = NR_LIMITS,
    .takes = NR_TO,
    .own = true,
    .decimals = 1,
    .columns = columns,
    .column = nr_limit_label,
    .row = row,
};
