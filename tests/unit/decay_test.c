#include "cases/drawn.h"

#include "access/decay.h"

static nearer_error err;

static double weight(const char *text, double minutes)
{
    nr_decay decay;
    assert_ok(nr_decay_parse(&decay, text, &err));
    return nr_decay_weight(&decay, minutes);
}

static void decay_weight__is_1_at_no_time(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "binary:30",   "linear:60",      "exponential:0.02",     "power:2",
        "gaussian:40", "logistic:30,10", "stepped:15=0.75,60=0", "table:0=1,60=0.5"};
    for (size_t i = 0; nr_decays[i] != NULL; i++) {
        bool tried = false;
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            tried = tried || strncmp(texts[k], nr_decays[i]->id, strlen(nr_decays[i]->id)) == 0;
        if (!tried) fail_msg("no example of decay '%s' here", nr_decays[i]->id);
    }
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        assert_near(weight(texts[k], 0), 1, 1e-15);
}

static void decay_weight__is_0_where_nothing_is_reached(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "binary:30",   "linear:60",      "exponential:0.02",     "power:2",
        "gaussian:40", "logistic:30,10", "stepped:15=0.75,60=0", "table:0=1,60=0.5"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        assert_true(weight(texts[k], INFINITY) == 0);
    /* and far away a curve comes to 0 without overflowing on the way */
    assert_true(weight("exponential:0.02", 1e6) == 0);
    assert_true(weight("gaussian:40", 1e6) == 0);
    assert_true(weight("logistic:30,10", 1e6) == 0);
}

static void decay_weight__passes_known_points(void **state)
{
    (void)state;
    static const struct {
        const char *decay;
        double minutes, weight;
    } points[] = {
        /* the cutoff itself is within: R accessibility's decay_binary, cost <= cutoff */
        {"binary:30", 30, 1},
        {"binary:30", 30.1, 0},
        {"linear:60", 15, 0.75},
        {"linear:60", 60, 0},
        {"linear:60", 90, 0},
        /* half-life ln 2 / b: b = 0.01 gives 69.3147... minutes */
        {"exponential:0.01", 69.31471805599453, 0.5},
        {"exponential:0.01", 2 * 69.31471805599453, 0.25},
        {"exponential:0.02", 50, 0.36787944117144233}, /* 1 / e */
        /* t^-a, and never above 1: R accessibility's decay_power */
        {"power:2", 10, 0.01},
        {"power:0.5", 4, 0.5},
        {"power:2", 1, 1},
        {"power:2", 0.1, 1},
        /* e^-1/2 at one standard deviation, e^-2 at two */
        {"gaussian:40", 40, 0.6065306597126334},
        {"gaussian:40", 80, 0.1353352832366127},
    };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        assert_near(weight(points[i].decay, points[i].minutes), points[i].weight, 1e-15);
}

/* Bauer and Groneberg 2016, as R accessibility's decay_logistic: at the cutoff the lower sum is 2,
 * so the weight is (1 + e^(-c k)) / 2 with c k = 30 pi / (10 sqrt 3) = 5.441398092702653. */
static void decay_weight__of_logistic_is_half_at_the_cutoff_but_for_the_scaling(void **state)
{
    (void)state;
    assert_near(weight("logistic:30,10", 30), (1 + exp(-5.441398092702653)) / 2, 1e-15);
    /* and mirrored around it: f(c - d) + f(c + d) = 2 f(c) */
    assert_near(weight("logistic:30,10", 20) + weight("logistic:30,10", 40),
                2 * weight("logistic:30,10", 30), 1e-15);
}

static void decay_weight__never_grows_with_time(void **state)
{
    (void)state;
    static const char *const texts[] = {"binary:30", "linear:60",   "exponential:0.02",
                                        "power:0.7", "gaussian:40", "logistic:30,10"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        for (double t = 0; t < 300; t += 0.5)
            assert_true(weight(texts[k], t + 0.5) <= weight(texts[k], t));
}

static void decay_parse__reads_kind_and_parameters(void **state)
{
    (void)state;
    nr_decay decay;
    assert_ok(nr_decay_parse(&decay, "logistic:180,60.5", &err));
    assert_ptr_equal(decay.kind, &nr_decay_logistic);
    assert_true(decay.parameters[0] == 180 && decay.parameters[1] == 60.5);
    assert_ok(nr_decay_parse(&decay, "exponential:5e-3", &err));
    assert_ptr_equal(decay.kind, &nr_decay_exponential);
    assert_true(decay.parameters[0] == 0.005);
}

static void decay_parse__suggests_a_kind(void **state)
{
    (void)state;
    nr_decay decay;
    assert_fails(nr_decay_parse(&decay, "exponentail:0.005", &err), NEARER_NAME,
                 "did you mean 'exponential'?");
    assert_fails(nr_decay_parse(&decay, "", &err), NEARER_NAME, "unknown decay ''");
    assert_fails(nr_decay_parse(&decay, "qqqqqqqq:1", &err), NEARER_NAME, "known: binary, linear");
}

static void decay_parse__refuses_other_parameters(void **state)
{
    (void)state;
    static const char *const wrong[] = {"exponential",     "exponential:",    "exponential:0",
                                        "exponential:-1",  "exponential:x",   "exponential:1,2",
                                        "exponential:inf", "exponential:nan", "exponential:0x10",
                                        "logistic:180",    "logistic:180,",   "logistic:180,0",
                                        "logistic:1,2,3",  "logistic:180;60", "binary:30 min"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nr_decay decay = {.kind = &nr_decay_binary, .parameters = {7, 8}};
        assert_fails(nr_decay_parse(&decay, wrong[i], &err), NEARER_VALUE, "a number above 0");
        assert_ptr_equal(decay.kind, &nr_decay_binary);
        assert_true(decay.parameters[0] == 7 && decay.parameters[1] == 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decay_weight__is_1_at_no_time),
        cmocka_unit_test(decay_weight__is_0_where_nothing_is_reached),
        cmocka_unit_test(decay_weight__passes_known_points),
        cmocka_unit_test(decay_weight__of_logistic_is_half_at_the_cutoff_but_for_the_scaling),
        cmocka_unit_test(decay_weight__never_grows_with_time),
        cmocka_unit_test(decay_parse__reads_kind_and_parameters),
        cmocka_unit_test(decay_parse__suggests_a_kind),
        cmocka_unit_test(decay_parse__refuses_other_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
