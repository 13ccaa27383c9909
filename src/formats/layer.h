/* formats/layer: shapes with attributes, from whichever format, into a table: points and areas by
 * their centre, lines by their ends, length and vertices; a row for each part. */
#ifndef NR_FORMATS_LAYER_H
#define NR_FORMATS_LAYER_H
#include "base/crs.h"
#include "model/table.h"

typedef struct nr_shape {
    int kind;            /* NR_SHAPE_... */
    nr_lonlat *vertices; /* x, y as in the file; turned into degrees where they stand */
    size_t vertex_count;
    const size_t *parts; /* first vertex of each; areas: outer rings clockwise, holes not */
    size_t part_count;
} nr_shape;

/* Sets the attributes of the shape now added. */
typedef void nr_set_attributes(void *source, nearer_table *table, size_t row);

typedef struct nr_layer_maker {
    nearer_table *table;
    const char *path;
    nr_crs *crs;                /* NULL: degrees, unless `survey` */
    const char *where_crs_goes; /* for a file without CRS: how it can be said */
    bool survey;
    int kind; /* of the first shape */
    size_t columns[5];
    nr_layer_facts facts;
    nearer_error *err;
} nr_layer_maker;

/* `how->crs`, or else the file's own definition (NULL: none). */
nearer_status nr_layer_begin(nr_layer_maker *maker, const nearer_reading *how, const char *crs,
                             const char *whose);
/* Says of what kind the shapes will be, where the file tells beforehand. */
void nr_layer_expect(nr_layer_maker *maker, int kind);
/* Adds the shape of record number `record` (from 1), called `name` in messages ("record 3").
 * Fails with VALUE (kinds mixed, no degrees), MEMORY. */
nearer_status nr_layer_add(nr_layer_maker *maker, nr_shape *shape, size_t record, const char *name,
                           nr_set_attributes *set, void *source);
/* Measures the lines whose length no attribute says, and gives the table its facts. */
void nr_layer_end(nr_layer_maker *maker);
#endif
