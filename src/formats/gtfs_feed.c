/* The files of a feed, out of a folder or a .zip. */
#include <stdio.h>
#include <string.h>
#include <zip.h>

#include "base/memory.h"
#include "formats/csv.h"
#include "formats/format.h"
#include "formats/gtfs.h"

static const struct {
    const char *name;
    bool must;
} files[NR_GTFS_FILES] = {{"stops.txt", true},        {"routes.txt", true},
                          {"trips.txt", true},        {"stop_times.txt", true},
                          {"calendar.txt", false},    {"calendar_dates.txt", false},
                          {"frequencies.txt", false}, {"transfers.txt", false}};

bool nr_gtfs_knows(const char *folder)
{
    return nr_folder_holds(folder, "stops.txt") && nr_folder_holds(folder, "stop_times.txt");
}

static nearer_status fail_missing(const nr_gtfs *feed, const char *name)
{
    return nr_fail(feed->err, NEARER_IO, "%s: it has no %s, so it is no GTFS feed", feed->path,
                   name);
}

static nearer_status open_folder(nr_gtfs *feed)
{
    for (int i = 0; i < NR_GTFS_FILES; i++) {
        nr_text path = {0};
        nr_text_print(&path, "%s/%s", feed->path, files[i].name);
        char *name = nr_text_take(&path);
        const nearer_reading how = {.format = "csv", .encoding = feed->how->encoding};
        if (name == NULL) return nr_fail_memory(feed->err);
        nearer_status status = NEARER_OK;
        if (nr_file_exists(name))
            status = nearer_table_read(&feed->tables[i], name, &how, feed->err);
        else if (files[i].must)
            status = fail_missing(feed, files[i].name);
        nr_free(name);
        NR_TRY(status);
    }
    return NEARER_OK;
}

/* How much of the archive's names stands before "stops.txt": nothing, or the one folder on top that
 * has it; NULL when none has. */
static nearer_status find_folder(const char **out, size_t *length, const nr_gtfs *feed, zip_t *zip)
{
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    *out = NULL;
    *length = 0;
    for (zip_int64_t i = 0; i < count; i++) {
        const char *entry = zip_get_name(zip, (zip_uint64_t)i, 0);
        if (entry == NULL) continue;
        const char *slash = strchr(entry, '/');
        if (strcmp(slash == NULL ? entry : slash + 1, "stops.txt") != 0) continue;
        if (slash == NULL) {
            *out = entry;
            *length = 0;
            return NEARER_OK;
        }
        if (*out != NULL)
            return nr_fail(feed->err, NEARER_SYNTAX,
                           "%s: stops.txt is in '%.*s' and in '%.*s', one feed was expected",
                           feed->path, (int)(*length - 1), *out, (int)(slash - entry), entry);
        *out = entry;
        *length = (size_t)(slash + 1 - entry);
    }
    return NEARER_OK;
}

/* The place of a file in the archive, or -1. */
static nearer_status find_entry(zip_int64_t *out, const nr_gtfs *feed, zip_t *zip,
                                const char *folder, size_t length, const char *name)
{
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    *out = -1;
    for (zip_int64_t i = 0; i < count; i++) {
        const char *entry = zip_get_name(zip, (zip_uint64_t)i, 0);
        if (entry == NULL || strncmp(entry, folder, length) != 0 ||
            strcmp(entry + length, name) != 0)
            continue;
        if (*out >= 0)
            return nr_fail(feed->err, NEARER_SYNTAX, "%s: %s is in it twice, one was expected",
                           feed->path, entry);
        *out = i;
    }
    return NEARER_OK;
}

/* A small file that unpacks to what no memory holds is no feed. A packed table of numbers is a
 * tenth of itself; deflate packs zeros to a thousandth. */
static const uint64_t MOST_UNPACKED = 4000000000, FREE = 100000000, MOST_TIMES = 1000;

static nearer_status check_unpacked(const nr_gtfs *feed, uint64_t bytes, uint64_t packed,
                                    const char *name)
{
    if (feed->unpacked > MOST_UNPACKED)
        return nr_fail(feed->err, NEARER_SYNTAX,
                       "%s: its tables unpack to more than %d GB, which no feed has; unpack it "
                       "into a folder if it is one",
                       feed->path, (int)(MOST_UNPACKED / 1000000000));
    if (bytes <= FREE || bytes / MOST_TIMES < packed) return NEARER_OK;
    return nr_fail(feed->err, NEARER_SYNTAX,
                   "%s: it unpacks to more than %d times its %llu bytes, which no table does", name,
                   (int)MOST_TIMES, (unsigned long long)packed);
}

static nearer_status read_entry(char **out, size_t *length, nr_gtfs *feed, zip_t *zip,
                                zip_int64_t entry, const char *name)
{
    zip_stat_t about;
    bool known = zip_stat_index(zip, (zip_uint64_t)entry, 0, &about) == 0;
    zip_file_t *file = known ? zip_fopen_index(zip, (zip_uint64_t)entry, 0) : NULL;
    char buffer[1 << 15];
    zip_int64_t n = -1;
    nr_text text = {0};
    nearer_status status = NEARER_OK;
    while (file != NULL && status == NEARER_OK &&
           (n = zip_fread(file, buffer, sizeof buffer)) > 0) {
        nr_text_add(&text, buffer, (size_t)n);
        feed->unpacked += (uint64_t)n;
        status = check_unpacked(feed, text.length, about.comp_size, name);
    }
    if (file != NULL) zip_fclose(file);
    if (status != NEARER_OK) {
        nr_text_clear(&text);
        return status;
    }
    if (n < 0) {
        nr_text_clear(&text);
        return nr_fail(feed->err, NEARER_SYNTAX, "%s: cannot be unpacked", name);
    }
    *length = text.length;
    *out = nr_text_take(&text);
    return *out == NULL ? nr_fail_memory(feed->err) : NEARER_OK;
}

static nearer_status read_zipped(nr_gtfs *feed, int i, zip_t *zip, zip_int64_t entry)
{
    char name[1024], *bytes = NULL;
    size_t length;
    snprintf(name, sizeof name, "%.900s/%s", feed->path, files[i].name);
    NR_TRY(read_entry(&bytes, &length, feed, zip, entry, name));
    nearer_status status = nr_bytes_to_text(&bytes, &length, name, feed->how->encoding, feed->err);
    if (status == NEARER_OK) return nr_csv_scan(&feed->tables[i], bytes, length, name, feed->err);
    nr_free(bytes);
    return status;
}

static nearer_status open_zip(nr_gtfs *feed)
{
    int code = 0;
    zip_t *zip = nr_file_exists(feed->path) ? zip_open(feed->path, ZIP_RDONLY, &code) : NULL;
    if (zip == NULL)
        return nr_file_exists(feed->path)
                   ? nr_fail(feed->err, NEARER_SYNTAX, "%s: it is neither a folder nor a .zip",
                             feed->path)
                   : nr_fail(feed->err, NEARER_IO, "%s: there is no such file or folder",
                             feed->path);
    const char *folder;
    size_t length;
    nearer_status status = find_folder(&folder, &length, feed, zip);
    if (status == NEARER_OK && folder == NULL) status = fail_missing(feed, "stops.txt");
    for (int i = 0; i < NR_GTFS_FILES && status == NEARER_OK; i++) {
        zip_int64_t entry;
        status = find_entry(&entry, feed, zip, folder, length, files[i].name);
        if (status != NEARER_OK) break;
        if (entry >= 0)
            status = read_zipped(feed, i, zip, entry);
        else if (files[i].must)
            status = fail_missing(feed, files[i].name);
    }
    zip_discard(zip);
    return status;
}

nearer_status nr_gtfs_open(nr_gtfs *feed)
{
    return nr_folder_exists(feed->path) ? open_folder(feed) : open_zip(feed);
}

void nr_gtfs_clear(nr_gtfs *feed)
{
    for (int i = 0; i < NR_GTFS_FILES; i++) nearer_table_free(feed->tables[i]);
    nr_names_clear(&feed->stop_ids);
    nr_names_clear(&feed->route_ids);
    nr_names_clear(&feed->trip_ids);
    nr_names_clear(&feed->service_ids);
    nr_free(feed->stations);
    nr_free(feed->active);
    nr_free(feed->trips);
    nr_free(feed->calls);
    nr_free(feed->frequencies);
}

const char *nr_gtfs_cell(const nr_gtfs *feed, int file, size_t row, const char *column)
{
    const nearer_table *table = feed->tables[file];
    ptrdiff_t c = nearer_table_find(table, column);
    return c < 0 ? "" : nearer_table_text(table, row, (size_t)c);
}

nearer_status nr_gtfs_need(const nr_gtfs *feed, int file, const char *column)
{
    size_t at;
    return nr_table_require(&at, feed->tables[file], column, feed->err);
}

nearer_status nr_gtfs_fail(const nr_gtfs *feed, int file, size_t row, const char *column,
                           const char *expected)
{
    char where[NR_WHERE];
    NR_TRY(nr_gtfs_need(feed, file, column));
    const char *text = nr_gtfs_cell(feed, file, row, column);
    return nr_fail(feed->err, NEARER_VALUE, "%s: %s is %s%.60s%s, %s was expected",
                   nr_table_where(feed->tables[file], row, where), column,
                   text[0] == 0 ? "empty" : "'", text, text[0] == 0 ? "" : "'", expected);
}

nearer_status nr_gtfs_time(int32_t *out, const nr_gtfs *feed, int file, size_t row,
                           const char *column)
{
    const char *p = nr_gtfs_cell(feed, file, row, column);
    int32_t parts[3];
    while (*p == ' ') p++;
    *out = NR_NO_TIME;
    if (*p == 0) return NEARER_OK;
    for (int i = 0; i < 3; i++) {
        int digits = 0;
        for (parts[i] = 0; *p >= '0' && *p <= '9' && digits < 4; p++, digits++)
            parts[i] = parts[i] * 10 + (*p - '0');
        bool good = digits >= (i == 0 ? 1 : 2) && digits <= (i == 0 ? 3 : 2) &&
                    (i == 0 || parts[i] < 60) && (i == 2 || *p++ == ':');
        if (!good) return nr_gtfs_fail(feed, file, row, column, "HH:MM:SS");
    }
    while (*p == ' ') p++;
    if (*p != 0) return nr_gtfs_fail(feed, file, row, column, "HH:MM:SS");
    *out = parts[0] * 3600 + parts[1] * 60 + parts[2];
    return NEARER_OK;
}

nearer_status nr_gtfs_find(uint32_t *out, const nr_gtfs *feed, int file, size_t row,
                           const char *column, const nr_names *ids, const char *where)
{
    char place[NR_WHERE];
    const char *id = nr_gtfs_cell(feed, file, row, column);
    size_t found = nr_names_find(ids, id);
    *out = (uint32_t)found;
    if (found != NR_NO_NAME) return NEARER_OK;
    NR_TRY(nr_gtfs_need(feed, file, column));
    return nr_fail(feed->err, NEARER_NAME, "%s: %s '%.60s' is not in %s",
                   nr_table_where(feed->tables[file], row, place), column, id, where);
}
