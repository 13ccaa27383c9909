/* OGC GeoPackage (12-128r19) in, by SQLite: the first layer of features, or else the first table of
 * attributes. The file is read whole and opened in memory, so nothing is written beside it. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/geopackage_write.h"
#include "formats/gpkg_file.h"
#include "formats/gpkg_shape.h"

typedef struct reader {
    nr_layer_maker maker;
    const nearer_reading *how;
    nr_arena arena; /* of the names */
    sqlite3 *db;
    sqlite3_stmt *rows; /* key, geometry, attributes */
    const char *layer, *geometry, *key, *type;
    bool shaped; /* the geometry's column is there */
    int srs_id;
    size_t attributes, row;
    nr_text columns; /* of the SELECT */
    int wrong;       /* the first attribute of the row whose text is not UTF-8, else -1 */
    bool starved;
    nr_gpkg_shapes shapes;
    nearer_error *err;
} reader;

static nearer_status fail_sql(reader *r)
{
    int code = sqlite3_errcode(r->db);
    if (code == SQLITE_NOMEM) return nr_fail_memory(r->err);
    return nr_fail(r->err, NEARER_SYNTAX, "%s: it is no GeoPackage, or it is damaged: %s",
                   r->maker.path, sqlite3_errmsg(r->db));
}

/* ---- what it says of its layer ---- */

/* Asks a question about a name (NULL: about nothing); the answer's rows are stepped through by the
 * caller. */
static nearer_status ask(sqlite3_stmt **out, reader *r, const char *sql, const char *name)
{
    if (sqlite3_prepare_v2(r->db, sql, -1, out, NULL) != SQLITE_OK) return fail_sql(r);
    if (name == NULL || sqlite3_bind_text(*out, 1, name, -1, SQLITE_STATIC) == SQLITE_OK)
        return NEARER_OK;
    sqlite3_finalize(*out);
    return fail_sql(r);
}

/* A text of the row now stepped to; "" where there is none, NULL without memory. */
static const char *keep(reader *r, sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return nr_arena_text(&r->arena, text == NULL ? "" : text);
}

static nearer_status find_layer(reader *r)
{
    sqlite3_stmt *s = NULL;
    NR_TRY(ask(&s, r,
               "SELECT table_name, data_type = 'features' FROM gpkg_contents WHERE data_type IN"
               " ('features', 'attributes', 'aspatial') ORDER BY 2 DESC, rowid LIMIT 1",
               NULL));
    int step = sqlite3_step(s);
    bool features = step == SQLITE_ROW && sqlite3_column_int(s, 1) != 0;
    if (step == SQLITE_ROW) r->layer = keep(r, s, 0);
    sqlite3_finalize(s);
    if (step == SQLITE_DONE)
        return nr_fail(r->err, NEARER_NODATA, "%s: it has no layer of features or attributes",
                       r->maker.path);
    if (step != SQLITE_ROW) return fail_sql(r);
    if (r->layer == NULL) return nr_fail_memory(r->err);
    if (!features) return NEARER_OK;
    NR_TRY(ask(&s, r,
               "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns"
               " WHERE table_name = ? COLLATE NOCASE",
               r->layer));
    step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        r->geometry = keep(r, s, 0);
        r->type = keep(r, s, 1);
        r->srs_id = sqlite3_column_int(s, 2);
    }
    sqlite3_finalize(s);
    if (step == SQLITE_DONE)
        return nr_fail(r->err, NEARER_SYNTAX,
                       "%s: layer '%s' is not in gpkg_geometry_columns, so it has no shapes",
                       r->maker.path, r->layer);
    if (step != SQLITE_ROW) return fail_sql(r);
    return r->geometry == NULL || r->type == NULL ? nr_fail_memory(r->err) : NEARER_OK;
}

/* A column in the list of a SELECT; NULL: none, which is a column too. */
static void add_name(nr_text *out, const char *before, const char *name)
{
    nr_text_add_word(out, before);
    if (name == NULL) {
        nr_text_add_word(out, "NULL");
        return;
    }
    nr_text_add_word(out, "\"");
    for (const char *p = name; *p != 0; p++)
        nr_text_add(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    nr_text_add_word(out, "\"");
}

/* The key is an attribute too, unless it only counts rows as in what we write. */
static nearer_status add_column(reader *r, sqlite3_stmt *s)
{
    const char *name = keep(r, s, 0);
    if (name == NULL) return nr_fail_memory(r->err);
    if (r->geometry != NULL && nr_same_word(name, r->geometry)) {
        r->shaped = true;
        return NEARER_OK;
    }
    if (sqlite3_column_int(s, 1) == 1) {
        r->key = name;
        if (nr_same_word(name, NR_GPKG_KEY) || nr_same_word(name, NR_GPKG_OTHER_KEY))
            return NEARER_OK;
    }
    nr_table_add_column(r->maker.table, name, NR_TEXT_COLUMN);
    add_name(&r->columns, ", ", name);
    r->attributes++;
    return NEARER_OK;
}

static nearer_status ask_rows(reader *r)
{
    nr_text sql = {0};
    add_name(&sql, "SELECT ", r->key);
    add_name(&sql, ", ", r->geometry);
    if (r->columns.length > 0) nr_text_add(&sql, r->columns.bytes, r->columns.length);
    add_name(&sql, " FROM ", r->layer);
    add_name(&sql, " ORDER BY ", r->key);
    nearer_status status = sql.failed || r->columns.failed ? nr_fail_memory(r->err)
                                                           : ask(&r->rows, r, sql.bytes, NULL);
    nr_text_clear(&sql);
    return status;
}

static nearer_status find_columns(reader *r)
{
    sqlite3_stmt *s = NULL;
    size_t columns = 0;
    int step = SQLITE_DONE;
    nearer_status status = NEARER_OK;
    NR_TRY(ask(&s, r, "SELECT name, pk FROM pragma_table_info(?)", r->layer));
    for (; status == NEARER_OK && (step = sqlite3_step(s)) == SQLITE_ROW; columns++)
        status = add_column(r, s);
    sqlite3_finalize(s);
    NR_TRY(status);
    if (step != SQLITE_DONE) return fail_sql(r);
    if (columns == 0)
        return nr_fail(r->err, NEARER_SYNTAX, "%s: there is no table '%s', its layer",
                       r->maker.path, r->layer);
    if (r->geometry != NULL && !r->shaped)
        return nr_fail(r->err, NEARER_SYNTAX, "%s: there is no column '%s' in its layer '%s'",
                       r->maker.path, r->geometry, r->layer);
    return ask_rows(r);
}

/* By the code of an authority PROJ knows, else by definition; -1 and 0 say nothing. */
static nearer_status begin_layer(reader *r)
{
    sqlite3_stmt *s = NULL;
    nr_text crs = {0};
    bool given = r->how->crs != NULL || r->srs_id == 0 || r->srs_id == -1;
    if (given) return nr_layer_begin(&r->maker, r->how, NULL, r->maker.path);
    NR_TRY(ask(&s, r,
               "SELECT organization, organization_coordsys_id, definition"
               " FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
               NULL));
    int step = sqlite3_bind_int(s, 1, r->srs_id) == SQLITE_OK ? sqlite3_step(s) : SQLITE_NOMEM;
    if (step == SQLITE_ROW) {
        const char *of = (const char *)sqlite3_column_text(s, 0);
        const char *definition = (const char *)sqlite3_column_text(s, 2);
        if (of != NULL && nr_same_word(of, "EPSG"))
            nr_text_print(&crs, "EPSG:%d", sqlite3_column_int(s, 1));
        else if (definition != NULL && !nr_same_word(definition, "undefined"))
            nr_text_add_word(&crs, definition);
    }
    sqlite3_finalize(s);
    nearer_status status = NEARER_OK;
    if (step == SQLITE_DONE)
        status = nr_fail(r->err, NEARER_SYNTAX,
                         "%s: the reference system %d of its layer '%s' is not in "
                         "gpkg_spatial_ref_sys; say it (EPSG:32650 ...)",
                         r->maker.path, r->srs_id, r->layer);
    else if (step != SQLITE_ROW)
        status = fail_sql(r);
    else if (crs.failed)
        status = nr_fail_memory(r->err);
    else
        status =
            nr_layer_begin(&r->maker, r->how, crs.length == 0 ? NULL : crs.bytes, r->maker.path);
    nr_text_clear(&crs);
    return status;
}

/* ---- rows ---- */

/* Numbers so that they read back the same, which SQLite's own text does not. */
static void set_attributes(void *source, nearer_table *table, size_t row)
{
    reader *r = source;
    for (size_t i = 0; i < r->attributes; i++) {
        int column = (int)i + 2, type = sqlite3_column_type(r->rows, column);
        char number[NR_NUMBER_TEXT];
        const char *text = number;
        size_t n;
        if (type == SQLITE_FLOAT) {
            n = strlen(nr_format_number(sqlite3_column_double(r->rows, column), number));
        } else if (type == SQLITE_TEXT || type == SQLITE_INTEGER) {
            text = (const char *)sqlite3_column_text(r->rows, column);
            n = (size_t)sqlite3_column_bytes(r->rows, column);
            if (text == NULL) {
                r->starved = true;
                return;
            }
        } else {
            continue;
        }
        if (r->wrong < 0 && (nr_utf8_length(text, n) != n || memchr(text, 0, n) != NULL))
            r->wrong = (int)i;
        nr_table_set_typed(table, row, i, text, n,
                           type == SQLITE_FLOAT ||
                               (type == SQLITE_INTEGER && !nr_is_long_integer(text, n)));
    }
}

static nearer_status read_shape(nr_shape *out, reader *r, const char *name)
{
    if (sqlite3_column_type(r->rows, 1) == SQLITE_NULL) return NEARER_OK;
    const void *blob = sqlite3_column_blob(r->rows, 1);
    size_t n = (size_t)sqlite3_column_bytes(r->rows, 1);
    if (nr_gpkg_shape_read(out, &r->shapes, blob == NULL ? "" : blob, n)) return NEARER_OK;
    if (r->shapes.starved) return nr_fail_memory(r->err);
    return nr_fail(r->err, NEARER_VALUE, "%s %s: its shape cannot be read: %s", r->maker.path, name,
                   r->shapes.wrong);
}

static nearer_status read_row(reader *r)
{
    char name[40];
    nr_shape shape = {0};
    sqlite3_int64 key = sqlite3_column_int64(r->rows, 0);
    size_t number = key > 0 ? (size_t)key : r->row + 1;
    snprintf(name, sizeof name, "feature %zu", number);
    r->wrong = -1;
    if (r->geometry == NULL) {
        set_attributes(r, r->maker.table, nr_table_add_row(r->maker.table, number));
    } else {
        NR_TRY(read_shape(&shape, r, name));
        NR_TRY(nr_layer_add(&r->maker, &shape, number, name, set_attributes, r));
    }
    if (r->starved) return nr_fail_memory(r->err);
    if (r->wrong < 0) return NEARER_OK;
    return nr_fail(r->err, NEARER_SYNTAX, "%s %s: the text of '%s' is not UTF-8", r->maker.path,
                   name, nearer_table_column_name(r->maker.table, (size_t)r->wrong));
}

static int kind_of(const char *type)
{
    static const struct {
        const char *type;
        int kind;
    } types[] = {{"POINT", NR_SHAPE_POINT},     {"MULTIPOINT", NR_SHAPE_POINT},
                 {"LINESTRING", NR_SHAPE_LINE}, {"MULTILINESTRING", NR_SHAPE_LINE},
                 {"POLYGON", NR_SHAPE_AREA},    {"MULTIPOLYGON", NR_SHAPE_AREA}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (nr_same_word(type, types[i].type)) return types[i].kind;
    return NR_SHAPE_NONE; /* GEOMETRY: of any */
}

static nearer_status read_all(reader *r, char *bytes, size_t length)
{
    NR_TRY(nr_gpkg_open(&r->db, bytes, length, r->maker.path, r->err));
    NR_TRY(find_layer(r));
    NR_TRY(find_columns(r));
    if (r->geometry != NULL) {
        NR_TRY(begin_layer(r));
        nr_layer_expect(&r->maker, kind_of(r->type));
    }
    int step;
    for (; (step = sqlite3_step(r->rows)) == SQLITE_ROW; r->row++) NR_TRY(read_row(r));
    return step == SQLITE_DONE ? NEARER_OK : fail_sql(r);
}

static void end_layer(reader *r)
{
    nr_layer_facts *facts = &r->maker.facts;
    facts->has_attributes = r->attributes > 0;
    facts->fields = r->attributes;
    facts->records = r->row;
    snprintf(facts->encoding, sizeof facts->encoding, "UTF-8");
    snprintf(facts->type, sizeof facts->type, "%.23s", r->type);
    nr_layer_end(&r->maker);
}

static nearer_status read_geopackage(nearer_table **out, const char *path,
                                     const nearer_reading *how, nearer_error *err)
{
    char *bytes = NULL;
    size_t length;
    reader r = {.maker = {.path = path, .err = err, .where_crs_goes = "say it (EPSG:32650 ...)"},
                .how = how,
                .err = err};
    NR_TRY(nr_file_read(&bytes, &length, path, err));
    nearer_status status = nr_table_new(&r.maker.table, path, "feature", err);
    if (status == NEARER_OK) status = read_all(&r, bytes, length);
    if (status == NEARER_OK && r.geometry != NULL)
        end_layer(&r);
    else
        nr_crs_free(r.maker.crs);
    sqlite3_finalize(r.rows);
    sqlite3_close(r.db);
    nr_free(bytes); /* SQLite read from them until now */
    nr_gpkg_shapes_clear(&r.shapes);
    nr_text_clear(&r.columns);
    nr_arena_clear(&r.arena);
    if (status == NEARER_OK) return nr_table_finish(out, r.maker.table, err);
    nearer_table_free(r.maker.table);
    return status;
}

const nr_format nr_format_gpkg = {
    .id = "gpkg",
    .title = "OGC GeoPackage: points, lines, areas or a plain table (SQLite)",
    .endings = ".gpkg",
    .read = read_geopackage,
    .write = nr_geopackage_write,
};
