/* study/convert: the parts of a conversion that have files of their own. */
#ifndef NR_STUDY_CONVERT_H
#define NR_STUDY_CONVERT_H
#include "model/format.h"

/* Nodes and links, those open on a day or, when it is 0, all. */
nearer_status nr_study_network_tables(nr_network_tables *out, const nearer_study *study,
                                      nearer_date date, nearer_error *err);
/* What any file holds, as a network: lines are joined. Fails as nearer_convert. */
nearer_status nr_network_tables_read(nr_network_tables *out, const char *path,
                                     const nearer_conversion *conversion, nearer_error *err);
#endif
