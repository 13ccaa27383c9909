/* formats/geojson_geometry: a GeoJSON geometry (RFC 7946) into shapes. */
#ifndef NR_FORMATS_GEOJSON_GEOMETRY_H
#define NR_FORMATS_GEOJSON_GEOMETRY_H
#include <cJSON.h>

#include "base/text.h"
#include "formats/layer.h"

enum { NR_GEOMETRY_DEPTH = 8 };

/* Reads one geometry after another into the same buffers. {0} is empty. */
typedef struct nr_geometry_reader {
    nr_lonlat *vertices;
    size_t *parts;
    size_t vertex_count, vertex_capacity, part_count, part_capacity;
    bool strict;                            /* what RFC 7946 advises against is wrong too */
    bool starved;                           /* memory ran out */
    char wrong[200];                        /* why the geometry was refused */
    size_t depth, index[NR_GEOMETRY_DEPTH]; /* of the items now read, list in list */
    nr_text where; /* the members that lead to what is wrong: ".coordinates[3]" */
} nr_geometry_reader;

/* Fills `out` from an object of any type but GeometryCollection; false when it is wrong. */
bool nr_geometry_read(nr_shape *out, nr_geometry_reader *reader, const cJSON *geometry);
/* The "geometries" of a GeometryCollection, NULL for any other geometry; false when it is wrong. */
bool nr_geometry_collection(const cJSON **out, nr_geometry_reader *reader, const cJSON *geometry);
/* Checks that an object names no member twice, nor, when strict, one that is kept for other objects
 * (listed with spaces around each: " features coordinates "). */
bool nr_geometry_check_members(nr_geometry_reader *reader, const cJSON *object, const char *kept);
/* Says why, once: false. */
bool nr_geometry_wrong(nr_geometry_reader *reader, const char *format, ...);
/* Adds the items that lead to what is wrong to `where`: "[3][0]". */
void nr_geometry_say_where(nr_geometry_reader *reader);
void nr_geometry_clear(nr_geometry_reader *reader);
#endif
