#include "access/compete.h"

#include <math.h>

#include "base/memory.h"

nearer_status nr_compete_init(nr_compete *out, const nr_measure_input *in, nearer_error *err)
{
    *out = (nr_compete){.in = in, .decay = in->decay};
    if (in->decay.kind == NULL)
        out->decay = (nr_decay){.kind = &nr_decay_binary, .parameters = {in->cutoff_min}};
    out->supply_side = nr_alloc(in->n, sizeof(double));
    out->demand_side = nr_alloc(in->n, sizeof(double));
    out->power = nr_alloc(in->n, sizeof(double));
    if (out->supply_side == NULL || out->demand_side == NULL || out->power == NULL)
        return nr_fail_memory(err);
    for (size_t i = 0; in->demand != NULL && i < in->n; i++)
        out->power[i] = in->demand[i] > 0 ? pow(in->demand[i], in->alpha) : 0;
    for (size_t i = 0; i < in->n; i++)
        if (isinf(out->power[i]))
            return nr_fail(err, NEARER_VALUE, "alpha %g: a demand to its power is no number",
                           in->alpha);
    return NEARER_OK;
}

void nr_compete_clear(nr_compete *c)
{
    nr_free(c->supply_side);
    nr_free(c->demand_side);
    nr_free(c->power);
}

double nr_weight_of_pair(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    (void)i;
    (void)j;
    return nr_decay_weight(&c->decay, minutes);
}

double nr_demand_in_reach(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    (void)j;
    return c->power[i] > 0 ? c->power[i] * nr_decay_weight(&c->decay, minutes) : 0;
}

double nr_supply_in_reach(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    (void)i;
    return c->in->mass[j] > 0 ? c->in->mass[j] * nr_decay_weight(&c->decay, minutes) : 0;
}

double nr_supply_per_demand(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return c->supply_side[j] > 0 ? nr_supply_in_reach(c, i, j, minutes) / c->supply_side[j] : 0;
}

double nr_share_of_supply(const void *context, size_t i, size_t j, double minutes)
{
    const nr_compete *c = context;
    return c->power[i] * nr_supply_per_demand(c, i, j, minutes);
}

nearer_status nr_two_steps(double *scores, const nr_measure_input *in, const nr_minutes *minutes,
                           nearer_error *err)
{
    nr_compete c;
    nearer_status status = nr_compete_init(&c, in, err);
    if (status == NEARER_OK) {
        nr_sum_columns(c.supply_side, minutes, nr_demand_in_reach, &c);
        nr_sum_rows(scores, minutes, nr_supply_per_demand, &c);
    }
    nr_compete_clear(&c);
    return status;
}
