/* Year by year: how near places are, how unequally, and what changed. */
#include "study/timeline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "access/inequality.h"
#include "base/progress.h"
#include "graph/times.h"

/* A year's row, but for the counts: means over its states. */
enum { LOG_INDEX, MEAN_TIME, CV, GINI, THEIL, BETWEEN, FIGURES };

typedef struct timeline {
    const nearer_study *study;
    const nearer_timeline_spec *spec;
    const double *mass;
    nearer_query query;
    unsigned modes;
    nr_grouping grouping; /* of Theil's parts */
    nr_curves *curves;
    double *first;     /* minutes of the first state */
    bool begun;        /* `first` is filled */
    double base_index; /* log of the first year's index, the others are relative to it */
    double *scores, *finite;
    size_t *group;
    nearer_table *years, *events;
} timeline;

/* The figures of one state, and its counts of places and pairs. */
static nearer_status measure(timeline *t, double figures[FIGURES], size_t counts[2],
                             const double *minutes, nearer_error *err)
{
    static const nearer_measure_spec spec = {
        .measure = "mean_time", .cutoff_min = NAN, .own_min = NAN};
    size_t n = t->study->network->place_count, count = 0;
    double sum = 0, weight = 0, index = NAN;
    NR_TRY(nearer_scores(t->scores, minutes, t->mass, n, &spec, err));
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(t->scores[i])) continue;
        t->finite[count] = t->scores[i];
        t->group[count++] = t->grouping.of_place == NULL ? NR_NO_GROUP : t->grouping.of_place[i];
        if (isnan(t->mass[i])) continue;
        sum += t->mass[i] * t->scores[i];
        weight += t->mass[i];
    }
    const nr_compression_pairs all = {t->first, minutes, t->mass, t->mass, n, 0, n, NULL, NULL};
    NR_TRY(nr_compression(&index, &counts[1], &all, err));
    const nr_sample sample = {t->finite, NULL, count};
    NR_TRY(nr_gini(&figures[GINI], &sample, err));
    NR_TRY(nr_theil_between(&figures[BETWEEN], &sample, t->group, t->grouping.values.count, err));
    figures[LOG_INDEX] = log(index);
    figures[MEAN_TIME] = weight > 0 ? sum / weight : NAN;
    figures[CV] = nr_cv(&sample);
    figures[THEIL] = nr_theil(&sample);
    counts[0] = count;
    return NEARER_OK;
}

/* One state of a year, added to the year's figures with its share. */
static nearer_status add_state(timeline *t, int year, const nr_state *state,
                               double figures[FIGURES], size_t counts[2], nearer_error *err)
{
    const nearer_network *network = t->study->network;
    nearer_times *times = NULL;
    double now[FIGURES];
    t->query.date = state->date;
    NR_TRY(nearer_times_compute(&times, network, &t->query, err));
    const double *minutes = nr_times_matrix(times);
    size_t n = network->place_count;
    if (!t->begun) memcpy(t->first, minutes, n * n * sizeof *t->first);
    t->begun = true;
    nearer_status status = measure(t, now, counts, minutes, err);
    for (size_t i = 0; status == NEARER_OK && i < FIGURES; i++) figures[i] += state->share * now[i];
    if (t->curves != NULL) nr_curves_add(t->curves, year, minutes, state->share);
    nearer_times_free(times);
    return status;
}

static nearer_status do_year(timeline *t, int year, nearer_error *err)
{
    nr_state end = {nearer_date_year_end(year), 1}, *states = NULL;
    size_t count = 1, counts[2] = {0, 0};
    double figures[FIGURES] = {0};
    if (t->spec->weight_openings)
        NR_TRY(nr_year_states(&states, &count, t->study->network, t->modes, year, err));
    nearer_status status = NEARER_OK;
    for (size_t i = 0; i < count && status == NEARER_OK; i++)
        status = add_state(t, year, states == NULL ? &end : &states[i], figures, counts, err);
    nr_free(states);
    NR_TRY(status);
    if (year == t->spec->from) t->base_index = figures[LOG_INDEX];
    nr_table_put(t->years, (double)year, exp(figures[LOG_INDEX] - t->base_index),
                 figures[MEAN_TIME], figures[CV], figures[GINI], figures[THEIL], figures[BETWEEN],
                 figures[THEIL] - figures[BETWEEN], (double)counts[0], (double)counts[1]);
    return nr_events_put(t->events, t->study->network, t->modes, year, err);
}

static nearer_status do_years(timeline *t, nearer_error *err)
{
    nr_table_add_column(t->years, "year", 0);
    nr_table_add_column(t->years, "compression_index", 3);
    nr_table_add_column(t->years, "mean_time_min", 1);
    const char *spread[] = {"cv", "gini", "theil", "theil_between", "theil_within"};
    for (size_t i = 0; i < 5; i++) nr_table_add_column(t->years, spread[i], 4);
    nr_table_add_column(t->years, "places", 0);
    nr_table_add_column(t->years, "pairs", 0);
    size_t years = (size_t)(t->spec->to - t->spec->from + 1);
    for (size_t i = 0; i < years; i++) {
        nr_progress("years", i, years);
        NR_TRY(do_year(t, t->spec->from + (int)i, err));
    }
    nr_progress("years", years, years);
    return NEARER_OK;
}

static nearer_status prepare(timeline *t, nearer_error *err)
{
    const nearer_network *network = t->study->network;
    size_t n = network->place_count;
    NR_TRY(nr_network_modes(&t->modes, network, t->query.modes, err));
    t->first = nr_alloc(n, n * sizeof *t->first);
    t->scores = nr_alloc(n, sizeof *t->scores);
    t->finite = nr_alloc(n, sizeof *t->finite);
    t->group = nr_alloc(n, sizeof *t->group);
    if (t->first == NULL || t->scores == NULL || t->finite == NULL || t->group == NULL)
        return nr_fail_memory(err);
    const nr_study_spec *study = &t->study->spec;
    if (t->spec->group != NULL)
        NR_TRY(nr_grouping_find(&t->grouping, t->study, t->spec->group, err));
    else if (study->group_count > 0)
        NR_TRY(nr_grouping_read(&t->grouping, t->study, &study->groups[0], err));
    if (t->spec->pair_count > 0)
        NR_TRY(nr_curves_new(&t->curves, network, t->spec->pairs, t->spec->pair_count,
                             t->spec->from, t->spec->to, err));
    NR_TRY(nr_table_new(&t->years, NULL, NULL, err));
    return nr_events_new(&t->events, err);
}

static void clear(timeline *t)
{
    nr_free(t->first);
    nr_free(t->scores);
    nr_free(t->finite);
    nr_free(t->group);
    nr_grouping_clear(&t->grouping);
    nr_curves_free(t->curves);
    nearer_table_free(t->years);
    nearer_table_free(t->events);
}

static nearer_status add_notes(nearer_report *report, const timeline *t, nearer_error *err)
{
    NR_TRY(nr_report_add_note(
        report, err,
        "compression_index: travel time / that of %d, geometric mean over the pairs reachable in "
        "both; cv, gini and theil: how unequal the places' mean times are, theil_between %s",
        t->spec->from, t->grouping.spec == NULL ? "no groups" : t->grouping.spec->id));
    return nr_report_add_note(report, err,
                              t->spec->weight_openings ? "each year is the mean of its days"
                                                       : "each year is its 31 December");
}

static void set_chart(nearer_report *report, const timeline *t)
{
    nr_chart chart = {.kind = NR_CHART_LINES, .x = "year", .x_title = "year"};
    const char *year = t->spec->weight_openings ? "mean of each year's days" : "each 31 December";
    if (t->curves != NULL) {
        chart.table = "curve";
        chart.y = "time_min";
        chart.series = "pair";
        snprintf(chart.title, sizeof chart.title, "Travel time, %d to %d", t->spec->from,
                 t->spec->to);
        snprintf(chart.y_title, sizeof chart.y_title, "travel time, min");
    } else {
        chart.table = "timeline";
        chart.y = "compression_index";
        snprintf(chart.title, sizeof chart.title, "How travel times shrank, %d to %d",
                 t->spec->from, t->spec->to);
        snprintf(chart.y_title, sizeof chart.y_title, "travel time as a share of that of %d",
                 t->spec->from);
    }
    snprintf(chart.subtitle, sizeof chart.subtitle, "%s, %s, %s",
             t->query.station_to_station ? "station to station" : "door to door",
             t->query.modes == NULL ? "all modes" : t->query.modes, year);
    nr_report_set_chart(report, &chart);
}

/* Hands the tables to the report, which owns them then. */
static nearer_status hand_over(nearer_report *report, timeline *t, nearer_error *err)
{
    nearer_table *years = t->years, *events = t->events;
    if (t->curves != NULL) NR_TRY(nr_curves_put(report, t->curves, err));
    set_chart(report, t);
    t->years = NULL;
    NR_TRY(nr_study_put(report, "timeline", "Year by year", years, err));
    t->events = NULL;
    NR_TRY(nr_study_put(report, "events", "What opened, closed and changed", events, err));
    return add_notes(report, t, err);
}

nearer_status nearer_ask_timeline(nearer_report **out, const nearer_study *study,
                                  const nearer_query *query, const nearer_timeline_spec *spec,
                                  nearer_error *err)
{
    timeline t = {.study = study, .query = *query, .spec = spec};
    nearer_report *report = NULL;
    if (spec->from > spec->to || spec->to - spec->from >= 1000)
        return nr_fail(err, NEARER_USAGE,
                       "the first year must not lie behind the last, nor 1000 "
                       "years before it");
    NR_TRY(nr_study_mass(&t.mass, study, spec->mass, err));
    nearer_status status = prepare(&t, err);
    if (status == NEARER_OK) status = do_years(&t, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = hand_over(report, &t, err);
    clear(&t);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
