/* Reference systems into degrees. Transverse Mercator positions are from Krueger's series to n^6
 * (Karney 2011), worked outside this program; the others are published. */
#include <math.h>

#include "base/crs.h"
#include "test.h"

static nearer_error err;

#define WGS84                                                                       \
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0," \
    "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"
#define CGCS2000                                                                            \
    "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[" \
    "\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\","     \
    "0.0174532925199433]]"
#define PARAMETERS(easting, meridian, scale)                                              \
    "PARAMETER[\"False_Easting\"," easting "],PARAMETER[\"False_Northing\",0.0],"         \
    "PARAMETER[\"Central_Meridian\"," meridian "],PARAMETER[\"Scale_Factor\"," scale "]," \
    "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
/* as ESRI's programs write them into a .prj */
#define UTM_50N                               \
    "PROJCS[\"WGS_1984_UTM_Zone_50N\"," WGS84 \
    ",PROJECTION[\"Transverse_Mercator\"]," PARAMETERS("500000.0", "117.0", "0.9996")
#define GK_114E                                         \
    "PROJCS[\"CGCS2000_3_Degree_GK_CM_114E\"," CGCS2000 \
    ",PROJECTION[\"Gauss_Kruger\"]," PARAMETERS("500000.0", "114.0", "1.0")
#define GK_ZONE_38                                      \
    "PROJCS[\"CGCS2000_3_Degree_GK_Zone_38\"," CGCS2000 \
    ",PROJECTION[\"Gauss_Kruger\"]," PARAMETERS("38500000.0", "114.0", "1.0")
#define WEB_MERCATOR                                                                   \
    "PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\"," WGS84                         \
    ",PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"False_Easting\",0.0],"     \
    "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",0.0],"           \
    "PARAMETER[\"Standard_Parallel_1\",0.0],PARAMETER[\"Auxiliary_Sphere_Type\",0.0]," \
    "UNIT[\"Meter\",1.0]]"

static nr_crs *open_crs(const char *definition)
{
    nr_crs *crs = NULL;
    assert_ok(nr_crs_open(&crs, definition, &err));
    return crs;
}

static void assert_at(const char *what, nr_lonlat found, double lon, double lat, double tolerance)
{
    if (!(fabs(found.lon - lon) <= tolerance && fabs(found.lat - lat) <= tolerance))
        fail_msg("%.60s: (%.12g, %.12g) is not (%.12g, %.12g)", what, found.lon, found.lat, lon,
                 lat);
}

static void crs__gives_degrees_of_wgs84(void **state)
{
    (void)state;
    static const struct {
        const char *definition;
        nr_lonlat from, to;
        double tolerance;
    } cases[] = {
        {UTM_50N, {241633.917251583, 3387568.6716182}, {114.3055, 30.5928}, 1e-9},
        {"EPSG:32650", {241633.917251583, 3387568.6716182}, {114.3055, 30.5928}, 1e-9},
        {"+proj=utm +zone=50 +datum=WGS84 +type=crs",
         {241633.917251583, 3387568.6716182},
         {114.3055, 30.5928},
         1e-9},
        {"+proj=utm +zone=50 +datum=WGS84 +units=m +no_defs",
         {241633.917251583, 3387568.6716182},
         {114.3055, 30.5928},
         1e-9},
        /* south of the equator, northings count from 10 000 km below it */
        {"EPSG:32756", {334900.56965226313, 6252288.752888292}, {151.2153, -33.8568}, 1e-9},
        /* Baghdad, in the documentation of GeographicLib: 38n 444140.54 3684706.36 */
        {"EPSG:32638", {444140.54, 3684706.36}, {44.4, 33.3}, 1e-7},
        {GK_114E, {529299.8603174959, 3385869.4534117975}, {114.3055, 30.5928}, 1e-8},
        {GK_ZONE_38, {38529299.8603175, 3385869.4534117975}, {114.3055, 30.5928}, 1e-8},
        /* whose own order is northing, easting: a file has x first all the same */
        {"EPSG:4547", {529299.8603174959, 3385869.4534117975}, {114.3055, 30.5928}, 1e-8},
        {"EPSG:4526", {38529299.8603175, 3385869.4534117975}, {114.3055, 30.5928}, 1e-8},
        /* Beijing 1954: the datum is some tens of metres off, by no one's agreed numbers */
        {"EPSG:2435", {529300.3528043429, 3385929.6150422753}, {114.3055, 30.5928}, 2e-3},
        /* EPSG guidance note 7-2, 3.5.5: 24 22'54.433"N, 100 20'00.000"W */
        {WEB_MERCATOR,
         {-11169055.58, 2800000.00},
         {-(100 + 20 / 60.0), 24 + 22 / 60.0 + 54.433 / 3600},
         1e-6},
        {"EPSG:3857", {20037508.342789244, 0}, {180, 0}, 1e-9},
        /* US survey feet: the false origin of New York Long Island, 40 10' N 74 W */
        {"EPSG:2263", {984250, 0}, {-74, 40 + 10 / 60.0}, 3e-5},
        /* degrees of another datum that is the same to a centimetre */
        {CGCS2000, {114.3055, 30.5928}, {114.3055, 30.5928}, 1e-8},
        {"EPSG:4490", {114.3055, 30.5928}, {114.3055, 30.5928}, 1e-8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nr_crs *crs = open_crs(cases[i].definition);
        nr_lonlat points[2] = {cases[i].from, cases[i].from};
        nr_crs_to_degrees(crs, points, 0);
        assert_true(points[0].lon == cases[i].from.lon);
        nr_crs_to_degrees(crs, points, 2);
        for (size_t k = 0; k < 2; k++)
            assert_at(cases[i].definition, points[k], cases[i].to.lon, cases[i].to.lat,
                      cases[i].tolerance);
        nr_crs_free(crs);
    }
}

static void crs__of_wgs84_leaves_degrees_as_they_are(void **state)
{
    (void)state;
    static const char *const same[] = {WGS84, "EPSG:4326", "OGC:CRS84", "epsg:4326",
                                       "urn:ogc:def:crs:OGC:1.3:CRS84"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        nr_crs *crs = open_crs(same[i]);
        nr_lonlat at[] = {{114.3055, 30.5928}, {200, -95}}; /* longitude first, whatever it says */
        nr_crs_to_degrees(crs, at, 2);
        assert_true(at[0].lon == 114.3055 && at[0].lat == 30.5928);
        assert_true(at[1].lon == 200 && at[1].lat == -95);
        nr_crs_free(crs);
    }
}

static void crs__has_the_name_of_its_definition(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"EPSG:32650", "WGS 84 / UTM zone 50N"},
        {GK_114E, "CGCS2000 / 3-degree Gauss-Kruger CM 114E"}, /* ESRI's name for it is another */
        {"PROJCS[\"Town grid\"," WGS84
         ",PROJECTION[\"Transverse_Mercator\"]," PARAMETERS("1.0", "9.0", "1.0"),
         "Town grid"},
        {"EPSG:4326", "WGS 84"},
        {"ESRI:102100", "WGS_1984_Web_Mercator_Auxiliary_Sphere"},
        {"wgs 84", "WGS 84"},
        {"WGS84", "WGS 84"},
        {"CRS84", "WGS 84 (CRS84)"},
        {"ogc:crs84", "WGS 84 (CRS84)"},
        {"CGCS2000", "China Geodetic Coordinate System 2000"},
        {"WGS 84 / UTM zone 50N", "WGS 84 / UTM zone 50N"},
        {" \nEPSG:32650 ", "WGS 84 / UTM zone 50N"},
        {"urn:ogc:def:crs:EPSG::32650", "WGS 84 / UTM zone 50N"},
        {"http://www.opengis.net/def/crs/EPSG/0/32650", "WGS 84 / UTM zone 50N"},
        {"GCJ-02", "GCJ-02"},
        {"gcj02", "GCJ-02"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        nr_crs *crs = open_crs(names[i][0]);
        assert_string_equal(nr_crs_name(crs), names[i][1]);
        nr_crs_free(crs);
    }
}

static void crs__refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "nonsense",
        "foo", /* PROJ finds Amersfoort in it */
        "wgs",
        "xian",
        "EPSG:xian",
        "foo:123",
        "EPSG:0",
        "EPSG:",
        "PROJCS[",
        "PROJCS[\"WGS_1984_UTM_Zone_50N\"," WGS84,
        "+proj=nonsense +type=crs", /* a projection there is not */
        "+proj=pipeline +step +proj=utm +zone=50",
        "EPSG:5773", /* heights alone */
        "urn:ogc:def:ellipsoid:EPSG::7030",
        "DATUM[\"D\",SPHEROID[\"S\",6378137,298]]",
        "PROJCS[\"a .prj that is damaged and goes on over more than a line\",\n]",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nr_crs *crs = NULL;
        nearer_status status = nr_crs_open(&crs, wrong[i], &err);
        if (status == NEARER_OK) fail_msg("'%s' is taken as %s", wrong[i], nr_crs_name(crs));
        assert_fails(status, NEARER_NAME,
                     "is no coordinate reference system that PROJ knows; a code (EPSG:4326, ");
        assert_null(crs);
        assert_true((strstr(err.message, "...'") != NULL) == (strlen(wrong[i]) > 60));
        assert_null(strchr(err.message, '\n'));
    }
    nr_crs_free(NULL);
}

static void crs__gives_infinity_where_there_is_no_position(void **state)
{
    (void)state;
    nr_crs *crs = open_crs("EPSG:32650");
    nr_lonlat at[] = {{1e30, 1e30}, {NAN, 0}, {(double)INFINITY, 0}, {500000, 0}};
    nr_crs_to_degrees(crs, at, 4);
    for (size_t i = 0; i < 3; i++) assert_false(nr_lonlat_valid(at[i]));
    assert_true(isinf(at[0].lon) && isinf(at[0].lat));
    assert_at("the good one behind them", at[3], 117, 0, 1e-9);
    nr_crs_free(crs);
}

/* ---- GCJ-02 ---- */

static void gcj02__is_that_of_the_known_pair(void **state)
{
    (void)state;
    /* published with the formulas (eviltransform and others) */
    static const nr_lonlat wgs84 = {116.404, 39.915},
                           shifted = {116.41024449916938, 39.91640428150164};
    nr_lonlat at = nr_to_gcj02(wgs84);
    assert_at("forward", at, shifted.lon, shifted.lat, 1e-12);
    at = nr_from_gcj02(shifted);
    assert_at("back", at, wgs84.lon, wgs84.lat, 1e-9);
    nr_crs *crs = open_crs("GCJ-02");
    nr_lonlat two[] = {shifted, {0, 51.5}};
    nr_crs_to_degrees(crs, two, 2);
    assert_at("as a reference system", two[0], wgs84.lon, wgs84.lat, 1e-9);
    assert_true(two[1].lon == 0 && two[1].lat == 51.5);
    nr_crs_free(crs);
}

static void gcj02__there_and_back_is_the_same_within_a_millimetre(void **state)
{
    (void)state;
    size_t shifts = 0;
    for (double lon = 72.1; lon < 137.8; lon += 0.53)
        for (double lat = 0.9; lat < 55.8; lat += 0.47) {
            nr_lonlat at = {lon, lat}, to = nr_to_gcj02(at), back = nr_from_gcj02(to);
            assert_at("there and back", back, lon, lat, 1e-8);
            /* the shift is of hundreds of metres */
            assert_at("there", to, lon, lat, 0.03);
            shifts += fabs(to.lon - lon) > 1e-4 || fabs(to.lat - lat) > 1e-4;
        }
    assert_true(shifts > 14000);
}

static void gcj02__leaves_what_is_outside_china(void **state)
{
    (void)state;
    static const nr_lonlat outside[] = {{139.69, 35.69}, {0, 51.5},   {72.003, 30}, {137.835, 30},
                                        {100, 0.829},    {100, 55.9}, {-74, 40.7},  {180, -90}};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        nr_lonlat to = nr_to_gcj02(outside[i]), from = nr_from_gcj02(outside[i]);
        assert_true(to.lon == outside[i].lon && to.lat == outside[i].lat);
        assert_true(from.lon == outside[i].lon && from.lat == outside[i].lat);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crs__gives_degrees_of_wgs84),
        cmocka_unit_test(crs__of_wgs84_leaves_degrees_as_they_are),
        cmocka_unit_test(crs__has_the_name_of_its_definition),
        cmocka_unit_test(crs__refuses_what_is_none),
        cmocka_unit_test(crs__gives_infinity_where_there_is_no_position),
        cmocka_unit_test(gcj02__is_that_of_the_known_pair),
        cmocka_unit_test(gcj02__there_and_back_is_the_same_within_a_millimetre),
        cmocka_unit_test(gcj02__leaves_what_is_outside_china),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
