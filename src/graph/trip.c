/* The legs of one trip, read off the arcs that lead to its end. */
#include <math.h>

#include "graph/search.h"
#include "graph/times.h"

static double arc_km(const nr_graph *graph, const nr_arc *arc)
{
    const nr_link *link = &graph->network->links[arc->of];
    double detour = graph->network->modes[link->mode].parameters.detour;
    return isnan(link->length_km) ? link->great_circle_km * detour : link->length_km;
}

static bool same_line(const nr_graph *graph, uint32_t a, uint32_t b)
{
    const nr_link *x = &graph->network->links[a], *y = &graph->network->links[b];
    return x->mode == y->mode && x->class_id == y->class_id && x->line == y->line &&
           x->service == y->service && (x->line != NR_NO_INDEX || x->class_id != NR_NO_INDEX);
}

/* Adds one arc, joined to the leg before it where the rider stays in the same vehicle. */
static void add_arc_to_legs(nr_leg *legs, size_t *count, const nr_graph *graph, const nr_arc *arc,
                            const nr_arc *next)
{
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
        last->length_km += arc_km(graph, arc);
        last->to = to;
        return;
    }
    legs[(*count)++] = (nr_leg){(nr_arc_kind)arc->kind,
                                arc->mode,
                                arc->of,
                                from,
                                to,
                                arc->ticks,
                                0,
                                arc->kind == NR_ARC_LINK ? arc_km(graph, arc) : NAN};
}

static nearer_status walk_back(nr_leg **out, size_t *count, const nr_graph *graph,
                               const nr_search *search, uint32_t target, nearer_error *err)
{
    size_t n = 0;
    for (uint32_t v = target; search->by_arc[v] != UINT32_MAX; n++)
        v = graph->arcs[search->by_arc[v]].from;
    const nr_arc **arcs = nr_alloc(n, sizeof *arcs);
    nr_leg *legs = nr_alloc(n, sizeof *legs);
    if (arcs == NULL || legs == NULL) {
        nr_free(arcs);
        nr_free(legs);
        return nr_fail_memory(err);
    }
    size_t at = n;
    for (uint32_t v = target; at > 0; v = arcs[at]->from)
        arcs[--at] = &graph->arcs[search->by_arc[v]];
    size_t kept = 0; /* stepping onto a platform takes no time: no leg */
    for (size_t i = 0; i < n; i++)
        if (arcs[i]->kind != NR_ARC_ACCESS || arcs[i]->ticks > 0) arcs[kept++] = arcs[i];
    *count = 0;
    for (size_t i = 0; i < kept; i++)
        add_arc_to_legs(legs, count, graph, arcs[i], i + 1 < kept ? arcs[i + 1] : NULL);
    for (size_t i = 0; i < *count; i++)
        legs[i].minutes = nr_ticks_value(legs[i].ticks, NR_TICKS_PER_MINUTE);
    nr_free(arcs);
    *out = legs;
    return NEARER_OK;
}

nearer_status nr_trip_find(nr_leg **legs, size_t *count, double *minutes,
                           const nearer_network *network, const nearer_query *query, size_t from,
                           size_t to, nearer_error *err)
{
    nr_graph *graph = NULL;
    NR_TRY(nr_graph_build(&graph, network, query, err));
    nr_search search = {0};
    nearer_status status =
        nr_search_init(&search, graph->rows.vertices) ? NEARER_OK : nr_fail_memory(err);
    *legs = NULL;
    *count = 0;
    *minutes = 0;
    if (status == NEARER_OK && from != to) {
        nr_search_run(&search, &graph->rows, graph->source[from], NULL, NR_TICKS_MAX);
        *minutes = nr_ticks_value(search.ticks[graph->target[to]], NR_TICKS_PER_MINUTE);
        if (!isinf(*minutes))
            status = walk_back(legs, count, graph, &search, graph->target[to], err);
    }
    nr_search_clear(&search);
    nr_graph_free(graph);
    return status;
}
