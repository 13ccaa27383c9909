/* Which places miss a standard of time, and the least that would bring each within it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "study/candidates.h"

typedef struct standard {
    const nearer_study *study;
    const nearer_query *query;
    const nearer_standard *what;
    const nearer_lines_spec *spec;
    nr_candidates candidates;
    nr_insertion insertion;
    size_t n, target_count;
    bool *wanted; /* of each place: it is a target */
    /* places in the order of the times */
    size_t *targets;
    double *time_min; /* of each to its nearest target as it is; INFINITY: none */
    size_t *nearest;  /* that target; NR_NO_NAME: none */
    size_t *upgrade;  /* of each: the least candidate that brings it within; count: none */
    double *then_min; /* its time with it */
    size_t *brought;  /* of each candidate: places that it brings within */
    size_t missing, helped;
    bool by_cost;
} standard;

/* ---- as it is ---- */

static nearer_status find_targets(standard *s, nearer_error *err)
{
    nr_grouping grouping = {0};
    size_t wanted = NR_NO_NAME;
    s->wanted = nr_alloc(s->n, sizeof *s->wanted);
    if (s->wanted == NULL) return nr_fail_memory(err);
    NR_TRY(nr_grouping_find(&grouping, s->study, s->what->group, err));
    if (s->what->value != NULL) wanted = nr_names_find(&grouping.values, s->what->value);
    bool unknown = s->what->value != NULL && wanted == NR_NO_NAME;
    nearer_status status = unknown
                               ? nr_fail(err, NEARER_NAME, "no place of group '%.60s' is '%.60s'",
                                         s->what->group, s->what->value)
                               : NEARER_OK;
    for (size_t i = 0; i < s->n; i++) {
        size_t group = grouping.of_place[i];
        s->wanted[i] = group != NR_NO_NAME && (s->what->value == NULL || group == wanted);
        s->target_count += s->wanted[i] ? 1 : 0;
    }
    nr_grouping_clear(&grouping);
    if (status == NEARER_OK && s->target_count == 0)
        return nr_fail(err, NEARER_NODATA, "group '%.60s' holds no place", s->what->group);
    return status;
}

static double minutes_of(nr_ticks ticks)
{
    return nr_ticks_value(ticks >= NR_NO_WAY ? NR_NEVER : ticks, NR_TICKS_PER_MINUTE);
}

static void find_nearest(standard *s)
{
    const nr_stop_times *t = &s->candidates.times;
    for (size_t i = 0, k = 0; i < s->n; i++)
        if (s->wanted[t->place[i]]) s->targets[k++] = i;
    for (size_t i = 0; i < s->n; i++) {
        s->time_min[i] = INFINITY;
        s->nearest[i] = NR_NO_NAME;
        s->upgrade[i] = s->candidates.count;
        for (size_t k = 0; k < s->target_count; k++) {
            double minutes = minutes_of(t->between[i * t->stride + s->targets[k]]);
            if (!(minutes < s->time_min[i])) continue;
            s->time_min[i] = minutes;
            s->nearest[i] = s->targets[k];
        }
        s->missing += s->time_min[i] > s->what->within_min ? 1 : 0;
    }
}

/* ---- lines ---- */

/* What a line takes: its cost, or where none is known its length. */
static double price_of(const standard *s, size_t k)
{
    const nr_candidate *line = &s->candidates.items[k];
    double cost = isnan(line->cost) ? INFINITY : line->cost; /* not known: the last choice */
    return s->by_cost ? cost : line->km;
}

/* The cheaper one; of equal price the faster. */
static void try_line(standard *s, size_t k)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->time_min[i] <= s->what->within_min || s->insertion.boards[i] == 0) continue;
        double price = price_of(s, k),
               minutes =
                   minutes_of(nr_insertion_nearest(&s->insertion, i, s->targets, s->target_count));
        size_t has = s->upgrade[i];
        if (!(minutes <= s->what->within_min)) continue;
        s->brought[k]++;
        bool better = has == s->candidates.count || price < price_of(s, has) ||
                      (price == price_of(s, has) && minutes < s->then_min[i]);
        if (!better) continue;
        s->helped += has == s->candidates.count ? 1 : 0;
        s->upgrade[i] = k;
        s->then_min[i] = minutes;
    }
}

static nearer_status try_lines(standard *s, nearer_error *err)
{
    nr_ticks *ride = nr_alloc((size_t)NR_MOST_STOPS * NR_MOST_STOPS, sizeof *ride);
    uint32_t stops[NR_MOST_STOPS];
    nearer_status status = ride == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = nr_insertion_init(&s->insertion, &s->candidates.times, err);
    for (size_t k = 0; status == NEARER_OK && k < s->candidates.count; k++) {
        const nr_new_line line = nr_candidate_line(ride, stops, &s->candidates, k);
        nr_insertion_begin(&s->insertion, &line);
        try_line(s, k);
        nr_progress("lines", k + 1, s->candidates.count);
    }
    nr_insertion_clear(&s->insertion);
    nr_free(ride);
    return status;
}

/* ---- tables ---- */

typedef struct ranked {
    double value, then;
    size_t item;
} ranked;

static int most_first(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->value != b->value) return a->value > b->value ? -1 : 1;
    if (a->then != b->then) return a->then < b->then ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static void put_place(nearer_table *table, const standard *s, size_t i)
{
    const nr_candidates *c = &s->candidates;
    const nr_place *places = s->study->network->places, *place = &places[c->times.place[i]];
    size_t k = s->upgrade[i];
    char name[300];
    bool some = k < c->count;
    const char *target =
        s->nearest[i] == NR_NO_NAME ? "" : places[c->times.place[s->nearest[i]]].name;
    nr_table_put(table, place->id, place->name, target, s->time_min[i],
                 isinf(s->time_min[i]) ? (double)NAN : s->time_min[i] - s->what->within_min,
                 some ? nr_candidate_name(name, c, k) : "",
                 some ? nr_candidate_end(c, k, false)->id : "",
                 some ? nr_candidate_end(c, k, true)->id : "", some ? c->items[k].km : (double)NAN,
                 some ? c->items[k].cost : (double)NAN, some ? s->then_min[i] : (double)NAN,
                 some ? (double)s->brought[k] : (double)NAN, place->at.lon, place->at.lat);
}

static nearer_status put_places(nearer_report *report, const standard *s, nearer_error *err)
{
    static const struct {
        const char *name;
        int decimals;
    } columns[] = {{"id", NR_TEXT_COLUMN},
                   {"name", NR_TEXT_COLUMN},
                   {"nearest", NR_TEXT_COLUMN},
                   {"time_min", 1},
                   {"over_min", 1},
                   {"upgrade", NR_TEXT_COLUMN},
                   {"from_id", NR_TEXT_COLUMN},
                   {"to_id", NR_TEXT_COLUMN},
                   {"length_km", 1},
                   {"cost", 1},
                   {"time_then_min", 1},
                   {"places_brought", 0},
                   {"lon_deg", 4},
                   {"lat_deg", 4}};
    nearer_table *table = NULL;
    ranked *rows = nr_alloc(s->missing, sizeof *rows);
    size_t count = 0;
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < s->n; i++)
        if (s->time_min[i] > s->what->within_min)
            rows[count++] = (ranked){s->time_min[i], s->candidates.times.place[i], i};
    if (count > 1) qsort(rows, count, sizeof *rows, most_first);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    for (size_t k = 0; status == NEARER_OK && k < sizeof columns / sizeof *columns; k++)
        nr_table_add_column(table, columns[k].name, columns[k].decimals);
    for (size_t k = 0; status == NEARER_OK && k < count; k++) put_place(table, s, rows[k].item);
    nr_free(rows);
    if (status != NEARER_OK) return status;
    return nr_study_put(report, "places",
                        "Places that miss the standard, and the least that brings each within",
                        table, err);
}

static nearer_status put_upgrades(nearer_report *report, const standard *s, nearer_error *err)
{
    static const char *const texts[] = {"upgrade", "from_id", "to_id"};
    const nr_candidates *c = &s->candidates;
    nearer_table *table = NULL;
    ranked *rows = nr_alloc(c->count, sizeof *rows);
    char name[300];
    size_t count = 0;
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < c->count; k++)
        if (s->brought[k] > 0) rows[count++] = (ranked){(double)s->brought[k], price_of(s, k), k};
    if (count > 1) qsort(rows, count, sizeof *rows, most_first);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    for (size_t k = 0; status == NEARER_OK && k < 3; k++)
        nr_table_add_column(table, texts[k], NR_TEXT_COLUMN);
    if (status == NEARER_OK) {
        nr_table_add_column(table, "places_brought", 0);
        nr_table_add_column(table, "length_km", 1);
        nr_table_add_column(table, "line_time_min", 1);
        nr_table_add_column(table, "cost", 1);
        for (size_t r = 0; r < count; r++) {
            size_t k = rows[r].item;
            nr_table_put(table, nr_candidate_name(name, c, k), nr_candidate_end(c, k, false)->id,
                         nr_candidate_end(c, k, true)->id, rows[r].value, c->items[k].km,
                         c->items[k].minutes, c->items[k].cost);
        }
    }
    nr_free(rows);
    if (status != NEARER_OK) return status;
    return nr_study_put(report, "upgrades", "Lines by how many places they bring within", table,
                        err);
}

static nearer_status answer(nearer_report **out, const standard *s, nearer_error *err)
{
    NR_TRY(nr_report_new(out, err));
    NR_TRY(put_places(*out, s, err));
    NR_TRY(put_upgrades(*out, s, err));
    return nr_report_add_note(*out, err,
                              "%zu of %zu places are more than %g min from all %zu places of '%s'; "
                              "for %zu of them one new "
                              "line is enough, of the %zu tried that of the least %s is given; %zu "
                              "are beyond any one line",
                              s->missing, s->n, s->what->within_min, s->target_count,
                              s->what->value == NULL ? s->what->group : s->what->value, s->helped,
                              s->candidates.count, s->by_cost ? "cost" : "length",
                              s->missing - s->helped);
}

static nearer_status find(standard *s, nearer_error *err)
{
    if (!(s->what->within_min > 0))
        return nr_fail(err, NEARER_USAGE, "within more than 0 minutes was expected");
    NR_TRY(find_targets(s, err));
    NR_TRY(nr_candidates_find(&s->candidates, s->study, s->query, s->spec, err));
    s->by_cost = s->candidates.priced;
    s->targets = nr_alloc(s->target_count, sizeof *s->targets);
    s->time_min = nr_alloc(s->n, sizeof *s->time_min);
    s->then_min = nr_alloc(s->n, sizeof *s->then_min);
    s->nearest = nr_alloc(s->n, sizeof *s->nearest);
    s->upgrade = nr_alloc(s->n, sizeof *s->upgrade);
    s->brought = nr_alloc(s->candidates.count, sizeof *s->brought);
    if (!s->targets || !s->time_min || !s->then_min || !s->nearest || !s->upgrade || !s->brought)
        return nr_fail_memory(err);
    find_nearest(s);
    return try_lines(s, err);
}

nearer_status nearer_ask_standard(nearer_report **out, const nearer_study *study,
                                  const nearer_query *query, const nearer_standard *what,
                                  const nearer_lines_spec *spec, nearer_error *err)
{
    standard s = {.study = study,
                  .query = query,
                  .what = what,
                  .spec = spec,
                  .n = study->network->place_count};
    nearer_report *report = NULL;
    nearer_status status = find(&s, err);
    if (status == NEARER_OK) status = answer(&report, &s, err);
    nr_candidates_clear(&s.candidates);
    nr_free(s.wanted);
    nr_free(s.targets);
    nr_free(s.time_min);
    nr_free(s.then_min);
    nr_free(s.nearest);
    nr_free(s.upgrade);
    nr_free(s.brought);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
