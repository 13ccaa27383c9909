/* Sweeps over a contraction hierarchy. */
#include <stdio.h>
#include <string.h>

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

/* ---- the hierarchy: kept, by an order that is kept, or from nothing ---- */

/* Names in the cache: the whole by the graph's content, the order by what its vertices are. */
static void name_files(char whole[64], char order[64], const nr_task *task)
{
    char digits[33];
    const nr_rows *rows = task->rows;
    nr_hash hash = {0};
    nr_hash_add(&hash, rows->first, ((size_t)rows->vertices + 1) * sizeof *rows->first);
    nr_hash_add(&hash, rows->to, (size_t)rows->arcs * sizeof *rows->to);
    nr_hash_add(&hash, rows->weight, (size_t)rows->arcs * sizeof *rows->weight);
    snprintf(whole, 64, "%s.hierarchy", nr_hash_text(hash, digits));
    snprintf(order, 64, "%s.order", nr_hash_text(task->vertices, digits));
}

static bool find_whole(nr_hierarchy *out, const nr_task *task, const char *name)
{
    size_t length = 0;
    char *bytes = task->cache->find(task->cache, name, &length);
    bool found = bytes != NULL && nr_hierarchy_read(out, bytes, length, task->rows->vertices);
    nr_free(bytes);
    return found;
}

/* A rank for each vertex, or NULL; any order gives a right hierarchy. */
static uint32_t *find_order(const nr_task *task, const char *name)
{
    size_t length = 0, n = task->rows->vertices;
    char *bytes = task->cache->find(task->cache, name, &length);
    uint32_t *rank = bytes != NULL && length == n * sizeof *rank ? nr_alloc(n, sizeof *rank) : NULL;
    if (rank != NULL) memcpy(rank, bytes, length);
    nr_free(bytes);
    return rank;
}

static nearer_status keep(const nr_task *task, const nr_hierarchy *h, const char *whole,
                          const char *order, nearer_error *err)
{
    nr_text bytes = {0};
    nr_hierarchy_write(&bytes, h);
    NR_TRY(task->cache->keep(task->cache, whole, &bytes, err));
    if (order == NULL) return NEARER_OK;
    for (size_t v = 0; v < h->vertices; v++) {
        uint32_t rank = h->vertices - 1 - h->position[v];
        nr_text_add(&bytes, (const char *)&rank, sizeof rank);
    }
    return task->cache->keep(task->cache, order, &bytes, err);
}

static nearer_status make_kept(nr_hierarchy *out, const nr_task *task, bool asked,
                               nearer_error *err)
{
    char whole[64], order[64];
    name_files(whole, order, task);
    if (find_whole(out, task, whole)) return NEARER_OK;
    uint32_t *rank = find_order(task, order);
    nearer_status status = NEARER_NODATA;
    if (rank != NULL) /* given up when it does not do as well on this graph */
        status = nr_hierarchy_make(out, task->rows, &(nr_contract_plan){rank, false}, err);
    bool by_rank = status == NEARER_OK;
    nr_free(rank);
    if (status == NEARER_NODATA)
        status = nr_hierarchy_make(out, task->rows, &(nr_contract_plan){NULL, asked}, err);
    if (status == NEARER_OK) status = keep(task, out, whole, by_rank ? NULL : order, err);
    return status;
}

static nearer_status open(void **out, const nr_task *task, bool asked, nearer_error *err)
{
    state *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    *s = (state){.task = task, .workers = nr_workers()};
    nearer_status status =
        task->cache != NULL
            ? make_kept(&s->hierarchy, task, asked, err)
            : nr_hierarchy_make(&s->hierarchy, task->rows, &(nr_contract_plan){NULL, asked}, err);
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
