/* Models of growth by the gain in access, side by side. */
#include <math.h>
#include <string.h>

#include "stats/statistic.h"
#include "study/growth.h"

enum { MOVERS = 10 };

nr_growth_values nr_growth_plain(const nr_growth *g)
{
    return (nr_growth_values){.y = g->growth, .x = g->gain, .held = {g->income, NULL}};
}

size_t nr_growth_models(nr_growth_model out[NR_MOST_GROWTH_MODELS], const nr_growth *g)
{
    size_t count = 0;
    nr_growth_values values = nr_growth_plain(g);
    out[count] = (nr_growth_model){"gain alone", values};
    out[count].values.without = g->incomplete; /* all models are of the same places */
    out[count++].values.held[0] = NULL;
    if (g->income != NULL) out[count++] = (nr_growth_model){"income held", values};
    if (g->recentred == NULL) return count;
    out[count] = (nr_growth_model){"expected gain held", values};
    out[count++].values.held[1] = g->planned.expected;
    out[count] = (nr_growth_model){"recentred", values};
    out[count++].values.instrument = g->recentred;
    return count;
}

/* ---- tables ---- */

typedef struct models {
    const nr_growth *g;
    nearer_table *growth, *fit;
} models;

static nearer_status make_tables(models *m, nearer_error *err)
{
    NR_TRY(nr_table_new(&m->growth, NULL, NULL, err));
    nr_table_add_column(m->growth, "model", NR_TEXT_COLUMN);
    nr_table_add_column(m->growth, "coefficient", NR_TEXT_COLUMN);
    nr_table_add_column(m->growth, "unit", NR_TEXT_COLUMN);
    nr_table_add_column(m->growth, "value", 3);
    for (size_t e = 0; e < NR_SLOPE_ERRORS; e++)
        nr_table_add_column(m->growth, nr_slope_errors[e], 3);
    nr_table_add_column(m->growth, "low_95", 3);
    nr_table_add_column(m->growth, "high_95", 3);
    nr_table_add_column(m->growth, "p", 4);
    nr_table_add_column(m->growth, "detectable", 3);
    nr_table_add_column(m->growth, "n", 0);
    NR_TRY(nr_table_new(&m->fit, NULL, NULL, err));
    nr_table_add_column(m->fit, "model", NR_TEXT_COLUMN);
    nr_table_add_column(m->fit, "n", 0);
    nr_table_add_column(m->fit, "clusters", 0);
    nr_table_add_column(m->fit, "r_squared", 3);
    nr_table_add_column(m->fit, "residual_sd_points", 3);
    nr_table_add_column(m->fit, "residual_moran", 3);
    nr_table_add_column(m->fit, "residual_moran_p", 4);
    nr_table_add_column(m->fit, "first_stage_f", 1);
    return NEARER_OK;
}

/* The constant, what is held, and the gain. */
static const char *name_of(const nr_growth_values *v, size_t c, size_t k)
{
    if (c == 0) return "constant";
    if (c == k - 1) return "gain in access";
    return c == 1 && v->held[0] != NULL ? "initial income" : "expected gain";
}

static const char *unit_of(const nr_growth_values *v, size_t c, size_t k)
{
    if (c == 0) return "% a year";
    if (c == k - 1 || v->held[0] == NULL || c == 2) return "points a year per ln access";
    return "points a year per ln income";
}

static void put_model(models *m, const nr_growth_model *model, const nr_slopes *s, size_t clusters)
{
    for (size_t i = 0; i < s->k; i++) {
        size_t c = s->k - 1 - i; /* the gain comes first */
        const double *e = s->error[c];
        nr_estimate main = s->main[c];
        nr_table_put(m->growth, model->title, name_of(&model->values, c, s->k),
                     unit_of(&model->values, c, s->k), main.value, e[0], e[1], e[2], e[3], main.low,
                     main.high, main.p, c == 0 ? (double)NAN : s->detectable[c], (double)s->n);
    }
    bool staged = s->iv != NULL;
    nr_table_put(m->fit, model->title, (double)s->n, clusters == 0 ? (double)NAN : (double)clusters,
                 staged ? (double)NAN : s->fit->r_squared, s->fit->residual_sd, s->moran.value,
                 s->moran.p, staged ? s->iv->first_stage[0].value : (double)NAN);
}

static nearer_status find_model(models *m, const nr_growth_model *model, nearer_error *err)
{
    nr_growth_sample sample;
    nr_slopes slopes = {0};
    nearer_status status = nr_growth_sample_take(&sample, m->g, &model->values, err);
    if (status == NEARER_OK) status = nr_slopes_find(&slopes, &sample, err);
    if (status == NEARER_OK) put_model(m, model, &slopes, sample.clusters);
    nr_slopes_clear(&slopes);
    nr_growth_sample_clear(&sample);
    return status;
}

static nearer_status put(nearer_report *report, const char *id, const char *title,
                         nearer_table **table, nearer_error *err)
{
    nearer_table *given = *table;
    *table = NULL;
    return nr_study_put(report, id, title, given, err);
}

static nearer_status find_models(nearer_report *report, models *m, nearer_error *err)
{
    nr_growth_model all[NR_MOST_GROWTH_MODELS];
    size_t count = nr_growth_models(all, m->g);
    NR_TRY(make_tables(m, err));
    for (size_t k = 0; k < count; k++) NR_TRY(find_model(m, &all[k], err));
    NR_TRY(put(report, "growth", "Growth by the gain in access", &m->growth, err));
    return put(report, "fit", "How well the models fit", &m->fit, err);
}

/* ---- correlations ---- */

static nearer_status put_correlations(nearer_report *report, const nr_growth_sample *s,
                                      nearer_error *err)
{
    nr_estimate r, rho, tau;
    nearer_table *table = NULL;
    NR_TRY(nr_pearson(&r, s->x, s->y, s->n, err));
    NR_TRY(nr_spearman(&rho, s->x, s->y, s->n, err));
    NR_TRY(nr_kendall(&tau, s->x, s->y, s->n, err));
    const struct {
        const char *name;
        nr_estimate e;
    } rows[] = {{"pearson", r},
                {"spearman", rho},
                {"kendall", tau},
                {"detectable (80 % power)", {nr_detectable_r(s->n), NAN, NAN, NAN, NAN}}};
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "correlation", NR_TEXT_COLUMN);
    const char *numbers[] = {"value", "low_95", "high_95"};
    for (size_t i = 0; i < 3; i++) nr_table_add_column(table, numbers[i], 3);
    nr_table_add_column(table, "p", 4);
    nr_table_add_column(table, "n", 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        nr_table_put(table, rows[i].name, rows[i].e.value, rows[i].e.low, rows[i].e.high,
                     rows[i].e.p, (double)s->n);
    return nr_study_put(report, "correlations", "Gain in access and growth, nothing held", table,
                        err);
}

/* ---- single places ---- */

static nearer_status put_movers(nearer_report *report, const nr_growth *g,
                                const nr_growth_sample *s, const nr_slopes *slopes,
                                const double *change, nearer_error *err)
{
    size_t k = slopes->k;
    double slope = nr_slopes_gain(slopes).value;
    nearer_table *table = NULL;
    bool *taken = nr_alloc(s->n, sizeof *taken);
    if (taken == NULL) return nr_fail_memory(err);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    if (status == NEARER_OK) {
        nr_table_add_column(table, "id", NR_TEXT_COLUMN);
        nr_table_add_column(table, "name", NR_TEXT_COLUMN);
        const char *numbers[] = {"slope", "slope_without", "dfbetas"};
        for (size_t i = 0; i < 3; i++) nr_table_add_column(table, numbers[i], 3);
        for (size_t m = 0; m < MOVERS && m < s->n; m++) {
            size_t i = nr_influence_most(change, taken, s->n, k, k - 1);
            const nr_place *place = &g->study->network->places[s->place[i]];
            taken[i] = true;
            nr_table_put(table, place->id, place->name, slope, slope - change[i * k + k - 1],
                         change[s->n * k + i * k + k - 1]);
        }
        status = nr_study_put(report, "influence",
                              "Places without which the slope would be another", table, err);
    }
    nr_free(taken);
    return status;
}

static nearer_status put_influence(nearer_report *report, const nr_growth *g,
                                   const nr_growth_sample *s, nearer_error *err)
{
    nr_slopes slopes;
    size_t cells = s->n * NR_MOST_SLOPES;
    double *change = nr_alloc(2 * cells, sizeof *change);
    if (change == NULL) return nr_fail_memory(err);
    nearer_status status = nr_slopes_find(&slopes, s, err);
    if (status == NEARER_OK)
        status = nr_influence(change, change + s->n * slopes.k, slopes.fit, err);
    if (status == NEARER_OK) status = put_movers(report, g, s, &slopes, change, err);
    nr_slopes_clear(&slopes);
    nr_free(change);
    return status;
}

nearer_status nr_growth_put_models(nearer_report *report, const nr_growth *g, nearer_error *err)
{
    models m = {.g = g};
    nr_growth_sample s;
    const nr_growth_values values = nr_growth_plain(g);
    nearer_status status = find_models(report, &m, err);
    nearer_table_free(m.growth);
    nearer_table_free(m.fit);
    if (status != NEARER_OK) return status;
    status = nr_growth_sample_take(&s, g, &values, err);
    if (status == NEARER_OK) status = put_correlations(report, &s, err);
    if (status == NEARER_OK) status = put_influence(report, g, &s, err);
    nr_growth_sample_clear(&s);
    return status;
}

/* ---- the places behind it ---- */

typedef struct place_column {
    const char *name;
    int decimals;
    const double *values;
} place_column;

nearer_status nr_growth_put_places(nearer_report *report, const nr_growth *g, nearer_error *err)
{
    const place_column columns[] = {
        {"growth_pct_per_year", 3, g->growth},        {"access_gain_ln", 4, g->gain},
        {"initial_income_ln", 4, g->income},          {"lines_gain_ln", 4, g->planned.gain},
        {"expected_gain_ln", 4, g->planned.expected}, {"recentred_gain_ln", 4, g->recentred}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    for (size_t c = 0; c < COLUMNS; c++)
        if (columns[c].values != NULL)
            nr_table_add_column(table, columns[c].name, columns[c].decimals);
    for (size_t i = 0; i < g->n; i++) {
        const nr_place *place = &g->study->network->places[i];
        size_t row = nearer_table_rows(table), column = 2;
        if (g->incomplete[i]) continue;
        nr_table_add_row(table, 0);
        nr_table_set_text(table, row, 0, place->id, strlen(place->id));
        nr_table_set_text(table, row, 1, place->name, strlen(place->name));
        for (size_t c = 0; c < COLUMNS; c++)
            if (columns[c].values != NULL)
                nr_table_set_number(table, row, column++, columns[c].values[i]);
    }
    return nr_study_put(report, "places", "The places behind it", table, err);
}
