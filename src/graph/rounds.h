/* graph/rounds: a graph as the rounds of Bellman and Ford walk it: vertices by how soon they are
 * reached from some sources. */
#ifndef NR_GRAPH_ROUNDS_H
#define NR_GRAPH_ROUNDS_H
#include "graph/lanes.h"

typedef struct nr_rounds {
    uint32_t vertices;
    uint32_t *position; /* of each vertex; those reached first from the sources come first */
    nr_ways ways;       /* between positions */
    uint32_t *arc;      /* of each way, as the rows number them */
} nr_rounds;

/* Fails with MEMORY; clear with nr_rounds_clear, also then. O(vertices + arcs). */
nearer_status nr_rounds_make(nr_rounds *out, const nr_rows *rows, const uint32_t *sources,
                             size_t source_count, nearer_error *err);
void nr_rounds_clear(nr_rounds *rounds);
#endif
