#include "formats/degrees.h"

#include <math.h>
#include <string.h>

#include "base/crs.h"

enum { PAIRS = 3 };
static const char *const names[PAIRS][2] = {
    {"lon_deg", "lat_deg"}, {"from_lon_deg", "from_lat_deg"}, {"to_lon_deg", "to_lat_deg"}};

/* Columns of a table's pairs; -1 where it has not both. */
typedef struct pairs {
    ptrdiff_t column[PAIRS][2];
    bool any;
} pairs;

static pairs find_pairs(const nearer_table *table)
{
    pairs p = {.any = false};
    for (size_t i = 0; i < PAIRS; i++) {
        for (size_t k = 0; k < 2; k++) p.column[i][k] = nearer_table_find(table, names[i][k]);
        if (p.column[i][0] < 0 || p.column[i][1] < 0) p.column[i][0] = p.column[i][1] = -1;
        p.any = p.any || p.column[i][0] >= 0;
    }
    return p;
}

static bool is_of_pair(const pairs *p, size_t column)
{
    for (size_t i = 0; i < PAIRS; i++)
        for (size_t k = 0; k < 2; k++)
            if (p->column[i][k] == (ptrdiff_t)column) return true;
    return false;
}

static nearer_status turn_row(nearer_table *out, const nearer_table *table, size_t row,
                              const pairs *p, const nr_crs *crs, nearer_error *err)
{
    char where[NR_WHERE];
    for (size_t i = 0; i < PAIRS; i++) {
        if (p->column[i][0] < 0) continue;
        size_t lon = (size_t)p->column[i][0], lat = (size_t)p->column[i][1];
        nr_lonlat at;
        NR_TRY(nr_table_read_number(&at.lon, table, row, lon, err));
        NR_TRY(nr_table_read_number(&at.lat, table, row, lat, err));
        if (isnan(at.lon) || isnan(at.lat)) continue;
        nr_lonlat was = at;
        nr_crs_to_degrees(crs, &at, 1);
        if (!nr_lonlat_valid(at))
            return nr_fail(err, NEARER_VALUE, "%s: (%g, %g) gives no degrees in %s",
                           nr_table_where(table, row, where), was.lon, was.lat, nr_crs_name(crs));
        nr_table_set_number(out, row, lon, at.lon);
        nr_table_set_number(out, row, lat, at.lat);
    }
    return NEARER_OK;
}

static nearer_status copy(nearer_table *out, const nearer_table *table, const pairs *p,
                          const nr_crs *crs, nearer_error *err)
{
    size_t columns = nearer_table_columns(table);
    for (size_t c = 0; c < columns; c++)
        nr_table_add_column(out, nearer_table_column_name(table, c),
                            is_of_pair(p, c) ? 6 : nearer_table_column_decimals(table, c));
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        nr_table_add_row(out, nr_table_row_line(table, row));
        for (size_t c = 0; c < columns; c++) {
            const char *text = nearer_table_text(table, row, c);
            if (is_of_pair(p, c)) continue;
            if (text != NULL)
                nr_table_set_text(out, row, c, text, strlen(text));
            else
                nr_table_set_number(out, row, c, nearer_table_number(table, row, c));
        }
        NR_TRY(turn_row(out, table, row, p, crs, err));
    }
    return NEARER_OK;
}

nearer_status nr_table_to_degrees(nearer_table **table, const char *definition, nearer_error *err)
{
    const pairs p = find_pairs(*table);
    nr_crs *crs = NULL;
    nearer_table *out = NULL;
    if (!p.any)
        return nr_fail(
            err, NEARER_NAME,
            "%s: a reference system (crs) was said; a table has the coordinates it is of "
            "in columns lon_deg and lat_deg, or from_lon_deg ... to_lat_deg",
            nr_table_source(*table));
    NR_TRY(nr_crs_open(&crs, definition, err));
    nearer_status status = nr_table_new(&out, nr_table_source(*table), "line", err);
    if (status == NEARER_OK) {
        status = copy(out, *table, &p, crs, err);
        if (status == NEARER_OK)
            status = nr_table_finish(&out, out, err);
        else
            nearer_table_free(out);
    }
    nr_crs_free(crs);
    if (status != NEARER_OK) return status;
    nearer_table_free(*table);
    *table = out;
    return NEARER_OK;
}
