#include <math.h>
#include <zlib.h>

#include "base/memory.h"
#include "formats/format.h"
#include "test.h"

static nearer_error err;
static const nearer_reading plain = {0};

static nearer_status read_graph(nr_network_tables *out, const char *path)
{
    const nr_format *format = NULL;
    nearer_status status = nr_format_find(&format, path, NULL, NR_READ_NETWORK, &err);
    return status == NEARER_OK ? format->read_network(out, path, &plain, &err) : status;
}

static nearer_status write_graph(const nr_network_tables *network, const char *path)
{
    nr_output output = {0};
    nearer_status status = nr_format_dimacs.write_network(&output, network, &err);
    if (status == NEARER_OK) return nr_output_write(&output, path, &err);
    nr_output_clear(&output);
    return status;
}

static double cell(const nearer_table *table, size_t row, const char *column)
{
    return nearer_table_number(table, row, (size_t)nearer_table_find(table, column));
}

static const char *text(const nearer_table *table, size_t row, const char *column)
{
    return nearer_table_text(table, row, (size_t)nearer_table_find(table, column));
}

static void refuse(const char *graph, nearer_status status, const char *part)
{
    nr_network_tables tables = {0};
    remove("dimacs_bad.co");
    assert_fails(read_graph(&tables, write_file("dimacs_bad.gr", graph)), status, part);
    assert_null(tables.links);
    assert_null(tables.nodes);
}

static void refuse_positions(const char *positions, nearer_status status, const char *part)
{
    nr_network_tables tables = {0};
    write_file("dimacs_places.gr", "p sp 2 0\n");
    write_file("dimacs_places.co", positions);
    assert_fails(read_graph(&tables, "dimacs_places.gr"), status, part);
    assert_null(tables.links);
    assert_null(tables.nodes);
}

static void dimacs__of_no_nodes_and_of_no_arcs(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    remove("dimacs_none.co");
    assert_ok(read_graph(&t, write_file("dimacs_none.gr", "c nothing\np sp 0 0")));
    assert_int_equal(nearer_table_rows(t.links), 0);
    assert_int_equal(nearer_table_rows(t.nodes), 0);
    nr_network_tables_clear(&t);
    assert_ok(read_graph(&t, write_file("dimacs_none.gr", "p sp 2 0\n")));
    assert_int_equal(nearer_table_rows(t.links), 0);
    assert_int_equal(nearer_table_rows(t.nodes), 2);
    assert_string_equal(text(t.nodes, 1, "id"), "2");
    assert_true(isnan(cell(t.nodes, 1, "lon_deg")));
    nr_network_tables_clear(&t);
}

static void dimacs__has_arcs_one_way_and_positions_in_degrees(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    write_file("dimacs_two.gr",
               "c comment\r\n\r\np  sp 3\t2\r\nc\na 1 3 007\n  a 3 1 0 \nc the end");
    write_file("dimacs_two.co", "c x\np aux sp co 2\nv 3 -73530767 41085396\nv 1 0 -90000000\n");
    assert_ok(read_graph(&t, "dimacs_two.gr"));
    assert_int_equal(nearer_table_rows(t.links), 2);
    assert_string_equal(text(t.links, 0, "from"), "1");
    assert_string_equal(text(t.links, 0, "to"), "3");
    assert_true(cell(t.links, 0, "weight") == 7);
    assert_string_equal(text(t.links, 0, "oneway"), "yes");
    assert_string_equal(text(t.links, 1, "from"), "3");
    assert_true(cell(t.links, 1, "weight") == 0);
    char where[NR_WHERE];
    assert_string_equal(nr_table_where(t.links, 1, where), "dimacs_two.gr:6");
    assert_int_equal(nearer_table_rows(t.nodes), 3);
    assert_true(cell(t.nodes, 2, "lon_deg") == -73.530767);
    assert_true(cell(t.nodes, 2, "lat_deg") == 41.085396);
    assert_true(cell(t.nodes, 0, "lat_deg") == -90);
    assert_true(isnan(cell(t.nodes, 1, "lat_deg")));
    nr_network_tables_clear(&t);
}

static void write_gzip(const char *path, const char *bytes)
{
    gzFile file = gzopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, bytes, (unsigned)strlen(bytes)), strlen(bytes));
    assert_int_equal(gzclose(file), Z_OK);
}

static void dimacs__is_read_packed(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    write_gzip("dimacs_packed.gr.gz", "p sp 2 1\na 1 2 5\n");
    write_gzip("dimacs_packed.co.gz", "p aux sp co 1\nv 2 1500000 2000000\n");
    assert_ok(read_graph(&t, "dimacs_packed.gr.gz"));
    assert_true(cell(t.links, 0, "weight") == 5);
    assert_true(cell(t.nodes, 1, "lon_deg") == 1.5);
    assert_fails(
        nr_format_find(&(const nr_format *){NULL}, "x.gr.gz", NULL, NR_WRITE_NETWORK, &err),
        NEARER_NAME, "leave .gz away");
    nr_network_tables_clear(&t);
}

static void dimacs__takes_coordinates_of_another_system(void **state)
{
    (void)state;
    nr_network_tables t = {0};
    const nearer_reading how = {.crs = "EPSG:32650"};
    write_file("dimacs_utm.gr", "p sp 1 0\n");
    write_file("dimacs_utm.co", "p aux sp co 1\nv 1 500000 0\n");
    assert_ok(nr_format_dimacs.read_network(&t, "dimacs_utm.gr", &how, &err));
    assert_true(fabs(cell(t.nodes, 0, "lon_deg") - 117) < 1e-9); /* the zone's meridian */
    assert_true(fabs(cell(t.nodes, 0, "lat_deg")) < 1e-9);
    nr_network_tables_clear(&t);
}

static void dimacs__says_what_is_wrong_and_where(void **state)
{
    (void)state;
    refuse("", NEARER_SYNTAX, "dimacs_bad.gr: the line 'p sp NODES ARCS' is missing");
    refuse("c only this\n", NEARER_SYNTAX, "is missing");
    refuse("a 1 2 3\np sp 2 1\n", NEARER_SYNTAX, "dimacs_bad.gr:1: 'a 1 2 3', the line 'p sp");
    refuse("p sp 2\n", NEARER_SYNTAX, "dimacs_bad.gr:1: 'p sp 2', the line 'p sp NODES ARCS'");
    refuse("p sp 2 1 1\n", NEARER_SYNTAX, "dimacs_bad.gr:1");
    refuse("p max 2 1\n", NEARER_SYNTAX, "'p max 2 1'");
    refuse("p sp -2 1\n", NEARER_SYNTAX, "'p sp -2 1'");
    refuse("p sp 5000000000 1\n", NEARER_SYNTAX, "at most 2^32 - 2 nodes");
    refuse("p sp 4000000000 0\n", NEARER_VALUE, "4000000000 nodes with no more than 0 arcs");
    refuse("p sp 2 1\np sp 2 1\na 1 2 3\n", NEARER_SYNTAX,
           "dimacs_bad.gr:2: 'p sp 2 1', no second");
    refuse("p sp 2 1\nb 1 2 3\n", NEARER_SYNTAX, "dimacs_bad.gr:2: 'b 1 2 3', an arc");
    refuse("p sp 2 1\na 1 2\n", NEARER_SYNTAX, "'a 1 2', an arc");
    refuse("p sp 2 1\na 1 2 3 4\n", NEARER_SYNTAX, "'a 1 2 3 4', an arc");
    refuse("p sp 2 1\na 1 2 3.5\n", NEARER_SYNTAX, "'a 1 2 3.5', an arc");
    refuse("p sp 2 1\na 1 2 1234567890123456\n", NEARER_SYNTAX, "an arc");
    refuse("p sp 2 1\na 1 2 -3\n", NEARER_VALUE, "dimacs_bad.gr:2: weight -3, none below 0");
    refuse("p sp 2 1\na 0 2 3\n", NEARER_VALUE, "dimacs_bad.gr:2: node 0, 1 to 2 was expected");
    refuse("p sp 2 1\na 1 3 3\n", NEARER_VALUE, "dimacs_bad.gr:2: node 3, 1 to 2 was expected");
    refuse("p sp 2 1\n", NEARER_SYNTAX, "0 arcs, 1 were expected");
    refuse("p sp 2 1\na 1 2 3\na 1 2 3\n", NEARER_SYNTAX, "2 arcs, 1 were expected");
    nr_network_tables t = {0};
    assert_fails(read_graph(&t, "dimacs_no_such_file.gr"), NEARER_IO, "dimacs_no_such_file.gr");
}

static void dimacs__says_what_is_wrong_with_coordinates(void **state)
{
    (void)state;
    refuse_positions("", NEARER_SYNTAX, "dimacs_places.co: the line 'p aux sp co NODES'");
    refuse_positions("p sp 2 0\n", NEARER_SYNTAX, "dimacs_places.co:1: 'p sp 2 0'");
    refuse_positions("p aux sp co 1\nv 1 2\n", NEARER_SYNTAX,
                     "dimacs_places.co:2: 'v 1 2', a node");
    refuse_positions("p aux sp co 1\nv 3 1 1\n", NEARER_VALUE, "node 3, 1 to 2 was expected");
    refuse_positions("p aux sp co 2\nv 1 1 1\nv 1 1 1\n", NEARER_VALUE,
                     "dimacs_places.co:3: node 1 stands twice");
    refuse_positions("p aux sp co 2\nv 1 1 1\n", NEARER_SYNTAX, "1 nodes, 2 were expected");
    refuse_positions("p aux sp co 1\nv 2 200000000 1\n", NEARER_VALUE,
                     "node 2: (200000000, 1) gives no longitude and latitude in millionths");
}

/* A random network with every node's position on a grid of millionths of a degree. */
static nr_network_tables random_network(unsigned seed, size_t nodes, size_t links)
{
    nr_network_tables t = {0};
    assert_ok(nr_table_new(&t.nodes, NULL, NULL, &err));
    nr_table_add_column(t.nodes, "id", NR_TEXT_COLUMN);
    nr_table_add_column(t.nodes, "lon_deg", 6);
    nr_table_add_column(t.nodes, "lat_deg", 6);
    assert_ok(nr_table_new(&t.links, NULL, NULL, &err));
    nr_table_add_column(t.links, "from", NR_TEXT_COLUMN);
    nr_table_add_column(t.links, "to", NR_TEXT_COLUMN);
    nr_table_add_column(t.links, "weight", 0);
    nr_table_add_column(t.links, "oneway", NR_TEXT_COLUMN);
    char a[24], b[24];
    for (size_t i = 0; i < nodes; i++) {
        snprintf(a, sizeof a, "%zu", i + 1);
        seed = seed * 1664525u + 1013904223u;
        double lon = (double)(seed % 360000000) / 1e6 - 180;
        double lat = (double)(seed % 180000000) / 1e6 - 90;
        nr_table_put(t.nodes, a, i % 7 == 3 ? NAN : round(lon * 1e6) / 1e6,
                     i % 7 == 3 ? NAN : round(lat * 1e6) / 1e6);
    }
    for (size_t i = 0; i < links; i++) {
        seed = seed * 1664525u + 1013904223u;
        snprintf(a, sizeof a, "%zu", (size_t)(seed >> 8) % nodes + 1);
        snprintf(b, sizeof b, "%zu", (size_t)(seed >> 16) % nodes + 1);
        nr_table_put(t.links, a, b, (double)(seed % 100000), "yes");
    }
    return t;
}

static void assert_same(const nearer_table *a, const nearer_table *b)
{
    char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
    assert_int_equal(nearer_table_rows(a), nearer_table_rows(b));
    assert_int_equal(nearer_table_columns(a), nearer_table_columns(b));
    for (size_t c = 0; c < nearer_table_columns(a); c++) {
        assert_string_equal(nearer_table_column_name(a, c), nearer_table_column_name(b, c));
        for (size_t r = 0; r < nearer_table_rows(a); r++)
            assert_string_equal(nr_table_cell(a, r, c, x), nr_table_cell(b, r, c, y));
    }
}

static void dimacs__written_and_read_is_the_same(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 20; seed++) {
        nr_network_tables t = random_network(seed, seed, 3 * seed), back = {0};
        assert_ok(write_graph(&t, "dimacs_random.gr"));
        assert_ok(read_graph(&back, "dimacs_random.gr"));
        assert_same(t.links, back.links);
        assert_same(t.nodes, back.nodes);
        nr_network_tables_clear(&t);
        nr_network_tables_clear(&back);
    }
}

static nearer_table *links_of(const char *csv)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file("dimacs_links.csv", csv), NULL, &err));
    return table;
}

static void assert_written(const char *csv, const char *expected)
{
    nr_network_tables t = {.links = links_of(csv)};
    assert_ok(write_graph(&t, "dimacs_out.gr"));
    char *found = read_file("dimacs_out.gr");
    assert_string_equal(found, expected);
    free(found);
    nr_network_tables_clear(&t);
}

static void dimacs__written_has_milliseconds_and_both_directions(void **state)
{
    (void)state;
    assert_written(
        "from,to,minutes,weight,oneway\nb,a,1.5,9,\na,c,0.00001,9,yes\nc,b,2,9,reverse\n",
        "c weights: milliseconds\nc node 1 b\nc node 2 a\nc node 3 c\np sp 3 4\n"
        "a 1 2 90000\na 2 1 90000\na 2 3 1\na 1 3 120000\n");
    assert_written("from,to,weight,oneway\n1,2,7,no\n",
                   "c weights: as given, without unit\np sp 2 2\na 1 2 7\na 2 1 7\n");
    assert_written("from,to,length_km\n1,2,0.25\n",
                   "c weights: metres\np sp 2 2\na 1 2 250\na 2 1 250\n");
    assert_written("from,to,weight\n", "c weights: as given, without unit\np sp 0 0\n");
    char *co = read_file("dimacs_out.co"); /* one of before is not left beside it */
    assert_string_equal(co, "p aux sp co 0\n");
    free(co);
}

static void refuse_writing(const char *csv, nearer_status status, const char *part)
{
    nr_network_tables t = {.links = links_of(csv)};
    assert_fails(write_graph(&t, "dimacs_refused.gr"), status, part);
    assert_false(nr_file_exists("dimacs_refused.gr"));
    nr_network_tables_clear(&t);
}

static void dimacs__refuses_to_write_what_it_cannot_hold(void **state)
{
    (void)state;
    refuse_writing("from,to\n1,2\n", NEARER_VALUE, "no column minutes, weight or length_km");
    refuse_writing("to,minutes\n1,2\n", NEARER_NAME, "no column 'from'");
    refuse_writing("from,minutes\n1,2\n", NEARER_NAME, "no column 'to'");
    refuse_writing("from,to,minutes\n1,2,\n", NEARER_VALUE, "link 1: minutes is ''");
    refuse_writing("from,to,minutes\n1,2,inf\n", NEARER_VALUE, "link 1: minutes is 'inf'");
    refuse_writing("from,to,minutes\n1,2,3\n1,2,-3\n", NEARER_VALUE, "link 2: minutes is '-3'");
    refuse_writing("from,to,weight\n1,2,2.5\n", NEARER_VALUE, "'2.5', a whole number from 0");
    refuse_writing("from,to,weight\n1,,2\n", NEARER_VALUE, "dimacs_links.csv:2: to is empty");
    refuse_writing("from,to,weight,oneway\n1,2,2,maybe\n", NEARER_VALUE,
                   "dimacs_links.csv:2: oneway is 'maybe'");
    nr_network_tables t = {.links = links_of("from,to,weight\n1,9,2\n")};
    assert_ok(
        nearer_table_read(&t.nodes, write_file("dimacs_nodes.csv", "id\n1\n2\n"), NULL, &err));
    assert_fails(write_graph(&t, "dimacs_refused.gr"), NEARER_NAME,
                 "dimacs_links.csv:2: to is '9', which is no node");
    nearer_table_free(t.nodes);
    t.nodes = NULL;
    assert_ok(
        nearer_table_read(&t.nodes, write_file("dimacs_nodes.csv", "id\n1\n1\n"), NULL, &err));
    assert_fails(write_graph(&t, "dimacs_refused.gr"), NEARER_VALUE,
                 "dimacs_nodes.csv:3: node '1' stands twice");
    nearer_table_free(t.nodes);
    t.nodes = NULL;
    assert_ok(
        nearer_table_read(&t.nodes, write_file("dimacs_nodes.csv", "id,x\n,1\n"), NULL, &err));
    assert_fails(write_graph(&t, "dimacs_refused.gr"), NEARER_VALUE,
                 "dimacs_nodes.csv:2: a node without id");
    nr_network_tables_clear(&t);
}

static void dimacs__out_of_memory_gives_nothing(void **state)
{
    (void)state;
    nr_network_tables t = random_network(7, 5, 9), back = {0};
    assert_ok(write_graph(&t, "dimacs_memory.gr"));
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    for (; status != NEARER_OK; allowed++) {
        nr_fail_allocation_after(allowed);
        status = read_graph(&back, "dimacs_memory.gr");
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_string_equal(err.message, "out of memory");
        assert_null(back.links);
    }
    assert_true(allowed > 10);
    assert_same(t.nodes, back.nodes);
    for (allowed = 0, status = NEARER_MEMORY; status != NEARER_OK; allowed++) {
        remove("dimacs_memory2.gr");
        nr_fail_allocation_after(allowed);
        status = write_graph(&t, "dimacs_memory2.gr");
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_false(nr_file_exists("dimacs_memory2.gr"));
    }
    assert_true(allowed > 5);
    nr_network_tables_clear(&t);
    nr_network_tables_clear(&back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dimacs__of_no_nodes_and_of_no_arcs),
        cmocka_unit_test(dimacs__has_arcs_one_way_and_positions_in_degrees),
        cmocka_unit_test(dimacs__is_read_packed),
        cmocka_unit_test(dimacs__takes_coordinates_of_another_system),
        cmocka_unit_test(dimacs__says_what_is_wrong_and_where),
        cmocka_unit_test(dimacs__says_what_is_wrong_with_coordinates),
        cmocka_unit_test(dimacs__written_and_read_is_the_same),
        cmocka_unit_test(dimacs__written_has_milliseconds_and_both_directions),
        cmocka_unit_test(dimacs__refuses_to_write_what_it_cannot_hold),
        cmocka_unit_test(dimacs__out_of_memory_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
