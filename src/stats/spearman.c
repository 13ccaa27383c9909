#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/correlation.h"
#include "stats/statistic.h"

enum { EXACT = 9 }; /* 362880 orders; R's cor.test stops there too */

typedef struct valued {
    double value;
    size_t index;
} valued;

static int by_value(const void *a, const void *b)
{
    const valued *x = a, *y = b;
    return x->value < y->value ? -1 : x->value > y->value;
}

/* Ranks 1..n, equal values sharing the mean of theirs; whether there are any. */
static bool midranks(double *ranks, valued *order, const double *x, size_t n)
{
    bool tied = false;
    for (size_t i = 0; i < n; i++) order[i] = (valued){x[i], i};
    qsort(order, n, sizeof *order, by_value);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && order[j].value == order[i].value;) j++;
        for (size_t k = i; k < j; k++) ranks[order[k].index] = (double)(i + j + 1) / 2;
        tied = tied || j > i + 1;
    }
    return tied;
}

/* Of all orders of the ranks `from`.. that are left, how many bring the sum of squared differences
 * to `limit` or less. */
static size_t count_orders(size_t *ranks, size_t from, size_t n, size_t sum, size_t limit)
{
    if (sum > limit) return 0;
    if (from == n) return 1;
    size_t count = 0;
    for (size_t i = from; i < n; i++) {
        size_t taken = ranks[i], off = taken > from ? taken - from : from - taken;
        ranks[i] = ranks[from];
        ranks[from] = taken;
        count += count_orders(ranks, from + 1, n, sum + off * off, limit);
        ranks[from] = ranks[i];
        ranks[i] = taken;
    }
    return count;
}

/* Twice the share of the n! orders at least as far out as rho: the sum of squared differences is
 * (1 - rho) (n^3 - n) / 6, and its distribution the same from both ends. */
static double exact_p(double rho, size_t n)
{
    size_t ranks[EXACT];
    double orders = 1;
    for (size_t i = 0; i < n; i++) {
        ranks[i] = i;
        orders *= (double)(i + 1);
    }
    double squares = (1 - fabs(rho)) * (double)(n * n * n - n) / 6;
    return fmin(1, 2 * (double)count_orders(ranks, 0, n, 0, (size_t)lround(squares)) / orders);
}

static nearer_status correlate(nr_estimate *out, double *ranks, valued *order, const double *x,
                               const double *y, size_t n, nearer_error *err)
{
    bool tied = midranks(ranks, order, x, n);
    tied = midranks(ranks + n, order, y, n) || tied;
    NR_TRY(nr_pearson(out, ranks, ranks + n, n, err));
    out->low = out->high = NAN; /* Fisher's holds for Pearson's */
    if (!tied && n <= EXACT) out->p = exact_p(out->value, n);
    return NEARER_OK;
}

nearer_status nr_spearman(nr_estimate *out, const double *x, const double *y, size_t n,
                          nearer_error *err)
{
    NR_TRY(nr_check_known(x, n, "rank correlation, first variable", err));
    NR_TRY(nr_check_known(y, n, "rank correlation, second variable", err));
    double *ranks = nr_alloc(2 * n, sizeof *ranks);
    valued *order = nr_alloc(n, sizeof *order);
    nearer_status status = ranks == NULL || order == NULL
                               ? nr_fail_memory(err)
                               : correlate(out, ranks, order, x, y, n, err);
    nr_free(ranks);
    nr_free(order);
    return status;
}

const nr_statistic nr_statistic_spearman = {
    .id = "spearman",
    .title = "rank correlation, equal values sharing their mean rank",
    .formula = "Pearson's r of the midranks",
};
