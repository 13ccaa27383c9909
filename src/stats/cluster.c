#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/groups.h"
#include "stats/statistic.h"

typedef struct job {
    const nr_fit *fit;
    nr_groups groups;
    double *score;     /* k */
    double *gram;      /* k x k: Q_g'Q_g, then what corrects a vector */
    double *part;      /* k */
    double *projected; /* groups x k x k: Q_g' of each corrected column of a */
    double *square;    /* groups x k: its length squared */
    gsl_eigen_symmv_workspace *eigen;
    gsl_vector *values;
    gsl_matrix *vectors;
} job;

static nearer_status job_init(job *j, const nr_fit *fit, const size_t *cluster, nearer_error *err)
{
    size_t k = fit->k;
    *j = (job){.fit = fit};
    NR_TRY(nr_groups_init(&j->groups, cluster, fit->n, err));
    if (j->groups.count < 2)
        return nr_fail(err, NEARER_NODATA, "clusters: at least 2 were expected, there is %zu",
                       j->groups.count);
    j->score = nr_alloc(k * (2 + k) + j->groups.count * k * (k + 1), sizeof *j->score);
    if (j->score == NULL) return nr_fail_memory(err);
    j->part = j->score + k;
    j->gram = j->part + k;
    j->projected = j->gram + k * k;
    j->square = j->projected + j->groups.count * k * k;
    j->eigen = gsl_eigen_symmv_alloc(k);
    j->values = gsl_vector_alloc(k);
    j->vectors = gsl_matrix_alloc(k, k);
    return j->eigen == NULL || j->values == NULL || j->vectors == NULL ? nr_fail_memory(err)
                                                                       : NEARER_OK;
}

static void job_clear(job *j)
{
    nr_groups_clear(&j->groups);
    nr_free(j->score);
    if (j->eigen != NULL) gsl_eigen_symmv_free(j->eigen);
    gsl_vector_free(j->values);
    gsl_matrix_free(j->vectors);
}

/* (I - H_gg)^-1/2 is I + Q_g C Q_g', where C has the eigenvectors of Q_g'Q_g and, for the
 * eigenvalue m, 1 / (s (1 + s)) with s = sqrt(1 - m); where s = 0 the pseudo-inverse takes -1. So
 * no matrix of the size of a cluster is needed. */
static void find_correction(job *j, size_t g)
{
    size_t k = j->fit->k;
    memset(j->gram, 0, k * k * sizeof *j->gram);
    for (size_t r = j->groups.start[g]; r < j->groups.start[g + 1]; r++) {
        const double *q = j->fit->basis + j->groups.row[r] * k;
        for (size_t c = 0; c < k; c++)
            for (size_t d = 0; d < k; d++) j->gram[c * k + d] += q[c] * q[d];
    }
    gsl_matrix_view gram = gsl_matrix_view_array(j->gram, k, k);
    gsl_eigen_symmv(&gram.matrix, j->values, j->vectors, j->eigen);
    memset(j->gram, 0, k * k * sizeof *j->gram);
    for (size_t v = 0; v < k; v++) {
        double left = 1 - gsl_vector_get(j->values, v), s = left > 0 ? sqrt(left) : 0;
        double factor = left < 1e-10 ? -1 : 1 / (s * (1 + s));
        for (size_t c = 0; c < k; c++)
            for (size_t d = 0; d < k; d++)
                j->gram[c * k + d] +=
                    factor * gsl_matrix_get(j->vectors, c, v) * gsl_matrix_get(j->vectors, d, v);
    }
}

/* part = C Q_g'x for one vector x of the fit's rows, of which every `stride`th number counts; then
 * its corrected value in row i is x_i + q_i . part. */
static void correct(job *j, size_t g, const double *x, size_t stride)
{
    size_t k = j->fit->k;
    double *sum = j->score; /* is free until the scores are added up */
    memset(sum, 0, k * sizeof *sum);
    for (size_t r = j->groups.start[g]; r < j->groups.start[g + 1]; r++) {
        size_t i = j->groups.row[r];
        for (size_t c = 0; c < k; c++) sum[c] += j->fit->basis[i * k + c] * x[i * stride];
    }
    for (size_t c = 0; c < k; c++) {
        j->part[c] = 0;
        for (size_t d = 0; d < k; d++) j->part[c] += j->gram[c * k + d] * sum[d];
    }
}

static double corrected(const job *j, size_t i, double x)
{
    size_t k = j->fit->k;
    for (size_t c = 0; c < k; c++) x += j->fit->basis[i * k + c] * j->part[c];
    return x;
}

static void add_cluster(double *out, job *j, size_t g, nr_cr kind)
{
    size_t k = j->fit->k;
    if (kind == NR_CR2)
        correct(j, g, j->fit->residual, 1);
    else
        memset(j->part, 0, k * sizeof *j->part);
    memset(j->score, 0, k * sizeof *j->score);
    for (size_t r = j->groups.start[g]; r < j->groups.start[g + 1]; r++) {
        size_t i = j->groups.row[r];
        double e = corrected(j, i, j->fit->residual[i]);
        for (size_t c = 0; c < k; c++) j->score[c] += e * j->fit->influence[i * k + c];
    }
    for (size_t c = 0; c < k; c++)
        for (size_t d = 0; d < k; d++) out[c * k + d] += j->score[c] * j->score[d];
}

/* What the degrees need of cluster g: p = (I - H_gg)^-1/2 a_g of each coefficient. */
static void project(job *j, size_t g)
{
    size_t k = j->fit->k;
    for (size_t c = 0; c < k; c++) {
        double *projected = j->projected + (g * k + c) * k;
        correct(j, g, j->fit->influence + c, k);
        for (size_t r = j->groups.start[g]; r < j->groups.start[g + 1]; r++) {
            size_t i = j->groups.row[r];
            double p = corrected(j, i, j->fit->influence[i * k + c]);
            j->square[g * k + c] += p * p;
            for (size_t d = 0; d < k; d++) projected[d] += j->fit->basis[i * k + d] * p;
        }
    }
}

/* (sum of eigenvalues)^2 / sum of their squares, of the matrix over clusters p_g'(I - H)_gh p_h. */
static double satterthwaite(const job *j, size_t c)
{
    size_t k = j->fit->k;
    double trace = 0, squares = 0;
    for (size_t g = 0; g < j->groups.count; g++)
        for (size_t h = 0; h < j->groups.count; h++) {
            double entry = g == h ? j->square[g * k + c] : 0;
            for (size_t d = 0; d < k; d++)
                entry -= j->projected[(g * k + c) * k + d] * j->projected[(h * k + c) * k + d];
            if (g == h) trace += entry;
            squares += entry * entry;
        }
    return trace * trace / squares;
}

static void sum_clusters(double *out, double *degrees, job *j, nr_cr kind)
{
    size_t k = j->fit->k, n = j->fit->n, count = j->groups.count;
    memset(out, 0, k * k * sizeof *out);
    for (size_t g = 0; g < count; g++) {
        if (kind == NR_CR2) find_correction(j, g);
        add_cluster(out, j, g, kind);
        if (kind == NR_CR2 && degrees != NULL) project(j, g);
    }
    double factor = (double)count / (double)(count - 1) * (double)(n - 1) / (double)(n - k);
    for (size_t c = 0; c < k * k && kind == NR_CR1; c++) out[c] *= factor;
    for (size_t c = 0; c < k && degrees != NULL; c++)
        degrees[c] = kind == NR_CR1 ? (double)(count - 1) : satterthwaite(j, c);
}

nearer_status nr_covariance_cluster(double *out, double *degrees, const nr_fit *fit,
                                    const size_t *cluster, nr_cr kind, nearer_error *err)
{
    if (kind == NR_CR2) NR_TRY(nr_fit_check_ordinary(fit, "CR2", err));
    job j;
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    nearer_status status = job_init(&j, fit, cluster, err);
    if (status == NEARER_OK) sum_clusters(out, degrees, &j, kind);
    job_clear(&j);
    gsl_set_error_handler(before);
    return status;
}

/* The numbers of the groups of both at once. */
static nearer_status cross(size_t *out, const size_t *first, const size_t *second, size_t n,
                           nearer_error *err)
{
    nr_groups a = {0}, b = {0};
    nearer_status status = nr_groups_init(&a, first, n, err);
    if (status == NEARER_OK) status = nr_groups_init(&b, second, n, err);
    for (size_t i = 0; i < n && status == NEARER_OK; i++) out[i] = a.of[i] * b.count + b.of[i];
    nr_groups_clear(&a);
    nr_groups_clear(&b);
    return status;
}

nearer_status nr_covariance_two_way(double *out, double *degrees, const nr_fit *fit,
                                    const size_t *first, const size_t *second, nearer_error *err)
{
    size_t k = fit->k, *both = nr_alloc(fit->n, sizeof *both);
    double *part = nr_alloc(2 * k * k + 2 * k, sizeof *part), *crossed = part + k * k,
           *of_second = crossed + k * k;
    nearer_status status = both == NULL || part == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = cross(both, first, second, fit->n, err);
    if (status == NEARER_OK) status = nr_covariance_cluster(out, degrees, fit, first, NR_CR1, err);
    if (status == NEARER_OK)
        status = nr_covariance_cluster(part, of_second, fit, second, NR_CR1, err);
    if (status == NEARER_OK) status = nr_covariance_cluster(crossed, NULL, fit, both, NR_CR1, err);
    if (status == NEARER_OK) {
        for (size_t c = 0; c < k * k; c++) out[c] += part[c] - crossed[c];
        for (size_t c = 0; c < k && degrees != NULL; c++)
            if (of_second[c] < degrees[c]) degrees[c] = of_second[c];
    }
    nr_free(both);
    nr_free(part);
    return status;
}

const nr_statistic nr_statistic_cluster = {
    .id = "cluster",
    .title = "covariance of coefficients: rows of a cluster depend on each other (CR1, CR2)",
    .formula = "sum over clusters s_g s_g', s_g = sum e_i a_i",
};
