/* What several measures make of one row. */
#include <math.h>

#include "access/measure.h"

double nr_measure_sum(const nr_measure_input *input, const nr_decay *decay, const double *minutes)
{
    double sum = 0;
    for (size_t j = 0; j < input->n; j++)
        if (!isnan(minutes[j])) sum += input->mass[j] * nr_decay_weight(decay, minutes[j]);
    return sum;
}

double nr_measure_mean(const nr_measure_input *in, size_t i, const double *minutes)
{
    double weight = 0, sum = 0;
    bool reaches = in->n == 1;
    for (size_t j = 0; j < in->n; j++) {
        if (i != j && !isinf(minutes[j])) reaches = true;
        if (isnan(minutes[j]) || isinf(minutes[j])) continue;
        weight += in->mass[j];
        sum += in->mass[j] * minutes[j];
    }
    if (weight > 0) return sum / weight;
    return reaches ? NAN : INFINITY;
}

static void swap(double *x, size_t a, size_t b)
{
    double kept = x[a];
    x[a] = x[b];
    x[b] = kept;
}

/* Splits by a pivot, the middle one of three: [begin, less) below it, [less, equal) as long. */
static double split(double *at, double *mass, size_t begin, size_t end, size_t *less, size_t *equal)
{
    double a = at[begin], b = at[begin + (end - begin) / 2], c = at[end - 1];
    double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
    size_t low = begin, i = begin, high = end;
    while (i < high) {
        if (at[i] < pivot) {
            swap(at, low, i);
            swap(mass, low++, i++);
        } else if (at[i] > pivot) {
            swap(at, i, --high);
            swap(mass, i, high);
        } else {
            i++;
        }
    }
    *less = low;
    *equal = high;
    return pivot;
}

static double sum_of(const double *mass, size_t begin, size_t end)
{
    double sum = 0;
    for (size_t i = begin; i < end; i++) sum += mass[i];
    return sum;
}

double nr_measure_until(const nr_measure_input *in, const double *minutes, double amount,
                        bool strictly, double *room)
{
    double *at = room, *mass = room + in->n, before = 0;
    size_t begin = 0, end = 0;
    for (size_t j = 0; j < in->n; j++) {
        if (isnan(minutes[j]) || isinf(minutes[j]) || !(in->mass[j] > 0)) continue;
        at[end] = minutes[j];
        mass[end++] = in->mass[j];
    }
    while (begin < end) {
        size_t less, equal;
        double pivot = split(at, mass, begin, end, &less, &equal);
        double below = before + sum_of(mass, begin, less), with = below + sum_of(mass, less, equal);
        if (strictly ? below > amount : below >= amount && less > begin)
            end = less;
        else if (strictly ? with > amount : with >= amount)
            return pivot;
        else {
            before = with;
            begin = equal;
        }
    }
    return INFINITY;
}
