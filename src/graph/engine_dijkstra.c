/* Dijkstra's search from each source, on all cores, that ends when all targets are known. */
#include "base/memory.h"
#include "base/threads.h"
#include "graph/engine.h"
#include "graph/search.h"

typedef struct state {
    const nr_task *task;
    nr_wanted wanted;
    nr_search *searches; /* one a worker */
    size_t workers;
} state;

/* The rows now computed. */
typedef struct job {
    state *state;
    size_t first;
    nr_ticks *out;
} job;

static void close(void *context)
{
    state *s = context;
    if (s == NULL) return;
    for (size_t i = 0; s->searches != NULL && i < s->workers; i++) nr_search_clear(&s->searches[i]);
    nr_free(s->searches);
    nr_wanted_clear(&s->wanted);
    nr_free(s);
}

static nearer_status open(void **out, const nr_task *task, bool asked, nearer_error *err)
{
    (void)asked;
    state *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    *s = (state){.task = task, .workers = nr_workers()};
    s->searches = nr_alloc(s->workers, sizeof *s->searches);
    bool good = s->searches != NULL &&
                nr_wanted_mark(&s->wanted, task->rows->vertices, task->targets, task->target_count);
    for (size_t i = 0; good && i < s->workers; i++)
        good = nr_search_init(&s->searches[i], task->rows->vertices);
    if (good) {
        *out = s;
        return NEARER_OK;
    }
    close(s);
    return nr_fail_memory(err);
}

static void compute_row(void *context, size_t i, size_t worker)
{
    job *j = context;
    const nr_task *task = j->state->task;
    nr_search *search = &j->state->searches[worker];
    nr_search_run(search, task->rows, task->sources[j->first + i], &j->state->wanted, task->limit);
    for (size_t t = 0; t < task->target_count; t++)
        j->out[i * task->target_count + t] = search->ticks[task->targets[t]];
}

static nearer_status rows(void *context, size_t first, size_t count, nr_ticks *out,
                          nearer_error *err)
{
    job j = {context, first, out};
    nr_parallel_for(count, compute_row, &j);
    return nr_engine_check(out, count * j.state->task->target_count, err);
}

/* A search a worker, and which vertices are targets. */
static size_t memory(const nr_task *task, size_t workers)
{
    return (size_t)task->rows->vertices * (24 * workers + 1);
}

const nr_engine nr_engine_dijkstra = {
    .id = "dijkstra",
    .title = "a search from each source (4-ary heap), on all cores; nothing to prepare",
    .open = open,
    .rows = rows,
    .close = close,
    .memory = memory,
};
