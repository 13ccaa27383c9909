/* A bar a series from one number to another, the widest on top, around a common base. */
#include <math.h>

#include "draw/chart.h"
#include "draw/palette.h"

enum { BAR = 16, STEP = 24, MOST = 40 };

static void draw_bar(const nr_plot *p, const nr_chart_data *d, size_t i)
{
    const nr_canvas *c = &p->canvas;
    double y = p->y.to + STEP * ((double)i + 0.5), base = nr_axis_pixel(&p->x, d->chart->base);
    const double ends[] = {nr_axis_pixel(&p->x, d->x[i]), nr_axis_pixel(&p->x, d->y[i])};
    for (size_t k = 0; k < 2; k++) {
        nr_canvas_use(c, nr_palette_series[k], 0.85);
        cairo_rectangle(c->cr, fmin(base, ends[k]), y - BAR / 2.0, fabs(ends[k] - base), BAR);
        cairo_fill(c->cr);
    }
    nr_canvas_say(c, p->x.from - 10, y + 4, 12, false, NR_ANCHOR_END, d->names.texts[d->series[i]]);
}

void nr_chart_tornado(nr_plot *p, const nr_chart_data *d)
{
    static const double dark[3] = {0.13, 0.15, 0.2};
    size_t shown = d->count < MOST ? d->count : MOST;
    double low[2], high[2], left = 0;
    nr_chart_range(low, d->x, d->count);
    nr_chart_range(high, d->y, d->count);
    double height = NR_PLOT_TOP + STEP * (double)shown + NR_PLOT_BELOW + 24;
    nr_canvas_open(&p->canvas, NR_PLOT_WIDTH, height);
    for (size_t i = 0; i < shown; i++)
        left = fmax(left, nr_canvas_text_width(&p->canvas, 12, d->names.texts[d->series[i]]));
    p->x = nr_axis_make(fmin(fmin(low[0], high[0]), d->chart->base),
                        fmax(fmax(low[1], high[1]), d->chart->base), false, left + 44,
                        NR_PLOT_WIDTH - NR_PLOT_RIGHT);
    p->y = (nr_axis){.from = height - NR_PLOT_BELOW, .to = NR_PLOT_TOP + 24};
    nr_plot_frame(p, d->chart, true, false);
    for (size_t i = 0; i < shown; i++) draw_bar(p, d, i);
    double base = nr_axis_pixel(&p->x, d->chart->base);
    nr_canvas_use(&p->canvas, dark, 1);
    nr_canvas_line(&p->canvas, base, p->y.from, base, p->y.to, 1);
    static const char *const names[] = {"parameter at its low end", "parameter at its high end"};
    for (size_t k = 0; k < 2; k++) {
        double x = p->x.from + 200 * (double)k;
        nr_canvas_use(&p->canvas, nr_palette_series[k], 0.85);
        nr_canvas_dot(&p->canvas, x + 4, NR_PLOT_TOP + 4, 5);
        nr_canvas_say(&p->canvas, x + 14, NR_PLOT_TOP + 8, 12, false, NR_ANCHOR_START, names[k]);
    }
}
