#include "formats/geojson_geometry.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

bool nr_geometry_wrong(nr_geometry_reader *reader, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (reader->wrong[0] == 0) vsnprintf(reader->wrong, sizeof reader->wrong, format, args);
    va_end(args);
    return false;
}

void nr_geometry_say_where(nr_geometry_reader *reader)
{
    for (size_t i = 0; i < reader->depth; i++)
        nr_text_print(&reader->where, "[%zu]", reader->index[i]);
    reader->depth = 0;
}

static bool position(nr_geometry_reader *r, const cJSON *json)
{
    if (!cJSON_IsArray(json)) return nr_geometry_wrong(r, "a position [lon, lat] was expected");
    double values[2];
    size_t n = 0;
    for (const cJSON *item = json->child; item != NULL; item = item->next, n++) {
        if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
            return nr_geometry_wrong(r, "a position holds numbers only");
        if (n < 2) values[n] = item->valuedouble;
    }
    if (n < 2) return nr_geometry_wrong(r, "a position has at least two numbers, not %zu", n);
    if (n > 3 && r->strict)
        return nr_geometry_wrong(r, "a position should not have %zu numbers, three at most", n);
    if (!nr_grow((void **)&r->vertices, r->vertex_count, &r->vertex_capacity,
                 sizeof *r->vertices)) {
        r->starved = true;
        return false;
    }
    r->vertices[r->vertex_count++] = (nr_lonlat){values[0], values[1]};
    return true;
}

static bool begin_part(nr_geometry_reader *r)
{
    if (!nr_grow((void **)&r->parts, r->part_count, &r->part_capacity, sizeof *r->parts)) {
        r->starved = true;
        return false;
    }
    r->parts[r->part_count++] = r->vertex_count;
    return true;
}

typedef bool read_one(nr_geometry_reader *r, const cJSON *json, size_t index);

static bool each(nr_geometry_reader *r, const cJSON *json, const char *what, read_one *read)
{
    size_t i = 0;
    if (!cJSON_IsArray(json)) return nr_geometry_wrong(r, "%s was expected", what);
    size_t level = r->depth++; /* at most four: areas, rings, positions */
    for (const cJSON *item = json->child; item != NULL; item = item->next, i++) {
        r->index[level] = i;
        if (!read(r, item, i)) return false;
    }
    r->depth--;
    return true;
}

static bool point(nr_geometry_reader *r, const cJSON *json, size_t index)
{
    (void)index;
    return position(r, json);
}

static bool line(nr_geometry_reader *r, const cJSON *json, size_t index)
{
    (void)index;
    size_t first = r->vertex_count;
    if (!begin_part(r) || !each(r, json, "a list of positions", point)) return false;
    return r->vertex_count >= first + 2 ||
           nr_geometry_wrong(r, "a line has at least two positions, not %zu",
                             r->vertex_count - first);
}

static double twice_area(const nr_lonlat *v, size_t n)
{
    double area = 0;
    for (size_t i = 0; i + 1 < n; i++)
        area += (v[i].lon - v[0].lon) * (v[i + 1].lat - v[0].lat) -
                (v[i + 1].lon - v[0].lon) * (v[i].lat - v[0].lat);
    return area;
}

/* The outer ring comes first; shapes have it clockwise and holes the other way round. */
static bool ring(nr_geometry_reader *r, const cJSON *json, size_t index)
{
    size_t first = r->vertex_count;
    if (!begin_part(r) || !each(r, json, "a ring: a list of positions", point)) return false;
    size_t n = r->vertex_count - first;
    nr_lonlat *v = r->vertices + first;
    if (n < 4) return nr_geometry_wrong(r, "a ring has at least four positions, not %zu", n);
    const cJSON *last = json->child;
    while (last->next != NULL) last = last->next;
    if (!cJSON_Compare(json->child, last, 1)) /* heights too */
        return nr_geometry_wrong(r, "the first and the last position of a ring must be the same");
    double area = twice_area(v, n);
    if (r->strict && (index == 0 ? area < 0 : area > 0))
        return nr_geometry_wrong(r, "%s should run %s", index == 0 ? "an outer ring" : "a hole",
                                 index == 0 ? "counterclockwise" : "clockwise");
    if (index == 0 ? area < 0 : area > 0) return true;
    for (size_t i = 0; i < n / 2; i++) {
        nr_lonlat swapped = v[i];
        v[i] = v[n - 1 - i];
        v[n - 1 - i] = swapped;
    }
    return true;
}

static bool area(nr_geometry_reader *r, const cJSON *json, size_t index)
{
    (void)index;
    return each(r, json, "a list of rings", ring);
}

static bool lines(nr_geometry_reader *r, const cJSON *json)
{
    return each(r, json, "a list of lines", line);
}

static bool areas(nr_geometry_reader *r, const cJSON *json)
{
    return each(r, json, "a list of areas", area);
}

static bool one_point(nr_geometry_reader *r, const cJSON *json)
{
    return begin_part(r) && position(r, json);
}

static bool points(nr_geometry_reader *r, const cJSON *json)
{
    return begin_part(r) && each(r, json, "a list of positions", point);
}

static bool one_line(nr_geometry_reader *r, const cJSON *json)
{
    return line(r, json, 0);
}

static bool one_area(nr_geometry_reader *r, const cJSON *json)
{
    return area(r, json, 0);
}

static const struct {
    const char *type;
    int kind;
    bool (*read)(nr_geometry_reader *r, const cJSON *json);
} types[] = {
    {"Point", NR_SHAPE_POINT, one_point},       {"MultiPoint", NR_SHAPE_MULTIPOINT, points},
    {"LineString", NR_SHAPE_LINE, one_line},    {"MultiLineString", NR_SHAPE_LINE, lines},
    {"Polygon", NR_SHAPE_AREA, one_area},       {"MultiPolygon", NR_SHAPE_AREA, areas},
    {"GeometryCollection", NR_SHAPE_NONE, NULL}};
enum { TYPES = sizeof types / sizeof *types };

bool nr_geometry_check_members(nr_geometry_reader *reader, const cJSON *object, const char *kept)
{
    for (const cJSON *m = object->child; m != NULL; m = m->next) {
        for (const cJSON *other = object->child; other != m; other = other->next)
            if (strcmp(other->string, m->string) == 0)
                return nr_geometry_wrong(reader, "'%.40s' stands twice", m->string);
        char word[32];
        if (!reader->strict || strlen(m->string) > 20) continue;
        snprintf(word, sizeof word, " %s ", m->string);
        if (strstr(kept, word) != NULL)
            return nr_geometry_wrong(reader, "it should have no member '%s'", m->string);
    }
    return true;
}

/* The type's number. */
static bool find_type(size_t *out, nr_geometry_reader *r, const cJSON *geometry)
{
    if (!cJSON_IsObject(geometry)) return nr_geometry_wrong(r, "a geometry { } was expected");
    if (!nr_geometry_check_members(r, geometry, " geometry properties features ")) return false;
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(geometry, "type");
    if (!cJSON_IsString(type)) return nr_geometry_wrong(r, "a text \"type\" was expected");
    for (*out = 0; *out < TYPES; ++*out)
        if (strcmp(types[*out].type, type->valuestring) == 0) return true;
    return nr_geometry_wrong(r, "'%.40s' is no type of geometry; letter case counts",
                             type->valuestring);
}

bool nr_geometry_read(nr_shape *out, nr_geometry_reader *r, const cJSON *geometry)
{
    size_t type;
    r->vertex_count = r->part_count = 0;
    if (!find_type(&type, r, geometry)) return false;
    if (types[type].read == NULL)
        return nr_geometry_wrong(r, "a GeometryCollection should stand in no other");
    const cJSON *coordinates = cJSON_GetObjectItemCaseSensitive(geometry, "coordinates");
    if (coordinates == NULL) return nr_geometry_wrong(r, "\"coordinates\" are missing");
    nr_text_add_word(&r->where, ".coordinates");
    if (cJSON_IsArray(coordinates) && coordinates->child == NULL) { /* RFC 7946, 3.1: no shape */
        *out = (nr_shape){0};
        return true;
    }
    if (!types[type].read(r, coordinates)) return false;
    *out = (nr_shape){types[type].kind, r->vertices, r->vertex_count, r->parts, r->part_count};
    return true;
}

bool nr_geometry_collection(const cJSON **out, nr_geometry_reader *r, const cJSON *geometry)
{
    size_t type;
    *out = NULL;
    if (!find_type(&type, r, geometry)) return false;
    if (types[type].read != NULL) return true;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(geometry, "geometries");
    if (!cJSON_IsArray(list)) return nr_geometry_wrong(r, "a list \"geometries\" was expected");
    if (r->strict && list->child != NULL && list->child->next == NULL)
        return nr_geometry_wrong(r, "a GeometryCollection of one should be that one");
    *out = list;
    return true;
}

void nr_geometry_clear(nr_geometry_reader *reader)
{
    nr_free(reader->vertices);
    nr_free(reader->parts);
    nr_text_clear(&reader->where);
    *reader = (nr_geometry_reader){0};
}
