/* graph/handover: rows as a graph of igraph's, for what it does better than we. */
#ifndef NR_GRAPH_HANDOVER_H
#define NR_GRAPH_HANDOVER_H
#include "graph/guard.h"
#include "graph/rows.h"

/* Edge k is the k-th arc of the rows; `weights` (may be NULL) are their ticks. On failure neither
 * is there. Call it between nr_guard_enter and nr_guard_leave. */
igraph_error_t nr_rows_to_igraph(igraph_t *graph, igraph_vector_t *weights, const nr_rows *rows);
#endif
