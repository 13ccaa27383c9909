#include <math.h>

#include "base/memory.h"
#include "stats/autocorrelation.h"
#include "stats/statistic.h"

/* E G^2 of Getis and Ord (1992), m the sums of x, x^2, x^3, x^4; its coefficient B1 as corrected in
 * their 1993 erratum. */
static double square_expected(const nr_weight_sums *s, double n, const double m[4])
{
    double s02 = s->s0 * s->s0, s1 = s->s1, s2 = s->s2;
    double b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s02,
           b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s02),
           b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s02),
           b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s02, b4 = s1 - s2 + s02;
    double sum = b0 * m[1] * m[1] + b1 * m[3] + b2 * m[0] * m[0] * m[1] + b3 * m[0] * m[2] +
                 b4 * pow(m[0], 4);
    double pairs = m[0] * m[0] - m[1]; /* sum over i != j of x_i x_j */
    return sum / (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3));
}

nearer_status nr_getis_ord(nr_spatial_test *out, const double *x, const nr_weights *w,
                           nearer_error *err)
{
    nr_deviations d;
    nr_weight_sums s;
    nearer_status status = nr_deviations_of(&d, x, w, err);
    nr_free(d.z);
    NR_TRY(status);
    NR_TRY(nr_weights_sums(&s, w, err));
    double n = (double)w->n, sum = 0, m[4] = {0};
    for (size_t i = 0; i < w->n; i++) {
        if (x[i] < 0)
            return nr_fail(err, NEARER_VALUE,
                           "Getis and Ord's G: value %zu is %g, numbers from 0 were expected",
                           i + 1, x[i]);
        for (int power = 0; power < 4; power++) m[power] += pow(x[i], power + 1);
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++)
            sum += w->weight[p] * x[i] * x[w->to[p]];
    }
    if (!(m[0] * m[0] - m[1] > 1e-14 * m[1]))
        return nr_fail(err, NEARER_NODATA, "Getis and Ord's G needs 2 numbers above 0");
    double expectation = s.s0 / (n * (n - 1));
    *out = nr_spatial_test_of(sum / (m[0] * m[0] - m[1]), expectation,
                              square_expected(&s, n, m) - expectation * expectation);
    return NEARER_OK;
}

/* One row's sums of weights and of weights times x, the place itself among them for G*. */
static void row_sums(double *weight, double *square, double *value, const nr_weights *w,
                     const double *x, size_t i, bool star)
{
    /* a row that was standardised has one neighbour more to share its 1 with */
    double own = star ? 1 : 0, scale = 1;
    if (w->row_sum != NULL) scale = 1 / (w->row_sum[i] + own);
    *weight = own * scale;
    *square = own * scale * own * scale;
    *value = own * scale * x[i];
    for (size_t p = w->start[i]; p < w->start[i + 1]; p++) {
        double each = w->weight[p] * (w->row_sum == NULL ? 1 : w->row_sum[i] * scale);
        *weight += each;
        *square += each * each;
        *value += each * x[w->to[p]];
    }
}

nearer_status nr_getis_ord_local(double *out, const double *x, const nr_weights *w, bool star,
                                 nearer_error *err)
{
    nr_deviations d;
    nearer_status status = nr_deviations_of(&d, x, w, err);
    double sum = 0;
    for (size_t i = 0; i < w->n && status == NEARER_OK; i++) sum += x[i];
    for (size_t i = 0; i < w->n && status == NEARER_OK; i++) {
        double weight, square, value, m = (double)w->n - (star ? 0 : 1), mean = sum / (double)w->n,
                                      squares = d.squares;
        row_sums(&weight, &square, &value, w, x, i, star);
        if (!star) { /* mean and squares without the place */
            mean = (sum - x[i]) / m;
            squares -= d.z[i] * d.z[i] * (m + 1) / m;
        }
        double variance = squares / m * (m * square - weight * weight) / (m - 1);
        bool varies = squares > 1e-12 * d.squares && weight > 0 && m * square > weight * weight;
        out[i] = varies ? (value - mean * weight) / sqrt(variance) : NAN;
    }
    nr_free(d.z);
    return status;
}

const nr_statistic nr_statistic_getis_ord = {
    .id = "getis_ord",
    .title = "Getis and Ord's G: high values near each other; of a place: hot and cold spots",
    .formula = "G = sum w_ij x_i x_j / sum x_i x_j; G_i = (sum_j w_ij x_j - W_i mean x) / sd",
};
