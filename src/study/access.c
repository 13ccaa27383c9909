/* Scores and rank of every place. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/measures.h"
#include "study/scores.h"
#include "graph/times.h"

typedef struct assessment {
    const nearer_study *study;
    nr_asked m;
    size_t columns;              /* of all measures */
    double *scores;              /* of each column, n */
    double *ranks, *reached_pct; /* by the first */
    double *own_pct;             /* of the first; NULL unless own masses count in it */
    double *reached_places;
    size_t *order;
} assessment;

static void clear(assessment *a)
{
    nr_asked_clear(&a->m);
    nr_free(a->scores);
    nr_free(a->order);
}

static nearer_status make_room(assessment *a, nearer_error *err)
{
    for (size_t k = 0; k < a->m.count; k++)
        a->columns += nr_measure_columns(a->m.measures[k], &a->m.inputs[k]);
    a->scores = nr_alloc(a->columns + 4, a->m.n * sizeof *a->scores);
    a->order = nr_alloc(a->m.n, sizeof *a->order);
    if (a->scores == NULL || a->order == NULL) return nr_fail_memory(err);
    a->ranks = a->scores + a->columns * a->m.n;
    a->reached_pct = a->ranks + a->m.n;
    a->reached_places = a->reached_pct + 2 * a->m.n; /* own_pct lies between */
    return NEARER_OK;
}

static bool own_counts(const nr_asked *m)
{
    bool counts = false;
    for (size_t i = 0; i < m->n; i++) counts = counts || !isnan(m->inputs->own[i]);
    return counts && m->measures[0]->adds && !nr_measure_is_whole(m->measures[0], m->inputs);
}

static void read_scores(assessment *a, const nr_scoring *scoring)
{
    size_t n = a->m.n;
    double *out = a->scores;
    for (size_t k = 0; k < a->m.count; k++)
        for (size_t c = 0; c < nr_measure_columns(a->m.measures[k], &a->m.inputs[k]); c++, out += n)
            nr_scoring_read(out, scoring, k, c);
    if (!own_counts(&a->m)) return;
    a->own_pct = a->reached_pct + n;
    for (size_t i = 0; i < n; i++) a->own_pct[i] = 100 * scoring->own_share[i];
}

/* A place that reaches nothing has no score, in place of a 0. */
static void empty_unreached(assessment *a)
{
    for (size_t c = 0; c < a->columns; c++)
        for (size_t i = 0; i < a->m.n; i++)
            if (a->reached_places[i] == 0) a->scores[c * a->m.n + i] = NAN;
}

static nearer_status score(assessment *a, const nearer_query *query, nearer_error *err)
{
    nr_scoring scoring;
    const nr_reached reached = {a->m.masses[0], a->reached_pct, a->reached_places};
    nearer_status status = nr_scoring_init(&scoring, a->m.measures, a->m.inputs, a->m.count, err);
    if (status == NEARER_OK)
        status = nr_scores_run(&scoring, &reached, a->study, query, a->m.specs->to, err);
    if (status == NEARER_OK) read_scores(a, &scoring);
    if (status == NEARER_OK && a->m.specs->empty_unreached) empty_unreached(a);
    nr_scoring_clear(&scoring);
    NR_TRY(status);
    NR_TRY(nr_rank(a->ranks, a->scores, a->m.n, a->m.measures[0]->low_is_good, err));
    return nr_rank_order(a->order, a->ranks, a->m.n, err);
}

/* ---- tables ---- */

/* What tells a measure from the others that are asked for. */
static void add_difference(char *name, size_t room, const assessment *a, size_t k)
{
    const nearer_measure_spec *spec = &a->m.specs[k];
    bool cutoffs = false, masses = false;
    char number[NR_NUMBER_TEXT];
    for (size_t other = 0; other < a->m.count; other++) {
        const nearer_measure_spec *o = &a->m.specs[other];
        if (a->m.measures[other] != a->m.measures[k]) continue;
        cutoffs = cutoffs || (!isnan(spec->cutoff_min) && o->cutoff_min != spec->cutoff_min);
        masses =
            masses || (o->mass != spec->mass && strcmp(o->mass == NULL ? "" : o->mass,
                                                       spec->mass == NULL ? "" : spec->mass) != 0);
    }
    size_t n = strlen(name);
    if (cutoffs)
        n +=
            (size_t)snprintf(name + n, room - n, "_%s", nr_format_number(spec->cutoff_min, number));
    if (masses && n < room)
        snprintf(name + n, room - n, "_%.60s", spec->mass == NULL ? "one" : spec->mass);
}

static void add_score_columns(nearer_table *table, const assessment *a, size_t k)
{
    const nr_measure *measure = a->m.measures[k];
    const nr_measure_input *input = &a->m.inputs[k];
    char unit[64], name[300], word[64];
    bool in_demand = measure->in_demand != NULL && measure->in_demand(input);
    nr_study_unit(unit, a->study, measure, in_demand ? a->m.specs[k].demand : a->m.specs[k].mass);
    for (size_t c = 0; c < nr_measure_columns(measure, input); c++) {
        snprintf(name, sizeof name, "%s", measure->id);
        add_difference(name, sizeof name, a, k);
        size_t n = strlen(name);
        const char *last = strrchr(name, '_');
        if (measure->column != NULL)
            n +=
                (size_t)snprintf(name + n, sizeof name - n, "_%s", measure->column(word, input, c));
        if (last == NULL || strcmp(last + 1, unit) != 0)
            snprintf(name + n, sizeof name - n, "_%s", unit);
        nr_table_add_column(table, name, measure->decimals);
    }
}

static void add_columns(nearer_table *table, const assessment *a)
{
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    for (size_t k = 0; k < a->m.count; k++) add_score_columns(table, a, k);
    nr_table_add_column(table, "rank", 0);
    if (a->own_pct != NULL) nr_table_add_column(table, "own_mass_pct", 1);
    nr_table_add_column(table, "reached_mass_pct", 1);
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
}

static nearer_status access_table(nearer_table **out, const assessment *a, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    add_columns(table, a);
    for (size_t k = 0; k < a->m.n; k++) {
        size_t i = a->order[k], row = nr_table_add_row(table, 0), column = 0;
        const nr_place *place = &a->study->network->places[i];
        nr_table_set_text(table, row, column++, place->id, strlen(place->id));
        nr_table_set_text(table, row, column++, place->name, strlen(place->name));
        for (size_t c = 0; c < a->columns; c++)
            nr_table_set_number(table, row, column++, a->scores[c * a->m.n + i]);
        nr_table_set_number(table, row, column++, a->ranks[i]);
        if (a->own_pct != NULL) nr_table_set_number(table, row, column++, a->own_pct[i]);
        const double last[] = {a->reached_pct[i], place->at.lon, place->at.lat};
        for (size_t c = 0; c < 3; c++) nr_table_set_number(table, row, column++, last[c]);
    }
    return nr_table_finish(out, table, err);
}

/* The matrices behind the scores of the first measure, as a long table. */
static nearer_status detail_table(nearer_table **out, const assessment *a,
                                  const nr_minutes *minutes, double *values, nearer_error *err)
{
    const nr_detail *detail = a->m.measures[0]->detail;
    const nr_place *places = a->study->network->places;
    size_t n = a->m.n, columns = 0;
    nearer_table *table = NULL;
    NR_TRY(detail->fill(values, a->m.inputs, minutes, err));
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    for (; detail->columns[columns] != NULL; columns++)
        nr_table_add_column(table, detail->columns[columns], 3);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (!isfinite(nr_minutes_at(minutes, i, j))) continue;
            size_t row = nr_table_add_row(table, 0);
            nr_table_set_text(table, row, 0, places[i].id, strlen(places[i].id));
            nr_table_set_text(table, row, 1, places[j].id, strlen(places[j].id));
            for (size_t c = 0; c < columns; c++)
                nr_table_set_number(table, row, 2 + c, values[c * n * n + i * n + j]);
        }
    return nr_table_finish(out, table, err);
}

static nearer_status put_detail(nearer_report *report, const assessment *a,
                                const nearer_query *query, nearer_error *err)
{
    const nr_measure *measure = a->m.measures[0];
    size_t columns = 0, n = a->m.n;
    if (measure->detail == NULL)
        return nr_fail(err, NEARER_USAGE, "measure '%s' has no pairs behind it", measure->id);
    while (measure->detail->columns[columns] != NULL) columns++;
    nearer_times *times = NULL;
    nearer_table *table = NULL;
    NR_TRY(nearer_times_compute(&times, a->study->network, query, err));
    const nr_minutes minutes = {nr_times_matrix(times), a->m.inputs->own, n, a->m.inputs->to};
    double *values = nr_alloc(columns * n, n * sizeof *values);
    nearer_status status = values == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = detail_table(&table, a, &minutes, values, err);
    nr_free(values);
    nearer_times_free(times);
    NR_TRY(status);
    return nr_report_add_table(report, "pairs", "The pairs behind it", table, err);
}

static nearer_status note_demand(nearer_report *report, const assessment *a, nearer_error *err)
{
    const double *demand;
    size_t missing = 0;
    if (a->m.specs->demand == NULL) return NEARER_OK;
    NR_TRY(nr_study_mass(&demand, a->study, a->m.specs->demand, err));
    for (size_t i = 0; i < a->m.n; i++) missing += isnan(demand[i]) ? 1 : 0;
    if (missing == 0) return NEARER_OK;
    return nr_report_add_note(report, err, "places without a demand, which ask for nothing: %zu",
                              missing);
}

static nearer_status note_missing(nearer_report *report, const assessment *a, nearer_error *err)
{
    size_t missing = 0, cut_off = 0;
    for (size_t i = 0; i < a->m.n; i++) {
        missing += isnan(a->m.masses[0][i]) ? 1 : 0;
        cut_off += isinf(a->scores[i]) ? 1 : 0;
    }
    if (missing > 0)
        NR_TRY(nr_report_add_note(report, err,
                                  "places without a mass, which do not count as destinations: %zu",
                                  missing));
    NR_TRY(note_demand(report, a, err));
    if (cut_off > 0 && !a->m.measures[0]->low_is_good)
        return nr_report_add_note(
            report, err, "places with others no time away (score inf, no rank): %zu", cut_off);
    if (cut_off == 0) return NEARER_OK;
    return nr_report_add_note(report, err, "places that %s (score inf, no rank): %zu",
                              a->m.measures[0] == &nr_measure_mean_time
                                  ? "do not reach all that others reach"
                                  : "reach too little for it",
                              cut_off);
}

static nearer_status put_scores(nearer_report *report, const assessment *a,
                                const nearer_query *query, bool detailed, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(access_table(&table, a, err));
    NR_TRY(nr_report_add_table(report, "access", a->m.measures[0]->title, table, err));
    if (detailed) NR_TRY(put_detail(report, a, query, err));
    NR_TRY(note_missing(report, a, err));
    return nr_study_tell_given(report, a->study, err);
}

nearer_status nearer_ask_access(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_measure_spec *specs,
                                size_t count, bool detailed, nearer_error *err)
{
    assessment a = {.study = study};
    nearer_report *report = NULL;
    if (count == 0) return nr_fail(err, NEARER_USAGE, "no measure is asked for");
    for (size_t k = 1; k < count; k++)
        if (specs[k].to != specs[0].to)
            return nr_fail(err, NEARER_USAGE, "measures at once must look in one direction");
    nearer_status status = nr_asked_init(&a.m, study, query, specs, count, err);
    if (status == NEARER_OK) status = make_room(&a, err);
    if (status == NEARER_OK) status = score(&a, query, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_scores(report, &a, query, detailed, err);
    clear(&a);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
