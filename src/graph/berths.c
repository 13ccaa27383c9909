#include "graph/berths.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

bool nr_berths_add(nr_berths *berths, uint32_t node, nr_vehicle vehicle, double wait_min)
{
    if (!nr_grow((void **)&berths->items, berths->count, &berths->capacity, sizeof *berths->items))
        return false;
    berths->items[berths->count++] = (nr_berth){node, vehicle, 0, wait_min};
    return true;
}

static int compare(uint32_t x, uint32_t y)
{
    return x < y ? -1 : x > y;
}

static int by_node_vehicle(const void *a, const void *b)
{
    const nr_berth *x = a, *y = b;
    int order = compare(x->node, y->node);
    if (order == 0) order = compare(x->vehicle.kind, y->vehicle.kind);
    return order != 0 ? order : compare(x->vehicle.service, y->vehicle.service);
}

size_t nr_berths_number(nr_berths *berths, uint32_t first)
{
    size_t kept = 0;
    if (berths->count == 0) return 0;
    qsort(berths->items, berths->count, sizeof *berths->items, by_node_vehicle);
    for (size_t i = 0; i < berths->count; i++)
        if (i == 0 || by_node_vehicle(&berths->items[i], &berths->items[kept - 1]) != 0) {
            berths->items[kept] = berths->items[i];
            berths->items[kept].departure = first + 2 * (uint32_t)kept;
            kept++;
        } else {
            double *wait_min = &berths->items[kept - 1].wait_min;
            *wait_min = fmin(*wait_min, berths->items[i].wait_min);
        }
    berths->count = kept;
    return kept;
}

const nr_berth *nr_berths_find(const nr_berths *berths, uint32_t node, nr_vehicle vehicle)
{
    const nr_berth wanted = {node, vehicle, 0, NAN};
    if (berths->count == 0) return NULL;
    return bsearch(&wanted, berths->items, berths->count, sizeof *berths->items, by_node_vehicle);
}

void nr_berths_clear(nr_berths *berths)
{
    nr_free(berths->items);
    *berths = (nr_berths){0};
}
