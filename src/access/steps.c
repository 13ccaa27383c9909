#include "access/steps.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"

/* Limits up to which counting them all is faster than halving: nothing to guess. */
enum { FEW = 24 };

/* The first limit that holds these minutes; `limits` when none does. */
static size_t find_limit(const nr_measure_input *in, double minutes)
{
    size_t low = 0, high = in->limits;
    if (high <= FEW) {
        for (size_t k = 0; k < high; k++) low += in->limits_min[k] < minutes;
        return low;
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (in->limits_min[middle] < minutes)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void nr_mass_within(double *out, const nr_measure_input *in, const double *minutes)
{
    for (size_t k = 0; k < in->limits; k++) out[k] = 0;
    for (size_t j = 0; j < in->n; j++) {
        size_t k = isnan(minutes[j]) ? in->limits : find_limit(in, minutes[j]);
        if (k < in->limits) out[k] += in->mass[j];
    }
    for (size_t k = 1; k < in->limits; k++) out[k] += out[k - 1];
}

const char *nr_limit_label(char out[64], const nr_measure_input *in, size_t k)
{
    char number[NR_NUMBER_TEXT];
    snprintf(out, 64, "%.60s", nr_format_number(in->limits_min[k], number));
    return out;
}
