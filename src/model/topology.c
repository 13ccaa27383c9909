#include "model/topology.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NR_NO_NODE UINT32_MAX

/* A place where ends may join. */
typedef struct site {
    nr_lonlat at;
    uint32_t ends; /* of lines and of cuts, that are just there */
    uint32_t node; /* NR_NO_NODE: none yet */
} site;

typedef struct joiner {
    nr_topology *out;
    nr_grid grid; /* of the sites */
    site *sites;
    size_t site_count, site_capacity;
    double snap_km, same_km; /* ends nearer than the latter are at one place */
    bool starved;
} joiner;

/* Ends that are the same to 1e-6 degrees are no farther apart, km. */
static const double ROUNDING_KM = 1.6e-4;

bool nr_table_has_lines(const nearer_table *table)
{
    size_t n = 0;
    const char *ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    for (size_t i = 0; i < 4; i++) n += nearer_table_find(table, ends[i]) >= 0;
    return n == 4;
}

const nr_lonlat *nr_line_vertices(const nearer_table *table, size_t row, size_t *n,
                                  nr_lonlat ends[2])
{
    const nr_lonlat *line = nr_table_line(table, row, n);
    if (line != NULL && *n > 0) return line;
    const char *columns[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    double values[4];
    for (size_t i = 0; i < 4; i++) {
        ptrdiff_t c = nearer_table_find(table, columns[i]);
        values[i] = c < 0 ? NAN : nearer_table_number(table, row, (size_t)c);
    }
    ends[0] = (nr_lonlat){values[0], values[1]};
    ends[1] = (nr_lonlat){values[2], values[3]};
    *n = nr_lonlat_valid(ends[0]) && nr_lonlat_valid(ends[1]) ? 2 : 0;
    return *n == 0 ? NULL : ends;
}

/* To 1e-6 degrees; each place has one longitude. */
static nr_lonlat rounded(nr_lonlat p)
{
    nr_lonlat r = {round(p.lon * 1e6) / 1e6, round(p.lat * 1e6) / 1e6};
    if (fabs(r.lat) == 90) r.lon = 0;
    if (r.lon == -180) r.lon = 180;
    return r;
}

/* The nearest site there is within the distance, else NR_NO_NODE. */
static uint32_t find_site(const joiner *j, nr_lonlat at, double *km)
{
    uint64_t cells[NR_GRID_AROUND];
    uint32_t found = NR_NO_NODE;
    bool exact = j->snap_km == 0;
    size_t n = exact ? 1 : nr_grid_around(cells, &j->grid, at);
    if (exact) cells[0] = nr_grid_cell(&j->grid, rounded(at));
    *km = j->snap_km;
    for (size_t c = 0; c < n; c++)
        for (uint32_t e = nr_grid_find(&j->grid, cells[c]); e != 0;
             e = j->grid.entries[e - 1].next) {
            uint32_t item = j->grid.entries[e - 1].item;
            nr_lonlat other = j->sites[item].at;
            if (exact) {
                nr_lonlat a = rounded(at), b = rounded(other);
                if (a.lon == b.lon && a.lat == b.lat) return item;
                continue;
            }
            if (nr_near_km(at, other) > *km) continue;
            double apart = nr_geodesic_km(at, other);
            if (apart < *km || (apart == *km && (found == NR_NO_NODE || item < found))) {
                *km = apart;
                found = item;
            }
        }
    return found;
}

static void add_end(joiner *j, nr_lonlat at)
{
    if (nr_grow((void **)&j->sites, j->site_count, &j->site_capacity, sizeof *j->sites))
        j->sites[j->site_count++] = (site){at, 1, NR_NO_NODE};
    else
        j->starved = true;
}

static int by_place(const void *x, const void *y)
{
    const site *a = x, *b = y;
    if (a->at.lon != b->at.lon) return a->at.lon < b->at.lon ? -1 : 1;
    return a->at.lat < b->at.lat ? -1 : a->at.lat > b->at.lat;
}

static int by_ends_there(const void *x, const void *y)
{
    const site *a = x, *b = y;
    return a->ends != b->ends ? (a->ends > b->ends ? -1 : 1) : by_place(x, y);
}

/* Of all ends those that others join: where most lines end first, then from west to east, and none
 * within the distance of one before it. So the order of the rows does not matter. */
static void choose_sites(joiner *j, const nearer_table *table, const nr_cut *cuts, size_t cut_count)
{
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        nr_lonlat ends[2];
        size_t n;
        const nr_lonlat *v = nr_line_vertices(table, row, &n, ends);
        if (n == 0) continue;
        add_end(j, v[0]);
        add_end(j, v[n - 1]);
    }
    for (size_t c = 0; c < cut_count; c++) add_end(j, cuts[c].at);
    size_t count = 0, kept = 0;
    if (j->site_count > 1) qsort(j->sites, j->site_count, sizeof *j->sites, by_place);
    for (size_t i = 0; i < j->site_count; i++) {
        if (count > 0 && by_place(&j->sites[count - 1], &j->sites[i]) == 0)
            j->sites[count - 1].ends++;
        else
            j->sites[count++] = j->sites[i];
    }
    if (count > 1) qsort(j->sites, count, sizeof *j->sites, by_ends_there);
    for (size_t i = 0; i < count && !j->starved; i++) {
        double km;
        if (find_site(j, j->sites[i].at, &km) != NR_NO_NODE) continue;
        j->sites[kept] = j->sites[i];
        j->starved =
            !nr_grid_add(&j->grid, nr_grid_cell(&j->grid, j->sites[kept].at), (uint32_t)kept);
        kept++;
    }
    j->site_count = kept;
}

static void keep_snap(nr_topology *t, nr_snap snap)
{
    t->snapped++;
    for (size_t i = 0; i < NR_SNAPS; i++)
        if (snap.metres > t->snaps[i].metres) {
            nr_snap less = t->snaps[i];
            t->snaps[i] = snap;
            snap = less;
        }
}

static uint32_t join(joiner *j, uint32_t row, nr_lonlat at)
{
    nr_topology *t = j->out;
    double km;
    uint32_t found = find_site(j, at, &km);
    if (found == NR_NO_NODE) { /* each is the first of its place */
        found = (uint32_t)j->site_count;
        add_end(j, at);
        if (j->starved || !nr_grid_add(&j->grid, nr_grid_cell(&j->grid, rounded(at)), found))
            j->starved = true;
    }
    if (j->starved) return 0;
    site *s = &j->sites[found];
    if (s->node == NR_NO_NODE) {
        if (!nr_grow((void **)&t->nodes, t->node_count, &t->node_capacity, sizeof *t->nodes)) {
            j->starved = true;
            return 0;
        }
        s->node = (uint32_t)t->node_count;
        t->nodes[t->node_count++] = s->at;
    }
    if (j->snap_km > 0 && km > 0) keep_snap(t, (nr_snap){row, at, s->at, km * 1000});
    return s->node;
}

static void add_piece(joiner *j, nr_piece piece)
{
    nr_topology *t = j->out;
    if (!nr_grow((void **)&t->pieces, t->piece_count, &t->piece_capacity, sizeof *t->pieces)) {
        j->starved = true;
        return;
    }
    t->zero_length += piece.from == piece.to && piece.length_km <= j->same_km;
    t->pieces[t->piece_count++] = piece;
}

/* Cuts one line into its pieces. A cut that joins the node before it gives none. */
static void add_line(joiner *j, uint32_t row, const nr_lonlat *v, size_t n, const nr_cut *cuts,
                     size_t cut_count)
{
    size_t first = j->out->piece_count;
    nr_lonlat at = v[0];
    uint32_t from = join(j, row, at), inner = 1;
    double km = 0, total = 0;
    for (size_t i = 1, c = 0; i < n && !j->starved; i++) {
        for (; c < cut_count && cuts[c].segment + 1 == i; c++) {
            km += nr_geodesic_km(at, cuts[c].at);
            at = cuts[c].at;
            uint32_t node = join(j, row, at);
            if (node == from && km <= 2 * j->same_km) continue;
            add_piece(j, (nr_piece){row, from, node, km, 0, inner, (uint32_t)i});
            inner = (uint32_t)i;
            total += km;
            km = 0;
            from = node;
            j->out->cuts++;
        }
        km += nr_geodesic_km(at, v[i]);
        at = v[i];
    }
    uint32_t to = join(j, row, at);
    bool tail = j->out->piece_count > first && to == from && km <= 2 * j->same_km;
    if (!tail && !j->starved)
        add_piece(j, (nr_piece){row, from, to, km, 0, inner, (uint32_t)(n > 1 ? n - 1 : 1)});
    total += km;
    for (size_t p = first; p < j->out->piece_count; p++)
        j->out->pieces[p].share = total > 0 ? j->out->pieces[p].length_km / total : 1;
}

typedef struct pair {
    uint32_t a, b, piece;
    double km;
} pair;

static int by_ends(const void *x, const void *y)
{
    const pair *p = x, *q = y;
    if (p->a != q->a) return p->a < q->a ? -1 : 1;
    if (p->b != q->b) return p->b < q->b ? -1 : 1;
    if (p->km != q->km) return p->km < q->km ? -1 : 1;
    return p->piece < q->piece ? -1 : p->piece > q->piece;
}

/* Pieces with the ends of another and its length, to a metre. */
static bool count_doubled(nr_topology *t)
{
    pair *pairs = nr_alloc(t->piece_count, sizeof *pairs);
    if (pairs == NULL) return false;
    for (size_t i = 0; i < t->piece_count; i++) {
        const nr_piece *p = &t->pieces[i];
        bool turned = p->from > p->to;
        pairs[i] =
            (pair){turned ? p->to : p->from, turned ? p->from : p->to, (uint32_t)i, p->length_km};
    }
    if (t->piece_count > 1) qsort(pairs, t->piece_count, sizeof *pairs, by_ends);
    for (size_t i = 1; i < t->piece_count; i++)
        t->doubled += pairs[i].a == pairs[i - 1].a && pairs[i].b == pairs[i - 1].b &&
                      pairs[i].km - pairs[i - 1].km <= 0.001;
    nr_free(pairs);
    return true;
}

nearer_status nr_topology_build(nr_topology *out, const nearer_table *table,
                                const nr_topology_spec *spec, nearer_error *err)
{
    nr_topology t = {0};
    joiner j = {.out = &t, .snap_km = spec->snap_m / 1000};
    j.same_km = fmax(j.snap_km, ROUNDING_KM);
    nr_cut *cuts = NULL;
    size_t cut_count = 0, c = 0;
    if (spec->crossings)
        NR_TRY(nr_topology_cuts(&cuts, &cut_count, table, j.snap_km, NR_CUTS_MOST, err));
    nr_grid_begin(&j.grid, j.snap_km > 0 ? j.snap_km : 1e-4);
    if (j.snap_km > 0) choose_sites(&j, table, cuts, cut_count);
    for (size_t row = 0; row < nearer_table_rows(table) && !j.starved; row++) {
        nr_lonlat ends[2];
        size_t n, first = c;
        const nr_lonlat *v = nr_line_vertices(table, row, &n, ends);
        while (c < cut_count && cuts[c].row == row) c++;
        t.empty_lines += n == 0;
        t.lines += n > 0;
        if (n > 0) add_line(&j, (uint32_t)row, v, n, cuts + first, c - first);
    }
    nr_free(cuts);
    nr_grid_clear(&j.grid);
    nr_free(j.sites);
    if (j.starved || !count_doubled(&t)) {
        nr_topology_clear(&t);
        return nr_fail_memory(err);
    }
    *out = t;
    return NEARER_OK;
}

void nr_topology_clear(nr_topology *topology)
{
    nr_free(topology->nodes);
    nr_free(topology->pieces);
    *topology = (nr_topology){0};
}

static uint32_t root(uint32_t *parents, uint32_t node)
{
    while (parents[node] != node) node = parents[node] = parents[parents[node]];
    return node;
}

size_t nr_topology_components(uint32_t *groups, const nr_topology *topology)
{
    uint32_t *parents = nr_alloc(topology->node_count, sizeof *parents);
    size_t count = 0;
    if (parents == NULL) return NR_NO_GROUPS;
    for (uint32_t i = 0; i < topology->node_count; i++) parents[i] = i;
    for (size_t i = 0; i < topology->piece_count; i++) {
        uint32_t a = root(parents, topology->pieces[i].from),
                 b = root(parents, topology->pieces[i].to);
        parents[a < b ? b : a] = a < b ? a : b; /* the first node is its group's root */
    }
    for (uint32_t i = 0; i < topology->node_count; i++) {
        uint32_t first = root(parents, i);
        groups[i] = first == i ? (uint32_t)count++ : groups[first];
    }
    nr_free(parents);
    return count;
}
