#include "access/decay.h"

static double weight(const nr_decay *decay, double minutes)
{
    return minutes <= decay->parameters[0] ? 1 : 0;
}

const nr_decay_kind nr_decay_binary = {
    .id = "binary",
    .title = "all within a cutoff, nothing beyond",
    .formula = "1 if t <= c, else 0",
    .parameters = {"cutoff_min", NULL},
    .weight = weight,
};
