#include <math.h>

#include "access/decay.h"

static double weight(const nr_decay *decay, double minutes)
{
    /* Bauer and Groneberg 2016, rescaled to 1 at no time */
    double k = 3.14159265358979323846 / (decay->parameters[1] * sqrt(3.0)),
           c = decay->parameters[0];
    return (1 + exp(-c * k)) / (1 + exp((minutes - c) * k));
}

const nr_decay_kind nr_decay_logistic = {
    .id = "logistic",
    .title = "S-shaped around a cutoff, 1 at t = 0",
    .formula = "(1 + exp(-c k)) / (1 + exp((t - c) k)), k = pi / (s sqrt 3)",
    .parameters = {"cutoff_min", "sd_min"},
    .weight = weight,
};
