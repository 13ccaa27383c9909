#include "graph/times.h"

#include <string.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/ranks.h"
#include "graph/matrix.h"

struct nearer_times {
    size_t places;
    double *minutes;
};

nr_task nr_graph_task(const nr_graph *graph, const nearer_query *query)
{
    nr_task task = {.rows = &graph->rows,
                    .sources = graph->source,
                    .targets = graph->target,
                    .source_count = graph->network->place_count,
                    .target_count = graph->network->place_count,
                    .limit = NR_TICKS_MAX,
                    .cache = query->cache};
    if (query->max_min > 0) nr_ticks_count(&task.limit, query->max_min, NR_TICKS_PER_MINUTE);
    return task;
}

static nearer_status take_minutes(void *context, size_t first, size_t count, const nr_ticks *rows,
                                  nearer_error *err)
{
    nearer_times *times = context;
    size_t n = times->places;
    (void)err;
    for (size_t k = 0; k < count * n; k++)
        times->minutes[first * n + k] = nr_ticks_value(rows[k], NR_TICKS_PER_MINUTE);
    for (size_t i = first; i < first + count; i++) times->minutes[i * n + i] = 0;
    return NEARER_OK;
}

static nearer_status compute(nearer_times *times, const nr_graph *graph, const nearer_query *query,
                             nearer_error *err)
{
    nr_task task = nr_graph_task(graph, query);
    nr_matrix_plan plan;
    NR_TRY(nr_matrix_plan_make(&plan, &task, query, err));
    NR_TRY(nr_matrix_make(&plan, &task, NR_TAKE_WHERE_COMPUTED, take_minutes, times, err));
    nr_ranks_sum(times->minutes, times->places * times->places); /* others' rows are 0 here */
    return NEARER_OK;
}

/* Worth a sentence before it begins. */
enum { MUCH_MB = 2000 };

static nearer_status check_memory(size_t places, double most_mb, nearer_error *err)
{
    double needed_mb = (double)places * (double)places * sizeof(double) / 1e6;
    if (needed_mb > MUCH_MB && (most_mb <= 0 || needed_mb <= most_mb))
        nr_forecast("the times between %zu places take %.3g MB of memory", places, needed_mb);
    if (most_mb <= 0 || needed_mb <= most_mb) return NEARER_OK;
    return nr_fail(err, NEARER_MEMORY,
                   "the times between %zu places take %.3g MB of memory, %.3g MB are allowed; "
                   "nearer times -o FILE.npy writes them without holding them",
                   places, needed_mb, most_mb);
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
        status = check_memory(times->places, query->max_memory_mb, err);
    }
    if (status == NEARER_OK) {
        times->minutes = nr_alloc(times->places, times->places * sizeof(double));
        if (times->minutes == NULL) status = nr_fail_memory(err);
    }
    if (status == NEARER_OK && given != NULL)
        memcpy(times->minutes, given, times->places * times->places * sizeof *given);
    else if (status == NEARER_OK)
        status = compute(times, graph, query, err);
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
