/* The directions of trips whose feed does not say them: by the order of their stations. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "formats/gtfs.h"

/* Where stations stand along the route now looked at. */
typedef struct order {
    const nr_gtfs *feed;
    double *positions;
    uint32_t *routes; /* whose position it is, + 1 */
    uint32_t route;   /* now, + 1 */
} order;

/* A trip as it is sorted. */
typedef struct entry {
    uint32_t route;
    bool told;
    size_t calls, trip;
} entry;

/* Trips that say their direction come first, then the longest. */
static int by_route(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->route != y->route) return x->route < y->route ? -1 : 1;
    if (x->told != y->told) return x->told ? -1 : 1;
    if (x->calls != y->calls) return x->calls > y->calls ? -1 : 1;
    return x->trip < y->trip ? -1 : x->trip > y->trip;
}

static uint32_t station(const order *o, const nr_gtfs_trip *trip, size_t i)
{
    return o->feed->stations[o->feed->calls[trip->first_time + i].stop];
}

static double position(const order *o, uint32_t at)
{
    return o->routes[at] == o->route ? o->positions[at] : NAN;
}

/* More of the trip's steps between known stations run against the order than with it. */
static bool runs_back(const order *o, const nr_gtfs_trip *trip)
{
    double before = NAN;
    size_t with = 0, against = 0;
    for (size_t i = 0; i < trip->time_count; i++) {
        double at = position(o, station(o, trip, i));
        if (isnan(at)) continue;
        with += at > before;
        against += at < before;
        before = at;
    }
    return against > with;
}

static void put(order *o, uint32_t stop, double at)
{
    if (!isnan(position(o, stop))) return;
    o->positions[stop] = at;
    o->routes[stop] = o->route;
}

/* Gives the trip's other stations places just behind or before those that have one. */
static void place(order *o, const nr_gtfs_trip *trip)
{
    size_t n = trip->time_count, first = 0;
    while (first < n && isnan(position(o, station(o, trip, first)))) first++;
    double step = first < n ? 1e-6 : 1; /* between two that stand there many have room */
    if (first == n) put(o, station(o, trip, first = 0), 0);
    if (trip->back) step = -step;
    for (size_t i = first + 1; i < n; i++)
        put(o, station(o, trip, i), position(o, station(o, trip, i - 1)) + step);
    for (size_t i = first; i-- > 0;)
        put(o, station(o, trip, i), position(o, station(o, trip, i + 1)) - step);
}

static void tell_apart(nr_gtfs *feed, order *o, const entry *entries, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        nr_gtfs_trip *trip = &feed->trips[entries[i].trip];
        o->route = trip->route + 1;
        if (!trip->told) trip->back = runs_back(o, trip);
        place(o, trip);
    }
}

nearer_status nr_gtfs_tell_directions(nr_gtfs *feed)
{
    size_t n = 0, untold = 0, stops = feed->stop_ids.count;
    entry *entries = nr_alloc(feed->trip_ids.count, sizeof *entries);
    order o = {.feed = feed,
               .positions = nr_alloc(stops, sizeof *o.positions),
               .routes = nr_alloc(stops, sizeof *o.routes)};
    bool good = entries != NULL && o.positions != NULL && o.routes != NULL;
    for (size_t t = 0; good && t < feed->trip_ids.count; t++) {
        const nr_gtfs_trip *trip = &feed->trips[t];
        if (trip->time_count == 0) continue;
        entries[n++] = (entry){trip->route, trip->told, trip->time_count, t};
        untold += !trip->told;
    }
    if (good && untold > 0) {
        qsort(entries, n, sizeof *entries, by_route);
        tell_apart(feed, &o, entries, n);
    }
    nr_free(entries);
    nr_free(o.positions);
    nr_free(o.routes);
    return good ? NEARER_OK : nr_fail_memory(feed->err);
}
