/* model/grid: what is near a point on earth: items in cells of a given size, hashed. */
#ifndef NR_MODEL_GRID_H
#define NR_MODEL_GRID_H
#include "base/geodesy.h"
#include <stdint.h>

#include "base/memory.h"

typedef struct nr_grid_entry {
    uint32_t item, next; /* index + 1 of the next entry of its cell, 0: last */
} nr_grid_entry;

typedef struct nr_grid {
    double size_deg; /* of a cell from south to north; from west to east it is as wide in km */
    uint64_t *keys;
    uint32_t *firsts; /* index + 1 of a cell's last added entry */
    size_t slot_count, cell_count;
    nr_grid_entry *entries;
    size_t entry_count, entry_capacity;
} nr_grid;

/* Cells at least `size_km` wide. Clear with nr_grid_clear. */
void nr_grid_begin(nr_grid *grid, double size_km);
/* false when there is no memory. */
bool nr_grid_add(nr_grid *grid, uint64_t cell, uint32_t item);
/* The cell's entries from the last added on: index + 1 into `entries`, 0: none. */
uint32_t nr_grid_find(const nr_grid *grid, uint64_t cell);
uint64_t nr_grid_cell(const nr_grid *grid, nr_lonlat at);
/* The cells that hold everything within a cell's width of a point; returns how many, each once. */
enum { NR_GRID_AROUND = 9 };
size_t nr_grid_around(uint64_t cells[NR_GRID_AROUND], const nr_grid *grid, nr_lonlat at);
void nr_grid_clear(nr_grid *grid);
#endif
