/* Services that are waited for, and ways between stations, on small networks worked out by hand. */
#include "cases/drawn.h"

static nearer_error err;

/* board 10 = 3 + 7, leave 7 = 2 + 5, dwell 1, change 13 */
#define RAIL(through)                                                                      \
    "\"rail\": {\"access_min\": 3, \"boarding_min\": 7, \"alighting_min\": 2, "            \
    "\"egress_min\": 5, \"dwell_min\": 1, \"transfer_min\": 13, \"access_limit_km\": 50, " \
    "\"access_speed_kmh\": 60, \"through\": " through "}"
#define ABCD "id,lon_deg,lat_deg\nA,0,0\nB,5,0\nC,10,0\nD,15,0\n"

static const char *const throughs[] = {RAIL("false"), RAIL("true"), RAIL("\"class\""),
                                       RAIL("\"line\""), RAIL("\"service\"")};
enum { NO, YES, CLASS, LINE, SERVICE, THROUGHS };

static double minutes_of(const nearer_study *study, const nearer_query *query, char from, char to)
{
    nearer_times *times = NULL;
    assert_ok(nearer_times_compute(&times, nearer_study_network(study), query, &err));
    double minutes = nearer_times_minutes(times, (size_t)(from - 'A'), (size_t)(to - 'A'));
    nearer_times_free(times);
    return minutes;
}

/* From one place to the other by these links on the last day of 2020; the road is there so that
 * every place is on a link. */
static void takes(const char *modes, const char *rail, char from, char to, double minutes)
{
    const drawn d = {
        .places = ABCD, .modes = modes, .rail = rail, .road = "from,to,minutes\nA,D,9999\n"};
    nearer_study *study = drawn_read("waits", &d);
    nearer_query query = {.date = day("2020"), .modes = "rail"};
    double found = minutes_of(study, &query, from, to);
    if (!near_to(found, minutes, 1e-9))
        fail_msg("%s\n%s%c to %c: %g, %g was expected", modes, rail, from, to, found, minutes);
    nearer_study_free(study);
}

static void wait__is_paid_when_boarding_whatever_the_mode_is_through(void **state)
{
    (void)state;
    static const char rail[] = "from,to,minutes,service,wait_min,oneway,line,class\n"
                               "A,B,30,s,8,yes,l,fast\nB,C,20,s,12,yes,m,fast\n";
    for (size_t i = 0; i < THROUGHS; i++) {
        takes(throughs[i], rail, 'A', 'B', 10 + 8 + 30 + 7);
        takes(throughs[i], rail, 'B', 'C', 10 + 12 + 20 + 7);
    }
    /* one service of one line stays aboard */
    static const char line[] = "from,to,minutes,service,wait_min,oneway,line,class\n"
                               "A,B,30,s,8,yes,l,fast\nB,C,20,s,12,yes,l,fast\n";
    for (size_t i = 0; i < THROUGHS; i++)
        takes(throughs[i], line, 'A', 'C', 10 + 8 + 30 + 1 + 20 + 7);
}

static void wait__is_paid_again_for_another_service(void **state)
{
    (void)state;
    static const char rail[] = "from,to,minutes,service,wait_min,line,class\n"
                               "A,B,30,s,8,l,fast\nB,C,20,t,12,l,fast\n";
    for (size_t i = 0; i < THROUGHS; i++) {
        takes(throughs[i], rail, 'A', 'C', 10 + 8 + 30 + 13 + 12 + 20 + 7);
        takes(throughs[i], rail, 'C', 'A', 10 + 12 + 20 + 13 + 8 + 30 + 7);
    }
}

static void wait__is_the_shortest_of_the_service_at_the_node(void **state)
{
    (void)state;
    static const char both[] = "from,to,minutes,service,wait_min\nA,B,30,s,8\nB,C,20,s,12\n";
    takes(throughs[NO], both, 'B', 'C', 10 + 8 + 20 + 7);
    takes(throughs[NO], both, 'C', 'B', 10 + 12 + 20 + 7);
    static const char oneway[] = "from,to,minutes,service,wait_min,oneway\n"
                                 "A,B,30,s,8,yes\nB,C,20,s,12,yes\nB,D,40,s,11,yes\n";
    takes(throughs[NO], oneway, 'B', 'C', 10 + 11 + 20 + 7); /* the 8 is of A */
}

static void wait__of_no_service_is_of_the_link_s_class(void **state)
{
    (void)state;
    static const char rail[] = "from,to,minutes,wait_min\nA,B,30,8\nB,C,20,12\n";
    takes(throughs[NO], rail, 'A', 'C', 10 + 8 + 30 + 13 + 8 + 20 + 7);
    for (size_t i = YES; i < THROUGHS; i++)
        takes(throughs[i], rail, 'A', 'C', 10 + 8 + 30 + 1 + 20 + 7);
}

static void wait__leaves_links_without_one_as_they_are(void **state)
{
    (void)state;
    static const char rail[] = "from,to,minutes,service,wait_min,class\n"
                               "A,B,30,s,8,x\nB,C,20,,,x\nC,D,10,,,x\n";
    takes(throughs[NO], rail, 'B', 'D', 10 + 20 + 13 + 10 + 7);
    takes(throughs[NO], rail, 'A', 'C', 10 + 8 + 30 + 13 + 20 + 7);
    for (size_t i = YES; i < THROUGHS; i++)
        if (i != LINE) { /* what names no service belongs to all of its class */
            takes(throughs[i], rail, 'B', 'D', 10 + 20 + 1 + 10 + 7);
            takes(throughs[i], rail, 'A', 'C', 10 + 8 + 30 + 1 + 20 + 7);
        }
    static const char none[] = "from,to,minutes,service,wait_min\nA,B,30,s,0\nB,C,20,s,0\n";
    takes(throughs[NO], none, 'A', 'C', 10 + 30 + 1 + 20 + 7);
}

/* A service that is waited for parts the vehicles of its mode, also on days before it runs: its
 * opening makes no other trip longer. */
static void wait__opens_without_changing_other_trips(void **state)
{
    (void)state;
    const drawn d = {.places = ABCD,
                     .modes = RAIL("true"),
                     .rail = "from,to,minutes,service,wait_min,class,opened\nA,B,30,,,x,\n"
                             "B,C,20,,,y,\nB,D,60,s,5,z,2020-06-01\nC,D,90,,,y,\n"};
    nearer_study *study = drawn_read("waits_opened", &d);
    nearer_query query = {.date = day("2019")};
    assert_near(minutes_of(study, &query, 'A', 'C'), 10 + 30 + 13 + 20 + 7, 1e-9);
    assert_near(minutes_of(study, &query, 'B', 'D'), 10 + 20 + 1 + 90 + 7, 1e-9);
    query.date = day("2020");
    assert_near(minutes_of(study, &query, 'A', 'C'), 10 + 30 + 13 + 20 + 7, 1e-9);
    assert_near(minutes_of(study, &query, 'B', 'D'), 10 + 5 + 60 + 7, 1e-9);
    nearer_study_free(study);
}

static void transfer__joins_two_stations_for_who_changes(void **state)
{
    (void)state;
    static const char rail[] = "from,to,minutes,service,wait_min,oneway,transfer\n"
                               "A,B,30,s,8,yes,\nC,D,20,t,12,yes,\nB,C,5,,,yes,yes\n";
    for (size_t i = 0; i < THROUGHS; i++) {
        takes(throughs[i], rail, 'A', 'D', 10 + 8 + 30 + 5 + 12 + 20 + 7);
        takes(throughs[i], rail, 'B', 'D', INFINITY); /* nobody changes who did not ride */
        takes(throughs[i], rail, 'A', 'C', INFINITY);
        takes(throughs[i], rail, 'D', 'A', INFINITY);
    }
    /* both ways unless it says one way, and for services that are not waited for too */
    static const char both[] = "from,to,minutes,transfer\nA,B,30,\nC,D,20,\nB,C,5,yes\n";
    takes(throughs[NO], both, 'A', 'D', 10 + 30 + 5 + 20 + 7);
    takes(throughs[NO], both, 'D', 'A', 10 + 20 + 5 + 30 + 7);
}

/* 30 to B, 5 to C on foot; from there only a vehicle goes on. */
static void transfer__is_not_followed_by_another(void **state)
{
    (void)state;
    static const char rail[] = "from,to,minutes,transfer\n"
                               "A,B,30,\nB,C,5,yes\nC,D,5,yes\nC,A,60,\nD,A,300,\n";
    takes(throughs[NO], rail, 'A', 'D', 10 + 300 + 7);
}

static void transfer__within_a_station_is_its_change(void **state)
{
    (void)state;
    static const char rail[] = "from,to,minutes,service,transfer\nA,B,30,s,\nB,C,20,t,\n"
                               "C,D,10,u,\nB,B,6,,yes\nB,B,4,,yes\nB,B,5,,yes\n";
    takes(throughs[NO], rail, 'A', 'C', 10 + 30 + 4 + 20 + 7);
    takes(throughs[NO], rail, 'A', 'D', 10 + 30 + 4 + 20 + 13 + 10 + 7);
    takes(throughs[SERVICE], rail, 'A', 'C', 10 + 30 + 4 + 20 + 7);
}

static void transfer__of_roads_goes_from_node_to_node(void **state)
{
    (void)state;
    const drawn d = {.places = ABCD,
                     .road = "from,to,minutes,transfer\nA,B,30,\nB,C,5,yes\nC,D,20,\n"};
    nearer_study *study = drawn_read("waits_road", &d);
    nearer_query query = {.date = day("2020")};
    assert_near(minutes_of(study, &query, 'A', 'D'), 55, 1e-9);
    assert_near(minutes_of(study, &query, 'D', 'A'), 55, 1e-9);
    assert_near(minutes_of(study, &query, 'B', 'C'), 5, 1e-9);
    nearer_study_free(study);
}

/* In 2020 nothing goes from C yet; E is a station of nobody but a way leads there. */
static void transfer__needs_vehicles_at_both_ends(void **state)
{
    (void)state;
    const drawn d = {.places = ABCD,
                     .modes = RAIL("false"),
                     .nodes = "id,lon_deg,lat_deg\nE,15.1,0\nF,15.2,0\n",
                     .rail = "from,to,minutes,transfer,opened\nA,B,30,,\nB,C,5,yes,\n"
                             "B,F,50,,\nC,F,20,,2021\nF,E,3,yes,\n"};
    nearer_study *study = drawn_read("waits_closed", &d);
    nearer_query query = {.date = day("2020")};
    const double walk =
        0.2 * EQUATOR_DEGREE_KM; /* D to F at 60 km/h; E is nearer, but no station */
    assert_near(minutes_of(study, &query, 'A', 'C'), INFINITY, 0);
    assert_near(minutes_of(study, &query, 'A', 'D'), 10 + 30 + 13 + 50 + 7 + walk, 1e-3);
    query.station_to_station = true;
    assert_near(minutes_of(study, &query, 'A', 'D'), 30 + 13 + 50, 1e-9);
    query.date = day("2021");
    assert_near(minutes_of(study, &query, 'A', 'D'), 30 + 5 + 20, 1e-9);
    nearer_study_free(study);
}

static void transfer__says_what_is_wrong_with_it(void **state)
{
    (void)state;
    static const struct {
        const char *rail, *part;
    } wrong[] = {
        {"from,to,minutes,transfer\nA,B,30,\nB,C,,yes\n",
         "waits_bad_rail.csv:3: a transfer without minutes, a number above 0 was expected"},
        {"from,to,transfer\nA,B,yes\n", "waits_bad_rail.csv:2: a transfer without minutes"},
        {"from,to,minutes,transfer\nA,B,5,perhaps\n",
         "waits_bad_rail.csv:2: transfer is 'perhaps', yes, no or nothing was expected"},
        {"from,to,minutes,wait_min\nA,B,5,-1\n",
         "waits_bad_rail.csv:2: wait_min is '-1', minutes of 0 or more was expected"},
        {"from,to,minutes,wait_min\nA,B,5,inf\n", "waits_bad_rail.csv:2: wait_min is 'inf'"},
        {"from,to,minutes,transfer\nA,B,5,yes\n",
         "waits_bad_places.csv:2: place 'A' has no station: all links are transfers"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const drawn d = {.places = ABCD, .rail = wrong[i].rail};
        nearer_study *study = NULL;
        assert_fails(nearer_study_read(&study, drawn_write("waits_bad", &d), &err), NEARER_VALUE,
                     wrong[i].part);
        assert_null(study);
    }
}

/* Neither is a link that is ridden, nor opened. */
static void transfer__is_not_counted_as_a_link(void **state)
{
    (void)state;
    const drawn d = {.places = ABCD,
                     .modes = RAIL("false"),
                     .rail = "from,to,minutes,transfer,opened,line\nA,B,300,,2010,l\n"
                             "B,C,0.1,yes,2010,m\nC,D,300,,,l\n"};
    nearer_study *study = drawn_read("waits_counted", &d);
    nearer_report *report = NULL;
    assert_ok(nearer_ask_check(&report, study, &err));
    assert_near(cell(report_table(report, "layers"), 0, "links"), 2, 0);
    assert_int_equal(nearer_table_rows(report_table(report, "speeds")), 0);
    nearer_report_free(report);
    report = NULL;
    nearer_query query = {0};
    nearer_timeline_spec spec = {.from = 2009, .to = 2011};
    assert_ok(nearer_ask_timeline(&report, study, &query, &spec, &err));
    const nearer_table *events = report_table(report, "events");
    assert_int_equal(nearer_table_rows(events), 1);
    assert_near(cell(events, 0, "links"), 1, 0);
    assert_string_equal(cell_text(events, 0, "lines"), "l");
    nearer_report_free(report);
    nearer_study_free(study);
}

/* The parts of a trip that waits, walks and changes, and that they sum to its minutes. */
static void trip__shows_waits_and_ways(void **state)
{
    (void)state;
    static const struct {
        const char *part, *line, *from, *to;
        double minutes;
    } legs[] = {{"board", "", "A", "A", 10}, {"wait", "", "A", "A", 8},
                {"ride", "l", "A", "B", 30}, {"transfer", "", "B", "C", 5},
                {"wait", "", "C", "C", 12},  {"ride", "m", "C", "D", 20},
                {"leave", "", "D", "D", 7}};
    const drawn d = {.places = ABCD,
                     .modes = RAIL("\"service\""),
                     .rail = "from,to,minutes,service,wait_min,transfer,line\nA,B,30,s,8,,l\n"
                             "C,D,20,t,12,,m\nB,C,5,,,yes,\n"};
    nearer_study *study = drawn_read("waits_trip", &d);
    nearer_query query = {.date = day("2020")};
    nearer_report *report = NULL;
    assert_ok(nearer_ask_trip(&report, study, &query, 0, 3, &err));
    const nearer_table *t = report_table(report, "legs");
    double sum = 0;
    assert_int_equal(nearer_table_rows(t), 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(cell_text(t, i, "part"), legs[i].part);
        assert_string_equal(cell_text(t, i, "line"), legs[i].line);
        assert_string_equal(cell_text(t, i, "from"), legs[i].from);
        assert_string_equal(cell_text(t, i, "to"), legs[i].to);
        assert_near(cell(t, i, "time_min"), legs[i].minutes, 1e-9);
        assert_true(isnan(cell(t, i, "length_km")) == (legs[i].line[0] == 0));
        sum += cell(t, i, "time_min");
    }
    assert_near(sum, cell(report_table(report, "trip"), 0, "time_min"), 1e-9);
    assert_near(sum, 92, 1e-9);
    nearer_report_free(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wait__is_paid_when_boarding_whatever_the_mode_is_through),
        cmocka_unit_test(wait__is_paid_again_for_another_service),
        cmocka_unit_test(wait__is_the_shortest_of_the_service_at_the_node),
        cmocka_unit_test(wait__of_no_service_is_of_the_link_s_class),
        cmocka_unit_test(wait__leaves_links_without_one_as_they_are),
        cmocka_unit_test(wait__opens_without_changing_other_trips),
        cmocka_unit_test(transfer__joins_two_stations_for_who_changes),
        cmocka_unit_test(transfer__is_not_followed_by_another),
        cmocka_unit_test(transfer__within_a_station_is_its_change),
        cmocka_unit_test(transfer__of_roads_goes_from_node_to_node),
        cmocka_unit_test(transfer__needs_vehicles_at_both_ends),
        cmocka_unit_test(transfer__says_what_is_wrong_with_it),
        cmocka_unit_test(transfer__is_not_counted_as_a_link),
        cmocka_unit_test(trip__shows_waits_and_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
