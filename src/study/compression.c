/* How much nearer: the geometric mean of travel time after / before. */
#include <math.h>

#include "stats/statistic.h"
#include "study/study.h"

nearer_status nr_compression(double *out, size_t *pairs, const nr_compression_pairs *p,
                             nearer_error *err)
{
    size_t n = p->n, count = 0, room = (p->last - p->first) * n;
    double *ratios = nr_alloc(room, 2 * sizeof *ratios), *weights = ratios + room;
    if (ratios == NULL) return nr_fail_memory(err);
    for (size_t i = p->first; i < p->last; i++)
        for (size_t j = 0; j < n; j++) {
            double before = p->before[i * n + j], after = p->after[i * n + j];
            bool taken = (p->from == NULL || p->from[i]) && (p->to == NULL || p->to[j]);
            if (i == j || !taken || isinf(before) || isinf(after)) continue;
            if (before <= 0 || after <= 0) continue; /* no time has no ratio */
            double weight = (p->origin_mass == NULL ? 1 : p->origin_mass[i]) * p->mass[j];
            ratios[count] = after / before;
            weights[count++] = isnan(weight) ? 0 : weight;
        }
    *out = nr_geometric_mean(ratios, weights, count);
    if (pairs != NULL) *pairs = count;
    nr_free(ratios);
    return NEARER_OK;
}
