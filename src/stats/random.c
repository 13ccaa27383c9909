#include "stats/random.h"

#include <gsl/gsl_rng.h>

/* A nr_random is a gsl_rng by another name. */

nearer_status nr_random_new(nr_random **out, unsigned long seed, nearer_error *err)
{
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    if (generator == NULL) return nr_fail_memory(err);
    gsl_rng_set(generator, seed);
    *out = (nr_random *)generator;
    return NEARER_OK;
}

void nr_random_free(nr_random *random)
{
    if (random != NULL) gsl_rng_free((gsl_rng *)random);
}

double nr_random_between(nr_random *random, double low, double high)
{
    return low + (high - low) * gsl_rng_uniform((gsl_rng *)random);
}

size_t nr_random_below(nr_random *random, size_t n)
{
    return gsl_rng_uniform_int((gsl_rng *)random, (unsigned long)n);
}

void nr_random_shuffle(nr_random *random, double *x, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = nr_random_below(random, i);
        double kept = x[i - 1];
        x[i - 1] = x[j];
        x[j] = kept;
    }
}
