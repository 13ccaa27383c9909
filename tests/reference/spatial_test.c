/* Published figures small enough to type. */
#include "cases/drawn.h"

#include "stats/autocorrelation.h"
#include "stats/convergence.h"

static nearer_error err;

/* PySAL (esda, tests of Moran): 1 .. 9 on a lattice of 3 x 3 joined by edges, binary: variances
 * 0.0596875 by randomisation and 0.053125 by normality. */
static void moran__of_a_lattice_has_the_variances_of_pysal(void **state)
{
    (void)state;
    size_t from[24], to[24], count = 0;
    double x[9];
    for (size_t i = 0; i < 9; i++) {
        x[i] = (double)(i + 1);
        for (size_t j = 0; j < 9; j++) {
            size_t apart = (i / 3 > j / 3 ? i / 3 - j / 3 : j / 3 - i / 3) +
                           (i % 3 > j % 3 ? i % 3 - j % 3 : j % 3 - i % 3);
            if (apart != 1) continue;
            from[count] = i;
            to[count++] = j;
        }
    }
    assert_int_equal(count, 24);
    nr_weights *w = NULL;
    nr_spatial_test t;
    assert_ok(nr_weights_pairs(&w, 9, from, to, NULL, count, &err));
    assert_ok(nr_moran(&t, x, w, NR_RANDOMISATION, &err));
    assert_near(t.variance, 0.0596875, 1e-15);
    assert_near(t.expectation, -1.0 / 8, 1e-16);
    assert_ok(nr_moran(&t, x, w, NR_NORMALITY, &err));
    assert_near(t.variance, 0.053125, 1e-15);
    /* by hand: differences of 1 and 3 along the 12 edges, sum z^2 = 60; Geary: 8 / 48 x 2 x (6 x 1
     * + 6 x 9) / 60 = 1 / 3 */
    assert_ok(nr_geary(&t, x, w, NR_NORMALITY, &err));
    assert_near(t.value, 1.0 / 3, 1e-15);
    nr_weights_free(w);
}

/* Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300, 3.2: 15 p values of a study of
 * thrombolysis; at 5 % their procedure rejects the first four, Bonferroni's three. */
static void adjust_fdr__rejects_four_of_benjamini_and_hochbergs_tests(void **state)
{
    (void)state;
    const double p[15] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                          0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    double q[15];
    assert_ok(nr_adjust_fdr(q, p, 15, &err));
    for (int i = 0; i < 15; i++) assert_true((q[i] <= 0.05) == (i < 4));
    assert_near(q[3], 0.0095 * 15 / 4, 1e-15);
}

/* Barro and Sala-i-Martin (1992), J. Polit. Econ. 100, 223-251: at 2 % a year half of the gap is
 * gone after 35 years. */
static void half_life__at_2_per_cent_is_35_years(void **state)
{
    (void)state;
    double from[6], to[6];
    const double off[6] = {0.1, -0.2, 0.3, -0.1, 0.2, -0.3};
    for (int i = 0; i < 6; i++) {
        from[i] = exp(8 + i / 2.0);
        to[i] = exp(10 + (log(from[i]) - 10) * exp(-0.02 * 40)); /* towards exp(10) */
        to[i] *= exp(1e-9 * off[i]);
    }
    nr_beta_convergence c;
    assert_ok(nr_converge_beta(&c, from, to, 6, 40, &err));
    assert_near(c.beta.value, 0.02, 1e-8);
    assert_near(round(c.half_life.value), 35, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moran__of_a_lattice_has_the_variances_of_pysal),
        cmocka_unit_test(adjust_fdr__rejects_four_of_benjamini_and_hochbergs_tests),
        cmocka_unit_test(half_life__at_2_per_cent_is_35_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
