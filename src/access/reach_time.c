/* Dual access: minutes until an amount, or a share of all mass, is reached (Cui and Levinson 2020).
 */
#include <math.h>

#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    double wanted = isnan(in->amount) ? in->share * in->all_mass : in->amount;
    (void)i;
    *out = nr_measure_until(in, minutes, wanted, false, room);
}

const nr_measure nr_measure_reach_time = {
    .id = "reach_time",
    .title = "travel time until an amount or a share of all mass is reached",
    .formula = "min T with sum_j M_j [t_ij <= T] >= K",
    .unit = "min",
    .needs_one = NR_AMOUNT | NR_SHARE,
    .takes = NR_TO,
    .low_is_good = true,
    .own = true,
    .decimals = 1,
    .row = row,
};
