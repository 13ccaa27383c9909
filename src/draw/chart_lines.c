/* One line a series over a common axis, named at its end. */
#include <math.h>

#include "draw/chart.h"
#include "draw/palette.h"

enum { HEIGHT = 560, LEFT = 84, NAMES = 190 };

static void draw_series(const nr_plot *p, const nr_chart_data *d, size_t series, double *label_y)
{
    const nr_canvas *c = &p->canvas;
    double x = 0, y = 0;
    bool begun = false;
    nr_canvas_use(c, nr_palette_series[series % NR_PALETTE_SERIES], 1);
    for (size_t i = 0; i < d->count; i++) {
        if (d->series[i] != series) continue;
        double to_x = nr_axis_pixel(&p->x, d->x[i]), to_y = nr_axis_pixel(&p->y, d->y[i]);
        if (begun) nr_canvas_line(c, x, y, to_x, to_y, 2);
        nr_canvas_dot(c, to_x, to_y, 3);
        x = to_x;
        y = to_y;
        begun = true;
    }
    *label_y = y;
}

/* Names stand at the lines' ends, moved down where they would cover each other. */
static void draw_names(const nr_plot *p, const nr_chart_data *d, double *label_y)
{
    double floor_y = -INFINITY;
    for (size_t drawn = 0; drawn < d->names.count; drawn++) {
        size_t next = d->names.count;
        for (size_t s = 0; s < d->names.count; s++)
            if (!isnan(label_y[s]) && (next == d->names.count || label_y[s] < label_y[next]))
                next = s;
        double y = fmax(label_y[next], floor_y);
        label_y[next] = NAN;
        floor_y = y + 15;
        nr_canvas_use(&p->canvas, nr_palette_series[next % NR_PALETTE_SERIES], 1);
        nr_canvas_dot(&p->canvas, p->x.to + 14, y, 4);
        nr_canvas_say(&p->canvas, p->x.to + 22, y + 4, 12, false, NR_ANCHOR_START,
                      d->names.texts[next]);
    }
}

void nr_chart_lines(nr_plot *p, const nr_chart_data *d)
{
    enum { MOST = 12 };
    double x[2], y[2], label_y[MOST];
    size_t shown = d->names.count < MOST ? d->names.count : MOST;
    bool named = d->chart->series != NULL;
    nr_chart_range(x, d->x, d->count);
    nr_chart_range(y, d->y, d->count);
    nr_canvas_open(&p->canvas, NR_PLOT_WIDTH, HEIGHT);
    p->x = nr_axis_make(x[0], x[1], false, LEFT, NR_PLOT_WIDTH - (named ? NAMES : NR_PLOT_RIGHT));
    p->y = nr_axis_make(fmin(y[0], 0), y[1], false, HEIGHT - NR_PLOT_BELOW, NR_PLOT_TOP);
    nr_plot_frame(p, d->chart, true, true);
    for (size_t s = 0; s < shown; s++) draw_series(p, d, s, &label_y[s]);
    nr_chart_data first = *d;
    first.names.count = shown;
    if (named) draw_names(p, &first, label_y);
}
