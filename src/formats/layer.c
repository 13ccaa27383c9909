#include "formats/layer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/threads.h"

#define NO_COLUMN ((size_t)-1)

static const char *const kind_words[] = {"no shape", "points", "points", "lines", "areas"};

nearer_status nr_layer_begin(nr_layer_maker *maker, const nearer_reading *how, const char *crs,
                             const char *whose)
{
    maker->survey = how->survey;
    maker->facts.min_x = maker->facts.min_y = maker->facts.max_x = maker->facts.max_y = NAN;
    if (how->crs == NULL && crs == NULL) return NEARER_OK;
    nearer_error why;
    nearer_status status = nr_crs_open(&maker->crs, how->crs != NULL ? how->crs : crs, &why);
    if (status != NEARER_OK)
        return nr_fail(maker->err, status, "%s: %.900s", how->crs != NULL ? maker->path : whose,
                       why.message);
    snprintf(maker->facts.crs, sizeof maker->facts.crs, "%s", nr_crs_name(maker->crs));
    return NEARER_OK;
}

static void measure(nr_layer_facts *facts, const nr_shape *shape)
{
    facts->shapes++;
    facts->kinds[shape->kind]++;
    facts->vertices += shape->vertex_count;
    if (shape->kind > NR_SHAPE_POINT) facts->parts += shape->part_count;
    for (size_t i = 0; i < shape->vertex_count; i++) {
        nr_lonlat v = shape->vertices[i];
        facts->min_x = fmin(facts->min_x, v.lon); /* fmin takes the one that is a number */
        facts->min_y = fmin(facts->min_y, v.lat);
        facts->max_x = fmax(facts->max_x, v.lon);
        facts->max_y = fmax(facts->max_y, v.lat);
    }
}

static void add_columns(nr_layer_maker *maker)
{
    static const char *const point[] = {"lon_deg", "lat_deg"};
    static const char *const line[] = {"from_lon_deg", "from_lat_deg", "to_lon_deg", "to_lat_deg",
                                       "length_km"};
    bool lines = maker->kind == NR_SHAPE_LINE;
    for (size_t i = 0; i < (lines ? 5 : 2); i++) {
        const char *name = lines ? line[i] : point[i];
        bool taken = nearer_table_find(maker->table, name) >= 0;
        maker->columns[i] =
            taken ? NO_COLUMN : nr_table_add_column(maker->table, name, i == 4 ? 1 : 4);
    }
}

void nr_layer_expect(nr_layer_maker *maker, int kind)
{
    if (maker->kind != NR_SHAPE_NONE || kind == NR_SHAPE_NONE || maker->survey) return;
    maker->kind = kind == NR_SHAPE_MULTIPOINT ? NR_SHAPE_POINT : kind;
    add_columns(maker);
}

/* Points, areas and lines are three sorts of layers. */
static nearer_status check_kind(nr_layer_maker *maker, int kind, const char *name)
{
    nr_layer_expect(maker, kind);
    if (kind == NR_SHAPE_MULTIPOINT) kind = NR_SHAPE_POINT;
    if (kind == maker->kind) return NEARER_OK;
    return nr_fail(maker->err, NEARER_VALUE,
                   "%s %s: %s in a layer of %s; one kind of shape was expected, save each as a "
                   "layer of its own",
                   maker->path, name, kind_words[kind], kind_words[maker->kind]);
}

static nearer_status turn(nr_layer_maker *maker, nr_shape *shape, const char *name)
{
    nr_lonlat wrong = {0, 0};
    for (size_t i = 0; i < shape->vertex_count; i++) {
        nr_lonlat before = shape->vertices[i];
        if (maker->crs != NULL) nr_crs_to_degrees(maker->crs, &shape->vertices[i], 1);
        if (nr_lonlat_valid(shape->vertices[i])) continue;
        wrong = before;
        if (maker->crs == NULL)
            return nr_fail(maker->err, NEARER_VALUE,
                           "%s %s: (%g, %g) is not in degrees of longitude and latitude and the "
                           "layer names no reference system; %s",
                           maker->path, name, wrong.lon, wrong.lat, maker->where_crs_goes);
        return nr_fail(maker->err, NEARER_VALUE,
                       "%s %s: (%g, %g) gives no degrees of longitude and latitude by %s",
                       maker->path, name, wrong.lon, wrong.lat, nr_crs_name(maker->crs));
    }
    return NEARER_OK;
}

/* The centre of an area: of all its rings, holes taken away; of its vertices when it has no area.
 */
static nr_lonlat centre(const nr_shape *shape)
{
    nr_lonlat o = shape->vertices[0], sum = {0, 0}, mean = {0, 0};
    double area = 0;
    for (size_t p = 0; p < shape->part_count; p++) {
        size_t end = p + 1 < shape->part_count ? shape->parts[p + 1] : shape->vertex_count;
        for (size_t i = shape->parts[p]; i + 1 < end; i++) {
            double ax = shape->vertices[i].lon - o.lon, ay = shape->vertices[i].lat - o.lat;
            double bx = shape->vertices[i + 1].lon - o.lon, by = shape->vertices[i + 1].lat - o.lat;
            double cross = ax * by - bx * ay;
            area += cross;
            sum.lon += (ax + bx) * cross;
            sum.lat += (ay + by) * cross;
        }
    }
    for (size_t i = 0; i < shape->vertex_count; i++) {
        mean.lon += shape->vertices[i].lon / (double)shape->vertex_count;
        mean.lat += shape->vertices[i].lat / (double)shape->vertex_count;
    }
    nr_lonlat at = {o.lon + sum.lon / (3 * area), o.lat + sum.lat / (3 * area)};
    return area != 0 && nr_lonlat_valid(at) ? at : mean;
}

static void set_numbers(const nr_layer_maker *maker, size_t row, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (maker->columns[i] != NO_COLUMN)
            nr_table_set_number(maker->table, row, maker->columns[i], values[i]);
}

static void set_part(const nr_layer_maker *maker, size_t row, const nr_shape *shape, size_t part)
{
    const nr_lonlat *v = shape->vertices + shape->parts[part];
    size_t end = part + 1 < shape->part_count ? shape->parts[part + 1] : shape->vertex_count;
    size_t n = end - shape->parts[part];
    if (n == 0) return;
    const double ends[] = {v[0].lon, v[0].lat, v[n - 1].lon, v[n - 1].lat};
    set_numbers(maker, row, ends, 4);
    nr_table_set_line(maker->table, row, v, n);
}

nearer_status nr_layer_add(nr_layer_maker *maker, nr_shape *shape, size_t record, const char *name,
                           nr_set_attributes *set, void *source)
{
    if (shape->vertex_count == 0) shape->kind = NR_SHAPE_NONE;
    measure(&maker->facts, shape);
    bool none = shape->kind == NR_SHAPE_NONE;
    if (!maker->survey && !none) {
        NR_TRY(check_kind(maker, shape->kind, name));
        NR_TRY(turn(maker, shape, name));
    }
    size_t rows = none || maker->survey                ? 1
                  : shape->kind == NR_SHAPE_LINE       ? shape->part_count
                  : shape->kind == NR_SHAPE_MULTIPOINT ? shape->vertex_count
                                                       : 1;
    for (size_t i = 0; i < rows; i++) {
        size_t row = nr_table_add_row(maker->table, record);
        if (nr_table_starved(maker->table)) return nr_fail_memory(maker->err);
        if (none || maker->survey) {
            /* the attributes alone */
        } else if (shape->kind == NR_SHAPE_LINE) {
            set_part(maker, row, shape, i);
        } else {
            nr_lonlat at = shape->kind == NR_SHAPE_AREA ? centre(shape) : shape->vertices[i];
            set_numbers(maker, row, (const double[]){at.lon, at.lat}, 2);
        }
        set(source, maker->table, row);
    }
    return NEARER_OK;
}

static void measure_row(void *context, size_t row, size_t worker)
{
    const nr_layer_maker *maker = context;
    size_t n, column = maker->columns[4];
    const nr_lonlat *v = nr_table_line(maker->table, row, &n);
    double km = 0;
    (void)worker;
    if (n == 0 || !isnan(nearer_table_number(maker->table, row, column))) return; /* it is said */
    for (size_t i = 0; i + 1 < n; i++) km += nr_geodesic_km(v[i], v[i + 1]);
    nr_table_set_number(maker->table, row, column, km);
}

void nr_layer_end(nr_layer_maker *maker)
{
    /* The geodesics take longer than all the rest: when every line is there, on all cores. */
    if (maker->kind == NR_SHAPE_LINE && maker->columns[4] != NO_COLUMN &&
        !nr_table_starved(maker->table))
        nr_parallel_for(nearer_table_rows(maker->table), measure_row, maker);
    nr_table_set_facts(maker->table, &maker->facts);
    nr_crs_free(maker->crs);
    maker->crs = NULL;
}
