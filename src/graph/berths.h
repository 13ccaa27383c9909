/* graph/berths: where at a node the vehicles of one class or line stop, for modes whose riders stay
 * aboard only there. */
#ifndef NR_GRAPH_BERTHS_H
#define NR_GRAPH_BERTHS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct nr_berth {
    uint32_t node, service;
    uint32_t departure; /* vertex; the arrival is the one behind it */
} nr_berth;

/* {0} holds none. */
typedef struct nr_berths {
    nr_berth *items; /* once numbered: by node, then service, each once */
    size_t count, capacity;
} nr_berths;

/* false when there is no memory. */
bool nr_berths_add(nr_berths *berths, uint32_t node, uint32_t service);
/* Keeps each berth once and gives it two vertices from `first` on; returns how many there are. */
size_t nr_berths_number(nr_berths *berths, uint32_t first);
/* The departure of a berth that was added. O(log count). */
uint32_t nr_berths_departure(const nr_berths *berths, uint32_t node, uint32_t service);
void nr_berths_clear(nr_berths *berths);
#endif
