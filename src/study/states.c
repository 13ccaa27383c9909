/* The stretches of a year in which nothing opens, closes or changes. */
#include <stdlib.h>

#include "study/timeline.h"

static int by_date(const void *a, const void *b)
{
    const nr_state *x = a, *y = b;
    return x->date < y->date ? -1 : x->date > y->date;
}

nearer_status nr_year_states(nr_state **out, size_t *count, const nearer_network *network,
                             unsigned modes, int year, nearer_error *err)
{
    nearer_date first = nearer_date_year_end(year - 1) + 1, last = nearer_date_year_end(year);
    nr_state *states = nr_alloc(2 * network->link_count + 1, sizeof *states);
    if (states == NULL) return nr_fail_memory(err);
    size_t n = 0, kept = 1;
    states[n++].date = first;
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if ((modes & 1u << link->mode) == 0) continue;
        if (link->opened > first && link->opened <= last) states[n++].date = link->opened;
        if (link->closed > first && link->closed <= last) states[n++].date = link->closed;
    }
    qsort(states, n, sizeof *states, by_date);
    for (size_t i = 1; i < n; i++)
        if (states[i].date != states[kept - 1].date) states[kept++] = states[i];
    for (size_t i = 0; i < kept; i++) {
        nearer_date end = i + 1 < kept ? states[i + 1].date : last + 1;
        states[i].share = (double)(end - states[i].date) / (double)(last + 1 - first);
    }
    *out = states;
    *count = kept;
    return NEARER_OK;
}
