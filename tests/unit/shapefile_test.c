#include <math.h>
#include <shapefil.h>

#include "base/memory.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static const double PI = 3.14159265358979323846;
/* a degree of the equator on WGS 84 */
static double degree_km(void)
{
    return 6378.137 * PI / 180;
}

/* A shapefile being written: one text attribute NAME and one number KM. */
typedef struct writer {
    SHPHandle shapes;
    DBFHandle attributes;
    int records;
} writer;

static writer begin(const char *path, int type)
{
    writer w = {SHPCreate(path, type), DBFCreate(path), 0};
    assert_non_null(w.shapes);
    assert_non_null(w.attributes);
    assert_int_equal(DBFAddField(w.attributes, "NAME", FTString, 20, 0), 0);
    assert_int_equal(DBFAddField(w.attributes, "KM", FTDouble, 10, 2), 1);
    return w;
}

static void add_shape(writer *w, int type, int parts, const int *starts, int n, const double *x,
                      const double *y)
{
    double z[16] = {0};
    SHPObject *shape = SHPCreateObject(type, -1, parts, starts, NULL, n, x, y, z, z);
    assert_non_null(shape);
    assert_int_not_equal(SHPWriteObject(w->shapes, -1, shape), -1);
    SHPDestroyObject(shape);
}

static void add_record(writer *w, const char *name, double km)
{
    int record = w->records++;
    if (name == NULL)
        DBFWriteNULLAttribute(w->attributes, record, 0);
    else
        DBFWriteStringAttribute(w->attributes, record, 0, name);
    if (isnan(km))
        DBFWriteNULLAttribute(w->attributes, record, 1);
    else
        DBFWriteDoubleAttribute(w->attributes, record, 1, km);
}

static void add_point(writer *w, const char *name, double lon, double lat)
{
    add_shape(w, SHPT_POINT, 0, NULL, 1, &lon, &lat);
    add_record(w, name, 1);
}

static void end(writer *w)
{
    SHPClose(w->shapes);
    DBFClose(w->attributes);
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

static double cell(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t found = nearer_table_find(table, column);
    if (found < 0) fail_msg("no column %s", column);
    return nearer_table_number(table, row, (size_t)found);
}

static void assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("%.12g is not %.12g within %g", found, expected, tolerance);
}

static void shapefile__of_no_shapes_has_columns_and_no_rows(void **state)
{
    (void)state;
    writer w = begin("shape_none.shp", SHPT_POINT);
    end(&w);
    nearer_table *table = read_layer("shape_none.shp");
    assert_int_equal(nearer_table_rows(table), 0);
    assert_int_equal(nearer_table_columns(table), 4);
    assert_string_equal(nearer_table_column_name(table, 0), "NAME");
    assert_string_equal(nearer_table_column_name(table, 1), "KM");
    assert_string_equal(nearer_table_column_name(table, 2), "lon_deg");
    assert_string_equal(nearer_table_column_name(table, 3), "lat_deg");
    nearer_table_free(table);
}

static void shapefile__has_a_point_s_position_and_attributes(void **state)
{
    (void)state;
    writer w = begin("shape_point.shp", SHPT_POINT);
    double lon = 114.3055, lat = 30.5928;
    add_shape(&w, SHPT_POINT, 0, NULL, 1, &lon, &lat);
    add_record(&w, "  Wuhan, Hubei ", 12.5);
    end(&w);
    nearer_table *table = read_layer("shape_point.shp");
    assert_int_equal(nearer_table_rows(table), 1);
    assert_string_equal(nearer_table_text(table, 0, 0), "Wuhan, Hubei");
    assert_int_equal(nearer_table_column_decimals(table, 1), 2); /* a number field */
    assert_true(cell(table, 0, "KM") == 12.5);
    assert_true(cell(table, 0, "lon_deg") == 114.3055);
    assert_true(cell(table, 0, "lat_deg") == 30.5928);
    char where[NR_WHERE];
    assert_string_equal(nr_table_where(table, 0, where), "shape_point.shp record 1");
    nearer_table_free(table);
}

static void shapefile__has_missing_cells_where_attributes_are_null(void **state)
{
    (void)state;
    writer w = begin("shape_null_cells.shp", SHPT_POINT);
    double zero = 0;
    add_shape(&w, SHPT_POINT, 0, NULL, 1, &zero, &zero);
    add_record(&w, NULL, NAN);
    add_shape(&w, SHPT_POINT, 0, NULL, 1, &zero, &zero);
    add_record(&w, "", 0);
    end(&w);
    nearer_table *table = read_layer("shape_null_cells.shp");
    assert_string_equal(nearer_table_text(table, 0, 0), "");
    assert_true(isnan(cell(table, 0, "KM")) != 0);
    assert_string_equal(nearer_table_text(table, 1, 0), "");
    assert_true(cell(table, 1, "KM") == 0);
    nearer_table_free(table);
}

static void shapefile__takes_points_with_heights_and_the_edges_of_degrees(void **state)
{
    (void)state;
    static const int types[] = {SHPT_POINTZ, SHPT_POINTM};
    static const double lon[] = {-180, 180}, lat[] = {-90, 90};
    for (size_t i = 0; i < 2; i++) {
        writer w = begin("shape_heights.shp", types[i]);
        for (int k = 0; k < 2; k++) {
            add_shape(&w, types[i], 0, NULL, 1, &lon[k], &lat[k]);
            add_record(&w, "edge", 0);
        }
        end(&w);
        nearer_table *table = read_layer("shape_heights.shp");
        assert_int_equal(nearer_table_rows(table), 2);
        assert_true(cell(table, 0, "lon_deg") == -180 && cell(table, 0, "lat_deg") == -90);
        assert_true(cell(table, 1, "lon_deg") == 180 && cell(table, 1, "lat_deg") == 90);
        nearer_table_free(table);
    }
}

static void shapefile__has_a_line_s_ends_and_length(void **state)
{
    (void)state;
    /* along the equator 0 -> 2 -> 1: ends 0 and 1, three degrees of length; then a line with
     * heights from the equator to a pole: the meridian quadrant, 10001.965729 km */
    writer w = begin("shape_line.shp", SHPT_ARCZ);
    add_shape(&w, SHPT_ARCZ, 0, NULL, 3, (double[]){0, 2, 1}, (double[]){0, 0, 0});
    add_record(&w, "there and back", 3);
    add_shape(&w, SHPT_ARCZ, 0, NULL, 2, (double[]){7, 7}, (double[]){0, 90});
    add_record(&w, "quadrant", 4);
    end(&w);
    nearer_table *table = read_layer("shape_line.shp");
    assert_int_equal(nearer_table_rows(table), 2);
    assert_int_equal(nearer_table_columns(table), 7);
    assert_true(cell(table, 0, "from_lon_deg") == 0 && cell(table, 0, "from_lat_deg") == 0);
    assert_true(cell(table, 0, "to_lon_deg") == 1 && cell(table, 0, "to_lat_deg") == 0);
    assert_near(cell(table, 0, "length_km"), 3 * degree_km(), 1e-8);
    assert_true(cell(table, 1, "from_lon_deg") == 7 && cell(table, 1, "to_lat_deg") == 90);
    assert_near(cell(table, 1, "length_km"), 10001.965729, 1e-6);
    nearer_table_free(table);
}

static void shapefile__has_a_row_for_each_part_of_a_line(void **state)
{
    (void)state;
    writer w = begin("shape_parts.shp", SHPT_ARC);
    add_shape(&w, SHPT_ARC, 0, NULL, 2, (double[]){5, 6}, (double[]){0, 0});
    add_record(&w, "one part", 1);
    add_shape(&w, SHPT_ARC, 3, (int[]){0, 2, 5}, 7, (double[]){0, 1, 10, 11, 13, 20, 24},
              (double[]){0, 0, 0, 0, 0, 0, 0});
    add_record(&w, "three parts", 2);
    end(&w);
    nearer_table *table = read_layer("shape_parts.shp");
    static const double from[] = {5, 0, 10, 20}, to[] = {6, 1, 13, 24}, degrees[] = {1, 1, 3, 4};
    assert_int_equal(nearer_table_rows(table), 4);
    for (size_t row = 0; row < 4; row++) {
        char where[NR_WHERE];
        assert_true(cell(table, row, "from_lon_deg") == from[row]);
        assert_true(cell(table, row, "to_lon_deg") == to[row]);
        assert_near(cell(table, row, "length_km"), degrees[row] * degree_km(), 1e-8);
        assert_string_equal(nearer_table_text(table, row, 0),
                            row == 0 ? "one part" : "three parts");
        assert_string_equal(nr_table_where(table, row, where),
                            row == 0 ? "shape_parts.shp record 1" : "shape_parts.shp record 2");
    }
    nearer_table_free(table);
}

static void shapefile__keeps_a_record_without_a_shape_that_has_no_position(void **state)
{
    (void)state;
    writer w = begin("shape_null.shp", SHPT_POINT);
    add_point(&w, "good", 1, 2);
    add_shape(&w, SHPT_NULL, 0, NULL, 0, NULL, NULL);
    add_record(&w, "nowhere", 1);
    end(&w);
    nearer_table *table = read_layer("shape_null.shp");
    assert_int_equal(nearer_table_rows(table), 2);
    assert_near(cell(table, 0, "lon_deg"), 1, 0);
    assert_true(isnan(cell(table, 1, "lon_deg")));
    assert_string_equal(nearer_table_text(table, 1, 0), "nowhere");
    assert_int_equal(nr_table_facts(table)->kinds[NR_SHAPE_NONE], 1);
    nearer_table_free(table);
}

static void shapefile__of_areas_gives_their_centres(void **state)
{
    (void)state;
    /* 4 x 2 degrees, less a hole in its east: 8 x 12 - 1 x 13.5 over 7 */
    static const double x[] = {10, 10, 14, 14, 10, 13, 14, 14, 13, 13};
    static const double y[] = {0, 2, 2, 0, 0, 0.5, 0.5, 1.5, 1.5, 0.5};
    writer w = begin("shape_polygon.shp", SHPT_POLYGON);
    add_shape(&w, SHPT_POLYGON, 2, (int[]){0, 5}, 10, x, y);
    add_record(&w, "area", 1);
    end(&w);
    nearer_table *table = read_layer("shape_polygon.shp");
    assert_int_equal(nearer_table_rows(table), 1);
    assert_near(cell(table, 0, "lon_deg"), (8 * 12 - 13.5) / 7, 1e-9);
    assert_near(cell(table, 0, "lat_deg"), 1, 1e-9);
    nearer_table_free(table);
}

static void shapefile__of_multipoints_has_a_row_a_point(void **state)
{
    (void)state;
    writer w = begin("shape_points.shp", SHPT_MULTIPOINT);
    add_shape(&w, SHPT_MULTIPOINT, 0, NULL, 2, (double[]){5, 6}, (double[]){1, 2});
    add_record(&w, "corners", 1);
    end(&w);
    nearer_table *table = read_layer("shape_points.shp");
    assert_int_equal(nearer_table_rows(table), 2);
    assert_near(cell(table, 1, "lon_deg"), 6, 0);
    assert_near(cell(table, 1, "lat_deg"), 2, 0);
    assert_string_equal(nearer_table_text(table, 1, 0), "corners");
    nearer_table_free(table);
}

static void shapefile__refuses_what_is_not_in_degrees(void **state)
{
    (void)state;
    static const double wrong[][2] = {
        {500000, 4000000}, {180.5, 0}, {0, -90.5}, {(double)NAN, 0}, {0, (double)INFINITY}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        writer w = begin("shape_metres.shp", SHPT_POINT);
        add_point(&w, "good", 10, 20);
        add_point(&w, "wrong", wrong[i][0], wrong[i][1]);
        end(&w);
        assert_refused("shape_metres.shp", NEARER_VALUE,
                       "is not in degrees of longitude and latitude");
        assert_non_null(strstr(err.message, "shape_metres.shp record 2: ("));
    }
    /* a vertex in the middle of a line */
    writer w = begin("shape_metres.shp", SHPT_ARC);
    add_shape(&w, SHPT_ARC, 0, NULL, 3, (double[]){0, 181, 1}, (double[]){0, 0, 0});
    add_record(&w, "line", 1);
    end(&w);
    assert_refused("shape_metres.shp", NEARER_VALUE, "record 1: (181, 0)");
}

static void shapefile__refuses_another_number_of_records_than_of_shapes(void **state)
{
    (void)state;
    double zero = 0;
    writer w = begin("shape_count.shp", SHPT_POINT);
    add_point(&w, "a", 1, 2);
    add_shape(&w, SHPT_POINT, 0, NULL, 1, &zero, &zero);
    end(&w);
    assert_refused("shape_count.shp", NEARER_SYNTAX,
                   "shape_count.shp: 2 shapes but 1 attribute records");
    w = begin("shape_count.shp", SHPT_POINT);
    add_record(&w, "a", 1);
    end(&w);
    assert_refused("shape_count.shp", NEARER_SYNTAX, "0 shapes but 1 attribute records");
}

static void shapefile__needs_only_the_shapes_themselves(void **state)
{
    (void)state;
    assert_refused("shape_no_such_file.shp", NEARER_IO,
                   "shape_no_such_file.shp: there is no such file");
    writer w = begin("shape_missing.shp", SHPT_POINT);
    add_point(&w, "a", 1, 2);
    end(&w);
    assert_int_equal(remove("shape_missing.dbf"), 0);
    nearer_table *table = read_layer("shape_missing.shp");
    assert_int_equal(nearer_table_columns(table), 2); /* no attributes: the position alone */
    assert_near(cell(table, 0, "lat_deg"), 2, 0);
    nearer_table_free(table);
}

static void shapefile__makes_an_index_that_is_missing(void **state)
{
    (void)state;
    writer w = begin("shape_noindex.shp", SHPT_POINT);
    add_point(&w, "a", 1, 2);
    add_point(&w, "b", 3, 4);
    end(&w);
    assert_int_equal(remove("shape_noindex.shx"), 0);
    nearer_table *table = read_layer("shape_noindex.shp");
    assert_int_equal(nearer_table_rows(table), 2);
    assert_near(cell(table, 1, "lon_deg"), 3, 0);
    assert_string_equal(nearer_table_text(table, 1, 0), "b");
    nearer_table_free(table);
    assert_null(fopen("shape_noindex.shx", "rb")); /* nothing is written beside it */
}

static void shapefile__refuses_what_is_no_shapefile(void **state)
{
    (void)state;
    writer w = begin("shape_broken.shp", SHPT_POINT);
    add_point(&w, "a", 1, 2);
    end(&w);
    static const char text[] = "this is a text and no shapefile, whatever its name says; it is "
                               "even longer than the hundred bytes of a header are\n";
    /* the index is whole: the one record is not */
    write_file("shape_broken.shp", text);
    assert_refused("shape_broken.shp", NEARER_SYNTAX, "shape_broken.shp");
    write_file("shape_broken.shp", "");
    assert_refused("shape_broken.shp", NEARER_SYNTAX,
                   "it is not a shapefile, or its .shx is damaged");
    w = begin("shape_broken.shp", SHPT_POINT);
    add_point(&w, "a", 1, 2);
    end(&w);
    write_file("shape_broken.shx", text);
    assert_refused("shape_broken.shp", NEARER_SYNTAX,
                   "it is not a shapefile, or its .shx is damaged");
    w = begin("shape_broken.shp", SHPT_POINT);
    add_point(&w, "a", 1, 2);
    end(&w);
    write_file("shape_broken.dbf", "");
    assert_refused("shape_broken.shp", NEARER_SYNTAX, "its attribute table (.dbf) cannot be read");
}

static void shapefile__refuses_a_file_that_ends_early(void **state)
{
    (void)state;
    writer w = begin("shape_whole.shp", SHPT_POINT);
    add_point(&w, "a", 1, 2);
    add_point(&w, "b", 3, 4);
    end(&w);
    /* 100 bytes of header, then 28 a point: 8 of record header, 4 of type and 16 of coordinates */
    unsigned char bytes[156];
    FILE *file = fopen("shape_whole.shp", "rb");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, sizeof bytes, file), sizeof bytes);
    fclose(file);
    file = fopen("shape_whole.shp", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, 140, file), 140);
    fclose(file);
    assert_refused("shape_whole.shp", NEARER_SYNTAX, "shape_whole.shp record 2");
}

static void shapefile__refuses_attributes_that_end_early(void **state)
{
    (void)state;
    writer w = begin("cut_dbf", SHPT_POINT);
    for (int i = 0; i < 4; i++) add_point(&w, "x", i, 0);
    end(&w);
    /* a head of 32 bytes, 32 a field and 1, then 31 a record: two and a half of them */
    char bytes[97 + 77];
    FILE *file = fopen("cut_dbf.dbf", "rb");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, sizeof bytes, file), sizeof bytes);
    fclose(file);
    file = fopen("cut_dbf.dbf", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, sizeof bytes, file), sizeof bytes);
    fclose(file);
    assert_refused("cut_dbf.shp", NEARER_SYNTAX,
                   "cut_dbf.dbf: it is cut off: 2 records of the 4 its head promises");
}

static void shapefile__refuses_parts_that_do_not_begin_at_the_beginning(void **state)
{
    (void)state;
    static const double x[] = {0, 1, 2, 3}, y[] = {0, 0, 0, 0};
    writer w = begin("shape_parts", SHPT_ARC);
    add_shape(&w, SHPT_ARC, 2, (const int[]){0, 2}, 4, x, y);
    add_record(&w, "a", 1);
    end(&w);
    /* head, record's head, type, box, both counts */
    FILE *file = fopen("shape_parts.shp", "rb+");
    assert_non_null(file);
    assert_int_equal(fseek(file, 100 + 8 + 4 + 32 + 8, SEEK_SET), 0);
    fputc(1, file);
    fclose(file);
    assert_refused("shape_parts.shp", NEARER_SYNTAX,
                   "record 1: its first part begins at vertex 1, 0 was expected");
}

static void shapefile__has_dates_with_dashes(void **state)
{
    (void)state;
    writer w = begin("shape_dates", SHPT_POINT);
    int field = DBFAddNativeFieldType(w.attributes, "OPENED", 'D', 8, 0);
    add_point(&w, "a", 0, 0);
    add_point(&w, "b", 0, 0);
    DBFWriteAttributeDirectly(w.attributes, 0, field, "19970901");
    DBFWriteAttributeDirectly(w.attributes, 1, field, "00000000");
    end(&w);
    nearer_table *table = read_layer("shape_dates.shp");
    assert_string_equal(nearer_table_text(table, 0, (size_t)field), "1997-09-01");
    assert_string_equal(nearer_table_text(table, 1, (size_t)field), "");
    nearer_table_free(table);
}

static void shapefile__out_of_memory_gives_nothing(void **state)
{
    (void)state;
    writer w = begin("shape_memory.shp", SHPT_ARC);
    add_shape(&w, SHPT_ARC, 0, NULL, 2, (double[]){5, 6}, (double[]){0, 0});
    add_record(&w, "a line", 1);
    end(&w);
    for (long allowed = 0;; allowed++) {
        nearer_table *table = NULL;
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_table_read(&table, "shape_memory.shp", NULL, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_string_equal(nearer_table_text(table, 0, 0), "a line");
            nearer_table_free(table);
            assert_true(allowed > 7); /* the table and its seven columns */
            return;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_null(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapefile__of_no_shapes_has_columns_and_no_rows),
        cmocka_unit_test(shapefile__has_a_point_s_position_and_attributes),
        cmocka_unit_test(shapefile__has_missing_cells_where_attributes_are_null),
        cmocka_unit_test(shapefile__takes_points_with_heights_and_the_edges_of_degrees),
        cmocka_unit_test(shapefile__has_a_line_s_ends_and_length),
        cmocka_unit_test(shapefile__has_a_row_for_each_part_of_a_line),
        cmocka_unit_test(shapefile__keeps_a_record_without_a_shape_that_has_no_position),
        cmocka_unit_test(shapefile__of_areas_gives_their_centres),
        cmocka_unit_test(shapefile__of_multipoints_has_a_row_a_point),
        cmocka_unit_test(shapefile__refuses_what_is_not_in_degrees),
        cmocka_unit_test(shapefile__refuses_another_number_of_records_than_of_shapes),
        cmocka_unit_test(shapefile__needs_only_the_shapes_themselves),
        cmocka_unit_test(shapefile__makes_an_index_that_is_missing),
        cmocka_unit_test(shapefile__refuses_what_is_no_shapefile),
        cmocka_unit_test(shapefile__refuses_a_file_that_ends_early),
        cmocka_unit_test(shapefile__refuses_attributes_that_end_early),
        cmocka_unit_test(shapefile__refuses_parts_that_do_not_begin_at_the_beginning),
        cmocka_unit_test(shapefile__has_dates_with_dashes),
        cmocka_unit_test(shapefile__out_of_memory_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
