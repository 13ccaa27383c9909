/* formats/gmns_write: the writing half of the format gmns. */
#ifndef NR_FORMATS_GMNS_WRITE_H
#define NR_FORMATS_GMNS_WRITE_H
#include "model/format.h"

/* node.csv, link.csv and config.csv in kilometres, km/h and degrees of WGS 84. Minutes, which GMNS
 * has no field for, stand in a column of their own. */
nearer_status nr_gmns_write(nr_output *output, const nr_network_tables *network, nearer_error *err);
/* A folder holds node.csv and link.csv. */
bool nr_gmns_knows(const char *folder);
#endif
