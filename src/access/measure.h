/* access/measure: minutes and masses into a score. A measure never hears of modes or years. */
#ifndef NR_ACCESS_MEASURE_H
#define NR_ACCESS_MEASURE_H
#include "access/decay.h"

typedef struct nr_measure_input {
    const double *minutes; /* n x n, row = from, INFINITY = cannot be reached */
    const double *mass;    /* n, NAN = missing: left out */
    size_t n;
    double own_min;    /* a place's own mass counts at these minutes; NAN leaves it out */
    double cutoff_min; /* NAN unless the measure takes one */
    nr_decay decay;    /* kind NULL unless the measure takes one */
} nr_measure_input;

typedef struct nr_measure {
    const char *id, *title, *formula;
    const char *unit; /* NULL: the unit of the mass */
    bool takes_decay, takes_cutoff, low_is_good;
    int decimals;
    void (*score)(double *scores, const nr_measure_input *input);
} nr_measure;

#define NR_MEASURE(id) extern const nr_measure nr_measure_##id;
#include "access/measures.def"
#undef NR_MEASURE

/* All measures, NULL behind the last. */
extern const nr_measure *const nr_measures[];
/* Fails with NAME and a suggestion. */
nearer_status nr_measure_find(const nr_measure **out, const char *id, nearer_error *err);
/* Checks that the spec gives what the measure takes, and fills decay, cutoff and own_min. */
nearer_status nr_measure_prepare(const nr_measure **out, nr_measure_input *input,
                                 const nearer_measure_spec *spec, nearer_error *err);

/* Minutes at which j counts for i: own_min for i itself. NAN: it does not count. */
double nr_measure_minutes(const nr_measure_input *input, size_t i, size_t j);
/* Adds up mass x decay over the places in reach of i. */
double nr_measure_sum(const nr_measure_input *input, const nr_decay *decay, size_t i);

/* Ranks 1.. of n scores, equal scores sharing the better rank; NAN where the score is NAN or
 * infinite. */
nearer_status nr_rank(double *ranks, const double *scores, size_t n, bool low_is_good,
                      nearer_error *err);
/* The indices of n ranks in order of rank, those without one behind, equal ones as they came. */
nearer_status nr_rank_order(size_t *order, const double *ranks, size_t n, nearer_error *err);
#endif
