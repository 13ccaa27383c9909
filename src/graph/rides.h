/* graph/rides: a graph whose ways are the rides between two vertices and nothing else: links
 * ridden, joined by the fastest way from one to the next. Boarding, changing and leaving so come in
 * one form each, where the graph of a day has many that mean nothing to a rider. */
#ifndef NR_GRAPH_RIDES_H
#define NR_GRAPH_RIDES_H
#include "graph/graph.h"
#include "graph/search.h"

typedef struct nr_rides {
    nr_rows rows;            /* what is to be searched */
    uint32_t source, target; /* its vertices */
    nr_ticks limit;          /* of a whole way: only what lies on one is there */

    const nr_graph *graph;
    nr_rows between;      /* the graph's arcs that are not ridden ... */
    uint32_t *between_of; /* ... and which they are */
    nr_search search;     /* along them */
    uint32_t *number;     /* of each vertex as one arrived at; behind them, as one departed from */
    uint32_t *vertex;     /* of each number */
    uint32_t *arc;        /* of each edge the link's, or UINT32_MAX between two rides */
    nr_row_arc *edges;
    size_t edge_count, edge_capacity, arc_capacity, vertex_capacity;
} nr_rides;

/* Of ways at most `longer_pct` longer than the fastest; without any way there is no edge. Fails
 * with MEMORY; clear with nr_rides_clear, also then. */
nearer_status nr_rides_make(nr_rides *out, const nr_graph *graph, uint32_t source, uint32_t target,
                            double longer_pct, nearer_error *err);
void nr_rides_clear(nr_rides *rides);
/* The graph's arcs along a way, given by its edges; *arcs is yours. Fails with MEMORY. */
nearer_status nr_rides_arcs(uint32_t **arcs, size_t *count, nr_rides *rides, const uint32_t *edges,
                            size_t n, nearer_error *err);
#endif
