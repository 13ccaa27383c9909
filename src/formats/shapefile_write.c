/* ESRI shapefile out (shapelib): points or lines in degrees of WGS 84, attributes as UTF-8. */
#include "formats/shapefile_write.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "formats/dbf_fields.h"
#include "formats/drawn.h"
#include "formats/shape_files.h"
#include "model/table.h"

static const char wgs84[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
    "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

/* One of shapelib's calls failed: there was no memory, or no room in the format. */
static nearer_status fail_write(const nr_output *output, nearer_error *err)
{
    bool starved = nr_shape_starved();
    for (size_t i = 0; i < output->count; i++) starved = starved || output->files[i].bytes.failed;
    if (starved) return nr_fail_memory(err);
    return nr_fail(err, NEARER_VALUE,
                   "a shapefile holds at most 2 GB of shapes and 65535 bytes a record; write it as "
                   ".geojson or .csv");
}

static bool add_shape(SHPHandle file, nr_drawn *drawn, size_t row, double *x, double *y)
{
    size_t n;
    const nr_lonlat *v = nr_drawn_row(drawn, row, &n);
    int type = n == 0 ? SHPT_NULL : drawn->kind == NR_SHAPE_POINT ? SHPT_POINT : SHPT_ARC;
    for (size_t i = 0; i < n; i++) x[i] = v[i].lon, y[i] = v[i].lat;
    SHPObject *shape = SHPCreateSimpleObject(type, (int)n, x, y, NULL);
    bool good = shape != NULL && SHPWriteObject(file, -1, shape) >= 0;
    if (shape != NULL) SHPDestroyObject(shape);
    return good;
}

static nearer_status write_shapes(nr_output *output, nr_drawn *drawn, nearer_error *err)
{
    SAHooks hooks = nr_shape_writing(output);
    size_t rows = nearer_table_rows(drawn->table), longest = 2, n;
    for (size_t r = 0; r < rows; r++) {
        nr_drawn_row(drawn, r, &n);
        if (n > longest) longest = n;
    }
    double *x = nr_alloc(longest, sizeof *x), *y = nr_alloc(longest, sizeof *y);
    SHPHandle file =
        x == NULL || y == NULL
            ? NULL
            : SHPCreateLL("layer", drawn->kind == NR_SHAPE_POINT ? SHPT_POINT : SHPT_ARC, &hooks);
    bool good = file != NULL;
    for (size_t r = 0; r < rows && good; r++) good = add_shape(file, drawn, r, x, y);
    bool starved = x == NULL || y == NULL;
    if (file != NULL) SHPClose(file);
    nr_free(x);
    nr_free(y);
    if (starved) return nr_fail_memory(err);
    return good && !nr_shape_starved() ? NEARER_OK : fail_write(output, err);
}

static bool put_record(DBFHandle file, const nr_dbf_fields *fields, int record, nr_text *cell)
{
    for (size_t f = 0; f < fields->count; f++) {
        cell->length = 0;
        nr_dbf_cell(cell, fields, f, (size_t)record);
        char empty[1] = "";
        void *text = cell->length == 0 ? empty : cell->bytes;
        if (cell->failed || DBFWriteAttributeDirectly(file, record, (int)f, text) == 0)
            return false;
    }
    return true;
}

static nearer_status write_attributes(nr_output *output, const nr_dbf_fields *fields, size_t rows,
                                      nearer_error *err)
{
    SAHooks hooks = nr_shape_writing(output);
    DBFHandle file = DBFCreateLL("layer", NULL, &hooks); /* the .cpg is ours */
    if (file == NULL) return nr_fail_memory(err);
    DBFSetLastModifiedDate(file, 70, 1, 1); /* the same bytes on every day */
    bool good = true;
    for (size_t f = 0; f < fields->count && good; f++) {
        const nr_dbf_field *field = &fields->items[f];
        good = DBFAddNativeFieldType(file, field->name, field->type, field->width,
                                     field->decimals) >= 0;
    }
    nr_text cell = {0};
    for (size_t r = 0; r < rows && good; r++) good = put_record(file, fields, (int)r, &cell);
    bool starved = cell.failed;
    nr_text_clear(&cell);
    DBFClose(file);
    if (starved) return nr_fail_memory(err);
    return good && !nr_shape_starved() ? NEARER_OK : fail_write(output, err);
}

nearer_status nr_shapefile_write(nr_output *output, const nearer_table *table, nearer_error *err)
{
    nr_drawn drawn;
    nr_dbf_fields fields;
    NR_TRY(nr_drawn_find(&drawn, table, err));
    NR_TRY(nr_dbf_fields_make(&fields, &drawn, err));
    nr_output_add(output, ".shx");
    nr_output_add(output, ".dbf");
    nr_text_add_word(nr_output_add(output, ".prj"), wgs84);
    nr_text_add_word(nr_output_add(output, ".cpg"), "UTF-8\n");
    nr_output_add(output, ".shp");
    nearer_status status = write_shapes(output, &drawn, err);
    if (status == NEARER_OK)
        status = write_attributes(output, &fields, nearer_table_rows(table), err);
    nr_shape_writing(NULL);
    nr_dbf_fields_clear(&fields);
    return status;
}
