/* Published figures of small data sets, each with its source. */
#include "cases/drawn.h"

#include "access/decay.h"
#include "stats/statistic.h"

static nearer_error err;

/* Hollander and Wolfe 1973, Nonparametric Statistical Methods, p. 187: Hunter L measure of tuna
 * and its rating by a panel. r, its 95 % interval and p: R's example of cor.test (r 0.5711816,
 * -0.1497426 to 0.8955795, p 0.1082); Spearman's S 48, rho 0.6, p 0.0968 and Kendall's T 26, tau
 * 0.4444444, p 0.1194 of all orders: the same page. */
static void correlations__are_those_published_of_tuna(void **state)
{
    (void)state;
    const double x[] = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1},
                 y[] = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8};
    nr_estimate r, rho, tau;
    assert_ok(nr_pearson(&r, x, y, 9, &err));
    assert_near(r.value, 0.5711816, 5e-8);
    assert_near(r.low, -0.1497426, 5e-8);
    assert_near(r.high, 0.8955795, 5e-8);
    assert_near(r.p, 0.1082, 5e-5);
    assert_ok(nr_spearman(&rho, x, y, 9, &err));
    assert_near(rho.value, 0.6, 1e-14);
    assert_near(rho.p, 0.0968, 5e-5);
    assert_ok(nr_kendall(&tau, x, y, 9, &err));
    assert_near(tau.value, 4.0 / 9, 1e-14);
    assert_near(tau.p, 0.1194, 5e-5);
}

/* Anscombe 1973, Graphs in statistical analysis, The American Statistician 27, 17-21: four sets
 * with y = 3.00 + 0.500 x and r squared 0.67 as printed there. */
static void ols__is_that_published_of_anscombe(void **state)
{
    (void)state;
    static const double same[11] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5},
                        fourth[11] = {8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8};
    static const double y[4][11] = {
        {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68},
        {9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74},
        {7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73},
        {6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89}};
    for (size_t s = 0; s < 4; s++) {
        const double *at = s < 3 ? same : fourth;
        double x[22], r_squared;
        nr_estimate b[2], r;
        for (size_t i = 0; i < 11; i++) {
            x[2 * i] = 1;
            x[2 * i + 1] = at[i];
        }
        assert_ok(nr_ols(b, &r_squared, y[s], x, 11, 2, &err));
        assert_near(b[0].value, 3.00, 0.005);
        assert_near(b[1].value, 0.500, 0.0005);
        assert_near(r_squared, 0.67, 0.005);
        assert_ok(nr_pearson(&r, at, y[s], 11, &err));
        assert_near(r.value * r.value, r_squared, 1e-14);
    }
}

/* Weights of R's package accessibility 1.4 (Pereira and Herszenhut, IPEA) with the same
 * parameters: decay_binary(30), decay_linear(60), decay_exponential(0.02), decay_power(0.5),
 * decay_logistic(30, 10); 0, 15, 30, 60 and 120 minutes. By hand: 1 - 15/60; e^-0.3; 15^-0.5;
 * 1 / (1 + e^(-15 * 0.18138)) to the scaling 1 + e^-5.4414. */
static void decay_weight__follows_the_conventions_of_r_accessibility(void **state)
{
    (void)state;
    static const double minutes[5] = {0, 15, 30, 60, 120};
    static const struct {
        const char *decay;
        double weight[5];
    } rows[] = {
        {"binary:30", {1, 1, 1, 0, 0}},
        {"linear:60", {1, 0.75, 0.5, 0, 0}},
        {"exponential:0.02",
         {1, 0.740818220681718, 0.548811636094026, 0.301194211912202, 0.0907179532894125}},
        {"power:0.5",
         {1, 0.258198889747161, 0.182574185835055, 0.129099444873581, 0.0912870929175277}},
        {"logistic:30,10",
         {1, 0.942302830380697, 0.502166710254992, 0.00433342050998313, 8.17279080833211e-08}},
    };
    nr_decay decay;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        for (size_t i = 0; i < 5; i++) {
            assert_ok(nr_decay_parse(&decay, rows[k].decay, &err));
            assert_near(nr_decay_weight(&decay, minutes[i]), rows[k].weight[i], 1e-14);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(correlations__are_those_published_of_tuna),
        cmocka_unit_test(ols__is_that_published_of_anscombe),
        cmocka_unit_test(decay_weight__follows_the_conventions_of_r_accessibility),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
