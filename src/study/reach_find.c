/* Minutes between one place and all others by one search. */
#include <math.h>

#include "access/measure.h"
#include "base/memory.h"
#include "graph/times.h"
#include "study/reach.h"

static double minutes_of(const nr_tree *tree, uint32_t vertex)
{
    return nr_ticks_value(tree->search.ticks[vertex], NR_TICKS_PER_MINUTE);
}

/* A node is reached where a place at it would be: at its hub, or station to station at the first of
 * its vertices. */
static void read_nodes(nr_reach *reach, const nr_tree *tree, bool station_to_station)
{
    const nr_graph *graph = tree->graph;
    size_t nodes = graph->network->node_count,
           last = station_to_station ? graph->vertex_count : nodes;
    for (size_t n = 0; n < nodes; n++) reach->node_min[n] = INFINITY;
    for (uint32_t v = 0; v < last; v++) {
        double *minutes = &reach->node_min[graph->vertex_node[v]];
        *minutes = fmin(*minutes, minutes_of(tree, v));
    }
}

static nearer_status read_places(nr_reach *reach, const nr_tree *tree, nearer_error *err)
{
    const nr_graph *graph = tree->graph;
    const uint32_t *ends = reach->to_it ? graph->source : graph->target;
    size_t n = graph->network->place_count;
    double *sums = nr_alloc(graph->vertex_count, sizeof *sums);
    if (sums == NULL) return nr_fail_memory(err);
    for (size_t p = 0; p < n; p++) reach->minutes[p] = minutes_of(tree, ends[p]);
    for (nr_sum s = 0; s < NR_SUMS; s++) {
        nr_tree_sum(sums, tree, s);
        for (size_t p = 0; p < n; p++)
            reach->sums[s][p] = isinf(reach->minutes[p]) ? (double)INFINITY : sums[ends[p]];
        reach->sums[s][reach->place] = 0;
    }
    reach->minutes[reach->place] = 0;
    nr_free(sums);
    return NEARER_OK;
}

static nearer_status search(nr_reach *reach, const nearer_query *query, nearer_error *err)
{
    nr_graph *graph = NULL;
    nr_tree tree = {0};
    NR_TRY(nr_graph_build(&graph, reach->study->network, query, err));
    nearer_status status = nr_tree_init(&tree, graph, reach->to_it, err);
    if (status == NEARER_OK) {
        const uint32_t *roots = reach->to_it ? graph->target : graph->source;
        nr_tree_grow(&tree, roots[reach->place], nr_graph_task(graph, query).limit);
        status = read_places(reach, &tree, err);
        if (reach->node_min != NULL) read_nodes(reach, &tree, query->station_to_station);
    }
    nr_tree_clear(&tree);
    nr_graph_free(graph);
    return status;
}

static nearer_status make_room(nr_reach *reach, bool given, bool nodes, nearer_error *err)
{
    size_t n = reach->study->network->place_count;
    reach->minutes = nr_alloc(n, sizeof *reach->minutes);
    reach->ranks = nr_alloc(n, sizeof *reach->ranks);
    reach->order = nr_alloc(n, sizeof *reach->order);
    bool good = reach->minutes != NULL && reach->ranks != NULL && reach->order != NULL;
    for (nr_sum s = 0; !given && s < NR_SUMS; s++) {
        reach->sums[s] = nr_alloc(n, sizeof *reach->sums[s]);
        good = good && reach->sums[s] != NULL;
    }
    if (nodes) {
        reach->node_min = nr_alloc(reach->study->network->node_count, sizeof *reach->node_min);
        good = good && reach->node_min != NULL;
    }
    return good ? NEARER_OK : nr_fail_memory(err);
}

nearer_status nr_reach_find(nr_reach *out, const nearer_study *study, const nearer_query *query,
                            size_t place, bool to_it, bool nodes, nearer_error *err)
{
    size_t n = study->network->place_count;
    const double *given = study->network->given[1];
    nr_reach reach = {.study = study, .place = place, .to_it = to_it};
    if (given != NULL && nodes)
        return nr_fail(err, NEARER_USAGE, "times that were given have no nodes, only places");
    nearer_status status = make_room(&reach, given != NULL, nodes, err);
    if (status == NEARER_OK && given == NULL) status = search(&reach, query, err);
    for (size_t p = 0; status == NEARER_OK && given != NULL && p < n; p++)
        reach.minutes[p] = to_it ? given[p * n + place] : given[place * n + p];
    if (status == NEARER_OK) status = nr_rank(reach.ranks, reach.minutes, n, true, err);
    if (status == NEARER_OK) status = nr_rank_order(reach.order, reach.ranks, n, err);
    if (status == NEARER_OK)
        *out = reach;
    else
        nr_reach_clear(&reach);
    return status;
}

void nr_reach_clear(nr_reach *reach)
{
    nr_free(reach->minutes);
    for (nr_sum s = 0; s < NR_SUMS; s++) nr_free(reach->sums[s]);
    nr_free(reach->ranks);
    nr_free(reach->order);
    nr_free(reach->node_min);
    *reach = (nr_reach){0};
}
