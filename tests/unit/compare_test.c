#include "cases/drawn.h"

static nearer_error err;

static const nearer_measure_spec by_people = {
    .measure = "mean_time", .mass = "people", .cutoff_min = NAN, .own_min = NAN};

/* A --100-- B --100-- C, and from 2010 A ==50== B. Masses 1 2 3.
 *
 *   minutes   before       after       ratio   weight (product of masses)
 *   A B       100          50          0.5     2
 *   A C       200          150         0.75    3
 *   B C       100          100         1       6
 *
 * each pair twice, there and back */
static const drawn d = {
    .places = "id,lon_deg,lat_deg,side,all\nA,0,0,left,1\nB,1,0,left,1\nC,2,0,right,1\n",
    .road = "from,to,minutes,opened\nA,B,100,\nB,C,100,\nA,B,50,2010\n",
    .masses = "id,people\nA,1\nB,2\nC,3\n",
    .more = "\"groups\": {\"side\": {\"column\": \"side\"}, \"all\": {\"column\": \"all\"}}"};

static nearer_report *compare(const nearer_study *study, const char *before, const char *after,
                              const nearer_measure_spec *spec)
{
    nearer_query query = {.date = day("1900")}; /* not looked at */
    nearer_report *report = NULL;
    assert_ok(nearer_ask_compare(&report, study, &query, day(before), day(after), spec, &err));
    return report;
}

static double index_value(const nearer_report *report, const char *column)
{
    return cell(report_table(report, "index"), 0, column);
}

static void ask_compare__of_one_place_has_nothing_to_compare(void **state)
{
    (void)state;
    const drawn one = {.places = "id,lon_deg,lat_deg\nA,0,0\n",
                       .nodes = "id,lon_deg,lat_deg\nn,1,0\n",
                       .road = "from,to,minutes\nA,n,5\n"};
    nearer_study *study = drawn_read("compare_one", &one);
    const nearer_measure_spec plain = {.measure = "mean_time", .cutoff_min = NAN, .own_min = NAN};
    nearer_report *report = compare(study, "2001", "2020", &plain);
    assert_true(isnan(index_value(report, "compression_index")));
    assert_near(index_value(report, "pairs"), 0, 0);
    assert_int_equal(nearer_table_rows(report_table(report, "pairs")), 0);
    assert_int_equal(nearer_table_rows(report_table(report, "places")), 1);
    nearer_report_free(report);
    nearer_study_free(study);
}

/* index: exp((2 ln 0.5 + 3 ln 0.75 + 6 ln 1) / 11); the pairs' both ways double top and bottom.
 * A's mean time: (2 100 + 3 200) / 5 = 160, then (2 50 + 3 150) / 5 = 110;
 * B's: (100 + 3 100) / 4 = 100, then (50 + 300) / 4 = 87.5;
 * C's: (200 + 2 100) / 3 = 400 / 3, then (150 + 200) / 3 = 350 / 3.
 * all, by mass: (160 + 200 + 400) / 6 = 380 / 3, then (110 + 175 + 350) / 6 = 635 / 6 */
static void ask_compare__gives_what_is_worked_out_by_hand(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("compare", &d);
    nearer_report *report = compare(study, "2001", "2020", &by_people);
    double index = exp((2 * log(0.5) + 3 * log(0.75)) / 11);
    assert_near(index_value(report, "compression_index"), index, 1e-12);
    assert_near(index_value(report, "mean_time_2001_min"), 380.0 / 3, 1e-12);
    assert_near(index_value(report, "mean_time_2020_min"), 635.0 / 6, 1e-12);
    assert_near(index_value(report, "mean_time_change_pct"), 100 * (635.0 / 6 / (380.0 / 3) - 1),
                1e-9);
    assert_near(index_value(report, "pairs"), 6, 0);
    assert_near(index_value(report, "pairs_slower"), 0, 0);
    assert_near(index_value(report, "pairs_on_one_day_only"), 0, 0);

    const nearer_table *t = report_table(report, "places");
    const double before[] = {160, 100, 400.0 / 3}, after[] = {110, 87.5, 350.0 / 3},
                 rank_before[] = {3, 1, 2}, rank_after[] = {2, 1, 3},
                 ratio[] = {exp((2 * log(0.5) + 3 * log(0.75)) / 5), exp(log(0.5) / 4),
                            exp(log(0.75) / 3)};
    const char *const best_first[] = {"B", "A", "C"};
    for (size_t k = 0; k < 3; k++) /* by mean time after */
        assert_string_equal(cell_text(t, k, "id"), best_first[k]);
    for (size_t place = 0; place < 3; place++) {
        size_t i = row_of(t, "id", (const char *[]){"A", "B", "C"}[place]);
        assert_near(cell(t, i, "mean_time_2001_min"), before[place], 1e-12);
        assert_near(cell(t, i, "mean_time_2020_min"), after[place], 1e-12);
        assert_near(cell(t, i, "mean_time_change_min"), after[place] - before[place], 1e-12);
        assert_near(cell(t, i, "mean_time_change_pct"), 100 * (after[place] / before[place] - 1),
                    1e-9);
        assert_near(cell(t, i, "mean_time_rank_2001"), rank_before[place], 0);
        assert_near(cell(t, i, "mean_time_rank_2020"), rank_after[place], 0);
        assert_near(cell(t, i, "mean_time_rank_change"), rank_after[place] - rank_before[place], 0);
        assert_near(cell(t, i, "compression_ratio"), ratio[place], 1e-12);
    }
    t = report_table(report, "pairs");
    assert_int_equal(nearer_table_rows(t), 6);
    assert_string_equal(cell_text(t, 1, "from_id"), "A");
    assert_string_equal(cell_text(t, 1, "to_id"), "C");
    assert_near(cell(t, 1, "time_2001_min"), 200, 1e-12);
    assert_near(cell(t, 1, "time_2020_min"), 150, 1e-12);
    assert_near(cell(t, 1, "time_change_pct"), -25, 1e-12);
    assert_near(cell(t, 1, "compression_ratio"), 0.75, 1e-15);
    nearer_report_free(report);
    nearer_study_free(study);
}

/* left (A, B) to all: A B, B A, A C, B C: exp((2 2 ln 0.5 + 3 ln 0.75) / 13); within: A B, B A:
 * 0.5. right (C) to all: C A, C B: exp(3 ln 0.75 / 9); within: one place, nothing. Left's mean
 * times (160 + 200) / 3 = 120, then (110 + 175) / 3 = 95. */
static void ask_compare__tells_groups_apart(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("compare_groups", &d);
    nearer_report *report = compare(study, "2001", "2020", &by_people);
    const nearer_table *t = report_table(report, "groups");
    assert_int_equal(nearer_table_rows(t), 3);
    size_t left = row_of(t, "group", "left"), right = row_of(t, "group", "right");
    assert_near(cell(t, left, "places"), 2, 0);
    assert_near(cell(t, left, "mass_share_pct"), 50, 1e-12);
    assert_near(cell(t, left, "mean_time_2001_min"), 120, 1e-12);
    assert_near(cell(t, left, "mean_time_2020_min"), 95, 1e-12);
    assert_near(cell(t, left, "compression_ratio"), exp((4 * log(0.5) + 3 * log(0.75)) / 13),
                1e-12);
    assert_near(cell(t, left, "within_compression_ratio"), 0.5, 1e-12);
    assert_near(cell(t, right, "compression_ratio"), exp(3 * log(0.75) / 9), 1e-12);
    assert_true(isnan(cell(t, right, "within_compression_ratio")));
    /* the group that is everything is the index */
    size_t all = row_of(t, "grouping", "all");
    double index = index_value(report, "compression_index");
    assert_near(cell(t, all, "compression_ratio"), index, 1e-15);
    assert_near(cell(t, all, "within_compression_ratio"), index, 1e-15);
    nearer_report_free(report);
    nearer_study_free(study);
}

/* Before 2010 nothing opens: both days are the same. */
static void ask_compare__of_days_alike_is_1(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("compare_same", &d);
    nearer_report *report = compare(study, "2001", "2009", &by_people);
    assert_near(index_value(report, "compression_index"), 1, 0);
    const nearer_table *t = report_table(report, "places");
    for (size_t i = 0; i < 3; i++) {
        assert_near(cell(t, i, "compression_ratio"), 1, 0);
        assert_near(cell(t, i, "mean_time_change_min"), 0, 0);
        assert_near(cell(t, i, "mean_time_change_pct"), 0, 0);
        assert_near(cell(t, i, "mean_time_rank_change"), 0, 0);
    }
    nearer_report_free(report);
    nearer_study_free(study);
}

/* Potential 1 - t/400 with 1: A 3/4 + 1/2 = 1.25, then 7/8 + 5/8 = 1.5; columns bear its name. */
static void ask_compare__shows_another_measure_beside_the_mean_time(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("compare_other", &d);
    const nearer_measure_spec spec = {
        .measure = "potential", .decay = "linear:400", .cutoff_min = NAN, .own_min = NAN};
    nearer_report *report = compare(study, "2001", "2020-06-30", &spec);
    const nearer_table *t = report_table(report, "places");
    size_t a = row_of(t, "id", "A");
    assert_near(cell(t, a, "potential_2001_places"), 1.25, 1e-12);
    assert_near(cell(t, a, "potential_2020-06-30_places"), 1.5, 1e-12);
    assert_near(cell(t, a, "potential_change_places"), 0.25, 1e-12);
    assert_near(cell(t, a, "potential_change_pct"), 20, 1e-9);
    /* potentials before 1.25 1.5 1.25: highest first, equal ones sharing the better rank;
     * after A 1.5, B 7/8 + 3/4 = 1.625, C 5/8 + 3/4 = 1.375 */
    const double before[] = {2, 1, 2}, after[] = {2, 1, 3};
    for (size_t place = 0; place < 3; place++) {
        size_t i = row_of(t, "id", (const char *[]){"A", "B", "C"}[place]);
        assert_near(cell(t, i, "potential_rank_2001"), before[place], 0);
        assert_near(cell(t, i, "potential_rank_2020-06-30"), after[place], 0);
    }
    assert_near(cell(t, a, "mean_time_2001_min"), 150, 1e-12); /* weights 1 */
    nearer_report_free(report);
    nearer_study_free(study);
}

/* C is joined in 2010 only: its pairs are in neither average. The faster link A B closes: 40 to 50.
 */
static void ask_compare__is_over_the_pairs_of_both_days(void **state)
{
    (void)state;
    const drawn joined = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\n",
                          .road = "from,to,minutes,opened,closed\nA,B,40,,2010\nA,B,50,2005,\n"
                                  "B,C,10,2010,\n"};
    nearer_study *study = drawn_read("compare_joined", &joined);
    const nearer_measure_spec plain = {.measure = "mean_time", .cutoff_min = NAN, .own_min = NAN};
    nearer_report *report = compare(study, "2001", "2020", &plain);
    assert_near(index_value(report, "pairs"), 2, 0);
    assert_near(index_value(report, "pairs_slower"), 2, 0);
    assert_near(index_value(report, "pairs_on_one_day_only"), 4, 0);
    assert_near(index_value(report, "compression_index"), 1.25, 1e-12);
    const nearer_table *t = report_table(report, "places");
    assert_near(cell(t, row_of(t, "id", "A"), "mean_time_2020_min"), 50, 1e-12);
    assert_string_equal(cell_text(t, 2, "id"), "C"); /* without a rank: behind the others */
    assert_true(isinf(cell(t, 2, "mean_time_2020_min")));
    assert_true(isnan(cell(t, 2, "mean_time_rank_2020")));
    assert_true(isnan(cell(t, 2, "compression_ratio")));
    nearer_report_free(report);
    nearer_study_free(study);
}

static void ask_compare__needs_the_first_day_first(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("compare_days", &d);
    nearer_query query = {.date = day("2001")};
    nearer_report *report = NULL;
    assert_fails(
        nearer_ask_compare(&report, study, &query, day("2020"), day("2001"), &by_people, &err),
        NEARER_USAGE, "before the second");
    assert_fails(
        nearer_ask_compare(&report, study, &query, day("2020"), day("2020"), &by_people, &err),
        NEARER_USAGE, "before the second");
    const nearer_measure_spec wrong = {
        .measure = "mean_time", .mass = "poeple", .cutoff_min = NAN, .own_min = NAN};
    assert_fails(nearer_ask_compare(&report, study, &query, day("2001"), day("2020"), &wrong, &err),
                 NEARER_NAME, "did you mean 'people'?");
    query.modes = "rail";
    assert_fails(
        nearer_ask_compare(&report, study, &query, day("2001"), day("2020"), &by_people, &err),
        NEARER_NAME, "no links of mode 'rail'");
    assert_null(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_compare__of_one_place_has_nothing_to_compare),
        cmocka_unit_test(ask_compare__gives_what_is_worked_out_by_hand),
        cmocka_unit_test(ask_compare__tells_groups_apart),
        cmocka_unit_test(ask_compare__of_days_alike_is_1),
        cmocka_unit_test(ask_compare__shows_another_measure_beside_the_mean_time),
        cmocka_unit_test(ask_compare__is_over_the_pairs_of_both_days),
        cmocka_unit_test(ask_compare__needs_the_first_day_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
