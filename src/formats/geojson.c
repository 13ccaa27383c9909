/* GeoJSON (RFC 7946): read in geojson_read.c, written here, a feature a row. */
#include "base/memory.h"
#include "formats/drawn.h"
#include "formats/format.h"
#include "formats/geojson_read.h"

static void add_position(nr_text *out, nr_lonlat at)
{
    char x[NR_NUMBER_TEXT], y[NR_NUMBER_TEXT];
    nr_text_print(out, "[%s, %s]", nr_format_number(at.lon, x), nr_format_number(at.lat, y));
}

/* A row without a position has no geometry (RFC 7946, 3.2). */
static void add_geometry(nr_text *out, const nr_drawn *drawn, size_t row)
{
    nr_lonlat room[2];
    size_t n;
    const nr_lonlat *v = nr_drawn_row(drawn, row, &n, room);
    if (n == 0) {
        nr_text_add_word(out, "null");
    } else if (drawn->kind == NR_SHAPE_POINT) {
        nr_text_add_word(out, "{\"type\": \"Point\", \"coordinates\": ");
        add_position(out, v[0]);
        nr_text_add_word(out, "}");
    } else {
        nr_text_add_word(out, "{\"type\": \"LineString\", \"coordinates\": [");
        for (size_t i = 0; i < n; i++) {
            if (i > 0) nr_text_add_word(out, ", ");
            add_position(out, v[i]);
        }
        nr_text_add_word(out, "]}");
    }
}

static nearer_status write_geojson(nr_output *output, const nearer_table *table, nearer_error *err)
{
    nr_drawn drawn;
    size_t columns = nearer_table_columns(table);
    NR_TRY(nr_drawn_begin(&drawn, table, err));
    bool *numbers = nr_table_number_columns(table);
    if (numbers == NULL) return nr_fail_memory(err);
    nr_text *out = nr_output_add(output, "");
    nr_text_add_word(out, "{\"type\": \"FeatureCollection\", \"features\": [");
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        nr_text_add_word(out, r > 0 ? ",\n" : "\n");
        nr_text_add_word(out, "{\"type\": \"Feature\", \"geometry\": ");
        add_geometry(out, &drawn, r);
        nr_text_add_word(out, ", \"properties\": {");
        bool first = true;
        for (size_t c = 0; c < columns; c++) {
            if (nr_drawn_by(&drawn, c)) continue;
            if (!first) nr_text_add_word(out, ", ");
            first = false;
            nr_json_add_text(out, nearer_table_column_name(table, c));
            nr_text_add_word(out, ": ");
            output->lost += !nr_json_add_cell(out, table, r, c, numbers[c]);
        }
        nr_text_add_word(out, "}}");
    }
    nr_text_add_word(out, "\n]}\n");
    nr_free(numbers);
    return NEARER_OK;
}

const nr_format nr_format_geojson = {
    .id = "geojson",
    .title = "points, lines or areas (RFC 7946, cJSON)",
    .endings = ".geojson",
    .read = nr_geojson_read,
    .write = write_geojson,
};
