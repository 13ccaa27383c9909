/* Mean travel time over all modes at once: a place with several ways is nearer than by the fastest
 * alone (logsum; ESPON TRACC 2013). */
#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    (void)minutes;
    for (size_t j = 0; j < in->n; j++)
        room[j] = in->over_modes[in->to ? j * in->n + i : i * in->n + j];
    room[i] = in->own[i];
    *out = nr_measure_mean(in, i, room);
}

const nr_measure nr_measure_logsum = {
    .id = "logsum",
    .title = "mass-weighted mean of the logsum of travel times over modes",
    .formula = "sum_j M_j t_ij / sum_j M_j, t_ij = -ln(sum_m exp(-theta t_ijm)) / theta",
    .unit = "min",
    .needs = NR_THETA,
    .takes = NR_TO,
    .knows = NR_KNOWS_MODES,
    .low_is_good = true,
    .decimals = 1,
    .row = row,
};
