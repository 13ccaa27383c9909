#include "graph/stops.h"

#include <string.h>

#include "base/memory.h"
#include "graph/matrix.h"
#include "graph/times.h"

enum { LANES = 8 };
/* Of three ways each the sum is below NR_NO_WAY. */
#define LONGEST (NR_NO_WAY / 3)

typedef struct finder {
    nr_stop_times *times;
    uint32_t *sources, *targets; /* places, left, boarded; of targets boarded another too */
    size_t width;                /* targets */
    const nr_graph *graph;
} finder;

static nearer_status make_room(nr_stop_times *t, nearer_error *err)
{
    nr_ticks **squares[] = {&t->between, &t->counted};
    nr_ticks **rows[] = {&t->to_board, &t->to_leave, &t->from_board, &t->from_leave};
    for (size_t k = 0; k < 2; k++)
        *squares[k] = nr_alloc_aligned(t->n * t->stride, sizeof(nr_ticks));
    for (size_t k = 0; k < 4; k++) *rows[k] = nr_alloc_aligned(t->m * t->stride, sizeof(nr_ticks));
    t->again = nr_alloc(t->m, t->m * sizeof(nr_ticks));
    t->across = nr_alloc(t->m, t->m * sizeof(nr_ticks));
    for (size_t k = 0; k < 2; k++)
        if (*squares[k] == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < 4; k++) {
        if (*rows[k] == NULL) return nr_fail_memory(err);
        for (size_t i = 0; i < t->m * t->stride; i++) (*rows[k])[i] = NR_NO_WAY;
    }
    return t->again == NULL || t->across == NULL ? nr_fail_memory(err) : NEARER_OK;
}

static nearer_status name_ends(finder *f, size_t stops, nearer_error *err)
{
    const nr_graph *g = f->graph;
    size_t n = f->times->n;
    const nr_berth_ends *calls = g->calls + (g->call_count - 2 * stops);
    f->width = n + 3 * stops;
    f->sources = nr_alloc(n + 2 * stops, sizeof *f->sources);
    f->targets = nr_alloc(f->width, sizeof *f->targets);
    if (f->sources == NULL || f->targets == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        f->sources[i] = g->source[i];
        f->targets[i] = g->target[i];
    }
    for (size_t s = 0; s < stops; s++) {
        f->sources[n + s] = f->targets[n + s] = calls[2 * s].arrival;
        f->sources[n + stops + s] = f->targets[n + stops + s] = calls[2 * s].departure;
        f->targets[n + 2 * stops + s] = calls[2 * s + 1].departure;
    }
    return NEARER_OK;
}

static nr_ticks or_no_way(nr_ticks ticks)
{
    return ticks < NR_NO_WAY ? ticks : NR_NO_WAY;
}

static void take_place(nr_stop_times *t, size_t i, const nr_ticks *row)
{
    nr_ticks *between = t->between + i * t->stride, *counted = t->counted + i * t->stride;
    for (size_t j = 0; j < t->stride; j++) {
        between[j] = j < t->n ? or_no_way(row[j]) : NR_NO_WAY;
        if (j == i) between[j] = 0;
        counted[j] = between[j] == NR_NO_WAY ? 0 : between[j];
    }
    for (size_t j = 0; j < t->n; j++) t->unreachable += between[j] == NR_NO_WAY ? 1 : 0;
    for (size_t s = 0; s < t->m; s++) {
        t->to_leave[s * t->stride + i] = or_no_way(row[t->n + s]);
        t->to_board[s * t->stride + i] = or_no_way(row[t->n + t->m + s]);
    }
}

static void take_stop(nr_stop_times *t, size_t s, bool board, const nr_ticks *row)
{
    nr_ticks *from = (board ? t->from_board : t->from_leave) + s * t->stride;
    for (size_t j = 0; j < t->n; j++) from[j] = or_no_way(row[j]);
    for (size_t b = 0; !board && b < t->m; b++) {
        t->again[s * t->m + b] = or_no_way(row[t->n + t->m + b]);
        t->across[s * t->m + b] = or_no_way(row[t->n + 2 * t->m + b]);
    }
}

static nearer_status take_rows(void *context, size_t first, size_t count, const nr_ticks *rows,
                               nearer_error *err)
{
    finder *f = context;
    nr_stop_times *t = f->times;
    for (size_t k = 0; k < count; k++) {
        const nr_ticks *row = rows + k * f->width;
        size_t source = first + k;
        for (size_t c = 0; c < f->width; c++)
            if (row[c] > LONGEST && row[c] != NR_NEVER)
                return nr_fail(err, NEARER_VALUE,
                               "a way takes %.0f minutes: at most %.0f (8 days) can be counted "
                               "where new lines are tried",
                               row[c] / NR_TICKS_PER_MINUTE, LONGEST / NR_TICKS_PER_MINUTE);
        if (source < t->n)
            take_place(t, source, row);
        else if (source < t->n + t->m)
            take_stop(t, source - t->n, false, row);
        else
            take_stop(t, source - t->n - t->m, true, row);
    }
    return NEARER_OK;
}

nearer_status nr_stop_times_find(nr_stop_times *out, const nearer_network *network,
                                 const nearer_query *query, size_t stops, nearer_error *err)
{
    size_t n = network->place_count;
    nr_graph *graph = NULL;
    nr_matrix_plan plan;
    *out = (nr_stop_times){.n = n, .m = stops, .stride = (n + LANES - 1) / LANES * LANES};
    finder f = {.times = out};
    NR_TRY(nr_graph_build(&graph, network, query, err));
    f.graph = graph;
    nearer_status status = make_room(out, err);
    if (status == NEARER_OK) status = name_ends(&f, stops, err);
    nr_task task = nr_graph_task(graph, query);
    task.sources = f.sources;
    task.targets = f.targets;
    task.source_count = n + 2 * stops;
    task.target_count = f.width;
    if (status == NEARER_OK) status = nr_matrix_plan_make(&plan, &task, query, err);
    if (status == NEARER_OK)
        status = nr_matrix_make(&plan, &task, NR_TAKE_BY_ALL, take_rows, &f, err);
    nr_free(f.sources);
    nr_free(f.targets);
    nr_graph_free(graph);
    return status;
}

void nr_stop_times_set(nr_stop_times *times, const nr_stop_times *to)
{
    size_t square = to->n * to->stride, rows = to->m * to->stride, stops = to->m * to->m;
    memcpy(times->between, to->between, square * sizeof(nr_ticks));
    memcpy(times->counted, to->counted, square * sizeof(nr_ticks));
    memcpy(times->to_board, to->to_board, rows * sizeof(nr_ticks));
    memcpy(times->to_leave, to->to_leave, rows * sizeof(nr_ticks));
    memcpy(times->from_board, to->from_board, rows * sizeof(nr_ticks));
    memcpy(times->from_leave, to->from_leave, rows * sizeof(nr_ticks));
    memcpy(times->again, to->again, stops * sizeof(nr_ticks));
    memcpy(times->across, to->across, stops * sizeof(nr_ticks));
}

nearer_status nr_stop_times_copy(nr_stop_times *out, const nr_stop_times *times, nearer_error *err)
{
    *out = (nr_stop_times){
        .n = times->n, .m = times->m, .stride = times->stride, .unreachable = times->unreachable};
    NR_TRY(make_room(out, err));
    nr_stop_times_set(out, times);
    return NEARER_OK;
}

void nr_stop_times_clear(nr_stop_times *t)
{
    nr_free(t->between);
    nr_free(t->counted);
    nr_free(t->to_board);
    nr_free(t->to_leave);
    nr_free(t->from_board);
    nr_free(t->from_leave);
    nr_free(t->again);
    nr_free(t->across);
    *t = (nr_stop_times){0};
}
