#include <igraph/igraph.h>
#include <math.h>

#include "base/memory.h"
#include "formats/format.h"
#include "test.h"

static nearer_error err;

static nearer_table *table_of(const char *path, const char *csv)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file(path, csv), NULL, &err));
    return table;
}

static nearer_status write_graph(const nr_network_tables *network, const char *path)
{
    nr_output output = {0};
    const nr_format *format = NULL;
    assert_ok(nr_format_find(&format, path, NULL, NR_WRITE_NETWORK, &err));
    nearer_status status = format->write_network(&output, network, &err);
    if (status == NEARER_OK) return nr_output_write(&output, path, &err);
    nr_output_clear(&output);
    return status;
}

/* Writes and reads with igraph, its attributes with it. */
static void written(igraph_t *out, const nr_network_tables *network, const char *path)
{
    assert_ok(write_graph(network, path));
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    igraph_set_attribute_table(&igraph_cattribute_table);
    assert_int_equal(igraph_read_graph_graphml(out, file, 0), IGRAPH_SUCCESS);
    fclose(file);
}

static void assert_edge(const igraph_t *graph, igraph_integer_t edge, igraph_integer_t from,
                        igraph_integer_t to)
{
    assert_int_equal(IGRAPH_FROM(graph, edge), from);
    assert_int_equal(IGRAPH_TO(graph, edge), to);
}

static void graphml__of_no_links_and_of_no_nodes(void **state)
{
    (void)state;
    igraph_t graph;
    nr_network_tables t = {.links = table_of("gml_links.csv", "from,to,minutes\n")};
    written(&graph, &t, "gml_none.graphml");
    assert_int_equal(igraph_vcount(&graph), 0);
    assert_int_equal(igraph_ecount(&graph), 0);
    igraph_destroy(&graph);
    t.nodes = table_of("gml_nodes.csv", "id\nalone\n");
    written(&graph, &t, "gml_none.graphml");
    assert_int_equal(igraph_vcount(&graph), 1);
    assert_string_equal(VAS(&graph, "id", 0), "alone");
    igraph_destroy(&graph);
    nr_network_tables_clear(&t);
}

static void graphml__has_both_directions_and_every_column(void **state)
{
    (void)state;
    igraph_t g;
    nr_network_tables t = {
        .links = table_of("gml_links.csv", "from,to,minutes,line,oneway,opened\n"
                                           "3,1,0.1,G1 & <G2>,,2010-05\n"
                                           "1,2,,,yes,\n"
                                           "1,2,1e300,\"\"\"q\"\"\",reverse,2011\n"),
        .nodes =
            table_of("gml_nodes.csv", "id,name,lon_deg,people\n"
                                      "1,\xE6\xAD\xA6\xE6\xB1\x89,114.3055,5\n2,5,-1,\n3,,,7\n"),
    };
    written(&g, &t, "gml_all.graphml");
    assert_true(igraph_is_directed(&g));
    assert_int_equal(igraph_vcount(&g), 3);
    assert_int_equal(igraph_ecount(&g), 4);
    assert_string_equal(VAS(&g, "id", 0), "1"); /* names are texts */
    assert_string_equal(VAS(&g, "name", 0), "\xE6\xAD\xA6\xE6\xB1\x89");
    assert_string_equal(VAS(&g, "name", 1), "5");
    assert_true(VAN(&g, "lon_deg", 0) == 114.3055);
    assert_true(isnan(VAN(&g, "lon_deg", 2)));
    assert_true(VAN(&g, "people", 2) == 7);
    assert_edge(&g, 0, 2, 0);
    assert_edge(&g, 1, 0, 2);
    assert_edge(&g, 2, 0, 1);
    assert_edge(&g, 3, 1, 0);
    assert_true(EAN(&g, "minutes", 0) == 0.1 && EAN(&g, "minutes", 1) == 0.1);
    assert_true(isnan(EAN(&g, "minutes", 2)));
    assert_true(EAN(&g, "minutes", 3) == 1e300);
    assert_string_equal(EAS(&g, "line", 1), "G1 & <G2>");
    assert_string_equal(EAS(&g, "line", 3), "\"q\"");
    assert_string_equal(EAS(&g, "opened", 0), "2010-05");
    /* the way back says its own ends */
    assert_string_equal(EAS(&g, "from", 0), "3");
    assert_string_equal(EAS(&g, "from", 1), "1");
    assert_string_equal(EAS(&g, "to", 1), "3");
    assert_string_equal(EAS(&g, "from", 3), "2");
    igraph_destroy(&g);
    nr_network_tables_clear(&t);
}

static void graphml__has_no_character_that_xml_has_not(void **state)
{
    (void)state;
    igraph_t g;
    nr_network_tables t = {0};
    assert_ok(nr_table_new(&t.links, NULL, NULL, &err));
    nr_table_add_column(t.links, "from", NR_TEXT_COLUMN);
    nr_table_add_column(t.links, "to", NR_TEXT_COLUMN);
    nr_table_add_column(t.links, "a\x02<b>", NR_TEXT_COLUMN);
    nr_table_put(t.links, "a\x01", "b", "x\x1Fy\xEF\xBF\xBFz\tw");
    written(&g, &t, "gml_xml.graphml");
    assert_string_equal(VAS(&g, "id", 0), "a\xEF\xBF\xBD");
    assert_string_equal(EAS(&g, "a\xEF\xBF\xBD<b>", 0), "x\xEF\xBF\xBDy\xEF\xBF\xBDz\tw");
    igraph_destroy(&g);
    nr_network_tables_clear(&t);
}

static void graphml__is_the_same_twice_and_leaves_igraph_as_it_was(void **state)
{
    (void)state;
    nr_network_tables t = {.links = table_of("gml_links.csv", "from,to,minutes\na,b,1\nb,c,2\n")};
    igraph_set_attribute_table(NULL);
    assert_ok(write_graph(&t, "gml_one.graphml"));
    assert_ok(write_graph(&t, "gml_two.graphml"));
    assert_null(igraph_set_attribute_table(NULL));
    char *one = read_file("gml_one.graphml"), *two = read_file("gml_two.graphml");
    assert_string_equal(one, two);
    assert_non_null(strstr(one, "attr.name=\"minutes\" attr.type=\"double\""));
    free(one);
    free(two);
    nr_network_tables_clear(&t);
}

static void graphml__of_random_networks_has_their_edges_and_numbers(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 10; seed++) {
        unsigned random = seed;
        igraph_t g;
        nr_network_tables t = {0};
        size_t ends[60][2], n = 6 * seed, nodes = 1 + 2 * seed;
        assert_ok(nr_table_new(&t.nodes, NULL, NULL, &err));
        nr_table_add_column(t.nodes, "id", NR_TEXT_COLUMN);
        for (size_t i = 0; i < nodes; i++) {
            char id[24];
            snprintf(id, sizeof id, "n%zu", i);
            nr_table_put(t.nodes, id);
        }
        assert_ok(nr_table_new(&t.links, NULL, NULL, &err));
        nr_table_add_column(t.links, "from", NR_TEXT_COLUMN);
        nr_table_add_column(t.links, "to", NR_TEXT_COLUMN);
        nr_table_add_column(t.links, "oneway", NR_TEXT_COLUMN);
        nr_table_add_column(t.links, "minutes", 1);
        for (size_t i = 0; i < n; i++) {
            char from[24], to[24];
            random = random * 1664525u + 1013904223u;
            ends[i][0] = (random >> 8) % nodes;
            ends[i][1] = (random >> 16) % nodes;
            snprintf(from, sizeof from, "n%zu", ends[i][0]);
            snprintf(to, sizeof to, "n%zu", ends[i][1]);
            nr_table_put(t.links, from, to, "yes", (double)(random % 1000) / 8);
        }
        written(&g, &t, "gml_random.graphml");
        assert_int_equal(igraph_vcount(&g), nodes);
        assert_int_equal(igraph_ecount(&g), n);
        for (size_t i = 0; i < n; i++) {
            igraph_integer_t edge = (igraph_integer_t)i;
            assert_edge(&g, edge, (igraph_integer_t)ends[i][0], (igraph_integer_t)ends[i][1]);
            assert_true(EAN(&g, "minutes", edge) == nearer_table_number(t.links, i, 3));
        }
        igraph_destroy(&g);
        nr_network_tables_clear(&t);
    }
}

static void graphml__refuses_links_to_no_node(void **state)
{
    (void)state;
    nr_network_tables t = {.links = table_of("gml_links.csv", "from,to\na,b\n"),
                           .nodes = table_of("gml_nodes.csv", "id\na\n")};
    remove("gml_refused.graphml");
    assert_fails(write_graph(&t, "gml_refused.graphml"), NEARER_NAME,
                 "gml_links.csv:2: to is 'b', which is no node");
    assert_false(nr_file_exists("gml_refused.graphml"));
    nearer_table_free(t.links);
    t.links = table_of("gml_links.csv", "from,too\na,b\n");
    assert_fails(write_graph(&t, "gml_refused.graphml"), NEARER_NAME, "no column 'to'");
    nr_network_tables_clear(&t);
}

static void graphml__out_of_memory_gives_nothing(void **state)
{
    (void)state;
    nr_network_tables t = {.links = table_of("gml_links.csv", "from,to,minutes,line\na,b,1,x\n")};
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    for (; status != NEARER_OK; allowed++) {
        remove("gml_memory.graphml");
        nr_fail_allocation_after(allowed);
        status = write_graph(&t, "gml_memory.graphml");
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_string_equal(err.message, "out of memory");
        assert_false(nr_file_exists("gml_memory.graphml"));
    }
    assert_true(allowed > 5);
    nr_network_tables_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphml__of_no_links_and_of_no_nodes),
        cmocka_unit_test(graphml__has_both_directions_and_every_column),
        cmocka_unit_test(graphml__has_no_character_that_xml_has_not),
        cmocka_unit_test(graphml__is_the_same_twice_and_leaves_igraph_as_it_was),
        cmocka_unit_test(graphml__of_random_networks_has_their_edges_and_numbers),
        cmocka_unit_test(graphml__refuses_links_to_no_node),
        cmocka_unit_test(graphml__out_of_memory_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
