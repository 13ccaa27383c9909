/* study/demand: trips between places, read from a table. */
#ifndef NR_STUDY_DEMAND_H
#define NR_STUDY_DEMAND_H
#include "graph/load.h"
#include "study/study.h"

/* What was left out of a table of trips. */
typedef struct nr_demand_rest {
    double within;  /* trips from a place to itself */
    size_t missing; /* rows without a number */
} nr_demand_rest;

/* Reads the columns from_id, to_id and `column`. Fails with NAME (column, place), VALUE (a number
 * below 0, a pair that stands twice), NODATA (no trips), MEMORY; the message names file and line.
 * Clear with nr_demand_clear. */
nearer_status nr_demand_read(nr_demand *out, nr_demand_rest *rest, const nearer_network *network,
                             const nearer_table *table, const char *column, nearer_error *err);
#endif
