/* formats/gtfs: a timetable feed (GTFS), from its files to a network of frequencies. */
#ifndef NR_FORMATS_GTFS_H
#define NR_FORMATS_GTFS_H
#include "base/names.h"
#include "model/format.h"

enum {
    NR_GTFS_STOPS,
    NR_GTFS_ROUTES,
    NR_GTFS_TRIPS,
    NR_GTFS_STOP_TIMES,
    NR_GTFS_CALENDAR,
    NR_GTFS_CALENDAR_DATES,
    NR_GTFS_FREQUENCIES,
    NR_GTFS_TRANSFERS,
    NR_GTFS_FILES
};

#define NR_NO_TIME INT32_MIN

/* What a trip is: its route and direction, and whether it runs on the day. */
typedef struct nr_gtfs_trip {
    uint32_t route;
    bool back; /* direction_id 1 */
    bool told; /* the feed says the direction */
    bool runs;
    size_t first_time, time_count; /* its calls */
    size_t first_frequency;        /* index + 1 into frequencies, 0: none */
} nr_gtfs_trip;

/* A trip's stopping somewhere; seconds from midnight of the day, may exceed 24 hours. */
typedef struct nr_gtfs_call {
    uint32_t trip, sequence, stop;
    int32_t arrival, departure; /* NR_NO_TIME: not given */
    size_t row;
} nr_gtfs_call;

/* A trip that leaves again and again. */
typedef struct nr_gtfs_frequency {
    int32_t from, to, every; /* seconds */
    size_t next;             /* of the same trip: index + 1, 0: last */
} nr_gtfs_frequency;

typedef struct nr_gtfs {
    const char *path;
    const nearer_reading *how;
    nearer_table *tables[NR_GTFS_FILES]; /* NULL: the feed has no such file */
    uint64_t unpacked;                   /* bytes, of a .zip */
    nr_names stop_ids, route_ids, trip_ids, service_ids;
    uint32_t *stations; /* of each stop: itself, or the station it is a platform of */
    bool *active;       /* of each service: it runs on the day */
    nearer_date day, first_day, last_day; /* asked for; the first and last the feed knows */
    nr_gtfs_trip *trips;
    nr_gtfs_call *calls; /* of trips that run, by trip and sequence */
    size_t call_count, call_capacity;
    nr_gtfs_frequency *frequencies;
    size_t frequency_count;
    nearer_error *err;
} nr_gtfs;

/* Reads the files of a folder or .zip into `tables`. Fails with IO, SYNTAX, NAME. */
nearer_status nr_gtfs_open(nr_gtfs *feed);
void nr_gtfs_clear(nr_gtfs *feed);
/* A folder holds stops.txt and stop_times.txt. */
bool nr_gtfs_knows(const char *folder);
/* Which services run on the day of feed->how. Fails with VALUE, NODATA. */
nearer_status nr_gtfs_read_calendar(nr_gtfs *feed);
/* Stops, routes, trips and their calls. */
nearer_status nr_gtfs_read_stops(nr_gtfs *feed);
nearer_status nr_gtfs_read_trips(nr_gtfs *feed);
nearer_status nr_gtfs_read_calls(nr_gtfs *feed);
/* Trips without direction_id: those that run against the longest of their route (or one that says
 * its direction) go back. Fails with MEMORY. */
nearer_status nr_gtfs_tell_directions(nr_gtfs *feed);

/* A cell of one of the files, "" when there is no such column. */
const char *nr_gtfs_cell(const nr_gtfs *feed, int file, size_t row, const char *column);
/* Fails with NAME unless the file has the column. */
nearer_status nr_gtfs_need(const nr_gtfs *feed, int file, const char *column);
/* Fails with VALUE: "stop_times.txt:12: arrival_time is 'x', HH:MM:SS was expected", or with NAME
 * when the file has no such column. */
nearer_status nr_gtfs_fail(const nr_gtfs *feed, int file, size_t row, const char *column,
                           const char *expected);
/* Seconds of "7:05:00", "25:10:00"; NR_NO_TIME when empty. Fails with VALUE. */
nearer_status nr_gtfs_time(int32_t *out, const nr_gtfs *feed, int file, size_t row,
                           const char *column);
/* The number of an id that must be in `ids`. Fails with NAME. */
nearer_status nr_gtfs_find(uint32_t *out, const nr_gtfs *feed, int file, size_t row,
                           const char *column, const nr_names *ids, const char *where);
#endif
