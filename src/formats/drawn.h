/* formats/drawn: what a table draws, for the formats that hold shapes. */
#ifndef NR_FORMATS_DRAWN_H
#define NR_FORMATS_DRAWN_H
#include "model/topology.h"

/* Points from lon_deg and lat_deg; lines as drawn, or straight between from_lon_deg ... to_lat_deg.
 */
typedef struct nr_drawn {
    int kind;          /* NR_SHAPE_POINT or NR_SHAPE_LINE */
    size_t columns[4]; /* of its coordinates, which are no attributes */
    size_t column_count;
    const nearer_table *table;
} nr_drawn;

/* The table has columns of positions. */
bool nr_table_draws(const nearer_table *table);
/* Fails with VALUE when the table draws nothing, or a position is no degrees. */
nearer_status nr_drawn_begin(nr_drawn *out, const nearer_table *table, nearer_error *err);
/* The vertices of a row, one for a point, at least two for a line; NULL and 0 when it has no
 * position. */
const nr_lonlat *nr_drawn_row(const nr_drawn *drawn, size_t row, size_t *n, nr_lonlat room[2]);
/* The column holds coordinates of the drawing. */
bool nr_drawn_by(const nr_drawn *drawn, size_t column);
#endif
