#include "model/network.h"

#include <math.h>
#include <string.h>

#include "base/unknown.h"
#include "model/table.h"

/* The nodes of a file that holds a network have the usual columns. */
static nearer_status add_nodes(nearer_network *network, const nr_nodes_spec *spec,
                               const nearer_table *nodes, nearer_error *err)
{
    nr_nodes_spec usual = {.id = "id", .lon = "lon_deg", .lat = "lat_deg"};
    if (nearer_table_find(nodes, "name") >= 0) usual.name = "name";
    return nr_network_add_nodes(network, spec->file != NULL ? spec : &usual, nodes, err);
}

nearer_status nr_network_build(nearer_network **out, const nr_study_spec *spec,
                               const nearer_table *places, const nr_network_tables *layers,
                               nearer_error *err)
{
    nearer_network *network = nr_alloc(1, sizeof *network);
    if (network == NULL) return nr_fail_memory(err);
    memcpy(network->modes, spec->modes, sizeof network->modes);
    network->layers = nr_alloc(spec->layer_count, sizeof *network->layers);
    nearer_status status = network->layers == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) status = nr_network_add_places(network, spec, places, err);
    for (size_t i = 0; i < spec->layer_count && status == NEARER_OK; i++)
        if (layers[i].nodes != NULL)
            status = add_nodes(network, &spec->layers[i].nodes, layers[i].nodes, err);
    for (size_t i = 0; i < spec->layer_count && status == NEARER_OK; i++)
        status = nr_network_add_layer(network, &spec->layers[i], (uint16_t)i, layers[i].links, err);
    for (size_t i = 0; i < spec->scenario_count && status == NEARER_OK; i++)
        status = nr_scenario_apply(network, &spec->scenarios[i], err);
    if (status == NEARER_OK) status = nr_network_attach(network, places, err);
    if (status != NEARER_OK) {
        nr_network_free(network);
        return status;
    }
    *out = network;
    return NEARER_OK;
}

void nr_network_free(nearer_network *network)
{
    if (network == NULL) return;
    nr_free(network->places);
    nr_free(network->nodes);
    nr_free(network->links);
    nr_free(network->shapes);
    nr_free(network->layers);
    nr_free(network->given[0]);
    nr_free(network->given[1]);
    nr_free(network->given_own[0]);
    nr_free(network->given_own[1]);
    nr_free(network->accesses);
    nr_free(network->word_places);
    nr_names_clear(&network->node_ids);
    nr_names_clear(&network->lines);
    nr_names_clear(&network->classes);
    nr_names_clear(&network->services);
    nr_names_clear(&network->place_words);
    nr_arena_clear(&network->arena);
    nr_free(network);
}

double nr_link_km(const nearer_network *network, const nr_link *link)
{
    return isnan(link->length_km)
               ? link->great_circle_km * network->modes[link->mode].parameters.detour
               : link->length_km;
}

bool nr_link_open(const nr_link *link, nearer_date date)
{
    return link->opened <= date && date < link->closed;
}

static double class_speed(const nearer_network *network, const nr_link *link)
{
    if (link->class_id == NR_NO_INDEX) return NAN;
    const nr_mode *mode = &network->modes[link->mode];
    const char *id = network->classes.texts[link->class_id];
    for (size_t i = 0; i < mode->class_count; i++)
        if (strcmp(mode->classes[i].id, id) == 0) return mode->classes[i].speed_kmh;
    return NAN;
}

double nr_link_minutes(const nearer_network *network, const nr_link *link)
{
    return nr_mode_run_min(&network->modes[link->mode].parameters, link->given_min, link->length_km,
                           link->great_circle_km,
                           isnan(link->speed_kmh) ? class_speed(network, link) : link->speed_kmh);
}

const char *nr_link_line(const nearer_network *network, const nr_link *link)
{
    if (link->line != NR_NO_INDEX) return network->lines.texts[link->line];
    if (link->class_id != NR_NO_INDEX) return network->classes.texts[link->class_id];
    return network->layers[link->layer].id;
}

nearer_status nr_network_modes(unsigned *out, const nearer_network *network, const char *modes,
                               nearer_error *err)
{
    unsigned present = 0, wanted = 0;
    for (size_t i = 0; i < network->link_count; i++) present |= 1u << network->links[i].mode;
    if (modes == NULL) {
        *out = present;
        return NEARER_OK;
    }
    for (const char *p = modes;; p++) {
        char word[32];
        size_t n = strcspn(p, ",");
        size_t kept = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, p, kept);
        word[kept] = 0;
        size_t mode = nr_mode_find(word);
        if (mode == NR_MODE_COUNT)
            return nr_fail_unknown(err, word, nr_mode_known, NULL, "unknown mode '%s'", word);
        if ((present & 1u << mode) == 0)
            return nr_fail(err, NEARER_NAME, "the study has no links of mode '%s'", word);
        wanted |= 1u << mode;
        p += n;
        if (*p == 0) break;
    }
    *out = wanted;
    return NEARER_OK;
}

size_t nearer_network_places(const nearer_network *network)
{
    return network->place_count;
}

const char *nearer_network_place_id(const nearer_network *network, size_t place)
{
    return network->places[place].id;
}

const char *nearer_network_place_name(const nearer_network *network, size_t place)
{
    return network->places[place].name;
}

void nr_study_spec_clear(nr_study_spec *spec)
{
    nr_arena_clear(&spec->arena);
    *spec = (nr_study_spec){0};
}
