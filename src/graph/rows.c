#include "graph/rows.h"

#include <string.h>

#include "base/memory.h"

static nearer_status make_room(nr_rows *rows, uint32_t vertices, uint32_t arcs, nearer_error *err)
{
    *rows = (nr_rows){.vertices = vertices, .arcs = arcs};
    rows->first = nr_alloc((size_t)vertices + 2, sizeof *rows->first);
    rows->to = nr_alloc(arcs, sizeof *rows->to);
    rows->weight = nr_alloc(arcs, sizeof *rows->weight);
    rows->arc = nr_alloc(arcs, sizeof *rows->arc);
    if (rows->first != NULL && rows->to != NULL && rows->weight != NULL && rows->arc != NULL)
        return NEARER_OK;
    nr_rows_clear(rows);
    return nr_fail_memory(err);
}

/* Counted one place further than they belong, so that filling the rows moves each start there. */
static void begin_rows(nr_rows *rows)
{
    for (size_t v = 0; v < rows->vertices; v++) rows->first[v + 2] += rows->first[v + 1];
}

static void put(nr_rows *rows, uint32_t from, uint32_t to, nr_ticks weight, uint32_t arc)
{
    uint32_t k = rows->first[from + 1]++;
    rows->to[k] = to;
    rows->weight[k] = weight;
    rows->arc[k] = arc;
}

nearer_status nr_rows_make(nr_rows *out, uint32_t vertices, const nr_row_arc *arcs, uint32_t count,
                           nearer_error *err)
{
    nr_rows rows;
    NR_TRY(make_room(&rows, vertices, count, err));
    for (size_t i = 0; i < count; i++) rows.first[(size_t)arcs[i].from + 2]++;
    begin_rows(&rows);
    for (uint32_t i = 0; i < count; i++) put(&rows, arcs[i].from, arcs[i].to, arcs[i].weight, i);
    *out = rows;
    return NEARER_OK;
}

nearer_status nr_rows_reverse(nr_rows *out, const nr_rows *rows, nearer_error *err)
{
    nr_rows back;
    NR_TRY(make_room(&back, rows->vertices, rows->arcs, err));
    for (size_t k = 0; k < rows->arcs; k++) back.first[(size_t)rows->to[k] + 2]++;
    begin_rows(&back);
    for (uint32_t v = 0; v < rows->vertices; v++)
        for (uint32_t k = rows->first[v]; k < rows->first[v + 1]; k++)
            put(&back, rows->to[k], v, rows->weight[k], rows->arc[k]);
    *out = back;
    return NEARER_OK;
}

void nr_rows_clear(nr_rows *rows)
{
    nr_free(rows->first);
    nr_free(rows->to);
    nr_free(rows->weight);
    nr_free(rows->arc);
    *rows = (nr_rows){0};
}
