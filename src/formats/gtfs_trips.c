/* Stops, routes, trips and their calls of a feed. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "formats/gtfs.h"

/* Gives every id of a file a number, its row. */
static nearer_status number_rows(nr_names *out, nr_gtfs *feed, int file, const char *column)
{
    NR_TRY(nr_gtfs_need(feed, file, column));
    for (size_t row = 0; row < nearer_table_rows(feed->tables[file]); row++) {
        const char *id = nr_gtfs_cell(feed, file, row, column);
        if (id[0] == 0) return nr_gtfs_fail(feed, file, row, column, "an id");
        size_t number = nr_names_add(out, id);
        if (number == NR_NO_NAME) return nr_fail_memory(feed->err);
        if (number != row) return nr_gtfs_fail(feed, file, row, column, "an id that stands once");
    }
    return NEARER_OK;
}

static nearer_status check_routes(const nr_gtfs *feed)
{
    const int file = NR_GTFS_ROUTES;
    for (size_t row = 0; row < nearer_table_rows(feed->tables[file]); row++) {
        const char *type = nr_gtfs_cell(feed, file, row, "route_type");
        size_t blanks = strspn(type, " "), digits = strspn(type + blanks, "0123456789");
        const char *rest = type + blanks + digits;
        if (type[0] != 0 && (digits == 0 || rest[strspn(rest, " ")] != 0))
            return nr_gtfs_fail(feed, file, row, "route_type", "a whole number");
    }
    return NEARER_OK;
}

nearer_status nr_gtfs_read_stops(nr_gtfs *feed)
{
    const int file = NR_GTFS_STOPS;
    NR_TRY(number_rows(&feed->stop_ids, feed, file, "stop_id"));
    NR_TRY(number_rows(&feed->route_ids, feed, NR_GTFS_ROUTES, "route_id"));
    NR_TRY(check_routes(feed));
    size_t n = feed->stop_ids.count;
    feed->stations = nr_alloc(n, sizeof *feed->stations);
    if (feed->stations == NULL) return nr_fail_memory(feed->err);
    for (uint32_t row = 0; row < n; row++) {
        const char *kind = nr_gtfs_cell(feed, file, row, "location_type");
        feed->stations[row] = row;
        if (nr_gtfs_cell(feed, file, row, "parent_station")[0] == 0) continue;
        if (strcmp(kind, "1") == 0)
            return nr_gtfs_fail(feed, file, row, "parent_station", "nothing (it is a station)");
        NR_TRY(nr_gtfs_find(&feed->stations[row], feed, file, row, "parent_station",
                            &feed->stop_ids, "stops.txt"));
    }
    for (uint32_t row = 0; row < n; row++) /* a boarding area's platform has a station itself */
        feed->stations[row] = feed->stations[feed->stations[row]];
    return NEARER_OK;
}

static nearer_status read_frequencies(nr_gtfs *feed)
{
    const int file = NR_GTFS_FREQUENCIES;
    if (feed->tables[file] == NULL) return NEARER_OK;
    size_t n = nearer_table_rows(feed->tables[file]);
    feed->frequencies = nr_alloc(n, sizeof *feed->frequencies);
    if (feed->frequencies == NULL) return nr_fail_memory(feed->err);
    for (size_t row = 0; row < n; row++) {
        nr_gtfs_frequency *f = &feed->frequencies[row];
        uint32_t trip;
        double every;
        const char *text = nr_gtfs_cell(feed, file, row, "headway_secs");
        NR_TRY(nr_gtfs_find(&trip, feed, file, row, "trip_id", &feed->trip_ids, "trips.txt"));
        NR_TRY(nr_gtfs_time(&f->from, feed, file, row, "start_time"));
        NR_TRY(nr_gtfs_time(&f->to, feed, file, row, "end_time"));
        if (f->from == NR_NO_TIME) return nr_gtfs_fail(feed, file, row, "start_time", "HH:MM:SS");
        if (f->to == NR_NO_TIME || f->to < f->from)
            return nr_gtfs_fail(feed, file, row, "end_time", "a time behind start_time");
        if (!nr_parse_number(text, &every) || !(every >= 1 && every <= 86400))
            return nr_gtfs_fail(feed, file, row, "headway_secs", "seconds from 1 to 86400");
        f->every = (int32_t)every;
        f->next = feed->trips[trip].first_frequency;
        feed->trips[trip].first_frequency = row + 1;
    }
    return NEARER_OK;
}

nearer_status nr_gtfs_read_trips(nr_gtfs *feed)
{
    const int file = NR_GTFS_TRIPS;
    NR_TRY(number_rows(&feed->trip_ids, feed, file, "trip_id"));
    NR_TRY(nr_gtfs_need(feed, file, "route_id"));
    NR_TRY(nr_gtfs_need(feed, file, "service_id"));
    feed->trips = nr_alloc(feed->trip_ids.count, sizeof *feed->trips);
    if (feed->trips == NULL) return nr_fail_memory(feed->err);
    for (size_t row = 0; row < feed->trip_ids.count; row++) {
        nr_gtfs_trip *trip = &feed->trips[row];
        uint32_t service;
        const char *direction = nr_gtfs_cell(feed, file, row, "direction_id");
        NR_TRY(nr_gtfs_find(&trip->route, feed, file, row, "route_id", &feed->route_ids,
                            "routes.txt"));
        NR_TRY(nr_gtfs_find(&service, feed, file, row, "service_id", &feed->service_ids,
                            "calendar.txt or calendar_dates.txt"));
        if (direction[0] != 0 && strcmp(direction, "0") != 0 && strcmp(direction, "1") != 0)
            return nr_gtfs_fail(feed, file, row, "direction_id", "0, 1 or nothing");
        trip->back = direction[0] == '1';
        trip->told = direction[0] != 0;
        trip->runs = feed->active[service];
    }
    return read_frequencies(feed);
}

static int by_trip(const void *a, const void *b)
{
    const nr_gtfs_call *x = a, *y = b;
    if (x->trip != y->trip) return x->trip < y->trip ? -1 : 1;
    if (x->sequence != y->sequence) return x->sequence < y->sequence ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static nearer_status collect_calls(nr_gtfs *feed)
{
    const int file = NR_GTFS_STOP_TIMES;
    static const char *const needed[] = {"trip_id", "stop_id", "stop_sequence", "arrival_time",
                                         "departure_time"};
    for (size_t i = 0; i < 5; i++) NR_TRY(nr_gtfs_need(feed, file, needed[i]));
    for (size_t row = 0; row < nearer_table_rows(feed->tables[file]); row++) {
        nr_gtfs_call call = {.row = row};
        double sequence;
        NR_TRY(nr_gtfs_find(&call.trip, feed, file, row, "trip_id", &feed->trip_ids, "trips.txt"));
        if (!feed->trips[call.trip].runs) continue;
        NR_TRY(nr_gtfs_find(&call.stop, feed, file, row, "stop_id", &feed->stop_ids, "stops.txt"));
        if (!nr_parse_number(nr_gtfs_cell(feed, file, row, "stop_sequence"), &sequence) ||
            !(sequence >= 0 && sequence < UINT32_MAX))
            return nr_gtfs_fail(feed, file, row, "stop_sequence", "a number of 0 or more");
        call.sequence = (uint32_t)sequence;
        NR_TRY(nr_gtfs_time(&call.arrival, feed, file, row, "arrival_time"));
        NR_TRY(nr_gtfs_time(&call.departure, feed, file, row, "departure_time"));
        if (call.arrival == NR_NO_TIME) call.arrival = call.departure;
        if (call.departure == NR_NO_TIME) call.departure = call.arrival;
        if (!nr_grow((void **)&feed->calls, feed->call_count, &feed->call_capacity,
                     sizeof *feed->calls))
            return nr_fail_memory(feed->err);
        feed->calls[feed->call_count++] = call;
    }
    return NEARER_OK;
}

/* Times that stops in between do not have are spread evenly between those that do. */
static nearer_status fill_times(nr_gtfs *feed, nr_gtfs_call *calls, size_t n)
{
    const int file = NR_GTFS_STOP_TIMES;
    if (calls[0].departure == NR_NO_TIME || calls[n - 1].arrival == NR_NO_TIME)
        return nr_gtfs_fail(feed, file, calls[calls[0].departure == NR_NO_TIME ? 0 : n - 1].row,
                            "arrival_time", "a time at a trip's first and last stop");
    size_t known = 0;
    for (size_t i = 1; i < n; i++) {
        if (calls[i].sequence == calls[i - 1].sequence)
            return nr_gtfs_fail(feed, file, calls[i].row, "stop_sequence",
                                "a number that stands once in a trip");
        if (calls[i].arrival == NR_NO_TIME) continue;
        int32_t from = calls[known].departure, to = calls[i].arrival;
        if (to < from)
            return nr_gtfs_fail(feed, file, calls[i].row, "arrival_time",
                                "a time not before that of the stop before it");
        if (calls[i].departure < to)
            return nr_gtfs_fail(feed, file, calls[i].row, "departure_time",
                                "a time not before arrival_time");
        for (size_t k = known + 1; k < i; k++)
            calls[k].arrival = calls[k].departure =
                from +
                (int32_t)((int64_t)(to - from) * (int64_t)(k - known) / (int64_t)(i - known));
        known = i;
    }
    return NEARER_OK;
}

nearer_status nr_gtfs_read_calls(nr_gtfs *feed)
{
    NR_TRY(collect_calls(feed));
    bool sorted = true;
    for (size_t i = 1; i < feed->call_count && sorted; i++)
        sorted = by_trip(&feed->calls[i - 1], &feed->calls[i]) <= 0;
    if (!sorted) qsort(feed->calls, feed->call_count, sizeof *feed->calls, by_trip);
    for (size_t i = 0, n = 0; i < feed->call_count; i += n) {
        nr_gtfs_trip *trip = &feed->trips[feed->calls[i].trip];
        for (n = 1; i + n < feed->call_count && feed->calls[i + n].trip == feed->calls[i].trip;)
            n++;
        trip->first_time = i;
        trip->time_count = n;
        NR_TRY(fill_times(feed, feed->calls + i, n));
    }
    return NEARER_OK;
}
