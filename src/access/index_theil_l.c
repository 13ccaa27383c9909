/* Theil's L, the mean log deviation: differences at the bottom weigh most; INFINITY when some have
 * nothing. */
#include <math.h>

#include "access/decompose.h"

static double between(nr_group_mean group, nr_group_mean all)
{
    return group.size / all.size * log(all.mean / group.mean);
}

static double within(double value, nr_group_mean group, nr_group_mean all)
{
    return value == group.mean ? 0 : log(group.mean / value) / all.size;
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    static const nr_decomposition by = {between, within};
    return nr_decompose(&by, in, take, context, err);
}

const nr_index nr_index_theil_l = {
    .id = "theil_l",
    .title = "Theil's L (mean log deviation)",
    .formula = "mean of ln(mean / x)",
    .compute = compute,
};
