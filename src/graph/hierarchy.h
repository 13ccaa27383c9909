/* graph/hierarchy: a graph's vertices in the order of a contraction, with the ways up and down it.
 * Any shortest way leads up and then down. */
#ifndef NR_GRAPH_HIERARCHY_H
#define NR_GRAPH_HIERARCHY_H
#include "base/text.h"
#include "graph/contract.h"

/* A way to or from the vertex at another position. */
typedef struct nr_way {
    uint32_t at;
    nr_ticks ticks; /* at most NR_FAR */
} nr_way;

/* Ways in rows: those of the vertex at position p are ways[first[p]] .. ways[first[p + 1]]. */
typedef struct nr_ways {
    uint32_t *first;
    nr_way *ways;
} nr_ways;

typedef struct nr_hierarchy {
    uint32_t vertices;
    uint32_t *position; /* of each vertex; 0 is the top: all ways lead to lower positions, or come
                           from there */
    uint32_t *walk;     /* of each vertex: its number on a walk through the hierarchy, on which
                           vertices that lead up the same way stand together */
    nr_ways up, down;
} nr_hierarchy;

/* Makes the hierarchy of a graph. Fails with MEMORY, and as nr_contract. */
nearer_status nr_hierarchy_make(nr_hierarchy *out, const nr_rows *rows, bool patient,
                                nearer_error *err);
void nr_hierarchy_clear(nr_hierarchy *hierarchy);

/* The hierarchy as bytes, to be kept; memory that ran out stays with `out`. */
void nr_hierarchy_write(nr_text *out, const nr_hierarchy *hierarchy);
/* The other way; false when they are not the bytes of a hierarchy of so many vertices that was
 * written on such a machine, or there is no memory. */
bool nr_hierarchy_read(nr_hierarchy *out, const char *bytes, size_t length, uint32_t vertices);
#endif
