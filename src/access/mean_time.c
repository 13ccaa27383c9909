/* Weighted average travel time (location indicator; Gutierrez, Gonzalez and Gomez 1996):
 * sum_j M_j t_ij / sum_j M_j over j != i.
 *
 * The average is over the places that can be reached. A place that cannot reach all that the best
 * connected place reaches has no average that could be set beside the others: INFINITY. */
#include <math.h>

#include "access/measure.h"

static double reached_mass(const nr_measure_input *in, size_t i)
{
    double mass = 0;
    for (size_t j = 0; j < in->n; j++)
        if (!isnan(in->mass[j]) && (i == j || !isinf(in->minutes[i * in->n + j])))
            mass += in->mass[j];
    return mass;
}

static void score(double *scores, const nr_measure_input *in)
{
    double most = 0;
    for (size_t i = 0; i < in->n; i++) {
        scores[i] = reached_mass(in, i);
        most = fmax(most, scores[i]);
    }
    for (size_t i = 0; i < in->n; i++) {
        double weight = 0, sum = 0;
        for (size_t j = 0; j < in->n; j++) {
            double minutes = nr_measure_minutes(in, i, j);
            if (isnan(minutes) || isinf(minutes) || isnan(in->mass[j])) continue;
            weight += in->mass[j];
            sum += in->mass[j] * minutes;
        }
        bool reaches_all = scores[i] >= most * (1 - 1e-9); /* sums of the same masses */
        scores[i] = weight > 0 && reaches_all ? sum / weight : INFINITY;
    }
}

const nr_measure nr_measure_mean_time = {
    .id = "mean_time",
    .title = "mass-weighted average travel time",
    .formula = "sum_j M_j t_ij / sum_j M_j",
    .unit = "min",
    .low_is_good = true,
    .decimals = 1,
    .score = score,
};
