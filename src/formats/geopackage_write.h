/* formats/geopackage_write: a table as the one layer of a GeoPackage. */
#ifndef NR_FORMATS_GEOPACKAGE_WRITE_H
#define NR_FORMATS_GEOPACKAGE_WRITE_H
#include "model/format.h"

/* The key of what we write, which is no attribute: the first name that no column has. */
#define NR_GPKG_KEY "fid"
#define NR_GPKG_OTHER_KEY "gpkg_fid"

nearer_status nr_geopackage_write(nr_output *output, const nearer_table *table, nearer_error *err);
#endif
