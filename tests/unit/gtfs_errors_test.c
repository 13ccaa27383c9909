/* What is wrong with a timetable feed is said with its file, line and field. */
#include "cases/feed.h"

static nearer_error err;

#define STOPS "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
#define ROUTES "route_id,route_short_name,route_type\n"
#define TRIPS "route_id,service_id,trip_id,direction_id\n"
#define TIMES "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
#define WEEK \
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
#define FREQUENCIES "trip_id,start_time,end_time,headway_secs\n"
#define TRANSFERS "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"
#define MONDAY "2020-06-01"

static const feed good = {.stops = STOPS "A,Alpha,1,10,,\nB,Beta,2,11,,\n",
                          .routes = ROUTES "R,S,2\n",
                          .trips = TRIPS "R,week,t,0\n",
                          .stop_times = TIMES "t,07:00:00,07:00:00,A,1\nt,07:30:00,07:30:00,B,2\n",
                          .calendar = WEEK "week,1,1,1,1,1,0,0,20200101,20201231\n"};

/* The folder and the .zip of a feed fail alike, each under its own name. */
static void refused_on(const feed *f, const char *day, nearer_status status, const char *part)
{
    const char *const paths[] = {feed_folder("gtfs_bad", f), feed_zip("gtfs_bad.zip", "", f)};
    for (size_t i = 0; i < 2; i++) {
        nr_network_tables t = {0};
        char message[600];
        snprintf(message, sizeof message, "%s%s", paths[i], part);
        assert_fails(feed_read(&t, paths[i], day, NULL, 0, &err), status, message);
        assert_null(t.links);
        assert_null(t.nodes);
    }
}

static void refused(const feed *f, nearer_status status, const char *part)
{
    refused_on(f, MONDAY, status, part);
}

static void gtfs__is_good_as_the_tests_begin(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    assert_ok(feed_read(&t, feed_folder("gtfs_bad", &good), MONDAY, NULL, 0, &err));
    assert_int_equal(nearer_table_rows(t.links), 1);
    nr_network_tables_clear(&t);
}

static void gtfs__asks_for_a_day(void **state)
{
    (void)state;
    const char *part = ": which day? A day YYYY-MM-DD from 2020-01-01 to 2020-12-31 was expected "
                       "(--day, or \"timetable\": {\"day\": ...} of the layer)";
    refused_on(&good, NULL, NEARER_VALUE, part);
    static const char *const wrong[] = {"2020", "2020-06", "2020-02-30", "01.06.2020", ""};
    for (size_t i = 0; i < 5; i++) {
        refused_on(&good, wrong[i], NEARER_VALUE, part);
        refused_on(&good, wrong[i], NEARER_VALUE, "");
        assert_non_null(strstr(err.message, ", not "));
    }
}

static void gtfs__says_which_days_it_covers(void **state)
{
    (void)state;
    feed f = good;
    f.calendar_dates = "service_id,date,exception_type\nweek,20191224,1\n";
    refused_on(&f, "2020-06-06", NEARER_NODATA,
               ": no trip runs on 2020-06-06; the feed covers 2019-12-24 to 2020-12-31");
    f.calendar_dates = NULL;
    f.calendar = WEEK "week,0,0,0,0,0,0,0,20200101,20201231\n";
    refused(&f, NEARER_NODATA, ": no trip runs on 2020-06-01; the feed covers 2020-01-01");
}

static void gtfs__needs_its_files(void **state)
{
    (void)state;
    feed f = good;
    f.stops = NULL;
    refused(&f, NEARER_IO, ": it has no stops.txt, so it is no GTFS feed");
    f = good;
    f.routes = NULL;
    refused(&f, NEARER_IO, ": it has no routes.txt");
    f = good;
    f.trips = NULL;
    refused(&f, NEARER_IO, ": it has no trips.txt");
    f = good;
    f.stop_times = NULL;
    refused(&f, NEARER_IO, ": it has no stop_times.txt");
    f = good;
    f.calendar = NULL;
    refused(&f, NEARER_NODATA, ": neither calendar.txt nor calendar_dates.txt says when trips run");
    f.calendar = WEEK;
    refused(&f, NEARER_NODATA, ": neither calendar.txt nor calendar_dates.txt says when trips run");
}

static void gtfs__is_a_folder_or_a_zip(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    assert_fails(feed_read(&t, "gtfs_nowhere.zip", MONDAY, NULL, 0, &err), NEARER_IO,
                 "gtfs_nowhere.zip: there is no such file or folder");
    write_file("gtfs_text.zip", "stops.txt is not packed here, and this is long enough for one");
    assert_fails(feed_read(&t, "gtfs_text.zip", MONDAY, NULL, 0, &err), NEARER_SYNTAX,
                 "gtfs_text.zip: it is neither a folder nor a .zip");
    feed_zip("gtfs_deep.zip", "much/too/", &good);
    assert_fails(feed_read(&t, "gtfs_deep.zip", MONDAY, NULL, 0, &err), NEARER_IO,
                 "gtfs_deep.zip: it has no stops.txt");
    assert_null(t.links);
}

/* Two feeds in folders of one archive. */
static void gtfs__is_one_feed(void **state)
{
    (void)state;
    int code = 0;
    nr_network_tables t = {0};
    zip_t *zip = zip_open(feed_zip("gtfs_two.zip", "north/", &good), 0, &code);
    assert_non_null(zip);
    assert_true(zip_file_add(zip, "south/stops.txt",
                             zip_source_buffer(zip, STOPS, strlen(STOPS), 0), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
    assert_fails(feed_read(&t, "gtfs_two.zip", MONDAY, NULL, 0, &err), NEARER_SYNTAX,
                 "gtfs_two.zip: stops.txt is in 'north' and in 'south', one feed was expected");
    assert_null(t.links);
}

/* libzip writes no name twice: another is changed into it. */
static void gtfs__has_each_file_once(void **state)
{
    (void)state;
    int code = 0;
    nr_network_tables t = {0};
    zip_t *zip = zip_open(feed_zip("gtfs_twice.zip", "", &good), 0, &code);
    assert_non_null(zip);
    assert_true(
        zip_file_add(zip, "stops.tx2", zip_source_buffer(zip, STOPS, strlen(STOPS), 0), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
    FILE *file = fopen("gtfs_twice.zip", "r+b");
    assert_non_null(file);
    char bytes[20000];
    size_t n = fread(bytes, 1, sizeof bytes, file);
    assert_true(n < sizeof bytes);
    for (size_t at = 0; at + 9 < n; at++)
        if (memcmp(bytes + at, "stops.tx2", 9) == 0) bytes[at + 8] = 't';
    rewind(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
    assert_fails(feed_read(&t, "gtfs_twice.zip", MONDAY, NULL, 0, &err), NEARER_SYNTAX,
                 "gtfs_twice.zip: stops.txt is in it twice, one was expected");
    assert_null(t.links);
}

static void gtfs__unpacks_to_no_thousand_times_its_size(void **state)
{
    (void)state;
    int code = 0;
    const size_t size = 110000000;
    char *zeros = calloc(size, 1);
    assert_non_null(zeros);
    nr_network_tables t = {0};
    feed f = good;
    f.transfers = NULL;
    zip_t *zip = zip_open(feed_zip("gtfs_bomb.zip", "", &f), 0, &code);
    assert_non_null(zip);
    zip_int64_t at = zip_file_add(zip, "transfers.txt", zip_source_buffer(zip, zeros, size, 0), 0);
    assert_true(at >= 0);
    assert_int_equal(zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, 9), 0);
    assert_int_equal(zip_close(zip), 0);
    free(zeros);
    assert_fails(feed_read(&t, "gtfs_bomb.zip", MONDAY, NULL, 0, &err), NEARER_SYNTAX,
                 "gtfs_bomb.zip/transfers.txt: it unpacks to more than 1000 times its ");
    assert_null(t.links);
    remove("gtfs_bomb.zip");
}

static void gtfs__has_routes_of_types_that_are_numbers(void **state)
{
    (void)state;
    feed f = good;
    f.routes = ROUTES "R,S,xx\n";
    refused(&f, NEARER_VALUE, "/routes.txt:2: route_type is 'xx', a whole number was expected");
    f.routes = ROUTES "R,S,-1\n";
    refused(&f, NEARER_VALUE, "/routes.txt:2: route_type is '-1', a whole number was expected");
}

/* A byte changed within the packed stop_times.txt. */
static void gtfs__is_whole(void **state)
{
    (void)state;
    static char long_times[40000];
    feed f = good;
    nr_network_tables t = {0};
    strcpy(long_times, good.stop_times);
    for (size_t i = 0, n = strlen(long_times); i < 500; i++)
        n += (size_t)snprintf(long_times + n, sizeof long_times - n,
                              "t,08:%02zu:%02zu,08:%02zu:%02zu,A,%zu\n", i / 60, i % 60, i / 60,
                              i % 60, i + 3);
    f.stop_times = long_times;
    feed_zip("gtfs_broken.zip", "", &f);
    FILE *file = fopen("gtfs_broken.zip", "r+b");
    assert_non_null(file);
    char bytes[20000];
    size_t n = fread(bytes, 1, sizeof bytes, file), at = 0;
    assert_true(n < sizeof bytes);
    while (at + 14 < n && memcmp(bytes + at, "stop_times.txt", 14) != 0) at++;
    assert_true(at + 400 < n);
    assert_int_equal(fseek(file, (long)at + 300, SEEK_SET), 0);
    for (int i = 0; i < 40; i++) fputc(~bytes[at + 300 + (size_t)i] & 0xFF, file);
    fclose(file);
    assert_fails(feed_read(&t, "gtfs_broken.zip", MONDAY, NULL, 0, &err), NEARER_SYNTAX,
                 "gtfs_broken.zip/stop_times.txt: cannot be unpacked");
    assert_null(t.links);
}

static void gtfs__knows_the_ids_it_names(void **state)
{
    (void)state;
    feed f = good;
    f.trips = TRIPS "R,week,t,0\nQ,week,u,0\n";
    refused(&f, NEARER_NAME, "/trips.txt:3: route_id 'Q' is not in routes.txt");
    f.trips = TRIPS "R,holiday,t,0\n";
    refused(&f, NEARER_NAME,
            "/trips.txt:2: service_id 'holiday' is not in calendar.txt or calendar_dates.txt");
    f = good;
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\nu,07:30:00,07:30:00,B,2\n";
    refused(&f, NEARER_NAME, "/stop_times.txt:3: trip_id 'u' is not in trips.txt");
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\nt,07:30:00,07:30:00,X,2\n";
    refused(&f, NEARER_NAME, "/stop_times.txt:3: stop_id 'X' is not in stops.txt");
    f = good;
    f.stops = STOPS "A,Alpha,1,10,,\nB,Beta,2,11,0,Station\n";
    refused(&f, NEARER_NAME, "/stops.txt:3: parent_station 'Station' is not in stops.txt");
    f = good;
    f.frequencies = FREQUENCIES "u,07:00:00,08:00:00,600\n";
    refused(&f, NEARER_NAME, "/frequencies.txt:2: trip_id 'u' is not in trips.txt");
    f = good;
    f.transfers = TRANSFERS "A,B,2,60\nA,X,2,60\n";
    refused(&f, NEARER_NAME, "/transfers.txt:3: to_stop_id 'X' is not in stops.txt");
    f.transfers = TRANSFERS "X,B,2,60\n";
    refused(&f, NEARER_NAME, "/transfers.txt:2: from_stop_id 'X' is not in stops.txt");
}

static void gtfs__has_each_id_once(void **state)
{
    (void)state;
    feed f = good;
    f.stops = STOPS "A,Alpha,1,10,,\nA,Beta,2,11,,\n";
    refused(&f, NEARER_VALUE, "/stops.txt:3: stop_id is 'A', an id that stands once was expected");
    f.stops = STOPS ",Alpha,1,10,,\n";
    refused(&f, NEARER_VALUE, "/stops.txt:2: stop_id is empty, an id was expected");
    f = good;
    f.routes = ROUTES "R,S,2\nR,T,2\n";
    refused(&f, NEARER_VALUE, "/routes.txt:3: route_id is 'R', an id that stands once");
    f = good;
    f.trips = TRIPS "R,week,t,0\nR,week,t,1\n";
    refused(&f, NEARER_VALUE, "/trips.txt:3: trip_id is 't', an id that stands once");
    f = good;
    f.calendar = WEEK ",1,1,1,1,1,0,0,20200101,20201231\n";
    refused(&f, NEARER_VALUE, "/calendar.txt:2: service_id is empty, an id was expected");
    f = good;
    f.stops = STOPS "A,Alpha,1,10,1,B\nB,Beta,2,11,,\n";
    refused(&f, NEARER_VALUE,
            "/stops.txt:2: parent_station is 'B', nothing (it is a station) was expected");
}

static void gtfs__reads_times_as_hours_minutes_seconds(void **state)
{
    (void)state;
    static const char *const wrong[] = {"x",        "7.30",      "07:00",     "-01:00:00",
                                        "07:60:00", "07:00:60",  "07:0:00",   "1000:00:00",
                                        ":00:00",   "07:00:00x", "07:00:000", "+7:00:00"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char times[200], part[200];
        feed f = good;
        snprintf(times, sizeof times, TIMES "t,%s,07:00:00,A,1\nt,07:30:00,07:30:00,B,2\n",
                 wrong[i]);
        snprintf(part, sizeof part,
                 "/stop_times.txt:2: arrival_time is '%s', HH:MM:SS was expected", wrong[i]);
        f.stop_times = times;
        refused(&f, NEARER_VALUE, part);
    }
    feed f = good;
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\nt,07:30:00,noon,B,2\n";
    refused(&f, NEARER_VALUE, "/stop_times.txt:3: departure_time is 'noon', HH:MM:SS was expected");
}

static void gtfs__has_times_that_run_forward(void **state)
{
    (void)state;
    feed f = good;
    f.stop_times = TIMES "t,07:30:00,07:30:00,B,2\nt,07:31:00,07:31:00,A,1\n";
    refused(&f, NEARER_VALUE,
            "/stop_times.txt:2: arrival_time is '07:30:00', a time not before that of the stop "
            "before it was expected");
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\nt,07:30:00,07:29:00,B,2\n";
    refused(&f, NEARER_VALUE,
            "/stop_times.txt:3: departure_time is '07:29:00', a time not before arrival_time");
    f.stop_times = TIMES "t,,,A,1\nt,07:30:00,07:30:00,B,2\n";
    refused(&f, NEARER_VALUE,
            "/stop_times.txt:2: arrival_time is empty, a time at a trip's first and last stop");
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\nt,,,B,2\n";
    refused(&f, NEARER_VALUE,
            "/stop_times.txt:3: arrival_time is empty, a time at a trip's first and last stop");
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,4\nt,07:30:00,07:30:00,B,4\n";
    refused(&f, NEARER_VALUE,
            "/stop_times.txt:3: stop_sequence is '4', a number that stands once in a trip");
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,-1\nt,07:30:00,07:30:00,B,4\n";
    refused(&f, NEARER_VALUE, "/stop_times.txt:2: stop_sequence is '-1', a number of 0 or more");
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,first\n";
    refused(&f, NEARER_VALUE, "/stop_times.txt:2: stop_sequence is 'first', a number of 0");
}

static void gtfs__has_codes_and_dates_it_can_read(void **state)
{
    (void)state;
    feed f = good;
    f.trips = TRIPS "R,week,t,2\n";
    refused(&f, NEARER_VALUE, "/trips.txt:2: direction_id is '2', 0, 1 or nothing was expected");
    f = good;
    f.calendar = WEEK "week,yes,1,1,1,1,0,0,20200101,20201231\n";
    refused(&f, NEARER_VALUE, "/calendar.txt:2: monday is 'yes', 0 or 1 was expected");
    f.calendar = WEEK "week,1,1,1,1,1,0,0,2020-01-01,20201231\n";
    refused(&f, NEARER_VALUE,
            "/calendar.txt:2: start_date is '2020-01-01', a date YYYYMMDD was expected");
    f.calendar = WEEK "week,1,1,1,1,1,0,0,20200101,20200230\n";
    refused(&f, NEARER_VALUE, "/calendar.txt:2: end_date is '20200230', a date YYYYMMDD");
    f = good;
    f.calendar_dates = "service_id,date,exception_type\nweek,20200601,3\n";
    refused(&f, NEARER_VALUE, "/calendar_dates.txt:2: exception_type is '3', 1 or 2 was expected");
    f.calendar_dates = "service_id,date,exception_type\nweek,,1\n";
    refused(&f, NEARER_VALUE, "/calendar_dates.txt:2: date is empty, a date YYYYMMDD was expected");
    f = good;
    f.frequencies = FREQUENCIES "t,07:00:00,06:00:00,600\n";
    refused(&f, NEARER_VALUE, "/frequencies.txt:2: end_time is '06:00:00', a time behind start");
    f.frequencies = FREQUENCIES "t,07:00:00,08:00:00,0\n";
    refused(&f, NEARER_VALUE, "/frequencies.txt:2: headway_secs is '0', seconds from 1 to 86400");
    f.frequencies = FREQUENCIES "t,07:00,08:00:00,60\n";
    refused(&f, NEARER_VALUE, "/frequencies.txt:2: start_time is '07:00', HH:MM:SS was expected");
    f = good;
    f.transfers = TRANSFERS "A,B,2,\n";
    refused(&f, NEARER_VALUE, "/transfers.txt:2: min_transfer_time is empty, seconds of 0 or more");
    f.transfers = TRANSFERS "A,B,2,-1\n";
    refused(&f, NEARER_VALUE, "/transfers.txt:2: min_transfer_time is '-1', seconds of 0 or more");
}

static void gtfs__has_stations_on_earth(void **state)
{
    (void)state;
    feed f = good;
    f.stops = STOPS "A,Alpha,91,10,,\nB,Beta,2,11,,\n";
    refused(&f, NEARER_VALUE, "/stops.txt:2: stop_lat is '91', degrees of latitude was expected");
    f.stops = STOPS "A,Alpha,1,10,,\nB,Beta,2,-180.5,,\n";
    refused(&f, NEARER_VALUE,
            "/stops.txt:3: stop_lon is '-180.5', degrees of longitude was expected");
    f.stops = STOPS "A,Alpha,1,10,,\nB,Beta,,11,,\n";
    refused(&f, NEARER_VALUE, "/stops.txt:3: stop_lat is empty, degrees of latitude");
    f.stops = STOPS "A,Alpha,1,10,,\nB,Beta,2,nan,,\n";
    refused(&f, NEARER_VALUE, "/stops.txt:3: stop_lon is 'nan', degrees of longitude");
}

/* Each column that is needed is taken away in turn. */
static void gtfs__needs_its_columns(void **state)
{
    (void)state;
    static const struct {
        const char *file, *column;
    } needed[] = {{"stops.txt", "stop_id"},
                  {"stops.txt", "stop_lat"},
                  {"stops.txt", "stop_lon"},
                  {"routes.txt", "route_id"},
                  {"trips.txt", "trip_id"},
                  {"trips.txt", "route_id"},
                  {"trips.txt", "service_id"},
                  {"stop_times.txt", "trip_id"},
                  {"stop_times.txt", "stop_id"},
                  {"stop_times.txt", "stop_sequence"},
                  {"stop_times.txt", "arrival_time"},
                  {"stop_times.txt", "departure_time"},
                  {"calendar.txt", "service_id"},
                  {"calendar.txt", "monday"},
                  {"calendar.txt", "start_date"},
                  {"calendar.txt", "end_date"},
                  {"calendar_dates.txt", "date"},
                  {"calendar_dates.txt", "service_id"},
                  {"frequencies.txt", "trip_id"},
                  {"calendar_dates.txt", "exception_type"},
                  {"frequencies.txt", "start_time"},
                  {"frequencies.txt", "end_time"},
                  {"frequencies.txt", "headway_secs"},
                  {"transfers.txt", "from_stop_id"},
                  {"transfers.txt", "to_stop_id"},
                  {"transfers.txt", "min_transfer_time"}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        feed f = good;
        f.calendar_dates = "service_id,date,exception_type\nweek,20200601,1\n";
        f.frequencies = FREQUENCIES "t,07:00:00,08:00:00,600\n";
        f.transfers = TRANSFERS "A,B,2,60\n";
        feed_folder("gtfs_bad", &f);
        char path[100], part[200];
        snprintf(path, sizeof path, "gtfs_bad/%s", needed[i].file);
        char *text = read_file(path), *at = strstr(text, needed[i].column);
        assert_non_null(at);
        *at = 'X';
        write_file(path, text);
        free(text);
        nr_network_tables t = {0};
        snprintf(part, sizeof part, "%s: no column '%s'", path, needed[i].column);
        assert_fails(feed_read(&t, "gtfs_bad", MONDAY, NULL, 0, &err), NEARER_NAME, part);
        assert_null(t.links);
    }
}

static void gtfs__is_csv_in_utf8(void **state)
{
    (void)state;
    feed f = good;
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\nt,07:30:00\n";
    refused(&f, NEARER_SYNTAX, "/stop_times.txt:3: 2 fields, 5 were expected");
    f.stop_times = "";
    refused(&f, NEARER_SYNTAX, "/stop_times.txt: the file is empty, a header line was expected");
    f = good;
    f.stops = STOPS "A,M\xFCnchen,1,10,,\nB,Beta,2,11,,\n";
    refused(&f, NEARER_SYNTAX,
            "/stops.txt:2: text that is not UTF-8; say its encoding (GBK, ISO-8859-1, CP1251 ...)");
    const char *const paths[] = {feed_folder("gtfs_bad", &good),
                                 feed_zip("gtfs_bad.zip", "", &good)};
    for (size_t i = 0; i < 2; i++) {
        const nearer_reading how = {.day = MONDAY, .encoding = "klingon"};
        nr_network_tables t = {0};
        assert_fails(nr_format_gtfs.read_network(&t, paths[i], &how, &err), NEARER_NAME,
                     "/stops.txt: unknown text encoding 'klingon'");
    }
}

static void gtfs__has_departures_within_the_window(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "07:00",       "07:00-",      "22:00-07:00",  "07:00-07:00", "x", "07-22",
        "07:00-25:61", "07:00-99:00", "07:00-22:00x", "-1:00-22:00", ""};
    nr_network_tables t = {0};
    const char *path = feed_folder("gtfs_bad", &good);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char part[100];
        snprintf(part, sizeof part,
                 "gtfs_bad: window '%s': hours such as 07:00-22:00 were expected", wrong[i]);
        assert_fails(feed_read(&t, path, MONDAY, wrong[i], 0, &err), NEARER_VALUE, part);
    }
    assert_fails(feed_read(&t, path, MONDAY, "08:00-22:00", 0, &err), NEARER_NODATA,
                 "gtfs_bad: no trip departs on 2020-06-01 within the window");
    feed f = good;
    f.stop_times = TIMES;
    refused(&f, NEARER_NODATA, ": no trip departs on 2020-06-01 within the window");
    f.stop_times = TIMES "t,07:00:00,07:00:00,A,1\n"; /* one stop is no way */
    refused(&f, NEARER_NODATA, ": no trip departs on 2020-06-01 within the window");
    assert_null(t.links);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gtfs__is_good_as_the_tests_begin),
        cmocka_unit_test(gtfs__asks_for_a_day),
        cmocka_unit_test(gtfs__says_which_days_it_covers),
        cmocka_unit_test(gtfs__needs_its_files),
        cmocka_unit_test(gtfs__is_a_folder_or_a_zip),
        cmocka_unit_test(gtfs__has_each_file_once),
        cmocka_unit_test(gtfs__unpacks_to_no_thousand_times_its_size),
        cmocka_unit_test(gtfs__has_routes_of_types_that_are_numbers),
        cmocka_unit_test(gtfs__is_one_feed),
        cmocka_unit_test(gtfs__is_whole),
        cmocka_unit_test(gtfs__knows_the_ids_it_names),
        cmocka_unit_test(gtfs__has_each_id_once),
        cmocka_unit_test(gtfs__reads_times_as_hours_minutes_seconds),
        cmocka_unit_test(gtfs__has_times_that_run_forward),
        cmocka_unit_test(gtfs__has_codes_and_dates_it_can_read),
        cmocka_unit_test(gtfs__has_stations_on_earth),
        cmocka_unit_test(gtfs__needs_its_columns),
        cmocka_unit_test(gtfs__is_csv_in_utf8),
        cmocka_unit_test(gtfs__has_departures_within_the_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
