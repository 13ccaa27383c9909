/* Dots on two like logarithmic axes with the line of equality. */
#include <math.h>

#include "draw/chart.h"
#include "draw/palette.h"

enum { SIDE = 640, LEFT = 84, WIDTH = 860 };

static void draw_legend(const nr_plot *p, const nr_chart_data *d)
{
    for (size_t s = 0; s < d->names.count; s++) {
        double y = p->y.to + 12 + 18 * (double)s;
        nr_canvas_use(&p->canvas, nr_palette_series[s % NR_PALETTE_SERIES], 1);
        nr_canvas_dot(&p->canvas, p->x.to + 22, y, 4);
        nr_canvas_say(&p->canvas, p->x.to + 32, y + 4, 12, false, NR_ANCHOR_START,
                      d->names.texts[s]);
    }
}

void nr_chart_scatter(nr_plot *p, const nr_chart_data *d)
{
    static const double equal[3] = {0.35, 0.38, 0.42};
    double x[2], y[2];
    nr_chart_range(x, d->x, d->count);
    nr_chart_range(y, d->y, d->count);
    double low = fmin(x[0], y[0]), high = fmax(x[1], y[1]);
    bool logarithmic = low > 0;
    nr_canvas_open(&p->canvas, WIDTH, SIDE + NR_PLOT_TOP + NR_PLOT_BELOW);
    p->x = nr_axis_make(low, high, logarithmic, LEFT, LEFT + SIDE);
    p->y = nr_axis_make(low, high, logarithmic, NR_PLOT_TOP + SIDE, NR_PLOT_TOP);
    nr_plot_frame(p, d->chart, true, true);
    nr_canvas_use(&p->canvas, equal, 1);
    nr_canvas_line(&p->canvas, p->x.from, p->y.from, p->x.to, p->y.to, 1);
    for (size_t i = 0; i < d->count; i++) {
        nr_canvas_use(&p->canvas, nr_palette_series[d->series[i] % NR_PALETTE_SERIES], 0.6);
        nr_canvas_dot(&p->canvas, nr_axis_pixel(&p->x, d->x[i]), nr_axis_pixel(&p->y, d->y[i]),
                      d->count > 500 ? 2 : 3.5);
    }
    draw_legend(p, d);
}
