/* Weighted average travel time (location indicator; Gutierrez, Gonzalez and Gomez 1996):
 * sum_j M_j t_ij / sum_j M_j over j != i.
 *
 * The average is over the places that can be reached. A place that does not reach the best
 * connected place, the one that reaches most mass, and all that it reaches, has no average that
 * could be set beside the others: INFINITY. */
#include <math.h>

#include "access/measure.h"

/* Mass of i and of all it reaches; 0 when it reaches no other place. */
static double reached_mass(const nr_measure_input *in, size_t i)
{
    double mass = 0;
    size_t others = 0;
    for (size_t j = 0; j < in->n; j++) {
        if (i != j && isinf(in->minutes[i * in->n + j])) continue;
        others += i != j;
        if (!isnan(in->mass[j])) mass += in->mass[j];
    }
    return others > 0 ? mass : 0;
}

/* NAN when none of the places reached has a mass, INFINITY when none is reached. */
static double average(const nr_measure_input *in, size_t i)
{
    double weight = 0, sum = 0;
    bool reaches = in->n == 1;
    for (size_t j = 0; j < in->n; j++) {
        double minutes = nr_measure_minutes(in, i, j);
        if (i != j && !isinf(minutes)) reaches = true;
        if (isnan(minutes) || isinf(minutes) || isnan(in->mass[j])) continue;
        weight += in->mass[j];
        sum += in->mass[j] * minutes;
    }
    if (weight > 0) return sum / weight;
    return reaches ? NAN : INFINITY;
}

static void score(double *scores, const nr_measure_input *in)
{
    size_t best = 0;
    for (size_t i = 0; i < in->n; i++) {
        scores[i] = reached_mass(in, i);
        if (scores[i] > scores[best]) best = i;
    }
    double most = in->n > 0 ? scores[best] * (1 - 1e-9) : 0; /* sums in another order */
    for (size_t i = 0; i < in->n; i++) {
        bool reaches_best = i == best || !isinf(in->minutes[i * in->n + best]);
        scores[i] = reaches_best && scores[i] >= most ? average(in, i) : INFINITY;
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
