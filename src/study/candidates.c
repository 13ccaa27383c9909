#include "study/candidates.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"
#include "study/candidates_find.h"

/* ---- stops ---- */

nearer_status nr_finder_add_stop(nr_finder *f, nr_call call, nearer_error *err)
{
    nr_candidates *c = f->out;
    if (!nr_grow((void **)&c->nodes, c->stop_count, &c->node_capacity, sizeof *c->nodes))
        return nr_fail_memory(err);
    c->nodes[c->stop_count++] = call.node;
    for (uint32_t k = 0; k < 2; k++) { /* and another of its kind */
        call.number = k;
        if (!nr_grow((void **)&f->calls, f->call_count, &f->call_capacity, sizeof *f->calls))
            return nr_fail_memory(err);
        f->calls[f->call_count++] = call;
    }
    return NEARER_OK;
}

nearer_status nr_finder_add_halt(nr_finder *f, size_t stop, nr_ticks section, nearer_error *err)
{
    nr_candidates *c = f->out;
    if (!nr_grow((void **)&c->halts, c->halt_count, &c->halt_capacity, sizeof *c->halts))
        return nr_fail_memory(err);
    c->halts[c->halt_count++] = (nr_halt){(uint32_t)stop, section};
    return NEARER_OK;
}

nearer_status nr_finder_add(nr_finder *f, nr_candidate candidate, nearer_error *err)
{
    nr_candidates *c = f->out;
    if (!nr_grow((void **)&c->items, c->count, &c->capacity, sizeof *c->items))
        return nr_fail_memory(err);
    c->priced = c->priced || !isnan(candidate.cost);
    c->items[c->count++] = candidate;
    return NEARER_OK;
}

/* ---- what a line of a mode is like ---- */

nr_ticks nr_finder_dwell(const nr_finder *f, size_t mode)
{
    const nr_mode_parameters *p = &f->network->modes[mode].parameters;
    nr_ticks ticks;
    if (!p->boards) return 0;
    if (p->through == NR_THROUGH_NEVER) return NR_NO_WAY;
    nr_ticks_count(&ticks, p->dwell_min, NR_TICKS_PER_MINUTE);
    return ticks;
}

/* From station to station a place starts at its stations in service, and a mode that does not board
 * is walked to wherever it runs: a line that calls there first would change more than its own ways.
 */
static nearer_status find_service(nr_finder *f, size_t mode, nearer_error *err)
{
    bool boards = f->network->modes[mode].parameters.boards;
    if ((boards && !f->query->station_to_station) || f->in_service[mode] != NULL) return NEARER_OK;
    bool *in_service = f->in_service[mode] = nr_alloc(f->network->node_count, sizeof *in_service);
    if (in_service == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < f->links; i++) {
        const nr_link *link = &f->network->links[i];
        if (link->mode == mode && !link->transfer && nr_link_open(link, f->query->date))
            in_service[link->from] = in_service[link->to] = true;
    }
    return NEARER_OK;
}

nearer_status nr_finder_check_mode(nr_finder *f, size_t mode, nearer_error *err)
{
    unsigned wanted = 0;
    if (f->query->modes != NULL) {
        NR_TRY(nr_network_modes(&wanted, f->network, f->query->modes, err));
        if ((wanted & 1u << mode) == 0)
            return nr_fail(err, NEARER_USAGE, "new lines are of mode '%s', which is not among '%s'",
                           nr_modes[mode].id, f->query->modes);
    }
    return find_service(f, mode, err);
}

nearer_status nr_finder_measure(nr_ticks *ticks, double *km, const nr_finder *f, nr_link link,
                                nearer_error *err)
{
    if (!isnan(f->spec->detour) && isnan(link.length_km))
        link.length_km = link.great_circle_km * f->spec->detour;
    double minutes = nr_link_minutes(f->network, &link);
    if (isnan(link.given_min)) minutes += f->spec->stop_min;
    *km = nr_link_km(f->network, &link);
    if (nr_ticks_count(ticks, minutes, NR_TICKS_PER_MINUTE) && *ticks < NR_NO_WAY / 3)
        return NEARER_OK;
    return nr_fail(err, NEARER_VALUE,
                   "a new line from %s to %s would take %.6g minutes: at most 11,930 (8 days) can "
                   "be counted where new lines are tried",
                   f->network->nodes[link.from].name, f->network->nodes[link.to].name, minutes);
}

/* ---- all pairs ---- */

static nearer_status find_ends(nr_finder *f, uint8_t mode, uint32_t class_id, nearer_error *err)
{
    nr_call call = {0, mode, class_id, NR_OF_ITS_OWN, NR_OF_ITS_OWN, 0};
    const bool *in_service = f->in_service[mode];
    bool *served = nr_alloc(f->network->node_count, sizeof *served);
    nearer_status status = served == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t i = 0; status == NEARER_OK && i < f->links; i++) {
        const nr_link *link = &f->network->links[i];
        if (link->mode == mode && !link->transfer && nr_link_open(link, f->query->date))
            served[link->from] = served[link->to] = true;
    }
    size_t count = f->spec->stations ? f->network->node_count : f->network->place_count;
    size_t left_out = 0;
    for (uint32_t i = 0; status == NEARER_OK && i < count; i++) {
        call.node = f->spec->stations ? i : f->network->places[i].node;
        if (f->spec->stations && !served[i]) continue;
        if (in_service == NULL || in_service[call.node])
            status = nr_finder_add_stop(f, call, err);
        else
            left_out++;
    }
    nr_free(served);
    f->out->out_of_service = (left_out * left_out - left_out) / 2 + left_out * f->out->stop_count;
    return status;
}

static nearer_status add_pair(nr_finder *f, nr_link link, size_t a, size_t b, nearer_error *err)
{
    nr_candidates *c = f->out;
    const nr_node *from = &f->network->nodes[c->nodes[a]], *to = &f->network->nodes[c->nodes[b]];
    link.from = c->nodes[a];
    link.to = c->nodes[b];
    if (f->spec->max_km > 0 && nr_near_km(from->at, to->at) > f->spec->max_km) return NEARER_OK;
    link.great_circle_km = nr_geodesic_km(from->at, to->at);
    if (!(link.great_circle_km > 0) || link.great_circle_km < f->spec->min_km ||
        (f->spec->max_km > 0 && link.great_circle_km > f->spec->max_km))
        return NEARER_OK;
    nr_candidate line = {
        .first = c->halt_count, .count = 2, .dwell = nr_finder_dwell(f, link.mode)};
    nr_ticks ticks;
    NR_TRY(nr_finder_measure(&ticks, &line.km, f, link, err));
    line.minutes = ticks / NR_TICKS_PER_MINUTE;
    line.cost = nr_line_cost_of(&f->cost, from, to, line.km);
    NR_TRY(nr_finder_add_halt(f, a, ticks, err));
    NR_TRY(nr_finder_add_halt(f, b, 0, err));
    return nr_finder_add(f, line, err);
}

static nearer_status find_class(uint32_t *out, const nr_finder *f, const char *id,
                                nearer_error *err)
{
    *out = NR_NO_INDEX;
    if (id == NULL) return NEARER_OK;
    size_t index = nr_names_find(&f->network->classes, id);
    if (index == NR_NO_NAME)
        return nr_fail(err, NEARER_NAME, "no link of the study is of class '%.60s'", id);
    *out = (uint32_t)index;
    return NEARER_OK;
}

static nearer_status find_pairs(nr_finder *f, nearer_error *err)
{
    const nearer_lines_spec *spec = f->spec;
    const char *id = spec->mode == NULL ? "rail" : spec->mode;
    size_t mode = nr_mode_find(id);
    nr_link link = {.mode = (uint8_t)mode,
                    .given_min = NAN,
                    .speed_kmh = spec->speed_kmh,
                    .length_km = NAN,
                    .wait_min = NAN,
                    .cost = NAN};
    if (mode == NR_MODE_COUNT)
        return nr_fail_unknown(err, id, nr_mode_known, NULL, "unknown mode '%.40s'", id);
    NR_TRY(find_class(&link.class_id, f, spec->class_id, err));
    NR_TRY(nr_finder_check_mode(f, mode, err));
    NR_TRY(find_ends(f, (uint8_t)mode, link.class_id, err));
    for (size_t a = 0; a < f->out->stop_count; a++)
        for (size_t b = a + 1; b < f->out->stop_count; b++) NR_TRY(add_pair(f, link, a, b, err));
    return NEARER_OK;
}

/* ---- all of it ---- */

static nearer_status find_times(nr_finder *f, nearer_error *err)
{
    nearer_network with_calls = {0};
    nr_candidates *c = f->out;
    double bytes = (double)c->stop_count * (double)c->stop_count * 2 * sizeof(nr_ticks);
    if (c->count == 0)
        return nr_fail(err, NEARER_NODATA,
                       c->out_of_service == 0
                           ? "no two places are that far from each other: no line is left to try"
                           : "no line is left to try: the mode does not run yet where they stop");
    if (bytes > 4e9)
        return nr_fail(err, NEARER_MEMORY, "%zu stops of candidates take %.3g MB of memory",
                       c->stop_count, bytes / 1e6);
    nearer_status status = nr_calls_add(&with_calls, f->network, f->links, f->calls, f->call_count,
                                        f->study->places, err);
    if (status == NEARER_OK)
        status = nr_stop_times_find(&c->times, &with_calls, f->query, c->stop_count, err);
    nr_calls_clear(&with_calls);
    return status;
}

nearer_status nr_candidates_find(nr_candidates *out, const nearer_study *study,
                                 const nearer_query *query, const nearer_lines_spec *spec,
                                 nearer_error *err)
{
    nr_finder f = {.out = out,
                   .study = study,
                   .network = study->network,
                   .query = query,
                   .spec = spec,
                   .links = study->network->link_count};
    *out = (nr_candidates){.network = study->network};
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    NR_TRY(nr_line_cost_read(&f.cost, study, spec->cost_per_km, spec->terrain, err));
    nearer_status status =
        spec->candidates == NULL ? find_pairs(&f, err) : nr_finder_read_file(&f, err);
    if (status == NEARER_OK) status = find_times(&f, err);
    nr_free(f.calls);
    for (size_t m = 0; m < NR_MODE_COUNT; m++) nr_free(f.in_service[m]);
    return status;
}

void nr_candidates_clear(nr_candidates *c)
{
    nr_free(c->items);
    nr_free(c->halts);
    nr_free(c->nodes);
    nr_stop_times_clear(&c->times);
    *c = (nr_candidates){0};
}

/* ---- one of them ---- */

nr_new_line nr_candidate_line(nr_ticks *ride, uint32_t *stops, const nr_candidates *c, size_t k)
{
    const nr_candidate *line = &c->items[k];
    const nr_halt *halts = c->halts + line->first;
    size_t n = line->count;
    for (size_t i = 0; i < n * n; i++) ride[i] = NR_NO_WAY;
    for (size_t a = 0; a < n; a++) {
        nr_ticks ticks = 0;
        stops[a] = halts[a].stop;
        for (size_t b = a + 1; b < n; b++) {
            if (b > a + 1 && line->dwell == NR_NO_WAY) break;
            ticks += halts[b - 1].section + (b > a + 1 ? line->dwell : 0);
            ride[a * n + b] = ticks < NR_NO_WAY ? ticks : NR_NO_WAY;
            if (!line->oneway) ride[b * n + a] = ride[a * n + b];
        }
    }
    return (nr_new_line){stops, n, ride};
}

const nr_node *nr_candidate_end(const nr_candidates *c, size_t k, bool last)
{
    const nr_candidate *line = &c->items[k];
    const nr_halt *halt = &c->halts[line->first + (last ? line->count - 1 : 0)];
    return &c->network->nodes[c->nodes[halt->stop]];
}

const char *nr_candidate_name(char out[300], const nr_candidates *c, size_t k)
{
    const nr_node *from = nr_candidate_end(c, k, false), *to = nr_candidate_end(c, k, true);
    if (c->items[k].name != NULL) return c->items[k].name;
    if (strcmp(from->name, to->name) != 0)
        snprintf(out, 300, "%.140s - %.140s", from->name, to->name);
    else
        snprintf(out, 300, "%.90s (%.50s) - %.90s (%.50s)", from->name, from->id, to->name, to->id);
    return out;
}
