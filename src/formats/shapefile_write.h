/* formats/shapefile_write: the writing half of the format shapefile. */
#ifndef NR_FORMATS_SHAPEFILE_WRITE_H
#define NR_FORMATS_SHAPEFILE_WRITE_H
#include "model/format.h"

/* Points or lines in degrees of WGS 84, UTF-8. Names of fields are cut to the 10 bytes of a DBF and
 * told apart by a number; texts are cut to 254 bytes, numbers have up to 15 decimals in 24
 * characters, infinite ones are empty. Fails with VALUE when the table draws nothing. */
nearer_status nr_shapefile_write(nr_output *output, const nearer_table *table, nearer_error *err);
#endif
