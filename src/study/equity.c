/* How access is shared out: indexes of a column of scores, with people, incomes and groups. */
#include <math.h>
#include <string.h>

#include "access/equity.h"
#include "study/columns.h"
#include "study/study.h"

typedef struct equity {
    const nearer_table *scores, *places;
    const nearer_equity_spec *spec;
    size_t score, people, income, group; /* columns; the last three of places, NO_COLUMN: none */
    size_t *place_of;                    /* of each row of scores, its row among places */
    nr_names groups;
    double *room, *x, *weight, *incomes; /* of the rows that are taken */
    size_t *group_of;
    size_t n, no_score, unreachable, no_people, no_group;
    bool nothing; /* nobody has any of a score */
    nearer_table *table;
    const char *index; /* being computed */
    bool several;      /* scores */
} equity;

#define NO_COLUMN ((size_t)-1)

static nearer_status find_column(size_t *out, const equity *e, const char *name, nearer_error *err)
{
    *out = NO_COLUMN;
    return name == NULL ? NEARER_OK : nr_table_require(out, e->places, name, err);
}

/* Rows of the two tables are joined by id; without places the scores hold all. */
static nearer_status join(equity *e, nearer_error *err)
{
    size_t rows = nearer_table_rows(e->scores), mine, theirs;
    char number[NR_NUMBER_TEXT], where[NR_WHERE];
    nr_names ids = {0};
    e->place_of = nr_alloc(rows, sizeof *e->place_of);
    if (e->place_of == NULL) return nr_fail_memory(err);
    for (size_t row = 0; row < rows; row++) e->place_of[row] = row;
    if (e->places == e->scores) return NEARER_OK;
    const char *id = e->spec->id == NULL ? "id" : e->spec->id;
    NR_TRY(nr_table_require(&mine, e->scores, "id", err));
    NR_TRY(nr_table_require(&theirs, e->places, id, err));
    bool *taken = nr_alloc(nearer_table_rows(e->places), sizeof *taken);
    if (taken == NULL) return nr_fail_memory(err);
    nearer_status status = nr_name_rows(&ids, e->places, theirs, err);
    for (size_t row = 0; status == NEARER_OK && row < rows; row++) {
        const char *text = nr_table_cell(e->scores, row, mine, number);
        e->place_of[row] = nr_names_find(&ids, text);
        if (e->place_of[row] == NR_NO_NAME)
            status =
                nr_fail(err, NEARER_NAME, "%s: '%.80s' is none of the places of %s",
                        nr_table_where(e->scores, row, where), text, nr_table_source(e->places));
        else if (taken[e->place_of[row]])
            status = nr_fail(err, NEARER_VALUE, "%s: the place '%.80s' stands twice",
                             nr_table_where(e->scores, row, where), text);
        else
            taken[e->place_of[row]] = true;
    }
    nr_free(taken);
    nr_names_clear(&ids);
    return status;
}

static nearer_status read_group(equity *e, size_t row, nearer_error *err)
{
    char number[NR_NUMBER_TEXT];
    e->group_of[e->n] = NR_NO_GROUP;
    if (e->group == NO_COLUMN) return NEARER_OK;
    const char *name = nr_table_cell(e->places, row, e->group, number);
    if (name[0] == 0 || strcmp(name, "NA") == 0) {
        e->no_group++;
        return NEARER_OK;
    }
    e->group_of[e->n] = nr_names_add(&e->groups, name);
    return e->group_of[e->n] == NR_NO_NAME ? nr_fail_memory(err) : NEARER_OK;
}

static nearer_status read_number(double *out, const nearer_table *table, size_t row, size_t column,
                                 nearer_error *err)
{
    *out = NAN;
    return column == NO_COLUMN ? NEARER_OK : nr_column_number(out, table, row, column, err);
}

static nearer_status read_row(equity *e, size_t row, nearer_error *err)
{
    char where[NR_WHERE];
    size_t place = e->place_of[row];
    double *x = &e->x[e->n], *weight = &e->weight[e->n];
    NR_TRY(read_number(x, e->scores, row, e->score, err));
    NR_TRY(read_number(weight, e->places, place, e->people, err));
    NR_TRY(read_number(&e->incomes[e->n], e->places, place, e->income, err));
    if (e->people == NO_COLUMN) *weight = 1;
    if (*x < 0)
        return nr_fail(err, NEARER_VALUE, "%s: %g, a number of 0 or more was expected",
                       nr_table_where(e->scores, row, where), *x);
    double people = *weight, income = e->incomes[e->n];
    if (people < 0 || isinf(people) || isinf(income))
        return nr_fail(err, NEARER_VALUE, "%s: %s %g, a number%s was expected",
                       nr_table_where(e->places, place, where), isinf(income) ? "income" : "people",
                       isinf(income) ? income : people, isinf(income) ? "" : " of 0 or more");
    if (isnan(*x) || isinf(*x)) {
        e->no_score += isnan(*x) ? 1 : 0;
        e->unreachable += isinf(*x) ? 1 : 0;
    } else if (!(*weight > 0)) {
        e->no_people++;
    } else {
        NR_TRY(read_group(e, place, err));
        e->n++;
    }
    return NEARER_OK;
}

static nearer_status take_figure(void *context, const char *component, double value)
{
    equity *e = context;
    if (e->several)
        nr_table_put(e->table, nearer_table_column_name(e->scores, e->score), e->index, component,
                     value);
    else
        nr_table_put(e->table, e->index, component, value);
    return NEARER_OK;
}

/* The rows whose income is known. */
static void keep_incomes(nr_equity_input *in, equity *e)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n; i++) {
        if (isnan(e->incomes[i])) continue;
        e->x[n] = e->x[i];
        e->weight[n] = e->weight[i];
        e->group_of[n] = e->group_of[i];
        e->incomes[n++] = e->incomes[i];
    }
    in->sample.n = n;
}

static nearer_status compute(equity *e, const nr_index *index, nearer_error *err)
{
    const nearer_equity_spec *spec = e->spec;
    nr_equity_input in = {.sample = {e->x, e->weight, e->n},
                          .income = e->incomes,
                          .group = e->group == NO_COLUMN ? NULL : e->group_of,
                          .groups = e->groups.count,
                          .group_names = (const char *const *)e->groups.texts,
                          .line = spec->line,
                          .epsilon = spec->epsilon == 0 ? 0.5 : spec->epsilon,
                          .r_convention = spec->r_convention};
    if (index->needs_income) keep_incomes(&in, e);
    if (in.sample.n == 0)
        return nr_fail(err, NEARER_NODATA, "index '%s': no row has all that it needs", index->id);
    e->index = index->id;
    if (!(nr_sample_mean(&in.sample) > 0)) e->nothing = true;
    return index->compute(&in, take_figure, e, err);
}

static nearer_status check_index(const equity *e, const nr_index *index, nearer_error *err)
{
    if (index->needs_income && e->income == NO_COLUMN)
        return nr_fail(err, NEARER_USAGE, "index '%s' needs an income", index->id);
    if (index->needs_line && !(e->spec->line > 0))
        return nr_fail(err, NEARER_USAGE, "index '%s' needs a line above 0", index->id);
    return NEARER_OK;
}

/* Rows are read anew for each index: those without income are left out of some. */
static nearer_status run_index(equity *e, const nr_index *index, nearer_error *err)
{
    e->n = e->no_score = e->unreachable = e->no_people = e->no_group = 0;
    for (size_t row = 0; row < nearer_table_rows(e->scores); row++) NR_TRY(read_row(e, row, err));
    return compute(e, index, err);
}

static nearer_status run_score(equity *e, const char *name, nearer_error *err)
{
    const nearer_equity_spec *spec = e->spec;
    NR_TRY(nr_table_require(&e->score, e->scores, name, err));
    for (size_t k = 0; k < spec->index_count; k++) {
        const nr_index *index;
        NR_TRY(nr_index_find(&index, spec->indexes[k], err));
        NR_TRY(check_index(e, index, err));
        NR_TRY(run_index(e, index, err));
    }
    for (size_t k = 0; spec->index_count == 0 && nr_indexes[k] != NULL; k++) {
        const nr_index *index = nr_indexes[k];
        nearer_error ignored;
        if (index == &nr_index_lorenz || check_index(e, index, &ignored) != NEARER_OK) continue;
        NR_TRY(run_index(e, index, err));
    }
    return NEARER_OK;
}

static nearer_status run(equity *e, nearer_error *err)
{
    const nearer_equity_spec *spec = e->spec;
    size_t rows = nearer_table_rows(e->scores);
    NR_TRY(find_column(&e->people, e, spec->population, err));
    NR_TRY(find_column(&e->income, e, spec->income, err));
    NR_TRY(find_column(&e->group, e, spec->group, err));
    NR_TRY(join(e, err));
    e->room = nr_alloc(3 * rows, sizeof *e->room);
    e->group_of = nr_alloc(rows, sizeof *e->group_of);
    if (e->room == NULL || e->group_of == NULL) return nr_fail_memory(err);
    e->x = e->room;
    e->weight = e->x + rows;
    e->incomes = e->weight + rows;
    NR_TRY(nr_table_new(&e->table, NULL, NULL, err));
    e->several = spec->score_count > 1;
    if (e->several) nr_table_add_column(e->table, "score", NR_TEXT_COLUMN);
    nr_table_add_column(e->table, "index", NR_TEXT_COLUMN);
    nr_table_add_column(e->table, "component", NR_TEXT_COLUMN);
    nr_table_add_column(e->table, "value", 4);
    for (size_t k = 0; k < spec->score_count; k++) NR_TRY(run_score(e, spec->scores[k], err));
    return NEARER_OK;
}

static nearer_status tell(nearer_report **out, equity *e, nearer_error *err)
{
    NR_TRY(nr_report_new(out, err));
    nearer_table *table = e->table;
    e->table = NULL;
    NR_TRY(nr_study_put(*out, "equity", "How access is shared out", table, err));
    if (e->no_score + e->unreachable > 0)
        NR_TRY(nr_report_add_note(*out, err,
                                  "rows left out: %zu without a score, %zu unreachable (inf)",
                                  e->no_score, e->unreachable));
    if (e->no_group > 0)
        NR_TRY(nr_report_add_note(
            *out, err, "rows without a group, left out of the parts of Theil's indexes: %zu",
            e->no_group));
    if (e->nothing)
        NR_TRY(nr_report_add_note(*out, err, "nobody has any: there is nothing to share out"));
    if (e->no_people > 0)
        NR_TRY(
            nr_report_add_note(*out, err, "rows left out for want of people: %zu", e->no_people));
    return NEARER_OK;
}

nearer_status nearer_ask_equity(nearer_report **out, const nearer_table *scores,
                                const nearer_table *places, const nearer_equity_spec *spec,
                                nearer_error *err)
{
    equity e = {.scores = scores, .places = places == NULL ? scores : places, .spec = spec};
    nearer_report *report = NULL;
    if (spec->score_count == 0) return nr_fail(err, NEARER_USAGE, "no column of scores is named");
    nearer_status status = run(&e, err);
    if (status == NEARER_OK) status = tell(&report, &e, err);
    nearer_table_free(e.table);
    nr_free(e.place_of);
    nr_free(e.room);
    nr_free(e.group_of);
    nr_names_clear(&e.groups);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
