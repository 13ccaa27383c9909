/* Lines that a scenario builds, and stops that it adds to lines that are there. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"
#include "model/scenario_edit.h"

static nearer_status add_name(uint32_t *out, nr_names *names, const char *text, nr_edit *e)
{
    *out = NR_NO_INDEX;
    if (text == NULL) return NEARER_OK;
    size_t index = nr_names_add(names, text);
    if (index == NR_NO_NAME) return nr_fail_memory(e->err);
    *out = (uint32_t)index;
    return NEARER_OK;
}

static double great_circle_km(const nr_edit *e, uint32_t a, uint32_t b)
{
    return nr_geodesic_km(e->network->nodes[a].at, e->network->nodes[b].at);
}

/* ---- a line's stops ---- */

static nearer_status read_stops(nr_found_stop **out, size_t *count, const nr_built_line *line,
                                nr_edit *e)
{
    char member[sizeof e->where];
    nr_found_stop *stops = nr_arena_alloc(&e->network->arena, line->stop_count, sizeof *stops);
    if (stops == NULL) return nr_fail_memory(e->err);
    snprintf(member, sizeof member, "%s", e->where);
    for (size_t k = 0; k < line->stop_count; k++) {
        snprintf(e->where, sizeof e->where, "%.80s.stops[%zu]", member, k);
        stops[k].along_km = NAN;
        NR_TRY(nr_edit_find_stop(&stops[k].node, &line->stops[k], e));
    }
    snprintf(e->where, sizeof e->where, "%s", member);
    *out = stops;
    *count = line->stop_count;
    return NEARER_OK;
}

/* Each is another than the one before, and some way behind it. */
static nearer_status check_stops(const nr_found_stop *stops, size_t count, nr_edit *e)
{
    const nr_node *nodes = e->network->nodes;
    if (count < 2)
        return nr_fail(e->err, NEARER_VALUE, "%s: %s.stops: at least two stops were expected",
                       e->scenario->path, e->where);
    for (size_t k = 1; k < count; k++) {
        if (stops[k].node == stops[k - 1].node)
            return nr_fail(e->err, NEARER_VALUE, "%s: %s.stops[%zu]: the stop before it once more",
                           e->scenario->path, e->where, k);
        if (!(stops[k].along_km <= stops[k - 1].along_km)) continue;
        return nr_fail(e->err, NEARER_VALUE,
                       "%s: %s.stops[%zu]: nothing is drawn between %s and %s", e->scenario->path,
                       e->where, k, nodes[stops[k - 1].node].name, nodes[stops[k].node].name);
    }
    return NEARER_OK;
}

/* What a drawing was read as, for who counted otherwise. */
static const char *list_stops(char out[200], const nr_found_stop *stops, size_t count,
                              const nr_built_line *line, const nr_edit *e)
{
    if (line->stop_count > 0) return "the stops";
    size_t n = (size_t)snprintf(out, 200, "the stops that are drawn:");
    for (size_t k = 0; k < count && n < 200; k++)
        n += (size_t)snprintf(out + n, 200 - n, "%s %s", k == 0 ? "" : ",",
                              e->network->nodes[stops[k].node].name);
    return out;
}

/* ---- a line's links ---- */

/* The layer that links of a scenario stand in: the first of their mode, else the first. */
static uint16_t layer_of(const nearer_network *network, size_t mode)
{
    for (size_t k = 0; k < network->layer_count; k++)
        if (network->layers[k].mode == mode) return (uint16_t)k;
    return 0;
}

/* Riders stay aboard from stop to stop: a line without a service has one of its own. */
static nearer_status name_line(nr_link *link, const nr_built_line *line, nr_edit *e)
{
    NR_TRY(add_name(&link->line, &e->network->lines, line->line, e));
    NR_TRY(add_name(&link->class_id, &e->network->classes, line->class_id, e));
    return add_name(&link->service, &e->network->services,
                    line->service == NULL ? line->line : line->service, e);
}

/* A class that has a speed, or that links of the mode are of before anything is built. */
static bool is_class(const char *id, size_t mode, const nr_edit *e)
{
    const nearer_network *network = e->network;
    const nr_mode *m = &network->modes[mode];
    size_t wanted = nr_names_find(&network->classes, id);
    for (size_t k = 0; k < m->class_count; k++)
        if (strcmp(m->classes[k].id, id) == 0) return true;
    for (size_t i = 0; wanted != NR_NO_NAME && i < e->there; i++)
        if (network->links[i].mode == mode && network->links[i].class_id == wanted) return true;
    return false;
}

static bool list_classes(nr_names *out, size_t mode, const nr_edit *e)
{
    const nearer_network *network = e->network;
    const nr_mode *m = &network->modes[mode];
    bool good = true;
    for (size_t k = 0; good && k < m->class_count; k++)
        good = nr_names_add(out, m->classes[k].id) != NR_NO_NAME;
    for (size_t i = 0; good && i < e->there; i++) {
        const nr_link *link = &network->links[i];
        if (link->mode == mode && link->class_id != NR_NO_INDEX)
            good = nr_names_add(out, network->classes.texts[link->class_id]) != NR_NO_NAME;
    }
    return good;
}

/* A slip in the class of a line that has its speed by it would go unseen. */
static nearer_status check_class(const nr_built_line *line, size_t mode, nr_edit *e)
{
    nr_names known = {0};
    if (line->class_id == NULL || line->minute_count > 0 || !isnan(line->speed_kmh) ||
        is_class(line->class_id, mode, e))
        return NEARER_OK;
    nearer_status status =
        list_classes(&known, mode, e)
            ? nr_fail_unknown(e->err, line->class_id, nr_names_known, &known,
                              "%s: %s.class: mode '%s' has no class '%.60s'", e->scenario->path,
                              e->where, line->mode, line->class_id)
            : nr_fail_memory(e->err);
    nr_names_clear(&known);
    return status;
}

/* Minutes that the line stands longer at a stop between its ends than its mode does; 0: as long. */
static nearer_status find_longer(double *out, const nr_built_line *line, size_t mode, nr_edit *e)
{
    const nr_mode_parameters *p = &e->network->modes[mode].parameters;
    *out = 0;
    if (isnan(line->dwell_min)) return NEARER_OK;
    if (!p->boards || p->through == NR_THROUGH_NEVER)
        return nr_fail(e->err, NEARER_VALUE,
                       "%s: %s.dwell_min: riders of mode '%s' do not stay aboard at a stop",
                       e->scenario->path, e->where, line->mode);
    *out = line->dwell_min - p->dwell_min;
    return NEARER_OK;
}

/* Half of what the line stands longer is ridden before the stop, half behind it. */
static nearer_status stand_longer(nr_link *link, double longer_min, size_t stops, nr_edit *e)
{
    if (longer_min == 0 || stops == 0) return NEARER_OK;
    link->given_min = nr_link_minutes(e->network, link) + longer_min / 2 * (double)stops;
    if (link->given_min > 0) return NEARER_OK;
    return nr_fail(e->err, NEARER_VALUE,
                   "%s: %s.dwell_min: the section from %s to %s takes no longer than the mode's "
                   "dwell that it leaves out",
                   e->scenario->path, e->where, e->network->nodes[link->from].name,
                   e->network->nodes[link->to].name);
}

static bool is_stop(const nr_found_stop *stops, size_t count, uint32_t node)
{
    for (size_t k = 0; k < count; k++)
        if (stops[k].node == node) return true;
    return false;
}

/* Closes links of the classes a line replaces, with both ends among its stops, as it opens. */
static nearer_status replace(const nr_built_line *line, const nr_link *built,
                             const nr_found_stop *stops, size_t count, nr_edit *e)
{
    nearer_network *network = e->network;
    for (size_t r = 0; r < line->replaces.count; r++) {
        size_t closed = 0, wanted = nr_names_find(&network->classes, line->replaces.items[r]);
        for (size_t i = 0; wanted != NR_NO_NAME && i < e->there; i++) {
            nr_link *link = &network->links[i];
            if (link->class_id != wanted || link->mode != built->mode || link->transfer ||
                !is_stop(stops, count, link->from) || !is_stop(stops, count, link->to))
                continue;
            closed++;
            nearer_date end = link->opened > line->opened ? link->opened : line->opened;
            if (end < link->closed) link->closed = end;
        }
        if (closed == 0)
            return nr_fail(e->err, NEARER_NAME,
                           "%s: %s.replaces: no link of class '%.60s' runs between two of its "
                           "stops",
                           e->scenario->path, e->where, line->replaces.items[r]);
    }
    return NEARER_OK;
}

nearer_status nr_edit_build(const nr_built_line *line, nr_edit *e)
{
    size_t mode, count = 0;
    nr_found_stop *stops = NULL;
    double longer_min;
    char names[200];
    NR_TRY(nr_edit_find_mode(&mode, line->mode, e));
    NR_TRY(check_class(line, mode, e));
    NR_TRY(find_longer(&longer_min, line, mode, e));
    NR_TRY(line->drawing.count > 0 ? nr_edit_read_drawing(&stops, &count, line, mode, e)
                                   : read_stops(&stops, &count, line, e));
    NR_TRY(check_stops(stops, count, e));
    NR_TRY(nr_edit_check_minutes(line->minutes, line->minute_count, count - 1,
                                 list_stops(names, stops, count, line, e), e));
    nr_link link = {.layer = layer_of(e->network, mode),
                    .mode = (uint8_t)mode,
                    .oneway = line->oneway,
                    .opened = line->opened,
                    .closed = NR_NEVER_CLOSED,
                    .speed_kmh = line->speed_kmh,
                    .wait_min = NAN,
                    .cost = NAN,
                    .estimated = true};
    NR_TRY(name_line(&link, line, e));
    for (size_t k = 1; k < count; k++) {
        link.from = stops[k - 1].node;
        link.to = stops[k].node;
        link.great_circle_km = great_circle_km(e, link.from, link.to);
        link.length_km = stops[k].along_km - stops[k - 1].along_km;
        link.given_min = line->minute_count > 0 ? line->minutes[k - 1] : NAN;
        size_t between = (k > 1 ? 1u : 0u) + (k + 1 < count ? 1u : 0u);
        NR_TRY(stand_longer(&link, longer_min, between, e));
        NR_TRY(nr_edit_add_link(e, link));
    }
    return replace(line, &link, stops, count, e);
}

/* ---- a stop more ---- */

typedef struct insertion {
    const nr_added_stop *added;
    uint32_t ends[2], stop;
    size_t mode; /* NR_MODE_COUNT: any */
} insertion;

static nearer_status read_insertion(insertion *out, const nr_added_stop *added, nr_edit *e)
{
    char member[sizeof e->where];
    *out = (insertion){.added = added, .mode = NR_MODE_COUNT};
    if (added->mode != NULL) NR_TRY(nr_edit_find_mode(&out->mode, added->mode, e));
    if (added->between.count != 2)
        return nr_fail(e->err, NEARER_VALUE, "%s: %s.between: two stops of the line were expected",
                       e->scenario->path, e->where);
    NR_TRY(nr_edit_check_minutes(added->minutes, added->minute_count, 2, "the stops", e));
    snprintf(member, sizeof member, "%s", e->where);
    for (size_t k = 0; k < 2; k++) {
        snprintf(e->where, sizeof e->where, "%.80s.between[%zu]", member, k);
        NR_TRY(nr_edit_find_node(&out->ends[k], added->between.items[k], e));
    }
    snprintf(e->where, sizeof e->where, "%.80s.stop", member);
    NR_TRY(nr_edit_find_stop(&out->stop, &added->stop, e));
    snprintf(e->where, sizeof e->where, "%s", member);
    if (out->stop == out->ends[0] || out->stop == out->ends[1])
        return nr_fail(e->err, NEARER_VALUE, "%s: %s.stop: it is one of the stops it is between",
                       e->scenario->path, e->where);
    return NEARER_OK;
}

static bool takes_stop(const nr_edit *e, const nr_link *link, const insertion *in)
{
    const nearer_network *network = e->network;
    bool forth = link->from == in->ends[0] && link->to == in->ends[1],
         back = link->from == in->ends[1] && link->to == in->ends[0];
    return (forth || back) && !link->transfer && link->opened < link->closed &&
           (in->mode == NR_MODE_COUNT || link->mode == in->mode) &&
           nr_edit_is_named(&network->lines, link->line, in->added->line) &&
           nr_edit_is_named(&network->classes, link->class_id, in->added->class_id) &&
           nr_edit_is_named(&network->services, link->service, in->added->service);
}

/* The part of a link from `from` to `to`, one of them the stop: as fast, by the great circle, as
 * the link was, unless minutes are given. */
static nr_link part_of(const nr_link *link, uint32_t from, uint32_t to, const insertion *in,
                       const nr_edit *e)
{
    nr_link part = *link;
    part.from = from;
    part.to = to;
    part.great_circle_km = great_circle_km(e, from, to);
    double share = part.great_circle_km / link->great_circle_km;
    bool first = from == in->ends[0] || to == in->ends[0];
    part.length_km = nr_link_km(e->network, link) * share;
    part.given_min *= share;
    part.cost *= share;
    if (in->added->minute_count > 0) part.given_min = in->added->minutes[first ? 0 : 1];
    part.vertices = 0;
    part.estimated = true;
    return part;
}

nearer_status nr_edit_extend(const nr_added_stop *added, nr_edit *e)
{
    insertion in;
    NR_TRY(read_insertion(&in, added, e));
    size_t count = e->network->link_count, found = 0;
    for (size_t i = 0; i < count; i++) {
        const nr_link link = e->network->links[i];
        if (!takes_stop(e, &link, &in)) continue;
        if (!(link.great_circle_km > 0) && added->minute_count == 0)
            return nr_fail(e->err, NEARER_VALUE,
                           "%s: %s: the two stops are at one point, minutes were expected",
                           e->scenario->path, e->where);
        found++;
        NR_TRY(nr_edit_add_link(e, part_of(&link, link.from, in.stop, &in, e)));
        NR_TRY(nr_edit_add_link(e, part_of(&link, in.stop, link.to, &in, e)));
        e->network->links[i].closed = link.opened;
    }
    if (found > 0) return NEARER_OK;
    return nr_fail(e->err, NEARER_NAME, "%s: %s: no link of line '%.60s' runs between %s and %s",
                   e->scenario->path, e->where, added->line, e->network->nodes[in.ends[0]].name,
                   e->network->nodes[in.ends[1]].name);
}
