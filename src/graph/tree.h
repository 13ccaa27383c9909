/* graph/tree: the fastest ways from one vertex to all, or from all to it, as a tree; and what is
 * summed along them. Of equally fast ways it holds the one that the search found first, which
 * forwards is that of the legs of a trip. */
#ifndef NR_GRAPH_TREE_H
#define NR_GRAPH_TREE_H
#include "graph/graph.h"
#include "graph/search.h"

/* What is summed along a way, beside its minutes. */
typedef enum nr_sum { NR_SUM_LENGTH_KM, NR_SUM_COST, NR_SUMS } nr_sum;

/* Of an arc: of the link when one is ridden, else 0. NAN: the link's is not known. */
double nr_arc_sum(const nr_graph *graph, uint32_t arc, nr_sum what);

typedef struct nr_tree {
    const nr_graph *graph;
    nr_rows back; /* the ways turned round, of a tree of ways to its root; else empty */
    bool to_root;
    nr_search search;
    uint32_t *order; /* the vertices reached, each behind the one before it on its way */
    uint32_t *children;
    size_t count;
} nr_tree;

/* Fails with MEMORY; clear with nr_tree_clear, which takes {0}. */
nearer_status nr_tree_init(nr_tree *tree, const nr_graph *graph, bool to_root, nearer_error *err);
void nr_tree_clear(nr_tree *tree);
/* Grows it anew from a root, no farther than `limit`. O((V + A) log V). */
void nr_tree_grow(nr_tree *tree, uint32_t root, nr_ticks limit);
/* The vertex before it on its way from the root (behind it on its way there), UINT32_MAX of the
 * root. Of vertices reached. */
uint32_t nr_tree_parent(const nr_tree *tree, uint32_t vertex);
/* The sum along the way of each vertex reached; sums[vertex_count], the others stay as they are. */
void nr_tree_sum(double *sums, const nr_tree *tree, nr_sum what);

/* n x n sums along the fastest ways between places, row = from, 0 from a place to itself, INFINITY
 * where there is no way, NAN where a link's is not known; on all cores. Fails as nr_graph_build. */
nearer_status nr_sums_compute(double *out, const nearer_network *network, const nearer_query *query,
                              nr_sum what, nearer_error *err);
#endif
