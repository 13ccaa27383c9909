#include "graph/search.h"

#include <math.h>

#define NOT_IN_HEAP UINT32_MAX
enum { ARITY = 4 };

bool nr_search_init(nr_search *search, const nr_graph *graph)
{
    size_t n = graph->vertex_count;
    *search = (nr_search){nr_alloc(n, sizeof(double)), nr_alloc(n, sizeof(uint32_t)),
                          nr_alloc(n, sizeof(nr_waiting)), nr_alloc(n, sizeof(uint32_t)), 0};
    return search->minutes != NULL && search->by_arc != NULL && search->heap != NULL &&
           search->place_in_heap != NULL;
}

void nr_search_clear(nr_search *search)
{
    nr_free(search->minutes);
    nr_free(search->by_arc);
    nr_free(search->heap);
    nr_free(search->place_in_heap);
}

static void put(nr_search *s, size_t at, nr_waiting waiting)
{
    s->heap[at] = waiting;
    s->place_in_heap[waiting.vertex] = (uint32_t)at;
}

static void sift_up(nr_search *s, size_t at, nr_waiting waiting)
{
    while (at > 0) {
        size_t parent = (at - 1) / ARITY;
        if (s->heap[parent].minutes <= waiting.minutes) break;
        put(s, at, s->heap[parent]);
        at = parent;
    }
    put(s, at, waiting);
}

static uint32_t pop(nr_search *s)
{
    uint32_t top = s->heap[0].vertex;
    nr_waiting last = s->heap[--s->heap_size];
    s->place_in_heap[top] = NOT_IN_HEAP;
    if (s->heap_size == 0) return top;
    size_t at = 0;
    for (;;) {
        size_t first = at * ARITY + 1, best = at;
        size_t end = first + ARITY < s->heap_size ? first + ARITY : s->heap_size;
        double best_key = last.minutes;
        for (size_t c = first; c < end; c++)
            if (s->heap[c].minutes < best_key) best_key = s->heap[best = c].minutes;
        if (best == at) break;
        put(s, at, s->heap[best]);
        at = best;
    }
    put(s, at, last);
    return top;
}

void nr_search_run(nr_search *s, const nr_graph *graph, uint32_t source)
{
    for (size_t v = 0; v < graph->vertex_count; v++) {
        s->minutes[v] = INFINITY;
        s->by_arc[v] = UINT32_MAX;
        s->place_in_heap[v] = NOT_IN_HEAP;
    }
    s->minutes[source] = 0;
    put(s, 0, (nr_waiting){0, source});
    s->heap_size = 1;
    while (s->heap_size > 0) {
        uint32_t v = pop(s);
        for (size_t k = graph->row_first[v]; k < graph->row_first[v + 1]; k++) {
            uint32_t w = graph->row_to[k];
            double minutes = s->minutes[v] + graph->row_minutes[k];
            if (!(minutes < s->minutes[w])) continue;
            bool waiting = s->place_in_heap[w] != NOT_IN_HEAP;
            s->minutes[w] = minutes;
            s->by_arc[w] = graph->row_arc[k];
            sift_up(s, waiting ? s->place_in_heap[w] : s->heap_size++, (nr_waiting){minutes, w});
        }
    }
}
