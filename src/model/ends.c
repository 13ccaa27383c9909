#include "model/ends.h"

#include <stdio.h>

#include "base/memory.h"

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (nr_same_word(text, *words)) return true;
    return false;
}

/* The words are those of OpenStreetMap and of road layers. */
bool nr_oneway_parse(int *out, const char *text)
{
    static const char *const both[] = {"", "no", "false", "0", "n", "B", "both", NULL};
    static const char *const forward[] = {"yes", "true", "1", "y", "FT", "F", "forward", NULL};
    static const char *const back[] = {"-1", "TF", "T", "reverse", "backward", NULL};
    if (is_one_of(text, both))
        *out = 0;
    else if (is_one_of(text, forward))
        *out = 1;
    else if (is_one_of(text, back))
        *out = -1;
    else
        return false;
    return true;
}

/* Where a row stands in its file, or which it is of a table that is of none. */
static const char *where(const nearer_table *table, const char *what, size_t row,
                         char buffer[NR_WHERE])
{
    if (nr_table_source(table)[0] != 0) return nr_table_where(table, row, buffer);
    snprintf(buffer, NR_WHERE, "%s row %zu", what, row + 1);
    return buffer;
}

static nearer_status read_ids(nr_ends *ends, const nearer_table *nodes, nearer_error *err)
{
    size_t id, rows = nearer_table_rows(nodes);
    char number[NR_NUMBER_TEXT], place[NR_WHERE];
    NR_TRY(nr_table_require(&id, nodes, "id", err));
    for (size_t row = 0; row < rows; row++) {
        const char *text = nr_table_cell(nodes, row, id, number);
        if (text[0] == 0)
            return nr_fail(err, NEARER_VALUE, "%s: a node without id",
                           where(nodes, "nodes", row, place));
        if (nr_names_add(&ends->ids, text) == NR_NO_NAME) return nr_fail_memory(err);
        if (ends->ids.count == row)
            return nr_fail(err, NEARER_VALUE, "%s: node '%.80s' stands twice",
                           where(nodes, "nodes", row, place), text);
    }
    return NEARER_OK;
}

static nearer_status find_end(uint32_t *out, nr_ends *ends, const nr_network_tables *network,
                              size_t row, size_t column, nearer_error *err)
{
    char number[NR_NUMBER_TEXT], place[NR_WHERE];
    const char *text = nr_table_cell(network->links, row, column, number);
    if (text[0] == 0)
        return nr_fail(err, NEARER_VALUE, "%s: %s is empty, the id of a node was expected",
                       where(network->links, "links", row, place),
                       nearer_table_column_name(network->links, column));
    size_t node =
        network->nodes == NULL ? nr_names_add(&ends->ids, text) : nr_names_find(&ends->ids, text);
    if (node == NR_NO_NAME && network->nodes == NULL) return nr_fail_memory(err);
    if (node == NR_NO_NAME)
        return nr_fail(err, NEARER_NAME, "%s: %s is '%.80s', which is no node",
                       where(network->links, "links", row, place),
                       nearer_table_column_name(network->links, column), text);
    *out = (uint32_t)node;
    return NEARER_OK;
}

static nearer_status read_links(nr_ends *ends, const nr_network_tables *network, nearer_error *err)
{
    const nearer_table *links = network->links;
    char number[NR_NUMBER_TEXT], place[NR_WHERE];
    size_t columns[2];
    ptrdiff_t oneway = nearer_table_find(links, "oneway");
    NR_TRY(nr_table_require(&columns[0], links, "from", err));
    NR_TRY(nr_table_require(&columns[1], links, "to", err));
    for (size_t row = 0; row < ends->count; row++) {
        const char *word = oneway < 0 ? "" : nr_table_cell(links, row, (size_t)oneway, number);
        int way = 0;
        if (!nr_oneway_parse(&way, word))
            return nr_fail(err, NEARER_VALUE,
                           "%s: oneway is '%.80s', yes, no, reverse, FT, TF, B, -1 or nothing was "
                           "expected",
                           where(links, "links", row, place), word);
        NR_TRY(find_end(&ends->from[row], ends, network, row, columns[way < 0 ? 1 : 0], err));
        NR_TRY(find_end(&ends->to[row], ends, network, row, columns[way < 0 ? 0 : 1], err));
        ends->oneway[row] = way != 0;
        ends->arcs += way != 0 ? 1 : 2;
    }
    return NEARER_OK;
}

nearer_status nr_ends_read(nr_ends *out, const nr_network_tables *network, nearer_error *err)
{
    nr_ends ends = {.count = nearer_table_rows(network->links)};
    ends.from = nr_alloc(ends.count, sizeof *ends.from);
    ends.to = nr_alloc(ends.count, sizeof *ends.to);
    ends.oneway = nr_alloc(ends.count, sizeof *ends.oneway);
    nearer_status status = NEARER_OK;
    if (ends.from == NULL || ends.to == NULL || ends.oneway == NULL) status = nr_fail_memory(err);
    if (status == NEARER_OK && network->nodes != NULL)
        status = read_ids(&ends, network->nodes, err);
    if (status == NEARER_OK) status = read_links(&ends, network, err);
    if (status == NEARER_OK)
        *out = ends;
    else
        nr_ends_clear(&ends);
    return status;
}

void nr_ends_clear(nr_ends *ends)
{
    nr_names_clear(&ends->ids);
    nr_free(ends->from);
    nr_free(ends->to);
    nr_free(ends->oneway);
    *ends = (nr_ends){0};
}
