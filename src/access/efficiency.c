/* Network efficiency, or relative accessibility (Gutierrez, Monzon and Pinero 1998): how many times
 * as long as by a straight line at a reference speed. */
#include <math.h>

#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    double weight = 0, sum = 0, lost = 0;
    (void)room;
    for (size_t j = 0; j < in->n; j++) {
        double ideal = 60 * nr_geodesic_km(in->at[i], in->at[j]) / in->speed_kmh;
        if (j == i || !(ideal > 0)) continue;
        if (isinf(minutes[j])) {
            lost += in->mass[j];
            continue;
        }
        weight += in->mass[j];
        sum += in->mass[j] * minutes[j] / ideal;
    }
    *out = weight > 0 ? sum / weight : lost > 0 ? INFINITY : NAN;
}

const nr_measure nr_measure_efficiency = {
    .id = "efficiency",
    .title = "travel time over that of a straight line at a reference speed",
    .formula = "sum_j M_j (t_ij / t*_ij) / sum_j M_j, t* = d_ij / v",
    .unit = "ratio",
    .needs = NR_SPEED,
    .takes = NR_TO,
    .knows = NR_KNOWS_POSITIONS,
    .low_is_good = true,
    .decimals = 3,
    .row = row,
};
