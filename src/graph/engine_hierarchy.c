/* Sweeps over a contraction hierarchy. */
#include <stdio.h>

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

/* ---- the hierarchy, from the cache where it is there ---- */

/* Its name there: the graph's content. */
static void name_file(char out[64], const nr_rows *rows)
{
    char digits[33];
    nr_hash hash = {0};
    nr_hash_add(&hash, rows->first, ((size_t)rows->vertices + 1) * sizeof *rows->first);
    nr_hash_add(&hash, rows->to, (size_t)rows->arcs * sizeof *rows->to);
    nr_hash_add(&hash, rows->weight, (size_t)rows->arcs * sizeof *rows->weight);
    snprintf(out, 64, "%s.hierarchy", nr_hash_text(hash, digits));
}

/* What is kept and damaged is made again. */
static nearer_status make_kept(nr_hierarchy *out, const nr_task *task, bool patient,
                               nearer_error *err)
{
    char name[64];
    size_t length = 0;
    name_file(name, task->rows);
    char *kept = task->cache->find(task->cache, name, &length);
    bool found = kept != NULL && nr_hierarchy_read(out, kept, length, task->rows->vertices);
    nr_free(kept);
    if (found) return NEARER_OK;
    NR_TRY(nr_hierarchy_make(out, task->rows, patient, err));
    nr_text bytes = {0};
    nr_hierarchy_write(&bytes, out);
    return task->cache->keep(task->cache, name, &bytes, err);
}

static nearer_status open(void **out, const nr_task *task, bool asked, nearer_error *err)
{
    state *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    *s = (state){.task = task, .workers = nr_workers()};
    nearer_status status = task->cache != NULL
                               ? make_kept(&s->hierarchy, task, asked, err)
                               : nr_hierarchy_make(&s->hierarchy, task->rows, asked, err);
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

/* Contracting takes the most, by measure on roads; or else the lanes of all vertices. */
static size_t memory(const nr_task *task, size_t workers)
{
    size_t n = task->rows->vertices, kept = (n + task->rows->arcs) * 20;
    size_t contracting = (n + task->rows->arcs) * 64 + n * (64 + 16 * workers);
    size_t sweeping = kept + n * (8 + (NR_LANES * sizeof(nr_ticks) + 8) * workers);
    return contracting > sweeping ? contracting : sweeping;
}

const nr_engine nr_engine_hierarchy = {
    .id = "hierarchy",
    .title = "sweeps over a contraction hierarchy (RPHAST), 16 sources at once",
    .open = open,
    .rows = rows,
    .close = close,
    .memory = memory,
};
