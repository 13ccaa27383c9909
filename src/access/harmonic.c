/* Harmonic centrality (Marchiori and Latora 2000): the mean of one over the travel times, 0 for who
 * is not reached. */
#include <math.h>

#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    double weight = 0, sum = 0;
    (void)room;
    for (size_t j = 0; j < in->n; j++) {
        if (j == i || !(in->mass[j] > 0)) continue;
        weight += in->mass[j];
        sum += in->mass[j] / minutes[j];
    }
    *out = weight > 0 ? sum / weight : NAN;
}

const nr_measure nr_measure_harmonic = {
    .id = "harmonic",
    .title = "mean of one over the travel times to all others",
    .formula = "sum_j (M_j / t_ij) / sum_j M_j",
    .unit = "per_min",
    .takes = NR_TO,
    .decimals = 6,
    .row = row,
};
