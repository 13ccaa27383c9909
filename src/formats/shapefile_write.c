#include "formats/shapefile_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "formats/drawn.h"
#include "formats/shape_files.h"

enum { NAME = 10, WIDEST_TEXT = 254, WIDEST_NUMBER = 24, MOST_DECIMALS = 15 };
enum { WIDEST_RECORD = 65535, MOST_FIELDS = 2046 }; /* its header's lengths have 16 bits */

static const char wgs84[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,"
    "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

typedef struct writer {
    const nearer_table *table;
    nr_drawn drawn;
    SHPHandle shapes;
    DBFHandle attributes;
    double *x, *y;
    size_t capacity;
} writer;

/* The first n bytes of a text, or fewer, so that no character is cut. */
static size_t whole_characters(const char *text, size_t n)
{
    size_t length = strlen(text);
    if (length <= n) return length;
    while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) n--;
    return n;
}

/* How a number stands in the table: to the right. Longer than `width` when it does not fit. */
static void write_number(char out[WIDEST_TEXT + 1], double value, int width, int decimals)
{
    snprintf(out, WIDEST_TEXT + 1, "%*.*f", width, decimals, fabs(value) < 1e22 ? value : 1e22);
    for (char *p = out; *p != 0; p++)
        if (*p == ',') *p = '.'; /* whatever the locale */
}

/* The fewest decimals that give a number back, as far as they fit. */
static int decimals_of(double value, int at_least)
{
    char text[40];
    for (int d = at_least; d < MOST_DECIMALS; d++) {
        double back;
        snprintf(text, sizeof text, "%.*f", d, value);
        if (strlen(text) > WIDEST_NUMBER) return d > 0 ? d - 1 : 0;
        for (char *p = text; *p != 0; p++)
            if (*p == ',') *p = '.';
        if (nr_parse_number(text, &back) && back == value) return d;
    }
    return MOST_DECIMALS;
}

/* A number column's width and decimals: enough for each of its values, if a DBF can. */
static void measure_numbers(const nearer_table *table, size_t c, int *width, int *decimals)
{
    double largest = 0;
    char text[40];
    *decimals = 0;
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        double value = nearer_table_number(table, row, c);
        if (!isfinite(value)) continue;
        if (fabs(value) < 1e15) *decimals = decimals_of(value, *decimals);
        if (fabs(value) > fabs(largest) || (value < 0 && largest >= 0 && -value >= largest))
            largest = value;
    }
    for (;; --*decimals) {
        snprintf(text, sizeof text, "%.*f", *decimals, fabs(largest) < 1e22 ? largest : 0);
        *width = (int)strlen(text) + (largest >= 0 ? 1 : 0); /* a smaller one may have a sign */
        if (*width <= WIDEST_NUMBER || *decimals == 0) break;
    }
    if (*width > WIDEST_NUMBER) *width = WIDEST_NUMBER;
}

static int measure_texts(const nearer_table *table, size_t c)
{
    size_t widest = 1;
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        size_t n = whole_characters(nearer_table_text(table, row, c), WIDEST_TEXT);
        if (n > widest) widest = n;
    }
    return (int)widest;
}

/* A field's name is the column's, cut, and no other field's. */
static void name_field(char out[NAME + 1], const writer *w, const char *column)
{
    size_t n = whole_characters(column, NAME);
    memcpy(out, column, n);
    out[n] = 0;
    for (int k = 1; DBFGetFieldIndex(w->attributes, out) >= 0; k++) {
        char number[12];
        int digits = snprintf(number, sizeof number, "_%d", k);
        n = whole_characters(column, (size_t)(NAME - digits));
        memcpy(out, column, n);
        memcpy(out + n, number, (size_t)digits + 1);
    }
}

static nearer_status add_fields(writer *w, nearer_error *err)
{
    int fields = 0, bytes = 1;
    for (size_t c = 0; c < nearer_table_columns(w->table); c++) {
        char name[NAME + 1];
        if (nr_drawn_by(&w->drawn, c)) continue;
        int width, decimals = 0;
        bool number = nr_table_holds_numbers(w->table, c);
        if (number)
            measure_numbers(w->table, c, &width, &decimals);
        else
            width = measure_texts(w->table, c);
        bytes += width;
        if (++fields > MOST_FIELDS || bytes > WIDEST_RECORD)
            return nr_fail(err, NEARER_VALUE,
                           "a .dbf has no room for so many columns; write it as .geojson or .csv");
        name_field(name, w, nearer_table_column_name(w->table, c));
        if (DBFAddNativeFieldType(w->attributes, name, number ? 'N' : 'C', width, decimals) < 0)
            return nr_fail_memory(err);
    }
    /* a DBF has at least one field */
    if (fields == 0 && DBFAddNativeFieldType(w->attributes, "id", 'N', 10, 0) < 0)
        return nr_fail_memory(err);
    return NEARER_OK;
}

static bool write_text(writer *w, int row, int field, const char *text)
{
    char buffer[WIDEST_TEXT + 1];
    size_t n = whole_characters(text, WIDEST_TEXT);
    memcpy(buffer, text, n);
    buffer[n] = 0;
    return n == 0 ? DBFWriteNULLAttribute(w->attributes, row, field) != 0
                  : DBFWriteStringAttribute(w->attributes, row, field, buffer) != 0;
}

/* One that does not fit is left empty. */
static bool write_value(writer *w, int row, int field, double value, int width, int decimals)
{
    char buffer[WIDEST_TEXT + 1];
    write_number(buffer, isfinite(value) ? value : 0, width, decimals);
    return isfinite(value) && strlen(buffer) <= (size_t)width
               ? DBFWriteAttributeDirectly(w->attributes, row, field, buffer) != 0
               : DBFWriteNULLAttribute(w->attributes, row, field) != 0;
}

static bool write_attributes(writer *w, int row)
{
    int field = 0;
    for (size_t c = 0; c < nearer_table_columns(w->table); c++) {
        if (nr_drawn_by(&w->drawn, c)) continue;
        char name[XBASE_FLDNAME_LEN_READ + 1];
        int width, decimals;
        bool text = DBFGetFieldInfo(w->attributes, field, name, &width, &decimals) == FTString;
        bool good = text ? write_text(w, row, field, nearer_table_text(w->table, (size_t)row, c))
                         : write_value(w, row, field, nearer_table_number(w->table, (size_t)row, c),
                                       width, decimals);
        if (!good) return false;
        field++;
    }
    if (field > 0) return true;
    return DBFWriteIntegerAttribute(w->attributes, row, 0, row + 1) != 0;
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
    nr_free(w.x);
    nr_free(w.y);
    for (size_t i = 0; i < output->count; i++)
        if (status == NEARER_OK && output->files[i].bytes.failed) status = nr_fail_memory(err);
    return status;
}
