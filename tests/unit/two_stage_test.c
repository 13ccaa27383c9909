#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/statistic.h"

static nearer_error err;

static const double ones[] = {1, 1, 1, 1, 1, 1}, offered[] = {0, 0, 0, 1, 1, 1},
                    taken[] = {1, 2, 3, 3, 5, 7}, result[] = {2, 1, 3, 4, 9, 8};

static nr_iv_design plain(const double *instrument)
{
    return (nr_iv_design){.y = result,
                          .exogenous = ones,
                          .endogenous = taken,
                          .instruments = instrument,
                          .n = 6,
                          .m = 1,
                          .p = 1,
                          .q = 1};
}

/* One instrument of two values: the difference of mean results over that of what is taken (Wald),
 * (7 - 2) / (5 - 2) = 5/3; constant 4.5 - 5/3 * 3.5. F of the first stage is t^2 of two groups:
 * 3^2 / (10 / 4 * (1/3 + 1/3)) = 5.4. */
static void two_stages__of_an_offer_are_wald_s_ratio(void **state)
{
    (void)state;
    nr_iv *iv = NULL;
    nr_iv_design design = plain(offered);
    assert_ok(nr_iv_new(&iv, &design, &err));
    assert_near(iv->fit->b[1], 5.0 / 3, 1e-14);
    assert_near(iv->fit->b[0], 4.5 - 3.5 * 5 / 3, 1e-13);
    assert_near(iv->first_stage[0].value, 5.4, 1e-12);
    assert_true(iv->first_stage[0].df1 == 1 && iv->first_stage[0].df2 == 4);
    assert_true(isnan(iv->sargan.value) && isnan(iv->sargan.p));
    assert_true(iv->wu_hausman.df1 == 1 && iv->wu_hausman.df2 == 3);
    double covariance[4], p;
    const size_t cluster[] = {0, 0, 1, 1, 2, 2};
    assert_fails(nr_covariance_hc(covariance, iv->fit, NR_HC3, &err), NEARER_VALUE, "two stages");
    assert_fails(nr_covariance_cluster(covariance, NULL, iv->fit, cluster, NR_CR2, &err),
                 NEARER_VALUE, "two stages");
    assert_fails(nr_wild_p(&p, iv->fit, 1, cluster, 0, NULL, &err), NEARER_VALUE, "two stages");
    assert_ok(nr_covariance_cluster(covariance, NULL, iv->fit, cluster, NR_CR1, &err));
    nr_iv_free(iv);
}

/* What is taken as its own instrument: least squares, and nothing to test. */
static void two_stages__by_itself_are_least_squares(void **state)
{
    (void)state;
    double x[12];
    nr_iv *iv = NULL;
    nr_fit *fit = NULL;
    nr_iv_design design = plain(taken);
    for (size_t i = 0; i < 6; i++) {
        x[2 * i] = 1;
        x[2 * i + 1] = taken[i];
    }
    assert_ok(nr_iv_new(&iv, &design, &err));
    assert_ok(nr_fit_new(&fit, &(nr_design){.y = result, .x = x, .n = 6, .k = 2}, &err));
    for (size_t c = 0; c < 2; c++) assert_near(iv->fit->b[c], fit->b[c], 1e-12);
    assert_near(iv->fit->r_squared, fit->r_squared, 1e-12);
    assert_true(isnan(iv->wu_hausman.value));
    nr_fit_free(fit);
    nr_iv_free(iv);
}

/* 1 -2 1 0 0 0 has nothing of what is taken, with the constant or without. */
static void two_stages__refuse_instruments_that_say_nothing(void **state)
{
    (void)state;
    const double useless[] = {1, -2, 1, 0, 0, 0}, gap[] = {0, 1, NAN, 0, 1, 1};
    nr_iv *iv = NULL;
    nr_iv_design design = plain(useless);
    assert_fails(nr_iv_new(&iv, &design, &err), NEARER_VALUE, "depends on the others");
    design.m = 0;
    assert_fails(nr_iv_new(&iv, &design, &err), NEARER_VALUE,
                 "fit nothing of endogenous variable 1");
    design = plain(ones);
    assert_fails(nr_iv_new(&iv, &design, &err), NEARER_VALUE, "depends on the others");
    design = plain(gap);
    assert_fails(nr_iv_new(&iv, &design, &err), NEARER_VALUE, "is nan in row 3");
    design = plain(offered);
    design.q = 0;
    assert_fails(nr_iv_new(&iv, &design, &err), NEARER_VALUE, "there are 1 and 0");
    design = plain(offered);
    design.n = 2;
    assert_fails(nr_iv_new(&iv, &design, &err), NEARER_NODATA, "2 places for 2");
    design.n = 0;
    assert_fails(nr_iv_new(&iv, &design, &err), NEARER_NODATA, "0 places");
    assert_null(iv);
}

static void two_stages__leave_nothing_behind_without_memory(void **state)
{
    (void)state;
    nearer_status status = NEARER_MEMORY;
    nr_iv *iv = NULL;
    nr_iv_design design = plain(offered);
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nr_iv_new(&iv, &design, &err);
        nr_fail_allocation_after(-1);
    }
    assert_ok(status);
    nr_iv_free(iv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_stages__of_an_offer_are_wald_s_ratio),
        cmocka_unit_test(two_stages__by_itself_are_least_squares),
        cmocka_unit_test(two_stages__refuse_instruments_that_say_nothing),
        cmocka_unit_test(two_stages__leave_nothing_behind_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
