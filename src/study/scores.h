/* study/scores: measures over all places of a study on a day, row by row: the matrix is never held.
 */
#ifndef NR_STUDY_SCORES_H
#define NR_STUDY_SCORES_H
#include "access/scores.h"
#include "study/study.h"

/* What is asked of the rows beside the scores. */
typedef struct nr_reached {
    const double *mass; /* NAN: missing */
    double *pct; /* of each place: how much of the mass of all others it reaches; NAN: none */
    double
        *places; /* the same: how many places, itself where its own mass counts; NULL: not asked */
} nr_reached;

/* Rows of a network come in blocks from the engine, those of times that were given from memory.
 * `to`: from all places to each in place of from it. Fails as nearer_times_compute. */
nearer_status nr_scores_run(nr_scoring *scoring, const nr_reached *reached,
                            const nearer_study *study, const nearer_query *query, bool to,
                            nearer_error *err);
#endif
