/* formats/degrees: coordinates that a plain table gives as columns, in another reference system. */
#ifndef NR_FORMATS_DEGREES_H
#define NR_FORMATS_DEGREES_H
#include "model/table.h"

/* Turns lon_deg, lat_deg, or from_lon_deg, from_lat_deg, to_lon_deg, to_lat_deg, of a table without
 * shapes into degrees of WGS 84; the table is replaced. Fails with NAME (the system is not known;
 * there are no such columns), VALUE (a coordinate that gives no degrees), MEMORY. */
nearer_status nr_table_to_degrees(nearer_table **table, const char *crs, nearer_error *err);
#endif
