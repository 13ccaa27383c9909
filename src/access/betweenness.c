/* Betweenness (Freeman 1977; Brandes 2001): pairs of other places whose fastest way leads through
 * it, weighted by the product of their masses, in pairs of mean weight. */
#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    (void)room;
    (void)minutes;
    *out = in->passing[i];
}

const nr_measure nr_measure_betweenness = {
    .id = "betweenness",
    .title = "pairs whose fastest way leads through the place",
    .formula = "sum_st M_s M_t sigma_st(i) / sigma_st, over the mean of M_s M_t",
    .unit = "pairs",
    .takes = NR_TOLERANCE,
    .knows = NR_KNOWS_PASSING,
    .decimals = 1,
    .row = row,
};
