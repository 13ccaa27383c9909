#include "access/pairs.h"

#include <math.h>

#include "base/threads.h"

/* Columns that are summed side by side: two lines of cache. */
enum { SIDE_BY_SIDE = 16 };

typedef struct job {
    double *out;
    const nr_minutes *minutes;
    nr_pair_value *value;
    const void *context;
} job;

static void sum_row(void *context, size_t i, size_t worker)
{
    const job *j = context;
    double sum = 0;
    (void)worker;
    for (size_t k = 0; k < j->minutes->n; k++) {
        double minutes = nr_minutes_at(j->minutes, i, k);
        if (isfinite(minutes)) sum += j->value(j->context, i, k, minutes);
    }
    j->out[i] = sum;
}

static void sum_block(void *context, size_t block, size_t worker)
{
    const job *j = context;
    const nr_minutes *m = j->minutes;
    double sums[SIDE_BY_SIDE] = {0};
    size_t first = block * SIDE_BY_SIDE, left = m->n - first;
    size_t count = left < SIDE_BY_SIDE ? left : SIDE_BY_SIDE;
    (void)worker;
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < count; k++) {
            double minutes = nr_minutes_at(m, i, first + k);
            if (isfinite(minutes)) sums[k] += j->value(j->context, i, first + k, minutes);
        }
    for (size_t k = 0; k < count; k++) j->out[first + k] = sums[k];
}

static void fill_row(void *context, size_t i, size_t worker)
{
    const job *j = context;
    (void)worker;
    for (size_t k = 0; k < j->minutes->n; k++) {
        double minutes = nr_minutes_at(j->minutes, i, k);
        j->out[i * j->minutes->n + k] =
            isfinite(minutes) ? j->value(j->context, i, k, minutes) : (double)NAN;
    }
}

void nr_sum_rows(double *out, const nr_minutes *minutes, nr_pair_value *value, const void *context)
{
    job j = {out, minutes, value, context};
    nr_parallel_for(minutes->n, sum_row, &j);
}

void nr_sum_columns(double *out, const nr_minutes *minutes, nr_pair_value *value,
                    const void *context)
{
    job j = {out, minutes, value, context};
    nr_parallel_for((minutes->n + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE, sum_block, &j);
}

void nr_fill_pairs(double *out, const nr_minutes *minutes, nr_pair_value *value,
                   const void *context)
{
    job j = {out, minutes, value, context};
    nr_parallel_for(minutes->n, fill_row, &j);
}
