/* draw/axis: numbers to pixels, and the round numbers in between. */
#ifndef NR_DRAW_AXIS_H
#define NR_DRAW_AXIS_H
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { NR_AXIS_TICKS = 24 };
typedef struct nr_axis {
    bool logarithmic;
    double low, high; /* numbers at the two ends */
    double from, to;  /* pixels there */
    double ticks[NR_AXIS_TICKS];
    size_t tick_count;
    int decimals; /* of the ticks */
} nr_axis;

/* An axis that shows low..high, with about seven ticks; it begins and ends at one. Logarithmic
 * needs low > 0. */
nr_axis nr_axis_make(double low, double high, bool logarithmic, double from, double to);
double nr_axis_pixel(const nr_axis *axis, double value);
const char *nr_axis_label(const nr_axis *axis, size_t tick, char buffer[NR_NUMBER_TEXT]);
#endif
