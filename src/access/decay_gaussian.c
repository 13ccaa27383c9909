#include <math.h>

#include "access/decay.h"

static double weight(const nr_decay *decay, double minutes)
{
    double z = minutes / decay->parameters[0];
    return exp(-z * z / 2);
}

const nr_decay_kind nr_decay_gaussian = {
    .id = "gaussian",
    .title = "bell curve",
    .formula = "exp(-t^2 / (2 s^2))",
    .parameters = {"sd_min", NULL},
    .weight = weight,
};
