/* How far the order of the best lines hangs on the decay and the mass that were asked for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/lines.h"

enum { MOST = 30, MOST_VARIANTS = 12 };

typedef struct variant {
    nearer_measure_spec spec;
    char label[120];
    nr_gain gains[MOST];
    double ranks[MOST];
} variant;

static void add_variant(variant *v, size_t *count, nearer_measure_spec spec, const char *label)
{
    if (*count == MOST_VARIANTS) return;
    v[*count].spec = spec;
    snprintf(v[*count].label, sizeof v->label, "rank_%.100s", label);
    ++*count;
}

/* The measure by every other mass; potentials whose weight halves in one hour, two, four, and one
 * over the time. */
static size_t list_variants(variant *v, const nr_lines *l)
{
    static const struct {
        const char *decay, *label;
    } decays[] = {{"exponential:half-life=60", "potential_half_life_60_min"},
                  {"exponential:half-life=120", "potential_half_life_120_min"},
                  {"exponential:half-life=240", "potential_half_life_240_min"},
                  {"power:1", "potential_one_over_time"}};
    size_t count = 0;
    nearer_measure_spec spec = *l->measure;
    char label[120];
    for (size_t k = 0; k < l->study->spec.mass_count && k < 6; k++) {
        spec.mass = l->study->spec.masses[k].id;
        if (l->measure->mass != NULL && strcmp(spec.mass, l->measure->mass) == 0) continue;
        snprintf(label, sizeof label, "%.40s_%.60s", l->gains.measure->id, spec.mass);
        add_variant(v, &count, spec, label);
    }
    spec.mass = NULL;
    snprintf(label, sizeof label, "%.40s_all_places_alike", l->gains.measure->id);
    if (l->measure->mass != NULL) add_variant(v, &count, spec, label);
    spec = (nearer_measure_spec){
        .measure = "potential", .mass = l->measure->mass, .cutoff_min = NAN, .own_min = NAN};
    for (size_t k = 0; k < sizeof decays / sizeof *decays; k++) {
        spec.decay = decays[k].decay;
        add_variant(v, &count, spec, decays[k].label);
    }
    return count;
}

static nearer_status try_variant(variant *v, nr_lines *l, size_t n, nearer_error *err)
{
    double scores[MOST];
    NR_TRY(nr_gains_score(v->gains, &l->gains, &v->spec, l->order, n, err));
    for (size_t k = 0; k < n; k++) scores[k] = v->gains[k].score;
    return nr_rank(v->ranks, scores, n, false, err);
}

static nearer_status put(nearer_report *report, const nr_lines *l, const variant *v, size_t count,
                         size_t n, nearer_error *err)
{
    static const char *const numbers[] = {"pairs_faster", "pairs_connected", "rank_best",
                                          "rank_worst"};
    nearer_table *table = NULL;
    char name[300];
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "rank", 0);
    nr_table_add_column(table, "line", NR_TEXT_COLUMN);
    for (size_t k = 0; k < 4; k++) nr_table_add_column(table, numbers[k], 0);
    for (size_t k = 0; k < count; k++) nr_table_add_column(table, v[k].label, 0);
    for (size_t r = 0; r < n; r++) {
        double best = (double)r + 1, worst = best;
        const char *line = nr_candidate_name(name, &l->candidates, l->order[r]);
        size_t row = nr_table_add_row(table, 0);
        for (size_t k = 0; k < count; k++) {
            best = fmin(best, v[k].ranks[r]);
            worst = fmax(worst, v[k].ranks[r]);
            nr_table_set_number(table, row, 6 + k, v[k].ranks[r]);
        }
        nr_table_set_number(table, row, 0, (double)r + 1);
        nr_table_set_text(table, row, 1, line, strlen(line));
        nr_table_set_number(table, row, 2, (double)v->gains[r].faster);
        nr_table_set_number(table, row, 3, (double)v->gains[r].connected);
        nr_table_set_number(table, row, 4, best);
        nr_table_set_number(table, row, 5, worst);
    }
    return nr_study_put(report, "best", "The best lines, ranked under other masses and decays",
                        table, err);
}

nearer_status nr_lines_put_best(nearer_report *report, nr_lines *l, nearer_error *err)
{
    size_t n = l->listed < MOST ? l->listed : MOST;
    variant *v = nr_alloc(MOST_VARIANTS, sizeof *v);
    if (v == NULL) return nr_fail_memory(err);
    size_t count = list_variants(v, l);
    nearer_status status = NEARER_OK;
    for (size_t k = 0; status == NEARER_OK && k < count; k++)
        status = try_variant(&v[k], l, n, err);
    if (status == NEARER_OK) status = put(report, l, v, count, n, err);
    nr_free(v);
    return status;
}
