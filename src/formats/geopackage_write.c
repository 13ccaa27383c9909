#include "formats/geopackage_write.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "formats/drawn.h"
#include "formats/gpkg_shape.h"

enum { MOST_COLUMNS = 1990 }; /* SQLite's 2000, less ours */

/* The tables every GeoPackage has (OGC 12-128r19, annex C), with no time of day in them. */
static const char frame[] =
    "PRAGMA application_id = 1196444487;" /* 'GPKG' */
    "PRAGMA user_version = 10300;"
    "BEGIN;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,"
    " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,"
    " definition TEXT NOT NULL, description TEXT);"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
    " identifier TEXT UNIQUE, description TEXT DEFAULT '',"
    " last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
    " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,"
    " m TINYINT NOT NULL,"
    " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
    " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    " ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', ''),"
    " ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', ''),"
    " ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\","
    "SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],"
    "AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
    "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],"
    "AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude and latitude in degrees');";

typedef struct writer {
    const nearer_table *table;
    nr_drawn drawn;
    bool draws;
    size_t *columns;       /* of the table, those that are attributes */
    bool *numbers, *whole; /* each of the table's columns: holds numbers, and only whole ones */
    size_t count;
    nr_names names; /* taken, in lower case: SQLite's names differ by more than that */
    nr_arena arena; /* of the names as written */
    const char **written;
    const char *key, *geometry;
    nr_text shape;
    sqlite3 *db;
    sqlite3_stmt *insert;
} writer;

/* The wanted name, with a number behind it when it is taken; NULL when there is no memory. */
static const char *take_name(writer *w, const char *wanted)
{
    for (size_t k = 1;; k++) {
        nr_text name = {0}, lower = {0};
        nr_text_add_word(&name, wanted);
        if (k > 1) nr_text_print(&name, "_%zu", k);
        for (size_t i = 0; i < name.length; i++) {
            char c = nr_lower(name.bytes[i]);
            nr_text_add(&lower, &c, 1);
        }
        size_t before = w->names.count, index = NR_NO_NAME;
        if (!name.failed && !lower.failed) index = nr_names_add(&w->names, lower.bytes);
        bool fresh = index != NR_NO_NAME && index == before;
        const char *kept = fresh ? nr_arena_text(&w->arena, name.bytes) : NULL;
        nr_text_clear(&name);
        nr_text_clear(&lower);
        if (fresh || index == NR_NO_NAME) return kept;
    }
}

static bool name_columns(writer *w)
{
    size_t n = nearer_table_columns(w->table);
    w->columns = nr_alloc(n, sizeof *w->columns);
    w->written = nr_alloc(n, sizeof *w->written);
    if (w->columns == NULL || w->written == NULL) return false;
    for (size_t c = 0; c < n; c++) {
        if (w->draws && nr_drawn_by(&w->drawn, c)) continue;
        const char *name = take_name(w, nearer_table_column_name(w->table, c));
        if (name == NULL) return false;
        w->written[w->count] = name;
        w->columns[w->count++] = c;
    }
    bool taken = nr_names_find(&w->names, NR_GPKG_KEY) != NR_NO_NAME;
    w->key = take_name(w, taken ? NR_GPKG_OTHER_KEY : NR_GPKG_KEY);
    w->geometry = take_name(w, "geom");
    return w->key != NULL && w->geometry != NULL;
}

/* Runs SQL that is made of texts, and frees it. */
static bool run(sqlite3 *db, char *sql)
{
    bool good = sql != NULL && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(sql);
    return good;
}

/* Columns that show decimals are never integers, whatever they hold this time. */
static bool is_whole(const nearer_table *table, size_t c)
{
    if (nearer_table_column_decimals(table, c) > 0) return false;
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        double value = nearer_table_number(table, row, c);
        if (!isnan(value) && !(floor(value) == value && fabs(value) < 1e15)) return false;
    }
    return true;
}

static bool find_types(writer *w)
{
    size_t n = nearer_table_columns(w->table);
    w->numbers = nr_table_number_columns(w->table);
    w->whole = nr_alloc(n, sizeof *w->whole);
    if (w->numbers == NULL || w->whole == NULL) return false;
    for (size_t c = 0; c < n; c++) w->whole[c] = w->numbers[c] && is_whole(w->table, c);
    return true;
}

static const char *type_of(const writer *w, size_t i)
{
    size_t c = w->columns[i];
    return w->whole[c] ? "INTEGER" : w->numbers[c] ? "REAL" : "TEXT";
}

static const char *geometry_type(const writer *w)
{
    return w->drawn.kind == NR_SHAPE_LINE ? "LINESTRING" : "POINT";
}

/* The layer's own table, and the statement that adds a row. */
static bool make_layer(writer *w)
{
    sqlite3_str *make = sqlite3_str_new(w->db), *add = sqlite3_str_new(w->db);
    sqlite3_str_appendf(
        make, "CREATE TABLE layer (\"%w\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", w->key);
    sqlite3_str_appendf(add, "INSERT INTO layer VALUES (NULL");
    if (w->draws) {
        sqlite3_str_appendf(make, ", \"%w\" %s", w->geometry, geometry_type(w));
        sqlite3_str_appendall(add, ", ?");
    }
    for (size_t i = 0; i < w->count; i++) {
        sqlite3_str_appendf(make, ", \"%w\" %s", w->written[i], type_of(w, i));
        sqlite3_str_appendall(add, ", ?");
    }
    sqlite3_str_appendall(make, ")");
    sqlite3_str_appendall(add, ")");
    char *sql = sqlite3_str_finish(add);
    bool good = run(w->db, sqlite3_str_finish(make)) && sql != NULL &&
                sqlite3_prepare_v2(w->db, sql, -1, &w->insert, NULL) == SQLITE_OK;
    sqlite3_free(sql);
    return good;
}

/* A row's vertices; a line of one is none. */
static const nr_lonlat *shape_of(const writer *w, size_t row, size_t *n, nr_lonlat room[2])
{
    const nr_lonlat *v = nr_drawn_row(&w->drawn, row, n, room);
    if (w->drawn.kind == NR_SHAPE_LINE && *n < 2) *n = 0;
    return *n == 0 ? NULL : v;
}

static bool describe_layer(writer *w)
{
    double box[4] = {NAN, NAN, NAN, NAN};
    nr_lonlat room[2];
    size_t n;
    for (size_t row = 0; w->draws && row < nearer_table_rows(w->table); row++) {
        const nr_lonlat *v = shape_of(w, row, &n, room);
        for (size_t i = 0; i < n; i++) {
            box[0] = fmin(box[0], v[i].lon);
            box[1] = fmin(box[1], v[i].lat);
            box[2] = fmax(box[2], v[i].lon);
            box[3] = fmax(box[3], v[i].lat);
        }
    }
    sqlite3_stmt *s = NULL;
    bool good = sqlite3_prepare_v2(w->db,
                                   "INSERT INTO gpkg_contents VALUES ('layer', ?, 'layer', '',"
                                   " '1970-01-01T00:00:00.000Z', ?, ?, ?, ?, ?)",
                                   -1, &s, NULL) == SQLITE_OK &&
                sqlite3_bind_text(s, 1, w->draws ? "features" : "attributes", -1, SQLITE_STATIC) ==
                    SQLITE_OK;
    for (int i = 0; good && i < 4; i++) /* NAN is bound as NULL */
        good = sqlite3_bind_double(s, i + 2, box[i]) == SQLITE_OK;
    if (good && w->draws) good = sqlite3_bind_int(s, 6, 4326) == SQLITE_OK;
    good = good && sqlite3_step(s) == SQLITE_DONE;
    sqlite3_finalize(s);
    if (!good || !w->draws) return good;
    return run(w->db, sqlite3_mprintf("INSERT INTO gpkg_geometry_columns VALUES"
                                      " ('layer', %Q, %Q, 4326, 0, 0)",
                                      w->geometry, geometry_type(w)));
}

static bool write_row(writer *w, size_t row)
{
    int at = 1;
    bool good = sqlite3_reset(w->insert) == SQLITE_OK;
    sqlite3_clear_bindings(w->insert);
    if (w->draws) {
        nr_lonlat room[2];
        size_t n;
        const nr_lonlat *v = shape_of(w, row, &n, room);
        w->shape.length = 0;
        if (n > 0) nr_gpkg_shape_add(&w->shape, w->drawn.kind, v, n);
        good = good && !w->shape.failed;
        if (good && n > 0)
            good = sqlite3_bind_blob64(w->insert, at, w->shape.bytes, w->shape.length,
                                       SQLITE_STATIC) == SQLITE_OK;
        at++;
    }
    for (size_t i = 0; i < w->count && good; i++, at++) {
        size_t c = w->columns[i];
        double number = w->numbers[c] ? nearer_table_number(w->table, row, c) : NAN;
        const char *text = w->numbers[c] ? "" : nearer_table_text(w->table, row, c);
        if (w->whole[c] && !isnan(number))
            good = sqlite3_bind_int64(w->insert, at, (sqlite3_int64)number) == SQLITE_OK;
        else if (!isnan(number))
            good = sqlite3_bind_double(w->insert, at, number) == SQLITE_OK;
        else if (text[0] != 0)
            good = sqlite3_bind_text(w->insert, at, text, -1, SQLITE_STATIC) == SQLITE_OK;
    }
    return good && sqlite3_step(w->insert) == SQLITE_DONE;
}

static bool write_all(writer *w)
{
    bool good = sqlite3_open_v2(":memory:", &w->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                NULL) == SQLITE_OK &&
                sqlite3_exec(w->db, frame, NULL, NULL, NULL) == SQLITE_OK && make_layer(w) &&
                describe_layer(w);
    for (size_t row = 0; good && row < nearer_table_rows(w->table); row++) good = write_row(w, row);
    return good && sqlite3_exec(w->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

static nearer_status take_bytes(nr_text *out, sqlite3 *db, nearer_error *err)
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(db, "main", &size, 0);
    if (bytes == NULL && size > INT32_MAX)
        return nr_fail(err, NEARER_VALUE,
                       "the GeoPackage would have %lld bytes; SQLite makes up to 2 GB in memory",
                       (long long)size);
    char *copy = bytes == NULL ? NULL : nr_alloc((size_t)size + 1, 1);
    if (copy != NULL) {
        memcpy(copy, bytes, (size_t)size);
        *out = (nr_text){.bytes = copy, .length = (size_t)size, .capacity = (size_t)size + 1};
    }
    sqlite3_free(bytes);
    return copy == NULL ? nr_fail_memory(err) : NEARER_OK;
}

nearer_status nr_geopackage_write(nr_output *output, const nearer_table *table, nearer_error *err)
{
    writer w = {.table = table};
    w.draws = nr_table_draws(table);
    if (w.draws) NR_TRY(nr_drawn_begin(&w.drawn, table, err));
    if (nearer_table_columns(table) > MOST_COLUMNS)
        return nr_fail(err, NEARER_VALUE, "the table has %zu columns, a GeoPackage has room for %d",
                       nearer_table_columns(table), MOST_COLUMNS);
    bool good = name_columns(&w) && find_types(&w) && write_all(&w);
    int code = good || w.db == NULL ? SQLITE_NOMEM : sqlite3_errcode(w.db);
    nearer_status status = NEARER_OK;
    if (good)
        status = take_bytes(nr_output_add(output, ""), w.db, err);
    else if (code == SQLITE_TOOBIG)
        status = nr_fail(err, NEARER_VALUE, "a text or line of the table is larger than 1 GB");
    else
        status = nr_fail_memory(err); /* nothing else can go wrong in memory */
    sqlite3_finalize(w.insert);
    sqlite3_close(w.db);
    nr_text_clear(&w.shape);
    nr_names_clear(&w.names);
    nr_arena_clear(&w.arena);
    nr_free(w.columns);
    nr_free(w.numbers);
    nr_free(w.whole);
    nr_free(w.written);
    return status;
}
