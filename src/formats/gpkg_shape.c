#include "formats/gpkg_shape.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"

enum { POINT = 1, LINE, AREA, POINTS, LINES, AREAS, COLLECTION };
enum { HEADER = 8, LITTLE_ENDIAN = 1, WITH_ENVELOPE = 1 << 1, EXTENDED = 1 << 5 };
enum { WGS84 = 4326 };

static bool wrong(nr_gpkg_shapes *s, const char *why)
{
    if (s->wrong == NULL) s->wrong = why;
    return false;
}

/* ---- reading ---- */

static bool take(uint64_t *out, nr_gpkg_shapes *s, size_t size, bool little)
{
    *out = 0;
    if ((size_t)(s->end - s->at) < size) return wrong(s, "it is cut off");
    for (size_t i = 0; i < size; i++) *out |= (uint64_t)s->at[little ? i : size - 1 - i] << (8 * i);
    s->at += size;
    return true;
}

static bool take_vertex(nr_gpkg_shapes *s, size_t dimensions, bool little)
{
    double xy[2];
    for (size_t i = 0; i < dimensions; i++) {
        uint64_t bits;
        if (!take(&bits, s, 8, little)) return false;
        if (i < 2) memcpy(&xy[i], &bits, sizeof xy[i]);
    }
    if (!nr_grow((void **)&s->vertices, s->vertex_count, &s->vertex_capacity,
                 sizeof *s->vertices)) {
        s->starved = true;
        return false;
    }
    s->vertices[s->vertex_count++] = (nr_lonlat){xy[0], xy[1]};
    return true;
}

static bool begin_part(nr_gpkg_shapes *s)
{
    if (!nr_grow((void **)&s->parts, s->part_count, &s->part_capacity, sizeof *s->parts)) {
        s->starved = true;
        return false;
    }
    s->parts[s->part_count++] = s->vertex_count;
    return true;
}

/* A list of vertices; one of none is no part. */
static bool take_part(nr_gpkg_shapes *s, size_t dimensions, bool little)
{
    uint64_t n;
    if (!take(&n, s, 4, little)) return false;
    if (n > 0 && !begin_part(s)) return false;
    for (uint64_t i = 0; i < n; i++) /* a count beyond the bytes ends with them */
        if (!take_vertex(s, dimensions, little)) return false;
    return true;
}

/* Shapes have outer rings clockwise and holes the other way round; files need not. */
static void turn_ring(nr_lonlat *v, size_t n, bool outer)
{
    double area = 0;
    for (size_t i = 0; i + 1 < n; i++)
        area += (v[i].lon - v[0].lon) * (v[i + 1].lat - v[0].lat) -
                (v[i + 1].lon - v[0].lon) * (v[i].lat - v[0].lat);
    if (outer ? area <= 0 : area >= 0) return;
    for (size_t i = 0; i < n / 2; i++) {
        nr_lonlat swapped = v[i];
        v[i] = v[n - 1 - i];
        v[n - 1 - i] = swapped;
    }
}

static bool take_rings(nr_gpkg_shapes *s, size_t dimensions, bool little)
{
    uint64_t rings;
    if (!take(&rings, s, 4, little)) return false;
    for (uint64_t i = 0; i < rings; i++) {
        size_t first = s->vertex_count;
        if (!take_part(s, dimensions, little)) return false;
        if (s->vertex_count > first)
            turn_ring(s->vertices + first, s->vertex_count - first, i == 0);
    }
    return true;
}

/* The byte order, the type and what it says of heights (Z) and measures (M). */
static bool take_type(nr_gpkg_shapes *s, unsigned *type, size_t *dimensions, bool *little)
{
    uint64_t order, code;
    if (!take(&order, s, 1, true)) return false;
    if (order > 1) return wrong(s, "its byte order is neither 0 nor 1");
    *little = order == 1;
    if (!take(&code, s, 4, *little)) return false;
    *type = (unsigned)(code % 1000);
    if (code >= 4000 || *type < POINT || *type > AREAS)
        return wrong(s, *type == COLLECTION && code < 4000
                            ? "it is a collection; points, lines or areas were expected"
                            : "it is neither point, line nor area; curves are not read");
    *dimensions = code / 1000 == 0 ? 2 : code / 1000 == 3 ? 4 : 3;
    return true;
}

/* A point, line or area. A point of no place has coordinates that are no numbers. */
static bool take_single(nr_gpkg_shapes *s, unsigned type, size_t dimensions, bool little)
{
    if (type == LINE) return take_part(s, dimensions, little);
    if (type == AREA) return take_rings(s, dimensions, little);
    if (!take_vertex(s, dimensions, little)) return false;
    nr_lonlat at = s->vertices[s->vertex_count - 1];
    if (isnan(at.lon) && isnan(at.lat)) s->vertex_count--;
    return true;
}

static bool take_geometry(int *kind, nr_gpkg_shapes *s)
{
    static const int kinds[] = {0,
                                NR_SHAPE_POINT,
                                NR_SHAPE_LINE,
                                NR_SHAPE_AREA,
                                NR_SHAPE_MULTIPOINT,
                                NR_SHAPE_LINE,
                                NR_SHAPE_AREA};
    unsigned type, member;
    size_t dimensions;
    bool little;
    uint64_t n;
    if (!take_type(s, &type, &dimensions, &little)) return false;
    *kind = kinds[type];
    if ((type == POINT || type == POINTS) && !begin_part(s)) return false;
    if (type < POINTS) return take_single(s, type, dimensions, little);
    if (!take(&n, s, 4, little)) return false;
    for (uint64_t i = 0; i < n; i++) {
        if (!take_type(s, &member, &dimensions, &little)) return false;
        if (member != type - POINTS + POINT)
            return wrong(s, "a part of it is of another type than the whole");
        if (!take_single(s, member, dimensions, little)) return false;
    }
    return true;
}

/* "GP", version, flags, the reference system and an envelope of some length. */
static bool skip_header(nr_gpkg_shapes *s)
{
    static const unsigned char lengths[] = {0, 32, 48, 48, 64};
    if (s->end - s->at < HEADER || memcmp(s->at, "GP", 2) != 0)
        return wrong(s, "it does not begin with 'GP'");
    unsigned flags = s->at[3], envelope = flags >> 1 & 7;
    if ((flags & EXTENDED) != 0) return wrong(s, "it is of a type that is an extension");
    if (envelope > 4) return wrong(s, "its envelope is of no known kind");
    if (s->end - s->at < HEADER + lengths[envelope]) return wrong(s, "it is cut off");
    s->at += HEADER + lengths[envelope];
    return true;
}

bool nr_gpkg_shape_read(nr_shape *out, nr_gpkg_shapes *s, const void *bytes, size_t length)
{
    int kind = NR_SHAPE_NONE;
    s->at = bytes;
    s->end = s->at + length;
    s->vertex_count = s->part_count = 0;
    s->wrong = NULL;
    if (!skip_header(s) || !take_geometry(&kind, s)) return false;
    *out = s->vertex_count == 0
               ? (nr_shape){0}
               : (nr_shape){kind, s->vertices, s->vertex_count, s->parts, s->part_count};
    return true;
}

void nr_gpkg_shapes_clear(nr_gpkg_shapes *shapes)
{
    nr_free(shapes->vertices);
    nr_free(shapes->parts);
    *shapes = (nr_gpkg_shapes){0};
}

/* ---- writing ---- */

static void add_whole(nr_text *out, uint32_t value)
{
    char bytes[4];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(value >> (8 * i) & 0xFF);
    nr_text_add(out, bytes, sizeof bytes);
}

static void add_number(nr_text *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    add_whole(out, (uint32_t)bits);
    add_whole(out, (uint32_t)(bits >> 32));
}

void nr_gpkg_shape_add(nr_text *out, int kind, const nr_lonlat *v, size_t n)
{
    const char head[] = {'G', 'P', 0, LITTLE_ENDIAN | WITH_ENVELOPE};
    nr_lonlat low = v[0], high = v[0];
    for (size_t i = 1; i < n; i++) {
        low = (nr_lonlat){fmin(low.lon, v[i].lon), fmin(low.lat, v[i].lat)};
        high = (nr_lonlat){fmax(high.lon, v[i].lon), fmax(high.lat, v[i].lat)};
    }
    nr_text_add(out, head, sizeof head);
    add_whole(out, WGS84);
    const double envelope[] = {low.lon, high.lon, low.lat, high.lat};
    for (size_t i = 0; i < 4; i++) add_number(out, envelope[i]);
    nr_text_add(out, "\x01", 1);
    add_whole(out, kind == NR_SHAPE_LINE ? LINE : POINT);
    if (kind == NR_SHAPE_LINE) add_whole(out, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        add_number(out, v[i].lon);
        add_number(out, v[i].lat);
    }
}
