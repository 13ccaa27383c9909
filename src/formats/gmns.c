/* GMNS, the General Modeling Network Specification (Zephyr Foundation, 0.92 to 0.96): a folder with
 * node.csv, link.csv and as it likes config.csv and geometry.csv; written in gmns_write.c. */
#include "formats/gmns.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/crs.h"
#include "formats/format.h"
#include "formats/wkt.h"
#include "model/ends.h"

/* What becomes of a column. */
typedef enum role { TEXT, NUMBER, LENGTH, SPEED, DIRECTED, LEFT_OUT } role;

typedef struct field {
    const char *theirs, *ours;
    role role;
    int decimals;
    bool needed;
} field;

static const field node_fields[] = {
    {"node_id", "id", TEXT, NR_TEXT_COLUMN, true},
    {"name", "name", TEXT, NR_TEXT_COLUMN, false},
    {"x_coord", "lon_deg", NUMBER, 6, true},
    {"y_coord", "lat_deg", NUMBER, 6, true},
};

static const field link_fields[] = {
    {"from_node_id", "from", TEXT, NR_TEXT_COLUMN, true},
    {"to_node_id", "to", TEXT, NR_TEXT_COLUMN, true},
    {"length", "length_km", LENGTH, 3, false},
    {"free_speed", "speed_kmh", SPEED, 1, false},
    {"facility_type", "class", TEXT, NR_TEXT_COLUMN, false},
    {"name", "line", TEXT, NR_TEXT_COLUMN, false},
    {"directed", "oneway", DIRECTED, NR_TEXT_COLUMN, false},
    {"link_id", "link_id", TEXT, NR_TEXT_COLUMN, false},
    {"lanes", "lanes", NUMBER, 0, false},
    {"capacity", "capacity", NUMBER, 0, false},
    {"geometry", NULL, LEFT_OUT, 0, false},
    {"geometry_id", NULL, LEFT_OUT, 0, false},
    {"dir_flag", NULL, LEFT_OUT, 0, false},
};

typedef struct reader {
    nr_gmns_config config;
    const char *folder;
    const nearer_reading *how;
    nearer_error *err;
} reader;

/* Where the cells of a column go. */
typedef struct move {
    size_t from, to;
    role role;
    double factor;
} move;

typedef struct moves {
    move *items;
    size_t count, capacity;
} moves;

/* A cell's text; "NaN" is missing too. */
static const char *cell(const nearer_table *table, size_t row, ptrdiff_t column)
{
    const char *text = column < 0 ? "" : nearer_table_text(table, row, (size_t)column);
    return strcmp(text, "NaN") == 0 ? "" : text;
}

static nearer_status add_move(moves *list, nearer_table *to, const char *name, int decimals, move m,
                              nearer_error *err)
{
    if (m.role != LEFT_OUT) {
        char given[120];
        if (nearer_table_find(to, name) >= 0) { /* a field of their own by one of our names */
            snprintf(given, sizeof given, "given_%.100s", name);
            name = given;
        }
        m.to = nr_table_add_column(to, name, decimals);
    }
    if (!nr_grow((void **)&list->items, list->count, &list->capacity, sizeof *list->items))
        return nr_fail_memory(err);
    list->items[list->count++] = m;
    return NEARER_OK;
}

/* Makes the columns: the known fields in our order, then all others as they are. */
static nearer_status make_columns(moves *list, const reader *r, nearer_table *to,
                                  const nearer_table *from, const field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const field *f = &fields[i];
        ptrdiff_t found = nearer_table_find(from, f->theirs);
        size_t at = (size_t)found;
        if (found < 0 && f->needed) NR_TRY(nr_table_require(&at, from, f->theirs, r->err));
        if (found < 0 && f->role != DIRECTED) continue;
        double unit = f->role == LENGTH ? r->config.km : f->role == SPEED ? r->config.kmh : 1;
        const move m = {at, 0, f->role, isnan(unit) ? 1 : unit};
        NR_TRY(add_move(list, to, isnan(unit) ? f->theirs : f->ours, f->decimals, m, r->err));
    }
    for (size_t c = 0; c < nearer_table_columns(from); c++) {
        bool known = false;
        for (size_t i = 0; i < n; i++)
            known = known || strcmp(fields[i].theirs, nearer_table_column_name(from, c)) == 0;
        if (known) continue;
        const move m = {c, 0, TEXT, 1};
        NR_TRY(add_move(list, to, nearer_table_column_name(from, c), NR_TEXT_COLUMN, m, r->err));
    }
    return NEARER_OK;
}

static nearer_status fail_cell(const reader *r, const nearer_table *from, size_t row, size_t column,
                               const char *expected)
{
    char where[NR_WHERE];
    return nr_fail(r->err, NEARER_VALUE, "%s: %s is '%.80s', %s was expected",
                   nr_table_where(from, row, where), nearer_table_column_name(from, column),
                   nearer_table_text(from, row, column), expected);
}

static nearer_status move_cell(const reader *r, nearer_table *to, const nearer_table *from,
                               size_t row, const move *m)
{
    bool there = m->from < nearer_table_columns(from); /* directed may not be */
    const char *text = there ? cell(from, row, (ptrdiff_t)m->from) : "";
    if (m->role == DIRECTED) {
        int way = 1;
        if (text[0] != 0 && (!nr_oneway_parse(&way, text) || way < 0))
            return fail_cell(r, from, row, m->from, "true or false");
        if (way > 0) nr_table_set_text(to, row, m->to, "yes", 3);
    } else if (m->role == TEXT) {
        nr_table_set_text(to, row, m->to, text, strlen(text));
    } else if (m->role != LEFT_OUT && text[0] != 0) {
        double value;
        bool size = m->role == LENGTH || m->role == SPEED;
        if (!nr_parse_number(text, &value) || (size && value < 0))
            return fail_cell(r, from, row, m->from, size ? "a number from 0" : "a number");
        nr_table_set_number(to, row, m->to, value * m->factor);
    }
    return NEARER_OK;
}

/* A vertex into degrees. */
static nearer_status turn(const reader *r, nr_lonlat *at, const nearer_table *from, size_t row)
{
    char where[NR_WHERE];
    nr_lonlat was = *at;
    if (r->config.crs != NULL) nr_crs_to_degrees(r->config.crs, at, 1);
    if (nr_lonlat_valid(*at)) return NEARER_OK;
    return nr_fail(r->err, NEARER_VALUE, "%s: (%g, %g) gives no longitude and latitude%s%s",
                   nr_table_where(from, row, where), was.lon, was.lat,
                   r->config.crs == NULL ? " and config.csv names no crs" : " by ",
                   r->config.crs == NULL ? "" : nr_crs_name(r->config.crs));
}

static nearer_status place_node(const reader *r, nearer_table *to, const nearer_table *from,
                                size_t row)
{
    const char *x = cell(from, row, nearer_table_find(from, "x_coord")),
               *y = cell(from, row, nearer_table_find(from, "y_coord"));
    nr_lonlat at;
    if (!nr_parse_number(x, &at.lon) || !nr_parse_number(y, &at.lat)) return NEARER_OK;
    NR_TRY(turn(r, &at, from, row));
    nr_table_set_number(to, row, (size_t)nearer_table_find(to, "lon_deg"), at.lon);
    nr_table_set_number(to, row, (size_t)nearer_table_find(to, "lat_deg"), at.lat);
    return NEARER_OK;
}

/* Where each row of geometry.csv stands, by its id. */
typedef struct shapes {
    nearer_table *table;
    nr_names ids;
    ptrdiff_t text;
} shapes;

static nearer_status read_shapes(shapes *out, const reader *r)
{
    size_t id, text;
    NR_TRY(nr_gmns_file(&out->table, r->folder, "/geometry.csv", false, r->how, r->err));
    if (out->table == NULL) return NEARER_OK;
    NR_TRY(nr_table_require(&id, out->table, "geometry_id", r->err));
    NR_TRY(nr_table_require(&text, out->table, "geometry", r->err));
    out->text = (ptrdiff_t)text;
    for (size_t row = 0; row < nearer_table_rows(out->table); row++) {
        char where[NR_WHERE];
        const char *name = cell(out->table, row, (ptrdiff_t)id);
        if (nr_names_add(&out->ids, name) == NR_NO_NAME) return nr_fail_memory(r->err);
        if (out->ids.count == row)
            return nr_fail(r->err, NEARER_VALUE, "%s: geometry_id '%.80s' stands twice",
                           nr_table_where(out->table, row, where), name);
    }
    return NEARER_OK;
}

/* The text of a link's line, and whose row it is; "" when it has none. */
static nearer_status find_shape(const char **out, const nearer_table **whose, size_t *where,
                                const reader *r, const shapes *s, const nearer_table *from,
                                size_t row)
{
    *whose = from, *where = row;
    *out = cell(from, row, nearer_table_find(from, "geometry"));
    const char *id = cell(from, row, nearer_table_find(from, "geometry_id"));
    if ((*out)[0] != 0 || id[0] == 0 || s->table == NULL) return NEARER_OK;
    size_t found = nr_names_find(&s->ids, id);
    if (found == NR_NO_NAME) {
        char place[NR_WHERE];
        return nr_fail(r->err, NEARER_NAME, "%s: geometry_id '%.80s' is in no row of %s",
                       nr_table_where(from, row, place), id, nr_table_source(s->table));
    }
    *whose = s->table, *where = found;
    *out = cell(s->table, found, s->text);
    return NEARER_OK;
}

static nearer_status draw(nr_vertices *room, const reader *r, const shapes *s, nearer_table *to,
                          const nearer_table *from, size_t row)
{
    const char *text;
    const nearer_table *whose;
    size_t at;
    char where[NR_WHERE];
    NR_TRY(find_shape(&text, &whose, &at, r, s, from, row));
    if (text[0] == 0) return NEARER_OK;
    if (!nr_wkt_read_line(room, text))
        return room->failed
                   ? nr_fail_memory(r->err)
                   : nr_fail(r->err, NEARER_SYNTAX,
                             "%s: geometry '%.40s', LINESTRING (x y, x y ...) was expected",
                             nr_table_where(whose, at, where), text);
    for (size_t i = 0; i < room->count; i++) NR_TRY(turn(r, &room->at[i], whose, at));
    bool back = strcmp(cell(from, row, nearer_table_find(from, "dir_flag")), "-1") == 0;
    for (size_t i = 0, k = room->count; back && i + 1 < k; i++) {
        nr_lonlat v = room->at[i];
        room->at[i] = room->at[--k];
        room->at[k] = v;
    }
    if (room->count > 0) nr_table_set_line(to, row, room->at, room->count);
    return NEARER_OK;
}

static nearer_status copy_rows(const reader *r, nearer_table *to, const nearer_table *from,
                               const moves *list, const shapes *s)
{
    nr_vertices room = {0};
    nearer_status status = NEARER_OK;
    for (size_t row = 0; row < nearer_table_rows(from) && status == NEARER_OK; row++) {
        nr_table_add_row(to, nr_table_row_line(from, row));
        for (size_t i = 0; i < list->count && status == NEARER_OK; i++)
            status = move_cell(r, to, from, row, &list->items[i]);
        if (status != NEARER_OK) break;
        status = s == NULL ? place_node(r, to, from, row) : draw(&room, r, s, to, from, row);
    }
    nr_free(room.at);
    return status;
}

/* One of the two files as one of the two tables; `s` for links. */
static nearer_status read_part(nearer_table **out, const reader *r, const char *name,
                               const field *fields, size_t n, const shapes *s)
{
    nearer_table *from = NULL, *to = NULL;
    moves list = {0};
    NR_TRY(nr_gmns_file(&from, r->folder, name, true, r->how, r->err));
    nearer_status status = nr_table_new(&to, nr_table_source(from), "line", r->err);
    if (status == NEARER_OK) status = make_columns(&list, r, to, from, fields, n);
    if (status == NEARER_OK) status = copy_rows(r, to, from, &list, s);
    if (status == NEARER_OK)
        status = nr_table_finish(out, to, r->err);
    else
        nearer_table_free(to);
    nr_free(list.items);
    nearer_table_free(from);
    return status;
}

static nearer_status read_network(nr_network_tables *out, const char *path,
                                  const nearer_reading *how, nearer_error *err)
{
    reader r = {.folder = path, .how = how, .err = err};
    nr_network_tables made = {0};
    shapes s = {0};
    nr_ends ends = {0};
    nearer_status status = nr_gmns_config_read(&r.config, path, how, err);
    if (status == NEARER_OK)
        status = read_part(&made.nodes, &r, "/node.csv", node_fields,
                           sizeof node_fields / sizeof *node_fields, NULL);
    if (status == NEARER_OK) status = read_shapes(&s, &r);
    if (status == NEARER_OK)
        status = read_part(&made.links, &r, "/link.csv", link_fields,
                           sizeof link_fields / sizeof *link_fields, &s);
    if (status == NEARER_OK) status = nr_ends_read(&ends, &made, err); /* each end is a node */
    nr_ends_clear(&ends);
    nr_names_clear(&s.ids);
    nearer_table_free(s.table);
    nr_crs_free(r.config.crs);
    if (status == NEARER_OK)
        *out = made;
    else
        nr_network_tables_clear(&made);
    return status;
}

static bool knows(const char *folder)
{
    return nr_folder_holds(folder, "node.csv") && nr_folder_holds(folder, "link.csv");
}

const nr_format nr_format_gmns = {
    .id = "gmns",
    .title = "GMNS network: a folder with node.csv and link.csv",
    .endings = "",
    .knows = knows,
    .read_network = read_network,
    .write_network = nr_gmns_write,
};
