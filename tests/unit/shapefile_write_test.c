#include <math.h>
#include <shapefil.h>

#include "base/memory.h"
#include "formats/format.h"
#include "model/table.h"
#include "test.h"

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
    nr_table_add_column(table, "lat_deg", 4);
    nr_table_add_column(table, "score", 1);
    nr_table_add_column(table, "lon_deg", 4);
    return table;
}

/* Writes the table and reads the layer. */
static nearer_table *written(const nearer_table *table, const char *path)
{
    nearer_table *back = NULL;
    assert_ok(nearer_table_write(table, path, &err));
    assert_ok(nearer_table_read(&back, path, NULL, &err));
    return back;
}

static double cell(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t found = nearer_table_find(table, column);
    if (found < 0) fail_msg("no column %s", column);
    return nearer_table_number(table, row, (size_t)found);
}

static const char *text(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t found = nearer_table_find(table, column);
    if (found < 0) fail_msg("no column %s", column);
    return nearer_table_text(table, row, (size_t)found);
}

static void assert_files_equal(const char *a, const char *b)
{
    char *x = NULL, *y = NULL;
    size_t n = 0, m = 0;
    assert_ok(nr_file_read(&x, &n, a, &err));
    assert_ok(nr_file_read(&y, &m, b, &err));
    assert_int_equal(n, m);
    assert_memory_equal(x, y, n);
    nr_free(x);
    nr_free(y);
}

static void shapefile_write__of_no_rows_is_a_layer_of_none(void **state)
{
    (void)state;
    nearer_table *table = points(), *back = written(table, "sw_none.shp");
    assert_int_equal(nearer_table_rows(back), 0);
    assert_int_equal(nearer_table_columns(back), 4);
    assert_string_equal(nearer_table_column_name(back, 0), "id");
    assert_string_equal(nearer_table_column_name(back, 1), "score");
    assert_string_equal(nr_table_facts(back)->type, "POINT");
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__gives_points_and_attributes_back(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "\xE6\xAD\xA6\xE6\xB1\x89", 30.5928, 12.25, 114.3055);
    nr_table_put(table, "", -90.0, NAN, -180.0);
    nr_table_put(table, "lost", NAN, -7.0, 114.0);
    nearer_table *back = written(table, "sw_points.shp");
    assert_int_equal(nearer_table_rows(back), 3);
    assert_string_equal(text(back, 0, "id"), "\xE6\xAD\xA6\xE6\xB1\x89");
    assert_true(cell(back, 0, "lon_deg") == 114.3055);
    assert_true(cell(back, 0, "lat_deg") == 30.5928);
    assert_true(cell(back, 0, "score") == 12.25);
    assert_string_equal(text(back, 1, "id"), "");
    assert_true(isnan(cell(back, 1, "score")));
    assert_true(cell(back, 1, "lon_deg") == -180);
    assert_true(isnan(cell(back, 2, "lon_deg"))); /* a record without a shape */
    assert_true(cell(back, 2, "score") == -7);
    assert_string_equal(nr_table_facts(back)->encoding, "UTF-8");
    assert_non_null(strstr(nr_table_facts(back)->crs, "WGS"));
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__has_the_files_other_programs_look_for(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "a", 1.0, 2.0, 3.0);
    assert_ok(nearer_table_write(table, "sw_files.shp", &err));
    char *cpg = read_file("sw_files.cpg"), *prj = read_file("sw_files.prj");
    assert_string_equal(cpg, "UTF-8\n");
    assert_int_equal(strncmp(prj, "GEOGCS[\"GCS_WGS_1984\"", 21), 0);
    free(cpg);
    free(prj);
    /* shapelib's own reading: the fields' types, and the date that does not change */
    DBFHandle dbf = DBFOpen("sw_files.dbf", "rb");
    assert_non_null(dbf);
    char name[XBASE_FLDNAME_LEN_READ + 1];
    int width, decimals;
    assert_int_equal(DBFGetFieldCount(dbf), 2);
    assert_int_equal(DBFGetFieldInfo(dbf, 0, name, &width, &decimals), FTString);
    assert_int_equal(width, 1);
    assert_int_equal(DBFGetNativeFieldType(dbf, 1), 'N');
    DBFClose(dbf);
    SHPHandle shp = SHPOpen("sw_files.shp", "rb");
    assert_non_null(shp);
    int count, type;
    double low[4], high[4];
    SHPGetInfo(shp, &count, &type, low, high);
    assert_int_equal(count, 1);
    assert_int_equal(type, SHPT_POINT);
    assert_true(low[0] == 3 && high[1] == 1);
    SHPClose(shp);
    char *bytes = NULL;
    size_t length;
    assert_ok(nr_file_read(&bytes, &length, "sw_files.dbf", &err));
    assert_int_equal(bytes[1], 70);
    assert_int_equal(bytes[2], 1);
    assert_int_equal(bytes[3], 1);
    nr_free(bytes);
    nearer_table_free(table);
}

static void shapefile_write__gives_drawn_lines_and_straight_ones_back(void **state)
{
    (void)state;
    static const nr_lonlat bent[] = {{1, 2}, {1.5, 2.25}, {3, 4}};
    nearer_table *table = new_table();
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    const char *ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, ends[i], 4);
    nr_table_put(table, "bent", 1.0, 2.0, 3.0, 4.0);
    nr_table_put(table, "straight", 5.0, 6.0, 7.0, 8.0);
    nr_table_put(table, "nowhere", NAN, 6.0, 7.0, 8.0);
    nr_table_set_line(table, 0, bent, 3);
    nearer_table *back = written(table, "sw_lines.shp");
    size_t n;
    assert_int_equal(nearer_table_rows(back), 3);
    const nr_lonlat *v = nr_table_line(back, 0, &n);
    assert_int_equal(n, 3);
    assert_memory_equal(v, bent, sizeof bent);
    v = nr_table_line(back, 1, &n);
    assert_int_equal(n, 2);
    assert_true(v[0].lon == 5 && v[0].lat == 6 && v[1].lon == 7 && v[1].lat == 8);
    nr_table_line(back, 2, &n);
    assert_int_equal(n, 0);
    assert_string_equal(text(back, 2, "name"), "nowhere");
    /* the ends are the layer's own columns, not attributes twice */
    assert_int_equal(nearer_table_columns(back), 6);
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__gives_numbers_back_as_far_as_a_dbf_can(void **state)
{
    (void)state;
    static const double values[] = {
        0, -0.1, 1. / 3, 123456.789, -99999999.125, 1e-15, 4503599627370497.5, 1e21, -1e20};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        nearer_table *table = points();
        nr_table_put(table, "a", 1.0, values[i], 1.0);
        nearer_table *back = written(table, "sw_numbers.shp");
        double found = cell(back, 0, "score");
        if (fabs(found - values[i]) > 1e-15) fail_msg("%.17g is not %.17g", found, values[i]);
        nearer_table_free(table);
        nearer_table_free(back);
    }
    nearer_table *table = points(); /* what does not fit is missing, not wrong */
    nr_table_put(table, "a", 1.0, (double)INFINITY, 1.0);
    nr_table_put(table, "b", 1.0, 1e300, 1.0);
    nr_table_put(table, "c", 1.0, 2.5, 1.0);
    nearer_table *back = written(table, "sw_numbers.shp");
    assert_true(isnan(cell(back, 0, "score")));
    assert_true(isnan(cell(back, 1, "score")));
    assert_true(cell(back, 2, "score") == 2.5);
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__gives_random_values_of_a_column_back(void **state)
{
    (void)state;
    unsigned seed = 20240607;
    nearer_table *table = points();
    for (int i = 0; i < 500; i++) {
        seed = seed * 1664525u + 1013904223u;
        double unit = seed / 4294967296.0;
        char id[16];
        snprintf(id, sizeof id, "p%u", seed % 1000);
        /* up to 6 decimals beside large numbers, all positions */
        nr_table_put(table, id, unit * 180 - 90, round(unit * 1e12) / 1e6, unit * 360 - 180);
    }
    nearer_table *back = written(table, "sw_random.shp");
    assert_int_equal(nearer_table_rows(back), 500);
    for (size_t row = 0; row < 500; row++) {
        assert_string_equal(text(back, row, "id"), text(table, row, "id"));
        assert_true(cell(back, row, "score") == cell(table, row, "score"));
        assert_true(cell(back, row, "lon_deg") == cell(table, row, "lon_deg"));
        assert_true(cell(back, row, "lat_deg") == cell(table, row, "lat_deg"));
    }
    assert_ok(nearer_table_write(table, "sw_random2.shp", &err));
    assert_files_equal("sw_random.shp", "sw_random2.shp");
    assert_files_equal("sw_random.dbf", "sw_random2.dbf");
    assert_files_equal("sw_random.shx", "sw_random2.shx");
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__shortens_names_and_keeps_them_apart(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_add_column(table, "mean_time_min", 1);
    nr_table_add_column(table, "mean_time_h", 1);
    nr_table_add_column(table, "MEAN_TIME_day", 1);
    nr_table_add_column(table, "\xE5\x9F\x8E\xE5\xB8\x82\xE5\x90\x8D\xE7\xA7\xB0", NR_TEXT_COLUMN);
    nr_table_put(table, "a", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, "x");
    nearer_table *back = written(table, "sw_names.shp");
    assert_true(cell(back, 0, "mean_time_") == 4);
    assert_true(cell(back, 0, "mean_tim_1") == 5);
    assert_true(cell(back, 0, "MEAN_TIM_2") == 6);
    /* four characters of 3 bytes: three fit into 10, none is broken */
    assert_string_equal(text(back, 0, "\xE5\x9F\x8E\xE5\xB8\x82\xE5\x90\x8D"), "x");
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__cuts_long_texts_at_a_character(void **state)
{
    (void)state;
    char longer[400] = "a", expected[255] = "a";
    for (int i = 0; i < 100; i++) memcpy(longer + 1 + 3 * i, "\xE6\xAD\xA6", 4);
    memcpy(expected, longer, 253); /* 1 + 84 x 3; one more would be 256 bytes */
    expected[253] = 0;
    nearer_table *table = points();
    nr_table_put(table, longer, 1.0, 2.0, 3.0);
    nearer_table *back = written(table, "sw_long.shp");
    assert_string_equal(text(back, 0, "id"), expected);
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__of_a_table_that_was_read_has_numbers_as_numbers(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(
        &table,
        write_file("sw_read.csv", "code,lon_deg,lat_deg,km,note\n007,1,2,12.5,a\n008,3,4,,b\n"),
        NULL, &err));
    nearer_table *back = written(table, "sw_read.shp");
    assert_string_equal(text(back, 0, "code"), "007"); /* not as we write numbers: a name */
    assert_int_equal(nearer_table_column_decimals(back, 1), 1);
    assert_true(cell(back, 0, "km") == 12.5);
    assert_true(isnan(cell(back, 1, "km")));
    assert_string_equal(text(back, 1, "note"), "b");
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__of_positions_alone_numbers_its_records(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    nr_table_put(table, 1.0, 2.0);
    nearer_table *back = written(table, "sw_bare.shp");
    assert_true(cell(back, 0, "id") == 1);
    assert_true(cell(back, 0, "lat_deg") == 2);
    nearer_table_free(table);
    nearer_table_free(back);
}

static void shapefile_write__refuses_what_it_cannot_hold(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    remove("sw_refused.shp");
    assert_fails(nearer_table_write(table, "sw_refused.shp", &err), NEARER_VALUE,
                 "sw_refused.shp: the table has no lon_deg and lat_deg");
    assert_non_null(strstr(err.message, ".csv"));
    nearer_table_free(table);
    char wide[260];
    memset(wide, 'x', 254);
    wide[254] = 0;
    table = new_table();
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    for (int i = 0; i < 260; i++) {
        char name[12];
        snprintf(name, sizeof name, "c%d", i);
        nr_table_add_column(table, name, NR_TEXT_COLUMN);
    }
    nr_table_add_row(table, 0);
    for (size_t c = 2; c < 262; c++) nr_table_set_text(table, 0, c, wide, 254);
    assert_fails(nearer_table_write(table, "sw_refused.shp", &err), NEARER_VALUE,
                 "no room for so many columns");
    assert_false(nr_file_exists("sw_refused.shp"));
    nearer_table_free(table);
}

static void shapefile_write__out_of_memory_leaves_nothing(void **state)
{
    (void)state;
    static const nr_lonlat bent[] = {{1, 2}, {1.5, 2.25}, {3, 4}};
    nearer_table *table = new_table();
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    const char *ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, ends[i], 4);
    nr_table_put(table, "bent", 1.0, 2.0, 3.0, 4.0);
    nr_table_put(table, "straight", 5.0, 6.0, 7.0, 8.0);
    nr_table_set_line(table, 0, bent, 3);
    for (long allowed = 0;; allowed++) {
        remove("sw_memory.shp");
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_table_write(table, "sw_memory.shp", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_true(allowed > 10);
            break;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_false(nr_file_exists("sw_memory.shp"));
    }
    nearer_table *back = NULL;
    assert_ok(nearer_table_read(&back, "sw_memory.shp", NULL, &err));
    assert_string_equal(text(back, 1, "name"), "straight");
    nearer_table_free(back);
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapefile_write__of_no_rows_is_a_layer_of_none),
        cmocka_unit_test(shapefile_write__gives_points_and_attributes_back),
        cmocka_unit_test(shapefile_write__has_the_files_other_programs_look_for),
        cmocka_unit_test(shapefile_write__gives_drawn_lines_and_straight_ones_back),
        cmocka_unit_test(shapefile_write__gives_numbers_back_as_far_as_a_dbf_can),
        cmocka_unit_test(shapefile_write__gives_random_values_of_a_column_back),
        cmocka_unit_test(shapefile_write__shortens_names_and_keeps_them_apart),
        cmocka_unit_test(shapefile_write__cuts_long_texts_at_a_character),
        cmocka_unit_test(shapefile_write__of_a_table_that_was_read_has_numbers_as_numbers),
        cmocka_unit_test(shapefile_write__of_positions_alone_numbers_its_records),
        cmocka_unit_test(shapefile_write__refuses_what_it_cannot_hold),
        cmocka_unit_test(shapefile_write__out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
