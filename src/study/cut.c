/* What is lost when one link, line, node or mode is gone (N - 1). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "base/unknown.h"
#include "graph/bridges.h"
#include "graph/load.h"
#include "graph/times.h"
#include "study/study.h"

typedef enum by { BY_LINK, BY_LINE, BY_NODE, BY_MODE, BYS } by;
static const char *const by_words[BYS + 1] = {"link", "line", "node", "mode", NULL};

/* Something that may be gone, with what is lost then. */
typedef struct element {
    uint32_t link; /* one of its links; or the node */
    size_t links;  /* open ones */
    double riding; /* pairs whose fastest way rides it */
    double loss, worst, cut_off, places_cut_off;
    size_t worst_pair;
} element;

typedef struct cutter {
    const nearer_study *study;
    nearer_query query;
    const double *mass;
    by by;
    size_t n;
    unsigned modes;
    nearer_network without; /* borrows all but its links */
    uint32_t *of;           /* element of each link, NR_NO_INDEX: not open */
    uint32_t *of_to;        /* by node: that of its other end */
    element *elements;
    size_t count;
    double *minutes; /* as it is */
} cutter;

/* ---- elements ---- */

static bool is_there(const cutter *c, const nr_link *link)
{
    return (c->modes & 1u << link->mode) != 0 && !link->transfer &&
           nr_link_open(link, c->query.date);
}

/* Both ways of a link are one element; lines are told apart by mode and name. */
static char *key_of(const cutter *c, const nr_link *link, uint32_t node)
{
    nr_text key = {0};
    uint32_t low = link->from < link->to ? link->from : link->to,
             high = link->from < link->to ? link->to : link->from;
    if (c->by == BY_LINK)
        nr_text_print(&key, "%d %u %u", (int)link->mode, low, high);
    else if (c->by == BY_LINE)
        nr_text_print(&key, "%d %s", (int)link->mode, nr_link_line(c->study->network, link));
    else if (c->by == BY_NODE)
        nr_text_print(&key, "%u", node);
    else
        nr_text_print(&key, "%d", (int)link->mode);
    return nr_text_take(&key);
}

static nearer_status add_to(uint32_t *out, cutter *c, nr_names *keys, uint32_t link, uint32_t node,
                            nearer_error *err)
{
    char *key = key_of(c, &c->study->network->links[link], node);
    size_t before = keys->count, item = key == NULL ? NR_NO_NAME : nr_names_add(keys, key);
    nr_free(key);
    if (item == NR_NO_NAME) return nr_fail_memory(err);
    if (item == before) c->elements[item].link = c->by == BY_NODE ? node : link;
    c->elements[item].links++;
    *out = (uint32_t)item;
    return NEARER_OK;
}

static nearer_status find_elements(cutter *c, nearer_error *err)
{
    const nearer_network *network = c->study->network;
    size_t n = network->link_count;
    nr_names keys = {0};
    c->of = nr_alloc(2 * n, sizeof *c->of);
    c->elements = nr_alloc(2 * n, sizeof *c->elements);
    c->without = *network;
    c->without.links = nr_alloc(n, sizeof *c->without.links);
    if (c->of == NULL || c->elements == NULL || c->without.links == NULL)
        return nr_fail_memory(err);
    c->of_to = c->of + n;
    memcpy(c->without.links, network->links, n * sizeof *network->links);
    nearer_status status = NEARER_OK;
    for (uint32_t i = 0; status == NEARER_OK && i < n; i++) {
        const nr_link *link = &network->links[i];
        c->of[i] = c->of_to[i] = NR_NO_INDEX;
        if (!is_there(c, link)) continue;
        status = add_to(&c->of[i], c, &keys, i, link->from, err);
        if (status == NEARER_OK && c->by == BY_NODE)
            status = add_to(&c->of_to[i], c, &keys, i, link->to, err);
    }
    c->count = keys.count;
    nr_names_clear(&keys);
    return status;
}

/* Links of no element stand in one behind the last. By node each pair counts once at each end of
 * the links it rides, as of, and as of_to. */
static nearer_status find_riding(cutter *c, nearer_error *err)
{
    const nearer_network *network = c->study->network;
    uint32_t *groups = nr_alloc(2 * network->link_count, sizeof *groups);
    nr_graph *graph = NULL;
    nr_loading loading;
    if (groups == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < 2 * network->link_count; i++)
        groups[i] = c->of[i] == NR_NO_INDEX ? (uint32_t)c->count : c->of[i];
    const nr_grouped_links groupings[NR_LOAD_GROUPINGS] = {
        {groups, c->count + 1}, {groups + network->link_count, c->count + 1}};
    nearer_status status = nr_graph_build(&graph, network, &c->query, err);
    if (status == NEARER_OK) {
        const nr_task task = nr_graph_task(graph, &c->query);
        status = nr_loading_compute(&loading, graph, &task, NULL, groupings, err);
    }
    if (status == NEARER_OK) {
        for (size_t e = 0; e < c->count; e++)
            c->elements[e].riding =
                fmax(loading.groups[0][e].pairs, c->by == BY_NODE ? loading.groups[1][e].pairs : 0);
        nr_loading_clear(&loading);
    }
    nr_graph_free(graph);
    nr_free(groups);
    return status;
}

/* ---- one of them gone ---- */

static void set_links(cutter *c, uint32_t item, bool gone)
{
    const nearer_network *network = c->study->network;
    for (size_t i = 0; i < network->link_count; i++)
        if (c->of[i] == item || c->of_to[i] == item)
            c->without.links[i].closed = gone ? network->links[i].opened : network->links[i].closed;
}

static double weight_of(const cutter *c, size_t i, size_t j)
{
    double w = c->mass[i] * c->mass[j];
    return isnan(w) ? 0 : w;
}

static void count_losses(element *e, const cutter *c, const double *now)
{
    double weight = 0;
    for (size_t i = 0; i < c->n; i++) {
        size_t reached_before = 0, reached_now = 0;
        for (size_t j = 0; j < c->n; j++) {
            size_t k = i * c->n + j;
            double b = c->minutes[k], a = now[k], w = weight_of(c, i, j);
            if (i == j || isinf(b)) continue;
            reached_before++;
            if (isinf(a)) {
                e->cut_off++;
                continue;
            }
            reached_now++;
            e->loss += w * (a - b);
            weight += w;
            if (a - b > e->worst) {
                e->worst = a - b;
                e->worst_pair = k;
            }
        }
        e->places_cut_off += reached_before > 0 && reached_now == 0 ? 1 : 0;
    }
    e->loss = weight > 0 ? e->loss / weight : 0;
}

static nearer_status cut(cutter *c, uint32_t item, nearer_error *err)
{
    nearer_times *times = NULL;
    set_links(c, item, true);
    nearer_status status = nearer_times_compute(&times, &c->without, &c->query, err);
    set_links(c, item, false);
    if (status == NEARER_OK) count_losses(&c->elements[item], c, nr_times_matrix(times));
    nearer_times_free(times);
    return status;
}

static nearer_status cut_each(cutter *c, size_t *idle, nearer_error *err)
{
    *idle = 0;
    for (uint32_t e = 0; e < c->count; e++) {
        if (c->elements[e].riding > 0)
            NR_TRY(cut(c, e, err));
        else
            ++*idle;
        nr_progress("cuts", e + 1, c->count);
    }
    return NEARER_OK;
}

/* ---- tables ---- */

static int worst_first(const void *x, const void *y)
{
    const element *a = x, *b = y;
    if (a->cut_off != b->cut_off) return a->cut_off > b->cut_off ? -1 : 1;
    if (a->loss != b->loss) return a->loss > b->loss ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static const char *name_of(char out[300], const cutter *c, const element *e)
{
    const nearer_network *network = c->study->network;
    if (c->by == BY_NODE) return network->nodes[e->link].name;
    const nr_link *link = &network->links[e->link];
    if (c->by == BY_LINE) return nr_link_line(network, link);
    if (c->by == BY_MODE) return nr_modes[link->mode].title;
    snprintf(out, 300, "%.140s - %.140s", network->nodes[link->from].name,
             network->nodes[link->to].name);
    return out;
}

static void put_element(nearer_table *table, const cutter *c, const element *e)
{
    const nearer_network *network = c->study->network;
    char name[300];
    size_t i = e->worst_pair / c->n, j = e->worst_pair % c->n;
    const char *mode = c->by == BY_NODE ? "" : nr_modes[network->links[e->link].mode].id,
               *from = e->worst > 0 ? network->places[i].name : "",
               *to = e->worst > 0 ? network->places[j].name : "",
               *id = c->by == BY_NODE ? network->nodes[e->link].id : "";
    nr_lonlat at = {NAN, NAN};
    if (c->by == BY_NODE) at = network->nodes[e->link].at;
    nr_table_put(table, name_of(name, c, e), id, mode, (double)e->links, e->riding, e->cut_off,
                 e->places_cut_off, e->loss, e->worst, from, to, at.lon, at.lat);
}

static nearer_status put_elements(nearer_report *report, cutter *c, nearer_error *err)
{
    static const struct {
        const char *name;
        int decimals;
    } columns[] = {{"gone", NR_TEXT_COLUMN},
                   {"id", NR_TEXT_COLUMN},
                   {"mode", NR_TEXT_COLUMN},
                   {"links", 0},
                   {"pairs_riding", 0},
                   {"pairs_cut_off", 0},
                   {"places_cut_off", 0},
                   {"mean_loss_min", 3},
                   {"worst_loss_min", 1},
                   {"worst_from", NR_TEXT_COLUMN},
                   {"worst_to", NR_TEXT_COLUMN},
                   {"lon_deg", 4},
                   {"lat_deg", 4}};
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        nr_table_add_column(table, columns[k].name, columns[k].decimals);
    if (c->count > 1) qsort(c->elements, c->count, sizeof *c->elements, worst_first);
    for (size_t e = 0; e < c->count; e++)
        if (c->elements[e].riding > 0) put_element(table, c, &c->elements[e]);
    return nr_study_put(report, "cuts", "What is lost with each, the most first", table, err);
}

static nearer_status put_bridges(nearer_report *report, const cutter *c, nearer_error *err)
{
    const nearer_network *network = c->study->network;
    nr_bridges b;
    nearer_table *table = NULL;
    NR_TRY(nr_bridges_find(&b, network, &c->query, err));
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    if (status == NEARER_OK) {
        const char *texts[] = {"kind", "name", "mode"};
        for (size_t k = 0; k < 3; k++) nr_table_add_column(table, texts[k], NR_TEXT_COLUMN);
        for (size_t k = 0; k < b.link_count; k++) {
            const nr_link *link = &network->links[b.links[k]];
            char name[300];
            snprintf(name, sizeof name, "%.140s - %.140s", network->nodes[link->from].name,
                     network->nodes[link->to].name);
            nr_table_put(table, "bridge", name, nr_modes[link->mode].id);
        }
        for (size_t k = 0; k < b.node_count; k++)
            nr_table_put(table, "articulation point", network->nodes[b.nodes[k]].name, "");
        status =
            nr_study_put(report, "bridges", "What parts the network when it is gone", table, err);
    }
    nr_bridges_clear(&b);
    return status;
}

static nearer_status find_minutes(cutter *c, nearer_error *err)
{
    nearer_times *times = NULL;
    NR_TRY(nearer_times_compute(&times, c->study->network, &c->query, err));
    c->minutes = nr_alloc(c->n, c->n * sizeof *c->minutes);
    if (c->minutes != NULL)
        memcpy(c->minutes, nr_times_matrix(times), c->n * c->n * sizeof *c->minutes);
    nearer_times_free(times);
    return c->minutes == NULL ? nr_fail_memory(err) : NEARER_OK;
}

static nearer_status make_report(nearer_report **out, cutter *c, size_t idle, nearer_error *err)
{
    NR_TRY(nr_report_new(out, err));
    NR_TRY(put_elements(*out, c, err));
    NR_TRY(put_bridges(*out, c, err));
    return nr_report_add_note(
        *out, err,
        "each of %zu %ss gone by itself; %zu carry no fastest way and are not "
        "listed: nothing is lost with them",
        c->count, by_words[c->by], idle);
}

static const char *known_by(const void *unused, size_t i)
{
    (void)unused;
    return by_words[i];
}

static nearer_status read_by(by *out, const char *word, nearer_error *err)
{
    size_t k = 0;
    while (k < BYS && strcmp(by_words[k], word) != 0) k++;
    *out = (by)k;
    return k < BYS ? NEARER_OK
                   : nr_fail_unknown(err, word, known_by, NULL, "nothing is cut by '%.40s'", word);
}

nearer_status nearer_ask_cut(nearer_report **out, const nearer_study *study,
                             const nearer_query *query, const char *mass, const char *by_word,
                             nearer_error *err)
{
    cutter c = {.study = study, .query = *query, .n = study->network->place_count};
    nearer_report *report = NULL;
    size_t idle = 0;
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    NR_TRY(read_by(&c.by, by_word, err));
    NR_TRY(nr_study_mass(&c.mass, study, mass, err));
    NR_TRY(nr_network_modes(&c.modes, study->network, query->modes, err));
    nearer_status status = find_elements(&c, err);
    if (status == NEARER_OK) status = find_minutes(&c, err);
    if (status == NEARER_OK) status = find_riding(&c, err);
    if (status == NEARER_OK) status = cut_each(&c, &idle, err);
    if (status == NEARER_OK) status = make_report(&report, &c, idle, err);
    nr_free(c.of);
    nr_free(c.elements);
    nr_free(c.without.links);
    nr_free(c.minutes);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
