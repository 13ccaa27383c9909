/* graph/times: the matrix of minutes, and the ride of one pair. */
#ifndef NR_GRAPH_TIMES_H
#define NR_GRAPH_TIMES_H
#include "graph/engine.h"
#include "graph/graph.h"

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
    double minutes, length_km; /* length NAN unless riding */
} nr_leg;

/* The legs of the fastest trip: links ridden one after the other on one line are one leg, dwell
 * included. *legs is NULL when it cannot be made; free with nr_free. */
nearer_status nr_trip_find(nr_leg **legs, size_t *count, double *minutes,
                           const nearer_network *network, const nearer_query *query, size_t from,
                           size_t to, nearer_error *err);
#endif
