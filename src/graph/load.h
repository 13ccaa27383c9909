/* graph/load: trips put on the links of their fastest ways, all of a pair on one way. */
#ifndef NR_GRAPH_LOAD_H
#define NR_GRAPH_LOAD_H
#include "graph/times.h"

/* Trips between places, by origin: those of place i are entries first[i] .. first[i + 1]. */
typedef struct nr_demand {
    size_t *first; /* places + 1 */
    uint32_t *to;  /* places, of one origin each once and not itself */
    double *trips; /* above 0 */
} nr_demand;
void nr_demand_clear(nr_demand *demand);

typedef struct nr_load {
    double trips, pairs; /* pairs of places, a whole number */
} nr_load;

/* Links in groups: its number of each link of the network. */
typedef struct nr_grouped_links {
    const uint32_t *of;
    size_t count;
} nr_grouped_links;
enum { NR_LOAD_GROUPINGS = 2 };

typedef struct nr_loading {
    nr_load *arcs;                      /* of each arc of the graph */
    nr_load *groups[NR_LOAD_GROUPINGS]; /* trips that ride some link of the group: each once */
    nr_load loaded, unreachable;
} nr_loading;

/* Of `demand`, NULL: one trip from each place to each other. A search a source, on all cores; sums
 * run in the order of the sources, so that they are the same for any number of threads. Fails with
 * MEMORY; clear with nr_loading_clear. */
nearer_status nr_loading_compute(nr_loading *out, const nr_graph *graph, const nr_task *task,
                                 const nr_demand *demand,
                                 const nr_grouped_links groupings[NR_LOAD_GROUPINGS],
                                 nearer_error *err);
void nr_loading_clear(nr_loading *loading);
#endif
