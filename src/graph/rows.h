/* graph/rows: a directed graph in compact rows: what the engines run on. It knows no places, modes
 * or days; a study's graph and a graph file both end here. */
#ifndef NR_GRAPH_ROWS_H
#define NR_GRAPH_ROWS_H
#include "base/error.h"
#include "base/ticks.h"

typedef struct nr_rows {
    uint32_t vertices, arcs;
    uint32_t *first;  /* vertices + 1: the arcs of v are first[v] .. first[v + 1] */
    uint32_t *to;     /* where each leads */
    nr_ticks *weight; /* at most NR_TICKS_MAX */
    uint32_t *arc;    /* its number where it came from */
} nr_rows;

/* An arc as it comes. */
typedef struct nr_row_arc {
    uint32_t from, to;
    nr_ticks weight;
} nr_row_arc;

/* Sorts arcs into rows. Fails with MEMORY; clear with nr_rows_clear. O(vertices + arcs). */
nearer_status nr_rows_make(nr_rows *out, uint32_t vertices, const nr_row_arc *arcs, uint32_t count,
                           nearer_error *err);
void nr_rows_clear(nr_rows *rows);
/* The same rows, walked backwards: an arc a -> b is in the row of b. */
nearer_status nr_rows_reverse(nr_rows *out, const nr_rows *rows, nearer_error *err);
#endif
