/* Year by year: how near places are, how unequally, and what opened. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "access/inequality.h"
#include "graph/times.h"
#include "study/study.h"

typedef struct timeline {
    const nearer_study *study;
    const double *mass;
    nearer_query query;
    int from, to;
    nr_grouping grouping; /* of Theil's parts */
    double *first;        /* minutes at the end of the first year */
    double *scores, *finite;
    size_t *group;
    nearer_table *years, *opened;
} timeline;

static nearer_status put_year(timeline *t, int year, const double *minutes, nearer_error *err)
{
    static const nearer_measure_spec spec = {"mean_time", NULL, NULL, NAN, NAN};
    const nearer_network *network = t->study->network;
    size_t n = network->place_count, count = 0, pairs = 0;
    double sum = 0, weight = 0, gini = NAN, between = NAN;
    NR_TRY(nearer_scores(t->scores, minutes, t->mass, n, &spec, err));
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(t->scores[i])) continue;
        t->finite[count] = t->scores[i];
        t->group[count++] = t->grouping.of_place == NULL ? NR_NO_GROUP : t->grouping.of_place[i];
        if (isnan(t->mass[i])) continue;
        sum += t->mass[i] * t->scores[i];
        weight += t->mass[i];
    }
    NR_TRY(nr_gini(&gini, t->finite, count, err));
    NR_TRY(nr_theil_between(&between, t->finite, t->group, count, t->grouping.values.count, err));
    double theil = nr_theil(t->finite, count), index = NAN;
    const nr_compression_pairs all = {t->first, minutes, t->mass, t->mass, n, 0, n, NULL, NULL};
    NR_TRY(nr_compression(&index, &pairs, &all, err));
    nr_table_put(t->years, (double)year, index, weight > 0 ? sum / weight : NAN,
                 nr_cv(t->finite, count), gini, theil, between, theil - between, (double)count,
                 (double)pairs);
    return NEARER_OK;
}

static bool opened_in(const nr_link *link, int year, size_t mode, uint32_t class_id)
{
    return link->mode == mode && link->class_id == class_id && link->opened != NR_ALWAYS_OPEN &&
           nearer_date_year(link->opened) == year;
}

/* What a mode and class opened in a year: how much, and its lines, each named once. */
static nearer_status put_opened(timeline *t, int year, size_t mode, uint32_t class_id,
                                nearer_error *err)
{
    const nearer_network *network = t->study->network;
    size_t links = 0;
    double km = 0;
    nr_names lines = {0};
    bool good = true;
    for (size_t i = 0; good && i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if (!opened_in(link, year, mode, class_id)) continue;
        links++;
        km += link->great_circle_km;
        if (link->line != NR_NO_INDEX)
            good = nr_names_add(&lines, network->lines.texts[link->line]) != NR_NO_NAME;
    }
    nr_text names = {0};
    nr_text_add_word(&names, "");
    for (size_t i = 0; i < lines.count; i++)
        nr_text_print(&names, "%s%s", i > 0 ? "; " : "", lines.texts[i]);
    good = good && !names.failed;
    if (good && links > 0)
        nr_table_put(t->opened, (double)year, nr_modes[mode].id,
                     class_id == NR_NO_INDEX ? "" : network->classes.texts[class_id], (double)links,
                     km, names.bytes);
    nr_text_clear(&names);
    nr_names_clear(&lines);
    return good ? NEARER_OK : nr_fail_memory(err);
}

static nearer_status do_year(timeline *t, int year, nearer_error *err)
{
    const nearer_network *network = t->study->network;
    size_t n = network->place_count;
    nearer_times *times = NULL;
    t->query.date = nearer_date_year_end(year);
    NR_TRY(nearer_times_compute(&times, network, &t->query, err));
    if (year == t->from) memcpy(t->first, nr_times_matrix(times), n * n * sizeof *t->first);
    nearer_status status = put_year(t, year, nr_times_matrix(times), err);
    nearer_times_free(times);
    for (size_t m = 0; m < NR_MODE_COUNT; m++)
        for (size_t c = 0; c <= network->classes.count && status == NEARER_OK; c++)
            status =
                put_opened(t, year, m, c < network->classes.count ? (uint32_t)c : NR_NO_INDEX, err);
    return status;
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
    nr_table_add_column(t->opened, "year", 0);
    nr_table_add_column(t->opened, "mode", NR_TEXT_COLUMN);
    nr_table_add_column(t->opened, "class", NR_TEXT_COLUMN);
    nr_table_add_column(t->opened, "links", 0);
    nr_table_add_column(t->opened, "great_circle_km", 0);
    nr_table_add_column(t->opened, "lines", NR_TEXT_COLUMN);
    for (int year = t->from; year <= t->to; year++) NR_TRY(do_year(t, year, err));
    return NEARER_OK;
}

static nearer_status prepare(timeline *t, nearer_error *err)
{
    size_t n = t->study->network->place_count;
    t->first = nr_alloc(n, n * sizeof *t->first);
    t->scores = nr_alloc(n, sizeof *t->scores);
    t->finite = nr_alloc(n, sizeof *t->finite);
    t->group = nr_alloc(n, sizeof *t->group);
    if (t->first == NULL || t->scores == NULL || t->finite == NULL || t->group == NULL)
        return nr_fail_memory(err);
    if (t->study->spec.group_count > 0)
        NR_TRY(nr_grouping_read(&t->grouping, t->study, &t->study->spec.groups[0], err));
    NR_TRY(nr_table_new(&t->years, NULL, NULL, err));
    return nr_table_new(&t->opened, NULL, NULL, err);
}

static void clear(timeline *t)
{
    nr_free(t->first);
    nr_free(t->scores);
    nr_free(t->finite);
    nr_free(t->group);
    nr_grouping_clear(&t->grouping);
    nearer_table_free(t->years);
    nearer_table_free(t->opened);
}

/* Hands the tables to the report, which owns them then. */
static nearer_status hand_over(nearer_report *report, timeline *t, nearer_error *err)
{
    nearer_table *years = t->years, *opened = t->opened;
    t->years = NULL;
    NR_TRY(nr_study_put(report, "timeline", "Year by year", years, err));
    t->opened = NULL;
    NR_TRY(nr_study_put(report, "opened", "What opened", opened, err));
    return nr_report_add_note(
        report, err,
        "compression_index: travel time / that of %d, geometric mean over the pairs reachable in "
        "both; cv, gini and theil: how unequal the places' mean times are, theil_between %s",
        t->from, t->study->spec.group_count > 0 ? t->study->spec.groups[0].id : "no groups");
}

nearer_status nearer_ask_timeline(nearer_report **out, const nearer_study *study,
                                  const nearer_query *query, int from, int to, const char *mass,
                                  nearer_error *err)
{
    timeline t = {.study = study, .query = *query, .from = from, .to = to};
    nearer_report *report = NULL;
    if (from > to || to - from >= 1000)
        return nr_fail(err, NEARER_USAGE,
                       "the first year must not lie behind the last, nor 1000 "
                       "years before it");
    NR_TRY(nr_study_mass(&t.mass, study, mass, err));
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
