/* Concentration index (Wagstaff, Paci and van Doorslaer 1991). */
#include "access/concentration.h"

static nearer_status figure(double *out, const nr_equity_input *in, nearer_error *err)
{
    return nr_concentration(out, in, err);
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    return nr_whole_and_groups(figure, in, take, context, err);
}

const nr_index nr_index_concentration = {
    .id = "concentration",
    .title = "concentration index",
    .formula = "2 cov(access, rank by income) / mean access",
    .needs_income = true,
    .compute = compute,
};
