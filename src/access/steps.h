/* access/steps: mass within each of several minutes, in one look at a row. */
#ifndef NR_ACCESS_STEPS_H
#define NR_ACCESS_STEPS_H
#include "access/measure.h"

enum { NR_MOST_STEPS = 1024 };

/* out[limits]: mass within limits_min[k]. Limits up to NR_MOST_STEPS. */
void nr_mass_within(double *out, const nr_measure_input *input, const double *minutes);
/* "30", of limit k. */
const char *nr_limit_label(char out[64], const nr_measure_input *input, size_t k);
#endif
