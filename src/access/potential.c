/* Potential, or gravity-based access (Hansen 1959): sum_j M_j f(t_ij). */
#include "access/measure.h"

static void score(double *scores, const nr_measure_input *in)
{
    for (size_t i = 0; i < in->n; i++) scores[i] = nr_measure_sum(in, &in->decay, i);
}

const nr_measure nr_measure_potential = {
    .id = "potential",
    .title = "gravity-based potential",
    .formula = "sum_j M_j f(t_ij)",
    .takes_decay = true,
    .decimals = 1,
    .score = score,
};
