/* Three-step floating catchment area (Wan, Zou and Sternberg 2012): who reaches several
 * destinations asks less of each. */
#include "access/compete.h"

/* f_ij / sum_k f_ik */
static double selection(const nr_compete *c, size_t i, double weight)
{
    return c->demand_side[i] > 0 ? weight / c->demand_side[i] : 0;
}

static double demand(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    double weight = nr_weight_of_pair(c, i, j, minutes);
    return c->in->demand[i] * selection(c, i, weight) * weight;
}

static double supply(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return selection(c, i, nr_weight_of_pair(c, i, j, minutes)) *
           nr_supply_per_demand(c, i, j, minutes);
}

static nearer_status whole(double *scores, const nr_measure_input *in, const nr_minutes *minutes,
                           nearer_error *err)
{
    nr_compete c;
    nearer_status status = nr_compete_init(&c, in, err);
    if (status == NEARER_OK) {
        nr_sum_rows(c.demand_side, minutes, nr_weight_of_pair, &c);
        nr_sum_columns(c.supply_side, minutes, demand, &c);
        nr_sum_rows(scores, minutes, supply, &c);
    }
    nr_compete_clear(&c);
    return status;
}

const nr_measure nr_measure_catchment_3sfca = {
    .id = "catchment_3sfca",
    .title = "supply per head in three-step floating catchment areas",
    .formula = "sum_j G_ij f_ij M_j / sum_k D_k G_kj f_kj, G_ij = f_ij / sum_j f_ij",
    .unit = "per_demand",
    .needs = NR_DEMAND | NR_DECAY,
    .own = true,
    .decimals = 4,
    .whole = whole,
};
