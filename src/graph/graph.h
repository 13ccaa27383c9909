/* graph/graph: a network on one day as vertices and arcs with minutes.
 *
 * Every node is a hub. Where a mode boards, each (node, mode) also has a departure and an arrival
 * vertex:
 *
 *   hub --board--> departure ==link==> arrival(next) --dwell or change--> departure(next)
 *                                        arrival(next) --leave--> hub(next)
 *
 * A mode that is through within a class, line or service has a berth for each at a node, departure
 * and arrival again: links join berths, the dwell is paid from a berth's arrival to its departure,
 * the change from the node's arrival to its departure, and stepping between the two is free.
 *
 * so check-in is paid once a flight and a stop costs its dwell. A mode that does not board runs
 * from hub to hub. A place reaches the terminals it uses from its own hub. */
#ifndef NR_GRAPH_GRAPH_H
#define NR_GRAPH_GRAPH_H
#include "graph/rows.h"
#include "model/network.h"

typedef enum nr_arc_kind {
    NR_ARC_LINK,   /* riding; `of` is the link */
    NR_ARC_BOARD,  /* access, boarding, half the headway */
    NR_ARC_LEAVE,  /* alighting, egress */
    NR_ARC_DWELL,  /* staying aboard at a node */
    NR_ARC_CHANGE, /* from one vehicle to the next within the mode, or between its stations */
    NR_ARC_WAIT,   /* until the service leaves */
    NR_ARC_ACCESS  /* from a place to a node of a mode that does not board, or back; onto a berth */
} nr_arc_kind;

typedef struct nr_arc {
    uint32_t from, to; /* vertices */
    uint32_t of;       /* the link */
    uint8_t kind, mode;
    bool backward; /* the link is ridden from its `to` to its `from` */
    nr_ticks ticks;
} nr_arc;

/* Where riders of a vehicle that calls at a node board it and where they leave it: vertices. */
typedef struct nr_berth_ends {
    uint32_t departure, arrival;
} nr_berth_ends;

typedef struct nr_graph {
    const nearer_network *network;
    nr_arc *arcs;
    size_t arc_count, arc_capacity;
    size_t vertex_count;
    uint32_t *vertex_node;     /* the node each vertex stands at */
    uint32_t *source, *target; /* the vertex each place departs from and arrives at */
    nr_berth_ends *calls;      /* of each call of the network (model/calls), in their order */
    size_t call_count, call_capacity;
    nr_rows rows; /* the same arcs by their vertices */
} nr_graph;

/* Fails with NAME (mode), VALUE (a way too long for ticks), MEMORY. */
nearer_status nr_graph_build(nr_graph **out, const nearer_network *network,
                             const nearer_query *query, nearer_error *err);
void nr_graph_free(nr_graph *graph);

/* Groups of places that can reach each other, numbered by their first place; groups[place_count].
 * By igraph. Fails with MEMORY, INTERNAL. */
nearer_status nr_graph_components(uint32_t *groups, size_t *count, const nr_graph *graph,
                                  nearer_error *err);
#endif
