/* `nearer check FILE`: what a file by itself holds. */
#include "cases/drawn.h"

static nearer_error err;

static nearer_report *check(const char *path, const nearer_reading *how)
{
    nearer_report *report = NULL;
    assert_ok(nearer_ask_file(&report, path, how, NULL, &err));
    return report;
}

static void assert_tables(const nearer_report *report, const char *const *ids)
{
    size_t n = 0;
    for (; ids[n] != NULL; n++) {
        assert_true(n < nearer_report_tables(report));
        assert_string_equal(nearer_report_table_id(report, n), ids[n]);
    }
    assert_int_equal(nearer_report_tables(report), n);
}

static void assert_column(const nearer_report *report, const char *column, const char *example,
                          double filled, double numbers, double lowest, double highest)
{
    const nearer_table *table = report_table(report, "columns");
    size_t row = row_of(table, "column", column);
    assert_string_equal(cell_text(table, row, "example"), example);
    assert_near(cell(table, row, "filled"), filled, 0);
    assert_near(cell(table, row, "numbers"), numbers, 0);
    assert_near(cell(table, row, "lowest"), lowest, 0);
    assert_near(cell(table, row, "highest"), highest, 0);
}

/* The example is the first cell that is filled; words among numbers are filled and no numbers. */
static void table__is_told_column_by_column(void **state)
{
    (void)state;
    nearer_report *report =
        check(write_file("fc.csv", "id,名,n,empty\na,,5,\nb,武汉,-2.5,\nc,x,many,\n"), NULL);
    assert_tables(report, (const char *[]){"columns", NULL});
    assert_int_equal(nearer_table_rows(report_table(report, "columns")), 4);
    assert_column(report, "id", "a", 3, 0, NAN, NAN);
    assert_column(report, "名", "武汉", 2, 0, NAN, NAN);
    assert_column(report, "n", "5", 3, 2, -2.5, 5);
    assert_column(report, "empty", "", 0, 0, NAN, NAN);
    assert_true(has_note(report, "3 rows"));
    nearer_report_free(report);

    report = check(write_file("fc.csv", "id,n\n"), NULL);
    assert_column(report, "n", "", 0, 0, NAN, NAN);
    assert_true(has_note(report, "0 rows"));
    nearer_report_free(report);
}

#define FEATURES(inside) "{\"type\": \"FeatureCollection\", \"features\": [" inside "]}"
#define FEATURE(geometry) \
    "{\"type\": \"Feature\", \"properties\": {\"n\": 7}, \"geometry\": " geometry "}"
#define SHAPE(type, at) "{\"type\": \"" type "\", \"coordinates\": " at "}"

static void layers__are_told_by_what_they_hold(void **state)
{
    (void)state;
    static const struct {
        const char *text, *holds;
        double shapes, without, parts, vertices, box[4]; /* west, south, east, north */
        const char *ids[8], *note;
    } cases[] = {
        {FEATURES(FEATURE(SHAPE("Point", "[1, 2]")) "," FEATURE(SHAPE("Point", "[-3, 4]"))),
         "2 points",
         2,
         0,
         0,
         2,
         {-3, 2, 1, 4},
         {"layer", "columns"},
         NULL},
        {FEATURES(FEATURE(SHAPE("Point", "[1, 2]")) "," FEATURE("null")),
         "1 points, 1 without shape",
         1,
         1,
         0,
         1,
         {1, 2, 1, 2},
         {"layer", "columns"},
         NULL},
        {FEATURES(FEATURE(SHAPE("LineString", "[[0, 0], [1, 0], [1, 1]]"))),
         "1 lines",
         1,
         0,
         1,
         3,
         {0, 0, 1, 1},
         {"layer", "columns", "network", "components", "snaps", "gaps"},
         "1 lines make 2 nodes and 1 links in 1 components"},
        {FEATURES(FEATURE(SHAPE("MultiLineString", "[[[0, 0], [1, 0]], [[1, 0], [2, 0]]]"))),
         "1 lines",
         1,
         0,
         2,
         4,
         {0, 0, 2, 0},
         {"layer", "columns", "network", "components", "snaps", "gaps"},
         "2 lines make 3 nodes and 2 links in 1 components"},
        {FEATURES(FEATURE(SHAPE("Polygon", "[[[0, 0], [2, 0], [2, 2], [0, 0]]]"))),
         "1 areas",
         1,
         0,
         1,
         4,
         {0, 0, 2, 2},
         {"layer", "columns"},
         NULL},
        {FEATURES(FEATURE(SHAPE("Polygon", "[[[0, 0], [2, 2], [2, 0], [0, 0]]]"))),
         "1 areas",
         1,
         0,
         1,
         4,
         {0, 0, 2, 2},
         {"layer", "columns"},
         "RFC 7946 advises against: "},
        {FEATURES(FEATURE(SHAPE("Point", "[1, 2]")) "," FEATURE(
             SHAPE("LineString", "[[0, 0], [1, 0]]"))),
         "1 lines, 1 points",
         2,
         0,
         1,
         3,
         {0, 0, 1, 2},
         {"layer"},
         "it cannot be used as it is: shapes of several kinds"},
        {FEATURES(FEATURE(SHAPE("Point", "[500000, 3400000]"))),
         "1 points",
         1,
         0,
         0,
         1,
         {500000, 3400000, 500000, 3400000},
         {"layer"},
         "it cannot be used as it is: fc.geojson"},
        {FEATURES(""), "", 0, 0, 0, 0, {NAN, NAN, NAN, NAN}, {"layer", "columns"}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_report *report = check(write_file("fc.geojson", cases[i].text), NULL);
        const nearer_table *layer = report_table(report, "layer");
        static const char *const corners[] = {"min_x", "min_y", "max_x", "max_y"};
        assert_tables(report, cases[i].ids);
        assert_string_equal(cell_text(layer, 0, "file"), "fc.geojson");
        assert_string_equal(cell_text(layer, 0, "holds"), cases[i].holds);
        assert_string_equal(cell_text(layer, 0, "encoding"), "UTF-8");
        if (cell(layer, 0, "shapes") != cases[i].shapes + cases[i].without)
            fail_msg("case %zu: %g shapes", i, cell(layer, 0, "shapes"));
        assert_near(cell(layer, 0, "without_shape"), cases[i].without, 0);
        assert_near(cell(layer, 0, "parts"), cases[i].parts, 0);
        assert_near(cell(layer, 0, "vertices"), cases[i].vertices, 0);
        for (size_t k = 0; k < 4; k++) assert_near(cell(layer, 0, corners[k]), cases[i].box[k], 0);
        if (cases[i].note != NULL && !has_note(report, cases[i].note))
            fail_msg("case %zu: no note '%s'", i, cases[i].note);
        nearer_report_free(report);
    }
}

/* With a reference system that says what the coordinates are, the same layer can be used: 500 km
 * east in a UTM zone is its middle meridian, 117 degrees in zone 50. */
static void layers__have_their_own_coordinates_and_are_used_in_degrees(void **state)
{
    (void)state;
    const nearer_reading utm = {.crs = "EPSG:32650"};
    write_file("fc.geojson", FEATURES(FEATURE(SHAPE("Point", "[500000, 0]"))));
    nearer_report *report = check("fc.geojson", &utm);
    assert_tables(report, (const char *[]){"layer", "columns", NULL});
    assert_near(cell(report_table(report, "layer"), 0, "min_x"), 500000, 0);
    const nearer_table *columns = report_table(report, "columns");
    assert_near(cell(columns, row_of(columns, "column", "lon_deg"), "lowest"), 117, 1e-9);
    assert_near(cell(columns, row_of(columns, "column", "lat_deg"), "lowest"), 0, 1e-9);
    nearer_report_free(report);
}

static void networks__are_told_by_their_links(void **state)
{
    (void)state;
    assert_ok(nearer_folder_make("fc_gmns", &err));
    write_file("fc_gmns/node.csv", "node_id,x_coord,y_coord\n1,0,0\n2,1,0\n3,2,0\n");
    write_file("fc_gmns/link.csv", "link_id,from_node_id,to_node_id,directed,lanes\n"
                                   "1,1,2,0,2\n2,2,3,1,4\n");
    nearer_report *report = check("fc_gmns", NULL);
    assert_tables(report, (const char *[]){"columns", NULL});
    assert_column(report, "lanes", "2", 2, 2, 2, 4);
    assert_column(report, "oneway", "yes", 1, 0, NAN, NAN);
    assert_true(has_note(report, "2 links, 3 nodes"));
    nearer_report_free(report);

    report = check(write_file("fc.gr", "p sp 2 1\na 1 2 7\n"), NULL);
    assert_column(report, "weight", "7", 1, 1, 7, 7);
    assert_true(has_note(report, "1 links, 2 nodes"));
    nearer_report_free(report);
}

static void files__that_cannot_be_read_are_said_so(void **state)
{
    (void)state;
    write_file("fc_empty.csv", "");
    write_file("fc_ragged.csv", "a,b\n1\n");
    write_file("fc_cut.geojson", "{\"type\": \"FeatureColl");
    write_file("fc_turned.geojson",
               FEATURES(FEATURE(SHAPE("Polygon", "[[[0, 0], [2, 2], [2, 0], [0, 0]]]"))));
    assert_ok(nearer_folder_make("fc_folder", &err));
    static const struct {
        const char *path;
        nearer_reading how;
        nearer_status status;
        const char *part;
    } cases[] = {
        {"fc_none.csv", {.strict = false}, NEARER_IO, "fc_none.csv: cannot be read"},
        {"fc_none.geojson", {.strict = false}, NEARER_IO, "fc_none.geojson: cannot be read"},
        {"fc_empty.csv", {.strict = false}, NEARER_SYNTAX, "fc_empty.csv"},
        {"fc_ragged.csv", {.strict = false}, NEARER_SYNTAX, "fc_ragged.csv:2"},
        {"fc_cut.geojson", {.strict = false}, NEARER_SYNTAX, "fc_cut.geojson"},
        {"fc_ragged.doc",
         {.strict = false},
         NEARER_NAME,
         "fc_ragged.doc: files of this ending are not read"},
        {"fc_ragged.graphml", {.strict = false}, NEARER_NAME, "files of this ending are not read"},
        {"fc_ragged.csv", {.format = "cvs"}, NEARER_NAME, "did you mean 'csv'?"},
        {"fc_ragged.csv", {.encoding = "UTF-9"}, NEARER_NAME, "UTF-9"},
        {"fc_folder", {.strict = false}, NEARER_NAME, "fc_folder: a folder of no known format"},
        {"fc_turned.geojson", {.strict = true}, NEARER_VALUE, "fc_turned.geojson"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_report *report = NULL;
        nearer_status status = nearer_ask_file(&report, cases[i].path, &cases[i].how, NULL, &err);
        if (status != cases[i].status || strstr(err.message, cases[i].part) == NULL)
            fail_msg("%s: %d, '%s' lacks '%s'", cases[i].path, (int)status,
                     status == NEARER_OK ? "" : err.message, cases[i].part);
        assert_null(report);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table__is_told_column_by_column),
        cmocka_unit_test(layers__are_told_by_what_they_hold),
        cmocka_unit_test(layers__have_their_own_coordinates_and_are_used_in_degrees),
        cmocka_unit_test(networks__are_told_by_their_links),
        cmocka_unit_test(files__that_cannot_be_read_are_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
