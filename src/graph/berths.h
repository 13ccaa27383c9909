/* graph/berths: where at a node the vehicles of one class, line or service stop, for modes whose
 * riders stay aboard only there. */
#ifndef NR_GRAPH_BERTHS_H
#define NR_GRAPH_BERTHS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What tells the vehicles of a mode apart; NR_ANY_VEHICLE where it does not. */
#define NR_ANY_VEHICLE UINT32_MAX
typedef struct nr_vehicle {
    uint32_t service, kind; /* a service; a class or line */
} nr_vehicle;

typedef struct nr_berth {
    uint32_t node;
    nr_vehicle vehicle;
    uint32_t departure; /* vertex; the arrival is the one behind it */
    double wait_min;    /* until the vehicle leaves; NAN: none is given */
} nr_berth;

/* {0} holds none. */
typedef struct nr_berths {
    nr_berth *items; /* once numbered: by node, then vehicle, each once */
    size_t count, capacity;
} nr_berths;

/* Of several waits of a berth the shortest holds. false when there is no memory. */
bool nr_berths_add(nr_berths *berths, uint32_t node, nr_vehicle vehicle, double wait_min);
/* Keeps each berth once and gives it two vertices from `first` on; returns how many there are. */
size_t nr_berths_number(nr_berths *berths, uint32_t first);
/* The berth, or NULL. O(log count). */
const nr_berth *nr_berths_find(const nr_berths *berths, uint32_t node, nr_vehicle vehicle);
void nr_berths_clear(nr_berths *berths);
#endif
