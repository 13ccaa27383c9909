/* igraph's own Dijkstra: the reference the other engines are held against. */
#include <math.h>

#include "base/memory.h"
#include "graph/engine.h"
#include "graph/handover.h"

typedef struct state {
    const nr_task *task;
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_int_t targets; /* each once: igraph takes no target twice */
    uint32_t *column;            /* of each vertex: its place among the targets */
    bool has_graph, has_weights, has_targets;
} state;

static void close(void *context)
{
    state *s = context;
    if (s == NULL) return;
    if (s->has_graph) igraph_destroy(&s->graph);
    if (s->has_weights) igraph_vector_destroy(&s->weights);
    if (s->has_targets) igraph_vector_int_destroy(&s->targets);
    nr_free(s->column);
    nr_free(s);
}

static igraph_error_t fill(state *s)
{
    const nr_task *task = s->task;
    igraph_error_t code = nr_rows_to_igraph(&s->graph, &s->weights, task->rows);
    s->has_graph = s->has_weights = code == IGRAPH_SUCCESS;
    if (code == IGRAPH_SUCCESS) code = igraph_vector_int_init(&s->targets, 0);
    s->has_targets = code == IGRAPH_SUCCESS;
    for (size_t t = 0; code == IGRAPH_SUCCESS && t < task->target_count; t++) {
        if (s->column[task->targets[t]] != 0) continue;
        code = igraph_vector_int_push_back(&s->targets, (igraph_integer_t)task->targets[t]);
        if (code != IGRAPH_SUCCESS) break;
        s->column[task->targets[t]] = (uint32_t)igraph_vector_int_size(&s->targets);
    }
    return code;
}

static nearer_status open(void **out, const nr_task *task, bool asked, nearer_error *err)
{
    (void)asked;
    state *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    s->task = task;
    s->column = nr_alloc(task->rows->vertices, sizeof *s->column);
    nearer_status status = s->column == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        nr_guard guard = nr_guard_enter();
        igraph_error_t code = fill(s);
        nr_guard_leave(guard);
        status = nr_guard_status(code, err);
    }
    if (status == NEARER_OK)
        *out = s;
    else
        close(s);
    return status;
}

static nr_ticks ticks_of(double distance, nr_ticks limit)
{
    if (isinf(distance)) return NR_NEVER;
    nr_ticks ticks = distance < NR_TICKS_MAX ? (nr_ticks)distance : NR_TICKS_MAX;
    return ticks > limit ? NR_NEVER : ticks;
}

/* Some rows in one call: igraph looks at the whole graph before its first. */
static igraph_error_t find_rows(const state *s, igraph_matrix_t *found, const uint32_t *sources,
                                size_t count, nr_ticks *out)
{
    const nr_task *task = s->task;
    igraph_vector_int_t from;
    igraph_error_t code = igraph_vector_int_init(&from, (igraph_integer_t)count);
    if (code != IGRAPH_SUCCESS) return code;
    for (size_t i = 0; i < count; i++) VECTOR(from)[i] = (igraph_integer_t)sources[i];
    code = igraph_distances_dijkstra(&s->graph, found, igraph_vss_vector(&from),
                                     igraph_vss_vector(&s->targets), &s->weights, IGRAPH_OUT);
    for (size_t i = 0; code == IGRAPH_SUCCESS && i < count; i++)
        for (size_t t = 0; t < task->target_count; t++)
            out[i * task->target_count + t] = ticks_of(
                MATRIX(*found, (igraph_integer_t)i, s->column[task->targets[t]] - 1), task->limit);
    igraph_vector_int_destroy(&from);
    return code;
}

static nearer_status rows(void *context, size_t first, size_t count, nr_ticks *out,
                          nearer_error *err)
{
    enum { AT_ONCE = 16 };
    const state *s = context;
    nr_guard guard = nr_guard_enter();
    igraph_matrix_t found;
    igraph_error_t code = igraph_matrix_init(&found, 0, 0);
    if (code == IGRAPH_SUCCESS) {
        for (size_t i = 0; code == IGRAPH_SUCCESS && i < count; i += AT_ONCE)
            code = find_rows(s, &found, s->task->sources + first + i,
                             count - i < AT_ONCE ? count - i : AT_ONCE,
                             out + i * s->task->target_count);
        igraph_matrix_destroy(&found);
    }
    nr_guard_leave(guard);
    NR_TRY(nr_guard_status(code, err));
    return nr_engine_check(out, count * s->task->target_count, err);
}

/* As igraph 0.10 lays a graph out: ends, their order both ways and places of vertices in it, the
 * weights, and while searching a list of edges a vertex. */
static size_t memory(const nr_task *task, size_t workers)
{
    (void)workers;
    return (size_t)task->rows->arcs * 72 + (size_t)task->rows->vertices * 120;
}

const nr_engine nr_engine_igraph = {
    .id = "igraph",
    .title = "igraph's own Dijkstra, on one core: the reference",
    .open = open,
    .rows = rows,
    .close = close,
    .memory = memory,
};
