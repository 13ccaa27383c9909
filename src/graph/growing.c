#include "graph/growing.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/threads.h"

/* ---- parts ---- */

typedef struct finder {
    nr_growing *g;
    const uint32_t *part;
    bool *always[NR_MODE_COUNT]; /* of each node: a link of the mode that is always there */
    bool *some[NR_MODE_COUNT];   /* any link */
} finder;

static bool find_nodes(finder *f)
{
    const nearer_network *network = f->g->graph->network;
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        f->always[m] = nr_alloc(network->node_count, sizeof(bool));
        f->some[m] = nr_alloc(network->node_count, sizeof(bool));
        if (f->always[m] == NULL || f->some[m] == NULL) return false;
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if (link->transfer) continue;
        bool always = f->part[i] == NR_NO_INDEX;
        f->some[link->mode][link->from] = f->some[link->mode][link->to] = true;
        if (always) f->always[link->mode][link->from] = f->always[link->mode][link->to] = true;
    }
    return true;
}

/* Where a mode that does not board begins to run with a part, the ways on foot to it do too: the
 * node, or NR_NO_INDEX. */
static uint32_t node_opened(const finder *f, const nr_arc *arc)
{
    const nearer_network *network = f->g->graph->network;
    if (arc->kind != NR_ARC_ACCESS || network->modes[arc->mode].parameters.boards)
        return NR_NO_INDEX;
    uint32_t from = f->g->graph->vertex_node[arc->from], to = f->g->graph->vertex_node[arc->to];
    uint32_t node = f->some[arc->mode][to] ? to : from;
    return f->always[arc->mode][node] ? NR_NO_INDEX : node;
}

/* Notes a way of a part, from a position. */
typedef void take_way(nr_growing *g, size_t part, uint32_t way, uint32_t position);

/* False when the arc is always there. */
static bool each_part(const finder *f, const nr_arc *arc, take_way *take, uint32_t way,
                      uint32_t position)
{
    const nearer_network *network = f->g->graph->network;
    if (arc->kind == NR_ARC_LINK) {
        if (f->part[arc->of] != NR_NO_INDEX) take(f->g, f->part[arc->of], way, position);
        return f->part[arc->of] != NR_NO_INDEX;
    }
    uint32_t node = node_opened(f, arc);
    for (size_t i = 0; node != NR_NO_INDEX && i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if (link->mode == arc->mode && !link->transfer && (link->from == node || link->to == node))
            take(f->g, f->part[i], way, position);
    }
    return node != NR_NO_INDEX;
}

static void count_way(nr_growing *g, size_t part, uint32_t way, uint32_t position)
{
    (void)way;
    (void)position;
    g->first[part + 1]++;
}

/* first[part] moves on to where the next part begins, and is put back afterwards. */
static void put_way(nr_growing *g, size_t part, uint32_t way, uint32_t position)
{
    uint32_t k = g->first[part]++;
    g->slots[k] = way;
    g->heads[k] = g->rounds.ways.ways[way].at;
    g->tails[k] = position;
}

/* `closes`: a way of parts leads back to where it begins. */
static void each_way(finder *f, take_way *take, bool closes)
{
    const nr_growing *g = f->g;
    for (uint32_t p = 0; p < g->rounds.vertices; p++)
        for (uint32_t w = g->rounds.ways.first[p]; w < g->rounds.ways.first[p + 1]; w++)
            if (each_part(f, &g->graph->arcs[g->rounds.arc[w]], take, w, p) && closes)
                g->rounds.ways.ways[w].at = p;
}

static nearer_status find_parts(finder *f, nearer_error *err)
{
    nr_growing *g = f->g;
    if (!find_nodes(f)) return nr_fail_memory(err);
    g->first = nr_alloc(g->parts + 2, sizeof *g->first);
    if (g->first == NULL) return nr_fail_memory(err);
    each_way(f, count_way, false);
    for (size_t p = 0; p < g->parts; p++) g->first[p + 1] += g->first[p];
    size_t all = g->first[g->parts];
    g->slots = nr_alloc(all, sizeof *g->slots);
    g->heads = nr_alloc(all, sizeof *g->heads);
    g->tails = nr_alloc(all, sizeof *g->tails);
    if (g->slots == NULL || g->heads == NULL || g->tails == NULL) return nr_fail_memory(err);
    each_way(f, put_way, true);
    for (size_t p = g->parts; p > 0; p--) g->first[p] = g->first[p - 1];
    g->first[0] = 0;
    return NEARER_OK;
}

/* ---- opening and closing ---- */

static void mark(nr_grown *s, uint32_t position)
{
    s->marks[position / 64] |= (uint64_t)1 << position % 64;
}

static void set_ways(nr_grown *s, const nr_growing *g, size_t part, bool open, bool marks)
{
    for (uint32_t k = g->first[part]; k < g->first[part + 1]; k++) {
        s->ways[g->slots[k]].at = open ? g->heads[k] : g->tails[k];
        if (marks) mark(s, g->tails[k]);
    }
}

static bool settle(nr_grown *s, const nr_growing *g, nr_ticks *lanes)
{
    const nr_ways ways = {g->rounds.ways.first, s->ways};
    return g->kernels->settle(lanes, g->rounds.vertices, s->marks, &ways);
}

static size_t level_size(const nr_growing *g)
{
    return (size_t)g->rounds.vertices * NR_LANES;
}

static void begin(nr_grown *s, const nr_growing *g, nr_ticks *lanes, size_t batch)
{
    memcpy(lanes, g->start + batch * level_size(g), level_size(g) * sizeof *lanes);
    for (size_t p = 0; p < g->parts; p++) {
        if (s->open[p]) set_ways(s, g, p, false, false);
        s->open[p] = false;
    }
}

static void open_part(nr_grown *s, const nr_growing *g, nr_ticks *lanes, size_t part)
{
    s->open[part] = true;
    set_ways(s, g, part, true, true);
    settle(s, g, lanes);
}

/* Ways on foot may be of several parts. */
static void close_part(nr_grown *s, const nr_growing *g, size_t part)
{
    set_ways(s, g, part, false, false);
    s->open[part] = false;
    for (size_t p = 0; p < part; p++)
        if (s->open[p]) set_ways(s, g, p, true, false);
}

/* ---- sums ---- */

static double add_up(const nr_growing *g, size_t batch, const nr_ticks *lanes)
{
    double sums[NR_LANES] = {0}, sum = 0;
    for (size_t j = 0; j < g->n; j++) {
        const nr_ticks *to = lanes + (size_t)g->rounds.position[g->graph->target[j]] * NR_LANES;
        const double *weight = g->weight + (batch * g->n + j) * NR_LANES;
        if (g->logs) {
            for (size_t i = 0; i < NR_LANES; i++)
                if (weight[i] != 0)
                    sums[i] += weight[i] * log((to[i] > 0 ? to[i] : 1) / NR_TICKS_PER_MINUTE);
        } else {
            for (size_t i = 0; i < NR_LANES; i++) sums[i] += weight[i] * (double)to[i];
        }
    }
    for (size_t i = 0; i < NR_LANES; i++) sum += sums[i];
    return g->logs ? sum : sum / NR_TICKS_PER_MINUTE;
}

void nr_growing_follow(double *sums, nr_grown *s, const nr_growing *g, size_t batch,
                       const uint32_t *order, size_t count)
{
    begin(s, g, s->lanes, batch);
    sums[0] += add_up(g, batch, s->lanes);
    for (size_t k = 0; k < count; k++) {
        open_part(s, g, s->lanes, order[k]);
        sums[k + 1] += add_up(g, batch, s->lanes);
    }
}

typedef struct branching {
    double *sums;
    nr_grown *grown;
    const nr_growing *growing;
    size_t batch, fixed, chosen;
} branching;

/* Parts from number `part` on, open or not, over those of a level. */
static void branch(branching *b, nr_ticks *lanes, size_t part, size_t choice)
{
    const nr_growing *g = b->growing;
    nr_ticks *next = lanes + level_size(g);
    bool is_fixed = part < b->fixed, is_chosen = (b->chosen >> part & 1) != 0;
    if (part == g->parts) {
        b->sums[choice] += add_up(g, b->batch, lanes);
        return;
    }
    if (!is_fixed || !is_chosen) branch(b, lanes, part + 1, choice);
    if (is_fixed && !is_chosen) return;
    memcpy(next, lanes, level_size(g) * sizeof *next);
    open_part(b->grown, g, next, part);
    branch(b, next, part + 1, choice | (size_t)1 << part);
    close_part(b->grown, g, part);
}

void nr_growing_choices(double *sums, nr_grown *s, const nr_growing *g, size_t batch, size_t fixed,
                        size_t chosen)
{
    branching b = {sums, s, g, batch, fixed, chosen};
    begin(s, g, s->lanes, batch);
    branch(&b, s->lanes, 0, 0);
}

/* ---- making it ---- */

nearer_status nr_grown_init(nr_grown *s, const nr_growing *g, size_t levels, nearer_error *err)
{
    size_t ways = g->rounds.ways.first[g->rounds.vertices];
    *s = (nr_grown){.lanes = nr_alloc_aligned(levels, level_size(g) * sizeof(nr_ticks)),
                    .marks = nr_alloc((size_t)g->rounds.vertices / 64 + 1, sizeof(uint64_t)),
                    .ways = nr_alloc(ways, sizeof(nr_way)),
                    .open = nr_alloc(g->parts, sizeof(bool))};
    if (s->lanes == NULL || s->marks == NULL || s->ways == NULL || s->open == NULL)
        return nr_fail_memory(err);
    memcpy(s->ways, g->rounds.ways.ways, ways * sizeof *s->ways);
    return NEARER_OK;
}

void nr_grown_clear(nr_grown *s)
{
    nr_free(s->lanes);
    nr_free(s->marks);
    nr_free(s->ways);
    nr_free(s->open);
    *s = (nr_grown){0};
}

typedef struct starting {
    nr_growing *g;
    nr_grown *rooms;
    bool *far; /* of each worker */
} starting;

static void start_batch(void *context, size_t batch, size_t worker)
{
    starting *t = context;
    nr_growing *g = t->g;
    nr_grown *s = &t->rooms[worker];
    nr_ticks *lanes = g->start + batch * level_size(g);
    for (size_t k = 0; k < level_size(g); k++) lanes[k] = NR_NOT_YET;
    for (size_t i = 0; i < NR_LANES && batch * NR_LANES + i < g->n; i++) {
        uint32_t p = g->rounds.position[g->graph->source[batch * NR_LANES + i]];
        lanes[(size_t)p * NR_LANES + i] = 0;
        mark(s, p);
    }
    if (settle(s, g, lanes)) t->far[worker] = true;
}

static nearer_status start(nr_growing *g, nearer_error *err)
{
    size_t workers = nr_workers();
    starting t = {g, nr_alloc(workers, sizeof *t.rooms), nr_alloc(workers, sizeof *t.far)};
    nearer_status status = t.rooms == NULL || t.far == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t k = 0; status == NEARER_OK && k < workers; k++)
        status = nr_grown_init(&t.rooms[k], g, 0, err);
    if (status == NEARER_OK) nr_parallel_for(g->batches, start_batch, &t);
    for (size_t k = 0; t.rooms != NULL && k < workers; k++) nr_grown_clear(&t.rooms[k]);
    for (size_t k = 0; status == NEARER_OK && k < workers; k++)
        if (t.far[k])
            status =
                nr_fail(err, NEARER_VALUE,
                        "a way takes more than %.0f minutes, the most that can be counted here",
                        NR_FAR / NR_TICKS_PER_MINUTE);
    nr_free(t.rooms);
    nr_free(t.far);
    return status;
}

static void weigh(nr_growing *g, const double *weights)
{
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = 0; j < g->n; j++) {
            size_t batch = i / NR_LANES, lane = i % NR_LANES;
            uint32_t p = g->rounds.position[g->graph->target[j]];
            nr_ticks first = g->start[batch * level_size(g) + (size_t)p * NR_LANES + lane];
            if (i != j && first < NR_NOT_YET)
                g->weight[(batch * g->n + j) * NR_LANES + lane] = weights[i * g->n + j];
        }
}

nearer_status nr_growing_make(nr_growing *g, const nr_graph *graph, const uint32_t *part,
                              size_t parts, const double *weights, bool logs, nearer_error *err)
{
    size_t n = graph->network->place_count, batches = (n + NR_LANES - 1) / NR_LANES;
    finder f = {.g = g, .part = part};
    *g = (nr_growing){.graph = graph,
                      .kernels = nr_kernels_known()[0],
                      .n = n,
                      .parts = parts,
                      .batches = batches,
                      .logs = logs};
    NR_TRY(nr_rounds_make(&g->rounds, &graph->rows, graph->source, n, err));
    nearer_status status = find_parts(&f, err);
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        nr_free(f.always[m]);
        nr_free(f.some[m]);
    }
    NR_TRY(status);
    g->start = nr_alloc_aligned(batches, level_size(g) * sizeof(nr_ticks));
    g->weight = nr_alloc(batches * n, NR_LANES * sizeof *g->weight);
    if (g->start == NULL || g->weight == NULL) return nr_fail_memory(err);
    NR_TRY(start(g, err));
    weigh(g, weights);
    return NEARER_OK;
}

void nr_growing_clear(nr_growing *g)
{
    nr_rounds_clear(&g->rounds);
    nr_free(g->first);
    nr_free(g->slots);
    nr_free(g->heads);
    nr_free(g->tails);
    nr_free(g->start);
    nr_free(g->weight);
    *g = (nr_growing){0};
}
