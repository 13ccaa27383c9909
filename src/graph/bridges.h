/* graph/bridges: links and nodes whose loss alone would part a network, by igraph. */
#ifndef NR_GRAPH_BRIDGES_H
#define NR_GRAPH_BRIDGES_H
#include "model/network.h"

typedef struct nr_bridges {
    uint32_t *links; /* numbers of links that no other link stands in for, each way counted once */
    uint32_t *nodes; /* articulation points */
    size_t link_count, node_count;
} nr_bridges;

/* Of the links open on the query's day by its modes, walked either way, transfers with them. Fails
 * with MEMORY, NAME (mode); clear with nr_bridges_clear. */
nearer_status nr_bridges_find(nr_bridges *out, const nearer_network *network,
                              const nearer_query *query, nearer_error *err);
void nr_bridges_clear(nr_bridges *bridges);
#endif
