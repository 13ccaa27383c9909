/* graph/insertion: the matrix of times with a new line, from the matrix without it.
 *
 * With stops a, b of the line and w(a,b) the way aboard, all boarding and alighting in the ways to
 * and from the stops, t'(i,j) = min(t(i,j), min over a, b of t(i,a) + w(a,b) + t(b,j)), where w is
 * first closed over the stops: a trip may ride the line, leave it and ride it again. The result is
 * that of the network with the line in it, to the tick. */
#ifndef NR_GRAPH_INSERTION_H
#define NR_GRAPH_INSERTION_H
#include "graph/stops.h"

enum { NR_MOST_STOPS = 64 };

/* Its stops may be any of the times' stops, also one of them several times. */
typedef struct nr_new_line {
    const uint32_t *stops;
    size_t count;         /* 2 .. NR_MOST_STOPS */
    const nr_ticks *ride; /* count x count: aboard from one to another, NR_NO_WAY where it does not
                             go */
} nr_new_line;

/* The working memory of one line at a time. */
typedef struct nr_insertion {
    const nr_stop_times *times;
    const struct nr_insertion_kernels *kernels;
    nr_new_line line;
    nr_ticks *closed;  /* count x count: the ways from boarding at one to leaving at another */
    nr_ticks *onward;  /* count x stride: from boarding at a stop to each place */
    nr_ticks *arrived; /* stride: at one stop, from each place */
    uint32_t *boarded; /* stride: at which stop, to arrive so */
    uint64_t *boards;  /* of each place the stops where boarding may gain something, as bits */
    uint64_t *blocks;  /* of each stop the blocks of places to which boarding there may, as bits */
    uint64_t *any;     /* of some stop */
    size_t words;      /* of blocks */
    nr_ticks *again;   /* count x count: from leaving at a stop to boarding at another */
} nr_insertion;

/* Fails with MEMORY; clear with nr_insertion_clear, also then. The times outlive it. */
nearer_status nr_insertion_init(nr_insertion *out, const nr_stop_times *times, nearer_error *err);
void nr_insertion_clear(nr_insertion *insertion);
/* Makes a line ready for what follows. O(count^2 (count + places)). */
void nr_insertion_begin(nr_insertion *insertion, const nr_new_line *line);
/* Ticks saved by the line over pairs of places that there were ways between at first, each times
 * from[i] * to[j]; saved[n] (NULL: not asked): of each place the sum over j of ticks * to[j]. `to`
 * holds a stride of numbers, 0 behind the last. O(places^2) at the most. */
double nr_insertion_saved(nr_insertion *insertion, const double *from, const double *to,
                          double *saved);
/* The whole matrix: minutes[n * n]. */
void nr_insertion_minutes(double *minutes, const nr_insertion *insertion);
/* From a place to the nearest of several; NR_NO_WAY: there is none. */
nr_ticks nr_insertion_nearest(const nr_insertion *insertion, size_t from, const size_t *to,
                              size_t count);
/* Ordered pairs of places that become faster, and that there was no way between. */
void nr_insertion_count(size_t *faster, size_t *connected, const nr_insertion *insertion);
/* The line is built: changes the times, which are the insertion's own. Fails with MEMORY. */
nearer_status nr_insertion_apply(nr_stop_times *times, const nr_insertion *insertion,
                                 nearer_error *err);

/* What of it runs in the widest registers the machine has; all give the same bits. */
typedef struct nr_insertion_kernels {
    const char *name;
    /* best[k] = min(best[k], from[k] + ticks), by[k] = entry where that is less; `by` may be NULL.
     */
    void (*lower)(nr_ticks *best, uint32_t *by, const nr_ticks *from, nr_ticks ticks,
                  uint32_t entry, size_t count);
    /* Marks the blocks of 8 in which some a[k] < b[k]. */
    void (*mark)(uint64_t *blocks, const nr_ticks *a, const nr_ticks *b, size_t count);
    /* Over marked blocks the sum of to[j] times what from[0] + onward[0][j] .. lie below t[j]. */
    double (*saved)(const nr_ticks *t, const nr_ticks *const *onward, const nr_ticks *from,
                    size_t entries, const double *to, const uint64_t *blocks, size_t words);
} nr_insertion_kernels;
/* Those that this machine has, the fastest first; NULL behind the last. */
const nr_insertion_kernels *const *nr_insertion_kernels_known(void);
#endif
