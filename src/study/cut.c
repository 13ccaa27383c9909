/* What is lost when one link, line, node or mode is gone (N - 1). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "base/unknown.h"
#include "graph/bridges.h"
#include "graph/times.h"
#include "study/losses.h"
#include "study/study.h"

typedef enum by { BY_LINK, BY_LINE, BY_NODE, BY_MODE, BYS } by;
static const char *const by_words[BYS + 1] = {"link", "line", "node", "mode", NULL};

/* Something that may be gone, with what is lost then. */
typedef struct element {
    uint32_t link; /* one of its links; or the node */
    size_t links;  /* open ones */
    double riding; /* pairs whose fastest way rides it */
    nr_loss loss;
} element;

typedef struct cutter {
    const nearer_study *study;
    nearer_query query;
    const double *mass;
    nr_losses losses;
    by by;
    size_t n;
    unsigned modes;
    nearer_network without;                        /* borrows all but its links */
    uint32_t *of;                                  /* element of each link */
    uint32_t *of_to;                               /* by node: that of its other end */
    nr_grouped_links groupings[NR_LOAD_GROUPINGS]; /* by those */
    element *elements; /* and one behind the last: links that are not open */
    size_t count;
    double *minutes; /* as it is */
    nr_graph *graph;
    bool *closing;      /* of each element: its loss is found by closing its links in the graph */
    nr_change *changes; /* of a row */
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
    c->elements = nr_alloc(2 * n + 1, sizeof *c->elements);
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
    for (size_t k = 0; k < 2 * n; k++)
        if (c->of[k] == NR_NO_INDEX) c->of[k] = (uint32_t)c->count;
    c->groupings[0] = (nr_grouped_links){c->of, c->count + 1};
    c->groupings[1] = (nr_grouped_links){c->of_to, c->count + 1};
    return status;
}

/* By node each pair counts once at each end of the links it rides, as of, and as of_to. */
static nearer_status find_riding(cutter *c, nearer_error *err)
{
    nr_loading loading;
    const nr_task task = nr_graph_task(c->graph, &c->query);
    NR_TRY(nr_loading_compute(&loading, c->graph, &task, NULL, c->groupings, err));
    for (size_t e = 0; e < c->count; e++)
        c->elements[e].riding =
            fmax(loading.groups[0][e].pairs, c->by == BY_NODE ? loading.groups[1][e].pairs : 0);
    nr_loading_clear(&loading);
    return NEARER_OK;
}

/* ---- closed in the graph ---- */

static nearer_status take_changes(void *context, size_t from, const nr_change *changes,
                                  size_t count, nearer_error *err)
{
    cutter *c = context;
    (void)err;
    for (size_t k = 0, next; k < count; k = next) {
        for (next = k + 1; next < count && changes[next].group == changes[k].group;) next++;
        nr_loss_add_row(&c->elements[changes[k].group].loss, &c->losses, from, changes + k,
                        next - k);
    }
    return NEARER_OK;
}

/* Of all pairs; where more ride, whole matrices by an engine that searches from many sources side
 * by side are sooner there, by measure on a country's railways. */
static const double most_riding = 0.2;

static nearer_status close_each(cutter *c, nearer_error *err)
{
    double most = most_riding * (double)(c->n * (c->n - 1));
    bool any = false;
    const nr_task task = nr_graph_task(c->graph, &c->query);
    c->closing = nr_alloc(c->count + 1, sizeof *c->closing);
    if (c->closing == NULL) return nr_fail_memory(err);
    NR_TRY(nr_closing_check(c->closing, c->graph, &c->query, c->groupings, err));
    for (size_t e = 0; e <= c->count; e++) {
        double riding = c->elements[e].riding;
        c->closing[e] = c->closing[e] && riding > 0 && riding <= most;
        any = any || c->closing[e];
    }
    if (!any) return NEARER_OK;
    return nr_closing_compute(c->graph, &task, c->groupings, c->closing, take_changes, c, err);
}

/* ---- left out of the network ---- */

static void set_links(cutter *c, uint32_t item, bool gone)
{
    const nearer_network *network = c->study->network;
    for (size_t i = 0; i < network->link_count; i++)
        if (c->of[i] == item || c->of_to[i] == item)
            c->without.links[i].closed = gone ? network->links[i].opened : network->links[i].closed;
}

static void compare(nr_loss *loss, const cutter *c, const double *now)
{
    for (size_t i = 0; i < c->n; i++) {
        size_t count = 0;
        for (size_t j = 0; j < c->n; j++) {
            double minutes = now[i * c->n + j];
            if (minutes != c->minutes[i * c->n + j])
                c->changes[count++] = (nr_change){.to = (uint32_t)j, .minutes = minutes};
        }
        nr_loss_add_row(loss, &c->losses, i, c->changes, count);
    }
}

static nearer_status leave_out(cutter *c, uint32_t item, nearer_error *err)
{
    nearer_times *times = NULL;
    set_links(c, item, true);
    nearer_status status = nearer_times_compute(&times, &c->without, &c->query, err);
    set_links(c, item, false);
    if (status == NEARER_OK) compare(&c->elements[item].loss, c, nr_times_matrix(times));
    nearer_times_free(times);
    return status;
}

static nearer_status leave_each_out(cutter *c, nearer_error *err)
{
    size_t all = 0, done = 0;
    for (size_t e = 0; e < c->count; e++)
        all += c->elements[e].riding > 0 && !c->closing[e] ? 1 : 0;
    c->changes = nr_alloc(c->n, sizeof *c->changes);
    if (c->changes == NULL) return nr_fail_memory(err);
    for (uint32_t e = 0; e < c->count; e++) {
        if (!(c->elements[e].riding > 0) || c->closing[e]) continue;
        NR_TRY(leave_out(c, e, err));
        nr_progress("cuts", ++done, all);
    }
    return NEARER_OK;
}

static nearer_status cut_each(cutter *c, nearer_error *err)
{
    NR_TRY(nr_losses_init(&c->losses, c->minutes, c->mass, c->n, err));
    NR_TRY(nr_graph_build(&c->graph, c->study->network, &c->query, err));
    NR_TRY(find_riding(c, err));
    NR_TRY(close_each(c, err));
    NR_TRY(leave_each_out(c, err));
    for (size_t e = 0; e < c->count; e++) nr_loss_finish(&c->elements[e].loss, &c->losses);
    return NEARER_OK;
}

/* ---- tables ---- */

static int worst_first(const void *x, const void *y)
{
    const element *a = x, *b = y;
    if (a->loss.cut_off != b->loss.cut_off) return a->loss.cut_off > b->loss.cut_off ? -1 : 1;
    if (a->loss.mean != b->loss.mean) return a->loss.mean > b->loss.mean ? -1 : 1;
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
    const nr_loss *loss = &e->loss;
    size_t i = loss->worst_pair / c->n, j = loss->worst_pair % c->n;
    const char *mode = c->by == BY_NODE ? "" : nr_modes[network->links[e->link].mode].id,
               *from = loss->worst > 0 ? network->places[i].name : "",
               *to = loss->worst > 0 ? network->places[j].name : "",
               *id = c->by == BY_NODE ? network->nodes[e->link].id : "";
    nr_lonlat at = {NAN, NAN};
    if (c->by == BY_NODE) at = network->nodes[e->link].at;
    nr_table_put(table, name_of(name, c, e), id, mode, (double)e->links, e->riding, loss->cut_off,
                 loss->places, loss->mean, loss->worst, from, to, at.lon, at.lat);
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

static nearer_status make_report(nearer_report **out, cutter *c, nearer_error *err)
{
    size_t idle = 0;
    for (size_t e = 0; e < c->count; e++) idle += c->elements[e].riding > 0 ? 0 : 1;
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
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    NR_TRY(read_by(&c.by, by_word, err));
    NR_TRY(nr_study_mass(&c.mass, study, mass, err));
    NR_TRY(nr_network_modes(&c.modes, study->network, query->modes, err));
    nearer_status status = find_elements(&c, err);
    if (status == NEARER_OK) status = find_minutes(&c, err);
    if (status == NEARER_OK) status = cut_each(&c, err);
    if (status == NEARER_OK) status = make_report(&report, &c, err);
    nr_free(c.of);
    nr_free(c.elements);
    nr_free(c.without.links);
    nr_free(c.minutes);
    nr_free(c.closing);
    nr_free(c.changes);
    nr_losses_clear(&c.losses);
    nr_graph_free(c.graph);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
