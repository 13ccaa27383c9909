/* Points with their intervals around zero, before and after an event. */
#include <math.h>

#include "draw/chart.h"
#include "draw/palette.h"

enum { HEIGHT = 520, LEFT = 84 };

static void draw_point(const nr_plot *p, const nr_chart_data *d, size_t i)
{
    const nr_canvas *c = &p->canvas;
    double x = nr_axis_pixel(&p->x, d->x[i]);
    nr_canvas_use(c, nr_palette_series[d->x[i] < 0 ? 0 : 1], 1);
    if (isfinite(d->low[i]) && isfinite(d->high[i]))
        nr_canvas_line(c, x, nr_axis_pixel(&p->y, d->low[i]), x, nr_axis_pixel(&p->y, d->high[i]),
                       2);
    nr_canvas_dot(c, x, nr_axis_pixel(&p->y, d->y[i]), 4.5);
}

static void draw_legend(const nr_plot *p)
{
    static const char *const names[] = {"before treatment", "from treatment on"};
    for (size_t k = 0; k < 2; k++) {
        double x = p->x.from + 160 * (double)k;
        nr_canvas_use(&p->canvas, nr_palette_series[k], 1);
        nr_canvas_dot(&p->canvas, x + 4, NR_PLOT_TOP + 4, 4.5);
        nr_canvas_say(&p->canvas, x + 14, NR_PLOT_TOP + 8, 12, false, NR_ANCHOR_START, names[k]);
    }
}

void nr_chart_event(nr_plot *p, const nr_chart_data *d)
{
    static const double dark[3] = {0.13, 0.15, 0.2};
    double x[2], low = 0, high = 0;
    nr_chart_range(x, d->x, d->count);
    for (size_t i = 0; i < d->count; i++) {
        low = fmin(low, isfinite(d->low[i]) ? d->low[i] : d->y[i]);
        high = fmax(high, isfinite(d->high[i]) ? d->high[i] : d->y[i]);
    }
    nr_canvas_open(&p->canvas, NR_PLOT_WIDTH, HEIGHT);
    p->x = nr_axis_make(fmin(x[0], -1), fmax(x[1], 1), false, LEFT, NR_PLOT_WIDTH - NR_PLOT_RIGHT);
    p->y = nr_axis_make(low, high, false, HEIGHT - NR_PLOT_BELOW, NR_PLOT_TOP + 24);
    nr_plot_frame(p, d->chart, true, true);
    nr_canvas_use(&p->canvas, dark, 1);
    double zero = nr_axis_pixel(&p->y, 0);
    nr_canvas_line(&p->canvas, p->x.from, zero, p->x.to, zero, 1);
    for (size_t i = 0; i < d->count; i++) draw_point(p, d, i);
    draw_legend(p);
}
