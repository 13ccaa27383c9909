#include "cases/drawn.h"

#include "access/measure.h"

static nearer_error err;

static void ranks_are(const double *scores, size_t n, bool low_is_good, const double *expected)
{
    double ranks[8];
    assert_true(n <= 8);
    assert_ok(nr_rank(ranks, scores, n, low_is_good, &err));
    for (size_t i = 0; i < n; i++) assert_near(ranks[i], expected[i], 0);
}

static void rank__of_nothing_is_nothing(void **state)
{
    (void)state;
    double rank = 7;
    assert_ok(nr_rank(&rank, NULL, 0, false, &err));
    assert_true(rank == 7);
}

static void rank__of_one_is_1(void **state)
{
    (void)state;
    ranks_are((const double[]){-5}, 1, true, (const double[]){1});
}

static void rank__begins_at_the_highest_unless_low_is_good(void **state)
{
    (void)state;
    const double scores[] = {10, 30, -20, 0};
    ranks_are(scores, 4, false, (const double[]){2, 1, 4, 3});
    ranks_are(scores, 4, true, (const double[]){3, 4, 1, 2});
}

static void rank__shares_the_better_rank_and_skips_the_next(void **state)
{
    (void)state;
    ranks_are((const double[]){5, 7, 5, 5, 9}, 5, false, (const double[]){3, 2, 3, 3, 1});
    ranks_are((const double[]){5, 7, 5, 5, 9}, 5, true, (const double[]){1, 4, 1, 1, 5});
    ranks_are((const double[]){0.0, -0.0, 1}, 3, true, (const double[]){1, 1, 3});
}

static void rank__leaves_out_what_has_no_finite_score(void **state)
{
    (void)state;
    ranks_are((const double[]){NAN, 4, INFINITY, 6, -INFINITY}, 5, true,
              (const double[]){NAN, 1, NAN, 2, NAN});
    ranks_are((const double[]){NAN, INFINITY}, 2, true, (const double[]){NAN, NAN});
}

static void rank_order__is_by_rank_with_the_unranked_behind(void **state)
{
    (void)state;
    const double ranks[] = {3, NAN, 1, 3, 2, NAN};
    const size_t expected[] = {2, 4, 0, 3, 1, 5};
    size_t order[6];
    assert_ok(nr_rank_order(order, ranks, 6, &err));
    for (size_t i = 0; i < 6; i++) assert_int_equal(order[i], expected[i]);
    order[0] = 7;
    assert_ok(nr_rank_order(order, ranks, 0, &err));
    assert_int_equal(order[0], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rank__of_nothing_is_nothing),
        cmocka_unit_test(rank__of_one_is_1),
        cmocka_unit_test(rank__begins_at_the_highest_unless_low_is_good),
        cmocka_unit_test(rank__shares_the_better_rank_and_skips_the_next),
        cmocka_unit_test(rank__leaves_out_what_has_no_finite_score),
        cmocka_unit_test(rank_order__is_by_rank_with_the_unranked_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
