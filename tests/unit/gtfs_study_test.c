/* A study whose railway is a timetable: minutes from door to door, worked out by hand. */
#include "cases/drawn.h"
#include "cases/feed.h"

static nearer_error err;

/* R1 every half hour: A -30- B (a stop of one minute) -20- C; R2 every 20 minutes from a station
 * beside C: C2 -40- D; R3 every hour: B -12- E. From C to C2 one walks 5 minutes, at B a change
 * takes 4. */
static const feed railway = {
    .stops = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nA,,0,0,,\n"
             "B1,,0,1,,B\nB,,0,1,1,\nC,,0,2,,\nC2,,0.01,2,,\nD,,0,3,,\nE,,1,1,,\nB3,,0,1,,B\n",
    .routes = "route_id,route_short_name,route_type\nR1,One,2\nR2,Two,2\nR3,Three,2\n",
    .trips = "route_id,service_id,trip_id\nR1,daily,t1\nR2,daily,t2\nR3,daily,t3\n",
    .stop_times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                  "t1,00:00:00,00:00:00,A,1\nt1,00:30:00,00:31:00,B1,2\nt1,00:51:00,00:51:00,C,3\n"
                  "t2,00:00:00,00:00:00,C2,1\nt2,00:40:00,00:40:00,D,2\n"
                  "t3,00:00:00,00:00:00,B3,1\nt3,00:12:00,00:12:00,E,2\n",
    .calendar_dates = "service_id,date,exception_type\ndaily,20200601,1\n",
    .frequencies = "trip_id,start_time,end_time,headway_secs\nt1,05:00:00,23:00:00,1800\n"
                   "t2,05:00:00,23:00:00,1200\nt3,05:00:00,23:00:00,3600\n",
    .transfers = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nC,C2,2,300\n"
                 "B1,B3,2,240\n"};

static const char *write_study(const char *layer)
{
    static char json[2000];
    write_file("gtfs_places.csv", "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\nD,3,0\nE,1,1\n");
    snprintf(json, sizeof json,
             "{\"places\": {\"file\": \"gtfs_places.csv\"},\n"
             "\"modes\": {\"rail\": {\"access_min\": 3, \"boarding_min\": 7, \"alighting_min\": 2, "
             "\"egress_min\": 5, \"dwell_min\": 1, \"transfer_min\": 13, \"access_limit_km\": 0.5, "
             "\"through\": \"service\"}},\n\"dates\": {\"from\": 2019, \"to\": 2020},\n"
             "\"layers\": [{\"id\": \"trains\", \"mode\": \"rail\", %s}]}\n",
             layer);
    return write_file("gtfs_study.json", json);
}

/* From A to E by place; INFINITY where nothing goes. */
static void times_are(const char *layer, bool station_to_station, const double expected[25])
{
    nearer_study *study = NULL;
    nearer_times *times = NULL;
    nearer_query query = {.date = day("2020"), .station_to_station = station_to_station};
    assert_ok(nearer_study_read(&study, write_study(layer), &err));
    static const char *const engines[] = {"dijkstra", "bellman-ford", "hierarchy", "igraph"};
    for (int engine = 0; engine < 4; engine++) {
        query.engine = engines[engine];
        assert_ok(nearer_times_compute(&times, nearer_study_network(study), &query, &err));
        for (size_t i = 0; i < 25; i++)
            assert_near(nearer_times_minutes(times, i / 5, i % 5), expected[i], 1e-9);
        nearer_times_free(times);
    }
    nearer_study_free(study);
}

enum { BOARD = 10, LEAVE = 7, WAIT_1 = 15, WAIT_2 = 10, WAIT_3 = 30 };
#define I INFINITY

static void study__of_a_timetable_takes_what_it_says(void **state)
{
    (void)state;
    const double doors = BOARD + LEAVE;
    const double expected[25] = {0,
                                 doors + WAIT_1 + 30,
                                 doors + WAIT_1 + 51,
                                 doors + WAIT_1 + 51 + 5 + WAIT_2 + 40,
                                 doors + WAIT_1 + 30 + 4 + WAIT_3 + 12,
                                 I,
                                 0,
                                 doors + WAIT_1 + 20,
                                 doors + WAIT_1 + 20 + 5 + WAIT_2 + 40,
                                 doors + WAIT_3 + 12,
                                 I,
                                 I,
                                 0,
                                 I,
                                 I,
                                 I,
                                 I,
                                 I,
                                 0,
                                 I,
                                 I,
                                 I,
                                 I,
                                 I,
                                 0};
    double stations[25];
    for (size_t i = 0; i < 25; i++) stations[i] = i % 6 == 0 ? 0 : expected[i] - doors;
    feed_folder("gtfs_trains", &railway);
    feed_zip("gtfs_trains.zip", "", &railway);
    static const char *const layers[] = {
        "\"file\": \"gtfs_trains\", \"timetable\": {\"day\": \"2020-06-01\"}",
        "\"file\": \"gtfs_trains.zip\", \"timetable\": {\"day\": \"2020-06-01\"}",
        "\"file\": \"gtfs_trains\", \"format\": \"gtfs\", \"timetable\": {\"day\": \"2020-06-01\", "
        "\"window\": \"07:00-21:00\", \"max_wait_min\": 30}"};
    for (size_t i = 0; i < 3; i++) {
        times_are(layers[i], false, expected);
        times_are(layers[i], true, stations);
    }
}

static void study__of_a_timetable_caps_waits(void **state)
{
    (void)state;
    nearer_study *study = NULL;
    nearer_times *times = NULL;
    nearer_query query = {.date = day("2019")}; /* a feed holds on all dates of the study */
    feed_folder("gtfs_trains", &railway);
    assert_ok(nearer_study_read(&study,
                                write_study("\"file\": \"gtfs_trains\", \"timetable\": {\"day\": "
                                            "\"2020-06-01\", \"max_wait_min\": 12}"),
                                &err));
    assert_ok(nearer_times_compute(&times, nearer_study_network(study), &query, &err));
    assert_near(nearer_times_minutes(times, 0, 1), BOARD + 12 + 30 + LEAVE, 1e-9);
    assert_near(nearer_times_minutes(times, 0, 3), BOARD + 12 + 51 + 5 + WAIT_2 + 40 + LEAVE, 1e-9);
    nearer_times_free(times);
    nearer_study_free(study);
}

static void refused(const char *layer, nearer_status status, const char *part)
{
    nearer_study *study = NULL;
    assert_fails(nearer_study_read(&study, write_study(layer), &err), status, part);
    assert_null(study);
}

static void study__of_a_timetable_says_what_is_wrong(void **state)
{
    (void)state;
    feed_folder("gtfs_trains", &railway);
    refused("\"file\": \"gtfs_trains\"", NEARER_VALUE,
            "gtfs_trains: which day? A day YYYY-MM-DD from 2020-06-01 to 2020-06-01 was expected");
    refused("\"file\": \"gtfs_trains\", \"timetable\": {\"day\": \"2020-06-02\"}", NEARER_NODATA,
            "gtfs_trains: no trip runs on 2020-06-02; the feed covers 2020-06-01 to 2020-06-01");
    refused("\"file\": \"gtfs_trains\", \"timetable\": {\"day\": \"2020-06-01\"}, \"nodes\": "
            "{\"file\": \"gtfs_places.csv\"}",
            NEARER_VALUE,
            "layer 'trains': gtfs_trains has nodes of its own; \"nodes\" is for tables");
    refused("\"file\": \"gtfs_trains\", \"timetable\": {\"hour\": 7}", NEARER_NAME, "'hour'");
    refused("\"file\": \"gtfs_trains\", \"timetable\": \"2020-06-01\"", NEARER_VALUE, "timetable");
    refused("\"file\": \"gtfs_trains\", \"timetable\": {\"day\": \"2020-06-01\", "
            "\"max_wait_min\": 0}",
            NEARER_VALUE, "max_wait_min");
    refused("\"file\": \"gtfs_places.csv\", \"format\": \"gtfs\", \"timetable\": {\"day\": "
            "\"2020-06-01\"}",
            NEARER_SYNTAX, "gtfs_places.csv: it is neither a folder nor a .zip");
    refused("\"file\": \"gtfs_nowhere\", \"format\": \"gtfs\"", NEARER_IO,
            "gtfs_nowhere: there is no such file or folder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study__of_a_timetable_takes_what_it_says),
        cmocka_unit_test(study__of_a_timetable_caps_waits),
        cmocka_unit_test(study__of_a_timetable_says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
