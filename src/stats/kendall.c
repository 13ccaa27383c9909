#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stats/correlation.h"
#include "stats/statistic.h"

enum { EXACT = 50, MOST = EXACT * (EXACT - 1) / 2 }; /* below: R's cor.test counts orders too */

typedef struct pair {
    double x, y;
} pair;

/* Over groups of t equal values: sums of t (t - 1), t (t - 1) (t - 2), t (t - 1) (2 t + 5). */
typedef struct ties {
    double pairs, triples, spread;
} ties;

static void add_group(ties *sum, size_t size)
{
    double t = (double)size, pairs = t * (t - 1);
    sum->pairs += pairs;
    sum->triples += pairs * (t - 2);
    sum->spread += pairs * (2 * t + 5);
}

static int by_x_and_y(const void *a, const void *b)
{
    const pair *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return p->y < q->y ? -1 : p->y > q->y;
}

static ties ties_of_x(const pair *p, size_t n)
{
    ties sum = {0};
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && p[j].x == p[i].x;) j++;
        add_group(&sum, j - i);
    }
    return sum;
}

static ties ties_of_y(const pair *p, size_t n)
{
    ties sum = {0};
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && p[j].y == p[i].y;) j++;
        add_group(&sum, j - i);
    }
    return sum;
}

/* n (n - 1) of the groups equal in both, in pairs sorted by x and y. */
static double ties_of_both(const pair *p, size_t n)
{
    ties sum = {0};
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && p[j].x == p[i].x && p[j].y == p[i].y;) j++;
        add_group(&sum, j - i);
    }
    return sum.pairs;
}

/* Sorts by y, merging; how many pairs stood the wrong way round (Knight 1966). */
static double sort_by_y(pair *p, pair *spare, size_t n)
{
    if (n < 2) return 0;
    size_t half = n / 2, a = 0, b = half, k = 0;
    double swaps = sort_by_y(p, spare, half) + sort_by_y(p + half, spare, n - half);
    while (a < half && b < n) {
        if (p[b].y < p[a].y) {
            swaps += (double)(half - a);
            spare[k++] = p[b++];
        } else {
            spare[k++] = p[a++];
        }
    }
    while (a < half) spare[k++] = p[a++];
    memcpy(p, spare, k * sizeof *p); /* what is left behind b stands where it belongs */
    return swaps;
}

/* Twice the share of the n! orders with `swaps` or fewer discordant pairs; all terms are positive,
 * so the smallest p keeps its digits. */
static double exact_p(double swaps, size_t n)
{
    double share[MOST + 1] = {1}, below = 0;
    size_t most = n * (n - 1) / 2, last = 0;
    for (size_t m = 2; m <= n; m++) {
        last += m - 1;
        for (size_t s = last + 1; s-- > 0;) {
            double sum = 0;
            for (size_t j = 0; j < m && j <= s; j++) sum += share[s - j];
            share[s] = sum / (double)m;
        }
    }
    double end = fmin(swaps, (double)most - swaps);
    for (size_t s = 0; (double)s <= end; s++) below += share[s];
    return fmin(1, 2 * below);
}

static double normal_p(double score, const ties *x, const ties *y, double n)
{
    double variance = (n * (n - 1) * (2 * n + 5) - x->spread - y->spread) / 18 +
                      x->pairs * y->pairs / (2 * n * (n - 1)) +
                      x->triples * y->triples / (9 * n * (n - 1) * (n - 2));
    return 2 * gsl_cdf_ugaussian_Q(fabs(score) / sqrt(variance));
}

static nearer_status correlate(nr_estimate *out, pair *p, pair *spare, size_t n, nearer_error *err)
{
    qsort(p, n, sizeof *p, by_x_and_y);
    ties x = ties_of_x(p, n);
    double both = ties_of_both(p, n), all = (double)n * ((double)n - 1);
    double swaps = sort_by_y(p, spare, n);
    ties y = ties_of_y(p, n);
    if (x.pairs == all || y.pairs == all)
        return nr_fail(err, NEARER_NODATA, "a correlation needs values that differ");
    double score = (all - x.pairs - y.pairs + both) / 2 - 2 * swaps;
    *out = (nr_estimate){score / (sqrt((all - x.pairs) / 2) * sqrt((all - y.pairs) / 2)), NAN, NAN,
                         NAN, NAN};
    bool tied = x.pairs > 0 || y.pairs > 0;
    out->p = !tied && n < EXACT ? exact_p(swaps, n) : normal_p(score, &x, &y, (double)n);
    return NEARER_OK;
}

nearer_status nr_kendall(nr_estimate *out, const double *x, const double *y, size_t n,
                         nearer_error *err)
{
    if (n < 4)
        return nr_fail(err, NEARER_NODATA, "a correlation needs at least 4 pairs, there are %zu",
                       n);
    NR_TRY(nr_check_known(x, n, "rank correlation, first variable", err));
    NR_TRY(nr_check_known(y, n, "rank correlation, second variable", err));
    pair *pairs = nr_alloc(2 * n, sizeof *pairs);
    if (pairs == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) pairs[i] = (pair){x[i], y[i]};
    nearer_status status = correlate(out, pairs, pairs + n, n, err);
    nr_free(pairs);
    return status;
}

const nr_statistic nr_statistic_kendall = {
    .id = "kendall",
    .title = "rank correlation by pairs in the same order (tau-b)",
    .formula = "(same - opposite) / sqrt(pairs that differ in x * pairs that differ in y)",
};
