/* study/line_state: a network as it is, or as it would be, in the figures that scenarios are held
 * by. */
#ifndef NR_STUDY_LINE_STATE_H
#define NR_STUDY_LINE_STATE_H
#include "study/measures.h"
#include "study/study.h"

typedef struct nr_line_state {
    const nearer_study *study;
    size_t n;
    double *minutes;          /* n x n */
    double *mean, *mean_rank; /* n: mean time */
    double *links;            /* n: ends of open links at the place's own nodes */
    double *scores;           /* of each measure asked for: n */
    double *room;
} nr_line_state;

/* Mean times are weighted by the mass of the first spec. Fails as nearer_ask_access; clear with
 * nr_line_state_clear, also then. */
nearer_status nr_line_state_find(nr_line_state *out, const nearer_study *study,
                                 const nearer_query *query, const nearer_measure_spec *specs,
                                 size_t spec_count, nearer_error *err);
void nr_line_state_clear(nr_line_state *state);
/* Mean of the places' mean times, weighted by mass, over places that have one in both states. */
double nr_line_mean(const nr_line_state *state, const nr_line_state *other, const double *mass);
#endif
