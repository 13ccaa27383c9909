#include "graph/rides.h"

#include "base/memory.h"

#define NO_NUMBER UINT32_MAX
#define BETWEEN UINT32_MAX

/* How far each vertex is from the source and from the target. */
typedef struct reach {
    nr_ticks *from_source, *to_target;
} reach;

/* Distances of one search, taken over from its memory. */
static nearer_status find_distances(nr_ticks **out, const nr_rows *rows, uint32_t root,
                                    nr_ticks limit, nearer_error *err)
{
    nr_search search = {0};
    bool good = nr_search_init(&search, rows->vertices);
    if (good) {
        nr_search_run(&search, rows, root, NULL, limit);
        *out = search.ticks;
        search.ticks = NULL;
    }
    nr_search_clear(&search);
    return good ? NEARER_OK : nr_fail_memory(err);
}

static nearer_status find_reach(reach *r, nr_rides *rides, uint32_t source, uint32_t target,
                                double longer_pct, nearer_error *err)
{
    nr_rows back = {0};
    NR_TRY(find_distances(&r->from_source, &rides->graph->rows, source, NR_TICKS_MAX, err));
    nr_ticks best = r->from_source[target];
    double limit = (double)best * (1 + longer_pct / 100);
    rides->limit = limit < NR_TICKS_MAX ? (nr_ticks)limit : NR_TICKS_MAX;
    NR_TRY(nr_rows_reverse(&back, &rides->graph->rows, err));
    nearer_status status = find_distances(&r->to_target, &back, target, rides->limit, err);
    nr_rows_clear(&back);
    return status;
}

/* A way of these parts is within the limit. */
static bool fits(const nr_rides *rides, nr_ticks before, nr_ticks ticks, nr_ticks after)
{
    if (before == NR_NEVER || after == NR_NEVER) return false;
    return (uint64_t)before + ticks + after <= rides->limit;
}

/* The number of a vertex as one arrived at, or (departure) departed from; given now if it has none.
 */
static bool number(uint32_t *out, nr_rides *rides, uint32_t vertex, bool departure)
{
    uint32_t *number =
        &rides->number[(departure ? rides->graph->rows.vertices : (size_t)0) + vertex];
    if (*number == NO_NUMBER) {
        size_t count = rides->rows.vertices;
        if (!nr_grow((void **)&rides->vertex, count, &rides->vertex_capacity,
                     sizeof *rides->vertex))
            return false;
        rides->vertex[count] = vertex;
        *number = rides->rows.vertices++;
    }
    *out = *number;
    return true;
}

static bool add_edge(nr_rides *rides, uint32_t from, uint32_t to, nr_ticks ticks, uint32_t arc)
{
    if (!nr_grow((void **)&rides->edges, rides->edge_count, &rides->edge_capacity,
                 sizeof *rides->edges) ||
        !nr_grow((void **)&rides->arc, rides->edge_count, &rides->arc_capacity, sizeof *rides->arc))
        return false;
    rides->edges[rides->edge_count] = (nr_row_arc){from, to, ticks};
    rides->arc[rides->edge_count++] = arc;
    return true;
}

/* The links that may be ridden. */
static nearer_status add_links(nr_rides *rides, const reach *r, nearer_error *err)
{
    const nr_graph *graph = rides->graph;
    for (uint32_t i = 0; i < graph->arc_count; i++) {
        const nr_arc *arc = &graph->arcs[i];
        uint32_t from, to;
        if (arc->kind != NR_ARC_LINK ||
            !fits(rides, r->from_source[arc->from], arc->ticks, r->to_target[arc->to]))
            continue;
        if (!number(&from, rides, arc->from, true) || !number(&to, rides, arc->to, false) ||
            !add_edge(rides, from, to, arc->ticks, i))
            return nr_fail_memory(err);
    }
    return NEARER_OK;
}

static nearer_status find_between(nr_rides *rides, nearer_error *err)
{
    const nr_graph *graph = rides->graph;
    uint32_t count = 0;
    nr_row_arc *arcs = nr_alloc(graph->arc_count, sizeof *arcs);
    rides->between_of = nr_alloc(graph->arc_count, sizeof *rides->between_of);
    if (arcs == NULL || rides->between_of == NULL) {
        nr_free(arcs);
        return nr_fail_memory(err);
    }
    for (uint32_t i = 0; i < graph->arc_count; i++) {
        const nr_arc *arc = &graph->arcs[i];
        if (arc->kind == NR_ARC_LINK) continue;
        rides->between_of[count] = i;
        arcs[count++] = (nr_row_arc){arc->from, arc->to, arc->ticks};
    }
    nearer_status status = nr_rows_make(&rides->between, graph->rows.vertices, arcs, count, err);
    nr_free(arcs);
    return status;
}

/* From one vertex arrived at to all that may be departed from. */
static nearer_status add_ways(nr_rides *rides, const reach *r, uint32_t arrival, nearer_error *err)
{
    uint32_t vertex = rides->vertex[arrival];
    nr_search *s = &rides->search;
    nr_ticks before = r->from_source[vertex];
    nr_search_run(s, &rides->between, vertex, NULL, rides->limit - before);
    for (size_t i = 0; i < s->reached_count; i++) {
        uint32_t to = s->reached[i];
        uint32_t departure = rides->number[(size_t)rides->graph->rows.vertices + to];
        if (departure != NO_NUMBER && s->ticks[to] != NR_NEVER &&
            fits(rides, before, s->ticks[to], r->to_target[to]) &&
            !add_edge(rides, arrival, departure, s->ticks[to], BETWEEN))
            return nr_fail_memory(err);
    }
    return NEARER_OK;
}

static nearer_status make_edges(nr_rides *rides, const reach *r, uint32_t source, uint32_t target,
                                nearer_error *err)
{
    size_t vertices = rides->graph->rows.vertices;
    rides->number = nr_alloc(2 * vertices, sizeof *rides->number);
    if (rides->number == NULL || !nr_search_init(&rides->search, (uint32_t)vertices))
        return nr_fail_memory(err);
    for (size_t i = 0; i < 2 * vertices; i++) rides->number[i] = NO_NUMBER;
    if (!number(&rides->source, rides, source, false) ||
        !number(&rides->target, rides, target, true))
        return nr_fail_memory(err);
    NR_TRY(add_links(rides, r, err));
    NR_TRY(find_between(rides, err));
    for (size_t v = 0; v < vertices; v++)
        if (rides->number[v] != NO_NUMBER) NR_TRY(add_ways(rides, r, rides->number[v], err));
    return nr_rows_make(&rides->rows, rides->rows.vertices, rides->edges,
                        (uint32_t)rides->edge_count, err);
}

nearer_status nr_rides_make(nr_rides *out, const nr_graph *graph, uint32_t source, uint32_t target,
                            double longer_pct, nearer_error *err)
{
    reach r = {0};
    *out = (nr_rides){.graph = graph};
    nearer_status status = find_reach(&r, out, source, target, longer_pct, err);
    if (status == NEARER_OK) status = make_edges(out, &r, source, target, err);
    nr_free(r.from_source);
    nr_free(r.to_target);
    return status;
}

void nr_rides_clear(nr_rides *rides)
{
    nr_rows_clear(&rides->rows);
    nr_rows_clear(&rides->between);
    nr_free(rides->between_of);
    nr_search_clear(&rides->search);
    nr_free(rides->number);
    nr_free(rides->vertex);
    nr_free(rides->arc);
    nr_free(rides->edges);
    *rides = (nr_rides){0};
}

static bool push(uint32_t **arcs, size_t *count, size_t *capacity, uint32_t arc)
{
    if (!nr_grow((void **)arcs, *count, capacity, sizeof **arcs)) return false;
    (*arcs)[(*count)++] = arc;
    return true;
}

/* The arcs between two rides, found again. */
static bool push_between(uint32_t **arcs, size_t *count, size_t *capacity, nr_rides *rides,
                         const nr_row_arc *edge)
{
    uint32_t from = rides->vertex[edge->from], to = rides->vertex[edge->to];
    const nr_search *s = &rides->search;
    nr_search_run(&rides->search, &rides->between, from, NULL, edge->weight);
    size_t first = *count;
    for (uint32_t v = to; v != from;) {
        uint32_t arc = rides->between_of[s->by_arc[v]];
        if (!push(arcs, count, capacity, arc)) return false;
        v = rides->graph->arcs[arc].from;
    }
    for (size_t a = first, b = *count; a + 1 < b; a++) {
        uint32_t last = (*arcs)[--b];
        (*arcs)[b] = (*arcs)[a];
        (*arcs)[a] = last;
    }
    return true;
}

nearer_status nr_rides_arcs(uint32_t **out, size_t *out_count, nr_rides *rides,
                            const uint32_t *edges, size_t n, nearer_error *err)
{
    uint32_t *arcs = NULL;
    size_t count = 0, capacity = 0;
    bool good = true;
    for (size_t i = 0; good && i < n; i++) {
        uint32_t edge = rides->rows.arc[edges[i]];
        good = rides->arc[edge] != BETWEEN
                   ? push(&arcs, &count, &capacity, rides->arc[edge])
                   : push_between(&arcs, &count, &capacity, rides, &rides->edges[edge]);
    }
    if (!good) {
        nr_free(arcs);
        return nr_fail_memory(err);
    }
    *out = arcs;
    *out_count = count;
    return NEARER_OK;
}
