/* Balanced floating catchment areas (Paez, Higgins and Vivona 2019): weights of both steps are made
 * to sum to 1, so that neither demand nor supply is counted twice. */
#include "access/compete.h"

static double demand(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    if (!(c->demand_side[i] > 0)) return 0;
    return c->in->demand[i] * nr_weight_of_pair(c, i, j, minutes) / c->demand_side[i];
}

/* power[j]: weights of all who reach j. */
static double supply(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return c->power[j] > 0 ? nr_supply_per_demand(c, i, j, minutes) / c->power[j] : 0;
}

static nearer_status whole(double *scores, const nr_measure_input *in, const nr_minutes *minutes,
                           nearer_error *err)
{
    nr_compete c;
    nearer_status status = nr_compete_init(&c, in, err);
    if (status == NEARER_OK) {
        nr_sum_rows(c.demand_side, minutes, nr_weight_of_pair, &c);
        nr_sum_columns(c.power, minutes, nr_weight_of_pair, &c);
        nr_sum_columns(c.supply_side, minutes, demand, &c);
        nr_sum_rows(scores, minutes, supply, &c);
    }
    nr_compete_clear(&c);
    return status;
}

const nr_measure nr_measure_catchment_balanced = {
    .id = "catchment_balanced",
    .title = "supply per head in balanced floating catchment areas",
    .formula = "sum_j (M_j / sum_k D_k f_kj / sum_l f_kl) f_ij / sum_k f_kj",
    .unit = "per_demand",
    .needs = NR_DEMAND,
    .needs_one = NR_DECAY | NR_CUTOFF,
    .own = true,
    .decimals = 4,
    .whole = whole,
};
