#include <math.h>

#include "access/decay.h"

static double weight(const nr_decay *decay, double minutes)
{
    return exp(-decay->parameters[0] * minutes);
}

const nr_decay_kind nr_decay_exponential = {
    .id = "exponential",
    .title = "falls by the same share each minute",
    .formula = "exp(-b t)",
    .parameters = {"rate_per_min", NULL},
    .weight = weight,
};
