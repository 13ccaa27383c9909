/* Minutes that change by date: rows of one link, each open only while its minutes hold. */
#include <stdlib.h>

#include "model/network.h"
#include "model/table.h"

/* One row: what makes it the same link as another, and since when its minutes hold. */
typedef struct revision {
    uint32_t a, b, class_id, service, line;
    bool oneway, transfer;
    nearer_date valid_from;
    nr_link *link;
} revision;

static int compare(uint32_t x, uint32_t y)
{
    return x < y ? -1 : x > y;
}

static int by_link(const revision *x, const revision *y)
{
    int order = compare(x->a, y->a);
    if (order == 0) order = compare(x->b, y->b);
    if (order == 0) order = compare(x->class_id, y->class_id);
    if (order == 0) order = compare(x->service, y->service);
    if (order == 0) order = compare(x->line, y->line);
    if (order == 0) order = x->transfer - y->transfer;
    return order != 0 ? order : x->oneway - y->oneway;
}

static int by_link_date(const void *a, const void *b)
{
    const revision *x = a, *y = b;
    int order = by_link(x, y);
    if (order != 0) return order;
    if (x->valid_from != y->valid_from) return x->valid_from < y->valid_from ? -1 : 1;
    return x->link < y->link ? -1 : x->link > y->link;
}

static revision read_revision(nr_link *link, nearer_date valid_from)
{
    bool turned = !link->oneway && link->from > link->to;
    return (revision){turned ? link->to : link->from,
                      turned ? link->from : link->to,
                      link->class_id,
                      link->service,
                      link->line,
                      link->oneway,
                      link->transfer,
                      valid_from,
                      link};
}

/* `next` (or NULL) is the link's following revision. */
static nearer_status hold(const revision *r, const revision *next, const nearer_table *table,
                          nearer_error *err)
{
    char where[NR_WHERE], other[NR_WHERE], day[16];
    nr_link *link = r->link;
    if (next != NULL && next->valid_from == r->valid_from)
        return nr_fail(err, NEARER_VALUE, "%s: the same link with the same valid_from as %s",
                       nr_table_where(table, next->link->row, where),
                       nr_table_where(table, link->row, other));
    if (r->valid_from > link->opened) {
        link->opened = r->valid_from;
        link->revised = true;
    }
    if (next != NULL && next->valid_from < link->closed) {
        link->closed = next->valid_from;
        link->superseded = true;
    }
    if (link->opened < link->closed) return NEARER_OK;
    return nr_fail(err, NEARER_VALUE,
                   "%s: its minutes never hold: the link closes, or other minutes hold, from %s on",
                   nr_table_where(table, link->row, where), nearer_date_format(link->closed, day));
}

nearer_status nr_network_revise(nearer_network *network, size_t first,
                                const nearer_date *valid_from, const nearer_table *table,
                                nearer_error *err)
{
    size_t n = network->link_count - first;
    revision *revisions = nr_alloc(n, sizeof *revisions);
    if (revisions == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++)
        revisions[i] = read_revision(&network->links[first + i], valid_from[i]);
    qsort(revisions, n, sizeof *revisions, by_link_date);
    nearer_status status = NEARER_OK;
    for (size_t i = 0; status == NEARER_OK && i < n; i++) {
        bool goes_on = i + 1 < n && by_link(&revisions[i], &revisions[i + 1]) == 0;
        status = hold(&revisions[i], goes_on ? &revisions[i + 1] : NULL, table, err);
    }
    nr_free(revisions);
    return status;
}
