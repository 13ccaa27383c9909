/* Groups of places that can reach each other, by igraph. */
#include "base/memory.h"
#include "graph/graph.h"
#include "graph/handover.h"

static igraph_error_t find_membership(igraph_vector_int_t *membership, const nr_rows *rows)
{
    igraph_t graph;
    igraph_error_t code = nr_rows_to_igraph(&graph, NULL, rows);
    if (code != IGRAPH_SUCCESS) return code;
    code = igraph_connected_components(&graph, membership, NULL, NULL, IGRAPH_STRONG);
    igraph_destroy(&graph);
    return code;
}

nearer_status nr_graph_components(uint32_t *groups, size_t *count, const nr_graph *graph,
                                  nearer_error *err)
{
    size_t places = graph->network->place_count;
    uint32_t *number = nr_alloc(graph->vertex_count, sizeof *number);
    if (number == NULL) return nr_fail_memory(err);
    nr_guard guard = nr_guard_enter();
    igraph_vector_int_t membership;
    igraph_error_t code = igraph_vector_int_init(&membership, 0);
    if (code == IGRAPH_SUCCESS) {
        code = find_membership(&membership, &graph->rows);
        *count = 0;
        for (size_t p = 0; code == IGRAPH_SUCCESS && p < places; p++) {
            size_t group = (size_t)VECTOR(membership)[graph->network->places[p].node];
            if (number[group] == 0) {
                *count += 1;
                number[group] = (uint32_t)*count;
            }
            groups[p] = number[group] - 1;
        }
        igraph_vector_int_destroy(&membership);
    }
    nr_guard_leave(guard);
    nr_free(number);
    return nr_guard_status(code, err);
}
