/* General Modeling Network Specification (GMNS): a folder with node.csv, link.csv and, for units
 * and reference system, config.csv; here into nodes and links, in gmns_write.c back. */
#include <math.h>
#include <string.h>

#include "base/crs.h"
#include "base/memory.h"
#include "formats/format.h"
#include "formats/gmns_write.h"

typedef struct reader {
    const char *folder;
    const nearer_reading *how;
    nearer_table *node, *link, *config, *geometry; /* as they stand; the last two may be NULL */
    nearer_table *nodes, *links;                   /* as we have them */
    nr_crs *crs;
    nr_lonlat *line;
    size_t line_capacity;
    double km_per_length, kmh_per_speed;
    nearer_error *err;
} reader;

/* ---- the files ---- */

static nearer_status read_file(nearer_table **out, const reader *r, const char *name, bool must)
{
    nr_text path = {0};
    nr_text_print(&path, "%s/%s", r->folder, name);
    char *bytes = nr_text_take(&path);
    const nearer_reading how = {.format = "csv", .encoding = r->how->encoding};
    if (bytes == NULL) return nr_fail_memory(r->err);
    nearer_status status =
        must || nr_file_exists(bytes) ? nearer_table_read(out, bytes, &how, r->err) : NEARER_OK;
    nr_free(bytes);
    return status;
}

bool nr_gmns_knows(const char *folder)
{
    bool known = true;
    for (int i = 0; i < 2; i++) {
        nr_text path = {0};
        nr_text_print(&path, "%s/%s", folder, i == 0 ? "node.csv" : "link.csv");
        known = known && path.bytes != NULL && nr_file_exists(path.bytes);
        nr_text_clear(&path);
    }
    return known;
}

static const char *cell(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t c = table == NULL ? -1 : nearer_table_find(table, column);
    return c < 0 || row >= nearer_table_rows(table) ? "" : nearer_table_text(table, row, (size_t)c);
}

static nearer_status number(double *out, const reader *r, const nearer_table *table, size_t row,
                            const char *column)
{
    ptrdiff_t c = nearer_table_find(table, column);
    *out = NAN;
    return c < 0 ? NEARER_OK : nr_table_read_number(out, table, row, (size_t)c, r->err);
}

/* A word of config.csv as a factor; without it the factor is 1. */
static nearer_status read_unit(double *out, const reader *r, const char *column,
                               const char *const *words, const double *factors, size_t n)
{
    const char *text = cell(r->config, 0, column);
    *out = 1;
    for (size_t i = 0; i < n && text[0] != 0; i++)
        if (nr_same_word(text, words[i])) {
            *out = factors[i];
            return NEARER_OK;
        }
    if (text[0] == 0) return NEARER_OK;
    return nr_fail(r->err, NEARER_VALUE,
                   "%s/config.csv: %s is '%.40s', a unit such as km, mile or kmh, mph was expected",
                   r->folder, column, text);
}

static nearer_status read_config(reader *r)
{
    static const char *const lengths[] = {"km",    "kilometer", "kilometers", "kilometre", "mi",
                                          "mile",  "miles",     "m",          "meter",     "meters",
                                          "metre", "ft",        "foot",       "feet"};
    static const double km[] = {1,     1,     1,     1,     1.609344,  1.609344,  1.609344,
                                0.001, 0.001, 0.001, 0.001, 0.0003048, 0.0003048, 0.0003048};
    static const char *const speeds[] = {"kmh", "km/h", "kph", "kmph", "mph", "mi/h", "m/s", "mps"};
    static const double kmh[] = {1, 1, 1, 1, 1.609344, 1.609344, 3.6, 3.6};
    NR_TRY(read_unit(&r->km_per_length, r, "long_length", lengths, km, 14));
    NR_TRY(read_unit(&r->kmh_per_speed, r, "speed", speeds, kmh, 8));
    const char *crs = r->how->crs != NULL ? r->how->crs : cell(r->config, 0, "crs");
    if (crs[0] == 0) return NEARER_OK;
    nearer_error why;
    nearer_status status = nr_crs_open(&r->crs, crs, &why);
    return status == NEARER_OK
               ? status
               : nr_fail(r->err, status, "%s/config.csv: %.900s", r->folder, why.message);
}

static nearer_status turn(const reader *r, nr_lonlat *at, const nearer_table *table, size_t row)
{
    char where[NR_WHERE];
    nr_lonlat given = *at;
    if (r->crs != NULL) nr_crs_to_degrees(r->crs, at, 1);
    if (nr_lonlat_valid(*at)) return NEARER_OK;
    return nr_fail(r->err, NEARER_VALUE,
                   "%s: (%g, %g) is not in degrees; name the reference system in the column crs "
                   "of config.csv (EPSG:32650 ...)",
                   nr_table_where(table, row, where), given.lon, given.lat);
}

/* ---- nodes and links ---- */

static nearer_status add_nodes(reader *r)
{
    size_t id;
    NR_TRY(nr_table_require(&id, r->node, "node_id", r->err));
    NR_TRY(nr_table_require(&id, r->node, "x_coord", r->err));
    NR_TRY(nr_table_require(&id, r->node, "y_coord", r->err));
    nr_table_add_column(r->nodes, "id", NR_TEXT_COLUMN);
    nr_table_add_column(r->nodes, "name", NR_TEXT_COLUMN);
    nr_table_add_column(r->nodes, "lon_deg", 6);
    nr_table_add_column(r->nodes, "lat_deg", 6);
    nr_table_add_column(r->nodes, "zone_id", NR_TEXT_COLUMN);
    for (size_t row = 0; row < nearer_table_rows(r->node); row++) {
        nr_lonlat at;
        NR_TRY(number(&at.lon, r, r->node, row, "x_coord"));
        NR_TRY(number(&at.lat, r, r->node, row, "y_coord"));
        NR_TRY(turn(r, &at, r->node, row));
        nr_table_put(r->nodes, cell(r->node, row, "node_id"), cell(r->node, row, "name"), at.lon,
                     at.lat, cell(r->node, row, "zone_id"));
    }
    return NEARER_OK;
}

/* "LINESTRING (1 2, 3 4)", with heights or without. */
static nearer_status read_line(reader *r, size_t *n, const char *text, const nearer_table *table,
                               size_t row)
{
    char where[NR_WHERE];
    static const char word[] = "LINESTRING";
    const char *at = text;
    bool good = true;
    *n = 0;
    for (size_t i = 0; good && word[i] != 0; i++) good = nr_lower(*at++) == nr_lower(word[i]);
    while (good && *at != 0 && *at != '(') at++;
    good = good && *at == '(';
    while (good && *at != 0 && *at != ')') {
        nr_lonlat p;
        double *numbers[] = {&p.lon, &p.lat};
        at++;
        for (size_t i = 0; i < 2 && good; i++) {
            char room[NR_NUMBER_TEXT];
            while (*at == ' ') at++;
            size_t length = strcspn(at, " ,)");
            good = length < sizeof room;
            if (!good) break;
            memcpy(room, at, length);
            room[length] = 0;
            good = nr_parse_number(room, numbers[i]);
            at += length;
        }
        at += strcspn(at, ",)");
        if (!good) break;
        if (!nr_grow((void **)&r->line, *n, &r->line_capacity, sizeof *r->line))
            return nr_fail_memory(r->err);
        NR_TRY(turn(r, &p, table, row));
        r->line[(*n)++] = p;
    }
    if (good && *at == ')' && *n >= 2) return NEARER_OK;
    return nr_fail(r->err, NEARER_SYNTAX, "%s: geometry '%.40s' is no LINESTRING (x y, x y)",
                   nr_table_where(table, row, where), text);
}

/* Drawn in the link itself, or in geometry.csv by its number. */
static const char *geometry_of(const reader *r, size_t row)
{
    const char *own = cell(r->link, row, "geometry"), *id = cell(r->link, row, "geometry_id");
    if (own[0] != 0 || r->geometry == NULL || id[0] == 0) return own;
    for (size_t i = 0; i < nearer_table_rows(r->geometry); i++)
        if (strcmp(cell(r->geometry, i, "geometry_id"), id) == 0)
            return cell(r->geometry, i, "geometry");
    return "";
}

/* dir_flag -1: drawn against the link. */
static nearer_status draw(reader *r, size_t row)
{
    size_t n;
    const char *text = geometry_of(r, row);
    if (text[0] == 0) return NEARER_OK;
    NR_TRY(read_line(r, &n, text, r->link, row));
    if (strcmp(cell(r->link, row, "dir_flag"), "-1") == 0)
        for (size_t i = 0; i < n / 2; i++) {
            nr_lonlat swapped = r->line[i];
            r->line[i] = r->line[n - 1 - i];
            r->line[n - 1 - i] = swapped;
        }
    nr_table_set_line(r->links, row, r->line, n);
    return NEARER_OK;
}

/* A link is directed unless it says otherwise. */
static nearer_status read_directed(bool *out, const reader *r, size_t row)
{
    static const char *const yes[] = {"", "1", "true", "yes"}, *const no[] = {"0", "false", "no"};
    char where[NR_WHERE];
    const char *text = cell(r->link, row, "directed");
    *out = true;
    for (size_t i = 0; i < 4; i++)
        if (nr_same_word(text, yes[i])) return NEARER_OK;
    *out = false;
    for (size_t i = 0; i < 3; i++)
        if (nr_same_word(text, no[i])) return NEARER_OK;
    return nr_fail(r->err, NEARER_VALUE, "%s: directed is '%.40s', true or false was expected",
                   nr_table_where(r->link, row, where), text);
}

static nearer_status add_links(reader *r)
{
    static const char *const texts[] = {"from", "to", "link_id", "line", "class", "oneway"};
    static const char *const numbers[] = {"length_km", "speed_kmh", "minutes", "lanes", "capacity"};
    size_t column;
    NR_TRY(nr_table_require(&column, r->link, "from_node_id", r->err));
    NR_TRY(nr_table_require(&column, r->link, "to_node_id", r->err));
    for (size_t i = 0; i < 6; i++) nr_table_add_column(r->links, texts[i], NR_TEXT_COLUMN);
    for (size_t i = 0; i < 5; i++) nr_table_add_column(r->links, numbers[i], i == 3 ? 0 : 2);
    for (size_t row = 0; row < nearer_table_rows(r->link); row++) {
        double length, speed, minutes, lanes, capacity;
        bool directed;
        NR_TRY(number(&length, r, r->link, row, "length"));
        NR_TRY(number(&speed, r, r->link, row, "free_speed"));
        NR_TRY(number(&minutes, r, r->link, row, "minutes"));
        NR_TRY(number(&lanes, r, r->link, row, "lanes"));
        NR_TRY(number(&capacity, r, r->link, row, "capacity"));
        NR_TRY(read_directed(&directed, r, row));
        nr_table_put(r->links, cell(r->link, row, "from_node_id"), cell(r->link, row, "to_node_id"),
                     cell(r->link, row, "link_id"), cell(r->link, row, "name"),
                     cell(r->link, row, "facility_type"), directed ? "yes" : "",
                     length * r->km_per_length, speed * r->kmh_per_speed, minutes, lanes, capacity);
        NR_TRY(draw(r, row));
    }
    return NEARER_OK;
}

static nearer_status read_gmns(nr_network_tables *out, const char *path, const nearer_reading *how,
                               nearer_error *err)
{
    reader r = {.folder = path, .how = how, .err = err};
    nearer_status status = read_file(&r.node, &r, "node.csv", true);
    if (status == NEARER_OK) status = read_file(&r.link, &r, "link.csv", true);
    if (status == NEARER_OK) status = read_file(&r.config, &r, "config.csv", false);
    if (status == NEARER_OK) status = read_file(&r.geometry, &r, "geometry.csv", false);
    if (status == NEARER_OK) status = read_config(&r);
    if (status == NEARER_OK) status = nr_table_new(&r.nodes, nr_table_source(r.node), "node", err);
    if (status == NEARER_OK) status = nr_table_new(&r.links, nr_table_source(r.link), "link", err);
    if (status == NEARER_OK) status = add_nodes(&r);
    if (status == NEARER_OK) status = add_links(&r);
    nearer_table_free(r.node);
    nearer_table_free(r.link);
    nearer_table_free(r.config);
    nearer_table_free(r.geometry);
    nr_crs_free(r.crs);
    nr_free(r.line);
    return status == NEARER_OK ? nr_network_tables_finish(out, r.nodes, r.links, err)
                               : nr_network_tables_drop(r.nodes, r.links, status);
}

const nr_format nr_format_gmns = {
    .id = "gmns",
    .title = "general modeling network specification: a folder of node.csv and link.csv",
    .endings = "",
    .knows = nr_gmns_knows,
    .read_network = read_gmns,
    .write_network = nr_gmns_write,
};
