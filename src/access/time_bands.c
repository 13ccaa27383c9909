/* Shares of all mass in bands of travel time, which sum to 100 %. */
#include <math.h>
#include <stdio.h>

#include "access/steps.h"
#include "base/text.h"

/* Behind the bands: what is farther than the last limit, and what is unreachable. */
static size_t columns(const nr_measure_input *in)
{
    return in->limits + 2;
}

static const char *column(char out[64], const nr_measure_input *in, size_t k)
{
    char from[NR_NUMBER_TEXT], to[NR_NUMBER_TEXT];
    double low = k == 0 ? 0 : in->limits_min[(k < in->limits ? k : in->limits) - 1];
    if (k < in->limits)
        snprintf(out, 64, "%.20s_%.20s_min", nr_format_number(low, from),
                 nr_format_number(in->limits_min[k], to));
    else if (k == in->limits)
        snprintf(out, 64, "over_%.20s_min", nr_format_number(low, from));
    else
        snprintf(out, 64, "unreachable");
    return out;
}

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    double within[NR_MOST_STEPS], all = 0, lost = 0;
    (void)i;
    (void)room;
    nr_mass_within(within, in, minutes);
    for (size_t j = 0; j < in->n; j++) {
        if (isnan(minutes[j])) continue;
        all += in->mass[j];
        if (isinf(minutes[j])) lost += in->mass[j];
    }
    double share = all > 0 ? 100 / all : NAN;
    for (size_t k = 0; k < in->limits; k++)
        out[k] = share * (within[k] - (k == 0 ? 0 : within[k - 1]));
    out[in->limits] = share * (all - lost - within[in->limits - 1]);
    out[in->limits + 1] = share * lost;
}

const nr_measure nr_measure_time_bands = {
    .id = "time_bands",
    .title = "shares of all mass in bands of travel time",
    .formula = "100 sum_j M_j [t_ij in band] / sum_j M_j",
    .unit = "pct",
    .needs = NR_BANDS,
    .takes = NR_TO,
    .own = true,
    .decimals = 1,
    .columns = columns,
    .column = column,
    .row = row,
};
