#include "graph/matrix.h"

#include "base/clock.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/ranks.h"
#include "base/threads.h"

/* ---- planning ---- */

/* Blocks stay in the processor's caches, yet have some rows for each worker. */
enum { LEAST_ROWS = 16, BLOCK_BYTES = 1 << 24 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t rows_bytes(const nr_task *task)
{
    return ((size_t)task->rows->vertices + 3 * (size_t)task->rows->arcs) * sizeof(uint32_t);
}

/* What is left for a block decides on its rows; 0 bytes at the most: any. */
static nr_matrix_plan plan_for(const nr_task *task, const nr_engine *engine, size_t most_bytes)
{
    size_t a_row = most(1, task->target_count * sizeof(nr_ticks));
    size_t fixed = rows_bytes(task) + engine->memory(task, nr_workers());
    size_t rows = most(LEAST_ROWS * nr_workers(), BLOCK_BYTES / a_row);
    if (most_bytes > 0) rows = least(rows, most_bytes <= fixed ? 0 : (most_bytes - fixed) / a_row);
    size_t share = (task->source_count + nr_ranks() - 1) / nr_ranks(); /* each process has some */
    nr_matrix_plan plan = {.engine = engine, .block_rows = least(most(rows, 1), share)};
    plan.bytes = fixed + plan.block_rows * a_row;
    return plan;
}

nearer_status nr_matrix_plan_make(nr_matrix_plan *out, const nr_task *task,
                                  const nearer_query *query, nearer_error *err)
{
    const nr_engine *found = NULL;
    size_t most_bytes = (size_t)(query->max_memory_mb * 1e6);
    NR_TRY(nr_engine_find(&found, query->engine, task, err));
    nr_matrix_plan plan = plan_for(task, found, most_bytes);
    if (query->engine == NULL && most_bytes > 0 && plan.bytes > most_bytes)
        plan = plan_for(task, &nr_engine_dijkstra, most_bytes); /* takes the least */
    plan.asked = query->engine != NULL;
    plan.timings = query->timings;
    if (most_bytes > 0 && plan.bytes > most_bytes)
        return nr_fail(err, NEARER_MEMORY,
                       "at least %.3g MB of memory are needed (engine %s, one row at a time); "
                       "%.3g MB are allowed",
                       (double)plan.bytes / 1e6, plan.engine->id, (double)most_bytes / 1e6);
    plan.block_rows = nr_ranks_first(plan.block_rows); /* they may have other cores and memory */
    *out = plan;
    return NEARER_OK;
}

/* ---- computing ---- */

typedef struct run {
    const nr_matrix_plan *plan;
    const nr_task *task;
    const nr_engine *engine;
    void *state;
    nr_taking taking;
    nr_take_rows *take;
    void *context;
    nearer_timings *timings;
    nearer_error *err;
} run;

static nearer_status compute(const run *r, size_t first, size_t count, nr_ticks *rows)
{
    double begin = nr_clock();
    NR_TRY(r->engine->rows(r->state, first, count, rows, r->err));
    r->timings->compute_s += nr_clock() - begin;
    return NEARER_OK;
}

/* Blocks go round the processes; rank 0 takes them in order, and receives those of others. */
static nearer_status do_block(const run *r, size_t first, size_t count, nr_ticks *rows)
{
    size_t me = nr_ranks_own(),
           owner = r->taking == NR_TAKE_BY_ALL ? me : first / r->plan->block_rows % nr_ranks();
    size_t bytes = count * r->task->target_count * sizeof *rows;
    if (owner == me) NR_TRY(compute(r, first, count, rows));
    if (r->taking == NR_TAKE_IN_ORDER) {
        if (owner == me && me != 0) nr_ranks_send(rows, bytes);
        if (owner != me && me == 0) nr_ranks_receive(rows, bytes, owner);
        if (me != 0) return NEARER_OK;
    } else if (owner != me) {
        return NEARER_OK;
    }
    return r->take(r->context, first, count, rows, r->err);
}

static nearer_status run_blocks(const run *r)
{
    size_t all = r->task->source_count, block = r->plan->block_rows;
    nr_ticks *rows = nr_alloc(block, r->task->target_count * sizeof *rows);
    if (rows == NULL) return nr_fail_memory(r->err);
    nearer_status status = NEARER_OK;
    for (size_t first = 0; status == NEARER_OK && first < all; first += block) {
        size_t count = least(block, all - first);
        status = do_block(r, first, count, rows);
        if (block < all) nr_progress("rows", first + count, all);
    }
    nr_free(rows);
    return status;
}

nearer_status nr_matrix_make(const nr_matrix_plan *plan, const nr_task *task, nr_taking taking,
                             nr_take_rows *take, void *context, nearer_error *err)
{
    nearer_timings unused = {0};
    run r = {plan, task, plan->engine, NULL, taking, take, context, plan->timings, err};
    if (plan->timings == NULL) r.timings = &unused;
    double begin = nr_clock();
    nearer_status status = r.engine->open(&r.state, task, plan->asked, err);
    if (status == NEARER_NODATA) { /* no hierarchy after all */
        r.engine = &nr_engine_dijkstra;
        status = r.engine->open(&r.state, task, true, err);
    }
    if (status != NEARER_OK) return status;
    r.timings->prepare_s += nr_clock() - begin;
    r.timings->engine = r.engine->id;
    status = run_blocks(&r);
    r.engine->close(r.state);
    return status;
}
