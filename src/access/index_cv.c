/* Coefficient of variation. */
#include "access/equity.h"

static nearer_status figure(double *out, const nr_equity_input *in, nearer_error *err)
{
    (void)err;
    *out = nr_cv(&in->sample);
    return NEARER_OK;
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    return nr_whole_and_groups(figure, in, take, context, err);
}

const nr_index nr_index_cv = {
    .id = "cv",
    .title = "coefficient of variation",
    .formula = "standard deviation / mean",
    .compute = compute,
};
