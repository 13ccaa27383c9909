#include <math.h>

#include "cases/drawn.h"

static nearer_error err;

/* A to B 100 min until 2010, then 50; C hangs on B from 2015, 40 min away. */
static const drawn three = {
    .places = "id,lon_deg,lat_deg,side\nA,0,0,west\nB,1,0,west\nC,2,0,east\n",
    .road = "from,to,minutes,line,opened,closed\n"
            "A,B,100,old road,,2010\nA,B,50,new road,2010,\nA,B,50,road,2010,\n"
            "A,B,50,road,2010,\nB,C,40,spur,2015-06-30,\n",
    .more = "\"groups\": {\"side\": {\"column\": \"side\"}}"};

static nearer_report *timeline(int from, int to)
{
    nearer_study *study = drawn_read("timeline", &three);
    nearer_query query = {.date = day("1900")}; /* not looked at */
    nearer_report *report = NULL;
    assert_ok(nearer_ask_timeline(&report, study, &query, from, to, NULL, &err));
    nearer_study_free(study);
    return report;
}

static void ask_timeline__has_a_row_a_year(void **state)
{
    (void)state;
    nearer_report *report = timeline(2009, 2016);
    const nearer_table *t = report_table(report, "timeline");
    assert_int_equal(nearer_table_rows(t), 8);
    for (size_t r = 0; r < 8; r++) assert_near(cell(t, r, "year"), 2009 + (double)r, 0);
    /* 2009 to 2014 it is A and B alone, 2 ordered pairs; the index is over them ever after */
    assert_near(cell(t, 0, "compression_index"), 1, 0);
    assert_near(cell(t, 1, "compression_index"), 0.5, 1e-12);
    assert_near(cell(t, 7, "compression_index"), 0.5, 1e-12);
    assert_near(cell(t, 0, "mean_time_min"), 100, 1e-12);
    assert_near(cell(t, 1, "mean_time_min"), 50, 1e-12);
    assert_near(cell(t, 5, "places"), 2, 0);
    assert_near(cell(t, 6, "places"), 3, 0);
    assert_near(cell(t, 6, "pairs"), 2, 0);
    nearer_report_free(report);
}

/* 2016: A (50 + 90) / 2 = 70, B 45, C (40 + 90) / 2 = 65; the mean is 60. Between west (115 / 2)
 * and east (65). */
static void ask_timeline__measures_inequality_between_and_within(void **state)
{
    (void)state;
    nearer_report *report = timeline(2016, 2016);
    const nearer_table *t = report_table(report, "timeline");
    double x[3] = {70, 45, 65}, theil = 0, squares = 0;
    for (int i = 0; i < 3; i++) {
        theil += x[i] / 60 * log(x[i] / 60) / 3;
        squares += (x[i] - 60) * (x[i] - 60) / 3;
    }
    double between = 115.0 / 180 * log(57.5 / 60) + 65.0 / 180 * log(65.0 / 60);
    assert_near(cell(t, 0, "mean_time_min"), 60, 1e-12);
    assert_near(cell(t, 0, "cv"), sqrt(squares) / 60, 1e-12);
    assert_near(cell(t, 0, "gini"), (-2 * 45 + 2 * 70) / (9.0 * 60), 1e-12);
    assert_near(cell(t, 0, "theil"), theil, 1e-12);
    assert_near(cell(t, 0, "theil_between"), between, 1e-12);
    assert_near(cell(t, 0, "theil_within"), theil - between, 1e-12);
    nearer_report_free(report);
}

static void ask_timeline__says_what_opened(void **state)
{
    (void)state;
    nearer_report *report = timeline(2009, 2016);
    const nearer_table *t = report_table(report, "opened");
    assert_int_equal(nearer_table_rows(t), 2);
    assert_near(cell(t, 0, "year"), 2010, 0);
    /* each line once, also one whose name is part of another's */
    assert_string_equal(cell_text(t, 0, "lines"), "new road; road");
    assert_near(cell(t, 0, "links"), 3, 0);
    assert_near(cell(t, 1, "year"), 2015, 0);
    assert_string_equal(cell_text(t, 1, "lines"), "spur");
    assert_near(cell(t, 1, "links"), 1, 0);
    nearer_report_free(report);
}

static void ask_timeline__refuses_years_the_wrong_way_round(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("timeline_wrong", &three);
    nearer_query query = {.date = day("1900")};
    nearer_report *report = NULL;
    assert_fails(nearer_ask_timeline(&report, study, &query, 2010, 2009, NULL, &err), NEARER_USAGE,
                 "the first year must not lie behind the last");
    assert_null(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_timeline__has_a_row_a_year),
        cmocka_unit_test(ask_timeline__measures_inequality_between_and_within),
        cmocka_unit_test(ask_timeline__says_what_opened),
        cmocka_unit_test(ask_timeline__refuses_years_the_wrong_way_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
