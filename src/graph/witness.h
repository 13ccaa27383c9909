/* graph/witness: which ways a vertex must leave behind when it is taken out. */
#ifndef NR_GRAPH_WITNESS_H
#define NR_GRAPH_WITNESS_H
#include "graph/stars.h"

/* A way left behind. */
typedef struct nr_shortcut {
    uint32_t from, to;
    nr_ticks ticks;
} nr_shortcut;

/* The working memory of one worker. */
typedef struct nr_witness {
    uint32_t n;
    nr_ticks *ticks; /* tentative, of vertices whose stamp is `now` */
    uint32_t *stamp, now;
    nr_ticks *wanted; /* of targets, whose stamp is `now`: the way to beat */
    uint32_t *target; /* stamps of targets */
    uint64_t *heap;
    size_t heap_size, heap_capacity;
    nr_shortcut *found;
    size_t found_count, found_capacity;
    uint64_t effort; /* ways looked at in all */
    bool starved;    /* memory ran out: what was found since is not whole */
} nr_witness;

bool nr_witness_init(nr_witness *w, uint32_t n);
void nr_witness_clear(nr_witness *w);
/* Adds to `found` the ways over v that no other of at most the same length was found for among the
 * `effort` nearest vertices, leaving out the vertices that are `barred` (v too, in any case). May
 * add more than needed, never fewer. */
void nr_witness_find(nr_witness *w, const nr_stars *stars, uint32_t v, const uint8_t *barred,
                     uint32_t effort);
#endif
