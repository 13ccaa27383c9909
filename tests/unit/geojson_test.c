#include <cJSON.h>
#include <math.h>

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
    nr_table_add_column(table, "lat_deg", 4); /* in the other order than GeoJSON's */
    nr_table_add_column(table, "score", 1);
    nr_table_add_column(table, "lon_deg", 4);
    return table;
}

/* Writes the table and reads the file as JSON. */
static cJSON *written(const nearer_table *table, const char *path)
{
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nearer_table_write(table, path, &err));
    assert_ok(nr_file_read(&bytes, &length, path, &err));
    cJSON *json = cJSON_ParseWithOpts(bytes, NULL, 1);
    nr_free(bytes);
    assert_non_null(json);
    assert_string_equal(cJSON_GetObjectItem(json, "type")->valuestring, "FeatureCollection");
    return json;
}

static void geojson__of_no_rows_is_an_empty_collection(void **state)
{
    (void)state;
    nearer_table *table = points();
    cJSON *json = written(table, "geojson_empty.geojson");
    assert_true(cJSON_IsArray(cJSON_GetObjectItem(json, "features")) != 0);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "features")), 0);
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__has_longitude_first_and_the_rest_as_properties(void **state)
{
    (void)state;
    nearer_table *table = points();
    nr_table_put(table, "wu\"han", 30.5928, 12.25, 114.3055);
    nr_table_put(table, "", -90.0, NAN, -180.0);
    cJSON *json = written(table, "geojson_points.geojson");
    const cJSON *features = cJSON_GetObjectItem(json, "features");
    assert_int_equal(cJSON_GetArraySize(features), 2);
    const cJSON *first = cJSON_GetArrayItem(features, 0);
    assert_string_equal(cJSON_GetObjectItem(first, "type")->valuestring, "Feature");
    const cJSON *geometry = cJSON_GetObjectItem(first, "geometry");
    assert_string_equal(cJSON_GetObjectItem(geometry, "type")->valuestring, "Point");
    const cJSON *at = cJSON_GetObjectItem(geometry, "coordinates");
    assert_int_equal(cJSON_GetArraySize(at), 2);
    assert_true(cJSON_GetArrayItem(at, 0)->valuedouble == 114.3055);
    assert_true(cJSON_GetArrayItem(at, 1)->valuedouble == 30.5928);
    const cJSON *properties = cJSON_GetObjectItem(first, "properties");
    assert_int_equal(cJSON_GetArraySize(properties), 2);
    assert_string_equal(cJSON_GetObjectItem(properties, "id")->valuestring, "wu\"han");
    assert_true(cJSON_GetObjectItem(properties, "score")->valuedouble == 12.25);
    properties = cJSON_GetObjectItem(cJSON_GetArrayItem(features, 1), "properties");
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(properties, "id")) != 0);
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(properties, "score")) != 0);
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__of_positions_alone_has_empty_properties(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    nr_table_put(table, 1.0, 2.0);
    cJSON *json = written(table, "geojson_bare.geojson");
    const cJSON *feature = cJSON_GetObjectItem(json, "features")->child;
    assert_true(cJSON_IsObject(cJSON_GetObjectItem(feature, "properties")) != 0);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(feature, "properties")), 0);
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__of_a_table_that_was_read_has_numbers_as_coordinates(void **state)
{
    (void)state;
    /* RFC 7946, 3.1.1: a position is an array of numbers; a CSV's columns are texts */
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(
        &table, write_file("geojson_read.csv", "id,lon_deg,lat_deg\na,114.3055,30.5928\n"), NULL,
        &err));
    cJSON *json = written(table, "geojson_read.geojson");
    const cJSON *feature = cJSON_GetObjectItem(json, "features")->child;
    const cJSON *at = cJSON_GetObjectItem(cJSON_GetObjectItem(feature, "geometry"), "coordinates");
    assert_true(cJSON_IsNumber(cJSON_GetArrayItem(at, 0)) != 0);
    assert_true(cJSON_GetArrayItem(at, 0)->valuedouble == 114.3055);
    assert_true(cJSON_GetArrayItem(at, 1)->valuedouble == 30.5928);
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__has_no_geometry_where_the_position_is_missing(void **state)
{
    (void)state;
    /* RFC 7946, 3.2: an unlocated feature has null as its geometry; null is no coordinate */
    nearer_table *table = points();
    nr_table_put(table, "lost", NAN, 1.0, 114.0);
    cJSON *json = written(table, "geojson_missing.geojson");
    const cJSON *feature = cJSON_GetObjectItem(json, "features")->child;
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(feature, "geometry")) != 0);
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__needs_both_coordinates(void **state)
{
    (void)state;
    nearer_table *none = new_table(), *half = new_table();
    nr_table_add_column(none, "id", NR_TEXT_COLUMN);
    nr_table_add_column(half, "lon_deg", 4);
    remove("geojson_none.geojson");
    assert_fails(nearer_table_write(none, "geojson_none.geojson", &err), NEARER_VALUE,
                 "lon_deg and lat_deg");
    assert_fails(nearer_table_write(half, "geojson_none.geojson", &err), NEARER_VALUE,
                 "lon_deg and lat_deg");
    assert_null(fopen("geojson_none.geojson", "rb"));
    nearer_table_free(none);
    nearer_table_free(half);
}

static const cJSON *geometry_of(const cJSON *json, int feature)
{
    return cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(json, "features"), feature),
                               "geometry");
}

static const cJSON *properties_of(const cJSON *json, int feature)
{
    return cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(json, "features"), feature),
                               "properties");
}

static void assert_line(const cJSON *geometry, const nr_lonlat *expected, int n)
{
    assert_string_equal(cJSON_GetObjectItem(geometry, "type")->valuestring, "LineString");
    const cJSON *coordinates = cJSON_GetObjectItem(geometry, "coordinates");
    assert_int_equal(cJSON_GetArraySize(coordinates), n);
    for (int i = 0; i < n; i++) {
        const cJSON *at = cJSON_GetArrayItem(coordinates, i);
        assert_int_equal(cJSON_GetArraySize(at), 2);
        assert_true(cJSON_GetArrayItem(at, 0)->valuedouble == expected[i].lon);
        assert_true(cJSON_GetArrayItem(at, 1)->valuedouble == expected[i].lat);
    }
}

static nearer_table *ends(void)
{
    nearer_table *table = new_table();
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "from_lon_deg", 4);
    nr_table_add_column(table, "from_lat_deg", 4);
    nr_table_add_column(table, "to_lon_deg", 4);
    nr_table_add_column(table, "to_lat_deg", 4);
    nr_table_add_column(table, "length_km", 1);
    return table;
}

static void geojson__draws_lines_through_their_vertices(void **state)
{
    (void)state;
    static const nr_lonlat bent[] = {{1, 2}, {1.5, 2.25}, {3, 4}}, dot[] = {{7, 8}, {7, 8}};
    nearer_table *table = ends();
    nr_table_put(table, "bent", 1.0, 2.0, 3.0, 4.0, 312.5);
    nr_table_put(table, "dot", 7.0, 8.0, 7.0, 8.0, 0.0);
    nr_table_put(table, "none", NAN, NAN, NAN, NAN, NAN);
    nr_table_set_line(table, 0, bent, 3);
    nr_table_set_line(table, 1, dot, 1);
    cJSON *json = written(table, "geojson_lines.geojson");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "features")), 3);
    assert_line(geometry_of(json, 0), bent, 3);
    assert_line(geometry_of(json, 1), dot, 2);
    assert_true(cJSON_IsNull(geometry_of(json, 2)) != 0);
    assert_int_equal(cJSON_GetArraySize(properties_of(json, 0)), 2);
    assert_true(cJSON_GetObjectItem(properties_of(json, 0), "length_km")->valuedouble == 312.5);
    assert_string_equal(cJSON_GetObjectItem(properties_of(json, 2), "id")->valuestring, "none");
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__draws_lines_between_their_ends(void **state)
{
    (void)state;
    static const nr_lonlat straight[] = {{1, 2}, {3, 4}};
    nearer_table *table = ends();
    nr_table_put(table, "straight", 1.0, 2.0, 3.0, 4.0, 300.0);
    nr_table_put(table, "half", 1.0, 2.0, NAN, 4.0, 5.0);
    cJSON *json = written(table, "geojson_ends.geojson");
    assert_line(geometry_of(json, 0), straight, 2);
    assert_true(cJSON_IsNull(geometry_of(json, 1)) != 0);
    assert_int_equal(cJSON_GetArraySize(properties_of(json, 1)), 2);
    assert_true(cJSON_GetObjectItem(properties_of(json, 1), "length_km")->valuedouble == 5);
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__of_lines_reads_as_the_same(void **state)
{
    (void)state;
    static const nr_lonlat bent[] = {{1, 2}, {1.5, 2.25}, {1.0 / 3, -0.1}};
    nearer_table *table = ends(), *again = NULL;
    nr_table_put(table, "武汉", 1.0, 2.0, 1.0 / 3, -0.1, 312.5);
    nr_table_set_line(table, 0, bent, 3);
    assert_ok(nearer_table_write(table, "geojson_again.geojson", &err));
    assert_ok(nearer_table_read(&again, "geojson_again.geojson", NULL, &err));
    assert_int_equal(nearer_table_rows(again), 1);
    for (size_t c = 0; c < 5; c++) {
        char a[NR_NUMBER_TEXT], b[NR_NUMBER_TEXT];
        ptrdiff_t at = nearer_table_find(again, nearer_table_column_name(table, c));
        assert_true(at >= 0);
        assert_string_equal(nr_table_cell(again, 0, (size_t)at, a), nr_table_cell(table, 0, c, b));
    }
    size_t n = 0;
    const nr_lonlat *line = nr_table_line(again, 0, &n);
    assert_int_equal(n, 3);
    assert_memory_equal(line, bent, sizeof bent);
    nearer_table_free(table);
    nearer_table_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geojson__of_no_rows_is_an_empty_collection),
        cmocka_unit_test(geojson__has_longitude_first_and_the_rest_as_properties),
        cmocka_unit_test(geojson__of_positions_alone_has_empty_properties),
        cmocka_unit_test(geojson__of_a_table_that_was_read_has_numbers_as_coordinates),
        cmocka_unit_test(geojson__has_no_geometry_where_the_position_is_missing),
        cmocka_unit_test(geojson__needs_both_coordinates),
        cmocka_unit_test(geojson__draws_lines_through_their_vertices),
        cmocka_unit_test(geojson__draws_lines_between_their_ends),
        cmocka_unit_test(geojson__of_lines_reads_as_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
