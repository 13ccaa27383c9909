#include "stats/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stats/statistic.h"

typedef struct pair {
    size_t from, to;
    double weight;
} pair;

static int by_place(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

static nr_weights *weights_new(size_t n, size_t count)
{
    nr_weights *w = nr_alloc(1, sizeof *w);
    if (w == NULL) return NULL;
    *w = (nr_weights){.n = n,
                      .count = count,
                      .start = nr_alloc(n + 1, sizeof *w->start),
                      .to = nr_alloc(count, sizeof *w->to),
                      .weight = nr_alloc(count, sizeof *w->weight)};
    if (w->start != NULL && w->to != NULL && w->weight != NULL) return w;
    nr_weights_free(w);
    return NULL;
}

void nr_weights_free(nr_weights *w)
{
    if (w == NULL) return;
    nr_free(w->start);
    nr_free(w->to);
    nr_free(w->weight);
    nr_free(w->row_sum);
    nr_free(w);
}

static nearer_status check_pair(const pair *p, const pair *before, size_t n, nearer_error *err)
{
    if (p->from >= n || p->to >= n)
        return nr_fail(err, NEARER_VALUE, "weights: pair %zu, %zu: there are %zu places",
                       p->from + 1, p->to + 1, n);
    if (p->from == p->to)
        return nr_fail(err, NEARER_VALUE, "weights: place %zu is given as its own neighbour",
                       p->from + 1);
    if (!(p->weight > 0) || isinf(p->weight))
        return nr_fail(err, NEARER_VALUE,
                       "weights: pair %zu, %zu: a weight above 0 was expected, not %g", p->from + 1,
                       p->to + 1, p->weight);
    if (before != NULL && before->from == p->from && before->to == p->to)
        return nr_fail(err, NEARER_VALUE, "weights: pair %zu, %zu stands twice", p->from + 1,
                       p->to + 1);
    return NEARER_OK;
}

static void count_islands(nr_weights *w)
{
    w->islands = 0;
    for (size_t i = 0; i < w->n; i++) w->islands += w->start[i] == w->start[i + 1];
}

nearer_status nr_weights_pairs(nr_weights **out, size_t n, const size_t *from, const size_t *to,
                               const double *weight, size_t count, nearer_error *err)
{
    pair *pairs = nr_alloc(count, sizeof *pairs);
    nr_weights *w = weights_new(n, count);
    nearer_status status = pairs == NULL || w == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        for (size_t p = 0; p < count; p++)
            pairs[p] = (pair){from[p], to[p], weight == NULL ? 1 : weight[p]};
        qsort(pairs, count, sizeof *pairs, by_place);
    }
    for (size_t p = 0; p < count && status == NEARER_OK; p++) {
        status = check_pair(&pairs[p], p == 0 ? NULL : &pairs[p - 1], n, err);
        if (status != NEARER_OK) break;
        w->start[pairs[p].from + 1]++;
        w->to[p] = pairs[p].to;
        w->weight[p] = pairs[p].weight;
    }
    nr_free(pairs);
    if (status != NEARER_OK) {
        nr_weights_free(w);
        return status;
    }
    for (size_t i = 0; i < n; i++) w->start[i + 1] += w->start[i];
    count_islands(w);
    *out = w;
    return NEARER_OK;
}

nearer_status nr_weights_among(nr_weights **out, const nr_weights *w, const bool *keep,
                               nearer_error *err)
{
    size_t *number = nr_alloc(w->n, sizeof *number), n = 0, count = 0;
    nr_weights *kept = weights_new(w->n, w->count);
    if (number == NULL || kept == NULL) {
        nr_free(number);
        nr_weights_free(kept);
        return nr_fail_memory(err);
    }
    for (size_t i = 0; i < w->n; i++)
        if (keep[i]) number[i] = n++;
    for (size_t i = 0; i < w->n; i++) {
        if (!keep[i]) continue;
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++) {
            if (!keep[w->to[p]]) continue;
            kept->to[count] = number[w->to[p]];
            kept->weight[count++] = w->weight[p] * (w->row_sum == NULL ? 1 : w->row_sum[i]);
        }
        kept->start[number[i] + 1] = count;
    }
    nr_free(number);
    kept->n = n;
    kept->count = count;
    count_islands(kept);
    nearer_status status = w->row_sum == NULL ? NEARER_OK : nr_weights_standardise(kept, err);
    if (status == NEARER_OK)
        *out = kept;
    else
        nr_weights_free(kept);
    return status;
}

nearer_status nr_weights_standardise(nr_weights *w, nearer_error *err)
{
    if (w->row_sum != NULL) return NEARER_OK;
    w->row_sum = nr_alloc(w->n, sizeof *w->row_sum);
    if (w->row_sum == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < w->n; i++) {
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++) w->row_sum[i] += w->weight[p];
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++) w->weight[p] /= w->row_sum[i];
    }
    return NEARER_OK;
}

void nr_weights_lag(double *out, const nr_weights *w, const double *x)
{
    for (size_t i = 0; i < w->n; i++) {
        out[i] = 0;
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++) out[i] += w->weight[p] * x[w->to[p]];
    }
}

double nr_weights_at(const nr_weights *w, size_t i, size_t j)
{
    size_t low = w->start[i], high = w->start[i + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->to[middle] < j)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->start[i + 1] && w->to[low] == j ? w->weight[low] : 0;
}

bool nr_weights_symmetric(const nr_weights *w)
{
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++) {
            size_t j = w->to[p];
            double there = w->weight[p] * (w->row_sum == NULL ? 1 : w->row_sum[i]),
                   back = nr_weights_at(w, j, i) * (w->row_sum == NULL ? 1 : w->row_sum[j]);
            if (!(fabs(there - back) <= 1e-12 * there)) return false;
        }
    return true;
}

nearer_status nr_weights_sums(nr_weight_sums *out, const nr_weights *w, nearer_error *err)
{
    double *both = nr_alloc(w->n, sizeof *both); /* row sum + column sum */
    if (both == NULL) return nr_fail_memory(err);
    *out = (nr_weight_sums){0};
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++) {
            double there = w->weight[p], back = nr_weights_at(w, w->to[p], i);
            out->s0 += there;
            /* the pair of j and i is not met again unless it has a weight of its own */
            out->s1 += (there + back) * (there + back) / (back > 0 ? 2 : 1);
            both[i] += there;
            both[w->to[p]] += there;
        }
    for (size_t i = 0; i < w->n; i++) out->s2 += both[i] * both[i];
    nr_free(both);
    return NEARER_OK;
}

const nr_statistic nr_statistic_spatial_weights = {
    .id = "spatial_weights",
    .title = "who is whose neighbour: nearest, within a distance or time, by a list",
    .formula = "w_ij = 1 or d_ij^-a; standardised w_ij / sum_j w_ij",
};
