/* Whether near rows of a table are alike in a column. */
#include <math.h>

#include "stats/autocorrelation.h"
#include "study/neighbours.h"
#include "study/study.h"

typedef struct moran {
    const nearer_table *rows;
    const nearer_moran_spec *spec;
    nr_columns columns; /* of numbers, lon, lat */
    nr_weights *weights;
    nr_local_moran *local; /* n; NULL: not asked for */
    nearer_table *table, *places;
} moran;

static void put(moran *m, const char *statistic, const char *null, nr_spatial_test t)
{
    nr_table_put(m->table, statistic, null, t.value, t.expectation, t.variance, t.z, t.p,
                 (double)m->columns.n);
}

static nearer_status compute(nr_spatial_test *main, moran *m, nr_random *random, nearer_error *err)
{
    const double *x = nr_column(&m->columns, 0);
    const nr_weights *w = m->weights;
    nr_spatial_test t, permuted;
    NR_TRY(nr_table_new(&m->table, NULL, NULL, err));
    nr_table_add_column(m->table, "statistic", NR_TEXT_COLUMN);
    nr_table_add_column(m->table, "null", NR_TEXT_COLUMN);
    nr_table_add_column(m->table, "value", 4);
    nr_table_add_column(m->table, "expectation", 4);
    nr_table_add_column(m->table, "variance", 6);
    nr_table_add_column(m->table, "z", 2);
    nr_table_add_column(m->table, "p", 4);
    nr_table_add_column(m->table, "n", 0);
    NR_TRY(nr_moran(main, x, w, NR_RANDOMISATION, err));
    put(m, "moran", "randomisation", *main);
    NR_TRY(nr_moran(&t, x, w, NR_NORMALITY, err));
    put(m, "moran", "normality", t);
    permuted = (nr_spatial_test){main->value, main->expectation, NAN, NAN, NAN};
    NR_TRY(nr_moran_permutation_p(&permuted.p, x, w, m->spec->draws, random, err));
    put(m, "moran", "permutation", permuted);
    NR_TRY(nr_geary(&t, x, w, NR_RANDOMISATION, err));
    put(m, "geary", "randomisation", t);
    NR_TRY(nr_geary(&t, x, w, NR_NORMALITY, err));
    put(m, "geary", "normality", t);
    return NEARER_OK;
}

static nearer_status compute_local(moran *m, nr_random *random, nearer_error *err)
{
    size_t n = m->columns.n, id;
    char number[NR_NUMBER_TEXT];
    NR_TRY(nr_id_column(&id, m->rows, m->spec->id, err));
    m->local = nr_alloc(n, sizeof *m->local);
    if (m->local == NULL) return nr_fail_memory(err);
    NR_TRY(nr_moran_local(m->local, nr_column(&m->columns, 0), m->weights, m->spec->draws, random,
                          err));
    NR_TRY(nr_table_new(&m->places, NULL, NULL, err));
    nr_table_add_column(m->places, "id", NR_TEXT_COLUMN);
    nr_table_add_column(m->places, "kind", NR_TEXT_COLUMN);
    const char *numbers[] = {"value", "local_moran", "z", "p", "permuted_p", "fdr_p"};
    for (size_t k = 0; k < 6; k++) nr_table_add_column(m->places, numbers[k], k == 2 ? 2 : 4);
    for (size_t i = 0; i < n; i++) {
        const nr_local_moran *l = &m->local[i];
        const char *kind = isnan(l->fdr_p) ? ""
                           : l->high       ? (l->near_high ? "high-high" : "high-low")
                                           : (l->near_high ? "low-high" : "low-low");
        nr_table_put(m->places, nr_table_id(m->rows, m->columns.row[i], id, number), kind,
                     nr_column(&m->columns, 0)[i], l->test.value, l->test.z, l->test.p,
                     l->permutation_p, l->fdr_p);
    }
    return NEARER_OK;
}

static nearer_status note(nearer_report *report, const moran *m, nr_spatial_test t,
                          nearer_error *err)
{
    size_t found = 0;
    NR_TRY(nr_report_add_note(
        report, err,
        "over %zu rows %.80s of near rows is %s (Moran's I = %.3f, %.3f expected, p = %.2g)",
        m->columns.n, m->spec->column,
        !(t.p < 0.05)             ? "not measurably alike or unlike"
        : t.value > t.expectation ? "alike"
                                  : "unlike",
        t.value, t.expectation, t.p));
    NR_TRY(nr_neighbours_tell(report, m->weights, &m->spec->neighbours, err));
    for (size_t i = 0; m->local != NULL && i < m->columns.n; i++)
        if (m->local[i].fdr_p <= 0.05) found++;
    if (m->local != NULL)
        NR_TRY(nr_report_add_note(report, err,
                                  "%zu rows stand out at a false discovery rate of 5 %%", found));
    return nr_columns_tell(report, &m->columns, err);
}

static nearer_status measure(nr_spatial_test *main, moran *m, nearer_error *err)
{
    nr_wanted wanted[3] = {{.table = m->rows}};
    nr_random *random = NULL;
    NR_TRY(nr_table_require(&wanted[0].column, m->rows, m->spec->column, err));
    NR_TRY(nr_neighbours_want(wanted + 1, m->rows, &m->spec->neighbours, err));
    NR_TRY(nr_columns_read(&m->columns, wanted, 3, nearer_table_rows(m->rows), err));
    NR_TRY(nr_neighbours_weights(&m->weights, &m->columns, 1, m->rows, &m->spec->neighbours, err));
    NR_TRY(nr_random_new(&random, m->spec->seed, err));
    nearer_status status = compute(main, m, random, err);
    if (status == NEARER_OK && m->spec->local) status = compute_local(m, random, err);
    nr_random_free(random);
    return status;
}

static nearer_status run(nearer_report **report, moran *m, nearer_error *err)
{
    nr_spatial_test t;
    NR_TRY(measure(&t, m, err));
    NR_TRY(nr_report_new(report, err));
    nearer_table *table = m->table, *places = m->places;
    m->table = NULL;
    NR_TRY(nr_study_put(*report, "moran", "Whether near rows are alike", table, err));
    m->places = NULL;
    if (places != NULL) NR_TRY(nr_study_put(*report, "local", "Row by row", places, err));
    return note(*report, m, t, err);
}

nearer_status nearer_ask_moran(nearer_report **out, const nearer_table *table,
                               const nearer_moran_spec *spec, nearer_error *err)
{
    moran m = {.rows = table, .spec = spec};
    nearer_report *report = NULL;
    nearer_status status = run(&report, &m, err);
    nr_columns_clear(&m.columns);
    nr_weights_free(m.weights);
    nr_free(m.local);
    nearer_table_free(m.table);
    nearer_table_free(m.places);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
