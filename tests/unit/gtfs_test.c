/* Timetables read as frequencies: each link's figures are worked out by hand. */
#include "base/memory.h"
#include "cases/feed.h"

static nearer_error err;

#define STOPS                                                            \
    "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n" \
    "A,Alpha,1,10,1,\nA1,Alpha 1,1,10,0,A\nA2,Alpha 2,1,10,0,A\n"        \
    "B,Beta,2,11,,\nC,Gamma,3,12,0,\nE,A door,1,10,2,A\nU,Unused,4,13,,\n"
#define ROUTES                                                               \
    "route_id,route_short_name,route_long_name,route_type\nR1,IC 1,Fast,2\n" \
    "R2,,Night bus,3\nR3,,,0\n"
#define WEEK                                                                                    \
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n" \
    "week,1,1,1,1,1,0,0,20200101,20201231\nsunday,0,0,0,0,0,0,1,20200101,20201231\n"
#define TIMES "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
#define TRIPS "route_id,service_id,trip_id,direction_id\n"
#define LINKS "from,to,minutes,departures,headway_min,wait_min,line,class,service,oneway,transfer\n"
#define MONDAY "2020-06-01"

static const feed plain = {
    .stops = STOPS,
    .routes = ROUTES,
    .trips = TRIPS "R1,week,t1,0\nR1,week,t2,0\nR1,week,t3,1\nR1,sunday,s1,0\n",
    .stop_times = TIMES "t1,07:00:00,07:00:00,A1,1\nt1,07:40:00,07:45:00,B,2\n"
                        "t1,08:30:00,08:30:00,C,3\nt2,09:00:00,09:00:00,A2,1\n"
                        "t2,09:50:00,09:50:00,B,2\nt2,10:30:00,10:30:00,C,3\n"
                        "t3,12:00:00,12:00:00,C,1\nt3,,,B,2\nt3,14:00:00,14:00:00,A1,3\n"
                        "s1,07:00:00,07:00:00,A1,1\ns1,08:00:00,08:00:00,C,2\n",
    .calendar = WEEK};
static const char plain_links[] = LINKS "A,B,45,2,480,60,IC 1,rail,R1/0,yes,\n"
                                        "B,C,42.5,2,480,60,IC 1,rail,R1/0,yes,\n"
                                        "B,A,60,1,960,60,IC 1,rail,R1/1,yes,\n"
                                        "C,B,60,1,960,60,IC 1,rail,R1/1,yes,\n";
static const char plain_nodes[] = "id,name,lon_deg,lat_deg\nA,Alpha,10,1\nB,Beta,11,2\n"
                                  "C,Gamma,12,3\n";

static void table_is(const nearer_table *table, const char *csv)
{
    char *text = NULL;
    assert_ok(nearer_table_csv(&text, table, &err));
    assert_string_equal(text, csv);
    nearer_text_free(text);
}

static void path_gives(const char *path, const char *day, const char *window, const char *links)
{
    nr_network_tables t = {0};
    assert_ok(feed_read(&t, path, day, window, 0, &err));
    table_is(t.links, links);
    nr_network_tables_clear(&t);
}

static void feed_gives(const feed *f, const char *window, const char *links)
{
    path_gives(feed_folder("gtfs_in", f), MONDAY, window, links);
}

/* The plain feed with these trips (of service week) and times in place of its own. */
static void trips_give(const char *trips, const char *stop_times, const char *window,
                       const char *links)
{
    feed f = plain;
    f.trips = trips;
    f.stop_times = stop_times;
    feed_gives(&f, window, links);
}

/* A to B: 40 and 50 minutes; B to C 45 and 40; the way back has no time at B, half of two hours. */
static void gtfs__counts_departures_and_takes_the_median(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    assert_ok(feed_read(&t, feed_folder("gtfs_in", &plain), MONDAY, NULL, 0, &err));
    table_is(t.links, plain_links);
    table_is(t.nodes, plain_nodes);
    nr_network_tables_clear(&t);
}

static void gtfs__of_one_trip_of_two_stops_is_one_link(void **state)
{
    (void)state;
    trips_give(TRIPS "R2,week,t,\n", TIMES "t,07:00:00,07:00:00,A,1\nt,07:24:00,07:30:00,U,9\n",
               NULL, LINKS "A,U,24,1,960,60,Night bus,bus,R2/0,yes,\n");
}

static void gtfs__is_the_same_from_a_zip(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    const nr_format *format = NULL;
    path_gives(feed_zip("gtfs_in.zip", "", &plain), MONDAY, NULL, plain_links);
    assert_ok(nr_format_find(&format, "gtfs_in.zip", NULL, NR_READ_NETWORK, &err));
    assert_string_equal(format->id, "gtfs");
    assert_ok(nr_format_find(&format, feed_folder("gtfs_in", &plain), NULL, NR_READ, &err));
    assert_string_equal(format->id, "gtfs");
    assert_ok(feed_read(&t, feed_zip("gtfs_deep.zip", "feed/", &plain), MONDAY, NULL, 0, &err));
    table_is(t.links, plain_links);
    table_is(t.nodes, plain_nodes);
    nr_network_tables_clear(&t);
}

static void gtfs__runs_by_weekday_and_range(void **state)
{
    (void)state;
    static const char sunday[] = LINKS "A,C,60,1,960,60,IC 1,rail,R1/0,yes,\n";
    const char *path = feed_folder("gtfs_in", &plain);
    static const char *const weekdays[] = {"2020-06-01", "2020-06-02", "2020-06-03", "2020-06-04",
                                           "2020-06-05", "2020-01-01", "2020-12-31", "2020-02-28"};
    for (size_t i = 0; i < 8; i++) path_gives(path, weekdays[i], NULL, plain_links);
    path_gives(path, "2020-06-07", NULL, sunday);
    path_gives(path, "2020-03-01", NULL, sunday); /* the day behind a leap day */
}

static void gtfs__lets_exceptions_stand_before_the_week(void **state)
{
    (void)state;
    static const char sunday[] = LINKS "A,C,60,1,960,60,IC 1,rail,R1/0,yes,\n";
    feed f = plain;
    f.calendar_dates = "service_id,date,exception_type\nweek,20200601,2\nsunday,20200601,1\n"
                       "week,20200608,2\n";
    const char *path = feed_folder("gtfs_in", &f);
    path_gives(path, "2020-06-01", NULL, sunday);
    path_gives(path, "2020-06-02", NULL, plain_links);
    f.calendar = NULL; /* exceptions alone */
    path_gives(feed_folder("gtfs_in", &f), "2020-06-01", NULL, sunday);
}

/* Only departures count, from the first minute of the window to before its last. */
static void gtfs__counts_departures_within_the_window(void **state)
{
    (void)state;
    path_gives(feed_folder("gtfs_in", &plain), MONDAY, "07:00-09:00",
               LINKS "A,B,40,1,120,60,IC 1,rail,R1/0,yes,\n"
                     "B,C,45,1,120,60,IC 1,rail,R1/0,yes,\n");
    path_gives("gtfs_in", MONDAY, "07:45-09:50",
               LINKS "A,B,50,1,125,60,IC 1,rail,R1/0,yes,\n"
                     "B,C,45,1,125,60,IC 1,rail,R1/0,yes,\n");
}

static void gtfs__knows_hours_behind_midnight(void **state)
{
    (void)state;
    static const char night[] = TIMES "t,23:50:00,23:50:00,A,1\nt,24:10:00,24:15:00,B,2\n"
                                      "t,25:00:30,25:00:30,C,3\n";
    trips_give(TRIPS "R1,week,t,0\n", night, "22:00-26:00",
               LINKS
               "A,B,20,1,240,60,IC 1,rail,R1/0,yes,\nB,C,45.5,1,240,60,IC 1,rail,R1/0,yes,\n");
    trips_give(TRIPS "R1,week,t,0\n", night, "24:00-26:00",
               LINKS "B,C,45.5,1,120,60,IC 1,rail,R1/0,yes,\n");
}

/* 60 minutes over two stops without times: 20 each. */
static void gtfs__spreads_missing_times_evenly(void **state)
{
    (void)state;
    trips_give(TRIPS "R1,week,t,0\n",
               TIMES "t,07:00:00,07:00:00,A,1\nt,,,B,2\nt,,,C,5\nt,08:00:00,08:00:00,U,6\n", NULL,
               LINKS "A,B,20,1,960,60,IC 1,rail,R1/0,yes,\nB,C,20,1,960,60,IC 1,rail,R1/0,yes,\n"
                     "C,U,20,1,960,60,IC 1,rail,R1/0,yes,\n");
}

/* Of an arrival and a departure one is enough; blanks and one-figure hours are read. */
static void gtfs__takes_one_time_for_the_other(void **state)
{
    (void)state;
    trips_give(TRIPS "R1,week,t,0\n", TIMES "t, 7:00:00 ,,A,1\nt,,7:30:00,B,2\n", NULL,
               LINKS "A,B,30,1,960,60,IC 1,rail,R1/0,yes,\n");
}

static void gtfs__sorts_calls_by_trip_and_sequence(void **state)
{
    (void)state;
    feed f = plain;
    f.stop_times = TIMES "t3,14:00:00,14:00:00,A1,30\nt2,10:30:00,10:30:00,C,3\n"
                         "t1,08:30:00,08:30:00,C,103\nt2,09:00:00,09:00:00,A2,1\n"
                         "t1,07:00:00,07:00:00,A1,0\nt3,12:00:00,12:00:00,C,1\n"
                         "s1,08:00:00,08:00:00,C,2\nt2,09:50:00,09:50:00,B,2\n"
                         "s1,07:00:00,07:00:00,A1,1\nt1,07:40:00,07:45:00,B,7\nt3,,,B,2\n";
    feed_gives(&f, NULL, plain_links);
}

/* From one platform of a station to the other is no link; the ride goes on from the second. */
static void gtfs__merges_platforms_into_their_station(void **state)
{
    (void)state;
    trips_give(TRIPS "R1,week,t,0\n",
               TIMES "t,07:00:00,07:00:00,B,1\nt,07:10:00,07:12:00,A1,2\n"
                     "t,07:15:00,07:20:00,A2,3\nt,07:50:00,07:50:00,C,4\n",
               NULL,
               LINKS "A,C,30,1,960,60,IC 1,rail,R1/0,yes,\nB,A,10,1,960,60,IC 1,rail,R1/0,yes,\n");
}

/* 06:50, 07:10 ... at A; ten minutes later at B. The window has 07:10, 07:30, 07:50 of A and 07:00,
 * 07:20, 07:40 of B. */
static void gtfs__repeats_trips_of_frequencies(void **state)
{
    (void)state;
    feed f = plain;
    f.trips = TRIPS "R2,week,t,0\n";
    f.stop_times = TIMES "t,12:00:00,12:00:00,A,1\nt,12:08:00,12:10:00,B,2\nt,12:30:00,,C,3\n";
    f.frequencies = "trip_id,start_time,end_time,headway_secs,exact_times\n"
                    "t,06:50:00,09:00:00,1200,0\n";
    feed_gives(&f, "07:00-08:00",
               LINKS
               "A,B,8,3,20,10,Night bus,bus,R2/0,yes,\nB,C,20,3,20,10,Night bus,bus,R2/0,yes,\n");
    f.frequencies =
        "trip_id,start_time,end_time,headway_secs,exact_times\n"
        "t,07:00:00,07:30:00,600,1\nt,07:30:00,07:30:00,60,1\nt,07:30:00,08:10:00,1200,1\n";
    feed_gives(&f, "07:00-08:00", /* 07:00 07:10 07:20 07:30 07:50; B: 07:10 to 07:40, not 08:00 */
               LINKS
               "A,B,8,5,12,6,Night bus,bus,R2/0,yes,\nB,C,20,4,15,7.5,Night bus,bus,R2/0,yes,\n");
}

/* Three of four departures take 10 minutes, counted one by one. */
static void gtfs__weighs_the_median_by_departures(void **state)
{
    (void)state;
    feed f = plain;
    f.trips = TRIPS "R2,week,t,0\nR2,week,u,0\n";
    f.stop_times = TIMES "t,00:00:00,00:00:00,A,1\nt,00:10:00,00:10:00,B,2\n"
                         "u,08:30:00,08:30:00,A,1\nu,09:30:00,09:30:00,B,2\n";
    f.frequencies = "trip_id,start_time,end_time,headway_secs\nt,07:00:00,08:00:00,1200\n";
    feed_gives(&f, "07:00-09:00", LINKS "A,B,10,4,30,15,Night bus,bus,R2/0,yes,\n");
}

/* From A the route goes to B and to C: one headway. */
static void gtfs__shares_a_headway_among_branches(void **state)
{
    (void)state;
    trips_give(TRIPS "R1,week,t,0\nR1,week,u,0\nR1,week,v,0\n",
               TIMES "t,07:00:00,07:00:00,A,1\nt,07:30:00,07:30:00,B,2\n"
                     "u,08:00:00,08:00:00,A1,1\nu,08:40:00,08:40:00,C,2\n"
                     "v,09:00:00,09:00:00,A2,1\nv,09:20:00,09:20:00,B,2\n",
               "06:00-12:00",
               LINKS "A,B,25,2,120,60,IC 1,rail,R1/0,yes,\nA,C,40,1,120,60,IC 1,rail,R1/0,yes,\n");
}

static void gtfs__waits_no_longer_than_it_is_told(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    const char *path = feed_folder("gtfs_in", &plain);
    assert_ok(feed_read(&t, path, MONDAY, "07:00-17:00", 200, &err));
    table_is(t.links, LINKS "A,B,45,2,300,150,IC 1,rail,R1/0,yes,\n"
                            "B,C,42.5,2,300,150,IC 1,rail,R1/0,yes,\n"
                            "B,A,60,1,600,200,IC 1,rail,R1/1,yes,\n"
                            "C,B,60,1,600,200,IC 1,rail,R1/1,yes,\n");
    nr_network_tables_clear(&t);
}

/* A timetable of whole minutes says 0 for less than one; seconds that are given stay. */
static void gtfs__takes_half_a_minute_for_none(void **state)
{
    (void)state;
    trips_give(
        TRIPS "R1,week,t,0\n",
        TIMES "t,07:00:00,07:00:00,A,1\nt,07:00:00,07:00:00,B,2\nt,07:00:15,07:01:00,C,3\n", NULL,
        LINKS "A,B,0.5,1,960,60,IC 1,rail,R1/0,yes,\nB,C,0.25,1,960,60,IC 1,rail,R1/0,yes,\n");
}

static void gtfs__names_routes_and_classes(void **state)
{
    (void)state;
    static const struct {
        const char *route, *line_and_class;
    } known[] = {
        {"R,S,L,0", "S,tram"},        {"R,,L,1", "L,metro"},          {"R,,,2", "R,rail"},
        {"R,S,,3", "S,bus"},          {"R,S,,4", "S,ferry"},          {"R,S,,5", "S,cable_tram"},
        {"R,S,,6", "S,aerial_lift"},  {"R,S,,7", "S,funicular"},      {"R,S,,11", "S,trolleybus"},
        {"R,S,,12", "S,monorail"},    {"R,S,,100", "S,rail"},         {"R,S,,109", "S,rail"},
        {"R,S,,200", "S,coach"},      {"R,S,,401", "S,metro"},        {"R,S,,702", "S,bus"},
        {"R,S,,800", "S,trolleybus"}, {"R,S,,900", "S,tram"},         {"R,S,,1000", "S,ferry"},
        {"R,S,,1100", "S,air"},       {"R,S,,1300", "S,aerial_lift"}, {"R,S,,1400", "S,funicular"},
        {"R,S,,1501", "S,type 1501"}, {"R,S,,8", "S,type 8"},         {"R,S,, 2 ", "S,rail"},
        {"R,\"S, T\",,", "\"S, T\","}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char routes[200], links[300];
        feed f = plain;
        snprintf(routes, sizeof routes,
                 "route_id,route_short_name,route_long_name,route_type\n%s\n", known[i].route);
        snprintf(links, sizeof links, LINKS "A,B,5,1,960,60,%s,R/0,yes,\n",
                 known[i].line_and_class);
        f.routes = routes;
        f.trips = TRIPS "R,week,t,0\n";
        f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\nt,07:05:00,07:05:00,B,2\n";
        feed_gives(&f, NULL, links);
    }
}

#define TRANSFERS "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"

/* Between stations the quickest way; within one the median of what its platforms say; to where
 * nothing goes no way. */
static void gtfs__takes_ways_between_stations(void **state)
{
    (void)state;
    feed f = plain;
    f.stop_times = TIMES "t1,07:00:00,07:00:00,A1,1\nt1,07:40:00,07:45:00,B,2\n"
                         "t2,07:00:00,07:00:00,C,1\nt2,07:40:00,07:45:00,B,2\n";
    f.transfers = TRANSFERS "C,B,2,600\nA1,C,2,400\nA2,C,2,300\nA1,A2,2,60\nA2,A1,2,120\n"
                            "A,A2,2,300\nC,C,2,60\nC,C,2,120\nB,B,2,0\nA,U,2,60\n"
                            "A,B,0,\nB,A,1,\nC,A,3,\nA,B,4,\nA,B,5,\nA,B,,120\n";
    feed_gives(&f, NULL,
               LINKS "A,B,40,1,960,60,IC 1,rail,R1/0,yes,\nC,B,40,1,960,60,IC 1,rail,R1/0,yes,\n"
                     "A,A,2,,,,,,,yes,yes\nA,C,5,,,,,,,yes,yes\nB,B,0.01,,,,,,,yes,yes\n"
                     "C,B,10,,,,,,,yes,yes\nC,C,1.5,,,,,,,yes,yes\n");
}

static void gtfs__reads_other_encodings_alike(void **state)
{
    (void)state;
    feed f = plain;
    f.stops =
        "\xEF\xBB\xBFstop_id,stop_name,stop_lat,stop_lon\r\nA1,\"M\xC3\xBCnchen, Hbf\",1,2\r\n"
        "A2,,1,2\r\nB,b,1,2\r\nC,c,1,2\r\n";
    nr_network_tables t = {0};
    assert_ok(feed_read(&t, feed_zip("gtfs_bom.zip", "", &f), MONDAY, NULL, 0, &err));
    assert_string_equal(nearer_table_text(t.nodes, 0, 1), "M\xC3\xBCnchen, Hbf");
    nr_network_tables_clear(&t);
    f.stops = "stop_id,stop_name,stop_lat,stop_lon\nA1,M\xFCnchen,1,2\nA2,,1,2\nB,b,1,2\nC,c,1,2\n";
    const char *const paths[] = {feed_folder("gtfs_latin", &f), feed_zip("gtfs_latin.zip", "", &f)};
    for (size_t i = 0; i < 2; i++) {
        const nearer_reading how = {.day = MONDAY, .encoding = "ISO-8859-1"};
        assert_ok(nr_format_gtfs.read_network(&t, paths[i], &how, &err));
        assert_string_equal(nearer_table_text(t.nodes, 0, 1), "M\xC3\xBCnchen");
        nr_network_tables_clear(&t);
    }
}

/* The plain feed says no more which trips go back: their stations run the other way. */
static void gtfs__tells_directions_by_the_order_of_stations(void **state)
{
    (void)state;
    trips_give("route_id,service_id,trip_id\nR1,week,t3\nR1,week,t1\nR1,week,t2\nR1,sunday,s1\n",
               plain.stop_times, NULL,
               LINKS
               "B,A,60,1,960,60,IC 1,rail,R1/0,yes,\nC,B,60,1,960,60,IC 1,rail,R1/0,yes,\n"
               "A,B,45,2,480,60,IC 1,rail,R1/1,yes,\nB,C,42.5,2,480,60,IC 1,rail,R1/1,yes,\n");
    /* a short trip and a branch go by the longest; one that says its direction goes first */
    trips_give(TRIPS "R1,week,long,\nR1,week,short,\nR1,week,branch,\nR1,week,told,1\n",
               TIMES "told,07:00:00,07:00:00,A1,1\ntold,07:10:00,07:10:00,B,2\n"
                     "long,07:00:00,07:00:00,C,1\nlong,07:30:00,07:30:00,B,2\n"
                     "long,08:00:00,08:00:00,A1,3\n"
                     "short,09:00:00,09:00:00,B,1\nshort,09:20:00,09:20:00,C,2\n"
                     "branch,09:00:00,09:00:00,U,1\nbranch,09:20:00,09:20:00,C,2\n"
                     "branch,09:30:00,09:30:00,B,3\n",
               NULL,
               LINKS "B,A,30,1,960,60,IC 1,rail,R1/0,yes,\nC,B,20,2,480,60,IC 1,rail,R1/0,yes,\n"
                     "U,C,20,1,960,60,IC 1,rail,R1/0,yes,\nA,B,10,1,960,60,IC 1,rail,R1/1,yes,\n"
                     "B,C,20,1,960,60,IC 1,rail,R1/1,yes,\n");
}

/* A ring: a step against three with; the other way round three against. */
static void gtfs__tells_the_two_ways_round_a_ring(void **state)
{
    (void)state;
    trips_give(TRIPS "R1,week,t1,\nR1,week,t2,\n",
               TIMES "t1,07:00:00,07:00:00,A1,1\nt1,07:10:00,07:10:00,B,2\n"
                     "t1,07:20:00,07:20:00,C,3\nt1,07:30:00,07:30:00,A2,4\n"
                     "t2,07:00:00,07:00:00,A1,1\nt2,07:10:00,07:10:00,C,2\n"
                     "t2,07:20:00,07:20:00,B,3\nt2,07:30:00,07:30:00,A2,4\n",
               NULL,
               LINKS "A,B,10,1,960,60,IC 1,rail,R1/0,yes,\nB,C,10,1,960,60,IC 1,rail,R1/0,yes,\n"
                     "C,A,10,1,960,60,IC 1,rail,R1/0,yes,\nA,C,10,1,960,60,IC 1,rail,R1/1,yes,\n"
                     "B,A,10,1,960,60,IC 1,rail,R1/1,yes,\nC,B,10,1,960,60,IC 1,rail,R1/1,yes,\n");
}

/* Each allocation fails once; libzip has memory of its own. */
static void gtfs__without_memory_says_so(void **state)
{
    (void)state;
    feed f = plain;
    f.calendar_dates = "service_id,date,exception_type\nsunday,20200601,1\n";
    f.frequencies = "trip_id,start_time,end_time,headway_secs\nt1,07:00:00,08:00:00,1200\n";
    f.transfers = TRANSFERS "C,B,2,600\nA1,A2,2,60\n";
    const char *const paths[] = {feed_folder("gtfs_memory", &f),
                                 feed_zip("gtfs_memory.zip", "f/", &f)};
    for (size_t i = 0; i < 2; i++) {
        nearer_status status = NEARER_MEMORY;
        nr_network_tables t = {0};
        long allowed = 0;
        for (; status == NEARER_MEMORY && allowed < 10000; allowed++) {
            nr_fail_allocation_after(allowed);
            status = feed_read(&t, paths[i], MONDAY, NULL, 0, &err);
            nr_fail_allocation_after(-1);
            if (status == NEARER_OK) break;
            assert_fails(status, NEARER_MEMORY, "out of memory");
            assert_null(t.links);
            assert_null(t.nodes);
        }
        assert_ok(status);
        assert_true(allowed > 50);
        assert_int_equal(nearer_table_rows(t.links), 7);
        nr_network_tables_clear(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gtfs__counts_departures_and_takes_the_median),
        cmocka_unit_test(gtfs__of_one_trip_of_two_stops_is_one_link),
        cmocka_unit_test(gtfs__is_the_same_from_a_zip),
        cmocka_unit_test(gtfs__runs_by_weekday_and_range),
        cmocka_unit_test(gtfs__lets_exceptions_stand_before_the_week),
        cmocka_unit_test(gtfs__counts_departures_within_the_window),
        cmocka_unit_test(gtfs__knows_hours_behind_midnight),
        cmocka_unit_test(gtfs__spreads_missing_times_evenly),
        cmocka_unit_test(gtfs__takes_one_time_for_the_other),
        cmocka_unit_test(gtfs__sorts_calls_by_trip_and_sequence),
        cmocka_unit_test(gtfs__merges_platforms_into_their_station),
        cmocka_unit_test(gtfs__repeats_trips_of_frequencies),
        cmocka_unit_test(gtfs__weighs_the_median_by_departures),
        cmocka_unit_test(gtfs__shares_a_headway_among_branches),
        cmocka_unit_test(gtfs__waits_no_longer_than_it_is_told),
        cmocka_unit_test(gtfs__takes_half_a_minute_for_none),
        cmocka_unit_test(gtfs__names_routes_and_classes),
        cmocka_unit_test(gtfs__takes_ways_between_stations),
        cmocka_unit_test(gtfs__reads_other_encodings_alike),
        cmocka_unit_test(gtfs__tells_directions_by_the_order_of_stations),
        cmocka_unit_test(gtfs__tells_the_two_ways_round_a_ring),
        cmocka_unit_test(gtfs__without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
