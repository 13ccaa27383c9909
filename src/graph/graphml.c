/* GraphML out, by igraph: every column of nodes and links as an attribute. Directed; a link of both
 * ways is two edges. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "graph/guard.h"
#include "model/format.h"

typedef struct writer {
    const nr_network_tables *network;
    nr_names ids;
    uint32_t *edges; /* from, to of each edge */
    size_t *rows;    /* the link of each */
    size_t count;
} writer;

static nearer_status number_edges(writer *w, nearer_error *err)
{
    const nearer_table *links = w->network->links, *nodes = w->network->nodes;
    char text[NR_NUMBER_TEXT];
    size_t ends[2], n = nearer_table_rows(links);
    ptrdiff_t oneway = nearer_table_find(links, "oneway");
    NR_TRY(nr_table_require(&ends[0], links, "from", err));
    NR_TRY(nr_table_require(&ends[1], links, "to", err));
    w->edges = nr_alloc(4 * n, sizeof *w->edges);
    w->rows = nr_alloc(2 * n, sizeof *w->rows);
    if (w->edges == NULL || w->rows == NULL) return nr_fail_memory(err);
    size_t id = nodes == NULL ? 0 : (size_t)nearer_table_find(nodes, "id");
    for (size_t i = 0; nodes != NULL && i < nearer_table_rows(nodes); i++)
        if (nr_names_add(&w->ids, nr_table_cell(nodes, i, id, text)) == NR_NO_NAME)
            return nr_fail_memory(err);
    for (size_t r = 0; r < n; r++) {
        size_t from = nr_names_add(&w->ids, nr_table_cell(links, r, ends[0], text));
        size_t to = nr_names_add(&w->ids, nr_table_cell(links, r, ends[1], text));
        if (from == NR_NO_NAME || to == NR_NO_NAME) return nr_fail_memory(err);
        bool once = oneway >= 0 && nr_table_cell(links, r, (size_t)oneway, text)[0] != 0;
        for (int back = 0; back <= (once ? 0 : 1); back++) {
            w->edges[2 * w->count] = (uint32_t)(back ? to : from);
            w->edges[2 * w->count + 1] = (uint32_t)(back ? from : to);
            w->rows[w->count++] = r;
        }
    }
    return NEARER_OK;
}

/* Characters that XML cannot hold (but tab and line ends) are left out. */
static const char *clean(char *room, const char *text)
{
    char *to = room;
    for (const char *p = text; *p != 0; p++)
        if ((unsigned char)*p >= 0x20 || *p == '\t' || *p == '\n' || *p == '\r') *to++ = *p;
    *to = 0;
    return room;
}

/* One column as an attribute of vertices or edges; rows[i] is the table's row of the i-th. */
static igraph_error_t add_attribute(igraph_t *graph, const nearer_table *table, size_t column,
                                    const size_t *rows, size_t count, bool edges)
{
    const char *name = nearer_table_column_name(table, column);
    igraph_error_t code = IGRAPH_SUCCESS;
    char *room = NULL;
    size_t longest = 0;
    bool text = nearer_table_column_decimals(table, column) < 0;
    for (size_t i = 0; text && i < nearer_table_rows(table); i++) {
        size_t n = strlen(nearer_table_text(table, i, column));
        if (n > longest) longest = n;
    }
    room = nr_alloc(longest + 1, 1);
    if (room == NULL) return IGRAPH_ENOMEM;
    for (size_t i = 0; i < count && code == IGRAPH_SUCCESS; i++) {
        size_t row = rows == NULL ? i : rows[i];
        igraph_integer_t id = (igraph_integer_t)i;
        if (row >= nearer_table_rows(table)) continue;
        if (text) {
            const char *value = clean(room, nearer_table_text(table, row, column));
            code = edges ? igraph_cattribute_EAS_set(graph, name, id, value)
                         : igraph_cattribute_VAS_set(graph, name, id, value);
        } else {
            double value = nearer_table_number(table, row, column);
            code = edges ? igraph_cattribute_EAN_set(graph, name, id, value)
                         : igraph_cattribute_VAN_set(graph, name, id, value);
        }
    }
    nr_free(room);
    return code;
}

static igraph_error_t add_attributes(igraph_t *graph, const writer *w)
{
    const nearer_table *nodes = w->network->nodes, *links = w->network->links;
    igraph_error_t code = IGRAPH_SUCCESS;
    for (size_t i = 0; nodes == NULL && i < w->ids.count && code == IGRAPH_SUCCESS; i++)
        code = igraph_cattribute_VAS_set(graph, "id", (igraph_integer_t)i, w->ids.texts[i]);
    for (size_t c = 0; nodes != NULL && c < nearer_table_columns(nodes) && code == IGRAPH_SUCCESS;
         c++)
        code = add_attribute(graph, nodes, c, NULL, w->ids.count, false);
    for (size_t c = 0; c < nearer_table_columns(links) && code == IGRAPH_SUCCESS; c++) {
        const char *name = nearer_table_column_name(links, c);
        if (strcmp(name, "from") == 0 || strcmp(name, "to") == 0 || strcmp(name, "oneway") == 0)
            continue;
        code = add_attribute(graph, links, c, w->rows, w->count, true);
    }
    return code;
}

static igraph_error_t write_graph(nr_text *out, const writer *w)
{
    igraph_t graph;
    igraph_vector_int_t edges;
    char *bytes = NULL;
    size_t length = 0;
    igraph_error_t code = igraph_vector_int_init(&edges, (igraph_integer_t)(2 * w->count));
    if (code != IGRAPH_SUCCESS) return code;
    for (size_t i = 0; i < 2 * w->count; i++) VECTOR(edges)[i] = (igraph_integer_t)w->edges[i];
    code = igraph_create(&graph, &edges, (igraph_integer_t)w->ids.count, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&edges);
    if (code != IGRAPH_SUCCESS) return code;
    code = add_attributes(&graph, w);
    FILE *stream = code == IGRAPH_SUCCESS ? open_memstream(&bytes, &length) : NULL;
    if (code == IGRAPH_SUCCESS && stream == NULL) code = IGRAPH_ENOMEM;
    if (stream != NULL) {
        code = igraph_write_graph_graphml(&graph, stream, 1);
        if (fclose(stream) != 0 && code == IGRAPH_SUCCESS) code = IGRAPH_EFILE;
        nr_text_add(out, bytes, length);
        nr_free(bytes);
    }
    igraph_destroy(&graph);
    return code;
}

static nearer_status write_graphml(nr_output *output, const nr_network_tables *network,
                                   nearer_error *err)
{
    writer w = {.network = network};
    nearer_status status = number_edges(&w, err);
    if (status == NEARER_OK) {
        nr_guard guard = nr_guard_enter();
        igraph_attribute_table_t *before = igraph_set_attribute_table(&igraph_cattribute_table);
        nr_text *out = nr_output_add(output, "");
        igraph_error_t code = write_graph(out, &w);
        igraph_set_attribute_table(before);
        nr_guard_leave(guard);
        status = out->failed ? nr_fail_memory(err) : nr_guard_status(code, err);
    }
    nr_names_clear(&w.ids);
    nr_free(w.edges);
    nr_free(w.rows);
    return status;
}

const nr_format nr_format_graphml = {
    .id = "graphml",
    .title = "graph with all attributes (igraph)",
    .endings = ".graphml",
    .write_network = write_graphml,
};
