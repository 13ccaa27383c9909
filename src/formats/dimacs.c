/* Graphs of the 9th DIMACS challenge: .gr with weights, .co beside it with coordinates in
 * millionths of a degree. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "formats/format.h"

typedef struct scanner {
    const char *path, *at;
    size_t line;
    nearer_error *err;
} scanner;

static nearer_status fail(const scanner *s, const char *expected)
{
    return nr_fail(s->err, NEARER_SYNTAX, "%s:%zu: '%.*s', %s was expected", s->path, s->line,
                   (int)(strcspn(s->at, "\r\n") < 60 ? strcspn(s->at, "\r\n") : 60), s->at,
                   expected);
}

/* Whole numbers behind a line's letter; false when there are others or something else. */
static bool read_numbers(const char *at, long long *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        while (*at == ' ' || *at == '\t') at++;
        bool negative = *at == '-';
        at += negative;
        if (*at < '0' || *at > '9') return false;
        long long value = 0;
        for (; *at >= '0' && *at <= '9'; at++) {
            if (value > 100000000000000000) return false;
            value = value * 10 + (*at - '0');
        }
        out[i] = negative ? -value : value;
    }
    while (*at == ' ' || *at == '\t') at++;
    return *at == '\n' || *at == '\r' || *at == 0;
}

static void next_line(scanner *s)
{
    const char *end = strchr(s->at, '\n');
    s->at = end == NULL ? s->at + strlen(s->at) : end + 1;
    s->line++;
}

/* The line with the sizes, before all others but comments. */
static nearer_status read_sizes(scanner *s, const char *word, long long *out, size_t n)
{
    while (*s->at == 'c' || *s->at == '\n' || *s->at == '\r') next_line(s);
    size_t length = strlen(word);
    if (strncmp(s->at, word, length) != 0 || !read_numbers(s->at + length, out, n) || out[0] < 0 ||
        out[n - 1] < 0 || out[0] > UINT32_MAX)
        return fail(s, n == 2 ? "'p sp NODES ARCS'" : "'p aux sp co NODES'");
    next_line(s);
    return NEARER_OK;
}

static void put_id(nearer_table *table, size_t row, size_t column, long long id)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%lld", id);
    nr_table_set_text(table, row, column, text, (size_t)n);
}

static nearer_status read_arcs(scanner *s, nearer_table *links, long long *nodes)
{
    long long sizes[2] = {0, 0}, arc[3], count = 0;
    NR_TRY(read_sizes(s, "p sp", sizes, 2));
    *nodes = sizes[0];
    for (; *s->at != 0; next_line(s)) {
        if (*s->at == 'c' || *s->at == '\n' || *s->at == '\r') continue;
        if (*s->at != 'a' || !read_numbers(s->at + 1, arc, 3)) return fail(s, "'a FROM TO WEIGHT'");
        if (arc[0] < 1 || arc[0] > *nodes || arc[1] < 1 || arc[1] > *nodes)
            return fail(s, "a node from 1 to the number of nodes");
        if (arc[2] < 0) return fail(s, "a weight of 0 or more");
        size_t row = nr_table_add_row(links, s->line);
        put_id(links, row, 0, arc[0]);
        put_id(links, row, 1, arc[1]);
        nr_table_set_number(links, row, 2, (double)arc[2]);
        nr_table_set_text(links, row, 3, "yes", 3);
        count++;
    }
    if (count == sizes[1]) return NEARER_OK;
    return nr_fail(s->err, NEARER_SYNTAX, "%s: %lld arcs, its first line says %lld", s->path, count,
                   sizes[1]);
}

/* Every node is one of the graph; those without a line have no position. */
static nearer_status read_places(scanner *s, nearer_table *nodes, long long count)
{
    long long size = 0, place[3];
    NR_TRY(read_sizes(s, "p aux sp co", &size, 1));
    if (size != count)
        return nr_fail(s->err, NEARER_SYNTAX, "%s: coordinates of %lld nodes, the graph has %lld",
                       s->path, size, count);
    for (; *s->at != 0; next_line(s)) {
        if (*s->at == 'c' || *s->at == '\n' || *s->at == '\r') continue;
        if (*s->at != 'v' || !read_numbers(s->at + 1, place, 3)) return fail(s, "'v NODE X Y'");
        nr_lonlat at = {(double)place[1] / 1e6, (double)place[2] / 1e6};
        if (place[0] < 1 || place[0] > count) return fail(s, "a node of the graph");
        if (!nr_lonlat_valid(at)) return fail(s, "millionths of a degree");
        nr_table_set_number(nodes, (size_t)place[0] - 1, 1, at.lon);
        nr_table_set_number(nodes, (size_t)place[0] - 1, 2, at.lat);
    }
    return NEARER_OK;
}

/* "x.gr" and "x.gr.gz" have "x.co" or "x.co.gz" beside them. */
static char *coordinates_path(const char *path)
{
    nr_text name = {0};
    const char *dot = strstr(path, ".gr");
    for (const char *p = dot; p != NULL; p = strstr(p + 1, ".gr")) dot = p;
    if (dot == NULL) return nr_copy_text("", 0);
    for (int i = 0; i < 2; i++) {
        name.length = 0;
        nr_text_add(&name, path, (size_t)(dot - path));
        nr_text_add_word(&name, i == 0 ? ".co" : ".co.gz");
        if (name.failed || nr_file_exists(name.bytes)) return nr_text_take(&name);
    }
    nr_text_clear(&name);
    return nr_copy_text("", 0);
}

static nearer_status add_places(nearer_table *nodes, const char *path, long long count,
                                nearer_error *err)
{
    char *bytes = NULL;
    size_t length;
    for (long long i = 1; i <= count; i++) put_id(nodes, nr_table_add_row(nodes, 0), 0, i);
    char *name = coordinates_path(path);
    if (name == NULL) return nr_fail_memory(err);
    nearer_status status = NEARER_OK;
    if (name[0] != 0) {
        status = nr_file_read_text(&bytes, &length, name, NULL, err);
        scanner s = {name, bytes, 1, err};
        if (status == NEARER_OK) status = read_places(&s, nodes, count);
        nr_free(bytes);
    }
    nr_free(name);
    return status;
}

static nearer_status read_dimacs(nr_network_tables *out, const char *path,
                                 const nearer_reading *how, nearer_error *err)
{
    nr_network_tables tables = {0};
    char *bytes = NULL;
    size_t length;
    long long nodes = 0;
    (void)how;
    NR_TRY(nr_file_read_text(&bytes, &length, path, NULL, err));
    scanner s = {path, bytes, 1, err};
    nearer_status status = nr_table_new(&tables.links, path, "line", err);
    if (status == NEARER_OK) status = nr_table_new(&tables.nodes, path, "node", err);
    if (status == NEARER_OK) {
        const char *columns[] = {"from", "to", "weight", "oneway"};
        for (size_t i = 0; i < 4; i++)
            nr_table_add_column(tables.links, columns[i], i == 2 ? 0 : NR_TEXT_COLUMN);
        nr_table_add_column(tables.nodes, "id", NR_TEXT_COLUMN);
        nr_table_add_column(tables.nodes, "lon_deg", 6);
        nr_table_add_column(tables.nodes, "lat_deg", 6);
        status = read_arcs(&s, tables.links, &nodes);
    }
    nr_free(bytes);
    if (status == NEARER_OK) status = add_places(tables.nodes, path, nodes, err);
    return status == NEARER_OK ? nr_network_tables_finish(out, tables.nodes, tables.links, err)
                               : nr_network_tables_drop(tables.nodes, tables.links, status);
}

/* ---- writing ---- */

/* Weights as they are, or minutes as milliseconds, or lengths as metres. */
static nearer_status find_weight(size_t *column, double *factor, const nearer_table *links,
                                 nearer_error *err)
{
    ptrdiff_t weight = nearer_table_find(links, "weight");
    ptrdiff_t minutes = nearer_table_find(links, "minutes");
    ptrdiff_t length = nearer_table_find(links, "length_km");
    *column = (size_t)(weight >= 0 ? weight : minutes >= 0 ? minutes : length);
    *factor = weight >= 0 ? 1 : minutes >= 0 ? 60000 : 1000;
    if (weight >= 0 || minutes >= 0 || length >= 0) return NEARER_OK;
    return nr_fail(err, NEARER_VALUE, "the links have neither weight nor minutes nor length_km");
}

static nearer_status number_nodes(nr_names *ids, const nr_network_tables *network,
                                  const size_t ends[2], nearer_error *err)
{
    char text[NR_NUMBER_TEXT];
    size_t id = network->nodes == NULL ? 0 : (size_t)nearer_table_find(network->nodes, "id");
    for (size_t i = 0; network->nodes != NULL && i < nearer_table_rows(network->nodes); i++)
        if (nr_names_add(ids, nr_table_cell(network->nodes, i, id, text)) == NR_NO_NAME)
            return nr_fail_memory(err);
    for (size_t r = 0; r < nearer_table_rows(network->links); r++)
        for (size_t e = 0; e < 2; e++)
            if (nr_names_add(ids, nr_table_cell(network->links, r, ends[e], text)) == NR_NO_NAME)
                return nr_fail_memory(err);
    return NEARER_OK;
}

static nearer_status add_arcs(nr_text *out, size_t *count, const nearer_table *links,
                              const size_t ends[2], const nr_names *ids, nearer_error *err)
{
    char a[NR_NUMBER_TEXT], b[NR_NUMBER_TEXT];
    size_t column;
    double factor;
    ptrdiff_t oneway = nearer_table_find(links, "oneway");
    NR_TRY(find_weight(&column, &factor, links, err));
    for (size_t r = 0; r < nearer_table_rows(links); r++) {
        double weight = floor(nearer_table_number(links, r, column) * factor + 0.5);
        if (!(weight >= 0 && weight < 1e15))
            return nr_fail(err, NEARER_VALUE, "link %zu has no %s", r + 1,
                           nearer_table_column_name(links, column));
        size_t from = nr_names_find(ids, nr_table_cell(links, r, ends[0], a)) + 1;
        size_t to = nr_names_find(ids, nr_table_cell(links, r, ends[1], b)) + 1;
        bool once = oneway >= 0 && nr_table_cell(links, r, (size_t)oneway, a)[0] != 0;
        nr_text_print(out, "a %zu %zu %.0f\n", from, to, weight);
        if (!once) nr_text_print(out, "a %zu %zu %.0f\n", to, from, weight);
        *count += once ? 1 : 2;
    }
    return NEARER_OK;
}

static void add_coordinates(nr_output *output, const nr_network_tables *network, size_t nodes)
{
    const nearer_table *table = network->nodes;
    ptrdiff_t lon = table == NULL ? -1 : nearer_table_find(table, "lon_deg");
    ptrdiff_t lat = table == NULL ? -1 : nearer_table_find(table, "lat_deg");
    if (lon < 0 || lat < 0) return;
    nr_text *out = nr_output_add(output, ".co");
    nr_text_print(out, "p aux sp co %zu\n", nodes);
    for (size_t i = 0; i < nearer_table_rows(table); i++) {
        nr_lonlat at = {nearer_table_number(table, i, (size_t)lon),
                        nearer_table_number(table, i, (size_t)lat)};
        if (nr_lonlat_valid(at))
            nr_text_print(out, "v %zu %lld %lld\n", i + 1, llround(at.lon * 1e6),
                          llround(at.lat * 1e6));
    }
}

static nearer_status write_dimacs(nr_output *output, const nr_network_tables *network,
                                  nearer_error *err)
{
    nr_names ids = {0};
    nr_text arcs = {0};
    size_t ends[2], count = 0;
    NR_TRY(nr_table_require(&ends[0], network->links, "from", err));
    NR_TRY(nr_table_require(&ends[1], network->links, "to", err));
    nearer_status status = number_nodes(&ids, network, ends, err);
    if (status == NEARER_OK) status = add_arcs(&arcs, &count, network->links, ends, &ids, err);
    if (status == NEARER_OK) {
        add_coordinates(output, network, ids.count);
        nr_text *out = nr_output_add(output, "");
        nr_text_print(out, "p sp %zu %zu\n", ids.count, count);
        nr_text_add(out, arcs.bytes == NULL ? "" : arcs.bytes, arcs.length);
        if (arcs.failed) status = nr_fail_memory(err);
    }
    nr_text_clear(&arcs);
    nr_names_clear(&ids);
    return status;
}

const nr_format nr_format_dimacs = {
    .id = "dimacs",
    .title = "graph of the 9th DIMACS challenge, .co beside .gr",
    .endings = ".gr .gr.gz",
    .read_network = read_dimacs,
    .write_network = write_dimacs,
};
