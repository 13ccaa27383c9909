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
    uint64_t *any;     /* those of a place's entries */
    size_t words;      /* of blocks */
    nr_ticks *again;   /* count x count: from leaving at a stop to boarding at another */
} nr_insertion;

/* Fails with MEMORY; clear with nr_insertion_clear, also then. The times outlive it. */
nearer_status nr_insertion_init(nr_insertion *out, const nr_stop_times *times, nearer_error *err);
void nr_insertion_clear(nr_insertion *insertion);
/* Makes a line ready for what follows. O(count^2 (count + places)). */
void nr_insertion_begin(nr_insertion *insertion, const nr_new_line *line);
/* Adds to `sum` the ticks saved by the line from places first .. last - 1 to all that there were
 * ways to at first, each times from[i] * to[j]; saved[n] (NULL: not asked): of each such place the
 * sum over j of ticks * to[j]. `to` holds a stride of numbers, 0 behind the last. A few places at a
 * time let several lines share the rows while they are in the cache. O((last - first) places). */
void nr_insertion_saved(double *sum, double *saved, nr_insertion *insertion, const double *from,
                        const double *to, size_t first, size_t last);
/* The whole matrix, by the network's numbers of places: minutes[n * n]. */
void nr_insertion_minutes(double *minutes, const nr_insertion *insertion);
/* From a place to the nearest of several; NR_NO_WAY: there is none. */
nr_ticks nr_insertion_nearest(const nr_insertion *insertion, size_t from, const size_t *to,
                              size_t count);
/* Adds the pairs from places first .. last - 1 that become faster, and those of them that there was
 * no way between. */
void nr_insertion_count(size_t *faster, size_t *connected, nr_insertion *insertion, size_t first,
                        size_t last);
/* The line is built: changes the times, which are the insertion's own; of stops those with
 * wanted[stop] > 0 (NULL: all): from and to the others nothing holds any more. Fails with MEMORY.
 */
nearer_status nr_insertion_apply(nr_stop_times *times, const nr_insertion *insertion,
                                 const uint32_t *wanted, nearer_error *err);

/* Where a place boards to gain something, and the blocks of places to which it may. */
typedef struct nr_entries {
    size_t count, words;
    nr_ticks from[NR_MOST_STOPS];          /* from the place until aboard */
    const nr_ticks *onward[NR_MOST_STOPS]; /* from then on to each place */
    uint64_t *blocks;
} nr_entries;

/* What of it runs in the widest registers the machine has; all give the same bits. */
typedef struct nr_insertion_kernels {
    const char *name;
    /* best[k] = min(best[k], from[k] + ticks), by[k] = entry where that is less; `by` may be NULL.
     */
    void (*lower)(nr_ticks *best, uint32_t *by, const nr_ticks *from, nr_ticks ticks,
                  uint32_t entry, size_t count);
    /* Marks the blocks of 8 in which some a[k] < b[k]. */
    void (*mark)(uint64_t *blocks, const nr_ticks *a, const nr_ticks *b, size_t count);
    /* The sum of to[j] times what the fastest entry lies below t[j]. */
    double (*saved)(const nr_ticks *t, const nr_entries *entries, const double *to);
    /* Adds how many entries lie below t[j], and where that is NR_NO_WAY. */
    void (*count)(size_t *less, size_t *ways, const nr_ticks *t, const nr_entries *entries);
} nr_insertion_kernels;
/* Those that this machine has, the fastest first; NULL behind the last. */
const nr_insertion_kernels *const *nr_insertion_kernels_known(void);
#endif
