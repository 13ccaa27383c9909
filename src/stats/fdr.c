#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/autocorrelation.h"
#include "stats/statistic.h"

typedef struct test {
    double p;
    size_t index;
} test;

static int by_p(const void *a, const void *b)
{
    const test *x = a, *y = b;
    if (x->p != y->p) return x->p < y->p ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

nearer_status nr_adjust_fdr(double *q, const double *p, size_t n, nearer_error *err)
{
    test *tests = nr_alloc(n, sizeof *tests);
    if (tests == NULL) return nr_fail_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        q[i] = p[i];
        if (!isnan(p[i])) tests[count++] = (test){p[i], i};
    }
    qsort(tests, count, sizeof *tests, by_p);
    double least = 1; /* q never falls as p grows */
    for (size_t rank = count; rank > 0; rank--) {
        least = fmin(least, tests[rank - 1].p * (double)count / (double)rank);
        q[tests[rank - 1].index] = least;
    }
    nr_free(tests);
    return NEARER_OK;
}

const nr_statistic nr_statistic_fdr = {
    .id = "fdr",
    .title = "p of many tests by the share of false discoveries (Benjamini and Hochberg)",
    .formula = "q_(r) = min over s >= r of p_(s) n / s",
};
