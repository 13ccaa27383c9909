/* Circuity: kilometres travelled over those of the straight line, both summed first, so that near
 * places do not weigh more than they should. */
#include <math.h>

#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    double travelled = 0, straight = 0;
    (void)room;
    for (size_t j = 0; j < in->n; j++) {
        double km = in->lengths_km[in->to ? j * in->n + i : i * in->n + j];
        if (j == i || isinf(minutes[j]) || !isfinite(km)) continue;
        travelled += in->mass[j] * km;
        straight += in->mass[j] * nr_geodesic_km(in->at[i], in->at[j]);
    }
    *out = straight > 0 ? travelled / straight : NAN;
}

const nr_measure nr_measure_circuity = {
    .id = "circuity",
    .title = "kilometres of the fastest ways over those of straight lines",
    .formula = "sum_j M_j L_ij / sum_j M_j d_ij",
    .unit = "ratio",
    .takes = NR_TO,
    .knows = NR_KNOWS_POSITIONS | NR_KNOWS_LENGTHS,
    .low_is_good = true,
    .decimals = 3,
    .row = row,
};
