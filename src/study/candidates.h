/* study/candidates: lines that might be built: all links between two places or stations, or the
 * lines of a scenario file. */
#ifndef NR_STUDY_CANDIDATES_H
#define NR_STUDY_CANDIDATES_H
#include "graph/insertion.h"
#include "study/study.h"

typedef struct nr_halt {
    uint32_t stop;    /* of the times */
    nr_ticks section; /* to the next halt of the line */
} nr_halt;

typedef struct nr_candidate {
    const char *name;    /* NULL: its two ends */
    size_t first, count; /* its halts */
    double km, minutes;  /* from end to end, dwell included */
    double cost;         /* NAN: not known */
    nr_ticks dwell;      /* NR_NO_WAY: riders change at each stop */
    bool oneway;
    nearer_date opened;  /* NR_ALWAYS_OPEN: the file does not say */
    const char *stratum; /* the same: NULL */
} nr_candidate;

typedef struct nr_candidates {
    nr_candidate *items;
    size_t count, capacity;
    nr_halt *halts;
    size_t halt_count, halt_capacity;
    uint32_t *nodes; /* of each stop of the times */
    size_t stop_count, node_capacity;
    size_t out_of_service; /* lines left out: they call where the mode does not run yet, which would
                              change more than their own ways */
    bool priced;           /* of some the cost is known */
    const nearer_network *network;
    nr_stop_times times;
} nr_candidates;

/* Fails with NAME (mode, column, class of terrain), VALUE, USAGE, NODATA (none is left), and as
 * nr_stop_times_find. Clear with nr_candidates_clear, also then. The study outlives them. */
nearer_status nr_candidates_find(nr_candidates *out, const nearer_study *study,
                                 const nearer_query *query, const nearer_lines_spec *spec,
                                 nearer_error *err);
void nr_candidates_clear(nr_candidates *candidates);
/* A candidate as a line to insert; ride[NR_MOST_STOPS^2]. */
nr_new_line nr_candidate_line(nr_ticks *ride, uint32_t *stops, const nr_candidates *candidates,
                              size_t k);
/* "A - B", with ids where both have one name: "A (1) - A (2)"; or its name in the file. */
const char *nr_candidate_name(char out[300], const nr_candidates *candidates, size_t k);
/* The node where it starts, or (last) ends. */
const nr_node *nr_candidate_end(const nr_candidates *candidates, size_t k, bool last);
#endif
