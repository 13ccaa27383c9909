/* Palma ratio: mean access of the richest tenth of people over that of the poorest four. */
#include <math.h>

#include "access/equity.h"
#include "base/memory.h"

/* The income of the person who stands at this place in the line of all, by income. */
static double income_at(const nr_equity_input *in, const size_t *order, double person)
{
    double passed = 0;
    for (size_t k = 0; k < in->sample.n; k++) {
        passed += nr_sample_weight(&in->sample, order[k]);
        if (passed >= person) return in->income[order[k]];
    }
    return NAN;
}

/* Between the two people next to it (Hmisc's wtd.quantile, as R accessibility does). */
static nearer_status quantile(double *out, const nr_equity_input *in, double share,
                              nearer_error *err)
{
    size_t *order = nr_alloc(in->sample.n, sizeof *order);
    if (order == NULL) return nr_fail_memory(err);
    nearer_status status = nr_sample_order(order, in->income, in->sample.n, err);
    double size = nr_sample_size(&in->sample), person = 1 + (size - 1) * share;
    double low = fmax(floor(person), 1), part = person - floor(person);
    if (status == NEARER_OK)
        *out = (1 - part) * income_at(in, order, low) +
               part * income_at(in, order, fmin(low + 1, size));
    nr_free(order);
    return status;
}

static nearer_status figure(double *out, const nr_equity_input *in, nearer_error *err)
{
    double poor, rich, least = 0, most = 0, few = 0, many = 0;
    const nr_sample *s = &in->sample;
    NR_TRY(quantile(&poor, in, 0.4, err));
    NR_TRY(quantile(&rich, in, 0.9, err));
    for (size_t i = 0; i < s->n; i++) {
        double weight = nr_sample_weight(s, i);
        if (in->income[i] <= poor) {
            least += weight * s->x[i];
            many += weight;
        } else if (in->income[i] > rich) {
            most += weight * s->x[i];
            few += weight;
        }
    }
    *out = most / few / (least / many);
    return NEARER_OK;
}

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    return nr_whole_and_groups(figure, in, take, context, err);
}

const nr_index nr_index_palma = {
    .id = "palma",
    .title = "Palma ratio",
    .formula = "mean access of the richest 10 % / of the poorest 40 %",
    .needs_income = true,
    .compute = compute,
};
