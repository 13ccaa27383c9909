/* graph/plain: a network in two tables as rows, without places, modes or days. */
#ifndef NR_GRAPH_PLAIN_H
#define NR_GRAPH_PLAIN_H
#include "graph/rows.h"
#include "model/ends.h"

typedef struct nr_plain {
    nr_rows rows;
    nr_ends ends;       /* its ids are those of the vertices */
    double per_unit;    /* ticks */
    const char *unit;   /* "min", or NULL: that of the file's weights */
    const char *column; /* what the ways are counted by */
} nr_plain;

/* Ways are counted by `column` of the links; NULL: minutes, else weight, else length_km over
 * speed_kmh. `unit` says what one of a weight is: "ms", "ds" (tenths of a second), "s", "min", "h";
 * NULL: the file's own, and so are the distances. Fails with NAME (column, unit), VALUE (a weight
 * that is none, below 0, or too long), MEMORY and as nr_ends_read. */
nearer_status nr_plain_make(nr_plain *out, const nr_network_tables *tables, const char *column,
                            const char *unit, nearer_error *err);
void nr_plain_clear(nr_plain *plain);
#endif
