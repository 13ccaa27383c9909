#include <sqlite3.h>

#include "tables.h"

static nearer_error err;

static nearer_table *new_table(void)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    return table;
}

static nearer_table *points(void)
{
    nearer_table *table = new_table();
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "score", 1);
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    return table;
}

static nearer_table *read_layer(const char *path)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, path, NULL, &err));
    return table;
}

static void assert_refused(const char *path, nearer_status status, const char *part)
{
    nearer_table *table = NULL;
    assert_fails(nearer_table_read(&table, path, NULL, &err), status, part);
    assert_null(table);
}

static void run_sql(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) fail_msg("%s: %s", message, sql);
}

/* What a question answers, its cells joined by '|', its rows by '\n'. */
static const char *asked(const char *path, const char *sql)
{
    static char answer[4000];
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    size_t n = 0;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    answer[0] = 0;
    while (sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            const char *text = (const char *)sqlite3_column_text(s, i);
            n += (size_t)snprintf(answer + n, sizeof answer - n, "%s%s",
                                  i > 0   ? "|"
                                  : n > 0 ? "\n"
                                          : "",
                                  text == NULL ? "NULL" : text);
            assert_true(n < sizeof answer);
        }
    sqlite3_finalize(s);
    sqlite3_close(db);
    return answer;
}

/* A package as others make it: the tables of the standard, and what this SQL adds. */
static const char *package(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    remove(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    run_sql(db, "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,"
                " organization TEXT, organization_coordsys_id INTEGER, definition TEXT);"
                "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT,"
                " srs_id INTEGER);"
                "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,"
                " geometry_type_name TEXT, srs_id INTEGER);"
                "INSERT INTO gpkg_spatial_ref_sys VALUES ('', -1, 'NONE', -1, 'undefined'),"
                " ('', 0, 'NONE', 0, 'undefined'), ('', 4326, 'EPSG', 4326, ''),"
                " ('', 50, 'epsg', 3857, ''),"
                " ('', 51, 'mine', 1, '+proj=merc +a=6378137 +b=6378137 +type=crs'),"
                " ('', 52, 'mine', 2, 'undefined'), ('', 53, 'mine', 3, 'nonsense');");
    run_sql(db, sql);
    sqlite3_close(db);
    return path;
}

/* One layer "places" with the column g, and these rows. */
static const char *layer(const char *path, const char *type, int srs_id, const char *rows)
{
    char sql[3000];
    int n = snprintf(sql, sizeof sql,
                     "INSERT INTO gpkg_contents VALUES ('places', 'features', %d);"
                     "INSERT INTO gpkg_geometry_columns VALUES ('places', 'g', '%s', %d);"
                     "CREATE TABLE places (fid INTEGER PRIMARY KEY, g BLOB, name TEXT);%s%s%s",
                     srs_id, type, srs_id, rows[0] == 0 ? "" : "INSERT INTO places VALUES ", rows,
                     rows[0] == 0 ? "" : ";");
    assert_true(n > 0 && (size_t)n < sizeof sql);
    return package(path, sql);
}

/* ---- writing ---- */

static void geopackage__is_that_of_the_standard(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "武汉", 12.25, 114.5, 30.5);
    nr_table_put(table, "", NAN, -0.5, -90.0);
    nr_table_put(table, "nowhere", (double)INFINITY, NAN, 3.0);
    assert_ok(nearer_table_write(table, "gpkg_points.gpkg", &err));
    nearer_table_free(table);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "gpkg_points.gpkg", &err));
    assert_memory_equal(bytes, "SQLite format 3", 16);
    assert_memory_equal(bytes + 68, "GPKG", 4);             /* application_id */
    assert_memory_equal(bytes + 60, "\x00\x00\x28\x3C", 4); /* user_version 10300 */
    nr_free(bytes);
    assert_string_equal(asked("gpkg_points.gpkg", "PRAGMA integrity_check"), "ok");
    assert_string_equal(asked("gpkg_points.gpkg", "PRAGMA foreign_key_check"), "");
    assert_string_equal(asked("gpkg_points.gpkg", "SELECT * FROM gpkg_contents"),
                        "layer|features|layer||1970-01-01T00:00:00.000Z|-0.5|-90.0|114.5|30.5|"
                        "4326");
    assert_string_equal(asked("gpkg_points.gpkg", "SELECT * FROM gpkg_geometry_columns"),
                        "layer|geom|POINT|4326|0|0");
    assert_string_equal(asked("gpkg_points.gpkg",
                              "SELECT srs_id, organization, organization_coordsys_id,"
                              " substr(definition, 1, 15) FROM gpkg_spatial_ref_sys"),
                        "-1|NONE|-1|undefined\n0|NONE|0|undefined\n"
                        "4326|EPSG|4326|GEOGCS[\"WGS 84\"");
    assert_string_equal(
        asked("gpkg_points.gpkg", "SELECT name, type, pk FROM pragma_table_info('layer')"),
        "fid|INTEGER|1\ngeom|POINT|0\nid|TEXT|0\nscore|REAL|0");
    assert_string_equal(asked("gpkg_points.gpkg", "SELECT fid, id, score FROM layer"),
                        "1|武汉|12.25\n2|NULL|NULL\n3|nowhere|Inf");
    /* "GP", version 0, little-endian with an envelope, EPSG:4326, the envelope, a point */
    assert_string_equal(asked("gpkg_points.gpkg", "SELECT hex(geom) FROM layer"),
                        "47500003E6100000"
                        "0000000000A05C400000000000A05C40"
                        "0000000000803E400000000000803E40"
                        "0101000000"
                        "0000000000A05C400000000000803E40\n"
                        "47500003E6100000"
                        "000000000000E0BF000000000000E0BF"
                        "00000000008056C000000000008056C0"
                        "0101000000"
                        "000000000000E0BF00000000008056C0\n");
}

static void geopackage__lines_have_all_their_vertices(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    const nr_lonlat line[] = {{1, 2}, {3, -4}, {0, 5}};
    nr_table_add_column(table, "from_lon_deg", 4);
    nr_table_add_column(table, "from_lat_deg", 4);
    nr_table_add_column(table, "to_lon_deg", 4);
    nr_table_add_column(table, "to_lat_deg", 4);
    nr_table_add_column(table, "mode", NR_TEXT_COLUMN);
    nr_table_put(table, 1.0, 2.0, 0.0, 5.0, "rail");
    nr_table_set_line(table, 0, line, 3);
    nr_table_put(table, 7.0, 8.0, 9.0, 10.0, "road"); /* without vertices: straight */
    nr_table_put(table, NAN, 8.0, 9.0, 10.0, "air");
    assert_ok(nearer_table_write(table, "gpkg_lines.gpkg", &err));
    nearer_table_free(table);
    assert_string_equal(asked("gpkg_lines.gpkg", "SELECT hex(geom) FROM layer LIMIT 1"),
                        "47500003E6100000"
                        "00000000000000000000000000000840"
                        "00000000000010C00000000000001440"
                        "010200000003000000"
                        "000000000000F03F0000000000000040"
                        "000000000000084000000000000010C0"
                        "00000000000000000000000000001440");
    table = read_layer("gpkg_lines.gpkg");
    assert_int_equal(nearer_table_rows(table), 3);
    size_t n;
    const nr_lonlat *v = nr_table_line(table, 0, &n);
    assert_int_equal(n, 3);
    assert_memory_equal(v, line, sizeof line);
    v = nr_table_line(table, 1, &n);
    assert_int_equal(n, 2);
    assert_true(v[0].lon == 7 && v[0].lat == 8 && v[1].lon == 9 && v[1].lat == 10);
    nr_table_line(table, 2, &n);
    assert_int_equal(n, 0);
    assert_true(cell_of(table, 0, "to_lat_deg") == 5);
    assert_true(isnan(cell_of(table, 2, "to_lat_deg")) != 0);
    assert_string_equal(text_of(table, 2, "mode"), "air");
    nearer_table_free(table);
}

static void geopackage__of_no_rows_has_its_columns(void **state)
{
    (void)state;
    nearer_table *table = points();
    assert_ok(nearer_table_write(table, "gpkg_none.gpkg", &err));
    nearer_table *back = read_layer("gpkg_none.gpkg");
    assert_same_table(table, back);
    nearer_table_free(back);
    nearer_table_free(table);
    assert_string_equal(asked("gpkg_none.gpkg", "SELECT min_x, max_y FROM gpkg_contents"),
                        "NULL|NULL");
    table = new_table(); /* no columns either */
    assert_ok(nearer_table_write(table, "gpkg_none.gpkg", &err));
    back = read_layer("gpkg_none.gpkg");
    assert_same_table(table, back);
    nearer_table_free(back);
    nearer_table_free(table);
}

static void geopackage__names_that_are_taken_get_a_number(void **state)
{
    (void)state;
    nearer_table *table = points();
    static const char *const names[] = {"fid", "Geom", "ID", "a \"b\"", "Fid", "select", "名"};
    for (size_t i = 0; i < 7; i++) nr_table_add_column(table, names[i], NR_TEXT_COLUMN);
    nr_table_put(table, "i", 1.0, 2.0, 3.0, "f", "g", "I", "q", "F", "s", "m");
    assert_ok(nearer_table_write(table, "gpkg_names.gpkg", &err));
    nearer_table_free(table);
    table = read_layer("gpkg_names.gpkg");
    static const char *const expected[] = {"id",    "score",  "fid", "Geom",    "ID_2",   "a \"b\"",
                                           "Fid_2", "select", "名",  "lon_deg", "lat_deg"};
    static const char *const cells[] = {"i", "1", "f", "g", "I", "q", "F", "s", "m"};
    assert_int_equal(nearer_table_columns(table), 11);
    for (size_t c = 0; c < 11; c++)
        assert_string_equal(nearer_table_column_name(table, c), expected[c]);
    for (size_t c = 0; c < 9; c++) assert_string_equal(nearer_table_text(table, 0, c), cells[c]);
    nearer_table_free(table);
    assert_string_equal(asked("gpkg_names.gpkg", "SELECT group_concat(name) FROM (SELECT name FROM"
                                                 " pragma_table_info('layer') LIMIT 2)"),
                        "gpkg_fid,geom_2");
}

static void geopackage__has_room_for_so_many_columns(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    char name[12];
    for (int i = 0; i < 1991; i++) {
        snprintf(name, sizeof name, "c%d", i);
        nr_table_add_column(table, name, 1);
        if (i == 1989) assert_ok(nearer_table_write(table, "gpkg_wide.gpkg", &err));
    }
    assert_fails(nearer_table_write(table, "gpkg_wide.gpkg", &err), NEARER_VALUE,
                 "the table has 1991 columns, a GeoPackage has room for 1990");
    nearer_table_free(table);
    table = read_layer("gpkg_wide.gpkg");
    assert_int_equal(nearer_table_columns(table), 1990);
    nearer_table_free(table);
}

static void geopackage__of_pairs_is_a_table_without_shapes(void **state)
{
    (void)state;
    static const char *const ids[] = {"武汉", "b", "c 'd", "Tübingen", "5", "f,\"", "г"};
    for (unsigned seed = 0; seed < 100; seed++) {
        nearer_table *table = random_pairs(seed, 1 + seed % 7, ids, &err);
        assert_ok(nearer_table_write(table, "gpkg_pairs.gpkg", &err));
        nearer_table *back = read_layer("gpkg_pairs.gpkg");
        assert_same_table(table, back);
        assert_null(nr_table_facts(back));
        nearer_table_free(back);
        nearer_table_free(table);
    }
    assert_string_equal(asked("gpkg_pairs.gpkg", "SELECT data_type, srs_id FROM gpkg_contents"),
                        "attributes|NULL");
    assert_string_equal(asked("gpkg_pairs.gpkg", "SELECT count(*) FROM gpkg_geometry_columns"),
                        "0");
}

static void geopackage__points_that_are_read_are_what_was_written(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 100; seed++) {
        unsigned random = seed;
        nearer_table *table = points();
        for (unsigned n = next_random(&random, 30); n > 0; n--) {
            char id[20];
            snprintf(id, sizeof id, "点%u", next_random(&random, 1000));
            bool none = next_random(&random, 8) == 0;
            double lon = next_random(&random, 360000) / 1000.0 - 180;
            double lat = next_random(&random, 180000) / 1000.0 - 90;
            double score = next_random(&random, 5) == 0 ? (double)INFINITY
                                                        : next_random(&random, 100000) / 7.0;
            nr_table_put(table, next_random(&random, 5) == 0 ? "" : id,
                         next_random(&random, 5) == 0 ? NAN : score, none ? NAN : lon,
                         none ? NAN : lat);
        }
        assert_ok(nearer_table_write(table, "gpkg_same.gpkg", &err));
        nearer_table *back = read_layer("gpkg_same.gpkg");
        assert_same_table(table, back);
        nearer_table_free(back);
        nearer_table_free(table);
    }
}

static void geopackage__of_the_same_table_has_the_same_bytes(void **state)
{
    (void)state;
    nearer_table *table = points();
    for (int i = 0; i < 2000; i++) nr_table_put(table, "a text", i / 3.0, i / 100.0, 1.0);
    char *bytes[2];
    size_t length[2];
    for (size_t i = 0; i < 2; i++) {
        assert_ok(nearer_table_write(table, "gpkg_bytes.gpkg", &err));
        assert_ok(nr_file_read(&bytes[i], &length[i], "gpkg_bytes.gpkg", &err));
    }
    assert_int_equal(length[0], length[1]);
    assert_memory_equal(bytes[0], bytes[1], length[0]);
    nr_free(bytes[0]);
    nr_free(bytes[1]);
    nearer_table_free(table);
}

/* ---- reading ---- */

static void geopackage__points_are_read_however_they_are_kept(void **state)
{
    (void)state;
    static const char *const blobs[] = {
        /* no envelope, big-endian header and big-endian point */
        "47500000000010E6"
        "00"
        "00000001"
        "4059000000000000"
        "403E000000000000",
        /* an envelope with heights (48 bytes), a point with height */
        "47500005E6100000"
        "000000000000000000000000000000000000000000000000"
        "000000000000000000000000000000000000000000000000"
        "01"
        "E9030000"
        "0000000000005940"
        "0000000000003E40"
        "0000000000000840",
        /* an envelope with heights and measures (64 bytes), a point with both */
        "47500009E6100000"
        "0000000000000000000000000000000000000000000000000000000000000000"
        "0000000000000000000000000000000000000000000000000000000000000000"
        "01"
        "B90B0000"
        "0000000000005940"
        "0000000000003E40"
        "0000000000000840"
        "0000000000000840",
        /* with a measure */
        "47500001E6100000"
        "01"
        "D1070000"
        "0000000000005940"
        "0000000000003E40"
        "0000000000000840",
        /* many points that are one */
        "47500001E6100000"
        "01"
        "04000000"
        "01000000"
        "01"
        "01000000"
        "0000000000005940"
        "0000000000003E40",
    };
    for (size_t i = 0; i < sizeof blobs / sizeof *blobs; i++) {
        char rows[600];
        snprintf(rows, sizeof rows, "(5, X'%s', 'a')", blobs[i]);
        nearer_table *table = read_layer(layer("gpkg_kept.gpkg", "POINT", 4326, rows));
        assert_int_equal(nearer_table_rows(table), 1);
        assert_int_equal(nearer_table_columns(table), 3);
        assert_true(cell_of(table, 0, "lon_deg") == 100);
        assert_true(cell_of(table, 0, "lat_deg") == 30);
        char where[NR_WHERE];
        assert_string_equal(nr_table_where(table, 0, where), "gpkg_kept.gpkg feature 5");
        nearer_table_free(table);
    }
}

static void geopackage__points_of_no_place_have_none(void **state)
{
    (void)state;
    /* NULL, a point of NaN, many points that are none */
    nearer_table *table = read_layer(layer("gpkg_empty.gpkg", "GEOMETRY", 4326,
                                           "(3, NULL, 'c'), (2, X'47500011E6100000"
                                           "0101000000"
                                           "000000000000F87F000000000000F87F',"
                                           " 'b'), (1, X'47500011E6100000"
                                           "010400000000000000', 'a'),"
                                           " (4, X'47500001E6100000"
                                           "0101000000"
                                           "00000000000059400000000000003E40', 'd')"));
    assert_int_equal(nearer_table_rows(table), 4);
    static const char *const names[] = {"a", "b", "c", "d"}; /* in the order of their keys */
    for (size_t r = 0; r < 4; r++) {
        assert_string_equal(text_of(table, r, "name"), names[r]);
        assert_true((isnan(cell_of(table, r, "lon_deg")) != 0) == (r < 3));
    }
    const nr_layer_facts *facts = nr_table_facts(table);
    assert_int_equal(facts->kinds[NR_SHAPE_NONE], 3);
    assert_int_equal(facts->kinds[NR_SHAPE_POINT], 1);
    assert_string_equal(facts->type, "GEOMETRY");
    assert_string_equal(facts->encoding, "UTF-8");
    nearer_table_free(table);
}

static void geopackage__lines_of_several_parts_have_a_row_each(void **state)
{
    (void)state;
    nearer_table *table = read_layer(layer("gpkg_parts.gpkg", "MULTILINESTRING", 4326,
                                           "(1, X'47500001E6100000"
                                           "01"
                                           "05000000"
                                           "02000000"
                                           "01"
                                           "02000000"
                                           "02000000"
                                           "00000000000000000000000000000000"
                                           "000000000000F03F0000000000000000"
                                           "00"
                                           "00000002"
                                           "00000002"
                                           "40000000000000003FF0000000000000"
                                           "40080000000000003FF0000000000000', 'a')"));
    assert_int_equal(nearer_table_rows(table), 2);
    assert_true(cell_of(table, 0, "from_lon_deg") == 0);
    assert_true(cell_of(table, 0, "to_lon_deg") == 1);
    assert_true(cell_of(table, 1, "from_lon_deg") == 2);
    assert_true(cell_of(table, 1, "to_lon_deg") == 3);
    assert_true(cell_of(table, 1, "to_lat_deg") == 1);
    assert_string_equal(text_of(table, 1, "name"), "a");
    nearer_table_free(table);
}

/* Hex of little-endian whole numbers as doubles. */
static void add_ring(char *out, int n, const int (*xy)[2])
{
    char *p = out + strlen(out);
    p += sprintf(p, "%02X000000", n);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 2; k++) {
            double value = xy[i][k];
            unsigned char bytes[8];
            memcpy(bytes, &value, 8);
            for (int b = 0; b < 8; b++) p += sprintf(p, "%02X", bytes[b]);
        }
}

/* A square with a hole in its left half has its centre right of the middle, whichever way the rings
 * run. */
static void geopackage__areas_have_their_centre(void **state)
{
    (void)state;
    static const int outer[2][5][2] = {{{0, 0}, {6, 0}, {6, 6}, {0, 6}, {0, 0}},
                                       {{0, 0}, {0, 6}, {6, 6}, {6, 0}, {0, 0}}};
    static const int hole[2][5][2] = {{{1, 1}, {1, 5}, {3, 5}, {3, 1}, {1, 1}},
                                      {{1, 1}, {3, 1}, {3, 5}, {1, 5}, {1, 1}}};
    for (int way = 0; way < 4; way++) {
        char rows[1500] = "(1, X'47500001E6100000010300000002000000";
        add_ring(rows, 5, outer[way % 2]);
        add_ring(rows, 5, hole[way / 2]);
        strcat(rows, "', 'a')");
        nearer_table *table = read_layer(layer("gpkg_area.gpkg", "POLYGON", 4326, rows));
        assert_int_equal(nearer_table_rows(table), 1);
        /* (36 * 3 - 8 * 2) / (36 - 8) */
        assert_true(fabs(cell_of(table, 0, "lon_deg") - 92.0 / 28) < 1e-12);
        assert_true(fabs(cell_of(table, 0, "lat_deg") - 3) < 1e-12);
        assert_int_equal(nr_table_facts(table)->kinds[NR_SHAPE_AREA], 1);
        nearer_table_free(table);
    }
    char rows[1500] = "(1, X'47500001E6100000010600000002000000"
                      "010300000001000000";
    static const int right[5][2] = {{8, 0}, {8, 6}, {14, 6}, {14, 0}, {8, 0}};
    add_ring(rows, 5, outer[0]);
    strcat(rows, "010300000001000000");
    add_ring(rows, 5, right);
    strcat(rows, "', 'a')");
    nearer_table *table = read_layer(layer("gpkg_area.gpkg", "MULTIPOLYGON", 4326, rows));
    assert_true(fabs(cell_of(table, 0, "lon_deg") - 7) < 1e-12);
    nearer_table_free(table);
}

/* Point (111319.490793274, 0) of the web's projection is one degree east. */
#define WEB_POINT            \
    "(1, X'4750000100000000" \
    "0101000000"             \
    "00000000000059400000000000003E40', 'a')"
static void geopackage__reference_systems_are_honoured(void **state)
{
    (void)state;
    const double lon = 100 / 111319.490793274;
    static const int ids[] = {50, 51};
    for (size_t i = 0; i < 2; i++) {
        nearer_table *table = read_layer(layer("gpkg_crs.gpkg", "POINT", ids[i], WEB_POINT));
        if (!(fabs(cell_of(table, 0, "lon_deg") - lon) < 1e-12))
            fail_msg("srs %d: %.17g is not %.17g", ids[i], cell_of(table, 0, "lon_deg"), lon);
        nearer_table_free(table);
    }
    static const int none[] = {-1, 0, 52, 4326}; /* degrees, if nothing is said */
    for (size_t i = 0; i < 4; i++) {
        nearer_table *table = read_layer(layer("gpkg_crs.gpkg", "POINT", none[i], WEB_POINT));
        assert_true(cell_of(table, 0, "lon_deg") == 100);
        nearer_table_free(table);
    }
    const nearer_reading web = {.crs = "EPSG:3857"};
    static const int said[] = {-1, 77, 4326}; /* what is said counts more */
    for (size_t i = 0; i < 3; i++) {
        nearer_table *table = NULL;
        layer("gpkg_crs.gpkg", "POINT", said[i], WEB_POINT);
        assert_ok(nearer_table_read(&table, "gpkg_crs.gpkg", &web, &err));
        assert_true(fabs(cell_of(table, 0, "lon_deg") - lon) < 1e-12);
        nearer_table_free(table);
    }
    assert_refused(layer("gpkg_crs.gpkg", "POINT", 77, WEB_POINT), NEARER_SYNTAX,
                   "the reference system 77 of its layer 'places' is not in gpkg_spatial_ref_sys");
    assert_refused(layer("gpkg_crs.gpkg", "POINT", 53, WEB_POINT), NEARER_NAME,
                   "gpkg_crs.gpkg: 'nonsense' is no coordinate reference system");
    assert_refused(layer("gpkg_crs.gpkg", "POINT", -1,
                         "(9, X'4750000100000000"
                         "0101000000"
                         "00000000006AE8400000000000003E40', 'a')"),
                   NEARER_VALUE, "gpkg_crs.gpkg feature 9: (50000, 30) is not in degrees");
}

static void geopackage__attributes_are_text_that_reads_back_the_same(void **state)
{
    (void)state;
    nearer_table *table = read_layer(
        package("gpkg_attributes.gpkg",
                "INSERT INTO gpkg_contents VALUES ('t', 'attributes', NULL);"
                "CREATE TABLE t (id INTEGER PRIMARY KEY, \"x y\" REAL, b BLOB, \"q\"\"\" TEXT);"
                "INSERT INTO t VALUES (9, 0.1, X'0102', 'it''s'), (-4, 1e15, 'text', NULL),"
                " (7, 9007199254740993, NULL, ''), (8, 0.30000000000000004, NULL, 12);"));
    static const char *const expected[4][4] = {{"-4", "1e+15", "text", ""},
                                               {"7", "9007199254740992", "", ""},
                                               {"8", "0.30000000000000004", "", "12"},
                                               {"9", "0.1", "", "it's"}};
    static const char *const names[] = {"id", "x y", "b", "q\""};
    assert_int_equal(nearer_table_rows(table), 4);
    assert_int_equal(nearer_table_columns(table), 4);
    for (size_t c = 0; c < 4; c++) {
        assert_string_equal(nearer_table_column_name(table, c), names[c]);
        for (size_t r = 0; r < 4; r++)
            assert_string_equal(nearer_table_text(table, r, c), expected[r][c]);
    }
    nearer_table_free(table);
}

/* Features come before plain tables, views are layers too, names differ by more than case. */
static void geopackage__layer_is_the_first_of_features(void **state)
{
    (void)state;
    nearer_table *table = read_layer(package(
        "gpkg_layers.gpkg",
        "INSERT INTO gpkg_contents VALUES ('t', 'attributes', NULL), ('tiles', 'tiles', 4326),"
        " ('v', 'features', 4326), ('w', 'features', 4326);"
        "INSERT INTO gpkg_geometry_columns VALUES ('V', 'G', 'POINT', 4326);"
        "CREATE TABLE t (id INTEGER PRIMARY KEY);"
        "CREATE TABLE s (g BLOB, name TEXT);"
        "INSERT INTO s VALUES (X'47500001E6100000"
        "0101000000"
        "00000000000059400000000000003E40', 'a');"
        "CREATE VIEW v AS SELECT name, g FROM s;"));
    assert_int_equal(nearer_table_rows(table), 1);
    assert_int_equal(nearer_table_columns(table), 3);
    assert_string_equal(text_of(table, 0, "name"), "a");
    assert_true(cell_of(table, 0, "lon_deg") == 100);
    nearer_table_free(table);
}

static void geopackage__in_use_is_refused_and_read_once_it_is_closed(void **state)
{
    (void)state;
    sqlite3 *db = NULL;
    layer("gpkg_log.gpkg", "POINT", 4326, "(1, NULL, 'a')");
    assert_int_equal(sqlite3_open("gpkg_log.gpkg", &db), SQLITE_OK);
    run_sql(db, "PRAGMA journal_mode = WAL; INSERT INTO places VALUES (2, NULL, 'b')");
    assert_refused("gpkg_log.gpkg", NEARER_IO,
                   "changes still stand in gpkg_log.gpkg-wal; close the program that has it open");
    sqlite3_close(db);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "gpkg_log.gpkg", &err));
    assert_int_equal(bytes[18], 2); /* it would still be written by way of a log */
    nr_free(bytes);
    nearer_table *table = read_layer("gpkg_log.gpkg");
    assert_int_equal(nearer_table_rows(table), 2);
    nearer_table_free(table);
}

static void geopackage__that_is_none_is_refused(void **state)
{
    (void)state;
    assert_refused("gpkg_nowhere.gpkg", NEARER_IO, "gpkg_nowhere.gpkg");
    assert_refused(write_file("gpkg_text.gpkg", "id,lon_deg,lat_deg\n"), NEARER_SYNTAX,
                   "gpkg_text.gpkg: it is no GeoPackage (no SQLite file)");
    sqlite3 *db = NULL;
    remove("gpkg_wrong.gpkg");
    assert_int_equal(sqlite3_open("gpkg_wrong.gpkg", &db), SQLITE_OK);
    run_sql(db, "CREATE TABLE t (id INTEGER)");
    sqlite3_close(db);
    assert_refused("gpkg_wrong.gpkg", NEARER_SYNTAX,
                   "it is no GeoPackage, or it is damaged: no such table: gpkg_contents");
    assert_refused(
        package("gpkg_wrong.gpkg", "INSERT INTO gpkg_contents VALUES ('tiles', 'tiles', 4326)"),
        NEARER_NODATA, "gpkg_wrong.gpkg: it has no layer of features or attributes");
    assert_refused(
        package("gpkg_wrong.gpkg", "INSERT INTO gpkg_contents VALUES ('t', 'attributes', NULL)"),
        NEARER_SYNTAX, "gpkg_wrong.gpkg: there is no table 't', its layer");
    assert_refused(
        package("gpkg_wrong.gpkg", "INSERT INTO gpkg_contents VALUES ('t', 'features', 4326)"),
        NEARER_SYNTAX, "layer 't' is not in gpkg_geometry_columns");
    assert_refused(package("gpkg_wrong.gpkg",
                           "INSERT INTO gpkg_contents VALUES ('t', 'features', 4326);"
                           "INSERT INTO gpkg_geometry_columns VALUES ('t', 'no', 'POINT', 4326);"
                           "CREATE TABLE t (id INTEGER PRIMARY KEY)"),
                   NEARER_SYNTAX, "there is no column 'no' in its layer 't'");
    assert_refused(
        layer("gpkg_wrong.gpkg", "POINT", 4326, "(1, NULL, 'a'), (3, NULL, CAST(X'61FF' AS TEXT))"),
        NEARER_SYNTAX, "gpkg_wrong.gpkg feature 3: the text of 'name' is not UTF-8");
}

static void geopackage__shapes_that_are_wrong_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *blob, *part;
    } cases[] = {
        {"", "it does not begin with 'GP'"},
        {"58580001E6100000"
         "0101000000"
         "00000000000000000000000000000000",
         "it does not begin with 'GP'"},
        {"47500021E6100000"
         "0101000000",
         "it is of a type that is an extension"},
        {"4750000BE6100000"
         "0101000000",
         "its envelope is of no known kind"},
        {"47500003E6100000"
         "0101000000",
         "it is cut off"},
        {"47500001E6100000", "it is cut off"},
        {"47500001E6100000"
         "01010000",
         "it is cut off"},
        {"47500001E6100000"
         "0101000000"
         "000000000000000000000000000000",
         "it is cut off"},
        {"47500001E6100000"
         "0102000000"
         "FFFFFFFF",
         "it is cut off"},
        {"47500001E6100000"
         "0103000000"
         "FFFFFFFF"
         "FFFFFFFF",
         "it is cut off"},
        {"47500001E6100000"
         "0201000000",
         "its byte order is neither 0 nor 1"},
        {"47500001E6100000"
         "0107000000"
         "00000000",
         "it is a collection"},
        {"47500001E6100000"
         "0108000000"
         "00000000",
         "it is neither point, line nor area"},
        {"47500001E6100000"
         "01A10F0000"
         "00000000",
         "it is neither point, line nor area"},
        {"47500001E6100000"
         "0104000000"
         "01000000"
         "0102000000"
         "00000000",
         "a part of it is of another type than the whole"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[400], part[200];
        snprintf(rows, sizeof rows, "(12, X'%s', 'a')", cases[i].blob);
        snprintf(part, sizeof part, "gpkg_shape.gpkg feature 12: its shape cannot be read: %s",
                 cases[i].part);
        assert_refused(layer("gpkg_shape.gpkg", "GEOMETRY", 4326, rows), NEARER_VALUE, part);
    }
    assert_refused(layer("gpkg_shape.gpkg", "GEOMETRY", 4326,
                         "(1, X'47500001E6100000"
                         "0101000000"
                         "00000000000059400000000000003E40', 'a'),"
                         "(2, X'47500001E6100000"
                         "0102000000"
                         "02000000"
                         "00000000000059400000000000003E40"
                         "00000000000059400000000000003E40', 'b')"),
                   NEARER_VALUE, "feature 2: lines in a layer of points");
}

/* With tables on more pages than one, so that pages are cut and pages are missing. */
static void geopackage__that_is_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "武汉", 1.5, 114.5, 30.5);
    assert_ok(nearer_table_write(table, "gpkg_whole.gpkg", &err));
    nearer_table_free(table);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "gpkg_whole.gpkg", &err));
    assert_true(length > 4096);
    for (size_t n = 0; n < length; n++) {
        write_bytes("gpkg_cut.gpkg", bytes, n);
        table = NULL;
        if (nearer_table_read(&table, "gpkg_cut.gpkg", NULL, &err) != NEARER_SYNTAX)
            fail_msg("%zu of its %zu bytes are read", n, length);
        assert_null(table);
    }
    nr_free(bytes);
}

static void geopackage__without_memory_says_so(void **state)
{
    (void)state;
    nearer_table *table = points(), *back = NULL;
    nr_table_put(table, "a", 1.5, 2.0, 3.0);
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    for (; status != NEARER_OK; allowed++) {
        remove("gpkg_memory.gpkg");
        nr_fail_allocation_after(allowed);
        status = nearer_table_write(table, "gpkg_memory.gpkg", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_false(nr_file_exists("gpkg_memory.gpkg"));
    }
    assert_true(allowed > 10);
    status = NEARER_MEMORY;
    for (allowed = 0; status != NEARER_OK; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nearer_table_read(&back, "gpkg_memory.gpkg", NULL, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_null(back);
    }
    assert_true(allowed > 10);
    assert_same_table(table, back);
    nearer_table_free(back);
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geopackage__is_that_of_the_standard),
        cmocka_unit_test(geopackage__lines_have_all_their_vertices),
        cmocka_unit_test(geopackage__of_no_rows_has_its_columns),
        cmocka_unit_test(geopackage__names_that_are_taken_get_a_number),
        cmocka_unit_test(geopackage__has_room_for_so_many_columns),
        cmocka_unit_test(geopackage__of_pairs_is_a_table_without_shapes),
        cmocka_unit_test(geopackage__points_that_are_read_are_what_was_written),
        cmocka_unit_test(geopackage__of_the_same_table_has_the_same_bytes),
        cmocka_unit_test(geopackage__points_are_read_however_they_are_kept),
        cmocka_unit_test(geopackage__points_of_no_place_have_none),
        cmocka_unit_test(geopackage__lines_of_several_parts_have_a_row_each),
        cmocka_unit_test(geopackage__areas_have_their_centre),
        cmocka_unit_test(geopackage__reference_systems_are_honoured),
        cmocka_unit_test(geopackage__attributes_are_text_that_reads_back_the_same),
        cmocka_unit_test(geopackage__layer_is_the_first_of_features),
        cmocka_unit_test(geopackage__in_use_is_refused_and_read_once_it_is_closed),
        cmocka_unit_test(geopackage__that_is_none_is_refused),
        cmocka_unit_test(geopackage__shapes_that_are_wrong_are_refused),
        cmocka_unit_test(geopackage__that_is_cut_off_anywhere_is_refused),
        cmocka_unit_test(geopackage__without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
