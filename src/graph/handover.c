#include "graph/handover.h"

static igraph_error_t make_graph(igraph_t *graph, const nr_rows *rows)
{
    igraph_vector_int_t edges;
    igraph_error_t code = igraph_vector_int_init(&edges, 2 * (igraph_integer_t)rows->arcs);
    if (code != IGRAPH_SUCCESS) return code;
    for (uint32_t v = 0; v < rows->vertices; v++)
        for (uint32_t k = rows->first[v]; k < rows->first[v + 1]; k++) {
            VECTOR(edges)[2 * (size_t)k] = (igraph_integer_t)v;
            VECTOR(edges)[2 * (size_t)k + 1] = (igraph_integer_t)rows->to[k];
        }
    code = igraph_create(graph, &edges, (igraph_integer_t)rows->vertices, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&edges);
    return code;
}

igraph_error_t nr_rows_to_igraph(igraph_t *graph, igraph_vector_t *weights, const nr_rows *rows)
{
    if (weights != NULL) {
        igraph_error_t code = igraph_vector_init(weights, (igraph_integer_t)rows->arcs);
        if (code != IGRAPH_SUCCESS) return code;
        for (size_t k = 0; k < rows->arcs; k++) VECTOR(*weights)[k] = rows->weight[k];
    }
    igraph_error_t code = make_graph(graph, rows);
    if (code != IGRAPH_SUCCESS && weights != NULL) igraph_vector_destroy(weights);
    return code;
}
