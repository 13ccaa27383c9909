#include "graph/alternatives.h"

#include "base/memory.h"
#include "graph/handover.h"
#include "graph/rides.h"

/* Ways igraph is asked for at the most: the time it takes grows with them. */
enum { MOST_WAYS = 256 };

/* What igraph found: the edges of each way. */
typedef struct found {
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_int_list_t ways;
    bool has_graph, has_ways;
} found;

static bool same_ride(const nr_graph *graph, const nr_leg *a, const nr_leg *b)
{
    const nr_link *x = &graph->network->links[a->link], *y = &graph->network->links[b->link];
    return a->from == b->from && a->to == b->to && x->mode == y->mode && x->line == y->line &&
           x->class_id == y->class_id && x->service == y->service;
}

/* The next ride from leg `i` on; its number, or `count`. */
static size_t next_ride(const nr_leg *legs, size_t i, size_t count)
{
    while (i < count && legs[i].kind != NR_ARC_LINK) i++;
    return i;
}

static bool same_rides(const nr_graph *graph, const nr_alternative *a, const nr_alternative *b)
{
    size_t i = next_ride(a->legs, 0, a->count), k = next_ride(b->legs, 0, b->count);
    while (i < a->count && k < b->count && same_ride(graph, &a->legs[i], &b->legs[k])) {
        i = next_ride(a->legs, i + 1, a->count);
        k = next_ride(b->legs, k + 1, b->count);
    }
    return i == a->count && k == b->count;
}

/* Some node is passed twice: riding there and back means nothing to a rider. `seen` is all false,
 * and is again. */
static bool has_loop(bool *seen, const nr_graph *graph, const uint32_t *arcs, size_t n)
{
    bool loop = false;
    uint32_t at = UINT32_MAX;
    for (int clearing = 0; clearing < 2; clearing++) {
        at = UINT32_MAX;
        for (size_t i = 0; i < n; i++) {
            const nr_arc *arc = &graph->arcs[arcs[i]];
            if (arc->kind != NR_ARC_LINK) continue;
            const uint32_t ends[] = {graph->vertex_node[arc->from], graph->vertex_node[arc->to]};
            loop = loop || ends[0] == ends[1];
            for (size_t e = 0; e < 2; e++) {
                if (ends[e] == at) continue;
                at = ends[e];
                loop = loop || (clearing == 0 && seen[at]);
                seen[at] = clearing == 0;
            }
        }
    }
    return loop;
}

/* Takes the legs over, unless there is such a way already. */
static void add(nr_alternatives *out, const nr_graph *graph, nr_alternative item)
{
    for (size_t i = 0; i < out->count; i++)
        if (same_rides(graph, &out->items[i], &item)) {
            nr_free(item.legs);
            return;
        }
    out->items[out->count++] = item;
}

/* One way as igraph gave it; `over` when it and all behind it are too long. */
static nearer_status take_way(nr_alternatives *out, nr_rides *rides, bool *seen,
                              const igraph_vector_int_t *way, bool *over, nearer_error *err)
{
    size_t n = (size_t)igraph_vector_int_size(way), count = 0;
    uint64_t ticks = 0;
    uint32_t *edges = nr_alloc(n, sizeof *edges), *arcs = NULL;
    if (edges == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        edges[i] = (uint32_t)VECTOR(*way)[i];
        ticks += rides->rows.weight[edges[i]];
    }
    *over = ticks > rides->limit;
    nearer_status status = NEARER_OK;
    if (!*over) status = nr_rides_arcs(&arcs, &count, rides, edges, n, err);
    nr_free(edges);
    if (status != NEARER_OK || *over) return status;
    nr_alternative item = {.minutes = nr_ticks_value((nr_ticks)ticks, NR_TICKS_PER_MINUTE)};
    if (!has_loop(seen, rides->graph, arcs, count)) {
        status = nr_legs_make(&item.legs, &item.count, rides->graph, arcs, count, err);
        if (status == NEARER_OK) add(out, rides->graph, item);
    }
    nr_free(arcs);
    return status;
}

static igraph_error_t hand_over(found *f, const nr_rides *rides)
{
    igraph_error_t code = nr_rows_to_igraph(&f->graph, &f->weights, &rides->rows);
    f->has_graph = code == IGRAPH_SUCCESS;
    if (code == IGRAPH_SUCCESS) code = igraph_vector_int_list_init(&f->ways, 0);
    f->has_ways = code == IGRAPH_SUCCESS;
    return code;
}

/* Asks for twice as many as before until enough of them differ, all are known or they get too long.
 * Those known before come again, first. */
static nearer_status ask(nr_alternatives *out, found *f, nr_rides *rides, bool *seen, size_t wanted,
                         nearer_error *err)
{
    size_t asked = 2 * wanted < MOST_WAYS ? 2 * wanted : MOST_WAYS, known = 0;
    for (;; asked = 2 * asked < MOST_WAYS ? 2 * asked : MOST_WAYS) {
        igraph_error_t code = igraph_get_k_shortest_paths(
            &f->graph, &f->weights, NULL, &f->ways, (igraph_integer_t)asked,
            (igraph_integer_t)rides->source, (igraph_integer_t)rides->target, IGRAPH_OUT);
        NR_TRY(nr_guard_status(code, err));
        size_t count = (size_t)igraph_vector_int_list_size(&f->ways);
        bool over = false;
        for (; known < count && out->count < wanted && !over; known++)
            NR_TRY(take_way(out, rides, seen,
                            igraph_vector_int_list_get_ptr(&f->ways, (igraph_integer_t)known),
                            &over, err));
        if (out->count >= wanted || over || count < asked) return NEARER_OK;
        if (asked == MOST_WAYS) {
            out->looked_at = asked;
            return NEARER_OK;
        }
    }
}

static nearer_status find_others(nr_alternatives *out, nr_rides *rides, size_t wanted,
                                 nearer_error *err)
{
    found f = {0};
    bool *seen = nr_alloc(rides->graph->network->node_count, sizeof *seen);
    if (seen == NULL) return nr_fail_memory(err);
    nr_guard guard = nr_guard_enter();
    nearer_status status = nr_guard_status(hand_over(&f, rides), err);
    if (status == NEARER_OK) status = ask(out, &f, rides, seen, wanted, err);
    if (f.has_ways) igraph_vector_int_list_destroy(&f.ways);
    if (f.has_graph) {
        igraph_destroy(&f.graph);
        igraph_vector_destroy(&f.weights);
    }
    nr_guard_leave(guard);
    nr_free(seen);
    return status;
}

/* The fastest first, as a trip shows it: of several that take as long igraph may find another. */
static nearer_status find(nr_alternatives *out, const nr_graph *graph, uint32_t source,
                          uint32_t target, size_t wanted, double longer_pct, nearer_error *err)
{
    nr_alternative fastest = {0};
    NR_TRY(
        nr_graph_trip(&fastest.legs, &fastest.count, &fastest.minutes, graph, source, target, err));
    if (isinf(fastest.minutes)) return NEARER_OK;
    out->items = nr_alloc(wanted, sizeof *out->items);
    if (out->items == NULL) {
        nr_free(fastest.legs);
        return nr_fail_memory(err);
    }
    add(out, graph, fastest);
    if (wanted < 2) return NEARER_OK;
    nr_rides rides;
    nearer_status status = nr_rides_make(&rides, graph, source, target, longer_pct, err);
    if (status == NEARER_OK) status = find_others(out, &rides, wanted, err);
    nr_rides_clear(&rides);
    return status;
}

nearer_status nr_alternatives_find(nr_alternatives *out, const nearer_network *network,
                                   const nearer_query *query, size_t from, size_t to, size_t wanted,
                                   double longer_pct, nearer_error *err)
{
    nr_graph *graph = NULL;
    nr_alternatives ways = {0};
    NR_TRY(nr_graph_build(&graph, network, query, err));
    nearer_status status =
        find(&ways, graph, graph->source[from], graph->target[to], wanted, longer_pct, err);
    nr_graph_free(graph);
    if (status == NEARER_OK)
        *out = ways;
    else
        nr_alternatives_clear(&ways);
    return status;
}

void nr_alternatives_clear(nr_alternatives *a)
{
    for (size_t i = 0; i < a->count; i++) nr_free(a->items[i].legs);
    nr_free(a->items);
    *a = (nr_alternatives){0};
}
