#include "formats/format.h"

#include <string.h>

#include "base/memory.h"
#include "base/unknown.h"
#include "formats/positions.h"

const nr_format *const nr_formats[] = {
#define NR_FORMAT(id) &nr_format_##id,
#include "formats/formats.def"
#undef NR_FORMAT
    NULL};

static const char *known_format(const void *unused, size_t i)
{
    (void)unused;
    return nr_formats[i] == NULL ? NULL : nr_formats[i]->id;
}

static bool has_ending(const char *path, const char *endings)
{
    size_t n = strlen(path);
    for (const char *p = endings; *p != 0;) {
        size_t m = strcspn(p, " ");
        char ending[16];
        memcpy(ending, p, m);
        ending[m] = 0;
        if (n > m && nr_same_word(path + n - m, ending)) return true;
        p += m + strspn(p + m, " ");
    }
    return false;
}

static bool can(const nr_format *format, nr_direction direction)
{
    switch (direction) {
    case NR_READ_TABLE: return format->read != NULL;
    case NR_READ_NETWORK: return format->read_network != NULL;
    case NR_READ: return format->read != NULL || format->read_network != NULL;
    case NR_WRITE_TABLE: return format->write != NULL;
    case NR_WRITE_NETWORK: return format->write_network != NULL;
    case NR_WRITE: return format->write != NULL || format->write_network != NULL;
    }
    return false;
}

static bool has_no_ending(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strchr(slash == NULL ? path : slash + 1, '.') == NULL;
}

static nearer_status fail_ending(const char *path, nr_direction direction, nearer_error *err)
{
    nr_text known = {0};
    bool writes = direction >= NR_WRITE_TABLE;
    bool can_be_folder = writes && direction != NR_WRITE_TABLE && has_no_ending(path);
    if (path[0] == 0)
        return nr_fail(err, NEARER_NAME, "a file with no name cannot be %s",
                       writes ? "written" : "read");
    if (writes && has_ending(path, ".gz"))
        return nr_fail(err, NEARER_NAME, "%s: files are not packed when written; leave .gz away",
                       path);
    if (!writes && has_no_ending(path) && !nr_file_exists(path))
        return nr_fail(err, NEARER_IO, "%s: cannot be read: there is no such file or folder", path);
    for (size_t i = 0; nr_formats[i] != NULL; i++)
        if (can(nr_formats[i], direction) && nr_formats[i]->endings[0] != 0)
            nr_text_print(&known, "%s%s", known.length > 0 ? ", " : "", nr_formats[i]->endings);
    nr_fail(err, NEARER_NAME, "%s: files of this ending are not %s; known: %s%s", path,
            direction == NR_READ_TABLE     ? "read as tables"
            : direction == NR_READ_NETWORK ? "read as networks"
            : direction == NR_READ         ? "read"
            : direction == NR_WRITE_TABLE  ? "written from tables"
            : direction == NR_WRITE        ? "written"
                                           : "written from networks",
            known.bytes == NULL ? "" : known.bytes,
            can_be_folder ? ", or a folder with / behind its name" : "");
    nr_text_clear(&known);
    return NEARER_NAME;
}

/* A folder there is, or one to be made: its path ends in a slash. */
static bool is_folder(const char *path, nr_direction direction)
{
    size_t n = strlen(path);
    return direction >= NR_WRITE_TABLE ? n > 0 && path[n - 1] == '/' : nr_folder_exists(path);
}

static nearer_status find_folder_format(const nr_format **out, const char *path,
                                        nr_direction direction, nearer_error *err)
{
    for (size_t i = 0; nr_formats[i] != NULL; i++) {
        const nr_format *f = nr_formats[i];
        if (f->knows == NULL || !can(f, direction)) continue;
        if (direction < NR_WRITE_TABLE && !f->knows(path)) continue;
        *out = f;
        return NEARER_OK;
    }
    return nr_fail(err, NEARER_NAME,
                   "%s: a folder of no known format; GMNS (node.csv, link.csv) or GTFS (stops.txt, "
                   "stop_times.txt) was expected",
                   path);
}

nearer_status nr_format_find(const nr_format **out, const char *path, const char *format_id,
                             nr_direction direction, nearer_error *err)
{
    const nr_format *found = NULL;
    for (size_t i = 0; nr_formats[i] != NULL && found == NULL; i++)
        if (format_id != NULL ? strcmp(format_id, nr_formats[i]->id) == 0
                              : has_ending(path, nr_formats[i]->endings))
            found = nr_formats[i];
    if (found == NULL && format_id == NULL && is_folder(path, direction))
        return find_folder_format(out, path, direction, err);
    if (found == NULL && format_id != NULL)
        return nr_fail_unknown(err, format_id, known_format, NULL, "%s: unknown format '%s'", path,
                               format_id);
    if (found == NULL || !can(found, direction)) return fail_ending(path, direction, err);
    if (direction >= NR_WRITE_TABLE && has_ending(path, ".gz"))
        return nr_fail(err, NEARER_NAME, "%s: files are not packed when written; leave .gz away",
                       path);
    *out = found;
    return NEARER_OK;
}

nearer_status nr_format_find_stream(const nr_format **out, const char *path, nearer_error *err)
{
    const nr_format *format = NULL;
    NR_TRY(nr_format_find(&format, path, NULL, NR_WRITE_TABLE, err));
    if (format->stream == NULL)
        return nr_fail(err, NEARER_NAME,
                       "%s: a matrix is written by rows as .npy, .omx, .csv or .tsv", path);
    *out = format;
    return NEARER_OK;
}

nearer_status nearer_output_check(const char *path, nearer_writing from, nearer_error *err)
{
    const nr_format *format = NULL;
    if (from == NEARER_FROM_ROWS) NR_TRY(nr_format_find_stream(&format, path, err));
    if (from == NEARER_FROM_TABLE) NR_TRY(nr_format_find(&format, path, NULL, NR_WRITE_TABLE, err));
    return nr_file_check_place(path, err);
}

nearer_status nearer_table_read(nearer_table **out, const char *path, const nearer_reading *how,
                                nearer_error *err)
{
    static const nearer_reading plain = {0};
    const nr_format *format = NULL;
    if (how == NULL) how = &plain;
    NR_TRY(nr_format_find(&format, path, how->format, NR_READ_TABLE, err));
    nearer_table *table = NULL;
    NR_TRY(format->read(&table, path, how, err));
    nearer_status status = NEARER_OK;
    if (how->crs != NULL && nr_table_facts(table) == NULL) /* layers have turned theirs */
        status = nr_positions_turn(table, how, err);
    if (status == NEARER_OK)
        *out = table;
    else
        nearer_table_free(table);
    return status;
}

nearer_status nearer_table_write(const nearer_table *table, const char *path, nearer_error *err)
{
    const nr_format *format = NULL;
    NR_TRY(nr_format_find(&format, path, NULL, NR_WRITE_TABLE, err));
    nr_output output = {0};
    nearer_error why;
    nearer_status status = format->write(&output, table, &why);
    if (status == NEARER_OK) return nr_output_write(&output, path, err);
    nr_output_clear(&output);
    return nr_fail(err, status, "%s: %.900s", path, why.message);
}
