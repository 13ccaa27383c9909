/* A topology as two tables, for formats that hold networks. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/topology.h"

static const char *const made[] = {"from",       "to",         "from_lon_deg", "from_lat_deg",
                                   "to_lon_deg", "to_lat_deg", "length_km"};

static bool is_made(const char *name)
{
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (strcmp(made[i], name) == 0) return true;
    return false;
}

/* Columns that are of the whole line, and so of each piece in part. */
static bool is_total(const char *name)
{
    static const char *const totals[] = {"minutes", "reverse_minutes", "weight",     "cost",
                                         "toll",    "time_min",        "travel_time"};
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        if (strcmp(totals[i], name) == 0) return true;
    return false;
}

double nr_piece_km(const nr_piece *piece, const nearer_table *table)
{
    ptrdiff_t c = nearer_table_find(table, "length_km");
    double km = c < 0 ? NAN : nearer_table_number(table, piece->row, (size_t)c) * piece->share;
    if (!(km > 0) || isinf(km) || fabs(km - piece->length_km) <= 1e-9 * piece->length_km)
        return piece->length_km; /* where it was measured, to the last digit */
    return km;
}

static nearer_status add_nodes(nearer_table **out, const nr_topology *topology, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "lon_deg", 6);
    nr_table_add_column(table, "lat_deg", 6);
    for (size_t i = 0; i < topology->node_count; i++) {
        char id[24];
        snprintf(id, sizeof id, "%zu", i + 1);
        nr_table_put(table, id, topology->nodes[i].lon, topology->nodes[i].lat);
    }
    return nr_table_finish(out, table, err);
}

/* The piece as it is drawn, from node to node; `room` grows. */
static bool draw(nearer_table *links, size_t row, const nr_topology *topology,
                 const nr_piece *piece, const nearer_table *table, nr_lonlat **room,
                 size_t *capacity)
{
    nr_lonlat ends[2];
    size_t n, count = 0, wanted = (size_t)piece->last - piece->first + 2;
    const nr_lonlat *v = nr_line_vertices(table, piece->row, &n, ends);
    while (*capacity < wanted)
        if (!nr_grow((void **)room, *capacity, capacity, sizeof **room)) return false;
    (*room)[count++] = topology->nodes[piece->from];
    for (size_t i = piece->first; i < piece->last; i++) (*room)[count++] = v[i];
    (*room)[count++] = topology->nodes[piece->to];
    nr_table_set_line(links, row, *room, count);
    return true;
}

static void copy_cells(nearer_table *links, size_t row, size_t first, const nearer_table *table,
                       const nr_piece *piece)
{
    if (nr_table_starved(links)) return; /* some columns are not there */
    for (size_t c = 0; c < nearer_table_columns(table); c++) {
        if (is_made(nearer_table_column_name(table, c))) continue;
        char number[NR_NUMBER_TEXT];
        double value = nearer_table_number(table, piece->row, c);
        const char *text = nr_table_cell(table, piece->row, c, number);
        if (piece->share < 1 && !isnan(value) && is_total(nearer_table_column_name(table, c))) {
            value *= piece->share;
            text = nr_format_number(value, number);
        }
        if (nearer_table_column_decimals(links, first) < 0)
            nr_table_set_text(links, row, first, text, strlen(text));
        else
            nr_table_set_number(links, row, first, value);
        first++;
    }
}

/* Totals are numbers, as far as they are; other columns are taken as they stand. */
static void add_column_of(nearer_table *links, const nearer_table *table, size_t c)
{
    const char *name = nearer_table_column_name(table, c);
    if (nearer_table_column_decimals(table, c) < 0 && is_total(name) &&
        nr_table_holds_numbers(table, c))
        nr_table_add_column(links, name, 3);
    else
        nr_table_add_column_like(links, table, c);
}

static nearer_status add_links(nearer_table **out, const nr_topology *topology,
                               const nearer_table *table, nearer_error *err)
{
    nearer_table *links = NULL;
    nr_lonlat *room = NULL;
    size_t capacity = 0;
    bool good = true;
    NR_TRY(nr_table_new(&links, NULL, NULL, err));
    for (size_t i = 0; i < 7; i++)
        nr_table_add_column(links, made[i], i < 2 ? NR_TEXT_COLUMN : i < 6 ? 6 : 3);
    for (size_t c = 0; c < nearer_table_columns(table); c++)
        if (!is_made(nearer_table_column_name(table, c))) add_column_of(links, table, c);
    for (size_t i = 0; i < topology->piece_count && good; i++) {
        const nr_piece *p = &topology->pieces[i];
        nr_lonlat from = topology->nodes[p->from], to = topology->nodes[p->to];
        const double numbers[] = {from.lon, from.lat, to.lon, to.lat, nr_piece_km(p, table)};
        size_t row = nr_table_add_row(links, 0);
        for (size_t e = 0; e < 2; e++) {
            char id[24];
            int n = snprintf(id, sizeof id, "%u", (e == 0 ? p->from : p->to) + 1);
            nr_table_set_text(links, row, e, id, (size_t)n);
        }
        for (size_t k = 0; k < 5; k++) nr_table_set_number(links, row, k + 2, numbers[k]);
        copy_cells(links, row, 7, table, p);
        good = draw(links, row, topology, p, table, &room, &capacity);
    }
    nr_free(room);
    if (good) return nr_table_finish(out, links, err);
    nearer_table_free(links);
    return nr_fail_memory(err);
}

nearer_status nr_topology_tables(nr_network_tables *out, const nr_topology *topology,
                                 const nearer_table *table, nearer_error *err)
{
    nr_network_tables tables = {0};
    nearer_status status = add_nodes(&tables.nodes, topology, err);
    if (status == NEARER_OK) status = add_links(&tables.links, topology, table, err);
    if (status == NEARER_OK)
        *out = tables;
    else
        nr_network_tables_clear(&tables);
    return status;
}
