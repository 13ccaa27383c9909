/* Potential, or gravity-based access (Hansen 1959): sum_j M_j f(t_ij). */
#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    (void)i;
    (void)room;
    *out = nr_measure_sum(in, &in->decay, minutes);
}

const nr_measure nr_measure_potential = {
    .id = "potential",
    .title = "gravity-based potential",
    .formula = "sum_j M_j f(t_ij)",
    .needs = NR_DECAY,
    .takes = NR_TO,
    .own = true,
    .adds = true,
    .decimals = 1,
    .row = row,
};
