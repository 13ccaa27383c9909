#include "graph/berths.h"

#include <stdlib.h>

#include "base/memory.h"

bool nr_berths_add(nr_berths *berths, uint32_t node, uint32_t service)
{
    if (!nr_grow((void **)&berths->items, berths->count, &berths->capacity, sizeof *berths->items))
        return false;
    berths->items[berths->count++] = (nr_berth){node, service, 0};
    return true;
}

static int by_node_service(const void *a, const void *b)
{
    const nr_berth *x = a, *y = b;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    return x->service < y->service ? -1 : x->service > y->service;
}

size_t nr_berths_number(nr_berths *berths, uint32_t first)
{
    size_t kept = 0;
    if (berths->count == 0) return 0;
    qsort(berths->items, berths->count, sizeof *berths->items, by_node_service);
    for (size_t i = 0; i < berths->count; i++)
        if (i == 0 || by_node_service(&berths->items[i], &berths->items[kept - 1]) != 0) {
            berths->items[kept] = berths->items[i];
            berths->items[kept].departure = first + 2 * (uint32_t)kept;
            kept++;
        }
    berths->count = kept;
    return kept;
}

uint32_t nr_berths_departure(const nr_berths *berths, uint32_t node, uint32_t service)
{
    const nr_berth wanted = {node, service, 0};
    const nr_berth *found =
        bsearch(&wanted, berths->items, berths->count, sizeof *berths->items, by_node_service);
    return found->departure;
}

void nr_berths_clear(nr_berths *berths)
{
    nr_free(berths->items);
    *berths = (nr_berths){0};
}
