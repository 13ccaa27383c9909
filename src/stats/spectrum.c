#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "base/memory.h"
#include "stats/spatial_fit.h"

void nr_spectrum_clear(nr_spectrum *spectrum)
{
    nr_free(spectrum->value);
    *spectrum = (nr_spectrum){0};
}

static nearer_status symmetric(nr_spectrum *out, double *matrix, const nr_weights *w,
                               nearer_error *err)
{
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            matrix[i * w->n + w->to[p]] = sqrt(w->weight[p] * nr_weights_at(w, w->to[p], i));
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(w->n);
    double *real = nr_alloc(w->n, sizeof *real);
    nearer_status status = work == NULL || real == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        gsl_matrix_view a = gsl_matrix_view_array(matrix, w->n, w->n);
        gsl_vector_view values = gsl_vector_view_array(real, w->n);
        if (gsl_eigen_symm(&a.matrix, &values.vector, work) != GSL_SUCCESS)
            status = nr_fail(err, NEARER_VALUE, "weights: their eigenvalues were not found");
        for (size_t i = 0; i < w->n; i++) out->value[i] = real[i];
    }
    gsl_eigen_symm_free(work);
    nr_free(real);
    return status;
}

static nearer_status asymmetric(nr_spectrum *out, double *matrix, const nr_weights *w,
                                nearer_error *err)
{
    for (size_t i = 0; i < w->n; i++)
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            matrix[i * w->n + w->to[p]] = w->weight[p];
    gsl_eigen_nonsymm_workspace *work = gsl_eigen_nonsymm_alloc(w->n);
    gsl_vector_complex *values = gsl_vector_complex_alloc(w->n);
    nearer_status status = work == NULL || values == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        gsl_matrix_view a = gsl_matrix_view_array(matrix, w->n, w->n);
        if (gsl_eigen_nonsymm(&a.matrix, values, work) != GSL_SUCCESS)
            status = nr_fail(err, NEARER_VALUE, "weights: their eigenvalues were not found");
        for (size_t i = 0; i < w->n; i++) {
            gsl_complex each = gsl_vector_complex_get(values, i);
            out->value[i] = CMPLX(GSL_REAL(each), GSL_IMAG(each));
        }
    }
    gsl_eigen_nonsymm_free(work);
    gsl_vector_complex_free(values);
    return status;
}

nearer_status nr_spectrum_init(nr_spectrum *out, const nr_weights *w, nearer_error *err)
{
    *out = (nr_spectrum){.n = w->n, .value = nr_alloc(w->n, sizeof *out->value)};
    double *matrix = nr_alloc(w->n * w->n, sizeof *matrix);
    nearer_status status = out->value == NULL || matrix == NULL ? nr_fail_memory(err) : NEARER_OK;
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    if (status == NEARER_OK)
        status = nr_weights_symmetric(w) ? symmetric(out, matrix, w, err)
                                         : asymmetric(out, matrix, w, err);
    gsl_set_error_handler(before);
    nr_free(matrix);
    NR_TRY(status);
    double lowest = 0, highest = 0;
    for (size_t i = 0; i < w->n; i++)
        if (cimag(out->value[i]) == 0) {
            lowest = fmin(lowest, creal(out->value[i]));
            highest = fmax(highest, creal(out->value[i]));
        }
    out->low = lowest < 0 ? 1 / lowest : -1;
    out->high = highest > 0 ? 1 / highest : 1;
    return NEARER_OK;
}

double nr_spectrum_log_determinant(const nr_spectrum *spectrum, double rho)
{
    double sum = 0; /* complex ones come in conjugate pairs: their logarithms' real parts do */
    for (size_t i = 0; i < spectrum->n; i++) sum += log(cabs(1 - rho * spectrum->value[i]));
    return sum;
}

double nr_spectrum_trace(const nr_spectrum *spectrum, double rho, int a, int b)
{
    double sum = 0;
    for (size_t i = 0; i < spectrum->n; i++) {
        double complex term = 1, value = spectrum->value[i];
        for (int power = 0; power < a; power++) term *= value;
        for (int power = 0; power < b; power++) term /= 1 - rho * value;
        sum += creal(term);
    }
    return sum;
}

static nearer_status invert(double *inverse, double *matrix, size_t n, nearer_error *err)
{
    gsl_permutation *order = gsl_permutation_alloc(n);
    if (order == NULL) return nr_fail_memory(err);
    gsl_matrix_view a = gsl_matrix_view_array(matrix, n, n),
                    b = gsl_matrix_view_array(inverse, n, n);
    int sign;
    bool done = gsl_linalg_LU_decomp(&a.matrix, order, &sign) == GSL_SUCCESS &&
                gsl_linalg_LU_invert(&a.matrix, order, &b.matrix) == GSL_SUCCESS;
    gsl_permutation_free(order);
    return done ? NEARER_OK
                : nr_fail(err, NEARER_VALUE, "spatial regression: I - rho W is singular");
}

nearer_status nr_spatial_inverse(double **out, const nr_weights *w, double rho, nearer_error *err)
{
    double *inverse = nr_alloc(w->n * w->n, sizeof *inverse),
           *matrix = nr_alloc(w->n * w->n, sizeof *matrix);
    nearer_status status = inverse == NULL || matrix == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t i = 0; i < w->n && status == NEARER_OK; i++) {
        matrix[i * w->n + i] = 1;
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            matrix[i * w->n + w->to[p]] = -rho * w->weight[p];
    }
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    if (status == NEARER_OK) status = invert(inverse, matrix, w->n, err);
    gsl_set_error_handler(before);
    nr_free(matrix);
    if (status == NEARER_OK)
        *out = inverse;
    else
        nr_free(inverse);
    return status;
}
