#include "cases/drawn.h"

static nearer_error err;

static nearer_report *check(const nearer_study *study)
{
    nearer_report *report = NULL;
    assert_ok(nearer_ask_check(&report, study, &err));
    return report;
}

static void ask_check__of_one_place(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\n",
                     .nodes = "id,lon_deg,lat_deg\nn,0.5,0\n",
                     .road = "from,to,minutes\nA,n,60\n"};
    nearer_study *study = drawn_read("check_one", &d);
    nearer_report *report = check(study);
    assert_int_equal(nearer_table_rows(report_table(report, "cut_off")), 0);
    assert_int_equal(nearer_table_rows(report_table(report, "speeds")), 0); /* 56 km/h */
    assert_int_equal(nearer_table_rows(report_table(report, "snapping")), 0);
    const nearer_table *t = report_table(report, "networks");
    assert_near(cell(t, 0, "components"), 1, 0);
    assert_near(cell(t, 0, "places_in_largest"), 1, 0);
    assert_true(has_note(report, "1 places, 2 nodes, 1 links"));
    nearer_report_free(report);
    nearer_study_free(study);
}

/* Rail A - B (given 100 km, express, estimated), B - C from 2010 (no length: great circle 111.3 x
 * 1.2, no class), a tram of 600 km/h; road from C to D. P hangs 0.2 degrees from B. */
static const drawn d = {
    .places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\nD,3,0\nP,1.2,0\n",
    .modes = "\"rail\": {\"detour\": 1.2, \"access_limit_km\": 30, \"plausible_low_kmh\": 20, "
             "\"plausible_high_kmh\": 360}, \"road\": {\"access_limit_km\": 5}",
    .rail = "from,to,minutes,length_km,class,line,opened,estimated\n"
            "A,B,60,100,express,L,,yes\nB,C,60,,,M,2010-06-01,\nB,C,11,,express,X,2015,\n",
    .road = "from,to,minutes\nC,D,100\n",
    .masses = "id,people,gdp\nA,1,2\nB,3,\nC,4,5\nD,6,7\nX,8,9\n"};

static void ask_check__counts_each_layer_and_class(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("check", &d);
    nearer_report *report = check(study);
    const nearer_table *t = report_table(report, "layers");
    assert_int_equal(nearer_table_rows(t), 3);
    size_t express = row_of(t, "class", "express");
    assert_string_equal(cell_text(t, express, "layer"), "rail");
    assert_near(cell(t, express, "links"), 2, 0);
    assert_near(cell(t, express, "nodes"), 3, 0);
    assert_near(cell(t, express, "length_km"), 100 + 1.2 * EQUATOR_DEGREE_KM, 1e-6);
    assert_near(cell(t, express, "estimated_links"), 1, 0);
    assert_near(cell(t, express, "undated_links"), 1, 0);
    assert_string_equal(cell_text(t, express, "first_opened"), "2015-12-31");
    size_t plain = 3 - express - row_of(t, "layer", "road"); /* the third row */
    assert_string_equal(cell_text(t, plain, "layer"), "rail");
    assert_string_equal(cell_text(t, plain, "class"), "");
    assert_near(cell(t, plain, "links"), 1, 0);
    assert_string_equal(cell_text(t, plain, "first_opened"), "2010-06-01");
    assert_string_equal(cell_text(t, plain, "last_opened"), "2010-06-01");
    size_t road = row_of(t, "layer", "road");
    assert_string_equal(cell_text(t, road, "mode"), "road");
    assert_string_equal(cell_text(t, road, "first_opened"), "");
    nearer_report_free(report);
    nearer_study_free(study);
}

/* 2001: A B P by rail, C D by road; nobody else. 2020: all together. */
static void ask_check__finds_who_is_cut_off(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("check_cut", &d);
    nearer_report *report = check(study);
    const nearer_table *t = report_table(report, "networks");
    static const struct {
        const char *day, *modes;
        double links, components, largest, cut_off;
    } rows[] = {{"2001", "all", 2, 2, 3, 2},  {"2001", "rail", 1, 3, 3, 2},
                {"2001", "road", 1, 4, 2, 3}, {"2020", "all", 4, 1, 5, 0},
                {"2020", "rail", 3, 2, 4, 1}, {"2020", "road", 1, 4, 2, 3}};
    assert_int_equal(nearer_table_rows(t), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(cell_text(t, i, "day"), rows[i].day);
        assert_string_equal(cell_text(t, i, "modes"), rows[i].modes);
        assert_near(cell(t, i, "links"), rows[i].links, 0);
        assert_near(cell(t, i, "components"), rows[i].components, 0);
        assert_near(cell(t, i, "places_in_largest"), rows[i].largest, 0);
        assert_near(cell(t, i, "places_cut_off"), rows[i].cut_off, 0);
    }
    t = report_table(report, "cut_off");
    assert_int_equal(nearer_table_rows(t), 2 + 2 + 3 + 0 + 1 + 3);
    assert_string_equal(cell_text(t, 0, "id"), "C");
    assert_string_equal(cell_text(t, 1, "id"), "D");
    nearer_report_free(report);
    nearer_study_free(study);
}

/* B C in 11 minutes is 111.319 / 11 * 60 = 607 km/h; P is 0.2 degrees from B; B has no gdp, P no
 * mass at all; X is no place. */
static void ask_check__lists_odd_speeds_far_places_and_missing_values(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("check_odd", &d);
    nearer_report *report = check(study);
    const nearer_table *t = report_table(report, "speeds");
    assert_int_equal(nearer_table_rows(t), 1);
    assert_string_equal(cell_text(t, 0, "line"), "X");
    assert_string_equal(cell_text(t, 0, "from"), "B");
    assert_near(cell(t, 0, "great_circle_speed_kmh"), EQUATOR_DEGREE_KM / 11 * 60, 1e-6);
    t = report_table(report, "snapping");
    assert_int_equal(nearer_table_rows(t), 1);
    assert_string_equal(cell_text(t, 0, "id"), "P");
    assert_string_equal(cell_text(t, 0, "nearest_node"), "B");
    assert_near(cell(t, 0, "distance_km"), 0.2 * EQUATOR_DEGREE_KM, 1e-6);
    t = report_table(report, "missing");
    assert_int_equal(nearer_table_rows(t), 3);
    assert_string_equal(cell_text(t, 0, "mass"), "people");
    assert_string_equal(cell_text(t, 0, "id"), "P");
    assert_string_equal(cell_text(t, 1, "mass"), "gdp");
    assert_string_equal(cell_text(t, 1, "id"), "B");
    assert_string_equal(cell_text(t, 2, "id"), "P");
    assert_true(has_note(report, "mass people: 1 rows are no place of the study"));
    assert_true(has_note(report, "5 places, 5 nodes, 4 links; 1 links of odd speed; farthest place "
                                 "22 km from its node; 3 mass values missing"));
    nearer_report_free(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_check__of_one_place),
        cmocka_unit_test(ask_check__counts_each_layer_and_class),
        cmocka_unit_test(ask_check__finds_who_is_cut_off),
        cmocka_unit_test(ask_check__lists_odd_speeds_far_places_and_missing_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
