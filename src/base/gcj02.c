/* The shift of GCJ-02 as it is publicly known: sums of sines fitted to it, within some metres of
 * the official one, on the ellipsoid of Krasovsky. */
#include <math.h>

#include "base/crs.h"

static const double PI = 3.14159265358979323846;

static bool outside(nr_lonlat p)
{
    return p.lon < 72.004 || p.lon > 137.8347 || p.lat < 0.8293 || p.lat > 55.8271;
}

static double waves(double x)
{
    return (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2 / 3;
}

/* Metres north and east, of degrees from 105 E 35 N. */
static double north(double x, double y)
{
    return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) + waves(x) +
           (20 * sin(y * PI) + 40 * sin(y / 3 * PI)) * 2 / 3 +
           (160 * sin(y / 12 * PI) + 320 * sin(y * PI / 30)) * 2 / 3;
}

static double east(double x, double y)
{
    return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + waves(x) +
           (20 * sin(x * PI) + 40 * sin(x / 3 * PI)) * 2 / 3 +
           (150 * sin(x / 12 * PI) + 300 * sin(x / 30 * PI)) * 2 / 3;
}

nr_lonlat nr_to_gcj02(nr_lonlat at)
{
    static const double a = 6378245.0, ee = 0.00669342162296594323;
    if (outside(at)) return at;
    double lat = at.lat / 180 * PI, s = 1 - ee * sin(lat) * sin(lat);
    double up = north(at.lon - 105, at.lat - 35), right = east(at.lon - 105, at.lat - 35);
    return (nr_lonlat){at.lon + right * 180 / (a / sqrt(s) * cos(lat) * PI),
                       at.lat + up * 180 / (a * (1 - ee) / (s * sqrt(s)) * PI)};
}

nr_lonlat nr_from_gcj02(nr_lonlat shifted)
{
    nr_lonlat at = shifted;
    for (int i = 0; i < 10; i++) { /* the shift changes little over its own length */
        nr_lonlat again = nr_to_gcj02(at);
        at.lon += shifted.lon - again.lon;
        at.lat += shifted.lat - again.lat;
    }
    return at;
}
