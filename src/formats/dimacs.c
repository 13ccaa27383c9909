/* DIMACS: the graphs of the 9th implementation challenge, shortest paths (Demetrescu, Goldberg,
 * Johnson 2006). Arcs in .gr, coordinates in the .co beside it; written in dimacs_write.c. */
#include "formats/dimacs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/crs.h"
#include "base/memory.h"
#include "formats/format.h"

typedef struct scanner {
    const char *path, *at;
    size_t line; /* now read */
    nearer_error *err;
} scanner;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Fails with what stands in the line now read. */
static nearer_status fail_line(const scanner *s, const char *begin, const char *expected)
{
    size_t n = strcspn(begin, "\r\n");
    return nr_fail(s->err, NEARER_SYNTAX, "%s:%zu: '%.*s', %s was expected", s->path, s->line,
                   (int)(n > 60 ? 60 : n), begin, expected);
}

/* Reads a whole number of up to 15 digits, which a double holds. */
static bool scan_number(scanner *s, double *out)
{
    while (is_blank(*s->at)) s->at++;
    bool negative = *s->at == '-';
    const char *begin = s->at + negative, *p = begin;
    long long value = 0;
    for (; *p >= '0' && *p <= '9' && p - begin < 16; p++) value = value * 10 + (*p - '0');
    if (p == begin || p - begin > 15 || (*p != 0 && *p != '\n' && !is_blank(*p))) return false;
    s->at = p;
    *out = (double)(negative ? -value : value);
    return true;
}

static bool scan_numbers(scanner *s, double *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!scan_number(s, &out[i])) return false;
    while (is_blank(*s->at)) s->at++;
    return *s->at == 0 || *s->at == '\n';
}

/* Goes to the next line that says something; its first letter, 0 at the end. */
static char next_line(scanner *s)
{
    for (;;) {
        if (s->line > 0) {
            const char *end = strchr(s->at, '\n');
            if (end == NULL) return 0;
            s->at = end + 1;
        }
        s->line++;
        while (is_blank(*s->at)) s->at++;
        bool comment = *s->at == 'c' && (s->at[1] == 0 || s->at[1] == '\n' || is_blank(s->at[1]));
        if (*s->at != 0 && *s->at != '\n' && !comment) return *s->at;
        if (*s->at == 0) return 0;
    }
}

/* The words of the `p` line, and the counts behind them. */
static nearer_status scan_problem(scanner *s, const char *words, double *counts, size_t n)
{
    const char *begin = s->at, *expected = words;
    char said[80];
    snprintf(said, sizeof said, "the line '%s%s'", words, n == 2 ? " NODES ARCS" : " NODES");
    for (; *expected != 0; expected++) {
        if (*expected == ' ' && is_blank(*s->at))
            while (is_blank(*s->at)) s->at++;
        else if (*expected == *s->at)
            s->at++;
        else
            return fail_line(s, begin, said);
    }
    if (!is_blank(*s->at) || !scan_numbers(s, counts, n) || counts[0] < 0 || counts[n - 1] < 0)
        return fail_line(s, begin, said);
    if (counts[0] >= 4294967295.0) return fail_line(s, begin, "at most 2^32 - 2 nodes");
    return NEARER_OK;
}

static nearer_status fail_node(const scanner *s, double node, double nodes)
{
    return nr_fail(s->err, NEARER_VALUE, "%s:%zu: node %.0f, 1 to %.0f was expected", s->path,
                   s->line, node, nodes);
}

static void set_whole(nearer_table *table, size_t row, size_t column, double value)
{
    char digits[24];
    size_t n = sizeof digits;
    unsigned long long left = (unsigned long long)value;
    do digits[--n] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    nr_table_set_text(table, row, column, digits + n, sizeof digits - n);
}

static nearer_status scan_arcs(scanner *s, nearer_table *links, double *nodes)
{
    double counts[2] = {0, 0}, arc[3];
    size_t arcs = 0;
    bool begun = false;
    for (char letter; (letter = next_line(s)) != 0;) {
        const char *begin = s->at;
        if (!begun && letter != 'p')
            return fail_line(s, begin, "the line 'p sp NODES ARCS' before all others");
        if (!begun) {
            NR_TRY(scan_problem(s, "p sp", counts, 2));
            begun = true;
            continue;
        }
        if (letter == 'p') return fail_line(s, begin, "no second line 'p'");
        s->at++;
        if (letter != 'a' || !is_blank(*s->at) || !scan_numbers(s, arc, 3))
            return fail_line(s, begin, "an arc 'a FROM TO WEIGHT' of whole numbers");
        for (size_t i = 0; i < 2; i++)
            if (arc[i] < 1 || arc[i] > counts[0]) return fail_node(s, arc[i], counts[0]);
        if (arc[2] < 0)
            return nr_fail(s->err, NEARER_VALUE, "%s:%zu: weight %.0f, none below 0 was expected",
                           s->path, s->line, arc[2]);
        size_t row = nr_table_add_row(links, s->line);
        set_whole(links, row, 0, arc[0]);
        set_whole(links, row, 1, arc[1]);
        nr_table_set_number(links, row, 2, arc[2]);
        nr_table_set_text(links, row, 3, "yes", 3);
        arcs++;
    }
    if (!begun)
        return nr_fail(s->err, NEARER_SYNTAX, "%s: the line 'p sp NODES ARCS' is missing", s->path);
    if ((double)arcs != counts[1])
        return nr_fail(s->err, NEARER_SYNTAX, "%s: %zu arcs, %.0f were expected by its line 'p'",
                       s->path, arcs, counts[1]);
    if (counts[0] > 2 * counts[1] + 1e6) /* memory is not asked for on a slip's account */
        return nr_fail(s->err, NEARER_VALUE, "%s: %.0f nodes with no more than %.0f arcs", s->path,
                       counts[0], counts[1]);
    *nodes = counts[0];
    return NEARER_OK;
}

static nearer_status scan_positions(scanner *s, nr_lonlat *at, double nodes)
{
    double count = 0, v[3];
    size_t found = 0;
    bool begun = false;
    for (char letter; (letter = next_line(s)) != 0;) {
        const char *begin = s->at;
        if (!begun) {
            NR_TRY(scan_problem(s, "p aux sp co", &count, 1));
            begun = true;
            continue;
        }
        s->at++;
        if (letter != 'v' || !is_blank(*s->at) || !scan_numbers(s, v, 3))
            return fail_line(s, begin, "a node 'v NODE X Y' of whole numbers");
        if (v[0] < 1 || v[0] > nodes) return fail_node(s, v[0], nodes);
        nr_lonlat *to = &at[(size_t)v[0] - 1];
        if (!isnan(to->lon))
            return nr_fail(s->err, NEARER_VALUE, "%s:%zu: node %.0f stands twice", s->path, s->line,
                           v[0]);
        *to = (nr_lonlat){v[1], v[2]};
        found++;
    }
    if (!begun)
        return nr_fail(s->err, NEARER_SYNTAX, "%s: the line 'p aux sp co NODES' is missing",
                       s->path);
    if ((double)found != count)
        return nr_fail(s->err, NEARER_SYNTAX, "%s: %zu nodes, %.0f were expected by its line 'p'",
                       s->path, found, count);
    return NEARER_OK;
}

/* Millionths of a degree, unless a reference system is told. */
static nearer_status turn_positions(nr_lonlat *at, size_t n, const char *path,
                                    const nearer_reading *how, nearer_error *err)
{
    nr_crs *crs = NULL;
    if (how->crs != NULL) NR_TRY(nr_crs_open(&crs, how->crs, err));
    nearer_status status = NEARER_OK;
    for (size_t i = 0; i < n && status == NEARER_OK; i++) {
        nr_lonlat was = at[i];
        if (isnan(was.lon)) continue;
        if (crs != NULL)
            nr_crs_to_degrees(crs, &at[i], 1);
        else
            at[i] = (nr_lonlat){was.lon / 1e6, was.lat / 1e6};
        if (nr_lonlat_valid(at[i])) continue;
        status = nr_fail(err, NEARER_VALUE,
                         "%s: node %zu: (%.0f, %.0f) gives no longitude and latitude%s", path,
                         i + 1, was.lon, was.lat,
                         crs == NULL ? " in millionths of a degree; say the reference system" : "");
    }
    nr_crs_free(crs);
    return status;
}

/* "x.co" or "x.co.gz" beside "x.gr" or "x.gr.gz"; *out is NULL when there is neither. */
static nearer_status find_positions(char **out, const char *path, nearer_error *err)
{
    static const char *const endings[] = {".co", ".co.gz"};
    size_t n = strlen(path);
    if (n > 3 && nr_same_word(path + n - 3, ".gz")) n -= 3;
    char *graph = nr_copy_text(path, n), *name = NULL;
    bool good = graph != NULL;
    for (size_t i = 0; i < 2 && good && name == NULL; i++) {
        name = nr_path_ending(graph, endings[i]);
        good = name != NULL;
        if (good && !nr_file_exists(name)) {
            nr_free(name);
            name = NULL;
        }
    }
    nr_free(graph);
    if (!good) return nr_fail_memory(err);
    *out = name;
    return NEARER_OK;
}

static nearer_status read_positions(nr_lonlat *at, size_t nodes, const char *path,
                                    const nearer_reading *how, nearer_error *err)
{
    char *name = NULL, *bytes = NULL;
    size_t length;
    for (size_t i = 0; i < nodes; i++) at[i] = (nr_lonlat){NAN, NAN};
    NR_TRY(find_positions(&name, path, err));
    if (name == NULL) return NEARER_OK;
    nearer_status status = nr_file_read_text(&bytes, &length, name, how->encoding, err);
    scanner s = {.path = name, .at = bytes, .err = err};
    if (status == NEARER_OK) status = scan_positions(&s, at, (double)nodes);
    if (status == NEARER_OK) status = turn_positions(at, nodes, name, how, err);
    nr_free(bytes);
    nr_free(name);
    return status;
}

static nearer_status read_nodes(nearer_table **out, size_t count, const char *path,
                                const nearer_reading *how, nearer_error *err)
{
    nearer_table *nodes = NULL;
    nr_lonlat *at = nr_alloc(count, sizeof *at);
    if (at == NULL) return nr_fail_memory(err);
    nearer_status status = read_positions(at, count, path, how, err);
    if (status == NEARER_OK) status = nr_table_new(&nodes, path, "node", err);
    if (status == NEARER_OK) {
        nr_table_add_column(nodes, "id", NR_TEXT_COLUMN);
        nr_table_add_column(nodes, "lon_deg", 6);
        nr_table_add_column(nodes, "lat_deg", 6);
        for (size_t i = 0; i < count; i++) {
            size_t row = nr_table_add_row(nodes, i + 1);
            set_whole(nodes, row, 0, (double)(i + 1));
            nr_table_set_number(nodes, row, 1, at[i].lon);
            nr_table_set_number(nodes, row, 2, at[i].lat);
        }
        status = nr_table_finish(out, nodes, err);
    }
    nr_free(at);
    return status;
}

static nearer_status read_network(nr_network_tables *out, const char *path,
                                  const nearer_reading *how, nearer_error *err)
{
    char *bytes = NULL;
    size_t length;
    double nodes = 0;
    nr_network_tables made = {0};
    nearer_table *links = NULL;
    NR_TRY(nr_file_read_text(&bytes, &length, path, how->encoding, err));
    nearer_status status = nr_table_new(&links, path, "line", err);
    if (status == NEARER_OK) {
        nr_table_add_column(links, "from", NR_TEXT_COLUMN);
        nr_table_add_column(links, "to", NR_TEXT_COLUMN);
        nr_table_add_column(links, "weight", 0);
        nr_table_add_column(links, "oneway", NR_TEXT_COLUMN);
        scanner s = {.path = path, .at = bytes, .err = err};
        status = scan_arcs(&s, links, &nodes);
        if (status == NEARER_OK)
            status = nr_table_finish(&made.links, links, err);
        else
            nearer_table_free(links);
    }
    nr_free(bytes); /* before the nodes: a large file is held once */
    if (status == NEARER_OK) status = read_nodes(&made.nodes, (size_t)nodes, path, how, err);
    if (status == NEARER_OK)
        *out = made;
    else
        nr_network_tables_clear(&made);
    return status;
}

const nr_format nr_format_dimacs = {
    .id = "dimacs",
    .title = "graph of the 9th DIMACS challenge, with coordinates beside it in .co",
    .endings = ".gr .gr.gz",
    .read_network = read_network,
    .write_network = nr_dimacs_write,
};
