/* ESRI shapefile in (shapelib): points, lines and areas with their attributes by name. The .prj
 * says the reference system, the .cpg or the .dbf the encoding. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "formats/encoding.h"
#include "formats/format.h"
#include "formats/layer.h"
#include "formats/shape_files.h"
#include "formats/shapefile_write.h"

typedef struct layer {
    nr_layer_maker maker;
    SHPHandle shapes;
    DBFHandle attributes; /* NULL: there are none */
    int count, records, fields;
    nr_decoder decoder;
    char encoding[32];
    bool may_be_utf8; /* CP1252 by the .dbf's language byte alone */
    nr_text text;     /* of the attribute now decoded */
    int record;       /* now read */
    int no_number;    /* its first number field that holds something else, else -1 */
    int wrong;        /* its first field whose text is not in the encoding, else -1 */
    nr_lonlat *vertices;
    size_t *parts;
    size_t vertex_room, part_room;
} layer;

/* The text of the file beside the layer with another ending; NULL when there is none. */
static nearer_status read_beside(char **out, const char *path, const char *ending,
                                 nearer_error *err)
{
    size_t length;
    *out = NULL;
    char *name = nr_path_ending(path, ending);
    if (name == NULL) return nr_fail_memory(err);
    nearer_status status = nr_file_exists(name) ? nr_file_read(out, &length, name, err) : NEARER_OK;
    nr_free(name);
    return status;
}

static int kind_of(int type)
{
    switch (type) {
    case SHPT_POINT:
    case SHPT_POINTZ:
    case SHPT_POINTM: return NR_SHAPE_POINT;
    case SHPT_MULTIPOINT:
    case SHPT_MULTIPOINTZ:
    case SHPT_MULTIPOINTM: return NR_SHAPE_MULTIPOINT;
    case SHPT_ARC:
    case SHPT_ARCZ:
    case SHPT_ARCM: return NR_SHAPE_LINE;
    case SHPT_POLYGON:
    case SHPT_POLYGONZ:
    case SHPT_POLYGONM: return NR_SHAPE_AREA;
    default: return NR_SHAPE_NONE;
    }
}

static const char *type_name(int type)
{
    static const char *const names[][3] = {{"", "", ""},
                                           {"POINT", "POINTZ", "POINTM"},
                                           {"MULTIPOINT", "MULTIPOINTZ", "MULTIPOINTM"},
                                           {"POLYLINE", "POLYLINEZ", "POLYLINEM"},
                                           {"POLYGON", "POLYGONZ", "POLYGONM"}};
    return names[kind_of(type)][type < 10 ? 0 : type < 20 ? 1 : 2];
}

static nearer_status open_shapes(layer *l, int *shape_type, nearer_error *err)
{
    SAHooks hooks = nr_shape_reading();
    const char *path = l->maker.path;
    int type = 0;
    if (!nr_file_exists(path)) return nr_fail(err, NEARER_IO, "%s: there is no such file", path);
    l->shapes = SHPOpenLL(path, "rb", &hooks);
    if (nr_shape_starved()) return nr_fail_memory(err);
    if (l->shapes == NULL)
        return nr_fail(err, NEARER_SYNTAX, "%s: it is not a shapefile, or its .shx is damaged",
                       path);
    SHPSetFastModeReadObject(l->shapes, 1);
    SHPGetInfo(l->shapes, &l->count, &type, NULL, NULL);
    if (type != SHPT_NULL && kind_of(type) == NR_SHAPE_NONE)
        return nr_fail(err, NEARER_VALUE,
                       "%s: its shapes are of type %s; points, lines or areas were expected", path,
                       SHPTypeName(type));
    *shape_type = type;
    snprintf(l->maker.facts.type, sizeof l->maker.facts.type, "%s", type_name(type));
    return NEARER_OK;
}

static nearer_status find_encoding(layer *l, const nearer_reading *how, nearer_error *err)
{
    const char *encoding = how->encoding;
    char *cpg = NULL, name[32] = "";
    NR_TRY(read_beside(&cpg, l->maker.path, ".cpg", err));
    if (encoding == NULL && cpg != NULL) encoding = nr_encoding_of_cpg(cpg, name);
    nr_free(cpg);
    const char *page = DBFGetCodePage(l->attributes);
    int language = 0;
    if (encoding == NULL && page != NULL && sscanf(page, "LDID/%d", &language) == 1) {
        encoding = nr_encoding_of_dbf(language);
        l->may_be_utf8 = encoding != NULL && strcmp(encoding, "CP1252") == 0;
    }
    snprintf(l->encoding, sizeof l->encoding, "%.31s", encoding == NULL ? "" : encoding);
    nearer_error why;
    nearer_status status =
        nr_decoder_open(&l->decoder, encoding == NULL ? NULL : l->encoding, &why);
    if (status != NEARER_OK) return nr_fail(err, status, "%s: %.900s", l->maker.path, why.message);
    snprintf(l->maker.facts.encoding, sizeof l->maker.facts.encoding, "%.31s",
             encoding == NULL ? "UTF-8" : encoding);
    return NEARER_OK;
}

static nearer_status add_columns(layer *l, nearer_error *err)
{
    for (int i = 0; i < l->fields; i++) {
        char name[XBASE_FLDNAME_LEN_READ + 1];
        int width = 0, decimals = 0;
        DBFFieldType type = DBFGetFieldInfo(l->attributes, i, name, &width, &decimals);
        if (name[0] == 0) snprintf(name, sizeof name, "f%u", (unsigned)(i + 1) % 10000);
        l->text.length = 0;
        bool good = nr_decode(&l->text, &l->decoder, name, strlen(name));
        if (l->text.failed) return nr_fail_memory(err);
        if (!good)
            return nr_fail(err, NEARER_SYNTAX,
                           "%s: the name of field %d is not %s; say the encoding of its text",
                           l->maker.path, i + 1, l->maker.facts.encoding);
        /* whole numbers of more digits than a double holds are names of things */
        bool number = (type == FTInteger || type == FTDouble) && (decimals > 0 || width <= 15);
        nr_table_add_column(l->maker.table, l->text.bytes, number ? decimals : NR_TEXT_COLUMN);
    }
    return nearer_table_columns(l->maker.table) == (size_t)l->fields ? NEARER_OK
                                                                     : nr_fail_memory(err);
}

/* The records that are there against those its head promises: shapelib reads past the end. */
static nearer_status check_records(const char *path, nearer_error *err)
{
    unsigned char h[12] = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) return nr_fail(err, NEARER_IO, "%s: cannot be read", path);
    bool good = fread(h, 1, sizeof h, file) == sizeof h && fseek(file, 0, SEEK_END) == 0;
    long size = good ? ftell(file) : 0;
    fclose(file);
    size_t promised = h[4] | (size_t)h[5] << 8 | (size_t)h[6] << 16 | (size_t)h[7] << 24;
    size_t head = h[8] | (size_t)h[9] << 8, record = h[10] | (size_t)h[11] << 8;
    if (!good || record == 0) return NEARER_OK; /* shapelib says what is wrong */
    size_t there = (size_t)size > head ? ((size_t)size - head) / record : 0;
    if (there >= promised) return NEARER_OK;
    return nr_fail(err, NEARER_SYNTAX,
                   "%s: it is cut off: %zu records of the %zu its head promises", path, there,
                   promised);
}

/* A layer without .dbf has shapes and no attributes. */
static nearer_status open_attributes(layer *l, const nearer_reading *how, nearer_error *err)
{
    static const char *const endings[] = {".dbf", ".DBF"};
    SAHooks hooks = nr_shape_reading();
    nearer_status status = NEARER_OK;
    bool there = false;
    for (size_t i = 0; i < 2 && !there; i++) {
        char *name = nr_path_ending(l->maker.path, endings[i]);
        if (name == NULL) return nr_fail_memory(err);
        there = nr_file_exists(name);
        if (there) status = check_records(name, err);
        nr_free(name);
    }
    if (!there || status != NEARER_OK) return status;
    l->attributes = DBFOpenLL(l->maker.path, "rb", &hooks);
    if (nr_shape_starved()) return nr_fail_memory(err);
    if (l->attributes == NULL)
        return nr_fail(err, NEARER_SYNTAX, "%s: its attribute table (.dbf) cannot be read",
                       l->maker.path);
    l->fields = DBFGetFieldCount(l->attributes);
    l->records = DBFGetRecordCount(l->attributes);
    l->maker.facts.has_attributes = true;
    l->maker.facts.fields = (size_t)l->fields;
    l->maker.facts.records = (size_t)l->records;
    NR_TRY(find_encoding(l, how, err));
    if (l->records != l->count)
        return nr_fail(err, NEARER_SYNTAX, "%s: %d shapes but %d attribute records", l->maker.path,
                       l->count, l->records);
    return add_columns(l, err);
}

/* Digits of a number field, which end where the field ends. */
static void set_number(layer *l, nearer_table *table, size_t row, int field, const char *text,
                       size_t n)
{
    double value = NAN;
    l->text.length = 0;
    nr_text_add(&l->text, text, n);
    if (!l->text.failed && !nr_parse_number(l->text.bytes, &value) && l->no_number < 0)
        l->no_number = field;
    nr_table_set_number(table, row, (size_t)field, value);
}

static void set_attributes(void *source, nearer_table *table, size_t row)
{
    layer *l = source;
    for (int i = 0; i < l->fields; i++) {
        char type = DBFGetNativeFieldType(l->attributes, i);
        const char *text = DBFReadStringAttribute(l->attributes, l->record, i);
        size_t n = text == NULL ? 0 : strlen(text);
        while (n > 0 && *text == ' ') text++, n--;
        while (n > 0 && text[n - 1] == ' ') n--;
        if (n == 0 || DBFIsAttributeNULL(l->attributes, l->record, i)) continue;
        if (nearer_table_column_decimals(table, (size_t)i) >= 0) {
            set_number(l, table, row, i, text, n);
            continue;
        }
        l->text.length = 0;
        /* a program that was told no language writes CP1252's; another byte was meant, and Chinese
         * names may be UTF-8 by chance */
        bool utf8 = l->may_be_utf8 && nr_utf8_length(text, n) == n;
        if (type == 'D' && n == 8 && strspn(text, "0123456789") == 8) /* YYYYMMDD */
            nr_text_print(&l->text, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
        else if (utf8)
            nr_text_add(&l->text, text, n);
        else if (!nr_decode(&l->text, &l->decoder, text, n) && l->wrong < 0)
            l->wrong = i;
        bool number = (type == 'N' || type == 'F') && !nr_is_long_integer(text, n);
        nr_table_set_typed(table, row, (size_t)i, l->text.bytes, l->text.length, number);
    }
}

/* Copies a shape as shapelib gives it; false when there is no memory. */
static bool copy_shape(nr_shape *out, layer *l, const SHPObject *given)
{
    size_t n = given->nVertices < 0 ? 0 : (size_t)given->nVertices;
    size_t parts = given->nParts < 1 ? 1 : (size_t)given->nParts;
    if (n > l->vertex_room) {
        void *moved = nr_realloc(l->vertices, 2 * n, sizeof *l->vertices);
        if (moved == NULL) return false;
        l->vertices = moved;
        l->vertex_room = 2 * n;
    }
    if (parts > l->part_room) {
        void *moved = nr_realloc(l->parts, 2 * parts, sizeof *l->parts);
        if (moved == NULL) return false;
        l->parts = moved;
        l->part_room = 2 * parts;
    }
    for (size_t i = 0; i < n; i++) l->vertices[i] = (nr_lonlat){given->padfX[i], given->padfY[i]};
    l->parts[0] = 0;
    for (size_t i = 0; given->nParts > 0 && i < parts; i++)
        l->parts[i] = (size_t)given->panPartStart[i];
    *out = (nr_shape){kind_of(given->nSHPType), l->vertices, n, l->parts, parts};
    return true;
}

static nearer_status read_record(layer *l, nearer_error *err)
{
    char name[40];
    nr_shape shape = {0};
    SHPObject *given = SHPReadObject(l->shapes, l->record);
    if (given == NULL)
        return nr_fail(err, NEARER_SYNTAX,
                       "%s record %d: its shape cannot be read; the .shp is cut off or damaged",
                       l->maker.path, l->record + 1);
    int first = given->nParts > 0 ? given->panPartStart[0] : 0;
    bool good = copy_shape(&shape, l, given);
    SHPDestroyObject(given);
    if (first != 0)
        return nr_fail(err, NEARER_SYNTAX,
                       "%s record %d: its first part begins at vertex %d, 0 was expected; the .shp "
                       "is damaged",
                       l->maker.path, l->record + 1, first);
    if (!good) return nr_fail_memory(err);
    snprintf(name, sizeof name, "record %d", l->record + 1);
    l->wrong = l->no_number = -1;
    NR_TRY(nr_layer_add(&l->maker, &shape, (size_t)l->record + 1, name, set_attributes, l));
    if (l->text.failed) return nr_fail_memory(err);
    if (l->no_number >= 0)
        return nr_fail(err, NEARER_VALUE, "%s record %d: '%s' is '%.80s', a number was expected",
                       l->maker.path, l->record + 1,
                       nearer_table_column_name(l->maker.table, (size_t)l->no_number),
                       DBFReadStringAttribute(l->attributes, l->record, l->no_number));
    if (l->wrong < 0) return NEARER_OK;
    return nr_fail(err, NEARER_SYNTAX,
                   "%s record %d: the text of '%s' is not %s; say the layer's encoding (GBK, "
                   "ISO-8859-1, CP1251 ...)",
                   l->maker.path, l->record + 1,
                   nearer_table_column_name(l->maker.table, (size_t)l->wrong),
                   l->maker.facts.encoding);
}

static nearer_status read_all(layer *l, const nearer_reading *how, nearer_error *err)
{
    char *prj = NULL;
    int type = SHPT_NULL;
    NR_TRY(open_shapes(l, &type, err));
    NR_TRY(open_attributes(l, how, err));
    NR_TRY(read_beside(&prj, l->maker.path, ".prj", err));
    char *prj_path = nr_path_ending(l->maker.path, ".prj");
    nearer_status status =
        prj_path == NULL
            ? nr_fail_memory(err)
            : nr_layer_begin(&l->maker, how, prj != NULL && prj[0] == 0 ? NULL : prj, prj_path);
    nr_free(prj);
    nr_free(prj_path);
    if (status == NEARER_OK) nr_layer_expect(&l->maker, kind_of(type));
    for (l->record = 0; status == NEARER_OK && l->record < l->count; l->record++)
        status = read_record(l, err);
    return status;
}

static nearer_status read_shapefile(nearer_table **out, const char *path, const nearer_reading *how,
                                    nearer_error *err)
{
    layer l = {.maker = {.path = path,
                         .err = err,
                         .where_crs_goes = "put its .prj beside it or say it (EPSG:32650 ...)"}};
    NR_TRY(nr_table_new(&l.maker.table, path, "record", err));
    nearer_status status = read_all(&l, how, err);
    nr_layer_end(&l.maker);
    if (l.shapes != NULL) SHPClose(l.shapes);
    if (l.attributes != NULL) DBFClose(l.attributes);
    nr_decoder_clear(&l.decoder);
    nr_text_clear(&l.text);
    nr_free(l.vertices);
    nr_free(l.parts);
    if (status == NEARER_OK) return nr_table_finish(out, l.maker.table, err);
    nearer_table_free(l.maker.table);
    return status;
}

const nr_format nr_format_shapefile = {
    .id = "shapefile",
    .title = "ESRI shapefile: points, lines or areas (shapelib)",
    .endings = ".shp",
    .read = read_shapefile,
    .write = nr_shapefile_write,
};
