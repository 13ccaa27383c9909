/* Bellman and Ford's rounds, in which only vertices that fell are looked at again. Many sources
 * side by side share the walk through the graph: on small graphs that beats searching from each. */
#include "base/memory.h"
#include "base/threads.h"
#include "graph/batches.h"

typedef struct room {
    nr_ticks *lanes;
    uint64_t *marks;
} room;

typedef struct state {
    const nr_task *task;
    const nr_kernels *kernels;
    uint32_t vertices;
    uint32_t *position; /* of each vertex; those reached first from the sources come first */
    nr_ways ways;       /* between positions */
    room *rooms;        /* one a worker */
    size_t workers;
} state;

static void close(void *context)
{
    state *s = context;
    if (s == NULL) return;
    for (size_t i = 0; s->rooms != NULL && i < s->workers; i++) {
        nr_free(s->rooms[i].lanes);
        nr_free(s->rooms[i].marks);
    }
    nr_free(s->rooms);
    nr_free(s->position);
    nr_free(s->ways.first);
    nr_free(s->ways.ways);
    nr_free(s);
}

/* Breadth first from all sources at once; `order` is the vertex at each position. */
static void walk(state *s, uint32_t *order)
{
    const nr_rows *rows = s->task->rows;
    uint32_t known = 0, next = 0;
    for (uint32_t v = 0; v < s->vertices; v++) s->position[v] = UINT32_MAX;
    for (size_t i = 0; i < s->task->source_count + s->vertices; i++) {
        uint32_t v =
            i < s->task->source_count ? s->task->sources[i] : (uint32_t)(i - s->task->source_count);
        if (i == s->task->source_count) /* all sources are known: what they reach comes first */
            for (; next < known; next++)
                for (uint32_t k = rows->first[order[next]]; k < rows->first[order[next] + 1]; k++)
                    if (s->position[rows->to[k]] == UINT32_MAX) {
                        s->position[rows->to[k]] = known;
                        order[known++] = rows->to[k];
                    }
        if (s->position[v] != UINT32_MAX) continue;
        s->position[v] = known;
        order[known++] = v;
    }
}

static bool make_ways(state *s)
{
    const nr_rows *rows = s->task->rows;
    uint32_t *order = nr_alloc(s->vertices, sizeof *order), filled = 0;
    s->position = nr_alloc(s->vertices, sizeof *s->position);
    s->ways.first = nr_alloc((size_t)s->vertices + 1, sizeof *s->ways.first);
    s->ways.ways = nr_alloc(rows->arcs, sizeof *s->ways.ways);
    bool good =
        order != NULL && s->position != NULL && s->ways.first != NULL && s->ways.ways != NULL;
    if (good) walk(s, order);
    for (uint32_t p = 0; good && p < s->vertices; p++) {
        for (uint32_t k = rows->first[order[p]]; k < rows->first[order[p] + 1]; k++)
            s->ways.ways[filled++] = (nr_way){s->position[rows->to[k]],
                                              rows->weight[k] < NR_FAR ? rows->weight[k] : NR_FAR};
        s->ways.first[p + 1] = filled;
    }
    nr_free(order);
    return good;
}

static bool make_rooms(state *s)
{
    s->rooms = nr_alloc(s->workers, sizeof *s->rooms);
    bool good = s->rooms != NULL;
    for (size_t i = 0; good && i < s->workers; i++) {
        room *r = &s->rooms[i];
        r->lanes = nr_alloc_aligned(s->vertices, NR_LANES * sizeof *r->lanes);
        r->marks = nr_alloc((size_t)s->vertices / 64 + 1, sizeof *r->marks);
        good = r->lanes != NULL && r->marks != NULL;
    }
    return good;
}

static nearer_status open(void **out, const nr_task *task, bool asked, nearer_error *err)
{
    (void)asked;
    state *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    *s = (state){.task = task,
                 .kernels = nr_kernels_known()[0],
                 .vertices = task->rows->vertices,
                 .workers = nr_workers()};
    if (make_ways(s) && make_rooms(s)) {
        *out = s;
        return NEARER_OK;
    }
    close(s);
    return nr_fail_memory(err);
}

static bool run(void *context, size_t worker, const nr_lane_row *rows, size_t count, bool *far)
{
    state *s = context;
    room *r = &s->rooms[worker];
    for (size_t i = 0; i < (size_t)s->vertices * NR_LANES; i++) r->lanes[i] = NR_NOT_YET;
    for (size_t i = 0; i < count; i++) {
        uint32_t p = s->position[rows[i].source];
        r->lanes[(size_t)p * NR_LANES + i] = 0;
        r->marks[p / 64] |= (uint64_t)1 << p % 64;
    }
    *far = s->kernels->settle(r->lanes, s->vertices, r->marks, &s->ways);
    for (size_t t = 0; t < s->task->target_count; t++) {
        const nr_ticks *from = &r->lanes[(size_t)s->position[s->task->targets[t]] * NR_LANES];
        for (size_t i = 0; i < count; i++)
            rows[i].out[t] = from[i] >= NR_NOT_YET ? NR_NEVER : from[i];
    }
    return true;
}

static nearer_status rows(void *context, size_t first, size_t count, nr_ticks *out,
                          nearer_error *err)
{
    state *s = context;
    const nr_batches batches = {s->task, s->position, s, run};
    return nr_batches_run(&batches, first, count, out, err);
}

static size_t memory(const nr_task *task, size_t workers)
{
    size_t lanes = NR_LANES * sizeof(nr_ticks) * workers;
    return task->rows->vertices * (lanes + 8) + task->rows->arcs * sizeof(nr_way);
}

const nr_engine nr_engine_bellman_ford = {
    .id = "bellman-ford",
    .title = "Bellman and Ford's rounds, 16 sources at once; for small networks",
    .open = open,
    .rows = rows,
    .close = close,
    .memory = memory,
};
