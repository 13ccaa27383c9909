#include "graph/witness.h"

#include <string.h>

bool nr_witness_init(nr_witness *w, uint32_t n)
{
    *w = (nr_witness){.n = n,
                      .ticks = nr_alloc(n, sizeof *w->ticks),
                      .stamp = nr_alloc(n, sizeof *w->stamp),
                      .wanted = nr_alloc(n, sizeof *w->wanted),
                      .target = nr_alloc(n, sizeof *w->target)};
    return w->ticks != NULL && w->stamp != NULL && w->wanted != NULL && w->target != NULL;
}

void nr_witness_clear(nr_witness *w)
{
    nr_free(w->ticks);
    nr_free(w->stamp);
    nr_free(w->wanted);
    nr_free(w->target);
    nr_free(w->heap);
    nr_free(w->found);
}

/* ---- a heap of ticks and vertices in one number each; old entries stay until they come up ---- */

static void push(nr_witness *w, nr_ticks ticks, uint32_t vertex)
{
    if (!nr_grow((void **)&w->heap, w->heap_size, &w->heap_capacity, sizeof *w->heap)) {
        w->starved = true;
        return;
    }
    uint64_t item = (uint64_t)ticks << 32 | vertex;
    size_t at = w->heap_size++;
    for (; at > 0 && w->heap[(at - 1) / 2] > item; at = (at - 1) / 2)
        w->heap[at] = w->heap[(at - 1) / 2];
    w->heap[at] = item;
}

static uint64_t pop(nr_witness *w)
{
    uint64_t top = w->heap[0], last = w->heap[--w->heap_size];
    size_t at = 0, child;
    while ((child = 2 * at + 1) < w->heap_size) {
        child += child + 1 < w->heap_size && w->heap[child + 1] < w->heap[child];
        if (w->heap[child] >= last) break;
        w->heap[at] = w->heap[child];
        at = child;
    }
    w->heap[at] = last;
    return top;
}

/* ---- the search ---- */

static nr_ticks sum(nr_ticks a, nr_ticks b)
{
    return a >= NR_FAR - b ? NR_FAR : a + b; /* both are at most NR_FAR */
}

/* Notes a shorter way to a vertex; true when it is a target that is now beaten. */
static bool reach(nr_witness *w, uint32_t vertex, nr_ticks ticks)
{
    nr_ticks before = w->stamp[vertex] == w->now ? w->ticks[vertex] : NR_NEVER;
    if (ticks >= before) return false;
    w->stamp[vertex] = w->now;
    w->ticks[vertex] = ticks;
    push(w, ticks, vertex);
    return w->target[vertex] == w->now && ticks <= w->wanted[vertex] && before > w->wanted[vertex];
}

/* From `from`, until all `targets` are beaten or nothing nearer than `bound` is left. */
static void search(nr_witness *w, const nr_stars *stars, uint32_t from, uint32_t v,
                   const uint8_t *barred, uint32_t targets, nr_ticks bound, uint32_t effort)
{
    w->heap_size = 0;
    w->stamp[from] = w->now;
    w->ticks[from] = 0;
    push(w, 0, from);
    while (w->heap_size > 0 && effort-- > 0) {
        uint64_t item = pop(w);
        uint32_t u = (uint32_t)item;
        nr_ticks ticks = (nr_ticks)(item >> 32);
        if (ticks > w->ticks[u]) continue;
        const nr_star *star = &stars->of[u];
        w->effort += star->count;
        for (uint32_t i = 0; i < star->count; i++) {
            const nr_ray *ray = &star->rays[i];
            if (ray->out == NR_NEVER || ray->out > bound || ticks > bound - ray->out) continue;
            if (ray->to == v || barred[ray->to]) continue;
            if (reach(w, ray->to, ticks + ray->out) && --targets == 0) return;
        }
    }
}

static void add_found(nr_witness *w, nr_shortcut shortcut)
{
    if (nr_grow((void **)&w->found, w->found_count, &w->found_capacity, sizeof *w->found))
        w->found[w->found_count++] = shortcut;
    else
        w->starved = true;
}

static void next_stamp(nr_witness *w)
{
    if (++w->now != 0) return;
    memset(w->stamp, 0, w->n * sizeof *w->stamp); /* after 2^32 searches old ones would match */
    memset(w->target, 0, w->n * sizeof *w->target);
    w->now = 1;
}

static void find_from(nr_witness *w, const nr_stars *stars, uint32_t v, const nr_ray *in,
                      const uint8_t *barred, uint32_t effort)
{
    const nr_star *star = &stars->of[v];
    uint32_t targets = 0;
    nr_ticks bound = 0;
    next_stamp(w);
    for (uint32_t i = 0; i < star->count; i++) {
        const nr_ray *out = &star->rays[i];
        if (out->out == NR_NEVER || out->to == in->to) continue;
        nr_ticks via = sum(in->in, out->out);
        w->target[out->to] = w->now;
        w->wanted[out->to] = via;
        bound = via > bound ? via : bound;
        targets++;
    }
    if (targets == 0) return;
    search(w, stars, in->to, v, barred, targets, bound, effort);
    for (uint32_t i = 0; i < star->count; i++) {
        const nr_ray *out = &star->rays[i];
        if (out->out == NR_NEVER || out->to == in->to) continue;
        nr_ticks via = w->wanted[out->to];
        if (w->stamp[out->to] == w->now && w->ticks[out->to] <= via) continue;
        add_found(w, (nr_shortcut){in->to, out->to, via});
    }
}

void nr_witness_find(nr_witness *w, const nr_stars *stars, uint32_t v, const uint8_t *barred,
                     uint32_t effort)
{
    const nr_star *star = &stars->of[v];
    for (uint32_t i = 0; i < star->count; i++)
        if (star->rays[i].in != NR_NEVER) find_from(w, stars, v, &star->rays[i], barred, effort);
}
