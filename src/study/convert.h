/* study/convert: the parts of a conversion that have files of their own. */
#ifndef NR_STUDY_CONVERT_H
#define NR_STUDY_CONVERT_H
#include "model/format.h"
#include "model/network.h"

/* Nodes and links, those open on a day or, when it is 0, all. */
nearer_status nr_study_network_tables(nr_network_tables *out, const nearer_study *study,
                                      nearer_date date, nearer_error *err);
/* What any file holds, as a network: lines are joined. Fails as nearer_convert. */
nearer_status nr_network_tables_read(nr_network_tables *out, const char *path,
                                     const nearer_conversion *conversion, nearer_error *err);
/* Gives a row of links the line its layer drew, if it did, from the link's `from` to its `to`. */
nearer_status nr_study_draw_link(nearer_table *table, size_t row, const nearer_network *network,
                                 const nr_link *link, nearer_error *err);
#endif
