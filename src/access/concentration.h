/* access/concentration: the concentration index, which two indexes are made of. */
#ifndef NR_ACCESS_CONCENTRATION_H
#define NR_ACCESS_CONCENTRATION_H
#include "access/equity.h"

/* Twice the covariance of access and rank by income, over the mean: -1..1, below 0 when the poor
 * have more. */
nr_figure nr_concentration;
#endif
