/* What scenarios would change, beside the network as it is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/inequality.h"
#include "graph/load.h"
#include "graph/times.h"
#include "study/line_state.h"

enum { MOST_PAIRS = 100 };

typedef struct liner {
    const nearer_query *query;
    const nearer_measure_spec *spec;
    const nr_measure *measure;
    const double *mass;
    nr_line_state before, *after; /* after: of each scenario */
    size_t count, n;
    double *saved; /* of each: mean time less than before */
    char unit[64];
    nr_grouping grouping; /* of the study's first group, if any */
} liner;

/* ---- scenarios ---- */

typedef struct pair_counts {
    size_t faster, slower, cut_off;
} pair_counts;

static pair_counts count_pairs(const liner *l, const nr_line_state *after)
{
    pair_counts c = {0, 0, 0};
    for (size_t k = 0; k < l->n * l->n; k++) {
        double b = l->before.minutes[k], a = after->minutes[k];
        c.cut_off += isinf(a) && !isinf(b) ? 1 : 0;
        c.faster += a < b ? 1 : 0;
        c.slower += a > b && !isinf(a) ? 1 : 0;
    }
    return c;
}

/* Links behind those of the network as it is are those a scenario built. */
static nearer_status find_riding(double *pct, const liner *l, const nr_line_state *after,
                                 nearer_error *err)
{
    const nearer_network *network = after->study->network;
    size_t old = l->before.study->network->link_count;
    uint32_t *built = nr_alloc(network->link_count, sizeof *built);
    nr_graph *graph = NULL;
    nr_loading loading;
    if (built == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < network->link_count; i++) built[i] = i >= old ? 1 : 0;
    const nr_grouped_links groupings[NR_LOAD_GROUPINGS] = {{built, 2}, {built, 2}};
    nearer_status status = nr_graph_build(&graph, network, l->query, err);
    if (status == NEARER_OK) {
        const nr_task task = nr_graph_task(graph, l->query);
        status = nr_loading_compute(&loading, graph, &task, NULL, groupings, err);
    }
    if (status == NEARER_OK) {
        *pct =
            loading.loaded.pairs > 0 ? 100 * loading.groups[0][1].pairs / loading.loaded.pairs : 0;
        nr_loading_clear(&loading);
    }
    nr_graph_free(graph);
    nr_free(built);
    return status;
}

/* Gini of mean times, and Theil's T between groups, of places that have one. */
static nearer_status find_inequality(double *gini, double *between, const liner *l,
                                     const nr_line_state *s, nearer_error *err)
{
    double *x = nr_alloc(l->n, sizeof *x);
    size_t *group = nr_alloc(l->n, sizeof *group), count = 0;
    nearer_status status = x == NULL || group == NULL ? nr_fail_memory(err) : NEARER_OK;
    *between = NAN;
    for (size_t i = 0; status == NEARER_OK && i < l->n; i++) {
        if (!isfinite(s->mean[i])) continue;
        group[count] = l->grouping.of_place == NULL ? NR_NO_GROUP : l->grouping.of_place[i];
        x[count++] = s->mean[i];
    }
    const nr_sample sample = {x, NULL, count};
    if (status == NEARER_OK) status = nr_gini(gini, &sample, err);
    if (status == NEARER_OK && l->grouping.of_place != NULL)
        status = nr_theil_between(between, &sample, group, l->grouping.values.count, err);
    nr_free(x);
    nr_free(group);
    return status;
}

/* The scenario's name; of several together their number. */
static const char *title_of(char out[200], const nr_line_state *s)
{
    const nr_study_spec *spec = &s->study->spec;
    if (spec->scenario_count == 1)
        snprintf(out, 200, "%.190s", spec->scenarios[0].title);
    else
        snprintf(out, 200, "all %zu together", spec->scenario_count);
    return out;
}

static double cost_of(const nr_line_state *s)
{
    double cost = 0;
    for (size_t k = 0; k < s->study->spec.scenario_count; k++)
        cost += s->study->spec.scenarios[k].cost;
    return cost;
}

/* Of all together: what they save beyond what each saves alone. */
static double synergy_of(const liner *l, size_t k)
{
    double alone = 0;
    if (k == 0 || k + 1 < l->count || l->after[k].study->spec.scenario_count < 2) return NAN;
    for (size_t i = 0; i < k; i++) alone += l->saved[i];
    return l->saved[k] - alone;
}

static nearer_status put_scenario(nearer_table *table, const liner *l, size_t k, nearer_error *err)
{
    const nr_line_state *after = &l->after[k];
    const nr_compression_pairs pairs = {
        l->before.minutes, after->minutes, l->mass, l->mass, l->n, 0, l->n, NULL, NULL};
    double index, gini, between, riding = 0, cost = cost_of(after);
    pair_counts c = count_pairs(l, after);
    char title[200];
    NR_TRY(nr_compression(&index, NULL, &pairs, err));
    NR_TRY(find_inequality(&gini, &between, l, after, err));
    NR_TRY(find_riding(&riding, l, after, err));
    double mean = nr_line_mean(after, &l->before, l->mass);
    nr_table_put(table, title_of(title, after), mean, l->saved[k],
                 100 * l->saved[k] / (mean + l->saved[k]), index, (double)c.faster,
                 (double)c.slower, (double)c.cut_off, riding, gini, between, cost,
                 cost > 0 ? l->saved[k] / cost : (double)NAN, synergy_of(l, k));
    return NEARER_OK;
}

static nearer_status put_scenarios(nearer_report *report, const liner *l, nearer_error *err)
{
    static const struct {
        const char *name;
        int decimals;
    } columns[] = {{"scenario", NR_TEXT_COLUMN},
                   {"mean_time_min", 2},
                   {"saved_min", 3},
                   {"saved_pct", 2},
                   {"compression_index", 4},
                   {"pairs_faster", 0},
                   {"pairs_slower", 0},
                   {"pairs_cut_off", 0},
                   {"pairs_riding_it_pct", 2},
                   {"gini_of_mean_time", 4},
                   {"theil_between", 4},
                   {"cost", 1},
                   {"saved_min_per_cost", 6},
                   {"synergy_min", 3}};
    nearer_table *table = NULL;
    double gini, between;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        nr_table_add_column(table, columns[c].name, columns[c].decimals);
    nearer_status status = find_inequality(&gini, &between, l, &l->before, err);
    if (status == NEARER_OK)
        nr_table_put(table, "as it is", nr_line_mean(&l->before, &l->before, l->mass), 0.0, 0.0,
                     1.0, 0.0, 0.0, 0.0, 0.0, gini, between, (double)NAN, (double)NAN, (double)NAN);
    for (size_t k = 0; status == NEARER_OK && k < l->count; k++)
        status = put_scenario(table, l, k, err);
    if (status == NEARER_OK)
        return nr_study_put(report, "scenarios", "What each scenario would change", table, err);
    nearer_table_free(table);
    return status;
}

/* ---- places ---- */

static double mean_score(const nr_line_state *s)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < s->n; i++)
        if (isfinite(s->score[i])) {
            sum += s->score[i];
            count++;
        }
    return count > 0 ? sum / (double)count : NAN;
}

/* Access against the mean of all, after over before, per cent; above 0 is better. */
static double relative_change(const liner *l, const nr_line_state *after, size_t i)
{
    double b = l->before.score[i] / mean_score(&l->before), a = after->score[i] / mean_score(after);
    return l->measure->low_is_good ? 100 * (b / a - 1) : 100 * (a / b - 1);
}

static void add_place_columns(nearer_table *table, const liner *l)
{
    char name[160];
    const char *mean[] = {"mean_time_before_min", "mean_time_after_min", "mean_time_change_min"};
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    for (size_t k = 0; k < 3; k++) nr_table_add_column(table, mean[k], 1);
    nr_table_add_column(table, "mean_time_change_pct", 2);
    nr_table_add_column(table, "rank_before", 0);
    nr_table_add_column(table, "rank_after", 0);
    snprintf(name, sizeof name, "%s_before_%s", l->measure->id, l->unit);
    nr_table_add_column(table, name, l->measure->decimals);
    snprintf(name, sizeof name, "%s_after_%s", l->measure->id, l->unit);
    nr_table_add_column(table, name, l->measure->decimals);
    nr_table_add_column(table, "relative_access_change_pct", 2);
    nr_table_add_column(table, "links_before", 0);
    nr_table_add_column(table, "links_after", 0);
}

static void put_place(nearer_table *table, const liner *l, const nr_line_state *after, size_t i,
                      const char *why)
{
    const nr_place *place = &l->before.study->network->places[i];
    double b = l->before.mean[i], a = after->mean[i];
    double change = isinf(a) && isinf(b) ? (double)NAN : a - b;
    size_t row = nr_table_add_row(table, 0), column = 0;
    nr_table_set_text(table, row, column++, place->id, strlen(place->id));
    nr_table_set_text(table, row, column++, place->name, strlen(place->name));
    const double numbers[] = {b,
                              a,
                              change,
                              100 * change / b,
                              l->before.mean_rank[i],
                              after->mean_rank[i],
                              l->before.score[i],
                              after->score[i],
                              relative_change(l, after, i),
                              l->before.links[i],
                              after->links[i]};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        nr_table_set_number(table, row, column++, numbers[k]);
    if (why != NULL) nr_table_set_text(table, row, column++, why, strlen(why));
    nr_table_set_number(table, row, column++, place->at.lon);
    nr_table_set_number(table, row, column, place->at.lat);
}

static nearer_status new_places(nearer_table **table, const liner *l, bool why, nearer_error *err)
{
    NR_TRY(nr_table_new(table, NULL, NULL, err));
    add_place_columns(*table, l);
    if (why) nr_table_add_column(*table, "falls", NR_TEXT_COLUMN);
    nr_table_add_column(*table, "lon_deg", 4);
    nr_table_add_column(*table, "lat_deg", 4);
    return NEARER_OK;
}

/* What falls at a place; "" nothing. */
static const char *falls(char out[80], const liner *l, const nr_line_state *after, size_t i)
{
    bool longer = after->mean[i] > l->before.mean[i],
         rank = after->mean_rank[i] > l->before.mean_rank[i];
    bool relative = relative_change(l, after, i) < -1e-9,
         service = after->links[i] < l->before.links[i];
    snprintf(out, 80, "%s%s%s%s", longer ? ", time" : "", rank ? ", rank" : "",
             relative ? ", relative access" : "", service ? ", service" : "");
    if (out[0] != 0) memmove(out, out + 2, strlen(out + 2) + 1);
    return out;
}

/* A place by how much it gains; equal ones as they came. */
typedef struct ranked {
    double gain;
    size_t item;
} ranked;

static int most_first(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->gain != b->gain) return a->gain > b->gain ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static nearer_status put_places(nearer_report *report, const liner *l, const nr_line_state *after,
                                nearer_error *err)
{
    nearer_table *all = NULL, *losers = NULL;
    ranked *rows = nr_alloc(l->n, sizeof *rows);
    char why[80];
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < l->n; i++) {
        double gain = l->before.mean[i] - after->mean[i];
        rows[i] = (ranked){isnan(gain) ? 0 : gain, i};
    }
    qsort(rows, l->n, sizeof *rows, most_first);
    nearer_status status = new_places(&all, l, false, err);
    if (status == NEARER_OK) status = new_places(&losers, l, true, err);
    for (size_t k = 0; status == NEARER_OK && k < l->n; k++) {
        put_place(all, l, after, rows[k].item, NULL);
        size_t last = rows[l->n - 1 - k].item;
        if (falls(why, l, after, last)[0] != 0) put_place(losers, l, after, last, why);
    }
    nr_free(rows);
    if (status == NEARER_OK)
        status = nr_study_put(report, "places", "Places, those that gain most first", all, err);
    else
        nearer_table_free(all);
    if (status == NEARER_OK)
        return nr_study_put(report, "losers",
                            "Places of which something falls, the most time first", losers, err);
    nearer_table_free(losers);
    return status;
}

/* ---- pairs ---- */

/* Lines ridden, one after the other. */
static nearer_status describe(char out[300], const liner *l, const nr_line_state *s, size_t from,
                              size_t to, nearer_error *err)
{
    nr_leg *legs = NULL;
    size_t count = 0, n = 0;
    double minutes;
    const nearer_network *network = s->study->network;
    const char *last = NULL;
    out[0] = 0;
    NR_TRY(nr_trip_find(&legs, &count, &minutes, network, l->query, from, to, err));
    for (size_t k = 0; k < count; k++) {
        if (legs[k].kind != NR_ARC_LINK) continue;
        const char *line = nr_link_line(network, &network->links[legs[k].link]);
        if (last != NULL && strcmp(last, line) == 0) continue;
        bool fits = n + strlen(line) < 290;
        n += (size_t)snprintf(out + n, 300 - n, "%s%s", n > 0 ? ", " : "", fits ? line : "...");
        if (!fits) break;
        last = line;
    }
    nr_free(legs);
    return NEARER_OK;
}

static nearer_status put_pair(nearer_table *table, const liner *l, const nr_line_state *after,
                              size_t pair, nearer_error *err)
{
    size_t i = pair / l->n, j = pair % l->n;
    const nr_place *places = l->before.study->network->places;
    char was[300], is[300];
    double b = l->before.minutes[pair], a = after->minutes[pair];
    NR_TRY(describe(was, l, &l->before, i, j, err));
    NR_TRY(describe(is, l, after, i, j, err));
    nr_table_put(table, places[i].id, places[j].id, places[i].name, places[j].name, b, a, b - a,
                 100 * (1 - a / b), was, is);
    return NEARER_OK;
}

static nearer_status put_pairs(nearer_report *report, const liner *l, const nr_line_state *after,
                               nearer_error *err)
{
    static const char *const texts[] = {"from_id", "to_id", "from", "to"};
    static const char *const numbers[] = {"before_min", "after_min", "saved_min", "saved_pct"};
    size_t count = 0;
    nearer_table *table = NULL;
    ranked *rows = nr_alloc(l->n, l->n * sizeof *rows);
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < l->n * l->n; k++)
        if (after->minutes[k] < l->before.minutes[k])
            rows[count++] = (ranked){l->before.minutes[k] - after->minutes[k], k};
    if (count > 1) qsort(rows, count, sizeof *rows, most_first);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    for (size_t k = 0; status == NEARER_OK && k < 4; k++)
        nr_table_add_column(table, texts[k], NR_TEXT_COLUMN);
    for (size_t k = 0; status == NEARER_OK && k < 4; k++) nr_table_add_column(table, numbers[k], 1);
    if (status == NEARER_OK) nr_table_add_column(table, "path_before", NR_TEXT_COLUMN);
    if (status == NEARER_OK) nr_table_add_column(table, "path_after", NR_TEXT_COLUMN);
    for (size_t k = 0; status == NEARER_OK && k < count && k < MOST_PAIRS; k++)
        status = put_pair(table, l, after, rows[k].item, err);
    nr_free(rows);
    if (status == NEARER_OK)
        return nr_study_put(report, "pairs", "Pairs that gain most", table, err);
    nearer_table_free(table);
    return status;
}

/* ---- all ---- */

static nearer_status check_studies(const liner *l, const nearer_study *before,
                                   const nearer_study *const *after, nearer_error *err)
{
    if (before->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE,
                       "scenarios need a study: times that were given have no ways");
    for (size_t k = 0; k < l->count; k++)
        if (after[k]->network->place_count != l->n || after[k]->spec.scenario_count == 0)
            return nr_fail(err, NEARER_USAGE, "a scenario must be of the same study");
    return l->count == 0 ? nr_fail(err, NEARER_USAGE, "no scenario is given") : NEARER_OK;
}

static nearer_status find_states(liner *l, const nearer_study *before,
                                 const nearer_study *const *after, nearer_error *err)
{
    l->after = nr_alloc(l->count, sizeof *l->after);
    l->saved = nr_alloc(l->count, sizeof *l->saved);
    if (l->after == NULL || l->saved == NULL) return nr_fail_memory(err);
    NR_TRY(nr_study_mass(&l->mass, before, l->spec->mass, err));
    if (before->spec.group_count > 0)
        NR_TRY(nr_grouping_read(&l->grouping, before, &before->spec.groups[0], err));
    NR_TRY(nr_line_state_find(&l->before, before, l->query, l->spec, err));
    for (size_t k = 0; k < l->count; k++) {
        NR_TRY(nr_line_state_find(&l->after[k], after[k], l->query, l->spec, err));
        l->saved[k] = nr_line_mean(&l->before, &l->after[k], l->mass) -
                      nr_line_mean(&l->after[k], &l->before, l->mass);
    }
    NR_TRY(nr_measure_find(&l->measure, l->spec->measure, err));
    nr_study_unit(l->unit, before, l->measure, l->spec->mass);
    return NEARER_OK;
}

static nearer_status put_all(nearer_report *report, const liner *l, nearer_error *err)
{
    const nr_line_state *last = &l->after[l->count - 1];
    char title[200];
    NR_TRY(put_scenarios(report, l, err));
    NR_TRY(put_places(report, l, last, err));
    NR_TRY(put_pairs(report, l, last, err));
    return nr_report_add_note(
        report, err,
        "places, losers and pairs are of: %s; mean times are weighted by %s and "
        "over places that have one before and after",
        title_of(title, last), l->spec->mass == NULL ? "1" : l->spec->mass);
}

nearer_status nearer_ask_line(nearer_report **out, const nearer_study *before,
                              const nearer_study *const *after, size_t count,
                              const nearer_query *query, const nearer_measure_spec *spec,
                              nearer_error *err)
{
    liner l = {.query = query, .spec = spec, .count = count, .n = before->network->place_count};
    nearer_report *report = NULL;
    NR_TRY(check_studies(&l, before, after, err));
    nearer_status status = find_states(&l, before, after, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_all(report, &l, err);
    nr_line_state_clear(&l.before);
    for (size_t k = 0; l.after != NULL && k < count; k++) nr_line_state_clear(&l.after[k]);
    nr_free(l.after);
    nr_free(l.saved);
    nr_grouping_clear(&l.grouping);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
