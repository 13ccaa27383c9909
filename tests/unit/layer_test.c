/* Shapes into tables: geodesic lengths, centres, records without a shape, reference systems; and
 * lines in well-known text. */
#include "formats/layer.h"
#include "formats/wkt.h"
#include "tables.h"

static nearer_error err;

/* One degree of the equator on WGS 84: 6378.137 km x pi / 180. */
static const double DEGREE_KM = 111.3194908;

static void assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("%.12g is not %.12g within %g", found, expected, tolerance);
}

/* ---- shapes by hand ---- */

static nr_layer_maker begin(const nearer_reading *how)
{
    static const nearer_reading plain = {0};
    nr_layer_maker maker = {.path = "layer.x", .err = &err, .where_crs_goes = "say it here"};
    assert_ok(nr_table_new(&maker.table, "layer.x", "record", &err));
    nr_table_add_column(maker.table, "name", NR_TEXT_COLUMN);
    assert_ok(nr_layer_begin(&maker, how == NULL ? &plain : how, NULL, NULL));
    return maker;
}

static void set_name(void *source, nearer_table *table, size_t row)
{
    nr_table_set_text(table, row, 0, source, strlen(source));
}

static nearer_status add(nr_layer_maker *maker, int kind, size_t n, const nr_lonlat *vertices,
                         size_t part_count, const size_t *parts)
{
    static const size_t one[] = {0};
    nr_lonlat room[16];
    char name[] = "x";
    assert_true(n <= 16);
    if (n > 0) memcpy(room, vertices, n * sizeof *room);
    nr_shape shape = {kind, room, n, part_count == 0 ? one : parts,
                      part_count == 0 ? 1 : part_count};
    return nr_layer_add(maker, &shape, nearer_table_rows(maker->table) + 1, "record 7", set_name,
                        name);
}

static nearer_table *end(nr_layer_maker *maker)
{
    nearer_table *table = NULL;
    nr_layer_end(maker);
    assert_ok(nr_table_finish(&table, maker->table, &err));
    return table;
}

static void lengths__are_geodesics_of_wgs84(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        nr_lonlat line[4];
        double km, tolerance;
    } cases[] = {
        {2, {{0, 0}, {1, 0}}, DEGREE_KM, 1e-7},
        {3, {{0, 0}, {2, 0}, {1, 0}}, 3 * DEGREE_KM, 1e-6}, /* there and back */
        {2, {{179, 0}, {-179, 0}}, 2 * DEGREE_KM, 1e-6},    /* over the date line */
        {2, {{7, 0}, {7, 90}}, 10001.965729, 1e-6},         /* the meridian quadrant */
        {3, {{7, -90}, {7, 0}, {7, 90}}, 20003.931459, 1e-6},
        {2, {{5, 5}, {5, 5}}, 0, 0},
        {1, {{5, 5}}, 0, 0},
        /* GeographicLib's GeodSolve: New York, London */
        {2, {{-73.8, 40.6}, {-0.5, 51.6}}, 5551.7594, 1e-4},
    };
    nr_layer_maker maker = begin(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_ok(add(&maker, NR_SHAPE_LINE, cases[i].n, cases[i].line, 0, NULL));
    nearer_table *table = end(&maker);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        const nr_lonlat *last = &cases[i].line[cases[i].n - 1];
        assert_near(cell_of(table, i, "length_km"), cases[i].km, cases[i].tolerance);
        assert_true(cell_of(table, i, "from_lon_deg") == cases[i].line[0].lon);
        assert_true(cell_of(table, i, "from_lat_deg") == cases[i].line[0].lat);
        assert_true(cell_of(table, i, "to_lon_deg") == last->lon);
        assert_true(cell_of(table, i, "to_lat_deg") == last->lat);
        assert_memory_equal(nr_table_line(table, i, &n), cases[i].line,
                            cases[i].n * sizeof(nr_lonlat));
        assert_int_equal(n, cases[i].n);
    }
    nearer_table_free(table);
}

static void lines__of_many_parts_have_a_row_and_a_length_each(void **state)
{
    (void)state;
    static const nr_lonlat v[] = {{0, 0}, {1, 0}, {10, 0}, {11, 0}, {13, 0}, {20, 0}, {24, 0}};
    static const size_t parts[] = {0, 2, 5, 5}; /* the third has no vertices */
    static const double from[] = {0, 10, NAN, 20}, degrees[] = {1, 3, NAN, 4};
    nr_layer_maker maker = begin(NULL);
    assert_ok(add(&maker, NR_SHAPE_LINE, 7, v, 4, parts));
    nearer_table *table = end(&maker);
    double sum = 0;
    assert_int_equal(nearer_table_rows(table), 4);
    for (size_t row = 0; row < 4; row++) {
        double km = cell_of(table, row, "length_km");
        assert_string_equal(text_of(table, row, "name"), "x");
        assert_true(same_number(cell_of(table, row, "from_lon_deg"), from[row]));
        if (isnan(degrees[row]))
            assert_true(isnan(km) != 0);
        else
            assert_near(km, degrees[row] * DEGREE_KM, 1e-6);
        sum += isnan(km) ? 0 : km;
    }
    assert_near(sum, 8 * DEGREE_KM, 1e-6); /* nothing for the ways between the parts */
    assert_int_equal(nr_table_facts(table)->parts, 4);
    assert_int_equal(nr_table_facts(table)->shapes, 1);
    assert_int_equal(nr_table_facts(table)->vertices, 7);
    nearer_table_free(table);
}

static void records__without_a_shape_have_their_attributes_alone(void **state)
{
    (void)state;
    static const nr_lonlat at = {3, 4};
    nr_layer_maker maker = begin(NULL);
    assert_ok(add(&maker, NR_SHAPE_NONE, 0, NULL, 0, NULL));
    assert_ok(add(&maker, NR_SHAPE_LINE, 0, NULL, 0, NULL)); /* no vertices: no shape either */
    assert_ok(add(&maker, NR_SHAPE_POINT, 1, &at, 0, NULL)); /* so a layer of points it is */
    assert_ok(add(&maker, NR_SHAPE_NONE, 0, NULL, 0, NULL));
    nearer_table *table = end(&maker);
    assert_int_equal(nearer_table_rows(table), 4);
    for (size_t row = 0; row < 4; row++) {
        assert_string_equal(text_of(table, row, "name"), "x");
        assert_true(same_number(cell_of(table, row, "lon_deg"), row == 2 ? 3 : (double)NAN));
        assert_true(same_number(cell_of(table, row, "lat_deg"), row == 2 ? 4 : (double)NAN));
    }
    const nr_layer_facts *facts = nr_table_facts(table);
    assert_int_equal(facts->kinds[NR_SHAPE_NONE], 3);
    assert_int_equal(facts->kinds[NR_SHAPE_POINT], 1);
    assert_true(facts->min_x == 3 && facts->max_x == 3 && facts->min_y == 4 && facts->max_y == 4);
    nearer_table_free(table);

    maker = begin(NULL); /* none has a shape: no columns for it */
    assert_ok(add(&maker, NR_SHAPE_NONE, 0, NULL, 0, NULL));
    table = end(&maker);
    assert_int_equal(nearer_table_columns(table), 1);
    assert_true(isnan(nr_table_facts(table)->min_x) != 0);
    nearer_table_free(table);
}

static void layers__are_of_one_kind(void **state)
{
    (void)state;
    static const nr_lonlat v[] = {{0, 0}, {0, 1}, {1, 1}, {0, 0}};
    static const struct {
        int first, then;
        const char *part; /* NULL: they go together */
    } cases[] = {
        {NR_SHAPE_POINT, NR_SHAPE_LINE, "layer.x record 7: lines in a layer of points; one kind"},
        {NR_SHAPE_LINE, NR_SHAPE_POINT, "points in a layer of lines"},
        {NR_SHAPE_LINE, NR_SHAPE_AREA, "areas in a layer of lines"},
        {NR_SHAPE_AREA, NR_SHAPE_MULTIPOINT, "points in a layer of areas"},
        {NR_SHAPE_MULTIPOINT, NR_SHAPE_AREA, "areas in a layer of points"},
        {NR_SHAPE_POINT, NR_SHAPE_MULTIPOINT, NULL},
        {NR_SHAPE_MULTIPOINT, NR_SHAPE_POINT, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nr_layer_maker maker = begin(NULL);
        size_t first = cases[i].first == NR_SHAPE_POINT ? 1 : 4;
        size_t then = cases[i].then == NR_SHAPE_POINT ? 1 : 4;
        assert_ok(add(&maker, cases[i].first, first, v, 0, NULL));
        if (cases[i].part != NULL) {
            assert_fails(add(&maker, cases[i].then, then, v, 0, NULL), NEARER_VALUE, cases[i].part);
            assert_non_null(strstr(err.message, "save each as a layer of its own"));
        } else {
            assert_ok(add(&maker, cases[i].then, then, v, 0, NULL));
        }
        nearer_table *table = end(&maker);
        if (cases[i].part == NULL) assert_int_equal(nearer_table_rows(table), 5);
        nearer_table_free(table);
    }
}

static void areas__have_their_centres(void **state)
{
    (void)state;
    static const struct {
        size_t n, part_count, parts[2];
        nr_lonlat v[10], centre;
    } cases[] = {
        /* a square, a triangle: the mean of its corners */
        {5, 1, {0}, {{10, 20}, {10, 22}, {12, 22}, {12, 20}, {10, 20}}, {11, 21}},
        {4, 1, {0}, {{0, 0}, {0, 3}, {6, 0}, {0, 0}}, {2, 1}},
        /* two squares of areas 4 and 1: (4 x 1 + 1 x 10.5) / 5 */
        {10,
         2,
         {0, 5},
         {{0, 0}, {0, 2}, {2, 2}, {2, 0}, {0, 0}, {10, 0}, {10, 1}, {11, 1}, {11, 0}, {10, 0}},
         {2.9, 0.9}},
        /* 4 x 4 less a hole of 2 x 2 in its west: (16 x 2 - 4 x 1) / 12 */
        {10,
         2,
         {0, 5},
         {{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}, {0, 1}, {2, 1}, {2, 3}, {0, 3}, {0, 1}},
         {28 / 12.0, 2}},
        /* no area: the mean of the vertices */
        {4, 1, {0}, {{0, 0}, {4, 4}, {8, 8}, {0, 0}}, {3, 3}},
        {1, 1, {0}, {{5, 6}}, {5, 6}},
    };
    nr_layer_maker maker = begin(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_ok(add(&maker, NR_SHAPE_AREA, cases[i].n, cases[i].v, cases[i].part_count,
                      cases[i].parts));
    nearer_table *table = end(&maker);
    assert_int_equal(nearer_table_rows(table), sizeof cases / sizeof *cases);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_near(cell_of(table, i, "lon_deg"), cases[i].centre.lon, 1e-12);
        assert_near(cell_of(table, i, "lat_deg"), cases[i].centre.lat, 1e-12);
    }
    nearer_table_free(table);
}

static void coordinates__outside_degrees_need_a_reference_system(void **state)
{
    (void)state;
    static const nr_lonlat wrong[] = {{241633.9, 3387568.7}, {180.001, 0}, {0, -90.001}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nr_layer_maker maker = begin(NULL);
        assert_fails(add(&maker, NR_SHAPE_POINT, 1, &wrong[i], 0, NULL), NEARER_VALUE,
                     "is not in degrees of longitude and latitude and the layer names no reference "
                     "system; say it here");
        assert_non_null(strstr(err.message, "layer.x record 7: ("));
        nearer_table_free(end(&maker));
    }
    /* with one they are turned, and the length is of what comes out: 0.9996 times as long on paper
     * on the middle meridian of UTM */
    const nearer_reading how = {.crs = "EPSG:32650"};
    static const nr_lonlat line[] = {{500000, 0}, {500000, 9996}}, far = {1e30, 0};
    nr_layer_maker maker = begin(&how);
    assert_ok(add(&maker, NR_SHAPE_LINE, 2, line, 0, NULL));
    assert_fails(add(&maker, NR_SHAPE_LINE, 1, &far, 0, NULL), NEARER_VALUE,
                 "(1e+30, 0) gives no degrees of longitude and latitude by WGS 84 / UTM zone 50N");
    nearer_table *table = end(&maker);
    assert_near(cell_of(table, 0, "from_lon_deg"), 117, 1e-9);
    assert_near(cell_of(table, 0, "from_lat_deg"), 0, 1e-9);
    assert_near(cell_of(table, 0, "length_km"), 10, 1e-6);
    assert_string_equal(nr_table_facts(table)->crs, "WGS 84 / UTM zone 50N");
    assert_true(nr_table_facts(table)->max_y == 9996); /* as it stands in the file */
    nearer_table_free(table);
}

static void layer__has_the_reference_system_told_before_its_own(void **state)
{
    (void)state;
    static const nr_lonlat at = {500000, 0};
    const nearer_reading told = {.crs = "EPSG:32651"}, wrong = {.crs = "nonsense"}, plain = {0};
    nr_layer_maker maker = {.path = "layer.x", .err = &err};
    assert_ok(nr_table_new(&maker.table, "layer.x", "record", &err));
    nr_table_add_column(maker.table, "name", NR_TEXT_COLUMN);
    assert_ok(nr_layer_begin(&maker, &told, "EPSG:32650", "layer.prj"));
    assert_ok(add(&maker, NR_SHAPE_POINT, 1, &at, 0, NULL));
    nearer_table *table = end(&maker);
    assert_near(cell_of(table, 0, "lon_deg"), 123, 1e-9); /* of zone 51, not 50's 117 */
    nearer_table_free(table);

    nr_layer_maker bad = {.path = "layer.x", .err = &err};
    assert_fails(nr_layer_begin(&bad, &wrong, "EPSG:32650", "layer.prj"), NEARER_NAME,
                 "layer.x: 'nonsense' is no coordinate reference system");
    assert_fails(nr_layer_begin(&bad, &plain, "rubbish", "layer.prj"), NEARER_NAME,
                 "layer.prj: 'rubbish' is no coordinate reference system");
    assert_null(bad.crs);
}

static void survey__takes_shapes_and_coordinates_of_any_sort(void **state)
{
    (void)state;
    const nearer_reading how = {.survey = true};
    static const nr_lonlat metres[] = {{500000, 1}, {400000, 2}};
    nr_layer_maker maker = begin(&how);
    assert_ok(add(&maker, NR_SHAPE_LINE, 2, metres, 0, NULL));
    assert_ok(add(&maker, NR_SHAPE_MULTIPOINT, 2, metres, 0, NULL));
    assert_ok(add(&maker, NR_SHAPE_NONE, 0, NULL, 0, NULL));
    nearer_table *table = end(&maker);
    assert_int_equal(nearer_table_rows(table), 3);
    assert_int_equal(nearer_table_columns(table), 1);
    const nr_layer_facts *facts = nr_table_facts(table);
    assert_true(facts->min_x == 400000 && facts->max_x == 500000);
    assert_true(facts->min_y == 1 && facts->max_y == 2);
    assert_int_equal(facts->kinds[NR_SHAPE_LINE], 1);
    assert_int_equal(facts->kinds[NR_SHAPE_MULTIPOINT], 1);
    assert_int_equal(facts->vertices, 4);
    nearer_table_free(table);
}

/* ---- in files ---- */

#define FEATURE(geometry, properties) \
    "{\"type\": \"Feature\", \"geometry\": " geometry ", \"properties\": {" properties "}}"
#define LINE(ends) "{\"type\": \"LineString\", \"coordinates\": [" ends "]}"

static nearer_status read_features(nearer_table **out, const char *features, const char *crs)
{
    static char text[4000];
    const nearer_reading how = {.crs = crs};
    snprintf(text, sizeof text, "{\"type\": \"FeatureCollection\", \"features\": [%s]}", features);
    return nearer_table_read(out, write_file("layer.geojson", text), &how, &err);
}

static void geojson__given_lengths_stand_before_measured_ones(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(read_features(&table,
                            FEATURE(LINE("[0, 0], [1, 0]"), "\"length_km\": 120") "," FEATURE(
                                LINE("[0, 0], [1, 0]"), "") "," //
                            FEATURE(LINE("[0, 0], [1, 0]"), "\"length_km\": null"),
                            NULL));
    assert_true(cell_of(table, 0, "length_km") == 120);
    assert_near(cell_of(table, 1, "length_km"), DEGREE_KM, 1e-7);
    assert_near(cell_of(table, 2, "length_km"), DEGREE_KM, 1e-7);
    assert_int_equal(nearer_table_columns(table), 5); /* it is one column */
    nearer_table_free(table);
}

static void geojson__without_a_geometry_keeps_its_properties(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(read_features(&table,
                            FEATURE("null", "\"n\": \"lost\"") "," //
                            FEATURE(LINE("[0, 0], [1, 0]"), "\"n\": \"found\""),
                            NULL));
    assert_int_equal(nearer_table_rows(table), 2);
    assert_string_equal(text_of(table, 0, "n"), "lost");
    assert_true(isnan(cell_of(table, 0, "length_km")) != 0);
    assert_string_equal(text_of(table, 1, "n"), "found");
    assert_near(cell_of(table, 1, "length_km"), DEGREE_KM, 1e-7);
    assert_int_equal(nr_table_facts(table)->kinds[NR_SHAPE_NONE], 1);
    nearer_table_free(table);
}

static void geojson__in_metres_needs_a_reference_system(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    static const char metres[] = FEATURE(LINE("[500000, 0], [500000, 9996]"), "");
    assert_fails(read_features(&table, metres, NULL), NEARER_VALUE,
                 "layer.geojson features[0]: (500000, 0) is not in degrees of longitude and "
                 "latitude and the layer names no reference system; say it (EPSG:32650 ...)");
    assert_null(table);
    assert_ok(read_features(&table, metres, "EPSG:32650"));
    assert_near(cell_of(table, 0, "length_km"), 10, 1e-6);
    nearer_table_free(table);
}

/* ---- well-known text ---- */

static void wkt__is_written_in_the_form_of_the_standard(void **state)
{
    (void)state;
    static const nr_lonlat line[] = {{1, 2}, {-0.5, 1e-5}, {114.3055, -90}};
    nr_text text = {0};
    nr_wkt_add_line(&text, line, 3);
    assert_string_equal(text.bytes, "LINESTRING (1 2, -0.5 1e-05, 114.3055 -90)");
    nr_text_clear(&text);
}

static void wkt__written_reads_back_the_same(void **state)
{
    (void)state;
    unsigned seed = 5;
    nr_vertices back = {0};
    for (int i = 0; i < 300; i++) {
        nr_lonlat line[40];
        size_t n = 2 + next_random(&seed, 39);
        nr_text text = {0};
        for (size_t k = 0; k < n; k++)
            line[k] = (nr_lonlat){next_random(&seed, 1000000) / 7e3 - 70,
                                  next_random(&seed, 1000000) / 1.3e4 - 38};
        nr_wkt_add_line(&text, line, n);
        assert_true(nr_wkt_read_line(&back, text.bytes));
        assert_int_equal(back.count, n);
        assert_memory_equal(back.at, line, n * sizeof *line);
        nr_text_clear(&text);
    }
    nr_free(back.at);
}

static void wkt__is_read_in_its_variants(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int count; /* -1: refused */
    } cases[] = {
        {"LINESTRING (1 2, 3 4)", 2},
        {"linestring(1 2,3 4,5 6)", 3},
        {"LINESTRING Z (1 2 9, 3 4 9)", 2},
        {"LINESTRINGZ(1 2 9, 3 4 9)", -1}, /* the standard has a blank there */
        {"LINESTRING ZM (1 2 9 8, 3 4 9 8)", 2},
        {"SRID=4326;LINESTRING (1 2, 3 4)", 2},
        {"\tLINESTRING\n( 1\t2 ,3 4 )\r\n", 2},
        {"LINESTRING (1e0 +2, 3. .4)", 2},
        {"LINESTRING EMPTY", 0},
        {"LINESTRING Z EMPTY ", 0},
        {"", -1},
        {"LINESTRING", -1},
        {"LINESTRING ()", -1},
        {"LINESTRING (1 2)", -1},
        {"LINESTRING (1 2, 3)", -1},
        {"LINESTRING (1 2, 3 x)", -1},
        {"LINESTRING (1 2, 3 4", -1},
        {"LINESTRING (1 2, 3 4))", -1},
        {"LINESTRING (1 2, 3 4) x", -1},
        {"LINESTRING (1 2, 3 4,)", -1},
        {"LINESTRING (1 2 3 4 5, 3 4)", -1},
        {"LINESTRING (1 nan, 3 4)", -1},
        {"LINESTRING EMPTY (1 2, 3 4)", -1},
        {"LINESTRINGS (1 2, 3 4)", -1},
        {"MULTILINESTRING ((1 2, 3 4))", -1},
        {"POINT (1 2)", -1},
        {"SRID=4326 LINESTRING (1 2, 3 4)", -1},
        {"LINESTRING (1 2, 0.0000000000000000000000000000000000000000000000000000000000000004 4)",
         -1},
    };
    nr_vertices v = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool good = nr_wkt_read_line(&v, cases[i].text);
        if (good != (cases[i].count >= 0) || (good && v.count != (size_t)cases[i].count))
            fail_msg("'%s': %s, %zu vertices", cases[i].text, good ? "read" : "refused", v.count);
        assert_false(v.failed);
        if (good && v.count > 0) {
            assert_true(v.at[0].lon == 1 && v.at[0].lat == 2);
            assert_true(v.at[1].lon == 3 && (v.at[1].lat == 4 || v.at[1].lat == 0.4));
        }
    }
    nr_free(v.at);
}

static void wkt__out_of_memory_says_so(void **state)
{
    (void)state;
    nr_vertices v = {0};
    nr_fail_allocation_after(0);
    assert_false(nr_wkt_read_line(&v, "LINESTRING (1 2, 3 4)"));
    nr_fail_allocation_after(-1);
    assert_true(v.failed);
    nr_free(v.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths__are_geodesics_of_wgs84),
        cmocka_unit_test(lines__of_many_parts_have_a_row_and_a_length_each),
        cmocka_unit_test(records__without_a_shape_have_their_attributes_alone),
        cmocka_unit_test(layers__are_of_one_kind),
        cmocka_unit_test(areas__have_their_centres),
        cmocka_unit_test(coordinates__outside_degrees_need_a_reference_system),
        cmocka_unit_test(layer__has_the_reference_system_told_before_its_own),
        cmocka_unit_test(survey__takes_shapes_and_coordinates_of_any_sort),
        cmocka_unit_test(geojson__given_lengths_stand_before_measured_ones),
        cmocka_unit_test(geojson__without_a_geometry_keeps_its_properties),
        cmocka_unit_test(geojson__in_metres_needs_a_reference_system),
        cmocka_unit_test(wkt__is_written_in_the_form_of_the_standard),
        cmocka_unit_test(wkt__written_reads_back_the_same),
        cmocka_unit_test(wkt__is_read_in_its_variants),
        cmocka_unit_test(wkt__out_of_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
