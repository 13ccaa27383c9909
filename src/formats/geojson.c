/* GeoJSON out (RFC 7946): a point a row from its columns lon_deg and lat_deg, or its drawn line. */
#include "formats/drawn.h"
#include "formats/format.h"
#include "formats/geojson_read.h"
#include "model/table.h"

static void add_position(nr_text *out, nr_lonlat at)
{
    char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
    nr_text_print(out, "[%s, %s]", nr_format_number(at.lon, x), nr_format_number(at.lat, y));
}

/* What has no position has no geometry (RFC 7946, 3.2). */
static void add_geometry(nr_text *out, nr_drawn *drawn, size_t row)
{
    size_t n;
    const nr_lonlat *v = nr_drawn_row(drawn, row, &n);
    if (n == 0) {
        nr_text_add_word(out, "null");
        return;
    }
    bool line = drawn->kind == NR_SHAPE_LINE;
    nr_text_print(out, "{\"type\": \"%s\", \"coordinates\": %s", line ? "LineString" : "Point",
                  line ? "[" : "");
    for (size_t i = 0; i < n; i++) {
        if (i > 0) nr_text_add_word(out, ", ");
        add_position(out, v[i]);
    }
    nr_text_add_word(out, line ? "]}" : "}");
}

static void add_properties(nr_text *out, const nr_drawn *drawn, size_t row)
{
    bool first = true;
    for (size_t c = 0; c < nearer_table_columns(drawn->table); c++) {
        if (nr_drawn_column(drawn, c)) continue;
        if (!first) nr_text_add_word(out, ", ");
        first = false;
        nr_json_add_text(out, nearer_table_column_name(drawn->table, c));
        nr_text_add_word(out, ": ");
        nr_json_add_cell(out, drawn->table, row, c);
    }
}

static nearer_status write_geojson(nr_output *output, const nearer_table *table, nearer_error *err)
{
    nr_drawn drawn;
    NR_TRY(nr_drawn_find(&drawn, table, err));
    nr_text *out = nr_output_add(output, "");
    nr_text_add_word(out, "{\"type\": \"FeatureCollection\", \"features\": [");
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        nr_text_add_word(out, r > 0 ? ",\n" : "\n");
        nr_text_add_word(out, "{\"type\": \"Feature\", \"geometry\": ");
        add_geometry(out, &drawn, r);
        nr_text_add_word(out, ", \"properties\": {");
        add_properties(out, &drawn, r);
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
