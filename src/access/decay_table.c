#include "access/decay.h"

/* Linear between the points; beyond the last nothing is known, and nothing counts. */
static double weight(const nr_decay *decay, double minutes)
{
    size_t k = 0;
    while (k < decay->points && decay->at_min[k] < minutes) k++;
    if (k == decay->points) return 0;
    if (k == 0) return decay->weights[0];
    double share = (minutes - decay->at_min[k - 1]) / (decay->at_min[k] - decay->at_min[k - 1]);
    return decay->weights[k - 1] + share * (decay->weights[k] - decay->weights[k - 1]);
}

const nr_decay_kind nr_decay_table = {
    .id = "table",
    .title = "linear between points, 0 beyond the last",
    .formula = "through each MIN and its WEIGHT; or the columns of a file",
    .takes_points = true,
    .weight = weight,
};
