/* study/candidates_find: what those who look for candidates share: all pairs, and the lines of a
 * file. */
#ifndef NR_STUDY_CANDIDATES_FIND_H
#define NR_STUDY_CANDIDATES_FIND_H
#include "model/calls.h"
#include "study/candidates.h"
#include "study/line_cost.h"

typedef struct nr_finder {
    nr_candidates *out;
    const nearer_study *study;
    const nearer_network *network; /* candidates of a file stand behind its own links */
    const nearer_query *query;
    const nearer_lines_spec *spec;
    size_t links; /* without those of candidates */
    nr_call *calls;
    size_t call_count, call_capacity;
    nr_line_cost cost;
    bool *in_service[NR_MODE_COUNT]; /* nodes where a line may call; NULL: all */
} nr_finder;

/* Those of spec->candidates. Fails with USAGE, VALUE, MEMORY. */
nearer_status nr_finder_read_file(nr_finder *finder, nearer_error *err);

/* All that add fail with MEMORY. */
nearer_status nr_finder_add_stop(nr_finder *finder, nr_call call, nearer_error *err);
nearer_status nr_finder_add_halt(nr_finder *finder, size_t stop, nr_ticks section,
                                 nearer_error *err);
nearer_status nr_finder_add(nr_finder *finder, nr_candidate candidate, nearer_error *err);
/* At each stop between its ends, as the mode has it. */
nr_ticks nr_finder_dwell(const nr_finder *finder, size_t mode);
/* The mode is asked for, and where it is in service is known then. Fails with USAGE, NAME. */
nearer_status nr_finder_check_mode(nr_finder *finder, size_t mode, nearer_error *err);
/* A section's minutes, with those that a stop takes where none are given. Fails with VALUE. */
nearer_status nr_finder_measure(nr_ticks *ticks, double *km, const nr_finder *finder, nr_link link,
                                nearer_error *err);
#endif
