/* Spatial statistics of Columbus (Anselin 1988) and of 120 points in China against R (spdep,
 * spatialreg; referee/statistics: spatial, conley), at the tolerances given there. */
#include "cases/drawn.h"
#include "referee/referee.h"

#include "base/geodesy.h"
#include "base/text.h"
#include "stats/autocorrelation.h"
#include "stats/spatial_models.h"

enum { TRACTS = 49, POINTS = 120 };

static double number_of(const nearer_table *table, size_t row, const char *column)
{
    const char *text = expected_text(table, row, column);
    double value;
    while (*text == ' ') text++;
    if (!nr_parse_number(text, &value)) fail_msg("'%s' is no number", text);
    return value;
}

/* Holds a value to a quantity of an expected.csv and its tolerance. */
static void hold(const nearer_table *wanted, double got, const char *format, ...)
{
    char quantity[100];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(quantity, sizeof quantity, format, arguments);
    va_end(arguments);
    for (size_t row = 0; row < nearer_table_rows(wanted); row++) {
        if (strcmp(expected_text(wanted, row, "quantity"), quantity) != 0) continue;
        double value = number_of(wanted, row, "value"), tolerance = number_of(wanted, row, "tol");
        if (!(fabs(got - value) <= tolerance * fabs(value)))
            fail_msg("%s: %.17g, %.17g was expected", quantity, got, value);
        return;
    }
    fail_msg("no quantity %s", quantity);
}

static void column(double *out, const nearer_table *table, const char *name)
{
    for (size_t row = 0; row < nearer_table_rows(table); row++)
        out[row] = number_of(table, row, name);
}

/* Queen contiguity of the tracts. */
static nr_weights *tracts(bool standardised)
{
    nearer_table *pairs = read_expected("statistics/spatial/columbus_nb.csv");
    size_t from[400], to[400], count = nearer_table_rows(pairs);
    for (size_t p = 0; p < count; p++) {
        from[p] = (size_t)number_of(pairs, p, "i") - 1;
        to[p] = (size_t)number_of(pairs, p, "j") - 1;
    }
    nearer_table_free(pairs);
    nr_weights *w = NULL;
    assert_ok(nr_weights_pairs(&w, TRACTS, from, to, NULL, count, &err));
    if (standardised) assert_ok(nr_weights_standardise(w, &err));
    assert_int_equal(w->islands, 0);
    return w;
}

static void autocorrelation__of_columbus_is_that_of_spdep(void **state)
{
    (void)state;
    skip_without_referee();
    static const char *const variables[] = {"CRIME", "INC", "HOVAL"};
    nearer_table *columbus = read_expected("statistics/spatial/columbus.csv"),
                 *wanted = read_expected("statistics/spatial/columbus_expected.csv");
    for (int v = 0; v < 3; v++)
        for (int standardised = 0; standardised < 2; standardised++) {
            nr_weights *w = tracts(standardised);
            double x[TRACTS];
            column(x, columbus, variables[v]);
            for (int null = NR_NORMALITY; null <= NR_RANDOMISATION; null++) {
                char name[50];
                nr_spatial_test t;
                snprintf(name, sizeof name, "%s_%s_%s", variables[v], standardised ? "W" : "B",
                         null == NR_NORMALITY ? "norm" : "rand");
                assert_ok(nr_moran(&t, x, w, (nr_null)null, &err));
                hold(wanted, t.value, "moran_%s_I", name);
                hold(wanted, t.expectation, "moran_%s_E", name);
                hold(wanted, t.variance, "moran_%s_Var", name);
                hold(wanted, t.z, "moran_%s_z", name);
                hold(wanted, t.p / 2, "moran_%s_p_greater", name);
                assert_ok(nr_geary(&t, x, w, (nr_null)null, &err));
                hold(wanted, t.value, "geary_%s_C", name);
                hold(wanted, t.variance, "geary_%s_Var", name);
                hold(wanted, -t.z, "geary_%s_z", name); /* spdep: z above 0 where alike */
            }
            nr_weights_free(w);
        }
    nearer_table_free(columbus);
    nearer_table_free(wanted);
}

static void getis_ord__of_columbus_is_that_of_spdep(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *columbus = read_expected("statistics/spatial/columbus.csv"),
                 *wanted = read_expected("statistics/spatial/columbus_expected.csv");
    nr_weights *w = tracts(false);
    double crime[TRACTS];
    nr_spatial_test t;
    column(crime, columbus, "CRIME");
    assert_ok(nr_getis_ord(&t, crime, w, &err));
    hold(wanted, t.value, "globalG_CRIME_B");
    hold(wanted, t.z, "globalG_CRIME_B_z");
    nr_weights_free(w);
    nearer_table_free(columbus);
    nearer_table_free(wanted);
}

static void near(double got, double wanted, size_t row, const char *what)
{
    if (!(fabs(got - wanted) <= 1e-9 * fabs(wanted) + 1e-15))
        fail_msg("tract %zu: %s: %.17g, %.17g was expected", row + 1, what, got, wanted);
}

static void local__figures_of_columbus_are_those_of_spdep(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *columbus = read_expected("statistics/spatial/columbus.csv"),
                 *wanted = read_expected("statistics/spatial/columbus_local_expected.csv");
    nr_weights *w = tracts(true);
    double crime[TRACTS], g[TRACTS], star[TRACTS], sum = 0;
    nr_local_moran local[TRACTS];
    nr_spatial_test whole;
    column(crime, columbus, "CRIME");
    assert_ok(nr_moran_local(local, crime, w, 0, NULL, &err));
    assert_ok(nr_getis_ord_local(g, crime, w, false, &err));
    assert_ok(nr_getis_ord_local(star, crime, w, true, &err));
    for (size_t i = 0; i < TRACTS; i++) {
        near(local[i].test.value, number_of(wanted, i, "Ii"), i, "I");
        near(local[i].test.expectation, number_of(wanted, i, "E_cond"), i, "E");
        near(local[i].test.variance, number_of(wanted, i, "Var_cond"), i, "Var");
        near(local[i].test.z, number_of(wanted, i, "Z_cond"), i, "z");
        near(g[i], number_of(wanted, i, "G_z"), i, "G");
        near(star[i], number_of(wanted, i, "Gstar_z"), i, "G*");
        sum += local[i].test.value;
    }
    assert_ok(nr_moran(&whole, crime, w, NR_NORMALITY, &err));
    assert_near(sum / TRACTS, whole.value, 1e-14);
    nr_weights_free(w);
    nearer_table_free(columbus);
    nearer_table_free(wanted);
}

typedef struct regression {
    nearer_table *wanted;
    nr_weights *w;
    double y[TRACTS], x[TRACTS * 3];
    nr_design design;
} regression;

static const char *const names[] = {"(Intercept)", "INC", "HOVAL"};

static void set_up(regression *r)
{
    nearer_table *columbus = read_expected("statistics/spatial/columbus.csv");
    r->wanted = read_expected("statistics/spatial/columbus_expected.csv");
    r->w = tracts(true);
    column(r->y, columbus, "CRIME");
    for (size_t i = 0; i < TRACTS; i++) {
        r->x[3 * i] = 1;
        r->x[3 * i + 1] = number_of(columbus, i, "INC");
        r->x[3 * i + 2] = number_of(columbus, i, "HOVAL");
    }
    r->design = (nr_design){r->y, r->x, TRACTS, 3, names};
    nearer_table_free(columbus);
}

static void tear_down(regression *r)
{
    nr_weights_free(r->w);
    nearer_table_free(r->wanted);
}

static void residuals__of_columbus_are_tested_as_by_spdep(void **state)
{
    (void)state;
    skip_without_referee();
    regression r;
    nr_fit *fit = NULL;
    nr_spatial_test moran;
    nr_lagrange lm;
    set_up(&r);
    assert_ok(nr_fit_new(&fit, &r.design, &err));
    assert_ok(nr_moran_residual(&moran, fit, r.w, &err));
    hold(r.wanted, moran.value, "lm_moran_I");
    hold(r.wanted, moran.expectation, "lm_moran_E");
    hold(r.wanted, moran.variance, "lm_moran_Var");
    hold(r.wanted, moran.z, "lm_moran_z");
    hold(r.wanted, moran.p, "lm_moran_p2");
    assert_ok(nr_lagrange_tests(&lm, fit, r.y, r.w, &err));
    const struct {
        const char *name;
        nr_test test;
    } tests[] = {{"LMerr", lm.error},
                 {"LMlag", lm.lag},
                 {"RLMerr", lm.robust_error},
                 {"RLMlag", lm.robust_lag},
                 {"SARMA", lm.both}};
    for (int t = 0; t < 5; t++) {
        hold(r.wanted, tests[t].test.value, "LM_%s_stat", tests[t].name);
        hold(r.wanted, tests[t].test.p, "LM_%s_p", tests[t].name);
    }
    nr_fit_free(fit);
    tear_down(&r);
}

static void spatial_lag__of_columbus_is_that_of_spatialreg(void **state)
{
    (void)state;
    skip_without_referee();
    regression r;
    nr_spatial_fit *fit = NULL;
    nr_impact impacts[3];
    set_up(&r);
    assert_ok(nr_spatial_fit_new(&fit, NR_SPATIAL_LAG, &r.design, r.w, &err));
    hold(r.wanted, fit->spatial.value, "sar_rho");
    hold(r.wanted, fit->spatial.std_error, "sar_se_rho");
    hold(r.wanted, fit->log_likelihood, "sar_logLik");
    hold(r.wanted, fit->variance, "sar_s2");
    for (size_t c = 0; c < 3; c++) {
        hold(r.wanted, fit->b[c].value, "sar_%s", names[c]);
        hold(r.wanted, fit->b[c].std_error, "sar_se_%s", names[c]);
    }
    assert_ok(nr_spatial_impacts(impacts, fit, r.w, &err));
    for (size_t c = 1; c < 3; c++) {
        hold(r.wanted, impacts[c].direct.value, "sar_impact_direct_%s", names[c]);
        hold(r.wanted, impacts[c].indirect.value, "sar_impact_indirect_%s", names[c]);
        hold(r.wanted, impacts[c].total.value, "sar_impact_total_%s", names[c]);
    }
    nr_spatial_fit_free(fit);
    fit = NULL;
    assert_ok(nr_spatial_fit_new(&fit, NR_SPATIAL_DURBIN, &r.design, r.w, &err));
    hold(r.wanted, fit->spatial.value, "sdm_rho");
    hold(r.wanted, fit->log_likelihood, "sdm_logLik");
    nr_spatial_fit_free(fit);
    tear_down(&r);
}

static void spatial_error__of_columbus_is_that_of_spatialreg(void **state)
{
    (void)state;
    skip_without_referee();
    regression r;
    nr_spatial_fit *fit = NULL;
    set_up(&r);
    assert_ok(nr_spatial_fit_new(&fit, NR_SPATIAL_ERROR, &r.design, r.w, &err));
    hold(r.wanted, fit->spatial.value, "sem_lambda");
    hold(r.wanted, fit->spatial.std_error, "sem_se_lambda");
    hold(r.wanted, fit->log_likelihood, "sem_logLik");
    hold(r.wanted, fit->variance, "sem_s2");
    for (size_t c = 0; c < 3; c++) hold(r.wanted, fit->b[c].value, "sem_%s", names[c]);
    nr_spatial_fit_free(fit);
    tear_down(&r);
}

/* Two stages: the neighbours' outcome by way of the neighbours' variables and those of theirs
 * (Kelejian and Prucha 1998), nothing but weights and nr_iv. */
static void spatial_two_stages__of_columbus_are_those_of_spatialreg(void **state)
{
    (void)state;
    skip_without_referee();
    regression r;
    nr_iv *iv = NULL;
    double lagged[TRACTS], one[TRACTS], two[TRACTS], instruments[TRACTS * 4];
    set_up(&r);
    nr_weights_lag(lagged, r.w, r.y);
    for (size_t c = 0; c < 2; c++) {
        for (size_t i = 0; i < TRACTS; i++) two[i] = r.x[3 * i + 1 + c];
        nr_weights_lag(one, r.w, two);
        nr_weights_lag(two, r.w, one);
        for (size_t i = 0; i < TRACTS; i++) {
            instruments[4 * i + c] = one[i];
            instruments[4 * i + 2 + c] = two[i];
        }
    }
    const nr_iv_design design = {r.y, r.x, lagged, instruments, TRACTS, 3, 1, 4};
    assert_ok(nr_iv_new(&iv, &design, &err));
    for (size_t c = 0; c < 3; c++) hold(r.wanted, iv->fit->b[c], "stsls_%s", names[c]);
    hold(r.wanted, iv->fit->b[3], "stsls_Rho");
    nr_iv_free(iv);
    tear_down(&r);
}

static double sphere_km(const void *context, size_t from, size_t to)
{
    const nr_lonlat *places = context;
    return nr_sphere_km(places[from], places[to]);
}

static double geodesic_km(const void *context, size_t from, size_t to)
{
    const nr_lonlat *places = context;
    return nr_geodesic_km(places[from], places[to]);
}

static void weights__by_distance_are_those_of_spdep(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *data = read_expected("statistics/conley/data.csv"),
                 *wanted = read_expected("statistics/conley/expected.csv");
    nr_lonlat places[POINTS];
    double y[POINTS];
    nr_weights *w = NULL;
    nr_spatial_test t;
    column(y, data, "y");
    for (size_t i = 0; i < POINTS; i++)
        places[i] = (nr_lonlat){number_of(data, i, "lon"), number_of(data, i, "lat")};
    assert_ok(nr_weights_band(&w, sphere_km, places, POINTS, 500, &err));
    assert_ok(nr_weights_standardise(w, &err));
    hold(wanted, (double)w->islands, "n_islands_500km");
    assert_ok(nr_moran(&t, y, w, NR_RANDOMISATION, &err));
    hold(wanted, t.value, "moran_y_band500_W");
    hold(wanted, t.z, "moran_y_z_rand");
    nr_weights_free(w);
    w = NULL;
    assert_ok(nr_weights_nearest(&w, geodesic_km, places, POINTS, 6, &err));
    assert_ok(nr_weights_standardise(w, &err));
    assert_int_equal(w->count, 6 * POINTS);
    assert_ok(nr_moran(&t, y, w, NR_RANDOMISATION, &err));
    hold(wanted, t.value, "moran_y_knn6_W");
    hold(wanted, t.z, "moran_y_knn6_z");
    nr_weights_free(w);
    nearer_table_free(data);
    nearer_table_free(wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(autocorrelation__of_columbus_is_that_of_spdep),
        cmocka_unit_test(getis_ord__of_columbus_is_that_of_spdep),
        cmocka_unit_test(local__figures_of_columbus_are_those_of_spdep),
        cmocka_unit_test(residuals__of_columbus_are_tested_as_by_spdep),
        cmocka_unit_test(spatial_lag__of_columbus_is_that_of_spatialreg),
        cmocka_unit_test(spatial_error__of_columbus_is_that_of_spatialreg),
        cmocka_unit_test(spatial_two_stages__of_columbus_are_those_of_spatialreg),
        cmocka_unit_test(weights__by_distance_are_those_of_spdep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
