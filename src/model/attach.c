/* Which nodes of each mode a place can use: its own, and all within the mode's limit. A
 * mode that does not board is entered at the place's own node when it has one. */
#include <math.h>
#include <stdlib.h>

#include "model/network.h"
#include "model/table.h"

/* Degrees of latitude are never shorter than this, km. */
static const double KM_PER_DEGREE = 110.5;

typedef struct nearest {
    uint32_t node;
    double km;
} nearest;

static nearer_status add_access(nearer_network *network, nr_access access, nearer_error *err)
{
    if (!nr_grow((void **)&network->accesses, network->access_count, &network->access_capacity,
                 sizeof *network->accesses))
        return nr_fail_memory(err);
    network->accesses[network->access_count++] = access;
    return NEARER_OK;
}

/* Adds the nodes of one mode within its limit of one place; `closest` keeps the nearest seen. */
static nearer_status attach_mode(nearer_network *network, uint32_t place, uint8_t mode,
                                 const bool *of_mode, const uint32_t *nodes, size_t n,
                                 nearest *closest, nearer_error *err)
{
    double limit = network->modes[mode].parameters.access_limit_km;
    nr_lonlat at = network->places[place].at;
    bool boards = network->modes[mode].parameters.boards;
    uint32_t hub = network->places[place].node;
    if (!boards && of_mode[hub]) {
        *closest = (nearest){hub, 0};
        return add_access(network, (nr_access){place, hub, mode, true, true, 0}, err);
    }
    for (size_t i = 0; i < n; i++) {
        const nr_node *node = &network->nodes[nodes[i]];
        bool own = nodes[i] == hub || node->station_of == place;
        double reach = fmax(limit, closest->km);
        if (!own && fabs(node->at.lat - at.lat) * KM_PER_DEGREE > reach) continue;
        if (!own && nr_near_km(at, node->at) > reach) continue;
        double km = nodes[i] == hub ? 0 : nr_geodesic_km(at, node->at);
        if (km < closest->km) *closest = (nearest){nodes[i], km};
        if (!own && km > limit) continue;
        NR_TRY(
            add_access(network, (nr_access){place, nodes[i], mode, nodes[i] == hub, own, km}, err));
    }
    return NEARER_OK;
}

static int by_place_mode_km(const void *a, const void *b)
{
    const nr_access *x = a, *y = b;
    if (x->place != y->place) return x->place < y->place ? -1 : 1;
    if (x->mode != y->mode) return x->mode < y->mode ? -1 : 1;
    if (x->own != y->own) return x->own ? -1 : 1;
    if (x->km < y->km) return -1;
    if (x->km > y->km) return 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* The nodes where a mode can be boarded, in order of number. */
static size_t nodes_of_mode(uint32_t *out, bool *seen, const nearer_network *network, uint8_t mode)
{
    size_t n = 0;
    for (size_t i = 0; i < network->node_count; i++) seen[i] = false;
    for (size_t i = 0; i < network->link_count; i++)
        if (network->links[i].mode == mode && !network->links[i].transfer)
            seen[network->links[i].from] = seen[network->links[i].to] = true;
    for (size_t i = 0; i < network->node_count; i++)
        if (seen[i]) out[n++] = (uint32_t)i;
    return n;
}

static nearer_status fail_far(const nearer_network *network, uint32_t place, nearest closest,
                              const nearer_table *places, nearer_error *err)
{
    char where[NR_WHERE];
    double limit = 0;
    if (isinf(closest.km))
        return nr_fail(err, NEARER_VALUE,
                       "%s: place '%s' has no station: all links are transfers, some that are "
                       "ridden were expected",
                       nr_table_where(places, network->places[place].row, where),
                       network->places[place].name);
    for (size_t i = 0; i < network->link_count; i++)
        limit = fmax(limit, network->modes[network->links[i].mode].parameters.access_limit_km);
    return nr_fail(err, NEARER_VALUE,
                   "%s: place '%s' is %.0f km from the nearest node '%s'; at most %.0f km "
                   "(access_limit_km of the modes) was expected",
                   nr_table_where(places, network->places[place].row, where),
                   network->places[place].name, closest.km, network->nodes[closest.node].id, limit);
}

nearer_status nr_network_attach(nearer_network *network, const nearer_table *places,
                                nearer_error *err)
{
    uint32_t *nodes = nr_alloc(network->node_count, sizeof *nodes);
    bool *seen = nr_alloc(network->node_count, sizeof *seen);
    nearest *closest = nr_alloc(network->place_count, sizeof *closest);
    bool *attached = nr_alloc(network->place_count, sizeof *attached);
    nearer_status status = nodes == NULL || seen == NULL || closest == NULL || attached == NULL
                               ? nr_fail_memory(err)
                               : NEARER_OK;
    for (size_t p = 0; status == NEARER_OK && p < network->place_count; p++)
        closest[p] = (nearest){0, INFINITY};
    for (uint8_t mode = 0; status == NEARER_OK && mode < NR_MODE_COUNT; mode++) {
        size_t n = nodes_of_mode(nodes, seen, network, mode);
        for (uint32_t p = 0; status == NEARER_OK && p < network->place_count; p++) {
            size_t before = network->access_count;
            status = attach_mode(network, p, mode, seen, nodes, n, &closest[p], err);
            attached[p] = attached[p] || network->access_count > before;
        }
    }
    for (uint32_t p = 0; status == NEARER_OK && p < network->place_count; p++)
        if (!attached[p]) status = fail_far(network, p, closest[p], places, err);
    if (status == NEARER_OK && network->access_count > 0)
        qsort(network->accesses, network->access_count, sizeof *network->accesses,
              by_place_mode_km);
    nr_free(nodes);
    nr_free(seen);
    nr_free(closest);
    nr_free(attached);
    return status;
}
