/* The legs of one trip, read off the arcs that lead to its end. */
#include "base/memory.h"
#include "graph/times.h"

static bool same_line(const nr_graph *graph, uint32_t a, uint32_t b)
{
    const nr_link *x = &graph->network->links[a], *y = &graph->network->links[b];
    return x->mode == y->mode && x->class_id == y->class_id && x->line == y->line &&
           x->service == y->service && (x->line != NR_NO_INDEX || x->class_id != NR_NO_INDEX);
}

/* Adds one arc, joined to the leg before it where the rider stays in the same vehicle. */
static void add_arc_to_legs(nr_leg *legs, size_t *count, const nr_graph *graph, uint32_t number,
                            const nr_arc *next)
{
    const nr_arc *arc = &graph->arcs[number];
    uint32_t from = graph->vertex_node[arc->from], to = graph->vertex_node[arc->to];
    nr_leg *last = *count > 0 ? &legs[*count - 1] : NULL;
    bool riding = last != NULL && last->kind == NR_ARC_LINK;
    if (arc->kind == NR_ARC_DWELL && riding && next != NULL && next->kind == NR_ARC_LINK &&
        same_line(graph, last->link, next->of)) {
        last->ticks += arc->ticks;
        return;
    }
    if (arc->kind == NR_ARC_LINK && riding && same_line(graph, last->link, arc->of)) {
        last->ticks += arc->ticks;
        for (nr_sum s = 0; s < NR_SUMS; s++) last->sums[s] += nr_arc_sum(graph, number, s);
        last->to = to;
        return;
    }
    nr_leg leg = {(nr_arc_kind)arc->kind, arc->mode, arc->of, from, to, arc->ticks, 0, {0}};
    for (nr_sum s = 0; s < NR_SUMS; s++)
        leg.sums[s] = arc->kind == NR_ARC_LINK ? nr_arc_sum(graph, number, s) : (double)NAN;
    legs[(*count)++] = leg;
}

nearer_status nr_legs_make(nr_leg **out, size_t *count, const nr_graph *graph, const uint32_t *arcs,
                           size_t n, nearer_error *err)
{
    uint32_t *kept = nr_alloc(n, sizeof *kept);
    nr_leg *legs = nr_alloc(n, sizeof *legs);
    if (kept == NULL || legs == NULL) {
        nr_free(kept);
        nr_free(legs);
        return nr_fail_memory(err);
    }
    size_t m = 0; /* stepping onto a platform takes no time: no leg */
    for (size_t i = 0; i < n; i++)
        if (graph->arcs[arcs[i]].kind != NR_ARC_ACCESS || graph->arcs[arcs[i]].ticks > 0)
            kept[m++] = arcs[i];
    *count = 0;
    for (size_t i = 0; i < m; i++)
        add_arc_to_legs(legs, count, graph, kept[i], i + 1 < m ? &graph->arcs[kept[i + 1]] : NULL);
    for (size_t i = 0; i < *count; i++)
        legs[i].minutes = nr_ticks_value(legs[i].ticks, NR_TICKS_PER_MINUTE);
    nr_free(kept);
    *out = legs;
    return NEARER_OK;
}

static nearer_status walk_back(nr_leg **out, size_t *count, const nr_graph *graph,
                               const nr_search *search, uint32_t target, nearer_error *err)
{
    size_t n = 0;
    for (uint32_t v = target; search->by_arc[v] != UINT32_MAX; n++)
        v = graph->arcs[search->by_arc[v]].from;
    uint32_t *arcs = nr_alloc(n, sizeof *arcs);
    if (arcs == NULL) return nr_fail_memory(err);
    size_t at = n;
    for (uint32_t v = target; at > 0; v = graph->arcs[arcs[at]].from)
        arcs[--at] = search->by_arc[v];
    nearer_status status = nr_legs_make(out, count, graph, arcs, n, err);
    nr_free(arcs);
    return status;
}

nearer_status nr_graph_trip(nr_leg **legs, size_t *count, double *minutes, const nr_graph *graph,
                            uint32_t source, uint32_t target, nearer_error *err)
{
    nr_search search = {0};
    nearer_status status =
        nr_search_init(&search, graph->rows.vertices) ? NEARER_OK : nr_fail_memory(err);
    *legs = NULL;
    *count = 0;
    if (status == NEARER_OK) {
        nr_search_run(&search, &graph->rows, source, NULL, NR_TICKS_MAX);
        *minutes = nr_ticks_value(search.ticks[target], NR_TICKS_PER_MINUTE);
        if (!isinf(*minutes)) status = walk_back(legs, count, graph, &search, target, err);
    }
    nr_search_clear(&search);
    return status;
}

nearer_status nr_trip_find(nr_leg **legs, size_t *count, double *minutes,
                           const nearer_network *network, const nearer_query *query, size_t from,
                           size_t to, nearer_error *err)
{
    nr_graph *graph = NULL;
    NR_TRY(nr_graph_build(&graph, network, query, err));
    nearer_status status = NEARER_OK;
    *legs = NULL;
    *count = 0;
    *minutes = 0;
    if (from != to)
        status =
            nr_graph_trip(legs, count, minutes, graph, graph->source[from], graph->target[to], err);
    nr_graph_free(graph);
    return status;
}
