/* graph/lanes: distances from NR_LANES sources side by side, by the widest registers the machine
 * has. */
#ifndef NR_GRAPH_LANES_H
#define NR_GRAPH_LANES_H
#include "graph/hierarchy.h"

enum { NR_LANES = 16, NR_AHEAD = 12 };

/* No way yet: so far above NR_FAR that no sum of a way and one at most NR_FAR long comes near it,
 * and that itself and a way together are below 2^32. */
#define NR_NOT_YET ((nr_ticks)0xBFFFFFFF)

/* Where a row of distances comes from, and where it goes. */
typedef struct nr_lane_row {
    uint32_t source; /* vertex */
    nr_ticks *out;   /* a number a target; NR_FAR for those as far or farther */
} nr_lane_row;

/* `lanes` holds NR_LANES numbers a vertex. What is set from NR_FAR on, but for NR_NOT_YET, becomes
 * NR_FAR. */
typedef struct nr_kernels {
    const char *name; /* of the registers */
    /* From each vertex in turn, s = 1 .. count, at position seen[s - 1]: lowers lanes[slot[at]] to
     * lanes[s] + ticks over its ways. */
    void (*up)(nr_ticks *lanes, const uint32_t *seen, uint32_t count, const uint32_t *slot,
               const nr_ways *ways);
    /* Sets lanes[v] of each vertex in turn, v = 0 .. count - 1, to the least of up[start[v]] and,
     * over its ways, of lanes[at] + ticks. True when some became NR_FAR. NR_AHEAD more ways stand
     * behind the last, to any vertex. */
    bool (*down)(nr_ticks *lanes, uint32_t count, const nr_ticks *up, const uint32_t *start,
                 const nr_ways *ways);
    /* From each vertex marked by a bit, in rounds from the first to the last: unmarks it and lowers
     * lanes[at] to lanes[v] + ticks over its ways, marking those that fell, until none is marked.
     * True when some became NR_FAR. */
    bool (*settle)(nr_ticks *lanes, uint32_t count, uint64_t *marks, const nr_ways *ways);
    /* Sets out[i][t], i and t < NR_LANES, to lane i of from[t]; NR_NEVER where it is NR_NOT_YET or
     * more. */
    void (*turn)(nr_ticks *const *out, const nr_ticks *const *from);
} nr_kernels;
/* Those that the machine this runs on has, the fastest first; NULL behind the last. */
const nr_kernels *const *nr_kernels_known(void);

/* The place of the lowest or highest bit of a number above 0. */
int nr_lowest_bit(uint64_t bits);
int nr_highest_bit(uint64_t bits);
#endif
