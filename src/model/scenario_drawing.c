/* A line drawn on a map into its stops, and how far along the drawing each is. */
#include <math.h>
#include <stdio.h>

#include "model/scenario_edit.h"
#include "model/topology.h"

/* What is known of a drawing while its stops are found. */
typedef struct tracer {
    const nr_built_line *line;
    nr_lonlat *vertices; /* of the drawing, turned round where the stops run the other way */
    double *km;          /* of each vertex from the first */
    size_t count, mode;
    nr_found_stop *stops;
    size_t stop_count;
    nr_edit *edit;
} tracer;

static nearer_status begin(tracer *t, size_t most_stops)
{
    const nr_drawing *d = &t->line->drawing;
    nr_arena *arena = &t->edit->network->arena;
    t->count = d->count;
    t->vertices = nr_arena_alloc(arena, d->count, sizeof *t->vertices);
    t->km = nr_arena_alloc(arena, d->count, sizeof *t->km);
    t->stops = nr_arena_alloc(arena, most_stops, sizeof *t->stops);
    if (t->vertices == NULL || t->km == NULL || t->stops == NULL)
        return nr_fail_memory(t->edit->err);
    for (size_t i = 0; i < d->count; i++) t->vertices[i] = d->vertices[i];
    return NEARER_OK;
}

static void measure(tracer *t)
{
    for (size_t i = 1; i < t->count; i++)
        t->km[i] = t->km[i - 1] + nr_geodesic_km(t->vertices[i - 1], t->vertices[i]);
}

/* ---- stops where the drawing has vertices ---- */

/* A node where the drawing ends and nothing is: made once, by line and position. */
static nearer_status make_end(uint32_t *out, const tracer *t, nr_lonlat at)
{
    char lon[NR_NUMBER_TEXT], lat[NR_NUMBER_TEXT];
    nr_text id = {0};
    nr_text_print(&id, "%s:%s,%s", t->line->line, nr_format_fixed(at.lon, 6, lon),
                  nr_format_fixed(at.lat, 6, lat));
    char *text = nr_text_take(&id);
    if (text == NULL) return nr_fail_memory(t->edit->err);
    size_t known = nr_names_find(&t->edit->network->node_ids, text);
    *out = (uint32_t)known;
    nearer_status status = known != NR_NO_NAME ? NEARER_OK
                                               : nr_network_add_node(out, t->edit->network, text,
                                                                     "", at, t->edit->err);
    nr_free(text);
    return status;
}

/* Vertices near one node, one after the other, are one stop: where the drawing comes nearest. */
static nearer_status find_stops(tracer *t)
{
    double last_km = INFINITY;
    nr_mode_stops marked;
    NR_TRY(nr_edit_mark_stops(&marked, t->mode, t->edit));
    for (size_t i = 0; i < t->count; i++) {
        uint32_t node =
            nr_edit_find_near(&marked, t->vertices[i], t->line->drawing.snap_km, t->edit);
        bool end = i == 0 || i + 1 == t->count;
        if (node == NR_NO_INDEX && end) NR_TRY(make_end(&node, t, t->vertices[i]));
        if (node == NR_NO_INDEX) continue;
        double off_km = nr_geodesic_km(t->vertices[i], t->edit->network->nodes[node].at);
        bool again = t->stop_count > 0 && t->stops[t->stop_count - 1].node == node;
        if (again && off_km >= last_km) continue;
        if (!again) t->stop_count++;
        t->stops[t->stop_count - 1] = (nr_found_stop){node, t->km[i]};
        last_km = off_km;
    }
    return NEARER_OK;
}

/* ---- stops that are named ---- */

/* Turns the drawing round when it runs from the last stop to the first. */
static void turn(tracer *t, nr_lonlat first, nr_lonlat last)
{
    nr_lonlat begins = t->vertices[0], ends = t->vertices[t->count - 1];
    if (nr_geodesic_km(first, begins) + nr_geodesic_km(last, ends) <=
        nr_geodesic_km(first, ends) + nr_geodesic_km(last, begins))
        return;
    for (size_t i = 0; i < t->count / 2; i++) {
        nr_lonlat vertex = t->vertices[i];
        t->vertices[i] = t->vertices[t->count - 1 - i];
        t->vertices[t->count - 1 - i] = vertex;
    }
}

/* Where on the drawing, from `from_km` on, it comes nearest to a point. */
static double find_along(double *off_km, const tracer *t, nr_lonlat at, double from_km)
{
    double best = NAN;
    *off_km = INFINITY;
    for (size_t i = 0; i + 1 < t->count; i++) {
        double along, length_km = t->km[i + 1] - t->km[i];
        if (t->km[i + 1] < from_km) continue;
        nr_lonlat a = t->vertices[i], b = t->vertices[i + 1];
        nr_nearest_on(a, b, at, &along);
        if (t->km[i] + along * length_km < from_km) along = (from_km - t->km[i]) / length_km;
        nr_lonlat near = {a.lon + along * (b.lon - a.lon), a.lat + along * (b.lat - a.lat)};
        double off = nr_geodesic_km(at, near);
        if (!(off < *off_km)) continue;
        *off_km = off;
        best = t->km[i] + nr_geodesic_km(a, near);
    }
    return best;
}

static nearer_status place_stops(tracer *t)
{
    nr_edit *e = t->edit;
    const nr_node *nodes = e->network->nodes;
    double snap_km = t->line->drawing.snap_km;
    size_t n = t->stop_count;
    if (n > 1) turn(t, nodes[t->stops[0].node].at, nodes[t->stops[n - 1].node].at);
    measure(t);
    for (size_t k = 0; k < n; k++) {
        const nr_node *node = &nodes[t->stops[k].node];
        double off_km, before = k == 0 ? 0 : t->stops[k - 1].along_km;
        t->stops[k].along_km = find_along(&off_km, t, node->at, before);
        if (off_km > snap_km)
            return nr_fail(e->err, NEARER_VALUE,
                           "%s: %s.stops[%zu]: %s is %.1f km from the line that is drawn%s; at "
                           "most %g km (snap_km) was expected",
                           e->scenario->path, e->where, k, node->name, off_km,
                           k == 0 ? "" : " on from the stop before it", snap_km);
    }
    return NEARER_OK;
}

static nearer_status name_stops(tracer *t)
{
    char member[sizeof t->edit->where];
    snprintf(member, sizeof member, "%s", t->edit->where);
    for (size_t k = 0; k < t->line->stop_count; k++) {
        snprintf(t->edit->where, sizeof t->edit->where, "%.80s.stops[%zu]", member, k);
        NR_TRY(nr_edit_find_stop(&t->stops[t->stop_count++].node, &t->line->stops[k], t->edit));
    }
    snprintf(t->edit->where, sizeof t->edit->where, "%s", member);
    return place_stops(t);
}

nearer_status nr_edit_read_drawing(nr_found_stop **out, size_t *count, const nr_built_line *line,
                                   size_t mode, nr_edit *e)
{
    tracer t = {.line = line, .mode = mode, .edit = e};
    bool named = line->stop_count > 0;
    NR_TRY(begin(&t, named ? line->stop_count : line->drawing.count));
    if (named) {
        NR_TRY(name_stops(&t));
    } else {
        measure(&t);
        NR_TRY(find_stops(&t));
    }
    *out = t.stops;
    *count = t.stop_count;
    return NEARER_OK;
}
