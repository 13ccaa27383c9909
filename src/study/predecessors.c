/* The shortest-path tree of a place: every move from node to node on a fastest way from it. */
#include <stdlib.h>

#include "graph/times.h"
#include "study/convert.h"
#include "study/legs.h"
#include "study/study.h"

/* A vertex reached by a move from another node. */
typedef struct move {
    nr_ticks ticks;
    uint32_t vertex;
} move;

static int by_time(const void *x, const void *y)
{
    const move *a = x, *b = y;
    if (a->ticks != b->ticks) return a->ticks < b->ticks ? -1 : 1;
    return a->vertex < b->vertex ? -1 : a->vertex > b->vertex;
}

/* Marks what lies on the fastest way to some node; its first vertex reached stands for a node whose
 * hub is not (station to station). */
static void mark_ways(bool *used, uint32_t *best, const nr_tree *tree, bool station_to_station)
{
    const nr_graph *graph = tree->graph;
    size_t nodes = graph->network->node_count;
    for (size_t n = 0; n < nodes; n++) best[n] = (uint32_t)n;
    for (uint32_t v = 0; station_to_station && v < graph->vertex_count; v++) {
        uint32_t *b = &best[graph->vertex_node[v]];
        if (tree->search.ticks[v] < tree->search.ticks[*b]) *b = v;
    }
    for (size_t n = 0; n < nodes; n++)
        if (tree->search.ticks[best[n]] != NR_NEVER) used[best[n]] = true;
    for (size_t i = tree->count; i-- > 0;) {
        uint32_t v = tree->order[i], parent = nr_tree_parent(tree, v);
        if (used[v] && parent != UINT32_MAX) used[parent] = true;
    }
}

/* They read the same: two services, say, that leave and arrive together. */
static bool same_move(const nr_tree *tree, const move *a, const move *b)
{
    const nr_graph *graph = tree->graph;
    const nr_arc *x = &graph->arcs[tree->search.by_arc[a->vertex]],
                 *y = &graph->arcs[tree->search.by_arc[b->vertex]];
    if (a->ticks != b->ticks || graph->vertex_node[x->to] != graph->vertex_node[y->to] ||
        graph->vertex_node[x->from] != graph->vertex_node[y->from] || x->kind != y->kind ||
        x->mode != y->mode)
        return false;
    return x->kind != NR_ARC_LINK ||
           graph->network->links[x->of].line == graph->network->links[y->of].line;
}

/* Leaves one of moves that read the same; they are sorted. */
static void fold(move *moves, size_t *count, const nr_tree *tree)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        bool known = false;
        for (size_t k = kept; k-- > 0 && !known && moves[k].ticks == moves[i].ticks;)
            known = same_move(tree, &moves[k], &moves[i]);
        if (!known) moves[kept++] = moves[i];
    }
    *count = kept;
}

static nearer_status find_moves(move **out, size_t *count, const nr_tree *tree,
                                bool station_to_station, nearer_error *err)
{
    const nr_graph *graph = tree->graph;
    move *moves = nr_alloc(tree->count, sizeof *moves);
    bool *used = nr_alloc(graph->vertex_count, sizeof *used);
    uint32_t *best = nr_alloc(graph->network->node_count, sizeof *best);
    nearer_status status =
        moves == NULL || used == NULL || best == NULL ? nr_fail_memory(err) : NEARER_OK;
    *count = 0;
    if (status == NEARER_OK) mark_ways(used, best, tree, station_to_station);
    for (size_t i = 0; status == NEARER_OK && i < tree->count; i++) {
        uint32_t v = tree->order[i], parent = nr_tree_parent(tree, v);
        if (used[v] && parent != UINT32_MAX && graph->vertex_node[parent] != graph->vertex_node[v])
            moves[(*count)++] = (move){tree->search.ticks[v], v};
    }
    if (*count > 1) qsort(moves, *count, sizeof *moves, by_time);
    fold(moves, count, tree);
    nr_free(used);
    nr_free(best);
    if (status == NEARER_OK)
        *out = moves;
    else
        nr_free(moves);
    return status;
}

static nearer_status put_move(nearer_table *table, const nr_tree *tree, const move *m,
                              nearer_error *err)
{
    const nearer_network *network = tree->graph->network;
    const nr_arc *arc = &tree->graph->arcs[tree->search.by_arc[m->vertex]];
    const nr_node *via = &network->nodes[tree->graph->vertex_node[arc->from]],
                  *node = &network->nodes[tree->graph->vertex_node[arc->to]];
    bool ride = arc->kind == NR_ARC_LINK;
    nr_link link = network->links[ride ? arc->of : 0];
    size_t row = nearer_table_rows(table);
    nr_table_put(table, node->id, node->name, via->id, via->name,
                 nr_part_name((nr_arc_kind)arc->kind), nr_modes[arc->mode].id,
                 ride && link.line != NR_NO_INDEX ? network->lines.texts[link.line] : "",
                 nr_ticks_value(m->ticks, NR_TICKS_PER_MINUTE), via->at.lon, via->at.lat,
                 node->at.lon, node->at.lat);
    if (!ride) return NEARER_OK;
    if (arc->backward) {
        uint32_t from = link.from;
        link.from = link.to;
        link.to = from;
    }
    return nr_study_draw_link(table, row, network, &link, err);
}

static nearer_status tree_table(nearer_table **out, const nr_tree *tree, bool station_to_station,
                                nearer_error *err)
{
    static const struct {
        const char *name;
        int decimals;
    } columns[] = {{"id", NR_TEXT_COLUMN},   {"name", NR_TEXT_COLUMN}, {"via_id", NR_TEXT_COLUMN},
                   {"via", NR_TEXT_COLUMN},  {"part", NR_TEXT_COLUMN}, {"mode", NR_TEXT_COLUMN},
                   {"line", NR_TEXT_COLUMN}, {"time_min", 1},          {"from_lon_deg", 4},
                   {"from_lat_deg", 4},      {"to_lon_deg", 4},        {"to_lat_deg", 4}};
    nearer_table *table = NULL;
    move *moves = NULL;
    size_t count = 0;
    NR_TRY(find_moves(&moves, &count, tree, station_to_station, err));
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    for (size_t i = 0; status == NEARER_OK && i < sizeof columns / sizeof *columns; i++)
        nr_table_add_column(table, columns[i].name, columns[i].decimals);
    for (size_t i = 0; status == NEARER_OK && i < count; i++)
        status = put_move(table, tree, &moves[i], err);
    nr_free(moves);
    if (status == NEARER_OK) return nr_table_finish(out, table, err);
    nearer_table_free(table);
    return status;
}

static nearer_status put_tree(nearer_report *report, const nr_tree *tree, const nearer_query *query,
                              size_t place, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(tree_table(&table, tree, query->station_to_station, err));
    size_t rows = nearer_table_rows(table);
    NR_TRY(
        nr_report_add_table(report, "tree", "The fastest ways from it, move by move", table, err));
    return nr_report_add_note(report, err, "from %s: %zu moves from node to node",
                              tree->graph->network->places[place].name, rows);
}

nearer_status nearer_ask_tree(nearer_report **out, const nearer_study *study,
                              const nearer_query *query, size_t place, nearer_error *err)
{
    nr_graph *graph = NULL;
    nr_tree tree = {0};
    nearer_report *report = NULL;
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    NR_TRY(nr_graph_build(&graph, study->network, query, err));
    nearer_status status = nr_tree_init(&tree, graph, false, err);
    if (status == NEARER_OK) {
        nr_tree_grow(&tree, graph->source[place], nr_graph_task(graph, query).limit);
        status = nr_report_new(&report, err);
    }
    if (status == NEARER_OK) status = put_tree(report, &tree, query, place, err);
    nr_tree_clear(&tree);
    nr_graph_free(graph);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
