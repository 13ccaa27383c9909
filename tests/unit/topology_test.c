/* Drawn lines into a network, as `nearer check FILE` tells it. Lines are written "lon lat, lon
 * lat", a `;` between two lines, a `|` between the parts of one. On the equator a ten-thousandth of
 * a degree of longitude is 11.13 m. */
#include "cases/drawn.h"

static nearer_error err;

/* "0 0, 1 0; 2 0, 3 0 | 4 0, 5 0": one feature a line of the file, from its second line on. */
static const char *write_lines(const char *name, const char *lines)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    fputs("{\"type\": \"FeatureCollection\", \"features\": [\n", file);
    for (const char *p = lines; *p != 0;) {
        size_t n = strcspn(p, ";");
        fprintf(file,
                "%s{\"type\": \"Feature\", \"properties\": {}, \"geometry\": {\"type\": "
                "\"MultiLineString\", \"coordinates\": [[[",
                p == lines ? "" : ",\n");
        for (size_t i = 0; i < n; i++) {
            bool gap = p[i] == ' ' && (i == 0 || strchr(" ,|", p[i - 1]) != NULL);
            gap = gap || (p[i] == ' ' && (i + 1 == n || p[i + 1] == '|'));
            if (p[i] == ',')
                fputs("], [", file);
            else if (p[i] == '|')
                fputs("]], [[", file);
            else if (!gap)
                fputc(p[i] == ' ' ? ',' : p[i], file);
        }
        fputs("]]]}}", file);
        p += n + (p[n] == ';');
    }
    fputs("\n]}\n", file);
    fclose(file);
    return name;
}

static nearer_report *check(const char *lines, double snap_m, bool crossings, double near_m)
{
    const nearer_topology how = {.snap_m = snap_m, .crossings = crossings, .near_m = near_m};
    nearer_report *report = NULL;
    assert_ok(nearer_ask_file(&report, write_lines("topology.geojson", lines), NULL, &how, &err));
    return report;
}

typedef struct expected {
    double nodes, links, components, cuts, snapped, dangling, gaps, zero, doubled;
} expected;

static void assert_network(const char *what, const nearer_report *report, const expected *e)
{
    static const char *const names[] = {"nodes", "links",        "components",
                                        "cuts",  "snapped_ends", "dangling_ends",
                                        "gaps",  "zero_length",  "duplicates"};
    const nearer_table *t = report_table(report, "network");
    const double values[] = {e->nodes,    e->links, e->components, e->cuts,   e->snapped,
                             e->dangling, e->gaps,  e->zero,       e->doubled};
    for (size_t i = 0; i < 9; i++)
        if (cell(t, 0, names[i]) != values[i])
            fail_msg("%s: %s is %g, %g was expected", what, names[i], cell(t, 0, names[i]),
                     values[i]);
}

static void lines__become_the_network_they_draw(void **state)
{
    (void)state;
    static const struct {
        const char *what, *lines;
        double snap_m;
        bool crossings;
        expected e; /* nodes links components cuts snapped dangling gaps zero duplicates */
    } cases[] = {
        {"two that meet", "0 0,1 0; 1 0,2 0", 0, false, {3, 2, 1, 0, 0, 2, 0, 0, 0}},
        {"ends 22.26 m apart, beyond the snap",
         "0 0,1 0; 1.0002 0,2 0",
         22,
         false,
         {4, 2, 2, 0, 0, 4, 2, 0, 0}},
        {"ends 22.26 m apart, within the snap",
         "0 0,1 0; 1.0002 0,2 0",
         23,
         false,
         {3, 2, 1, 0, 1, 2, 0, 0, 0}},
        {"the same to 1e-6 degrees",
         "0 0,1 0; 1.0000003 0,2 0",
         0,
         false,
         {3, 2, 1, 0, 0, 2, 0, 0, 0}},
        {"a millionth of a degree apart",
         "0 0,1 0; 1.000002 0,2 0",
         0,
         false,
         {4, 2, 2, 0, 0, 4, 2, 0, 0}},
        {"an X, joined at ends", "0 0,1 1; 0 1,1 0", 0, false, {4, 2, 2, 0, 0, 4, 0, 0, 0}},
        {"an X, cut", "0 0,1 1; 0 1,1 0", 0, true, {5, 4, 1, 2, 0, 4, 0, 0, 0}},
        {"a T, joined at ends", "0 0,1 0; 0.5 0,0.5 1", 0, false, {4, 2, 2, 0, 0, 4, 1, 0, 0}},
        {"a T, cut", "0 0,1 0; 0.5 0,0.5 1", 0, true, {4, 3, 1, 1, 0, 3, 0, 0, 0}},
        {"a T 22.11 m short, within the snap",
         "0 0,1 0; 0.5 0.0002,0.5 1",
         23,
         true,
         {4, 3, 1, 1, 0, 3, 0, 0, 0}},
        {"a T 22.11 m short, beyond it",
         "0 0,1 0; 0.5 0.0002,0.5 1",
         22,
         true,
         {4, 2, 2, 0, 0, 4, 1, 0, 0}},
        {"a vertex on a vertex", "0 0,1 1,2 0; 0 2,1 1,2 2", 0, true, {5, 4, 1, 2, 0, 4, 0, 0, 0}},
        {"three through one point",
         "0 0,2 2; 0 2,2 0; 0 1,2 1",
         0,
         true,
         {7, 6, 1, 3, 0, 6, 0, 0, 0}},
        {"an overlap", "0 0,2 0; 1 0,3 0", 0, true, {4, 4, 1, 2, 0, 2, 0, 0, 1}},
        {"one within the other", "0 0,3 0; 1 0,2 0", 0, true, {4, 4, 1, 2, 0, 2, 0, 0, 1}},
        {"one that crosses itself, joined at ends",
         "0 0,2 2,2 0,0 2",
         0,
         false,
         {2, 1, 1, 0, 0, 2, 0, 0, 0}},
        {"one that crosses itself, cut", "0 0,2 2,2 0,0 2", 0, true, {3, 3, 1, 2, 0, 2, 0, 0, 0}},
        {"one that ends on itself, cut", "0 0,2 0,2 1,1 0", 0, true, {2, 2, 1, 1, 0, 1, 0, 0, 0}},
        {"a ring", "0 0,1 0,1 1,0 0", 0, false, {1, 1, 1, 0, 0, 0, 0, 0, 0}},
        {"a ring, cut nowhere", "0 0,1 0,1 1,0 0", 0, true, {1, 1, 1, 0, 0, 0, 0, 0, 0}},
        {"a ring with a line through it",
         "0 0,2 0,2 2,0 2,0 0; -1 1,3 1",
         0,
         true,
         {5, 6, 1, 4, 0, 2, 0, 0, 0}},
        {"two parts apart", "0 0,1 0 | 5 5,6 5", 0, false, {4, 2, 2, 0, 0, 4, 0, 0, 0}},
        {"two parts that meet", "0 0,1 0 | 1 0,2 0", 0, false, {3, 2, 1, 0, 0, 2, 0, 0, 0}},
        {"no length", "3 3,3 3; 0 0,1 0", 0, false, {3, 2, 2, 0, 0, 2, 0, 1, 0}},
        {"no length after rounding (4 cm)",
         "0 0,0.0000004 0",
         0,
         false,
         {1, 1, 1, 0, 0, 0, 0, 1, 0}},
        {"no length after joining (11 m)", "0 0,0.0001 0", 25, false, {1, 1, 1, 0, 1, 0, 0, 1, 0}},
        {"a short line that stays one", "0 0,0.0001 0", 10, false, {2, 1, 1, 0, 0, 2, 0, 0, 0}},
        {"the same line twice, and turned",
         "0 0,1 0; 0 0,1 0; 1 0,0 0",
         0,
         false,
         {2, 3, 1, 0, 0, 0, 0, 0, 2}},
        {"the same line twice, cut nowhere",
         "0 0,1 0; 0 0,1 0",
         0,
         true,
         {2, 2, 1, 0, 0, 0, 0, 0, 1}},
        {"the same ends by another way",
         "0 0,1 0; 0 0,0.5 0.2,1 0",
         0,
         false,
         {2, 2, 1, 0, 0, 0, 0, 0, 0}},
        /* the date line and the poles: one place has several longitudes */
        {"180 east is 180 west",
         "179 0,180 0; -180 0,-179 0",
         0,
         false,
         {3, 2, 1, 0, 0, 2, 0, 0, 0}},
        {"22.26 m across the date line, within",
         "179 0,179.9999 0; -179.9999 0,-179 0",
         23,
         false,
         {3, 2, 1, 0, 1, 2, 0, 0, 0}},
        {"22.26 m across the date line, beyond",
         "179 0,179.9999 0; -179.9999 0,-179 0",
         22,
         false,
         {4, 2, 2, 0, 0, 4, 2, 0, 0}},
        {"both end at the pole", "0 80,0 90; 90 80,90 90", 0, false, {3, 2, 1, 0, 0, 2, 0, 0, 0}},
        {"22.34 m across the north pole, within",
         "0 80,0 89.9999; 180 80,180 89.9999",
         23,
         false,
         {3, 2, 1, 0, 1, 2, 0, 0, 0}},
        {"22.34 m across the south pole, within",
         "10 -80,10 -89.9999; -170 -80,-170 -89.9999",
         23,
         false,
         {3, 2, 1, 0, 1, 2, 0, 0, 0}},
        {"22.34 m across the south pole, beyond",
         "10 -80,10 -89.9999; -170 -80,-170 -89.9999",
         22,
         false,
         {4, 2, 2, 0, 0, 4, 2, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_report *report = check(cases[i].lines, cases[i].snap_m, cases[i].crossings, 0);
        assert_network(cases[i].what, report, &cases[i].e);
        nearer_report_free(report);
    }
}

/* Three ends on the equator, 22.26 and 11.13 m apart, so the outer two 33.40 m: within 25 m the
 * middle one belongs to the nearer, whichever line stands first in the file. */
static void chains__of_near_ends_join_the_same_way_in_any_order(void **state)
{
    (void)state;
    static const char *const lines[] = {"0 0,0 1", "0.0002 0,0.3 1", "0.0003 0,0.0003 -1"};
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < 6; i++) {
        char text[200];
        snprintf(text, sizeof text, "%s;%s;%s", lines[orders[i][0]], lines[orders[i][1]],
                 lines[orders[i][2]]);
        nearer_report *report = check(text, 25, false, 5);
        const expected e = {5, 3, 2, 0, 1, 4, 0, 0, 0};
        assert_network(text, report, &e);
        const nearer_table *snaps = report_table(report, "snaps");
        assert_near(cell(snaps, 0, "moved_m"), EQUATOR_DEGREE_KM * 0.1, 1e-6);
        assert_near(cell(snaps, 0, "lon_deg"), 0.0002, 1e-12);
        assert_near(cell(snaps, 0, "to_lon_deg"), 0.0003, 1e-12);
        nearer_report_free(report);
    }
}

/* The same with two lines that end in the middle: a junction there draws both others to it. */
static void chains__join_where_most_lines_end(void **state)
{
    (void)state;
    static const char *const orders[] = {
        "0 0,0 1; 0.0002 0,0.3 1; 0.0002 0,-1 -1; 0.0003 0,0.0003 -1",
        "0.0003 0,0.0003 -1; 0 0,0 1; 0.0002 0,-1 -1; 0.0002 0,0.3 1",
        "0.0002 0,-1 -1; 0.0003 0,0.0003 -1; 0.0002 0,0.3 1; 0 0,0 1"};
    for (size_t i = 0; i < 3; i++) {
        nearer_report *report = check(orders[i], 25, false, 5);
        const expected e = {5, 4, 1, 0, 2, 4, 0, 0, 0};
        assert_network(orders[i], report, &e);
        const nearer_table *snaps = report_table(report, "snaps");
        assert_int_equal(nearer_table_rows(snaps), 2);
        assert_near(cell(snaps, 0, "moved_m"), EQUATOR_DEGREE_KM * 0.2, 1e-6);
        assert_near(cell(snaps, 1, "moved_m"), EQUATOR_DEGREE_KM * 0.1, 1e-6);
        nearer_report_free(report);
    }
}

/* Six ends were moved, by 1 to 6 hundred-thousandths of a degree (1.113 m each). */
static void snaps__are_the_five_longest(void **state)
{
    (void)state;
    nearer_report *report =
        check("1 0,1 1; 1.00003 0,1 -1; 2 0,2 1; 2.00001 0,2 -1; 3 0,3 1; 3.00006 0,3 -1;"
              "4 0,4 1; 4.00002 0,4 -1; 5 0,5 1; 5.00005 0,5 -1; 6 0,6 1; 6.00004 0,6 -1",
              25, false, 0);
    const nearer_table *snaps = report_table(report, "snaps");
    static const struct {
        const char *line; /* of the file, whose first holds the head */
        double steps, at;
    } wanted[] = {{"7", 6, 3}, {"11", 5, 5}, {"13", 4, 6}, {"3", 3, 1}, {"9", 2, 4}};
    assert_int_equal(nearer_table_rows(snaps), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(cell_text(snaps, i, "line"), wanted[i].line);
        assert_near(cell(snaps, i, "moved_m"), EQUATOR_DEGREE_KM * wanted[i].steps / 100, 1e-6);
        assert_near(cell(snaps, i, "lon_deg"), wanted[i].at + wanted[i].steps * 1e-5, 1e-12);
        assert_near(cell(snaps, i, "to_lon_deg"), wanted[i].at, 1e-12);
        assert_near(cell(snaps, i, "lat_deg"), 0, 0);
    }
    assert_near(cell(report_table(report, "network"), 0, "snapped_ends"), 6, 0);
    nearer_report_free(report);
}

/* By file line: 2 a street, 3 ends 0.0002 degrees north of its middle, 4 ends 0.0004 degrees east
 * of its end; a degree of latitude is 110.574 km there. The shortest gap first. */
static void gaps__have_the_places_of_both_sides(void **state)
{
    (void)state;
    static const char lines[] = "0 0,1 0; 0.5 0.0002,0.5 1; 1.0004 0,2 0";
    nearer_report *report = check(lines, 0, false, 0);
    const nearer_table *gaps = report_table(report, "gaps");
    static const struct {
        const char *line, *other;
        double metres, lon, lat, to_lon;
    } wanted[] = {{"3", "2", 22.1149, 0.5, 0.0002, 0.5},
                  {"2", "4", 44.5278, 1, 0, 1.0004},
                  {"4", "2", 44.5278, 1.0004, 0, 1}};
    assert_int_equal(nearer_table_rows(gaps), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(cell_text(gaps, i, "line"), wanted[i].line);
        assert_string_equal(cell_text(gaps, i, "nearly_touches"), wanted[i].other);
        assert_near(cell(gaps, i, "gap_m"), wanted[i].metres, 1e-4);
        assert_near(cell(gaps, i, "lon_deg"), wanted[i].lon, 1e-12);
        assert_near(cell(gaps, i, "lat_deg"), wanted[i].lat, 1e-12);
        assert_near(cell(gaps, i, "to_lon_deg"), wanted[i].to_lon, 1e-9);
        assert_near(cell(gaps, i, "to_lat_deg"), 0, 1e-12);
    }
    assert_true(has_note(report, "3 dangling ends come within 100 m of another line"));
    nearer_report_free(report);
    /* within --near only */
    report = check(lines, 0, false, 30);
    assert_int_equal(nearer_table_rows(report_table(report, "gaps")), 1);
    nearer_report_free(report);
    report = check(lines, 0, false, 22);
    assert_int_equal(nearer_table_rows(report_table(report, "gaps")), 0);
    nearer_report_free(report);
}

/* Across the date line, to the middle of a line: 0.0002 degrees. */
static void gaps__reach_across_the_date_line(void **state)
{
    (void)state;
    nearer_report *report = check("179 0,179.9999 0; -179.9999 -1,-179.9999 1", 0, false, 0);
    const nearer_table *gaps = report_table(report, "gaps");
    assert_int_equal(nearer_table_rows(gaps), 1);
    assert_near(cell(gaps, 0, "gap_m"), EQUATOR_DEGREE_KM * 0.2, 1e-3);
    assert_near(cell(gaps, 0, "to_lon_deg"), -179.9999, 1e-9);
    assert_near(cell(gaps, 0, "to_lat_deg"), 0, 1e-9);
    nearer_report_free(report);
}

/* Most links first; lengths on the equator in whole degrees. */
static void components__are_told_with_their_size_and_place(void **state)
{
    (void)state;
    nearer_report *report = check("10 0,11 0; 20 0,21 0; 21 0,23 0; 30 0,34 0", 0, false, 0);
    const nearer_table *parts = report_table(report, "components");
    static const double wanted[][4] = {{3, 2, 3, 20}, {2, 1, 1, 10}, {2, 1, 4, 30}};
    assert_int_equal(nearer_table_rows(parts), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_near(cell(parts, i, "component"), (double)i + 1, 0);
        assert_near(cell(parts, i, "nodes"), wanted[i][0], 0);
        assert_near(cell(parts, i, "links"), wanted[i][1], 0);
        assert_near(cell(parts, i, "length_km"), wanted[i][2] * EQUATOR_DEGREE_KM, 1e-6);
        assert_near(cell(parts, i, "lon_deg"), wanted[i][3], 0);
        assert_near(cell(parts, i, "lat_deg"), 0, 0);
    }
    assert_near(cell(report_table(report, "network"), 0, "length_km"), 8 * EQUATOR_DEGREE_KM, 1e-6);
    assert_true(has_note(report, "4 lines make 7 nodes and 4 links in 3 components; 0 dangling "));
    nearer_report_free(report);
}

/* What is cut keeps its attributes and is drawn from node to node. */
static void pieces__keep_the_attributes_and_the_drawing(void **state)
{
    (void)state;
    write_file(
        "topology_t.geojson",
        "{\"type\": \"FeatureCollection\", \"features\": [\n"
        "{\"type\": \"Feature\", \"properties\": {\"name\": \"长街\"}, \"geometry\": {\"type\": "
        "\"LineString\", \"coordinates\": [[0, 0], [1, 0], [2, 0]]}},\n"
        "{\"type\": \"Feature\", \"properties\": {\"name\": \"b\"}, \"geometry\": {\"type\": "
        "\"LineString\", \"coordinates\": [[0.5, 0], [0.5, 1]]}}]}\n");
    const nearer_conversion how = {.topology = {.crossings = true}};
    nearer_report *report = NULL;
    nearer_table *links = NULL;
    assert_ok(nearer_convert(&report, "topology_t.geojson", "topology_gmns/", &how, &err));
    nearer_report_free(report);
    assert_ok(nearer_table_read(&links, "topology_gmns/link.csv", NULL, &err));
    assert_int_equal(nearer_table_rows(links), 3);
    static const struct {
        const char *name, *from, *to, *drawn;
        double degrees;
    } wanted[] = {{"长街", "1", "2", "LINESTRING (0 0, 0.5 0)", 0.5},
                  {"长街", "2", "3", "LINESTRING (0.5 0, 1 0, 2 0)", 1.5},
                  {"b", "2", "4", "LINESTRING (0.5 0, 0.5 1)", 0}};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(cell_text(links, i, "name"), wanted[i].name);
        assert_string_equal(cell_text(links, i, "from_node_id"), wanted[i].from);
        assert_string_equal(cell_text(links, i, "to_node_id"), wanted[i].to);
        assert_string_equal(cell_text(links, i, "geometry"), wanted[i].drawn);
        if (wanted[i].degrees > 0)
            assert_near(cell(links, i, "length"), wanted[i].degrees * EQUATOR_DEGREE_KM, 1e-6);
    }
    nearer_table_free(links);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines__become_the_network_they_draw),
        cmocka_unit_test(chains__of_near_ends_join_the_same_way_in_any_order),
        cmocka_unit_test(chains__join_where_most_lines_end),
        cmocka_unit_test(snaps__are_the_five_longest),
        cmocka_unit_test(gaps__have_the_places_of_both_sides),
        cmocka_unit_test(gaps__reach_across_the_date_line),
        cmocka_unit_test(components__are_told_with_their_size_and_place),
        cmocka_unit_test(pieces__keep_the_attributes_and_the_drawing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
