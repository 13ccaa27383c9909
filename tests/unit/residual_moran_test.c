/* What least squares leaves out: residual_moran and lagrange. */
#include "cases/ring.h"

/* Moments of the residuals' I by what they are for normal errors: E e'We / e'e = tr(MW) / (n - k),
 * and tr(MWM(W + W')) + tr(MW)^2 over (n - k)(n - k + 2) for its square. */
static void moran_residual__has_the_moments_of_the_projection(void **state)
{
    (void)state;
    ring r;
    nr_fit *fit = NULL;
    nr_spatial_test t;
    double m[N][N], mw[N][N] = {{0}}, once = 0, twice = 0, s0 = 0;
    set_up(&r, false, false);
    assert_ok(nr_fit_new(&fit, &r.design, &err));
    assert_ok(nr_moran_residual(&t, fit, r.w, &err));
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            m[i][j] = i == j;
            for (size_t c = 0; c < K; c++) m[i][j] -= fit->influence[i * K + c] * r.x[j * K + c];
        }
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            s0 += nr_weights_at(r.w, i, j);
            for (size_t l = 0; l < N; l++) /* M times the symmetric part of W */
                mw[i][j] += m[i][l] * (nr_weights_at(r.w, l, j) + nr_weights_at(r.w, j, l)) / 2;
        }
    for (size_t i = 0; i < N; i++) {
        once += mw[i][i];
        for (size_t j = 0; j < N; j++) twice += mw[i][j] * mw[j][i];
    }
    double left = N - K, scale = N / s0, expectation = scale * once / left;
    assert_near(t.expectation, expectation, 1e-13);
    assert_near(t.variance,
                scale * scale * (2 * twice + once * once) / (left * (left + 2)) -
                    expectation * expectation,
                1e-13);
    nr_fit_free(fit);
    nr_weights_free(r.w);
}

/* With a constant alone and rows that sum to 1 a lag and an error are the same thing. */
static void lagrange__cannot_tell_lag_from_error_without_variables(void **state)
{
    (void)state;
    ring r;
    nr_fit *fit = NULL;
    nr_lagrange lm;
    const bool keep[N] = {true, true, true, true, true, true, true, true, true, true};
    double one[N];
    nr_weights *ten = NULL;
    set_up(&r, true, true);
    for (size_t i = 0; i < N; i++) one[i] = 1;
    assert_ok(nr_weights_among(&ten, r.w, keep, &err));
    assert_int_equal(ten->islands, 0);
    assert_ok(nr_fit_new(&fit, &(nr_design){r.y, one, 10, 1, NULL}, &err));
    assert_ok(nr_lagrange_tests(&lm, fit, r.y, ten, &err));
    assert_near(lm.lag.value, lm.error.value, 1e-10);
    assert_true(isnan(lm.robust_lag.value) && isnan(lm.robust_error.p) && isnan(lm.both.value));
    nr_fit_free(fit);
    nr_weights_free(ten);
    nr_weights_free(r.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moran_residual__has_the_moments_of_the_projection),
        cmocka_unit_test(lagrange__cannot_tell_lag_from_error_without_variables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
