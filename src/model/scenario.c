#include "model/scenario.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/ticks.h"
#include "base/unknown.h"
#include "model/scenario_edit.h"

/* Degrees of latitude are never shorter than this, km. */
static const double KM_PER_DEGREE = 110.5;

/* ---- names and nodes ---- */

nearer_status nr_edit_find_mode(size_t *out, const char *id, nr_edit *e)
{
    *out = nr_mode_find(id);
    if (*out < NR_MODE_COUNT) return NEARER_OK;
    return nr_fail_unknown(e->err, id, nr_mode_known, NULL, "%s: unknown mode '%.40s' in %s",
                           e->scenario->path, id, e->where);
}

nearer_status nr_edit_find_node(uint32_t *out, const char *id, nr_edit *e)
{
    size_t place, node = nr_names_find(&e->network->node_ids, id);
    nearer_error why;
    *out = (uint32_t)node;
    if (node != NR_NO_NAME) return NEARER_OK;
    if (nearer_network_find_place(&place, e->network, id, &why) != NEARER_OK)
        return nr_fail(e->err, why.status, "%s: %s: %.600s", e->scenario->path, e->where,
                       why.message);
    *out = e->network->places[place].node;
    return NEARER_OK;
}

nearer_status nr_edit_find_stop(uint32_t *out, const nr_stop_spec *stop, nr_edit *e)
{
    const nr_lonlat at = {stop->lon, stop->lat};
    if (isnan(at.lon) != isnan(at.lat) || (!isnan(at.lon) && !nr_lonlat_valid(at)))
        return nr_fail(e->err, NEARER_VALUE,
                       "%s: %s: lon_deg and lat_deg in degrees were expected, or neither",
                       e->scenario->path, e->where);
    if (isnan(at.lon)) return nr_edit_find_node(out, stop->id, e);
    if (nr_names_find(&e->network->node_ids, stop->id) != NR_NO_NAME)
        return nr_fail(e->err, NEARER_VALUE,
                       "%s: %s: there is a node '%.60s' already; leave its position out",
                       e->scenario->path, e->where, stop->id);
    return nr_network_add_node(out, e->network, stop->id,
                               stop->name == NULL ? stop->id : stop->name, at, e->err);
}

/* How far a node is, INFINITY when farther than `most` and surely not worth measuring. */
static double far_km(const nr_node *node, nr_lonlat at, double most)
{
    if (fabs(node->at.lat - at.lat) * KM_PER_DEGREE > most || nr_near_km(at, node->at) > most)
        return INFINITY;
    return nr_geodesic_km(at, node->at);
}

nearer_status nr_edit_mark_stops(nr_mode_stops *out, size_t mode, nr_edit *e)
{
    nearer_network *network = e->network;
    out->count = network->node_count;
    out->stops = nr_arena_alloc(&network->arena, out->count, sizeof *out->stops);
    if (out->stops == NULL) return nr_fail_memory(e->err);
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *link = &network->links[i];
        if (link->transfer || (mode != NR_MODE_COUNT && link->mode != mode)) continue;
        out->stops[link->from] = out->stops[link->to] = true;
    }
    return NEARER_OK;
}

uint32_t nr_edit_find_near(const nr_mode_stops *marked, nr_lonlat at, double within_km,
                           const nr_edit *e)
{
    const nearer_network *network = e->network;
    uint32_t best = NR_NO_INDEX;
    double best_km = INFINITY;
    bool best_stops = false;
    for (size_t i = 0; i < marked->count; i++) {
        bool stops = marked->stops[i];
        if (!stops && (best_stops || i >= network->place_count)) continue;
        double km = far_km(&network->nodes[i], at, within_km);
        if (!(km <= within_km) || (stops == best_stops && km >= best_km)) continue;
        best = (uint32_t)i;
        best_km = km;
        best_stops = stops;
    }
    return best;
}

/* ---- links ---- */

nearer_status nr_edit_add_link(nr_edit *e, nr_link link)
{
    nearer_network *network = e->network;
    if (!nr_grow((void **)&network->links, network->link_count, &network->link_capacity,
                 sizeof *network->links))
        return nr_fail_memory(e->err);
    network->links[network->link_count++] = link;
    return NEARER_OK;
}

nearer_status nr_edit_check_minutes(const double *minutes, size_t given, size_t count,
                                    const char *stops, nr_edit *e)
{
    if (given > 0 && given != count)
        return nr_fail(e->err, NEARER_VALUE,
                       "%s: %s.minutes: %zu of them; %zu sections lie between %s",
                       e->scenario->path, e->where, given, count, stops);
    for (size_t k = 0; k < given; k++) {
        nr_ticks ticks;
        if (!(minutes[k] > 0))
            return nr_fail(e->err, NEARER_VALUE, "%s: %s.minutes[%zu]: above 0 was expected",
                           e->scenario->path, e->where, k);
        if (!nr_ticks_count(&ticks, minutes[k], NR_TICKS_PER_MINUTE)) /* as of any link */
            return nr_fail(e->err, NEARER_VALUE,
                           "%s: %s.minutes[%zu] is %.6g: at most 71,582 (49.7 days) can be counted",
                           e->scenario->path, e->where, k, minutes[k]);
    }
    return NEARER_OK;
}

/* ---- what is changed ---- */

bool nr_edit_is_named(const nr_names *names, uint32_t index, const char *wanted)
{
    return wanted == NULL || (index != NR_NO_INDEX && strcmp(names->texts[index], wanted) == 0);
}

typedef struct choice {
    size_t mode;             /* NR_MODE_COUNT: any */
    uint32_t from, to, node; /* NR_NO_INDEX: any */
} choice;

static nearer_status read_choice(choice *out, const nr_link_choice *spec, nr_edit *e)
{
    nr_mode_stops marked;
    *out = (choice){NR_MODE_COUNT, NR_NO_INDEX, NR_NO_INDEX, NR_NO_INDEX};
    if (spec->mode == NULL && spec->layer == NULL && spec->line == NULL && spec->class_id == NULL &&
        spec->service == NULL && spec->from == NULL && spec->to == NULL && spec->node == NULL &&
        spec->line_has == NULL && spec->at.count == 0)
        return nr_fail(
            e->err, NEARER_VALUE,
            "%s: %s: which links? A mode, layer, line, class, service, from, to or node was "
            "expected",
            e->scenario->path, e->where);
    if (spec->mode != NULL) NR_TRY(nr_edit_find_mode(&out->mode, spec->mode, e));
    if (spec->from != NULL) NR_TRY(nr_edit_find_node(&out->from, spec->from, e));
    if (spec->to != NULL) NR_TRY(nr_edit_find_node(&out->to, spec->to, e));
    if (spec->node != NULL) NR_TRY(nr_edit_find_node(&out->node, spec->node, e));
    if (spec->at.count == 0) return NEARER_OK;
    NR_TRY(nr_edit_mark_stops(&marked, out->mode, e));
    out->node = nr_edit_find_near(&marked, spec->at.vertices[0], spec->at.snap_km, e);
    if (out->node != NR_NO_INDEX) return NEARER_OK;
    return nr_fail(e->err, NEARER_NAME, "%s: %s: no node is within %g km (snap_km) of the point",
                   e->scenario->path, e->where, spec->at.snap_km);
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
           nr_edit_is_named(&network->lines, link->line, spec->line) &&
           (spec->line_has == NULL ||
            (link->line != NR_NO_INDEX &&
             strstr(network->lines.texts[link->line], spec->line_has) != NULL)) &&
           nr_edit_is_named(&network->classes, link->class_id, spec->class_id) &&
           nr_edit_is_named(&network->services, link->service, spec->service) &&
           has_end(link, c->from) && has_end(link, c->to) && has_end(link, c->node);
}

/* Closes the links from the beginning, or (factor) makes them take so many times as long. */
static nearer_status change_links(const nr_link_choice *spec, size_t count, bool closes, nr_edit *e)
{
    size_t changed = 0;
    choice c;
    NR_TRY(read_choice(&c, spec, e));
    for (size_t i = 0; i < count; i++) {
        nr_link *link = &e->network->links[i];
        if (!agrees(e->network, link, spec, &c)) continue;
        changed++;
        if (closes)
            link->closed = link->opened;
        else
            link->given_min = nr_link_minutes(e->network, link) * spec->factor;
    }
    if (changed > 0) return NEARER_OK;
    return nr_fail(e->err, NEARER_NAME, "%s: %s: no link agrees with it", e->scenario->path,
                   e->where);
}

static nearer_status change_all(const nr_link_choice *specs, size_t count, bool closes, nr_edit *e)
{
    size_t there = e->network->link_count;
    for (size_t k = 0; k < count; k++) {
        snprintf(e->where, sizeof e->where, "%s", specs[k].where);
        NR_TRY(change_links(&specs[k], there, closes, e));
    }
    return NEARER_OK;
}

nearer_status nr_scenario_apply(nearer_network *network, const nr_scenario *s, nearer_error *err)
{
    nr_edit e = {.network = network, .scenario = s, .err = err};
    if (s->has_modes) memcpy(network->modes, s->modes, sizeof network->modes);
    NR_TRY(change_all(s->slow, s->slow_count, false, &e));
    NR_TRY(change_all(s->close, s->close_count, true, &e));
    for (size_t k = 0; k < s->extend_count; k++) {
        snprintf(e.where, sizeof e.where, "%s", s->extend[k].where);
        NR_TRY(nr_edit_extend(&s->extend[k], &e));
    }
    e.there = network->link_count;
    for (size_t k = 0; k < s->build_count; k++) {
        snprintf(e.where, sizeof e.where, "%s", s->build[k].where);
        NR_TRY(nr_edit_build(&s->build[k], &e));
    }
    return NEARER_OK;
}
