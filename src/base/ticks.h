/* base/ticks: travel times as the engines count them: whole ticks in 32 bits, so that every engine
 * gives the same sum. A study's tick is a millisecond; a graph without a unit counts in its own. */
#ifndef NR_BASE_TICKS_H
#define NR_BASE_TICKS_H
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef uint32_t nr_ticks;
#define NR_NEVER UINT32_MAX           /* cannot be reached */
#define NR_TICKS_MAX (UINT32_MAX - 1) /* 49.7 days of milliseconds */
#define NR_TICKS_PER_MINUTE 60000.0

/* In units of `per_unit` ticks; INFINITY when it cannot be reached. */
static inline double nr_ticks_value(nr_ticks ticks, double per_unit)
{
    return ticks == NR_NEVER ? (double)INFINITY : ticks / per_unit;
}

/* The nearest number of ticks; false, and NR_TICKS_MAX, when there are more than can be counted. */
static inline bool nr_ticks_count(nr_ticks *out, double value, double per_unit)
{
    double ticks = floor(value * per_unit + 0.5);
    bool fits = ticks <= NR_TICKS_MAX;
    *out = fits ? (nr_ticks)ticks : NR_TICKS_MAX;
    return fits;
}
#endif
