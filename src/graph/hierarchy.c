#include "graph/hierarchy.h"

/* Top levels first, within a level in the graph's own order: sweeps then run through memory. */
static bool place(nr_hierarchy *h, const uint32_t *level)
{
    uint32_t n = h->vertices, top = 0;
    for (uint32_t v = 0; v < n; v++)
        if (level[v] > top) top = level[v];
    uint32_t *next = nr_alloc((size_t)top + 2, sizeof *next);
    if (next == NULL) return false;
    for (uint32_t v = 0; v < n; v++) next[top - level[v] + 1]++;
    for (uint32_t i = 0; i < top; i++) next[i + 1] += next[i];
    for (uint32_t v = 0; v < n; v++) h->position[v] = next[top - level[v]]++;
    nr_free(next);
    return true;
}

static bool make_ways(nr_ways *out, const nr_hierarchy *h, const nr_stars *stars, bool up)
{
    uint32_t n = h->vertices;
    out->first = nr_alloc((size_t)n + 1, sizeof *out->first);
    if (out->first == NULL) return false;
    for (uint32_t v = 0; v < n; v++)
        for (uint32_t i = 0; i < stars->of[v].count; i++) {
            const nr_ray *ray = &stars->of[v].rays[i];
            out->first[h->position[v] + 1] += (up ? ray->out : ray->in) != NR_NEVER;
        }
    for (uint32_t p = 0; p < n; p++) out->first[p + 1] += out->first[p];
    out->ways = nr_alloc(out->first[n], sizeof *out->ways);
    if (out->ways == NULL) return false;
    for (uint32_t v = 0; v < n; v++) {
        nr_way *way = &out->ways[out->first[h->position[v]]];
        for (uint32_t i = 0; i < stars->of[v].count; i++) {
            const nr_ray *ray = &stars->of[v].rays[i];
            nr_ticks ticks = up ? ray->out : ray->in;
            if (ticks != NR_NEVER) *way++ = (nr_way){h->position[ray->to], ticks};
        }
    }
    return true;
}

/* Each vertex hangs on the lowest of those it leads up to: a forest, numbered parents first. */
static bool make_walk(nr_hierarchy *h)
{
    uint32_t n = h->vertices, trees = 0;
    uint32_t *parent = nr_alloc(n, sizeof *parent), *size = nr_alloc(n, sizeof *size);
    uint32_t *number = nr_alloc(n, sizeof *number); /* of the next child; by position */
    bool good = parent != NULL && size != NULL && number != NULL;
    for (uint32_t p = n; good && p-- > 0;) {
        parent[p] = p;
        for (uint32_t k = h->up.first[p]; k < h->up.first[p + 1]; k++)
            if (parent[p] == p || h->up.ways[k].at > parent[p]) parent[p] = h->up.ways[k].at;
        size[p]++;
        if (parent[p] != p) size[parent[p]] += size[p];
    }
    for (uint32_t p = 0; good && p < n; p++) {
        uint32_t *from = parent[p] == p ? &trees : &number[parent[p]];
        uint32_t own = *from;
        *from += size[p];
        number[p] = own + 1;
        parent[p] = own; /* not needed any more: those below come later */
    }
    for (uint32_t v = 0; good && v < n; v++) h->walk[v] = parent[h->position[v]];
    nr_free(parent);
    nr_free(size);
    nr_free(number);
    return good;
}

nearer_status nr_hierarchy_make(nr_hierarchy *out, const nr_rows *rows, bool patient,
                                nearer_error *err)
{
    nr_stars stars;
    NR_TRY(nr_stars_make(&stars, rows, err));
    nr_hierarchy h = {.vertices = rows->vertices};
    h.position = nr_alloc(h.vertices, sizeof *h.position);
    h.walk = nr_alloc(h.vertices, sizeof *h.walk);
    uint32_t *level = nr_alloc(h.vertices, sizeof *level);
    bool good = h.position != NULL && h.walk != NULL && level != NULL;
    nearer_status status = good ? nr_contract(&stars, level, patient, err) : NEARER_OK;
    if (status == NEARER_OK)
        good = good && place(&h, level) && make_ways(&h.up, &h, &stars, true) &&
               make_ways(&h.down, &h, &stars, false) && make_walk(&h);
    nr_free(level);
    nr_stars_clear(&stars);
    if (status == NEARER_OK && !good) status = nr_fail_memory(err);
    if (status == NEARER_OK)
        *out = h;
    else
        nr_hierarchy_clear(&h);
    return status;
}

void nr_hierarchy_clear(nr_hierarchy *h)
{
    nr_free(h->position);
    nr_free(h->walk);
    nr_free(h->up.first);
    nr_free(h->up.ways);
    nr_free(h->down.first);
    nr_free(h->down.ways);
    *h = (nr_hierarchy){0};
}
