/* graph/betweenness: what passes each place on the fastest ways between others (Freeman 1977). */
#ifndef NR_GRAPH_BETWEENNESS_H
#define NR_GRAPH_BETWEENNESS_H
#include "graph/graph.h"

/* out[places]: pairs of other places whose fastest way passes its node, each weighted by the
 * product of their masses over the mean of that; ways that tie share their pair (Brandes 2001).
 * Steps that are `tolerance_min` later than the fastest tie with it; those that take no time do not
 * tie. A search a source, on all cores; sums run in the order of sources. Fails as nr_graph_build.
 */
nearer_status nr_betweenness_compute(double *out, const nearer_network *network,
                                     const nearer_query *query, const double *mass,
                                     double tolerance_min, nearer_error *err);
#endif
