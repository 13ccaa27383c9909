/* Daily accessibility, or cumulative opportunities (Tornqvist 1970): the mass within a cutoff. */
#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    const nr_decay within = {.kind = &nr_decay_binary, .parameters = {in->cutoff_min}};
    (void)i;
    (void)room;
    *out = nr_measure_sum(in, &within, minutes);
}

const nr_measure nr_measure_cumulative = {
    .id = "cumulative",
    .title = "mass within a travel time",
    .formula = "sum_j M_j [t_ij <= cutoff]",
    .needs = NR_CUTOFF,
    .takes = NR_TO,
    .own = true,
    .adds = true,
    .decimals = 1,
    .row = row,
};
