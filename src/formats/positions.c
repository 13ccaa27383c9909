#include "formats/positions.h"

#include <math.h>

#include "base/crs.h"

static nearer_status turn_row(nearer_table *table, size_t row, const size_t columns[2],
                              const nr_crs *crs, nearer_error *err)
{
    const nr_lonlat before = {nearer_table_number(table, row, columns[0]),
                              nearer_table_number(table, row, columns[1])};
    nr_lonlat at = before;
    if (isnan(at.lon) || isnan(at.lat)) {
        at = (nr_lonlat){NAN, NAN}; /* half a position is none */
    } else {
        char where[NR_WHERE];
        nr_crs_to_degrees(crs, &at, 1);
        if (!nr_lonlat_valid(at))
            return nr_fail(
                err, NEARER_VALUE, "%s: (%g, %g) gives no degrees of longitude and latitude by %s",
                nr_table_where(table, row, where), before.lon, before.lat, nr_crs_name(crs));
    }
    nr_table_set_number(table, row, columns[0], at.lon);
    nr_table_set_number(table, row, columns[1], at.lat);
    return NEARER_OK;
}

static nearer_status turn_columns(nearer_table *table, const size_t columns[2], const nr_crs *crs,
                                  nearer_error *err)
{
    double number;
    for (size_t i = 0; i < 2; i++) {
        for (size_t row = 0; row < nearer_table_rows(table); row++)
            NR_TRY(nr_table_read_number(&number, table, row, columns[i], err));
        nr_table_make_numbers(table, columns[i], 6);
    }
    if (nr_table_starved(table)) return nr_fail_memory(err);
    for (size_t row = 0; row < nearer_table_rows(table); row++)
        NR_TRY(turn_row(table, row, columns, crs, err));
    return NEARER_OK;
}

nearer_status nr_positions_turn(nearer_table *table, const nearer_reading *how, nearer_error *err)
{
    const char *const pairs[][2] = {
        {how->lon == NULL ? "lon_deg" : how->lon, how->lat == NULL ? "lat_deg" : how->lat},
        {"from_lon_deg", "from_lat_deg"},
        {"to_lon_deg", "to_lat_deg"}};
    nr_crs *crs = NULL;
    size_t found = 0;
    nearer_error why;
    nearer_status status = nr_crs_open(&crs, how->crs, &why);
    if (status != NEARER_OK)
        return nr_fail(err, status, "%s: %.900s", nr_table_source(table), why.message);
    for (size_t i = 0; i < 3 && status == NEARER_OK; i++) {
        ptrdiff_t lon = nearer_table_find(table, pairs[i][0]),
                  lat = nearer_table_find(table, pairs[i][1]);
        if (lon < 0 || lat < 0) continue;
        found++;
        status = turn_columns(table, (const size_t[]){(size_t)lon, (size_t)lat}, crs, err);
    }
    if (status == NEARER_OK && found == 0)
        status =
            nr_fail(err, NEARER_VALUE,
                    "%s: a reference system is said, but there are no positions by it: columns "
                    "%s and %s, or from_lon_deg, from_lat_deg, to_lon_deg and to_lat_deg were "
                    "expected",
                    nr_table_source(table), pairs[0][0], pairs[0][1]);
    nr_crs_free(crs);
    return status;
}
