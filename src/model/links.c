/* Links: one layer's table read into the network, every value checked. */
#include <math.h>
#include <string.h>

#include "model/network.h"
#include "model/table.h"

/* The columns a layer's fields name; NR_ABSENT where the layer names none. */
#define NR_ABSENT ((size_t)-1)
typedef struct link_columns {
    size_t from, to, minutes, length_km, speed_kmh, class_id, line, service, opened, closed,
        valid_from, estimated, oneway, wait_min, transfer;
    size_t from_lon, from_lat, to_lon, to_lat; /* of a line layer without from and to */
} link_columns;

typedef struct link_reader {
    nearer_network *network;
    const nr_layer_spec *spec;
    const nearer_table *table;
    link_columns at;
    size_t row;
    nearer_error *err;
} link_reader;

/* The column a field names; when the study names no fields, the one of the field's own name. */
static nearer_status column(size_t *out, const nearer_table *table, const char *name,
                            const char *own_name, bool given, nearer_error *err)
{
    ptrdiff_t own = given ? -1 : nearer_table_find(table, own_name);
    *out = own < 0 ? NR_ABSENT : (size_t)own;
    return name == NULL ? NEARER_OK : nr_table_require(out, table, name, err);
}

static nearer_status find_columns(link_columns *at, const nr_layer_spec *spec,
                                  const nearer_table *table, nearer_error *err)
{
    const nr_fields_spec *f = &spec->fields;
    const struct {
        size_t *out;
        const char *name, *own_name;
    } wanted[] = {{&at->from, f->from, "from"},
                  {&at->to, f->to, "to"},
                  {&at->minutes, f->minutes, "minutes"},
                  {&at->length_km, f->length_km, "length_km"},
                  {&at->speed_kmh, f->speed_kmh, "speed_kmh"},
                  {&at->class_id, f->class_id, "class"},
                  {&at->line, f->line, "line"},
                  {&at->service, f->service, "service"},
                  {&at->opened, f->opened, "opened"},
                  {&at->closed, f->closed, "closed"},
                  {&at->valid_from, f->valid_from, "valid_from"},
                  {&at->estimated, f->estimated, "estimated"},
                  {&at->oneway, f->oneway, "oneway"},
                  {&at->wait_min, f->wait_min, "wait_min"},
                  {&at->transfer, f->transfer, "transfer"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        NR_TRY(column(wanted[i].out, table, wanted[i].name, wanted[i].own_name, f->given, err));
    if (at->from != NR_ABSENT && at->to != NR_ABSENT) return NEARER_OK;
    at->from = at->to = NR_ABSENT;
    /* a line layer joins its links where their ends have the same coordinates */
    const char *ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    size_t *out[] = {&at->from_lon, &at->from_lat, &at->to_lon, &at->to_lat};
    for (size_t i = 0; i < 4; i++)
        if (nearer_table_find(table, ends[i]) < 0)
            return nr_fail(err, NEARER_NAME,
                           "%s: layer '%s' names no fields 'from' and 'to' and the file has no "
                           "line geometry",
                           nr_table_source(table), spec->id);
        else
            *out[i] = (size_t)nearer_table_find(table, ends[i]);
    if (at->length_km == NR_ABSENT)
        return nr_table_require(&at->length_km, table, "length_km", err);
    return NEARER_OK;
}

static nearer_status fail_cell(const link_reader *r, size_t col, const char *expected)
{
    char where[NR_WHERE], number[NR_NUMBER_TEXT];
    const char *text = nr_table_cell(r->table, r->row, col, number);
    return nr_fail(r->err, NEARER_VALUE, "%s: %s is %s%.80s%s, %s was expected",
                   nr_table_where(r->table, r->row, where), nearer_table_column_name(r->table, col),
                   text[0] == 0 ? "empty" : "'", text, text[0] == 0 ? "" : "'", expected);
}

/* A positive number, NAN when the column is absent or, if `may_be_empty`, the cell is. */
static nearer_status read_positive(double *out, const link_reader *r, size_t col, bool may_be_empty)
{
    *out = NAN;
    if (col == NR_ABSENT) return NEARER_OK;
    NR_TRY(nr_table_read_number(out, r->table, r->row, col, r->err));
    if (isnan(*out) && may_be_empty) return NEARER_OK;
    if (!(*out > 0) || isinf(*out)) return fail_cell(r, col, "a number above 0");
    return NEARER_OK;
}

static nearer_status read_date(nearer_date *out, const link_reader *r, size_t col,
                               nearer_date missing)
{
    char number[NR_NUMBER_TEXT];
    *out = missing;
    if (col == NR_ABSENT) return NEARER_OK;
    const char *text = nr_table_cell(r->table, r->row, col, number);
    if (text[0] == 0) return NEARER_OK;
    if (nearer_date_parse(out, text, NULL) != NEARER_OK)
        return fail_cell(r, col, "a date YYYY, YYYY-MM or YYYY-MM-DD");
    return NEARER_OK;
}

static nearer_status read_flag(bool *out, const link_reader *r, size_t col)
{
    static const char *const yes[] = {"yes", "true", "1", "y"}, *const no[] = {"", "no", "false",
                                                                               "0", "n"};
    char number[NR_NUMBER_TEXT];
    *out = false;
    if (col == NR_ABSENT) return NEARER_OK;
    const char *text = nr_table_cell(r->table, r->row, col, number);
    for (size_t i = 0; i < 4; i++)
        if (nr_same_word(text, yes[i])) return *out = true, NEARER_OK;
    for (size_t i = 0; i < 5; i++)
        if (nr_same_word(text, no[i])) return NEARER_OK;
    return fail_cell(r, col, "yes, no or nothing");
}

/* The text's number in `names`, NR_NO_INDEX when the cell is empty. */
static nearer_status read_name(uint32_t *out, const link_reader *r, size_t col, nr_names *names)
{
    char number[NR_NUMBER_TEXT];
    *out = NR_NO_INDEX;
    if (col == NR_ABSENT) return NEARER_OK;
    const char *text = nr_table_cell(r->table, r->row, col, number);
    if (text[0] == 0) return NEARER_OK;
    size_t index = nr_names_add(names, text);
    if (index == NR_NO_NAME) return nr_fail_memory(r->err);
    *out = (uint32_t)index;
    return NEARER_OK;
}

static nearer_status read_end(uint32_t *out, const link_reader *r, size_t col)
{
    char number[NR_NUMBER_TEXT], where[NR_WHERE];
    const char *id = nr_table_cell(r->table, r->row, col, number);
    size_t node = nr_names_find(&r->network->node_ids, id);
    if (node == NR_NO_NAME)
        return nr_fail(r->err, NEARER_NAME, "%s: %s '%.80s' is no place and no node of layer '%s'",
                       nr_table_where(r->table, r->row, where),
                       nearer_table_column_name(r->table, col), id, r->spec->id);
    *out = (uint32_t)node;
    return NEARER_OK;
}

/* The node at a line's end, made when there is none with these coordinates (to 1e-6 degrees). */
static nearer_status read_corner(uint32_t *out, const link_reader *r, size_t lon, size_t lat)
{
    nr_lonlat at;
    NR_TRY(nr_table_read_lonlat(&at, r->table, r->row, lon, lat, r->err));
    char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
    nr_text id = {0};
    nr_text_print(&id, "%s:%s,%s", r->spec->id, nr_format_fixed(at.lon, 6, x),
                  nr_format_fixed(at.lat, 6, y));
    char *text = nr_text_take(&id);
    if (text == NULL) return nr_fail_memory(r->err);
    size_t node = nr_names_find(&r->network->node_ids, text);
    nearer_status status = NEARER_OK;
    if (node == NR_NO_NAME)
        status = nr_network_add_node(out, r->network, text, "", at, r->err);
    else
        *out = (uint32_t)node;
    nr_free(text);
    return status;
}

static nearer_status read_class(nr_link *link, const link_reader *r)
{
    NR_TRY(read_name(&link->class_id, r, r->at.class_id, &r->network->classes));
    if (link->class_id != NR_NO_INDEX || r->spec->class_id == NULL) return NEARER_OK;
    size_t index = nr_names_add(&r->network->classes, r->spec->class_id);
    if (index == NR_NO_NAME) return nr_fail_memory(r->err);
    link->class_id = (uint32_t)index;
    return NEARER_OK;
}

static nearer_status read_link(nr_link *link, const link_reader *r)
{
    const link_columns *at = &r->at;
    char where[NR_WHERE];
    if (at->from != NR_ABSENT) {
        NR_TRY(read_end(&link->from, r, at->from));
        NR_TRY(read_end(&link->to, r, at->to));
    } else {
        NR_TRY(read_corner(&link->from, r, at->from_lon, at->from_lat));
        NR_TRY(read_corner(&link->to, r, at->to_lon, at->to_lat));
    }
    NR_TRY(read_positive(&link->given_min, r, at->minutes, true));
    NR_TRY(read_positive(&link->length_km, r, at->length_km, true));
    NR_TRY(read_positive(&link->speed_kmh, r, at->speed_kmh, !isnan(link->given_min)));
    NR_TRY(read_class(link, r));
    NR_TRY(read_name(&link->line, r, at->line, &r->network->lines));
    NR_TRY(read_name(&link->service, r, r->at.service, &r->network->services));
    NR_TRY(read_date(&link->opened, r, at->opened, NR_ALWAYS_OPEN));
    NR_TRY(read_date(&link->closed, r, at->closed, NR_NEVER_CLOSED));
    if (link->closed <= link->opened && link->closed != NR_NEVER_CLOSED)
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: the link closes before it opens or on the same day (a year "
                       "stands for its last day)",
                       nr_table_where(r->table, r->row, where));
    NR_TRY(read_flag(&link->estimated, r, at->estimated));
    NR_TRY(read_flag(&link->oneway, r, at->oneway));
    NR_TRY(read_flag(&link->transfer, r, at->transfer));
    if (at->wait_min != NR_ABSENT)
        NR_TRY(nr_table_read_number(&link->wait_min, r->table, r->row, at->wait_min, r->err));
    if (link->wait_min < 0 || isinf(link->wait_min))
        return fail_cell(r, at->wait_min, "minutes of 0 or more");
    link->great_circle_km =
        nr_geodesic_km(r->network->nodes[link->from].at, r->network->nodes[link->to].at);
    return NEARER_OK;
}

/* The layer's links, of which row 0 is number `first`. */
static nearer_status revise(link_reader *r, size_t first)
{
    nearer_date *valid_from = nr_alloc(nearer_table_rows(r->table), sizeof *valid_from);
    nearer_status status = valid_from == NULL ? nr_fail_memory(r->err) : NEARER_OK;
    for (r->row = 0; status == NEARER_OK && r->row < nearer_table_rows(r->table); r->row++)
        status = read_date(&valid_from[r->row], r, r->at.valid_from, NR_ALWAYS_OPEN);
    if (status == NEARER_OK)
        status = nr_network_revise(r->network, first, valid_from, r->table, r->err);
    nr_free(valid_from);
    return status;
}

nearer_status nr_network_add_layer(nearer_network *network, const nr_layer_spec *spec,
                                   uint16_t layer, const nearer_table *table, nearer_error *err)
{
    size_t mode = nr_mode_find(spec->mode);
    char *id = nr_arena_text(&network->arena, spec->id);
    char *file = nr_arena_text(&network->arena, nr_table_source(table));
    if (id == NULL || file == NULL) return nr_fail_memory(err);
    network->layers[network->layer_count++] = (nr_layer){id, file, (uint8_t)mode};
    if (nearer_table_rows(table) == 0)
        return nr_fail(err, NEARER_NODATA, "%s: layer '%s' has no links", nr_table_source(table),
                       spec->id);
    link_reader r = {.network = network, .spec = spec, .table = table, .err = err};
    NR_TRY(find_columns(&r.at, spec, table, err));
    size_t first = network->link_count;
    for (r.row = 0; r.row < nearer_table_rows(table); r.row++) {
        if (!nr_grow((void **)&network->links, network->link_count, &network->link_capacity,
                     sizeof *network->links))
            return nr_fail_memory(err);
        nr_link link = {.layer = layer, .mode = (uint8_t)mode, .wait_min = NAN, .row = r.row};
        NR_TRY(read_link(&link, &r));
        network->links[network->link_count++] = link;
    }
    return r.at.valid_from == NR_ABSENT ? NEARER_OK : revise(&r, first);
}
