/* Lorenz curve: which share of access the people with least have; each component is their share. */
#include "access/equity.h"
#include "base/memory.h"
#include "base/text.h"

static nearer_status compute(const nr_equity_input *in, nr_take_figure *take, void *context,
                             nearer_error *err)
{
    const nr_sample *s = &in->sample;
    char share[NR_NUMBER_TEXT];
    double size = nr_sample_size(s), all = size * nr_sample_mean(s), people = 0, sum = 0;
    size_t *order = nr_alloc(s->n, sizeof *order);
    if (order == NULL) return nr_fail_memory(err);
    nearer_status status = nr_sample_order(order, s->x, s->n, err);
    if (status == NEARER_OK) status = take(context, "0", 0);
    for (size_t k = 0; status == NEARER_OK && k < s->n; k++) {
        double weight = nr_sample_weight(s, order[k]);
        people += weight;
        sum += weight * s->x[order[k]];
        status = take(context, nr_format_number(people / size, share), sum / all);
    }
    nr_free(order);
    return status;
}

const nr_index nr_index_lorenz = {
    .id = "lorenz",
    .title = "Lorenz curve: share of people, share of access",
    .formula = "cumulative shares, the least first",
    .compute = compute,
};
