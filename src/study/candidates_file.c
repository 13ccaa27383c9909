/* Candidates that are the lines of a scenario file. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "study/candidates_find.h"

static double minutes_of(const nr_candidates *c, const nr_candidate *line)
{
    double ticks = 0;
    for (size_t k = 0; k + 1 < line->count; k++) {
        ticks += c->halts[line->first + k].section;
        if (k > 0 && line->dwell != NR_NO_WAY) ticks += line->dwell;
    }
    return ticks / NR_TICKS_PER_MINUTE;
}

/* Stops of lines that share a berth, or would if they were built alone, are one. */
static nearer_status find_stop(size_t *out, nr_finder *f, nr_names *keys, nr_call call,
                               nearer_error *err)
{
    char key[80];
    snprintf(key, sizeof key, "%u %u %u %u %u", call.node, call.mode, call.class_id, call.line,
             call.service);
    size_t before = keys->count;
    *out = nr_names_add(keys, key);
    if (*out == NR_NO_NAME) return nr_fail_memory(err);
    return *out == before ? nr_finder_add_stop(f, call, err) : NEARER_OK;
}

/* A name that no other link has is the line's own. */
static uint32_t own_or(uint32_t name, const nr_finder *f, size_t offset)
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

static bool may_call(const nr_finder *f, const run *r)
{
    const bool *in_service = f->in_service[r->links->mode];
    for (size_t k = 0; in_service != NULL && k <= r->count; k++)
        if (!in_service[node_of(r, k)]) return false;
    return true;
}

static nearer_status read_line(nr_finder *f, const run *r, nr_names *keys, nearer_error *err)
{
    const nr_link *links = r->links;
    nr_candidate line = {.name = r->line->line,
                         .first = f->out->halt_count,
                         .count = r->count + 1,
                         .dwell = nr_finder_dwell(f, links->mode),
                         .oneway = r->line->oneway,
                         .opened = r->line->opened,
                         .stratum = r->line->stratum};
    nr_call call = {0,
                    links->mode,
                    links->class_id,
                    own_or(links->line, f, offsetof(nr_link, line)),
                    own_or(links->service, f, offsetof(nr_link, service)),
                    0};
    NR_TRY(nr_finder_check_mode(f, links->mode, err));
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
            NR_TRY(nr_finder_measure(&ticks, &km, f, links[k], err));
            line.cost += nr_line_cost_of(&f->cost, &f->network->nodes[links[k].from],
                                         &f->network->nodes[links[k].to], km);
        }
        line.km += km;
        NR_TRY(nr_finder_add_halt(f, stop, ticks, err));
    }
    if (!isnan(r->cost)) line.cost = r->cost;
    line.minutes = minutes_of(f->out, &line);
    return nr_finder_add(f, line, err);
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
static size_t count_links(const nr_finder *f, const nr_built_line *line, size_t first)
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

static nearer_status read_lines(nr_finder *f, const nr_scenario *scenario, nearer_error *err)
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

nearer_status nr_finder_read_file(nr_finder *f, nearer_error *err)
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
