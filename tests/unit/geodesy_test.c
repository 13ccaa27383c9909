#include <math.h>

#include "base/geodesy.h"
#include "test.h"

static const double PI = 3.14159265358979323846;
/* WGS 84 */
static const double A_KM = 6378.137, F = 1 / 298.257223563;

static void assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("%.12g is not %.12g within %g", found, expected, tolerance);
}

static double unit(uint64_t *seed) /* 0 to 1 */
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static void lonlat_valid__holds_the_edges(void **state)
{
    (void)state;
    assert_true(nr_lonlat_valid((nr_lonlat){0, 0}));
    assert_true(nr_lonlat_valid((nr_lonlat){-180, -90}));
    assert_true(nr_lonlat_valid((nr_lonlat){180, 90}));
}

static void lonlat_valid__refuses_what_is_no_position(void **state)
{
    (void)state;
    static const nr_lonlat wrong[] = {{180.0001, 0}, {-180.0001, 0}, {0, 90.0001}, {0, -90.0001},
                                      {360, 0},      {39.9, 116.4},  {NAN, 0},     {0, NAN},
                                      {INFINITY, 0}, {0, -INFINITY}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(nr_lonlat_valid(wrong[i]));
}

static void geodesic__of_a_point_to_itself_is_0(void **state)
{
    (void)state;
    assert_near(nr_geodesic_km((nr_lonlat){116.4, 39.9}, (nr_lonlat){116.4, 39.9}), 0, 0);
    assert_near(nr_geodesic_km((nr_lonlat){180, 10}, (nr_lonlat){-180, 10}), 0, 1e-9);
    assert_near(nr_geodesic_km((nr_lonlat){0, 90}, (nr_lonlat){77, 90}), 0, 1e-9);
}

static void geodesic__along_the_equator_is_a_circle(void **state)
{
    (void)state;
    nr_lonlat origin = {0, 0};
    assert_near(nr_geodesic_km(origin, (nr_lonlat){1, 0}), A_KM * PI / 180, 1e-9);
    assert_near(nr_geodesic_km(origin, (nr_lonlat){90, 0}), A_KM * PI / 2, 1e-9);
    /* the shorter way is over the date line */
    assert_near(nr_geodesic_km((nr_lonlat){179, 0}, (nr_lonlat){-179, 0}), A_KM * PI / 90, 1e-9);
}

static void geodesic__from_equator_to_pole_is_the_meridian_quadrant(void **state)
{
    (void)state;
    /* 10 001 965.729 m: a/(1+n) (1 + n^2/4 + n^4/64 + ...) pi/2, n = f/(2-f) (Helmert 1880) */
    double n = F / (2 - F);
    double quadrant = A_KM / (1 + n) * (1 + n * n / 4 + n * n * n * n / 64) * PI / 2;
    assert_near(quadrant, 10001.965729, 1e-6);
    assert_near(nr_geodesic_km((nr_lonlat){33, 0}, (nr_lonlat){33, 90}), quadrant, 1e-8);
    assert_near(nr_geodesic_km((nr_lonlat){33, -90}, (nr_lonlat){-100, 90}), 2 * quadrant, 1e-8);
    /* opposite ends of the equator: shortest over a pole */
    assert_near(nr_geodesic_km((nr_lonlat){0, 0}, (nr_lonlat){180, 0}), 2 * quadrant, 1e-8);
}

static void geodesic__is_as_published(void **state)
{
    (void)state;
    /* GeographicLib, GeodSolve(1): echo 40.6 -73.8 51.6 -0.5 | GeodSolve -i (New York, London) */
    assert_near(nr_geodesic_km((nr_lonlat){-73.8, 40.6}, (nr_lonlat){-0.5, 51.6}), 5551.7594, 1e-6);
    /* GeographicLib for Python, examples: Wellington to Salamanca */
    assert_near(nr_geodesic_km((nr_lonlat){174.81, -41.32}, (nr_lonlat){-5.50, 40.96}),
                19959.679267, 1e-6);
    /* Karney 2013, Algorithms for geodesics, table 4: nearly antipodal points */
    assert_near(nr_geodesic_km((nr_lonlat){0, -30}, (nr_lonlat){179.8, 29.9}), 19989.83282761,
                1e-6);
    /* Geoscience Australia, GDA technical manual (GRS 80, whose flattening differs from WGS 84's
     * by less than 2e-11): Flinders Peak to Buninyong, 54 972.271 m */
    nr_lonlat flinders = {144 + 25 / 60.0 + 29.52440 / 3600, -(37 + 57 / 60.0 + 3.72030 / 3600)};
    nr_lonlat buninyong = {143 + 55 / 60.0 + 35.38390 / 3600, -(37 + 39 / 60.0 + 10.15610 / 3600)};
    assert_near(nr_geodesic_km(flinders, buninyong), 54.972271, 1e-6);
}

static void geodesic__is_the_same_both_ways(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 2000; i++) {
        nr_lonlat a = {360 * unit(&seed) - 180, 180 * unit(&seed) - 90};
        nr_lonlat b = {360 * unit(&seed) - 180, 180 * unit(&seed) - 90};
        assert_near(nr_geodesic_km(a, b), nr_geodesic_km(b, a), 1e-8);
    }
}

static void near_km__is_never_more_than_the_geodesic(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 20000; i++) {
        nr_lonlat a = {360 * unit(&seed) - 180, 180 * unit(&seed) - 90}, b;
        if (i % 2 == 0) {
            b = (nr_lonlat){360 * unit(&seed) - 180, 180 * unit(&seed) - 90};
        } else { /* near by, where a search looks */
            b = (nr_lonlat){a.lon + 2 * unit(&seed) - 1, a.lat + 2 * unit(&seed) - 1};
            if (!nr_lonlat_valid(b)) continue;
        }
        double km = nr_geodesic_km(a, b), bound = nr_near_km(a, b);
        if (bound > km)
            fail_msg("(%.17g %.17g) (%.17g %.17g): %g > %g", a.lon, a.lat, b.lon, b.lat, bound, km);
        /* and not so low that it is of no use: the radii of curvature, 6335 to 6400 km, lie
         * within 0.6 % of 6371 km */
        assert_true(bound >= km * 0.98);
    }
}

static void near_km__takes_its_tightest_place(void **state)
{
    (void)state;
    /* along the meridian at the equator the ellipsoid is most curved: radius a (1 - e^2) */
    nr_lonlat a = {0, -0.01}, b = {0, 0.01};
    assert_near(nr_geodesic_km(a, b), A_KM * (1 - F) * (1 - F) * 0.02 * PI / 180, 1e-6);
    assert_true(nr_near_km(a, b) < nr_geodesic_km(a, b));
    assert_near(nr_near_km(a, a), 0, 0);
}

static void near_km__takes_antipodes(void **state)
{
    (void)state;
    assert_near(nr_near_km((nr_lonlat){0, 0}, (nr_lonlat){180, 0}), 0.993 * PI * 6371.0088, 1e-6);
    assert_true(nr_near_km((nr_lonlat){10, 45}, (nr_lonlat){-170, -45}) > 0);
}

static void project__of_no_points_does_nothing(void **state)
{
    (void)state;
    assert_true(nr_project_for_map(NULL, NULL, 0));
}

static void project__of_one_point_lies_on_the_middle_meridian(void **state)
{
    (void)state;
    nr_lonlat point = {104, 30};
    nr_xy xy;
    assert_true(nr_project_for_map(&xy, &point, 1));
    assert_near(xy.x, 0, 1e-6);
    assert_true(fabs(xy.y) < 1e5);
}

/* Radius of the parallel at a latitude, km, and of the meridian's curve there. */
static double parallel_km(double lat)
{
    double e2 = F * (2 - F), s = sin(lat * PI / 180);
    return A_KM * cos(lat * PI / 180) / sqrt(1 - e2 * s * s);
}
static double meridian_km(double lat)
{
    double e2 = F * (2 - F), s = sin(lat * PI / 180), w = 1 - e2 * s * s;
    return A_KM * (1 - e2) / (w * sqrt(w));
}

static double apart(nr_xy a, nr_xy b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

static void project__is_true_along_its_standard_parallels(void **state)
{
    (void)state;
    /* 24 to 48 degrees north: parallels at 24 + 24/6 = 28 and 24 + 5*24/6 = 44 */
    nr_lonlat points[] = {{100, 24}, {120, 48}, {115, 28}, {115.01, 28}, {103, 44}, {103.01, 44}};
    nr_xy xy[6];
    assert_true(nr_project_for_map(xy, points, 6));
    double step = 0.01 * PI / 180;
    assert_near(apart(xy[2], xy[3]), parallel_km(28) * step, 1e-6);
    assert_near(apart(xy[4], xy[5]), parallel_km(44) * step, 1e-6);
}

static void project__keeps_areas(void **state)
{
    (void)state;
    /* a cell of 0.01 degrees: stretched one way as much as it is pressed the other */
    for (double lat = 20; lat <= 50; lat += 5) {
        nr_lonlat points[] = {{80, 18}, {130, 52}, {90, lat}, {90.01, lat}, {90, lat + 0.01}};
        nr_xy xy[5];
        assert_true(nr_project_for_map(xy, points, 5));
        double ax = xy[3].x - xy[2].x, ay = xy[3].y - xy[2].y;
        double bx = xy[4].x - xy[2].x, by = xy[4].y - xy[2].y;
        double step = 0.01 * PI / 180;
        double area = parallel_km(lat + 0.005) * meridian_km(lat + 0.005) * step * step;
        assert_near((ax * by - ay * bx) / area, 1, 1e-3);
    }
}

static void project__has_east_right_and_north_up(void **state)
{
    (void)state;
    static const double south[] = {-35, -5, 0, 20, 60};
    for (size_t i = 0; i < sizeof south / sizeof *south; i++) {
        double s = south[i];
        nr_lonlat points[] = {{10, s + 5}, {0, s + 5}, {20, s + 5}, {10, s}, {10, s + 10}};
        nr_xy xy[5];
        assert_true(nr_project_for_map(xy, points, 5));
        assert_near(xy[0].x, 0, 1e-6); /* the middle meridian */
        assert_true(xy[1].x < 0 && xy[2].x > 0);
        assert_near(xy[1].x, -xy[2].x, 1e-6);
        assert_true(xy[3].y < xy[0].y && xy[0].y < xy[4].y);
    }
}

static void project__shows_places_all_on_one_parallel(void **state)
{
    (void)state;
    nr_lonlat points[] = {{100, 0}, {101, 0}};
    nr_xy xy[2];
    assert_true(nr_project_for_map(xy, points, 2));
    /* one degree of the equator, seen from standard parallels within 2 degrees of it */
    assert_near(apart(xy[0], xy[1]), A_KM * PI / 180, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lonlat_valid__holds_the_edges),
        cmocka_unit_test(lonlat_valid__refuses_what_is_no_position),
        cmocka_unit_test(geodesic__of_a_point_to_itself_is_0),
        cmocka_unit_test(geodesic__along_the_equator_is_a_circle),
        cmocka_unit_test(geodesic__from_equator_to_pole_is_the_meridian_quadrant),
        cmocka_unit_test(geodesic__is_as_published),
        cmocka_unit_test(geodesic__is_the_same_both_ways),
        cmocka_unit_test(near_km__is_never_more_than_the_geodesic),
        cmocka_unit_test(near_km__takes_its_tightest_place),
        cmocka_unit_test(near_km__takes_antipodes),
        cmocka_unit_test(project__of_no_points_does_nothing),
        cmocka_unit_test(project__of_one_point_lies_on_the_middle_meridian),
        cmocka_unit_test(project__is_true_along_its_standard_parallels),
        cmocka_unit_test(project__keeps_areas),
        cmocka_unit_test(project__has_east_right_and_north_up),
        cmocka_unit_test(project__shows_places_all_on_one_parallel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
