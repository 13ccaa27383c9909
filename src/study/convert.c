/* One format into another: tables into tables, lines into networks, networks into either. */
#include "study/convert.h"

#include <math.h>
#include <string.h>

#include "formats/format.h"
#include "study/study.h"

/* What was read: a network, or a table alone in `links`. */
typedef struct content {
    nr_network_tables tables;
    bool is_network;
    size_t lost; /* cells, on the way out */
} content;

static bool has_column(const nearer_table *table, const char *name)
{
    return nearer_table_find(table, name) >= 0;
}

static nearer_status read_study(content *out, const char *path, nearer_date date, nearer_error *err)
{
    nearer_study *study = NULL;
    NR_TRY(nearer_study_read(&study, path, err));
    nearer_status status = nr_study_network_tables(&out->tables, study, date, err);
    nearer_study_free(study);
    out->is_network = status == NEARER_OK;
    return status;
}

static nearer_status read_content(content *out, const char *path, const nearer_conversion *c,
                                  nearer_error *err)
{
    const nr_format *format = NULL;
    size_t n = strlen(path);
    if (c->how.format == NULL && n > 5 && nr_same_word(path + n - 5, ".json"))
        return read_study(out, path, c->date, err);
    if (c->date != 0)
        return nr_fail(err, NEARER_USAGE, "%s: only a study has links that open and close", path);
    NR_TRY(nr_format_find(&format, path, c->how.format, NR_READ, err));
    out->is_network = format->read == NULL;
    return out->is_network ? format->read_network(&out->tables, path, &c->how, err)
                           : nearer_table_read(&out->tables.links, path, &c->how, err);
}

/* Lines join to a network; a table that names the ends of links is one already. */
static nearer_status make_network(content *out, const nearer_conversion *c, nearer_error *err)
{
    nearer_table *table = out->tables.links;
    if (out->is_network || (has_column(table, "from") && has_column(table, "to"))) return NEARER_OK;
    if (!nr_table_has_lines(table))
        return nr_fail(err, NEARER_VALUE,
                       "%s: a network is made of lines or of links with the columns from and to",
                       nr_table_source(table));
    NR_TRY(nr_table_check_ends(table, err));
    const nr_topology_spec spec = {c->topology.snap_m, c->topology.crossings};
    nr_topology topology;
    nr_network_tables made;
    NR_TRY(nr_topology_build(&topology, table, &spec, err));
    nearer_status status = nr_topology_tables(&made, &topology, table, err);
    nr_topology_clear(&topology);
    if (status != NEARER_OK) return status;
    nearer_table_free(table);
    out->tables = made;
    out->is_network = true;
    return NEARER_OK;
}

/* Gives links the positions of their ends, so that they can be drawn. */
static nearer_status place_ends(nr_network_tables *tables, nearer_error *err)
{
    static const char *const names[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    nearer_table *links = tables->links;
    const nearer_table *nodes = tables->nodes;
    if (nodes == NULL || nr_table_has_lines(links) || !has_column(nodes, "lon_deg"))
        return NEARER_OK;
    nr_names ids = {0};
    size_t columns[4];
    bool good = true;
    char text[NR_NUMBER_TEXT];
    size_t id = (size_t)nearer_table_find(nodes, "id");
    size_t at[] = {(size_t)nearer_table_find(nodes, "lon_deg"),
                   (size_t)nearer_table_find(nodes, "lat_deg")};
    size_t ends[] = {(size_t)nearer_table_find(links, "from"),
                     (size_t)nearer_table_find(links, "to")};
    for (size_t i = 0; i < nearer_table_rows(nodes) && good; i++)
        good = nr_names_add(&ids, nr_table_cell(nodes, i, id, text)) != NR_NO_NAME;
    for (size_t i = 0; i < 4; i++) columns[i] = nr_table_add_column(links, names[i], 6);
    for (size_t row = 0; row < nearer_table_rows(links) && good; row++)
        for (size_t i = 0; i < 4; i++) {
            size_t node = nr_names_find(&ids, nr_table_cell(links, row, ends[i / 2], text));
            if (node == NR_NO_NAME) continue;
            nr_table_set_number(links, row, columns[i],
                                nearer_table_number(nodes, node, at[i % 2]));
        }
    nr_names_clear(&ids);
    return good && !nr_table_starved(links) ? NEARER_OK : nr_fail_memory(err);
}

static nearer_status choose_table(const nearer_table **out, content *in, const char *wanted,
                                  nearer_error *err)
{
    if (wanted == NULL || strcmp(wanted, "links") == 0) {
        if (in->is_network) NR_TRY(place_ends(&in->tables, err));
        *out = in->tables.links;
        return NEARER_OK;
    }
    if (!in->is_network || in->tables.nodes == NULL)
        return nr_fail(err, NEARER_USAGE, "there are no nodes in what is read");
    *out = in->tables.nodes;
    return NEARER_OK;
}

static nearer_status write_content(content *in, const char *to, const nearer_conversion *c,
                                   nearer_error *err)
{
    const nr_format *format = NULL;
    nr_output output = {.float32 = c->float32};
    const nearer_table *table = NULL;
    nearer_error why;
    NR_TRY(nr_format_find(&format, to, NULL, NR_WRITE, err));
    if (format->write == NULL) {
        NR_TRY(make_network(in, c, err));
    } else {
        if (c->table != NULL) NR_TRY(make_network(in, c, err));
        NR_TRY(choose_table(&table, in, c->table, err));
    }
    nearer_status status = format->write == NULL ? format->write_network(&output, &in->tables, &why)
                                                 : format->write(&output, table, &why);
    in->lost = output.lost;
    if (status == NEARER_OK) return nr_output_write(&output, to, err);
    nr_output_clear(&output);
    const char *source = nr_table_source(in->tables.links); /* the fault may be a row's there */
    bool says_where = source != NULL && strncmp(why.message, source, strlen(source)) == 0;
    return says_where ? nr_fail(err, status, "%s", why.message)
                      : nr_fail(err, status, "%s: %.900s", to, why.message);
}

static nearer_status tell(nearer_report *report, const content *in, const char *from,
                          const char *to, nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, NULL, NULL, err));
    nr_table_add_column(table, "from", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to", NR_TEXT_COLUMN);
    nr_table_add_column(table, "rows", 0);
    nr_table_add_column(table, "nodes", 0);
    nr_table_put(table, from, to, (double)nearer_table_rows(in->tables.links),
                 in->tables.nodes == NULL ? NAN : (double)nearer_table_rows(in->tables.nodes));
    NR_TRY(nr_study_put(report, "converted", "Written", table, err));
    const nr_layer_facts *facts = nr_table_facts(in->tables.links);
    if (facts != NULL && facts->kinds[NR_SHAPE_AREA] > 0)
        NR_TRY(nr_report_add_note(report, err, "areas are written as their centres"));
    if (in->lost > 0)
        NR_TRY(nr_report_add_note(report, err,
                                  "cells that %s has no room for (a long text is cut, an infinite "
                                  "number left empty): %zu",
                                  to, in->lost));
    if (facts != NULL && facts->kinds[NR_SHAPE_NONE] > 0)
        return nr_report_add_note(report, err, "records without a shape: %zu",
                                  facts->kinds[NR_SHAPE_NONE]);
    return NEARER_OK;
}

nearer_status nearer_convert(nearer_report **out, const char *from, const char *to,
                             const nearer_conversion *conversion, nearer_error *err)
{
    content in = {0};
    nearer_report *report = NULL;
    const nr_format *format = NULL;
    const char *table = conversion->table;
    if (table != NULL && strcmp(table, "links") != 0 && strcmp(table, "nodes") != 0)
        return nr_fail(err, NEARER_NAME, "no table '%s'; there are: links, nodes", table);
    NR_TRY(nr_format_find(&format, to, NULL, NR_WRITE, err)); /* before a long reading */
    if (format->knows == NULL) NR_TRY(nr_file_check_place(to, err));
    bool reads = false;
    NR_TRY(nearer_reads(&reads, from, to, err));
    if (reads)
        return nr_fail(err, NEARER_USAGE,
                       "%s: it would be written over what is read; give the outcome another name",
                       to);
    NR_TRY(nr_report_new(&report, err));
    nearer_status status = read_content(&in, from, conversion, err);
    if (status == NEARER_OK) status = write_content(&in, to, conversion, err);
    if (status == NEARER_OK) status = tell(report, &in, from, to, err);
    nr_network_tables_clear(&in.tables);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}

nearer_status nr_network_tables_read(nr_network_tables *out, const char *path,
                                     const nearer_conversion *conversion, nearer_error *err)
{
    content in = {0};
    nearer_status status = read_content(&in, path, conversion, err);
    if (status == NEARER_OK) status = make_network(&in, conversion, err);
    if (status == NEARER_OK)
        *out = in.tables;
    else
        nr_network_tables_clear(&in.tables);
    return status;
}
