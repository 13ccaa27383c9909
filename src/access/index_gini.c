/* Gini index: one less twice the area under the Lorenz curve. */
#include "access/equity.h"

static nearer_status figure(double *out, const nr_equity_input *in, nearer_error *err)
{
    return nr_gini(out, &in->sample, err);
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    return nr_whole_and_groups(figure, in, take, context, err);
}

const nr_index nr_index_gini = {
    .id = "gini",
    .title = "Gini index",
    .formula = "1 - 2 integral of the Lorenz curve",
    .compute = compute,
};
