#include "model/grid.h"

#include <math.h>

/* A degree of latitude is never shorter, km; nor is one of longitude at the equator. */
static const double KM_PER_DEGREE = 110.5;
static const double PI = 3.14159265358979323846;

void nr_grid_begin(nr_grid *grid, double size_km)
{
    /* no finer than a tenth of a millimetre: cell numbers stay exact */
    *grid = (nr_grid){.size_deg = fmax(size_km / KM_PER_DEGREE, 1e-9)};
}

void nr_grid_clear(nr_grid *grid)
{
    nr_free(grid->keys);
    nr_free(grid->firsts);
    nr_free(grid->entries);
    *grid = (nr_grid){0};
}

static int64_t row_of(const nr_grid *grid, double lat)
{
    return (int64_t)floor((lat + 90) / grid->size_deg);
}

/* Cells of one row around the earth, each at least as wide as high. */
static int64_t columns(const nr_grid *grid, int64_t row)
{
    double south = (double)row * grid->size_deg - 90, north = south + grid->size_deg;
    double lat = fmin(fmax(fabs(south), fabs(north)), 90);
    if (lat > 90 - 4 * grid->size_deg) return 1; /* neighbours there have any longitude */
    double n = floor(360 / grid->size_deg * cos(lat * PI / 180));
    return n < 1 ? 1 : (int64_t)n;
}

static int64_t column_of(int64_t count, double lon)
{
    int64_t column = (int64_t)floor((lon + 180) / 360 * (double)count);
    return column >= count ? column - count : column;
}

static uint64_t key_of(int64_t row, int64_t column)
{
    return (uint64_t)row * 0x9E3779B97F4A7C15u ^ ((uint64_t)column + 1) * 0xC2B2AE3D27D4EB4Fu;
}

uint64_t nr_grid_cell(const nr_grid *grid, nr_lonlat at)
{
    int64_t row = row_of(grid, at.lat);
    return key_of(row, column_of(columns(grid, row), at.lon));
}

size_t nr_grid_around(uint64_t cells[NR_GRID_AROUND], const nr_grid *grid, nr_lonlat at)
{
    size_t n = 0;
    int64_t row = row_of(grid, at.lat);
    for (int64_t r = row - 1; r <= row + 1; r++) {
        int64_t count = columns(grid, r), column = column_of(count, at.lon);
        for (int64_t c = -1; c <= (count < 3 ? count - 2 : 1); c++)
            cells[n++] = key_of(r, (column + c + count) % count);
    }
    return n;
}

static size_t slot_of(const nr_grid *grid, uint64_t cell)
{
    size_t mask = grid->slot_count - 1, s = (size_t)(cell ^ cell >> 29) & mask;
    while (grid->firsts[s] != 0 && grid->keys[s] != cell) s = (s + 1) & mask;
    return s;
}

static bool make_room(nr_grid *grid)
{
    if ((grid->cell_count + 1) * 2 <= grid->slot_count) return true;
    nr_grid larger = {.slot_count = grid->slot_count == 0 ? 1024 : grid->slot_count * 2};
    larger.keys = nr_alloc(larger.slot_count, sizeof *larger.keys);
    larger.firsts = nr_alloc(larger.slot_count, sizeof *larger.firsts);
    if (larger.keys == NULL || larger.firsts == NULL) {
        nr_free(larger.keys);
        nr_free(larger.firsts);
        return false;
    }
    for (size_t i = 0; i < grid->slot_count; i++) {
        if (grid->firsts[i] == 0) continue;
        size_t s = slot_of(&larger, grid->keys[i]);
        larger.keys[s] = grid->keys[i];
        larger.firsts[s] = grid->firsts[i];
    }
    nr_free(grid->keys);
    nr_free(grid->firsts);
    grid->keys = larger.keys;
    grid->firsts = larger.firsts;
    grid->slot_count = larger.slot_count;
    return true;
}

bool nr_grid_add(nr_grid *grid, uint64_t cell, uint32_t item)
{
    if (!make_room(grid) || !nr_grow((void **)&grid->entries, grid->entry_count,
                                     &grid->entry_capacity, sizeof *grid->entries))
        return false;
    size_t s = slot_of(grid, cell);
    grid->cell_count += grid->firsts[s] == 0;
    grid->entries[grid->entry_count] = (nr_grid_entry){item, grid->firsts[s]};
    grid->keys[s] = cell;
    grid->firsts[s] = (uint32_t)++grid->entry_count;
    return true;
}

uint32_t nr_grid_find(const nr_grid *grid, uint64_t cell)
{
    return grid->slot_count == 0 ? 0 : grid->firsts[slot_of(grid, cell)];
}
