#include <math.h>

#include "stats/statistic.h"

double nr_annual_growth(double from, double to, double years)
{
    return from > 0 && to > 0 && years > 0 ? pow(to / from, 1 / years) - 1 : NAN;
}

const nr_statistic nr_statistic_annual_growth = {
    .id = "annual_growth",
    .title = "compound annual growth rate",
    .formula = "(to / from)^(1 / years) - 1",
};
