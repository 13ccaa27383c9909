#include "draw/canvas.h"

#include <cairo-svg.h>

#include "base/memory.h"

static const double ink[3] = {0.13, 0.15, 0.2};

static cairo_status_t add_bytes(void *text, const unsigned char *bytes, unsigned length)
{
    nr_text_add(text, (const char *)bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

void nr_canvas_open(nr_canvas *c, double width, double height)
{
    *c = (nr_canvas){.width = width, .height = height};
    c->surface = cairo_svg_surface_create_for_stream(add_bytes, &c->svg, width, height);
    cairo_svg_surface_set_document_unit(c->surface, CAIRO_SVG_UNIT_PX);
    c->cr = cairo_create(c->surface);
    cairo_set_source_rgb(c->cr, 1, 1, 1);
    cairo_paint(c->cr);
    cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_ROUND);
}

nearer_status nr_canvas_write(nr_canvas *c, const char *path, nearer_error *err)
{
    bool good = cairo_status(c->cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(c->cr);
    cairo_surface_finish(c->surface);
    good = good && cairo_surface_status(c->surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(c->surface);
    char *bytes = nr_text_take(&c->svg);
    nearer_status status = bytes == NULL ? nr_fail_memory(err)
                           : good        ? nearer_text_write(path, bytes, err)
                                         : nr_fail(err, NEARER_INTERNAL, "%s: cairo failed", path);
    nr_free(bytes);
    return status;
}

static void choose_font(const nr_canvas *c, double size, bool bold)
{
    cairo_select_font_face(c->cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(c->cr, size);
    nr_canvas_use(c, ink, 1);
}

static double advance(const nr_canvas *c, const char *text)
{
    cairo_text_extents_t extents;
    cairo_text_extents(c->cr, text, &extents);
    return extents.x_advance;
}

void nr_canvas_say(const nr_canvas *c, double x, double y, double size, bool bold, nr_anchor anchor,
                   const char *text)
{
    choose_font(c, size, bold);
    if (anchor != NR_ANCHOR_START) x -= advance(c, text) * (anchor == NR_ANCHOR_MIDDLE ? 0.5 : 1);
    cairo_move_to(c->cr, x, y);
    cairo_show_text(c->cr, text);
}

void nr_canvas_say_upwards(const nr_canvas *c, double x, double y, double size, const char *text)
{
    choose_font(c, size, false);
    cairo_save(c->cr);
    cairo_translate(c->cr, x, y + advance(c, text) / 2);
    cairo_rotate(c->cr, -1.5707963267948966);
    cairo_move_to(c->cr, 0, 0);
    cairo_show_text(c->cr, text);
    cairo_restore(c->cr);
}

double nr_canvas_text_width(const nr_canvas *c, double size, const char *text)
{
    choose_font(c, size, false);
    return advance(c, text);
}

void nr_canvas_use(const nr_canvas *c, const double rgb[3], double alpha)
{
    cairo_set_source_rgba(c->cr, rgb[0], rgb[1], rgb[2], alpha);
}

void nr_canvas_line(const nr_canvas *c, double x0, double y0, double x1, double y1, double width)
{
    cairo_set_line_width(c->cr, width);
    cairo_move_to(c->cr, x0, y0);
    cairo_line_to(c->cr, x1, y1);
    cairo_stroke(c->cr);
}

void nr_canvas_dot(const nr_canvas *c, double x, double y, double radius)
{
    cairo_new_path(c->cr);
    cairo_arc(c->cr, x, y, radius, 0, 6.283185307179586);
    cairo_fill(c->cr);
}
