/* What a grid finds against what looking at every pair finds. */
#include "model/topology.h"
#include "tables.h"

static nearer_error err;

static const double PI = 3.14159265358979323846;

static double random_between(unsigned *seed, double low, double high)
{
    double fine = next_random(seed, 1u << 20) + next_random(seed, 1u << 20) / 1048576.0;
    return low + (high - low) * fine / 1048576.0;
}

static nearer_table *new_lines(void)
{
    static const char *const ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, ends[i], 6);
    return table;
}

static nr_lonlat end_of(const nearer_table *table, size_t row, size_t end)
{
    return (nr_lonlat){nearer_table_number(table, row, 2 * end),
                       nearer_table_number(table, row, 2 * end + 1)};
}

/* ---- the grid ---- */

static bool grid_has(const nr_grid *grid, nr_lonlat at, uint32_t item)
{
    uint64_t cells[NR_GRID_AROUND];
    size_t found = 0, n = nr_grid_around(cells, grid, at);
    for (size_t i = 0; i < n; i++)
        for (uint32_t e = nr_grid_find(grid, cells[i]); e != 0; e = grid->entries[e - 1].next)
            found += grid->entries[e - 1].item == item;
    if (found > 1) fail_msg("item %u was found %zu times", item, found);
    return found == 1;
}

/* Points at one cell's width or less from each other find each other: anywhere, and where cells
 * change their shape: at the poles, the date line, the equator. */
static void grid__finds_all_within_a_cell(void **state)
{
    (void)state;
    static const nr_lonlat centres[] = {{0, 0},   {180, 0},    {116.4, 39.9}, {-180, 66},
                                        {20, 89}, {0, 90},     {0, -90},      {7, -89.99},
                                        {0, 60},  {180, 89.9}, {-30, -45}};
    static const double sizes_km[] = {0.025, 1.3, 40};
    unsigned seed = 11;
    for (size_t s = 0; s < 3; s++)
        for (size_t c = 0; c < sizeof centres / sizeof *centres; c++) {
            enum { POINTS = 300 };
            nr_lonlat points[POINTS];
            nr_grid grid;
            size_t near = 0;
            nr_grid_begin(&grid, sizes_km[s]);
            for (uint32_t i = 0; i < POINTS; i++) {
                /* within 4 cells of the centre: polar distance and angle around the centre when it
                 * is a pole, else a square */
                double reach = 4 * sizes_km[s] / 111;
                double lat = centres[c].lat + random_between(&seed, -reach, reach), lon;
                if (fabs(centres[c].lat) == 90) {
                    lat = centres[c].lat > 0 ? 90 - fabs(90 - lat) : -90 + fabs(lat + 90);
                    lon = random_between(&seed, -180, 180);
                } else {
                    double wide = fmin(reach / cos(lat * PI / 180), 180);
                    lon = remainder(centres[c].lon + random_between(&seed, -wide, wide), 360);
                }
                points[i] = (nr_lonlat){lon, fmax(-90, fmin(90, lat))};
                assert_true(nr_grid_add(&grid, nr_grid_cell(&grid, points[i]), i));
            }
            for (uint32_t i = 0; i < POINTS; i++)
                for (uint32_t k = 0; k < POINTS; k++) {
                    if (nr_geodesic_km(points[i], points[k]) > sizes_km[s]) continue;
                    near++;
                    if (!grid_has(&grid, points[i], k))
                        fail_msg("%g km: (%.9g, %.9g) does not find (%.9g, %.9g)", sizes_km[s],
                                 points[i].lon, points[i].lat, points[k].lon, points[k].lat);
                }
            assert_true(near > 2 * POINTS); /* something was looked for */
            nr_grid_clear(&grid);
        }
}

static void grid__of_nothing_finds_nothing(void **state)
{
    (void)state;
    nr_grid grid;
    nr_grid_begin(&grid, 1);
    assert_int_equal(nr_grid_find(&grid, nr_grid_cell(&grid, (nr_lonlat){1, 2})), 0);
    nr_grid_clear(&grid);
}

/* ---- crossings ---- */

typedef struct meeting {
    double along; /* of the line, 0 to 1 */
} meeting;

static int by_along(const void *x, const void *y)
{
    const meeting *a = x, *b = y;
    return a->along < b->along ? -1 : a->along > b->along;
}

static double turn(nr_lonlat a, nr_lonlat b, nr_lonlat c)
{
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

/* Where lines a to b and c to d cross, by the sides on which the ends lie; false: they do not. */
static bool cross_at(double *along, nr_lonlat a, nr_lonlat b, nr_lonlat c, nr_lonlat d)
{
    double p = turn(c, d, a), q = turn(c, d, b), r = turn(a, b, c), s = turn(a, b, d);
    if ((p > 0) == (q > 0) || (r > 0) == (s > 0)) return false;
    *along = p / (p - q);
    return true;
}

/* Straight lines with random ends: no two are parallel and none ends on another. */
static void crossings__are_those_of_all_pairs(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double west, south, east, north, longest; /* degrees */
    } areas[] = {
        {"a town", 114.2, 30.4, 114.4, 30.6, 0.1},   {"a country", 75, 18, 130, 53, 20},
        {"both hemispheres", -85, -60, 85, 60, 170}, {"all the world", -180, -90, 180, 90, 179},
        {"the arctic", -180, 85, 180, 90, 90},       {"beside the date line", 179, -1, 180, 1, 1},
        {"long and short", 0, -40, 120, 70, 119},
    };
    unsigned seed = 3;
    for (size_t a = 0; a < sizeof areas / sizeof *areas; a++) {
        size_t found = 0;
        for (size_t round = 0; round < 6; round++) {
            enum { LINES = 120 };
            nearer_table *table = new_lines();
            for (size_t i = 0; i < LINES; i++) {
                double lon = random_between(&seed, areas[a].west, areas[a].east);
                double lat = random_between(&seed, areas[a].south, areas[a].north);
                double longest = areas[a].longest / (1 + (double)(i % 4) * (double)round);
                double to_lon = lon + random_between(&seed, -longest, longest);
                double to_lat = lat + random_between(&seed, -longest, longest);
                to_lon = fmax(areas[a].west, fmin(areas[a].east, to_lon));
                to_lat = fmax(areas[a].south, fmin(areas[a].north, to_lat));
                /* ends at the edge of the area would lie on one line */
                if (to_lon == areas[a].east || to_lon == areas[a].west)
                    to_lon += (lon - to_lon) * random_between(&seed, 0.001, 0.01);
                if (to_lat == areas[a].north || to_lat == areas[a].south)
                    to_lat += (lat - to_lat) * random_between(&seed, 0.001, 0.01);
                nr_table_put(table, lon, lat, to_lon, to_lat);
            }
            nr_cut *cuts = NULL;
            size_t count = 0, at = 0, total = 0;
            assert_ok(nr_topology_cuts(&cuts, &count, table, 0, NR_CUTS_MOST, &err));
            for (size_t i = 0; i < LINES; i++) {
                meeting wanted[LINES];
                size_t n = 0;
                for (size_t k = 0; k < LINES; k++)
                    if (k != i)
                        n += cross_at(&wanted[n].along, end_of(table, i, 0), end_of(table, i, 1),
                                      end_of(table, k, 0), end_of(table, k, 1));
                qsort(wanted, n, sizeof *wanted, by_along);
                for (size_t k = 0; k < n; k++, at++) {
                    if (at >= count || cuts[at].row != i)
                        fail_msg("%s, round %zu: line %zu is cut %zu times, not %zu", areas[a].what,
                                 round, i, k, n);
                    if (fabs(cuts[at].along - wanted[k].along) > 1e-6)
                        fail_msg("%s: line %zu is cut at %.9g, not at %.9g", areas[a].what, i,
                                 cuts[at].along, wanted[k].along);
                }
                total += n;
            }
            assert_int_equal(count, total);
            found += total;
            nr_free(cuts);
            nearer_table_free(table);
        }
        assert_true(found > 200); /* something was looked for */
    }
}

/* Ten lines across ten others: 200 cuts. */
static void crossings__are_refused_when_they_are_too_many(void **state)
{
    (void)state;
    nearer_table *table = new_lines();
    nr_cut *cuts = NULL;
    size_t count = 0;
    for (int i = 1; i <= 10; i++) {
        nr_table_put(table, 0.0, (double)i, 11.0, (double)i);
        nr_table_put(table, (double)i, 0.0, (double)i, 11.0);
    }
    assert_ok(nr_topology_cuts(&cuts, &count, table, 0, 200, &err));
    assert_int_equal(count, 200);
    nr_free(cuts);
    cuts = NULL;
    assert_fails(nr_topology_cuts(&cuts, &count, table, 0, 199, &err), NEARER_VALUE,
                 "its lines are cut at more than 199 crossings; join them at their ends");
    assert_fails(nr_topology_cuts(&cuts, &count, table, 0, 10, &err), NEARER_VALUE, "more than 10");
    assert_null(cuts);
    nearer_table_free(table);
}

/* Twelve lines through one point, which 66 pairs of them find: each is cut there once. */
static void crossings__at_one_point_count_once(void **state)
{
    (void)state;
    nearer_table *table = new_lines();
    nr_cut *cuts = NULL;
    size_t count = 0;
    for (int i = -6; i < 6; i++) nr_table_put(table, (double)i, 8.0, (double)-i, -8.0);
    assert_ok(nr_topology_cuts(&cuts, &count, table, 0, 12, &err));
    assert_int_equal(count, 12);
    for (size_t i = 0; i < count; i++) assert_int_equal(cuts[i].row, i);
    nr_free(cuts);
    nearer_table_free(table);
}

/* A line from one hemisphere into the other, where cells are wider at its ends than at its middle,
 * with 400 short ones across it: 800 cuts. */
static void crossings__of_a_line_over_the_equator_are_all_found(void **state)
{
    (void)state;
    nearer_table *table = new_lines();
    nr_cut *cuts = NULL;
    size_t count = 0;
    nr_table_put(table, 0.0, -60.0, 150.0, 60.0);
    for (size_t i = 0; i < 400; i++) {
        double lon = 150 * ((double)i + 0.5) / 400, lat = -60 + 120 * ((double)i + 0.5) / 400;
        nr_table_put(table, lon - 0.01, lat + 0.02, lon + 0.02, lat - 0.03);
    }
    assert_ok(nr_topology_cuts(&cuts, &count, table, 0, NR_CUTS_MOST, &err));
    assert_int_equal(count, 800);
    nr_free(cuts);
    nearer_table_free(table);
}

/* A rational number; of small whole ones, so exact. */
typedef struct ratio {
    long up, down;
} ratio;

static int compare_ratios(const void *x, const void *y)
{
    const ratio *a = x, *b = y;
    long p = a->up * b->down, q = b->up * a->down;
    return p < q ? -1 : p > q;
}

static ratio make_ratio(long up, long down)
{
    return down < 0 ? (ratio){-up, -down} : (ratio){up, down};
}

/* Where on the line a to b (0: a, 1: b) the line c to d meets it: up to two places. */
static size_t meet(ratio out[2], const long *a, const long *c)
{
    long dx = a[2] - a[0], dy = a[3] - a[1], ex = c[2] - c[0], ey = c[3] - c[1];
    long fx = c[0] - a[0], fy = c[1] - a[1], t = dx * ey - dy * ex;
    if (t != 0) {
        ratio along = make_ratio(fx * ey - fy * ex, t), other = make_ratio(fx * dy - fy * dx, t);
        if (along.up < 0 || along.up > along.down || other.up < 0 || other.up > other.down)
            return 0;
        out[0] = along;
        return 1;
    }
    if (dx * fy - dy * fx != 0) return 0;
    size_t n = 0;
    for (size_t end = 0; end < 2; end++) {
        long up = (c[2 * end] - a[0]) * dx + (c[2 * end + 1] - a[1]) * dy;
        long down = dx * dx + dy * dy;
        if (up >= 0 && up <= down) out[n++] = make_ratio(up, down);
    }
    return n;
}

/* Lines between whole degrees touch, overlap and meet in many ways at once. Whole numbers say
 * exactly at how many places each is cut, and so the pieces. */
static void pieces__of_lines_on_a_lattice_are_exact(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 60; seed++) {
        enum { LINES = 14, SIDE = 7 };
        long lines[LINES][4];
        unsigned random = seed;
        nearer_table *table = new_lines();
        for (size_t i = 0; i < LINES; i++) {
            do {
                for (size_t k = 0; k < 4; k++) lines[i][k] = (long)next_random(&random, SIDE);
            } while (lines[i][0] == lines[i][2] && lines[i][1] == lines[i][3]);
            nr_table_put(table, (double)lines[i][0] / 10, (double)lines[i][1] / 10,
                         (double)lines[i][2] / 10, (double)lines[i][3] / 10);
        }
        size_t pieces = 0;
        for (size_t i = 0; i < LINES; i++) {
            ratio at[2 * LINES];
            size_t n = 0;
            for (size_t k = 0; k < LINES; k++)
                if (k != i) n += meet(at + n, lines[i], lines[k]);
            qsort(at, n, sizeof *at, compare_ratios);
            pieces++;
            for (size_t k = 0; k < n; k++)
                pieces += at[k].up > 0 && at[k].up < at[k].down &&
                          (k == 0 || compare_ratios(&at[k], &at[k - 1]) != 0);
        }
        const nr_topology_spec spec = {0, true};
        nr_topology t;
        assert_ok(nr_topology_build(&t, table, &spec, &err));
        if (t.piece_count != pieces)
            fail_msg("seed %u: %zu pieces, not %zu", seed, t.piece_count, pieces);
        assert_int_equal(t.cuts, pieces - LINES);
        assert_int_equal(t.zero_length, 0);
        nr_topology_clear(&t);
        nearer_table_free(table);
    }
}

/* ---- joining ---- */

/* Many ends near each other, in two orders of rows: nodes lie farther apart than the distance, each
 * end is moved by no more and to the nearest node, and the nodes are the same. */
static void joining__does_not_depend_on_the_order_of_rows(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 30; seed++) {
        enum { LINES = 60 };
        unsigned random = seed;
        const nr_topology_spec spec = {200, false};
        nr_lonlat ends[LINES][2];
        size_t order[LINES];
        nr_topology one, other;
        nearer_table *table = new_lines(), *mixed = new_lines();
        for (size_t i = 0; i < LINES; i++) {
            for (size_t e = 0; e < 2; e++) {
                /* a town of 2 km, at the pole, the date line or elsewhere; some ends are shared */
                double lat = seed % 3 == 0 ? 89.99 : seed % 3 == 1 ? 0 : 31;
                double wide = seed % 3 == 0 ? 180 : 0.01, lon = seed % 3 == 1 ? 180 : 0;
                ends[i][e].lat = lat + random_between(&random, -0.01, 0.01);
                ends[i][e].lon = remainder(lon + random_between(&random, -wide, wide), 360);
                if (i > 0 && next_random(&random, 3) == 0)
                    ends[i][e] = ends[next_random(&random, (unsigned)i)][e];
            }
            nr_table_put(table, ends[i][0].lon, ends[i][0].lat, ends[i][1].lon, ends[i][1].lat);
            order[i] = i;
        }
        for (size_t i = LINES; i > 1; i--) {
            size_t k = next_random(&random, (unsigned)i), last = order[i - 1];
            order[i - 1] = order[k];
            order[k] = last;
        }
        for (size_t i = 0; i < LINES; i++) {
            const nr_lonlat *v = ends[order[i]];
            nr_table_put(mixed, v[0].lon, v[0].lat, v[1].lon, v[1].lat);
        }
        assert_ok(nr_topology_build(&one, table, &spec, &err));
        assert_ok(nr_topology_build(&other, mixed, &spec, &err));
        assert_int_equal(one.node_count, other.node_count);
        assert_int_equal(one.snapped, other.snapped);
        assert_true(one.snapped > 10 && one.node_count > 10);
        for (size_t i = 0; i < one.node_count; i++)
            for (size_t k = 0; k < i; k++)
                if (nr_geodesic_km(one.nodes[i], one.nodes[k]) <= 0.2)
                    fail_msg("seed %u: nodes %zu and %zu are within the distance", seed, k, i);
        for (size_t i = 0; i < LINES; i++)
            for (size_t e = 0; e < 2; e++) {
                const nr_piece *p = &one.pieces[order[i]], *q = &other.pieces[i];
                nr_lonlat at = one.nodes[e == 0 ? p->from : p->to];
                nr_lonlat again = other.nodes[e == 0 ? q->from : q->to];
                double km = nr_geodesic_km(ends[order[i]][e], at), nearest = INFINITY;
                for (size_t k = 0; k < one.node_count; k++)
                    nearest = fmin(nearest, nr_geodesic_km(ends[order[i]][e], one.nodes[k]));
                assert_true(km <= 0.2);
                assert_true(km == nearest);
                if (at.lon != again.lon || at.lat != again.lat)
                    fail_msg("seed %u: line %zu ends elsewhere in another order", seed, order[i]);
            }
        nr_topology_clear(&one);
        nr_topology_clear(&other);
        nearer_table_free(table);
        nearer_table_free(mixed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grid__finds_all_within_a_cell),
        cmocka_unit_test(grid__of_nothing_finds_nothing),
        cmocka_unit_test(crossings__are_those_of_all_pairs),
        cmocka_unit_test(crossings__are_refused_when_they_are_too_many),
        cmocka_unit_test(crossings__at_one_point_count_once),
        cmocka_unit_test(crossings__of_a_line_over_the_equator_are_all_found),
        cmocka_unit_test(pieces__of_lines_on_a_lattice_are_exact),
        cmocka_unit_test(joining__does_not_depend_on_the_order_of_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
