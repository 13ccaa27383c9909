/* study/line_gains: what lines would bring that are inserted one at a time. */
#ifndef NR_STUDY_LINE_GAINS_H
#define NR_STUDY_LINE_GAINS_H
#include "study/candidates.h"
#include "study/measures.h"

/* A line by itself. */
typedef struct nr_gain {
    double saved_min; /* of the mean of mean times, weighted by mass */
    double gini;      /* of mean times then */
    double score;     /* mean change of the measure, weighted by mass, more is better; NAN: mean
                         time, or not asked */
    size_t faster, connected; /* ordered pairs: made faster; without a way before. Of nr_gains_try
                                 only where some pair has none */
} nr_gain;

typedef struct nr_gains {
    const nearer_study *study;
    nearer_query query;
    const nearer_measure_spec *spec;
    const nr_measure *measure;
    const double *mass;
    nr_candidates *candidates;
    size_t n;
    double *from, *to; /* weights of ticks saved by a place, and to it (a stride) ... */
    double *mean,
        *reached;          /* its mean time, NAN where it has none, and the mass that is over ... */
    size_t *order, known;  /* those with a mean, the least first: all in the order of the times */
    double *scores;        /* of the measure as it is, by the network's numbers */
    double mean_min, gini; /* as it is: mean of mean times */
} nr_gains;

/* Fails as nearer_ask_access; clear with nr_gains_clear, also then. The candidates outlive it. */
nearer_status nr_gains_init(nr_gains *out, const nearer_study *study, const nearer_query *query,
                            const nearer_measure_spec *spec, nr_candidates *candidates,
                            nearer_error *err);
void nr_gains_clear(nr_gains *gains);
/* Tries `count` candidates, `which` (NULL: 0 .. count - 1), over the times as they are now, on all
 * cores and processes; `scored`: with the measure. O(count * places^2). Fails as nearer_ask_access.
 */
nearer_status nr_gains_try(nr_gain *out, nr_gains *gains, const size_t *which, size_t count,
                           bool scored, nearer_error *err);
/* The score by another measure, weighted by its own mass, and the pairs counted, of each. Fails as
 * nearer_ask_access. */
nearer_status nr_gains_score(nr_gain *out, nr_gains *gains, const nearer_measure_spec *spec,
                             const size_t *which, size_t count, nearer_error *err);
/* The candidate is built: from now on the times, and minutes saved, are with it. */
nearer_status nr_gains_build(nr_gains *gains, size_t candidate, nearer_error *err);
#endif
