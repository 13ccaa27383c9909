/* model/ends: the links of a network in two tables as numbers of nodes, for formats that hold
 * graphs. */
#ifndef NR_MODEL_ENDS_H
#define NR_MODEL_ENDS_H
#include <stdint.h>

#include "base/names.h"
#include "model/format.h"

/* Nodes are numbered as their table's rows, without one in order of first sight. */
typedef struct nr_ends {
    nr_names ids;
    uint32_t *from, *to; /* of each row of the links; oneway "reverse" is turned round here */
    bool *oneway;
    size_t count, arcs; /* links; directions that are open */
} nr_ends;

/* Fails with NAME (no column from, to or id; a link to no node), VALUE (a node without id or twice,
 * a word in oneway), MEMORY. Clear with nr_ends_clear. */
nearer_status nr_ends_read(nr_ends *out, const nr_network_tables *network, nearer_error *err);
void nr_ends_clear(nr_ends *ends);

/* What a cell of a column `oneway` means: 0 both ways, 1 one way, -1 the way back; false: none of
 * the words known. */
bool nr_oneway_parse(int *out, const char *text);
#endif
