/* GraphML (Brandes et al. 2002), written by igraph: every column an attribute, a number or a text.
 * Directed; a link of both ways is two edges. */
#define _POSIX_C_SOURCE 200809L /* open_memstream, uselocale */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "graph/guard.h"
#include "model/ends.h"

/* The names of nodes and links are texts whatever they look like. */
static bool is_number_column(const nearer_table *table, size_t c)
{
    static const char *const names[] = {"id", "from", "to", "name", "link_id"};
    if (nearer_table_column_decimals(table, c) >= 0) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(nearer_table_column_name(table, c), names[i]) == 0) return false;
    return nr_table_holds_numbers(table, c);
}

/* The bytes of a character XML 1.0 does not have, even as a reference; 0: it has it. */
static size_t forbidden(const char *at)
{
    unsigned char c = (unsigned char)at[0];
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return 1;
    bool last = c == 0xEF && (unsigned char)at[1] == 0xBF && (unsigned char)at[2] >= 0xBE;
    return last ? 3 : 0;
}

/* The text with U+FFFD for such characters. */
static void make_xml_text(nr_text *out, const char *text)
{
    out->length = 0;
    nr_text_add(out, "", 0);
    while (*text != 0) {
        size_t n = forbidden(text);
        nr_text_add(out, n > 0 ? "\xEF\xBF\xBD" : text, n > 0 ? 3 : 1);
        text += n > 0 ? n : 1;
    }
}

typedef struct maker {
    igraph_t graph;
    const nr_ends *ends;
    nr_text name, text; /* room */
} maker;

/* The link of each edge: one after the other, the way back behind the way there. */
static igraph_error_t make_graph(maker *m)
{
    igraph_vector_int_t edges;
    const nr_ends *ends = m->ends;
    igraph_integer_t at = 0;
    igraph_error_t code = igraph_vector_int_init(&edges, 2 * (igraph_integer_t)ends->arcs);
    if (code != IGRAPH_SUCCESS) return code;
    for (size_t i = 0; i < ends->count; i++) {
        for (int back = 0; back <= (ends->oneway[i] ? 0 : 1); back++) {
            VECTOR(edges)[at++] = (igraph_integer_t)(back ? ends->to[i] : ends->from[i]);
            VECTOR(edges)[at++] = (igraph_integer_t)(back ? ends->from[i] : ends->to[i]);
        }
    }
    code = igraph_create(&m->graph, &edges, (igraph_integer_t)ends->ids.count, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&edges);
    return code;
}

/* The column that holds for the way back in place of column c: minutes and reverse_minutes change
 * places where both are known. */
static size_t back_column(const nearer_table *table, size_t row, size_t c)
{
    const char *name = nearer_table_column_name(table, c);
    const char *other = strcmp(name, "minutes") == 0           ? "reverse_minutes"
                        : strcmp(name, "reverse_minutes") == 0 ? "minutes"
                                                               : NULL;
    ptrdiff_t found = other == NULL ? -1 : nearer_table_find(table, other);
    bool known = found >= 0 && !isnan(nearer_table_number(table, row, c)) &&
                 !isnan(nearer_table_number(table, row, (size_t)found));
    return known ? (size_t)found : c;
}

static igraph_error_t set_numbers(maker *m, const nearer_table *table, size_t c, bool of_links)
{
    igraph_vector_t values;
    igraph_integer_t n = of_links ? igraph_ecount(&m->graph) : igraph_vcount(&m->graph), at = 0;
    igraph_error_t code = igraph_vector_init(&values, n);
    if (code != IGRAPH_SUCCESS) return code;
    for (size_t row = 0; row < nearer_table_rows(table); row++)
        for (int k = 0; k <= (of_links && !m->ends->oneway[row] ? 1 : 0); k++) VECTOR(values)
    [at++] = nearer_table_number(table, row, k == 0 ? c : back_column(table, row, c));
    code = of_links ? igraph_cattribute_EAN_setv(&m->graph, m->name.bytes, &values)
                    : igraph_cattribute_VAN_setv(&m->graph, m->name.bytes, &values);
    igraph_vector_destroy(&values);
    return code;
}

static const char *end_of(const nr_ends *ends, size_t row, bool from)
{
    return ends->ids.texts[from ? ends->from[row] : ends->to[row]];
}

/* The columns from and to say the ends of the edge, which may be the way back. */
static igraph_error_t set_texts(maker *m, const nearer_table *table, size_t c, bool of_links)
{
    igraph_strvector_t values;
    igraph_integer_t n = of_links ? igraph_ecount(&m->graph) : igraph_vcount(&m->graph), at = 0;
    igraph_error_t code = igraph_strvector_init(&values, n);
    const char *name = nearer_table_column_name(table, c);
    int end = !of_links ? 0 : strcmp(name, "from") == 0 ? -1 : strcmp(name, "to") == 0 ? 1 : 0;
    if (code != IGRAPH_SUCCESS) return code;
    for (size_t row = 0; row < nearer_table_rows(table) && code == IGRAPH_SUCCESS; row++) {
        for (int k = 0; k <= (of_links && !m->ends->oneway[row] ? 1 : 0); k++) {
            char number[NR_NUMBER_TEXT];
            size_t column = k == 0 ? c : back_column(table, row, c);
            make_xml_text(&m->text, end == 0 ? nr_table_cell(table, row, column, number)
                                             : end_of(m->ends, row, (end < 0) == (k == 0)));
            if (m->text.failed) code = IGRAPH_ENOMEM;
            if (code == IGRAPH_SUCCESS) code = igraph_strvector_set(&values, at++, m->text.bytes);
        }
    }
    if (code == IGRAPH_SUCCESS)
        code = of_links ? igraph_cattribute_EAS_setv(&m->graph, m->name.bytes, &values)
                        : igraph_cattribute_VAS_setv(&m->graph, m->name.bytes, &values);
    igraph_strvector_destroy(&values);
    return code;
}

static igraph_error_t set_columns(maker *m, const nearer_table *table, bool of_links)
{
    for (size_t c = 0; c < nearer_table_columns(table); c++) {
        make_xml_text(&m->name, nearer_table_column_name(table, c));
        if (m->name.failed) return IGRAPH_ENOMEM;
        igraph_error_t code = is_number_column(table, c) ? set_numbers(m, table, c, of_links)
                                                         : set_texts(m, table, c, of_links);
        if (code != IGRAPH_SUCCESS) return code;
    }
    return IGRAPH_SUCCESS;
}

/* Without a table of nodes their ids are all that is known. */
static igraph_error_t set_ids(maker *m)
{
    for (size_t i = 0; i < m->ends->ids.count; i++) {
        make_xml_text(&m->text, m->ends->ids.texts[i]);
        if (m->text.failed) return IGRAPH_ENOMEM;
        igraph_error_t code =
            igraph_cattribute_VAS_set(&m->graph, "id", (igraph_integer_t)i, m->text.bytes);
        if (code != IGRAPH_SUCCESS) return code;
    }
    return IGRAPH_SUCCESS;
}

/* Numbers with a point, whatever the program's locale: igraph prints them. */
static igraph_error_t print(nr_text *out, const maker *m)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    locale_t point = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    igraph_error_t code = stream == NULL || point == (locale_t)0 ? IGRAPH_ENOMEM : IGRAPH_SUCCESS;
    if (code == IGRAPH_SUCCESS) {
        locale_t before = uselocale(point);
        code = igraph_write_graph_graphml(&m->graph, stream, true);
        uselocale(before);
    }
    if (point != (locale_t)0) freelocale(point);
    if (stream != NULL && fclose(stream) != 0) code = IGRAPH_ENOMEM;
    if (code == IGRAPH_SUCCESS)
        *out = (nr_text){.bytes = bytes, .length = length, .capacity = length + 1};
    else
        nr_free(bytes);
    return code;
}

static igraph_error_t write_graph(nr_text *out, maker *m, const nr_network_tables *network)
{
    igraph_error_t code = make_graph(m);
    if (code != IGRAPH_SUCCESS) return code;
    code = network->nodes != NULL ? set_columns(m, network->nodes, false) : set_ids(m);
    if (code == IGRAPH_SUCCESS) code = set_columns(m, network->links, true);
    if (code == IGRAPH_SUCCESS) code = print(out, m);
    igraph_destroy(&m->graph);
    return code;
}

static nearer_status write_graphml(nr_output *output, const nr_network_tables *network,
                                   nearer_error *err)
{
    nr_ends ends;
    NR_TRY(nr_ends_read(&ends, network, err));
    maker m = {.ends = &ends};
    nr_text *out = nr_output_add(output, "");
    nr_guard guard = nr_guard_enter();
    const igraph_attribute_table_t *before = igraph_set_attribute_table(&igraph_cattribute_table);
    igraph_error_t code = write_graph(out, &m, network);
    igraph_set_attribute_table(before);
    nr_guard_leave(guard);
    nr_text_clear(&m.name);
    nr_text_clear(&m.text);
    nr_ends_clear(&ends);
    return nr_guard_status(code, err);
}

extern const nr_format nr_format_graphml; /* formats/formats.def names it */
const nr_format nr_format_graphml = {
    .id = "graphml",
    .title = "GraphML, for igraph, NetworkX, Gephi ...",
    .endings = ".graphml",
    .write_network = write_graphml,
};
