#include "cases/drawn.h"

static nearer_error err;

/* Small networks drawn by hand with their minutes worked out beside them. Unless a case says
 * otherwise the modes cost
 *
 *            board                   leave         at a node
 *   rail     10 = 3 + 4 + 6 / 2      7 = 2 + 5     stay aboard, dwell 1
 *   air     100 = 10 + 90           30 = 20 + 10   change planes 45, and 40 a flight
 *   water    20 = 8 + 6 + 12 / 2    11 = 5 + 6     stay aboard, dwell 2
 *   road      0                      0             0
 *
 * and a place that is no node is joined at 60 km/h, so that its kilometres are minutes. All lie on
 * the equator, where a tenth of a degree is 11.131949 km. */
#define RAIL                                                                            \
    "\"rail\": {\"access_min\": 3, \"boarding_min\": 4, \"headway_min\": 6, "           \
    "\"alighting_min\": 2, \"egress_min\": 5, \"dwell_min\": 1, \"transfer_min\": 13, " \
    "\"access_speed_kmh\": 60, \"access_limit_km\": 100, "                              \
    "\"speed_kmh\": 100, \"detour\": 1.5}"
#define RAIL_BY(what)                                                           \
    "\"rail\": {\"access_min\": 3, \"boarding_min\": 7, \"alighting_min\": 2, " \
    "\"egress_min\": 5, \"dwell_min\": 1, \"transfer_min\": 13, \"through\": \"" what "\"}"
#define STATIONS                                                                \
    "\"rail\": {\"access_min\": 3, \"boarding_min\": 7, \"alighting_min\": 2, " \
    "\"egress_min\": 5, \"access_speed_kmh\": 60, \"access_limit_km\": 50}"
#define AIR                                                                            \
    "\"air\": {\"access_min\": 10, \"boarding_min\": 90, \"alighting_min\": 20, "      \
    "\"egress_min\": 10, \"transfer_min\": 45, \"link_min\": 40, \"speed_kmh\": 800, " \
    "\"access_speed_kmh\": 60, \"access_limit_km\": 100}"
#define WATER                                                                   \
    "\"water\": {\"access_min\": 8, \"boarding_min\": 6, \"headway_min\": 12, " \
    "\"alighting_min\": 5, \"egress_min\": 6, \"dwell_min\": 2}"
#define ROAD                                                                    \
    "\"road\": {\"speed_kmh\": 50, \"detour\": 1.3, \"access_speed_kmh\": 60, " \
    "\"access_limit_km\": 100, \"classes\": {\"expressway\": "                  \
    "{\"speed_kmh\": 100}}}"
#define MODES RAIL ", " AIR ", " WATER ", " ROAD
#define TENTH (EQUATOR_DEGREE_KM / 10)

#define ABC "id,lon_deg,lat_deg\nA,0,0\nB,5,0\nC,10,0\n"
#define PQ "id,lon_deg,lat_deg\nP,0,0\nQ,10,0\n"
enum { MOST = 6 };

static const struct {
    const char *what;
    drawn drawn;
    const char *date, *modes;
    bool station_to_station;
    size_t places;
    double minutes[MOST * MOST]; /* row by row */
} cases[] = {
    /* A -fast- B -slow- C: who changes to the other class pays the transfer of 13 */
    {"riders change where the class changes",
     {.places = ABC,
      .modes = RAIL_BY("class"),
      .rail = "from,to,minutes,class\nA,B,30,fast\nB,C,40,slow\n"},
     "2020",
     NULL,
     false,
     3,
     {0, 47, 100, 47, 0, 57, 100, 57, 0}},

    /* the slow train all the way, dwell 1, is 40 + 1 + 40: 2 less than changing */
    {"riders stay aboard within a class",
     {.places = ABC,
      .modes = RAIL_BY("class"),
      .rail = "from,to,minutes,class\nA,B,30,fast\nA,B,40,slow\nB,C,40,slow\n"},
     "2020",
     NULL,
     true,
     3,
     {0, 30, 81, 30, 0, 40, 81, 40, 0}},

    /* one class, two lines; the third link has none: another kind of its own */
    {"riders change where the line changes",
     {.places = "id,lon_deg,lat_deg\nA,0,0\nB,5,0\nC,10,0\nD,15,0\n",
      .modes = RAIL_BY("line"),
      .rail = "from,to,minutes,line\nA,B,30,one\nB,C,40,one\nC,D,50,\n"},
     "2020",
     NULL,
     true,
     4,
     {0, 30, 71, 134, 30, 0, 40, 103, 71, 40, 0, 50, 134, 103, 50, 0}},

    /* A -S- B -S- C -T- D -- E -S- F, all of class x, and C -S- D of class y. Riders of S change to
     * T and to S of class y; D - E names no service: riders of either stay aboard */
    {"riders change where the service does",
     {.places = "id,lon_deg,lat_deg\nA,0,0\nB,5,0\nC,10,0\nD,15,0\nE,20,0\nF,25,0\n",
      .modes = RAIL_BY("service"),
      .rail = "from,to,minutes,class,service\nA,B,30,x,S\nB,C,40,x,S\nC,D,50,x,T\nD,E,60,x,\n"
              "E,F,70,x,S\nC,D,10,y,S\n"},
     "2020",
     NULL,
     true,
     6,
     {0,  30, 71, 94, 167, 238, 30,  0,   40, 63, 136, 207, 71,  40,  0,   10,  83, 154,
      94, 63, 10, 0,  60,  131, 167, 136, 83, 60, 0,   70,  238, 207, 154, 131, 70, 0}},

    /* A has two stations: s with 10 min of its own in place of 3 and 5, t 0.2 degrees away (its km
     * are minutes, on top of 3 and 5): by s it is 10 + 7 + 30 + 7 and back 10 + 30 + 2 + 10 */
    {"a station may have access minutes of its own",
     {.places = "id,lon_deg,lat_deg\nA,0,0\nB,5,0\n",
      .modes = STATIONS,
      .nodes = "id,lon_deg,lat_deg,place,access_min\ns,0.1,0,A,10\nt,0.2,0,A,\nu,0.01,0,,\n",
      .rail = "from,to,minutes\ns,B,30\nt,B,25\nu,B,60\n"},
     "2020",
     NULL,
     false,
     2,
     {0, 54, 52, 0}},

    {"a trip uses any station of its own place",
     {.places = "id,lon_deg,lat_deg\nA,0,0\nB,5,0\n",
      .modes = STATIONS,
      .nodes = "id,lon_deg,lat_deg,place,access_min\ns,0.1,0,A,10\nt,0.2,0,A,\nu,0.01,0,,\n",
      .rail = "from,to,minutes\ns,B,30\nt,B,25\nu,B,20\n"},
     "2020",
     NULL,
     true,
     2,
     {0, 25, 25, 0}},

    {"one place",
     {.places = "id,lon_deg,lat_deg\nA,0,0\n",
      .nodes = "id,lon_deg,lat_deg\nn,1,0\n",
      .rail = "from,to,minutes\nA,n,30\n"},
     "2020",
     NULL,
     false,
     1,
     {0}},

    /* A  B : the line opens in 2005 */
    {"no link is open",
     {.places = PQ, .rail = "from,to,minutes,opened\nP,Q,30,2005\n"},
     "2001",
     NULL,
     false,
     2,
     {0, INFINITY, INFINITY, 0}},

    /* A --30-- B --20-- C      A to B 10 + 30 + 7; A to C 10 + 30 + 1 + 20 + 7 */
    {"rail: boarding once, dwelling on the way",
     {.places = ABC, .rail = "from,to,minutes\nA,B,30\nB,C,20\n"},
     "2020",
     NULL,
     false,
     3,
     {0, 47, 68, 47, 0, 37, 68, 37, 0}},

    {"rail, station to station: nothing but riding and dwelling",
     {.places = ABC, .rail = "from,to,minutes\nA,B,30\nB,C,20\n"},
     "2020",
     NULL,
     true,
     3,
     {0, 30, 51, 30, 0, 20, 51, 20, 0}},

    /* trains that do not run through: 13 to change at B instead of 1 to dwell */
    {"rail that does not run through",
     {.places = ABC,
      .rail = "from,to,minutes\nA,B,30\nB,C,20\n",
      .modes = "\"rail\": {\"access_min\": 3, \"boarding_min\": 4, \"headway_min\": 6, "
               "\"alighting_min\": 2, \"egress_min\": 5, \"transfer_min\": 13, "
               "\"through\": false}"},
     "2020",
     NULL,
     false,
     3,
     {0, 47, 80, 47, 0, 37, 80, 37, 0}},

    /* where changing costs more than leaving and boarding anew, 7 + 10, riders do that */
    {"rail that does not run through, with a long change",
     {.places = ABC,
      .rail = "from,to,minutes\nA,B,30\nB,C,20\n",
      .modes = "\"rail\": {\"access_min\": 3, \"boarding_min\": 4, \"headway_min\": 6, "
               "\"alighting_min\": 2, \"egress_min\": 5, \"transfer_min\": 99, "
               "\"through\": false}"},
     "2020",
     NULL,
     false,
     3,
     {0, 47, 84, 47, 0, 37, 84, 37, 0}},

    /* A ~~60~~ B ~~50~~ C     A to B 100 + 60 + 30; A to C 100 + 60 + 45 + 50 + 30 */
    {"air: changing planes",
     {.places = ABC, .air = "from,to,minutes\nA,B,60\nB,C,50\n"},
     "2020",
     NULL,
     false,
     3,
     {0, 190, 285, 190, 0, 180, 285, 180, 0}},

    /* a change of planes longer than 30 + 100: out and through check-in again, paid a flight */
    {"air: check-in for each flight",
     {.places = ABC,
      .air = "from,to,minutes\nA,B,60\nB,C,50\n",
      .modes = "\"air\": {\"access_min\": 10, \"boarding_min\": 90, \"alighting_min\": 20, "
               "\"egress_min\": 10, \"transfer_min\": 1000}"},
     "2020",
     NULL,
     false,
     3,
     {0, 190, 370, 190, 0, 180, 370, 180, 0}},

    /* no minutes: 400 km at 800 km/h and 40 a flight = 70 */
    {"air: minutes from length",
     {.places = PQ, .air = "from,to,length_km\nP,Q,400\n"},
     "2020",
     NULL,
     false,
     2,
     {0, 200, 200, 0}},

    /* rail A --30-- B, air B ~~60~~ C:  10 + 30 + 7 + 100 + 60 + 30 = 237 */
    {"from rail to air",
     {.places = ABC, .rail = "from,to,minutes\nA,B,30\n", .air = "from,to,minutes\nB,C,60\n"},
     "2020",
     NULL,
     false,
     3,
     {0, 47, 237, 47, 0, 190, 237, 190, 0}},

    /* the change between stays: 30 + 7 + 100 + 60; back 60 + 30 + 10 + 30 */
    {"from rail to air, station to station",
     {.places = ABC, .rail = "from,to,minutes\nA,B,30\n", .air = "from,to,minutes\nB,C,60\n"},
     "2020",
     NULL,
     true,
     3,
     {0, 30, 197, 30, 0, 60, 130, 60, 0}},

    {"rail of rail and air",
     {.places = ABC, .rail = "from,to,minutes\nA,B,30\n", .air = "from,to,minutes\nB,C,60\n"},
     "2020",
     "rail",
     false,
     3,
     {0, 47, INFINITY, 47, 0, INFINITY, INFINITY, INFINITY, 0}},

    /* A ==9== B by road, B --40-- C by water: 9 + 20 + 40 + 11 */
    {"from road to water",
     {.places = ABC, .road = "from,to,minutes\nA,B,9\n", .water = "from,to,minutes\nB,C,40\n"},
     "2020",
     "water,road",
     false,
     3,
     {0, 9, 80, 9, 0, 71, 80, 71, 0}},

    /* A -10- B -20- C -30- A, each one way */
    {"one way round",
     {.places = ABC, .road = "from,to,minutes,oneway\nA,B,10,yes\nB,C,20,yes\nC,A,30,yes\n"},
     "2020",
     NULL,
     false,
     3,
     {0, 10, 30, 50, 0, 20, 30, 40, 0}},

    {"the faster of two links, and a loop that leads nowhere",
     {.places = PQ, .road = "from,to,minutes\nP,Q,25\nP,Q,15\nP,P,1\nQ,P,35\n"},
     "2020",
     NULL,
     false,
     2,
     {0, 15, 15, 0}},

    {"the faster way round by road",
     {.places = ABC, .road = "from,to,minutes\nA,C,90\nA,B,30\nB,C,40\n"},
     "2020",
     NULL,
     false,
     3,
     {0, 30, 70, 30, 0, 40, 70, 40, 0}},

    /* two islands */
    {"islands",
     {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\nD,3,0\n",
      .road = "from,to,minutes\nA,B,5\nC,D,6\n"},
     "2020",
     NULL,
     false,
     4,
     {0, 5, INFINITY, INFINITY, 5, 0, INFINITY, INFINITY, INFINITY, INFINITY, 0, 6, INFINITY,
      INFINITY, 6, 0}},

    /* P . n --500-- Q and P .. m --50-- Q: n is a tenth of a degree from P, m two tenths. */
    {"a place uses the better of the nodes within the limit",
     {.places = PQ,
      .nodes = "id,lon_deg,lat_deg\nn,0.1,0\nm,0.2,0\n",
      .rail = "from,to,minutes,opened\nn,Q,500,2010\nm,Q,50,\n"},
     "2020",
     NULL,
     false,
     2,
     {0, 10 + 2 * TENTH + 50 + 7, 10 + 50 + 7 + 2 * TENTH, 0}},

    {"a nearer node that opens takes nothing away",
     {.places = PQ,
      .nodes = "id,lon_deg,lat_deg\nn,0.1,0\nm,0.2,0\n",
      .rail = "from,to,minutes,opened\nn,Q,500,2010\nm,Q,50,\n"},
     "2009",
     NULL,
     false,
     2,
     {0, 10 + 2 * TENTH + 50 + 7, 10 + 50 + 7 + 2 * TENTH, 0}},

    /* station to station there is one station: the nearest in service, n */
    {"station to station departs from the nearest node in service",
     {.places = PQ,
      .nodes = "id,lon_deg,lat_deg\nn,0.1,0\nm,0.2,0\n",
      .rail = "from,to,minutes,opened\nn,Q,500,2010\nm,Q,50,\n"},
     "2020",
     NULL,
     true,
     2,
     {0, 500, 500, 0}},

    {"station to station, before the nearest node is in service",
     {.places = PQ,
      .nodes = "id,lon_deg,lat_deg\nn,0.1,0\nm,0.2,0\n",
      .rail = "from,to,minutes,opened\nn,Q,500,2010\nm,Q,50,\n"},
     "2009",
     NULL,
     true,
     2,
     {0, 50, 50, 0}},

    {"station to station leaves out the way to the node",
     {.places = PQ, .nodes = "id,lon_deg,lat_deg\nn,0.1,0\n", .rail = "from,to,minutes\nn,Q,50\n"},
     "2020",
     NULL,
     true,
     2,
     {0, 50, 50, 0}},

    /* P's own station: 117 to Q; n, 1.1 km away, has the faster train: 37 and the way there */
    {"a place uses a node beside its own where that is faster",
     {.places = PQ,
      .nodes = "id,lon_deg,lat_deg\nn,0.01,0\n",
      .rail = "from,to,minutes,opened\nP,Q,100,2010\nn,Q,20,\n"},
     "2020",
     NULL,
     false,
     2,
     {0, 37 + TENTH / 10, 37 + TENTH / 10, 0}},

    {"station to station a place departs from its own node",
     {.places = PQ,
      .nodes = "id,lon_deg,lat_deg\nn,0.01,0\n",
      .rail = "from,to,minutes,opened\nP,Q,100,2010\nn,Q,20,\n"},
     "2020",
     NULL,
     true,
     2,
     {0, 100, 100, 0}},

    {"until its own node opens a place uses the nearest",
     {.places = PQ,
      .nodes = "id,lon_deg,lat_deg\nn,0.01,0\n",
      .rail = "from,to,minutes,opened\nP,Q,100,2010\nn,Q,20,\n"},
     "2001",
     NULL,
     false,
     2,
     {0, 37 + TENTH / 10, 37 + TENTH / 10, 0}},

    /* hung on a road: 11.13 there, 30 on, no boarding */
    {"a place beside a road",
     {.places = PQ, .nodes = "id,lon_deg,lat_deg\nn,0.1,0\n", .road = "from,to,minutes\nn,Q,30\n"},
     "2020",
     NULL,
     false,
     2,
     {0, TENTH + 30, TENTH + 30, 0}},

    /* no length: 1 degree of the equator x 1.3 at 50 km/h; class expressway at 100 km/h */
    {"road: minutes from the great circle and the speed of the class",
     {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\n",
      .road = "from,to,class\nA,B,track\nB,C,expressway\n"},
     "2020",
     NULL,
     false,
     3,
     {0, EQUATOR_DEGREE_KM * 1.3 / 50 * 60, EQUATOR_DEGREE_KM * 1.3 * (1.2 + 0.6),
      EQUATOR_DEGREE_KM * 1.3 * 1.2, 0, EQUATOR_DEGREE_KM * 1.3 * 0.6,
      EQUATOR_DEGREE_KM * 1.3 * 1.8, EQUATOR_DEGREE_KM * 1.3 * 0.6, 0}},
};

static void times_compute__gives_the_minutes_worked_out_by_hand(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        drawn d = cases[c].drawn;
        if (d.modes == NULL) d.modes = MODES;
        nearer_study *study = drawn_read("times", &d);
        size_t n = nearer_network_places(nearer_study_network(study));
        assert_int_equal(n, cases[c].places);
        for (int engine = 0; engine < 4; engine++) {
            static const char *const engines[] = {"dijkstra", "bellman-ford", "hierarchy",
                                                  "igraph"};
            nearer_query query = {.date = day(cases[c].date),
                                  .modes = cases[c].modes,
                                  .station_to_station = cases[c].station_to_station,
                                  .engine = engines[engine]};
            nearer_times *times = NULL;
            assert_ok(nearer_times_compute(&times, nearer_study_network(study), &query, &err));
            assert_int_equal(nearer_times_places(times), n);
            for (size_t k = 0; k < n * n; k++) {
                double found = nearer_times_minutes(times, k / n, k % n);
                if (!near_to(found, cases[c].minutes[k], 4 * HALF_A_MILLISECOND))
                    fail_msg("%s, engine %s, %zu to %zu: %.9f, %.9f was expected", cases[c].what,
                             engines[engine], k / n, k % n, found, cases[c].minutes[k]);
            }
            nearer_times_free(times);
        }
        nearer_study_free(study);
    }
}

/* A link is open from the day it opens to the day before it closes. A year or month stands for its
 * last day. */
static void times_compute__looks_at_the_day(void **state)
{
    (void)state;
    static const struct {
        const char *opened, *closed, *date;
        bool open;
    } days[] = {
        {"", "", "1800-01-01", true},
        {"2020-12-26", "", "2020", true}, /* 26 December counts for the year */
        {"2020-12-26", "", "2020-12-26", true},
        {"2020-12-26", "", "2020-12-25", false},
        {"2020-12-26", "", "2019", false},
        {"2010", "", "2010", true},
        {"2010", "", "2010-12-31", true},
        {"2010", "", "2010-12-30", false},
        {"2012-02", "", "2012-02-29", true},
        {"2012-02", "", "2012-02-28", false},
        {"", "2015-06-30", "2015-06-29", true},
        {"", "2015-06-30", "2015-06-30", false},
        {"", "2015", "2015", false},
        {"", "2015", "2014", true},
        {"2001", "2015-06", "2010", true},
        {"2001", "2015-06", "2015", false},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char road[200];
        snprintf(road, sizeof road, "from,to,minutes,opened,closed\nP,Q,30,%s,%s\n", days[i].opened,
                 days[i].closed);
        const drawn d = {.places = PQ, .road = road};
        nearer_study *study = drawn_read("times_days", &d);
        nearer_query query = {.date = day(days[i].date)};
        nearer_times *times = NULL;
        assert_ok(nearer_times_compute(&times, nearer_study_network(study), &query, &err));
        if (!isinf(nearer_times_minutes(times, 0, 1)) != days[i].open)
            fail_msg("opened '%s', closed '%s': on %s %s was expected", days[i].opened,
                     days[i].closed, days[i].date, days[i].open ? "open" : "shut");
        nearer_times_free(times);
        nearer_study_free(study);
    }
}

static void times_compute__knows_its_modes(void **state)
{
    (void)state;
    const drawn d = {.places = PQ, .rail = "from,to,minutes\nP,Q,30\n"};
    nearer_study *study = drawn_read("times_modes", &d);
    const nearer_network *network = nearer_study_network(study);
    nearer_times *times = NULL;
    static const struct {
        const char *modes, *part;
    } wrong[] = {{"rial", "did you mean 'rail'?"},
                 {"rail,", "unknown mode ''"},
                 {"", "unknown mode ''"},
                 {"rail,air", "no links of mode 'air'"},
                 {"road", "no links of mode 'road'"},
                 {"rail,rocket", "unknown mode 'rocket'"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nearer_query query = {.date = day("2020"), .modes = wrong[i].modes};
        assert_fails(nearer_times_compute(&times, network, &query, &err), NEARER_NAME,
                     wrong[i].part);
        assert_null(times);
        assert_int_equal(nearer_times_compute(&times, network, &query, NULL), NEARER_NAME);
    }
    nearer_study_free(study);
}

static void ask_times__lists_all_ordered_pairs(void **state)
{
    (void)state;
    const drawn d = {.places = ABC, .road = "from,to,minutes,opened\nA,B,5,\nB,C,5,2030\n"};
    nearer_study *study = drawn_read("times_ask", &d);
    nearer_query query = {.date = day("2020")};
    nearer_report *report = NULL;
    assert_ok(nearer_ask_times(&report, study, &query, &err));
    const nearer_table *t = report_table(report, "times");
    static const struct {
        const char *from, *to;
        double minutes;
    } pairs[] = {{"A", "B", 5},        {"A", "C", INFINITY}, {"B", "A", 5},
                 {"B", "C", INFINITY}, {"C", "A", INFINITY}, {"C", "B", INFINITY}};
    assert_int_equal(nearer_table_rows(t), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(cell_text(t, i, "from_id"), pairs[i].from);
        assert_string_equal(cell_text(t, i, "to_id"), pairs[i].to);
        assert_near(cell(t, i, "travel_time"), pairs[i].minutes, 1e-12);
    }
    assert_true(has_note(report, "3 places, 6 ordered pairs, 4 of them unreachable"));
    nearer_report_free(report);
    nearer_study_free(study);
}

static void times_free__takes_null(void **state)
{
    (void)state;
    nearer_times_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_compute__gives_the_minutes_worked_out_by_hand),
        cmocka_unit_test(times_compute__looks_at_the_day),
        cmocka_unit_test(times_compute__knows_its_modes),
        cmocka_unit_test(ask_times__lists_all_ordered_pairs),
        cmocka_unit_test(times_free__takes_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
