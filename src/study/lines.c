/* Every line that might be built, by what it would bring. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/unknown.h"
#include "study/line_gains.h"
#include "study/lines.h"

/* ---- ranking ---- */

static double equity_of(const nr_lines *l, size_t k)
{
    return l->gains.gini - l->tried[k].gini;
}

static double gain_of(const nr_lines *l, size_t k)
{
    return l->scored ? l->tried[k].score : l->tried[k].saved_min;
}

static double per_km(const nr_lines *l, size_t k)
{
    return gain_of(l, k) / l->candidates.items[k].km;
}

static double per_cost(const nr_lines *l, size_t k)
{
    double cost = l->candidates.items[k].cost;
    return cost > 0 ? gain_of(l, k) / cost : NAN;
}

static const nr_ranking rankings[] = {{"gain", gain_of},
                                      {"per-km", per_km},
                                      {"per-cost", per_cost},
                                      {"equity", equity_of},
                                      {NULL, NULL}};

static const char *known_ranking(const void *unused, size_t i)
{
    (void)unused;
    return rankings[i].word;
}

static nearer_status find_ranking(const nr_ranking **out, const nearer_lines_spec *spec,
                                  nearer_error *err)
{
    const char *word = spec->rank == NULL ? "gain" : spec->rank;
    *out = rankings;
    while ((*out)->word != NULL && strcmp((*out)->word, word) != 0) ++*out;
    if ((*out)->word == NULL)
        return nr_fail_unknown(err, word, known_ranking, NULL, "lines are not ranked by '%.40s'",
                               word);
    return NEARER_OK;
}

typedef struct ranked {
    double value;
    size_t k;
} ranked;

static int best_first(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (isnan(a->value) != isnan(b->value)) return isnan(a->value) ? 1 : -1;
    if (a->value != b->value && !isnan(a->value)) return a->value > b->value ? -1 : 1;
    return a->k < b->k ? -1 : a->k > b->k;
}

/* Lines of a file are listed whatever they bring. */
static bool is_listed(const nr_lines *l, size_t k)
{
    const nr_gain *gain = &l->tried[k];
    bool changes = gain->saved_min > 0 || gain->connected > 0 || (l->scored && gain->score != 0);
    return changes || l->spec->candidates != NULL;
}

/* Those that bring something, the best first. */
static nearer_status rank_lines(nr_lines *l, nearer_error *err)
{
    ranked *rows = nr_alloc(l->candidates.count, sizeof *rows);
    l->order = nr_alloc(l->candidates.count, sizeof *l->order);
    if (rows == NULL || l->order == NULL) {
        nr_free(rows);
        return nr_fail_memory(err);
    }
    for (size_t k = 0; k < l->candidates.count; k++)
        if (is_listed(l, k)) rows[l->listed++] = (ranked){l->by->value(l, k), k};
    if (l->listed > 1) qsort(rows, l->listed, sizeof *rows, best_first);
    for (size_t r = 0; r < l->listed; r++) l->order[r] = rows[r].k;
    nr_free(rows);
    return NEARER_OK;
}

/* ---- the Pareto front ---- */

/* What a line takes: its cost, or where none is known its length. */
static double price_of(const nr_lines *l, size_t k)
{
    return l->by_cost ? l->candidates.items[k].cost : l->candidates.items[k].km;
}

static bool beats(const nr_lines *l, size_t a, size_t b)
{
    double gain_a = gain_of(l, a), gain_b = gain_of(l, b), fair_a = equity_of(l, a),
           fair_b = equity_of(l, b), price_a = price_of(l, a), price_b = price_of(l, b);
    return gain_a >= gain_b && fair_a >= fair_b && price_a <= price_b &&
           (gain_a > gain_b || fair_a > fair_b || price_a < price_b);
}

/* By falling gain: who is beaten is beaten by one of those that stand already. */
static nearer_status find_front(nr_lines *l, nearer_error *err)
{
    ranked *rows = nr_alloc(l->listed, sizeof *rows);
    size_t *front = nr_alloc(l->listed, sizeof *front), count = 0;
    l->on_front = nr_alloc(l->candidates.count, sizeof *l->on_front);
    nearer_status status =
        rows == NULL || front == NULL || l->on_front == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t r = 0; status == NEARER_OK && r < l->listed; r++)
        rows[r] = (ranked){gain_of(l, l->order[r]), l->order[r]};
    if (status == NEARER_OK && l->listed > 1) qsort(rows, l->listed, sizeof *rows, best_first);
    for (size_t r = 0; status == NEARER_OK && r < l->listed; r++) {
        bool beaten = isnan(price_of(l, rows[r].k)) || isnan(rows[r].value);
        for (size_t f = 0; !beaten && f < count; f++) beaten = beats(l, front[f], rows[r].k);
        /* of equal gain, later ones may beat it */
        for (size_t s = r + 1; !beaten && s < l->listed && rows[s].value == rows[r].value; s++)
            beaten = beats(l, rows[s].k, rows[r].k);
        if (beaten) continue;
        front[count++] = rows[r].k;
        l->on_front[rows[r].k] = true;
    }
    nr_free(rows);
    nr_free(front);
    return status;
}

/* ---- tables ---- */

/* Some pair cannot be travelled as it is. */
static bool connects(const nr_lines *l)
{
    return l->candidates.times.unreachable > 0;
}

static void add_columns(nearer_table *table, const nr_lines *l)
{
    static const char *const ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    char name[120];
    nr_table_add_column(table, "rank", 0);
    nr_table_add_column(table, "line", NR_TEXT_COLUMN);
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "stops", 0);
    nr_table_add_column(table, "length_km", 1);
    nr_table_add_column(table, "time_min", 1);
    if (l->by_cost) nr_table_add_column(table, "cost", 1);
    nr_table_add_column(table, "saved_min", 4);
    nr_table_add_column(table, "saved_pct", 3);
    if (connects(l)) nr_table_add_column(table, "pairs_connected", 0);
    if (l->scored) {
        snprintf(name, sizeof name, "%s_gain_%s", l->gains.measure->id, l->unit);
        nr_table_add_column(table, name, 4);
    }
    snprintf(name, sizeof name, "gain_%s_per_1000_km", l->scored ? l->unit : "min");
    nr_table_add_column(table, name, 4);
    snprintf(name, sizeof name, "gain_%s_per_cost", l->scored ? l->unit : "min");
    if (l->by_cost) nr_table_add_column(table, name, 7);
    nr_table_add_column(table, "gini_change", 6);
    nr_table_add_column(table, "pareto", NR_TEXT_COLUMN);
    for (size_t c = 0; c < sizeof ends / sizeof *ends; c++) nr_table_add_column(table, ends[c], 4);
}

static void put_line(nearer_table *table, const nr_lines *l, size_t rank, size_t k)
{
    char name[300];
    const nr_candidate *line = &l->candidates.items[k];
    const nr_gain *gain = &l->tried[k];
    const char *texts[] = {nr_candidate_name(name, &l->candidates, k),
                           nr_candidate_end(&l->candidates, k, false)->id,
                           nr_candidate_end(&l->candidates, k, true)->id};
    size_t row = nr_table_add_row(table, 0), column = 0;
    nr_table_set_number(table, row, column++, (double)rank);
    for (size_t t = 0; t < 3; t++)
        nr_table_set_text(table, row, column++, texts[t], strlen(texts[t]));
    nr_table_set_number(table, row, column++, (double)line->count);
    nr_table_set_number(table, row, column++, line->km);
    nr_table_set_number(table, row, column++, line->minutes);
    if (l->by_cost) nr_table_set_number(table, row, column++, line->cost);
    nr_table_set_number(table, row, column++, gain->saved_min);
    nr_table_set_number(table, row, column++, 100 * gain->saved_min / l->gains.mean_min);
    if (connects(l)) nr_table_set_number(table, row, column++, (double)gain->connected);
    if (l->scored) nr_table_set_number(table, row, column++, gain->score);
    nr_table_set_number(table, row, column++, 1000 * per_km(l, k));
    if (l->by_cost) nr_table_set_number(table, row, column++, per_cost(l, k));
    nr_table_set_number(table, row, column++, gain->gini - l->gains.gini);
    if (l->on_front[k]) nr_table_set_text(table, row, column, "yes", 3);
    for (int last = 0; last < 2; last++) {
        nr_lonlat at = nr_candidate_end(&l->candidates, k, last == 1)->at;
        nr_table_set_number(table, row, ++column, at.lon);
        nr_table_set_number(table, row, ++column, at.lat);
    }
}

static nearer_status put_lines(nearer_report *report, const nr_lines *l, bool front,
                               nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    add_columns(table, l);
    for (size_t r = 0; r < l->listed; r++)
        if (!front || l->on_front[l->order[r]]) put_line(table, l, r + 1, l->order[r]);
    return front ? nr_study_put(report, "front",
                                l->by_cost ? "Lines that none beats in gain, cost and equity"
                                           : "Lines that none beats in gain, length and equity",
                                table, err)
                 : nr_study_put(report, "lines", "What each new line by itself would bring", table,
                                err);
}

static size_t unpriced(const nr_lines *l)
{
    size_t count = 0;
    for (size_t k = 0; k < l->candidates.count; k++)
        count += isnan(l->candidates.items[k].cost) ? 1 : 0;
    return count;
}

static nearer_status put_notes(nearer_report *report, const nr_lines *l, nearer_error *err)
{
    NR_TRY(nr_report_add_note(report, err,
                              "%zu lines tried, each by itself and exactly; %zu change nothing and "
                              "are not listed; ranked by %s%s",
                              l->candidates.count, l->candidates.count - l->listed, l->by->word,
                              l->scored ? ", which is that of the measure" : ""));
    if (l->candidates.out_of_service > 0)
        NR_TRY(nr_report_add_note(report, err,
                                  "%zu more were not tried: the mode does not run yet at a stop, "
                                  "which would change where places start",
                                  l->candidates.out_of_service));
    if (l->candidates.times.unreachable > 0)
        NR_TRY(nr_report_add_note(report, err,
                                  "%zu ordered pairs cannot be travelled as it is: no minutes are "
                                  "saved on them, whatever a line connects",
                                  l->candidates.times.unreachable));
    if (l->by_cost && unpriced(l) > 0)
        NR_TRY(nr_report_add_note(report, err,
                                  "%zu lines have no cost: the terrain at an end has no price; no "
                                  "budget pays for them and they are on no front",
                                  unpriced(l)));
    return nr_report_add_note(report, err,
                              "as it is the mean time is %.2f min, its Gini index %.4f; a line has "
                              "no timetable, nobody moves and no train is full",
                              l->gains.mean_min, l->gains.gini);
}

static nearer_status answer(nearer_report **out, nr_lines *l, nearer_error *err)
{
    NR_TRY(nr_report_new(out, err));
    NR_TRY(put_lines(*out, l, false, err));
    NR_TRY(put_lines(*out, l, true, err));
    NR_TRY(put_notes(*out, l, err));
    NR_TRY(nr_lines_put_best(*out, l, err));
    return l->spec->most_lines > 0 ? nr_lines_put_package(*out, l, err) : NEARER_OK;
}

static nearer_status try_lines(nr_lines *l, nearer_error *err)
{
    NR_TRY(find_ranking(&l->by, l->spec, err));
    NR_TRY(nr_candidates_find(&l->candidates, l->study, l->query, l->spec, err));
    l->by_cost = l->candidates.priced;
    if (l->by->value == per_cost && !l->by_cost)
        return nr_fail(err, NEARER_USAGE,
                       "lines ranked by gain per cost need a price per km, or costs in their file");
    NR_TRY(nr_gains_init(&l->gains, l->study, l->query, l->measure, &l->candidates, err));
    l->scored = strcmp(l->gains.measure->id, "mean_time") != 0;
    nr_study_unit(l->unit, l->study, l->gains.measure, l->measure->mass);
    l->tried = nr_alloc(l->candidates.count, sizeof *l->tried);
    if (l->tried == NULL) return nr_fail_memory(err);
    NR_TRY(nr_gains_try(l->tried, &l->gains, NULL, l->candidates.count, true, err));
    NR_TRY(rank_lines(l, err));
    return find_front(l, err);
}

nearer_status nearer_ask_lines(nearer_report **out, const nearer_study *study,
                               const nearer_query *query, const nearer_measure_spec *measure,
                               const nearer_lines_spec *spec, nearer_error *err)
{
    nr_lines l = {.study = study, .query = query, .measure = measure, .spec = spec};
    nearer_report *report = NULL;
    nearer_status status = try_lines(&l, err);
    if (status == NEARER_OK) status = answer(&report, &l, err);
    nr_gains_clear(&l.gains);
    nr_candidates_clear(&l.candidates);
    nr_free(l.tried);
    nr_free(l.order);
    nr_free(l.on_front);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
