#include "graph/betweenness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/threads.h"
#include "graph/times.h"

typedef struct worker {
    nr_tree tree;
    uint32_t *order;     /* vertices reached, by ticks; of equal ones parents first */
    uint32_t *position;  /* of each in the tree's order */
    double *ways, *flow; /* of each vertex */
} worker;

typedef struct job {
    const nr_graph *graph;
    nr_task task;
    const double *mass;
    nr_ticks tolerance;
    size_t first; /* of the sources being worked on */
    size_t workers;
    worker *worker;
    double *slots; /* of each of them, what passes each node */
} job;

/* ---- order ---- */

typedef struct ranked {
    nr_ticks ticks;
    uint32_t position, vertex;
} ranked;

static int by_ticks(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->ticks != b->ticks) return a->ticks < b->ticks ? -1 : 1;
    return a->position < b->position ? -1 : a->position > b->position;
}

static bool put_in_order(worker *w)
{
    const nr_tree *tree = &w->tree;
    ranked *rows = nr_alloc(tree->count, sizeof *rows);
    if (rows == NULL) return false;
    for (size_t i = 0; i < tree->count; i++)
        rows[i] = (ranked){tree->search.ticks[tree->order[i]], (uint32_t)i, tree->order[i]};
    if (tree->count > 1) qsort(rows, tree->count, sizeof *rows, by_ticks);
    for (size_t i = 0; i < tree->count; i++) {
        w->order[i] = rows[i].vertex;
        w->position[rows[i].vertex] = (uint32_t)i;
    }
    nr_free(rows);
    return true;
}

/* ---- one source ---- */

/* The arc lies on a fastest way, or on one that ties with it. */
static bool is_used(const job *j, const worker *w, uint32_t arc)
{
    const nr_arc *a = &j->graph->arcs[arc];
    const nr_ticks *ticks = w->tree.search.ticks;
    if (ticks[a->from] == NR_NEVER || ticks[a->to] == NR_NEVER) return false;
    if (w->tree.search.by_arc[a->to] == arc) return true;
    return ticks[a->from] < ticks[a->to] &&
           (uint64_t)ticks[a->from] + a->ticks <= (uint64_t)ticks[a->to] + j->tolerance;
}

static void count_ways(const job *j, worker *w)
{
    const nr_rows *rows = &j->graph->rows;
    for (size_t i = 0; i < w->tree.count; i++) w->ways[w->order[i]] = i == 0 ? 1 : 0;
    for (size_t i = 0; i < w->tree.count; i++) {
        uint32_t v = w->order[i];
        for (uint32_t e = rows->first[v]; e < rows->first[v + 1]; e++)
            if (is_used(j, w, rows->arc[e])) w->ways[rows->to[e]] += w->ways[v];
    }
}

/* From the far ends inwards; what enters a node from another passes or ends there. */
static void gather(const job *j, worker *w, double *nodes)
{
    const nr_rows *rows = &j->graph->rows;
    const uint32_t *node = j->graph->vertex_node;
    for (size_t i = w->tree.count; i-- > 0;) {
        uint32_t v = w->order[i];
        for (uint32_t e = rows->first[v]; e < rows->first[v + 1]; e++) {
            uint32_t to = rows->to[e];
            if (!is_used(j, w, rows->arc[e]) || !(w->flow[to] > 0)) continue;
            double part = w->flow[to] * w->ways[v] / w->ways[to];
            w->flow[v] += part;
            if (node[v] != node[to]) nodes[node[to]] += part;
        }
    }
}

static void pass_source(void *context, size_t i, size_t number)
{
    job *j = context;
    worker *w = &j->worker[number];
    const nearer_network *network = j->graph->network;
    size_t from = j->first + i;
    double *nodes = j->slots + i * network->node_count;
    memset(nodes, 0, network->node_count * sizeof *nodes);
    nr_tree_grow(&w->tree, j->task.sources[from], j->task.limit);
    if (!put_in_order(w)) {
        nodes[0] = NAN; /* told by the caller */
        return;
    }
    count_ways(j, w);
    for (size_t k = 0; k < w->tree.count; k++) w->flow[w->order[k]] = 0;
    for (size_t to = 0; to < j->task.target_count; to++)
        if (to != from && w->tree.search.ticks[j->task.targets[to]] != NR_NEVER)
            w->flow[j->task.targets[to]] += j->mass[from] * j->mass[to];
    gather(j, w, nodes);
    for (size_t to = 0; to < j->task.target_count; to++) { /* what ends there does not pass */
        uint32_t node = network->places[to].node;
        if (to == from)
            nodes[node] = 0;
        else if (w->tree.search.ticks[j->task.targets[to]] != NR_NEVER)
            nodes[node] -= j->mass[from] * j->mass[to];
    }
}

/* ---- all ---- */

static void clear(job *j)
{
    for (size_t i = 0; j->worker != NULL && i < j->workers; i++) {
        worker *w = &j->worker[i];
        nr_tree_clear(&w->tree);
        nr_free(w->order);
        nr_free(w->position);
        nr_free(w->ways);
        nr_free(w->flow);
    }
    nr_free(j->worker);
    nr_free(j->slots);
}

static nearer_status make_room(job *j, nearer_error *err)
{
    size_t vertices = j->graph->vertex_count;
    j->worker = nr_alloc(j->workers, sizeof *j->worker);
    j->slots = nr_alloc(j->workers, j->graph->network->node_count * sizeof *j->slots);
    if (j->worker == NULL || j->slots == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < j->workers; i++) {
        worker *w = &j->worker[i];
        NR_TRY(nr_tree_init(&w->tree, j->graph, false, err));
        w->order = nr_alloc(vertices, sizeof *w->order);
        w->position = nr_alloc(vertices, sizeof *w->position);
        w->ways = nr_alloc(vertices, sizeof *w->ways);
        w->flow = nr_alloc(vertices, sizeof *w->flow);
        if (w->order == NULL || w->position == NULL || w->ways == NULL || w->flow == NULL)
            return nr_fail_memory(err);
    }
    return NEARER_OK;
}

static nearer_status run(double *out, job *j, nearer_error *err)
{
    const nearer_network *network = j->graph->network;
    size_t n = network->place_count;
    double all = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = 0;
        sum += j->mass[i];
    }
    for (size_t i = 0; i < n; i++) all += j->mass[i] * (sum - j->mass[i]);
    double mean = n > 1 ? all / ((double)n * (double)(n - 1)) : 0;
    for (; j->first < n; j->first += j->workers) {
        size_t count = n - j->first < j->workers ? n - j->first : j->workers;
        nr_parallel_for(count, pass_source, j);
        for (size_t i = 0; i < count; i++) {
            const double *nodes = j->slots + i * network->node_count;
            if (isnan(nodes[0])) return nr_fail_memory(err);
            for (size_t p = 0; p < n; p++) out[p] += nodes[network->places[p].node];
        }
    }
    for (size_t i = 0; i < n; i++) out[i] = mean > 0 ? fmax(0, out[i] / mean) : 0;
    return NEARER_OK;
}

nearer_status nr_betweenness_compute(double *out, const nearer_network *network,
                                     const nearer_query *query, const double *mass,
                                     double tolerance_min, nearer_error *err)
{
    nr_graph *graph = NULL;
    NR_TRY(nr_graph_build(&graph, network, query, err));
    job j = {
        .graph = graph, .task = nr_graph_task(graph, query), .mass = mass, .workers = nr_workers()};
    nr_ticks_count(&j.tolerance, tolerance_min, NR_TICKS_PER_MINUTE);
    nearer_status status = make_room(&j, err);
    if (status == NEARER_OK) status = run(out, &j, err);
    clear(&j);
    nr_graph_free(graph);
    return status;
}
