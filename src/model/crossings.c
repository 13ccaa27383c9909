/* Where lines are cut: where two cross or touch, and where a line ends at the middle of another. */
#include <math.h>
#include <stdlib.h>

#include "model/topology.h"

typedef struct cutter {
    nr_segments segments;
    const nearer_table *table;
    double snap_km;
    nr_cut *cuts;
    size_t count, capacity;
    size_t full;        /* so many, and those that came twice are dropped */
    size_t item;        /* the segment now put in */
    size_t most;        /* how many there may be */
    bool over, stopped; /* there are more; for that or for want of memory */
} cutter;

/* Of a segment's length: a point this near to its end is its end. */
static const double EDGE = 1e-9;

static double cross(nr_lonlat a, nr_lonlat b)
{
    return a.lon * b.lat - a.lat * b.lon;
}

static nr_lonlat minus(nr_lonlat a, nr_lonlat b)
{
    return (nr_lonlat){a.lon - b.lon, a.lat - b.lat};
}

static int along_lines(const void *x, const void *y)
{
    const nr_cut *a = x, *b = y;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    double p = a->segment + a->along, q = b->segment + b->along;
    if (p != q) return p < q ? -1 : 1;
    if (a->at.lon != b->at.lon) return a->at.lon < b->at.lon ? -1 : 1;
    return a->at.lat < b->at.lat ? -1 : a->at.lat > b->at.lat;
}

/* Each place once, but for a line that comes there again. */
static void keep_once(cutter *c)
{
    size_t kept = 0;
    if (c->count > 1) qsort(c->cuts, c->count, sizeof *c->cuts, along_lines);
    for (size_t i = 0; i < c->count; i++) {
        const nr_cut *cut = &c->cuts[i], *before = kept > 0 ? &c->cuts[kept - 1] : NULL;
        bool again = before != NULL && before->row == cut->row && before->at.lon == cut->at.lon &&
                     before->at.lat == cut->at.lat &&
                     cut->segment + cut->along - before->segment - before->along <= 2 * EDGE;
        if (!again) c->cuts[kept++] = *cut;
    }
    c->count = kept;
}

static void add_cut(cutter *c, const struct nr_segment *s, double along, nr_lonlat at)
{
    const struct nr_segment *end = c->segments.items + c->segments.count;
    bool last = s + 1 == end || s[1].row != s->row;
    if ((s->index == 0 && along == 0) || (last && along == 1)) return; /* ends of lines join */
    if (c->count >= c->full) {
        keep_once(c);
        c->over = c->count > c->most;
        if (2 * c->count > c->full) c->full = 2 * c->count;
    }
    c->stopped = c->stopped || c->over ||
                 !nr_grow((void **)&c->cuts, c->count, &c->capacity, sizeof *c->cuts);
    if (!c->stopped) c->cuts[c->count++] = (nr_cut){s->row, s->index, along, at};
}

/* A point at one of a segment's ends is that end, to the last digit. */
static double settle(nr_lonlat *at, const struct nr_segment *s, double along)
{
    if (along > EDGE && along < 1 - EDGE) return along;
    *at = along < 0.5 ? s->a : s->b;
    return along < 0.5 ? 0 : 1;
}

static void cut_both(cutter *c, const struct nr_segment *s, double along,
                     const struct nr_segment *t, double other)
{
    nr_lonlat d = minus(s->b, s->a);
    nr_lonlat at = {s->a.lon + along * d.lon, s->a.lat + along * d.lat};
    other = settle(&at, t, other);
    along = settle(&at, s, along);
    add_cut(c, s, along, at);
    add_cut(c, t, other, at);
}

/* Segments that run side by side touch where one ends on the other. */
static void cut_parallel(cutter *c, const struct nr_segment *s, const struct nr_segment *t)
{
    for (int i = 0; i < 4; i++) {
        const struct nr_segment *whole = i < 2 ? s : t, *ending = i < 2 ? t : s;
        nr_lonlat end = i % 2 == 0 ? ending->a : ending->b;
        double along;
        nr_lonlat off = minus(nr_nearest_on(whole->a, whole->b, end, &along), end);
        if (fabs(off.lon) > EDGE || fabs(off.lat) > EDGE) continue;
        cut_both(c, ending, i % 2, whole, along);
    }
}

static void cut_where_they_meet(cutter *c, const struct nr_segment *s, const struct nr_segment *t)
{
    bool neighbours = s->row == t->row && s->index <= t->index + 1 && t->index <= s->index + 1;
    if (neighbours) return;
    nr_lonlat d = minus(s->b, s->a), e = minus(t->b, t->a), between = minus(t->a, s->a);
    double turn = cross(d, e), size = hypot(d.lon, d.lat) * hypot(e.lon, e.lat);
    if (fabs(turn) <= EDGE * size) {
        if (fabs(cross(d, between)) <= EDGE * hypot(d.lon, d.lat)) cut_parallel(c, s, t);
        return;
    }
    double along = cross(between, e) / turn, other = cross(between, d) / turn;
    if (along < -EDGE || along > 1 + EDGE || other < -EDGE || other > 1 + EDGE) return;
    cut_both(c, s, along, t, other);
}

/* Compares the segment now put in with those there. */
static bool visit(void *context, uint64_t cell)
{
    cutter *c = context;
    nr_grid *grid = &c->segments.grid;
    uint32_t first = nr_grid_find(grid, cell);
    if (first != 0 && grid->entries[first - 1].item == c->item) return true;
    for (uint32_t e = first; e != 0 && !c->stopped; e = grid->entries[e - 1].next)
        cut_where_they_meet(c, &c->segments.items[grid->entries[e - 1].item],
                            &c->segments.items[c->item]);
    c->stopped = c->stopped || !nr_grid_add(grid, cell, (uint32_t)c->item);
    return !c->stopped;
}

/* Cuts lines whose middle the end of a line comes near to; near to their ends, ends join. */
static void cut_at_end(cutter *c, uint32_t row, nr_lonlat end, size_t own_segment)
{
    uint64_t cells[NR_GRID_AROUND];
    const nr_grid *grid = &c->segments.grid;
    size_t n = nr_grid_around(cells, grid, end);
    for (size_t i = 0; i < n; i++)
        for (uint32_t e = nr_grid_find(grid, cells[i]); e != 0; e = grid->entries[e - 1].next) {
            const struct nr_segment *s = &c->segments.items[grid->entries[e - 1].item];
            double along;
            if (s->row == row && s->index == own_segment) continue;
            nr_lonlat near = nr_nearest_on(s->a, s->b, end, &along), ends[2];
            if (nr_near_km(near, end) > c->snap_km || nr_geodesic_km(near, end) > c->snap_km)
                continue;
            size_t count;
            const nr_lonlat *v = nr_line_vertices(c->table, s->row, &count, ends);
            if (nr_geodesic_km(v[0], end) > c->snap_km &&
                nr_geodesic_km(v[count - 1], end) > c->snap_km)
                add_cut(c, s, along, end);
        }
}

static void cut_at_ends(cutter *c)
{
    for (size_t row = 0; row < nearer_table_rows(c->table) && !c->stopped; row++) {
        nr_lonlat ends[2];
        size_t n;
        const nr_lonlat *v = nr_line_vertices(c->table, row, &n, ends);
        if (n < 2) continue;
        nr_lonlat first = v[0], last = v[n - 1];
        cut_at_end(c, (uint32_t)row, first, 0);
        cut_at_end(c, (uint32_t)row, last, n - 2);
    }
}

nearer_status nr_topology_cuts(nr_cut **out, size_t *count, const nearer_table *table,
                               double snap_km, size_t most, nearer_error *err)
{
    const size_t few = 1 << 20; /* of them sorting is quick */
    cutter c = {.table = table, .snap_km = snap_km, .full = most < few ? most : few, .most = most};
    NR_TRY(nr_segments_read(&c.segments, table, snap_km, err));
    for (c.item = 0; c.item < c.segments.count && !c.stopped; c.item++)
        nr_segment_cells(&c.segments, c.item, visit, &c);
    if (snap_km > 0 && !c.stopped) cut_at_ends(&c);
    nr_segments_clear(&c.segments);
    if (!c.stopped) {
        keep_once(&c);
        c.over = c.stopped = c.count > most;
    }
    if (!c.stopped) {
        *out = c.cuts;
        *count = c.count;
        return NEARER_OK;
    }
    nr_free(c.cuts);
    if (!c.over) return nr_fail_memory(err);
    return nr_fail(err, NEARER_VALUE,
                   "%s: its lines are cut at more than %zu crossings; join them at their ends "
                   "(endpoints), or cut the layer into parts",
                   nr_table_source(table), most);
}
