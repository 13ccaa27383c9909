#include "cases/drawn.h"

#include "model/network.h"

static nearer_error err;

#define AB "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n"

static void add_layer__needs_links(void **state)
{
    (void)state;
    const drawn d = {.places = AB, .road = "from,to,minutes\n"};
    nearer_study *study = NULL;
    assert_fails(nearer_study_read(&study, drawn_write("links_none", &d), &err), NEARER_NODATA,
                 "links_none_road.csv: layer 'road' has no links");
    assert_null(study);
}

static void add_layer__says_in_which_line_a_link_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *road;
        nearer_status status;
        const char *part;
    } wrong[] = {
        {"from,to,minutes\nA,X,5\n", NEARER_NAME,
         "road.csv:2: to 'X' is no place and no node of layer 'road'"},
        {"from,to,minutes\nA,B,5\n,B,5\n", NEARER_NAME, "road.csv:3: from ''"},
        {"from,to,minutes\nA,B,0\n", NEARER_VALUE,
         "road.csv:2: minutes is '0', a number above 0 was expected"},
        {"from,to,minutes\nA,B,-5\n", NEARER_VALUE, "a number above 0"},
        {"from,to,minutes\nA,B,inf\n", NEARER_VALUE, "a number above 0"},
        {"from,to,minutes\nA,B,5 min\n", NEARER_VALUE, "minutes is '5 min', a number was expected"},
        {"from,to,length_km\nA,B,0\n", NEARER_VALUE, "length_km is '0'"},
        {"from,to,speed_kmh\nA,B,0\n", NEARER_VALUE, "speed_kmh is '0'"},
        {"from,to,minutes,opened\nA,B,5,soon\n", NEARER_VALUE,
         "road.csv:2: opened is 'soon', a date YYYY, YYYY-MM or YYYY-MM-DD was expected"},
        {"from,to,minutes,closed\nA,B,5,2020-02-30\n", NEARER_VALUE, "closed is '2020-02-30'"},
        {"from,to,minutes,opened,closed\nA,B,5,2010,2009\n", NEARER_VALUE,
         "road.csv:2: the link closes before it opens"},
        {"from,to,minutes,opened,closed\nA,B,5,2010-05-01,2010-05-01\n", NEARER_VALUE,
         "closes before it opens"},
        {"from,to,minutes,oneway\nA,B,5,maybe\n", NEARER_VALUE,
         "oneway is 'maybe', yes, no, reverse, FT, TF, B, -1 or nothing was expected"},
        {"from,to,minutes,estimated\nA,B,5,2\n", NEARER_VALUE, "estimated is '2'"},
        {"minutes,length_km\n5,6\n", NEARER_NAME, "names no fields 'from' and 'to'"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const drawn d = {.places = AB, .road = wrong[i].road};
        nearer_study *study = NULL;
        assert_fails(nearer_study_read(&study, drawn_write("links_wrong", &d), &err),
                     wrong[i].status, wrong[i].part);
        assert_null(study);
    }
}

/* One degree of the equator x 1.3 = 144.715 km:
 *   given minutes stand as they are; 60 km at 50 km/h 72 min; 60 km at its own 40 km/h 90 min;
 *   60 km at the class's 100 km/h 36 min, at its own 120 km/h 30 min; no length 144.715 km */
static void link_minutes__come_from_what_is_given(void **state)
{
    (void)state;
    const drawn d = {
        .places = AB,
        .modes = "\"road\": {\"speed_kmh\": 50, \"detour\": 1.3, \"link_min\": 3, "
                 "\"classes\": {\"expressway\": {\"speed_kmh\": 100}}}",
        .road = "from,to,minutes,length_km,speed_kmh,class\n"
                "A,B,7,60,40,expressway\nA,B,,60,40,\nA,B,,60,120,expressway\nA,B,,,40,track\n"
                "A,A,,,40,\n"};
    nearer_study *study = drawn_read("links_minutes", &d);
    const nearer_network *network = nearer_study_network(study);
    const double minutes[] = {7, 90 + 3, 30 + 3, EQUATOR_DEGREE_KM * 1.3 / 40 * 60 + 3, 3};
    assert_int_equal(network->link_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_near(nr_link_minutes(network, &network->links[i]), minutes[i], 1e-9);
    assert_near(network->links[0].length_km, 60, 0);
    assert_true(isnan(network->links[3].length_km));
    assert_near(network->links[3].great_circle_km, EQUATOR_DEGREE_KM, 1e-9);
    nearer_study_free(study);

    const drawn e = {
        .places = AB,
        .modes = "\"road\": {\"speed_kmh\": 50, \"detour\": 1.3, "
                 "\"classes\": {\"expressway\": {\"speed_kmh\": 100}}}",
        .road = "from,to,length_km,class\nA,B,60,\nA,B,60,track\nA,B,60,expressway\nA,B,,\n"};
    study = drawn_read("links_minutes", &e);
    network = nearer_study_network(study);
    const double others[] = {72, 72, 36, EQUATOR_DEGREE_KM * 1.3 / 50 * 60};
    for (size_t i = 0; i < 4; i++)
        assert_near(nr_link_minutes(network, &network->links[i]), others[i], 1e-9);
    nearer_study_free(study);
}

static void add_layer__reads_dates_and_flags(void **state)
{
    (void)state;
    const drawn d = {.places = AB,
                     .road = "from,to,minutes,opened,closed,oneway,estimated\n"
                             "A,B,5,2001,2010-02,yes,1\nB,A,5,,,No,false\nA,B,5,2020-12-26,,Y,\n"};
    nearer_study *study = drawn_read("links_dates", &d);
    const nearer_network *network = nearer_study_network(study);
    const nr_link *l = network->links;
    assert_int_equal(l[0].opened, day("2001-12-31"));
    assert_int_equal(l[0].closed, day("2010-02-28"));
    assert_true(l[0].oneway && l[0].estimated);
    assert_int_equal(l[1].opened, NR_ALWAYS_OPEN);
    assert_int_equal(l[1].closed, NR_NEVER_CLOSED);
    assert_false(l[1].oneway || l[1].estimated);
    assert_int_equal(l[2].opened, day("2020-12-26"));
    assert_true(l[2].oneway && !l[2].estimated);
    assert_int_equal(l[1].from, 1);
    assert_int_equal(l[1].to, 0);
    nearer_study_free(study);
}

/* One railway of three speeds, another line beside it, and the same ends the other way round. */
static void add_layer__lets_minutes_hold_from_a_date(void **state)
{
    (void)state;
    const drawn d = {.places = AB,
                     .rail = "from,to,minutes,line,opened,closed,valid_from\n"
                             "A,B,60,L,1990,2019,2001-10-21\nA,B,50,K,1990,,\nB,A,90,L,1990,,\n"
                             "A,B,70,L,1990,2019,2011-08-28\n"};
    nearer_study *study = drawn_read("links_valid", &d);
    const nr_link *l = nearer_study_network(study)->links;
    const struct {
        const char *opened, *closed;
        bool revised, superseded;
    } wanted[] = {{"2001-10-21", "2011-08-28", true, true},
                  {"1990-12-31", NULL, false, false},
                  {"1990-12-31", "2001-10-21", false, true},
                  {"2011-08-28", "2019-12-31", true, false}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(l[i].opened, day(wanted[i].opened));
        assert_int_equal(l[i].closed,
                         wanted[i].closed == NULL ? NR_NEVER_CLOSED : day(wanted[i].closed));
        assert_int_equal(l[i].revised, wanted[i].revised);
        assert_int_equal(l[i].superseded, wanted[i].superseded);
    }
    nearer_study_free(study);

    const struct {
        const char *rows, *message;
    } wrong[] = {
        {"A,B,60,1990,,2001\nB,A,50,1990,,2001-12-31\n",
         "links_valid_rail.csv:3: the same link with the same valid_from as "
         "links_valid_rail.csv:2"},
        {"A,B,60,1990,,\nA,B,50,1990,,1980\n",
         "links_valid_rail.csv:2: its minutes never hold: the link closes, or other minutes hold, "
         "from 1980-12-31 on"},
        {"A,B,60,1990,2000,\nA,B,50,1990,2000,2001\n",
         "links_valid_rail.csv:3: its minutes never hold"},
        {"A,B,60,1990,2000,May\n", "links_valid_rail.csv:2: valid_from is 'May', a date"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char table[200];
        snprintf(table, sizeof table, "from,to,minutes,opened,closed,valid_from\n%s",
                 wrong[i].rows);
        const drawn bad = {.places = AB, .rail = table};
        study = NULL;
        assert_fails(nearer_study_read(&study, drawn_write("links_valid", &bad), &err),
                     NEARER_VALUE, wrong[i].message);
        assert_null(study);
    }
}

/* Lines without ids are joined where their ends have the same coordinates to 1e-6 degrees:
 * four ends, three nodes beside the two places. */
static void add_layer__joins_lines_at_their_ends(void **state)
{
    (void)state;
    write_file("links_lines_places.csv", AB);
    write_file("links_lines.csv", "from_lon_deg,from_lat_deg,to_lon_deg,to_lat_deg,length_km\n"
                                  "0.1,0,0.5,0,40\n0.5000001,0,0.9,0,50\n");
    write_file("links_lines.json",
               "{\"places\": {\"file\": \"links_lines_places.csv\"}, \"dates\": {\"from\": 2001, "
               "\"to\": 2020}, \"modes\": {\"road\": {\"speed_kmh\": 60, \"access_speed_kmh\": 60, "
               "\"access_limit_km\": 20}}, \"layers\": [{\"id\": \"road\", \"mode\": \"road\", "
               "\"file\": \"links_lines.csv\", \"fields\": {}}]}");
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, "links_lines.json", &err));
    const nearer_network *network = nearer_study_network(study);
    assert_int_equal(network->node_count, 2 + 3);
    nearer_query query = {.date = day("2020")};
    nearer_times *times = NULL;
    assert_ok(nearer_times_compute(&times, network, &query, &err));
    /* a tenth of a degree at both ends, 40 and 50 km, all at 60 km/h */
    assert_near(nearer_times_minutes(times, 0, 1), 2 * EQUATOR_DEGREE_KM / 10 + 90,
                2 * HALF_A_MILLISECOND);
    nearer_times_free(times);
    nearer_study_free(study);

    write_file("links_lines.csv", "from_lon_deg,from_lat_deg,to_lon_deg,to_lat_deg,length_km\n"
                                  "0.1,0,200,0,40\n");
    study = NULL;
    assert_fails(nearer_study_read(&study, "links_lines.json", &err), NEARER_VALUE,
                 "links_lines.csv:2: position is (200, 0)");
    assert_null(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(add_layer__needs_links),
        cmocka_unit_test(add_layer__says_in_which_line_a_link_is_wrong),
        cmocka_unit_test(link_minutes__come_from_what_is_given),
        cmocka_unit_test(add_layer__reads_dates_and_flags),
        cmocka_unit_test(add_layer__lets_minutes_hold_from_a_date),
        cmocka_unit_test(add_layer__joins_lines_at_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
