/* formats/shapefile_write: the writing half of nr_format_shapefile. */
#ifndef NR_FORMATS_SHAPEFILE_WRITE_H
#define NR_FORMATS_SHAPEFILE_WRITE_H
#include "base/error.h"
#include "model/format.h"

/* Fails with VALUE (no geometry, more than the format holds), MEMORY. */
nearer_status nr_shapefile_write(nr_output *output, const nearer_table *table, nearer_error *err);
#endif
