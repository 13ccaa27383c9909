/* Balancing time: until as much supply is reached as a place has demand (Barboza and others 2021; R
 * accessibility's balancing_cost, which looks in steps for more than the demand). */
#include <math.h>

#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    double step = in->r_convention && isnan(in->step_min) ? 1 : in->step_min;
    *out = 0;
    if (!(in->demand[i] > 0)) return;
    *out = nr_measure_until(in, minutes, in->demand[i], in->r_convention, room);
    if (!isnan(step) && !isinf(*out)) *out = step * ceil(*out / step * (1 - 1e-12));
    if (in->r_convention && isinf(*out)) *out = NAN;
}

const nr_measure nr_measure_balancing_time = {
    .id = "balancing_time",
    .title = "travel time until supply reached makes up for a place's demand",
    .formula = "min T with sum_j M_j [t_ij <= T] >= D_i",
    .unit = "min",
    .needs = NR_DEMAND,
    .takes = NR_STEP | NR_TO,
    .low_is_good = true,
    .own = true,
    .decimals = 1,
    .row = row,
};
