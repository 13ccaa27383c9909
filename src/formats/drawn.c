#include "formats/drawn.h"

#include <math.h>

#include "model/table.h"

/* All of them or none. */
static bool find_columns(nr_drawn *drawn, const char *const *names, size_t n)
{
    bool all = true;
    for (size_t i = 0; i < 4; i++) {
        drawn->columns[i] = i < n ? nearer_table_find(drawn->table, names[i]) : -1;
        if (i < n && drawn->columns[i] < 0) all = false;
    }
    for (size_t i = 0; i < 4 && !all; i++) drawn->columns[i] = -1;
    return all;
}

nearer_status nr_drawn_find(nr_drawn *out, const nearer_table *table, nearer_error *err)
{
    static const char *const point[] = {"lon_deg", "lat_deg"};
    static const char *const ends[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    nr_drawn found = {.table = table, .kind = NR_SHAPE_LINE};
    size_t n;
    bool drawn = nearer_table_rows(table) > 0 && nr_table_line(table, 0, &n) != NULL;
    if (!drawn && find_columns(&found, point, 2))
        found.kind = NR_SHAPE_POINT;
    else if (!find_columns(&found, ends, 4) && !drawn)
        return nr_fail(err, NEARER_VALUE,
                       "the table has no lon_deg and lat_deg; write it as .csv or .json");
    *out = found;
    return NEARER_OK;
}

const nr_lonlat *nr_drawn_row(nr_drawn *drawn, size_t row, size_t *n)
{
    const nr_lonlat *line = nr_table_line(drawn->table, row, n);
    if (*n > 1) return line;
    if (*n == 1) { /* no format has lines of one vertex */
        drawn->ends[0] = drawn->ends[1] = line[0];
        *n = 2;
        return drawn->ends;
    }
    size_t vertices = drawn->kind == NR_SHAPE_POINT ? 1 : 2;
    for (size_t i = 0; i < vertices; i++) {
        if (drawn->columns[2 * i] < 0) return NULL;
        drawn->ends[i] =
            (nr_lonlat){nearer_table_number(drawn->table, row, (size_t)drawn->columns[2 * i]),
                        nearer_table_number(drawn->table, row, (size_t)drawn->columns[2 * i + 1])};
        if (!isfinite(drawn->ends[i].lon) || !isfinite(drawn->ends[i].lat)) return NULL;
    }
    *n = vertices;
    return drawn->ends;
}

bool nr_drawn_column(const nr_drawn *drawn, size_t column)
{
    for (size_t i = 0; i < 4; i++)
        if (drawn->columns[i] == (ptrdiff_t)column) return true;
    return false;
}
