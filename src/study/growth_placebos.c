/* What should not be found where lines make places grow: growth before the gain, gain by lines that
 * never opened, and a gain left to chance that goes with what places were before. */
#include <math.h>
#include <stdio.h>

#include "stats/statistic.h"
#include "study/growth.h"

typedef struct placebos {
    const nr_growth *g;
    nearer_table *table;
    double *growth, *gain; /* n each */
} placebos;

static nearer_status put(placebos *p, const char *title, const char *unit,
                         const nr_growth_values *values, nearer_error *err)
{
    nr_growth_slope s;
    NR_TRY(nr_growth_slope_find(&s, p->g, values, err));
    nr_table_put(p->table, title, unit, s.gain.value, s.gain.std_error, s.gain.low, s.gain.high,
                 s.gain.p, s.detectable, (double)s.n);
    return NEARER_OK;
}

/* Growth over other years than those of the gain. */
static nearer_status put_series(placebos *p, const nr_placebo_spec *spec, nearer_error *err)
{
    const nr_growth *g = p->g;
    const double *from, *to;
    char title[200], days[2][16];
    nr_two_days minutes;
    nr_growth_values values = nr_growth_plain(g);
    NR_TRY(nr_study_mass(&from, g->study, spec->from, err));
    NR_TRY(nr_study_mass(&to, g->study, spec->to, err));
    for (size_t i = 0; i < g->n; i++)
        p->growth[i] = 100 * nr_annual_growth(from[i], to[i], spec->years);
    NR_TRY(nr_two_days_compute(&minutes, g->study, g->query, spec->gain_from, spec->gain_to, err));
    nearer_status status =
        nr_growth_gain(p->gain, g, g->measure, &minutes, spec->gain_from, spec->gain_to, err);
    nr_two_days_clear(&minutes);
    values.y = p->growth;
    values.x = p->gain;
    snprintf(title, sizeof title, "growth %.60s to %.60s on gain %s to %s", spec->from, spec->to,
             nr_date_label(spec->gain_from, days[0]), nr_date_label(spec->gain_to, days[1]));
    return status == NEARER_OK ? put(p, title, "points a year per ln access", &values, err)
                               : status;
}

/* Lines that did not open, and what chance should not know of. */
static nearer_status put_planned(placebos *p, nearer_error *err)
{
    const nr_growth *g = p->g;
    nr_growth_values values = nr_growth_plain(g);
    if (g->recentred == NULL) return NEARER_OK;
    values.x = g->planned.all_planned;
    NR_TRY(put(p, "growth on gain by planned lines that did not open",
               "points a year per ln access", &values, err));
    if (g->income == NULL) return NEARER_OK;
    const nr_growth_values balance = {.y = g->income, .x = g->recentred};
    return put(p, "initial income on recentred gain", "ln income per ln access", &balance, err);
}

static nearer_status find(nearer_report *report, placebos *p, nearer_error *err)
{
    const nr_growth_spec *spec = &p->g->study->spec.growth;
    NR_TRY(nr_table_new(&p->table, NULL, NULL, err));
    nr_table_add_column(p->table, "placebo", NR_TEXT_COLUMN);
    nr_table_add_column(p->table, "unit", NR_TEXT_COLUMN);
    const char *numbers[] = {"value", "std_error", "low_95", "high_95"};
    for (size_t c = 0; c < 4; c++) nr_table_add_column(p->table, numbers[c], 3);
    nr_table_add_column(p->table, "p", 4);
    nr_table_add_column(p->table, "detectable", 3);
    nr_table_add_column(p->table, "n", 0);
    for (size_t k = 0; k < spec->placebo_count; k++) NR_TRY(put_series(p, &spec->placebos[k], err));
    NR_TRY(put_planned(p, err));
    nearer_table *table = p->table;
    p->table = NULL;
    return nr_study_put(report, "placebos", "What should not be found", table, err);
}

nearer_status nr_growth_put_placebos(nearer_report *report, const nr_growth *g, nearer_error *err)
{
    placebos p = {.g = g};
    if (g->study->spec.growth.placebo_count == 0 && g->recentred == NULL) return NEARER_OK;
    p.growth = nr_alloc(g->n, sizeof *p.growth);
    p.gain = nr_alloc(g->n, sizeof *p.gain);
    nearer_status status =
        p.growth == NULL || p.gain == NULL ? nr_fail_memory(err) : find(report, &p, err);
    nearer_table_free(p.table);
    nr_free(p.growth);
    nr_free(p.gain);
    return status;
}
