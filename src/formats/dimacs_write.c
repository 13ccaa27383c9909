#include <math.h>
#include <string.h>

#include "formats/dimacs.h"
#include "model/ends.h"

static void add_whole(nr_text *out, long long value, char behind)
{
    char digits[24];
    size_t n = sizeof digits;
    unsigned long long left = value < 0 ? (unsigned long long)-value : (unsigned long long)value;
    digits[--n] = behind;
    do digits[--n] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0) digits[--n] = '-';
    nr_text_add(out, digits + n, sizeof digits - n);
}

/* Ids that are not the numbers of the nodes are told in comments. */
static void add_ids(nr_text *out, const nr_names *ids)
{
    bool same = true;
    for (size_t i = 0; i < ids->count && same; i++) {
        nr_text number = {0};
        nr_text_print(&number, "%zu", i + 1);
        same = number.bytes != NULL && strcmp(number.bytes, ids->texts[i]) == 0;
        if (number.failed) out->failed = true;
        nr_text_clear(&number);
    }
    for (size_t i = 0; i < ids->count && !same; i++) {
        nr_text_print(out, "c node %zu ", i + 1);
        for (const char *p = ids->texts[i]; *p != 0; p++)
            nr_text_add(out, *p == '\n' || *p == '\r' ? " " : p, 1);
        nr_text_add(out, "\n", 1);
    }
}

/* Written without positions too: one that lies there from before would be taken for its own. */
static nearer_status add_positions(nr_text *out, const nearer_table *nodes, nearer_error *err)
{
    ptrdiff_t lon = nodes == NULL ? -1 : nearer_table_find(nodes, "lon_deg");
    ptrdiff_t lat = nodes == NULL ? -1 : nearer_table_find(nodes, "lat_deg");
    size_t rows = lon < 0 || lat < 0 ? 0 : nearer_table_rows(nodes), found = 0;
    nr_text lines = {0};
    for (size_t row = 0; row < rows; row++) {
        nr_lonlat at = {nearer_table_number(nodes, row, (size_t)lon),
                        nearer_table_number(nodes, row, (size_t)lat)};
        if (!nr_lonlat_valid(at)) continue;
        nr_text_add(&lines, "v ", 2);
        add_whole(&lines, (long long)row + 1, ' ');
        add_whole(&lines, llround(at.lon * 1e6), ' ');
        add_whole(&lines, llround(at.lat * 1e6), '\n');
        found++;
    }
    nr_text_print(out, "p aux sp co %zu\n", found);
    if (lines.length > 0) nr_text_add(out, lines.bytes, lines.length);
    bool failed = lines.failed;
    nr_text_clear(&lines);
    return failed ? nr_fail_memory(err) : NEARER_OK;
}

/* What the arcs' whole numbers are made of. */
static const struct measure {
    const char *column, *said;
    double factor; /* 0: whole numbers as they are */
} measures[] = {{"minutes", "milliseconds", 60000},
                {"weight", "as given, without unit", 0},
                {"length_km", "metres", 1000}};

typedef struct weights {
    const nearer_table *links;
    size_t column;
    ptrdiff_t back; /* minutes of the way back, where they are others; -1: none */
    const struct measure *measure;
} weights;

static nearer_status find_weights(weights *out, const nearer_table *links, nearer_error *err)
{
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        ptrdiff_t found = nearer_table_find(links, measures[i].column);
        if (found < 0) continue;
        ptrdiff_t back = i == 0 ? nearer_table_find(links, "reverse_minutes") : -1;
        *out = (weights){links, (size_t)found, back, &measures[i]};
        return NEARER_OK;
    }
    return nr_fail(err, NEARER_VALUE,
                   "the links have no column minutes, weight or length_km; an arc of a .gr has one "
                   "of them");
}

static nearer_status weight_of(long long *out, const weights *w, size_t row, size_t column,
                               nearer_error *err)
{
    char number[NR_NUMBER_TEXT];
    double value = nearer_table_number(w->links, row, column), factor = w->measure->factor;
    double whole = factor > 0 ? round(value * factor) : value;
    if (!(whole >= 0 && whole < 1e15) || whole != round(whole))
        return nr_fail(err, NEARER_VALUE, "link %zu: %s is '%.80s', a %snumber from 0 was expected",
                       row + 1, nearer_table_column_name(w->links, column),
                       nr_table_cell(w->links, row, column, number), factor > 0 ? "" : "whole ");
    *out = (long long)whole;
    return NEARER_OK;
}

/* An empty cell of the way back: it takes the same. */
static nearer_status back_of(long long *out, const weights *w, size_t row, nearer_error *err)
{
    char number[NR_NUMBER_TEXT];
    if (w->back < 0 || nr_table_cell(w->links, row, (size_t)w->back, number)[0] == 0)
        return NEARER_OK;
    return weight_of(out, w, row, (size_t)w->back, err);
}

static void add_arc(nr_text *out, uint32_t from, uint32_t to, long long weight)
{
    nr_text_add(out, "a ", 2);
    add_whole(out, (long long)from + 1, ' ');
    add_whole(out, (long long)to + 1, ' ');
    add_whole(out, weight, '\n');
}

static nearer_status add_arcs(nr_text *out, const nr_ends *ends, const nearer_table *links,
                              nearer_error *err)
{
    weights w = {0};
    NR_TRY(find_weights(&w, links, err));
    nr_text_print(out, "c weights: %s\n", w.measure->said);
    add_ids(out, &ends->ids);
    nr_text_print(out, "p sp %zu %zu\n", ends->ids.count, ends->arcs);
    for (size_t row = 0; row < ends->count; row++) {
        long long weight = 0;
        NR_TRY(weight_of(&weight, &w, row, w.column, err));
        add_arc(out, ends->from[row], ends->to[row], weight);
        if (ends->oneway[row]) continue;
        NR_TRY(back_of(&weight, &w, row, err));
        add_arc(out, ends->to[row], ends->from[row], weight);
    }
    return NEARER_OK;
}

nearer_status nr_dimacs_write(nr_output *out, const nr_network_tables *network, nearer_error *err)
{
    nr_ends ends;
    NR_TRY(nr_ends_read(&ends, network, err));
    nearer_status status = add_positions(nr_output_add(out, ".co"), network->nodes, err);
    if (status == NEARER_OK) status = add_arcs(nr_output_add(out, ""), &ends, network->links, err);
    nr_ends_clear(&ends);
    return status;
}
