/* graph/sweep: many rows of distances over a hierarchy at once: up from some sources side by side,
 * then down through the part of the hierarchy that leads to the targets (Delling, Goldberg, Werneck
 * 2011, "Faster batched shortest paths in road networks": RPHAST). */
#ifndef NR_GRAPH_SWEEP_H
#define NR_GRAPH_SWEEP_H
#include "graph/lanes.h"

/* The part of a hierarchy that leads to some targets. */
typedef struct nr_sweep {
    const nr_hierarchy *hierarchy;
    uint32_t count;    /* vertices in it, by position */
    uint32_t *part_of; /* of each position: its number in the part, NR_NOT_IN_PART */
    nr_ways down;      /* between numbers in the part */
    uint32_t *targets; /* numbers in the part */
    size_t target_count;
    const nr_kernels *kernels;
} nr_sweep;
#define NR_NOT_IN_PART UINT32_MAX

/* The working memory of one worker. */
typedef struct nr_lanes {
    nr_ticks *up, *down; /* NR_LANES numbers a vertex: of those on the way up, and of the part */
    uint32_t *seen;      /* positions on the way up, in order */
    uint32_t seen_count, seen_capacity;
    uint32_t *slot;  /* of each position: its place in `up`, 0 for none */
    uint64_t *marks; /* a bit a position */
    uint32_t *start; /* of each number in the part: its place in `up` */
} nr_lanes;

/* `targets` are vertices. Fails with MEMORY. */
nearer_status nr_sweep_make(nr_sweep *out, const nr_hierarchy *hierarchy, const uint32_t *targets,
                            size_t target_count, nearer_error *err);
void nr_sweep_clear(nr_sweep *sweep);
bool nr_lanes_init(nr_lanes *lanes, const nr_sweep *sweep);
void nr_lanes_clear(nr_lanes *lanes);
/* Up to NR_LANES rows; fastest for sources near each other on the hierarchy's walk. `far`: some
 * distance in the part is NR_FAR. False when there is no memory. */
bool nr_sweep_run(bool *far, const nr_sweep *sweep, nr_lanes *lanes, const nr_lane_row *rows,
                  size_t count);
#endif
