#include <math.h>

#include "access/decay.h"

static double weight(const nr_decay *decay, double minutes)
{
    return minutes <= 1 ? 1 : pow(minutes, -decay->parameters[0]);
}

const nr_decay_kind nr_decay_power = {
    .id = "power",
    .title = "inverse power of time, at most 1",
    .formula = "min(1, t^-a)",
    .parameters = {"exponent", NULL},
    .weight = weight,
};
