#include "stats/groups.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct labelled {
    size_t label, row;
} labelled;

static int by_label(const void *a, const void *b)
{
    const labelled *p = a, *q = b;
    if (p->label != q->label) return p->label < q->label ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static void fill(nr_groups *g, labelled *rows, const size_t *label, size_t n)
{
    for (size_t i = 0; i < n; i++) rows[i] = (labelled){label[i], i};
    qsort(rows, n, sizeof *rows, by_label);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (rows[i].label != rows[first].label) first = i;
        g->of[rows[i].row] = rows[first].row;
    }
    /* from the first row of each group to its number */
    for (size_t i = 0; i < n; i++) g->of[i] = g->of[i] == i ? g->count++ : g->of[g->of[i]];
    for (size_t i = 0; i < n; i++) g->start[g->of[i] + 1]++;
    for (size_t c = 0; c < g->count; c++) g->start[c + 1] += g->start[c];
    for (size_t i = 0; i < n; i++) g->row[g->start[g->of[i]]++] = i;
    for (size_t c = g->count; c > 0; c--) g->start[c] = g->start[c - 1];
    g->start[0] = 0;
}

nearer_status nr_groups_init(nr_groups *out, const size_t *label, size_t n, nearer_error *err)
{
    labelled *rows = nr_alloc(n, sizeof *rows);
    *out = (nr_groups){.of = nr_alloc(3 * n + 1, sizeof *out->of)};
    nearer_status status = rows == NULL || out->of == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        out->row = out->of + n;
        out->start = out->row + n;
        fill(out, rows, label, n);
    }
    nr_free(rows);
    return status;
}

void nr_groups_clear(nr_groups *groups)
{
    nr_free(groups->of);
}
