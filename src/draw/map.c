/* One number a place on a map: dots in classes of equal count over the network, as SVG (cairo). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/canvas.h"
#include "draw/palette.h"
#include "model/network.h"
#include "model/table.h"

enum { CLASSES = NR_PALETTE_CLASSES, WIDTH = 960, HEADER = 64, MARGIN = 28, LEGEND = 150 };

typedef struct map {
    const nearer_network *network;
    const nearer_map_spec *spec;
    size_t count; /* dots */
    double *values;
    nr_lonlat *where;
    nr_xy *dots, *nodes;
    double breaks[CLASSES + 1];
    double west, north, scale, height;
    nr_canvas canvas;
} map;

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static nearer_status find_breaks(map *m, nearer_error *err)
{
    double *sorted = nr_alloc(m->count, sizeof *sorted);
    if (sorted == NULL) return nr_fail_memory(err);
    memcpy(sorted, m->values, m->count * sizeof *sorted);
    qsort(sorted, m->count, sizeof *sorted, by_number);
    for (size_t k = 0; k <= CLASSES; k++) {
        size_t at = k * m->count / CLASSES;
        m->breaks[k] = sorted[at < m->count ? at : m->count - 1];
    }
    nr_free(sorted);
    return NEARER_OK;
}

static size_t class_of(const map *m, double value)
{
    size_t k = 0;
    while (k + 1 < CLASSES && value >= m->breaks[k + 1]) k++;
    return k;
}

static void use_colour(const map *m, size_t k)
{
    const double *rgb = nr_palette[m->spec->low_is_good ? CLASSES - 1 - k : k];
    cairo_set_source_rgb(m->canvas.cr, rgb[0], rgb[1], rgb[2]);
}

/* Reads the table's dots; rows without a finite value are left out. */
static nearer_status read_dots(map *m, const nearer_table *table, nearer_error *err)
{
    size_t id, column, n = nearer_table_rows(table);
    NR_TRY(nr_table_require(&id, table, "id", err));
    NR_TRY(nr_table_require(&column, table, m->spec->column, err));
    m->values = nr_alloc(n, sizeof *m->values);
    m->where = nr_alloc(n + m->network->node_count, sizeof *m->where);
    m->dots = nr_alloc(n + m->network->node_count, sizeof *m->dots);
    if (m->values == NULL || m->where == NULL || m->dots == NULL) return nr_fail_memory(err);
    for (size_t row = 0; row < n; row++) {
        size_t place;
        char number[NR_NUMBER_TEXT];
        double value = nearer_table_number(table, row, column);
        if (!isfinite(value)) continue;
        NR_TRY(nearer_network_find_place(&place, m->network, nr_table_cell(table, row, id, number),
                                         err));
        m->where[m->count] = m->network->places[place].at;
        m->values[m->count++] = value;
    }
    if (m->count == 0)
        return nr_fail(err, NEARER_NODATA, "no place has a number in '%s'", m->spec->column);
    return find_breaks(m, err);
}

/* Projects dots and nodes together; the frame fits the dots. */
static nearer_status project(map *m, nearer_error *err)
{
    size_t nodes = m->network->node_count;
    for (size_t i = 0; i < nodes; i++) m->where[m->count + i] = m->network->nodes[i].at;
    if (!nr_project_for_map(m->dots, m->where, m->count + nodes))
        return nr_fail(err, NEARER_INTERNAL, "the map's projection cannot be set up");
    m->nodes = m->dots + m->count;
    double east = m->dots[0].x, south = m->dots[0].y;
    m->west = east;
    m->north = south;
    for (size_t i = 1; i < m->count; i++) {
        m->west = fmin(m->west, m->dots[i].x);
        east = fmax(east, m->dots[i].x);
        south = fmin(south, m->dots[i].y);
        m->north = fmax(m->north, m->dots[i].y);
    }
    double across = fmax(east - m->west, 1), down = fmax(m->north - south, 1);
    m->scale = fmin((WIDTH - 2.0 * MARGIN) / across, 3 * (WIDTH - 2.0 * MARGIN) / down);
    m->height = HEADER + fmax(down * m->scale, LEGEND) + 2 * MARGIN;
    return NEARER_OK;
}

static double map_x(const map *m, nr_xy p)
{
    return MARGIN + (p.x - m->west) * m->scale;
}

static double map_y(const map *m, nr_xy p)
{
    return HEADER + MARGIN + (m->north - p.y) * m->scale;
}

/* Flights would hide everything: only what runs on the ground or on water is drawn. */
static void draw_network(const map *m)
{
    cairo_set_source_rgba(m->canvas.cr, 0.55, 0.58, 0.62, 0.35);
    cairo_set_line_width(m->canvas.cr, 0.6);
    for (size_t i = 0; i < m->network->link_count; i++) {
        const nr_link *link = &m->network->links[i];
        if (link->mode == NR_MODE_air || link->transfer || !nr_link_open(link, m->spec->date))
            continue;
        cairo_move_to(m->canvas.cr, map_x(m, m->nodes[link->from]), map_y(m, m->nodes[link->from]));
        cairo_line_to(m->canvas.cr, map_x(m, m->nodes[link->to]), map_y(m, m->nodes[link->to]));
    }
    cairo_stroke(m->canvas.cr);
}

static void draw_dot(const map *m, double x, double y, size_t k)
{
    cairo_new_path(m->canvas.cr);
    cairo_arc(m->canvas.cr, x, y, 5, 0, 6.283185307179586);
    use_colour(m, k);
    cairo_fill_preserve(m->canvas.cr);
    cairo_set_source_rgba(m->canvas.cr, 0.1, 0.1, 0.15, 0.6);
    cairo_set_line_width(m->canvas.cr, 0.5);
    cairo_stroke(m->canvas.cr);
}

static void draw_dots(const map *m)
{
    for (size_t i = 0; i < m->count; i++)
        draw_dot(m, map_x(m, m->dots[i]), map_y(m, m->dots[i]), class_of(m, m->values[i]));
}

static int legend_decimals(const map *m)
{
    double range = m->breaks[CLASSES] - m->breaks[0];
    return range < 5 ? 2 : range < 50 ? 1 : 0;
}

static void draw_legend(const map *m)
{
    double x = MARGIN, y = m->height - MARGIN - CLASSES * 20;
    int decimals = legend_decimals(m);
    nr_canvas_say(&m->canvas, x, y - 12, 12, true, NR_ANCHOR_START, m->spec->unit);
    for (size_t k = 0; k < CLASSES; k++) {
        char low[NR_NUMBER_TEXT], high[NR_NUMBER_TEXT], text[100];
        snprintf(text, sizeof text, "%s to %s", nr_format_fixed(m->breaks[k], decimals, low),
                 nr_format_fixed(m->breaks[k + 1], decimals, high));
        draw_dot(m, x + 6, y + 20.0 * (double)k + 6, k);
        nr_canvas_say(&m->canvas, x + 20, y + 20.0 * (double)k + 10, 12, false, NR_ANCHOR_START,
                      text);
    }
}

/* A bar of a round number of kilometres at the lower right. */
static void draw_scale(const map *m)
{
    double km = pow(10, floor(log10(200 / m->scale)));
    if (km * 5 * m->scale <= 200)
        km *= 5;
    else if (km * 2 * m->scale <= 200)
        km *= 2;
    double x = WIDTH - MARGIN - km * m->scale, y = m->height - MARGIN;
    char text[64];
    snprintf(text, sizeof text, "%g km", km);
    cairo_set_source_rgb(m->canvas.cr, 0.13, 0.15, 0.2);
    cairo_set_line_width(m->canvas.cr, 2);
    cairo_move_to(m->canvas.cr, x, y);
    cairo_line_to(m->canvas.cr, WIDTH - MARGIN, y);
    cairo_stroke(m->canvas.cr);
    nr_canvas_say(&m->canvas, x, y - 6, 12, false, NR_ANCHOR_START, text);
}

static nearer_status draw(map *m, const char *path, nearer_error *err)
{
    nr_canvas_open(&m->canvas, WIDTH, m->height);
    draw_network(m);
    draw_dots(m);
    nr_canvas_say(&m->canvas, MARGIN, 36, 20, true, NR_ANCHOR_START, m->spec->title);
    nr_canvas_say(&m->canvas, MARGIN, 56, 12, false, NR_ANCHOR_START,
                  "Dots: places in seven classes of equal count. Lines: rail, road "
                  "and water links open on the later day.");
    draw_legend(m);
    draw_scale(m);
    return nr_canvas_write(&m->canvas, path, err);
}

nearer_status nearer_map_write(const char *path, const nearer_study *study,
                               const nearer_table *table, const nearer_map_spec *spec,
                               nearer_error *err)
{
    map m = {.network = nearer_study_network(study), .spec = spec};
    nearer_status status = read_dots(&m, table, err);
    if (status == NEARER_OK) status = project(&m, err);
    if (status == NEARER_OK) status = draw(&m, path, err);
    nr_free(m.values);
    nr_free(m.where);
    nr_free(m.dots);
    return status;
}
