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

static nearer_table *lines(void)
{
    static const char *const ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    nearer_table *table = new_table();
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, ends[i], 4);
    nr_table_add_column(table, "length_km", 1);
    return table;
}

static void assert_line(const cJSON *features, int feature, const double *expected, int n)
{
    const cJSON *geometry = cJSON_GetObjectItem(cJSON_GetArrayItem(features, feature), "geometry");
    assert_string_equal(cJSON_GetObjectItem(geometry, "type")->valuestring, "LineString");
    const cJSON *at = cJSON_GetObjectItem(geometry, "coordinates");
    assert_int_equal(cJSON_GetArraySize(at), n);
    for (int i = 0; i < 2 * n; i++)
        assert_true(cJSON_GetArrayItem(cJSON_GetArrayItem(at, i / 2), i % 2)->valuedouble ==
                    expected[i]);
}

static void geojson__has_lines_as_drawn_or_from_end_to_end(void **state)
{
    (void)state;
    static const nr_lonlat bent[] = {{1, 2}, {1.5, 2.25}, {3, 4}};
    nearer_table *table = lines();
    nr_table_put(table, "bent", 1.0, 2.0, 3.0, 4.0, 7.5);
    nr_table_put(table, "straight", 5.0, 6.0, 7.0, 8.0, NAN);
    nr_table_put(table, "nowhere", 5.0, NAN, 7.0, 8.0, 1.0);
    nr_table_set_line(table, 0, bent, 3);
    cJSON *json = written(table, "geojson_lines.geojson");
    const cJSON *features = cJSON_GetObjectItem(json, "features");
    assert_int_equal(cJSON_GetArraySize(features), 3);
    assert_line(features, 0, (const double[]){1, 2, 1.5, 2.25, 3, 4}, 3);
    assert_line(features, 1, (const double[]){5, 6, 7, 8}, 2);
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(cJSON_GetArrayItem(features, 2), "geometry")) !=
                0);
    /* the ends are the geometry, the length is not */
    const cJSON *properties = cJSON_GetObjectItem(cJSON_GetArrayItem(features, 0), "properties");
    assert_int_equal(cJSON_GetArraySize(properties), 2);
    assert_true(cJSON_GetObjectItem(properties, "length_km")->valuedouble == 7.5);
    cJSON_Delete(json);
    nearer_table *back = NULL;
    size_t n;
    assert_ok(nearer_table_read(&back, "geojson_lines.geojson", NULL, &err));
    assert_int_equal(nearer_table_rows(back), 3);
    assert_memory_equal(nr_table_line(back, 0, &n), bent, sizeof bent);
    assert_int_equal(n, 3);
    nr_table_line(back, 2, &n);
    assert_int_equal(n, 0);
    nearer_table_free(back);
    nearer_table_free(table);
}

static void geojson__has_numbers_of_a_file_as_numbers_and_names_as_names(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(
        nearer_table_read(&table,
                          write_file("geojson_numbers.csv", "lon_deg,lat_deg,km,code,big,date\n"
                                                            "1,2,12.50,007,1234567890123456,2010\n"
                                                            "1,2,.5,008,1,2010-05\n1,2,,,,\n"),
                          NULL, &err));
    cJSON *json = written(table, "geojson_numbers.geojson");
    const cJSON *features = cJSON_GetObjectItem(json, "features");
    const cJSON *first = cJSON_GetObjectItem(cJSON_GetArrayItem(features, 0), "properties");
    const cJSON *second = cJSON_GetObjectItem(cJSON_GetArrayItem(features, 1), "properties");
    const cJSON *third = cJSON_GetObjectItem(cJSON_GetArrayItem(features, 2), "properties");
    assert_true(cJSON_GetObjectItem(first, "km")->valuedouble == 12.5);
    assert_true(cJSON_GetObjectItem(second, "km")->valuedouble == 0.5);
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(third, "km")) != 0);
    assert_string_equal(cJSON_GetObjectItem(first, "code")->valuestring, "007");
    assert_string_equal(cJSON_GetObjectItem(first, "big")->valuestring, "1234567890123456");
    assert_string_equal(cJSON_GetObjectItem(first, "date")->valuestring, "2010");
    cJSON_Delete(json);
    nearer_table_free(table);
}

static void geojson__out_of_memory_leaves_nothing(void **state)
{
    (void)state;
    nearer_table *table = lines();
    nr_table_put(table, "straight", 5.0, 6.0, 7.0, 8.0, 1.0);
    for (long allowed = 0;; allowed++) {
        remove("geojson_memory.geojson");
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_table_write(table, "geojson_memory.geojson", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_true(allowed > 2);
            break;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_false(nr_file_exists("geojson_memory.geojson"));
    }
    nearer_table_free(table);
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
        cmocka_unit_test(geojson__has_lines_as_drawn_or_from_end_to_end),
        cmocka_unit_test(geojson__has_numbers_of_a_file_as_numbers_and_names_as_names),
        cmocka_unit_test(geojson__out_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
