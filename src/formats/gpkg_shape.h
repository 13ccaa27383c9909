/* formats/gpkg_shape: a geometry as a GeoPackage holds it: a header and well-known binary (OGC
 * 12-128r19, 2.1.3; 06-103r4, 8.2). */
#ifndef NR_FORMATS_GPKG_SHAPE_H
#define NR_FORMATS_GPKG_SHAPE_H
#include "formats/layer.h"

/* Reads one geometry after another into the same room. {0} is empty. */
typedef struct nr_gpkg_shapes {
    nr_lonlat *vertices;
    size_t *parts;
    size_t vertex_count, vertex_capacity, part_count, part_capacity;
    bool starved;      /* memory ran out */
    const char *wrong; /* why the geometry was refused */
    const unsigned char *at, *end;
} nr_gpkg_shapes;

/* Fills `out`, which stays borrowed; an empty geometry is NR_SHAPE_NONE. false when it is wrong. */
bool nr_gpkg_shape_read(nr_shape *out, nr_gpkg_shapes *shapes, const void *bytes, size_t length);
void nr_gpkg_shapes_clear(nr_gpkg_shapes *shapes);

/* Adds a point (one vertex) or a line in degrees of WGS 84 with its envelope. */
void nr_gpkg_shape_add(nr_text *out, int kind, const nr_lonlat *vertices, size_t n);
#endif
