#include "graph/tree.h"

#include "base/memory.h"

#define NO_VERTEX UINT32_MAX

double nr_arc_sum(const nr_graph *graph, uint32_t arc, nr_sum what)
{
    const nr_arc *a = &graph->arcs[arc];
    if (a->kind != NR_ARC_LINK) return 0;
    const nr_link *link = &graph->network->links[a->of];
    return what == NR_SUM_COST ? link->cost : nr_link_km(graph->network, link);
}

nearer_status nr_tree_init(nr_tree *tree, const nr_graph *graph, bool to_root, nearer_error *err)
{
    *tree = (nr_tree){.graph = graph, .to_root = to_root};
    if (to_root) NR_TRY(nr_rows_reverse(&tree->back, &graph->rows, err));
    bool good = nr_search_init(&tree->search, graph->rows.vertices);
    tree->order = nr_alloc(graph->rows.vertices, sizeof *tree->order);
    tree->children = nr_alloc(graph->rows.vertices, sizeof *tree->children);
    return good && tree->order != NULL && tree->children != NULL ? NEARER_OK : nr_fail_memory(err);
}

void nr_tree_clear(nr_tree *tree)
{
    nr_search_clear(&tree->search);
    nr_rows_clear(&tree->back);
    nr_free(tree->order);
    nr_free(tree->children);
    *tree = (nr_tree){0};
}

uint32_t nr_tree_parent(const nr_tree *tree, uint32_t vertex)
{
    uint32_t by = tree->search.by_arc[vertex];
    if (by == UINT32_MAX) return NO_VERTEX;
    return tree->to_root ? tree->graph->arcs[by].to : tree->graph->arcs[by].from;
}

/* From the leaves inwards, filled from its end: by ticks a vertex would not be sure to stand behind
 * its parent, as some arcs take none. */
static void put_in_order(nr_tree *tree)
{
    const nr_search *s = &tree->search;
    size_t n = 0;
    for (size_t i = 0; i < s->reached_count; i++) tree->children[s->reached[i]] = 0;
    for (size_t i = 0; i < s->reached_count; i++) {
        uint32_t v = s->reached[i];
        if (s->ticks[v] == NR_NEVER) continue; /* beyond the limit */
        uint32_t parent = nr_tree_parent(tree, v);
        if (parent != NO_VERTEX) tree->children[parent]++;
        n++;
    }
    size_t begin = n;
    for (size_t i = 0; i < s->reached_count; i++) {
        uint32_t v = s->reached[i];
        if (s->ticks[v] != NR_NEVER && tree->children[v] == 0) tree->order[--begin] = v;
    }
    for (size_t at = n; at > begin;) {
        uint32_t parent = nr_tree_parent(tree, tree->order[--at]);
        if (parent != NO_VERTEX && --tree->children[parent] == 0) tree->order[--begin] = parent;
    }
    tree->count = n;
}

void nr_tree_grow(nr_tree *tree, uint32_t root, nr_ticks limit)
{
    const nr_rows *rows = tree->to_root ? &tree->back : &tree->graph->rows;
    nr_search_run(&tree->search, rows, root, NULL, limit);
    put_in_order(tree);
}

void nr_tree_sum(double *sums, const nr_tree *tree, nr_sum what)
{
    for (size_t i = 0; i < tree->count; i++) {
        uint32_t v = tree->order[i], parent = nr_tree_parent(tree, v);
        sums[v] = parent == NO_VERTEX
                      ? 0
                      : sums[parent] + nr_arc_sum(tree->graph, tree->search.by_arc[v], what);
    }
}
