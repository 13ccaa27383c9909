#include "formats/scenario_features.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/crs.h"
#include "formats/geojson_geometry.h"
#include "formats/scenario_lines.h"
#include "model/ends.h"

typedef struct feature {
    nr_built_line line; /* what it says of a line; of links to close at a point */
    const char *name;   /* of the line, where `line` does not say it */
    bool close;
    const char *type;
    int kind; /* NR_SHAPE_... */
} feature;

static const nr_key property_keys[] = {
    TEXT(nr_built_line, line),
    TEXT(feature, name),
    OWN("stops", false, nr_built_line, stops, nr_read_line_stops),
    LINE_KEYS,
    {"close", NR_KEY_BOOL, false, offsetof(feature, close), 0, 0, NULL},
    OWN("id", false, feature, kind, nr_keys_pass_over),
    OWN("fid", false, feature, kind, nr_keys_pass_over),
    OWN("note", false, feature, kind, nr_keys_pass_over),
    END};

static const nr_key point_keys[] = {
    {"close", NR_KEY_BOOL, true, offsetof(feature, close), 0, 0, NULL},
    TEXT(nr_built_line, line),
    TEXT(nr_built_line, mode),
    {"class", NR_KEY_TEXT, false, offsetof(nr_built_line, class_id), 0, 0, NULL},
    TEXT(nr_built_line, service),
    TEXT(feature, name),
    OWN("id", false, feature, kind, nr_keys_pass_over),
    OWN("fid", false, feature, kind, nr_keys_pass_over),
    OWN("note", false, feature, kind, nr_keys_pass_over),
    END};

/* ---- attributes of a map program ---- */

/* "40; 35" into a list of what stands between the semicolons, as numbers where they are wanted. */
static cJSON *split(const char *text, bool numbers)
{
    cJSON *list = cJSON_CreateArray();
    for (const char *p = text; list != NULL; p++) {
        char word[200];
        double number;
        p += strspn(p, " ");
        size_t n = strcspn(p, ";"), kept = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, p, kept);
        while (kept > 0 && word[kept - 1] == ' ') kept--;
        word[kept] = 0;
        cJSON *item = numbers && nr_parse_number(word, &number) ? cJSON_CreateNumber(number)
                                                                : cJSON_CreateString(word);
        if (!cJSON_AddItemToArray(list, item)) {
            cJSON_Delete(item);
            cJSON_Delete(list);
            return NULL;
        }
        p += n;
        if (*p == 0) break;
    }
    return list;
}

/* An attribute as its key wants it: tables of attributes hold texts and numbers only. */
static cJSON *from_attribute(const cJSON *item, const nr_key *key)
{
    char room[NR_NUMBER_TEXT];
    const char *text = cJSON_IsString(item)   ? item->valuestring
                       : cJSON_IsNumber(item) ? nr_format_number(item->valuedouble, room)
                                              : NULL;
    double number;
    int way;
    if (text == NULL) return cJSON_Duplicate(item, 1);
    if (key->kind == NR_KEY_TEXT) return cJSON_CreateString(text);
    if (key->kind == NR_KEY_NUMBER && nr_parse_number(text, &number))
        return cJSON_CreateNumber(number);
    if (key->kind == NR_KEY_BOOL && nr_oneway_parse(&way, text) && way >= 0)
        return cJSON_CreateBool(way);
    if (key->read == nr_read_line_minutes) return split(text, true);
    if (key->read == nr_read_line_stops || key->read == nr_keys_texts) return split(text, false);
    return cJSON_Duplicate(item, 1);
}

/* The properties that say something: null and "" are empty cells. */
static cJSON *from_attributes(const cJSON *properties, const nr_key *keys)
{
    cJSON *out = cJSON_CreateObject();
    for (const cJSON *p = properties->child; out != NULL && p != NULL; p = p->next) {
        const nr_key *key = keys;
        while (key->name != NULL && strcmp(key->name, p->string) != 0) key++;
        if (cJSON_IsNull(p) || (cJSON_IsString(p) && p->valuestring[0] == 0)) continue;
        cJSON *item = from_attribute(p, key);
        if (cJSON_AddItemToObject(out, p->string, item)) continue;
        cJSON_Delete(item);
        cJSON_Delete(out);
        return NULL;
    }
    return out;
}

static nearer_status read_properties(feature *f, const cJSON *json, const char *where,
                                     const nr_reader *r)
{
    const nr_key *keys = f->kind == NR_SHAPE_POINT ? point_keys : property_keys;
    NR_TRY(nr_keys_expect(json, false, where, "an object { } of properties", r));
    cJSON *properties = from_attributes(json, keys);
    if (properties == NULL) return nr_fail_memory(r->err);
    nearer_status status = nr_keys_read(f, properties, keys, where, r);
    cJSON_Delete(properties);
    return status;
}

/* ---- a feature ---- */

/* A line, whole, or a point. */
static nearer_status keep_shape(feature *f, const nr_shape *shape, const char *where,
                                const nr_reader *r)
{
    nr_drawing *d = &f->line.drawing;
    bool line = shape->kind == NR_SHAPE_LINE;
    if (!line && shape->kind != NR_SHAPE_POINT)
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: %s: a line that is built or a point that is closed was expected",
                       r->path, where);
    if (line && shape->part_count != 1)
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: %s: it has %zu parts, one was expected: join them, or make each a "
                       "feature",
                       r->path, where, shape->part_count);
    d->vertices = nr_arena_alloc(r->arena, shape->vertex_count, sizeof *d->vertices);
    if (d->vertices == NULL) return nr_fail_memory(r->err);
    memcpy(d->vertices, shape->vertices, shape->vertex_count * sizeof *d->vertices);
    d->count = shape->vertex_count;
    f->kind = shape->kind;
    return NEARER_OK;
}

static nearer_status read_geometry(void *member, const cJSON *json, const char *where,
                                   const nr_reader *r)
{
    feature *f = (feature *)((char *)member - offsetof(feature, kind));
    nr_geometry_reader g = {0};
    nr_shape shape = {0};
    nearer_status status;
    if (nr_geometry_read(&shape, &g, json)) {
        status = g.where.failed ? nr_fail_memory(r->err) : keep_shape(f, &shape, where, r);
    } else {
        nr_geometry_say_where(&g);
        status = g.starved || g.where.failed
                     ? nr_fail_memory(r->err)
                     : nr_fail(r->err, NEARER_VALUE, "%s: %s%s: %s", r->path, where,
                               g.where.bytes == NULL ? "" : g.where.bytes, g.wrong);
    }
    nr_geometry_clear(&g);
    return status;
}

static const nr_key feature_keys[] = {MUST(feature, type),
                                      OWN("geometry", true, feature, kind, read_geometry),
                                      OWN("properties", true, feature, close, nr_keys_pass_over),
                                      OWN("id", false, feature, kind, nr_keys_pass_over),
                                      OWN("bbox", false, feature, kind, nr_keys_pass_over),
                                      END};

static nearer_status check_feature(const feature *f, const char *where, const nr_reader *r)
{
    bool point = f->kind == NR_SHAPE_POINT;
    if (strcmp(f->type, "Feature") != 0)
        return nr_fail(r->err, NEARER_VALUE, "%s: %s.type: \"Feature\" was expected", r->path,
                       where);
    if (f->close != point)
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: %s.properties.close: it is for points, and true there", r->path, where);
    if (!point && f->line.line == NULL)
        return nr_fail(r->err, NEARER_VALUE, "%s: %s.properties.line is missing", r->path, where);
    return NEARER_OK;
}

/* The geometry first: it says what the properties may be. */
static nearer_status read_feature(feature *f, const cJSON *json, const char *where,
                                  const nr_reader *r)
{
    char at[NR_KEY_WHERE];
    NR_TRY(nr_keys_read(f, json, feature_keys, where, r));
    const cJSON *properties = cJSON_GetObjectItemCaseSensitive(json, "properties");
    NR_TRY(read_properties(f, properties, nr_keys_where(where, "properties", at), r));
    if (f->line.line == NULL && f->kind == NR_SHAPE_LINE) f->line.line = f->name;
    return check_feature(f, where, r);
}

nearer_status nr_read_features(void *member, const cJSON *json, const char *where,
                               const nr_reader *r)
{
    nr_scenario_features *all = member;
    NR_TRY(nr_keys_expect(json, true, where, "a list [ ] of features", r));
    size_t n = (size_t)cJSON_GetArraySize(json), number = 0;
    all->lines = nr_arena_alloc(r->arena, n, sizeof *all->lines);
    all->points = nr_arena_alloc(r->arena, n, sizeof *all->points);
    if (all->lines == NULL || all->points == NULL) return nr_fail_memory(r->err);
    for (const cJSON *item = json->child; item != NULL; item = item->next, number++) {
        feature f = {.line = nr_blank_line};
        char at[NR_KEY_WHERE];
        snprintf(at, sizeof at, "%.100s[%zu]", where, number);
        NR_TRY(read_feature(&f, item, at, r));
        NR_TRY(nr_keep_where(&f.line.where, where, number, ".properties", r));
        if (f.kind == NR_SHAPE_LINE)
            all->lines[all->line_count++] = f.line;
        else
            all->points[all->point_count++] = (nr_link_choice){.where = f.line.where,
                                                               .mode = f.line.mode,
                                                               .line = f.line.line,
                                                               .class_id = f.line.class_id,
                                                               .service = f.line.service,
                                                               .at = f.line.drawing};
    }
    return NEARER_OK;
}

/* ---- where it is ---- */

static nearer_status place(nr_drawing *d, const char *where, const nr_crs *crs, double snap_km,
                           const nr_reader *r)
{
    d->snap_km = snap_km;
    for (size_t i = 0; i < d->count; i++) {
        nr_lonlat before = d->vertices[i];
        if (crs != NULL) nr_crs_to_degrees(crs, &d->vertices[i], 1);
        if (nr_lonlat_valid(d->vertices[i])) continue;
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: %.*s.geometry: (%g, %g) gives no degrees of longitude and latitude%s%s",
                       r->path, (int)strcspn(where, "."), where, before.lon, before.lat,
                       crs == NULL ? "; a member \"crs\" may say what it is" : " by ",
                       crs == NULL ? "" : nr_crs_name(crs));
    }
    return NEARER_OK;
}

nearer_status nr_features_place(nr_scenario_features *all, const char *definition, double snap_km,
                                const nr_reader *r)
{
    nr_crs *crs = NULL;
    nearer_error why;
    nearer_status status = NEARER_OK;
    if (definition != NULL && nr_crs_open(&crs, definition, &why) != NEARER_OK)
        return nr_fail(r->err, why.status, "%s: crs: %.800s", r->path, why.message);
    for (size_t k = 0; status == NEARER_OK && k < all->line_count; k++)
        status = place(&all->lines[k].drawing, all->lines[k].where, crs, snap_km, r);
    for (size_t k = 0; status == NEARER_OK && k < all->point_count; k++)
        status = place(&all->points[k].at, all->points[k].where, crs, snap_km, r);
    nr_crs_free(crs);
    return status;
}
