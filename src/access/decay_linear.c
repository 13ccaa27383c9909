#include <math.h>

#include "access/decay.h"

static double weight(const nr_decay *decay, double minutes)
{
    return fmax(0, 1 - minutes / decay->parameters[0]);
}

const nr_decay_kind nr_decay_linear = {
    .id = "linear",
    .title = "falls straight to 0 at a cutoff",
    .formula = "max(0, 1 - t / c)",
    .parameters = {"cutoff_min", NULL},
    .weight = weight,
};
