/* draw/chart: an answer's chart; one file a kind. */
#ifndef NR_DRAW_CHART_H
#define NR_DRAW_CHART_H
#include "base/names.h"
#include "draw/axis.h"
#include "draw/canvas.h"
#include "model/report.h"
#include "model/table.h"

/* A chart's numbers: rows whose x and y are both finite. */
typedef struct nr_chart_data {
    const nr_chart *chart;
    double *x, *y, *low, *high; /* the last two: NULL unless the chart names them */
    size_t *series;             /* index of the row's series */
    size_t count;
    nr_names names; /* of the series, in order of first sight */
} nr_chart_data;

typedef struct nr_plot {
    nr_canvas canvas;
    nr_axis x, y;
} nr_plot;

/* Where the plot stands on the sheet, pixels. */
enum { NR_PLOT_WIDTH = 960, NR_PLOT_TOP = 76, NR_PLOT_RIGHT = 40, NR_PLOT_BELOW = 64 };

/* The smallest and largest of n numbers, which there are. */
void nr_chart_range(double range[2], const double *values, size_t n);
/* Draws title, grid and axes. */
void nr_plot_frame(const nr_plot *plot, const nr_chart *chart, bool across, bool upwards);

/* Opens plot->canvas and draws on it. */
void nr_chart_lines(nr_plot *plot, const nr_chart_data *data);
void nr_chart_scatter(nr_plot *plot, const nr_chart_data *data);
void nr_chart_tornado(nr_plot *plot, const nr_chart_data *data);
void nr_chart_event(nr_plot *plot, const nr_chart_data *data);
#endif
