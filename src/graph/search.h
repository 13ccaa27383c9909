/* graph/search: fastest ways from one vertex (Dijkstra with a 4-ary heap on compact rows). */
#ifndef NR_GRAPH_SEARCH_H
#define NR_GRAPH_SEARCH_H
#include "graph/graph.h"

/* A vertex in the heap. */
typedef struct nr_waiting {
    double minutes;
    uint32_t vertex;
} nr_waiting;

/* The working memory of one search, used again from search to search. */
typedef struct nr_search {
    double *minutes;  /* to each vertex, INFINITY when not reached */
    uint32_t *by_arc; /* the arc each vertex was reached by; UINT32_MAX at the start */
    nr_waiting *heap;
    uint32_t *place_in_heap;
    size_t heap_size;
} nr_search;

bool nr_search_init(nr_search *search, const nr_graph *graph);
void nr_search_clear(nr_search *search);
/* Finds minutes and by_arc of every vertex from `source`. O((V + A) log V). */
void nr_search_run(nr_search *search, const nr_graph *graph, uint32_t source);
#endif
