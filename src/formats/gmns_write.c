#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/gmns.h"
#include "formats/wkt.h"
#include "model/ends.h"

enum { NONE = -1 };

/* A column taken over under another name. */
typedef struct column {
    const char *theirs, *ours;
    bool needed; /* empty where there is none */
} column;

static const column node_columns[] = {
    {"node_id", "id", true},
    {"name", "name", false},
    {"x_coord", "lon_deg", true},
    {"y_coord", "lat_deg", true},
};
static const column link_columns[] = {
    {"length", "length_km", false},
    {"facility_type", "class", false},
    {"free_speed", "speed_kmh", false},
};

/* Adds a column with the cells of another, or empty ones when there is none. */
static void copy_column(nearer_table *to, const char *name, const nearer_table *from,
                        ptrdiff_t found)
{
    size_t c = (size_t)found,
           at = nr_table_add_column(
               to, name, found == NONE ? NR_TEXT_COLUMN : nearer_table_column_decimals(from, c));
    for (size_t row = 0; found != NONE && row < nearer_table_rows(from); row++) {
        const char *text = nearer_table_text(from, row, c);
        if (text != NULL)
            nr_table_set_text(to, row, at, text, strlen(text));
        else
            nr_table_set_number(to, row, at, nearer_table_number(from, row, c));
    }
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0) return true;
    return false;
}

/* All columns that are not written yet, by their names; one that would be read as a field of GMNS
 * by another name. */
static void copy_others(nearer_table *to, const nearer_table *from, const char *const *written,
                        const char *const *fields)
{
    for (size_t c = 0; c < nearer_table_columns(from); c++) {
        const char *name = nearer_table_column_name(from, c);
        char given[120];
        if (is_one_of(name, written)) continue;
        snprintf(given, sizeof given, "%s%.100s", is_one_of(name, fields) ? "given_" : "", name);
        copy_column(to, given, from, (ptrdiff_t)c);
    }
}

static void copy_columns(nearer_table *to, const nearer_table *from, const column *columns,
                         size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ptrdiff_t found = from == NULL ? NONE : nearer_table_find(from, columns[i].ours);
        if (found >= 0 || columns[i].needed) copy_column(to, columns[i].theirs, from, found);
    }
}

static nearer_status make_nodes(nearer_table **out, const nearer_table *nodes, const nr_ends *ends,
                                nearer_error *err)
{
    static const char *const written[] = {"id", "name", "lon_deg", "lat_deg", NULL};
    static const char *const fields[] = {NR_GMNS_NODE_FIELDS, NULL};
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t row = 0; row < ends->ids.count; row++) nr_table_add_row(table, 0);
    copy_columns(table, nodes, node_columns, sizeof node_columns / sizeof *node_columns);
    for (size_t row = 0; nodes == NULL && row < ends->ids.count; row++)
        nr_table_set_text(table, row, 0, ends->ids.texts[row], strlen(ends->ids.texts[row]));
    if (nodes != NULL) copy_others(table, nodes, written, fields);
    return nr_table_finish(out, table, err);
}

/* The links' own ids are kept when each has one and no two the same. */
static nearer_status find_link_ids(ptrdiff_t *out, const nearer_table *links, nearer_error *err)
{
    nr_names ids = {0};
    char number[NR_NUMBER_TEXT];
    ptrdiff_t found = nearer_table_find(links, "link_id");
    bool starved = false;
    for (size_t row = 0; found >= 0 && !starved && row < nearer_table_rows(links); row++) {
        const char *id = nr_table_cell(links, row, (size_t)found, number);
        starved = nr_names_add(&ids, id) == NR_NO_NAME;
        if (id[0] == 0 || ids.count == row) found = NONE;
    }
    nr_names_clear(&ids);
    *out = found;
    return starved ? nr_fail_memory(err) : NEARER_OK;
}

static bool any_drawn(const nearer_table *links)
{
    size_t n = 0;
    for (size_t row = 0; n == 0 && row < nearer_table_rows(links); row++)
        nr_table_line(links, row, &n);
    return n > 0;
}

/* A way back is drawn in the other direction. */
static void add_geometry(nearer_table *table, const nearer_table *links, const nr_ends *ends,
                         nr_text *room)
{
    char number[NR_NUMBER_TEXT];
    size_t at = nr_table_add_column(table, "geometry", NR_TEXT_COLUMN),
           flag = nr_table_add_column(table, "dir_flag", 0);
    ptrdiff_t oneway = nearer_table_find(links, "oneway");
    for (size_t row = 0; row < ends->count; row++) {
        size_t n;
        int way = 0;
        const nr_lonlat *line = nr_table_line(links, row, &n);
        if (n < 2) continue;
        if (oneway >= 0) nr_oneway_parse(&way, nr_table_cell(links, row, (size_t)oneway, number));
        room->length = 0;
        nr_wkt_add_line(room, line, n);
        if (!room->failed) nr_table_set_text(table, row, at, room->bytes, room->length);
        nr_table_set_number(table, row, flag, way < 0 ? -1 : 1);
    }
}

static nearer_status make_links(nearer_table **out, const nearer_table *links, const nr_ends *ends,
                                nearer_error *err)
{
    ptrdiff_t line = nearer_table_find(links, "line"),
              name = line >= 0 ? line : nearer_table_find(links, "name");
    const char *const written[] = {"from",      "to",     "length_km", "class",
                                   "speed_kmh", "oneway", "link_id",   line >= 0 ? "line" : "name",
                                   NULL};
    static const char *const fields[] = {NR_GMNS_LINK_FIELDS, NULL};
    static const char *const names[] = {"link_id", "from_node_id", "to_node_id", "directed"};
    nearer_table *table = NULL;
    nr_text room = {0};
    ptrdiff_t ids = NONE;
    NR_TRY(find_link_ids(&ids, links, err));
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    for (size_t i = 0; i < 4; i++) nr_table_add_column(table, names[i], NR_TEXT_COLUMN);
    for (size_t row = 0; row < ends->count; row++) {
        char number[NR_NUMBER_TEXT];
        const char *id = ids >= 0 ? nr_table_cell(links, row, (size_t)ids, number)
                                  : nr_format_number((double)(row + 1), number);
        nr_table_put(table, id, ends->ids.texts[ends->from[row]], ends->ids.texts[ends->to[row]],
                     ends->oneway[row] ? "true" : "false");
    }
    if (name >= 0) copy_column(table, "name", links, name);
    copy_columns(table, links, link_columns, sizeof link_columns / sizeof *link_columns);
    if (any_drawn(links)) add_geometry(table, links, ends, &room);
    copy_others(table, links, written, fields);
    bool failed = room.failed;
    nr_text_clear(&room);
    if (!failed) return nr_table_finish(out, table, err);
    nearer_table_free(table);
    return nr_fail_memory(err);
}

/* Adds a table as CSV and frees it. */
static nearer_status add_csv(nr_output *out, const char *name, nearer_table *table,
                             nearer_error *err)
{
    nr_output one = {0};
    nearer_status status = nr_format_csv.write(&one, table, err);
    nearer_table_free(table);
    if (status == NEARER_OK)
        *nr_output_add(out, name) = one.files[0].bytes;
    else
        nr_output_clear(&one);
    return status;
}

nearer_status nr_gmns_write(nr_output *out, const nr_network_tables *network, nearer_error *err)
{
    nr_ends ends;
    nearer_table *nodes = NULL, *links = NULL;
    NR_TRY(nr_ends_read(&ends, network, err));
    nearer_status status = make_nodes(&nodes, network->nodes, &ends, err);
    if (status == NEARER_OK) status = make_links(&links, network->links, &ends, err);
    nr_ends_clear(&ends);
    if (status != NEARER_OK) {
        nearer_table_free(nodes);
        return status;
    }
    nr_text_add_word(nr_output_add(out, "/config.csv"),
                     "dataset_name,short_length,long_length,speed,crs,geometry_field_format,"
                     "currency,version_number,id_type\n"
                     "nearer,m,km,kmh,EPSG:4326,WKT,,0.96,string\n");
    status = add_csv(out, "/node.csv", nodes, err);
    if (status != NEARER_OK) {
        nearer_table_free(links);
        return status;
    }
    return add_csv(out, "/link.csv", links, err);
}
