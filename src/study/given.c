/* A study of travel times that another program computed: places and a matrix, no network. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"
#include "formats/format.h"
#include "study/study.h"

typedef struct filler {
    const nearer_network *network;
    const nearer_table *table;
    const nearer_given_times *given;
    double *minutes, *own;
    size_t from, to, value;     /* columns */
    ptrdiff_t cost;             /* the same; -1: none */
    bool numbered;              /* places are given by their row, from 1 */
    bool wide;                  /* a row and a column a place */
    size_t strangers;           /* rows, and columns of a wide table, that name no place */
    char first[NR_WHERE + 120]; /* of them */
    nearer_error *err;
} filler;

/* Words that other programs write for a number that is not there. */
static bool is_missing(const char *text)
{
    static const char *const words[] = {"", "NA", "NaN", "null", "None"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nr_same_word(text, words[i])) return true;
    return false;
}

static nearer_status read_minutes(double *out, const filler *f, size_t row, size_t column,
                                  size_t from, size_t to)
{
    const nr_place *places = f->network->places;
    char where[NR_WHERE];
    const char *text = nearer_table_text(f->table, row, column);
    *out = NAN;
    if (text != NULL && is_missing(text)) return NEARER_OK;
    NR_TRY(nr_table_read_number(out, f->table, row, column, f->err));
    *out *= f->given->minutes_per_unit;
    if (*out < 0)
        return nr_fail(
            f->err, NEARER_VALUE, "%s: %s from %s to %s is %g, a time of 0 or more was expected",
            nr_table_where(f->table, row, where), nearer_table_column_name(f->table, column),
            places[from].id, places[to].id, *out / f->given->minutes_per_unit);
    return NEARER_OK;
}

/* The place a cell names; NR_NO_NAME when it is none of the study. */
static nearer_status read_place(size_t *out, const filler *f, size_t row, size_t column)
{
    char where[NR_WHERE], number[NR_NUMBER_TEXT];
    size_t n = f->network->place_count;
    if (!f->numbered) {
        const char *id = nr_table_cell(f->table, row, column, number);
        *out = nr_names_find(&f->network->node_ids, id);
        return NEARER_OK;
    }
    double index = nearer_table_number(f->table, row, column);
    if (!(index >= 1 && index <= (double)n && index == floor(index)))
        return nr_fail(f->err, NEARER_VALUE,
                       "%s: %s is %g; the places are %zu, and a matrix without ids must have as "
                       "many rows and columns, in their order",
                       nr_table_where(f->table, row, where),
                       nearer_table_column_name(f->table, column), index, n);
    *out = (size_t)index - 1;
    return NEARER_OK;
}

/* Places of the times that are none of the study are left out, and told. */
static void count_stranger(filler *f, size_t row, const char *id)
{
    char where[NR_WHERE];
    if (f->strangers++ > 0) return;
    if (row == nearer_table_rows(f->table)) /* the name of a column */
        snprintf(f->first, sizeof f->first, "column '%.100s'", id);
    else
        snprintf(f->first, sizeof f->first, "'%.100s', %s", id,
                 nr_table_where(f->table, row, where));
}

static nearer_status set_pair(const filler *f, size_t row, size_t i, size_t j, double minutes)
{
    char where[NR_WHERE];
    double *cell = &f->minutes[i * f->network->place_count + j];
    if (f->cost >= 0) { /* the fastest of those that are cheap enough */
        *cell = fmin(*cell, minutes);
        return NEARER_OK;
    }
    if (!isnan(*cell))
        return nr_fail(f->err, NEARER_VALUE, "%s: the pair %s, %s stands twice",
                       nr_table_where(f->table, row, where), f->network->places[i].id,
                       f->network->places[j].id);
    *cell = minutes;
    return NEARER_OK;
}

/* The row is within what may be paid; one whose cost is not known is not. */
static nearer_status is_cheap(bool *out, const filler *f, size_t row)
{
    double cost;
    *out = true;
    if (f->cost < 0) return NEARER_OK;
    NR_TRY(nr_table_read_number(&cost, f->table, row, (size_t)f->cost, f->err));
    *out = cost <= f->given->max_cost;
    return NEARER_OK;
}

static nearer_status fill_long(filler *f, size_t *matched)
{
    char number[NR_NUMBER_TEXT];
    bool cheap;
    for (size_t row = 0; row < nearer_table_rows(f->table); row++) {
        size_t from, to;
        double minutes;
        NR_TRY(read_place(&from, f, row, f->from));
        NR_TRY(read_place(&to, f, row, f->to));
        if (from == NR_NO_NAME || to == NR_NO_NAME) {
            size_t column = from == NR_NO_NAME ? f->from : f->to;
            count_stranger(f, row, nr_table_cell(f->table, row, column, number));
            continue;
        }
        ++*matched;
        NR_TRY(read_minutes(&minutes, f, row, f->value, from, to));
        NR_TRY(is_cheap(&cheap, f, row));
        if (!isnan(minutes) && cheap) NR_TRY(set_pair(f, row, from, to, minutes));
    }
    return NEARER_OK;
}

/* The first column names the places travelled from, the names of the others those travelled to. */
static nearer_status fill_wide(filler *f, size_t *matched)
{
    char number[NR_NUMBER_TEXT];
    size_t rows = nearer_table_rows(f->table);
    for (size_t c = 1; c < nearer_table_columns(f->table); c++) {
        const char *id = nearer_table_column_name(f->table, c);
        if (nr_names_find(&f->network->node_ids, id) == NR_NO_NAME) count_stranger(f, rows, id);
    }
    for (size_t row = 0; row < rows; row++) {
        size_t from;
        NR_TRY(read_place(&from, f, row, 0));
        if (from == NR_NO_NAME) count_stranger(f, row, nr_table_cell(f->table, row, 0, number));
        for (size_t c = 1; c < nearer_table_columns(f->table); c++) {
            const char *id = nearer_table_column_name(f->table, c);
            size_t to = nr_names_find(&f->network->node_ids, id);
            double minutes;
            if (from == NR_NO_NAME || to == NR_NO_NAME) continue;
            ++*matched;
            NR_TRY(read_minutes(&minutes, f, row, c, from, to));
            if (!isnan(minutes)) NR_TRY(set_pair(f, row, from, to, minutes));
        }
    }
    return NEARER_OK;
}

static const char *known_column(const void *table, size_t i)
{
    return i < nearer_table_columns(table) ? nearer_table_column_name(table, i) : NULL;
}

/* By name, else one of the usual names, else the only column beside the places. */
static nearer_status find_value(filler *f)
{
    static const char *const usual[] = {"travel_time", "travel_time_p50", "time_min", "minutes",
                                        "value"};
    const char *name = f->given->column;
    ptrdiff_t found = -1;
    if (name != NULL) return nr_table_require(&f->value, f->table, name, f->err);
    for (size_t i = 0; i < 5 && found < 0; i++) found = nearer_table_find(f->table, usual[i]);
    if (found < 0 && nearer_table_columns(f->table) == 3)
        found = (ptrdiff_t)(3 - f->from - f->to); /* of 0, 1 and 2 */
    if (found < 0)
        return nr_fail_unknown(f->err, "travel_time", known_column, f->table,
                               "%s: no column is named as one that holds times",
                               nr_table_source(f->table));
    f->value = (size_t)found;
    return NEARER_OK;
}

/* A matrix without ids is of all the places, in their order. */
static nearer_status check_shape(const filler *f)
{
    size_t rows, columns, n = f->network->place_count;
    nr_table_shape(f->table, &rows, &columns);
    if ((rows == n && columns == n) || (rows == 0 && columns == 0)) return NEARER_OK;
    return nr_fail(f->err, NEARER_VALUE,
                   "%s: it has %zu rows and %zu columns; the places are %zu, and a matrix without "
                   "ids must have as many of both, in their order",
                   nr_table_source(f->table), rows, columns, n);
}

static nearer_status fill(filler *f)
{
    static const char *const pairs[][2] = {
        {"from_id", "to_id"}, {"from_row", "to_row"}, {"from", "to"}, {"origin", "destination"}};
    size_t matched = 0, n = f->network->place_count;
    bool found = false;
    for (size_t i = 0; i < 4 && !found; i++) {
        ptrdiff_t from = nearer_table_find(f->table, pairs[i][0]);
        ptrdiff_t to = nearer_table_find(f->table, pairs[i][1]);
        found = from >= 0 && to >= 0;
        f->from = found ? (size_t)from : 0;
        f->to = found ? (size_t)to : 0;
        f->numbered = found && i == 1;
    }
    if (f->given->from != NULL || f->given->to != NULL) { /* by name */
        const char *from = f->given->from, *to = f->given->to;
        NR_TRY(nr_table_require(&f->from, f->table, from == NULL ? "from_id" : from, f->err));
        NR_TRY(nr_table_require(&f->to, f->table, to == NULL ? "to_id" : to, f->err));
        found = true;
        f->numbered = false;
    }
    f->wide = !found;
    NR_TRY(check_shape(f));
    if (found) NR_TRY(find_value(f));
    f->cost = -1;
    if (f->given->cost != NULL) {
        size_t column = 0;
        NR_TRY(nr_table_require(&column, f->table, f->given->cost, f->err));
        f->cost = (ptrdiff_t)column;
    }
    NR_TRY(found ? fill_long(f, &matched) : fill_wide(f, &matched));
    if (matched == 0)
        return nr_fail(f->err, NEARER_NAME,
                       "%s: no row names two places of %s; columns from_id, to_id and travel_time, "
                       "or a row and a column a place, were expected",
                       nr_table_source(f->table), f->given->places);
    for (size_t i = 0; i < n; i++) {
        double own = f->minutes[i * n + i];
        f->own[i] = isinf(own) ? (double)NAN : own;
        f->minutes[i * n + i] = 0;
    }
    for (size_t k = 0; k < n * n; k++)
        if (isnan(f->minutes[k])) f->minutes[k] = INFINITY;
    return NEARER_OK;
}

static nearer_status keep_note(nearer_study *study, const filler *f, const char *path, int which)
{
    char note[NR_WHERE + 600];
    snprintf(note, sizeof note,
             "%.150s: %s of places that are not in %.150s, left out: %zu (first %s)", path,
             f->wide ? "rows and columns" : "rows", f->given->places, f->strangers, f->first);
    study->given_notes[which] = nr_arena_text(&study->spec.arena, note);
    return study->given_notes[which] == NULL ? nr_fail_memory(f->err) : NEARER_OK;
}

nearer_status nr_study_tell_given(nearer_report *report, const nearer_study *study,
                                  nearer_error *err)
{
    for (int i = 0; i < 2; i++)
        if (study->given_notes[i] != NULL)
            NR_TRY(nr_report_add_note(report, err, "%s", study->given_notes[i]));
    return NEARER_OK;
}

/* `which`: 0 the times before, 1 those after. */
static nearer_status read_matrix(nearer_study *study, const nearer_given_times *given, int which,
                                 nearer_error *err)
{
    nearer_table *table = NULL;
    const nearer_network *network = study->network;
    const char *path = which == 0 ? given->before : given->times;
    size_t n = network->place_count;
    NR_TRY(nearer_table_read(&table, path, &given->how, err));
    double *minutes = nr_alloc(n, n * sizeof *minutes), *own = nr_alloc(n, sizeof *own);
    for (size_t k = 0; minutes != NULL && k < n * n; k++) minutes[k] = NAN;
    filler f = {.network = network,
                .table = table,
                .given = given,
                .minutes = minutes,
                .own = own,
                .err = err};
    nearer_status status = minutes == NULL || own == NULL ? nr_fail_memory(err) : fill(&f);
    nearer_table_free(table);
    if (status == NEARER_OK && f.strangers > 0) status = keep_note(study, &f, path, which);
    study->network->given[which] = minutes; /* freed with the network */
    study->network->given_own[which] = own;
    return status;
}

/* ---- columns of the places table as masses and groups ---- */

/* A column with some numbers is a mass, one with some texts a group; one with both is both, and as
 * a mass it says where it is none. Words for a missing number are none of these. */
typedef struct column_kind {
    bool numbers, texts;
    size_t bad; /* the first row that is no number of 0 or more, from 1; 0: none */
} column_kind;

static column_kind kind_of(const nearer_table *table, size_t column)
{
    column_kind kind = {false, false, 0};
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        const char *text = nearer_table_text(table, row, column);
        double value = text == NULL ? nearer_table_number(table, row, column) : NAN;
        if (text != NULL && (text[0] == 0 || is_missing(text))) continue;
        bool number = text == NULL || nr_parse_number(text, &value);
        if (text == NULL && isnan(value)) continue;
        kind.numbers = kind.numbers || number;
        kind.texts = kind.texts || !number;
        if (kind.bad == 0 && (!number || value < 0 || isinf(value))) kind.bad = row + 1;
    }
    return kind;
}

static nearer_status name_columns(nr_study_spec *spec, const nearer_table *places, const char *path,
                                  const char *id, nearer_error *err)
{
    size_t n = nearer_table_columns(places);
    spec->masses = nr_arena_alloc(&spec->arena, n, sizeof *spec->masses);
    spec->groups = nr_arena_alloc(&spec->arena, n, sizeof *spec->groups);
    spec->path = nr_arena_text(&spec->arena, path);
    if (spec->masses == NULL || spec->groups == NULL || spec->path == NULL)
        return nr_fail_memory(err);
    for (size_t c = 0; c < n; c++) {
        const char *const own[] = {id, "name", "lon_deg", "lat_deg"};
        const char *name = nr_arena_text(&spec->arena, nearer_table_column_name(places, c));
        bool is_own = false;
        if (name == NULL) return nr_fail_memory(err);
        for (size_t i = 0; i < 4; i++) is_own = is_own || strcmp(own[i], name) == 0;
        if (is_own) continue;
        column_kind kind = kind_of(places, c);
        if (kind.numbers)
            spec->masses[spec->mass_count++] = (nr_mass_spec){name, path, id, name, name, {0}};
        if (kind.texts || !kind.numbers)
            spec->groups[spec->group_count++] = (nr_group_spec){name, name};
    }
    return NEARER_OK;
}

/* A missing one is NAN; what is no number is told when the mass is asked for. */
static double number_or_nan(const nearer_table *table, size_t row, size_t column)
{
    double value = NAN;
    const char *text = nearer_table_text(table, row, column);
    if (text == NULL) return nearer_table_number(table, row, column);
    return nr_parse_number(text, &value) ? value : (double)NAN;
}

static nearer_status copy_masses(nearer_study *study, nearer_error *err)
{
    size_t n = study->network->place_count;
    study->masses = nr_alloc(study->spec.mass_count, sizeof *study->masses);
    study->ones = nr_alloc(n, sizeof *study->ones);
    if (study->masses == NULL || study->ones == NULL) return nr_fail_memory(err);
    for (size_t p = 0; p < n; p++) study->ones[p] = 1;
    for (size_t m = 0; m < study->spec.mass_count; m++) {
        nr_mass *mass = &study->masses[m];
        size_t column = (size_t)nearer_table_find(study->places, study->spec.masses[m].column);
        mass->spec = &study->spec.masses[m];
        mass->bad_row = kind_of(study->places, column).bad;
        mass->values = nr_alloc(n, sizeof *mass->values);
        if (mass->values == NULL) return nr_fail_memory(err);
        for (size_t p = 0; p < n; p++)
            mass->values[p] = number_or_nan(study->places, study->network->places[p].row, column);
    }
    return NEARER_OK;
}

/* A growth series of two masses. */
static nearer_status name_growth(nearer_study *study, const nearer_given_times *given,
                                 nearer_error *err)
{
    const double *values;
    nr_growth_spec *growth = &study->spec.growth;
    const char *const names[] = {given->growth_from, given->growth_to, given->initial_income};
    const char **const keys[] = {&growth->from, &growth->to, &growth->initial_income};
    for (size_t i = 0; i < 3; i++) {
        if (names[i] == NULL) continue;
        NR_TRY(nr_study_mass(&values, study, names[i], err));
        *keys[i] = nr_arena_text(&study->spec.arena, names[i]);
        if (*keys[i] == NULL) return nr_fail_memory(err);
    }
    if ((growth->from == NULL) != (growth->to == NULL) ||
        (growth->from != NULL && !(given->growth_years > 0)))
        return nr_fail(err, NEARER_USAGE,
                       "a growth series needs two columns and the years between them, above 0");
    growth->years = given->growth_years;
    return NEARER_OK;
}

static nearer_status make(nearer_study *study, const nearer_given_times *given, nearer_error *err)
{
    nr_study_spec *spec = &study->spec;
    const nearer_reading how = {.encoding = given->how.encoding};
    NR_TRY(nearer_table_read(&study->places, given->places, &how, err));
    const nearer_table *places = study->places;
    memcpy(spec->modes, nr_modes, sizeof spec->modes);
    const char *id = nr_arena_text(&spec->arena, given->id == NULL ? "id" : given->id);
    if (id == NULL) return nr_fail_memory(err);
    spec->places = (nr_places_spec){.id = id};
    if (nearer_table_find(places, "name") >= 0) spec->places.name = "name";
    if (nearer_table_find(places, "lon_deg") >= 0 && nearer_table_find(places, "lat_deg") >= 0) {
        spec->places.lon = "lon_deg";
        spec->places.lat = "lat_deg";
    }
    spec->from = NR_GIVEN_BEFORE;
    spec->to = NR_GIVEN_AFTER;
    NR_TRY(name_columns(spec, places, given->places, id, err));
    study->network = nr_alloc(1, sizeof *study->network);
    if (study->network == NULL) return nr_fail_memory(err);
    NR_TRY(nr_network_add_places(study->network, spec, places, err));
    NR_TRY(copy_masses(study, err));
    NR_TRY(read_matrix(study, given, 1, err));
    if (given->before != NULL) NR_TRY(read_matrix(study, given, 0, err));
    return name_growth(study, given, err);
}

nearer_status nearer_study_of_times(nearer_study **out, const nearer_given_times *given,
                                    nearer_error *err)
{
    nearer_study *study = nr_alloc(1, sizeof *study);
    if (study == NULL) return nr_fail_memory(err);
    nearer_status status = make(study, given, err);
    if (status == NEARER_OK)
        *out = study;
    else
        nearer_study_free(study);
    return status;
}
