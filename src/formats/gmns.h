/* formats/gmns: the parts of the format gmns that have files of their own. */
#ifndef NR_FORMATS_GMNS_H
#define NR_FORMATS_GMNS_H
#include "base/crs.h"
#include "model/format.h"

/* The fields of link.csv that are not taken as they are. */
#define NR_GMNS_LINK_FIELDS                                                                 \
    "link_id", "name", "from_node_id", "to_node_id", "directed", "geometry_id", "geometry", \
        "dir_flag", "length", "facility_type", "free_speed"
#define NR_GMNS_NODE_FIELDS "node_id", "name", "x_coord", "y_coord"

typedef struct nr_gmns_config {
    nr_crs *crs;    /* NULL: degrees */
    double km, kmh; /* in a unit of length and of speed; NAN: not told */
} nr_gmns_config;

/* A file of the folder as a table; *out stays when it is not there and need not be. */
nearer_status nr_gmns_file(nearer_table **out, const char *folder, const char *name, bool needed,
                           const nearer_reading *how, nearer_error *err);
/* config.csv, if there is one; the reference system is the one told, where it is. Fails with
 * VALUE, NAME (unit, crs). Free the crs. */
nearer_status nr_gmns_config_read(nr_gmns_config *out, const char *folder,
                                  const nearer_reading *how, nearer_error *err);
/* config.csv (km, kmh, EPSG:4326), node.csv and link.csv. Fails with VALUE, NAME as nr_ends_read.
 */
nearer_status nr_gmns_write(nr_output *out, const nr_network_tables *network, nearer_error *err);
#endif
