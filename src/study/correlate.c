/* How two columns go together: an association, measured in several ways. */
#include <math.h>
#include <string.h>

#include "stats/correlation.h"
#include "stats/resample.h"
#include "study/columns.h"
#include "study/study.h"

typedef struct correlate {
    const nearer_table *xs, *ys; /* the tables of x and of y, perhaps the same */
    const nearer_correlation_spec *spec;
    const char *x_name, *y_name;
    size_t matched; /* rows of xs that are in ys */
    size_t *row_of; /* of each row of xs, its row in ys; NULL: the same table */
    nr_wanted *wanted;
    nr_columns columns; /* x, y, and those held */
    double *room;       /* of the resampled pairs, or of those held row by row */
    nearer_table *table;
} correlate;

/* The column asked for, else the only one of numbers but the id. */
static nearer_status choose(const char **name, size_t *out, const nearer_table *table,
                            const char *asked, const char *option, const char *id,
                            nearer_error *err)
{
    if (asked != NULL) {
        *name = asked;
        return nr_table_require(out, table, asked, err);
    }
    bool *numbers = nr_table_number_columns(table);
    if (numbers == NULL) return nr_fail_memory(err);
    size_t found = 0;
    for (size_t c = 0; c < nearer_table_columns(table); c++) {
        const char *column = nearer_table_column_name(table, c);
        if (!numbers[c] || strcmp(column, id) == 0) continue;
        *out = c;
        *name = column;
        found++;
    }
    nr_free(numbers);
    if (found == 1) return NEARER_OK;
    return nr_fail(err, NEARER_USAGE, "%s: %zu columns of numbers, %s must say which",
                   nr_table_source(table), found, option);
}

static nearer_status join(correlate *c, const char *id, nearer_error *err)
{
    size_t rows = nearer_table_rows(c->xs), mine, theirs;
    char number[NR_NUMBER_TEXT];
    NR_TRY(nr_table_require(&mine, c->xs, id, err));
    NR_TRY(nr_table_require(&theirs, c->ys, id, err));
    c->row_of = nr_alloc(rows, sizeof *c->row_of);
    if (c->row_of == NULL) return nr_fail_memory(err);
    nr_names own = {0}, ids = {0};
    nearer_status status = nr_name_rows(&own, c->xs, mine, err);
    if (status == NEARER_OK) status = nr_name_rows(&ids, c->ys, theirs, err);
    for (size_t row = 0; status == NEARER_OK && row < rows; row++) {
        c->row_of[row] = nr_names_find(&ids, nr_table_cell(c->xs, row, mine, number));
        if (c->row_of[row] != NR_NO_NAME) c->matched++;
    }
    nr_names_clear(&own);
    nr_names_clear(&ids);
    return status;
}

/* Those held are columns of the first table, else of the second. */
static nearer_status want(correlate *c, nearer_error *err)
{
    const nearer_correlation_spec *spec = c->spec;
    const char *id = spec->id == NULL ? "id" : spec->id;
    c->wanted = nr_alloc(2 + spec->given_count, sizeof *c->wanted);
    if (c->wanted == NULL) return nr_fail_memory(err);
    if (c->ys != c->xs) NR_TRY(join(c, id, err));
    c->wanted[0].table = c->xs;
    c->wanted[1] = (nr_wanted){.table = c->ys, .row_of = c->row_of};
    NR_TRY(choose(&c->x_name, &c->wanted[0].column, c->xs, spec->x, "--x", id, err));
    NR_TRY(choose(&c->y_name, &c->wanted[1].column, c->ys, spec->y, "--y", id, err));
    for (size_t k = 0; k < spec->given_count; k++) {
        bool first = nearer_table_find(c->xs, spec->given[k]) >= 0;
        nr_wanted *w = &c->wanted[2 + k];
        *w = c->wanted[first ? 0 : 1];
        NR_TRY(nr_table_require(&w->column, w->table, spec->given[k], err));
    }
    return NEARER_OK;
}

static void put(correlate *c, const char *statistic, nr_estimate e)
{
    nr_table_put(c->table, statistic, e.value, e.low, e.high, e.p, (double)c->columns.n);
}

/* Pearson's r of the rows drawn; NAN where they do not differ. */
static double r_of_rows(const void *data, const size_t *rows, size_t n)
{
    const correlate *c = data;
    const double *x = nr_column(&c->columns, 0), *y = nr_column(&c->columns, 1);
    nr_estimate r;
    for (size_t i = 0; i < n; i++) {
        c->room[i] = x[rows[i]];
        c->room[n + i] = y[rows[i]];
    }
    return nr_pearson(&r, c->room, c->room + n, n, NULL) == NEARER_OK ? r.value : NAN;
}

/* Too few pairs have a permuted p but no resampled interval. */
static nearer_status resample(correlate *c, double r, nearer_error *err)
{
    size_t draws = c->spec->draws, n = c->columns.n;
    nr_random *random = NULL;
    nr_estimate none = {r, NAN, NAN, NAN, NAN}, e = none, permuted = none;
    NR_TRY(nr_random_new(&random, c->spec->seed, err));
    nearer_status status = nr_permutation_p(&permuted.p, nr_column(&c->columns, 0),
                                            nr_column(&c->columns, 1), n, draws, random, err);
    if (status == NEARER_OK) put(c, "pearson, permuted", permuted);
    if (status == NEARER_OK) {
        status = nr_bca(&e, r_of_rows, c, n, draws, random, err);
        if (status == NEARER_NODATA) status = NEARER_OK;
    }
    if (status == NEARER_OK) put(c, "pearson, resampled (BCa)", e);
    nr_random_free(random);
    return status;
}

static nearer_status hold(correlate *c, nearer_error *err)
{
    size_t held = c->spec->given_count, n = c->columns.n;
    nr_estimate e;
    for (size_t k = 0; k < held; k++)
        for (size_t i = 0; i < n; i++) c->room[i * held + k] = nr_column(&c->columns, 2 + k)[i];
    NR_TRY(nr_partial(&e, nr_column(&c->columns, 0), nr_column(&c->columns, 1), c->room, n, held,
                      err));
    put(c, "partial", e);
    return NEARER_OK;
}

static nearer_status compute(nr_estimate *r, correlate *c, nearer_error *err)
{
    size_t n = c->columns.n, held = c->spec->given_count;
    const double *x = nr_column(&c->columns, 0), *y = nr_column(&c->columns, 1);
    nr_estimate e;
    c->room = nr_alloc(n * (held > 2 ? held : 2), sizeof *c->room);
    if (c->room == NULL) return nr_fail_memory(err);
    NR_TRY(nr_table_new(&c->table, NULL, NULL, err));
    nr_table_add_column(c->table, "statistic", NR_TEXT_COLUMN);
    const char *numbers[] = {"value", "low_95", "high_95", "p"};
    for (size_t k = 0; k < 4; k++) nr_table_add_column(c->table, numbers[k], 4);
    nr_table_add_column(c->table, "n", 0);
    NR_TRY(nr_pearson(r, x, y, n, err));
    put(c, "pearson", *r);
    NR_TRY(resample(c, r->value, err));
    NR_TRY(nr_spearman(&e, x, y, n, err));
    put(c, "spearman", e);
    NR_TRY(nr_kendall(&e, x, y, n, err));
    put(c, "kendall tau-b", e);
    if (held > 0) NR_TRY(hold(c, err));
    put(c, "detectable (80 % power)", (nr_estimate){nr_detectable_r(n), NAN, NAN, NAN, NAN});
    return NEARER_OK;
}

static nearer_status note(nearer_report *report, const correlate *c, nr_estimate r,
                          nearer_error *err)
{
    size_t n = c->columns.n;
    NR_TRY(nr_report_add_note(report, err,
                              "over %zu rows a larger %.80s is %sassociated with a %s%.80s (r = "
                              "%.2f, 95 %% interval %.2f "
                              "to %.2f, p = %.2g); this does not show that one causes the other, "
                              "and p and intervals take rows "
                              "as independent, which neighbours seldom are",
                              n, c->x_name, r.p >= 0.05 ? "not measurably " : "",
                              r.p >= 0.05   ? "larger or smaller "
                              : r.value > 0 ? "larger "
                                            : "smaller ",
                              c->y_name, r.value, r.low, r.high, r.p));
    NR_TRY(nr_report_add_note(report, err,
                              "%zu rows show a correlation of %.2f or more with 80 %% power; a "
                              "weaker one may be there and not be seen",
                              n, ceil(100 * nr_detectable_r(n)) / 100));
    if (c->row_of != NULL)
        NR_TRY(nr_report_add_note(
            report, err,
            "joined by id: %zu rows are in both tables, %zu only in the first, %zu in the second",
            c->matched, nearer_table_rows(c->xs) - c->matched,
            nearer_table_rows(c->ys) - c->matched));
    return nr_columns_tell(report, &c->columns, err);
}

static nearer_status run(nearer_report **report, correlate *c, nearer_error *err)
{
    nr_estimate r;
    NR_TRY(want(c, err));
    NR_TRY(nr_columns_read(&c->columns, c->wanted, 2 + c->spec->given_count,
                           nearer_table_rows(c->xs), err));
    NR_TRY(compute(&r, c, err));
    NR_TRY(nr_report_new(report, err));
    nearer_table *table = c->table;
    c->table = NULL;
    NR_TRY(nr_study_put(*report, "correlation", "How two columns go together", table, err));
    return note(*report, c, r, err);
}

nearer_status nearer_ask_correlate(nearer_report **out, const nearer_table *table,
                                   const nearer_table *other, const nearer_correlation_spec *spec,
                                   nearer_error *err)
{
    correlate c = {.xs = table, .ys = other == NULL ? table : other, .spec = spec};
    nearer_report *report = NULL;
    nearer_status status = run(&report, &c, err);
    nr_free(c.row_of);
    nr_free(c.wanted);
    nr_free(c.room);
    nr_columns_clear(&c.columns);
    nearer_table_free(c.table);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
