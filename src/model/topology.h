/* model/topology: a layer of drawn lines into nodes and the pieces of lines between them. */
#ifndef NR_MODEL_TOPOLOGY_H
#define NR_MODEL_TOPOLOGY_H
#include "base/error.h"
#include "model/format.h"
#include "model/grid.h"

/* How lines become a network. */
typedef struct nr_topology_spec {
    double snap_m;  /* ends this near to each other are one node; 0: the same to 1e-6 degrees */
    bool crossings; /* lines are also cut where they cross or touch, else joined at ends only */
} nr_topology_spec;

/* A line, or the part of it between two cuts. */
typedef struct nr_piece {
    uint32_t row, from, to; /* of the table; nodes */
    double length_km;       /* along the drawing */
    double share;           /* of the line's length */
    uint32_t first, last;   /* the line's vertices between its ends: first <= i < last */
} nr_piece;

/* An end that was moved onto a node. */
typedef struct nr_snap {
    uint32_t row;
    nr_lonlat end, node;
    double metres;
} nr_snap;

/* A node with one piece that ends close to another node or to the middle of a line. */
typedef struct nr_gap {
    uint32_t row, other_row; /* the piece's line and the other's */
    nr_lonlat end, other;
    double metres;
} nr_gap;

enum { NR_SNAPS = 5 };
typedef struct nr_topology {
    nr_lonlat *nodes;
    nr_piece *pieces;
    size_t node_count, node_capacity, piece_count, piece_capacity;
    size_t lines, empty_lines; /* rows with a line and without */
    size_t snapped, cuts, zero_length,
        doubled;             /* ends moved; places where lines were cut; pieces */
    nr_snap snaps[NR_SNAPS]; /* the longest, longest first */
} nr_topology;

/* Joins each end to the nearest node within the distance; nodes are where most lines end, then from
 * west to east, none within the distance of another. Nodes are numbered in the order of the table's
 * rows, which does not matter else. O(n log n) for lines of similar length. Fails with VALUE
 * (too many cuts), MEMORY.
 * Clear with nr_topology_clear. */
nearer_status nr_topology_build(nr_topology *out, const nearer_table *table,
                                const nr_topology_spec *spec, nearer_error *err);
void nr_topology_clear(nr_topology *topology);
/* The same as a network: nodes (id, lon_deg, lat_deg) and links (from, to, the table's own columns,
 * length_km) with their drawn lines. What a row says of the whole line (minutes, reverse_minutes,
 * length_km, weight, cost, toll, time_min, travel_time) is shared out by length. Fails with MEMORY.
 */
nearer_status nr_topology_tables(nr_network_tables *out, const nr_topology *topology,
                                 const nearer_table *table, nearer_error *err);
/* How long a piece is: its share of what the table's column length_km says, else as drawn. */
double nr_piece_km(const nr_piece *piece, const nearer_table *table);
/* Which pieces hang together: groups[node_count], numbered by their first node; returns how many.
 * NR_NO_GROUPS when there is no memory. */
#define NR_NO_GROUPS ((size_t)-1)
size_t nr_topology_components(uint32_t *groups, const nr_topology *topology);
/* The gaps of at most `limit_m`, shortest first; free with nr_free. Fails with MEMORY. */
nearer_status nr_topology_gaps(nr_gap **out, size_t *count, const nr_topology *topology,
                               const nearer_table *table, double limit_m, nearer_error *err);

/* The vertices of a row's line, or of the straight line between its from_... and to_... columns,
 * which is put into `ends`; NULL and 0 when it has none. */
const nr_lonlat *nr_line_vertices(const nearer_table *table, size_t row, size_t *n,
                                  nr_lonlat ends[2]);
/* The table has lines, drawn or by the columns of their ends. */
bool nr_table_has_lines(const nearer_table *table);

/* Where a line is cut, in order along it. */
typedef struct nr_cut {
    uint32_t row, segment;
    double along; /* of the segment, 0 to 1 */
    nr_lonlat at;
} nr_cut;
/* All cuts, by row, segment and place; free with nr_free. Fails with VALUE when there are more than
 * `most`, of which memory holds at most twice as many; MEMORY. */
enum { NR_CUTS_MOST = 20000000 };
nearer_status nr_topology_cuts(nr_cut **out, size_t *count, const nearer_table *table,
                               double snap_km, size_t most, nearer_error *err);

/* The segments of all lines in a grid. */
typedef struct nr_segments {
    nr_grid grid;
    struct nr_segment {
        uint32_t row, index; /* from vertex `index` of the row's line to the next */
        nr_lonlat a, b;
    } * items;
    size_t count, capacity;
} nr_segments;
/* Nothing is in the grid yet. Fails with MEMORY. */
nearer_status nr_segments_read(nr_segments *out, const nearer_table *table, double at_least_km,
                               nearer_error *err);
/* Calls `visit` with each cell a segment runs through; a cell may come twice. false: it stopped. */
typedef bool nr_visit_cell(void *context, uint64_t cell);
bool nr_segment_cells(const nr_segments *segments, size_t item, nr_visit_cell *visit,
                      void *context);
void nr_segments_clear(nr_segments *segments);
/* The point of a segment nearest to p, and how far along it is; in degrees, longitudes narrowed to
 * their width at p. */
nr_lonlat nr_nearest_on(nr_lonlat a, nr_lonlat b, nr_lonlat p, double *along);
#endif
