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
    nearer_timeline_spec spec = {.from = from, .to = to};
    assert_ok(nearer_ask_timeline(&report, study, &query, &spec, &err));
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

static void ask_timeline__takes_the_grouping_asked_for(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("timeline_group", &three);
    nearer_query query = {.date = 0};
    nearer_timeline_spec spec = {.from = 2016, .to = 2016, .group = "side"};
    nearer_report *asked = NULL, *first = timeline(2016, 2016);
    assert_ok(nearer_ask_timeline(&asked, study, &query, &spec, &err));
    assert_near(cell(report_table(asked, "timeline"), 0, "theil_between"),
                cell(report_table(first, "timeline"), 0, "theil_between"), 0);
    nearer_report_free(asked);
    nearer_report_free(first);
    spec.group = "sid";
    assert_fails(nearer_ask_timeline(&asked, study, &query, &spec, &err), NEARER_NAME,
                 "unknown group 'sid'; did you mean 'side'?");
    nearer_study_free(study);
}

static void ask_timeline__says_what_opened_and_closed(void **state)
{
    (void)state;
    nearer_report *report = timeline(2009, 2016);
    const nearer_table *t = report_table(report, "events");
    const struct {
        double year, links;
        const char *event, *lines; /* each line once, also one whose name is part of another's */
    } rows[] = {{2010, 3, "opened", "new road; road"},
                {2010, 1, "closed", "old road"},
                {2015, 1, "opened", "spur"}};
    assert_int_equal(nearer_table_rows(t), 3);
    for (size_t r = 0; r < 3; r++) {
        assert_near(cell(t, r, "year"), rows[r].year, 0);
        assert_string_equal(cell_text(t, r, "event"), rows[r].event);
        assert_string_equal(cell_text(t, r, "lines"), rows[r].lines);
        assert_near(cell(t, r, "links"), rows[r].links, 0);
    }
    nearer_report_free(report);
}

/* A railway slows down on 1 July 2011 (a year of 365 days, 181 of them before): no opening. */
static const drawn slowed = {
    .places = "id,name,lon_deg,lat_deg\nA,Aton,0,0\nB,Bton,1,0\nC,Cton,2,0\nD,Dton,3,0\n",
    .rail = "from,to,minutes,line,opened,valid_from\nA,B,60,L,2005-12-31,\n"
            "A,B,90,L,2005-12-31,2011-07-01\nC,D,5,K,2030,\n"};

static void ask_timeline__weights_openings_by_their_days(void **state)
{
    (void)state;
    const nearer_pair pairs[] = {{0, 1}, {0, 2}};
    nearer_study *study = drawn_read("timeline_slowed", &slowed);
    nearer_query query = {.station_to_station = true};
    for (int weighted = 0; weighted < 2; weighted++) {
        nearer_timeline_spec spec = {.from = 2010,
                                     .to = 2012,
                                     .weight_openings = weighted == 1,
                                     .pairs = pairs,
                                     .pair_count = 2};
        nearer_report *report = NULL;
        assert_ok(nearer_ask_timeline(&report, study, &query, &spec, &err));
        const nearer_table *t = report_table(report, "timeline"),
                           *e = report_table(report, "events"), *c = report_table(report, "curve"),
                           *v = report_table(report, "convergence");
        double half = weighted ? 184 / 365.0 : 1;
        assert_near(cell(t, 0, "compression_index"), 1, 1e-12);
        assert_near(cell(t, 1, "compression_index"), pow(1.5, half), 1e-12);
        assert_near(cell(t, 2, "compression_index"), 1.5, 1e-12);
        assert_near(cell(t, 1, "mean_time_min"), 60 + 30 * half, 1e-9);
        assert_int_equal(nearer_table_rows(e), 1);
        assert_string_equal(cell_text(e, 0, "event"), "new minutes");
        assert_int_equal(nearer_table_rows(c), 6);
        assert_string_equal(cell_text(c, 1, "pair"), "Aton - Bton");
        assert_near(cell(c, 1, "time_min"), 60 + 30 * half, 1e-9);
        assert_true(isnan(cell(c, 0, "change_min")));
        assert_near(cell(c, 1, "change_min"), 30 * half, 1e-9);
        assert_true(isinf(cell(c, 3, "time_min")) && isnan(cell(c, 4, "change_min")));
        assert_near(cell(v, 0, "convergence_min_per_year"), (60 - 90) / 2.0, 1e-9);
        assert_true(isnan(cell(v, 1, "convergence_min_per_year")));
        nearer_report_free(report);
    }
    nearer_study_free(study);
}

static void ask_timeline__draws_its_chart(void **state)
{
    (void)state;
    nearer_report *report = timeline(2009, 2016);
    remove("timeline.svg");
    assert_ok(nearer_chart_write("timeline.svg", report, &err));
    char *svg = read_file("timeline.svg");
    assert_non_null(strstr(svg, "<svg"));
    free(svg);
    nearer_report_free(report);
}

static void ask_timeline__refuses_years_the_wrong_way_round(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("timeline_wrong", &three);
    nearer_query query = {.date = day("1900")};
    nearer_report *report = NULL;
    nearer_timeline_spec spec = {.from = 2010, .to = 2009};
    assert_fails(nearer_ask_timeline(&report, study, &query, &spec, &err), NEARER_USAGE,
                 "the first year must not lie behind the last");
    assert_null(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_timeline__has_a_row_a_year),
        cmocka_unit_test(ask_timeline__measures_inequality_between_and_within),
        cmocka_unit_test(ask_timeline__takes_the_grouping_asked_for),
        cmocka_unit_test(ask_timeline__says_what_opened_and_closed),
        cmocka_unit_test(ask_timeline__weights_openings_by_their_days),
        cmocka_unit_test(ask_timeline__draws_its_chart),
        cmocka_unit_test(ask_timeline__refuses_years_the_wrong_way_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
