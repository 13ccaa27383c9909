/* formats/dimacs: the writing half of the format dimacs. */
#ifndef NR_FORMATS_DIMACS_H
#define NR_FORMATS_DIMACS_H
#include "model/format.h"

/* Arcs with whole weights: milliseconds of the column `minutes`, else the column `weight` as it is,
 * else metres of `length_km`; links of both ways as two arcs. The .co holds positions in millionths
 * of a degree. Fails with VALUE (no weights, or one that is none), NAME and as nr_ends_read. */
nearer_status nr_dimacs_write(nr_output *out, const nr_network_tables *network, nearer_error *err);
#endif
