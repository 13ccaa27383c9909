/* GTFS timetables in: trips of a day and a window of hours become links with the median minutes
 * between two stations by one route, and how often it goes. */
#include "formats/gtfs.h"
#include "formats/positions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"

/* Departures of one trip from one station to the next within the window. */
typedef struct run {
    uint32_t route, from, to; /* stations */
    bool back;
    int32_t seconds;
    uint32_t count;
} run;

typedef struct maker {
    nr_gtfs feed;
    int32_t begin, end; /* the window */
    double max_wait_min;
    run *runs;
    size_t count, capacity;
    bool *used; /* stations that links touch */
    nearer_table *links, *nodes;
} maker;

/* ---- the window ---- */

static bool read_hour(int32_t *out, const char **at)
{
    int hours = 0, minutes = 0, read = 0;
    if (sscanf(*at, "%2d:%2d%n", &hours, &minutes, &read) != 2 || hours < 0 || minutes < 0 ||
        minutes > 59 || hours > 48)
        return false;
    *out = hours * 3600 + minutes * 60;
    *at += read;
    return true;
}

static nearer_status read_window(maker *m)
{
    const char *text = m->feed.how->window == NULL ? "06:00-22:00" : m->feed.how->window;
    const char *at = text;
    m->max_wait_min = m->feed.how->max_wait_min > 0 ? m->feed.how->max_wait_min : 60;
    bool good = read_hour(&m->begin, &at) && *at++ == '-' && read_hour(&m->end, &at) && *at == 0;
    if (good && m->begin < m->end) return NEARER_OK;
    return nr_fail(m->feed.err, NEARER_VALUE,
                   "%s: window '%.40s': hours such as 07:00-22:00 were expected", m->feed.path,
                   text);
}

/* ---- runs ---- */

static bool add_run(maker *m, run r)
{
    if (!nr_grow((void **)&m->runs, m->count, &m->capacity, sizeof *m->runs)) return false;
    m->runs[m->count++] = r;
    return true;
}

/* How often a trip that leaves its first stop at from, from + every ... before `to` leaves a stop
 * `later` seconds further on within the window. */
static uint32_t departures(const maker *m, const nr_gtfs_frequency *f, int32_t later)
{
    int64_t first = (int64_t)f->from + later, end = (int64_t)f->to + later, k = 0;
    if (first < m->begin) k = (m->begin - first + f->every - 1) / f->every;
    if (end > m->end) end = m->end;
    int64_t at = first + k * f->every;
    return at >= end ? 0 : (uint32_t)((end - at + f->every - 1) / f->every);
}

static bool add_trip(maker *m, const nr_gtfs_trip *trip)
{
    const nr_gtfs_call *calls = m->feed.calls + trip->first_time;
    for (size_t i = 0; i + 1 < trip->time_count; i++) {
        const nr_gtfs_call *a = &calls[i], *b = &calls[i + 1];
        run r = {trip->route, m->feed.stations[a->stop], m->feed.stations[b->stop],
                 trip->back,  b->arrival - a->departure, 0};
        int32_t later = a->departure - calls[0].departure;
        if (r.from == r.to) continue; /* two platforms of one station */
        if (trip->first_frequency == 0) r.count = a->departure >= m->begin && a->departure < m->end;
        for (size_t f = trip->first_frequency; f != 0; f = m->feed.frequencies[f - 1].next)
            r.count += departures(m, &m->feed.frequencies[f - 1], later);
        if (r.count > 0 && !add_run(m, r)) return false;
    }
    return true;
}

static int by_link(const void *a, const void *b)
{
    const run *x = a, *y = b;
    if (x->route != y->route) return x->route < y->route ? -1 : 1;
    if (x->back != y->back) return x->back ? 1 : -1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    return x->seconds < y->seconds ? -1 : x->seconds > y->seconds;
}

static bool same_way(const run *a, const run *b)
{
    return a->route == b->route && a->back == b->back && a->from == b->from;
}

/* ---- links ---- */

/* Of runs in order of seconds, each as often as it goes. */
static double median_min(const run *runs, size_t n, uint64_t departures_in_all)
{
    uint64_t low = (departures_in_all - 1) / 2, high = departures_in_all / 2, before = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t behind = before + runs[i].count;
        if (low >= before && low < behind) sum += runs[i].seconds;
        if (high >= before && high < behind) sum += runs[i].seconds;
        before = behind;
    }
    return sum > 0 ? sum / 2 / 60 : 0.5; /* of whole minutes, 0 means less than one */
}

static const char *line_of(const nr_gtfs *feed, uint32_t route)
{
    static const char *const columns[] = {"route_short_name", "route_long_name", "route_id"};
    const char *name = "";
    for (size_t i = 0; i < 3 && name[0] == 0; i++)
        name = nr_gtfs_cell(feed, NR_GTFS_ROUTES, route, columns[i]);
    return name;
}

/* route_type in words: the basic ones, then the hundreds of the extended ones. */
static const char *class_of(const nr_gtfs *feed, uint32_t route, char room[24])
{
    static const struct {
        int first, last;
        const char *word;
    } known[] = {{0, 0, "tram"},           {1, 1, "metro"},
                 {2, 2, "rail"},           {3, 3, "bus"},
                 {4, 4, "ferry"},          {5, 5, "cable_tram"},
                 {6, 6, "aerial_lift"},    {7, 7, "funicular"},
                 {11, 11, "trolleybus"},   {12, 12, "monorail"},
                 {100, 199, "rail"},       {200, 299, "coach"},
                 {400, 499, "metro"},      {700, 799, "bus"},
                 {800, 899, "trolleybus"}, {900, 999, "tram"},
                 {1000, 1099, "ferry"},    {1100, 1199, "air"},
                 {1200, 1299, "ferry"},    {1300, 1399, "aerial_lift"},
                 {1400, 1499, "funicular"}};
    const char *text = nr_gtfs_cell(feed, NR_GTFS_ROUTES, route, "route_type");
    if (text[0] == 0) return "";
    int type = atoi(text);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (type >= known[i].first && type <= known[i].last) return known[i].word;
    snprintf(room, 24, "type %.16s", text);
    return room;
}

static const char *station_id(const maker *m, uint32_t station)
{
    return m->feed.stop_ids.texts[station];
}

/* The links of one route, direction and station, whose departures share one headway. */
static void put_way(maker *m, const run *runs, size_t n)
{
    uint64_t all = 0;
    char room[24], service[300];
    for (size_t i = 0; i < n; i++) all += runs[i].count;
    double headway = (double)(m->end - m->begin) / 60 / (double)all;
    snprintf(service, sizeof service, "%.280s/%d", m->feed.route_ids.texts[runs->route],
             runs->back ? 1 : 0);
    for (size_t i = 0, k = 0; i < n; i += k) {
        uint64_t count = 0;
        for (k = 0; i + k < n && runs[i + k].to == runs[i].to; k++) count += runs[i + k].count;
        m->used[runs[i].from] = m->used[runs[i].to] = true;
        nr_table_put(m->links, station_id(m, runs[i].from), station_id(m, runs[i].to),
                     median_min(runs + i, k, count), (double)count, headway,
                     fmin(headway / 2, m->max_wait_min), line_of(&m->feed, runs->route),
                     class_of(&m->feed, runs->route, room), service, "yes", "");
    }
}

static nearer_status put_links(maker *m)
{
    static const char *const names[] = {"from",        "to",       "minutes", "departures",
                                        "headway_min", "wait_min", "line",    "class",
                                        "service",     "oneway",   "transfer"};
    static const int decimals[] = {-1, -1, 1, 0, 1, 1, -1, -1, -1, -1, -1};
    for (size_t i = 0; i < 11; i++) nr_table_add_column(m->links, names[i], decimals[i]);
    for (size_t t = 0; t < m->feed.trip_ids.count; t++)
        if (m->feed.trips[t].time_count > 0 && !add_trip(m, &m->feed.trips[t]))
            return nr_fail_memory(m->feed.err);
    if (m->count == 0)
        return nr_fail(m->feed.err, NEARER_NODATA, "%s: no trip departs on %s within the window",
                       m->feed.path, m->feed.how->day);
    qsort(m->runs, m->count, sizeof *m->runs, by_link);
    for (size_t i = 0, n = 0; i < m->count; i += n) {
        for (n = 1; i + n < m->count && same_way(&m->runs[i], &m->runs[i + n]);) n++;
        put_way(m, m->runs + i, n);
    }
    return NEARER_OK;
}

/* ---- transfers ---- */

typedef struct change {
    uint32_t from, to;
    double minutes;
} change;

static int by_ends(const void *a, const void *b)
{
    const change *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    return x->minutes < y->minutes ? -1 : x->minutes > y->minutes;
}

static nearer_status read_change(change *out, bool *counts, const nr_gtfs *feed, size_t row)
{
    const int file = NR_GTFS_TRANSFERS;
    uint32_t from, to;
    double seconds;
    const char *text = nr_gtfs_cell(feed, file, row, "min_transfer_time");
    *counts = strcmp(nr_gtfs_cell(feed, file, row, "transfer_type"), "2") == 0;
    if (!*counts) return NEARER_OK; /* no minutes are said */
    NR_TRY(nr_gtfs_find(&from, feed, file, row, "from_stop_id", &feed->stop_ids, "stops.txt"));
    NR_TRY(nr_gtfs_find(&to, feed, file, row, "to_stop_id", &feed->stop_ids, "stops.txt"));
    if (!nr_parse_number(text, &seconds) || !(seconds >= 0 && seconds < 86400))
        return nr_gtfs_fail(feed, file, row, "min_transfer_time", "seconds of 0 or more");
    *out = (change){feed->stations[from], feed->stations[to], fmax(seconds / 60, 0.01)};
    return NEARER_OK;
}

/* Within a station the median of its platforms' changes, between stations the quickest. */
static nearer_status put_transfers(maker *m)
{
    const nr_gtfs *feed = &m->feed;
    if (feed->tables[NR_GTFS_TRANSFERS] == NULL) return NEARER_OK;
    size_t rows = nearer_table_rows(feed->tables[NR_GTFS_TRANSFERS]), n = 0;
    change *changes = nr_alloc(rows, sizeof *changes);
    nearer_status status = changes == NULL ? nr_fail_memory(feed->err) : NEARER_OK;
    for (size_t row = 0; row < rows && status == NEARER_OK; row++) {
        bool counts;
        status = read_change(&changes[n], &counts, feed, row);
        if (status == NEARER_OK && counts && m->used[changes[n].from] && m->used[changes[n].to])
            n++;
    }
    if (n > 1) qsort(changes, n, sizeof *changes, by_ends);
    for (size_t i = 0, k = 0; i < n && status == NEARER_OK; i += k) {
        const change *c = &changes[i];
        for (k = 1; i + k < n && c[k].from == c->from && c[k].to == c->to;) k++;
        double minutes =
            c->from == c->to ? (c[(k - 1) / 2].minutes + c[k / 2].minutes) / 2 : c->minutes;
        nr_table_put(m->links, station_id(m, c->from), station_id(m, c->to), minutes, NAN, NAN, NAN,
                     "", "", "", "yes", "yes");
    }
    nr_free(changes);
    return status;
}

/* ---- nodes ---- */

static nearer_status put_nodes(maker *m)
{
    const nr_gtfs *feed = &m->feed;
    nr_table_add_column(m->nodes, "id", NR_TEXT_COLUMN);
    nr_table_add_column(m->nodes, "name", NR_TEXT_COLUMN);
    nr_table_add_column(m->nodes, "lon_deg", 6);
    nr_table_add_column(m->nodes, "lat_deg", 6);
    for (size_t row = 0; row < feed->stop_ids.count; row++) {
        nr_lonlat at;
        const char *lon = nr_gtfs_cell(feed, NR_GTFS_STOPS, row, "stop_lon");
        const char *lat = nr_gtfs_cell(feed, NR_GTFS_STOPS, row, "stop_lat");
        if (!m->used[row]) continue;
        if (!nr_parse_number(lon, &at.lon) || !(at.lon >= -180 && at.lon <= 180))
            return nr_gtfs_fail(feed, NR_GTFS_STOPS, row, "stop_lon", "degrees of longitude");
        if (!nr_parse_number(lat, &at.lat) || !(at.lat >= -90 && at.lat <= 90))
            return nr_gtfs_fail(feed, NR_GTFS_STOPS, row, "stop_lat", "degrees of latitude");
        nr_table_put(m->nodes, feed->stop_ids.texts[row],
                     nr_gtfs_cell(feed, NR_GTFS_STOPS, row, "stop_name"), at.lon, at.lat);
    }
    return NEARER_OK;
}

static nearer_status make(maker *m)
{
    NR_TRY(read_window(m));
    NR_TRY(nr_gtfs_open(&m->feed));
    NR_TRY(nr_gtfs_read_stops(&m->feed));
    NR_TRY(nr_gtfs_read_calendar(&m->feed));
    NR_TRY(nr_gtfs_read_trips(&m->feed));
    NR_TRY(nr_gtfs_read_calls(&m->feed));
    NR_TRY(nr_gtfs_tell_directions(&m->feed));
    m->used = nr_alloc(m->feed.stop_ids.count, sizeof *m->used);
    if (m->used == NULL) return nr_fail_memory(m->feed.err);
    NR_TRY(nr_table_new(&m->links, m->feed.path, "link", m->feed.err));
    NR_TRY(nr_table_new(&m->nodes, m->feed.path, "station", m->feed.err));
    NR_TRY(put_links(m));
    NR_TRY(put_transfers(m));
    NR_TRY(put_nodes(m));
    return m->feed.how->crs == NULL ? NEARER_OK
                                    : nr_positions_turn(m->nodes, m->feed.how, m->feed.err);
}

static nearer_status read_gtfs(nr_network_tables *out, const char *path, const nearer_reading *how,
                               nearer_error *err)
{
    maker m = {.feed = {.path = path, .how = how, .err = err}};
    nearer_status status = make(&m);
    nr_gtfs_clear(&m.feed);
    nr_free(m.runs);
    nr_free(m.used);
    return status == NEARER_OK ? nr_network_tables_finish(out, m.nodes, m.links, err)
                               : nr_network_tables_drop(m.nodes, m.links, status);
}

const nr_format nr_format_gtfs = {
    .id = "gtfs",
    .title = "timetables (GTFS) as frequencies: a folder or .zip",
    .endings = ".zip .gtfs",
    .knows = nr_gtfs_knows,
    .read_network = read_gtfs,
};
