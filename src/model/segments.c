/* The segments of drawn lines in a grid: what lines cross, touch or nearly touch. */
#include <math.h>
#include <stdlib.h>

#include "model/topology.h"

static const double PI = 3.14159265358979323846;

static double mean_km(const nr_segments *segments)
{
    double sum = 0;
    for (size_t i = 0; i < segments->count; i++)
        sum += nr_near_km(segments->items[i].a, segments->items[i].b);
    return segments->count == 0 ? 0 : sum / (double)segments->count;
}

nearer_status nr_segments_read(nr_segments *out, const nearer_table *table, double at_least_km,
                               nearer_error *err)
{
    *out = (nr_segments){0};
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        nr_lonlat ends[2];
        size_t n;
        const nr_lonlat *v = nr_line_vertices(table, row, &n, ends);
        for (size_t i = 0; i + 1 < n; i++) {
            if (!nr_grow((void **)&out->items, out->count, &out->capacity, sizeof *out->items)) {
                nr_segments_clear(out);
                return nr_fail_memory(err);
            }
            out->items[out->count++] =
                (struct nr_segment){(uint32_t)row, (uint32_t)i, v[i], v[i + 1]};
        }
    }
    nr_grid_begin(&out->grid, fmax(fmax(at_least_km, mean_km(out)), 0.001));
    return NEARER_OK;
}

/* In steps no longer than a cell: each lies in the cell of its begin, of its end, or in one that
 * touches both. Segments across the date line are left out. */
bool nr_segment_cells(const nr_segments *segments, size_t item, nr_visit_cell *visit, void *context)
{
    const struct nr_segment *s = &segments->items[item];
    double lat_size = segments->grid.size_deg;
    double dlon = s->b.lon - s->a.lon, dlat = s->b.lat - s->a.lat;
    if (fabs(dlon) > 180) return true;
    bool over_equator = (s->a.lat < 0) != (s->b.lat < 0);
    double narrow = over_equator ? 1 : cos(fmin(fabs(s->a.lat), fabs(s->b.lat)) * PI / 180);
    double steps = ceil(fmax(fabs(dlon) * narrow, fabs(dlat)) / lat_size);
    if (steps < 1) steps = 1;
    for (double i = 0; i < steps; i++) {
        nr_lonlat p = {s->a.lon + dlon * i / steps, s->a.lat + dlat * i / steps};
        nr_lonlat q = {s->a.lon + dlon * (i + 1) / steps, s->a.lat + dlat * (i + 1) / steps};
        const nr_lonlat corners[] = {p, {q.lon, p.lat}, {p.lon, q.lat}, q};
        uint64_t seen[4];
        size_t n = 0;
        for (size_t c = 0; c < 4; c++) {
            uint64_t cell = nr_grid_cell(&segments->grid, corners[c]);
            bool again = false;
            for (size_t k = 0; k < n; k++) again = again || seen[k] == cell;
            if (again) continue;
            seen[n++] = cell;
            if (!visit(context, cell)) return false;
        }
    }
    return true;
}

void nr_segments_clear(nr_segments *segments)
{
    nr_grid_clear(&segments->grid);
    nr_free(segments->items);
    *segments = (nr_segments){0};
}

/* Between -180 and 180: across the date line where that is shorter. */
static double turned(double lon)
{
    return lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
}

nr_lonlat nr_nearest_on(nr_lonlat a, nr_lonlat b, nr_lonlat p, double *along)
{
    double narrow = cos(p.lat * PI / 180), dlon = turned(b.lon - a.lon);
    double dx = dlon * narrow, dy = b.lat - a.lat, length = dx * dx + dy * dy;
    double t = turned(p.lon - a.lon) * narrow * dx + (p.lat - a.lat) * dy;
    t = length > 0 ? t / length : 0;
    *along = t < 0 ? 0 : t > 1 ? 1 : t;
    return (nr_lonlat){turned(a.lon + *along * dlon), a.lat + *along * dy};
}
