/* Atkinson index: the share of access that could be given up if what is left were equal. */
#include <math.h>

#include "access/equity.h"

static nearer_status figure(double *out, const nr_equity_input *in, nearer_error *err)
{
    const nr_sample *s = &in->sample;
    double sum = 0, size = nr_sample_size(s), e = in->epsilon;
    (void)err;
    for (size_t i = 0; i < s->n; i++)
        sum += nr_sample_weight(s, i) * (e == 1 ? log(s->x[i]) : pow(s->x[i], 1 - e));
    double equal = e == 1 ? exp(sum / size) : pow(sum / size, 1 / (1 - e));
    *out = 1 - equal / nr_sample_mean(s);
    return NEARER_OK;
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    return nr_whole_and_groups(figure, in, take, context, err);
}

const nr_index nr_index_atkinson = {
    .id = "atkinson",
    .title = "Atkinson index",
    .formula = "1 - (mean x^(1 - e))^(1 / (1 - e)) / mean x; e = 1: 1 - geometric mean / mean",
    .compute = compute,
};
