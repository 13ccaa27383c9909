/* Ends that nearly touch something they are not joined to. */
#include <math.h>
#include <stdlib.h>

#include "model/topology.h"

typedef struct finder {
    const nr_topology *topology;
    nr_segments segments;
    uint32_t *degrees;     /* of nodes */
    uint32_t *only_pieces; /* of nodes of degree 1 */
    nr_gap *gaps;
    size_t count, capacity;
    size_t item;
    bool starved;
} finder;

static bool visit(void *context, uint64_t cell)
{
    finder *f = context;
    nr_grid *grid = &f->segments.grid;
    uint32_t first = nr_grid_find(grid, cell);
    if (first != 0 && grid->entries[first - 1].item == f->item) return true;
    f->starved = !nr_grid_add(grid, cell, (uint32_t)f->item);
    return !f->starved;
}

static bool count_degrees(finder *f)
{
    const nr_topology *t = f->topology;
    f->degrees = nr_alloc(t->node_count, sizeof *f->degrees);
    f->only_pieces = nr_alloc(t->node_count, sizeof *f->only_pieces);
    if (f->degrees == NULL || f->only_pieces == NULL) return false;
    for (size_t i = 0; i < t->piece_count; i++) {
        const nr_piece *p = &t->pieces[i];
        f->degrees[p->from]++;
        f->degrees[p->to]++;
        f->only_pieces[p->from] = f->only_pieces[p->to] = (uint32_t)i;
    }
    return true;
}

/* The nearest point of another line. */
static void find_gap(finder *f, uint32_t node, double limit_km)
{
    uint64_t cells[NR_GRID_AROUND];
    const nr_topology *t = f->topology;
    const nr_grid *grid = &f->segments.grid;
    nr_lonlat end = t->nodes[node];
    uint32_t row = t->pieces[f->only_pieces[node]].row;
    nr_gap gap = {row, row, end, end, 0};
    double best = limit_km;
    size_t n = nr_grid_around(cells, grid, end);
    for (size_t i = 0; i < n; i++)
        for (uint32_t e = nr_grid_find(grid, cells[i]); e != 0; e = grid->entries[e - 1].next) {
            const struct nr_segment *s = &f->segments.items[grid->entries[e - 1].item];
            double along;
            if (s->row == row) continue;
            nr_lonlat near = nr_nearest_on(s->a, s->b, end, &along);
            double km = nr_near_km(near, end) > best ? INFINITY : nr_geodesic_km(near, end);
            if (km > best || (km == best && gap.other_row != row)) continue;
            best = km;
            gap = (nr_gap){row, s->row, end, near, km * 1000};
        }
    if (gap.other_row == row) return;
    if (nr_grow((void **)&f->gaps, f->count, &f->capacity, sizeof *f->gaps))
        f->gaps[f->count++] = gap;
    else
        f->starved = true;
}

static int by_size(const void *x, const void *y)
{
    const nr_gap *a = x, *b = y;
    if (a->metres != b->metres) return a->metres < b->metres ? -1 : 1;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return a->end.lon < b->end.lon ? -1 : a->end.lon > b->end.lon;
}

nearer_status nr_topology_gaps(nr_gap **out, size_t *count, const nr_topology *topology,
                               const nearer_table *table, double limit_m, nearer_error *err)
{
    finder f = {.topology = topology};
    NR_TRY(nr_segments_read(&f.segments, table, limit_m / 1000, err));
    f.starved = !count_degrees(&f);
    for (f.item = 0; f.item < f.segments.count && !f.starved; f.item++)
        nr_segment_cells(&f.segments, f.item, visit, &f);
    for (uint32_t node = 0; node < topology->node_count && !f.starved; node++)
        if (f.degrees[node] == 1) find_gap(&f, node, limit_m / 1000);
    nr_segments_clear(&f.segments);
    nr_free(f.degrees);
    nr_free(f.only_pieces);
    if (f.starved) {
        nr_free(f.gaps);
        return nr_fail_memory(err);
    }
    if (f.count > 1) qsort(f.gaps, f.count, sizeof *f.gaps, by_size);
    *out = f.gaps;
    *count = f.count;
    return NEARER_OK;
}
