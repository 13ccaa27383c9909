/* study/neighbours: who is whose neighbour among the rows of a table that have a position. */
#ifndef NR_STUDY_NEIGHBOURS_H
#define NR_STUDY_NEIGHBOURS_H
#include "stats/weights.h"
#include "study/columns.h"

/* Asks for the columns of longitude and latitude, in this order. Fails with NAME. */
nearer_status nr_neighbours_want(nr_wanted out[2], const nearer_table *table,
                                 const nearer_neighbours *spec, nearer_error *err);
/* Fails with VALUE, naming the row, unless the columns read as the c-th and the one behind it are
 * positions on the globe. */
nearer_status nr_neighbours_check(const nr_columns *columns, size_t c, const nearer_table *table,
                                  nearer_error *err);
/* Weights, rows standardised, by great circles between those positions. Free with nr_weights_free.
 * Fails with USAGE unless one of nearest and band_km is given, VALUE as nr_neighbours_check. */
nearer_status nr_neighbours_weights(nr_weights **out, const nr_columns *columns, size_t c,
                                    const nearer_table *table, const nearer_neighbours *spec,
                                    nearer_error *err);
/* Says who is a neighbour. */
nearer_status nr_neighbours_tell(nearer_report *report, const nr_weights *w,
                                 const nearer_neighbours *spec, nearer_error *err);
#endif
