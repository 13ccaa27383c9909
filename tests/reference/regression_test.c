/* Regressions of published data against R 4.2 (packages AER 1.2, plm 2.6, sandwich 3.0,
 * clubSandwich 0.5), whose figures are those of the textbooks named at each. */
#include "cases/drawn.h"
#include "reference/grunfeld.h"

#include "stats/covariance.h"
#include "stats/statistic.h"

static nearer_error err;

static void assert_close(double found, double published, const char *what)
{
    if (!(fabs(found - published) <= 1e-9 * fabs(published)))
        fail_msg("%s: %.17g was found, %.17g is published", what, found, published);
}

/* Klein 1950, Economic Fluctuations in the United States, 1920 to 1941 (Greene 2003, table F15.1):
 * consumption, profits, private wages, public wages, public spending, taxes, capital, product. */
static const double klein[22][8] = {
    {39.8, 12.7, 28.8, 2.2, 2.4, 3.4, 180.1, 44.9},
    {41.9, 12.4, 25.5, 2.7, 3.9, 7.7, 182.8, 45.6},
    {45.0, 16.9, 29.3, 2.9, 3.2, 3.9, 182.6, 50.1},
    {49.2, 18.4, 34.1, 2.9, 2.8, 4.7, 184.5, 57.2},
    {50.6, 19.4, 33.9, 3.1, 3.5, 3.8, 189.7, 57.1},
    {52.6, 20.1, 35.4, 3.2, 3.3, 5.5, 192.7, 61.0},
    {55.1, 19.6, 37.4, 3.3, 3.3, 7.0, 197.8, 64.0},
    {56.2, 19.8, 37.9, 3.6, 4.0, 6.7, 203.4, 64.4},
    {57.3, 21.1, 39.2, 3.7, 4.2, 4.2, 207.6, 64.5},
    {57.8, 21.7, 41.3, 4.0, 4.1, 4.0, 210.6, 67.0},
    {55.0, 15.6, 37.9, 4.2, 5.2, 7.7, 215.7, 61.2},
    {50.9, 11.4, 34.5, 4.8, 5.9, 7.5, 216.7, 53.4},
    {45.6, 7.0, 29.0, 5.3, 4.9, 8.3, 213.3, 44.3},
    {46.5, 11.2, 28.5, 5.6, 3.7, 5.4, 207.1, 45.1},
    {48.7, 12.3, 30.6, 6.0, 4.0, 6.8, 202.0, 49.7},
    {51.3, 14.0, 33.2, 6.1, 4.4, 7.2, 199.0, 54.4},
    {57.7, 17.6, 36.8, 7.4, 2.9, 8.3, 197.7, 62.7},
    {58.7, 17.3, 41.0, 6.7, 4.3, 6.7, 199.8, 65.0},
    {57.5, 15.3, 38.2, 7.7, 5.3, 7.4, 201.8, 60.9},
    {61.6, 19.0, 41.6, 7.8, 6.6, 8.9, 199.9, 69.5},
    {65.0, 21.1, 45.0, 8.0, 7.4, 9.6, 201.2, 75.7},
    {69.7, 23.5, 53.3, 8.5, 13.8, 11.6, 204.5, 88.4},
};

/* Consumption on profits and all wages, both endogenous, and last year's profits; by spending,
 * taxes, public wages, a trend, capital and last year's product (Greene 2003, table 15.3: 16.6,
 * 0.017, 0.216, 0.810). */
static void two_stages__of_klein_s_consumption(void **state)
{
    (void)state;
    double y[21], w[21 * 2], d[21 * 2], z[21 * 6], covariance[16];
    for (size_t i = 0; i < 21; i++) {
        const double *before = klein[i], *now = klein[i + 1];
        const double row[] = {now[4], now[5], now[3], (double)i - 10, now[6], before[7]};
        y[i] = now[0];
        w[2 * i] = 1;
        w[2 * i + 1] = before[1];
        d[2 * i] = now[1];
        d[2 * i + 1] = now[2] + now[3];
        memcpy(z + 6 * i, row, sizeof row);
    }
    static const double b[] = {16.554755765388272, 0.21623404048489922, 0.017302211799811947,
                               0.81018269759923833},
                        se[] = {1.4679786966279227, 0.11922167679951544, 0.13120458420214898,
                                0.044735056504976112},
                        hc0[] = {1.5497647539600548, 0.092488746178503778, 0.11098066074371156,
                                 0.048044886383589606};
    nr_iv *iv = NULL;
    assert_ok(nr_iv_new(&iv,
                        &(nr_iv_design){.y = y,
                                        .exogenous = w,
                                        .endogenous = d,
                                        .instruments = z,
                                        .n = 21,
                                        .m = 2,
                                        .p = 2,
                                        .q = 6},
                        &err));
    assert_ok(nr_covariance_hc(covariance, iv->fit, NR_CLASSICAL, &err));
    for (size_t c = 0; c < 4; c++) {
        assert_close(iv->fit->b[c], b[c], "coefficient");
        assert_close(sqrt(covariance[5 * c]), se[c], "standard error");
    }
    assert_ok(nr_covariance_hc(covariance, iv->fit, NR_HC0, &err));
    for (size_t c = 0; c < 4; c++) assert_close(sqrt(covariance[5 * c]), hc0[c], "HC0");
    assert_close(iv->fit->residual_sd, 1.1356585896062927, "residual spread");
    assert_close(iv->fit->r_squared, 0.97671068646990145, "R squared");
    assert_close(iv->first_stage[0].value, 2.9216309381360110, "F of profits");
    assert_close(iv->first_stage[0].p, 4.9666548866851359e-02, "p of profits");
    assert_close(iv->first_stage[1].value, 38.916285562651296, "F of wages");
    assert_true(iv->first_stage[1].df1 == 6 && iv->first_stage[1].df2 == 13);
    assert_close(iv->wu_hausman.value, 5.6032675052335961, "Wu-Hausman");
    assert_close(iv->wu_hausman.p, 1.5226932434886386e-02, "p of Wu-Hausman");
    assert_close(iv->sargan.value, 8.7715071855272573, "Sargan");
    assert_close(iv->sargan.p, 6.7071480913230438e-02, "p of Sargan");
    assert_true(iv->sargan.df1 == 4 && isinf(iv->sargan.df2));
    nr_iv_free(iv);
}

/* Investment on value and capital, of the rows kept. */
typedef struct panel {
    double y[FIRM_YEARS], x[FIRM_YEARS * 2];
    size_t firm[FIRM_YEARS], year[FIRM_YEARS], n;
} panel;

static void fill(panel *p, const size_t *left_out, size_t count)
{
    p->n = 0;
    for (size_t i = 0; i < FIRM_YEARS; i++) {
        bool kept = true;
        for (size_t k = 0; k < count; k++) kept = kept && left_out[k] != i + 1;
        if (!kept) continue;
        p->y[p->n] = grunfeld[i][0];
        p->x[2 * p->n] = grunfeld[i][1];
        p->x[2 * p->n + 1] = grunfeld[i][2];
        p->firm[p->n] = 100 - i / YEARS; /* any numbers will do */
        p->year[p->n++] = 1935 + i % YEARS;
    }
}

static void hold_panel(const panel *p, bool two_way, const double wanted[4], double degrees,
                       double r_squared)
{
    nr_fit *fit = NULL;
    double covariance[4];
    assert_ok(nr_fixed_effects(&fit, &(nr_design){.y = p->y, .x = p->x, .n = p->n, .k = 2}, p->firm,
                               two_way ? p->year : NULL, &err));
    assert_ok(nr_covariance_hc(covariance, fit, NR_CLASSICAL, &err));
    assert_near(fit->degrees, degrees, 0);
    for (size_t c = 0; c < 2; c++) {
        assert_close(fit->b[c], wanted[2 * c], "coefficient");
        assert_close(sqrt(covariance[3 * c]), wanted[2 * c + 1], "standard error");
    }
    if (!isnan(r_squared)) assert_close(fit->r_squared, r_squared, "R squared within");
    nr_fit_free(fit);
}

/* Baltagi 2001: 0.110 and 0.310; firms and years 0.118 and 0.358. Rows left out: R's lm with a
 * column a firm and a year. */
static void fixed_effects__of_grunfeld_s_firms(void **state)
{
    (void)state;
    static const double firms[] = {0.11012380412071845, 0.011856694214043837, 0.31006534130013874,
                                   0.017354502775552554},
                        both[] = {0.11771585508260646, 0.013751283003648231, 0.35791627307342738,
                                  0.022719010882572502},
                        gaps[] = {0.13675207566436093, 0.014029495025852330, 0.34214493826257392,
                                  0.022448843092917753};
    static const size_t left_out[] = {3, 27, 28, 60, 101, 140, 177, 190};
    panel p;
    fill(&p, NULL, 0);
    hold_panel(&p, false, firms, 188, 0.76675758374814040);
    hold_panel(&p, true, both, 169, 0.72014521292440614);
    fill(&p, left_out, 8);
    assert_int_equal(p.n, 192);
    hold_panel(&p, true, gaps, 161, NAN);
}

/* plm's vcovHC(method = "arellano", type = "HC0") has no factor: 10 / 9 * 199 / 198 is ours. */
static void fixed_effects__clustered_by_firm(void **state)
{
    (void)state;
    static const double one_way[] = {0.014342143712350326, 0.049792608723773134},
                        two_way[] = {0.0097120236868350664, 0.0429311089399738235};
    panel p;
    fill(&p, NULL, 0);
    for (int way = 0; way < 2; way++) {
        nr_fit *fit = NULL;
        double covariance[4], degrees[2], factor = sqrt(10.0 / 9 * 199 / 198);
        assert_ok(nr_fixed_effects(&fit, &(nr_design){.y = p.y, .x = p.x, .n = p.n, .k = 2}, p.firm,
                                   way == 0 ? NULL : p.year, &err));
        assert_ok(nr_covariance_cluster(covariance, degrees, fit, p.firm, NR_CR1, &err));
        for (size_t c = 0; c < 2; c++)
            assert_close(sqrt(covariance[3 * c]) / factor, (way == 0 ? one_way : two_way)[c],
                         "clustered");
        assert_near(degrees[0], 9, 0);
        nr_fit_free(fit);
    }
}

/* Investment on a constant, value and capital, the first n rows. */
static nr_fit *pooled(size_t n)
{
    static double x[FIRM_YEARS * 3], y[FIRM_YEARS];
    nr_fit *fit = NULL;
    for (size_t i = 0; i < n; i++) {
        y[i] = grunfeld[i][0];
        x[3 * i] = 1;
        x[3 * i + 1] = grunfeld[i][1];
        x[3 * i + 2] = grunfeld[i][2];
    }
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = y, .x = x, .n = n, .k = 3}, &err));
    return fit;
}

/* CR1: vcovCL; CR2 and its degrees: coef_test of clubSandwich (Pustejovsky and Tipton 2018). Ten
 * firms of 20 years, then eight spans of five years of two firms. */
static void clusters__have_the_errors_and_degrees_of_r(void **state)
{
    (void)state;
    static const struct {
        size_t n, size;
        double cr1[3], cr2[3], degrees[3];
    } cases[] = {{200,
                  20,
                  {20.425202928473897, 0.015894336687058763, 0.084967112635540076},
                  {25.607403771788054, 0.016245077780067788, 0.11046762091905070},
                  {6.3860934233545175, 2.3426164133927601, 2.8634846188297494}},
                 {40,
                  5,
                  {49.311131921564225, 0.017534442153687622, 0.055237711786124966},
                  {56.363797248786305, 0.019224796213309806, 0.072778980728425327},
                  {4.9121745200961389, 4.4669015774617371, 2.8663746456371144}}};
    for (size_t k = 0; k < 2; k++) {
        size_t cluster[FIRM_YEARS];
        double covariance[9], degrees[3];
        for (size_t i = 0; i < cases[k].n; i++) cluster[i] = i / cases[k].size;
        nr_fit *fit = pooled(cases[k].n);
        assert_ok(nr_covariance_cluster(covariance, NULL, fit, cluster, NR_CR1, &err));
        for (size_t c = 0; c < 3; c++)
            assert_close(sqrt(covariance[4 * c]), cases[k].cr1[c], "CR1");
        assert_ok(nr_covariance_cluster(covariance, degrees, fit, cluster, NR_CR2, &err));
        for (size_t c = 0; c < 3; c++) {
            assert_close(sqrt(covariance[4 * c]), cases[k].cr2[c], "CR2");
            assert_close(degrees[c], cases[k].degrees[c], "degrees");
        }
        nr_fit_free(fit);
    }
}

/* vcovCL of firm and year. */
static void two_way__clusters_of_firm_and_year(void **state)
{
    (void)state;
    static const double wanted[] = {19.716680683803034, 0.016395149450111585, 0.079543189287480331};
    size_t firm[FIRM_YEARS], year[FIRM_YEARS];
    double covariance[9], degrees[3];
    for (size_t i = 0; i < FIRM_YEARS; i++) {
        firm[i] = i / YEARS;
        year[i] = i % YEARS;
    }
    nr_fit *fit = pooled(FIRM_YEARS);
    assert_ok(nr_covariance_two_way(covariance, degrees, fit, firm, year, &err));
    for (size_t c = 0; c < 3; c++) assert_close(sqrt(covariance[4 * c]), wanted[c], "two-way");
    assert_near(degrees[0], 9, 0);
    nr_fit_free(fit);
}

/* NeweyWest(lag = 3, prewhite = FALSE) of the first firm; plm's vcovSCC(type = "HC0", maxlag = 2)
 * of the panel, within firms, then within firms and years. */
static void serial__errors_of_newey_west_and_driscoll_kraay(void **state)
{
    (void)state;
    static const double one_firm[] = {113.5948702890999, 0.029804124739135546,
                                      0.049285281552903459},
                        panels[2][2] = {{0.017686032718070552, 0.034820146873783465},
                                        {0.020436322948013338, 0.055810530625800908}};
    double covariance[9];
    panel p;
    fill(&p, NULL, 0);
    nr_fit *fit = pooled(YEARS);
    assert_ok(nr_covariance_serial(covariance, fit, p.year, 3, &err));
    for (size_t c = 0; c < 3; c++) assert_close(sqrt(covariance[4 * c]), one_firm[c], "one firm");
    nr_fit_free(fit);
    for (size_t way = 0; way < 2; way++) {
        assert_ok(nr_fixed_effects(&fit, &(nr_design){.y = p.y, .x = p.x, .n = p.n, .k = 2}, p.firm,
                                   way == 0 ? NULL : p.year, &err));
        assert_ok(nr_covariance_serial(covariance, fit, p.year, 2, &err));
        for (size_t c = 0; c < 2; c++)
            assert_close(sqrt(covariance[3 * c]), panels[way][c], "panel");
        nr_fit_free(fit);
    }
}

/* Eight spans of five years; all 256 signs, each with a regression of its own in R: 14, 6 and 4 of
 * them are as far out. */
static void wild__bootstrap_tries_all_signs_of_few_clusters(void **state)
{
    (void)state;
    static const double wanted[] = {14.0 / 256, 6.0 / 256, 4.0 / 256};
    size_t cluster[40];
    double p;
    for (size_t i = 0; i < 40; i++) cluster[i] = i / 5;
    nr_fit *fit = pooled(40);
    for (size_t c = 0; c < 3; c++) {
        assert_ok(nr_wild_p(&p, fit, c, cluster, 0, NULL, &err));
        assert_near(p, wanted[c], 0);
    }
    nr_fit_free(fit);
}

/* R's dfbeta and dfbetas of rows 1, 17 and 40. */
static void influence__is_that_of_r(void **state)
{
    (void)state;
    static const size_t rows[] = {0, 16, 39};
    static const double
        change[3][3] = {{-0.082662023294634318, -4.1277885573917391e-05, 0.00025040487806780382},
                        {5.5593614892619998, -1.5651687671612794e-03, -8.4354766351852871e-03},
                        {-6.3455236536768389, 2.0489580159184914e-03, -4.7173302552507282e-03}},
        scaled[3][3] = {{-0.0018835122618866876, -0.0027941857755609716, 0.0060359246499725322},
                        {0.1291715521060748662, -0.1080385012019885183, -0.2073433898221354044},
                        {-0.1457312409593107538, 0.1397956537312652625, -0.1146093584520450487}};
    double moved[120], over[120];
    nr_fit *fit = pooled(40);
    assert_ok(nr_influence(moved, over, fit, &err));
    for (size_t r = 0; r < 3; r++)
        for (size_t c = 0; c < 3; c++) {
            assert_close(moved[3 * rows[r] + c], change[r][c], "dfbeta");
            assert_close(over[3 * rows[r] + c], scaled[r][c], "dfbetas");
        }
    nr_fit_free(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_stages__of_klein_s_consumption),
        cmocka_unit_test(fixed_effects__of_grunfeld_s_firms),
        cmocka_unit_test(fixed_effects__clustered_by_firm),
        cmocka_unit_test(clusters__have_the_errors_and_degrees_of_r),
        cmocka_unit_test(two_way__clusters_of_firm_and_year),
        cmocka_unit_test(serial__errors_of_newey_west_and_driscoll_kraay),
        cmocka_unit_test(wild__bootstrap_tries_all_signs_of_few_clusters),
        cmocka_unit_test(influence__is_that_of_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
