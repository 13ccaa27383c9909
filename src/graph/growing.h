/* graph/growing: times between places while parts of a network open in any order. A part's links,
 * once open, are followed only where they make something nearer, so that what an opening takes is
 * what it changes. */
#ifndef NR_GRAPH_GROWING_H
#define NR_GRAPH_GROWING_H
#include "graph/graph.h"
#include "graph/rounds.h"

typedef struct nr_growing {
    const nr_graph *graph;
    const nr_kernels *kernels;
    nr_rounds rounds;
    size_t n, parts, batches; /* places, parts, batches of NR_LANES places to start from */
    uint32_t *first;          /* parts + 1: the ways of part p are slots[first[p]] .. */
    uint32_t *slots, *heads,
        *tails;      /* of each the way, where it leads when open, where it begins */
    nr_ticks *start; /* batches x vertices x NR_LANES: with no part open */
    double *weight;  /* batches x n x NR_LANES: of pairs, 0 where there is no way at first */
    bool logs;
} nr_growing;

/* `part` of each link of the network, all open that day; NR_NO_INDEX: always there. What is added
 * up is weights[n * n] * minutes, or (logs) ln of minutes, over pairs of places that can be
 * travelled with no part open. Fails with MEMORY; VALUE where a way is longer than can be counted.
 * Clear with nr_growing_clear, also then; the graph outlives it. */
nearer_status nr_growing_make(nr_growing *out, const nr_graph *graph, const uint32_t *part,
                              size_t parts, const double *weights, bool logs, nearer_error *err);
void nr_growing_clear(nr_growing *growing);

/* The working memory of one network at a time. */
typedef struct nr_grown {
    nr_ticks *lanes; /* levels x vertices x NR_LANES */
    uint64_t *marks;
    nr_way *ways;
    bool *open; /* of each part */
} nr_grown;
/* Fails with MEMORY; clear with nr_grown_clear, also then. */
nearer_status nr_grown_init(nr_grown *out, const nr_growing *growing, size_t levels,
                            nearer_error *err);
void nr_grown_clear(nr_grown *grown);

/* Opens parts one after the other, from nothing: sums[k] is added what is the sum with the first k
 * of the order, k = 0 .. count. Of one batch. */
void nr_growing_follow(double *sums, nr_grown *grown, const nr_growing *growing, size_t batch,
                       const uint32_t *order, size_t count);
/* The sum with each choice of parts, of one batch: sums[c] is added that of the parts whose bits
 * are set in c, over the choices whose first `fixed` bits are those of `chosen`. Needs parts + 1
 * levels.
 */
void nr_growing_choices(double *sums, nr_grown *grown, const nr_growing *growing, size_t batch,
                        size_t fixed, size_t chosen);
#endif
