#include "cases/drawn.h"

static nearer_error err;

/* Boarding rail 10, leaving 7, dwell 1; boarding a plane 100, leaving 30. */
#define MODES                                                                               \
    "\"rail\": {\"access_min\": 3, \"boarding_min\": 4, \"headway_min\": 6, "               \
    "\"alighting_min\": 2, \"egress_min\": 5, \"dwell_min\": 1, \"access_speed_kmh\": 60, " \
    "\"access_limit_km\": 100}, "                                                           \
    "\"air\": {\"access_min\": 10, \"boarding_min\": 90, \"alighting_min\": 20, "           \
    "\"egress_min\": 10, \"transfer_min\": 45}, "                                           \
    "\"road\": {\"access_speed_kmh\": 60, \"access_limit_km\": 100, \"detour\": 1.5}"

typedef struct leg {
    const char *part, *mode, *line, *from, *to;
    double minutes;
} leg;

/* The trip's legs are these, in this order, and sum to `minutes`. */
static void legs_are(const nearer_study *study, const nearer_query *query, size_t from, size_t to,
                     double minutes, const leg *legs, size_t n)
{
    nearer_report *report = NULL;
    assert_ok(nearer_ask_trip(&report, study, query, from, to, &err));
    assert_near(cell(report_table(report, "trip"), 0, "time_min"), minutes, HALF_A_MILLISECOND);
    const nearer_table *t = report_table(report, "legs");
    assert_int_equal(nearer_table_rows(t), n);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(cell_text(t, i, "part"), legs[i].part);
        assert_string_equal(cell_text(t, i, "mode"), legs[i].mode);
        assert_string_equal(cell_text(t, i, "line"), legs[i].line);
        assert_string_equal(cell_text(t, i, "from"), legs[i].from);
        assert_string_equal(cell_text(t, i, "to"), legs[i].to);
        assert_near(cell(t, i, "time_min"), legs[i].minutes, HALF_A_MILLISECOND);
    }
    nearer_report_free(report);
}

/* A --30-- B --20-- C ~~60~~ D     line "L" from A to C, a plane from C on, E beyond reach */
static const drawn d = {
    .places =
        "id,name,lon_deg,lat_deg\nA,Aton,0,0\nB,Bton,1,0\nC,Cton,2,0\nD,Dton,9,0\nE,Eton,20,0\n",
    .modes = MODES,
    .rail = "from,to,minutes,line,length_km,opened\nA,B,30,L,50,\nB,C,20,L,40,\nD,E,9,K,5,2030\n",
    .air = "from,to,minutes\nC,D,60\n"};

static void ask_trip__from_a_place_to_itself_is_no_trip(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("trip_self", &d);
    nearer_query query = {.date = day("2020")};
    legs_are(study, &query, 2, 2, 0, NULL, 0);
    nearer_study_free(study);
}

/* A -fast- B -fast- C -slow- D, changing only where the class does */
static void ask_trip__says_where_riders_change(void **state)
{
    (void)state;
    const drawn by_class = {
        .places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\nD,3,0\n",
        .modes =
            "\"rail\": {\"access_min\": 3, \"boarding_min\": 7, \"alighting_min\": 2, "
            "\"egress_min\": 5, \"dwell_min\": 1, \"transfer_min\": 13, \"through\": \"class\"}",
        .rail = "from,to,minutes,class,line\nA,B,30,fast,L\nB,C,40,fast,L\nC,D,50,slow,L\n"};
    nearer_study *study = drawn_read("trip_class", &by_class);
    nearer_query query = {.date = day("2020")};
    const leg legs[] = {{"board", "rail", "", "A", "A", 10},
                        {"ride", "rail", "L", "A", "C", 71},
                        {"transfer", "rail", "", "C", "C", 13},
                        {"ride", "rail", "L", "C", "D", 50},
                        {"leave", "rail", "", "D", "D", 7}};
    legs_are(study, &query, 0, 3, 151, legs, 5);
    query.station_to_station = true;
    legs_are(study, &query, 0, 3, 134, legs + 1, 3);
    nearer_study_free(study);
}

static void ask_trip__to_where_nothing_goes_says_so(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("trip_none", &d);
    nearer_query query = {.date = day("2020")};
    legs_are(study, &query, 0, 4, INFINITY, NULL, 0);
    nearer_report *report = NULL;
    assert_ok(nearer_ask_trip(&report, study, &query, 0, 4, &err));
    assert_true(has_note(report, "Eton cannot be reached from Aton"));
    nearer_report_free(report);
    nearer_study_free(study);
}

/* One line is one ride, its stop's minute included: 30 + 1 + 20. */
static void ask_trip__keeps_one_line_together(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("trip_line", &d);
    nearer_query query = {.date = day("2020")};
    const leg legs[] = {{"board", "rail", "", "Aton", "Aton", 10},
                        {"ride", "rail", "L", "Aton", "Cton", 51},
                        {"leave", "rail", "", "Cton", "Cton", 7}};
    legs_are(study, &query, 0, 2, 68, legs, 3);
    nearer_report *report = NULL;
    assert_ok(nearer_ask_trip(&report, study, &query, 0, 2, &err));
    const nearer_table *head = report_table(report, "trip");
    assert_string_equal(cell_text(head, 0, "from_id"), "A");
    assert_string_equal(cell_text(head, 0, "to"), "Cton");
    const nearer_table *t = report_table(report, "legs");
    assert_near(cell(t, 1, "length_km"), 90, 1e-9);
    assert_true(isnan(cell(t, 0, "length_km")));
    nearer_report_free(report);
    const leg ridden[] = {{"ride", "rail", "L", "Cton", "Aton", 51}};
    query.station_to_station = true;
    legs_are(study, &query, 2, 0, 51, ridden, 1);
    nearer_study_free(study);
}

/* 10 + 51 + 7 + 100 + 60 + 30 */
static void ask_trip__shows_the_change_from_rail_to_air(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("trip_change", &d);
    nearer_query query = {.date = day("2020")};
    const leg legs[] = {
        {"board", "rail", "", "Aton", "Aton", 10}, {"ride", "rail", "L", "Aton", "Cton", 51},
        {"leave", "rail", "", "Cton", "Cton", 7},  {"board", "air", "", "Cton", "Cton", 100},
        {"ride", "air", "", "Cton", "Dton", 60},   {"leave", "air", "", "Dton", "Dton", 30}};
    legs_are(study, &query, 0, 3, 258, legs, 6);
    nearer_study_free(study);
}

/* Two lines of a mode that runs through: the dwell stands on its own between them. */
static void ask_trip__parts_two_lines(void **state)
{
    (void)state;
    const drawn two = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\n",
                       .modes = MODES,
                       .rail = "from,to,minutes,line\nA,B,30,L\nB,C,20,M\n",
                       .air = "from,to,minutes\nA,C,9999\n"};
    nearer_study *study = drawn_read("trip_two", &two);
    nearer_query query = {.date = day("2020"), .modes = "rail"};
    const leg legs[] = {{"board", "rail", "", "A", "A", 10},
                        {"ride", "rail", "L", "A", "B", 30},
                        {"stop", "rail", "", "B", "B", 1},
                        {"ride", "rail", "M", "B", "C", 20},
                        {"leave", "rail", "", "C", "C", 7}};
    legs_are(study, &query, 0, 2, 68, legs, 5);
    nearer_study_free(study);
}

static void ask_trip__shows_a_change_of_planes(void **state)
{
    (void)state;
    const drawn planes = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\n",
                          .modes = MODES,
                          .air = "from,to,minutes\nA,B,60\nB,C,50\n"};
    nearer_study *study = drawn_read("trip_planes", &planes);
    nearer_query query = {.date = day("2020")};
    const leg legs[] = {{"board", "air", "", "A", "A", 100},
                        {"ride", "air", "", "A", "B", 60},
                        {"transfer", "air", "", "B", "B", 45},
                        {"ride", "air", "", "B", "C", 50},
                        {"leave", "air", "", "C", "C", 30}};
    legs_are(study, &query, 0, 2, 285, legs, 5);
    nearer_study_free(study);
}

/* P . n ==30== Q: a tenth of a degree to the road, then 30 minutes over one degree less that tenth
 * at a detour of 1.5 */
static void ask_trip__shows_the_way_to_a_road(void **state)
{
    (void)state;
    const drawn beside = {.places = "id,lon_deg,lat_deg\nP,0,0\nQ,1,0\n",
                          .modes = MODES,
                          .nodes = "id,lon_deg,lat_deg\nn,0.1,0\n",
                          .road = "from,to,minutes\nn,Q,30\n"};
    nearer_study *study = drawn_read("trip_road", &beside);
    nearer_query query = {.date = day("2020")};
    const double walk = EQUATOR_DEGREE_KM / 10;
    const leg there[] = {{"access", "road", "", "P", "n", walk},
                         {"ride", "road", "", "n", "Q", 30}},
              back[] = {{"ride", "road", "", "Q", "n", 30}, {"access", "road", "", "n", "P", walk}};
    legs_are(study, &query, 0, 1, walk + 30, there, 2);
    legs_are(study, &query, 1, 0, walk + 30, back, 2);
    nearer_report *report = NULL;
    assert_ok(nearer_ask_trip(&report, study, &query, 0, 1, &err));
    assert_near(cell(report_table(report, "legs"), 1, "length_km"), 0.9 * EQUATOR_DEGREE_KM * 1.5,
                1e-6);
    nearer_report_free(report);
    nearer_study_free(study);
}

static void ask_trip__knows_its_modes(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("trip_modes", &d);
    nearer_query query = {.date = day("2020"), .modes = "ari"};
    nearer_report *report = NULL;
    assert_fails(nearer_ask_trip(&report, study, &query, 0, 1, &err), NEARER_NAME,
                 "unknown mode 'ari'");
    assert_null(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_trip__from_a_place_to_itself_is_no_trip),
        cmocka_unit_test(ask_trip__says_where_riders_change),
        cmocka_unit_test(ask_trip__to_where_nothing_goes_says_so),
        cmocka_unit_test(ask_trip__keeps_one_line_together),
        cmocka_unit_test(ask_trip__shows_the_change_from_rail_to_air),
        cmocka_unit_test(ask_trip__parts_two_lines),
        cmocka_unit_test(ask_trip__shows_a_change_of_planes),
        cmocka_unit_test(ask_trip__shows_the_way_to_a_road),
        cmocka_unit_test(ask_trip__knows_its_modes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
