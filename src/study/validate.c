/* Modelled travel times held against observed ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "graph/times.h"
#include "stats/statistic.h"
#include "study/legs.h"
#include "study/observed.h"

enum { EXPLAINED = 10 }; /* how many of the worst are shown with their legs */

typedef struct validation {
    const nearer_study *study;
    const nearer_table *table;
    nearer_query query;
    nr_observation *list;
    size_t count, left_out;
    double *observed, *modelled; /* of one group */
} validation;

static const char *modes_of(const nr_observation *o)
{
    return o->modes == NULL ? "all" : o->modes;
}

/* |modelled / observed - 1|; INFINITY where it cannot be travelled. */
static double off(const nr_observation *o)
{
    return fabs(o->modelled_min / o->observed_min - 1);
}

/* ---- modelling ---- */

static int by_network(const void *a, const void *b)
{
    const nr_observation *x = a, *y = b;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    int order = strcmp(modes_of(x), modes_of(y));
    return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

static int worst_first(const void *a, const void *b)
{
    const nr_observation *x = a, *y = b;
    if (off(x) > off(y)) return -1;
    if (off(x) < off(y)) return 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static nearer_query query_of(const validation *v, const nr_observation *o)
{
    nearer_query query = v->query;
    query.date = o->date;
    if (o->modes != NULL) query.modes = o->modes;
    return query;
}

/* One matrix for all observations of one day and mode; then the worst stand first. */
static nearer_status model(validation *v, nearer_error *err)
{
    nearer_times *times = NULL;
    qsort(v->list, v->count, sizeof *v->list, by_network);
    for (size_t i = 0; i < v->count; i++) {
        nr_observation *o = &v->list[i];
        nr_progress("observations", i, v->count);
        if (i == 0 || o->date != o[-1].date || strcmp(modes_of(o), modes_of(o - 1)) != 0) {
            nearer_query query = query_of(v, o);
            nearer_times_free(times);
            times = NULL;
            NR_TRY(nearer_times_compute(&times, v->study->network, &query, err));
        }
        o->modelled_min = nearer_times_minutes(times, o->from, o->to);
    }
    nr_progress("observations", v->count, v->count);
    nearer_times_free(times);
    qsort(v->list, v->count, sizeof *v->list, worst_first);
    return NEARER_OK;
}

/* ---- agreement of groups ---- */

/* Observations of one mode, sample and confidence; NULL takes all. */
typedef struct group {
    const char *mode, *sample, *confidence;
} group;

static bool holds(const group *g, const nr_observation *o)
{
    return (g->mode == NULL || strcmp(g->mode, modes_of(o)) == 0) &&
           (g->sample == NULL || strcmp(g->sample, o->sample) == 0) &&
           (g->confidence == NULL || strcmp(g->confidence, o->confidence) == 0);
}

static nearer_status put_group(nearer_table *t, const validation *v, const group *g,
                               nearer_error *err)
{
    nr_agreement a;
    size_t n = 0, unreachable = 0;
    for (size_t i = 0; i < v->count; i++) {
        if (!holds(g, &v->list[i])) continue;
        if (isinf(v->list[i].modelled_min)) {
            unreachable++;
            continue;
        }
        v->observed[n] = v->list[i].observed_min;
        v->modelled[n++] = v->list[i].modelled_min;
    }
    if (n + unreachable == 0) return NEARER_OK;
    NR_TRY(nr_agree(&a, v->observed, v->modelled, n, err));
    nr_table_put(t, g->mode, g->sample == NULL ? "all" : g->sample,
                 g->confidence == NULL ? "all" : g->confidence, (double)n, (double)unreachable,
                 100 * a.median_off, 100 * a.p90_off, 100 * a.bias_share, a.bias, a.r_squared);
    return NEARER_OK;
}

static nearer_status new_agreement(nearer_table **out, nearer_error *err)
{
    NR_TRY(nr_table_new(out, NULL, NULL, err));
    const char *texts[] = {"mode", "sample", "confidence"};
    for (size_t i = 0; i < 3; i++) nr_table_add_column(*out, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(*out, "n", 0);
    nr_table_add_column(*out, "unreachable", 0);
    nr_table_add_column(*out, "median_abs_error_pct", 1);
    nr_table_add_column(*out, "p90_abs_error_pct", 1);
    nr_table_add_column(*out, "bias_pct", 1);
    nr_table_add_column(*out, "bias_min", 1);
    nr_table_add_column(*out, "r_squared", 3);
    return NEARER_OK;
}

/* What the observations say of themselves, each once. */
typedef struct words {
    nr_names modes, samples, confidences;
} words;

static bool collect(words *w, const validation *v)
{
    bool good = true;
    for (size_t i = 0; good && i < v->count; i++)
        good = nr_names_add(&w->modes, modes_of(&v->list[i])) != NR_NO_NAME &&
               nr_names_add(&w->samples, v->list[i].sample) != NR_NO_NAME &&
               nr_names_add(&w->confidences, v->list[i].confidence) != NR_NO_NAME;
    return good;
}

/* The word, or NULL for all before the first; a single empty word says nothing. */
static const char *word(const nr_names *names, size_t i)
{
    return i == 0 ? NULL : names->texts[i - 1];
}

static size_t words_of(const nr_names *names)
{
    return names->count == 1 ? 1 : names->count + 1;
}

static nearer_status put_agreement(nearer_report *report, const validation *v, const words *w,
                                   nearer_error *err)
{
    nearer_table *summary = NULL, *detail = NULL;
    nearer_status status = new_agreement(&summary, err);
    if (status == NEARER_OK) status = new_agreement(&detail, err);
    for (size_t m = 0; status == NEARER_OK && m < w->modes.count; m++)
        for (size_t s = 0; status == NEARER_OK && s < words_of(&w->samples); s++) {
            group g = {w->modes.texts[m], word(&w->samples, s), NULL};
            status = put_group(summary, v, &g, err);
            for (size_t c = 1; status == NEARER_OK && c <= w->confidences.count; c++) {
                g.confidence = word(&w->confidences, c);
                status = put_group(detail, v, &g, err);
            }
        }
    if (status != NEARER_OK) {
        nearer_table_free(summary);
        nearer_table_free(detail);
        return status;
    }
    status =
        nr_study_put(report, "agreement", "Modelled against observed travel times", summary, err);
    if (status != NEARER_OK || (w->confidences.count == 1 && w->confidences.texts[0][0] == 0)) {
        nearer_table_free(detail);
        return status;
    }
    return nr_study_put(report, "confidence", "The same by how sure the observations are", detail,
                        err);
}

/* ---- each pair, and the legs of the worst ---- */

static nearer_status put_pairs(nearer_report *report, const validation *v, nearer_error *err)
{
    nearer_table *t = NULL;
    const nearer_network *network = v->study->network;
    NR_TRY(nr_table_new(&t, NULL, NULL, err));
    const char *texts[] = {"from_id", "to_id", "from", "to", "mode", "period"};
    for (size_t i = 0; i < 6; i++) nr_table_add_column(t, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(t, "observed_min", 0);
    nr_table_add_column(t, "modelled_min", 0);
    nr_table_add_column(t, "error_min", 0);
    nr_table_add_column(t, "error_pct", 1);
    const char *more[] = {"network_of", "sample", "confidence", "source"};
    for (size_t i = 0; i < 4; i++) nr_table_add_column(t, more[i], NR_TEXT_COLUMN);
    for (size_t i = 0; i < v->count; i++) {
        const nr_observation *o = &v->list[i];
        const nr_place *from = &network->places[o->from], *to = &network->places[o->to];
        char day[16];
        nr_table_put(t, from->id, to->id, from->name, to->name, modes_of(o), o->period,
                     o->observed_min, o->modelled_min, o->modelled_min - o->observed_min,
                     100 * (o->modelled_min / o->observed_min - 1),
                     o->date == NEARER_GIVEN ? "" : nearer_date_format(o->date, day), o->sample,
                     o->confidence, o->source);
    }
    return nr_study_put(report, "pairs", "Each pair, the worst first", t, err);
}

static nearer_status put_legs(nearer_table *t, const validation *v, const nr_observation *o,
                              nearer_error *err)
{
    const nearer_network *network = v->study->network;
    nearer_query query = query_of(v, o);
    nr_leg *legs = NULL;
    size_t count = 0;
    double minutes = 0;
    char label[200];
    NR_TRY(nr_trip_find(&legs, &count, &minutes, network, &query, o->from, o->to, err));
    snprintf(label, sizeof label, "%.60s - %.60s, %.40s", network->places[o->from].name,
             network->places[o->to].name, o->period);
    nr_legs_put(t, label, network, legs, count);
    nr_free(legs);
    return NEARER_OK;
}

static nearer_status put_worst(nearer_report *report, const validation *v, nearer_error *err)
{
    nearer_table *t = NULL;
    nearer_status status = nr_legs_new(&t, "pair", v->study->network, err);
    for (size_t i = 0, done = 0; status == NEARER_OK && i < v->count && done < EXPLAINED; i++) {
        if (isinf(v->list[i].modelled_min)) continue;
        status = put_legs(t, v, &v->list[i], err);
        done++;
    }
    if (status == NEARER_OK)
        return nr_study_put(report, "legs", "Legs of the worst pairs as modelled", t, err);
    nearer_table_free(t);
    return status;
}

static void set_chart(nearer_report *report, const validation *v, const words *w)
{
    nr_chart chart = {.kind = NR_CHART_SCATTER,
                      .table = "pairs",
                      .x = "observed_min",
                      .y = "modelled_min",
                      .series = w->modes.count > 1 || w->samples.count < 2 ? "mode" : "sample"};
    snprintf(chart.title, sizeof chart.title, "Modelled against observed travel times");
    snprintf(chart.subtitle, sizeof chart.subtitle, "observations: %zu, %s; the line is equality",
             v->count,
             v->study->network->given[1] != NULL ? "times as given"
             : v->query.station_to_station       ? "station to station"
                                                 : "door to door");
    snprintf(chart.x_title, sizeof chart.x_title, "observed, min");
    snprintf(chart.y_title, sizeof chart.y_title, "modelled, min");
    nr_report_set_chart(report, &chart);
}

static nearer_status fill(nearer_report *report, validation *v, nearer_error *err)
{
    words w = {0};
    v->observed = nr_alloc(v->count, sizeof *v->observed);
    v->modelled = nr_alloc(v->count, sizeof *v->modelled);
    nearer_status status = v->observed == NULL || v->modelled == NULL || !collect(&w, v)
                               ? nr_fail_memory(err)
                               : NEARER_OK;
    if (status == NEARER_OK) status = put_agreement(report, v, &w, err);
    if (status == NEARER_OK) status = put_pairs(report, v, err);
    bool given = v->study->network->given[1] != NULL; /* a matrix has no legs */
    if (status == NEARER_OK && !given) status = put_worst(report, v, err);
    if (status == NEARER_OK) set_chart(report, v, &w);
    nr_names_clear(&w.modes);
    nr_names_clear(&w.samples);
    nr_names_clear(&w.confidences);
    if (status != NEARER_OK) return status;
    if (given)
        return nr_report_add_note(report, err,
                                  "observations held against the times: %zu; their modes and "
                                  "periods are not looked at",
                                  v->count);
    return nr_report_add_note(
        report, err, "observations modelled %s: %zu; rows of other years or modes left out: %zu",
        v->query.station_to_station ? "station to station" : "door to door", v->count, v->left_out);
}

nearer_status nearer_ask_validate(nearer_report **out, const nearer_study *study,
                                  const nearer_query *query, const nearer_table *observed, int from,
                                  int to, nearer_error *err)
{
    validation v = {.study = study, .table = observed, .query = *query};
    const nr_period window = {nearer_date_year_end(from - 1) + 1, nearer_date_year_end(to)};
    nearer_report *report = NULL;
    unsigned modes;
    if (from > to) return nr_fail(err, NEARER_USAGE, "the first year must not lie behind the last");
    NR_TRY(nr_network_modes(&modes, study->network, query->modes, err));
    NR_TRY(nr_observed_read(&v.list, &v.count, &v.left_out, study->network, observed, window, modes,
                            err));
    nearer_status status =
        v.count > 0 ? model(&v, err)
                    : nr_fail(err, NEARER_NODATA, "%s: no observation of %d to %d by these modes",
                              nr_table_source(observed), from, to);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = fill(report, &v, err);
    if (status == NEARER_OK) status = nr_study_tell_given(report, study, err);
    nr_free(v.list);
    nr_free(v.observed);
    nr_free(v.modelled);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
