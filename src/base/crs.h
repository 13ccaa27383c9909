/* base/crs: coordinates of any reference system into degrees of WGS 84, by PROJ. */
#ifndef NR_BASE_CRS_H
#define NR_BASE_CRS_H
#include "base/error.h"
#include "base/geodesy.h"

typedef struct nr_crs nr_crs;

/* From a code ("EPSG:32650"), a URN, a whole name ("WGS 84"), WKT of any kind (a .prj), a PROJ
 * string, or "GCJ-02", the shifted degrees of Chinese maps; never from something like a name. Fails
 * with NAME. Free with nr_crs_free. */
nearer_status nr_crs_open(nr_crs **out, const char *definition, nearer_error *err);
/* Its name, "WGS 84 / UTM zone 50N". */
const char *nr_crs_name(const nr_crs *crs);
/* Turns x, y (in lon, lat) into degrees where they stand; INFINITY where that cannot be done. */
void nr_crs_to_degrees(const nr_crs *crs, nr_lonlat *points, size_t n);
void nr_crs_free(nr_crs *crs);

/* Degrees of GCJ-02 into degrees of WGS 84, to a millimetre; those outside China stay. The
 * published approximation of the shift, inverted by iteration. */
nr_lonlat nr_from_gcj02(nr_lonlat shifted);
nr_lonlat nr_to_gcj02(nr_lonlat at);
#endif
