#include "graph/matrix.h"

#include "base/clock.h"
#include "base/memory.h"
#include "base/progress.h"

/* Blocks stay in the processor's caches, yet give every core some batches of rows. */
static size_t rows_a_block(const nr_matrix_run *run, const nr_task *task)
{
    enum { BLOCK_BYTES = 1 << 25, LEAST = 64 };
    size_t a_row = task->target_count * sizeof(nr_ticks);
    size_t rows = a_row == 0 ? task->source_count : BLOCK_BYTES / a_row;
    if (run->block_rows > 0)
        rows = run->block_rows;
    else if (rows < LEAST)
        rows = LEAST;
    return rows < task->source_count ? rows : task->source_count;
}

static nearer_status check(const nr_ticks *rows, size_t count, nearer_error *err)
{
    for (size_t k = 0; k < count; k++)
        if (rows[k] == NR_TICKS_MAX)
            return nr_fail(err, NEARER_VALUE,
                           "a way is longer than 4,294,967,294 ticks can count (49.7 days of "
                           "milliseconds); give a coarser unit");
    return NEARER_OK;
}

static nearer_status run_blocks(nr_matrix_run *run, const nr_engine *engine, void *state,
                                const nr_task *task, nr_take_rows *take, void *context,
                                nearer_error *err)
{
    size_t block = rows_a_block(run, task);
    nr_ticks *rows = nr_alloc(block, task->target_count * sizeof *rows);
    if (rows == NULL) return nr_fail_memory(err);
    nearer_status status = NEARER_OK;
    for (size_t first = 0; status == NEARER_OK && first < task->source_count; first += block) {
        size_t count = task->source_count - first < block ? task->source_count - first : block;
        double begin = nr_clock();
        status = engine->rows(state, first, count, rows, err);
        if (status == NEARER_OK) status = check(rows, count * task->target_count, err);
        run->compute_s += nr_clock() - begin;
        if (status == NEARER_OK) status = take(context, first, count, rows, err);
        if (block < task->source_count) nr_progress("rows", first + count, task->source_count);
    }
    nr_free(rows);
    return status;
}

nearer_status nr_matrix_make(nr_matrix_run *run, const nr_task *task, nr_take_rows *take,
                             void *context, nearer_error *err)
{
    const nr_engine *engine = NULL;
    void *state = NULL;
    NR_TRY(nr_engine_find(&engine, run->engine, task, err));
    double begin = nr_clock();
    nearer_status status = engine->open(&state, task, run->engine != NULL, err);
    if (status == NEARER_NODATA) { /* no hierarchy after all */
        engine = &nr_engine_dijkstra;
        status = engine->open(&state, task, true, err);
    }
    if (status != NEARER_OK) return status;
    run->prepare_s += nr_clock() - begin;
    run->engine_used = engine->id;
    status = run_blocks(run, engine, state, task, take, context, err);
    engine->close(state);
    return status;
}
