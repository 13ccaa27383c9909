#include "access/decay.h"

/* From each of its minutes on the weight beside it, R accessibility's decay_stepped. */
static double weight(const nr_decay *decay, double minutes)
{
    double found = 1;
    for (size_t k = 0; k < decay->points && minutes >= decay->at_min[k]; k++)
        found = decay->weights[k];
    return found;
}

const nr_decay_kind nr_decay_stepped = {
    .id = "stepped",
    .title = "falls in steps",
    .formula = "1 before the first MIN, from each MIN on its WEIGHT",
    .takes_points = true,
    .weight = weight,
};
