#include "draw/axis.h"

#include <math.h>

enum { WANTED_TICKS = 7 };

static void linear_ticks(nr_axis *a)
{
    if (!(a->high > a->low)) {
        double half = a->low == 0 ? 1 : fabs(a->low) / 10;
        a->low -= half;
        a->high += half;
    }
    double rough = (a->high - a->low) / WANTED_TICKS, step = pow(10, floor(log10(rough)));
    const double steps[] = {1, 2, 5, 10};
    size_t k = 0;
    while (k < 3 && steps[k] * step < rough) k++;
    step *= steps[k];
    double first = floor(a->low / step + 1e-9), last = ceil(a->high / step - 1e-9);
    for (double i = first; i <= last && a->tick_count < NR_AXIS_TICKS; i++)
        a->ticks[a->tick_count++] = i * step;
    a->decimals = step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;
}

static void logarithmic_ticks(nr_axis *a)
{
    const double steps[] = {1, 2, 5};
    int first = (int)floor(log10(a->low)), last = (int)ceil(log10(a->high));
    for (int e = first; e <= last; e++)
        for (size_t k = 0; k < 3 && a->tick_count < NR_AXIS_TICKS; k++) {
            double tick = steps[k] * pow(10, e), next = k < 2 ? steps[k + 1] : 10;
            if (next * pow(10, e) <= a->low) continue;
            a->ticks[a->tick_count++] = tick;
            if (tick >= a->high && a->tick_count > 1) return;
        }
}

nr_axis nr_axis_make(double low, double high, bool logarithmic, double from, double to)
{
    nr_axis axis = {.logarithmic = logarithmic, .low = low, .high = high, .from = from, .to = to};
    if (logarithmic)
        logarithmic_ticks(&axis);
    else
        linear_ticks(&axis);
    axis.low = axis.ticks[0];
    axis.high = axis.ticks[axis.tick_count - 1];
    return axis;
}

double nr_axis_pixel(const nr_axis *a, double value)
{
    double share = a->logarithmic ? log(value / a->low) / log(a->high / a->low)
                                  : (value - a->low) / (a->high - a->low);
    return a->from + share * (a->to - a->from);
}

const char *nr_axis_label(const nr_axis *a, size_t tick, char buffer[NR_NUMBER_TEXT])
{
    return a->logarithmic ? nr_format_number(a->ticks[tick], buffer)
                          : nr_format_fixed(a->ticks[tick], a->decimals, buffer);
}
