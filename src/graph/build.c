/* A network on one day, by some modes, into vertices and arcs. */
#include <math.h>
#include <string.h>

#include "graph/berths.h"
#include "graph/graph.h"
#include "model/mode.h"

#define NO_VERTEX UINT32_MAX
#define NO_LINK SIZE_MAX

typedef struct builder {
    nr_graph *graph;
    const nearer_network *network;
    const nearer_query *query;
    unsigned modes;
    uint32_t *departure[NR_MODE_COUNT]; /* of each node; arrival is the vertex behind it */
    bool *active[NR_MODE_COUNT];        /* the node has an open link of the mode */
    nr_berths berths[NR_MODE_COUNT];    /* of modes that have them */
    bool timed[NR_MODE_COUNT];          /* some of the mode's services are waited for */
    double *change_min[NR_MODE_COUNT];  /* of nodes that say so themselves, else NAN; or NULL */
    bool out_of_memory;
    double too_long_min;  /* of a way with more minutes than ticks can count; 0: none */
    size_t too_long_link; /* its link, or NO_LINK */
} builder;

/* Adds an arc that takes `minutes`. */
static void add_arc(builder *b, nr_arc arc, double minutes)
{
    nr_graph *g = b->graph;
    if (!nr_ticks_count(&arc.ticks, minutes, NR_TICKS_PER_MINUTE) && b->too_long_min == 0) {
        b->too_long_min = minutes;
        b->too_long_link = arc.kind == NR_ARC_LINK ? arc.of : NO_LINK;
    }
    if (b->out_of_memory ||
        !nr_grow((void **)&g->arcs, g->arc_count, &g->arc_capacity, sizeof *g->arcs)) {
        b->out_of_memory = true;
        return;
    }
    g->arcs[g->arc_count++] = arc;
}

static bool takes(const builder *b, const nr_link *link)
{
    return (b->modes & 1u << link->mode) != 0 && nr_link_open(link, b->query->date);
}

static const nr_mode_parameters *parameters(const builder *b, size_t mode)
{
    return &b->network->modes[mode].parameters;
}

/* Riders of a mode whose services are waited for do not stay aboard from one to the next. */
static nr_through through_of(const builder *b, size_t mode)
{
    nr_through through = parameters(b, mode)->through;
    return through == NR_THROUGH_ALWAYS && b->timed[mode] ? NR_THROUGH_SERVICE : through;
}

static bool has_berths(const builder *b, const nr_link *link)
{
    bool boards = parameters(b, link->mode)->boards && !link->transfer;
    return boards && (through_of(b, link->mode) >= NR_THROUGH_CLASS || !isnan(link->wait_min));
}

/* The vehicles a link is ridden in, as its mode tells them apart; who waits for a service is aboard
 * of that service, whatever the mode says. */
static nr_vehicle vehicle_of(const builder *b, const nr_link *link)
{
    nr_through through = through_of(b, link->mode);
    bool by_service = through == NR_THROUGH_SERVICE || !isnan(link->wait_min);
    return (nr_vehicle){by_service ? link->service : NR_ANY_VEHICLE,
                        through == NR_THROUGH_LINE ? link->line : link->class_id};
}

/* Where riders of a link board at one of its ends; they alight at the vertex behind it. */
static uint32_t departure_of(const builder *b, const nr_link *link, uint32_t node)
{
    const nr_berth *berth = nr_berths_find(&b->berths[link->mode], node, vehicle_of(b, link));
    return berth == NULL ? b->departure[link->mode][node] : berth->departure;
}

/* How long a change takes at a node that says so itself, the least where it says so twice. */
static bool set_change(builder *b, const nr_link *link)
{
    size_t nodes = b->network->node_count;
    double **minutes = &b->change_min[link->mode];
    if (*minutes == NULL) {
        *minutes = nr_alloc(nodes, sizeof **minutes);
        if (*minutes == NULL) return false;
        for (size_t n = 0; n < nodes; n++) (*minutes)[n] = NAN;
    }
    (*minutes)[link->from] = fmin((*minutes)[link->from], nr_link_minutes(b->network, link));
    return true;
}

/* Marks the nodes in use, and the berths of modes that have them. */
static bool mark_nodes(builder *b)
{
    size_t nodes = b->network->node_count;
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        b->active[m] = nr_alloc(nodes, sizeof(bool));
        b->departure[m] = nr_alloc(nodes, sizeof(uint32_t));
        if (b->active[m] == NULL || b->departure[m] == NULL) return false;
    }
    for (size_t i = 0; i < b->network->link_count; i++) {
        const nr_link *link =
            &b->network->links[i]; /* of any day: an opening changes no other link */
        if (!isnan(link->wait_min)) b->timed[link->mode] = true;
    }
    for (size_t i = 0; i < b->network->link_count; i++) {
        const nr_link *link = &b->network->links[i];
        if (!takes(b, link)) continue;
        if (!link->transfer)
            b->active[link->mode][link->from] = b->active[link->mode][link->to] = true;
        nr_berths *berths = &b->berths[link->mode];
        if (has_berths(b, link) &&
            !(nr_berths_add(berths, link->from, vehicle_of(b, link), link->wait_min) &&
              nr_berths_add(berths, link->to, vehicle_of(b, link),
                            link->oneway ? NAN : link->wait_min)))
            return false;
        if (link->transfer && link->from == link->to && !set_change(b, link)) return false;
    }
    return true;
}

/* Numbers the vertices: hubs, terminals, berths, then the ends of places. */
static bool number_vertices(builder *b)
{
    nr_graph *g = b->graph;
    size_t nodes = b->network->node_count, places = b->network->place_count;
    g->vertex_count = nodes;
    for (size_t m = 0; m < NR_MODE_COUNT; m++)
        for (size_t n = 0; n < nodes; n++) {
            bool terminal = b->active[m][n] && parameters(b, m)->boards;
            b->departure[m][n] = terminal ? (uint32_t)g->vertex_count : NO_VERTEX;
            g->vertex_count += terminal ? 2 : 0;
        }
    for (size_t m = 0; m < NR_MODE_COUNT; m++)
        g->vertex_count += 2 * nr_berths_number(&b->berths[m], (uint32_t)g->vertex_count);
    size_t ends = b->query->station_to_station ? 2 * places : 0;
    g->vertex_node = nr_alloc(g->vertex_count + ends, sizeof *g->vertex_node);
    g->source = nr_alloc(places, sizeof *g->source);
    g->target = nr_alloc(places, sizeof *g->target);
    if (g->vertex_node == NULL || g->source == NULL || g->target == NULL) return false;
    for (size_t n = 0; n < nodes; n++) g->vertex_node[n] = (uint32_t)n;
    for (size_t m = 0; m < NR_MODE_COUNT; m++)
        for (size_t n = 0; n < nodes; n++)
            if (b->departure[m][n] != NO_VERTEX)
                g->vertex_node[b->departure[m][n]] = g->vertex_node[b->departure[m][n] + 1] =
                    (uint32_t)n;
    for (size_t m = 0; m < NR_MODE_COUNT; m++)
        for (size_t i = 0; i < b->berths[m].count; i++) {
            const nr_berth *berth = &b->berths[m].items[i];
            g->vertex_node[berth->departure] = g->vertex_node[berth->departure + 1] = berth->node;
        }
    for (size_t p = 0; p < places; p++) {
        uint32_t node = b->network->places[p].node;
        g->source[p] = g->target[p] = node;
        if (!b->query->station_to_station) continue;
        g->source[p] = (uint32_t)g->vertex_count++;
        g->target[p] = (uint32_t)g->vertex_count++;
        g->vertex_node[g->source[p]] = g->vertex_node[g->target[p]] = node;
    }
    return true;
}

/* On foot from one station to another, for who leaves a vehicle and boards the next: none where the
 * day has no vehicle. */
static void add_transfer(builder *b, size_t link, uint32_t from, uint32_t to, double minutes)
{
    size_t mode = b->network->links[link].mode;
    uint32_t first = from, last = to;
    if (!b->active[mode][from] || !b->active[mode][to]) return;
    if (parameters(b, mode)->boards) {
        first = b->departure[mode][from] + 1;
        last = b->departure[mode][to];
    }
    add_arc(b, (nr_arc){first, last, (uint32_t)link, NR_ARC_CHANGE, (uint8_t)mode, false, 0},
            minutes);
}

static void add_call(builder *b, const nr_link *link)
{
    nr_graph *g = b->graph;
    uint32_t departure =
        parameters(b, link->mode)->boards ? departure_of(b, link, link->from) : link->from;
    if (!nr_grow((void **)&g->calls, g->call_count, &g->call_capacity, sizeof *g->calls)) {
        b->out_of_memory = true;
        return;
    }
    g->calls[g->call_count++] =
        (nr_berth_ends){departure, departure + (parameters(b, link->mode)->boards ? 1 : 0)};
}

static void add_links(builder *b)
{
    for (size_t i = 0; i < b->network->link_count; i++) {
        const nr_link *link = &b->network->links[i];
        if (!takes(b, link)) continue;
        if (link->call) add_call(b, link);
        if (link->from == link->to) continue;
        bool boards = parameters(b, link->mode)->boards;
        double minutes = nr_link_minutes(b->network, link);
        for (int back = 0; back <= (link->oneway ? 0 : 1); back++) {
            uint32_t from = back ? link->to : link->from, to = back ? link->from : link->to;
            if (link->transfer) {
                add_transfer(b, i, from, to, minutes);
                continue;
            }
            add_arc(b,
                    (nr_arc){boards ? departure_of(b, link, from) : from,
                             boards ? departure_of(b, link, to) + 1 : to, (uint32_t)i, NR_ARC_LINK,
                             link->mode, back != 0, 0},
                    minutes);
        }
    }
}

/* The way between a place and one of its stations, on top of the mode's own access and egress. */
typedef struct way {
    double there_min, back_min;
} way;

static way way_to(const builder *b, size_t mode, uint32_t node, double km)
{
    const nr_mode_parameters *p = parameters(b, mode);
    double access_min = b->network->nodes[node].access_min,
           walk_min = km / p->access_speed_kmh * 60;
    return isnan(access_min) ? (way){walk_min, walk_min}
                             : (way){access_min - p->access_min, access_min - p->egress_min};
}

static void add_boarding(builder *b, size_t mode, uint32_t hub, uint32_t node, way w)
{
    const nr_mode_parameters *p = parameters(b, mode);
    uint32_t departure = b->departure[mode][node];
    add_arc(b, (nr_arc){hub, departure, 0, NR_ARC_BOARD, (uint8_t)mode, false, 0},
            nr_mode_board_min(p) + w.there_min);
    add_arc(b, (nr_arc){departure + 1, hub, 0, NR_ARC_LEAVE, (uint8_t)mode, false, 0},
            nr_mode_leave_min(p) + w.back_min);
}

/* From a node's arrival to its departure; berths have a dwell of their own. */
static void add_terminals(builder *b)
{
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        const nr_mode_parameters *p = parameters(b, m);
        bool through = through_of(b, m) == NR_THROUGH_ALWAYS;
        const double *own = b->change_min[m];
        for (uint32_t n = 0; n < b->network->node_count; n++) {
            uint32_t departure = b->departure[m][n];
            if (departure == NO_VERTEX) continue;
            double change_min = own == NULL || isnan(own[n]) ? p->transfer_min : own[n];
            add_arc(b,
                    (nr_arc){departure + 1, departure, 0, through ? NR_ARC_DWELL : NR_ARC_CHANGE,
                             (uint8_t)m, false, 0},
                    through ? p->dwell_min : change_min);
            bool of_place = b->network->nodes[n].place != NR_NO_INDEX;
            add_boarding(b, m, n, n, of_place ? way_to(b, m, n, 0) : (way){0, 0});
        }
    }
}

static void add_dwell(builder *b, size_t mode, uint32_t arrival, uint32_t departure)
{
    add_arc(b, (nr_arc){arrival, departure, 0, NR_ARC_DWELL, (uint8_t)mode, false, 0},
            parameters(b, mode)->dwell_min);
}

/* Steps between a berth and its terminal are free, but for the wait where one is given; a link that
 * names no service belongs to all services of its class, so that riders stay aboard between it and
 * them. */
static void add_berth(builder *b, size_t mode, const nr_berth *berth)
{
    uint32_t terminal = b->departure[mode][berth->node], departure = berth->departure;
    double wait_min = isnan(berth->wait_min) ? 0 : berth->wait_min;
    add_arc(b,
            (nr_arc){terminal, departure, 0, wait_min > 0 ? NR_ARC_WAIT : NR_ARC_ACCESS,
                     (uint8_t)mode, false, 0},
            wait_min);
    add_arc(b, (nr_arc){departure + 1, terminal + 1, 0, NR_ARC_ACCESS, (uint8_t)mode, false, 0}, 0);
    bool of_service = berth->vehicle.service != NR_ANY_VEHICLE;
    if (!of_service && through_of(b, mode) == NR_THROUGH_NEVER) return; /* there for its wait */
    add_dwell(b, mode, departure + 1, departure);
    if (!of_service) return;
    const nr_berth *any = nr_berths_find(&b->berths[mode], berth->node,
                                         (nr_vehicle){NR_ANY_VEHICLE, berth->vehicle.kind});
    if (any == NULL) return;
    add_dwell(b, mode, departure + 1, any->departure);
    add_dwell(b, mode, any->departure + 1, departure);
}

static void add_berths(builder *b)
{
    for (size_t m = 0; m < NR_MODE_COUNT; m++)
        for (size_t i = 0; i < b->berths[m].count; i++) add_berth(b, m, &b->berths[m].items[i]);
}

/* Station to station: the trip starts and ends at the terminal itself. */
static void add_ends(builder *b, const nr_access *a)
{
    const nr_graph *g = b->graph;
    uint32_t departure = b->departure[a->mode][a->node];
    bool boards = departure != NO_VERTEX;
    add_arc(b,
            (nr_arc){g->source[a->place], boards ? departure : a->node, 0, NR_ARC_ACCESS, a->mode,
                     false, 0},
            0);
    add_arc(b,
            (nr_arc){boards ? departure + 1 : a->node, g->target[a->place], 0, NR_ARC_ACCESS,
                     a->mode, false, 0},
            0);
}

static void add_access(builder *b, const nr_access *a)
{
    uint32_t hub = b->network->places[a->place].node;
    if (a->hub) return;
    if (parameters(b, a->mode)->boards) {
        add_boarding(b, a->mode, hub, a->node, way_to(b, a->mode, a->node, a->km));
    } else {
        double walk_min = a->km / parameters(b, a->mode)->access_speed_kmh * 60;
        add_arc(b, (nr_arc){hub, a->node, 0, NR_ARC_ACCESS, a->mode, false, 0}, walk_min);
        add_arc(b, (nr_arc){a->node, hub, 0, NR_ARC_ACCESS, a->mode, false, 0}, walk_min);
    }
}

/* Joins each place to the nodes of each mode it can use; station to station it departs and
 * arrives at its own that are in service, else at the nearest that is. */
static void add_accesses(builder *b)
{
    const nr_access *a = b->network->accesses, *end = a + b->network->access_count;
    const nr_access *first = NULL;
    for (; a < end; a++) {
        if ((b->modes & 1u << a->mode) == 0 || !b->active[a->mode][a->node]) continue;
        add_access(b, a);
        if (first == NULL || first->place != a->place || first->mode != a->mode) first = a;
        if ((a == first || a->own) && b->query->station_to_station) add_ends(b, a);
    }
}

static nearer_status fail_too_long(const builder *b, nearer_error *err)
{
    const nearer_network *n = b->network;
    const char *rest = "at most 71,582 (49.7 days) can be counted";
    if (b->too_long_link == NO_LINK)
        return nr_fail(err, NEARER_VALUE, "a way of %.0f minutes in the modes' parameters: %s",
                       b->too_long_min, rest);
    const nr_link *link = &n->links[b->too_long_link];
    if (link->row == 0)
        return nr_fail(err, NEARER_VALUE, "the new link from %s to %s takes %.6g minutes: %s",
                       n->nodes[link->from].name, n->nodes[link->to].name, b->too_long_min, rest);
    return nr_fail(err, NEARER_VALUE, "%s:%zu: the link from %s to %s takes %.6g minutes: %s",
                   n->layers[link->layer].file, link->row, n->nodes[link->from].name,
                   n->nodes[link->to].name, b->too_long_min, rest);
}

static nearer_status make_rows(nr_graph *g, nearer_error *err)
{
    nr_row_arc *arcs = nr_alloc(g->arc_count, sizeof *arcs);
    if (arcs == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < g->arc_count; i++)
        arcs[i] = (nr_row_arc){g->arcs[i].from, g->arcs[i].to, g->arcs[i].ticks};
    nearer_status status =
        nr_rows_make(&g->rows, (uint32_t)g->vertex_count, arcs, (uint32_t)g->arc_count, err);
    nr_free(arcs);
    return status;
}

nearer_status nr_graph_build(nr_graph **out, const nearer_network *network,
                             const nearer_query *query, nearer_error *err)
{
    builder b = {.network = network, .query = query};
    NR_TRY(nr_network_modes(&b.modes, network, query->modes, err));
    b.graph = nr_alloc(1, sizeof *b.graph);
    if (b.graph == NULL) return nr_fail_memory(err);
    b.graph->network = network;
    b.out_of_memory = !mark_nodes(&b) || !number_vertices(&b);
    if (!b.out_of_memory) {
        add_links(&b);
        add_terminals(&b);
        add_berths(&b);
        add_accesses(&b);
    }
    for (size_t m = 0; m < NR_MODE_COUNT; m++) {
        nr_free(b.active[m]);
        nr_free(b.departure[m]);
        nr_berths_clear(&b.berths[m]);
        nr_free(b.change_min[m]);
    }
    nearer_status status = b.out_of_memory      ? nr_fail_memory(err)
                           : b.too_long_min > 0 ? fail_too_long(&b, err)
                                                : make_rows(b.graph, err);
    if (status == NEARER_OK)
        *out = b.graph;
    else
        nr_graph_free(b.graph);
    return status;
}

void nr_graph_free(nr_graph *graph)
{
    if (graph == NULL) return;
    nr_free(graph->arcs);
    nr_free(graph->vertex_node);
    nr_free(graph->source);
    nr_free(graph->target);
    nr_free(graph->calls);
    nr_rows_clear(&graph->rows);
    nr_free(graph);
}
