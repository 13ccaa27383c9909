/* What igraph itself answers: components, and all pairs as the reference for our own search. */
#include <math.h>

#include "graph/graph.h"
#include "graph/guard.h"

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
        code = igraph_connected_components(&graph->igraph, &membership, NULL, NULL, IGRAPH_STRONG);
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

static igraph_error_t distances(double *minutes, const nr_graph *graph)
{
    igraph_integer_t n = (igraph_integer_t)graph->network->place_count;
    igraph_vector_t weights;
    igraph_vector_int_t from, to;
    igraph_matrix_t result;
    igraph_error_t code = igraph_vector_init(&weights, (igraph_integer_t)graph->arc_count);
    if (code != IGRAPH_SUCCESS) return code;
    for (size_t i = 0; i < graph->arc_count; i++) VECTOR(weights)[i] = graph->arcs[i].minutes;
    if ((code = igraph_vector_int_init(&from, n)) == IGRAPH_SUCCESS) {
        if ((code = igraph_vector_int_init(&to, n)) == IGRAPH_SUCCESS) {
            for (igraph_integer_t i = 0; i < n; i++) {
                VECTOR(from)[i] = (igraph_integer_t)graph->source[i];
                VECTOR(to)[i] = (igraph_integer_t)graph->target[i];
            }
            if ((code = igraph_matrix_init(&result, 0, 0)) == IGRAPH_SUCCESS) {
                code = igraph_distances_dijkstra(&graph->igraph, &result, igraph_vss_vector(&from),
                                                 igraph_vss_vector(&to), &weights, IGRAPH_OUT);
                for (igraph_integer_t i = 0; code == IGRAPH_SUCCESS && i < n; i++)
                    for (igraph_integer_t j = 0; j < n; j++)
                        minutes[i * n + j] = i == j ? 0 : MATRIX(result, i, j);
                igraph_matrix_destroy(&result);
            }
            igraph_vector_int_destroy(&to);
        }
        igraph_vector_int_destroy(&from);
    }
    igraph_vector_destroy(&weights);
    return code;
}

nearer_status nr_graph_distances_igraph(double *minutes, const nr_graph *graph, nearer_error *err)
{
    nr_guard guard = nr_guard_enter();
    igraph_error_t code = distances(minutes, graph);
    nr_guard_leave(guard);
    return nr_guard_status(code, err);
}
