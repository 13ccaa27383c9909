/* Kilometres or cost along the fastest ways between all places: a search tree a source. */
#include "base/memory.h"
#include "base/threads.h"
#include "graph/times.h"

typedef struct job {
    const nr_graph *graph;
    nr_task task;
    nr_sum what;
    nr_tree *trees; /* one a worker */
    double **sums;  /* of vertices, the same */
    size_t workers;
    double *out;
} job;

static void clear(job *j)
{
    for (size_t i = 0; j->trees != NULL && i < j->workers; i++) nr_tree_clear(&j->trees[i]);
    for (size_t i = 0; j->sums != NULL && i < j->workers; i++) nr_free(j->sums[i]);
    nr_free(j->trees);
    nr_free(j->sums);
}

static nearer_status make_room(job *j, nearer_error *err)
{
    j->trees = nr_alloc(j->workers, sizeof *j->trees);
    j->sums = nr_alloc(j->workers, sizeof *j->sums);
    if (j->trees == NULL || j->sums == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < j->workers; i++) {
        NR_TRY(nr_tree_init(&j->trees[i], j->graph, false, err));
        j->sums[i] = nr_alloc(j->graph->vertex_count, sizeof(double));
        if (j->sums[i] == NULL) return nr_fail_memory(err);
    }
    return NEARER_OK;
}

static void sum_row(void *context, size_t from, size_t worker)
{
    job *j = context;
    nr_tree *tree = &j->trees[worker];
    double *sums = j->sums[worker], *row = j->out + from * j->task.target_count;
    nr_tree_grow(tree, j->graph->source[from], j->task.limit);
    nr_tree_sum(sums, tree, j->what);
    for (size_t to = 0; to < j->task.target_count; to++) {
        uint32_t target = j->graph->target[to];
        row[to] = tree->search.ticks[target] == NR_NEVER ? (double)INFINITY : sums[target];
    }
    row[from] = 0;
}

nearer_status nr_sums_compute(double *out, const nearer_network *network, const nearer_query *query,
                              nr_sum what, nearer_error *err)
{
    nr_graph *graph = NULL;
    NR_TRY(nr_graph_build(&graph, network, query, err));
    job j = {.graph = graph,
             .task = nr_graph_task(graph, query),
             .what = what,
             .workers = nr_workers(),
             .out = out};
    nearer_status status = make_room(&j, err);
    if (status == NEARER_OK) nr_parallel_for(j.task.source_count, sum_row, &j);
    clear(&j);
    nr_graph_free(graph);
    return status;
}
