/* formats/positions: positions that stand in columns of a table, turned into degrees. */
#ifndef NR_FORMATS_POSITIONS_H
#define NR_FORMATS_POSITIONS_H
#include "model/table.h"

/* Turns the table's positions from `how->crs` into degrees where they stand: how->lon and how->lat,
 * from_lon_deg ... to_lat_deg. Fails with NAME (crs), VALUE (no such columns, no numbers, no
 * degrees), MEMORY. */
nearer_status nr_positions_turn(nearer_table *table, const nearer_reading *how, nearer_error *err);
#endif
