/* Links that opened, closed or got other minutes between two days: a map of what was built. */
#include <math.h>
#include <stdlib.h>

#include "study/convert.h"
#include "study/study.h"

/* A link that is open on one of the days only, and what makes it the same as another. */
typedef struct side {
    uint32_t a, b, layer, line, service;
    bool oneway, after;
    size_t link;
} side;

/* What became of a link; NR_NO_LINK where it was not, or is no more. */
#define NR_NO_LINK SIZE_MAX
typedef struct change {
    size_t before, after;
} change;

typedef struct changes {
    const nearer_network *network;
    change *items;
    size_t count;
} changes;

static int same_link(const side *x, const side *y)
{
    const uint32_t p[] = {x->layer, x->a, x->b, x->line, x->service, x->oneway};
    const uint32_t q[] = {y->layer, y->a, y->b, y->line, y->service, y->oneway};
    for (size_t i = 0; i < 6; i++)
        if (p[i] != q[i]) return p[i] < q[i] ? -1 : 1;
    return 0;
}

static int by_identity(const void *x, const void *y)
{
    const side *a = x, *b = y;
    int order = same_link(a, b);
    if (order != 0) return order;
    if (a->after != b->after) return a->after ? 1 : -1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static size_t link_of(const change *c)
{
    return c->after != NR_NO_LINK ? c->after : c->before;
}

static int by_order(const void *x, const void *y)
{
    size_t a = link_of(x), b = link_of(y);
    return a < b ? -1 : a > b;
}

/* Links of other minutes are one that goes on: the first before and the first after are a pair. */
static void pair_up(changes *c, const side *sides, size_t n)
{
    size_t before = 0;
    while (before < n && !sides[before].after) before++;
    size_t after = n - before, longer = before > after ? before : after;
    for (size_t i = 0; i < longer; i++) {
        change found = {i < before ? sides[i].link : NR_NO_LINK,
                        i < after ? sides[before + i].link : NR_NO_LINK};
        if (i < before && i < after &&
            nr_link_minutes(c->network, &c->network->links[found.before]) ==
                nr_link_minutes(c->network, &c->network->links[found.after]))
            continue;
        c->items[c->count++] = found;
    }
}

static side read_side(const nr_link *link, size_t i, bool after)
{
    bool turned = !link->oneway && link->from > link->to;
    return (side){turned ? link->to : link->from,
                  turned ? link->from : link->to,
                  link->layer,
                  link->line,
                  link->service,
                  link->oneway,
                  after,
                  i};
}

static nearer_status find_changes(changes *c, unsigned modes, nearer_date before, nearer_date after,
                                  nearer_error *err)
{
    const nearer_network *network = c->network;
    size_t n = 0;
    side *sides = nr_alloc(network->link_count, sizeof *sides);
    c->items = nr_alloc(network->link_count, sizeof *c->items);
    if (sides == NULL || c->items == NULL) {
        nr_free(sides);
        return nr_fail_memory(err);
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        bool was = nr_link_open(link, before), is = nr_link_open(link, after);
        if (was == is || link->transfer || (modes & 1u << link->mode) == 0) continue;
        sides[n++] = read_side(link, i, is);
    }
    if (n > 1) qsort(sides, n, sizeof *sides, by_identity);
    for (size_t i = 0, k = 0; i < n; i += k) {
        for (k = 1; i + k < n && same_link(&sides[i], &sides[i + k]) == 0;) k++;
        pair_up(c, sides + i, k);
    }
    nr_free(sides);
    if (c->count > 1) qsort(c->items, c->count, sizeof *c->items, by_order);
    return NEARER_OK;
}

static const char *name_of(const nr_names *names, uint32_t index)
{
    return index == NR_NO_INDEX ? "" : names->texts[index];
}

static nearer_status put_change(nearer_table *table, const nearer_network *network, const change *c,
                                nearer_error *err)
{
    const nr_link *link = &network->links[link_of(c)];
    const nr_node *from = &network->nodes[link->from], *to = &network->nodes[link->to];
    char opened[16], closed[16];
    double minutes[2] = {NAN, NAN};
    const size_t sides[] = {c->before, c->after};
    for (size_t i = 0; i < 2; i++)
        if (sides[i] != NR_NO_LINK)
            minutes[i] = nr_link_minutes(network, &network->links[sides[i]]);
    const char *word = isnan(minutes[0])         ? "opened"
                       : isnan(minutes[1])       ? "closed"
                       : minutes[1] < minutes[0] ? "faster"
                                                 : "slower";
    size_t row = nearer_table_rows(table);
    nr_table_put(table, network->layers[link->layer].id, nr_modes[link->mode].id,
                 name_of(&network->lines, link->line), name_of(&network->classes, link->class_id),
                 from->id, to->id, word, minutes[0], minutes[1],
                 link->opened == NR_ALWAYS_OPEN ? "" : nearer_date_format(link->opened, opened),
                 link->closed == NR_NEVER_CLOSED ? "" : nearer_date_format(link->closed, closed),
                 nr_link_km(network, link), from->at.lon, from->at.lat, to->at.lon, to->at.lat);
    return nr_study_draw_link(table, row, network, link, err);
}

nearer_status nr_link_changes(nearer_table **out, const nearer_network *network, unsigned modes,
                              nearer_date before, nearer_date after, nearer_error *err)
{
    static const struct {
        const char *name;
        int decimals;
    } columns[] = {{"layer", NR_TEXT_COLUMN},  {"mode", NR_TEXT_COLUMN},   {"line", NR_TEXT_COLUMN},
                   {"class", NR_TEXT_COLUMN},  {"from", NR_TEXT_COLUMN},   {"to", NR_TEXT_COLUMN},
                   {"change", NR_TEXT_COLUMN}, {"time_before_min", 1},     {"time_after_min", 1},
                   {"opened", NR_TEXT_COLUMN}, {"closed", NR_TEXT_COLUMN}, {"length_km", 1},
                   {"from_lon_deg", 4},        {"from_lat_deg", 4},        {"to_lon_deg", 4},
                   {"to_lat_deg", 4}};
    nearer_table *table = NULL;
    changes c = {.network = network};
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        nr_table_add_column(table, columns[i].name, columns[i].decimals);
    nearer_status status = find_changes(&c, modes, before, after, err);
    for (size_t i = 0; status == NEARER_OK && i < c.count; i++)
        status = put_change(table, network, &c.items[i], err);
    nr_free(c.items);
    if (status == NEARER_OK)
        *out = table;
    else
        nearer_table_free(table);
    return status;
}
