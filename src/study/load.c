/* All-or-nothing loading: trips between places put on the links of their fastest ways. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "study/convert.h"
#include "study/demand.h"

enum { LINES, MODES };

typedef struct loader {
    const nearer_network *network;
    nr_graph *graph;
    nr_demand demand;
    nr_demand_rest rest;
    uint32_t *of[NR_LOAD_GROUPINGS]; /* each link's line, and its mode */
    nr_names lines;                  /* by mode and name */
    uint32_t *line_link;             /* a link of each line */
    nr_loading loading;
    uint32_t *order; /* arcs that are ridden, the fullest first */
    size_t ridden, links_open;
} loader;

/* Lines are told apart by mode and name. */
static nearer_status group_links(loader *l, nearer_error *err)
{
    size_t n = l->network->link_count;
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) l->of[g] = nr_alloc(n, sizeof *l->of[g]);
    l->line_link = nr_alloc(n, sizeof *l->line_link);
    if (l->of[LINES] == NULL || l->of[MODES] == NULL || l->line_link == NULL)
        return nr_fail_memory(err);
    for (uint32_t i = 0; i < n; i++) {
        const nr_link *link = &l->network->links[i];
        nr_text key = {0};
        nr_text_print(&key, "%d %s", (int)link->mode, nr_link_line(l->network, link));
        char *text = nr_text_take(&key);
        size_t before = l->lines.count,
               line = text == NULL ? NR_NO_NAME : nr_names_add(&l->lines, text);
        nr_free(text);
        if (line == NR_NO_NAME) return nr_fail_memory(err);
        if (line == before) l->line_link[line] = i;
        l->of[LINES][i] = (uint32_t)line;
        l->of[MODES][i] = link->mode;
    }
    return NEARER_OK;
}

static nearer_status compute(loader *l, const nearer_query *query, bool given, nearer_error *err)
{
    NR_TRY(nr_graph_build(&l->graph, l->network, query, err));
    NR_TRY(group_links(l, err));
    const nr_task task = nr_graph_task(l->graph, query);
    const nr_grouped_links groupings[NR_LOAD_GROUPINGS] = {
        [LINES] = {l->of[LINES], l->lines.count}, [MODES] = {l->of[MODES], NR_MODE_COUNT}};
    NR_TRY(nr_loading_compute(&l->loading, l->graph, &task, given ? &l->demand : NULL, groupings,
                              err));
    l->order = nr_alloc(l->graph->arc_count, sizeof *l->order);
    if (l->order == NULL) return nr_fail_memory(err);
    for (uint32_t a = 0; a < l->graph->arc_count; a++) {
        if (l->graph->arcs[a].kind != NR_ARC_LINK) continue;
        l->links_open++;
        if (l->loading.arcs[a].pairs > 0) l->order[l->ridden++] = a;
    }
    return NEARER_OK;
}

/* A row of a table to be sorted: the most first, equal ones as they came. */
typedef struct ranked {
    double trips;
    uint32_t item;
} ranked;

static int by_trips(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    if (a->trips != b->trips) return a->trips > b->trips ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* Sorts items by their loads. */
static nearer_status put_in_order(uint32_t *items, size_t n, const nr_load *loads,
                                  nearer_error *err)
{
    ranked *rows = nr_alloc(n, sizeof *rows);
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < n; i++) rows[i] = (ranked){loads[items[i]].trips, items[i]};
    if (n > 1) qsort(rows, n, sizeof *rows, by_trips);
    for (size_t i = 0; i < n; i++) items[i] = rows[i].item;
    nr_free(rows);
    return NEARER_OK;
}

static const char *name_of(const nr_names *names, uint32_t index)
{
    return index == NR_NO_INDEX ? "" : names->texts[index];
}

static nearer_status put_link(nearer_table *table, const loader *l, uint32_t number,
                              nearer_error *err)
{
    const nearer_network *network = l->network;
    const nr_arc *arc = &l->graph->arcs[number];
    nr_link link = network->links[arc->of];
    if (arc->backward) {
        uint32_t from = link.from;
        link.from = link.to;
        link.to = from;
    }
    const nr_node *from = &network->nodes[link.from], *to = &network->nodes[link.to];
    double km = nr_link_km(network, &link), trips = l->loading.arcs[number].trips;
    size_t row = nearer_table_rows(table);
    nr_table_put(table, from->id, to->id, from->name, to->name, network->layers[link.layer].id,
                 nr_modes[link.mode].id, name_of(&network->lines, link.line),
                 name_of(&network->classes, link.class_id),
                 name_of(&network->services, link.service), l->loading.arcs[number].pairs, trips,
                 nr_ticks_value(arc->ticks, NR_TICKS_PER_MINUTE), km, trips * km, from->at.lon,
                 from->at.lat, to->at.lon, to->at.lat);
    return nr_study_draw_link(table, row, network, &link, err);
}

static nearer_status links_table(nearer_table **out, loader *l, nearer_error *err)
{
    static const char *const texts[] = {"from_id", "to_id", "from",  "to",     "layer",
                                        "mode",    "line",  "class", "service"};
    static const struct {
        const char *name;
        int decimals;
    } numbers[] = {{"pairs", 0},        {"trips", 0},      {"time_min", 1},
                   {"length_km", 1},    {"trip_km", 0},    {"from_lon_deg", 4},
                   {"from_lat_deg", 4}, {"to_lon_deg", 4}, {"to_lat_deg", 4}};
    nearer_table *table = NULL;
    NR_TRY(put_in_order(l->order, l->ridden, l->loading.arcs, err));
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        nr_table_add_column(table, numbers[i].name, numbers[i].decimals);
    nearer_status status = NEARER_OK;
    for (size_t i = 0; status == NEARER_OK && i < l->ridden; i++)
        status = put_link(table, l, l->order[i], err);
    if (status == NEARER_OK) return nr_table_finish(out, table, err);
    nearer_table_free(table);
    return status;
}

/* Kilometres and hours ridden in each group; km and hours are all 0. */
static void sum_rides(double *km, double *hours, const loader *l, const uint32_t *group_of)
{
    for (uint32_t a = 0; a < l->graph->arc_count; a++) {
        const nr_arc *arc = &l->graph->arcs[a];
        double trips = l->loading.arcs[a].trips;
        if (arc->kind != NR_ARC_LINK || !(trips > 0)) continue;
        km[group_of[arc->of]] += trips * nr_link_km(l->network, &l->network->links[arc->of]);
        hours[group_of[arc->of]] += trips * nr_ticks_value(arc->ticks, NR_TICKS_PER_MINUTE) / 60;
    }
}

/* The groups that are ridden, the fullest first. */
static nearer_status put_groups(nearer_table *table, const loader *l, size_t grouping, size_t n,
                                nearer_error *err)
{
    const nr_load *loads = l->loading.groups[grouping];
    double *km = nr_alloc(2 * n, sizeof *km), *hours = km == NULL ? NULL : km + n, all = 0;
    uint32_t *items = nr_alloc(n, sizeof *items);
    size_t count = 0;
    nearer_status status = km == NULL || items == NULL ? nr_fail_memory(err) : NEARER_OK;
    if (status == NEARER_OK) {
        sum_rides(km, hours, l, l->of[grouping]);
        for (uint32_t g = 0; g < n; g++) {
            all += hours[g];
            if (loads[g].pairs > 0) items[count++] = g;
        }
        status = put_in_order(items, count, loads, err);
    }
    for (size_t i = 0; status == NEARER_OK && i < count; i++) {
        uint32_t g = items[i];
        double share = all > 0 ? 100 * hours[g] / all : NAN;
        const nr_link *link = &l->network->links[grouping == LINES ? l->line_link[g] : 0];
        if (grouping == LINES)
            nr_table_put(table, nr_link_line(l->network, link), nr_modes[link->mode].id,
                         loads[g].pairs, loads[g].trips, km[g], hours[g], share);
        else
            nr_table_put(table, nr_modes[g].id, loads[g].pairs, loads[g].trips, km[g], hours[g],
                         share);
    }
    nr_free(km);
    nr_free(items);
    return status;
}

static nearer_status groups_table(nearer_table **out, const loader *l, size_t grouping,
                                  nearer_error *err)
{
    static const char *const numbers[] = {"pairs", "trips", "trip_km", "trip_hours",
                                          "trip_hours_pct"};
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    if (grouping == LINES) nr_table_add_column(table, "line", NR_TEXT_COLUMN);
    nr_table_add_column(table, "mode", NR_TEXT_COLUMN);
    for (size_t i = 0; i < 5; i++) nr_table_add_column(table, numbers[i], i < 4 ? 0 : 1);
    nearer_status status =
        put_groups(table, l, grouping, grouping == LINES ? l->lines.count : NR_MODE_COUNT, err);
    if (status == NEARER_OK) return nr_table_finish(out, table, err);
    nearer_table_free(table);
    return status;
}

static nearer_status put_notes(nearer_report *report, const loader *l, nearer_error *err)
{
    const nr_loading *a = &l->loading;
    char loaded[NR_NUMBER_TEXT], lost[NR_NUMBER_TEXT], within[NR_NUMBER_TEXT];
    NR_TRY(nr_report_add_note(report, err,
                              "%s trips of %.0f pairs loaded on %zu of %zu links (each way); %s "
                              "trips of %.0f pairs unreachable",
                              nr_format_number(a->loaded.trips, loaded), a->loaded.pairs, l->ridden,
                              l->links_open, nr_format_number(a->unreachable.trips, lost),
                              a->unreachable.pairs));
    if (l->rest.within > 0)
        NR_TRY(nr_report_add_note(report, err, "%s trips from a place to itself left out",
                                  nr_format_number(l->rest.within, within)));
    if (l->rest.missing > 0)
        NR_TRY(nr_report_add_note(report, err, "%zu rows of the trips have no number: left out",
                                  l->rest.missing));
    return NEARER_OK;
}

static nearer_status put_tables(nearer_report *report, loader *l, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(links_table(&table, l, err));
    NR_TRY(nr_report_add_table(report, "links", "Trips on each link, each way", table, err));
    NR_TRY(groups_table(&table, l, LINES, err));
    NR_TRY(nr_report_add_table(report, "lines", "Trips on each line", table, err));
    NR_TRY(groups_table(&table, l, MODES, err));
    NR_TRY(nr_report_add_table(report, "modes", "Trips by each mode", table, err));
    return put_notes(report, l, err);
}

static void clear(loader *l)
{
    nr_graph_free(l->graph);
    nr_demand_clear(&l->demand);
    for (size_t g = 0; g < NR_LOAD_GROUPINGS; g++) nr_free(l->of[g]);
    nr_names_clear(&l->lines);
    nr_free(l->line_link);
    nr_loading_clear(&l->loading);
    nr_free(l->order);
}

nearer_status nearer_ask_load(nearer_report **out, const nearer_study *study,
                              const nearer_query *query, const nearer_table *demand,
                              const char *column, nearer_error *err)
{
    loader l = {.network = study->network};
    nearer_report *report = NULL;
    nearer_status status = NEARER_OK;
    if (study->network->given[1] != NULL)
        return nr_fail(err, NEARER_USAGE, "times that were given have no ways, only minutes");
    if (demand != NULL)
        status = nr_demand_read(&l.demand, &l.rest, l.network, demand,
                                column == NULL ? "trips" : column, err);
    if (status == NEARER_OK) status = compute(&l, query, demand != NULL, err);
    if (status == NEARER_OK) status = nr_report_new(&report, err);
    if (status == NEARER_OK) status = put_tables(report, &l, err);
    clear(&l);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
