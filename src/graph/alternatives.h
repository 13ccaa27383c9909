/* graph/alternatives: the fastest ways between two places that differ to a rider. */
#ifndef NR_GRAPH_ALTERNATIVES_H
#define NR_GRAPH_ALTERNATIVES_H
#include "graph/times.h"

typedef struct nr_alternative {
    nr_leg *legs;
    size_t count;
    double minutes;
} nr_alternative;

typedef struct nr_alternatives {
    nr_alternative *items; /* the fastest first, which is the one of nr_trip_find */
    size_t count;
    size_t looked_at; /* ways igraph was asked for at the most, if they were not enough; else 0 */
} nr_alternatives;

/* Up to `wanted` ways, at most `longer_pct` longer than the fastest; none where there is no way.
 * Ways with the same rides (mode, line, class, service, nodes) are one, and no node is passed
 * twice. Fails as nr_trip_find. */
nearer_status nr_alternatives_find(nr_alternatives *out, const nearer_network *network,
                                   const nearer_query *query, size_t from, size_t to, size_t wanted,
                                   double longer_pct, nearer_error *err);
void nr_alternatives_clear(nr_alternatives *alternatives);
#endif
