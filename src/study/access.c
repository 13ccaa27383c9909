/* Score and rank of every place. */
#include <math.h>
#include <stdio.h>

#include "graph/times.h"
#include "study/study.h"

/* The share of the mass of all other places that i can reach, per cent. */
static double reached_pct(const double *minutes, const double *mass, size_t n, size_t i)
{
    double reached = 0, all = 0;
    for (size_t j = 0; j < n; j++) {
        if (i == j || isnan(mass[j])) continue;
        all += mass[j];
        if (!isinf(minutes[i * n + j])) reached += mass[j];
    }
    return all > 0 ? 100 * reached / all : NAN;
}

static nearer_status access_table(nearer_table **out, const nearer_study *study,
                                  const nr_measure *measure, const nearer_measure_spec *spec,
                                  const double *minutes, const double *mass, const double *scores,
                                  const double *ranks, const size_t *order, nearer_error *err)
{
    const nearer_network *network = study->network;
    char unit[64], name[160];
    nr_study_unit(unit, study, measure, spec->mass);
    snprintf(name, sizeof name, "%s_%s", measure->id, unit);
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    nr_table_add_column(table, name, measure->decimals);
    nr_table_add_column(table, "rank", 0);
    nr_table_add_column(table, "reached_mass_pct", 1);
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    for (size_t k = 0; k < network->place_count; k++) {
        size_t i = order[k];
        const nr_place *place = &network->places[i];
        nr_table_put(table, place->id, place->name, scores[i], ranks[i],
                     reached_pct(minutes, mass, network->place_count, i), place->at.lon,
                     place->at.lat);
    }
    return nr_table_finish(out, table, err);
}

static nearer_status note_missing(nearer_report *report, const nearer_network *network,
                                  const double *mass, const double *scores, nearer_error *err)
{
    size_t missing = 0, cut_off = 0;
    for (size_t i = 0; i < network->place_count; i++) {
        missing += isnan(mass[i]) ? 1 : 0;
        cut_off += isinf(scores[i]) ? 1 : 0;
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

static nearer_status assess(nearer_report *report, const nearer_study *study,
                            const nearer_times *times, const nearer_measure_spec *spec,
                            const nr_measure *measure, const double *mass, nearer_error *err)
{
    size_t n = study->network->place_count;
    double *scores = nr_alloc(2 * n, sizeof *scores);
    size_t *order = nr_alloc(n, sizeof *order);
    nearer_table *table = NULL;
    nearer_status status = scores == NULL || order == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK)
        status = nearer_scores(scores, nr_times_matrix(times), mass, n, spec, err);
    if (status == NEARER_OK) status = nr_rank(scores + n, scores, n, measure->low_is_good, err);
    if (status == NEARER_OK) status = nr_rank_order(order, scores + n, n, err);
    if (status == NEARER_OK)
        status = access_table(&table, study, measure, spec, nr_times_matrix(times), mass, scores,
                              scores + n, order, err);
    if (status == NEARER_OK)
        status = nr_report_add_table(report, "access", measure->title, table, err);
    if (status == NEARER_OK) status = note_missing(report, study->network, mass, scores, err);
    nr_free(scores);
    nr_free(order);
    return status;
}

nearer_status nearer_ask_access(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_measure_spec *spec,
                                nearer_error *err)
{
    const nr_measure *measure = NULL;
    nr_measure_input input;
    const double *mass = NULL;
    nearer_times *times = NULL;
    nearer_report *report = NULL;
    NR_TRY(nr_measure_prepare(&measure, &input, spec, err));
    NR_TRY(nr_study_mass(&mass, study, spec->mass, err));
    NR_TRY(nearer_times_compute(&times, study->network, query, err));
    nearer_status status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = assess(report, study, times, spec, measure, mass, err);
    if (status == NEARER_OK) status = nr_study_tell_given(report, study, err);
    nearer_times_free(times);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
