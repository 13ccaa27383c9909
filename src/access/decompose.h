/* access/decompose: Theil's indexes into what lies between groups and what within. */
#ifndef NR_ACCESS_DECOMPOSE_H
#define NR_ACCESS_DECOMPOSE_H
#include "access/equity.h"

/* Mean and size of a group. */
typedef struct nr_group_mean {
    double mean, size;
} nr_group_mean;

/* What a group adds to the index between groups, and a value within its group. */
typedef struct nr_decomposition {
    double (*between)(nr_group_mean group, nr_group_mean all);
    double (*within)(double value, nr_group_mean group, nr_group_mean all);
} nr_decomposition;

/* "total", and with groups "between", "within", and of each "between:NAME" and "within:NAME", which
 * sum to them. Values without a group are left out of all of these but the first, when none has
 * one. */
nearer_status nr_decompose(const nr_decomposition *by, const nr_equity_input *input,
                           nr_take_figure *take, void *context, nearer_error *err);
#endif
