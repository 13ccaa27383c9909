/* base/geodesy: distances on the ellipsoid WGS 84 (PROJ). */
#ifndef NR_BASE_GEODESY_H
#define NR_BASE_GEODESY_H
#include <stdbool.h>
#include <stddef.h>

typedef struct nr_lonlat {
    double lon, lat; /* degrees */
} nr_lonlat;

/* Within -180..180 and -90..90. */
bool nr_lonlat_valid(nr_lonlat p);
/* Length of the geodesic, km (Karney 2013). */
double nr_geodesic_km(nr_lonlat a, nr_lonlat b);
/* Great circle on the sphere of the mean radius, 6371.0088 km (haversine), km. */
double nr_sphere_km(nr_lonlat a, nr_lonlat b);
/* A lower bound of the geodesic for quick searches: 0.993 x the great circle, km. */
double nr_near_km(nr_lonlat a, nr_lonlat b);

/* A point on a plane, km. */
typedef struct nr_xy {
    double x, y;
} nr_xy;
/* Projects n points for a map that shows them all: Albers equal-area conic with standard
 * parallels at one and five sixths of their range of latitude (PROJ `aea`); false when PROJ
 * cannot. x grows eastward, y northward, km. */
bool nr_project_for_map(nr_xy *out, const nr_lonlat *points, size_t n);
#endif
