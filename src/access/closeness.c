/* Closeness (Bavelas 1950): one over the mean travel time to all others. Where not all others are
 * reached it is not defined: NAN, and harmonic stands in for it. */
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
        sum += in->mass[j] * minutes[j];
    }
    *out = sum > 0 && !isinf(sum) ? weight / sum : NAN;
}

const nr_measure nr_measure_closeness = {
    .id = "closeness",
    .title = "one over the mean travel time to all others",
    .formula = "sum_j M_j / sum_j M_j t_ij",
    .unit = "per_min",
    .takes = NR_TO,
    .decimals = 6,
    .row = row,
};
