/* Travel times asked for: the whole table, or one trip. */
#include <math.h>

#include "study/legs.h"
#include "study/matrix.h"
#include "study/study.h"

static nearer_status times_table(nearer_table **out, size_t *unreachable,
                                 const nearer_network *network, const nearer_times *times,
                                 nearer_error *err)
{
    size_t n = network->place_count;
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "travel_time", 1);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (i == j) continue;
            double minutes = nearer_times_minutes(times, i, j);
            *unreachable += isinf(minutes) ? 1 : 0;
            nr_table_put(table, network->places[i].id, network->places[j].id, minutes);
        }
    return nr_table_finish(out, table, err);
}

nearer_status nearer_ask_times(nearer_report **out, const nearer_study *study,
                               const nearer_query *query, nearer_error *err)
{
    nearer_times *times = NULL;
    nearer_table *table = NULL;
    nearer_report *report = NULL;
    size_t unreachable = 0, n = study->network->place_count;
    NR_TRY(nearer_times_compute(&times, study->network, query, err));
    nearer_status status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = times_table(&table, &unreachable, study->network, times, err);
    if (status == NEARER_OK)
        status = nr_report_add_table(report, "times", "Travel times, minutes", table, err);
    if (status == NEARER_OK)
        status = nr_report_add_note(report, err,
                                    "%zu places, %zu ordered pairs, %zu of them unreachable (inf)",
                                    n, n * (n - 1), unreachable);
    if (status == NEARER_OK) status = nr_study_tell_given(report, study, err);
    nearer_times_free(times);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}

/* The ids of all places, or NULL. */
static const char **place_ids(const nearer_network *network)
{
    const char **ids = nr_alloc(network->place_count, sizeof *ids);
    for (size_t p = 0; ids != NULL && p < network->place_count; p++) ids[p] = network->places[p].id;
    return ids;
}

nearer_status nearer_times_write(nearer_report **out, const nearer_study *study,
                                 const nearer_query *query, const nearer_matrix_file *file,
                                 nearer_error *err)
{
    nr_graph *graph = NULL;
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given are not computed again");
    NR_TRY(nr_graph_build(&graph, study->network, query, err));
    const char **ids = place_ids(study->network);
    const nr_matrix_job job = {.task = nr_graph_task(graph, query),
                               .row_ids = ids,
                               .column_ids = ids,
                               .per_unit = NR_TICKS_PER_MINUTE,
                               .unit = "min",
                               .same = true};
    nearer_status status =
        ids == NULL ? nr_fail_memory(err) : nr_matrix_write(out, &job, query, file, err);
    nr_free(ids);
    nr_graph_free(graph);
    return status;
}

static nearer_status trip_report(nearer_report *report, const nearer_network *network,
                                 const nr_leg *legs, size_t count, double minutes, size_t from,
                                 size_t to, nearer_error *err)
{
    nearer_table *head = NULL, *table = NULL;
    double sums[NR_SUMS] = {minutes, minutes}; /* where there is no way: INFINITY */
    NR_TRY(nr_table_new(&head, NULL, NULL, err));
    const char *texts[] = {"from_id", "to_id", "from", "to"};
    for (size_t i = 0; i < 4; i++) nr_table_add_column(head, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(head, "time_min", 1);
    if (network->given[1] == NULL) nr_sums_add_columns(head, network);
    if (!isinf(minutes)) nr_legs_sum(sums, legs, count);
    nr_table_put(head, network->places[from].id, network->places[to].id, network->places[from].name,
                 network->places[to].name, minutes, sums[NR_SUM_LENGTH_KM], sums[NR_SUM_COST]);
    NR_TRY(nr_table_finish(&head, head, err));
    NR_TRY(nr_report_add_head(report, "trip", "Trip", head, err));
    NR_TRY(nr_legs_new(&table, NULL, network, err));
    nr_legs_put(table, NULL, network, legs, count);
    NR_TRY(nr_study_put(report, "legs", "Legs", table, err));
    if (isinf(minutes))
        return nr_report_add_note(report, err, "%s cannot be reached from %s",
                                  network->places[to].name, network->places[from].name);
    return NEARER_OK;
}

nearer_status nearer_ask_trip(nearer_report **out, const nearer_study *study,
                              const nearer_query *query, size_t from, size_t to, nearer_error *err)
{
    nr_leg *legs = NULL;
    size_t count = 0;
    double minutes = 0;
    nearer_report *report = NULL;
    const double *given = study->network->given[1];
    if (given != NULL) /* a matrix has no legs */
        minutes = given[from * study->network->place_count + to];
    else
        NR_TRY(nr_trip_find(&legs, &count, &minutes, study->network, query, from, to, err));
    nearer_status status = nr_report_new(&report, err);
    if (status == NEARER_OK)
        status = trip_report(report, study->network, legs, count, minutes, from, to, err);
    nr_free(legs);
    if (status == NEARER_OK) status = nr_study_tell_given(report, study, err);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
