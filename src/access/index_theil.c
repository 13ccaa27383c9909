/* Theil's T: differences at the top weigh most; 0 for a place without access. */
#include <math.h>

#include "access/decompose.h"

static double between(nr_group_mean group, nr_group_mean all)
{
    double share = group.size * group.mean / (all.size * all.mean);
    return share > 0 ? share * log(group.mean / all.mean) : 0;
}

static double within(double value, nr_group_mean group, nr_group_mean all)
{
    return value > 0 ? value / (all.size * all.mean) * log(value / group.mean) : 0;
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    static const nr_decomposition by = {between, within};
    return nr_decompose(&by, in, take, context, err);
}

const nr_index nr_index_theil = {
    .id = "theil",
    .title = "Theil's T",
    .formula = "mean of (x / mean) ln(x / mean)",
    .compute = compute,
};
