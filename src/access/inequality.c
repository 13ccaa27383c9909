#include "access/inequality.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

double nr_sample_weight(const nr_sample *s, size_t i)
{
    return s->weight == NULL ? 1 : s->weight[i];
}

double nr_sample_size(const nr_sample *s)
{
    double size = 0;
    for (size_t i = 0; i < s->n; i++) size += nr_sample_weight(s, i);
    return size;
}

double nr_sample_mean(const nr_sample *s)
{
    double sum = 0, size = nr_sample_size(s);
    for (size_t i = 0; i < s->n; i++) sum += nr_sample_weight(s, i) * s->x[i];
    return size > 0 ? sum / size : NAN;
}

double nr_cv(const nr_sample *s)
{
    double m = nr_sample_mean(s), squares = 0;
    for (size_t i = 0; i < s->n; i++)
        squares += nr_sample_weight(s, i) * (s->x[i] - m) * (s->x[i] - m);
    return sqrt(squares / nr_sample_size(s)) / m;
}

typedef struct ranked {
    double value;
    size_t index;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

nearer_status nr_sample_order(size_t *order, const double *by, size_t n, nearer_error *err)
{
    ranked *rows = nr_alloc(n, sizeof *rows);
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) rows[i] = (ranked){by[i], i};
    if (n > 1) qsort(rows, n, sizeof *rows, by_value);
    for (size_t i = 0; i < n; i++) order[i] = rows[i].index;
    nr_free(rows);
    return NEARER_OK;
}

nearer_status nr_gini(double *out, const nr_sample *s, nearer_error *err)
{
    size_t *order = nr_alloc(s->n, sizeof *order);
    if (order == NULL) return nr_fail_memory(err);
    nearer_status status = nr_sample_order(order, s->x, s->n, err);
    double size = nr_sample_size(s), passed = 0, sum = 0;
    for (size_t k = 0; status == NEARER_OK && k < s->n; k++) {
        double weight = nr_sample_weight(s, order[k]);
        sum += weight * (2 * passed + weight - size) * s->x[order[k]];
        passed += weight;
    }
    *out = sum / (size * size * nr_sample_mean(s));
    nr_free(order);
    return status;
}

double nr_gini_ascending(const double *x, size_t n)
{
    double sum = 0, by_rank = 0;
    for (size_t k = 0; k < n; k++) {
        sum += x[k];
        by_rank += (2 * (double)k + 1 - (double)n) * x[k];
    }
    return by_rank / ((double)n * sum);
}

double nr_theil(const nr_sample *s)
{
    double m = nr_sample_mean(s), sum = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->x[i] > 0) sum += nr_sample_weight(s, i) * (s->x[i] / m) * log(s->x[i] / m);
    return m > 0 ? sum / nr_sample_size(s) : NAN;
}

nearer_status nr_theil_between(double *out, const nr_sample *s, const size_t *group, size_t groups,
                               nearer_error *err)
{
    double *sums = nr_alloc(2 * groups, sizeof *sums), *sizes = sums + groups;
    if (sums == NULL) return nr_fail_memory(err);
    double m = nr_sample_mean(s), between = 0;
    for (size_t i = 0; i < s->n; i++) {
        double weight = nr_sample_weight(s, i);
        if (group[i] == NR_NO_GROUP) {
            between += s->x[i] > 0 ? weight * s->x[i] * log(s->x[i] / m) : 0;
        } else {
            sums[group[i]] += weight * s->x[i];
            sizes[group[i]] += weight;
        }
    }
    for (size_t g = 0; g < groups; g++)
        if (sums[g] > 0) between += sums[g] * log(sums[g] / sizes[g] / m);
    *out = between / (m * nr_sample_size(s));
    nr_free(sums);
    return NEARER_OK;
}
