#include "formats/drawn.h"

#include <math.h>

bool nr_table_draws(const nearer_table *table)
{
    return nr_table_has_lines(table) ||
           (nearer_table_find(table, "lon_deg") >= 0 && nearer_table_find(table, "lat_deg") >= 0);
}

/* A position is given in degrees or not at all. */
static nearer_status check_positions(const nr_drawn *drawn, nearer_error *err)
{
    const nearer_table *table = drawn->table;
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        size_t n;
        nr_table_line(table, row, &n);
        for (size_t i = 0; i < drawn->column_count && n == 0; i += 2) {
            char where[NR_WHERE];
            nr_lonlat p;
            NR_TRY(nr_table_read_number(&p.lon, table, row, drawn->columns[i], err));
            NR_TRY(nr_table_read_number(&p.lat, table, row, drawn->columns[i + 1], err));
            if (isnan(p.lon) || isnan(p.lat) || nr_lonlat_valid(p)) continue;
            char lon[NR_NUMBER_TEXT], lat[NR_NUMBER_TEXT];
            return nr_fail(err, NEARER_VALUE,
                           "%s: position is (%s, %s), longitude -180 to 180 and latitude -90 to 90 "
                           "in degrees were expected",
                           nr_table_where(table, row, where), nr_format_number(p.lon, lon),
                           nr_format_number(p.lat, lat));
        }
    }
    return NEARER_OK;
}

nearer_status nr_drawn_begin(nr_drawn *out, const nearer_table *table, nearer_error *err)
{
    static const char *const point[] = {"lon_deg", "lat_deg"};
    static const char *const line[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg"};
    bool lines = nr_table_has_lines(table);
    nr_drawn drawn = {.kind = lines ? NR_SHAPE_LINE : NR_SHAPE_POINT, .table = table};
    for (size_t i = 0; i < (lines ? 4 : 2); i++) {
        ptrdiff_t found = nearer_table_find(table, lines ? line[i] : point[i]);
        if (found < 0)
            return nr_fail(err, NEARER_VALUE,
                           "the table has no lon_deg and lat_deg, nor from_lon_deg, from_lat_deg, "
                           "to_lon_deg and to_lat_deg; write it as .csv or .json");
        drawn.columns[drawn.column_count++] = (size_t)found;
    }
    NR_TRY(check_positions(&drawn, err));
    *out = drawn;
    return NEARER_OK;
}

const nr_lonlat *nr_drawn_row(const nr_drawn *drawn, size_t row, size_t *n, nr_lonlat room[2])
{
    if (drawn->kind == NR_SHAPE_LINE) {
        const nr_lonlat *line = nr_line_vertices(drawn->table, row, n, room);
        if (*n != 1) return line;
        room[0] = room[1] = line[0]; /* no format has lines of one vertex */
        *n = 2;
        return room;
    }
    room[0] = (nr_lonlat){nearer_table_number(drawn->table, row, drawn->columns[0]),
                          nearer_table_number(drawn->table, row, drawn->columns[1])};
    *n = nr_lonlat_valid(room[0]) ? 1 : 0;
    return *n == 0 ? NULL : room;
}

bool nr_drawn_by(const nr_drawn *drawn, size_t column)
{
    for (size_t i = 0; i < drawn->column_count; i++)
        if (drawn->columns[i] == column) return true;
    return false;
}
