/* GeoJSON out (RFC 7946): one point a row, from its columns lon_deg and lat_deg. */
#include <math.h>
#include <string.h>

#include "formats/format.h"
#include "formats/geojson_read.h"
#include "model/table.h"

/* A place without a position has no geometry (RFC 7946, 3.2). */
static void add_point(nr_text *out, double lon, double lat)
{
    char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
    if (!isfinite(lon) || !isfinite(lat)) {
        nr_text_add_word(out, "null");
        return;
    }
    nr_text_print(out, "{\"type\": \"Point\", \"coordinates\": [%s, %s]}", nr_format_number(lon, x),
                  nr_format_number(lat, y));
}

static nearer_status write_geojson(nr_output *output, const nearer_table *table, nearer_error *err)
{
    ptrdiff_t lon = nearer_table_find(table, "lon_deg"), lat = nearer_table_find(table, "lat_deg");
    if (lon < 0 || lat < 0)
        return nr_fail(err, NEARER_VALUE,
                       "the table has no lon_deg and lat_deg; write it as .csv or .json");
    nr_text *out = nr_output_add(output, "");
    nr_text_add_word(out, "{\"type\": \"FeatureCollection\", \"features\": [");
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        nr_text_add_word(out, r > 0 ? ",\n" : "\n");
        nr_text_add_word(out, "{\"type\": \"Feature\", \"geometry\": ");
        add_point(out, nearer_table_number(table, r, (size_t)lon),
                  nearer_table_number(table, r, (size_t)lat));
        nr_text_add_word(out, ", \"properties\": {");
        bool first = true;
        for (size_t c = 0; c < nearer_table_columns(table); c++) {
            if ((ptrdiff_t)c == lon || (ptrdiff_t)c == lat) continue;
            if (!first) nr_text_add_word(out, ", ");
            first = false;
            nr_json_add_text(out, nearer_table_column_name(table, c));
            nr_text_add_word(out, ": ");
            nr_json_add_cell(out, table, r, c);
        }
        nr_text_add_word(out, "}}");
    }
    nr_text_add_word(out, "\n]}\n");
    return NEARER_OK;
}

const nr_format nr_format_geojson = {
    .id = "geojson",
    .title = "points, lines or areas (RFC 7946, cJSON)",
    .endings = ".geojson",
    .read = nr_geojson_read,
    .write = write_geojson,
};
