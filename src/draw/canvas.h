/* draw/canvas: a white sheet that becomes an SVG file. Pixels, y downwards. */
#ifndef NR_DRAW_CANVAS_H
#define NR_DRAW_CANVAS_H
#include <cairo.h>

#include "base/error.h"
#include "base/text.h"

typedef struct nr_canvas {
    double width, height;
    cairo_t *cr;
    cairo_surface_t *surface;
    nr_text svg;
} nr_canvas;

/* The canvas stays where it is until it is written or dropped. */
void nr_canvas_open(nr_canvas *canvas, double width, double height);
/* Writes the file and closes the canvas. Fails with IO, MEMORY. */
nearer_status nr_canvas_write(nr_canvas *canvas, const char *path, nearer_error *err);

typedef enum nr_anchor { NR_ANCHOR_START, NR_ANCHOR_MIDDLE, NR_ANCHOR_END } nr_anchor;
/* Writes dark text; (x, y) is its baseline's start, middle or end. */
void nr_canvas_say(const nr_canvas *canvas, double x, double y, double size, bool bold,
                   nr_anchor anchor, const char *text);
/* The same turned by a quarter, read from below; (x, y) is its middle. */
void nr_canvas_say_upwards(const nr_canvas *canvas, double x, double y, double size,
                           const char *text);
/* Columns of pixels the text takes. */
double nr_canvas_text_width(const nr_canvas *canvas, double size, const char *text);
void nr_canvas_use(const nr_canvas *canvas, const double rgb[3], double alpha);
/* A straight line in the colour in use. */
void nr_canvas_line(const nr_canvas *canvas, double x0, double y0, double x1, double y1,
                    double width);
/* A disc in the colour in use. */
void nr_canvas_dot(const nr_canvas *canvas, double x, double y, double radius);
#endif
