/* The pairs that gain most by a scenario, and what it builds. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "graph/times.h"
#include "study/line_tables.h"

enum { MOST_PAIRS = 100 };

/* Lines ridden, one after the other. */
static nearer_status describe(char out[300], const nr_graph *graph, size_t from, size_t to,
                              nearer_error *err)
{
    nr_leg *legs = NULL;
    size_t count = 0, n = 0;
    double minutes;
    const nearer_network *network = graph->network;
    const char *last = NULL;
    out[0] = 0;
    NR_TRY(
        nr_graph_trip(&legs, &count, &minutes, graph, graph->source[from], graph->target[to], err));
    for (size_t k = 0; k < count; k++) {
        if (legs[k].kind != NR_ARC_LINK) continue;
        const char *line = nr_link_line(network, &network->links[legs[k].link]);
        if (last != NULL && strcmp(last, line) == 0) continue;
        bool fits = n + strlen(line) < 290;
        n += (size_t)snprintf(out + n, 300 - n, "%s%s", n > 0 ? ", " : "", fits ? line : "...");
        if (!fits) break;
        last = line;
    }
    nr_free(legs);
    return NEARER_OK;
}

static nearer_status put_pair(nearer_table *table, const nr_line_question *q,
                              const nr_line_state *after, nr_graph *const graphs[2], size_t pair,
                              nearer_error *err)
{
    size_t i = pair / q->n, j = pair % q->n;
    const nr_place *places = q->before.study->network->places;
    char was[300], is[300];
    double b = q->before.minutes[pair], a = after->minutes[pair];
    NR_TRY(describe(was, graphs[0], i, j, err));
    NR_TRY(describe(is, graphs[1], i, j, err));
    nr_table_put(table, places[i].id, places[j].id, places[i].name, places[j].name, b, a, b - a,
                 100 * (1 - a / b), was, is);
    return NEARER_OK;
}

static nearer_status put_best(nearer_table *table, const nr_line_question *q,
                              const nr_line_state *after, const nr_line_gain *rows, size_t count,
                              nearer_error *err)
{
    nr_graph *graphs[2] = {NULL, NULL}; /* before and after */
    nearer_status status = nr_graph_build(&graphs[0], q->before.study->network, q->query, err);
    if (status == NEARER_OK)
        status = nr_graph_build(&graphs[1], after->study->network, q->query, err);
    for (size_t k = 0; status == NEARER_OK && k < count && k < MOST_PAIRS; k++)
        status = put_pair(table, q, after, graphs, rows[k].item, err);
    nr_graph_free(graphs[0]);
    nr_graph_free(graphs[1]);
    return status;
}

nearer_status nr_line_put_pairs(nearer_report *report, const nr_line_question *q,
                                const nr_line_state *after, nearer_error *err)
{
    static const char *const texts[] = {"from_id", "to_id", "from", "to"};
    static const char *const numbers[] = {"before_min", "after_min", "saved_min", "saved_pct"};
    size_t count = 0;
    nearer_table *table = NULL;
    nr_line_gain *rows = nr_alloc(q->n, q->n * sizeof *rows);
    if (rows == NULL) return nr_fail_memory(err);
    for (size_t k = 0; k < q->n * q->n; k++)
        if (after->minutes[k] < q->before.minutes[k])
            rows[count++] = (nr_line_gain){q->before.minutes[k] - after->minutes[k], k};
    if (count > 1) qsort(rows, count, sizeof *rows, nr_line_most_first);
    nearer_status status = nr_table_new(&table, NULL, NULL, err);
    for (size_t k = 0; status == NEARER_OK && k < 4; k++)
        nr_table_add_column(table, texts[k], NR_TEXT_COLUMN);
    for (size_t k = 0; status == NEARER_OK && k < 4; k++) nr_table_add_column(table, numbers[k], 1);
    if (status == NEARER_OK) nr_table_add_column(table, "path_before", NR_TEXT_COLUMN);
    if (status == NEARER_OK) nr_table_add_column(table, "path_after", NR_TEXT_COLUMN);
    if (status == NEARER_OK) status = put_best(table, q, after, rows, count, err);
    nr_free(rows);
    if (status == NEARER_OK)
        return nr_study_put(report, "pairs", "Pairs that gain most", table, err);
    nearer_table_free(table);
    return status;
}

/* ---- what is built ---- */

static const char *name_of(const nr_names *names, uint32_t index)
{
    return index == NR_NO_INDEX ? "" : names->texts[index];
}

static void put_link(nearer_table *table, const nearer_network *network, const nr_link *link)
{
    const nr_node *from = &network->nodes[link->from], *to = &network->nodes[link->to];
    double minutes = nr_link_minutes(network, link), km = nr_link_km(network, link);
    nr_table_put(table, nr_link_line(network, link), nr_modes[link->mode].id,
                 name_of(&network->classes, link->class_id),
                 name_of(&network->services, link->service), from->id, to->id, from->name, to->name,
                 minutes, km, 60 * km / minutes, from->at.lon, from->at.lat, to->at.lon,
                 to->at.lat);
}

/* Links behind those of the network as it is are those that scenarios built. */
nearer_status nr_line_put_built(nearer_report *report, const nr_line_question *q,
                                const nr_line_state *after, nearer_error *err)
{
    static const struct {
        const char *name;
        int decimals;
    } columns[] = {{"line", NR_TEXT_COLUMN},
                   {"mode", NR_TEXT_COLUMN},
                   {"class", NR_TEXT_COLUMN},
                   {"service", NR_TEXT_COLUMN},
                   {"from_id", NR_TEXT_COLUMN},
                   {"to_id", NR_TEXT_COLUMN},
                   {"from", NR_TEXT_COLUMN},
                   {"to", NR_TEXT_COLUMN},
                   {"time_min", 1},
                   {"length_km", 1},
                   {"speed_kmh", 0},
                   {"from_lon_deg", 4},
                   {"from_lat_deg", 4},
                   {"to_lon_deg", 4},
                   {"to_lat_deg", 4}};
    const nearer_network *network = after->study->network;
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        nr_table_add_column(table, columns[c].name, columns[c].decimals);
    for (size_t i = q->before.study->network->link_count; i < network->link_count; i++)
        if (nr_link_open(&network->links[i], q->query->date))
            put_link(table, network, &network->links[i]);
    return nr_study_put(report, "built", "What is built, section by section", table, err);
}
