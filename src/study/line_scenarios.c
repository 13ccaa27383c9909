/* What each scenario would change, a row each. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "access/inequality.h"
#include "graph/load.h"
#include "study/line_tables.h"

typedef struct pair_counts {
    size_t faster, slower, cut_off;
} pair_counts;

static pair_counts count_pairs(const nr_line_question *q, const nr_line_state *after)
{
    pair_counts c = {0, 0, 0};
    for (size_t k = 0; k < q->n * q->n; k++) {
        double b = q->before.minutes[k], a = after->minutes[k];
        c.cut_off += isinf(a) && !isinf(b) ? 1 : 0;
        c.faster += a < b ? 1 : 0;
        c.slower += a > b && !isinf(a) ? 1 : 0;
    }
    return c;
}

/* Links behind those of the network as it is are those a scenario built. */
static nearer_status find_riding(double *pct, const nr_line_question *q, const nr_line_state *after,
                                 nearer_error *err)
{
    const nearer_network *network = after->study->network;
    size_t old = q->before.study->network->link_count;
    uint32_t *built = nr_alloc(network->link_count, sizeof *built);
    nr_graph *graph = NULL;
    nr_loading loading;
    if (built == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < network->link_count; i++) built[i] = i >= old ? 1 : 0;
    const nr_grouped_links groupings[NR_LOAD_GROUPINGS] = {{built, 2}, {built, 2}};
    nearer_status status = nr_graph_build(&graph, network, q->query, err);
    if (status == NEARER_OK) {
        const nr_task task = nr_graph_task(graph, q->query);
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
static nearer_status find_inequality(double *gini, double *between, const nr_line_question *q,
                                     const nr_line_state *s, nearer_error *err)
{
    double *x = nr_alloc(q->n, sizeof *x);
    size_t *group = nr_alloc(q->n, sizeof *group), count = 0;
    nearer_status status = x == NULL || group == NULL ? nr_fail_memory(err) : NEARER_OK;
    *between = NAN;
    for (size_t i = 0; status == NEARER_OK && i < q->n; i++) {
        if (!isfinite(s->mean[i])) continue;
        group[count] = q->grouping.of_place == NULL ? NR_NO_GROUP : q->grouping.of_place[i];
        x[count++] = s->mean[i];
    }
    const nr_sample sample = {x, NULL, count};
    if (status == NEARER_OK) status = nr_gini(gini, &sample, err);
    if (status == NEARER_OK && q->grouping.of_place != NULL)
        status = nr_theil_between(between, &sample, group, q->grouping.values.count, err);
    nr_free(x);
    nr_free(group);
    return status;
}

/* The scenario's name; of several together their number. */
const char *nr_line_title(char out[200], const nr_line_state *s)
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
static double synergy_of(const nr_line_question *q, size_t k)
{
    double alone = 0;
    if (k == 0 || k + 1 < q->count || q->after[k].study->spec.scenario_count < 2) return NAN;
    for (size_t i = 0; i < k; i++) alone += q->saved[i];
    return q->saved[k] - alone;
}

/* Minutes saved by each place, times its mass. */
static double total_saved(const nr_line_question *q, const nr_line_state *after)
{
    double sum = 0;
    for (size_t i = 0; i < q->n; i++) {
        double saved = q->before.mean[i] - after->mean[i];
        if (isfinite(saved) && !isnan(q->mass[i])) sum += q->mass[i] * saved;
    }
    return sum;
}

/* Mean over the places, weighted by mass, of how much a score changes, per cent; of those that have
 * one before and after, and more than 0 before. */
static double change_pct(const nr_line_question *q, const nr_line_state *after, size_t spec)
{
    double sum = 0, weight = 0;
    const double *b = q->before.scores + spec * q->n, *a = after->scores + spec * q->n;
    for (size_t i = 0; i < q->n; i++) {
        if (!isfinite(b[i]) || !isfinite(a[i]) || !(b[i] > 0) || isnan(q->mass[i])) continue;
        sum += q->mass[i] * 100 * (a[i] / b[i] - 1);
        weight += q->mass[i];
    }
    return weight > 0 ? sum / weight : NAN;
}

/* ---- the table ---- */

static nearer_status new_scenarios(nearer_table **out, const nr_line_question *q, nearer_error *err)
{
    static const struct {
        const char *name;
        int decimals;
    } columns[] = {{"compression_index", 4},   {"pairs_faster", 0},
                   {"pairs_slower", 0},        {"pairs_cut_off", 0},
                   {"pairs_riding_it_pct", 2}, {"gini_of_mean_time", 4},
                   {"theil_between", 4},       {"cost", 1},
                   {"saved_min_per_cost", 6},  {"synergy_min", 3}};
    char name[160];
    NR_TRY(nr_table_new(out, NULL, NULL, err));
    nr_table_add_column(*out, "scenario", NR_TEXT_COLUMN);
    nr_table_add_column(*out, "mean_time_min", 2);
    nr_table_add_column(*out, "saved_min", 3);
    nr_table_add_column(*out, "saved_pct", 2);
    snprintf(name, sizeof name, "total_saved_%s_min", q->mass_unit);
    nr_table_add_column(*out, name, 1);
    for (size_t s = 0; s < q->spec_count; s++) {
        if (!nr_line_shows(q, s)) continue;
        snprintf(name, sizeof name, "%s_change_pct", q->measures[s]->id);
        nr_table_add_column(*out, name, 2);
    }
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        nr_table_add_column(*out, columns[c].name, columns[c].decimals);
    return NEARER_OK;
}

/* The network as it is, beside itself, is a row too. */
static nearer_status put_row(nearer_table *table, const nr_line_question *q, const char *title,
                             const nr_line_state *after, const double costs[3], double riding_pct,
                             nearer_error *err)
{
    const nr_compression_pairs pairs = {
        q->before.minutes, after->minutes, q->mass, q->mass, q->n, 0, q->n, NULL, NULL};
    double index, gini, between;
    pair_counts c = count_pairs(q, after);
    NR_TRY(nr_compression(&index, NULL, &pairs, err));
    NR_TRY(find_inequality(&gini, &between, q, after, err));
    double mean = nr_line_mean(after, &q->before, q->mass),
           saved = nr_line_mean(&q->before, after, q->mass) - mean;
    const double first[] = {mean, saved, 100 * saved / (mean + saved), total_saved(q, after)};
    const double last[] = {index, (double)c.faster, (double)c.slower, (double)c.cut_off, riding_pct,
                           gini,  between,          costs[0],         costs[1],          costs[2]};
    size_t row = nr_table_add_row(table, 0), column = 0;
    nr_table_set_text(table, row, column++, title, strlen(title));
    for (size_t k = 0; k < 4; k++) nr_table_set_number(table, row, column++, first[k]);
    for (size_t s = 0; s < q->spec_count; s++)
        if (nr_line_shows(q, s)) nr_table_set_number(table, row, column++, change_pct(q, after, s));
    for (size_t k = 0; k < sizeof last / sizeof *last; k++)
        nr_table_set_number(table, row, column++, last[k]);
    return NEARER_OK;
}

static nearer_status put_scenario(nearer_table *table, const nr_line_question *q, size_t k,
                                  nearer_error *err)
{
    char title[200];
    double riding_pct = 0, cost = cost_of(&q->after[k]);
    const double costs[] = {cost, cost > 0 ? q->saved[k] / cost : (double)NAN, synergy_of(q, k)};
    NR_TRY(find_riding(&riding_pct, q, &q->after[k], err));
    return put_row(table, q, nr_line_title(title, &q->after[k]), &q->after[k], costs, riding_pct,
                   err);
}

nearer_status nr_line_put_scenarios(nearer_report *report, const nr_line_question *q,
                                    nearer_error *err)
{
    static const double unknown[] = {NAN, NAN, NAN};
    nearer_table *table = NULL;
    nearer_status status = new_scenarios(&table, q, err);
    if (status == NEARER_OK) status = put_row(table, q, "as it is", &q->before, unknown, 0, err);
    for (size_t k = 0; status == NEARER_OK && k < q->count; k++)
        status = put_scenario(table, q, k, err);
    if (status == NEARER_OK)
        return nr_study_put(report, "scenarios", "What each scenario would change", table, err);
    nearer_table_free(table);
    return status;
}
