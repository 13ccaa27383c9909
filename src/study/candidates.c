#include "study/candidates.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"
#include "model/calls.h"
#include "study/line_cost.h"

typedef struct finder {
    nr_candidates *out;
    const nearer_study *study;
    const nearer_network *network; /* candidates of a file stand behind its own links */
    const nearer_query *query;
    const nearer_lines_spec *spec;
    size_t links; /* without those of candidates */
    nr_call *calls;
    size_t call_count, call_capacity;
    nr_line_cost cost;
    bool *in_service[NR_MODE_COUNT]; /* nodes where a line may call; NULL: all */
} finder;

/* ---- stops ---- */

static nearer_status add_stop(finder *f, nr_call call, nearer_error *err)
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

static nearer_status add_halt(finder *f, size_t stop, nr_ticks section, nearer_error *err)
{
    nr_candidates *c = f->out;
    if (!nr_grow((void **)&c->halts, c->halt_count, &c->halt_capacity, sizeof *c->halts))
        return nr_fail_memory(err);
    c->halts[c->halt_count++] = (nr_halt){(uint32_t)stop, section};
    return NEARER_OK;
}

static nearer_status add_candidate(finder *f, nr_candidate candidate, nearer_error *err)
{
    nr_candidates *c = f->out;
    if (!nr_grow((void **)&c->items, c->count, &c->capacity, sizeof *c->items))
        return nr_fail_memory(err);
    c->priced = c->priced || !isnan(candidate.cost);
    c->items[c->count++] = candidate;
    return NEARER_OK;
}

/* ---- what a line of a mode is like ---- */

static nr_ticks dwell_of(const finder *f, size_t mode)
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
static nearer_status find_service(finder *f, size_t mode, nearer_error *err)
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

static nearer_status check_mode(finder *f, size_t mode, nearer_error *err)
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

/* Its minutes, with those that a stop takes where none are given. */
static nearer_status measure(nr_ticks *ticks, double *km, const finder *f, nr_link link,
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
                   "be counted",
                   f->network->nodes[link.from].name, f->network->nodes[link.to].name, minutes);
}

static double minutes_of(const nr_candidates *c, const nr_candidate *line)
{
    double ticks = 0;
    for (size_t k = 0; k + 1 < line->count; k++) {
        ticks += c->halts[line->first + k].section;
        if (k > 0 && line->dwell != NR_NO_WAY) ticks += line->dwell;
    }
    return ticks / NR_TICKS_PER_MINUTE;
}

/* ---- all pairs ---- */

static nearer_status find_ends(finder *f, uint8_t mode, uint32_t class_id, nearer_error *err)
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
            status = add_stop(f, call, err);
        else
            left_out++;
    }
    nr_free(served);
    f->out->out_of_service = (left_out * left_out - left_out) / 2 + left_out * f->out->stop_count;
    return status;
}

static nearer_status add_pair(finder *f, nr_link link, size_t a, size_t b, nearer_error *err)
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
    nr_candidate line = {.first = c->halt_count, .count = 2, .dwell = dwell_of(f, link.mode)};
    nr_ticks ticks;
    NR_TRY(measure(&ticks, &line.km, f, link, err));
    line.minutes = ticks / NR_TICKS_PER_MINUTE;
    line.cost = nr_line_cost_of(&f->cost, from, to, line.km);
    NR_TRY(add_halt(f, a, ticks, err));
    NR_TRY(add_halt(f, b, 0, err));
    return add_candidate(f, line, err);
}

static nearer_status find_class(uint32_t *out, const finder *f, const char *id, nearer_error *err)
{
    *out = NR_NO_INDEX;
    if (id == NULL) return NEARER_OK;
    size_t index = nr_names_find(&f->network->classes, id);
    if (index == NR_NO_NAME)
        return nr_fail(err, NEARER_NAME, "no link of the study is of class '%.60s'", id);
    *out = (uint32_t)index;
    return NEARER_OK;
}

static nearer_status find_pairs(finder *f, nearer_error *err)
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
    NR_TRY(check_mode(f, mode, err));
    NR_TRY(find_ends(f, (uint8_t)mode, link.class_id, err));
    for (size_t a = 0; a < f->out->stop_count; a++)
        for (size_t b = a + 1; b < f->out->stop_count; b++) NR_TRY(add_pair(f, link, a, b, err));
    return NEARER_OK;
}

/* ---- those of a file ---- */

/* Stops of lines that share a berth, or would if they were built alone, are one. */
static nearer_status find_stop(size_t *out, finder *f, nr_names *keys, nr_call call,
                               nearer_error *err)
{
    char key[80];
    snprintf(key, sizeof key, "%u %u %u %u %u", call.node, call.mode, call.class_id, call.line,
             call.service);
    size_t before = keys->count;
    *out = nr_names_add(keys, key);
    if (*out == NR_NO_NAME) return nr_fail_memory(err);
    return *out == before ? add_stop(f, call, err) : NEARER_OK;
}

/* A name that no other link has is the line's own. */
static uint32_t own_or(uint32_t name, const finder *f, size_t offset)
{
    for (size_t i = 0; i < f->links; i++) {
        uint32_t other = *(const uint32_t *)((const char *)&f->network->links[i] + offset);
        if (other == name) return name;
    }
    return NR_OF_ITS_OWN;
}

/* The links of one line, which stand one behind the other. */
typedef struct run {
    const nr_built_line *line;
    const nr_link *links;
    size_t count;
    double cost; /* as the file says; NAN: it does not */
} run;

static uint32_t node_of(const run *r, size_t k)
{
    return k == r->count ? r->links[k - 1].to : r->links[k].from;
}

static bool may_call(const finder *f, const run *r)
{
    const bool *in_service = f->in_service[r->links->mode];
    for (size_t k = 0; in_service != NULL && k <= r->count; k++)
        if (!in_service[node_of(r, k)]) return false;
    return true;
}

static nearer_status read_line(finder *f, const run *r, nr_names *keys, nearer_error *err)
{
    const nr_link *links = r->links;
    nr_candidate line = {.name = r->line->line,
                         .first = f->out->halt_count,
                         .count = r->count + 1,
                         .dwell = dwell_of(f, links->mode),
                         .oneway = r->line->oneway,
                         .opened = r->line->opened};
    nr_call call = {0,
                    links->mode,
                    links->class_id,
                    own_or(links->line, f, offsetof(nr_link, line)),
                    own_or(links->service, f, offsetof(nr_link, service)),
                    0};
    NR_TRY(check_mode(f, links->mode, err));
    if (!may_call(f, r)) {
        f->out->out_of_service++;
        return NEARER_OK;
    }
    for (size_t k = 0; k <= r->count; k++) {
        size_t stop;
        nr_ticks ticks = 0;
        double km = 0;
        call.node = node_of(r, k);
        NR_TRY(find_stop(&stop, f, keys, call, err));
        if (k < r->count) {
            NR_TRY(measure(&ticks, &km, f, links[k], err));
            line.cost += nr_line_cost_of(&f->cost, &f->network->nodes[links[k].from],
                                         &f->network->nodes[links[k].to], km);
        }
        line.km += km;
        NR_TRY(add_halt(f, stop, ticks, err));
    }
    if (!isnan(r->cost)) line.cost = r->cost;
    line.minutes = minutes_of(f->out, &line);
    return add_candidate(f, line, err);
}

static nearer_status check_line(const nr_scenario *scenario, const run *r, nearer_error *err)
{
    if (r->line->replaces.count > 0)
        return nr_fail(err, NEARER_USAGE, "%s: %s.replaces: a line that is tried closes nothing",
                       scenario->path, r->line->where);
    if (r->count < NR_MOST_STOPS) return NEARER_OK;
    return nr_fail(err, NEARER_VALUE, "%s: %s: %zu stops; at most %d were expected", scenario->path,
                   r->line->where, r->count + 1, NR_MOST_STOPS);
}

/* Of a line drawn through its stops the links go on from each other. */
static size_t count_links(const finder *f, const nr_built_line *line, size_t first)
{
    const nr_link *links = f->network->links;
    size_t count = 1;
    if (line->stop_count > 0) return line->stop_count - 1;
    while (first + count < f->network->link_count &&
           links[first + count].from == links[first + count - 1].to &&
           links[first + count].line == links[first].line)
        count++;
    return count;
}

static nearer_status read_lines(finder *f, const nr_scenario *scenario, nearer_error *err)
{
    nr_names keys = {0};
    nearer_status status = NEARER_OK;
    size_t first = f->links;
    for (size_t k = 0; status == NEARER_OK && k < scenario->build_count; k++) {
        const nr_built_line *line = &scenario->build[k];
        run r = {line, f->network->links + first, 0,
                 scenario->build_count == 1 ? scenario->cost : line->cost};
        if (first < f->network->link_count) r.count = count_links(f, line, first);
        first += r.count;
        if (r.count == 0 || first > f->network->link_count)
            status = nr_fail(err, NEARER_VALUE,
                             "%s: two lines drawn one behind the other are both named '%.60s'",
                             scenario->path, line->line);
        if (status == NEARER_OK) status = check_line(scenario, &r, err);
        if (status == NEARER_OK) status = read_line(f, &r, &keys, err);
    }
    nr_names_clear(&keys);
    return status;
}

static nearer_status find_in_file(finder *f, nearer_error *err)
{
    const nr_scenario *scenario = f->spec->candidates->spec.scenarios;
    f->network = f->spec->candidates->network;
    f->out->network = f->network;
    if (scenario->close_count + scenario->slow_count + scenario->extend_count > 0 ||
        scenario->has_modes)
        return nr_fail(err, NEARER_USAGE,
                       "%s: candidates are lines to build; nothing else was expected",
                       scenario->path);
    return read_lines(f, scenario, err);
}

/* ---- all of it ---- */

static nearer_status find_times(finder *f, nearer_error *err)
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
    finder f = {.out = out,
                .study = study,
                .network = study->network,
                .query = query,
                .spec = spec,
                .links = study->network->link_count};
    *out = (nr_candidates){.network = study->network};
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    NR_TRY(nr_line_cost_read(&f.cost, study, spec->cost_per_km, spec->terrain, err));
    nearer_status status = spec->candidates == NULL ? find_pairs(&f, err) : find_in_file(&f, err);
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
    if (c->items[k].name != NULL) return c->items[k].name;
    snprintf(out, 300, "%.140s - %.140s", nr_candidate_end(c, k, false)->name,
             nr_candidate_end(c, k, true)->name);
    return out;
}
