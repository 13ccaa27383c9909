/* formats/gpkg_file: a GeoPackage's bytes as an SQLite database. */
#ifndef NR_FORMATS_GPKG_FILE_H
#define NR_FORMATS_GPKG_FILE_H
#include <sqlite3.h>

#include "base/error.h"

/* Opens the bytes read from `path`, which it may change and which stay yours until the database is
 * closed with sqlite3_close; it cannot be written to. Fails with SYNTAX, IO (changes stand beside
 * the file). */
nearer_status nr_gpkg_open(sqlite3 **out, char *bytes, size_t length, const char *path,
                           nearer_error *err);
#endif
