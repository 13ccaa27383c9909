#include "graph/times.h"

#include <string.h>

#include "base/threads.h"
#include "graph/search.h"

struct nearer_times {
    size_t places;
    double *minutes;
};

typedef struct rows_job {
    const nr_graph *graph;
    nr_search *searches; /* one a worker */
    double *minutes;
} rows_job;

static void compute_row(void *context, size_t from, size_t worker)
{
    rows_job *job = context;
    nr_search *search = &job->searches[worker];
    size_t n = job->graph->network->place_count;
    nr_search_run(search, job->graph, job->graph->source[from]);
    for (size_t to = 0; to < n; to++)
        job->minutes[from * n + to] = from == to ? 0 : search->minutes[job->graph->target[to]];
}

static nearer_status compute_rows(double *minutes, const nr_graph *graph, nearer_error *err)
{
    size_t workers = nr_workers();
    nr_search *searches = nr_alloc(workers, sizeof *searches);
    bool good = searches != NULL;
    for (size_t i = 0; good && i < workers; i++) good = nr_search_init(&searches[i], graph);
    if (good) {
        rows_job job = {graph, searches, minutes};
        nr_parallel_for(graph->network->place_count, compute_row, &job);
    }
    for (size_t i = 0; searches != NULL && i < workers; i++) nr_search_clear(&searches[i]);
    nr_free(searches);
    return good ? NEARER_OK : nr_fail_memory(err);
}

nearer_status nearer_times_compute(nearer_times **out, const nearer_network *network,
                                   const nearer_query *query, nearer_error *err)
{
    const double *given = network->given[query->date == NR_GIVEN_BEFORE ? 0 : 1];
    nr_graph *graph = NULL;
    if (given == NULL && network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE,
                       "two matrices are compared: the times before are missing");
    if (given == NULL) NR_TRY(nr_graph_build(&graph, network, query, err));
    nearer_times *times = nr_alloc(1, sizeof *times);
    nearer_status status = times == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        times->places = network->place_count;
        times->minutes = nr_alloc(times->places, times->places * sizeof(double));
        if (times->minutes == NULL) status = nr_fail_memory(err);
    }
    if (status == NEARER_OK && given != NULL)
        memcpy(times->minutes, given, times->places * times->places * sizeof *given);
    else if (status == NEARER_OK)
        status = query->engine == NEARER_ENGINE_IGRAPH
                     ? nr_graph_distances_igraph(times->minutes, graph, err)
                     : compute_rows(times->minutes, graph, err);
    nr_graph_free(graph);
    if (status == NEARER_OK)
        *out = times;
    else
        nearer_times_free(times);
    return status;
}

size_t nearer_times_places(const nearer_times *times)
{
    return times->places;
}

double nearer_times_minutes(const nearer_times *times, size_t from, size_t to)
{
    return times->minutes[from * times->places + to];
}

const double *nr_times_matrix(const nearer_times *times)
{
    return times->minutes;
}

void nearer_times_free(nearer_times *times)
{
    if (times == NULL) return;
    nr_free(times->minutes);
    nr_free(times);
}
