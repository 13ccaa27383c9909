#include "graph/stops.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "graph/matrix.h"
#include "graph/times.h"

enum { LANES = 8 };
/* Of three ways each the sum is below NR_NO_WAY. */
#define LONGEST (NR_NO_WAY / 3)

/* A vertex beside the stops, with the ticks to it or from it. */
typedef struct step {
    uint32_t stop, at; /* at: number in the list of such vertices */
    nr_ticks ticks;
} step;

typedef struct steps {
    step *items;
    size_t count, capacity;
    uint32_t *vertices; /* each once */
    size_t vertex_count, vertex_capacity;
    uint32_t *number; /* of each vertex of the graph; UINT32_MAX: not in the list */
    bool *is_end;     /* trips end (begin) at the vertex */
} steps;

typedef struct finder {
    nr_stop_times *times;
    const nr_graph *graph;
    const nr_berth_ends *calls;
    steps onward, before; /* whereto from leaving, wherefrom to boarding */
    uint32_t *sources,
        *targets; /* places, left, before; places, boarded, another boarded, onward */
    size_t source_count, width;
} finder;

static nearer_status make_room(nr_stop_times *t, nearer_error *err)
{
    t->place = nr_alloc(t->n, sizeof *t->place);
    nr_ticks **squares[] = {&t->between, &t->counted};
    nr_ticks **rows[] = {&t->to_board, &t->from_leave, &t->leave_before, &t->board_within};
    for (size_t k = 0; k < 2; k++)
        *squares[k] = nr_alloc_aligned(t->n * t->stride, sizeof(nr_ticks));
    for (size_t k = 0; k < 4; k++) *rows[k] = nr_alloc_aligned(t->m * t->stride, sizeof(nr_ticks));
    t->again = nr_alloc_aligned(t->m * t->stop_stride, sizeof(nr_ticks));
    t->across = nr_alloc_aligned(t->m * t->stop_stride, sizeof(nr_ticks));
    for (size_t k = 0; k < 2; k++)
        if (*squares[k] == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < 4; k++) {
        if (*rows[k] == NULL) return nr_fail_memory(err);
        for (size_t i = 0; i < t->m * t->stride; i++) (*rows[k])[i] = k < 2 ? NR_NO_WAY : 0;
    }
    if (t->place == NULL || t->again == NULL || t->across == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < t->m * t->stop_stride; i++) t->again[i] = t->across[i] = NR_NO_WAY;
    return NEARER_OK;
}

/* ---- the order of places ---- */

typedef struct spot {
    uint64_t code;
    uint32_t place;
} spot;

/* The bits of two coordinates, by turns (Z-order: Morton 1966). */
static uint64_t code_of(nr_lonlat at)
{
    uint64_t x = (uint64_t)((at.lon + 180) / 360 * UINT32_MAX),
             y = (uint64_t)((at.lat + 90) / 180 * UINT32_MAX), code = 0;
    for (int bit = 0; bit < 32; bit++)
        code |= (x >> bit & 1) << 2 * bit | (y >> bit & 1) << (2 * bit + 1);
    return code;
}

static int by_code(const void *x, const void *y)
{
    const spot *a = x, *b = y;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static nearer_status order_places(nr_stop_times *t, const nearer_network *network,
                                  nearer_error *err)
{
    spot *spots = nr_alloc(t->n, sizeof *spots);
    if (spots == NULL) return nr_fail_memory(err);
    for (uint32_t i = 0; i < t->n; i++) spots[i] = (spot){code_of(network->places[i].at), i};
    if (t->n > 1) qsort(spots, t->n, sizeof *spots, by_code);
    for (size_t i = 0; i < t->n; i++) t->place[i] = spots[i].place;
    nr_free(spots);
    return NEARER_OK;
}

/* ---- beside the stops ---- */

static nearer_status add_step(steps *list, size_t stop, uint32_t vertex, nr_ticks ticks,
                              nearer_error *err)
{
    if (list->number[vertex] == UINT32_MAX) {
        if (!nr_grow((void **)&list->vertices, list->vertex_count, &list->vertex_capacity,
                     sizeof *list->vertices))
            return nr_fail_memory(err);
        list->number[vertex] = (uint32_t)list->vertex_count;
        list->vertices[list->vertex_count++] = vertex;
    }
    if (!nr_grow((void **)&list->items, list->count, &list->capacity, sizeof *list->items))
        return nr_fail_memory(err);
    list->items[list->count++] = (step){(uint32_t)stop, list->number[vertex], ticks};
    return NEARER_OK;
}

/* Steps from a berth go by its terminal: the terminal's own are taken in their place. From one end
 * of a berth of a line's own to the `other` end only the line itself leads on. */
static nearer_status add_steps(steps *list, const nr_rows *rows, size_t stop, uint32_t vertex,
                               nr_ticks before, uint32_t other, bool again, nearer_error *err)
{
    if (list->is_end[vertex]) return add_step(list, stop, vertex, before, err);
    for (uint32_t a = rows->first[vertex]; a < rows->first[vertex + 1]; a++) {
        uint32_t to = rows->to[a];
        nr_ticks ticks = before + rows->weight[a];
        if (to == other) continue;
        if (again && rows->weight[a] == 0)
            NR_TRY(add_steps(list, rows, stop, to, ticks, other, false, err));
        else
            NR_TRY(add_step(list, stop, to, ticks, err));
    }
    return NEARER_OK;
}

static nearer_status steps_init(steps *list, const nr_graph *g, const uint32_t *ends,
                                nearer_error *err)
{
    list->number = nr_alloc(g->vertex_count, sizeof *list->number);
    list->is_end = nr_alloc(g->vertex_count, sizeof *list->is_end);
    if (list->number == NULL || list->is_end == NULL) return nr_fail_memory(err);
    for (size_t v = 0; v < g->vertex_count; v++) list->number[v] = UINT32_MAX;
    for (size_t i = 0; i < g->network->place_count; i++) list->is_end[ends[i]] = true;
    return NEARER_OK;
}

static nearer_status find_steps(finder *f, nearer_error *err)
{
    const nr_graph *g = f->graph;
    nr_rows back = {0};
    NR_TRY(steps_init(&f->onward, g, g->target, err));
    NR_TRY(steps_init(&f->before, g, g->source, err));
    NR_TRY(nr_rows_reverse(&back, &g->rows, err));
    nearer_status status = NEARER_OK;
    for (size_t s = 0; status == NEARER_OK && s < f->times->m; s++) {
        nr_berth_ends own = f->calls[2 * s], next = f->calls[2 * s + 1];
        bool apart = own.departure != next.departure;
        status = add_steps(&f->onward, &g->rows, s, own.arrival, 0,
                           apart ? own.departure : NR_NO_INDEX, true, err);
        if (status == NEARER_OK)
            status = add_steps(&f->before, &back, s, own.departure, 0,
                               apart ? own.arrival : NR_NO_INDEX, true, err);
    }
    nr_rows_clear(&back);
    return status;
}

static nearer_status name_ends(finder *f, nearer_error *err)
{
    const nr_graph *g = f->graph;
    size_t n = f->times->n, m = f->times->m;
    f->source_count = n + m + f->before.vertex_count;
    f->width = n + 2 * m + f->onward.vertex_count;
    f->sources = nr_alloc(f->source_count, sizeof *f->sources);
    f->targets = nr_alloc(f->width, sizeof *f->targets);
    if (f->sources == NULL || f->targets == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        f->sources[i] = g->source[f->times->place[i]];
        f->targets[i] = g->target[f->times->place[i]];
    }
    for (size_t s = 0; s < m; s++) {
        f->sources[n + s] = f->calls[2 * s].arrival;
        f->targets[n + s] = f->calls[2 * s].departure;
        f->targets[n + m + s] = f->calls[2 * s + 1].departure;
    }
    for (size_t k = 0; k < f->before.vertex_count; k++)
        f->sources[n + m + k] = f->before.vertices[k];
    for (size_t k = 0; k < f->onward.vertex_count; k++)
        f->targets[n + 2 * m + k] = f->onward.vertices[k];
    return NEARER_OK;
}

/* ---- rows ---- */

static nr_ticks or_no_way(nr_ticks ticks)
{
    return ticks < NR_NO_WAY ? ticks : NR_NO_WAY;
}

/* To what is left of `whole` before or behind a part of it, if that is more. */
static void raise(nr_ticks *bound, nr_ticks whole, nr_ticks part)
{
    nr_ticks left = whole >= NR_NO_WAY ? NR_NO_WAY : whole > part ? whole - part : 0;
    if (left > *bound) *bound = left;
}

static void take_place(const finder *f, size_t i, const nr_ticks *row)
{
    nr_stop_times *t = f->times;
    nr_ticks *between = t->between + i * t->stride, *counted = t->counted + i * t->stride;
    for (size_t j = 0; j < t->stride; j++) {
        between[j] = j < t->n ? or_no_way(row[j]) : NR_NO_WAY;
        if (j == i) between[j] = 0;
        counted[j] = between[j] == NR_NO_WAY ? 0 : between[j];
    }
    for (size_t j = 0; j < t->n; j++) t->unreachable += between[j] == NR_NO_WAY ? 1 : 0;
    for (size_t s = 0; s < t->m; s++) t->to_board[s * t->stride + i] = or_no_way(row[t->n + s]);
    for (size_t k = 0; k < f->onward.count; k++) {
        const step *way = &f->onward.items[k];
        raise(&t->leave_before[way->stop * t->stride + i], row[t->n + 2 * t->m + way->at],
              way->ticks);
    }
}

static void take_leave(nr_stop_times *t, size_t s, const nr_ticks *row)
{
    for (size_t j = 0; j < t->n; j++) t->from_leave[s * t->stride + j] = or_no_way(row[j]);
    for (size_t b = 0; b < t->m; b++) {
        t->again[s * t->stop_stride + b] = or_no_way(row[t->n + b]);
        t->across[s * t->stop_stride + b] = or_no_way(row[t->n + t->m + b]);
    }
}

static void take_before(const finder *f, size_t at, const nr_ticks *row)
{
    nr_stop_times *t = f->times;
    for (size_t k = 0; k < f->before.count; k++) {
        const step *way = &f->before.items[k];
        for (size_t j = 0; way->at == at && j < t->n; j++)
            raise(&t->board_within[way->stop * t->stride + j], row[j], way->ticks);
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
            take_place(f, source, row);
        else if (source < t->n + t->m)
            take_leave(t, source - t->n, row);
        else
            take_before(f, source - t->n - t->m, row);
    }
    return NEARER_OK;
}

static nearer_status compute(finder *f, const nearer_query *query, nearer_error *err)
{
    nr_task task = nr_graph_task(f->graph, query);
    nr_matrix_plan plan;
    NR_TRY(find_steps(f, err));
    NR_TRY(name_ends(f, err));
    task.sources = f->sources;
    task.targets = f->targets;
    task.source_count = f->source_count;
    task.target_count = f->width;
    NR_TRY(nr_matrix_plan_make(&plan, &task, query, err));
    return nr_matrix_make(&plan, &task, NR_TAKE_BY_ALL, take_rows, f, err);
}

static void steps_clear(steps *list)
{
    nr_free(list->items);
    nr_free(list->vertices);
    nr_free(list->number);
    nr_free(list->is_end);
}

nearer_status nr_stop_times_find(nr_stop_times *out, const nearer_network *network,
                                 const nearer_query *query, size_t stops, nearer_error *err)
{
    size_t n = network->place_count;
    nr_graph *graph = NULL;
    *out = (nr_stop_times){.n = n,
                           .m = stops,
                           .stride = (n + LANES - 1) / LANES * LANES,
                           .stop_stride = (stops + LANES - 1) / LANES * LANES};
    finder f = {.times = out};
    NR_TRY(nr_graph_build(&graph, network, query, err));
    f.graph = graph;
    f.calls = graph->calls;
    nearer_status status = make_room(out, err);
    if (status == NEARER_OK) status = order_places(out, network, err);
    if (status == NEARER_OK) status = compute(&f, query, err);
    steps_clear(&f.onward);
    steps_clear(&f.before);
    nr_free(f.sources);
    nr_free(f.targets);
    nr_graph_free(graph);
    return status;
}

void nr_stop_times_set(nr_stop_times *times, const nr_stop_times *to)
{
    size_t square = to->n * to->stride, rows = to->m * to->stride, stops = to->m * to->stop_stride;
    memcpy(times->place, to->place, to->n * sizeof *to->place);
    memcpy(times->between, to->between, square * sizeof(nr_ticks));
    memcpy(times->counted, to->counted, square * sizeof(nr_ticks));
    memcpy(times->to_board, to->to_board, rows * sizeof(nr_ticks));
    memcpy(times->leave_before, to->leave_before, rows * sizeof(nr_ticks));
    memcpy(times->board_within, to->board_within, rows * sizeof(nr_ticks));
    memcpy(times->from_leave, to->from_leave, rows * sizeof(nr_ticks));
    memcpy(times->again, to->again, stops * sizeof(nr_ticks));
    memcpy(times->across, to->across, stops * sizeof(nr_ticks));
}

nearer_status nr_stop_times_copy(nr_stop_times *out, const nr_stop_times *times, nearer_error *err)
{
    *out = (nr_stop_times){.n = times->n,
                           .m = times->m,
                           .stride = times->stride,
                           .stop_stride = times->stop_stride,
                           .unreachable = times->unreachable};
    NR_TRY(make_room(out, err));
    nr_stop_times_set(out, times);
    return NEARER_OK;
}

void nr_stop_times_clear(nr_stop_times *t)
{
    nr_free(t->place);
    nr_free(t->between);
    nr_free(t->counted);
    nr_free(t->to_board);
    nr_free(t->leave_before);
    nr_free(t->board_within);
    nr_free(t->from_leave);
    nr_free(t->again);
    nr_free(t->across);
    *t = (nr_stop_times){0};
}
