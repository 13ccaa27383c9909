/* Spatial availability (Soukhov and others 2023): each destination is shared out among those who
 * reach it by demand and nearness, so that the scores sum to what is there. */
#include <math.h>

#include "access/compete.h"
#include "base/memory.h"

/* demand_side[j] here: demand of all who reach j; power as it is. */
static double one(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    (void)j;
    (void)minutes;
    return c->power[i];
}

static double demand_factor(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    (void)minutes;
    return c->demand_side[j] > 0 ? c->power[i] / c->demand_side[j] : 0;
}

static double impedance_factor(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    double weight = nr_weight_of_pair(c, i, j, minutes);
    return weight > 0 ? weight / c->demand_side[j] : 0;
}

/* NAN where only places without demand reach a destination: 0 of 0 is not known. */
static double combined_factor(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    double weight = nr_weight_of_pair(c, i, j, minutes);
    return weight > 0 ? c->power[i] * weight / c->supply_side[j] : 0;
}

static double available(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return c->in->mass[j] * combined_factor(c, i, j, minutes);
}

static nearer_status whole(double *scores, const nr_measure_input *in, const nr_minutes *minutes,
                           nearer_error *err)
{
    nr_compete c;
    nearer_status status = nr_compete_init(&c, in, err);
    if (status == NEARER_OK) {
        nr_sum_columns(c.supply_side, minutes, nr_demand_in_reach, &c);
        nr_sum_rows(scores, minutes, available, &c);
    }
    nr_compete_clear(&c);
    return status;
}

static nearer_status fill(double *values, const nr_measure_input *in, const nr_minutes *minutes,
                          nearer_error *err)
{
    nr_compete c;
    size_t pairs = in->n * in->n;
    nearer_status status = nr_compete_init(&c, in, err);
    if (status == NEARER_OK) {
        nr_sum_columns(c.supply_side, minutes, nr_demand_in_reach, &c);
        nr_sum_columns(c.demand_side, minutes, one, &c);
        nr_fill_pairs(values, minutes, demand_factor, &c);
        nr_sum_columns(c.demand_side, minutes, nr_weight_of_pair, &c);
        nr_fill_pairs(values + pairs, minutes, impedance_factor, &c);
        nr_fill_pairs(values + 2 * pairs, minutes, combined_factor, &c);
        nr_fill_pairs(values + 3 * pairs, minutes, available, &c);
    }
    nr_compete_clear(&c);
    return status;
}

static const char *const detail_columns[] = {"demand_factor", "impedance_factor", "combined_factor",
                                             "available", NULL};
static const nr_detail detail = {detail_columns, fill};

const nr_measure nr_measure_spatial_availability = {
    .id = "spatial_availability",
    .title = "what is there, shared out among those who reach it",
    .formula = "sum_j M_j D_i^a f_ij / sum_k D_k^a f_kj",
    .needs = NR_DEMAND | NR_DECAY,
    .takes = NR_ALPHA,
    .own = true,
    .decimals = 1,
    .whole = whole,
    .detail = &detail,
};
