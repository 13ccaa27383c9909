/* Concentration index corrected for the bounds of what is measured (Erreygers 2009). */
#include <math.h>

#include "access/concentration.h"

static nearer_status figure(double *out, const nr_equity_input *in, nearer_error *err)
{
    const nr_sample *s = &in->sample;
    double index, least = INFINITY, most = -INFINITY;
    NR_TRY(nr_concentration(&index, in, err));
    for (size_t i = 0; i < s->n; i++) {
        least = fmin(least, s->x[i]);
        most = fmax(most, s->x[i]);
    }
    *out = 4 * nr_sample_mean(s) / (most - least) * index;
    return NEARER_OK;
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    return nr_whole_and_groups(figure, in, take, context, err);
}

const nr_index nr_index_concentration_corrected = {
    .id = "concentration_corrected",
    .title = "concentration index, corrected",
    .formula = "4 mean access / (max - min) x concentration",
    .needs_income = true,
    .compute = compute,
};
