#include "graph/bridges.h"

#include "base/memory.h"
#include "graph/guard.h"

void nr_bridges_clear(nr_bridges *b)
{
    nr_free(b->links);
    nr_free(b->nodes);
    *b = (nr_bridges){0};
}

static bool copy(uint32_t **out, size_t *count, const igraph_vector_int_t *found,
                 const uint32_t *number)
{
    *count = (size_t)igraph_vector_int_size(found);
    *out = nr_alloc(*count, sizeof **out);
    for (size_t k = 0; *out != NULL && k < *count; k++) {
        size_t item = (size_t)VECTOR(*found)[k];
        (*out)[k] = number == NULL ? (uint32_t)item : number[item];
    }
    return *out != NULL;
}

/* Parallel edges keep a link from being a bridge: they are handed over as they are. */
static igraph_error_t run(nr_bridges *out, size_t nodes, const igraph_vector_int_t *edges,
                          const uint32_t *link_of_edge, bool *starved)
{
    igraph_t graph;
    igraph_vector_int_t bridges, points;
    igraph_error_t code = igraph_create(&graph, edges, (igraph_integer_t)nodes, IGRAPH_UNDIRECTED);
    if (code != IGRAPH_SUCCESS) return code;
    code = igraph_vector_int_init(&bridges, 0);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_vector_int_init(&points, 0);
        if (code == IGRAPH_SUCCESS) {
            code = igraph_bridges(&graph, &bridges);
            if (code == IGRAPH_SUCCESS) code = igraph_articulation_points(&graph, &points);
            if (code == IGRAPH_SUCCESS)
                *starved = !copy(&out->links, &out->link_count, &bridges, link_of_edge) ||
                           !copy(&out->nodes, &out->node_count, &points, NULL);
            igraph_vector_int_destroy(&points);
        }
        igraph_vector_int_destroy(&bridges);
    }
    igraph_destroy(&graph);
    return code;
}

static size_t put_edges(igraph_vector_int_t *edges, uint32_t *link_of_edge,
                        const nearer_network *network, unsigned wanted, nearer_date date)
{
    size_t count = 0;
    for (uint32_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if ((wanted & 1u << link->mode) == 0 || link->from == link->to || !nr_link_open(link, date))
            continue;
        VECTOR(*edges)[2 * count] = (igraph_integer_t)link->from;
        VECTOR(*edges)[2 * count + 1] = (igraph_integer_t)link->to;
        link_of_edge[count++] = i;
    }
    return count;
}

nearer_status nr_bridges_find(nr_bridges *out, const nearer_network *network,
                              const nearer_query *query, nearer_error *err)
{
    unsigned wanted = 0;
    bool starved = false;
    *out = (nr_bridges){0};
    NR_TRY(nr_network_modes(&wanted, network, query->modes, err));
    uint32_t *link_of_edge = nr_alloc(network->link_count, sizeof *link_of_edge);
    if (link_of_edge == NULL) return nr_fail_memory(err);
    nr_guard guard = nr_guard_enter();
    igraph_vector_int_t edges;
    igraph_error_t code =
        igraph_vector_int_init(&edges, (igraph_integer_t)(2 * network->link_count));
    if (code == IGRAPH_SUCCESS) {
        size_t count = put_edges(&edges, link_of_edge, network, wanted, query->date);
        code = igraph_vector_int_resize(&edges, (igraph_integer_t)(2 * count));
        if (code == IGRAPH_SUCCESS)
            code = run(out, network->node_count, &edges, link_of_edge, &starved);
        igraph_vector_int_destroy(&edges);
    }
    nr_guard_leave(guard);
    nr_free(link_of_edge);
    if (starved || code != IGRAPH_SUCCESS) nr_bridges_clear(out);
    return starved ? nr_fail_memory(err) : nr_guard_status(code, err);
}
