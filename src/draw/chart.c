/* What all charts share: their numbers, their frame. */
#include "draw/chart.h"

#include <math.h>
#include <string.h>

static const double grid[3] = {0.86, 0.88, 0.9};

void nr_chart_range(double range[2], const double *values, size_t n)
{
    range[0] = range[1] = values[0];
    for (size_t i = 1; i < n; i++) {
        range[0] = fmin(range[0], values[i]);
        range[1] = fmax(range[1], values[i]);
    }
}

void nr_plot_frame(const nr_plot *p, const nr_chart *chart, bool across, bool upwards)
{
    const nr_canvas *c = &p->canvas;
    char text[NR_NUMBER_TEXT];
    nr_canvas_say(c, 28, 34, 20, true, NR_ANCHOR_START, chart->title);
    nr_canvas_say(c, 28, 54, 12, false, NR_ANCHOR_START, chart->subtitle);
    for (size_t i = 0; across && i < p->x.tick_count; i++) {
        double x = nr_axis_pixel(&p->x, p->x.ticks[i]);
        nr_canvas_use(c, grid, 1);
        nr_canvas_line(c, x, p->y.from, x, p->y.to, 1);
        nr_canvas_say(c, x, p->y.from + 18, 12, false, NR_ANCHOR_MIDDLE,
                      nr_axis_label(&p->x, i, text));
    }
    for (size_t i = 0; upwards && i < p->y.tick_count; i++) {
        double y = nr_axis_pixel(&p->y, p->y.ticks[i]);
        nr_canvas_use(c, grid, 1);
        nr_canvas_line(c, p->x.from, y, p->x.to, y, 1);
        nr_canvas_say(c, p->x.from - 8, y + 4, 12, false, NR_ANCHOR_END,
                      nr_axis_label(&p->y, i, text));
    }
    nr_canvas_say(c, (p->x.from + p->x.to) / 2, p->y.from + 42, 13, false, NR_ANCHOR_MIDDLE,
                  chart->x_title);
    if (upwards) nr_canvas_say_upwards(c, 24, (p->y.from + p->y.to) / 2, 13, chart->y_title);
}

static const nearer_table *find_table(const nearer_report *report, const char *id)
{
    for (size_t i = 0; i < nearer_report_tables(report); i++)
        if (strcmp(nearer_report_table_id(report, i), id) == 0)
            return nearer_report_table(report, i);
    return NULL;
}

static nearer_status read_data(nr_chart_data *d, const nearer_report *report, nearer_error *err)
{
    const nearer_table *table = find_table(report, d->chart->table);
    if (table == NULL)
        return nr_fail(err, NEARER_INTERNAL, "the chart's table '%s' is not in the answer",
                       d->chart->table);
    size_t x, y, low = 0, high = 0, series = 0, rows = nearer_table_rows(table);
    NR_TRY(nr_table_require(&x, table, d->chart->x, err));
    NR_TRY(nr_table_require(&y, table, d->chart->y, err));
    if (d->chart->series != NULL) NR_TRY(nr_table_require(&series, table, d->chart->series, err));
    if (d->chart->low != NULL) {
        NR_TRY(nr_table_require(&low, table, d->chart->low, err));
        NR_TRY(nr_table_require(&high, table, d->chart->high, err));
        d->low = nr_alloc(rows, sizeof *d->low);
        d->high = nr_alloc(rows, sizeof *d->high);
        if (d->low == NULL || d->high == NULL) return nr_fail_memory(err);
    }
    d->x = nr_alloc(rows, sizeof *d->x);
    d->y = nr_alloc(rows, sizeof *d->y);
    d->series = nr_alloc(rows, sizeof *d->series);
    if (d->x == NULL || d->y == NULL || d->series == NULL) return nr_fail_memory(err);
    for (size_t row = 0; row < rows; row++) {
        char number[NR_NUMBER_TEXT];
        d->x[d->count] = nearer_table_number(table, row, x);
        d->y[d->count] = nearer_table_number(table, row, y);
        if (!isfinite(d->x[d->count]) || !isfinite(d->y[d->count])) continue;
        if (d->low != NULL) {
            d->low[d->count] = nearer_table_number(table, row, low);
            d->high[d->count] = nearer_table_number(table, row, high);
        }
        size_t name = nr_names_add(
            &d->names, d->chart->series == NULL ? "" : nr_table_cell(table, row, series, number));
        if (name == NR_NO_NAME) return nr_fail_memory(err);
        d->series[d->count++] = name;
    }
    return d->count > 0 ? NEARER_OK : nr_fail(err, NEARER_NODATA, "there is nothing to draw");
}

nearer_status nearer_chart_write(const char *path, const nearer_report *report, nearer_error *err)
{
    static void (*const draw[])(nr_plot *,
                                const nr_chart_data *) = {[NR_CHART_LINES] = nr_chart_lines,
                                                          [NR_CHART_SCATTER] = nr_chart_scatter,
                                                          [NR_CHART_TORNADO] = nr_chart_tornado,
                                                          [NR_CHART_EVENT] = nr_chart_event};
    nr_chart_data data = {.chart = nr_report_chart(report)};
    nr_plot plot;
    if (data.chart == NULL)
        return nr_fail(err, NEARER_USAGE,
                       "%s: this answer has no chart; .csv, .json or .geojson was expected", path);
    nearer_status status = read_data(&data, report, err);
    if (status == NEARER_OK) {
        draw[data.chart->kind](&plot, &data);
        status = nr_canvas_write(&plot.canvas, path, err);
    }
    nr_free(data.x);
    nr_free(data.y);
    nr_free(data.low);
    nr_free(data.high);
    nr_free(data.series);
    nr_names_clear(&data.names);
    return status;
}
