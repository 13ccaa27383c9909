/* One column explained by others, with standard errors by what is taken for independent. */
#include <math.h>
#include <stdio.h>

#include "stats/autocorrelation.h"
#include "stats/covariance.h"
#include "stats/spatial_models.h"
#include "study/neighbours.h"
#include "study/study.h"

/* Rows named for each coefficient. */
enum { MOVERS = 3 }; /* a fit has at least 3 rows */

typedef struct regress {
    const nearer_table *rows;
    const nearer_regression_spec *spec;
    size_t k;                   /* coefficients: the constant and those of x */
    nr_wanted *wanted;          /* y, x, and as asked lon, lat, cluster */
    size_t positions, clusters; /* which of them; 0: not asked for */
    nr_names cluster_names;
    nr_columns columns;
    double *design, *room;
    const char **names;
    size_t *cluster_of;
    nr_fit *fit;
    nr_estimate *main; /* k, by the covariance that p and interval come from */
    double *degrees;   /* k */
    nr_weights *weights;
    nearer_table *coefficients, *about, *movers;
} regress;

static nearer_status want(regress *g, nearer_error *err)
{
    const nearer_regression_spec *spec = g->spec;
    size_t count = spec->x_count + 1;
    g->wanted = nr_alloc(count + 3, sizeof *g->wanted);
    g->names = nr_alloc(g->k, sizeof *g->names);
    if (g->wanted == NULL || g->names == NULL) return nr_fail_memory(err);
    g->names[0] = "constant";
    for (size_t c = 0; c < count; c++) {
        const char *name = c == 0 ? spec->y : spec->x[c - 1];
        g->wanted[c].table = g->rows;
        NR_TRY(nr_table_require(&g->wanted[c].column, g->rows, name, err));
        if (c > 0) g->names[c] = name;
    }
    if (spec->neighbours.nearest > 0 || spec->neighbours.band_km > 0 || spec->km_count > 0) {
        g->positions = count;
        NR_TRY(nr_neighbours_want(g->wanted + count, g->rows, &spec->neighbours, err));
        count += 2;
    }
    if (spec->cluster != NULL) {
        g->clusters = count;
        g->wanted[count] = (nr_wanted){.table = g->rows, .names = &g->cluster_names};
        NR_TRY(nr_table_require(&g->wanted[count++].column, g->rows, spec->cluster, err));
    }
    NR_TRY(nr_columns_read(&g->columns, g->wanted, count, nearer_table_rows(g->rows), err));
    return g->positions == 0 ? NEARER_OK
                             : nr_neighbours_check(&g->columns, g->positions, g->rows, err);
}

static nearer_status fit(regress *g, nearer_error *err)
{
    size_t n = g->columns.n, k = g->k;
    g->design = nr_alloc(n * k, sizeof *g->design);
    g->room = nr_alloc(k * k, sizeof *g->room);
    g->main = nr_alloc(k, sizeof *g->main);
    g->degrees = nr_alloc(k, sizeof *g->degrees);
    g->cluster_of = nr_alloc(n, sizeof *g->cluster_of);
    if (g->design == NULL || g->room == NULL || g->main == NULL || g->degrees == NULL ||
        g->cluster_of == NULL)
        return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        g->design[i * k] = 1;
        for (size_t c = 1; c < k; c++) g->design[i * k + c] = nr_column(&g->columns, c)[i];
        if (g->clusters > 0) g->cluster_of[i] = (size_t)nr_column(&g->columns, g->clusters)[i];
    }
    nr_design design = {nr_column(&g->columns, 0), g->design, n, k, g->names};
    return nr_fit_new(&g->fit, &design, err);
}

/* A column of standard errors, by the covariance in g->room. */
static void put_errors(regress *g, const char *name)
{
    size_t column = nr_table_add_column(g->coefficients, name, 4);
    for (size_t c = 0; c < g->k; c++)
        nr_table_set_number(g->coefficients, c, column,
                            nr_coefficient(g->fit, g->room, c, g->fit->degrees).std_error);
}

/* What p and interval are by. */
static void keep_main(regress *g)
{
    for (size_t c = 0; c < g->k; c++)
        g->main[c] = nr_coefficient(g->fit, g->room, c, g->degrees[c]);
}

static nearer_status errors(regress *g, nearer_error *err)
{
    static const struct {
        nr_hc kind;
        const char *name;
    } kinds[] = {{NR_CLASSICAL, "se_classical"}, {NR_HC1, "se_hc1"}, {NR_HC3, "se_hc3"}};
    for (size_t s = 0; s < sizeof kinds / sizeof *kinds; s++) {
        nearer_status status = nr_covariance_hc(g->room, g->fit, kinds[s].kind, err);
        /* a row of leverage 1 has no HC3: its column stays empty */
        for (size_t i = 0; status == NEARER_VALUE && i < g->k * g->k; i++) g->room[i] = NAN;
        if (status != NEARER_OK && status != NEARER_VALUE) return status;
        put_errors(g, kinds[s].name);
        for (size_t c = 0; c < g->k; c++) g->degrees[c] = g->fit->degrees;
        if (kinds[s].kind == NR_HC1) keep_main(g);
    }
    if (g->clusters > 0) {
        NR_TRY(nr_covariance_cluster(g->room, NULL, g->fit, g->cluster_of, NR_CR1, err));
        put_errors(g, "se_cr1");
        NR_TRY(nr_covariance_cluster(g->room, g->degrees, g->fit, g->cluster_of, NR_CR2, err));
        put_errors(g, "se_cr2");
        keep_main(g);
    }
    for (size_t s = 0; s < g->spec->km_count; s++) {
        char name[60];
        NR_TRY(nr_covariance_conley(g->room, g->fit, nr_column(&g->columns, g->positions),
                                    nr_column(&g->columns, g->positions + 1), g->spec->km[s],
                                    NR_BARTLETT, err));
        snprintf(name, sizeof name, "se_conley_%g_km", g->spec->km[s]);
        put_errors(g, name);
    }
    return NEARER_OK;
}

static nearer_status coefficients(regress *g, nearer_error *err)
{
    NR_TRY(nr_table_new(&g->coefficients, NULL, NULL, err));
    nearer_table *table = g->coefficients;
    nr_table_add_column(table, "coefficient", NR_TEXT_COLUMN);
    nr_table_add_column(table, "value", 4);
    for (size_t c = 0; c < g->k; c++) nr_table_put(table, g->names[c], g->fit->b[c]);
    NR_TRY(errors(g, err));
    const struct {
        const char *name;
        int decimals;
    } last[] = {{"degrees", 1}, {"low_95", 4}, {"high_95", 4}, {"p", 4}, {"detectable", 4}};
    for (size_t s = 0; s < sizeof last / sizeof *last; s++) {
        size_t column = nr_table_add_column(table, last[s].name, last[s].decimals);
        for (size_t c = 0; c < g->k; c++) {
            nr_estimate e = g->main[c];
            double detectable = nr_detectable_slope(e.std_error, g->degrees[c]);
            double values[] = {g->degrees[c], e.low, e.high, e.p, c == 0 ? NAN : detectable};
            nr_table_set_number(table, c, column, values[s]);
        }
    }
    return NEARER_OK;
}

static nearer_status about(regress *g, nearer_error *err)
{
    const nr_fit *f = g->fit;
    NR_TRY(nr_table_new(&g->about, NULL, NULL, err));
    nr_table_add_column(g->about, "figure", NR_TEXT_COLUMN);
    nr_table_add_column(g->about, "value", 4);
    nr_table_put(g->about, "n", (double)f->n);
    nr_table_put(g->about, "r_squared", f->r_squared);
    nr_table_put(g->about, "residual_sd", f->residual_sd);
    nr_table_put(g->about, "condition", f->condition);
    if (g->clusters > 0) {
        bool *seen = nr_alloc(g->cluster_names.count, sizeof *seen);
        if (seen == NULL) return nr_fail_memory(err);
        size_t clusters = 0;
        for (size_t i = 0; i < f->n; i++) {
            clusters += seen[g->cluster_of[i]] ? 0 : 1;
            seen[g->cluster_of[i]] = true;
        }
        nr_free(seen);
        nr_table_put(g->about, "clusters", (double)clusters);
    }
    if (g->spec->neighbours.nearest == 0 && !(g->spec->neighbours.band_km > 0)) return NEARER_OK;
    nr_spatial_test moran;
    NR_TRY(nr_neighbours_weights(&g->weights, &g->columns, g->positions, g->rows,
                                 &g->spec->neighbours, err));
    NR_TRY(nr_moran_residual(&moran, f, g->weights, err));
    nr_table_put(g->about, "residual_moran", moran.value);
    nr_table_put(g->about, "residual_moran_expected", moran.expectation);
    nr_table_put(g->about, "residual_moran_z", moran.z);
    nr_table_put(g->about, "residual_moran_p", moran.p);
    return NEARER_OK;
}

static nearer_status put_movers(regress *g, const double *change, const double *scaled, bool *taken,
                                nearer_error *err)
{
    size_t n = g->fit->n, k = g->k, id;
    char number[NR_NUMBER_TEXT];
    NR_TRY(nr_id_column(&id, g->rows, g->spec->id, err));
    NR_TRY(nr_table_new(&g->movers, NULL, NULL, err));
    nr_table_add_column(g->movers, "coefficient", NR_TEXT_COLUMN);
    nr_table_add_column(g->movers, "id", NR_TEXT_COLUMN);
    const char *numbers[] = {"value", "without", "dfbetas"};
    for (size_t s = 0; s < 3; s++) nr_table_add_column(g->movers, numbers[s], 4);
    for (size_t c = 0; c < k; c++) {
        for (size_t i = 0; i < n; i++) taken[i] = false;
        for (size_t s = 0; s < MOVERS; s++) {
            size_t i = nr_influence_most(change, taken, n, k, c);
            double b = g->fit->b[c];
            taken[i] = true;
            nr_table_put(g->movers, g->names[c],
                         nr_table_id(g->rows, g->columns.row[i], id, number), b,
                         b - change[i * k + c], scaled[i * k + c]);
        }
    }
    return NEARER_OK;
}

static nearer_status movers(regress *g, nearer_error *err)
{
    size_t cells = g->fit->n * g->k;
    double *change = nr_alloc(2 * cells, sizeof *change);
    bool *taken = nr_alloc(g->fit->n, sizeof *taken);
    nearer_status status = change == NULL || taken == NULL
                               ? nr_fail_memory(err)
                               : nr_influence(change, change + cells, g->fit, err);
    if (status == NEARER_OK) status = put_movers(g, change, change + cells, taken, err);
    nr_free(change);
    nr_free(taken);
    return status;
}

static nearer_status hand_over(nearer_report *report, const char *id, const char *title,
                               nearer_table **table, nearer_error *err)
{
    nearer_table *given = *table;
    *table = NULL;
    return nr_study_put(report, id, title, given, err);
}

static nearer_status note(nearer_report *report, const regress *g, nearer_error *err)
{
    for (size_t c = 1; c < g->k; c++)
        NR_TRY(nr_report_add_note(
            report, err,
            "%s%.80s is %sassociated with %s%.80s (%.4g, 95 %% interval %.4g to %.4g, p = %.2g)",
            g->k > 2 ? "the others held, " : "", g->names[c],
            g->main[c].p < 0.05 ? "" : "not measurably ",
            !(g->main[c].p < 0.05) ? ""
            : g->main[c].value > 0 ? "larger "
                                   : "smaller ",
            g->spec->y, g->main[c].value, g->main[c].low, g->main[c].high, g->main[c].p));
    NR_TRY(nr_report_add_note(report, err,
                              "this does not show that one causes the other; degrees, intervals, p "
                              "and detectable slopes (80 %% "
                              "power) are by %s",
                              g->clusters > 0 ? "CR2, which takes clusters as independent"
                                              : "HC1, which takes rows as independent"));
    if (g->weights != NULL)
        NR_TRY(nr_neighbours_tell(report, g->weights, &g->spec->neighbours, err));
    return nr_columns_tell(report, &g->columns, err);
}

static nearer_status run(nearer_report **report, regress *g, nearer_error *err)
{
    NR_TRY(want(g, err));
    NR_TRY(fit(g, err));
    NR_TRY(coefficients(g, err));
    NR_TRY(about(g, err));
    NR_TRY(movers(g, err));
    NR_TRY(nr_report_new(report, err));
    NR_TRY(hand_over(*report, "coefficients", "Coefficients", &g->coefficients, err));
    NR_TRY(hand_over(*report, "fit", "The fit", &g->about, err));
    NR_TRY(hand_over(*report, "influence", "Rows that move a coefficient most", &g->movers, err));
    return note(*report, g, err);
}

nearer_status nearer_ask_regress(nearer_report **out, const nearer_table *table,
                                 const nearer_regression_spec *spec, nearer_error *err)
{
    regress g = {.rows = table, .spec = spec, .k = spec->x_count + 1};
    nearer_report *report = NULL;
    if (spec->x_count == 0) return nr_fail(err, NEARER_USAGE, "no column that explains is named");
    nearer_status status = run(&report, &g, err);
    nr_free(g.wanted);
    nr_free(g.names);
    nr_names_clear(&g.cluster_names);
    nr_columns_clear(&g.columns);
    nr_free(g.design);
    nr_free(g.room);
    nr_free(g.main);
    nr_free(g.degrees);
    nr_free(g.cluster_of);
    nr_fit_free(g.fit);
    nr_weights_free(g.weights);
    nearer_table_free(g.coefficients);
    nearer_table_free(g.about);
    nearer_table_free(g.movers);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
