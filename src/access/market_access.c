/* Market access (Donaldson and Hornbeck 2016): masses over the cost of trade with them, first order
 * or as the fixed point in which each market is itself divided by its own access. */
#include <math.h>

#include "access/pairs.h"
#include "base/memory.h"

enum { MOST_ROUNDS = 10000 };

/* Cost of trade at t minutes: 1 + t / scale. */
static double weight(const nr_measure_input *in, double minutes)
{
    return exp(-in->theta * log(1 + minutes / in->scale_min)); /* half the time of pow */
}

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    (void)i;
    (void)room;
    *out = 0;
    for (size_t j = 0; j < in->n; j++)
        if (isfinite(minutes[j])) *out += in->mass[j] * weight(in, minutes[j]);
}

typedef struct fixed_point {
    const nr_measure_input *in;
    const double *logs; /* of market access */
} fixed_point;

static double next_part(const void *context, size_t i, size_t j, double minutes)
{
    const fixed_point *p = context;
    const nr_measure_input *in = p->in;
    (void)i;
    return in->mass[j] > 0
               ? in->mass[j] * weight(in, minutes) * exp(-(1 + in->theta) / in->theta * p->logs[j])
               : 0;
}

/* Half way to the next each time: whole steps would swing. How far the farthest went; INFINITY when
 * they run away. A place that reaches no mass stays at 0. */
static double step(double *logs, const double *next, const bool *reaches, size_t n)
{
    double moved = 0;
    for (size_t i = 0; i < n; i++) {
        if (!reaches[i]) continue;
        if (!(next[i] > 0) || isinf(next[i])) return INFINITY;
        double to = log(next[i]);
        moved = fmax(moved, fabs(to - logs[i]));
        logs[i] = (logs[i] + to) / 2;
    }
    return moved;
}

static double find_fixed_point(double *scores, double *logs, bool *reaches,
                               const nr_measure_input *in, const nr_minutes *minutes)
{
    const fixed_point p = {in, logs};
    double moved = 1;
    for (int k = 0; moved > 1e-14 && !isinf(moved) && k < MOST_ROUNDS; k++) {
        nr_sum_rows(scores, minutes, next_part, &p);
        for (size_t i = 0; k == 0 && i < in->n; i++) reaches[i] = scores[i] > 0;
        moved = step(logs, scores, reaches, in->n);
        if (k > 200 && moved < 1e-12) break; /* as near as rounding lets it come */
    }
    return moved;
}

static nearer_status whole(double *scores, const nr_measure_input *in, const nr_minutes *minutes,
                           nearer_error *err)
{
    double *logs = nr_alloc(in->n, sizeof *logs), moved = 0;
    bool *reaches = nr_alloc(in->n, sizeof *reaches);
    nearer_status status = logs == NULL || reaches == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        moved = find_fixed_point(scores, logs, reaches, in, minutes);
        for (size_t i = 0; i < in->n; i++) scores[i] = reaches[i] ? exp(logs[i]) : 0;
    }
    nr_free(logs);
    nr_free(reaches);
    if (moved > 1e-9)
        return nr_fail(
            err, NEARER_VALUE,
            "market access comes to no fixed point at theta %g; own masses steady it, as in "
            "the published measure: --own-mass 0",
            in->theta);
    return status;
}

static bool is_full(const nr_measure_input *in)
{
    return in->full;
}

const nr_measure nr_measure_market_access = {
    .id = "market_access",
    .title = "market access: masses over the cost of trade with them",
    .formula =
        "sum_j tau_ij^-theta M_j, tau = 1 + t / scale; full: M_j over A_j^((1 + theta) / theta)",
    .needs = NR_THETA | NR_SCALE,
    .takes = NR_FULL | NR_TO,
    .own = true,
    .adds = true,
    .decimals = 2,
    .row = row,
    .whole = whole,
    .is_whole = is_full,
};
