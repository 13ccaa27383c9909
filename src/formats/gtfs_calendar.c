/* Which services of a feed run on a day. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "formats/gtfs.h"

/* "20200601" */
static nearer_status read_day(nearer_date *out, nr_gtfs *feed, int file, size_t row,
                              const char *column)
{
    char text[16] = "";
    const char *given = nr_gtfs_cell(feed, file, row, column);
    if (strlen(given) == 8)
        snprintf(text, sizeof text, "%.4s-%.2s-%.2s", given, given + 4, given + 6);
    if (nearer_date_parse(out, text, NULL) != NEARER_OK || strlen(text) != 10)
        return nr_gtfs_fail(feed, file, row, column, "a date YYYYMMDD");
    return NEARER_OK;
}

static void widen(nr_gtfs *feed, nearer_date day)
{
    if (day < feed->first_day) feed->first_day = day;
    if (day > feed->last_day) feed->last_day = day;
}

/* The service's number, given now if it is new. */
static nearer_status service_of(size_t *out, nr_gtfs *feed, int file, size_t row)
{
    const char *id = nr_gtfs_cell(feed, file, row, "service_id");
    if (id[0] == 0) return nr_gtfs_fail(feed, file, row, "service_id", "an id");
    *out = nr_names_add(&feed->service_ids, id);
    return *out == NR_NO_NAME ? nr_fail_memory(feed->err) : NEARER_OK;
}

static nearer_status read_weeks(nr_gtfs *feed)
{
    static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday"};
    const int file = NR_GTFS_CALENDAR;
    if (feed->tables[file] == NULL) return NEARER_OK;
    const char *weekday = weekdays[(((feed->day + 3) % 7) + 7) % 7]; /* 1970-01-01: Thursday */
    NR_TRY(nr_gtfs_need(feed, file, "service_id"));
    NR_TRY(nr_gtfs_need(feed, file, weekday));
    for (size_t row = 0; row < nearer_table_rows(feed->tables[file]); row++) {
        size_t service;
        nearer_date from, to;
        NR_TRY(service_of(&service, feed, file, row));
        NR_TRY(read_day(&from, feed, file, row, "start_date"));
        NR_TRY(read_day(&to, feed, file, row, "end_date"));
        const char *runs = nr_gtfs_cell(feed, file, row, weekday);
        if (strcmp(runs, "0") != 0 && strcmp(runs, "1") != 0)
            return nr_gtfs_fail(feed, file, row, weekday, "0 or 1");
        widen(feed, from);
        widen(feed, to);
        feed->active[service] = runs[0] == '1' && from <= feed->day && feed->day <= to;
    }
    return NEARER_OK;
}

static nearer_status read_exceptions(nr_gtfs *feed)
{
    const int file = NR_GTFS_CALENDAR_DATES;
    if (feed->tables[file] == NULL) return NEARER_OK;
    NR_TRY(nr_gtfs_need(feed, file, "service_id"));
    for (size_t row = 0; row < nearer_table_rows(feed->tables[file]); row++) {
        size_t service;
        nearer_date day;
        NR_TRY(service_of(&service, feed, file, row));
        NR_TRY(read_day(&day, feed, file, row, "date"));
        const char *kind = nr_gtfs_cell(feed, file, row, "exception_type");
        if (strcmp(kind, "1") != 0 && strcmp(kind, "2") != 0)
            return nr_gtfs_fail(feed, file, row, "exception_type", "1 or 2");
        widen(feed, day);
        if (day == feed->day) feed->active[service] = kind[0] == '1';
    }
    return NEARER_OK;
}

nearer_status nr_gtfs_read_calendar(nr_gtfs *feed)
{
    size_t rows = 0;
    char first[16], last[16];
    const char *day = feed->how->day;
    for (int file = NR_GTFS_CALENDAR; file <= NR_GTFS_CALENDAR_DATES; file++)
        if (feed->tables[file] != NULL) rows += nearer_table_rows(feed->tables[file]);
    if (rows == 0)
        return nr_fail(feed->err, NEARER_NODATA,
                       "%s: neither calendar.txt nor calendar_dates.txt says when trips run",
                       feed->path);
    feed->active = nr_alloc(rows, sizeof *feed->active);
    if (feed->active == NULL) return nr_fail_memory(feed->err);
    feed->first_day = INT32_MAX;
    feed->last_day = INT32_MIN;
    bool given =
        day != NULL && strlen(day) == 10 && nearer_date_parse(&feed->day, day, NULL) == NEARER_OK;
    NR_TRY(read_weeks(feed));
    NR_TRY(read_exceptions(feed));
    nearer_date_format(feed->first_day, first);
    nearer_date_format(feed->last_day, last);
    if (!given)
        return nr_fail(feed->err, NEARER_VALUE,
                       "%s: which day? A day YYYY-MM-DD from %s to %s was expected (--day, or "
                       "\"timetable\": {\"day\": ...} of the layer)%s%s",
                       feed->path, first, last, day == NULL ? "" : ", not ",
                       day == NULL ? "" : day);
    for (size_t i = 0; i < feed->service_ids.count; i++)
        if (feed->active[i]) return NEARER_OK;
    return nr_fail(feed->err, NEARER_NODATA, "%s: no trip runs on %s; the feed covers %s to %s",
                   feed->path, day, first, last);
}
