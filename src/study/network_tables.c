/* A study's network as two tables, for formats that hold networks. */
#include <math.h>

#include "study/convert.h"
#include "study/study.h"

static nearer_status put_nodes(nearer_table **out, const nearer_network *network, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    nr_table_add_column(table, "lon_deg", 6);
    nr_table_add_column(table, "lat_deg", 6);
    nr_table_add_column(table, "is_place", NR_TEXT_COLUMN);
    for (size_t i = 0; i < network->node_count; i++) {
        const nr_node *node = &network->nodes[i];
        nr_table_put(table, node->id, node->name, node->at.lon, node->at.lat,
                     node->place == NR_NO_INDEX ? "" : "yes");
    }
    return nr_table_finish(out, table, err);
}

static const char *name_of(const nr_names *names, uint32_t index)
{
    return index == NR_NO_INDEX ? "" : names->texts[index];
}

static const char *date_or_empty(nearer_date date, nearer_date missing, char buffer[16])
{
    return date == missing ? "" : nearer_date_format(date, buffer);
}

nearer_status nr_study_draw_link(nearer_table *table, size_t row, const nearer_network *network,
                                 const nr_link *link, nearer_error *err)
{
    size_t n = link->vertices;
    if (n == 0) return NEARER_OK;
    nr_lonlat *line = nr_alloc(n, sizeof *line);
    if (line == NULL) return nr_fail_memory(err);
    const nr_lonlat *drawn = &network->shapes[link->shape], from = network->nodes[link->from].at;
    bool turned = drawn[0].lon != from.lon || drawn[0].lat != from.lat;
    for (size_t i = 0; i < n; i++) line[i] = drawn[turned ? n - 1 - i : i];
    nr_table_set_line(table, row, line, n);
    nr_free(line);
    return NEARER_OK;
}

static nearer_status put_links(nearer_table **out, const nearer_network *network, nearer_date date,
                               nearer_error *err)
{
    static const char *const texts[] = {"from",   "to",     "mode",      "layer",
                                        "class",  "line",   "service",   "opened",
                                        "closed", "oneway", "estimated", "transfer"};
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t i = 0; i < 12; i++) nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
    nr_table_add_column(table, "minutes", 2);
    nr_table_add_column(table, "length_km", 2);
    nr_table_add_column(table, "wait_min", 2);
    if (network->priced) nr_table_add_column(table, "cost", 2);
    for (size_t i = 0; i < network->link_count; i++) {
        const nr_link *l = &network->links[i];
        char opened[16], closed[16];
        if (date != 0 && !nr_link_open(l, date)) continue;
        nr_table_put(table, network->nodes[l->from].id, network->nodes[l->to].id,
                     nr_modes[l->mode].id, network->layers[l->layer].id,
                     name_of(&network->classes, l->class_id), name_of(&network->lines, l->line),
                     name_of(&network->services, l->service),
                     date_or_empty(l->opened, NR_ALWAYS_OPEN, opened),
                     date_or_empty(l->closed, NR_NEVER_CLOSED, closed), l->oneway ? "yes" : "",
                     l->estimated ? "yes" : "", l->transfer ? "yes" : "",
                     nr_link_minutes(network, l), nr_link_km(network, l), l->wait_min, l->cost);
        nearer_status status =
            nr_study_draw_link(table, nearer_table_rows(table) - 1, network, l, err);
        if (status == NEARER_OK) continue;
        nearer_table_free(table);
        return status;
    }
    return nr_table_finish(out, table, err);
}

nearer_status nr_study_network_tables(nr_network_tables *out, const nearer_study *study,
                                      nearer_date date, nearer_error *err)
{
    nr_network_tables tables = {0};
    nearer_status status = put_nodes(&tables.nodes, study->network, err);
    if (status == NEARER_OK) status = put_links(&tables.links, study->network, date, err);
    if (status == NEARER_OK)
        *out = tables;
    else
        nr_network_tables_clear(&tables);
    return status;
}
