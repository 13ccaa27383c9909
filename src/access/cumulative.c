/* Daily accessibility, or cumulative opportunities (Tornqvist 1970): the mass within a cutoff. */
#include "access/measure.h"

static void score(double *scores, const nr_measure_input *in)
{
    nr_decay within = {&nr_decay_binary, {in->cutoff_min}};
    for (size_t i = 0; i < in->n; i++) scores[i] = nr_measure_sum(in, &within, i);
}

const nr_measure nr_measure_cumulative = {
    .id = "cumulative",
    .title = "mass within a travel time",
    .formula = "sum_j M_j [t_ij <= cutoff]",
    .takes_cutoff = true,
    .decimals = 1,
    .score = score,
};
