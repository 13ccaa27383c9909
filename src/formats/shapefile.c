/* ESRI shapefile in (shapelib): points and polylines with their attributes by name. Each part of a
 * polyline is a row of its own. Coordinates must be degrees. */
#include <math.h>
#include <shapefil.h>
#include <string.h>

#include "base/geodesy.h"
#include "base/memory.h"
#include "formats/format.h"
#include "model/table.h"

typedef struct layer {
    const char *path;
    SHPHandle shapes;
    DBFHandle attributes;
    int fields;
    bool points;
    size_t geometry[5]; /* its columns; NO_COLUMN where an attribute bears the name */
} layer;
#define NO_COLUMN ((size_t)-1)

/* shapelib prints its troubles; the caller reads them from our error instead. */
static void say_nothing(const char *message)
{
    (void)message;
}

static nearer_status open_layer(layer *l, nearer_error *err)
{
    SAHooks hooks;
    SASetupDefaultHooks(&hooks);
    hooks.Error = say_nothing;
    l->shapes = SHPOpenLL(l->path, "rb", &hooks);
    if (l->shapes == NULL)
        return nr_fail(err, NEARER_IO, "%s: cannot be read as a shapefile (.shp and .shx)",
                       l->path);
    l->attributes = DBFOpenLL(l->path, "rb", &hooks);
    if (l->attributes == NULL)
        return nr_fail(err, NEARER_IO, "%s: its attribute table (.dbf) cannot be read", l->path);
    int count = 0, type = 0;
    SHPGetInfo(l->shapes, &count, &type, NULL, NULL);
    l->points = type == SHPT_POINT || type == SHPT_POINTZ || type == SHPT_POINTM;
    if (!l->points && type != SHPT_ARC && type != SHPT_ARCZ && type != SHPT_ARCM)
        return nr_fail(err, NEARER_VALUE,
                       "%s: its shapes are of type %s, points or polylines "
                       "were expected",
                       l->path, SHPTypeName(type));
    if (DBFGetRecordCount(l->attributes) != count)
        return nr_fail(err, NEARER_SYNTAX, "%s: %d shapes but %d attribute records", l->path, count,
                       DBFGetRecordCount(l->attributes));
    l->fields = DBFGetFieldCount(l->attributes);
    return NEARER_OK;
}

static void add_columns(layer *l, nearer_table *table)
{
    for (int i = 0; i < l->fields; i++) {
        char name[XBASE_FLDNAME_LEN_READ + 1];
        DBFGetFieldInfo(l->attributes, i, name, NULL, NULL);
        nr_table_add_column(table, name, NR_TEXT_COLUMN);
    }
    static const char *const point[] = {"lon_deg", "lat_deg"}, *const line[] = {
                                                                   "from_lon_deg", "from_lat_deg",
                                                                   "to_lon_deg", "to_lat_deg",
                                                                   "length_km"};
    for (size_t i = 0; i < (l->points ? 2 : 5); i++) {
        const char *name = l->points ? point[i] : line[i];
        bool taken = nearer_table_find(table, name) >= 0;
        l->geometry[i] = taken ? NO_COLUMN : nr_table_add_column(table, name, i == 4 ? 1 : 4);
    }
}

static void set_geometry(const layer *l, nearer_table *table, size_t row, const double *values,
                         size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (l->geometry[i] != NO_COLUMN) nr_table_set_number(table, row, l->geometry[i], values[i]);
}

static void trim(const char **text, size_t *length)
{
    while (*length > 0 && **text == ' ') ++*text, --*length;
    while (*length > 0 && (*text)[*length - 1] == ' ') --*length;
}

/* The first attribute of a record whose text is not UTF-8, or -1. */
static int wrong_text(const layer *l, int record)
{
    for (int i = 0; i < l->fields; i++) {
        const char *text = DBFReadStringAttribute(l->attributes, record, i);
        if (text != NULL && nr_utf8_length(text, strlen(text)) != strlen(text)) return i;
    }
    return -1;
}

static size_t add_row(const layer *l, nearer_table *table, int record)
{
    size_t row = nr_table_add_row(table, (size_t)record + 1);
    for (int i = 0; i < l->fields; i++) {
        if (DBFIsAttributeNULL(l->attributes, record, i)) continue;
        const char *text = DBFReadStringAttribute(l->attributes, record, i);
        size_t length = text == NULL ? 0 : strlen(text);
        trim(&text, &length);
        nr_table_set_text(table, row, (size_t)i, text, length);
    }
    return row;
}

static void add_part(const layer *l, nearer_table *table, int record, const SHPObject *shape,
                     int first, int last)
{
    double km = 0;
    for (int i = first; i < last; i++)
        km += nr_geodesic_km((nr_lonlat){shape->padfX[i], shape->padfY[i]},
                             (nr_lonlat){shape->padfX[i + 1], shape->padfY[i + 1]});
    const double values[] = {shape->padfX[first], shape->padfY[first], shape->padfX[last],
                             shape->padfY[last], km};
    set_geometry(l, table, add_row(l, table, record), values, 5);
}

static nearer_status check_degrees(const layer *l, int record, const SHPObject *shape,
                                   nearer_error *err)
{
    for (int i = 0; i < shape->nVertices; i++)
        if (!nr_lonlat_valid((nr_lonlat){shape->padfX[i], shape->padfY[i]}))
            return nr_fail(err, NEARER_VALUE,
                           "%s record %d: vertex (%g, %g) is not in degrees of longitude and "
                           "latitude",
                           l->path, record + 1, shape->padfX[i], shape->padfY[i]);
    return NEARER_OK;
}

static nearer_status read_shape(const layer *l, nearer_table *table, int record, nearer_error *err)
{
    SHPObject *shape = SHPReadObject(l->shapes, record);
    if (shape == NULL || shape->nSHPType == SHPT_NULL || shape->nVertices == 0) {
        if (shape != NULL) SHPDestroyObject(shape);
        return nr_fail(err, NEARER_SYNTAX, "%s record %d: it has no shape", l->path, record + 1);
    }
    nearer_status status = check_degrees(l, record, shape, err);
    int wrong = wrong_text(l, record);
    if (status == NEARER_OK && wrong >= 0)
        status = nr_fail(err, NEARER_SYNTAX,
                         "%s record %d: attribute %d is not UTF-8; write the layer as UTF-8",
                         l->path, record + 1, wrong + 1);
    if (status == NEARER_OK && l->points) {
        const double values[] = {shape->padfX[0], shape->padfY[0]};
        set_geometry(l, table, add_row(l, table, record), values, 2);
    } else if (status == NEARER_OK) {
        for (int part = 0; part < shape->nParts; part++) {
            int last =
                part + 1 < shape->nParts ? shape->panPartStart[part + 1] - 1 : shape->nVertices - 1;
            add_part(l, table, record, shape, shape->panPartStart[part], last);
        }
    }
    SHPDestroyObject(shape);
    return status;
}

static nearer_status read_shapefile(nearer_table **out, const char *path, nearer_error *err)
{
    layer l = {.path = path};
    nearer_table *table = NULL;
    nearer_status status = open_layer(&l, err);
    if (status == NEARER_OK) status = nr_table_new(&table, path, "record", err);
    if (status == NEARER_OK) {
        add_columns(&l, table);
        int count = DBFGetRecordCount(l.attributes);
        for (int i = 0; i < count && status == NEARER_OK; i++)
            status = read_shape(&l, table, i, err);
    }
    if (l.shapes != NULL) SHPClose(l.shapes);
    if (l.attributes != NULL) DBFClose(l.attributes);
    if (status == NEARER_OK) return nr_table_finish(out, table, err);
    nearer_table_free(table);
    return status;
}

const nr_format nr_format_shapefile = {
    .id = "shapefile",
    .title = "ESRI shapefile, points or polylines (shapelib)",
    .endings = ".shp",
    .read = read_shapefile,
};
