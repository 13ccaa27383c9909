#include "formats/shapefile_write.h"

#include "base/memory.h"
#include "formats/dbf_fields.h"
#include "formats/shape_files.h"

static const char wgs84[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,"
    "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

typedef struct writer {
    const nearer_table *table;
    nr_drawn drawn;
    SHPHandle shapes;
    DBFHandle attributes;
    nr_dbf_fields fields;
    nr_text cell; /* room */
    size_t lost;
    double *x, *y;
    size_t capacity;
} writer;

static nearer_status add_fields(writer *w, nearer_error *err)
{
    NR_TRY(nr_dbf_fields_make(&w->fields, &w->drawn, err));
    for (size_t i = 0; i < w->fields.count; i++) {
        const nr_dbf_field *f = &w->fields.items[i];
        if (DBFAddNativeFieldType(w->attributes, f->name, f->type, f->width, f->decimals) < 0)
            return nr_fail_memory(err);
    }
    return NEARER_OK;
}

static bool write_attributes(writer *w, int row)
{
    for (size_t i = 0; i < w->fields.count; i++) {
        w->cell.length = 0;
        nr_text_add(&w->cell, "", 0);
        w->lost += !nr_dbf_cell(&w->cell, &w->fields, i, (size_t)row);
        if (w->cell.failed ||
            DBFWriteAttributeDirectly(w->attributes, row, (int)i, w->cell.bytes) == 0)
            return false;
    }
    return true;
}

static bool write_shape(writer *w, size_t row)
{
    nr_lonlat room[2];
    size_t n;
    const nr_lonlat *v = nr_drawn_row(&w->drawn, row, &n, room);
    if (n > w->capacity) {
        double *x = nr_realloc(w->x, 2 * n, sizeof *x);
        if (x != NULL) w->x = x;
        double *y = nr_realloc(w->y, 2 * n, sizeof *y);
        if (y != NULL) w->y = y;
        if (x == NULL || y == NULL) return false;
        w->capacity = 2 * n;
    }
    for (size_t i = 0; i < n; i++) {
        w->x[i] = v[i].lon;
        w->y[i] = v[i].lat;
    }
    int type = w->drawn.kind == NR_SHAPE_LINE ? SHPT_ARC : SHPT_POINT;
    SHPObject *shape = SHPCreateSimpleObject(n == 0 ? SHPT_NULL : type, (int)n, w->x, w->y, NULL);
    bool good = shape != NULL && SHPWriteObject(w->shapes, -1, shape) >= 0;
    SHPDestroyObject(shape);
    return good;
}

static nearer_status write_all(writer *w, nr_output *output, nearer_error *err)
{
    SAHooks hooks = nr_shape_writing(output);
    int type = w->drawn.kind == NR_SHAPE_LINE ? SHPT_ARC : SHPT_POINT;
    w->shapes = SHPCreateLL("table.shp", type, &hooks);
    w->attributes = w->shapes == NULL ? NULL : DBFCreateLL("table.dbf", NULL, &hooks);
    if (w->attributes == NULL) return nr_fail_memory(err);
    DBFSetLastModifiedDate(w->attributes, 70, 1, 1); /* the same table, the same bytes */
    NR_TRY(add_fields(w, err));
    for (size_t row = 0; row < nearer_table_rows(w->table); row++)
        if (!write_shape(w, row) || !write_attributes(w, (int)row)) return nr_fail_memory(err);
    return NEARER_OK;
}

nearer_status nr_shapefile_write(nr_output *output, const nearer_table *table, nearer_error *err)
{
    writer w = {.table = table};
    NR_TRY(nr_drawn_begin(&w.drawn, table, err));
    if (nearer_table_rows(table) > INT32_MAX)
        return nr_fail(err, NEARER_VALUE, "a shapefile has no room for more than 2^31 records");
    nr_output_add(output, ".shx");
    nr_output_add(output, ".dbf");
    nr_text_add_word(nr_output_add(output, ".prj"), wgs84);
    nr_text_add_word(nr_output_add(output, ".cpg"), "UTF-8\n");
    nr_output_add(output, ".shp"); /* readers look for it, so it comes last */
    nearer_status status = write_all(&w, output, err);
    if (w.shapes != NULL) SHPClose(w.shapes); /* the headers are written now */
    if (w.attributes != NULL) DBFClose(w.attributes);
    nr_shape_writing(NULL);
    output->lost = w.lost;
    nr_free(w.x);
    nr_free(w.y);
    nr_dbf_fields_clear(&w.fields);
    nr_text_clear(&w.cell);
    for (size_t i = 0; i < output->count; i++)
        if (status == NEARER_OK && output->files[i].bytes.failed) status = nr_fail_memory(err);
    return status;
}
