/* study/convert: the parts of a conversion that have files of their own. */
#ifndef NR_STUDY_CONVERT_H
#define NR_STUDY_CONVERT_H
#include "model/format.h"

/* Nodes and links, those open on a day or, when it is 0, all. */
nearer_status nr_study_network_tables(nr_network_tables *out, const nearer_study *study,
                                      nearer_date date, nearer_error *err);
#endif
