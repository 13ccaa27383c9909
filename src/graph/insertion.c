#include "graph/insertion.h"

#include <string.h>

#include "base/memory.h"
#include "graph/lanes.h"

enum { BLOCK = 8 };

nearer_status nr_insertion_init(nr_insertion *x, const nr_stop_times *times, nearer_error *err)
{
    size_t stride = times->stride, words = (stride / BLOCK + 63) / 64;
    *x = (nr_insertion){
        .times = times,
        .kernels = nr_insertion_kernels_known()[0],
        .closed = nr_alloc((size_t)NR_MOST_STOPS * NR_MOST_STOPS, sizeof(nr_ticks)),
        .onward = nr_alloc_aligned(NR_MOST_STOPS * stride, sizeof(nr_ticks)),
        .arrived = nr_alloc_aligned(stride, sizeof(nr_ticks)),
        .boarded = nr_alloc_aligned(stride, sizeof(uint32_t)),
        .boards = nr_alloc(stride, sizeof(uint64_t)),
        .blocks = nr_alloc(NR_MOST_STOPS * words, sizeof(uint64_t)),
        .any = nr_alloc(words, sizeof(uint64_t)),
        .again = nr_alloc((size_t)NR_MOST_STOPS * NR_MOST_STOPS, sizeof(nr_ticks)),
        .words = words,
    };
    return x->closed && x->onward && x->arrived && x->boarded && x->boards && x->blocks && x->any &&
                   x->again
               ? NEARER_OK
               : nr_fail_memory(err);
}

void nr_insertion_clear(nr_insertion *x)
{
    nr_free(x->closed);
    nr_free(x->onward);
    nr_free(x->arrived);
    nr_free(x->boarded);
    nr_free(x->boards);
    nr_free(x->blocks);
    nr_free(x->any);
    nr_free(x->again);
    *x = (nr_insertion){0};
}

static nr_ticks least(nr_ticks a, nr_ticks b)
{
    return a < b ? a : b;
}

/* ---- a line ---- */

/* Rides it, leaves it and rides it again, until nothing falls. */
static void close_over_stops(nr_insertion *x)
{
    const nr_new_line *line = &x->line;
    size_t count = line->count;
    bool falls = true;
    memcpy(x->closed, line->ride, count * count * sizeof *x->closed);
    for (size_t b = 0; b < count; b++)
        for (size_t c = 0; c < count; c++)
            x->again[b * count + c] =
                x->times->again[line->stops[b] * x->times->stop_stride + line->stops[c]];
    while (falls) {
        falls = false;
        for (size_t a = 0; a < count; a++) {
            nr_ticks *from = x->closed + a * count, board[NR_MOST_STOPS];
            for (size_t c = 0; c < count; c++) board[c] = NR_NO_WAY;
            for (size_t b = 0; b < count; b++) /* left for the first time */
                for (size_t c = 0; c < count; c++)
                    board[c] = least(board[c], line->ride[a * count + b] + x->again[b * count + c]);
            for (size_t c = 0; c < count; c++)
                for (size_t d = 0; d < count; d++) {
                    nr_ticks now = board[c] + x->closed[c * count + d];
                    falls = falls || now < from[d];
                    from[d] = least(from[d], now);
                }
        }
    }
}

static nr_ticks *row_of(nr_ticks *rows, const nr_stop_times *t, size_t stop)
{
    return rows + stop * t->stride;
}

/* Boarding at a and leaving anywhere; it gains only where that is faster than without the line. */
static void go_onward(nr_insertion *x)
{
    const nr_stop_times *t = x->times;
    size_t count = x->line.count;
    for (size_t a = 0; a < count; a++) {
        nr_ticks *onward = row_of(x->onward, t, a);
        for (size_t j = 0; j < t->stride; j++) onward[j] = NR_NO_WAY;
        for (size_t b = 0; b < count; b++)
            if (x->closed[a * count + b] < NR_NO_WAY)
                x->kernels->lower(onward, NULL, row_of(t->from_leave, t, x->line.stops[b]),
                                  x->closed[a * count + b], 0, t->stride);
        x->kernels->mark(x->blocks + a * x->words, onward,
                         row_of(t->board_within, t, x->line.stops[a]), t->stride);
    }
}

/* The stops where boarding is the fastest way to leave at some stop, and faster than without the
 * line. */
static void find_boards(nr_insertion *x)
{
    const nr_stop_times *t = x->times;
    size_t count = x->line.count;
    for (size_t b = 0; b < count; b++) {
        const nr_ticks *without = row_of(t->leave_before, t, x->line.stops[b]);
        for (size_t i = 0; i < t->stride; i++) x->arrived[i] = NR_NO_WAY;
        for (size_t a = 0; a < count; a++)
            if (x->closed[a * count + b] < NR_NO_WAY)
                x->kernels->lower(x->arrived, x->boarded, row_of(t->to_board, t, x->line.stops[a]),
                                  x->closed[a * count + b], (uint32_t)a, t->stride);
        for (size_t i = 0; i < t->n; i++)
            if (x->arrived[i] < without[i]) x->boards[i] |= (uint64_t)1 << x->boarded[i];
    }
}

void nr_insertion_begin(nr_insertion *x, const nr_new_line *line)
{
    x->line = *line;
    memset(x->boards, 0, x->times->stride * sizeof *x->boards);
    memset(x->blocks, 0, line->count * x->words * sizeof *x->blocks);
    close_over_stops(x);
    go_onward(x);
    find_boards(x);
}

/* ---- what it brings ---- */

static void find_entries(nr_entries *out, const nr_insertion *x, size_t i)
{
    const nr_stop_times *t = x->times;
    out->count = 0;
    out->words = x->words;
    out->blocks = x->any;
    memset(out->blocks, 0, x->words * sizeof *out->blocks);
    for (uint64_t bits = x->boards[i]; bits != 0; bits &= bits - 1) {
        size_t a = (size_t)nr_lowest_bit(bits), k = out->count++;
        out->from[k] = t->to_board[x->line.stops[a] * t->stride + i];
        out->onward[k] = x->onward + a * t->stride;
        for (size_t w = 0; w < x->words; w++) out->blocks[w] |= x->blocks[a * x->words + w];
    }
}

void nr_insertion_saved(double *sum, double *saved, nr_insertion *x, const double *from,
                        const double *to, size_t first, size_t last)
{
    nr_entries e;
    for (size_t i = first; i < last; i++) {
        double own = 0;
        if (x->boards[i] != 0) {
            find_entries(&e, x, i);
            own = x->kernels->saved(x->times->counted + i * x->times->stride, &e, to);
        }
        if (saved != NULL) saved[i] = own;
        *sum += from[i] * own;
    }
}

/* From a place to another with the line. */
static nr_ticks with_line(const nr_insertion *x, const nr_entries *e, size_t i, size_t j)
{
    nr_ticks t = x->times->between[i * x->times->stride + j];
    for (size_t k = 0; k < e->count; k++) t = least(t, e->from[k] + e->onward[k][j]);
    return t;
}

nr_ticks nr_insertion_nearest(const nr_insertion *x, size_t from, const size_t *to, size_t count)
{
    nr_ticks nearest = NR_NO_WAY;
    nr_entries e;
    find_entries(&e, x, from);
    for (size_t k = 0; k < count; k++) nearest = least(nearest, with_line(x, &e, from, to[k]));
    return nearest;
}

void nr_insertion_minutes(double *minutes, const nr_insertion *x)
{
    const nr_stop_times *t = x->times;
    nr_entries e;
    for (size_t i = 0; i < t->n; i++) {
        find_entries(&e, x, i);
        for (size_t j = 0; j < t->n; j++) {
            nr_ticks ticks = with_line(x, &e, i, j);
            minutes[t->place[i] * t->n + t->place[j]] =
                nr_ticks_value(ticks >= NR_NO_WAY ? NR_NEVER : ticks, NR_TICKS_PER_MINUTE);
        }
    }
}

void nr_insertion_count(size_t *faster, size_t *connected, nr_insertion *x, size_t first,
                        size_t last)
{
    nr_entries e;
    for (size_t i = first; i < last; i++) {
        if (x->boards[i] == 0) continue;
        find_entries(&e, x, i);
        x->kernels->count(faster, connected, x->times->between + i * x->times->stride, &e);
    }
}

/* ---- building it ---- */

/* Ways as they were before the line, of each of its stops. */
typedef struct ways {
    nr_ticks *board;  /* count x stride: from each place until aboard */
    nr_ticks *change; /* count x m: from leaving another vehicle at each stop until aboard */
    nr_ticks *onward; /* count x stop_stride: from then on until aboard another one at each stop */
} ways;

static nearer_status find_ways(ways *w, const nr_insertion *x, nearer_error *err)
{
    const nr_stop_times *t = x->times;
    size_t count = x->line.count;
    *w = (ways){nr_alloc(count, t->stride * sizeof(nr_ticks)),
                nr_alloc(count, t->m * sizeof(nr_ticks)),
                nr_alloc_aligned(count * t->stop_stride, sizeof(nr_ticks))};
    if (w->board == NULL || w->change == NULL || w->onward == NULL) return nr_fail_memory(err);
    for (size_t a = 0; a < count; a++) {
        size_t at = x->line.stops[a];
        memcpy(row_of(w->board, t, a), row_of(t->to_board, t, at), t->stride * sizeof(nr_ticks));
        nr_ticks *onward = w->onward + a * t->stop_stride;
        for (size_t s = 0; s < t->m; s++)
            w->change[a * t->m + s] = t->across[s * t->stop_stride + at];
        for (size_t s = 0; s < t->stop_stride; s++) onward[s] = NR_NO_WAY;
        for (size_t b = 0; b < count; b++)
            x->kernels->lower(onward, NULL, t->across + x->line.stops[b] * t->stop_stride,
                              x->closed[a * count + b], 0, t->stop_stride);
    }
    return NEARER_OK;
}

/* Through boarding the line at a. */
static void lower_by(nr_stop_times *t, const nr_insertion *x, const ways *w, size_t a,
                     const uint32_t *wanted)
{
    const nr_insertion_kernels *k = x->kernels;
    const nr_ticks *board = row_of(w->board, t, a), *places = row_of(x->onward, t, a);
    const nr_ticks *change = w->change + a * t->m, *onward = w->onward + a * t->stop_stride;
    for (size_t i = 0; i < t->n; i++) {
        if ((x->boards[i] >> a & 1) == 0) continue;
        k->lower(row_of(t->between, t, i), NULL, places, board[i], 0, t->stride);
        k->lower(row_of(t->counted, t, i), NULL, places, board[i], 0, t->stride);
    }
    for (size_t s = 0; s < t->m; s++) {
        if (wanted != NULL && wanted[s] == 0) continue;
        k->lower(row_of(t->to_board, t, s), NULL, board, onward[s], 0, t->stride);
        k->lower(row_of(t->from_leave, t, s), NULL, places, change[s], 0, t->stride);
        k->lower(t->again + s * t->stop_stride, NULL, onward, change[s], 0, t->stop_stride);
        k->lower(t->across + s * t->stop_stride, NULL, onward, change[s], 0, t->stop_stride);
    }
}

nearer_status nr_insertion_apply(nr_stop_times *times, const nr_insertion *x,
                                 const uint32_t *wanted, nearer_error *err)
{
    ways w;
    nearer_status status = find_ways(&w, x, err);
    for (size_t a = 0; status == NEARER_OK && a < x->line.count; a++)
        lower_by(times, x, &w, a, wanted);
    nr_free(w.board);
    nr_free(w.change);
    nr_free(w.onward);
    return status;
}
