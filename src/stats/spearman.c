#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/statistic.h"

typedef struct valued {
    double value;
    size_t index;
} valued;

static int by_value(const void *a, const void *b)
{
    const valued *x = a, *y = b;
    return x->value < y->value ? -1 : x->value > y->value;
}

/* Ranks 1..n, equal values sharing the mean of theirs. */
static void midranks(double *ranks, valued *order, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) order[i] = (valued){x[i], i};
    qsort(order, n, sizeof *order, by_value);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && order[j].value == order[i].value;) j++;
        for (size_t k = i; k < j; k++) ranks[order[k].index] = (double)(i + j + 1) / 2;
    }
}

nearer_status nr_spearman(nr_estimate *out, const double *x, const double *y, size_t n,
                          nearer_error *err)
{
    double *ranks = nr_alloc(2 * n, sizeof *ranks);
    valued *order = nr_alloc(n, sizeof *order);
    nearer_status status = ranks == NULL || order == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        midranks(ranks, order, x, n);
        midranks(ranks + n, order, y, n);
        status = nr_pearson(out, ranks, ranks + n, n, err);
        if (status == NEARER_OK) out->low = out->high = NAN; /* Fisher's holds for Pearson's */
    }
    nr_free(ranks);
    nr_free(order);
    return status;
}

const nr_statistic nr_statistic_spearman = {
    .id = "spearman",
    .title = "rank correlation, equal values sharing their mean rank",
    .formula = "Pearson's r of the midranks",
};
