#include "formats/gpkg_file.h"

#include <string.h>

#include "base/memory.h"
#include "formats/format.h"

/* What another program has not yet brought into the file stands in a file beside it. */
static nearer_status check_closed(const char *path, nearer_error *err)
{
    static const char *const more[] = {"-wal", "-journal"};
    for (size_t i = 0; i < 2; i++) {
        char *bytes = NULL;
        size_t length = 0;
        nr_text name = {0};
        nr_text_add_word(&name, path);
        nr_text_add_word(&name, more[i]);
        if (name.failed) return nr_fail_memory(err);
        nearer_status status = NEARER_OK;
        if (nr_file_exists(name.bytes)) status = nr_file_read(&bytes, &length, name.bytes, err);
        if (status == NEARER_OK && length > 0)
            status = nr_fail(err, NEARER_IO,
                             "%s: changes still stand in %s; close the program that has it open",
                             path, name.bytes);
        nr_free(bytes);
        nr_text_clear(&name);
        NR_TRY(status);
    }
    return NEARER_OK;
}

static nearer_status check_bytes(char *bytes, size_t length, const char *path, nearer_error *err)
{
    const unsigned char *b = (const unsigned char *)bytes;
    if (length < 512 || memcmp(bytes, "SQLite format 3", 16) != 0)
        return nr_fail(err, NEARER_SYNTAX, "%s: it is no GeoPackage (no SQLite file)", path);
    size_t page = (size_t)b[16] << 8 | b[17];
    if (page == 1) page = 1 << 16;
    size_t pages = (size_t)b[28] << 24 | (size_t)b[29] << 16 | (size_t)b[30] << 8 | b[31];
    if (page < 512 || length % page != 0 || length / page < pages)
        return nr_fail(err, NEARER_SYNTAX, "%s: it is cut off: it has %zu bytes, not %zu", path,
                       length, page * pages);
    bytes[18] = bytes[19] = 1; /* no log beside it (WAL), whoever wrote it */
    return NEARER_OK;
}

nearer_status nr_gpkg_open(sqlite3 **out, char *bytes, size_t length, const char *path,
                           nearer_error *err)
{
    sqlite3 *db = NULL;
    NR_TRY(check_bytes(bytes, length, path, err));
    NR_TRY(check_closed(path, err));
    if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        sqlite3_close(db);
        return nr_fail_memory(err);
    }
    /* a file from elsewhere may hold views; they run nothing but plain functions */
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_int64 size = (sqlite3_int64)length;
    if (sqlite3_deserialize(db, "main", (unsigned char *)bytes, size, size,
                            SQLITE_DESERIALIZE_READONLY) == SQLITE_OK) {
        *out = db;
        return NEARER_OK;
    }
    sqlite3_close(db);
    return nr_fail_memory(err);
}
