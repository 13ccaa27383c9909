#include "graph/rounds.h"

#include "base/memory.h"

/* Breadth first from all sources at once; `order` is the vertex at each position. */
static void walk(nr_rounds *r, uint32_t *order, const nr_rows *rows, const uint32_t *sources,
                 size_t source_count)
{
    uint32_t known = 0, next = 0;
    for (uint32_t v = 0; v < r->vertices; v++) r->position[v] = UINT32_MAX;
    for (size_t i = 0; i < source_count + r->vertices; i++) {
        uint32_t v = i < source_count ? sources[i] : (uint32_t)(i - source_count);
        if (i == source_count) /* all sources are known: what they reach comes first */
            for (; next < known; next++)
                for (uint32_t k = rows->first[order[next]]; k < rows->first[order[next] + 1]; k++)
                    if (r->position[rows->to[k]] == UINT32_MAX) {
                        r->position[rows->to[k]] = known;
                        order[known++] = rows->to[k];
                    }
        if (r->position[v] != UINT32_MAX) continue;
        r->position[v] = known;
        order[known++] = v;
    }
}

nearer_status nr_rounds_make(nr_rounds *r, const nr_rows *rows, const uint32_t *sources,
                             size_t source_count, nearer_error *err)
{
    uint32_t *order = nr_alloc(rows->vertices, sizeof *order), filled = 0;
    *r = (nr_rounds){.vertices = rows->vertices,
                     .position = nr_alloc(rows->vertices, sizeof *r->position),
                     .ways = {nr_alloc((size_t)rows->vertices + 1, sizeof *r->ways.first),
                              nr_alloc(rows->arcs, sizeof *r->ways.ways)},
                     .arc = nr_alloc(rows->arcs, sizeof *r->arc)};
    bool good = order != NULL && r->position != NULL && r->ways.first != NULL &&
                r->ways.ways != NULL && r->arc != NULL;
    if (good) walk(r, order, rows, sources, source_count);
    for (uint32_t p = 0; good && p < r->vertices; p++) {
        for (uint32_t k = rows->first[order[p]]; k < rows->first[order[p] + 1]; k++) {
            nr_ticks ticks = rows->weight[k] < NR_FAR ? rows->weight[k] : NR_FAR;
            r->arc[filled] = rows->arc[k];
            r->ways.ways[filled++] = (nr_way){r->position[rows->to[k]], ticks};
        }
        r->ways.first[p + 1] = filled;
    }
    nr_free(order);
    return good ? NEARER_OK : nr_fail_memory(err);
}

void nr_rounds_clear(nr_rounds *r)
{
    nr_free(r->position);
    nr_free(r->ways.first);
    nr_free(r->ways.ways);
    nr_free(r->arc);
    *r = (nr_rounds){0};
}
