/* Links: one layer's table read into the network, every value checked. */
#include <math.h>
#include <string.h>

#include "model/ends.h"
#include "model/network.h"
#include "model/table.h"

/* The columns a layer's fields name; NR_ABSENT where the layer names none. */
#define NR_ABSENT ((size_t)-1)
typedef struct link_columns {
    size_t from, to, minutes, length_km, speed_kmh, class_id, line, service, opened, closed,
        valid_from, estimated, oneway, reverse_minutes, reverse_speed_kmh, wait_min, transfer, cost;
    bool drawn; /* a line layer without from and to */
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
                  {&at->reverse_minutes, f->reverse_minutes, "reverse_minutes"},
                  {&at->reverse_speed_kmh, f->reverse_speed_kmh, "reverse_speed_kmh"},
                  {&at->wait_min, f->wait_min, "wait_min"},
                  {&at->transfer, f->transfer, "transfer"},
                  {&at->cost, f->cost, "cost"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        NR_TRY(column(wanted[i].out, table, wanted[i].name, wanted[i].own_name, f->given, err));
    at->drawn = at->from == NR_ABSENT || at->to == NR_ABSENT;
    if (!at->drawn && (spec->topology != NULL || !isnan(spec->snap_m)))
        return nr_fail(err, NEARER_VALUE,
                       "%s: layer '%s' joins its links by the fields 'from' and 'to'; \"topology\" "
                       "and \"snap_m\" are for lines",
                       nr_table_source(table), spec->id);
    if (!at->drawn) return NEARER_OK;
    if (!nr_table_has_lines(table))
        return nr_fail(err, NEARER_NAME,
                       "%s: layer '%s' names no fields 'from' and 'to' and the file has no line "
                       "geometry",
                       nr_table_source(table), spec->id);
    ptrdiff_t measured = nearer_table_find(table, "length_km");
    if (at->length_km == NR_ABSENT && measured >= 0) at->length_km = (size_t)measured;
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

/* A number of 0 or more, NAN when the column is absent or the cell empty. */
static nearer_status read_from_0(double *out, const link_reader *r, size_t col,
                                 const char *expected)
{
    *out = NAN;
    if (col == NR_ABSENT) return NEARER_OK;
    NR_TRY(nr_table_read_number(out, r->table, r->row, col, r->err));
    return *out < 0 || isinf(*out) ? fail_cell(r, col, expected) : NEARER_OK;
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

/* Words for one thing, and for another; "" where a list is shorter. */
static bool is_one_of(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nr_same_word(text, words[i])) return true;
    return false;
}

static const char *const yes[] = {"yes", "true", "1", "y"};
static const char *const no[] = {"", "no", "false", "0", "n"};

static nearer_status read_flag(bool *out, const link_reader *r, size_t col)
{
    char number[NR_NUMBER_TEXT];
    *out = false;
    if (col == NR_ABSENT) return NEARER_OK;
    const char *text = nr_table_cell(r->table, r->row, col, number);
    *out = is_one_of(text, yes, 4);
    return *out || is_one_of(text, no, 5) ? NEARER_OK : fail_cell(r, col, "yes, no or nothing");
}

/* One way may be the way back. */
static nearer_status read_oneway(nr_link *link, const link_reader *r, size_t col)
{
    char number[NR_NUMBER_TEXT];
    int way = 0;
    if (col == NR_ABSENT) return NEARER_OK;
    if (!nr_oneway_parse(&way, nr_table_cell(r->table, r->row, col, number)))
        return fail_cell(r, col, "yes, no, reverse, FT, TF, B, -1 or nothing");
    link->oneway = way != 0;
    if (way >= 0) return NEARER_OK;
    uint32_t from = link->from;
    link->from = link->to;
    link->to = from;
    return NEARER_OK;
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
    if (!at->drawn) {
        NR_TRY(read_end(&link->from, r, at->from));
        NR_TRY(read_end(&link->to, r, at->to));
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
    NR_TRY(read_oneway(link, r, at->oneway));
    NR_TRY(read_flag(&link->transfer, r, at->transfer));
    if (link->transfer && isnan(link->given_min))
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: a transfer without minutes, a number above 0 was expected",
                       nr_table_where(r->table, r->row, where));
    NR_TRY(read_from_0(&link->wait_min, r, at->wait_min, "minutes of 0 or more"));
    NR_TRY(read_from_0(&link->cost, r, at->cost, "a number of 0 or more"));
    link->great_circle_km =
        nr_geodesic_km(r->network->nodes[link->from].at, r->network->nodes[link->to].at);
    return NEARER_OK;
}

static nearer_status push(link_reader *r, nr_link link)
{
    nearer_network *network = r->network;
    if (!nr_grow((void **)&network->links, network->link_count, &network->link_capacity,
                 sizeof *network->links))
        return nr_fail_memory(r->err);
    network->links[network->link_count++] = link;
    return NEARER_OK;
}

/* A link whose way back takes other minutes is two. */
static nearer_status push_both(link_reader *r, nr_link link, double share)
{
    nr_link back = link;
    NR_TRY(read_positive(&back.given_min, r, r->at.reverse_minutes, true));
    NR_TRY(read_positive(&back.speed_kmh, r, r->at.reverse_speed_kmh, true));
    if (link.oneway || (isnan(back.given_min) && isnan(back.speed_kmh))) return push(r, link);
    link.oneway = back.oneway = true;
    back.from = link.to;
    back.to = link.from;
    back.given_min *= share;
    if (isnan(back.speed_kmh)) back.speed_kmh = link.speed_kmh;
    NR_TRY(push(r, link));
    return push(r, back);
}

/* The rows of a table that names its ends. */
static nearer_status add_rows(link_reader *r, nr_link blank)
{
    for (r->row = 0; r->row < nearer_table_rows(r->table); r->row++) {
        nr_link link = blank;
        link.row = r->row;
        NR_TRY(read_link(&link, r));
        NR_TRY(push_both(r, link, 1));
    }
    return NEARER_OK;
}

/* Gives a topology's nodes an id that says where they are; numbers[node_count]. */
static nearer_status add_nodes(uint32_t *numbers, link_reader *r, const nr_topology *topology)
{
    for (size_t i = 0; i < topology->node_count; i++) {
        char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
        nr_text id = {0};
        nr_text_print(&id, "%s:%s,%s", r->spec->id, nr_format_fixed(topology->nodes[i].lon, 6, x),
                      nr_format_fixed(topology->nodes[i].lat, 6, y));
        char *text = nr_text_take(&id);
        if (text == NULL) return nr_fail_memory(r->err);
        size_t known = nr_names_find(&r->network->node_ids, text);
        numbers[i] = (uint32_t)known;
        nearer_status status = known != NR_NO_NAME
                                   ? NEARER_OK
                                   : nr_network_add_node(&numbers[i], r->network, text, "",
                                                         topology->nodes[i], r->err);
        nr_free(text);
        NR_TRY(status);
    }
    return NEARER_OK;
}

/* Keeps how a piece is drawn between its nodes, unless it is straight. */
static nearer_status keep_shape(nr_link *link, const link_reader *r, const nr_piece *piece,
                                const nr_lonlat *nodes)
{
    nearer_network *network = r->network;
    nr_lonlat ends[2];
    size_t n;
    if (piece->first >= piece->last) return NEARER_OK;
    const nr_lonlat *v = nr_line_vertices(r->table, piece->row, &n, ends);
    link->shape = network->shape_count;
    link->vertices = piece->last - piece->first + 2;
    for (uint32_t i = 0; i < link->vertices; i++) {
        if (!nr_grow((void **)&network->shapes, network->shape_count, &network->shape_capacity,
                     sizeof *network->shapes))
            return nr_fail_memory(r->err);
        network->shapes[network->shape_count++] = i == 0 ? nodes[piece->from]
                                                  : i == link->vertices - 1
                                                      ? nodes[piece->to]
                                                      : v[piece->first + i - 1];
    }
    return NEARER_OK;
}

/* The pieces of drawn lines. What a row says of the whole line is shared out by length. */
static nearer_status add_pieces(link_reader *r, nr_link blank, const nr_topology *topology,
                                const uint32_t *numbers)
{
    for (size_t i = 0; i < topology->piece_count; i++) {
        const nr_piece *piece = &topology->pieces[i];
        nr_link link = blank;
        if (piece->from == piece->to && piece->length_km == 0) continue;
        r->row = link.row = piece->row;
        link.from = numbers[piece->from];
        link.to = numbers[piece->to];
        NR_TRY(read_link(&link, r));
        link.given_min *= piece->share;
        link.cost *= piece->share;
        link.length_km = isnan(link.length_km) ? piece->length_km : link.length_km * piece->share;
        NR_TRY(keep_shape(&link, r, piece, topology->nodes));
        NR_TRY(push_both(r, link, piece->share));
    }
    return NEARER_OK;
}

static nearer_status add_lines(link_reader *r, nr_link blank, nr_layer *layer)
{
    NR_TRY(nr_table_check_ends(r->table, r->err));
    const char *how = r->spec->topology;
    nr_topology_spec spec = {.snap_m = isnan(r->spec->snap_m) ? 0 : r->spec->snap_m,
                             .crossings = how != NULL && strcmp(how, "crossings") == 0};
    nr_topology topology;
    NR_TRY(nr_topology_build(&topology, r->table, &spec, r->err));
    uint32_t *numbers = nr_alloc(topology.node_count, sizeof *numbers);
    nearer_status status = numbers == NULL ? nr_fail_memory(r->err) : NEARER_OK;
    if (status == NEARER_OK) status = add_nodes(numbers, r, &topology);
    if (status == NEARER_OK) status = add_pieces(r, blank, &topology, numbers);
    nr_free(numbers);
    layer->drawn = true;
    layer->summary = topology;
    layer->summary.nodes = NULL;
    layer->summary.pieces = NULL;
    nr_topology_clear(&topology);
    return status;
}

/* The layer's links, from number `first` on. */
static nearer_status revise(link_reader *r, size_t first)
{
    size_t n = r->network->link_count - first;
    nearer_date *valid_from = nr_alloc(n, sizeof *valid_from);
    nearer_status status = valid_from == NULL ? nr_fail_memory(r->err) : NEARER_OK;
    for (size_t i = 0; status == NEARER_OK && i < n; i++) {
        r->row = r->network->links[first + i].row;
        status = read_date(&valid_from[i], r, r->at.valid_from, NR_ALWAYS_OPEN);
    }
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
    nr_layer *made = &network->layers[network->layer_count++];
    *made = (nr_layer){.id = id, .file = file, .mode = (uint8_t)mode};
    if (nearer_table_rows(table) == 0)
        return nr_fail(err, NEARER_NODATA, "%s: layer '%s' has no links", nr_table_source(table),
                       spec->id);
    link_reader r = {.network = network, .spec = spec, .table = table, .err = err};
    NR_TRY(find_columns(&r.at, spec, table, err));
    network->priced = network->priced || r.at.cost != NR_ABSENT;
    size_t first = network->link_count;
    const nr_link blank = {.layer = layer, .mode = (uint8_t)mode, .wait_min = NAN};
    NR_TRY(r.at.drawn ? add_lines(&r, blank, made) : add_rows(&r, blank));
    return r.at.valid_from == NR_ABSENT ? NEARER_OK : revise(&r, first);
}
