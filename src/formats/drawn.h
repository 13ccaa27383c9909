/* formats/drawn: the geometry of a table's rows, for formats that write it. */
#ifndef NR_FORMATS_DRAWN_H
#define NR_FORMATS_DRAWN_H
#include "base/error.h"
#include "base/geodesy.h"

typedef struct nr_drawn {
    const nearer_table *table;
    int kind;             /* NR_SHAPE_POINT or NR_SHAPE_LINE */
    ptrdiff_t columns[4]; /* the geometry's own: lon_deg, lat_deg / from_lon_deg ...; -1: none */
    nr_lonlat ends[2];    /* of the row last asked for */
} nr_drawn;

/* Its drawn lines, else points from lon_deg and lat_deg, else lines of two points from
 * from_lon_deg, from_lat_deg, to_lon_deg and to_lat_deg. Fails with VALUE when it has none. */
nearer_status nr_drawn_find(nr_drawn *out, const nearer_table *table, nearer_error *err);
/* The row's vertices, in degrees: NULL and 0 without a position, 1 of a point, at least 2 of a
 * line. Until the next call. */
const nr_lonlat *nr_drawn_row(nr_drawn *drawn, size_t row, size_t *n);
/* Whether the column says no more than the geometry. */
bool nr_drawn_column(const nr_drawn *drawn, size_t column);
#endif
