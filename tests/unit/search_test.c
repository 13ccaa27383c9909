#include "cases/drawn.h"

#include "graph/graph.h"
#include "graph/search.h"

static nearer_error err;

static nr_graph *build(const nearer_study *study)
{
    nr_graph *graph = NULL;
    nearer_query query = {.date = day("2020")};
    assert_ok(nr_graph_build(&graph, nearer_study_network(study), &query, &err));
    return graph;
}

static void run(nr_search *search, const nr_graph *graph, uint32_t source)
{
    nr_search_run(search, &graph->rows, source, NULL, NR_TICKS_MAX);
}

static double minutes_to(const nr_search *search, size_t vertex)
{
    return nr_ticks_value(search->ticks[vertex], NR_TICKS_PER_MINUTE);
}

/* By road every node is one vertex.
 *
 *   A --4-- B --4-- C --4-- D        A --20-- D
 *   E is shut off
 */
static const drawn roads = {
    .places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\nC,2,0\nD,3,0\nE,4,0\n",
    .road = "from,to,minutes,opened\nA,B,4,\nB,C,4,\nC,D,4,\nA,D,20,\nD,E,1,2030\n"};

static void search_run__finds_minutes_and_the_arc_each_vertex_was_reached_by(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("search", &roads);
    nr_graph *graph = build(study);
    assert_int_equal(graph->vertex_count, 5);
    assert_int_equal(graph->arc_count, 8); /* four open links, both ways */
    nr_search search;
    assert_true(nr_search_init(&search, graph->rows.vertices));
    run(&search, graph, graph->source[0]);
    const double minutes[] = {0, 4, 8, 12, INFINITY};
    for (size_t v = 0; v < 5; v++) assert_near(minutes_to(&search, v), minutes[v], 0);
    assert_int_equal(search.by_arc[0], UINT32_MAX);
    for (uint32_t v = 1; v < 4; v++) {
        const nr_arc *arc = &graph->arcs[search.by_arc[v]];
        assert_int_equal(arc->from, v - 1);
        assert_int_equal(arc->to, v);
        assert_int_equal(arc->kind, NR_ARC_LINK);
    }
    /* the same memory again, from the other end and from the island */
    run(&search, graph, graph->source[3]);
    const double back[] = {12, 8, 4, 0, INFINITY};
    for (size_t v = 0; v < 5; v++) assert_near(minutes_to(&search, v), back[v], 0);
    run(&search, graph, graph->source[4]);
    for (size_t v = 0; v < 4; v++) assert_true(isinf(minutes_to(&search, v)));
    assert_near(minutes_to(&search, 4), 0, 0);
    nr_search_clear(&search);
    nr_graph_free(graph);
    nearer_study_free(study);
}

/* A later, shorter way must lower a vertex that waits in the heap: the star's spokes 100, 99 ...
 * are each beaten by the chain along the rim, 1 a step. */
static void search_run__lowers_vertices_that_wait(void **state)
{
    (void)state;
    enum { RIM = 60 };
    char places[4000] = "id,lon_deg,lat_deg\nhub,0,0\n", road[8000] = "from,to,minutes\n", line[80];
    for (int i = 0; i < RIM; i++) {
        snprintf(line, sizeof line, "r%d,%d,1\n", i, i);
        strcat(places, line);
        snprintf(line, sizeof line, "hub,r%d,%d\n", i, i == 0 ? 1 : 200 - i);
        strcat(road, line);
        snprintf(line, sizeof line, "r%d,r%d,1\n", i, i == 0 ? 1 : i - 1);
        strcat(road, line);
    }
    const drawn d = {.places = places, .road = road};
    nearer_study *study = drawn_read("search_star", &d);
    nr_graph *graph = build(study);
    nr_search search;
    assert_true(nr_search_init(&search, graph->rows.vertices));
    run(&search, graph, 0);
    for (size_t i = 0; i < RIM; i++) assert_near(minutes_to(&search, i + 1), 1 + (double)i, 0);
    nr_search_clear(&search);
    nr_graph_free(graph);
    nearer_study_free(study);
}

static void graph_components__number_the_islands_by_their_first_place(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("search_islands", &roads);
    nr_graph *graph = build(study);
    uint32_t groups[5];
    size_t count = 0;
    assert_ok(nr_graph_components(groups, &count, graph, &err));
    assert_int_equal(count, 2);
    const uint32_t expected[] = {0, 0, 0, 0, 1};
    assert_memory_equal(groups, expected, sizeof groups);
    nr_graph_free(graph);
    nearer_study_free(study);
}

/* Where a mode boards each node in service has a departure and an arrival besides its hub: 2 hubs
 * + 2 x 2. Arcs: the link both ways, and at each node between, board, leave. */
static void graph_build__gives_boarding_modes_their_terminals(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .rail = "from,to,minutes\nA,B,30\n"};
    nearer_study *study = drawn_read("search_rail", &d);
    nr_graph *graph = build(study);
    assert_int_equal(graph->vertex_count, 6);
    assert_int_equal(graph->arc_count, 2 + 2 * 3);
    nr_graph_free(graph);
    nr_graph_free(NULL);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_run__finds_minutes_and_the_arc_each_vertex_was_reached_by),
        cmocka_unit_test(search_run__lowers_vertices_that_wait),
        cmocka_unit_test(graph_components__number_the_islands_by_their_first_place),
        cmocka_unit_test(graph_build__gives_boarding_modes_their_terminals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
