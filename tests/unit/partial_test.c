#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/statistic.h"

static nearer_error err;

static const double x[] = {1, 2, 4, 7, 8}, y[] = {2, 1, 5, 4, 9}, z[] = {3, 1, 1, 5, 2};

static double r_of(const double *a, const double *b)
{
    nr_estimate r;
    assert_ok(nr_pearson(&r, a, b, 5, &err));
    return r.value;
}

/* (rxy - rxz ryz) / sqrt((1 - rxz^2) (1 - ryz^2)). With 5 pairs and one variable held Student's t
 * has 2 degrees, where p = 1 - |r| (see pearson_test); n - 3 - 1 = 1. */
static void partial__is_the_formula_of_three_correlations(void **state)
{
    (void)state;
    double xy = r_of(x, y), xz = r_of(x, z), yz = r_of(y, z);
    double wanted = (xy - xz * yz) / sqrt((1 - xz * xz) * (1 - yz * yz));
    nr_estimate r;
    assert_ok(nr_partial(&r, x, y, z, 5, 1, &err));
    assert_near(r.value, wanted, 1e-14);
    assert_near(r.p, 1 - fabs(wanted), 1e-12);
    assert_near(r.low, tanh(atanh(wanted) - 1.959963984540054), 1e-12);
    assert_near(r.high, tanh(atanh(wanted) + 1.959963984540054), 1e-12);
}

static void partial__of_nothing_held_is_pearson_s(void **state)
{
    (void)state;
    nr_estimate r, pearson;
    assert_ok(nr_pearson(&pearson, x, y, 5, &err));
    assert_ok(nr_partial(&r, x, y, NULL, 5, 0, &err));
    assert_near(r.value, pearson.value, 1e-14);
    assert_near(r.p, pearson.p, 1e-13);
    assert_near(r.low, pearson.low, 1e-13);
}

static void partial__refuses_what_leaves_nothing(void **state)
{
    (void)state;
    const double one[] = {4, 4, 4, 4, 4}, gap[] = {1, 2, NAN, 4, 5};
    nr_estimate r;
    assert_fails(nr_partial(&r, x, y, z, 4, 1, &err), NEARER_NODATA, "at least 5 pairs");
    assert_fails(nr_partial(&r, x, y, z, 0, 1, &err), NEARER_NODATA, "there are 0");
    assert_fails(nr_partial(&r, x, y, x, 5, 1, &err), NEARER_NODATA, "nothing to correlate");
    assert_fails(nr_partial(&r, one, y, x, 5, 1, &err), NEARER_NODATA, "nothing to correlate");
    assert_fails(nr_partial(&r, x, y, one, 5, 1, &err), NEARER_VALUE, "depends on the others");
    assert_fails(nr_partial(&r, x, y, gap, 5, 1, &err), NEARER_VALUE, "variable 2 is nan in row 3");
    assert_fails(nr_partial(&r, x, gap, z, 5, 1, &err), NEARER_VALUE, "value 3 is nan");
}

static void partial__leaves_nothing_behind_without_memory(void **state)
{
    (void)state;
    nearer_status status = NEARER_MEMORY;
    nr_estimate r;
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nr_partial(&r, x, y, z, 5, 1, &err);
        nr_fail_allocation_after(-1);
    }
    assert_ok(status);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(partial__is_the_formula_of_three_correlations),
        cmocka_unit_test(partial__of_nothing_held_is_pearson_s),
        cmocka_unit_test(partial__refuses_what_leaves_nothing),
        cmocka_unit_test(partial__leaves_nothing_behind_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
