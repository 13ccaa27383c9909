#include <math.h>

#include "stats/statistic.h"

double nr_geometric_mean(const double *x, const double *weights, size_t n)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] == 0) continue;
        sum += weights[i] * log(x[i]);
        weight += weights[i];
    }
    return weight > 0 ? exp(sum / weight) : NAN;
}

const nr_statistic nr_statistic_geometric_mean = {
    .id = "geometric_mean",
    .title = "weighted geometric mean, the one that can be chained over years",
    .formula = "exp(sum w ln x / sum w)",
};
