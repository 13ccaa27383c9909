/* A timetable feed drawn in a test: its files as text, written as a folder or a .zip. */
#ifndef NEARER_CASES_FEED_H
#define NEARER_CASES_FEED_H
#include <zip.h>

#include "formats/format.h"
#include "test.h"

enum { FEED_FILES = 8 };

/* NULL: the feed has no such file. */
typedef struct feed {
    const char *stops, *routes, *trips, *stop_times, *calendar, *calendar_dates, *frequencies,
        *transfers;
} feed;

static inline const char *feed_file(const feed *f, size_t i, const char **name)
{
    static const char *const names[FEED_FILES] = {
        "stops.txt",    "routes.txt",         "trips.txt",       "stop_times.txt",
        "calendar.txt", "calendar_dates.txt", "frequencies.txt", "transfers.txt"};
    const char *const texts[FEED_FILES] = {f->stops,       f->routes,   f->trips,
                                           f->stop_times,  f->calendar, f->calendar_dates,
                                           f->frequencies, f->transfers};
    *name = names[i];
    return texts[i];
}

/* Writes the files into a folder, whose former ones are gone. */
static inline const char *feed_folder(const char *folder, const feed *f)
{
    nearer_error err;
    assert_ok(nearer_folder_make(folder, &err));
    for (size_t i = 0; i < FEED_FILES; i++) {
        const char *name, *text = feed_file(f, i, &name);
        char path[300];
        snprintf(path, sizeof path, "%s/%s", folder, name);
        remove(path);
        if (text != NULL) write_file(path, text);
    }
    return folder;
}

/* Packs the files, each under `prefix`. */
static inline const char *feed_zip(const char *path, const char *prefix, const feed *f)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    for (size_t i = FEED_FILES; i-- > 0;) {
        const char *name, *text = feed_file(f, i, &name);
        char entry[300];
        if (text == NULL) continue;
        snprintf(entry, sizeof entry, "%s%s", prefix, name);
        zip_source_t *source = zip_source_buffer(zip, text, strlen(text), 0);
        assert_non_null(source);
        assert_true(zip_file_add(zip, entry, source, 0) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    return path;
}

static inline nearer_status feed_read(nr_network_tables *out, const char *path, const char *day,
                                      const char *window, double max_wait_min, nearer_error *err)
{
    const nearer_reading how = {.day = day, .window = window, .max_wait_min = max_wait_min};
    const nr_format *format = NULL;
    if (nr_format_find(&format, path, "gtfs", NR_READ_NETWORK, err) != NEARER_OK)
        fail_msg("%s", err->message);
    return format->read_network(out, path, &how, err);
}
#endif
