#include "stats/randomisation.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/statistic.h"

static const double LEVEL = 0.05, ROUNDING = 1e-9;

static double statistic(const nr_randomisation *r, size_t k, double slope)
{
    return fabs(r->at_none[k] - slope * r->per_slope[k]);
}

double nr_randomisation_p(const nr_randomisation *r, double slope)
{
    double happened = statistic(r, 0, slope) * (1 - ROUNDING);
    size_t as_far = 0;
    for (size_t k = 0; k < r->count; k++) as_far += statistic(r, k, slope) >= happened ? 1 : 0;
    return (double)as_far / (double)r->count;
}

static int ascending(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

/* Slopes at which an arrangement is as far out as what happened: p changes at these alone. */
static size_t find_steps(double *steps, const nr_randomisation *r)
{
    size_t count = 0;
    for (size_t k = 1; k < r->count; k++)
        for (double sign = -1; sign <= 1; sign += 2) {
            double at =
                (r->at_none[k] + sign * r->at_none[0]) / (r->per_slope[k] + sign * r->per_slope[0]);
            if (isfinite(at)) steps[count++] = at;
        }
    if (count > 1) qsort(steps, count, sizeof *steps, ascending);
    return count;
}

/* A slope between two steps, or beyond the first or the last. */
static double between(const double *steps, size_t count, size_t k)
{
    if (count == 0) return 0;
    double beyond = 1 + steps[count - 1] - steps[0];
    if (k == 0) return steps[0] - beyond;
    if (k == count) return steps[count - 1] + beyond;
    return steps[k - 1] + (steps[k] - steps[k - 1]) / 2;
}

nearer_status nr_randomisation_estimate(nr_estimate *out, const nr_randomisation *r,
                                        nearer_error *err)
{
    double *steps = nr_alloc(2 * r->count, sizeof *steps);
    if (steps == NULL) return nr_fail_memory(err);
    size_t count = find_steps(steps, r);
    double value = r->at_none[0] / r->per_slope[0];
    *out = (nr_estimate){value, NAN, value, value, nr_randomisation_p(r, 0)};
    for (size_t k = 0; k <= count; k++) {
        if (nr_randomisation_p(r, between(steps, count, k)) <= LEVEL) continue;
        double low = k == 0 ? -INFINITY : steps[k - 1], high = k == count ? INFINITY : steps[k];
        out->low = fmin(out->low, low);
        out->high = fmax(out->high, high);
    }
    nr_free(steps);
    return NEARER_OK;
}

const nr_statistic nr_statistic_randomisation = {
    .id = "randomisation",
    .title = "p and interval by what else might have happened (Fisher; Borusyak and Hull)",
    .formula = "share of |a_k - b s_k| >= |a_0 - b s_0| over arrangements k",
};
