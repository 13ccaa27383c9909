/* graph/search: fastest ways from one vertex (Dijkstra with a 4-ary heap on compact rows). */
#ifndef NR_GRAPH_SEARCH_H
#define NR_GRAPH_SEARCH_H
#include "graph/rows.h"

/* The working memory of one search, used again from search to search. */
typedef struct nr_search {
    nr_ticks *ticks;  /* to each vertex, NR_NEVER when not reached; NR_TICKS_MAX: more than that */
    uint32_t *by_arc; /* the arc (as rows->arc numbers it) each vertex was reached by, UINT32_MAX
                         at the start; not valid where ticks is NR_NEVER */
    uint64_t *heap;   /* ticks and vertex in one number */
    uint32_t *place_in_heap;
    uint32_t *reached; /* vertices, in the order they were first reached */
    size_t heap_size, reached_count;
} nr_search;

/* Which vertices a search is for: it ends when it knows their distances. */
typedef struct nr_wanted {
    uint8_t *is; /* of each vertex */
    size_t count;
} nr_wanted;

bool nr_search_init(nr_search *search, uint32_t vertices);
void nr_search_clear(nr_search *search);
/* From `source` to the wanted vertices (NULL: to all) that are at most `limit` away; what else was
 * reached on the way may be farther than its ticks say. O((V + A) log V). */
void nr_search_run(nr_search *search, const nr_rows *rows, uint32_t source, const nr_wanted *wanted,
                   nr_ticks limit);

/* What closing some arcs takes from a search that was run to all: each vertex whose way took one.
 */
typedef struct nr_lost {
    const nr_search *before;
    const nr_rows *rows, *back; /* what was searched, and the same walked backwards */
    const uint32_t *labels[2];  /* of each arc, as rows->arc numbers it */
    uint32_t closed;            /* arcs with this label are */
    const uint32_t *vertices;
    size_t count;
    const uint8_t *is;       /* of each vertex */
    const nr_wanted *wanted; /* that its `count` of them are known ends the search */
} nr_lost;
/* The lost vertices' distances over the arcs that are left, in `search`, which is not `before`; all
 * others keep theirs. O((lost + their arcs) log lost). */
void nr_search_lost(nr_search *search, const nr_lost *lost, nr_ticks limit);

/* Marks vertices, each counted once. False when there is no memory; clear with nr_wanted_clear. */
bool nr_wanted_mark(nr_wanted *out, uint32_t vertices, const uint32_t *wanted, size_t count);
void nr_wanted_clear(nr_wanted *wanted);
#endif
