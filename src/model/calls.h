/* model/calls: a network as it is, with vehicles that call where nothing of their kind runs yet: so
 * that what a new line would bring can be told from ways to its stops and from them. */
#ifndef NR_MODEL_CALLS_H
#define NR_MODEL_CALLS_H
#include "model/network.h"

/* What calls at a node: a link's mode, class, line and service; where these are left to it, a line
 * and service of its own, the same for all that bear one number. */
typedef struct nr_call {
    uint32_t node;
    uint8_t mode;
    uint32_t class_id, line, service; /* NR_NO_INDEX as in a link; NR_OF_ITS_OWN */
    uint32_t number;                  /* of what is its own */
} nr_call;
#define NR_OF_ITS_OWN (UINT32_MAX - 1)

/* Borrows all but links and accesses: the first `links` of the network's, then the calls; places
 * are attached anew, as a station that is called at may be used from places around it. A call
 * changes no time: nobody can go anywhere by it. Fails as nr_network_attach; clear with
 * nr_calls_clear, also then. */
nearer_status nr_calls_add(nearer_network *out, const nearer_network *network, size_t links,
                           const nr_call *calls, size_t count, const nearer_table *places,
                           nearer_error *err);
void nr_calls_clear(nearer_network *network);
#endif
