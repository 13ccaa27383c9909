/* study/observed: travel times somebody observed or published. */
#ifndef NR_STUDY_OBSERVED_H
#define NR_STUDY_OBSERVED_H
#include "model/period.h"
#include "study/study.h"

typedef struct nr_observation {
    size_t row; /* in the observed table */
    size_t from, to;
    const char *modes;                                 /* NULL: every mode of the query */
    nearer_date date;                                  /* whose network it is held against */
    const char *period, *sample, *confidence, *source; /* "" where not given */
    double observed_min, modelled_min;
} nr_observation;

/* The observations of a table whose period has a day in `window`, by modes among `modes` (bits);
 * `left_out` counts the others. Each is held against the network of its last day in the window.
 * Of times given in place of a network all rows are taken, and mode and period are not looked at.
 * Texts are borrowed from the table. *out is yours, free with nr_free. Fails with NAME, VALUE: the
 * message names file and line. */
nearer_status nr_observed_read(nr_observation **out, size_t *count, size_t *left_out,
                               const nearer_network *network, const nearer_table *table,
                               nr_period window, unsigned modes, nearer_error *err);
#endif
