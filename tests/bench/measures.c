/* How long measures take on a matrix in memory: each by itself, and all in one pass, beside a plain
 * copy of the matrix.  bench_measures [PLACES] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/scores.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/threads.h"

static const double limits[] = {30, 60, 90, 120, 180, 240, 300, 360};

#define BASE .cutoff_min = (double)NAN, .own_min = (double)NAN
static const nearer_measure_spec specs[] = {
    {.measure = "mean_time", BASE},
    {.measure = "cumulative", .cutoff_min = 120, .own_min = (double)NAN},
    {.measure = "cumulative_interval", .limits_min = limits, .limit_count = 8, BASE},
    {.measure = "reach_curve", .limits_min = limits, .limit_count = 8, BASE},
    {.measure = "time_bands", .limits_min = limits, .limit_count = 8, BASE},
    {.measure = "potential", .decay = "exponential:0.005", BASE},
    {.measure = "potential", .decay = "power:1", BASE},
    {.measure = "potential", .decay = "logistic:120,40", BASE},
    {.measure = "time_to_nearest", .amount = 5000, BASE},
    {.measure = "reach_time", .share = 0.5, BASE},
    {.measure = "balancing_time", .demand = "demand", BASE},
    {.measure = "closeness", BASE},
    {.measure = "harmonic", BASE},
    {.measure = "market_access", .theta = 3.8, .scale_min = 600, BASE},
    {.measure = "catchment_2sfca", .demand = "demand", .cutoff_min = 60, .own_min = (double)NAN},
    {.measure = "catchment_e2sfca", .demand = "demand", .decay = "exponential:0.005", BASE},
    {.measure = "catchment_3sfca", .demand = "demand", .decay = "exponential:0.005", BASE},
    {.measure = "catchment_balanced", .demand = "demand", .decay = "exponential:0.005", BASE},
    {.measure = "spatial_availability", .demand = "demand", .decay = "exponential:0.005", BASE},
    {.measure = "constrained", .constraint = "total", .decay = "exponential:0.005", BASE},
};
enum { SPECS = sizeof specs / sizeof *specs };

static void fail(const nearer_error *err)
{
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}

static double run(const nr_measure *const *measures, const nr_measure_input *inputs, size_t count,
                  const nr_minutes *minutes)
{
    nr_scoring scoring;
    nearer_error err;
    double begin = nr_clock();
    if (nr_scoring_init(&scoring, measures, inputs, count, &err) != NEARER_OK ||
        nr_scoring_run(&scoring, minutes, &err) != NEARER_OK)
        fail(&err);
    double seconds = nr_clock() - begin;
    nr_scoring_clear(&scoring);
    return seconds;
}

/* The best of five: others may use the machine. */
static double best(const nr_measure *const *measures, const nr_measure_input *inputs, size_t count,
                   const nr_minutes *minutes)
{
    double least = INFINITY;
    for (int round = 0; round < 5; round++)
        least = fmin(least, run(measures, inputs, count, minutes));
    return least;
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 3000, bytes = n * n * sizeof(double);
    double *matrix = nr_alloc(n, n * sizeof(double)), *copy = nr_alloc(n, n * sizeof(double)),
           *mass = nr_alloc(3 * n, sizeof *mass), copying = INFINITY;
    if (n < 2 || matrix == NULL || copy == NULL || mass == NULL) return 1;
    srand(1);
    for (size_t k = 0; k < n * n; k++) matrix[k] = 600.0 * rand() / RAND_MAX;
    for (size_t i = 0; i < n; i++) {
        mass[i] = rand() % 1000;
        mass[n + i] = rand() % 1000;
        mass[2 * n + i] = NAN;
    }
    for (int round = 0; round < 5; round++) {
        double begin = nr_clock();
        memcpy(copy, matrix, bytes);
        copying = fmin(copying, nr_clock() - begin);
    }
    const nr_minutes minutes = {matrix, mass + 2 * n, n, false};
    const nr_measure *measures[SPECS];
    static nr_measure_input inputs[SPECS];
    double sum = 0;
    printf("%-22s %8s %8s\n%-22s %8.1f %8.1f\n", "measure", "ms", "GB/s", "(plain copy, one core)",
           1000 * copying, (double)bytes / copying / 1e9);
    for (size_t k = 0; k < SPECS; k++) {
        nearer_error err;
        if (nr_measure_prepare(&measures[k], &inputs[k], &specs[k], &err) != NEARER_OK) fail(&err);
        inputs[k].n = n;
        inputs[k].mass = mass;
        for (size_t i = 0; i < n; i++) inputs[k].all_mass += mass[i];
        inputs[k].own = mass + 2 * n;
        if (specs[k].demand != NULL) inputs[k].demand = mass + n;
        double seconds = best(&measures[k], &inputs[k], 1, &minutes);
        sum += seconds;
        printf("%-22s %8.1f %8.1f\n", specs[k].measure, 1000 * seconds,
               (double)bytes / seconds / 1e9);
    }
    double all = best(measures, inputs, SPECS, &minutes);
    printf("%-22s %8.1f\n%-22s %8.1f %8.1f\n%zu places, %zu threads\n", "sum of all", 1000 * sum,
           "all in one pass", 1000 * all, SPECS * (double)bytes / all / 1e9, n, nr_workers());
    nr_free(matrix);
    nr_free(copy);
    nr_free(mass);
    return 0;
}
