#include <math.h>
#include <stdlib.h>

#include "access/measure.h"
#include "base/memory.h"

typedef struct scored {
    double score;
    size_t index;
} scored;

static int by_score(const void *a, const void *b)
{
    const scored *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

nearer_status nr_rank(double *ranks, const double *scores, size_t n, bool low_is_good,
                      nearer_error *err)
{
    scored *order = nr_alloc(n, sizeof *order);
    if (order == NULL) return nr_fail_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        ranks[i] = NAN;
        if (isfinite(scores[i])) order[count++] = (scored){low_is_good ? scores[i] : -scores[i], i};
    }
    qsort(order, count, sizeof *order, by_score);
    for (size_t k = 0; k < count; k++)
        ranks[order[k].index] = k > 0 && order[k].score == order[k - 1].score
                                    ? ranks[order[k - 1].index]
                                    : (double)(k + 1);
    nr_free(order);
    return NEARER_OK;
}

nearer_status nr_rank_order(size_t *order, const double *ranks, size_t n, nearer_error *err)
{
    scored *ranked = nr_alloc(n, sizeof *ranked);
    if (ranked == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) ranked[i] = (scored){isnan(ranks[i]) ? INFINITY : ranks[i], i};
    qsort(ranked, n, sizeof *ranked, by_score);
    for (size_t k = 0; k < n; k++) order[k] = ranked[k].index;
    nr_free(ranked);
    return NEARER_OK;
}
