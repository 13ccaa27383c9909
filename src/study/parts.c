#include "study/parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/unknown.h"

typedef enum by { BY_LINE, BY_MODE, BY_YEAR, BY_GROUP, BYS } by;
static const char *const by_words[BYS + 1] = {"line", "mode", "year", "group", NULL};

typedef struct finder {
    nr_parts *out;
    const nearer_study *study;
    const nearer_attribution *what;
    by by;
    unsigned modes;
    nr_grouping grouping;
} finder;

static const char *known_by(const void *unused, size_t i)
{
    (void)unused;
    return by_words[i];
}

static nearer_status read_by(finder *f, nearer_error *err)
{
    const nr_study_spec *spec = &f->study->spec;
    const char *word = f->what->by == NULL ? "line" : f->what->by, *group = f->what->group;
    size_t k = 0;
    while (k < BYS && strcmp(by_words[k], word) != 0) k++;
    if (k == BYS)
        return nr_fail_unknown(err, word, known_by, NULL, "nothing is shared by '%.40s'", word);
    f->by = (by)k;
    if (f->what->owen && f->by != BY_LINE)
        return nr_fail(err, NEARER_USAGE, "lines keep together within their modes: by line");
    if (group != NULL && f->by != BY_GROUP)
        return nr_fail(err, NEARER_USAGE, "a group goes with parts by group");
    if (f->by != BY_GROUP) return NEARER_OK;
    if (group == NULL && spec->group_count == 0)
        return nr_fail(err, NEARER_NODATA, "%s: the study has no groups", spec->path);
    return nr_grouping_find(&f->grouping, f->study, group == NULL ? spec->groups[0].id : group,
                            err);
}

static const char *group_at(const finder *f, uint32_t node)
{
    const nr_node *n = &f->study->network->nodes[node];
    uint32_t place = n->place != NR_NO_INDEX ? n->place : n->station_of;
    size_t group = place == NR_NO_INDEX ? NR_NO_NAME : f->grouping.of_place[place];
    return group == NR_NO_NAME ? NULL : f->grouping.values.texts[group];
}

/* Behind one letter. */
static void name_part(char out[300], const finder *f, const nr_link *link)
{
    const char *from, *to;
    switch (f->by) {
    case BY_LINE:
        snprintf(out, 300, "%c%.250s", 'a' + link->mode, nr_link_line(f->study->network, link));
        break;
    case BY_MODE: snprintf(out, 300, " %s", nr_modes[link->mode].title); break;
    case BY_YEAR: snprintf(out, 300, " %d", nearer_date_year(link->opened)); break;
    default:
        from = group_at(f, link->from);
        to = group_at(f, link->to);
        snprintf(out, 300, " %.250s",
                 from == NULL || to == NULL ? "elsewhere"
                 : strcmp(from, to) == 0    ? from
                                            : "between groups");
    }
}

static nearer_status check_link(const finder *f, const nr_link *link, nearer_error *err)
{
    const nearer_network *network = f->study->network;
    if (isnan(link->wait_min) && !link->transfer) return NEARER_OK;
    return nr_fail(err, NEARER_VALUE,
                   "%s:%zu: the %s from %s to %s opens or closes between the two days, which parts "
                   "cannot yet be told of",
                   network->layers[link->layer].file, link->row,
                   link->transfer ? "transfer" : "service that is waited for",
                   network->nodes[link->from].name, network->nodes[link->to].name);
}

static nearer_status add_to(finder *f, size_t i, const char *name, uint32_t mode, nearer_error *err)
{
    nr_parts *p = f->out;
    size_t before = p->names.count, part = nr_names_add(&p->names, name);
    if (part == NR_NO_NAME) return nr_fail_memory(err);
    if (part == before) p->mode[part] = mode;
    if (p->mode[part] != mode) p->mode[part] = NR_MODE_COUNT;
    p->links[part]++;
    p->of_link[i] = (uint32_t)part;
    p->count = p->names.count;
    return NEARER_OK;
}

/* What was there on the first day stays while parts open. */
static nearer_status add_links(finder *f, nearer_error *err)
{
    nr_parts *p = f->out;
    for (size_t i = 0; i < p->network.link_count; i++) {
        const nr_link *link = &f->study->network->links[i];
        nr_link *open = &p->network.links[i];
        char name[300];
        bool from = nr_link_open(link, f->what->from), to = nr_link_open(link, f->what->to);
        p->of_link[i] = NR_NO_INDEX;
        open->opened = NR_ALWAYS_OPEN;
        open->closed = from || to ? NR_NEVER_CLOSED : NR_ALWAYS_OPEN;
        if (from == to || (f->modes & 1u << link->mode) == 0) continue;
        NR_TRY(check_link(f, link, err));
        p->withdrawn += from ? 1 : 0;
        name_part(name, f, link);
        if (to) NR_TRY(add_to(f, i, name, link->mode, err));
    }
    return NEARER_OK;
}

nearer_status nr_parts_find(nr_parts *out, const nearer_study *study, const nearer_query *query,
                            const nearer_attribution *what, nearer_error *err)
{
    const nearer_network *network = study->network;
    size_t n = network->link_count;
    finder f = {.out = out, .study = study, .what = what};
    *out = (nr_parts){.network = *network};
    out->network.links = nr_alloc(n, sizeof *out->network.links);
    if (network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    if (query->station_to_station)
        return nr_fail(err, NEARER_USAGE,
                       "parts are told from door to door: from station to station a place starts "
                       "elsewhere once a new station opens");
    if (!(what->from < what->to))
        return nr_fail(err, NEARER_USAGE, "the first day must be before the second");
    NR_TRY(nr_network_modes(&f.modes, network, query->modes, err));
    out->of_link = nr_alloc(n, sizeof *out->of_link);
    out->mode = nr_alloc(n, sizeof *out->mode);
    out->links = nr_alloc(n, sizeof *out->links);
    if (out->network.links == NULL || out->of_link == NULL || out->mode == NULL ||
        out->links == NULL)
        return nr_fail_memory(err);
    memcpy(out->network.links, network->links, n * sizeof *network->links);
    nearer_status status = read_by(&f, err);
    if (status == NEARER_OK) status = add_links(&f, err);
    nr_grouping_clear(&f.grouping);
    if (status != NEARER_OK) return status;
    if (out->count == 0) return nr_fail(err, NEARER_NODATA, "no link opened between the two days");
    return NEARER_OK;
}

void nr_parts_clear(nr_parts *p)
{
    nr_free(p->network.links);
    nr_free(p->of_link);
    nr_names_clear(&p->names);
    nr_free(p->mode);
    nr_free(p->links);
    *p = (nr_parts){0};
}
