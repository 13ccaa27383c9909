/* access/scores: measures over the rows of a matrix, in memory or as they come. */
#ifndef NR_ACCESS_SCORES_H
#define NR_ACCESS_SCORES_H
#include "access/measure.h"

/* Several measures in one pass. */
typedef struct nr_scoring {
    const nr_measure *const *measures;
    const nr_measure_input *inputs; /* of each, all of the same places */
    size_t count, n;
    double **numbers;  /* of each, n x kept */
    double *own_share; /* n: of the first, when it adds and own masses count: their share of it */
} nr_scoring;

/* Makes room for the numbers, all 0. Fails with MEMORY; clear with nr_scoring_clear, also then. */
nearer_status nr_scoring_init(nr_scoring *out, const nr_measure *const *measures,
                              const nr_measure_input *inputs, size_t count, nearer_error *err);
void nr_scoring_clear(nr_scoring *scoring);
/* Some measure is not done row by row: the whole matrix is needed. */
bool nr_scoring_needs_all(const nr_scoring *scoring);
/* What each measure makes of the row of place i, which is as nr_minutes_row reads it; room[2n]. */
void nr_scoring_row(nr_scoring *scoring, size_t i, double *minutes, double *room);
/* Those that are not done by rows. Fails as nr_measure.whole. */
nearer_status nr_scoring_whole(nr_scoring *scoring, const nr_minutes *minutes, nearer_error *err);
/* When all rows are there. */
void nr_scoring_finish(nr_scoring *scoring);
/* The scores of one of them in one column. */
void nr_scoring_read(double *scores, const nr_scoring *scoring, size_t which, size_t column);

/* All of it over a matrix in memory, on all cores. Fails with MEMORY, and as nr_measure.whole. */
nearer_status nr_scoring_run(nr_scoring *scoring, const nr_minutes *minutes, nearer_error *err);
#endif
