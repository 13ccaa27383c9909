/* formats/geojson_read: the reading half of the format geojson. */
#ifndef NR_FORMATS_GEOJSON_READ_H
#define NR_FORMATS_GEOJSON_READ_H
#include "model/table.h"

/* Features, a feature or a geometry: a row a geometry or part of a line, a column a property. Fails
 * with IO, SYNTAX, VALUE: the message names the line and the member, features[3].geometry. */
nearer_status nr_geojson_read(nearer_table **out, const char *path, const nearer_reading *how,
                              nearer_error *err);
#endif
