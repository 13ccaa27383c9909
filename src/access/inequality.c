#include "access/inequality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static double mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return n > 0 ? sum / (double)n : NAN;
}

double nr_cv(const double *x, size_t n)
{
    double m = mean(x, n), squares = 0;
    for (size_t i = 0; i < n; i++) squares += (x[i] - m) * (x[i] - m);
    return sqrt(squares / (double)n) / m;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

nearer_status nr_gini(double *out, const double *x, size_t n, nearer_error *err)
{
    double *sorted = nr_alloc(n, sizeof *sorted);
    if (sorted == NULL) return nr_fail_memory(err);
    if (n > 0) memcpy(sorted, x, n * sizeof *x);
    qsort(sorted, n, sizeof *sorted, by_number);
    double sum = 0, size = (double)n;
    for (size_t i = 0; i < n; i++) sum += (2.0 * (double)(i + 1) - size - 1) * sorted[i];
    *out = sum / (size * size * mean(x, n));
    nr_free(sorted);
    return NEARER_OK;
}

double nr_theil(const double *x, size_t n)
{
    double m = mean(x, n), sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i] / m * log(x[i] / m);
    return sum / (double)n;
}

nearer_status nr_theil_between(double *out, const double *x, const size_t *group, size_t n,
                               size_t groups, nearer_error *err)
{
    double *sums = nr_alloc(2 * groups, sizeof *sums), *counts = sums + groups;
    if (sums == NULL) return nr_fail_memory(err);
    double m = mean(x, n), between = 0;
    for (size_t i = 0; i < n; i++) {
        if (group[i] == NR_NO_GROUP) {
            between += x[i] * log(x[i] / m);
        } else {
            sums[group[i]] += x[i];
            counts[group[i]]++;
        }
    }
    for (size_t g = 0; g < groups; g++)
        if (counts[g] > 0) between += sums[g] * log(sums[g] / counts[g] / m);
    *out = between / (m * (double)n);
    nr_free(sums);
    return NEARER_OK;
}
