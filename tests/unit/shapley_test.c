#include "stats/shapley.h"

#include "test.h"

#include <math.h>

static nearer_error err;

static void near(double value, double wanted)
{
    if (!(fabs(value - wanted) <= 1e-12)) fail_msg("%.17g, %.17g was expected", value, wanted);
}

/* One left glove, two right ones: a pair is worth 1. */
static void shapley__of_the_glove_game(void **state)
{
    (void)state;
    double values[8], out[3];
    for (size_t set = 0; set < 8; set++) values[set] = (set & 1) != 0 && (set & 6) != 0 ? 1 : 0;
    nr_shapley(out, values, 3, NULL);
    near(out[0], 2 / 3.0);
    near(out[1], 1 / 6.0);
    near(out[2], 1 / 6.0);
}

/* The two right ones together: each side gets a half, and they share theirs. */
static void shapley__of_unions(void **state)
{
    (void)state;
    const uint32_t unions[] = {4, 7, 7};
    double values[8], out[3];
    for (size_t set = 0; set < 8; set++) values[set] = (set & 1) != 0 && (set & 6) != 0 ? 1 : 0;
    nr_shapley(out, values, 3, unions);
    near(out[0], 0.5);
    near(out[1], 0.25);
    near(out[2], 0.25);
}

static void shapley__of_one_player_is_all(void **state)
{
    (void)state;
    const double values[] = {3, 10};
    double out;
    nr_shapley(&out, values, 1, NULL);
    near(out, 7);
}

static void shapley_order__keeps_unions_together_and_is_fair(void **state)
{
    (void)state;
    enum { PLAYERS = 5, DRAWS = 12000 };
    const uint32_t unions[PLAYERS] = {1, 2, 1, 2, 1};
    uint32_t order[PLAYERS];
    double room[2 * PLAYERS];
    size_t first[PLAYERS] = {0};
    nr_random *random = NULL;
    assert_ok(nr_random_new(&random, 5, &err));
    for (size_t d = 0; d < DRAWS; d++) {
        size_t changes = 0, seen = 0;
        nr_shapley_order(order, room, PLAYERS, unions, random);
        for (size_t k = 0; k < PLAYERS; k++) seen |= (size_t)1 << order[k];
        for (size_t k = 1; k < PLAYERS; k++) changes += unions[order[k]] != unions[order[k - 1]];
        assert_int_equal(seen, 31);
        assert_int_equal(changes, 1);
        first[order[0]]++;
    }
    nr_random_free(random);
    for (size_t k = 0; k < PLAYERS; k++) { /* a half of the time their union, then one of it */
        double wanted = DRAWS / (unions[k] == 1 ? 6.0 : 4.0);
        assert_true(fabs((double)first[k] - wanted) < 5 * sqrt(wanted));
    }
}

static void shapley_order__gives_every_order(void **state)
{
    (void)state;
    enum { PLAYERS = 3, DRAWS = 6000 };
    uint32_t order[PLAYERS];
    double room[2 * PLAYERS];
    size_t seen[27] = {0}, orders = 0;
    nr_random *random = NULL;
    assert_ok(nr_random_new(&random, 6, &err));
    for (size_t d = 0; d < DRAWS; d++) {
        nr_shapley_order(order, room, PLAYERS, NULL, random);
        seen[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    nr_random_free(random);
    for (size_t k = 0; k < 27; k++) {
        if (seen[k] == 0) continue;
        orders++;
        assert_true(seen[k] > 850 && seen[k] < 1150);
    }
    assert_int_equal(orders, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapley__of_the_glove_game),
        cmocka_unit_test(shapley__of_unions),
        cmocka_unit_test(shapley__of_one_player_is_all),
        cmocka_unit_test(shapley_order__keeps_unions_together_and_is_fair),
        cmocka_unit_test(shapley_order__gives_every_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
