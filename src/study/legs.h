/* study/legs: the legs of trips as a table. */
#ifndef NR_STUDY_LEGS_H
#define NR_STUDY_LEGS_H
#include "graph/times.h"
#include "model/table.h"

/* "ride", "board" ...: what a leg of such arcs is called. */
const char *nr_part_name(nr_arc_kind kind);
/* Columns of what is summed along ways: length_km and, where links of the network have one, cost.
 */
void nr_sums_add_columns(nearer_table *table, const nearer_network *network);
/* Fills them from number `column` on; returns the column behind them. */
size_t nr_sums_put(nearer_table *table, size_t row, size_t column, const nearer_network *network,
                   const double sums[NR_SUMS]);
/* Of a whole trip. */
void nr_legs_sum(double sums[NR_SUMS], const nr_leg *legs, size_t count);

/* A new table of legs; `trip` (or NULL) names a first column that says of which trip they are. */
nearer_status nr_legs_new(nearer_table **out, const char *trip, const nearer_network *network,
                          nearer_error *err);
/* Adds the legs of one trip; `label` goes into its first column (NULL: there is none). */
void nr_legs_put(nearer_table *table, const char *label, const nearer_network *network,
                 const nr_leg *legs, size_t count);
#endif
