#include "graph/batches.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/threads.h"
#include "graph/search.h"

typedef struct placed_row {
    nr_lane_row row;
    uint32_t near;
    bool far, starved; /* of its batch */
} placed_row;

typedef struct job {
    const nr_batches *batches;
    placed_row *rows;
    size_t count;
} job;

static int by_nearness(const void *a, const void *b)
{
    const placed_row *x = a, *y = b;
    if (x->near != y->near) return x->near < y->near ? -1 : 1;
    return x->row.out < y->row.out ? -1 : x->row.out > y->row.out;
}

static placed_row *place_rows(const nr_batches *b, size_t first, size_t count, nr_ticks *out)
{
    placed_row *placed = nr_alloc(count, sizeof *placed);
    if (placed == NULL) return NULL;
    for (size_t i = 0; i < count; i++) {
        uint32_t source = b->task->sources[first + i];
        placed[i].row = (nr_lane_row){source, out + i * b->task->target_count};
        placed[i].near = b->near[source];
    }
    qsort(placed, count, sizeof *placed, by_nearness);
    return placed;
}

static void run_batch(void *context, size_t i, size_t worker)
{
    job *j = context;
    placed_row *placed = &j->rows[i * NR_LANES];
    size_t left = j->count - i * NR_LANES, count = left < NR_LANES ? left : NR_LANES;
    nr_lane_row rows[NR_LANES] = {0};
    bool far = false;
    for (size_t k = 0; k < count; k++) rows[k] = placed[k].row;
    bool good = j->batches->run(j->batches->state, worker, rows, count, &far);
    for (size_t k = 0; k < count; k++) {
        placed[k].far = far;
        placed[k].starved = !good;
    }
}

/* Lanes count up to NR_FAR only: a row with something farther is searched again. */
static nearer_status mend_far_rows(const nr_task *task, const placed_row *rows, size_t count,
                                   nearer_error *err)
{
    nr_search search = {0};
    bool good = true;
    nearer_status status = NEARER_OK;
    for (size_t i = 0; good && status == NEARER_OK && i < count; i++) {
        nr_ticks *out = rows[i].row.out;
        size_t t = rows[i].far ? 0 : task->target_count;
        while (t < task->target_count && out[t] != NR_FAR) t++;
        if (t == task->target_count) continue;
        good = search.ticks != NULL || nr_search_init(&search, task->rows->vertices);
        if (good) nr_search_run(&search, task->rows, rows[i].row.source, NULL, task->limit);
        for (t = 0; good && t < task->target_count; t++) out[t] = search.ticks[task->targets[t]];
        if (good) status = nr_engine_check(out, task->target_count, err);
    }
    nr_search_clear(&search);
    return good ? status : nr_fail_memory(err);
}

nearer_status nr_batches_run(const nr_batches *b, size_t first, size_t count, nr_ticks *out,
                             nearer_error *err)
{
    job j = {b, place_rows(b, first, count, out), count};
    if (j.rows == NULL) return nr_fail_memory(err);
    nr_parallel_for((count + NR_LANES - 1) / NR_LANES, run_batch, &j);
    nearer_status status = NEARER_OK;
    for (size_t i = 0; i < count; i++)
        if (j.rows[i].starved) status = nr_fail_memory(err);
    if (status == NEARER_OK) status = mend_far_rows(b->task, j.rows, count, err);
    nr_free(j.rows);
    if (status != NEARER_OK) return status;
    for (size_t k = 0; b->task->limit < NR_TICKS_MAX && k < count * b->task->target_count; k++)
        if (out[k] > b->task->limit) out[k] = NR_NEVER;
    return NEARER_OK;
}
