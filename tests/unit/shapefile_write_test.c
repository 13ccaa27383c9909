#include <math.h>
#include <shapefil.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static nearer_table *new_table(const char *const *texts, const char *const *numbers)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    for (; *texts != NULL; texts++) nr_table_add_column(table, *texts, NR_TEXT_COLUMN);
    for (; *numbers != NULL; numbers++) nr_table_add_column(table, *numbers, 3);
    return table;
}

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static nearer_table *points(void)
{
    return new_table(NAMES("id"), NAMES("lon_deg", "lat_deg", "score"));
}

static nearer_table *ends(void)
{
    return new_table(NAMES("id"), NAMES("from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg",
                                        "length_km"));
}

/* Writes the table, frees it and reads what was written. */
static nearer_table *again(nearer_table *table, const char *path)
{
    nearer_table *out = NULL;
    assert_ok(nearer_table_write(table, path, &err));
    nearer_table_free(table);
    assert_ok(nearer_table_read(&out, path, NULL, &err));
    return out;
}

static const char *text_at(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t c = nearer_table_find(table, column);
    if (c < 0) fail_msg("there is no column %s", column);
    return nearer_table_text(table, row, (size_t)c);
}

static double number_at(const nearer_table *table, size_t row, const char *column)
{
    double value = 0;
    ptrdiff_t c = nearer_table_find(table, column);
    if (c < 0) fail_msg("there is no column %s", column);
    assert_ok(nr_table_read_number(&value, table, row, (size_t)c, &err));
    return value;
}

static void assert_columns(const nearer_table *table, const char *const *names)
{
    size_t n = 0;
    for (; names[n] != NULL; n++) assert_string_equal(nearer_table_column_name(table, n), names[n]);
    assert_int_equal(nearer_table_columns(table), n);
}

static void shapefile__of_no_rows_has_its_columns(void **state)
{
    (void)state;
    nearer_table *table = again(points(), "shpw_empty.shp");
    assert_int_equal(nearer_table_rows(table), 0);
    assert_columns(table, NAMES("id", "score", "lon_deg", "lat_deg"));
    assert_string_equal(nr_table_facts(table)->type, "POINT");
    nearer_table_free(table);
}

static void shapefile__of_one_point_reads_as_the_same(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "武汉", 114.3055, 30.5928, 0.1);
    table = again(table, "shpw_one.shp");
    assert_int_equal(nearer_table_rows(table), 1);
    assert_string_equal(text_at(table, 0, "id"), "武汉");
    assert_string_equal(text_at(table, 0, "score"), "0.1");
    assert_true(number_at(table, 0, "lon_deg") == 114.3055);
    assert_true(number_at(table, 0, "lat_deg") == 30.5928);
    const nr_layer_facts *facts = nr_table_facts(table);
    assert_string_equal(facts->encoding, "UTF-8");
    assert_string_equal(facts->crs, "WGS 84");
    nearer_table_free(table);
}

static void shapefile__keeps_every_number_but_infinite_ones(void **state)
{
    (void)state;
    static const double values[] = {0,      -0.1,   1.0 / 3,  1e15,    123456789012345678.0,
                                    1e-300, 1e300,  -2.5e-17, 1e22,    -1.2345678901234567e-308,
                                    5e-324, 0.0001, 99999,    -114.25, 1.7976931348623157e308};
    enum { N = sizeof values / sizeof *values };
    nearer_table *table = points();
    for (size_t i = 0; i < N; i++) nr_table_put(table, "x", 1.0, 2.0, values[i]);
    nr_table_put(table, "x", 1.0, 2.0, INFINITY);
    nr_table_put(table, "x", 1.0, 2.0, -INFINITY);
    nr_table_put(table, "x", 1.0, 2.0, NAN);
    table = again(table, "shpw_numbers.shp");
    for (size_t i = 0; i < N; i++) assert_true(number_at(table, i, "score") == values[i]);
    for (size_t i = N; i < N + 3; i++) assert_string_equal(text_at(table, i, "score"), "");
    nearer_table_free(table);
}

static void shapefile__gives_a_column_of_numbers_its_own_decimals(void **state)
{
    (void)state;
    static const double values[] = {1, -12.5, 100.125};
    nearer_table *table = points();
    for (size_t i = 0; i < 3; i++) nr_table_put(table, "x", 1.0, 2.0, values[i]);
    table = again(table, "shpw_decimals.shp");
    assert_string_equal(text_at(table, 0, "score"), "1.000");
    assert_string_equal(text_at(table, 1, "score"), "-12.500");
    assert_string_equal(text_at(table, 2, "score"), "100.125");
    nearer_table_free(table);
    DBFHandle dbf = DBFOpen("shpw_decimals.dbf", "rb");
    int width = 0, decimals = 0;
    assert_int_equal(DBFGetFieldInfo(dbf, 1, NULL, &width, &decimals), FTDouble);
    assert_int_equal(width, 7);
    assert_int_equal(decimals, 3);
    DBFClose(dbf);
}

static void shapefile__keeps_random_points(void **state)
{
    (void)state;
    enum { N = 300 };
    uint64_t seed = 88172645463325252u;
    nearer_table *table = points(), *copy = points();
    for (size_t i = 0; i < N; i++) {
        double v[3];
        char id[40];
        for (size_t k = 0; k < 3; k++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            v[k] = (double)(seed >> 11) / 9007199254740992.0;
        }
        snprintf(id, sizeof id, "Ort %zu é武", i);
        v[2] = i % 7 == 0 ? NAN : v[2] * pow(10, (double)(i % 5));
        nr_table_put(table, id, 360 * v[0] - 180, 180 * v[1] - 90, v[2]);
        nr_table_put(copy, id, 360 * v[0] - 180, 180 * v[1] - 90, v[2]);
    }
    table = again(table, "shpw_random.shp");
    for (size_t i = 0; i < N; i++) {
        assert_string_equal(text_at(table, i, "id"), text_at(copy, i, "id"));
        assert_true(number_at(table, i, "lon_deg") == number_at(copy, i, "lon_deg"));
        assert_true(number_at(table, i, "lat_deg") == number_at(copy, i, "lat_deg"));
        double a = number_at(table, i, "score"), b = number_at(copy, i, "score");
        assert_true(a == b || (isnan(a) && isnan(b)));
    }
    nearer_table_free(table);
    nearer_table_free(copy);
}

static void shapefile__draws_lines_through_their_vertices(void **state)
{
    (void)state;
    static const nr_lonlat bent[] = {{1, 2}, {1.5, 2.25}, {1.0 / 3, -0.1}}, dot[] = {{7, 8}};
    nearer_table *table = ends();
    nr_table_put(table, "bent", 1.0, 2.0, 1.0 / 3, -0.1, 312.5);
    nr_table_put(table, "none", NAN, NAN, NAN, NAN, NAN);
    nr_table_put(table, "dot", 7.0, 8.0, 7.0, 8.0, 0.0);
    nr_table_put(table, "ends", 1.0, 2.0, 3.0, 4.0, 1.0);
    nr_table_set_line(table, 0, bent, 3);
    nr_table_set_line(table, 2, dot, 1);
    table = again(table, "shpw_lines.shp");
    size_t n = 0;
    const nr_lonlat *line = nr_table_line(table, 0, &n);
    assert_int_equal(n, 3);
    assert_memory_equal(line, bent, sizeof bent);
    nr_table_line(table, 1, &n);
    assert_int_equal(n, 0);
    nr_table_line(table, 2, &n);
    assert_int_equal(n, 2);
    nr_table_line(table, 3, &n);
    assert_int_equal(n, 2);
    assert_columns(table, NAMES("id", "length_km", "from_lon_deg", "from_lat_deg", "to_lon_deg",
                                "to_lat_deg"));
    assert_true(number_at(table, 0, "length_km") == 312.5);
    assert_true(number_at(table, 0, "to_lon_deg") == 1.0 / 3);
    assert_true(isnan(number_at(table, 1, "from_lon_deg")));
    assert_true(number_at(table, 3, "to_lat_deg") == 4);
    assert_int_equal(nr_table_facts(table)->kinds[NR_SHAPE_NONE], 1);
    nearer_table_free(table);
}

static void shapefile__has_no_shape_where_the_position_is_missing(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "lost", NAN, 2.0, 1.0);
    nr_table_put(table, "there", 3.0, 4.0, 1.0);
    table = again(table, "shpw_missing.shp");
    assert_true(isnan(number_at(table, 0, "lat_deg")));
    assert_true(number_at(table, 1, "lat_deg") == 4);
    assert_string_equal(text_at(table, 0, "id"), "lost");
    nearer_table_free(table);
}

static void shapefile__shortens_names_and_keeps_them_apart(void **state)
{
    (void)state;
    nearer_table *table =
        new_table(NAMES("mean_time_min", "mean_t_min", "mean_time_hours", "population",
                        "populations", "Population_density", "人口总数", "a_b"),
                  NAMES("lon_deg", "lat_deg", "mean_times_min"));
    nr_table_put(table, "1", "2", "3", "4", "5", "6", "7", "8", 1.0, 2.0, 9.0);
    table = again(table, "shpw_names.shp");
    assert_columns(table, NAMES("mean_2_min", "mean_t_min", "mean_time", "population", "populati_2",
                                "Populati_3", "人口总", "a_b", "mean_3_min", "lon_deg", "lat_deg"));
    assert_string_equal(text_at(table, 0, "mean_2_min"), "1");
    assert_string_equal(text_at(table, 0, "mean_3_min"), "9");
    nearer_table_free(table);
}

static void shapefile__cuts_long_texts_at_a_character(void **state)
{
    (void)state;
    char longest[300] = "", too_long[300] = "";
    memset(longest, 'a', 254);
    memset(too_long, 'b', 253);
    strcat(too_long, "武汉"); /* 3 bytes each: no room for the first */
    nearer_table *table = points();
    nr_table_put(table, longest, 1.0, 2.0, 1.0);
    nr_table_put(table, too_long, 1.0, 2.0, 1.0);
    table = again(table, "shpw_long.shp");
    assert_string_equal(text_at(table, 0, "id"), longest);
    too_long[253] = 0;
    assert_string_equal(text_at(table, 1, "id"), too_long);
    nearer_table_free(table);
}

static void shapefile__of_positions_alone_numbers_its_rows(void **state)
{
    (void)state;
    nearer_table *table = new_table(NAMES(NULL), NAMES("lon_deg", "lat_deg"));
    nr_table_put(table, 1.0, 2.0);
    nr_table_put(table, 3.0, 4.0);
    table = again(table, "shpw_alone.shp");
    assert_columns(table, NAMES("row", "lon_deg", "lat_deg"));
    assert_string_equal(text_at(table, 1, "row"), "2");
    assert_true(number_at(table, 1, "lon_deg") == 3);
    nearer_table_free(table);
}

static void assert_same_file(const char *a, const char *b, size_t at_least)
{
    struct stat about;
    assert_int_equal(stat(a, &about), 0);
    size_t size = (size_t)about.st_size;
    assert_int_equal(stat(b, &about), 0);
    assert_int_equal(size, about.st_size);
    assert_true(size >= at_least);
    char *first = read_file(a), *second = read_file(b);
    assert_memory_equal(first, second, size);
    free(first);
    free(second);
}

static void shapefile__of_the_same_table_is_the_same_bytes(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "a", 1.0, 2.0, 3.0);
    assert_ok(nearer_table_write(table, "shpw_same_a.shp", &err));
    assert_ok(nearer_table_write(table, "shpw_same_b.shp", &err));
    assert_same_file("shpw_same_a.shp", "shpw_same_b.shp", 128);
    assert_same_file("shpw_same_a.shx", "shpw_same_b.shx", 108);
    assert_same_file("shpw_same_a.dbf", "shpw_same_b.dbf", 100);
    char *dbf = read_file("shpw_same_a.dbf"), *cpg = read_file("shpw_same_a.cpg"),
         *prj = read_file("shpw_same_a.prj");
    assert_memory_equal(dbf + 1, "\x46\x01\x01", 3); /* 1970-01-01, not today */
    assert_string_equal(cpg, "UTF-8\n");
    assert_ptr_equal(strstr(prj, "GEOGCS[\"GCS_WGS_1984\""), prj);
    free(dbf);
    free(cpg);
    free(prj);
    nearer_table_free(table);
}

static void shapefile__is_read_by_shapelib(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "a", 1.5, 2.5, 3.0);
    nr_table_put(table, "b", -4.0, 5.0, NAN);
    assert_ok(nearer_table_write(table, "shpw_lib.shp", &err));
    nearer_table_free(table);
    SHPHandle shp = SHPOpen("shpw_lib.shp", "rb");
    DBFHandle dbf = DBFOpen("shpw_lib.dbf", "rb");
    int n = 0, type = 0;
    double least[4], most[4];
    SHPGetInfo(shp, &n, &type, least, most);
    assert_int_equal(n, 2);
    assert_int_equal(type, SHPT_POINT);
    assert_true(least[0] == -4 && least[1] == 2.5 && most[0] == 1.5 && most[1] == 5);
    assert_int_equal(DBFGetRecordCount(dbf), 2);
    assert_string_equal(DBFReadStringAttribute(dbf, 1, 0), "b");
    assert_int_equal(DBFReadIntegerAttribute(dbf, 0, 1), 3);
    assert_true(DBFIsAttributeNULL(dbf, 1, 1));
    SHPClose(shp);
    DBFClose(dbf);
}

static void shapefile__needs_positions(void **state)
{
    (void)state;
    nearer_table *table = new_table(NAMES("id"), NAMES("lon_deg"));
    assert_fails(nearer_table_write(table, "shpw_none.shp", &err), NEARER_VALUE,
                 "write it as .csv");
    assert_null(fopen("shpw_none.shp", "rb"));
    assert_null(fopen("shpw_none.dbf", "rb"));
    nearer_table_free(table);
}

static void shapefile__has_no_room_for_records_over_64_kb(void **state)
{
    (void)state;
    char text[255], name[16];
    memset(text, 'a', 254);
    text[254] = 0;
    nearer_table *table = new_table(NAMES("id"), NAMES("lon_deg", "lat_deg"));
    nr_table_put(table, text, 1.0, 2.0);
    for (size_t i = 0; i < 259; i++) {
        snprintf(name, sizeof name, "c%zu", i);
        size_t column = nr_table_add_column(table, name, NR_TEXT_COLUMN);
        nr_table_set_text(table, 0, column, text, i < 257 ? 254 : 2);
    }
    assert_fails(nearer_table_write(table, "shpw_wide.shp", &err), NEARER_VALUE,
                 "260 columns of 65536 bytes a row");
    assert_null(fopen("shpw_wide.shp", "rb"));
    nearer_table_free(table);
}

static void shapefile__survives_every_failed_allocation(void **state)
{
    (void)state;
    static const nr_lonlat bent[] = {{1, 2}, {1.5, 2.25}, {3, 4}};
    nearer_table *table = ends();
    nr_table_put(table, "bent", 1.0, 2.0, 3.0, 4.0, 312.5);
    nr_table_set_line(table, 0, bent, 3);
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    remove("shpw_starved.shp");
    for (; status != NEARER_OK && allowed < 10000; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nearer_table_write(table, "shpw_starved.shp", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_null(fopen("shpw_starved.shp", "rb"));
    }
    assert_true(allowed > 15);
    table = again(table, "shpw_starved.shp");
    assert_string_equal(text_at(table, 0, "id"), "bent");
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapefile__of_no_rows_has_its_columns),
        cmocka_unit_test(shapefile__of_one_point_reads_as_the_same),
        cmocka_unit_test(shapefile__keeps_every_number_but_infinite_ones),
        cmocka_unit_test(shapefile__gives_a_column_of_numbers_its_own_decimals),
        cmocka_unit_test(shapefile__keeps_random_points),
        cmocka_unit_test(shapefile__draws_lines_through_their_vertices),
        cmocka_unit_test(shapefile__has_no_shape_where_the_position_is_missing),
        cmocka_unit_test(shapefile__shortens_names_and_keeps_them_apart),
        cmocka_unit_test(shapefile__cuts_long_texts_at_a_character),
        cmocka_unit_test(shapefile__of_positions_alone_numbers_its_rows),
        cmocka_unit_test(shapefile__of_the_same_table_is_the_same_bytes),
        cmocka_unit_test(shapefile__is_read_by_shapelib),
        cmocka_unit_test(shapefile__needs_positions),
        cmocka_unit_test(shapefile__has_no_room_for_records_over_64_kb),
        cmocka_unit_test(shapefile__survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
