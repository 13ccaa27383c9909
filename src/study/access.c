/* Scores and rank of every place. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/scores.h"

typedef struct assessment {
    const nearer_study *study;
    const nearer_measure_spec *specs;
    size_t count, n;             /* scores, places */
    const nr_measure **measures; /* of each spec */
    nr_measure_input *inputs;
    const double **masses;       /* as the study has them */
    double *room;                /* what the inputs point to: mass and own minutes of each */
    double *scores;              /* of each, n */
    double *ranks, *reached_pct; /* of the first */
    size_t *order;
} assessment;

static void clear(assessment *a)
{
    nr_free(a->measures);
    nr_free(a->inputs);
    nr_free(a->masses);
    nr_free(a->room);
    nr_free(a->scores);
    nr_free(a->order);
}

static nearer_status make_room(assessment *a, nearer_error *err)
{
    a->measures = nr_alloc(a->count, sizeof *a->measures);
    a->inputs = nr_alloc(a->count, sizeof *a->inputs);
    a->masses = nr_alloc(a->count, sizeof *a->masses);
    a->room = nr_alloc(2 * a->count, a->n * sizeof *a->room);
    a->scores = nr_alloc(a->count + 2, a->n * sizeof *a->scores);
    a->order = nr_alloc(a->n, sizeof *a->order);
    if (a->measures == NULL || a->inputs == NULL || a->masses == NULL || a->room == NULL ||
        a->scores == NULL || a->order == NULL)
        return nr_fail_memory(err);
    a->ranks = a->scores + a->count * a->n;
    a->reached_pct = a->ranks + a->n;
    return NEARER_OK;
}

static nearer_status prepare(assessment *a, size_t k, nearer_error *err)
{
    const nearer_measure_spec *spec = &a->specs[k];
    double *mass = a->room + 2 * k * a->n, *own = mass + a->n;
    NR_TRY(nr_measure_prepare(&a->measures[k], &a->inputs[k], spec, err));
    NR_TRY(nr_study_mass(&a->masses[k], a->study, spec->mass, err));
    for (size_t i = 0; i < a->n; i++) {
        mass[i] = isnan(a->masses[k][i]) ? 0 : a->masses[k][i];
        own[i] = spec->own_min;
    }
    a->inputs[k].n = a->n;
    a->inputs[k].mass = mass;
    a->inputs[k].own = own;
    return NEARER_OK;
}

static nearer_status score(assessment *a, const nearer_query *query, nearer_error *err)
{
    nr_scoring scoring;
    const nr_reached reached = {a->masses[0], a->reached_pct};
    nearer_status status = nr_scoring_init(&scoring, a->measures, a->inputs, a->count, err);
    if (status == NEARER_OK)
        status = nr_scores_run(&scoring, &reached, a->study, query, false, err);
    for (size_t k = 0; status == NEARER_OK && k < a->count; k++)
        nr_scoring_read(a->scores + k * a->n, &scoring, k);
    nr_scoring_clear(&scoring);
    NR_TRY(status);
    NR_TRY(nr_rank(a->ranks, a->scores, a->n, a->measures[0]->low_is_good, err));
    return nr_rank_order(a->order, a->ranks, a->n, err);
}

static void add_score_column(nearer_table *table, const assessment *a, size_t k)
{
    char unit[64], name[160];
    nr_study_unit(unit, a->study, a->measures[k], a->specs[k].mass);
    snprintf(name, sizeof name, "%s_%s", a->measures[k]->id, unit);
    nr_table_add_column(table, name, a->measures[k]->decimals);
}

static nearer_status access_table(nearer_table **out, const assessment *a, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    for (size_t k = 0; k < a->count; k++) add_score_column(table, a, k);
    nr_table_add_column(table, "rank", 0);
    nr_table_add_column(table, "reached_mass_pct", 1);
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    for (size_t k = 0; k < a->n; k++) {
        size_t i = a->order[k], row = nr_table_add_row(table, 0), column = 0;
        const nr_place *place = &a->study->network->places[i];
        nr_table_set_text(table, row, column++, place->id, strlen(place->id));
        nr_table_set_text(table, row, column++, place->name, strlen(place->name));
        for (size_t s = 0; s < a->count; s++)
            nr_table_set_number(table, row, column++, a->scores[s * a->n + i]);
        const double last[] = {a->ranks[i], a->reached_pct[i], place->at.lon, place->at.lat};
        for (size_t c = 0; c < 4; c++) nr_table_set_number(table, row, column++, last[c]);
    }
    return nr_table_finish(out, table, err);
}

static nearer_status note_missing(nearer_report *report, const assessment *a, nearer_error *err)
{
    size_t missing = 0, cut_off = 0;
    for (size_t i = 0; i < a->n; i++) {
        missing += isnan(a->masses[0][i]) ? 1 : 0;
        cut_off += isinf(a->scores[i]) ? 1 : 0;
    }
    if (missing > 0)
        NR_TRY(nr_report_add_note(report, err,
                                  "places without a mass, which do not count as destinations: %zu",
                                  missing));
    if (cut_off > 0)
        NR_TRY(nr_report_add_note(
            report, err, "places that do not reach all that others reach (score inf, no rank): %zu",
            cut_off));
    return NEARER_OK;
}

static nearer_status put_scores(nearer_report *report, const assessment *a, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(access_table(&table, a, err));
    NR_TRY(nr_report_add_table(report, "access", a->measures[0]->title, table, err));
    NR_TRY(note_missing(report, a, err));
    return nr_study_tell_given(report, a->study, err);
}

nearer_status nearer_ask_access(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_measure_spec *specs,
                                size_t count, nearer_error *err)
{
    assessment a = {
        .study = study, .specs = specs, .count = count, .n = study->network->place_count};
    nearer_report *report = NULL;
    if (count == 0) return nr_fail(err, NEARER_USAGE, "no measure is asked for");
    nearer_status status = make_room(&a, err);
    for (size_t k = 0; status == NEARER_OK && k < count; k++) status = prepare(&a, k, err);
    if (status == NEARER_OK) status = score(&a, query, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_scores(report, &a, err);
    clear(&a);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
