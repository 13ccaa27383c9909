/* graph/times: the matrix of minutes, and the ride of one pair. */
#ifndef NR_GRAPH_TIMES_H
#define NR_GRAPH_TIMES_H
#include "graph/engine.h"
#include "graph/tree.h"

/* n x n minutes, row = from. */
const double *nr_times_matrix(const nearer_times *times);

/* All pairs of places, as the query asks for them. */
nr_task nr_graph_task(const nr_graph *graph, const nearer_query *query);

/* One part of a trip. */
typedef struct nr_leg {
    nr_arc_kind kind;
    uint8_t mode;
    uint32_t link;     /* of the first link ridden */
    uint32_t from, to; /* nodes */
    nr_ticks ticks;
    double minutes, sums[NR_SUMS]; /* kilometres and cost, NAN unless riding */
} nr_leg;

/* The legs of arcs that follow each other: links ridden one after the other on one line are one
 * leg, dwell included. *legs is yours, free with nr_free. Fails with MEMORY. */
nearer_status nr_legs_make(nr_leg **legs, size_t *count, const nr_graph *graph,
                           const uint32_t *arcs, size_t n, nearer_error *err);

/* The legs of the fastest trip. *legs is NULL when it cannot be made; free with nr_free. */
nearer_status nr_trip_find(nr_leg **legs, size_t *count, double *minutes,
                           const nearer_network *network, const nearer_query *query, size_t from,
                           size_t to, nearer_error *err);
/* The same between two vertices of a graph that is there. */
nearer_status nr_graph_trip(nr_leg **legs, size_t *count, double *minutes, const nr_graph *graph,
                            uint32_t source, uint32_t target, nearer_error *err);
#endif
