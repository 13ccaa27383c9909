#include "model/scenario.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"
#include "model/network.h"

typedef struct builder {
    nearer_network *network;
    const nr_scenario *scenario;
    char where[120]; /* the member being done */
    nearer_error *err;
} builder;

/* ---- names ---- */

static bool is_name(const nr_names *names, uint32_t index, const char *wanted)
{
    return wanted == NULL || (index != NR_NO_INDEX && strcmp(names->texts[index], wanted) == 0);
}

static nearer_status add_name(uint32_t *out, nr_names *names, const char *text, builder *b)
{
    *out = NR_NO_INDEX;
    if (text == NULL) return NEARER_OK;
    size_t index = nr_names_add(names, text);
    if (index == NR_NO_NAME) return nr_fail_memory(b->err);
    *out = (uint32_t)index;
    return NEARER_OK;
}

static nearer_status find_mode(size_t *out, const char *id, builder *b)
{
    *out = nr_mode_find(id);
    if (*out < NR_MODE_COUNT) return NEARER_OK;
    return nr_fail_unknown(b->err, id, nr_mode_known, NULL, "%s: unknown mode '%.40s' in %s",
                           b->scenario->path, id, b->where);
}

/* By id, or by a name a place answers to. */
static nearer_status find_node(uint32_t *out, const char *id, builder *b)
{
    size_t place, node = nr_names_find(&b->network->node_ids, id);
    nearer_error why;
    *out = (uint32_t)node;
    if (node != NR_NO_NAME) return NEARER_OK;
    if (nearer_network_find_place(&place, b->network, id, &why) != NEARER_OK)
        return nr_fail(b->err, why.status, "%s: %s: %.600s", b->scenario->path, b->where,
                       why.message);
    *out = b->network->places[place].node;
    return NEARER_OK;
}

/* ---- what is built ---- */

static nearer_status find_stop(uint32_t *out, const nr_stop_spec *stop, builder *b)
{
    const nr_lonlat at = {stop->lon, stop->lat};
    if (isnan(at.lon) != isnan(at.lat) || (!isnan(at.lon) && !nr_lonlat_valid(at)))
        return nr_fail(b->err, NEARER_VALUE,
                       "%s: %s: lon_deg and lat_deg in degrees were expected, or neither",
                       b->scenario->path, b->where);
    if (isnan(at.lon)) return find_node(out, stop->id, b);
    if (nr_names_find(&b->network->node_ids, stop->id) != NR_NO_NAME)
        return nr_fail(b->err, NEARER_VALUE,
                       "%s: %s: there is a node '%.60s' already; leave its position out",
                       b->scenario->path, b->where, stop->id);
    return nr_network_add_node(out, b->network, stop->id,
                               stop->name == NULL ? stop->id : stop->name, at, b->err);
}

static nearer_status push(builder *b, nr_link link)
{
    nearer_network *network = b->network;
    if (!nr_grow((void **)&network->links, network->link_count, &network->link_capacity,
                 sizeof *network->links))
        return nr_fail_memory(b->err);
    network->links[network->link_count++] = link;
    return NEARER_OK;
}

static nearer_status check_line(const nr_built_line *line, builder *b)
{
    const char *path = b->scenario->path;
    if (line->stop_count < 2)
        return nr_fail(b->err, NEARER_VALUE, "%s: %s.stops: at least two stops were expected", path,
                       b->where);
    if (line->minute_count > 0 && line->minute_count != line->stop_count - 1)
        return nr_fail(b->err, NEARER_VALUE,
                       "%s: %s.minutes: %zu of them; %zu sections lie between the stops", path,
                       b->where, line->minute_count, line->stop_count - 1);
    for (size_t k = 0; k < line->minute_count; k++)
        if (!(line->minutes[k] > 0))
            return nr_fail(b->err, NEARER_VALUE, "%s: %s.minutes[%zu]: above 0 was expected", path,
                           b->where, k);
    return NEARER_OK;
}

/* The layer that links of a scenario stand in: the first of their mode, else the first. */
static uint16_t layer_of(const nearer_network *network, size_t mode)
{
    for (size_t k = 0; k < network->layer_count; k++)
        if (network->layers[k].mode == mode) return (uint16_t)k;
    return 0;
}

/* Riders stay aboard from stop to stop: a line without a service has one of its own. */
static nearer_status name_line(nr_link *link, const nr_built_line *line, builder *b)
{
    NR_TRY(add_name(&link->line, &b->network->lines, line->line, b));
    NR_TRY(add_name(&link->class_id, &b->network->classes, line->class_id, b));
    return add_name(&link->service, &b->network->services,
                    line->service == NULL ? line->line : line->service, b);
}

static nearer_status build_line(const nr_built_line *line, builder *b)
{
    size_t mode;
    char member[sizeof b->where];
    NR_TRY(find_mode(&mode, line->mode, b));
    NR_TRY(check_line(line, b));
    nr_link link = {.layer = layer_of(b->network, mode),
                    .mode = (uint8_t)mode,
                    .oneway = line->oneway,
                    .opened = line->opened,
                    .closed = NR_NEVER_CLOSED,
                    .given_min = NAN,
                    .speed_kmh = line->speed_kmh,
                    .length_km = NAN,
                    .wait_min = NAN,
                    .cost = NAN,
                    .estimated = true};
    NR_TRY(name_line(&link, line, b));
    snprintf(member, sizeof member, "%s", b->where);
    for (size_t k = 0; k < line->stop_count; k++) {
        snprintf(b->where, sizeof b->where, "%.80s.stops[%zu]", member, k);
        NR_TRY(find_stop(&link.to, &line->stops[k], b));
        link.great_circle_km =
            nr_geodesic_km(b->network->nodes[link.from].at, b->network->nodes[link.to].at);
        if (k > 0 && link.from == link.to)
            return nr_fail(b->err, NEARER_VALUE, "%s: %s: the stop before it once more",
                           b->scenario->path, b->where);
        if (line->minute_count > 0 && k > 0) link.given_min = line->minutes[k - 1];
        if (k > 0) NR_TRY(push(b, link));
        link.from = link.to;
    }
    return NEARER_OK;
}

/* ---- what is changed ---- */

typedef struct choice {
    size_t mode;             /* NR_MODE_COUNT: any */
    uint32_t from, to, node; /* NR_NO_INDEX: any */
} choice;

static nearer_status read_choice(choice *out, const nr_link_choice *spec, builder *b)
{
    *out = (choice){NR_MODE_COUNT, NR_NO_INDEX, NR_NO_INDEX, NR_NO_INDEX};
    if (spec->mode == NULL && spec->layer == NULL && spec->line == NULL && spec->class_id == NULL &&
        spec->service == NULL && spec->from == NULL && spec->to == NULL && spec->node == NULL &&
        spec->line_has == NULL)
        return nr_fail(
            b->err, NEARER_VALUE,
            "%s: %s: which links? A mode, layer, line, class, service, from, to or node was "
            "expected",
            b->scenario->path, b->where);
    if (spec->mode != NULL) NR_TRY(find_mode(&out->mode, spec->mode, b));
    if (spec->from != NULL) NR_TRY(find_node(&out->from, spec->from, b));
    if (spec->to != NULL) NR_TRY(find_node(&out->to, spec->to, b));
    if (spec->node != NULL) NR_TRY(find_node(&out->node, spec->node, b));
    return NEARER_OK;
}

static bool has_end(const nr_link *link, uint32_t node)
{
    return node == NR_NO_INDEX || link->from == node || link->to == node;
}

/* From and to hold either way round, as links run both ways. */
static bool agrees(const nearer_network *network, const nr_link *link, const nr_link_choice *spec,
                   const choice *c)
{
    return (c->mode == NR_MODE_COUNT || link->mode == c->mode) &&
           (spec->layer == NULL || strcmp(network->layers[link->layer].id, spec->layer) == 0) &&
           is_name(&network->lines, link->line, spec->line) &&
           (spec->line_has == NULL ||
            (link->line != NR_NO_INDEX &&
             strstr(network->lines.texts[link->line], spec->line_has) != NULL)) &&
           is_name(&network->classes, link->class_id, spec->class_id) &&
           is_name(&network->services, link->service, spec->service) && has_end(link, c->from) &&
           has_end(link, c->to) && has_end(link, c->node);
}

/* Closes the links from the beginning, or (factor) makes them take so many times as long. */
static nearer_status change_links(const nr_link_choice *spec, size_t count, bool closes, builder *b)
{
    size_t changed = 0;
    choice c;
    NR_TRY(read_choice(&c, spec, b));
    for (size_t i = 0; i < count; i++) {
        nr_link *link = &b->network->links[i];
        if (!agrees(b->network, link, spec, &c)) continue;
        changed++;
        if (closes)
            link->closed = link->opened;
        else
            link->given_min = nr_link_minutes(b->network, link) * spec->factor;
    }
    if (changed > 0) return NEARER_OK;
    return nr_fail(b->err, NEARER_NAME, "%s: %s: no link agrees with it", b->scenario->path,
                   b->where);
}

nearer_status nr_scenario_apply(nearer_network *network, const nr_scenario *s, nearer_error *err)
{
    builder b = {.network = network, .scenario = s, .err = err};
    size_t there = network->link_count;
    if (s->has_modes) memcpy(network->modes, s->modes, sizeof network->modes);
    for (size_t k = 0; k < s->slow_count; k++) {
        snprintf(b.where, sizeof b.where, "slow[%zu]", k);
        NR_TRY(change_links(&s->slow[k], there, false, &b));
    }
    for (size_t k = 0; k < s->close_count; k++) {
        snprintf(b.where, sizeof b.where, "close[%zu]", k);
        NR_TRY(change_links(&s->close[k], there, true, &b));
    }
    for (size_t k = 0; k < s->build_count; k++) {
        snprintf(b.where, sizeof b.where, "build[%zu]", k);
        NR_TRY(build_line(&s->build[k], &b));
    }
    return NEARER_OK;
}
