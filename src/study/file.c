/* A file by itself: what it holds and, of lines, the network they make. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "study/study.h"

typedef struct file_check {
    nearer_report *report;
    const char *path;
    const nearer_reading *how;
    const nearer_topology *topology;
    nearer_error *err;
} file_check;

/* Where in its file a row stands: "record 12", "line 12". */
static const char *place_of(const nearer_table *table, size_t row, char where[NR_WHERE])
{
    nr_table_where(table, row, where);
    size_t n = strlen(nr_table_source(table)) + 1;
    return strlen(where) > n ? where + n : where;
}

static nearer_status put(file_check *c, const char *id, const char *title, nearer_table *table)
{
    return nr_study_put(c->report, id, title, table, c->err);
}

static nearer_table *new_table(file_check *c, const char *const *texts, size_t text_count)
{
    nearer_table *table = NULL;
    if (nr_table_new(&table, NULL, NULL, c->err) != NEARER_OK) return NULL;
    for (size_t i = 0; i < text_count; i++) nr_table_add_column(table, texts[i], NR_TEXT_COLUMN);
    return table;
}

static void add_numbers(nearer_table *table, const char *const *names, size_t n, int decimals)
{
    for (size_t i = 0; i < n; i++) nr_table_add_column(table, names[i], decimals);
}

/* ---- what it holds ---- */

static const char *kinds_of(const nr_layer_facts *f, char out[160])
{
    static const char *const words[] = {"without shape", "points", "multipoints", "lines", "areas"};
    size_t n = 0;
    out[0] = 0;
    for (size_t k = NR_SHAPE_KINDS; k-- > 0;)
        if (f->kinds[k] > 0)
            n += (size_t)snprintf(out + n, 160 - n, "%s%zu %s", n > 0 ? ", " : "", f->kinds[k],
                                  words[k]);
    return out;
}

static nearer_status layer_table(file_check *c, const nr_layer_facts *f)
{
    char kinds[160];
    nearer_table *table = new_table(c, (const char *[]){"file", "type", "holds"}, 3);
    if (table == NULL) return nr_fail_memory(c->err);
    add_numbers(
        table,
        (const char *[]){"shapes", "without_shape", "parts", "vertices", "records", "fields"}, 6,
        0);
    add_numbers(table, (const char *[]){"min_x", "min_y", "max_x", "max_y"}, 4, 6);
    nr_table_add_column(table, "crs", NR_TEXT_COLUMN);
    nr_table_add_column(table, "encoding", NR_TEXT_COLUMN);
    nr_table_put(table, c->path, f->type, kinds_of(f, kinds), (double)f->shapes,
                 (double)f->kinds[NR_SHAPE_NONE], (double)f->parts, (double)f->vertices,
                 f->has_attributes ? (double)f->records : NAN,
                 f->has_attributes ? (double)f->fields : NAN, f->min_x, f->min_y, f->max_x,
                 f->max_y, f->crs, f->encoding);
    return put(c, "layer", "What the layer holds, in its own coordinates", table);
}

static nearer_status columns_table(file_check *c, const nearer_table *of)
{
    nearer_table *table = new_table(c, (const char *[]){"column", "example"}, 2);
    if (table == NULL) return nr_fail_memory(c->err);
    add_numbers(table, (const char *[]){"filled", "numbers"}, 2, 0);
    add_numbers(table, (const char *[]){"lowest", "highest"}, 2, 3);
    for (size_t col = 0; col < nearer_table_columns(of); col++) {
        size_t filled = 0, numbers = 0, example = 0;
        double low = NAN, high = NAN;
        char text[NR_NUMBER_TEXT];
        for (size_t row = 0; row < nearer_table_rows(of); row++) {
            const char *cell = nearer_table_text(of, row, col);
            double value = nearer_table_number(of, row, col);
            if (cell != NULL ? cell[0] == 0 : isnan(value)) continue;
            if (filled++ == 0) example = row;
            if (isnan(value)) continue;
            numbers++;
            low = fmin(low, value);
            high = fmax(high, value);
        }
        nr_table_put(table, nearer_table_column_name(of, col),
                     filled == 0 ? "" : nr_table_cell(of, example, col, text), (double)filled,
                     (double)numbers, low, high);
    }
    return put(c, "columns", "Columns", table);
}

/* ---- the network that lines make ---- */

typedef struct network {
    const nearer_table *lines;
    nr_topology topology;
    uint32_t *groups; /* of its nodes */
    size_t components;
    nr_gap *gaps;
    size_t gap_count;
} network;

typedef struct component {
    size_t nodes, links, first_node;
    double km;
} component;

static int by_links(const void *x, const void *y)
{
    const component *a = x, *b = y;
    if (a->links != b->links) return a->links > b->links ? -1 : 1;
    return a->first_node < b->first_node ? -1 : a->first_node > b->first_node;
}

static nearer_status components_table(file_check *c, const network *n)
{
    const nr_topology *t = &n->topology;
    component *parts = nr_alloc(n->components, sizeof *parts);
    nearer_table *table = parts == NULL ? NULL : new_table(c, NULL, 0);
    if (table != NULL) {
        for (size_t i = t->node_count; i-- > 0;) {
            parts[n->groups[i]].nodes++;
            parts[n->groups[i]].first_node = i;
        }
        for (size_t i = 0; i < t->piece_count; i++) {
            parts[n->groups[t->pieces[i].from]].links++;
            parts[n->groups[t->pieces[i].from]].km += nr_piece_km(&t->pieces[i], n->lines);
        }
        qsort(parts, n->components, sizeof *parts, by_links);
        add_numbers(table, (const char *[]){"component", "nodes", "links", "length_km"}, 4, 0);
        add_numbers(table, (const char *[]){"lon_deg", "lat_deg"}, 2, 5);
        for (size_t i = 0; i < n->components; i++) {
            nr_lonlat at = t->nodes[parts[i].first_node];
            nr_table_put(table, (double)(i + 1), (double)parts[i].nodes, (double)parts[i].links,
                         parts[i].km, at.lon, at.lat);
        }
    }
    nr_free(parts);
    if (table == NULL) return nr_fail_memory(c->err);
    return put(c, "components", "Components, with the place of a node of each", table);
}

static nearer_status network_table(file_check *c, const network *n)
{
    const nr_topology *t = &n->topology;
    size_t dangling = 0;
    double km = 0;
    uint32_t *degrees = nr_alloc(t->node_count, sizeof *degrees);
    nearer_table *table = degrees == NULL ? NULL : new_table(c, NULL, 0);
    if (table == NULL) {
        nr_free(degrees);
        return nr_fail_memory(c->err);
    }
    for (size_t i = 0; i < t->piece_count; i++) {
        degrees[t->pieces[i].from]++;
        degrees[t->pieces[i].to]++;
        km += nr_piece_km(&t->pieces[i], n->lines);
    }
    for (size_t i = 0; i < t->node_count; i++) dangling += degrees[i] == 1;
    nr_free(degrees);
    add_numbers(table,
                (const char *[]){"lines", "nodes", "links", "length_km", "components", "cuts",
                                 "snapped_ends", "dangling_ends", "gaps", "zero_length",
                                 "duplicates"},
                11, 0);
    nr_table_put(table, (double)t->lines, (double)t->node_count, (double)t->piece_count, km,
                 (double)n->components, (double)t->cuts, (double)t->snapped, (double)dangling,
                 (double)n->gap_count, (double)t->zero_length, (double)t->doubled);
    return put(c, "network", "The network its lines make", table);
}

static nearer_status snaps_table(file_check *c, const network *n)
{
    const nr_topology *t = &n->topology;
    nearer_table *table = new_table(c, (const char *[]){"line"}, 1);
    if (table == NULL) return nr_fail_memory(c->err);
    nr_table_add_column(table, "moved_m", 2);
    add_numbers(table, (const char *[]){"lon_deg", "lat_deg", "to_lon_deg", "to_lat_deg"}, 4, 6);
    for (size_t i = 0; i < NR_SNAPS && t->snaps[i].metres > 0; i++) {
        char where[NR_WHERE];
        const nr_snap *s = &t->snaps[i];
        nr_table_put(table, place_of(n->lines, s->row, where), s->metres, s->end.lon, s->end.lat,
                     s->node.lon, s->node.lat);
    }
    return put(c, "snaps", "The longest ways that ends were moved", table);
}

static nearer_status gaps_table(file_check *c, const network *n)
{
    nearer_table *table = new_table(c, (const char *[]){"line", "nearly_touches"}, 2);
    if (table != NULL) {
        nr_table_add_column(table, "gap_m", 2);
        add_numbers(table, (const char *[]){"lon_deg", "lat_deg", "to_lon_deg", "to_lat_deg"}, 4,
                    6);
        for (size_t i = 0; i < n->gap_count; i++) {
            char a[NR_WHERE], b[NR_WHERE];
            const nr_gap *g = &n->gaps[i];
            nr_table_put(table, place_of(n->lines, g->row, a), place_of(n->lines, g->other_row, b),
                         g->metres, g->end.lon, g->end.lat, g->other.lon, g->other.lat);
        }
    }
    if (table == NULL) return nr_fail_memory(c->err);
    return put(c, "gaps", "Dangling ends that nearly touch another line", table);
}

static nearer_status network_tables(file_check *c, const network *n, double limit_m)
{
    char number[NR_NUMBER_TEXT];
    NR_TRY(network_table(c, n));
    NR_TRY(components_table(c, n));
    NR_TRY(snaps_table(c, n));
    NR_TRY(gaps_table(c, n));
    return nr_report_add_note(
        c->report, c->err,
        "%zu lines make %zu nodes and %zu links in %zu components; %zu dangling ends come within "
        "%s m of another line%s",
        n->topology.lines, n->topology.node_count, n->topology.piece_count, n->components,
        n->gap_count, nr_format_number(limit_m, number),
        n->gap_count > 0 && !c->topology->crossings
            ? " (a larger --snap joins ends, --topology crossings also joins ends to middles)"
            : "");
}

static nearer_status check_lines(file_check *c, const nearer_table *lines)
{
    const nr_topology_spec spec = {c->topology->snap_m, c->topology->crossings};
    double limit_m = c->topology->near_m > 0 ? c->topology->near_m : fmax(100, 10 * spec.snap_m);
    network n = {.lines = lines};
    NR_TRY(nr_topology_build(&n.topology, lines, &spec, c->err));
    n.groups = nr_alloc(n.topology.node_count, sizeof *n.groups);
    if (n.groups != NULL) n.components = nr_topology_components(n.groups, &n.topology);
    nearer_status status =
        n.groups == NULL || n.components == NR_NO_GROUPS
            ? nr_fail_memory(c->err)
            : nr_topology_gaps(&n.gaps, &n.gap_count, &n.topology, lines, limit_m, c->err);
    if (status == NEARER_OK) status = network_tables(c, &n, limit_m);
    nr_topology_clear(&n.topology);
    nr_free(n.groups);
    nr_free(n.gaps);
    return status;
}

/* ---- the whole ---- */

static bool is_mixed(const nr_layer_facts *f)
{
    size_t points = f->kinds[NR_SHAPE_POINT] + f->kinds[NR_SHAPE_MULTIPOINT];
    return (points > 0) + (f->kinds[NR_SHAPE_LINE] > 0) + (f->kinds[NR_SHAPE_AREA] > 0) > 1;
}

/* A layer that holds what it should may still lack what it takes to be used. */
static nearer_status use_layer(file_check *c, const nr_layer_facts *facts)
{
    nearer_table *table = NULL;
    nearer_error why;
    if (is_mixed(facts))
        return nr_report_add_note(c->report, c->err,
                                  "it cannot be used as it is: shapes of several kinds; save each "
                                  "as a layer of its own");
    nearer_status status = nearer_table_read(&table, c->path, c->how, &why);
    if (status == NEARER_VALUE)
        return nr_report_add_note(c->report, c->err, "it cannot be used as it is: %.900s",
                                  why.message);
    if (status != NEARER_OK) return nr_fail(c->err, status, "%.1000s", why.message);
    status = columns_table(c, table);
    if (status == NEARER_OK && nr_table_has_lines(table) && facts->kinds[NR_SHAPE_LINE] > 0)
        status = check_lines(c, table);
    nearer_table_free(table);
    return status;
}

/* A table without shapes; the ends of lines may be columns. */
static nearer_status check_rows(file_check *c, const nearer_table *table)
{
    bool named = nearer_table_find(table, "from") >= 0 && nearer_table_find(table, "to") >= 0;
    nearer_error why;
    NR_TRY(columns_table(c, table));
    NR_TRY(nr_report_add_note(c->report, c->err, "%zu rows", nearer_table_rows(table)));
    if (named || !nr_table_has_lines(table)) return NEARER_OK;
    if (nr_table_check_ends(table, &why) == NEARER_OK) return check_lines(c, table);
    return nr_report_add_note(c->report, c->err, "it cannot be used as it is: %.900s", why.message);
}

static nearer_status check_table(file_check *c)
{
    nearer_reading survey = *c->how;
    nearer_table *table = NULL;
    survey.survey = true;
    NR_TRY(nearer_table_read(&table, c->path, &survey, c->err));
    const nr_layer_facts *facts = nr_table_facts(table);
    nearer_status status = NEARER_OK;
    if (facts == NULL) {
        status = check_rows(c, table);
    } else {
        status = layer_table(c, facts);
        if (status == NEARER_OK) status = use_layer(c, facts);
    }
    nearer_table_free(table);
    if (status != NEARER_OK || c->how->strict) return status;
    survey.strict = true;
    nearer_error why;
    if (nearer_table_read(&table, c->path, &survey, &why) == NEARER_OK) {
        nearer_table_free(table);
        return NEARER_OK;
    }
    return nr_report_add_note(c->report, c->err, "RFC 7946 advises against: %.900s", why.message);
}

static nearer_status check_network(file_check *c, const nr_format *format)
{
    nr_network_tables tables = {0};
    NR_TRY(format->read_network(&tables, c->path, c->how, c->err));
    nearer_status status = columns_table(c, tables.links);
    if (status == NEARER_OK)
        status = nr_report_add_note(c->report, c->err, "%s: %zu links, %zu nodes", format->title,
                                    nearer_table_rows(tables.links),
                                    tables.nodes == NULL ? 0 : nearer_table_rows(tables.nodes));
    nr_network_tables_clear(&tables);
    return status;
}

nearer_status nearer_ask_file(nearer_report **out, const char *path, const nearer_reading *how,
                              const nearer_topology *topology, nearer_error *err)
{
    static const nearer_reading plain = {0};
    static const nearer_topology ends = {0};
    const nr_format *format = NULL;
    file_check c = {.path = path,
                    .how = how == NULL ? &plain : how,
                    .topology = topology == NULL ? &ends : topology,
                    .err = err};
    NR_TRY(nr_format_find(&format, path, c.how->format, NR_READ, err));
    NR_TRY(nr_report_new(&c.report, err));
    nearer_status status = format->read != NULL ? check_table(&c) : check_network(&c, format);
    if (status == NEARER_OK)
        *out = c.report;
    else
        nearer_report_free(c.report);
    return status;
}
