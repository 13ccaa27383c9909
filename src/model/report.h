/* model/report: how an answer is put together. */
#ifndef NR_MODEL_REPORT_H
#define NR_MODEL_REPORT_H
#include "base/error.h"

/* How an answer is drawn: columns of one of its tables, named by literals. */
typedef enum nr_chart_kind {
    NR_CHART_LINES,   /* y over x, one line a value of `series` (NULL: one line) */
    NR_CHART_SCATTER, /* y against x with the line of equality, coloured by `series` */
    NR_CHART_TORNADO, /* a bar from x over `base` to y for each `series` */
    NR_CHART_EVENT    /* y with its interval low..high over x, before and after 0 */
} nr_chart_kind;
typedef struct nr_chart {
    nr_chart_kind kind;
    const char *table, *x, *y, *series, *low, *high; /* the last two: of an event */
    double base;
    char title[120], subtitle[200], x_title[120], y_title[120]; /* axes with their units */
} nr_chart;
void nr_report_set_chart(nearer_report *report, const nr_chart *chart);
/* NULL when it has none. */
const nr_chart *nr_report_chart(const nearer_report *report);

nearer_status nr_report_new(nearer_report **out, nearer_error *err);
/* Takes the table over, also when it fails. */
nearer_status nr_report_add_table(nearer_report *report, const char *id, const char *title,
                                  nearer_table *table, nearer_error *err);
/* The same for a table of one row whose cells are the report's own members in JSON. */
nearer_status nr_report_add_head(nearer_report *report, const char *id, const char *title,
                                 nearer_table *table, nearer_error *err);
bool nr_report_is_head(const nearer_report *report, size_t index);
nearer_status nr_report_add_note(nearer_report *report, nearer_error *err, const char *format, ...)
    NR_PRINTF(3, 4);
#endif
