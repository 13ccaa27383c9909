/* What follows a treatment that comes to units one after the other. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "stats/panel.h"
#include "study/columns.h"
#include "study/study.h"

typedef struct event {
    const nearer_table *rows;
    const nearer_event_spec *spec;
    size_t y, treated; /* columns */
    nr_names unit_names;
    nr_columns columns; /* unit, time */
    double *times, *values, *from;
    bool *seen; /* units x periods */
    nr_panel panel;
    nr_att_table *att;
    nr_att_summary *by_event, *by_group;
} event;

/* ---- the panel ---- */

static int ascending(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static void find_periods(event *e)
{
    const double *time = nr_column(&e->columns, 1);
    size_t count = 0;
    for (size_t i = 0; i < e->columns.n; i++) e->times[i] = time[i];
    if (e->columns.n > 1) qsort(e->times, e->columns.n, sizeof *e->times, ascending);
    for (size_t i = 0; i < e->columns.n; i++)
        if (count == 0 || e->times[i] != e->times[count - 1]) e->times[count++] = e->times[i];
    e->panel.periods = count;
}

static size_t period_of(const event *e, double time)
{
    size_t low = 0, high = e->panel.periods;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (e->times[middle] <= time)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static nearer_status read_row(event *e, size_t k, nearer_error *err)
{
    char where[NR_WHERE];
    size_t row = e->columns.row[k], unit = (size_t)nr_column(&e->columns, 0)[k];
    double time = nr_column(&e->columns, 1)[k], from;
    size_t cell = unit * e->panel.periods + period_of(e, time);
    NR_TRY(nr_column_number(&e->values[cell], e->rows, row, e->y, err));
    NR_TRY(nr_column_number(&from, e->rows, row, e->treated, err));
    if (isnan(from)) from = INFINITY;
    if (e->seen[cell])
        return nr_fail(err, NEARER_VALUE, "%s: unit '%.80s' has two rows for %g",
                       nr_table_where(e->rows, row, where), e->unit_names.texts[unit], time);
    if (!isnan(e->from[unit]) && e->from[unit] != from)
        return nr_fail(err, NEARER_VALUE,
                       "%s: unit '%.80s' is treated from %g here and from %g in a row before (inf: "
                       "never)",
                       nr_table_where(e->rows, row, where), e->unit_names.texts[unit], from,
                       e->from[unit]);
    e->seen[cell] = true;
    e->from[unit] = from;
    return NEARER_OK;
}

static nearer_status read_panel(event *e, nearer_error *err)
{
    nr_wanted wanted[2] = {{.table = e->rows, .names = &e->unit_names}, {.table = e->rows}};
    size_t rows = nearer_table_rows(e->rows);
    NR_TRY(nr_table_require(&wanted[0].column, e->rows, e->spec->unit, err));
    NR_TRY(nr_table_require(&wanted[1].column, e->rows, e->spec->time, err));
    NR_TRY(nr_table_require(&e->y, e->rows, e->spec->y, err));
    NR_TRY(nr_table_require(&e->treated, e->rows, e->spec->treated, err));
    NR_TRY(nr_columns_read(&e->columns, wanted, 2, rows, err));
    e->times = nr_alloc(rows, sizeof *e->times);
    if (e->times == NULL) return nr_fail_memory(err);
    find_periods(e);
    size_t units = e->unit_names.count, cells = units * e->panel.periods;
    e->values = nr_alloc(cells, sizeof *e->values);
    e->seen = nr_alloc(cells, sizeof *e->seen);
    e->from = nr_alloc(units, sizeof *e->from);
    if (e->values == NULL || e->seen == NULL || e->from == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < cells; k++) e->values[k] = NAN;
    for (size_t k = 0; k < units; k++) e->from[k] = NAN;
    for (size_t k = 0; k < e->columns.n; k++) NR_TRY(read_row(e, k, err));
    e->panel = (nr_panel){units, e->panel.periods, e->times, e->values, e->from};
    return NEARER_OK;
}

/* ---- tables ---- */

static void add_estimates(nearer_table *table)
{
    const char *numbers[] = {"att", "std_error", "low_95", "high_95", "p"};
    for (size_t c = 0; c < 5; c++) nr_table_add_column(table, numbers[c], 4);
}

static nearer_status put_dynamic(nearer_report *report, const event *e, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "since_treated", 0);
    add_estimates(table);
    nr_table_add_column(table, "groups", 0);
    for (size_t k = 0; k < e->by_event->count; k++) {
        const nr_att_part *p = &e->by_event->part[k];
        nr_table_put(table, p->key, p->att.value, p->att.std_error, p->att.low, p->att.high,
                     p->att.p, (double)p->cells);
    }
    return nr_study_put(report, "dynamic", "Change by time since treatment, less that of controls",
                        table, err);
}

static nearer_status put_cells(nearer_report *report, const event *e, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    const char *numbers[] = {"group", "time", "treated", "controls"};
    for (size_t c = 0; c < 4; c++) nr_table_add_column(table, numbers[c], 0);
    add_estimates(table);
    for (size_t k = 0; k < e->att->count; k++) {
        const nr_att *a = &e->att->cell[k];
        nr_table_put(table, a->group, a->time, (double)a->treated, (double)a->controls,
                     a->att.value, a->att.std_error, a->att.low, a->att.high, a->att.p);
    }
    return nr_study_put(report, "att", "Each group at each time", table, err);
}

static nearer_status put_summary(nearer_report *report, const event *e, nearer_error *err)
{
    nearer_table *table = NULL;
    nr_test pre = e->att->pre_trend;
    const struct {
        const char *name;
        nr_estimate e;
    } rows[] = {{"mean over times since treatment", e->by_event->overall},
                {"mean over groups, by their units", e->by_group->overall},
                {"before treatment all 0: chi squared", {pre.value, NAN, NAN, NAN, pre.p}}};
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "summary", NR_TEXT_COLUMN);
    add_estimates(table);
    nr_table_add_column(table, "degrees", 0);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        nr_table_put(table, rows[k].name, rows[k].e.value, rows[k].e.std_error, rows[k].e.low,
                     rows[k].e.high, rows[k].e.p, k == 2 ? pre.df1 : (double)NAN);
    return nr_study_put(report, "summary", "All together", table, err);
}

/* ---- in words, and drawn ---- */

static nearer_status tell(nearer_report *report, const event *e, nearer_error *err)
{
    const nr_att_table *a = e->att;
    NR_TRY(nr_report_add_note(
        report, err,
        "%zu units over %zu periods; left out are %zu that lack a value, %zu treated from the "
        "first period on, and %zu groups and times without controls (units %s)",
        a->units, e->panel.periods, a->incomplete, a->always, a->uncontrolled,
        e->spec->not_yet ? "not yet treated" : "never treated"));
    nr_estimate mean = e->by_group->overall;
    char interval[80] = "no interval: groups of one unit have no spread";
    if (isfinite(mean.low))
        snprintf(interval, sizeof interval, "95 %% interval %.4g to %.4g", mean.low, mean.high);
    NR_TRY(nr_report_add_note(
        report, err,
        "treatment is associated with a change of %.4g (%s); it is the treatment's doing only if "
        "all would have changed alike without it, nobody moved before, and what one unit gains is "
        "not another's (lines reach beyond their stations)",
        mean.value, interval));
    if (!(a->pre_trend.p < 0.05)) return NEARER_OK;
    return nr_report_add_note(report, err,
                              "before treatment the groups did not change alike (p = %.2g): the "
                              "first of these does not hold",
                              a->pre_trend.p);
}

static void set_chart(nearer_report *report, const event *e)
{
    nr_chart chart = {.kind = NR_CHART_EVENT,
                      .table = "dynamic",
                      .x = "since_treated",
                      .y = "att",
                      .low = "low_95",
                      .high = "high_95"};
    snprintf(chart.title, sizeof chart.title, "Change of %.80s since treatment", e->spec->y);
    snprintf(chart.subtitle, sizeof chart.subtitle,
             "less that of units %s; bars are 95 %% intervals of each; units: %zu",
             e->spec->not_yet ? "not yet treated" : "never treated", e->att->units);
    snprintf(chart.x_title, sizeof chart.x_title, "%.80s since treatment", e->spec->time);
    snprintf(chart.y_title, sizeof chart.y_title, "change of %.80s", e->spec->y);
    nr_report_set_chart(report, &chart);
}

static nearer_status run(nearer_report **report, event *e, nearer_error *err)
{
    NR_TRY(read_panel(e, err));
    NR_TRY(nr_att_table_new(&e->att, &e->panel,
                            e->spec->not_yet ? NR_NOT_YET_TREATED : NR_NEVER_TREATED,
                            e->spec->universal ? NR_UNIVERSAL_BASE : NR_VARYING_BASE, err));
    NR_TRY(nr_att_summary_new(&e->by_event, e->att, NR_ATT_BY_EVENT, err));
    NR_TRY(nr_att_summary_new(&e->by_group, e->att, NR_ATT_BY_GROUP, err));
    NR_TRY(nr_report_new(report, err));
    NR_TRY(put_dynamic(*report, e, err));
    NR_TRY(put_summary(*report, e, err));
    NR_TRY(put_cells(*report, e, err));
    set_chart(*report, e);
    NR_TRY(tell(*report, e, err));
    return nr_columns_tell(*report, &e->columns, err);
}

nearer_status nearer_ask_event(nearer_report **out, const nearer_table *table,
                               const nearer_event_spec *spec, nearer_error *err)
{
    event e = {.rows = table, .spec = spec};
    nearer_report *report = NULL;
    nearer_status status = run(&report, &e, err);
    nr_names_clear(&e.unit_names);
    nr_columns_clear(&e.columns);
    nr_free(e.times);
    nr_free(e.values);
    nr_free(e.seen);
    nr_free(e.from);
    nr_att_table_free(e.att);
    nr_att_summary_free(e.by_event);
    nr_att_summary_free(e.by_group);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
