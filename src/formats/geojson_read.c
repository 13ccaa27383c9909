/* GeoJSON in (RFC 7946, cJSON): feature by feature, so that no more than one is a tree at a time.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "formats/format.h"
#include "formats/geojson_geometry.h"
#include "formats/geojson_read.h"
#include "formats/json_scan.h"
#include "formats/layer.h"

typedef struct reader {
    nr_layer_maker maker;
    const nearer_reading *how;
    nr_json_lines lines;
    nr_geometry_reader geometry;
    nr_names columns;
    size_t *last_row; /* of each column: the row it was set in, plus 1 */
    size_t column_capacity, feature;
    const cJSON *properties, *id; /* of the feature now added */
    const char *begin;            /* its text */
    nearer_error *err;
} reader;

/* "places.geojson:12: features[3].geometry.coordinates[0]: why" */
static nearer_status fail_at(reader *r, nearer_status status, const char *at, const char *member,
                             const char *why)
{
    char item[40] = "";
    if (r->feature > 0) snprintf(item, sizeof item, "features[%zu]", r->feature - 1);
    return nr_fail(r->err, status, "%s:%zu: %s%s%s%s", r->maker.path, nr_json_line(&r->lines, at),
                   item, item[0] == 0 && member[0] == '.' ? member + 1 : member,
                   item[0] == 0 && member[0] == 0 ? "" : ": ", why);
}

static nearer_status fail_syntax(reader *r, const char *at)
{
    nr_json_part part;
    bool cut = nr_json_value(&part, at) != NULL && part.end == NULL;
    return fail_at(r, NEARER_SYNTAX, at, "",
                   cut ? "what begins here is nowhere closed; is the file cut off?"
                       : "no valid JSON from here on");
}

static nearer_status fail_geometry(reader *r, const char *at)
{
    nr_geometry_say_where(&r->geometry);
    if (r->geometry.starved || r->geometry.where.failed) return nr_fail_memory(r->err);
    return fail_at(r, NEARER_VALUE, at,
                   r->geometry.where.bytes == NULL ? "" : r->geometry.where.bytes,
                   r->geometry.wrong);
}

/* ---- properties into columns ---- */

/* The column of a name, made when it is new; `hint` is where it was in the feature before. */
static size_t column_of(reader *r, const char *name, size_t hint)
{
    if (hint < r->columns.count && strcmp(r->columns.texts[hint], name) == 0) return hint;
    size_t before = r->columns.count, i = nr_names_add(&r->columns, name);
    if (i == NR_NO_NAME || i < before) return i;
    ptrdiff_t geometry = nearer_table_find(r->maker.table, name); /* length_km, of the drawing */
    size_t column = geometry >= 0 ? (size_t)geometry
                                  : nr_table_add_column(r->maker.table, name, NR_TEXT_COLUMN);
    if (nr_table_starved(r->maker.table) ||
        !nr_grow((void **)&r->last_row, i, &r->column_capacity, 2 * sizeof *r->last_row))
        return NR_NO_NAME;
    r->last_row[2 * i] = 0;
    r->last_row[2 * i + 1] = column; /* the geometry's columns stand between */
    return i;
}

/* A property that the drawing gives too, such as length_km, stands before the drawing's. */
static void set_number(reader *r, size_t row, size_t column, const cJSON *json)
{
    double value = json->valuedouble;
    if (cJSON_IsNull(json) || (cJSON_IsString(json) && json->valuestring[0] == 0)) return;
    if (cJSON_IsNumber(json) ||
        (cJSON_IsString(json) && nr_parse_number(json->valuestring, &value)))
        nr_table_set_number(r->maker.table, row, column, value);
    else
        nr_geometry_wrong(&r->geometry, "property '%.60s' is not a number", json->string);
}

/* The digits of a whole number, of a property by its place or of the id, that a double does not
 * hold.
 */
static bool find_digits(nr_json_part *out, const reader *r, const cJSON *json, size_t place)
{
    if (!cJSON_IsNumber(json) || !(fabs(json->valuedouble) >= 1e15)) return false;
    bool id = json == r->id;
    if (!nr_json_member(out, r->begin, id ? "\"id\"" : "\"properties\"", 0)) return false;
    if (!id && !nr_json_member(out, out->begin, NULL, place)) return false;
    return nr_is_long_integer(out->begin, (size_t)(out->end - out->begin));
}

static void set_cell(reader *r, size_t row, size_t column, const cJSON *json, size_t place)
{
    nearer_table *table = r->maker.table;
    char number[NR_NUMBER_TEXT];
    const char *text = number;
    if (nearer_table_column_decimals(table, column) >= 0) {
        set_number(r, row, column, json);
        return;
    }
    char *printed = NULL;
    nr_json_part digits;
    if (find_digits(&digits, r, json, place)) {
        nr_table_set_typed(table, row, column, digits.begin, (size_t)(digits.end - digits.begin),
                           false);
        return;
    }
    if (cJSON_IsNumber(json))
        nr_format_number(json->valuedouble, number);
    else if (cJSON_IsString(json))
        text = json->valuestring;
    else if (cJSON_IsBool(json))
        text = cJSON_IsTrue(json) ? "true" : "false";
    else if (cJSON_IsNull(json))
        return;
    else
        text = printed = cJSON_PrintUnformatted(json);
    if (text != NULL)
        nr_table_set_typed(table, row, column, text, strlen(text), cJSON_IsNumber(json) != 0);
    cJSON_free(printed);
}

static void set_properties(void *source, nearer_table *table, size_t row)
{
    reader *r = source;
    (void)table;
    size_t hint = 0, place = 0;
    const cJSON *first = r->properties == NULL ? NULL : r->properties->child;
    for (const cJSON *p = first; p != NULL; p = p->next, place++) {
        size_t i = column_of(r, p->string, hint);
        if (i == NR_NO_NAME) {
            r->geometry.starved = true;
            return;
        }
        if (r->last_row[2 * i] == row + 1)
            nr_geometry_wrong(&r->geometry, "property '%.60s' stands twice", p->string);
        r->last_row[2 * i] = row + 1;
        set_cell(r, row, r->last_row[2 * i + 1], p, place);
        hint = i + 1;
    }
    if (r->id == NULL) return;
    size_t i = column_of(r, "id", hint);
    if (i == NR_NO_NAME)
        r->geometry.starved = true;
    else if (r->last_row[2 * i] != row + 1)
        set_cell(r, row, r->last_row[2 * i + 1], r->id, 0);
}

/* ---- features ---- */

static nearer_status add_shape(reader *r, nr_shape *shape, const char *at)
{
    char name[40] = "geometry";
    if (r->feature > 0) snprintf(name, sizeof name, "features[%zu]", r->feature - 1);
    NR_TRY(nr_layer_add(&r->maker, shape, nr_json_line(&r->lines, at), name, set_properties, r));
    return r->geometry.wrong[0] != 0 || r->geometry.starved ? fail_geometry(r, at) : NEARER_OK;
}

/* Each member of a collection is a shape with the feature's properties. */
static nearer_status add_geometry(reader *r, const cJSON *json, const char *at)
{
    nr_shape shape = {0};
    const cJSON *list = NULL;
    if (cJSON_IsNull(json)) return add_shape(r, &shape, at);
    size_t before = r->geometry.where.length, i = 0;
    if (!nr_geometry_collection(&list, &r->geometry, json)) return fail_geometry(r, at);
    if (list == NULL) {
        if (!nr_geometry_read(&shape, &r->geometry, json)) return fail_geometry(r, at);
        return add_shape(r, &shape, at);
    }
    for (const cJSON *item = list->child; item != NULL; item = item->next, i++) {
        r->geometry.where.length = before;
        r->geometry.depth = 0;
        nr_text_print(&r->geometry.where, ".geometries[%zu]", i);
        const cJSON *within = NULL;
        if (!nr_geometry_collection(&within, &r->geometry, item)) return fail_geometry(r, at);
        if (within != NULL && !r->geometry.strict) {
            NR_TRY(add_geometry(r, item, at));
            continue;
        }
        if (!nr_geometry_read(&shape, &r->geometry, item)) return fail_geometry(r, at);
        NR_TRY(add_shape(r, &shape, at));
    }
    return NEARER_OK;
}

static nearer_status add_feature(reader *r, const cJSON *json, const char *at)
{
    nr_geometry_reader *g = &r->geometry;
    g->where.length = 0;
    g->depth = 0;
    nr_text_add(&g->where, "", 0);
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(json, "type");
    if (!cJSON_IsObject(json))
        return fail_at(r, NEARER_VALUE, at, "", "a feature { } was expected");
    if (!nr_geometry_check_members(g, json, " features coordinates geometries "))
        return fail_geometry(r, at);
    if (!cJSON_IsString(type) || strcmp(type->valuestring, "Feature") != 0)
        return fail_at(r, NEARER_VALUE, at, ".type", "\"Feature\" was expected");
    const cJSON *geometry = cJSON_GetObjectItemCaseSensitive(json, "geometry");
    r->properties = cJSON_GetObjectItemCaseSensitive(json, "properties");
    r->id = cJSON_GetObjectItemCaseSensitive(json, "id");
    r->begin = at;
    if (geometry == NULL)
        return fail_at(r, NEARER_VALUE, at, ".geometry",
                       "it is missing; an object or null was expected");
    if (r->properties == NULL || !(cJSON_IsObject(r->properties) || cJSON_IsNull(r->properties)))
        return fail_at(r, NEARER_VALUE, at, ".properties", "an object { } or null was expected");
    if (r->id != NULL && !cJSON_IsString(r->id) && !cJSON_IsNumber(r->id))
        return fail_at(r, NEARER_VALUE, at, ".id", "a text or a number was expected");
    nr_text_add_word(&g->where, ".geometry");
    return add_geometry(r, geometry, at);
}

/* One JSON value as a tree. */
static nearer_status parse(cJSON **out, reader *r, const nr_json_part *part)
{
    const char *end = part->begin;
    *out = cJSON_ParseWithLengthOpts(part->begin, (size_t)(part->end - part->begin), &end, 0);
    if (*out != NULL) return NEARER_OK;
    return fail_syntax(r, end);
}

static nearer_status add_features(reader *r, const nr_json_part *list)
{
    nr_json_part item;
    nr_json_items items = nr_json_begin(list->begin);
    while (nr_json_next(&items, NULL, &item)) {
        cJSON *json = NULL;
        r->feature++;
        NR_TRY(parse(&json, r, &item));
        nearer_status status = add_feature(r, json, item.begin);
        cJSON_Delete(json);
        NR_TRY(status);
    }
    r->feature = 0;
    if (items.wrong != NULL) return fail_syntax(r, items.wrong);
    return NEARER_OK;
}

/* ---- the file ---- */

typedef struct members {
    nr_json_part type, features, crs, bbox;
} members;

/* Where the members of the whole object are; nothing is read yet. */
static nearer_status find_members(members *out, reader *r, nr_json_part *all, bool strict)
{
    nr_json_part name, value;
    nr_json_items items = nr_json_begin(all->begin);
    const struct {
        const char *name;
        nr_json_part *part;
    } wanted[] = {{"\"type\"", &out->type},
                  {"\"features\"", &out->features},
                  {"\"crs\"", &out->crs},
                  {"\"bbox\"", &out->bbox}};
    static const char *const kept[] = {"\"coordinates\"", "\"geometries\"", "\"geometry\"",
                                       "\"properties\""};
    bool is_kept = false;
    const char *kept_at = NULL;
    while (nr_json_next(&items, &name, &value)) {
        for (size_t i = 0; i < 4; i++) {
            if (nr_json_is(&name, kept[i])) is_kept = true, kept_at = name.begin;
            if (!nr_json_is(&name, wanted[i].name)) continue;
            if (wanted[i].part->begin != NULL)
                return fail_at(r, NEARER_VALUE, name.begin, wanted[i].name, "it stands twice");
            *wanted[i].part = value;
        }
    }
    if (items.wrong != NULL) return fail_syntax(r, items.wrong);
    all->end = items.at + 1;
    if (*nr_json_blank(all->end) != 0)
        return fail_at(r, NEARER_SYNTAX, nr_json_blank(all->end), "",
                       "something stands behind the end of the JSON");
    if (strict && is_kept && nr_json_is(&out->type, "\"FeatureCollection\""))
        return fail_at(r, NEARER_VALUE, kept_at, "",
                       "a FeatureCollection should have no member of a feature or geometry");
    return NEARER_OK;
}

static nearer_status check_bbox(reader *r, const nr_json_part *part)
{
    cJSON *json = NULL;
    if (part->begin == NULL) return NEARER_OK;
    NR_TRY(parse(&json, r, part));
    int n = cJSON_IsArray(json) ? cJSON_GetArraySize(json) : 0;
    bool good = n == 4 || n == 6;
    for (const cJSON *i = good ? json->child : NULL; i != NULL; i = i->next)
        good = good && cJSON_IsNumber(i);
    cJSON_Delete(json);
    return good ? NEARER_OK
                : fail_at(r, NEARER_VALUE, part->begin, "bbox", "4 or 6 numbers were expected");
}

/* The old "crs" member (GeoJSON 2008) by name; null and links say nothing. */
static nearer_status begin_layer(reader *r, const nr_json_part *part)
{
    cJSON *json = NULL;
    if (part->begin != NULL) NR_TRY(parse(&json, r, part));
    const cJSON *properties = cJSON_GetObjectItemCaseSensitive(json, "properties");
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(properties, "name");
    nearer_status status = nr_layer_begin(
        &r->maker, r->how, cJSON_IsString(name) ? name->valuestring : NULL, r->maker.path);
    cJSON_Delete(json);
    return status;
}

static nearer_status read_collection(reader *r, const members *m)
{
    if (m->features.begin == NULL)
        return fail_at(r, NEARER_VALUE, m->type.begin, "",
                       "a FeatureCollection has a list \"features\"; it is missing");
    if (*m->features.begin != '[')
        return fail_at(r, NEARER_VALUE, m->features.begin, "features", "a list [ ] was expected");
    return add_features(r, &m->features);
}

/* A feature or a geometry that is the whole file. */
static nearer_status read_single(reader *r, const nr_json_part *all, bool feature)
{
    cJSON *json = NULL;
    NR_TRY(parse(&json, r, all));
    nr_text_add(&r->geometry.where, "", 0);
    nearer_status status =
        feature ? add_feature(r, json, all->begin) : add_geometry(r, json, all->begin);
    cJSON_Delete(json);
    return status;
}

static nearer_status read_all(reader *r)
{
    nr_json_part all = {.begin = nr_json_blank(r->lines.bytes)};
    members m = {0};
    if (*all.begin != '{')
        return fail_at(r, NEARER_VALUE, all.begin, "", "a GeoJSON object { } was expected");
    NR_TRY(find_members(&m, r, &all, r->how->strict));
    if (m.type.begin == NULL || *m.type.begin != '"')
        return fail_at(r, NEARER_VALUE, all.begin, "type",
                       "a text such as \"FeatureCollection\" was expected");
    NR_TRY(begin_layer(r, &m.crs));
    NR_TRY(check_bbox(r, &m.bbox));
    if (nr_json_is(&m.type, "\"FeatureCollection\"")) return read_collection(r, &m);
    return read_single(r, &all, nr_json_is(&m.type, "\"Feature\""));
}

nearer_status nr_geojson_read(nearer_table **out, const char *path, const nearer_reading *how,
                              nearer_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    reader r = {.how = how,
                .err = err,
                .maker = {.path = path, .err = err, .where_crs_goes = "say it (EPSG:32650 ...)"},
                .geometry = {.strict = how->strict}};
    NR_TRY(nr_file_read_text(&bytes, &length, path, how->encoding, err));
    r.lines.bytes = bytes;
    nearer_status status = nr_table_new(&r.maker.table, path, "line", err);
    if (status == NEARER_OK) status = read_all(&r);
    if (r.geometry.where.failed) status = nr_fail_memory(err);
    if (r.maker.table != NULL) {
        r.maker.facts.has_attributes = true;
        r.maker.facts.records = r.maker.facts.shapes;
        r.maker.facts.fields = r.columns.count;
        snprintf(r.maker.facts.encoding, sizeof r.maker.facts.encoding, "%.31s",
                 how->encoding == NULL ? "UTF-8" : how->encoding);
        if (r.maker.facts.crs[0] == 0)
            snprintf(r.maker.facts.crs, sizeof r.maker.facts.crs, "WGS 84");
        nr_layer_end(&r.maker);
    }
    nr_geometry_clear(&r.geometry);
    nr_names_clear(&r.columns);
    nr_free(r.last_row);
    nr_free(bytes);
    if (status == NEARER_OK) return nr_table_finish(out, r.maker.table, err);
    nearer_table_free(r.maker.table);
    return status;
}
