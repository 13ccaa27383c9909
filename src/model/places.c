/* Places: read from their table, found by id or by any of their names. */
#include <math.h>
#include <string.h>

#include "base/unknown.h"
#include "model/network.h"
#include "model/table.h"

#define NO_COLUMN ((size_t)-1)

nearer_status nr_table_read_lonlat(nr_lonlat *out, const nearer_table *table, size_t row,
                                   size_t lon, size_t lat, nearer_error *err)
{
    char where[NR_WHERE], number[NR_NUMBER_TEXT], other[NR_NUMBER_TEXT];
    nr_lonlat at;
    NR_TRY(nr_table_read_number(&at.lon, table, row, lon, err));
    NR_TRY(nr_table_read_number(&at.lat, table, row, lat, err));
    if (!nr_lonlat_valid(at)) /* also when NAN */
        return nr_fail(err, NEARER_VALUE,
                       "%s: position is (%s, %s), longitude -180 to 180 and latitude -90 to 90 in "
                       "degrees were expected",
                       nr_table_where(table, row, where), nr_format_number(at.lon, number),
                       nr_format_number(at.lat, other));
    *out = at;
    return NEARER_OK;
}

/* A layer's shapes are good, or none; the ends that a table gives as columns may be anything. */
nearer_status nr_table_check_ends(const nearer_table *table, nearer_error *err)
{
    const char *const names[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    size_t columns[4];
    nr_lonlat at;
    if (nr_table_facts(table) != NULL) return NEARER_OK;
    for (size_t i = 0; i < 4; i++) NR_TRY(nr_table_require(&columns[i], table, names[i], err));
    for (size_t row = 0; row < nearer_table_rows(table); row++)
        for (size_t i = 0; i < 4; i += 2)
            NR_TRY(nr_table_read_lonlat(&at, table, row, columns[i], columns[i + 1], err));
    return NEARER_OK;
}

nearer_status nr_network_add_node(uint32_t *out, nearer_network *network, const char *id,
                                  const char *name, nr_lonlat at, nearer_error *err)
{
    size_t index = nr_names_add(&network->node_ids, id);
    char *copy = nr_arena_text(&network->arena, name[0] != 0 ? name : id);
    if (index == NR_NO_NAME || copy == NULL ||
        !nr_grow((void **)&network->nodes, network->node_count, &network->node_capacity,
                 sizeof *network->nodes))
        return nr_fail_memory(err);
    network->nodes[network->node_count++] =
        (nr_node){network->node_ids.texts[index], copy, at, NR_NO_INDEX, NR_NO_INDEX, NAN};
    *out = (uint32_t)index;
    return NEARER_OK;
}

/* A place answers to a word; two places to the same word answer to none. */
static bool add_word(nearer_network *network, const char *word, uint32_t place)
{
    char lower[128];
    size_t n = strlen(word);
    if (n == 0 || n >= sizeof lower) return true;
    for (size_t i = 0; i <= n; i++)
        lower[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i]);
    size_t before = network->place_words.count;
    size_t index = nr_names_add(&network->place_words, lower);
    if (index == NR_NO_NAME) return false;
    if (!nr_grow((void **)&network->word_places, index, &network->word_capacity,
                 sizeof *network->word_places))
        return false;
    if (index == before)
        network->word_places[index] = place;
    else if (network->word_places[index] != place)
        network->word_places[index] = NR_NO_INDEX;
    return true;
}

nearer_status nearer_network_find_place(size_t *out, const nearer_network *network,
                                        const char *name, nearer_error *err)
{
    char lower[128];
    size_t n = strlen(name), word = NR_NO_NAME;
    if (n < sizeof lower) {
        for (size_t i = 0; i <= n; i++)
            lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
        word = nr_names_find(&network->place_words, lower);
    }
    if (word != NR_NO_NAME && network->word_places[word] != NR_NO_INDEX) {
        *out = network->word_places[word];
        return NEARER_OK;
    }
    if (word != NR_NO_NAME)
        return nr_fail(err, NEARER_NAME, "'%s' is the name of several places; give the id instead",
                       name);
    const char *near = nr_suggest(name, nr_names_known, &network->place_words);
    size_t at = near == NULL ? NR_NO_NAME : nr_names_find(&network->place_words, near);
    if (at != NR_NO_NAME && network->word_places[at] != NR_NO_INDEX) {
        const nr_place *place = &network->places[network->word_places[at]];
        return nr_fail(err, NEARER_NAME, "no place '%.80s'; did you mean '%s' (%s)?", name,
                       place->name, place->id);
    }
    return nr_fail(err, NEARER_NAME,
                   "no place '%.80s'; an id or a name of the study's places was expected", name);
}

static nearer_status add_place(nearer_network *network, const nearer_table *table, size_t row,
                               const size_t *columns, const size_t *names, size_t name_count,
                               nearer_error *err)
{
    char where[NR_WHERE], number[NR_NUMBER_TEXT];
    const char *id = nr_table_id(table, row, columns[0], number);
    if (id[0] == 0)
        return nr_fail(err, NEARER_VALUE, "%s: the place has no %s",
                       nr_table_where(table, row, where),
                       nearer_table_column_name(table, columns[0]));
    if (nr_names_find(&network->node_ids, id) != NR_NO_NAME)
        return nr_fail(err, NEARER_VALUE, "%s: place id '%s' stands twice",
                       nr_table_where(table, row, where), id);
    nr_lonlat at = {NAN, NAN}; /* places of a matrix may have none */
    if (columns[2] != NO_COLUMN)
        NR_TRY(nr_table_read_lonlat(&at, table, row, columns[2], columns[3], err));
    uint32_t node = 0;
    char name_text[NR_NUMBER_TEXT];
    const char *name = nr_table_id(table, row, columns[1], name_text);
    NR_TRY(nr_network_add_node(&node, network, id, name, at, err));
    uint32_t place = (uint32_t)network->place_count++;
    network->nodes[node].place = place;
    network->places[place] =
        (nr_place){network->nodes[node].id, network->nodes[node].name, at, node, row};
    bool good = add_word(network, id, place) && add_word(network, name, place);
    for (size_t i = 0; i < name_count; i++)
        good = good && add_word(network, nr_table_cell(table, row, names[i], number), place);
    return good ? NEARER_OK : nr_fail_memory(err);
}

nearer_status nr_network_add_places(nearer_network *network, const nr_study_spec *spec,
                                    const nearer_table *table, nearer_error *err)
{
    const nr_places_spec *p = &spec->places;
    const char *wanted[] = {p->id, p->name == NULL ? p->id : p->name, p->lon, p->lat};
    size_t columns[4], names[8];
    for (size_t i = 0; i < 4; i++) {
        columns[i] = NO_COLUMN;
        if (wanted[i] == NULL) continue;
        NR_TRY(i < 2 ? nr_table_require_id(&columns[i], table, wanted[i], err)
                     : nr_table_require(&columns[i], table, wanted[i], err));
    }
    if (p->names.count > 8)
        return nr_fail(err, NEARER_VALUE, "%s: places.names has %zu columns, up to 8 are read",
                       spec->path, p->names.count);
    for (size_t i = 0; i < p->names.count; i++)
        NR_TRY(nr_table_require(&names[i], table, p->names.items[i], err));
    size_t n = nearer_table_rows(table);
    if (n == 0) return nr_fail(err, NEARER_NODATA, "%s: it has no places", nr_table_source(table));
    network->places = nr_alloc(n, sizeof *network->places);
    if (network->places == NULL) return nr_fail_memory(err);
    for (size_t row = 0; row < n; row++)
        NR_TRY(add_place(network, table, row, columns, names, p->names.count, err));
    return NEARER_OK;
}

static nearer_status read_station_of(nearer_network *network, uint32_t node,
                                     const nearer_table *table, size_t row, size_t column,
                                     nearer_error *err)
{
    char where[NR_WHERE], number[NR_NUMBER_TEXT];
    const char *name = nr_table_cell(table, row, column, number);
    size_t place;
    nearer_error why;
    if (name[0] == 0) return NEARER_OK;
    if (nearer_network_find_place(&place, network, name, &why) != NEARER_OK)
        return nr_fail(err, why.status, "%s: %.800s", nr_table_where(table, row, where),
                       why.message);
    network->nodes[node].station_of = (uint32_t)place;
    return NEARER_OK;
}

static nearer_status read_access(nearer_network *network, uint32_t node, const nearer_table *table,
                                 size_t row, size_t column, nearer_error *err)
{
    char where[NR_WHERE];
    double minutes;
    NR_TRY(nr_table_read_number(&minutes, table, row, column, err));
    if (isnan(minutes)) return NEARER_OK;
    if (minutes < 0 || isinf(minutes))
        return nr_fail(err, NEARER_VALUE, "%s: %s is %g, minutes of 0 or more were expected",
                       nr_table_where(table, row, where), nearer_table_column_name(table, column),
                       minutes);
    network->nodes[node].access_min = minutes;
    return NEARER_OK;
}

/* Two layers may know one node by slightly different coordinates. */
static const double SAME_NODE_KM = 10;

nearer_status nr_network_add_nodes(nearer_network *network, const nr_nodes_spec *spec,
                                   const nearer_table *table, nearer_error *err)
{
    size_t id, name, lon, lat, place = 0, access = 0, before = network->node_count;
    NR_TRY(nr_table_require(&id, table, spec->id, err));
    NR_TRY(nr_table_require(&name, table, spec->name == NULL ? spec->id : spec->name, err));
    NR_TRY(nr_table_require(&lon, table, spec->lon, err));
    NR_TRY(nr_table_require(&lat, table, spec->lat, err));
    if (spec->place != NULL) NR_TRY(nr_table_require(&place, table, spec->place, err));
    if (spec->access_min != NULL) NR_TRY(nr_table_require(&access, table, spec->access_min, err));
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        char where[NR_WHERE], id_text[NR_NUMBER_TEXT], name_text[NR_NUMBER_TEXT];
        const char *text = nr_table_cell(table, row, id, id_text);
        if (text[0] == 0)
            return nr_fail(err, NEARER_VALUE, "%s: the node has no %s",
                           nr_table_where(table, row, where), spec->id);
        nr_lonlat at;
        uint32_t node;
        NR_TRY(nr_table_read_lonlat(&at, table, row, lon, lat, err));
        size_t known = nr_names_find(&network->node_ids, text);
        if (known != NR_NO_NAME) {
            double apart = nr_geodesic_km(at, network->nodes[known].at);
            if (known >= before || apart > SAME_NODE_KM)
                return nr_fail(err, NEARER_VALUE,
                               "%s: node id '%s' stands twice, %.0f km apart; an id of its own was "
                               "expected",
                               nr_table_where(table, row, where), text, apart);
            node = (uint32_t)known; /* one node of several layers: riders change there */
        } else {
            NR_TRY(nr_network_add_node(&node, network, text,
                                       nr_table_cell(table, row, name, name_text), at, err));
        }
        if (spec->place != NULL) NR_TRY(read_station_of(network, node, table, row, place, err));
        if (spec->access_min != NULL) NR_TRY(read_access(network, node, table, row, access, err));
    }
    return NEARER_OK;
}
