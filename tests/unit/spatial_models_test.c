#include "cases/ring.h"

#include "base/memory.h"
#include "stats/spatial_fit.h"

static void spectrum__has_the_traces_of_the_inverse(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        ring r;
        nr_spectrum s;
        double *inverse = NULL, trace = 0, near = 0;
        set_up(&r, kind % 2 == 0, kind < 2);
        assert_ok(nr_spectrum_init(&s, r.w, &err));
        assert_true(s.low < 0 && s.high > 0);
        if (kind < 2) assert_near(s.high, 1, 1e-12); /* rows sum to 1 */
        double rho = 0.6 * s.high;
        assert_ok(nr_spatial_inverse(&inverse, r.w, rho, &err));
        for (size_t i = 0; i < N; i++) {
            trace += inverse[i * N + i];
            for (size_t p = r.w->start[i]; p < r.w->start[i + 1]; p++)
                near += r.w->weight[p] * inverse[r.w->to[p] * N + i];
        }
        assert_near(nr_spectrum_trace(&s, rho, 0, 1), trace, 1e-10);
        assert_near(nr_spectrum_trace(&s, rho, 1, 1), near, 1e-10);
        /* d log |I - rho W| / drho = -tr(W (I - rho W)^-1) */
        double h = 1e-5, slope = (nr_spectrum_log_determinant(&s, rho + h) -
                                  nr_spectrum_log_determinant(&s, rho - h)) /
                                 (2 * h);
        assert_near(slope, -near, 1e-6);
        assert_near(nr_spectrum_log_determinant(&s, 0), 0, 1e-12);
        nr_free(inverse);
        nr_spectrum_clear(&s);
        nr_weights_free(r.w);
    }
}

/* log of the determinant by elimination, for what does not hang on eigenvalues. */
static double log_determinant(const nr_weights *w, double rho)
{
    double a[N][N] = {{0}}, sum = 0;
    for (size_t i = 0; i < N; i++) {
        a[i][i] = 1;
        for (size_t p = w->start[i]; p < w->start[i + 1]; p++) a[i][w->to[p]] = -rho * w->weight[p];
    }
    for (size_t c = 0; c < N; c++) { /* rows lead by their diagonal for |rho| < 1 */
        sum += log(fabs(a[c][c]));
        for (size_t i = c + 1; i < N; i++) {
            double factor = a[i][c] / a[c][c];
            for (size_t j = c; j < N; j++) a[i][j] -= factor * a[c][j];
        }
    }
    return sum;
}

/* The likelihood at any rho, b and variance, from its definition. */
static double likelihood(const ring *r, nr_spatial_kind kind, double rho, const double *b,
                         double variance)
{
    double u[N], lagged[N], squares = 0;
    for (size_t i = 0; i < N; i++)
        u[i] = r->y[i] - (kind == NR_SPATIAL_ERROR ? b[0] + b[1] * r->x[2 * i + 1] : 0);
    nr_weights_lag(lagged, r->w, u);
    for (size_t i = 0; i < N; i++) {
        double e = u[i] - rho * lagged[i];
        if (kind == NR_SPATIAL_LAG) e -= b[0] + b[1] * r->x[2 * i + 1];
        squares += e * e;
    }
    return -N / 2.0 * log(2 * 3.14159265358979323846 * variance) - squares / (2 * variance) +
           log_determinant(r->w, rho);
}

/* No step away from the estimates is more likely. */
static void spatial_fit__is_where_the_likelihood_is_highest(void **state)
{
    (void)state;
    for (int symmetric = 0; symmetric < 2; symmetric++)
        for (int error = 0; error < 2; error++) {
            nr_spatial_kind kind = error ? NR_SPATIAL_ERROR : NR_SPATIAL_LAG;
            ring r;
            nr_spatial_fit *fit = NULL;
            set_up(&r, symmetric, true);
            assert_ok(nr_spatial_fit_new(&fit, kind, &r.design, r.w, &err));
            double b[K] = {fit->b[0].value, fit->b[1].value}, rho = fit->spatial.value;
            double best = likelihood(&r, kind, rho, b, fit->variance);
            assert_near(fit->log_likelihood, best, 1e-9);
            for (int sign = -1; sign <= 1; sign += 2) {
                double h = sign * 1e-4, b0[K] = {b[0] + h, b[1]}, b1[K] = {b[0], b[1] + h};
                assert_true(likelihood(&r, kind, rho + h, b, fit->variance) < best);
                assert_true(likelihood(&r, kind, rho, b0, fit->variance) < best);
                assert_true(likelihood(&r, kind, rho, b1, fit->variance) < best);
                assert_true(likelihood(&r, kind, rho, b, fit->variance * (1 + h)) < best);
            }
            assert_true(fit->ratio.value >= 0 && fit->ratio.df1 == 1);
            assert_true(fit->low < rho && rho < fit->high);
            nr_spatial_fit_free(fit);
            nr_weights_free(r.w);
        }
}

/* In the error model b has the covariance of generalised least squares and knows nothing of
 * lambda. */
static void spatial_error__has_the_errors_of_generalised_least_squares(void **state)
{
    (void)state;
    ring r;
    nr_spatial_fit *fit = NULL;
    nr_impact impacts[K];
    double lagged[N], column[N], y[N], x[N * K];
    set_up(&r, false, true);
    assert_ok(nr_spatial_fit_new(&fit, NR_SPATIAL_ERROR, &r.design, r.w, &err));
    nr_weights_lag(lagged, r.w, r.y);
    for (size_t i = 0; i < N; i++) y[i] = r.y[i] - fit->spatial.value * lagged[i];
    for (size_t c = 0; c < K; c++) {
        for (size_t i = 0; i < N; i++) column[i] = r.x[K * i + c];
        nr_weights_lag(lagged, r.w, column);
        for (size_t i = 0; i < N; i++) x[K * i + c] = column[i] - fit->spatial.value * lagged[i];
    }
    nr_fit *plain = NULL;
    assert_ok(nr_fit_new(&plain, &(nr_design){y, x, N, K, NULL}, &err));
    for (size_t c = 0; c < K; c++) {
        assert_near(fit->b[c].value, plain->b[c], 1e-9);
        assert_near(fit->b[c].std_error, sqrt(plain->inverse[c * K + c] * plain->rss / N), 1e-9);
        assert_near(fit->covariance[1 + c], 0, 0);
    }
    assert_ok(nr_spatial_impacts(impacts, fit, r.w, &err));
    assert_near(impacts[1].direct.value, fit->b[1].value, 0);
    assert_near(impacts[1].direct.std_error, fit->b[1].std_error, 1e-15);
    assert_near(impacts[1].indirect.value, 0, 0);
    nr_fit_free(plain);
    nr_spatial_fit_free(fit);
    nr_weights_free(r.w);
}

/* Impacts from their definition: the mean of the diagonal and of the row sums of (I - rho W)^-1 (b
 * I
 * + c W), and their standard errors from differences. */
static void impacts__are_those_of_the_whole_matrix(void **state)
{
    (void)state;
    ring r;
    nr_spatial_fit *fit = NULL;
    nr_impact impacts[K], up[K], down[K];
    double *inverse = NULL, diagonal = 0, all = 0, h = 1e-5;
    set_up(&r, false, true);
    assert_ok(nr_spatial_fit_new(&fit, NR_SPATIAL_DURBIN, &r.design, r.w, &err));
    assert_int_equal(fit->k, 3); /* the constant has no lag */
    assert_true(fit->lag_of[0] == 0 && fit->lag_of[1] == 2);
    assert_ok(nr_spatial_impacts(impacts, fit, r.w, &err));
    assert_ok(nr_spatial_inverse(&inverse, r.w, fit->spatial.value, &err));
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            double s = inverse[i * N + j] * fit->b[1].value;
            for (size_t m = 0; m < N; m++)
                s += inverse[i * N + m] * nr_weights_at(r.w, m, j) * fit->b[2].value;
            all += s / N;
            if (i == j) diagonal += s / N;
        }
    nr_free(inverse);
    assert_near(impacts[1].direct.value, diagonal, 1e-12);
    assert_near(impacts[1].total.value, all, 1e-12);
    assert_near(impacts[1].indirect.value, all - diagonal, 1e-12);
    assert_true(isnan(impacts[0].direct.value) && isnan(impacts[0].total.std_error));

    double *parameter[3] = {&fit->spatial.value, &fit->b[1].value, &fit->b[2].value}, direct[3],
           total[3], indirect[3], variance[3] = {0};
    const size_t at[3] = {0, 2, 3};
    for (int p = 0; p < 3; p++) {
        double kept = *parameter[p];
        *parameter[p] = kept + h;
        assert_ok(nr_spatial_impacts(up, fit, r.w, &err));
        *parameter[p] = kept - h;
        assert_ok(nr_spatial_impacts(down, fit, r.w, &err));
        *parameter[p] = kept;
        direct[p] = (up[1].direct.value - down[1].direct.value) / (2 * h);
        indirect[p] = (up[1].indirect.value - down[1].indirect.value) / (2 * h);
        total[p] = (up[1].total.value - down[1].total.value) / (2 * h);
    }
    for (int p = 0; p < 3; p++)
        for (int q = 0; q < 3; q++) {
            double c = fit->covariance[at[p] * 4 + at[q]];
            variance[0] += direct[p] * direct[q] * c;
            variance[1] += indirect[p] * indirect[q] * c;
            variance[2] += total[p] * total[q] * c;
        }
    assert_near(impacts[1].direct.std_error / sqrt(variance[0]), 1, 1e-5);
    assert_near(impacts[1].indirect.std_error / sqrt(variance[1]), 1, 1e-5);
    assert_near(impacts[1].total.std_error / sqrt(variance[2]), 1, 1e-5);
    nr_spatial_fit_free(fit);
    nr_weights_free(r.w);
}

static void spatial_models__refuse_what_they_cannot_fit(void **state)
{
    (void)state;
    ring r;
    nr_weights *alone = NULL, *few = NULL;
    nr_fit *fit = NULL, *exact = NULL;
    nr_spatial_fit *spatial = NULL;
    nr_spatial_test t;
    nr_lagrange lm;
    const bool keep[N] = {true, true, true, true, true};
    set_up(&r, true, true);
    assert_ok(nr_weights_pairs(&alone, N, NULL, NULL, NULL, 0, &err));
    assert_ok(nr_weights_among(&few, r.w, keep, &err));
    assert_ok(nr_fit_new(&fit, &r.design, &err));
    assert_fails(nr_moran_residual(&t, fit, alone, &err), NEARER_NODATA, "all 24 places");
    assert_fails(nr_moran_residual(&t, fit, few, &err), NEARER_VALUE, "5 places for a regression");
    assert_fails(nr_lagrange_tests(&lm, fit, r.y, few, &err), NEARER_VALUE, "5 places");
    assert_fails(nr_spatial_fit_new(&spatial, NR_SPATIAL_LAG, &r.design, few, &err), NEARER_VALUE,
                 "5 places");
    assert_fails(nr_spatial_fit_new(&spatial, NR_SPATIAL_ERROR, &r.design, alone, &err),
                 NEARER_NODATA, "islands");
    nr_design small = {r.y, r.x, 2, K, NULL};
    nr_weights *two = NULL;
    assert_ok(nr_weights_among(&two, r.w, (const bool[N]){true, true}, &err));
    assert_fails(nr_spatial_fit_new(&spatial, NR_SPATIAL_LAG, &small, two, &err), NEARER_NODATA,
                 "2 ");
    double missing[N];
    memcpy(missing, r.y, sizeof missing);
    missing[6] = NAN;
    nr_design unknown = {missing, r.x, N, K, NULL};
    assert_fails(nr_spatial_fit_new(&spatial, NR_SPATIAL_LAG, &unknown, r.w, &err), NEARER_VALUE,
                 "7");
    for (size_t i = 0; i < N; i++) missing[i] = 4 - r.x[2 * i + 1];
    assert_ok(nr_fit_new(&exact, &unknown, &err));
    assert_fails(nr_moran_residual(&t, exact, r.w, &err), NEARER_NODATA, "all 0");
    assert_fails(nr_spatial_fit_new(&spatial, NR_SPATIAL_ERROR, &unknown, r.w, &err), NEARER_NODATA,
                 "all 0");
    assert_null(spatial);
    nr_fit_free(fit);
    nr_fit_free(exact);
    nr_weights_free(two);
    nr_weights_free(few);
    nr_weights_free(alone);
    nr_weights_free(r.w);
}

/* Each place has twice of the one before it: without a way back nothing bounds rho, and 2 lies
 * beyond where neighbours' neighbours fade. */
static void spatial_lag__without_a_maximum_is_said(void **state)
{
    (void)state;
    size_t from[15], to[15];
    double y[16] = {1}, one[16];
    for (size_t i = 0; i < 16; i++) {
        one[i] = 1;
        if (i == 0) continue;
        from[i - 1] = i;
        to[i - 1] = i - 1;
        y[i] = 2 * y[i - 1] + sin(5.0 * (double)i);
    }
    nr_weights *w = NULL;
    nr_spatial_fit *fit = NULL;
    assert_ok(nr_weights_pairs(&w, 16, from, to, NULL, 15, &err));
    assert_fails(
        nr_spatial_fit_new(&fit, NR_SPATIAL_LAG, &(nr_design){y, one, 16, 1, NULL}, w, &err),
        NEARER_NODATA, "no maximum between -1 and 1");
    assert_null(fit);
    nr_weights_free(w);
}

static nearer_status ask_all(const ring *r)
{
    nr_fit *fit = NULL;
    nr_spatial_fit *spatial = NULL;
    nr_spatial_test t;
    nr_lagrange lm;
    nr_impact impacts[K];
    nearer_status status = nr_fit_new(&fit, &r->design, &err);
    if (status == NEARER_OK) status = nr_moran_residual(&t, fit, r->w, &err);
    if (status == NEARER_OK) status = nr_lagrange_tests(&lm, fit, r->y, r->w, &err);
    nr_fit_free(fit);
    NR_TRY(status);
    NR_TRY(nr_spatial_fit_new(&spatial, NR_SPATIAL_DURBIN, &r->design, r->w, &err));
    status = nr_spatial_impacts(impacts, spatial, r->w, &err);
    nr_spatial_fit_free(spatial);
    NR_TRY(status);
    NR_TRY(nr_spatial_fit_new(&spatial, NR_SPATIAL_ERROR, &r->design, r->w, &err));
    nr_spatial_fit_free(spatial);
    return NEARER_OK;
}

static void spatial_models__say_when_there_is_no_memory(void **state)
{
    (void)state;
    ring r;
    nearer_status status = NEARER_MEMORY;
    set_up(&r, true, true);
    long allowed = 0;
    for (; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = ask_all(&r);
    }
    nr_fail_allocation_after(-1);
    assert_int_equal(status, NEARER_OK);
    assert_true(allowed > 50);
    nr_weights_free(r.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spectrum__has_the_traces_of_the_inverse),
        cmocka_unit_test(spatial_fit__is_where_the_likelihood_is_highest),
        cmocka_unit_test(spatial_error__has_the_errors_of_generalised_least_squares),
        cmocka_unit_test(impacts__are_those_of_the_whole_matrix),
        cmocka_unit_test(spatial_models__refuse_what_they_cannot_fit),
        cmocka_unit_test(spatial_lag__without_a_maximum_is_said),
        cmocka_unit_test(spatial_models__say_when_there_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
