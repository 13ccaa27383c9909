/* Bellman and Ford's rounds, in which only vertices that fell are looked at again. Many sources
 * side by side share the walk through the graph: on small graphs that beats searching from each. */
#include "base/memory.h"
#include "base/threads.h"
#include "graph/batches.h"
#include "graph/rounds.h"

typedef struct room {
    nr_ticks *lanes;
    uint64_t *marks;
} room;

typedef struct state {
    const nr_task *task;
    const nr_kernels *kernels;
    nr_rounds rounds;
    room *rooms; /* one a worker */
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
    nr_rounds_clear(&s->rounds);
    nr_free(s);
}

static bool make_rooms(state *s)
{
    s->rooms = nr_alloc(s->workers, sizeof *s->rooms);
    bool good = s->rooms != NULL;
    for (size_t i = 0; good && i < s->workers; i++) {
        room *r = &s->rooms[i];
        r->lanes = nr_alloc_aligned(s->rounds.vertices, NR_LANES * sizeof *r->lanes);
        r->marks = nr_alloc((size_t)s->rounds.vertices / 64 + 1, sizeof *r->marks);
        good = r->lanes != NULL && r->marks != NULL;
    }
    return good;
}

static nearer_status open(void **out, const nr_task *task, bool asked, nearer_error *err)
{
    (void)asked;
    state *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    *s = (state){.task = task, .kernels = nr_kernels_known()[0], .workers = nr_workers()};
    nearer_status status =
        nr_rounds_make(&s->rounds, task->rows, task->sources, task->source_count, err);
    if (status == NEARER_OK && !make_rooms(s)) status = nr_fail_memory(err);
    if (status == NEARER_OK)
        *out = s;
    else
        close(s);
    return status;
}

static bool run(void *context, size_t worker, const nr_lane_row *rows, size_t count, bool *far)
{
    state *s = context;
    room *r = &s->rooms[worker];
    for (size_t i = 0; i < (size_t)s->rounds.vertices * NR_LANES; i++) r->lanes[i] = NR_NOT_YET;
    for (size_t i = 0; i < count; i++) {
        uint32_t p = s->rounds.position[rows[i].source];
        r->lanes[(size_t)p * NR_LANES + i] = 0;
        r->marks[p / 64] |= (uint64_t)1 << p % 64;
    }
    *far = s->kernels->settle(r->lanes, s->rounds.vertices, r->marks, &s->rounds.ways);
    for (size_t t = 0; t < s->task->target_count; t++) {
        const nr_ticks *from =
            &r->lanes[(size_t)s->rounds.position[s->task->targets[t]] * NR_LANES];
        for (size_t i = 0; i < count; i++)
            rows[i].out[t] = from[i] >= NR_NOT_YET ? NR_NEVER : from[i];
    }
    return true;
}

static nearer_status rows(void *context, size_t first, size_t count, nr_ticks *out,
                          nearer_error *err)
{
    state *s = context;
    const nr_batches batches = {s->task, s->rounds.position, s, run};
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
