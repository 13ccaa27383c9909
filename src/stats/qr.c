#include "stats/qr.h"

#include <float.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static gsl_matrix_view packed_of(const nr_qr *q)
{
    return gsl_matrix_view_array(q->packed, q->n, q->k);
}

static gsl_vector_view tau_of(const nr_qr *q)
{
    return gsl_vector_view_array(q->tau, q->k);
}

static double r_of(const nr_qr *q, size_t i, size_t j)
{
    return q->packed[i * q->k + j];
}

/* The name of column c, or its number. */
static const char *name_of(char buffer[32], const nr_design *design, size_t c)
{
    if (design->names != NULL) return design->names[c];
    snprintf(buffer, 32, "variable %zu", c + 1);
    return buffer;
}

static nearer_status check(const nr_design *design, nearer_error *err)
{
    char buffer[32];
    NR_TRY(nr_check_finite(design->y, design->n, "regression, explained variable", err));
    for (size_t i = 0; i < design->n; i++)
        for (size_t j = 0; j < design->k; j++)
            if (!isfinite(design->x[i * design->k + j]))
                return nr_fail(err, NEARER_VALUE,
                               "regression: %s is %g in row %zu, a finite number was expected",
                               name_of(buffer, design, j), design->x[i * design->k + j], i + 1);
    return NEARER_OK;
}

/* Powers of two: exact, so that the scaled problem is the given one. */
static nearer_status scale_columns(nr_qr *q, const nr_design *design, nearer_error *err)
{
    char buffer[32];
    for (size_t j = 0; j < q->k; j++) {
        gsl_vector_const_view column =
            gsl_vector_const_view_array_with_stride(q->x + j, q->k, q->n);
        double length = gsl_blas_dnrm2(&column.vector);
        if (length == 0)
            return nr_fail(err, NEARER_VALUE, "regression: %s is 0 in every row",
                           name_of(buffer, design, j));
        int exponent;
        frexp(length, &exponent);
        q->scale[j] = ldexp(1, -exponent);
    }
    for (size_t i = 0; i < q->n; i++)
        for (size_t j = 0; j < q->k; j++)
            q->packed[i * q->k + j] = q->x[i * q->k + j] * q->scale[j];
    return NEARER_OK;
}

/* From the singular values of R, its columns brought to length 1. */
static nearer_status find_condition(nr_qr *q, nearer_error *err)
{
    size_t k = q->k;
    double *memory = nr_alloc(2 * k * k + k, sizeof *memory);
    if (memory == NULL) return nr_fail_memory(err);
    gsl_matrix_view r = gsl_matrix_view_array(memory, k, k),
                    v = gsl_matrix_view_array(memory + k * k, k, k);
    gsl_vector_view values = gsl_vector_view_array(memory + 2 * k * k, k);
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i <= j; i++) gsl_matrix_set(&r.matrix, i, j, r_of(q, i, j));
        gsl_vector_view column = gsl_matrix_column(&r.matrix, j);
        gsl_vector_scale(&column.vector, 1 / gsl_blas_dnrm2(&column.vector));
    }
    int failed = gsl_linalg_SV_decomp_jacobi(&r.matrix, &v.matrix, &values.vector);
    double smallest = gsl_vector_get(&values.vector, k - 1);
    q->condition =
        failed != 0 || smallest <= 0 ? INFINITY : gsl_vector_get(&values.vector, 0) / smallest;
    nr_free(memory);
    return NEARER_OK;
}

/* Names the column with nothing of its own and those it is made of: R11 w = r12. */
static nearer_status refuse(const nr_qr *q, const nr_design *design, nearer_error *err)
{
    size_t rank = 0;
    while (rank + 1 < q->k && fabs(r_of(q, rank, rank)) > fabs(r_of(q, 0, 0)) / NR_CONDITION_MAX)
        rank++;
    double *w = nr_alloc(q->k, sizeof *w), largest = 0;
    if (w == NULL) return nr_fail_memory(err);
    for (size_t i = rank; i-- > 0;) {
        w[i] = r_of(q, i, rank);
        for (size_t j = i + 1; j < rank; j++) w[i] -= r_of(q, i, j) * w[j];
        w[i] /= r_of(q, i, i);
        largest = fmax(largest, fabs(w[i]));
    }
    char buffer[32];
    nr_text text = {0};
    nr_text_print(&text, "%s depends on the others (", name_of(buffer, design, q->order[rank]));
    for (size_t c = 0, said = 0; c < q->k && said <= 6; c++)
        for (size_t i = 0; i < rank; i++) {
            if (q->order[i] != c || fabs(w[i]) < 1e-6 * largest) continue;
            nr_text_print(&text, "%s%s", said == 0 ? "" : ", ",
                          said == 6 ? "..." : name_of(buffer, design, c));
            said++;
        }
    nearer_status status =
        text.failed ? nr_fail_memory(err)
                    : nr_fail(err, NEARER_VALUE,
                              "regression: %s), no coefficient is its own (condition %.1e, at most "
                              "%.0e was expected)",
                              text.bytes, q->condition, NR_CONDITION_MAX);
    nr_text_clear(&text);
    nr_free(w);
    return status;
}

static nearer_status decompose(nr_qr *q, const nr_design *design, nearer_error *err)
{
    NR_TRY(check(design, err));
    NR_TRY(scale_columns(q, design, err));
    double *norm = nr_alloc(q->k, sizeof *norm);
    if (norm == NULL) return nr_fail_memory(err);
    gsl_matrix_view packed = packed_of(q);
    gsl_vector_view tau = tau_of(q), norms = gsl_vector_view_array(norm, q->k);
    gsl_permutation order = {q->k, q->order};
    int sign = 0;
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    gsl_linalg_QRPT_decomp(&packed.matrix, &tau.vector, &order, &sign, &norms.vector);
    nearer_status status = find_condition(q, err);
    gsl_set_error_handler(before);
    nr_free(norm);
    if (status == NEARER_OK && q->condition > NR_CONDITION_MAX) status = refuse(q, design, err);
    return status;
}

nearer_status nr_qr_init(nr_qr *q, const nr_design *design, nearer_error *err)
{
    size_t n = design->n, k = design->k;
    *q = (nr_qr){.n = n, .k = k, .x = design->x};
    if (k == 0) return nr_fail(err, NEARER_VALUE, "regression: at least 1 variable was expected");
    if (n <= k)
        return nr_fail(err, NEARER_NODATA, "regression: %zu places for %zu coefficients", n, k);
    q->packed = nr_alloc(n * k, sizeof *q->packed);
    q->tau = nr_alloc(2 * k, sizeof *q->tau);
    q->order = nr_alloc(k, sizeof *q->order);
    if (q->packed == NULL || q->tau == NULL || q->order == NULL) return nr_fail_memory(err);
    q->scale = q->tau + k;
    return decompose(q, design, err);
}

void nr_qr_clear(nr_qr *q)
{
    nr_free(q->packed);
    nr_free(q->tau);
    nr_free(q->order);
}

/* One solution in double precision: r becomes Q (z, c2) and b P R^-1 (c1 - z), where z = R^-T P'g
 * and c = Q'f; f comes in r, g in b. */
static void solve_once(double *b, double *r, double *z, const nr_qr *q)
{
    gsl_matrix_view packed = packed_of(q),
                    upper = gsl_matrix_submatrix(&packed.matrix, 0, 0, q->k, q->k);
    gsl_vector_view tau = tau_of(q), left = gsl_vector_view_array(r, q->n),
                    small = gsl_vector_view_array(z, q->k);
    for (size_t j = 0; j < q->k; j++) z[j] = b[q->order[j]];
    gsl_blas_dtrsv(CblasUpper, CblasTrans, CblasNonUnit, &upper.matrix, &small.vector);
    gsl_linalg_QR_QTvec(&packed.matrix, &tau.vector, &left.vector);
    for (size_t j = 0; j < q->k; j++) {
        double turned = r[j];
        r[j] = z[j];
        z[j] = turned - z[j];
    }
    gsl_blas_dtrsv(CblasUpper, CblasNoTrans, CblasNonUnit, &upper.matrix, &small.vector);
    gsl_linalg_QR_Qvec(&packed.matrix, &tau.vector, &left.vector);
    for (size_t j = 0; j < q->k; j++) b[q->order[j]] = z[j];
}

typedef struct extended {
    long double *b, *r; /* the solution of the scaled problem so far */
    long double *open;  /* what it leaves of g */
    double *db, *dr, *z;
} extended;

/* What the solution leaves of f and g, into dr and db. */
static void find_open(extended *e, const nr_qr *q, const double *f, const double *g)
{
    for (size_t j = 0; j < q->k; j++)
        e->open[j] = g == NULL ? 0 : (long double)g[j] * (long double)q->scale[j];
    for (size_t i = 0; i < q->n; i++) {
        long double open = (f == NULL ? 0 : (long double)f[i]) - e->r[i];
        for (size_t j = 0; j < q->k; j++) {
            long double x = (long double)q->x[i * q->k + j] * (long double)q->scale[j];
            open -= x * e->b[j];
            e->open[j] -= x * e->r[i];
        }
        e->dr[i] = (double)open;
    }
    for (size_t j = 0; j < q->k; j++) e->db[j] = (double)e->open[j];
}

static void refine(extended *e, const nr_qr *q, const double *f, const double *g)
{
    double before = INFINITY;
    for (int step = 0; step < 20; step++) {
        double moved = 0, largest = 0;
        find_open(e, q, f, g);
        solve_once(e->db, e->dr, e->z, q);
        for (size_t j = 0; j < q->k; j++) {
            e->b[j] += (long double)e->db[j];
            moved = fmax(moved, fabs(e->db[j]));
            largest = fmax(largest, fabs((double)e->b[j]));
        }
        for (size_t i = 0; i < q->n; i++) e->r[i] += (long double)e->dr[i];
        if (moved <= DBL_EPSILON / 64 * largest || moved > before / 2) return;
        before = moved;
    }
}

nearer_status nr_qr_solve(double *b, double *r, const nr_qr *q, const double *f, const double *g,
                          nearer_error *err)
{
    size_t n = q->n, k = q->k;
    extended e = {.b = nr_alloc(n + 2 * k, sizeof *e.b), .db = nr_alloc(n + 2 * k, sizeof *e.db)};
    nearer_status status = e.b == NULL || e.db == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        e.r = e.b + k;
        e.open = e.r + n;
        e.dr = e.db + k;
        e.z = e.dr + n;
        refine(&e, q, f, g);
        for (size_t j = 0; j < k; j++) b[j] = (double)(e.b[j] * (long double)q->scale[j]);
        for (size_t i = 0; i < n; i++) r[i] = (double)e.r[i];
    }
    nr_free(e.b);
    nr_free(e.db);
    return status;
}

nearer_status nr_qr_basis(double *out, const nr_qr *q, nearer_error *err)
{
    double *column = nr_alloc(q->n, sizeof *column);
    if (column == NULL) return nr_fail_memory(err);
    gsl_matrix_view packed = packed_of(q);
    gsl_vector_view tau = tau_of(q), turned = gsl_vector_view_array(column, q->n);
    for (size_t j = 0; j < q->k; j++) {
        memset(column, 0, q->n * sizeof *column);
        column[j] = 1;
        gsl_linalg_QR_Qvec(&packed.matrix, &tau.vector, &turned.vector);
        for (size_t i = 0; i < q->n; i++) out[i * q->k + j] = column[i];
    }
    nr_free(column);
    return NEARER_OK;
}
