#include "study/neighbours.h"

nearer_status nr_neighbours_want(nr_wanted out[2], const nearer_table *table,
                                 const nearer_neighbours *spec, nearer_error *err)
{
    out[0] = out[1] = (nr_wanted){.table = table};
    NR_TRY(nr_table_require(&out[0].column, table, spec->lon == NULL ? "lon_deg" : spec->lon, err));
    return nr_table_require(&out[1].column, table, spec->lat == NULL ? "lat_deg" : spec->lat, err);
}

nearer_status nr_neighbours_check(const nr_columns *columns, size_t c, const nearer_table *table,
                                  nearer_error *err)
{
    char where[NR_WHERE];
    for (size_t i = 0; i < columns->n; i++) {
        nr_lonlat p = {nr_column(columns, c)[i], nr_column(columns, c + 1)[i]};
        if (!nr_lonlat_valid(p))
            return nr_fail(err, NEARER_VALUE,
                           "%s: %g, %g is no position, degrees of longitude and latitude were "
                           "expected",
                           nr_table_where(table, columns->row[i], where), p.lon, p.lat);
    }
    return NEARER_OK;
}

typedef struct positions {
    const double *lon, *lat;
} positions;

static double distance(const void *context, size_t from, size_t to)
{
    const positions *p = context;
    return nr_sphere_km((nr_lonlat){p->lon[from], p->lat[from]},
                        (nr_lonlat){p->lon[to], p->lat[to]});
}

nearer_status nr_neighbours_weights(nr_weights **out, const nr_columns *columns, size_t c,
                                    const nearer_table *table, const nearer_neighbours *spec,
                                    nearer_error *err)
{
    positions p = {nr_column(columns, c), nr_column(columns, c + 1)};
    nr_weights *w = NULL;
    if ((spec->nearest > 0) == (spec->band_km > 0))
        return nr_fail(err, NEARER_USAGE,
                       "neighbours are either so many nearest or all within a band of km");
    NR_TRY(nr_neighbours_check(columns, c, table, err));
    nearer_status status =
        spec->nearest > 0 ? nr_weights_nearest(&w, distance, &p, columns->n, spec->nearest, err)
                          : nr_weights_band(&w, distance, &p, columns->n, spec->band_km, err);
    if (status == NEARER_OK) status = nr_weights_standardise(w, err);
    if (status == NEARER_OK)
        *out = w;
    else
        nr_weights_free(w);
    return status;
}

nearer_status nr_neighbours_tell(nearer_report *report, const nr_weights *w,
                                 const nearer_neighbours *spec, nearer_error *err)
{
    if (spec->nearest > 0)
        return nr_report_add_note(report, err,
                                  "neighbours are the %zu nearest by great circle, all alike",
                                  spec->nearest);
    return nr_report_add_note(report, err,
                              "neighbours are all within %g km by great circle, %.1f on average, "
                              "all alike; %zu rows have none",
                              spec->band_km, w->n == 0 ? 0 : (double)w->count / (double)w->n,
                              w->islands);
}
