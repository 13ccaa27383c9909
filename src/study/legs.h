/* study/legs: the legs of trips as a table. */
#ifndef NR_STUDY_LEGS_H
#define NR_STUDY_LEGS_H
#include "graph/times.h"
#include "model/table.h"

/* A new table of legs; `trip` (or NULL) names a first column that says of which trip they are. */
nearer_status nr_legs_new(nearer_table **out, const char *trip, nearer_error *err);
/* Adds the legs of one trip; `label` goes into its first column (NULL: there is none). */
void nr_legs_put(nearer_table *table, const char *label, const nearer_network *network,
                 const nr_leg *legs, size_t count);
#endif
