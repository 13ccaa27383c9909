/* Sweeps over a contraction hierarchy. */
#include "base/memory.h"
#include "base/threads.h"
#include "graph/batches.h"
#include "graph/sweep.h"

typedef struct state {
    const nr_task *task;
    nr_hierarchy hierarchy;
    nr_sweep sweep;
    nr_lanes *lanes; /* one a worker */
    size_t workers;
} state;

static void close(void *context)
{
    state *s = context;
    if (s == NULL) return;
    for (size_t i = 0; s->lanes != NULL && i < s->workers; i++) nr_lanes_clear(&s->lanes[i]);
    nr_free(s->lanes);
    nr_sweep_clear(&s->sweep);
    nr_hierarchy_clear(&s->hierarchy);
    nr_free(s);
}

static nearer_status open(void **out, const nr_task *task, nearer_error *err)
{
    state *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    *s = (state){.task = task, .workers = nr_workers()};
    nearer_status status = nr_hierarchy_make(&s->hierarchy, task->rows, err);
    if (status == NEARER_OK)
        status = nr_sweep_make(&s->sweep, &s->hierarchy, task->targets, task->target_count, err);
    s->lanes = nr_alloc(s->workers, sizeof *s->lanes);
    bool good = s->lanes != NULL;
    for (size_t i = 0; status == NEARER_OK && good && i < s->workers; i++)
        good = nr_lanes_init(&s->lanes[i], &s->sweep);
    if (status == NEARER_OK && !good) status = nr_fail_memory(err);
    if (status == NEARER_OK)
        *out = s;
    else
        close(s);
    return status;
}

static bool run(void *context, size_t worker, const nr_lane_row *rows, size_t count, bool *far)
{
    state *s = context;
    return nr_sweep_run(far, &s->sweep, &s->lanes[worker], rows, count);
}

/* Sources near each other on the walk share most of their way up. */
static nearer_status rows(void *context, size_t first, size_t count, nr_ticks *out,
                          nearer_error *err)
{
    state *s = context;
    const nr_batches batches = {s->task, s->hierarchy.walk, s, run};
    return nr_batches_run(&batches, first, count, out, err);
}

const nr_engine nr_engine_hierarchy = {
    .id = "hierarchy",
    .title = "sweeps over a contraction hierarchy (RPHAST), 16 sources at once",
    .open = open,
    .rows = rows,
    .close = close,
};
