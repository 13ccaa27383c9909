/* graph/stars: a graph that vertices are taken out of one by one. Around each vertex stand the ways
 * between it and its neighbours that are left; around one taken out those that were left then. */
#ifndef NR_GRAPH_STARS_H
#define NR_GRAPH_STARS_H
#include "base/memory.h"
#include "graph/rows.h"

/* Ways this long or longer are all counted as this long (NR_FAR milliseconds are 12.4 days). */
#define NR_FAR ((nr_ticks)1 << 30)

/* Both ways between a vertex and its neighbour; NR_NEVER where there is none. */
typedef struct nr_ray {
    uint32_t to;
    nr_ticks out, in;
} nr_ray;

typedef struct nr_star {
    nr_ray *rays;
    uint32_t count, capacity;
} nr_star;

typedef struct nr_stars {
    uint32_t n;
    nr_star *of;
    nr_arena arena;
    void *spare[32]; /* room given back, by the power of two it holds */
} nr_stars;

/* Loops fall away, of parallel arcs the shortest stays. Fails with MEMORY. */
nearer_status nr_stars_make(nr_stars *out, const nr_rows *rows, nearer_error *err);
void nr_stars_clear(nr_stars *stars);
/* The way from -> to takes at most `ticks`; false when there is no memory. */
bool nr_stars_join(nr_stars *stars, uint32_t from, uint32_t to, nr_ticks ticks);
/* Takes v out of its neighbours' stars. */
void nr_stars_take(nr_stars *stars, uint32_t v);
#endif
