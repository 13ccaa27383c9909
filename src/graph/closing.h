/* graph/closing: what changes between places when links are closed, group by group, each by itself.
 * Only what was reached over a group's links is searched anew. */
#ifndef NR_GRAPH_CLOSING_H
#define NR_GRAPH_CLOSING_H
#include "graph/load.h"

/* A place that is reached later, or not at all, when a group is closed. */
typedef struct nr_change {
    uint32_t group, to; /* place */
    double minutes;     /* now; INFINITY when it cannot be reached */
} nr_change;

/* Takes what changes from one place, group after group, each by `to`; gone afterwards. */
typedef nearer_status nr_take_changes(void *context, size_t from, const nr_change *changes,
                                      size_t count, nearer_error *err);

/* Of each group: whether closing its links takes their arcs out of the graph and does nothing else.
 * Else a place might depart or arrive elsewhere (station to station), a node be walked to or
 * through no more, or a berth be waited at for another time: the graph without them is to be built.
 * Says no rather than being wrong. `groupings` number the same groups. Fails with NAME (mode),
 * MEMORY. */
nearer_status nr_closing_check(bool *simple, const nr_graph *graph, const nearer_query *query,
                               const nr_grouped_links groupings[NR_LOAD_GROUPINGS],
                               nearer_error *err);

/* All that changes from each source in turn when one of the groups is closed that are `wanted`;
 * they are simple. A link is of the group that each grouping says; groupings number the same
 * groups. A search a source and one over what each group takes from it, on all cores. Fails with
 * VALUE (more ticks than can be counted), MEMORY, and as `take`. */
nearer_status nr_closing_compute(const nr_graph *graph, const nr_task *task,
                                 const nr_grouped_links groupings[NR_LOAD_GROUPINGS],
                                 const bool *wanted, nr_take_changes *take, void *context,
                                 nearer_error *err);
#endif
