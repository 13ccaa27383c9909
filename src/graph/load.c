#include "graph/load.h"

#include <string.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/threads.h"

#define NO_VERTEX UINT32_MAX

/* What a worker needs for one source. */
typedef struct worker {
    nr_tree tree;
    nr_load *flow;  /* of each vertex: trips that end there or behind it */
    uint32_t *ride; /* of each vertex: the last one on its way that a link led to */
} worker;

typedef struct job {
    const nr_graph *graph;
    const nr_task *task;
    const nr_demand *demand;
    const nr_grouped_links *groupings;
    size_t workers;
    worker *worker;
    nr_loading *slots; /* of the sources being worked on, to be added in their order */
    size_t first;      /* of them */
} job;

static void add_load(nr_load *to, nr_load more)
{
    to->trips += more.trips;
    to->pairs += more.pairs;
}

static nearer_status make_loading(nr_loading *out, const job *j, nearer_error *err)
{
    *out = (nr_loading){.arcs = nr_alloc(j->graph->arc_count, sizeof *out->arcs)};
    bool good = out->arcs != NULL;
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) {
        out->groups[g] = nr_alloc(j->groupings[g].count, sizeof *out->groups[g]);
        good = good && out->groups[g] != NULL;
    }
    return good ? NEARER_OK : nr_fail_memory(err);
}

void nr_loading_clear(nr_loading *loading)
{
    nr_free(loading->arcs);
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) nr_free(loading->groups[g]);
    *loading = (nr_loading){0};
}

static void empty_loading(nr_loading *l, const job *j)
{
    memset(l->arcs, 0, j->graph->arc_count * sizeof *l->arcs);
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++)
        memset(l->groups[g], 0, j->groupings[g].count * sizeof *l->groups[g]);
    l->loaded = l->unreachable = (nr_load){0, 0};
}

static void put_trips(const job *j, worker *w, nr_loading *slot, size_t to, double trips)
{
    uint32_t target = j->task->targets[to];
    bool reached = w->tree.search.ticks[target] != NR_NEVER;
    if (reached) add_load(&w->flow[target], (nr_load){trips, 1});
    add_load(reached ? &slot->loaded : &slot->unreachable, (nr_load){trips, 1});
}

/* The trips of one source to where they end. */
static void put_demand(const job *j, worker *w, nr_loading *slot, size_t from)
{
    const nr_tree *tree = &w->tree;
    for (size_t i = 0; i < tree->count; i++) w->flow[tree->order[i]] = (nr_load){0, 0};
    if (j->demand == NULL) {
        for (size_t to = 0; to < j->task->target_count; to++)
            if (to != from) put_trips(j, w, slot, to, 1);
        return;
    }
    for (size_t k = j->demand->first[from]; k < j->demand->first[from + 1]; k++)
        put_trips(j, w, slot, j->demand->to[k], j->demand->trips[k]);
}

static void find_rides(const job *j, worker *w)
{
    const nr_tree *tree = &w->tree;
    for (size_t i = 0; i < tree->count; i++) {
        uint32_t v = tree->order[i], parent = nr_tree_parent(tree, v);
        bool ridden =
            parent != NO_VERTEX && j->graph->arcs[tree->search.by_arc[v]].kind == NR_ARC_LINK;
        w->ride[v] = ridden ? v : parent == NO_VERTEX ? NO_VERTEX : w->ride[parent];
    }
}

static uint32_t group_at(const job *j, const worker *w, const nr_grouped_links *groups, uint32_t v)
{
    return groups->of[j->graph->arcs[w->tree.search.by_arc[v]].of];
}

/* The link that leads to a vertex is the first of its group on the way. */
static bool is_first_of_group(const job *j, const worker *w, const nr_grouped_links *groups,
                              uint32_t v)
{
    uint32_t group = group_at(j, w, groups, v);
    for (uint32_t u = w->ride[nr_tree_parent(&w->tree, v)]; u != NO_VERTEX;
         u = w->ride[nr_tree_parent(&w->tree, u)])
        if (group_at(j, w, groups, u) == group) return false;
    return true;
}

/* From the ends of the ways inwards: what ends behind a vertex also runs up to it. */
static void gather(const job *j, worker *w, nr_loading *slot)
{
    const nr_tree *tree = &w->tree;
    for (size_t i = tree->count; i-- > 0;) {
        uint32_t v = tree->order[i], parent = nr_tree_parent(tree, v);
        if (parent == NO_VERTEX || !(w->flow[v].pairs > 0)) continue;
        slot->arcs[tree->search.by_arc[v]] = w->flow[v];
        add_load(&w->flow[parent], w->flow[v]);
        if (w->ride[v] != v) continue;
        for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++)
            if (is_first_of_group(j, w, &j->groupings[g], v))
                add_load(&slot->groups[g][group_at(j, w, &j->groupings[g], v)], w->flow[v]);
    }
}

static void load_source(void *context, size_t i, size_t number)
{
    job *j = context;
    worker *w = &j->worker[number];
    nr_loading *slot = &j->slots[i];
    size_t from = j->first + i;
    empty_loading(slot, j);
    nr_tree_grow(&w->tree, j->task->sources[from], j->task->limit);
    put_demand(j, w, slot, from);
    find_rides(j, w);
    gather(j, w, slot);
}

static void add_loading(nr_loading *to, const nr_loading *more, const job *j)
{
    for (size_t a = 0; a < j->graph->arc_count; a++) add_load(&to->arcs[a], more->arcs[a]);
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++)
        for (size_t k = 0; k < j->groupings[g].count; k++)
            add_load(&to->groups[g][k], more->groups[g][k]);
    add_load(&to->loaded, more->loaded);
    add_load(&to->unreachable, more->unreachable);
}

static void clear(job *j)
{
    for (size_t i = 0; j->worker != NULL && i < j->workers; i++) {
        nr_tree_clear(&j->worker[i].tree);
        nr_free(j->worker[i].flow);
        nr_free(j->worker[i].ride);
    }
    for (size_t i = 0; j->slots != NULL && i < j->workers; i++) nr_loading_clear(&j->slots[i]);
    nr_free(j->worker);
    nr_free(j->slots);
}

static nearer_status make_room(job *j, nearer_error *err)
{
    j->worker = nr_alloc(j->workers, sizeof *j->worker);
    j->slots = nr_alloc(j->workers, sizeof *j->slots);
    if (j->worker == NULL || j->slots == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < j->workers; i++) {
        worker *w = &j->worker[i];
        NR_TRY(nr_tree_init(&w->tree, j->graph, false, err));
        w->flow = nr_alloc(j->graph->vertex_count, sizeof *w->flow);
        w->ride = nr_alloc(j->graph->vertex_count, sizeof *w->ride);
        if (w->flow == NULL || w->ride == NULL) return nr_fail_memory(err);
        NR_TRY(make_loading(&j->slots[i], j, err));
    }
    return NEARER_OK;
}

nearer_status nr_loading_compute(nr_loading *out, const nr_graph *graph, const nr_task *task,
                                 const nr_demand *demand,
                                 const nr_grouped_links groupings[NR_LOAD_GROUPINGS],
                                 nearer_error *err)
{
    job j = {.graph = graph,
             .task = task,
             .demand = demand,
             .groupings = groupings,
             .workers = nr_workers()};
    nr_loading sum;
    nearer_status status = make_loading(&sum, &j, err);
    if (status == NEARER_OK) status = make_room(&j, err);
    for (; status == NEARER_OK && j.first < task->source_count; j.first += j.workers) {
        size_t left = task->source_count - j.first, count = left < j.workers ? left : j.workers;
        nr_parallel_for(count, load_source, &j);
        for (size_t i = 0; i < count; i++) add_loading(&sum, &j.slots[i], &j);
        nr_progress("sources", j.first + count, task->source_count);
    }
    clear(&j);
    if (status == NEARER_OK)
        *out = sum;
    else
        nr_loading_clear(&sum);
    return status;
}

void nr_demand_clear(nr_demand *demand)
{
    nr_free(demand->first);
    nr_free(demand->to);
    nr_free(demand->trips);
    *demand = (nr_demand){0};
}
