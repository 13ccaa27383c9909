/* What else than its arcs goes with a link: the graph is built with stations in service, the ways
 * to them and the shortest wait of each berth (graph/build). */
#include <math.h>

#include "base/memory.h"
#include "graph/closing.h"

typedef struct checker {
    const nr_graph *graph;
    const nearer_network *network;
    const nearer_query *query;
    const nr_grouped_links *groupings;
    bool *simple;
    unsigned modes;
    uint32_t *left[NR_MODE_COUNT]; /* of each node: ends of links there that are ridden */
    bool *missed[NR_MODE_COUNT];   /* of each node: out of service more would change than arcs */
    uint32_t *first, *links;       /* links of group g: links[first[g]] .. links[first[g + 1]] */
} checker;

static bool is_open(const checker *c, const nr_link *link)
{
    return (c->modes & 1u << link->mode) != 0 && nr_link_open(link, c->query->date);
}

static bool boards(const checker *c, size_t mode)
{
    return c->network->modes[mode].parameters.boards;
}

/* ---- nodes that are missed ---- */

/* Who does not board walks to and from the node itself. */
static void mark_walks(checker *c)
{
    for (size_t i = 0; i < c->network->link_count; i++) {
        const nr_link *link = &c->network->links[i];
        if (!is_open(c, link)) continue;
        if (!link->transfer) {
            c->left[link->mode][link->from]++;
            c->left[link->mode][link->to]++;
        } else if (!boards(c, link->mode)) {
            c->missed[link->mode][link->from] = c->missed[link->mode][link->to] = true;
        }
    }
}

static bool in_service(const checker *c, const nr_access *a)
{
    return (c->modes & 1u << a->mode) != 0 && c->left[a->mode][a->node] > 0;
}

/* Some station in service behind `a` would take its turn. */
static bool has_next(const checker *c, const nr_access *a)
{
    const nr_access *end = c->network->accesses + c->network->access_count;
    for (const nr_access *b = a + 1; b < end && b->place == a->place && b->mode == a->mode; b++)
        if (!b->own && in_service(c, b)) return true;
    return false;
}

static void mark_accesses(checker *c)
{
    const nr_access *a = c->network->accesses, *end = a + c->network->access_count;
    const nr_access *first = NULL;
    for (; a < end; a++) {
        if (!in_service(c, a)) continue;
        if (first == NULL || first->place != a->place || first->mode != a->mode) first = a;
        bool *missed = &c->missed[a->mode][a->node];
        if (!boards(c, a->mode) && (!a->hub || c->query->station_to_station)) *missed = true;
        if (c->query->station_to_station && a == first && has_next(c, a)) *missed = true;
    }
}

/* ---- groups ---- */

/* The groups of a link, each once; returns how many. */
static size_t groups_of(size_t out[NR_LOAD_GROUPINGS], const checker *c, size_t link)
{
    size_t count = 0;
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) {
        out[count] = c->groupings[g].of[link];
        if (count == 0 || out[count] != out[0]) count++;
    }
    return count;
}

/* Counted one place further than they belong, so that filling moves each start there. */
static void group_links(checker *c)
{
    size_t groups[NR_LOAD_GROUPINGS], n = c->network->link_count;
    for (size_t i = 0; i < n; i++)
        for (size_t k = groups_of(groups, c, i); k-- > 0;) c->first[groups[k] + 2]++;
    for (size_t g = 0; g < c->groupings[0].count; g++) c->first[g + 2] += c->first[g + 1];
    for (size_t i = 0; i < n; i++)
        for (size_t k = groups_of(groups, c, i); k-- > 0;)
            c->links[c->first[groups[k] + 1]++] = (uint32_t)i;
}

/* Adds `step` to what is left at the ends of the group's links; true when a node that is missed
 * has none. */
static bool count_ends(checker *c, size_t group, uint32_t step)
{
    bool missed = false;
    for (uint32_t k = c->first[group]; k < c->first[group + 1]; k++) {
        const nr_link *link = &c->network->links[c->links[k]];
        if (!is_open(c, link) || link->transfer) continue;
        const uint32_t ends[] = {link->from, link->to};
        for (size_t e = 0; e < 2; e++)
            if ((c->left[link->mode][ends[e]] += step) == 0)
                missed = missed || c->missed[link->mode][ends[e]];
    }
    return missed;
}

/* ---- waits ---- */

/* The least wait of the links ridden from a berth, but for those of a group; NAN: none is given.
 * Returns how many there are. */
static size_t least_wait(double *out, const checker *c, uint32_t berth, size_t but_for)
{
    const nr_rows *rows = &c->graph->rows;
    size_t count = 0, groups[NR_LOAD_GROUPINGS];
    *out = NAN;
    for (uint32_t k = rows->first[berth]; k < rows->first[berth + 1]; k++) {
        const nr_arc *arc = &c->graph->arcs[rows->arc[k]];
        if (arc->kind != NR_ARC_LINK) continue;
        size_t of = groups_of(groups, c, arc->of);
        if (groups[0] == but_for || groups[of - 1] == but_for) continue;
        *out = fmin(*out, c->network->links[arc->of].wait_min);
        count++;
    }
    return count;
}

static void check_waits(checker *c)
{
    size_t groups[NR_LOAD_GROUPINGS];
    for (size_t i = 0; i < c->graph->arc_count; i++) {
        const nr_arc *arc = &c->graph->arcs[i];
        if (arc->kind != NR_ARC_LINK || isnan(c->network->links[arc->of].wait_min)) continue;
        for (size_t k = groups_of(groups, c, arc->of); k-- > 0;) {
            double all, rest;
            least_wait(&all, c, arc->from, SIZE_MAX);
            if (least_wait(&rest, c, arc->from, groups[k]) > 0 && !(rest == all))
                c->simple[groups[k]] = false;
        }
    }
    for (size_t i = 0; i < c->network->link_count; i++) { /* loops have no arcs, but a wait */
        const nr_link *link = &c->network->links[i];
        if (link->from == link->to && !link->transfer && !isnan(link->wait_min))
            for (size_t k = groups_of(groups, c, i); k-- > 0;) c->simple[groups[k]] = false;
    }
}

/* ---- all ---- */

static nearer_status make_room(checker *c, nearer_error *err)
{
    size_t nodes = c->network->node_count;
    bool good = true;
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        c->left[m] = nr_alloc(nodes, sizeof *c->left[m]);
        c->missed[m] = nr_alloc(nodes, sizeof *c->missed[m]);
        good = good && c->left[m] != NULL && c->missed[m] != NULL;
    }
    c->first = nr_alloc(c->groupings[0].count + 2, sizeof *c->first);
    c->links = nr_alloc(NR_LOAD_GROUPINGS * c->network->link_count, sizeof *c->links);
    return good && c->first != NULL && c->links != NULL ? NEARER_OK : nr_fail_memory(err);
}

static void clear(checker *c)
{
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        nr_free(c->left[m]);
        nr_free(c->missed[m]);
    }
    nr_free(c->first);
    nr_free(c->links);
}

nearer_status nr_closing_check(bool *simple, const nr_graph *graph, const nearer_query *query,
                               const nr_grouped_links groupings[NR_LOAD_GROUPINGS],
                               nearer_error *err)
{
    checker c = {.graph = graph,
                 .network = graph->network,
                 .query = query,
                 .groupings = groupings,
                 .simple = simple};
    NR_TRY(nr_network_modes(&c.modes, c.network, query->modes, err));
    nearer_status status = make_room(&c, err);
    if (status == NEARER_OK) {
        mark_walks(&c);
        mark_accesses(&c);
        group_links(&c);
        for (size_t g = 0; g < groupings[0].count; g++) {
            simple[g] = !count_ends(&c, g, UINT32_MAX); /* one less */
            count_ends(&c, g, 1);
        }
        check_waits(&c);
    }
    clear(&c);
    return status;
}
