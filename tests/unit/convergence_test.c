#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/convergence.h"

static nearer_error err;

/* ln y_T = 10 + (ln y_0 - 10) exp(-0.03 x 20), and a little besides that is not in line with ln y_0
 * (sums of e and of e ln y_0 are 0), so that beta is 0.03 and its errors are above 0. */
static void beta__is_the_rate_at_which_the_gap_closes(void **state)
{
    (void)state;
    const double e[5] = {0.01, -0.02, 0, 0.02, -0.01}; /* not in line with -2 .. 2 */
    double from[5], to[5];
    for (int i = 0; i < 5; i++) {
        from[i] = exp(9 + (i - 2) * 0.4);
        to[i] = exp(10 + (log(from[i]) - 10) * exp(-0.6) + e[i]);
    }
    nr_beta_convergence c;
    assert_ok(nr_converge_beta(&c, from, to, 5, 20, &err));
    double tilt = (0.01 * -2 + 0.02 + 0.02 - 0.01 * 2) / 10; /* sum e i / sum i^2 = 0 */
    assert_near(tilt, 0, 1e-17);
    assert_int_equal(c.n, 5);
    assert_near(c.slope.value, -(1 - exp(-0.6)) / 20, 1e-14);
    assert_near(c.beta.value, 0.03, 1e-13);
    assert_near(c.half_life.value, log(2) / 0.03, 1e-10);
    /* delta method: dbeta / ds = -1 / (1 + s T) = -exp(beta T) */
    assert_near(c.beta.std_error, c.slope.std_error * exp(0.6), 1e-13);
    assert_true(c.beta.low < c.beta.value && c.beta.value < c.beta.high);
    assert_near(c.beta.low, -log(1 + 20 * c.slope.high) / 20, 1e-14);
    assert_near(c.half_life.high, log(2) / c.beta.low, 1e-10);
    assert_near(c.beta.p, c.slope.p, 0);
}

/* Where the rich grow faster the gap never closes; where ranks turn over there is no beta. */
static void beta__may_be_below_0_or_none(void **state)
{
    (void)state;
    const double from[4] = {1, 2, 4, 8}, apart[4] = {1, 4.1, 16, 64.2}, turned[4] = {8, 4, 2.1, 1},
                 e[4] = {1.01, 0.99, 1, 1};
    double same[4];
    nr_beta_convergence c;
    assert_ok(nr_converge_beta(&c, from, apart, 4, 10, &err));
    assert_true(c.beta.value < 0 && isinf(c.half_life.value));
    assert_ok(nr_converge_beta(&c, from, turned, 4, 10, &err));
    assert_true(c.slope.value < -0.1);
    assert_true(isnan(c.beta.value) && isnan(c.beta.std_error) && isnan(c.half_life.value));
    for (int i = 0; i < 4; i++) same[i] = 3 * from[i] * e[i];
    assert_ok(nr_converge_beta(&c, from, same, 4, 10, &err));
    assert_true(c.beta.low < 0 && c.beta.high > 0 && isinf(c.half_life.high));
}

static void beta__leaves_out_what_is_missing(void **state)
{
    (void)state;
    const double from[6] = {1, 2, NAN, 0, 4, 3}, to[6] = {2, 3, 4, 5, 5, INFINITY},
                 alike[3] = {2, 2, 2}, end[3] = {3, 4, 5};
    nr_beta_convergence c = {.n = 77};
    assert_fails(nr_converge_beta(&c, from, to, 2, 10, &err), NEARER_NODATA, "there are 2");
    assert_fails(nr_converge_beta(&c, NULL, NULL, 0, 10, &err), NEARER_NODATA, "there are 0");
    assert_fails(nr_converge_beta(&c, from, to, 6, 0, &err), NEARER_VALUE, "years above 0");
    assert_fails(nr_converge_beta(&c, alike, end, 3, 5, &err), NEARER_VALUE, "depends");
    assert_int_equal(c.n, 77);
    assert_ok(nr_converge_beta(&c, from, to, 6, 10, &err));
    assert_int_equal(c.n, 3);
}

static void sigma__is_of_the_places_known_in_all_years(void **state)
{
    (void)state;
    /* the third and fourth are out; exp(0), exp(2): sd sqrt(2) */
    const double y[8] = {1, 2, 7.38905609893065, 2, 5, NAN, 0, 3};
    double sd[2];
    size_t used = 0;
    assert_ok(nr_converge_sigma(sd, &used, y, 4, 2, &err));
    assert_int_equal(used, 2);
    assert_near(sd[0], sqrt(2), 1e-14);
    assert_near(sd[1], 0, 1e-15);
    assert_fails(nr_converge_sigma(sd, &used, y, 1, 2, &err), NEARER_NODATA, "there are 1");
    assert_fails(nr_converge_sigma(sd, &used, NULL, 0, 2, &err), NEARER_NODATA, "there are 0");
}

static nearer_status ask_all(void)
{
    const double from[4] = {1, 2, 4, 8}, to[4] = {2, 3, 5, 9};
    nr_beta_convergence c;
    double sd[1];
    size_t used;
    NR_TRY(nr_converge_beta(&c, from, to, 4, 10, &err));
    return nr_converge_sigma(sd, &used, from, 4, 1, &err);
}

static void convergence__says_when_there_is_no_memory(void **state)
{
    (void)state;
    nearer_status status = NEARER_MEMORY;
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = ask_all();
    }
    nr_fail_allocation_after(-1);
    assert_int_equal(status, NEARER_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beta__is_the_rate_at_which_the_gap_closes),
        cmocka_unit_test(beta__may_be_below_0_or_none),
        cmocka_unit_test(beta__leaves_out_what_is_missing),
        cmocka_unit_test(sigma__is_of_the_places_known_in_all_years),
        cmocka_unit_test(convergence__says_when_there_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
