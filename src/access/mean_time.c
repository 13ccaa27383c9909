/* Weighted average travel time (location indicator; Gutierrez, Gonzalez and Gomez 1996):
 * sum_j M_j t_ij / sum_j M_j over j != i.
 *
 * The average is over the places that can be reached. A place that does not reach all that the best
 * connected place does, the one that reaches most mass, has no average that could be set beside the
 * others: INFINITY. */
#include <math.h>
#include <stdint.h>

#include "access/measure.h"

/* What is kept of a place beside its average. */
enum { AVERAGE, REACHED_MASS, REACHED_PLACES, KEPT };

/* A number that stands for a place in a set (splitmix64: Steele, Lea and Flood 2014). */
static uint64_t mark(size_t place)
{
    uint64_t z = ((uint64_t)place + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static bool is_reached(const double *minutes, size_t i, size_t j)
{
    return i == j || !isinf(minutes[j]);
}

/* The set of places reached that have a mass, as a number that equal sets share: 52 bits, so that
 * a double holds it. */
static double reached_places(const nr_measure_input *in, size_t i, const double *minutes)
{
    uint64_t set = 0;
    for (size_t j = 0; j < in->n; j++)
        if (in->mass[j] > 0 && is_reached(minutes, i, j)) set ^= mark(j);
    return (double)(set >> 12);
}

/* Mass of i and of all it reaches; 0 when it reaches no other place. */
static double reached_mass(const nr_measure_input *in, size_t i, const double *minutes)
{
    double mass = 0;
    size_t others = 0;
    for (size_t j = 0; j < in->n; j++) {
        if (!is_reached(minutes, i, j)) continue;
        others += i != j;
        mass += in->mass[j];
    }
    return others > 0 ? mass : 0;
}

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    (void)room;
    out[AVERAGE] = nr_measure_mean(in, i, minutes);
    out[REACHED_MASS] = reached_mass(in, i, minutes);
    out[REACHED_PLACES] = reached_places(in, i, minutes);
}

static void finish(double *numbers, const nr_measure_input *in)
{
    const double *best = numbers;
    for (size_t i = 1; i < in->n; i++)
        if (numbers[i * KEPT + REACHED_MASS] > best[REACHED_MASS]) best = numbers + i * KEPT;
    for (size_t i = 0; i < in->n; i++) {
        double *own = numbers + i * KEPT;
        if (own[REACHED_PLACES] != best[REACHED_PLACES]) own[AVERAGE] = INFINITY;
    }
}

const nr_measure nr_measure_mean_time = {
    .id = "mean_time",
    .title = "mass-weighted average travel time",
    .formula = "sum_j M_j t_ij / sum_j M_j",
    .unit = "min",
    .low_is_good = true,
    .decimals = 1,
    .takes = NR_TO,
    .extra = KEPT - 1,
    .row = row,
    .finish = finish,
};
