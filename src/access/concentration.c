#include "access/concentration.h"

#include "base/memory.h"

nearer_status nr_concentration(double *out, const nr_equity_input *in, nearer_error *err)
{
    const nr_sample *s = &in->sample;
    size_t *order = nr_alloc(s->n, sizeof *order);
    if (order == NULL) return nr_fail_memory(err);
    nearer_status status = nr_sample_order(order, in->income, s->n, err);
    double size = nr_sample_size(s), passed = 0, sum = 0;
    for (size_t k = 0;
         status == NEARER_OK && k < s->n;) { /* equal incomes share their middle rank */
        double weight = 0, amount = 0;
        size_t first = order[k];
        for (; k < s->n && in->income[order[k]] == in->income[first]; k++) {
            weight += nr_sample_weight(s, order[k]);
            amount += nr_sample_weight(s, order[k]) * s->x[order[k]];
        }
        sum += amount * (2 * (passed + weight / 2) / size - 1);
        passed += weight;
    }
    *out = sum / size / nr_sample_mean(s);
    nr_free(order);
    return status;
}
