/* study/losses: what pairs of places lose against their minutes before, counted row by row. */
#ifndef NR_STUDY_LOSSES_H
#define NR_STUDY_LOSSES_H
#include "graph/closing.h"

typedef struct nr_losses {
    const double *minutes; /* n x n before, row = from, INFINITY where not reached */
    const double *mass;    /* pairs weigh the product of theirs, none where one is missing */
    size_t n;
    double *weight;  /* n + 1: of the pairs reached in the rows before */
    size_t *reached; /* n: others reached from each */
} nr_losses;

/* {0} is of nothing lost. */
typedef struct nr_loss {
    double mean;        /* minutes, once all rows are counted: of pairs still reached, weighted */
    double worst;       /* minutes; 0: none loses */
    size_t worst_pair;  /* its entry of the matrix */
    double cut_off;     /* pairs no longer reached */
    double places;      /* that reach nothing any more */
    double sum, weight; /* of pairs still reached; the weight, once some are cut off, of... */
    size_t weighed;     /* ... the first so many rows */
} nr_loss;

/* Fails with MEMORY; clear with nr_losses_clear, which takes {0}. */
nearer_status nr_losses_init(nr_losses *out, const double *minutes, const double *mass, size_t n,
                             nearer_error *err);
void nr_losses_clear(nr_losses *losses);
/* What changed in one row, by `to`; rows come in order, those where nothing did may be left out.
 * Pairs not reached before do not count. */
void nr_loss_add_row(nr_loss *loss, const nr_losses *losses, size_t from, const nr_change *changes,
                     size_t count);
void nr_loss_finish(nr_loss *loss, const nr_losses *losses);
#endif
