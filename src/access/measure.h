/* access/measure: minutes and masses into a score. A measure never hears of modes or years. */
#ifndef NR_ACCESS_MEASURE_H
#define NR_ACCESS_MEASURE_H
#include "access/decay.h"
#include "access/minutes.h"

typedef struct nr_measure_input {
    size_t n;           /* places */
    const double *mass; /* n; a missing one is 0 */
    const double *own;  /* n: minutes at which a place's own mass counts; NAN: it does not */
    double cutoff_min;  /* NAN unless the measure takes one */
    nr_decay decay;     /* kind NULL unless the measure takes one */
} nr_measure_input;

typedef struct nr_measure {
    const char *id, *title, *formula;
    const char *unit; /* NULL: the unit of the mass */
    bool takes_decay, takes_cutoff, low_is_good;
    int decimals;
    size_t kept; /* numbers a place, of which the first is its score; 0: 1 */
    /* Those of place i. minutes[n]: to each place (by nr_row_read: its own are input->own, NAN
     * counts as absent, INFINITY as unreachable). Rows come in any order, side by side. */
    void (*row)(double *out, const nr_measure_input *input, size_t i, const double *minutes);
    /* What can be said only when all rows are there; NULL: nothing. numbers[n * kept] */
    void (*finish)(double *numbers, const nr_measure_input *input);
} nr_measure;

#define NR_MEASURE(id) extern const nr_measure nr_measure_##id;
#include "access/measures.def"
#undef NR_MEASURE

/* All measures, NULL behind the last. */
extern const nr_measure *const nr_measures[];
/* Fails with NAME and a suggestion. */
nearer_status nr_measure_find(const nr_measure **out, const char *id, nearer_error *err);
/* Checks that the spec gives what the measure takes, and fills decay and cutoff. */
nearer_status nr_measure_prepare(const nr_measure **out, nr_measure_input *input,
                                 const nearer_measure_spec *spec, nearer_error *err);
size_t nr_measure_kept(const nr_measure *measure);

/* Adds up mass x decay over the places in reach. */
double nr_measure_sum(const nr_measure_input *input, const nr_decay *decay, const double *minutes);

/* Ranks 1.. of n scores, equal scores sharing the better rank; NAN where the score is NAN or
 * infinite. */
nearer_status nr_rank(double *ranks, const double *scores, size_t n, bool low_is_good,
                      nearer_error *err);
/* The indices of n ranks in order of rank, those without one behind, equal ones as they came. */
nearer_status nr_rank_order(size_t *order, const double *ranks, size_t n, nearer_error *err);
#endif
