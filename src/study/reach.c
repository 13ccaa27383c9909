/* From one place to all others, or from all others to it. */
#include <math.h>

#include "base/memory.h"
#include "graph/search.h"
#include "graph/times.h"
#include "study/study.h"

/* Minutes by one search: forwards, or backwards along the ways turned round. */
static nearer_status find_minutes(double *minutes, const nearer_study *study,
                                  const nearer_query *query, size_t place, bool to_it,
                                  nearer_error *err)
{
    nr_graph *graph = NULL;
    nr_rows back = {0};
    nr_search search = {0};
    NR_TRY(nr_graph_build(&graph, study->network, query, err));
    const nr_task task = nr_graph_task(graph, query);
    const uint32_t *ends = to_it ? graph->source : graph->target;
    nearer_status status = to_it ? nr_rows_reverse(&back, &graph->rows, err) : NEARER_OK;
    bool good = nr_search_init(&search, graph->rows.vertices);
    if (status == NEARER_OK && !good) status = nr_fail_memory(err);
    if (status == NEARER_OK) {
        nr_search_run(&search, to_it ? &back : &graph->rows,
                      to_it ? graph->target[place] : graph->source[place], NULL, task.limit);
        for (size_t p = 0; p < study->network->place_count; p++)
            minutes[p] = nr_ticks_value(search.ticks[ends[p]], NR_TICKS_PER_MINUTE);
        minutes[place] = 0;
    }
    nr_search_clear(&search);
    nr_rows_clear(&back);
    nr_graph_free(graph);
    return status;
}

static nearer_status reach_table(nearer_table **out, const nearer_network *network,
                                 const double *minutes, const size_t *order, size_t place,
                                 nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    nr_table_add_column(table, "time_min", 1);
    nr_table_add_column(table, "lon_deg", 4);
    nr_table_add_column(table, "lat_deg", 4);
    for (size_t k = 0; k < network->place_count; k++) {
        const nr_place *p = &network->places[order[k]];
        if (order[k] != place)
            nr_table_put(table, p->id, p->name, minutes[order[k]], p->at.lon, p->at.lat);
    }
    return nr_table_finish(out, table, err);
}

static nearer_status put_reach(nearer_report *report, const nearer_study *study,
                               const double *minutes, const size_t *order, size_t place, bool to_it,
                               nearer_error *err)
{
    const nearer_network *network = study->network;
    nearer_table *table = NULL;
    size_t unreachable = 0;
    for (size_t p = 0; p < network->place_count; p++) unreachable += isinf(minutes[p]) ? 1 : 0;
    NR_TRY(reach_table(&table, network, minutes, order, place, err));
    NR_TRY(nr_report_add_table(report, "reach",
                               to_it ? "Travel times to it, the nearest first"
                                     : "Travel times from it, the nearest first",
                               table, err));
    NR_TRY(nr_report_add_note(report, err, "%s %s: %zu places, %zu of them unreachable (inf)",
                              to_it ? "to" : "from", network->places[place].name,
                              network->place_count - 1, unreachable));
    return nr_study_tell_given(report, study, err);
}

/* Nearest first; equal ones, and those that cannot be reached, as they came. */
static nearer_status put_in_order(size_t *order, double *ranks, const double *minutes, size_t n,
                                  nearer_error *err)
{
    NR_TRY(nr_rank(ranks, minutes, n, true, err));
    return nr_rank_order(order, ranks, n, err);
}

nearer_status nearer_ask_reach(nearer_report **out, const nearer_study *study,
                               const nearer_query *query, size_t place, bool to_it,
                               nearer_error *err)
{
    size_t n = study->network->place_count;
    const double *given = study->network->given[1];
    double *minutes = nr_alloc(2 * n, sizeof *minutes);
    size_t *order = nr_alloc(n, sizeof *order);
    nearer_report *report = NULL;
    nearer_status status = minutes == NULL || order == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK && given == NULL)
        status = find_minutes(minutes, study, query, place, to_it, err);
    for (size_t p = 0; status == NEARER_OK && given != NULL && p < n; p++)
        minutes[p] = to_it ? given[p * n + place] : given[place * n + p];
    if (status == NEARER_OK) status = put_in_order(order, minutes + n, minutes, n, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_reach(report, study, minutes, order, place, to_it, err);
    nr_free(minutes);
    nr_free(order);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
