#include "graph/search.h"

#include "base/memory.h"

#define NOT_IN_HEAP UINT32_MAX
enum { ARITY = 4 };

bool nr_search_init(nr_search *s, uint32_t vertices)
{
    size_t n = vertices;
    *s = (nr_search){.ticks = nr_alloc(n, sizeof *s->ticks),
                     .by_arc = nr_alloc(n, sizeof *s->by_arc),
                     .heap = nr_alloc(n, sizeof *s->heap),
                     .place_in_heap = nr_alloc(n, sizeof *s->place_in_heap),
                     .reached = nr_alloc(n, sizeof *s->reached)};
    if (s->ticks == NULL || s->by_arc == NULL || s->heap == NULL || s->place_in_heap == NULL ||
        s->reached == NULL)
        return false;
    for (size_t v = 0; v < n; v++) {
        s->ticks[v] = NR_NEVER;
        s->place_in_heap[v] = NOT_IN_HEAP;
    }
    return true;
}

void nr_search_clear(nr_search *s)
{
    nr_free(s->ticks);
    nr_free(s->by_arc);
    nr_free(s->heap);
    nr_free(s->place_in_heap);
    nr_free(s->reached);
}

static void put(nr_search *s, size_t at, uint64_t waiting)
{
    s->heap[at] = waiting;
    s->place_in_heap[(uint32_t)waiting] = (uint32_t)at;
}

static void sift_up(nr_search *s, size_t at, uint64_t waiting)
{
    while (at > 0) {
        size_t parent = (at - 1) / ARITY;
        if (s->heap[parent] <= waiting) break;
        put(s, at, s->heap[parent]);
        at = parent;
    }
    put(s, at, waiting);
}

static uint32_t pop(nr_search *s)
{
    uint32_t top = (uint32_t)s->heap[0];
    uint64_t last = s->heap[--s->heap_size];
    s->place_in_heap[top] = NOT_IN_HEAP;
    if (s->heap_size == 0) return top;
    size_t at = 0;
    for (;;) {
        size_t first = at * ARITY + 1, best = at;
        size_t end = first + ARITY < s->heap_size ? first + ARITY : s->heap_size;
        uint64_t best_key = last;
        for (size_t c = first; c < end; c++)
            if (s->heap[c] < best_key) best_key = s->heap[best = c];
        if (best == at) break;
        put(s, at, s->heap[best]);
        at = best;
    }
    put(s, at, last);
    return top;
}

static void reach(nr_search *s, uint32_t vertex, nr_ticks ticks, uint32_t arc)
{
    bool waiting = s->place_in_heap[vertex] != NOT_IN_HEAP;
    if (s->ticks[vertex] == NR_NEVER) s->reached[s->reached_count++] = vertex;
    s->ticks[vertex] = ticks;
    s->by_arc[vertex] = arc;
    sift_up(s, waiting ? s->place_in_heap[vertex] : s->heap_size++, (uint64_t)ticks << 32 | vertex);
}

static void forget_last(nr_search *s)
{
    for (size_t i = 0; i < s->reached_count; i++) {
        s->ticks[s->reached[i]] = NR_NEVER;
        s->place_in_heap[s->reached[i]] = NOT_IN_HEAP;
    }
    s->reached_count = s->heap_size = 0;
}

/* Those farther than the limit were reached, but not for the caller. */
static void forget_far(nr_search *s, nr_ticks limit)
{
    for (size_t i = 0; i < s->heap_size; i++)
        if (s->heap[i] >> 32 > limit) s->ticks[(uint32_t)s->heap[i]] = NR_NEVER;
}

static nr_ticks behind(nr_ticks ticks, nr_ticks weight)
{
    return weight < NR_TICKS_MAX - ticks ? ticks + weight : NR_TICKS_MAX;
}

void nr_search_run(nr_search *s, const nr_rows *rows, uint32_t source, const nr_wanted *wanted,
                   nr_ticks limit)
{
    size_t left = wanted == NULL ? SIZE_MAX : wanted->count;
    forget_last(s);
    reach(s, source, 0, UINT32_MAX);
    while (s->heap_size > 0 && s->heap[0] >> 32 <= limit) {
        uint32_t v = pop(s);
        if (wanted != NULL && wanted->is[v] && --left == 0) break;
        for (uint32_t k = rows->first[v]; k < rows->first[v + 1]; k++) {
            uint32_t w = rows->to[k];
            nr_ticks ticks = behind(s->ticks[v], rows->weight[k]);
            if (ticks < s->ticks[w]) reach(s, w, ticks, rows->arc[k]);
        }
    }
    if (limit < NR_TICKS_MAX) forget_far(s, limit);
}

static bool is_closed(const nr_lost *lost, uint32_t arc)
{
    return lost->labels[0][arc] == lost->closed || lost->labels[1][arc] == lost->closed;
}

/* From those that kept their ways, whose distances are known, to the lost ones next to them. */
static void reach_lost(nr_search *s, const nr_lost *lost)
{
    const nr_rows *back = lost->back;
    const nr_ticks *before = lost->before->ticks;
    for (size_t i = 0; i < lost->count; i++) {
        uint32_t v = lost->vertices[i];
        for (uint32_t k = back->first[v]; k < back->first[v + 1]; k++) {
            uint32_t u = back->to[k];
            if (lost->is[u] || before[u] == NR_NEVER) continue;
            nr_ticks ticks = behind(before[u], back->weight[k]);
            if (ticks < s->ticks[v] && !is_closed(lost, back->arc[k]))
                reach(s, v, ticks, back->arc[k]);
        }
    }
}

void nr_search_lost(nr_search *s, const nr_lost *lost, nr_ticks limit)
{
    const nr_rows *rows = lost->rows;
    size_t left = lost->wanted->count;
    forget_last(s);
    reach_lost(s, lost);
    while (s->heap_size > 0 && s->heap[0] >> 32 <= limit) {
        uint32_t v = pop(s);
        if (lost->wanted->is[v] && --left == 0) break;
        for (uint32_t k = rows->first[v]; k < rows->first[v + 1]; k++) {
            uint32_t w = rows->to[k];
            if (!lost->is[w]) continue;
            nr_ticks ticks = behind(s->ticks[v], rows->weight[k]);
            if (ticks < s->ticks[w] && !is_closed(lost, rows->arc[k]))
                reach(s, w, ticks, rows->arc[k]);
        }
    }
    if (limit < NR_TICKS_MAX) forget_far(s, limit);
}

bool nr_wanted_mark(nr_wanted *out, uint32_t vertices, const uint32_t *wanted, size_t count)
{
    *out = (nr_wanted){.is = nr_alloc(vertices, 1)};
    if (out->is == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        out->count += out->is[wanted[i]] == 0;
        out->is[wanted[i]] = 1;
    }
    return true;
}

void nr_wanted_clear(nr_wanted *wanted)
{
    nr_free(wanted->is);
    *wanted = (nr_wanted){0};
}
