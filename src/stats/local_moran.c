#include <math.h>

#include "base/memory.h"
#include "stats/autocorrelation.h"
#include "stats/statistic.h"

/* Moments of place i held where it is and the others in any order. */
static nr_spatial_test held_in_place(const nr_weights *w, const nr_deviations *d, size_t i)
{
    double n = (double)w->n, m2 = d->squares / n, z = d->z[i], weight = 0, square = 0, near = 0;
    for (size_t p = w->start[i]; p < w->start[i + 1]; p++) {
        weight += w->weight[p];
        square += w->weight[p] * w->weight[p];
        near += w->weight[p] * d->z[w->to[p]];
    }
    double expectation = -z * z / m2 * weight / (n - 1);
    double variance = z / m2 * (z / m2) * n / (n - 2) * (square - weight * weight / (n - 1)) *
                      (m2 - z * z / (n - 1));
    return nr_spatial_test_of(z * near / m2, expectation, variance);
}

/* `others` holds all places but i; its head is drawn anew each time. */
static double permutation_p(const nr_weights *w, const double *z, size_t i, size_t *others,
                            size_t draws, nr_random *random)
{
    size_t high = 1, low = 1, count = w->start[i + 1] - w->start[i];
    const double *weight = w->weight + w->start[i];
    double seen = 0, sizes = 0;
    for (size_t j = 0; j < count; j++) {
        seen += weight[j] * z[w->to[w->start[i] + j]];
        sizes += weight[j] * fabs(z[w->to[w->start[i] + j]]);
    }
    double slack = 1e-12 * sizes; /* sums of another order */
    for (size_t draw = 0; draw < draws; draw++) {
        double drawn = 0;
        for (size_t j = 0; j < count; j++) {
            size_t other = j + nr_random_below(random, w->n - 1 - j), held = others[j];
            others[j] = others[other];
            others[other] = held;
            drawn += weight[j] * z[others[j]];
        }
        high += drawn >= seen - slack;
        low += drawn <= seen + slack;
    }
    return fmin(1, 2 * (double)(high < low ? high : low) / (double)(1 + draws));
}

static void describe(nr_local_moran *out, const nr_weights *w, const nr_deviations *d,
                     size_t *others, size_t draws, nr_random *random)
{
    for (size_t i = 0; i < w->n; i++) {
        double near = 0;
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            near += w->weight[p] * d->z[w->to[p]];
        out[i] = (nr_local_moran){held_in_place(w, d, i), NAN, NAN, d->z[i] > 0, near > 0};
        if (draws == 0 || w->start[i] == w->start[i + 1]) continue;
        for (size_t j = 0; j < w->n; j++)
            if (j != i) others[j < i ? j : j - 1] = j;
        out[i].permutation_p = permutation_p(w, d->z, i, others, draws, random);
    }
}

nearer_status nr_moran_local(nr_local_moran *out, const double *x, const nr_weights *w,
                             size_t draws, nr_random *random, nearer_error *err)
{
    nr_deviations d;
    nearer_status status = nr_deviations_of(&d, x, w, err);
    size_t *others = nr_alloc(w->n, sizeof *others);
    double *p = nr_alloc(w->n, sizeof *p);
    if (status == NEARER_OK && (others == NULL || p == NULL)) status = nr_fail_memory(err);
    if (status == NEARER_OK) {
        describe(out, w, &d, others, draws, random);
        for (size_t i = 0; i < w->n; i++) p[i] = draws > 0 ? out[i].permutation_p : out[i].test.p;
        status = nr_adjust_fdr(p, p, w->n, err);
        for (size_t i = 0; i < w->n; i++) out[i].fdr_p = p[i];
    }
    nr_free(d.z);
    nr_free(others);
    nr_free(p);
    return status;
}

const nr_statistic nr_statistic_local_moran = {
    .id = "local_moran",
    .title = "local Moran: which places are like or unlike those near them",
    .formula = "I_i = z_i sum_j w_ij z_j / (sum z^2 / n)",
};
