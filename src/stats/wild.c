#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/groups.h"
#include "stats/statistic.h"

enum { ALL = 12 }; /* clusters up to which all signs are tried */

/* With signs w and residuals e under b_c = 0: b* = sum w_g q_g, and a cluster's score is w_g q_g -
 * u_g . sum_h w_h v_h, where q_g = a_g'e_g, u_g = Q_g'a_g and v_g = Q_g'e_g. */
typedef struct job {
    size_t count, k;
    double *q, *u, *v;
    double *moved; /* k */
    double *sign;  /* count */
} job;

static void fill(job *j, const nr_fit *fit, size_t c, const nr_groups *groups)
{
    size_t k = fit->k;
    for (size_t i = 0; i < fit->n; i++) {
        size_t g = groups->of[i];
        double a = fit->influence[i * k + c];
        /* a over (X'X)^-1 at c is what the other columns leave of column c */
        double e = fit->residual[i] + fit->b[c] * a / fit->inverse[c * k + c];
        j->q[g] += a * e;
        for (size_t d = 0; d < k; d++) {
            j->u[g * k + d] += fit->basis[i * k + d] * a;
            j->v[g * k + d] += fit->basis[i * k + d] * e;
        }
    }
}

/* b*^2 and, as its variance up to a factor, the sum of squared scores. */
static void try_signs(double *square, double *variance, job *j)
{
    double b = 0, sum = 0;
    memset(j->moved, 0, j->k * sizeof *j->moved);
    for (size_t g = 0; g < j->count; g++) {
        b += j->sign[g] * j->q[g];
        for (size_t d = 0; d < j->k; d++) j->moved[d] += j->sign[g] * j->v[g * j->k + d];
    }
    for (size_t g = 0; g < j->count; g++) {
        double score = j->sign[g] * j->q[g];
        for (size_t d = 0; d < j->k; d++) score -= j->u[g * j->k + d] * j->moved[d];
        sum += score * score;
    }
    *square = b * b;
    *variance = sum;
}

static double find_p(job *j, size_t draws, nr_random *random)
{
    double seen, variance, square, drawn;
    size_t as_far = 0, all = (size_t)1 << (j->count <= ALL ? j->count : 0);
    bool every = j->count <= ALL;
    for (size_t g = 0; g < j->count; g++) j->sign[g] = 1;
    try_signs(&seen, &variance, j);
    for (size_t d = 0; d < (every ? all : draws); d++) {
        for (size_t g = 0; g < j->count; g++)
            j->sign[g] = (every ? d >> g & 1 : nr_random_below(random, 2)) != 0 ? -1 : 1;
        try_signs(&square, &drawn, j);
        /* the same t must count although it is rounded elsewhere */
        as_far += square * variance >= seen * drawn * (1 - 1e-9);
    }
    return every ? (double)as_far / (double)all : (1 + (double)as_far) / (1 + (double)draws);
}

static nearer_status bootstrap(double *p, const nr_fit *fit, size_t c, const nr_groups *groups,
                               size_t draws, nr_random *random, nearer_error *err)
{
    job j = {.count = groups->count, .k = fit->k};
    if (j.count < 2)
        return nr_fail(err, NEARER_NODATA, "clusters: at least 2 were expected, there is %zu",
                       j.count);
    if (j.count > ALL && draws == 0)
        return nr_fail(err, NEARER_VALUE,
                       "wild bootstrap: at least 1 draw was expected for %zu clusters", j.count);
    j.q = nr_alloc(j.count * (2 + 2 * j.k) + j.k, sizeof *j.q);
    if (j.q == NULL) return nr_fail_memory(err);
    j.sign = j.q + j.count;
    j.u = j.sign + j.count;
    j.v = j.u + j.count * j.k;
    j.moved = j.v + j.count * j.k;
    fill(&j, fit, c, groups);
    *p = find_p(&j, draws, random);
    nr_free(j.q);
    return NEARER_OK;
}

nearer_status nr_wild_p(double *p, const nr_fit *fit, size_t c, const size_t *cluster, size_t draws,
                        nr_random *random, nearer_error *err)
{
    nr_groups groups;
    NR_TRY(nr_fit_check_ordinary(fit, "wild bootstrap", err));
    nearer_status status = nr_groups_init(&groups, cluster, fit->n, err);
    if (status == NEARER_OK) status = bootstrap(p, fit, c, &groups, draws, random, err);
    nr_groups_clear(&groups);
    return status;
}

const nr_statistic nr_statistic_wild = {
    .id = "wild",
    .title = "p of a coefficient by the wild cluster bootstrap",
    .formula = "share of sign changes of clusters with |t*| >= |t|, b = 0 imposed",
};
