#include "graph/closing.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/threads.h"

#define NONE UINT32_MAX

/* What a worker needs for one source. The vertices behind one on the tree, itself the first, stand
 * side by side: `size` of them from `spot` on. */
typedef struct worker {
    nr_tree tree;
    nr_search search;                    /* of what is lost */
    uint32_t *walk;                      /* vertices in that order */
    uint32_t *spot, *next, *size, *ends; /* of each vertex; `ends`: targets behind it */
    uint32_t *first;                     /* of each group: a vertex that its arc leads to */
    uint32_t *more[NR_LOAD_GROUPINGS];   /* of each vertex: the next one of its arc's group */
    uint32_t *ridden;                    /* groups that have one */
    size_t ridden_count;
    uint32_t *lost;
    size_t lost_count;
    uint8_t *is_lost; /* of each vertex */
} worker;

/* What changes from one source. */
typedef struct slot {
    nr_change *changes;
    size_t count, capacity;
    nr_ticks longest;
    bool starved;
} slot;

typedef struct job {
    const nr_graph *graph;
    const nr_task *task;
    size_t groups;
    nr_rows back;
    nr_wanted targets;
    uint32_t *place;                     /* of each vertex: whose target it is, or NONE */
    uint32_t *labels[NR_LOAD_GROUPINGS]; /* of each arc: a wanted group, or NONE */
    worker *workers;
    size_t worker_count;
    slot *slots;
    size_t slot_count, first; /* source of the first slot */
} job;

/* ---- one source ---- */

static void lay_out(const job *j, worker *w)
{
    const nr_tree *tree = &w->tree;
    for (size_t i = 0; i < tree->count; i++) {
        uint32_t v = tree->order[i];
        w->size[v] = 1;
        w->ends[v] = j->targets.is[v];
    }
    for (size_t i = tree->count; i-- > 1;) {
        uint32_t v = tree->order[i], parent = nr_tree_parent(tree, v);
        w->size[parent] += w->size[v];
        w->ends[parent] += w->ends[v];
    }
    for (size_t i = 0; i < tree->count; i++) {
        uint32_t v = tree->order[i], parent = nr_tree_parent(tree, v);
        w->spot[v] = parent == NONE ? 0 : w->next[parent];
        w->next[v] = w->spot[v] + 1;
        w->walk[w->spot[v]] = v;
        if (parent != NONE) w->next[parent] += w->size[v];
    }
}

/* Of each group the vertices its arcs lead to, those nearer to the source before those behind them.
 */
static void find_ridden(const job *j, worker *w)
{
    w->ridden_count = 0;
    for (size_t i = w->tree.count; i-- > 1;) {
        uint32_t v = w->tree.order[i];
        for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) {
            uint32_t group = j->labels[g][w->tree.search.by_arc[v]];
            if (group == NONE) continue;
            if (w->first[group] == NONE) w->ridden[w->ridden_count++] = group;
            w->more[g][v] = w->first[group];
            w->first[group] = v;
        }
    }
}

static uint32_t next_of_group(const job *j, const worker *w, uint32_t group, uint32_t v)
{
    size_t g = j->labels[0][w->tree.search.by_arc[v]] == group ? 0 : 1;
    return w->more[g][v];
}

static bool leads_to_targets(const job *j, const worker *w, uint32_t group)
{
    uint32_t v = w->first[group];
    while (v != NONE && w->ends[v] == 0) v = next_of_group(j, w, group, v);
    return v != NONE;
}

/* All behind the group's arcs, also what leads to no target: it may not be set out from either.
 * Returns how many targets are among them. */
static size_t lose(const job *j, worker *w, uint32_t group)
{
    size_t targets = 0;
    w->lost_count = 0;
    for (uint32_t v = w->first[group]; v != NONE; v = next_of_group(j, w, group, v)) {
        if (w->is_lost[v]) continue;
        targets += w->ends[v];
        for (uint32_t k = 0; k < w->size[v]; k++) {
            uint32_t behind = w->walk[w->spot[v] + k];
            w->is_lost[behind] = 1;
            w->lost[w->lost_count++] = behind;
        }
    }
    return targets;
}

static int by_place(const void *x, const void *y)
{
    const nr_change *a = x, *b = y;
    return a->to < b->to ? -1 : a->to > b->to;
}

static void put_changes(const job *j, worker *w, slot *s, size_t from, uint32_t group)
{
    size_t begin = s->count;
    for (size_t i = 0; i < w->lost_count; i++) {
        uint32_t v = w->lost[i];
        nr_ticks ticks = w->search.ticks[v];
        if (j->place[v] == NONE || j->place[v] == from || ticks == w->tree.search.ticks[v])
            continue;
        if (!nr_grow((void **)&s->changes, s->count, &s->capacity, sizeof *s->changes)) {
            s->starved = true;
            return;
        }
        s->changes[s->count++] =
            (nr_change){group, j->place[v], nr_ticks_value(ticks, NR_TICKS_PER_MINUTE)};
        if (ticks != NR_NEVER && ticks > s->longest) s->longest = ticks;
    }
    if (s->count - begin > 1)
        qsort(s->changes + begin, s->count - begin, sizeof *s->changes, by_place);
}

static void close_group(const job *j, worker *w, slot *s, size_t from, uint32_t group)
{
    const nr_wanted wanted = {j->targets.is, lose(j, w, group)};
    const nr_lost lost = {.before = &w->tree.search,
                          .rows = &j->graph->rows,
                          .back = &j->back,
                          .labels = {j->labels[0], j->labels[1]},
                          .closed = group,
                          .vertices = w->lost,
                          .count = w->lost_count,
                          .is = w->is_lost,
                          .wanted = &wanted};
    nr_search_lost(&w->search, &lost, j->task->limit);
    put_changes(j, w, s, from, group);
    for (size_t i = 0; i < w->lost_count; i++) w->is_lost[w->lost[i]] = 0;
}

static void do_source(void *context, size_t i, size_t number)
{
    job *j = context;
    worker *w = &j->workers[number];
    slot *s = &j->slots[i];
    size_t from = j->first + i;
    s->count = s->longest = 0;
    nr_tree_grow(&w->tree, j->task->sources[from], j->task->limit);
    lay_out(j, w);
    find_ridden(j, w);
    for (size_t k = 0; k < w->ridden_count; k++) {
        if (leads_to_targets(j, w, w->ridden[k])) close_group(j, w, s, from, w->ridden[k]);
        w->first[w->ridden[k]] = NONE;
    }
}

/* ---- all ---- */

static void clear(job *j)
{
    for (size_t i = 0; j->workers != NULL && i < j->worker_count; i++) {
        worker *w = &j->workers[i];
        nr_tree_clear(&w->tree);
        nr_search_clear(&w->search);
        uint32_t *all[] = {w->walk,  w->spot,    w->next,    w->size,   w->ends,
                           w->first, w->more[0], w->more[1], w->ridden, w->lost};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) nr_free(all[k]);
        nr_free(w->is_lost);
    }
    for (size_t i = 0; j->slots != NULL && i < j->slot_count; i++) nr_free(j->slots[i].changes);
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) nr_free(j->labels[g]);
    nr_free(j->workers);
    nr_free(j->slots);
    nr_free(j->place);
    nr_wanted_clear(&j->targets);
    nr_rows_clear(&j->back);
}

static nearer_status make_worker(worker *w, const job *j, nearer_error *err)
{
    size_t vertices = j->graph->vertex_count;
    uint32_t **of_vertices[] = {&w->walk, &w->spot,    &w->next,    &w->size,
                                &w->ends, &w->more[0], &w->more[1], &w->lost};
    NR_TRY(nr_tree_init(&w->tree, j->graph, false, err));
    bool good = nr_search_init(&w->search, j->graph->rows.vertices);
    for (size_t k = 0; k < sizeof of_vertices / sizeof *of_vertices; k++) {
        *of_vertices[k] = nr_alloc(vertices, sizeof **of_vertices[k]);
        good = good && *of_vertices[k] != NULL;
    }
    w->is_lost = nr_alloc(vertices, 1);
    w->ridden = nr_alloc(j->groups, sizeof *w->ridden);
    w->first = nr_alloc(j->groups, sizeof *w->first);
    if (!good || w->is_lost == NULL || w->ridden == NULL || w->first == NULL)
        return nr_fail_memory(err);
    for (size_t g = 0; g < j->groups; g++) w->first[g] = NONE;
    return NEARER_OK;
}

/* Every arc's labels, every vertex's place. */
static nearer_status label(job *j, const nr_grouped_links *groupings, const bool *wanted,
                           nearer_error *err)
{
    const nr_graph *graph = j->graph;
    j->place = nr_alloc(graph->vertex_count, sizeof *j->place);
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++)
        j->labels[g] = nr_alloc(graph->arc_count, sizeof *j->labels[g]);
    if (j->place == NULL || j->labels[0] == NULL || j->labels[1] == NULL ||
        !nr_wanted_mark(&j->targets, graph->rows.vertices, j->task->targets, j->task->target_count))
        return nr_fail_memory(err);
    for (size_t v = 0; v < graph->vertex_count; v++) j->place[v] = NONE;
    for (size_t p = 0; p < j->task->target_count; p++) j->place[j->task->targets[p]] = (uint32_t)p;
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++)
        for (size_t a = 0; a < graph->arc_count; a++) {
            uint32_t group = groupings[g].of[graph->arcs[a].of];
            bool closes = graph->arcs[a].kind == NR_ARC_LINK && wanted[group];
            j->labels[g][a] = closes ? group : NONE;
        }
    return nr_rows_reverse(&j->back, &graph->rows, err);
}

static nearer_status make_room(job *j, nearer_error *err)
{
    j->workers = nr_alloc(j->worker_count, sizeof *j->workers);
    j->slots = nr_alloc(j->slot_count, sizeof *j->slots);
    if (j->workers == NULL || j->slots == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < j->worker_count; i++) NR_TRY(make_worker(&j->workers[i], j, err));
    return NEARER_OK;
}

static nearer_status take_slot(const slot *s, size_t from, nr_take_changes *take, void *context,
                               nearer_error *err)
{
    if (s->starved) return nr_fail_memory(err);
    NR_TRY(nr_engine_check(&s->longest, 1, err));
    return take(context, from, s->changes, s->count, err);
}

nearer_status nr_closing_compute(const nr_graph *graph, const nr_task *task,
                                 const nr_grouped_links groupings[NR_LOAD_GROUPINGS],
                                 const bool *wanted, nr_take_changes *take, void *context,
                                 nearer_error *err)
{
    enum { SLOTS_A_WORKER = 8 }; /* some sources take longer than others */
    job j = {.graph = graph,
             .task = task,
             .groups = groupings[0].count,
             .worker_count = nr_workers(),
             .slot_count = SLOTS_A_WORKER * nr_workers()};
    nearer_status status = label(&j, groupings, wanted, err);
    if (status == NEARER_OK) status = make_room(&j, err);
    for (; status == NEARER_OK && j.first < task->source_count; j.first += j.slot_count) {
        size_t left = task->source_count - j.first,
               count = left < j.slot_count ? left : j.slot_count;
        nr_parallel_for(count, do_source, &j);
        for (size_t i = 0; status == NEARER_OK && i < count; i++)
            status = take_slot(&j.slots[i], j.first + i, take, context, err);
        nr_progress("sources", j.first + count, task->source_count);
    }
    clear(&j);
    return status;
}
