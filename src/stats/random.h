/* stats/random: numbers by chance, the same for the same seed on every machine (GSL's Mersenne
 * twister). */
#ifndef NR_STATS_RANDOM_H
#define NR_STATS_RANDOM_H
#include "base/error.h"

typedef struct nr_random nr_random;
/* Fails with MEMORY; free with nr_random_free, which takes NULL. */
nearer_status nr_random_new(nr_random **out, unsigned long seed, nearer_error *err);
void nr_random_free(nr_random *random);
/* Evenly within low..high, high excluded. */
double nr_random_between(nr_random *random, double low, double high);
/* 0 .. n - 1. */
size_t nr_random_below(nr_random *random, size_t n);
/* Puts x into an order, each as likely (Fisher and Yates). */
void nr_random_shuffle(nr_random *random, double *x, size_t n);
#endif
