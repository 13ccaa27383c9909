/* formats/wkt: lines in well-known text (OGC 06-103r4): LINESTRING (x y, x y ...). */
#ifndef NR_FORMATS_WKT_H
#define NR_FORMATS_WKT_H
#include "base/geodesy.h"
#include "base/text.h"

/* Vertices that grow. {0} has none; free `at` with nr_free. */
typedef struct nr_vertices {
    nr_lonlat *at;
    size_t count, capacity;
    bool failed; /* memory ran out */
} nr_vertices;

/* Reads the line's x and y in place of what was there; heights and measures are left out, as is
 * "SRID=...;" before it. false: it is no such line, or memory ran out (`failed`). An EMPTY one has
 * no vertices. */
bool nr_wkt_read_line(nr_vertices *out, const char *text);
/* Writes a line of n vertices so that reading gives the same. */
void nr_wkt_add_line(nr_text *out, const nr_lonlat *at, size_t n);
#endif
