#include "model/calls.h"

#include <math.h>
#include <string.h>

static nr_link link_of(const nearer_network *network, const nr_call *call)
{
    uint32_t own_line = (uint32_t)network->lines.count + call->number,
             own_service = (uint32_t)network->services.count + call->number;
    return (nr_link){.from = call->node,
                     .to = call->node,
                     .line = call->line == NR_OF_ITS_OWN ? own_line : call->line,
                     .class_id = call->class_id,
                     .service = call->service == NR_OF_ITS_OWN ? own_service : call->service,
                     .mode = call->mode,
                     .opened = NR_ALWAYS_OPEN,
                     .closed = NR_NEVER_CLOSED,
                     .call = true,
                     .given_min = NAN,
                     .speed_kmh = NAN,
                     .length_km = NAN,
                     .wait_min = NAN,
                     .cost = NAN};
}

nearer_status nr_calls_add(nearer_network *out, const nearer_network *network, size_t links,
                           const nr_call *calls, size_t count, const nearer_table *places,
                           nearer_error *err)
{
    *out = *network;
    out->accesses = NULL;
    out->access_count = out->access_capacity = 0;
    out->links = nr_alloc(links + count, sizeof *out->links);
    if (out->links == NULL) return nr_fail_memory(err);
    memcpy(out->links, network->links, links * sizeof *out->links);
    for (size_t i = 0; i < count; i++) out->links[links + i] = link_of(network, &calls[i]);
    out->link_count = out->link_capacity = links + count;
    return nr_network_attach(out, places, err);
}

void nr_calls_clear(nearer_network *network)
{
    nr_free(network->links);
    nr_free(network->accesses);
    network->links = NULL;
    network->accesses = NULL;
}
