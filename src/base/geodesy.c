#include "base/geodesy.h"

#include <geodesic.h>
#include <math.h>
#include <proj.h>
#include <stdio.h>

static const double PI = 3.14159265358979323846;

bool nr_lonlat_valid(nr_lonlat p)
{
    return p.lon >= -180 && p.lon <= 180 && p.lat >= -90 && p.lat <= 90;
}

double nr_geodesic_km(nr_lonlat a, nr_lonlat b)
{
    static _Thread_local struct geod_geodesic wgs84; /* its series are worth keeping */
    if (wgs84.a == 0) geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
    double metres = 0;
    geod_inverse(&wgs84, a.lat, a.lon, b.lat, b.lon, &metres, NULL, NULL);
    return metres / 1000;
}

double nr_sphere_km(nr_lonlat a, nr_lonlat b)
{
    double rad = PI / 180, dlat = (b.lat - a.lat) * rad, dlon = (b.lon - a.lon) * rad;
    double s = sin(dlat / 2), t = sin(dlon / 2);
    double h = s * s + cos(a.lat * rad) * cos(b.lat * rad) * t * t;
    return 2 * 6371.0088 * asin(sqrt(h < 1 ? h : 1));
}

double nr_near_km(nr_lonlat a, nr_lonlat b)
{
    return 0.993 * nr_sphere_km(a, b);
}

bool nr_project_for_map(nr_xy *out, const nr_lonlat *points, size_t n)
{
    if (n == 0) return true;
    double west = points[0].lon, east = west, south = points[0].lat, north = south;
    for (size_t i = 1; i < n; i++) {
        west = fmin(west, points[i].lon);
        east = fmax(east, points[i].lon);
        south = fmin(south, points[i].lat);
        north = fmax(north, points[i].lat);
    }
    bool over_dateline = east - west > 180;
    if (over_dateline) { /* longitudes 0 to 360 keep neighbours across it together */
        west = 360;
        east = 0;
        for (size_t i = 0; i < n; i++) {
            double lon = points[i].lon < 0 ? points[i].lon + 360 : points[i].lon;
            west = fmin(west, lon);
            east = fmax(east, lon);
        }
    }
    double range = fmax(north - south, 0.1), middle = (south + north) / 2;
    /* parallels that mirror each other at the equator have no cone */
    if (fabs(middle) < 1) middle = 1;
    int centre_lon = (int)lround((west + east) / 2 * 1000);
    int first = (int)lround((middle - range / 3) * 1000);
    int second = (int)lround((middle + range / 3) * 1000);
    char definition[160];
    /* in thousandths, so that no locale puts a comma into the definition */
    snprintf(definition, sizeof definition,
             "+proj=aea +lon_0=%de-3 +lat_0=0 +lat_1=%de-3 +lat_2=%de-3 +ellps=WGS84", centre_lon,
             first, second);
    PJ_CONTEXT *context = proj_context_create();
    if (context == NULL) return false;
    proj_log_level(context, PJ_LOG_NONE);
    PJ *projection = proj_create(context, definition);
    bool good = projection != NULL;
    for (size_t i = 0; good && i < n; i++) {
        PJ_COORD c = proj_coord(proj_torad(points[i].lon), proj_torad(points[i].lat), 0, 0);
        c = proj_trans(projection, PJ_FWD, c);
        out[i] = (nr_xy){c.xy.x / 1000, c.xy.y / 1000};
        good = isfinite(c.xy.x) && isfinite(c.xy.y);
    }
    proj_destroy(projection);
    proj_context_destroy(context);
    return good;
}
