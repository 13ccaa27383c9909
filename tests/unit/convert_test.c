/* One format into another, and back. */
#include "cases/drawn.h"
#include "base/names.h"
#include "tables.h"

static nearer_error err;

/* What a format that reads and writes tables cannot hold; its page says each. */
typedef struct limits {
    const char *id, *path;
    bool tables, drawings, pairs; /* a table without positions; with; a matrix */
    bool no_infinity;             /* empty in its place */
    bool trims;                   /* blanks around texts */
    bool short_names;             /* of 10 bytes: see short_name */
    bool numbered;                /* a matrix without the places' names */
} limits;

static const limits known[] = {
    {"csv", "ct.csv", true, false, true, false, false, false, false},
    {"tsv", "ct.tsv", true, false, true, false, false, false, false},
    {"geojson", "ct.geojson", false, true, false, true, false, false, false},
    {"shapefile", "ct.shp", false, true, false, true, true, true, false},
    {"gpkg", "ct.gpkg", true, true, true, false, false, false, false},
    {"npy", "ct.npy", false, false, true, false, false, false, true},
    {"omx", "ct.omx", false, false, true, false, false, false, false},
};
enum { KNOWN = sizeof known / sizeof *known };

static const limits *limits_of(const nr_format *format)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (strcmp(known[i].id, format->id) == 0) return &known[i];
    return NULL;
}

/* The formats that both read and write tables, one after the other: NULL behind the last. */
static const limits *next_known(size_t *i)
{
    while (nr_formats[*i] != NULL) {
        const nr_format *format = nr_formats[(*i)++];
        if (format->read == NULL || format->write == NULL) continue;
        const limits *of = limits_of(format);
        if (of == NULL) fail_msg("this test does not know what format %s holds", format->id);
        return of;
    }
    return NULL;
}

/* As docs/formats/shapefile.md says it of mean_time_min: the beginning, and the unit. */
static const char *short_name(const limits *of, const char *name)
{
    return of->short_names && strcmp(name, "population_2020_km") == 0 ? "populat_km" : name;
}

static const char *const column_names[] = {"id", "文字", "population_2020_km", "share"};
static const struct {
    const char *id, *text;
    double number, share;
} rows[] = {
    {"a", "a,b;c\td", 1e-300, 0.1},
    {"b", "she said \"no\"", -2.5, 1.0 / 3},
    {"c", "two\nlines", NAN, 123456789.125},
    {"d", "武汉, Tübingen", 1.7976931348623157e308, -0.0625},
    {"e", "", 0, NAN},
    {"f", " blank ", (double)INFINITY, 1e15},
    {"g", "007", -(double)INFINITY, 9007199254740993.0},
    {"h", "1e5", 5e-324, -1e-7},
    {"", "'`{}[]\\/<&>#", 3, 4},
};
enum { ROWS = sizeof rows / sizeof *rows };

static nearer_table *mixed_table(bool draws)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    for (size_t c = 0; c < 2; c++) nr_table_add_column(table, column_names[c], NR_TEXT_COLUMN);
    for (size_t c = 2; c < 4; c++) nr_table_add_column(table, column_names[c], 1);
    if (draws) nr_table_add_column(table, "lon_deg", 6);
    if (draws) nr_table_add_column(table, "lat_deg", 6);
    for (size_t r = 0; r < ROWS; r++) {
        double lon = r == 3 ? NAN : (double)r * 20 - 80 + 1.0 / 3, lat = 0.1 * (double)r;
        nr_table_put(table, rows[r].id, rows[r].text, rows[r].number, rows[r].share, lon,
                     r == 3 ? NAN : lat);
    }
    return table;
}

static void assert_number(const limits *of, size_t row, const char *column, double found,
                          double wanted)
{
    if (isinf(wanted) && of->no_infinity) wanted = NAN;
    if (!same_number(found, wanted))
        fail_msg("%s, row %zu, %s: %.17g is not %.17g", of->id, row, column, found, wanted);
}

static void assert_text(const limits *of, size_t row, const char *found, const char *wanted)
{
    if (of->trims && strcmp(wanted, " blank ") == 0) wanted = "blank";
    if (strcmp(found, wanted) != 0)
        fail_msg("%s, row %zu: '%s' is not '%s'", of->id, row, found, wanted);
}

static nearer_table *written(const nearer_table *table, const char *path)
{
    nearer_table *back = NULL;
    nearer_status status = nearer_table_write(table, path, &err);
    if (status == NEARER_OK) status = nearer_table_read(&back, path, NULL, &err);
    if (status != NEARER_OK) fail_msg("%s: %s", path, err.message);
    return back;
}

static void assert_mixed(const limits *of, const nearer_table *back, bool draws)
{
    assert_int_equal(nearer_table_rows(back), ROWS);
    assert_int_equal(nearer_table_columns(back), draws ? 6 : 4);
    for (size_t r = 0; r < ROWS; r++) {
        assert_text(of, r, text_of(back, r, "id"), rows[r].id);
        assert_text(of, r, text_of(back, r, "文字"), rows[r].text);
        const char *name = short_name(of, column_names[2]);
        assert_number(of, r, name, cell_of(back, r, name), rows[r].number);
        assert_number(of, r, "share", cell_of(back, r, "share"), rows[r].share);
        if (!draws) continue;
        bool lost = r == 3;
        assert_number(of, r, "lon_deg", cell_of(back, r, "lon_deg"),
                      lost ? NAN : (double)r * 20 - 80 + 1.0 / 3);
        assert_number(of, r, "lat_deg", cell_of(back, r, "lat_deg"), lost ? NAN : 0.1 * (double)r);
    }
}

static void tables__come_back_as_they_were(void **state)
{
    (void)state;
    nearer_table *table = mixed_table(false);
    size_t i = 0, tried = 0;
    for (const limits *of; (of = next_known(&i)) != NULL;) {
        if (!of->tables) {
            nearer_status status = nearer_table_write(table, of->path, &err);
            if (status != NEARER_VALUE) fail_msg("%s: %d", of->path, (int)status);
            continue;
        }
        nearer_table *back = written(table, of->path);
        assert_mixed(of, back, false);
        nearer_table_free(back);
        tried++;
    }
    assert_true(tried >= 3);
    nearer_table_free(table);
}

static void points__come_back_as_they_were(void **state)
{
    (void)state;
    nearer_table *table = mixed_table(true);
    size_t i = 0, tried = 0;
    for (const limits *of; (of = next_known(&i)) != NULL;) {
        if (!of->drawings) continue;
        nearer_table *back = written(table, of->path);
        assert_mixed(of, back, true);
        nearer_table_free(back);
        tried++;
    }
    assert_int_equal(tried, 3);
    nearer_table_free(table);
}

/* A line of two parts is two rows with its attributes, each as it was drawn. */
static void lines__come_back_as_they_were(void **state)
{
    (void)state;
    write_file(
        "ct_lines.geojson",
        "{\"type\": \"FeatureCollection\", \"features\": [\n"
        "{\"type\": \"Feature\", \"properties\": {\"name\": \"环路\"}, \"geometry\": {\"type\": "
        "\"MultiLineString\", \"coordinates\": [[[0, 0.1], [0.3, 0], [1, 0.7]], "
        "[[179.9, -80], [180, -80]]]}},\n"
        "{\"type\": \"Feature\", \"properties\": {\"name\": \"none\"}, \"geometry\": null},\n"
        "{\"type\": \"Feature\", \"properties\": {\"name\": \"b\"}, \"geometry\": {\"type\": "
        "\"LineString\", \"coordinates\": [[-5, 5], [-6, 6]]}}]}\n");
    static const struct {
        const char *name;
        size_t n;
        nr_lonlat v[3];
    } wanted[] = {{"环路", 3, {{0, 0.1}, {0.3, 0}, {1, 0.7}}},
                  {"环路", 2, {{179.9, -80}, {180, -80}}},
                  {"none", 0, {{0, 0}}},
                  {"b", 2, {{-5, 5}, {-6, 6}}}};
    const nearer_conversion how = {0};
    size_t i = 0, tried = 0;
    for (const limits *of; (of = next_known(&i)) != NULL;) {
        if (!of->drawings) continue;
        nearer_report *report = NULL;
        nearer_table *back = NULL;
        assert_ok(nearer_convert(&report, "ct_lines.geojson", of->path, &how, &err));
        const nearer_table *told = report_table(report, "converted");
        assert_string_equal(cell_text(told, 0, "from"), "ct_lines.geojson");
        assert_string_equal(cell_text(told, 0, "to"), of->path);
        assert_near(cell(told, 0, "rows"), 4, 0);
        assert_true(isnan(cell(told, 0, "nodes")));
        assert_true(has_note(report, "records without a shape: 1"));
        nearer_report_free(report);
        assert_ok(nearer_table_read(&back, of->path, NULL, &err));
        assert_int_equal(nearer_table_rows(back), 4);
        for (size_t r = 0; r < 4; r++) {
            size_t n;
            const nr_lonlat *v = nr_table_line(back, r, &n);
            assert_text(of, r, text_of(back, r, "name"), wanted[r].name);
            if (n != wanted[r].n) fail_msg("%s, row %zu: %zu vertices", of->id, r, n);
            for (size_t k = 0; k < n; k++)
                assert_true(v[k].lon == wanted[r].v[k].lon && v[k].lat == wanted[r].v[k].lat);
        }
        nearer_table_free(back);
        tried++;
    }
    assert_int_equal(tried, 3);
}

static void matrices__come_back_as_they_were(void **state)
{
    (void)state;
    static const char *const ids[] = {"p1", "武汉", "c d", "f,\"", "5"};
    size_t i = 0, tried = 0;
    for (const limits *of; (of = next_known(&i)) != NULL;) {
        if (!of->pairs) continue;
        for (unsigned seed = 0; seed < 20; seed++) {
            nearer_table *table = random_pairs(seed, 5, ids, &err);
            nearer_table *back = written(table, of->path);
            if (!of->numbered) {
                assert_same_pairs(table, back);
            } else {
                nr_names order = {0};
                for (size_t side = 0; side < 2; side++)
                    for (size_t r = 0; r < nearer_table_rows(table); r++)
                        nr_names_add(&order, nearer_table_text(table, r, side));
                assert_int_equal(nearer_table_rows(back), nearer_table_rows(table));
                for (size_t r = 0; r < nearer_table_rows(back); r++) {
                    const char *from = order.texts[(size_t)cell_of(back, r, "from_row") - 1];
                    const char *to = order.texts[(size_t)cell_of(back, r, "to_row") - 1];
                    size_t k = 0;
                    while (k < nearer_table_rows(table) &&
                           (strcmp(text_of(table, k, "from_id"), from) != 0 ||
                            strcmp(text_of(table, k, "to_id"), to) != 0))
                        k++;
                    assert_true(k < nearer_table_rows(table));
                    assert_number(of, r, "value", cell_of(back, r, "value"),
                                  cell_of(table, k, "travel_time"));
                }
                nr_names_clear(&order);
            }
            nearer_table_free(back);
            nearer_table_free(table);
        }
        tried++;
    }
    assert_true(tried >= 4);
}

/* ---- networks ---- */

static const char *network_folder(void)
{
    assert_ok(nearer_folder_make("ct_net", &err));
    write_file("ct_net/node.csv", "node_id,name,x_coord,y_coord\n1,Aton,0.5,10\n2,武汉,1.25,10\n"
                                  "3,,2,-10.123456\n");
    write_file("ct_net/link.csv", "link_id,from_node_id,to_node_id,directed,length,toll,geometry\n"
                                  "1,1,2,0,80.25,2,\"LINESTRING (0.5 10, 1 11, 1.25 10)\"\n"
                                  "2,2,3,1,7.5,,\n");
    write_file("ct_net/config.csv", "long_length\nkm\n");
    return "ct_net";
}

static void networks__come_back_with_all_that_gmns_holds(void **state)
{
    (void)state;
    const nearer_conversion how = {0};
    nearer_report *report = NULL;
    nr_network_tables a = {0}, b = {0};
    assert_ok(nearer_convert(&report, network_folder(), "ct_again/", &how, &err));
    assert_near(cell(report_table(report, "converted"), 0, "rows"), 2, 0);
    assert_near(cell(report_table(report, "converted"), 0, "nodes"), 3, 0);
    nearer_report_free(report);
    assert_ok(nr_format_gmns.read_network(&a, "ct_net", &how.how, &err));
    assert_ok(nr_format_gmns.read_network(&b, "ct_again", &how.how, &err));
    assert_int_equal(nearer_table_rows(b.nodes), 3);
    assert_string_equal(text_of(b.nodes, 1, "name"), "武汉");
    assert_true(cell_of(b.nodes, 2, "lat_deg") == -10.123456);
    assert_int_equal(nearer_table_rows(b.links), 2);
    assert_string_equal(text_of(b.links, 0, "oneway"), "");
    assert_string_equal(text_of(b.links, 1, "oneway"), "yes");
    assert_true(cell_of(b.links, 0, "length_km") == 80.25);
    assert_true(cell_of(b.links, 0, "toll") == 2);
    size_t n;
    const nr_lonlat *line = nr_table_line(b.links, 0, &n);
    assert_int_equal(n, 3);
    assert_true(line[1].lon == 1 && line[1].lat == 11);
    assert_same_table(a.nodes, b.nodes);
    for (size_t c = 0; c < nearer_table_columns(a.links); c++)
        assert_true(nearer_table_find(b.links, nearer_table_column_name(a.links, c)) >= 0);
    nr_network_tables_clear(&a);
    nr_network_tables_clear(&b);
}

/* Ends, a weight and positions, as its page says: a link of both ways is two arcs, the weight is
 * metres of length_km. */
static void networks__lose_in_dimacs_what_its_page_says(void **state)
{
    (void)state;
    const nearer_conversion how = {0};
    nearer_report *report = NULL;
    nr_network_tables back = {0};
    assert_ok(nearer_convert(&report, network_folder(), "ct.gr", &how, &err));
    nearer_report_free(report);
    assert_ok(nr_format_dimacs.read_network(&back, "ct.gr", &how.how, &err));
    static const struct {
        const char *from, *to;
        double weight;
    } wanted[] = {{"1", "2", 80250}, {"2", "1", 80250}, {"2", "3", 7500}};
    assert_int_equal(nearer_table_rows(back.links), 3);
    for (size_t r = 0; r < 3; r++) {
        bool found = false;
        for (size_t k = 0; k < 3; k++) {
            char from[NR_NUMBER_TEXT], to[NR_NUMBER_TEXT];
            size_t a = column_of(back.links, "from"), b = column_of(back.links, "to");
            found = found || (strcmp(nr_table_cell(back.links, k, a, from), wanted[r].from) == 0 &&
                              strcmp(nr_table_cell(back.links, k, b, to), wanted[r].to) == 0 &&
                              cell_of(back.links, k, "weight") == wanted[r].weight &&
                              strcmp(text_of(back.links, k, "oneway"), "yes") == 0);
        }
        assert_true(found);
    }
    assert_true(cell_of(back.nodes, 2, "lat_deg") == -10.123456);
    nr_network_tables_clear(&back);
}

/* As a table a network is its links, straight between its nodes where nothing is drawn. */
static void networks__become_their_links_or_nodes(void **state)
{
    (void)state;
    nearer_report *report = NULL;
    nearer_table *back = NULL;
    nearer_conversion how = {0};
    write_file("ct_arcs.gr", "p sp 3 2\na 1 2 7\na 3 1 9\n");
    write_file("ct_arcs.co", "p aux sp co 3\nv 1 500000 10000000\nv 2 1250000 10000000\n"
                             "v 3 -2000000 0\n");
    assert_ok(nearer_convert(&report, "ct_arcs.gr", "ct_arcs.csv", &how, &err));
    nearer_report_free(report);
    assert_ok(nearer_table_read(&back, "ct_arcs.csv", NULL, &err));
    static const double ends[2][4] = {{0.5, 10, 1.25, 10}, {-2, 0, 0.5, 10}};
    static const char *const names[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    assert_int_equal(nearer_table_rows(back), 2);
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < 4; c++) assert_near(cell_of(back, r, names[c]), ends[r][c], 1e-9);
    nearer_table_free(back);

    how.table = "nodes";
    back = NULL;
    assert_ok(nearer_convert(&report, "ct_arcs.gr", "ct_arcs.geojson", &how, &err));
    nearer_report_free(report);
    assert_ok(nearer_table_read(&back, "ct_arcs.geojson", NULL, &err));
    assert_int_equal(nearer_table_rows(back), 3);
    assert_near(cell_of(back, 1, "lon_deg"), 1.25, 1e-9);
    nearer_table_free(back);
}

/* A study's links with their minutes; the one that opened in 2010 is not there in 2001. */
static void studies__become_the_links_open_on_a_day(void **state)
{
    (void)state;
    const drawn d = {.places = "id,name,lon_deg,lat_deg\nA,Aton,0,0\nB,Bedon,1,0\n",
                     .rail = "from,to,minutes,line,opened\nA,B,60,Old,\nB,A,30,New,2010\n"};
    drawn_write("ct_study", &d);
    nearer_conversion how = {0};
    static const struct {
        const char *day;
        size_t rows;
    } cases[] = {{NULL, 2}, {"2001", 1}, {"2010", 2}};
    for (size_t i = 0; i < 3; i++) {
        nearer_report *report = NULL;
        nearer_table *back = NULL;
        how.date = cases[i].day == NULL ? 0 : day(cases[i].day);
        assert_ok(nearer_convert(&report, "ct_study.json", "ct_study_links.csv", &how, &err));
        nearer_report_free(report);
        assert_ok(nearer_table_read(&back, "ct_study_links.csv", NULL, &err));
        assert_int_equal(nearer_table_rows(back), cases[i].rows);
        assert_string_equal(text_of(back, 0, "line"), "Old");
        assert_string_equal(text_of(back, 0, "mode"), "rail");
        assert_near(cell_of(back, 0, "minutes"), 60, 0);
        assert_string_equal(text_of(back, 0, "opened"), "");
        if (cases[i].rows > 1) assert_string_equal(text_of(back, 1, "opened"), "2010-12-31");
        assert_near(cell_of(back, 0, "to_lon_deg"), 1, 0);
        nearer_table_free(back);
    }
}

/* ---- what cannot be done ---- */

static void positions__that_are_no_degrees_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *part;
    } cases[] = {
        {"id,lon_deg,lat_deg\na,10,20\nb,200,20\n", "ct_wrong.csv:3: position is (200, 20)"},
        {"id,lon_deg,lat_deg\na,10,-90.5\n", "ct_wrong.csv:2: position is (10, -90.5)"},
        {"id,lon_deg,lat_deg\na,\"10,5\",20\n", "ct_wrong.csv:2: lon_deg is '10,5'"},
        {"from_lon_deg,from_lat_deg,to_lon_deg,to_lat_deg\n0,0,0,91\n", "position is (0, 91)"},
    };
    const nearer_conversion how = {0};
    size_t i = 0;
    for (const limits *of; (of = next_known(&i)) != NULL;)
        for (size_t k = 0; of->drawings && k < sizeof cases / sizeof *cases; k++) {
            nearer_report *report = NULL;
            write_file("ct_wrong.csv", cases[k].csv);
            remove(of->path);
            assert_fails(nearer_convert(&report, "ct_wrong.csv", of->path, &how, &err),
                         NEARER_VALUE, cases[k].part);
            assert_null(report);
            assert_false(nr_file_exists(of->path));
        }
}

static void conversions__that_make_no_sense_are_refused(void **state)
{
    (void)state;
    write_file("ct_towns.csv", "id,lon_deg,lat_deg\na,1,2\n");
    network_folder();
    static const struct {
        const char *from, *to;
        nearer_conversion how;
        nearer_status status;
        const char *part;
    } cases[] = {
        {"ct_towns.csv", "ct_towns.csv", {.date = 0}, NEARER_USAGE, "written over what is read"},
        {"ct_towns.csv", "./ct_towns.csv", {.date = 0}, NEARER_USAGE, "written over what is read"},
        {"ct_net", "ct_net/", {.date = 0}, NEARER_USAGE, "written over what is read"},
        {"ct_towns.csv", "ct_x.doc", {.date = 0}, NEARER_NAME, "not written"},
        {"ct_towns.csv", "ct_x.csv.gz", {.date = 0}, NEARER_NAME, "leave .gz away"},
        {"ct_towns.csv", "ct_x.gr", {.date = 0}, NEARER_VALUE, "columns from and to"},
        {"ct_towns.csv", "ct_x.csv", {.table = "nods"}, NEARER_NAME, "no table 'nods'"},
        {"ct_towns.csv", "ct_x.csv", {.date = 700000}, NEARER_USAGE, "only a study"},
        {"ct_none.csv", "ct_x.csv", {.date = 0}, NEARER_IO, "ct_none.csv: cannot be read"},
        {"ct_none", "ct_x.csv", {.date = 0}, NEARER_IO, "ct_none: cannot be read"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_report *report = NULL;
        nearer_status status =
            nearer_convert(&report, cases[i].from, cases[i].to, &cases[i].how, &err);
        if (status != cases[i].status || strstr(err.message, cases[i].part) == NULL)
            fail_msg("%s to %s: %d, '%s'", cases[i].from, cases[i].to, (int)status,
                     status == NEARER_OK ? "" : err.message);
        assert_null(report);
        assert_false(nr_file_exists("ct_x.csv"));
    }
    char *kept = read_file("ct_towns.csv");
    assert_string_equal(kept, "id,lon_deg,lat_deg\na,1,2\n");
    free(kept);
}

/* Without memory nothing half-made is written: the whole file, or MEMORY and none. */
static void convert__out_of_memory_says_so(void **state)
{
    (void)state;
    const nearer_conversion how = {0};
    nearer_report *report = NULL;
    network_folder();
    assert_ok(nearer_convert(&report, "ct_net", "ct_whole.csv", &how, &err));
    nearer_report_free(report);
    char *whole = read_file("ct_whole.csv");
    for (int after = 0;; after++) {
        assert_true(after < 5000);
        report = NULL;
        remove("ct_part.csv");
        nr_fail_allocation_after(after);
        nearer_status status = nearer_convert(&report, "ct_net", "ct_part.csv", &how, &err);
        nr_fail_allocation_after(-1);
        if (status != NEARER_OK) assert_int_equal(status, NEARER_MEMORY);
        bool there = nr_file_exists("ct_part.csv");
        if (there) {
            char *part = read_file("ct_part.csv");
            assert_string_equal(part, whole);
            free(part);
        }
        nearer_report_free(report);
        if (status == NEARER_OK && there) break;
    }
    free(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables__come_back_as_they_were),
        cmocka_unit_test(points__come_back_as_they_were),
        cmocka_unit_test(lines__come_back_as_they_were),
        cmocka_unit_test(matrices__come_back_as_they_were),
        cmocka_unit_test(networks__come_back_with_all_that_gmns_holds),
        cmocka_unit_test(networks__lose_in_dimacs_what_its_page_says),
        cmocka_unit_test(networks__become_their_links_or_nodes),
        cmocka_unit_test(studies__become_the_links_open_on_a_day),
        cmocka_unit_test(positions__that_are_no_degrees_are_refused),
        cmocka_unit_test(conversions__that_make_no_sense_are_refused),
        cmocka_unit_test(convert__out_of_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
