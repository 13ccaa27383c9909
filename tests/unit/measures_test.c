#include "cases/drawn.h"

static nearer_error err;

/*   to    A    B    C        masses
 * A       0   60  120        A 10
 * B      60    0   30        B 20
 * C     120   90    0        C 30     C to B takes longer than B to C */
static const double minutes[9] = {0, 60, 120, 60, 0, 30, 120, 90, 0};
static const double mass[3] = {10, 20, 30};

static nearer_measure_spec spec(const char *measure)
{
    return (nearer_measure_spec){.measure = measure, .cutoff_min = NAN, .own_min = NAN};
}

static void scores_are(const nearer_measure_spec *s, const double *times, const double *masses,
                       double a, double b, double c)
{
    double scores[3] = {-1, -1, -1};
    assert_ok(nearer_scores(scores, times, masses, 3, s, &err));
    assert_near(scores[0], a, 1e-12);
    assert_near(scores[1], b, 1e-12);
    assert_near(scores[2], c, 1e-12);
}

static void scores__of_no_place_touch_nothing(void **state)
{
    (void)state;
    nearer_measure_spec s = spec("mean_time");
    double score = 7;
    assert_ok(nearer_scores(&score, minutes, mass, 0, &s, &err));
    assert_true(score == 7);
}

static void scores__of_one_place(void **state)
{
    (void)state;
    double score, none = 0, ten = 10;
    nearer_measure_spec s = spec("mean_time");
    /* nowhere to go: there is no average */
    assert_ok(nearer_scores(&score, &none, &ten, 1, &s, &err));
    assert_true(isnan(score));
    s.own_min = 12;
    assert_ok(nearer_scores(&score, &none, &ten, 1, &s, &err));
    assert_near(score, 12, 0);
    s = spec("cumulative");
    s.cutoff_min = 60;
    assert_ok(nearer_scores(&score, &none, &ten, 1, &s, &err));
    assert_near(score, 0, 0);
}

/* A: (20 60 + 30 120) / 50 = 96; B: (10 60 + 30 30) / 40 = 37.5; C: (10 120 + 20 90) / 30 = 100 */
static void mean_time__is_weighted_by_the_masses_of_the_others(void **state)
{
    (void)state;
    nearer_measure_spec s = spec("mean_time");
    scores_are(&s, minutes, mass, 96, 37.5, 100);
}

/* own mass at 12 minutes: A (120 + 1200 + 3600) / 60 = 82; B (600 + 240 + 900) / 60 = 29;
 * C (1200 + 1800 + 360) / 60 = 56 */
static void mean_time__counts_the_own_mass_at_own_min(void **state)
{
    (void)state;
    nearer_measure_spec s = spec("mean_time");
    s.own_min = 12;
    scores_are(&s, minutes, mass, 82, 29, 56);
}

/* B's mass is missing: A to C alone 120; B (600 + 900) / 40 = 37.5; C to A alone 120 */
static void mean_time__leaves_a_missing_mass_out(void **state)
{
    (void)state;
    const double masses[3] = {10, NAN, 30};
    nearer_measure_spec s = spec("mean_time");
    scores_are(&s, minutes, masses, 120, 37.5, 120);
}

/* All reach all, but A alone has a mass: A has nobody to average over, and is not cut off. */
static void mean_time__is_not_known_where_no_other_place_has_a_mass(void **state)
{
    (void)state;
    const double alone[3] = {10, 0, NAN}, nobody[3] = {NAN, NAN, NAN};
    nearer_measure_spec s = spec("mean_time");
    double scores[3];
    assert_ok(nearer_scores(scores, minutes, alone, 3, &s, &err));
    assert_true(isnan(scores[0]));
    assert_near(scores[1], minutes[3], 0);
    assert_near(scores[2], minutes[6], 0);
    assert_ok(nearer_scores(scores, minutes, nobody, 3, &s, &err));
    for (size_t i = 0; i < 3; i++) assert_true(isnan(scores[i]));
}

/* A and B reach each other, C nobody: A and B have 35 of the 65 in reach, C its own 30. */
static void mean_time__is_infinite_where_less_is_reached_than_elsewhere(void **state)
{
    (void)state;
    const double island[9] = {0, 60, INFINITY, 60, 0, INFINITY, INFINITY, INFINITY, 0};
    const double masses[3] = {10, 25, 30};
    nearer_measure_spec s = spec("mean_time");
    scores_are(&s, island, masses, 60, 60, INFINITY);
    /* a lone place is no measure for the others, however heavy */
    const double heavy[3] = {10, 20, 90};
    scores_are(&s, island, heavy, 60, 60, INFINITY);
    /* a place without mass may be out of reach */
    const double light[3] = {10, 25, 0};
    scores_are(&s, island, light, 60, 60, INFINITY);
}

/* f = e^-0.01 t: A 20 e^-0.6 + 30 e^-1.2, B 10 e^-0.6 + 30 e^-0.3, C 10 e^-1.2 + 20 e^-0.9 */
static void potential__adds_decayed_masses(void **state)
{
    (void)state;
    nearer_measure_spec s = spec("potential");
    s.decay = "exponential:0.01";
    double e3 = 0.7408182206817179, e6 = 0.5488116360940264, e9 = 0.4065696597405991,
           e12 = 0.3011942119122021;
    scores_are(&s, minutes, mass, 20 * e6 + 30 * e12, 10 * e6 + 30 * e3, 10 * e12 + 20 * e9);
    s.own_min = 30; /* the own mass counts at 30 minutes */
    scores_are(&s, minutes, mass, 10 * e3 + 20 * e6 + 30 * e12, 10 * e6 + 20 * e3 + 30 * e3,
               10 * e12 + 20 * e9 + 30 * e3);
}

static void potential__leaves_out_the_missing_and_the_unreachable(void **state)
{
    (void)state;
    const double cut[9] = {0, 60, INFINITY, 60, 0, 30, INFINITY, 90, 0};
    const double masses[3] = {10, NAN, 30};
    nearer_measure_spec s = spec("potential");
    s.decay = "linear:120";
    /* A: B missing, C unreachable: 0; B: 10 (1 - 1/2) + 30 (1 - 1/4) = 27.5; C: 0 */
    scores_are(&s, cut, masses, 0, 27.5, 0);
}

/* within 60 minutes, 60 included: A reaches B 20; B reaches A and C 40; C reaches nobody */
static void cumulative__adds_the_masses_within_the_cutoff(void **state)
{
    (void)state;
    nearer_measure_spec s = spec("cumulative");
    s.cutoff_min = 60;
    scores_are(&s, minutes, mass, 20, 40, 0);
    s.own_min = 0; /* R accessibility counts the own place at its cost of 0 */
    scores_are(&s, minutes, mass, 30, 60, 30);
    s.own_min = 61; /* beyond the cutoff */
    scores_are(&s, minutes, mass, 20, 40, 0);
    s.own_min = NAN;
    s.cutoff_min = 0;
    scores_are(&s, minutes, mass, 0, 0, 0);
}

static void cumulative__is_potential_with_binary_decay(void **state)
{
    (void)state;
    nearer_measure_spec s = spec("potential");
    s.decay = "binary:60";
    scores_are(&s, minutes, mass, 20, 40, 0);
}

static void scores__refuse_what_the_measure_does_not_take(void **state)
{
    (void)state;
    static const struct {
        nearer_measure_spec spec;
        nearer_status status;
        const char *part;
    } wrong[] = {
        {{.measure = "potentail", .decay = "binary:60", .cutoff_min = NAN, .own_min = NAN},
         NEARER_NAME,
         "did you mean 'potential'?"},
        {{.measure = "qqqqqqqq", .cutoff_min = NAN, .own_min = NAN},
         NEARER_NAME,
         "known: mean_time, cumulative"},
        {{.measure = "potential", .cutoff_min = NAN, .own_min = NAN},
         NEARER_USAGE,
         "needs a decay"},
        {{.measure = "potential", .decay = "binary:60", .cutoff_min = 60, .own_min = NAN},
         NEARER_USAGE,
         "takes no cutoff"},
        {{.measure = "potential", .decay = "binary:0", .cutoff_min = NAN, .own_min = NAN},
         NEARER_VALUE,
         "a number above 0"},
        {{.measure = "potential", .decay = "bniary:60", .cutoff_min = NAN, .own_min = NAN},
         NEARER_NAME,
         "did you mean 'binary'?"},
        {{.measure = "cumulative", .cutoff_min = NAN, .own_min = NAN},
         NEARER_USAGE,
         "needs a cutoff"},
        {{.measure = "cumulative", .decay = "binary:60", .cutoff_min = 60, .own_min = NAN},
         NEARER_USAGE,
         "takes no decay"},
        {{.measure = "cumulative", .cutoff_min = -1, .own_min = NAN},
         NEARER_VALUE,
         "must not be negative"},
        {{.measure = "mean_time", .cutoff_min = NAN, .own_min = -0.5},
         NEARER_VALUE,
         "must not be negative"},
        {{.measure = "mean_time", .decay = "binary:60", .cutoff_min = NAN, .own_min = NAN},
         NEARER_USAGE,
         "takes no decay"},
        {{.measure = "mean_time", .cutoff_min = 60, .own_min = NAN},
         NEARER_USAGE,
         "takes no cutoff"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double scores[3] = {7, 7, 7};
        assert_fails(nearer_scores(scores, minutes, mass, 3, &wrong[i].spec, &err), wrong[i].status,
                     wrong[i].part);
        assert_true(scores[0] == 7 && scores[1] == 7 && scores[2] == 7);
        assert_int_equal(nearer_scores(scores, minutes, mass, 3, &wrong[i].spec, NULL),
                         wrong[i].status);
    }
}

/*  R --40-- Q --30-- P    road; masses R none, Q 20, P 10
 * mean time: P 30 (R has no mass), Q 30, R (10 70 + 20 40) / 30 = 50; best first, R stands last
 * though it is the first of the places */
static void ask_access__gives_score_rank_and_reach_of_every_place(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nR,2,0\nQ,1,0\nP,0,0\n",
                     .road = "from,to,minutes\nP,Q,30\nQ,R,40\n",
                     .masses = "id,people\nP,10\nQ,20\n"};
    nearer_study *study = drawn_read("measures_access", &d);
    nearer_query query = {.date = day("2020")};
    nearer_measure_spec s = {
        .measure = "mean_time", .mass = "people", .cutoff_min = NAN, .own_min = NAN};
    nearer_report *report = NULL;
    assert_ok(nearer_ask_access(&report, study, &query, &s, 1, false, &err));
    const nearer_table *t = report_table(report, "access");
    assert_int_equal(nearer_table_rows(t), 3);
    const char *const id[] = {"Q", "P", "R"};
    const double score[] = {30, 30, 50}, rank[] = {1, 1, 3}, lon[] = {1, 0, 2};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(cell_text(t, i, "id"), id[i]);
        assert_near(cell(t, i, "mean_time_min"), score[i], 1e-12);
        assert_near(cell(t, i, "rank"), rank[i], 0);
        assert_near(cell(t, i, "reached_mass_pct"), 100, 0);
        assert_near(cell(t, i, "lon_deg"), lon[i], 0);
    }
    assert_true(has_note(report, "do not count as destinations: 1"));
    nearer_report_free(report);

    s = (nearer_measure_spec){
        .measure = "cumulative", .mass = "people", .cutoff_min = 35, .own_min = NAN};
    assert_ok(nearer_ask_access(&report, study, &query, &s, 1, false, &err));
    t = report_table(report, "access");
    /* the score's column bears the mass's unit: within 35 minutes P has Q, Q has P, R nobody */
    const char *const column = "cumulative_10k_persons";
    assert_near(cell(t, row_of(t, "id", "P"), column), 20, 0);
    assert_near(cell(t, row_of(t, "id", "Q"), column), 10, 0);
    assert_near(cell(t, row_of(t, "id", "R"), column), 0, 0);
    assert_string_equal(cell_text(t, 0, "id"), "P"); /* here the highest is the best */
    nearer_report_free(report);

    s.mass = NULL; /* places that all weigh 1 */
    assert_ok(nearer_ask_access(&report, study, &query, &s, 1, false, &err));
    t = report_table(report, "access");
    assert_near(cell(t, row_of(t, "id", "P"), "cumulative_places"), 1, 0);
    nearer_report_free(report);
    s.mass = "poeple";
    nearer_report *untouched = NULL;
    assert_fails(nearer_ask_access(&untouched, study, &query, &s, 1, false, &err), NEARER_NAME,
                 "did you mean 'people'?");
    assert_null(untouched);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores__of_no_place_touch_nothing),
        cmocka_unit_test(scores__of_one_place),
        cmocka_unit_test(mean_time__is_weighted_by_the_masses_of_the_others),
        cmocka_unit_test(mean_time__counts_the_own_mass_at_own_min),
        cmocka_unit_test(mean_time__leaves_a_missing_mass_out),
        cmocka_unit_test(mean_time__is_not_known_where_no_other_place_has_a_mass),
        cmocka_unit_test(mean_time__is_infinite_where_less_is_reached_than_elsewhere),
        cmocka_unit_test(potential__adds_decayed_masses),
        cmocka_unit_test(potential__leaves_out_the_missing_and_the_unreachable),
        cmocka_unit_test(cumulative__adds_the_masses_within_the_cutoff),
        cmocka_unit_test(cumulative__is_potential_with_binary_decay),
        cmocka_unit_test(scores__refuse_what_the_measure_does_not_take),
        cmocka_unit_test(ask_access__gives_score_rank_and_reach_of_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
