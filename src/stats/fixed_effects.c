#include <math.h>

#include "base/memory.h"
#include "stats/groups.h"
#include "stats/regression.h"
#include "stats/statistic.h"

typedef struct job {
    const nr_design *design;
    nr_groups unit, time;
    bool two_way;
    double *y, *x, *column;
    double worst; /* how many digits taking the effects out cost, as a ratio of lengths */
} job;

/* Takes the mean of each group from x; the largest mean. */
static double take_means(double *x, const nr_groups *groups)
{
    double largest = 0;
    for (size_t g = 0; g < groups->count; g++) {
        size_t first = groups->start[g], end = groups->start[g + 1];
        long double sum = 0;
        for (size_t r = first; r < end; r++) sum += (long double)x[groups->row[r]];
        double mean = (double)(sum / (long double)(end - first));
        for (size_t r = first; r < end; r++) x[groups->row[r]] -= mean;
        largest = fmax(largest, fabs(mean));
    }
    return largest;
}

static double length_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i] * x[i];
    return sqrt(sum);
}

/* Means of units and of times in turn until they are rounding errors of the given numbers; one turn
 * does for a balanced panel (von Neumann's alternating projections). */
static nearer_status within(double *x, const job *j, nearer_error *err)
{
    double size = length_of(x, j->design->n) / sqrt((double)j->design->n);
    for (int turn = 0; turn < 100000; turn++) {
        double taken = take_means(x, &j->unit);
        if (!j->two_way) return NEARER_OK;
        taken = fmax(taken, take_means(x, &j->time));
        if (taken <= 1e-14 * size) return NEARER_OK;
    }
    return nr_fail(err, NEARER_VALUE,
                   "fixed effects: units and times overlap too little to tell them apart");
}

static nearer_status take_effects(job *j, nearer_error *err)
{
    size_t n = j->design->n, k = j->design->k;
    for (size_t c = 0; c <= k; c++) { /* the last is y */
        for (size_t i = 0; i < n; i++)
            j->column[i] = c < k ? j->design->x[i * k + c] : j->design->y[i];
        double before = length_of(j->column, n);
        NR_TRY(within(j->column, j, err));
        double ratio = before / length_of(j->column, n);
        if (c < k && !(ratio < 1e12))
            return nr_fail(err, NEARER_VALUE,
                           "fixed effects: variable %zu does not vary within units%s", c + 1,
                           j->two_way ? " and times" : "");
        if (c < k) j->worst = fmax(j->worst, ratio);
        for (size_t i = 0; i < n; i++) *(c < k ? &j->x[i * k + c] : &j->y[i]) = j->column[i];
    }
    return NEARER_OK;
}

/* Units and times that hang together by rows share one constant; union by the smaller number. */
static nearer_status count_effects(size_t *out, const job *j, nearer_error *err)
{
    size_t nodes = j->unit.count + j->time.count, parts = nodes;
    *out = j->unit.count;
    if (!j->two_way) return NEARER_OK;
    size_t *root = nr_alloc(nodes, sizeof *root);
    if (root == NULL) return nr_fail_memory(err);
    for (size_t v = 0; v < nodes; v++) root[v] = v;
    for (size_t i = 0; i < j->design->n; i++) {
        size_t a = j->unit.of[i], b = j->unit.count + j->time.of[i];
        while (root[a] != a) a = root[a] = root[root[a]];
        while (root[b] != b) b = root[b] = root[root[b]];
        if (a == b) continue;
        root[a > b ? a : b] = a > b ? b : a;
        parts--;
    }
    nr_free(root);
    *out = nodes - parts;
    return NEARER_OK;
}

static nearer_status estimate(nr_fit **out, job *j, nearer_error *err)
{
    const nr_design *d = j->design;
    size_t effects;
    nr_fit *fit = NULL;
    NR_TRY(count_effects(&effects, j, err));
    if (d->n <= d->k + effects)
        return nr_fail(err, NEARER_NODATA,
                       "fixed effects: %zu rows for %zu coefficients and %zu "
                       "effects",
                       d->n, d->k, effects);
    NR_TRY(take_effects(j, err));
    NR_TRY(nr_fit_new(
        &fit, &(nr_design){.y = j->y, .x = j->x, .n = d->n, .k = d->k, .names = d->names}, err));
    if (fit->condition * j->worst > NR_CONDITION_MAX) {
        double condition = fit->condition;
        nr_fit_free(fit);
        return nr_fail(err, NEARER_VALUE,
                       "fixed effects: within units%s the variables depend on each other "
                       "(condition %.1e, of which rounding hides %.1e)",
                       j->two_way ? " and times" : "", condition, j->worst);
    }
    fit->absorbed = effects;
    fit->degrees = (double)(d->n - d->k - effects);
    fit->residual_sd = sqrt(fit->rss / fit->degrees);
    *out = fit;
    return NEARER_OK;
}

nearer_status nr_fixed_effects(nr_fit **out, const nr_design *design, const size_t *unit,
                               const size_t *time, nearer_error *err)
{
    size_t n = design->n, k = design->k;
    job j = {.design = design, .two_way = time != NULL};
    NR_TRY(nr_check_finite(design->y, n, "fixed effects, explained variable", err));
    NR_TRY(nr_check_finite(design->x, n * k, "fixed effects, row by row", err));
    j.y = nr_alloc(n * (k + 2), sizeof *j.y);
    nearer_status status = j.y == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = nr_groups_init(&j.unit, unit, n, err);
    if (status == NEARER_OK && j.two_way) status = nr_groups_init(&j.time, time, n, err);
    if (status == NEARER_OK) {
        j.column = j.y + n;
        j.x = j.column + n;
        status = estimate(out, &j, err);
    }
    nr_groups_clear(&j.unit);
    nr_groups_clear(&j.time);
    nr_free(j.y);
    return status;
}

const nr_statistic nr_statistic_fixed_effects = {
    .id = "fixed_effects",
    .title = "least squares within units, or within units and times",
    .formula = "y and x less the means of their unit and time",
};
