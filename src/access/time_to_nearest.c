/* Travel time to the nearest, or to the n-th nearest: until there is that much mass (R
 * accessibility's cost_to_closest). */
#include <math.h>

#include "access/measure.h"

static void row(double *out, const nr_measure_input *in, size_t i, const double *minutes,
                double *room)
{
    (void)i;
    *out = nr_measure_until(in, minutes, isnan(in->amount) ? 1 : in->amount, false, room);
}

const nr_measure nr_measure_time_to_nearest = {
    .id = "time_to_nearest",
    .title = "travel time to the nearest, or until there are so many",
    .formula = "min T with sum_j M_j [t_ij <= T] >= n",
    .unit = "min",
    .takes = NR_AMOUNT | NR_TO,
    .low_is_good = true,
    .own = true,
    .decimals = 1,
    .row = row,
};
