/* model/format: what a file format can do. One descriptor a format, listed in formats/formats.def.
 *
 * A file holds a table (points, lines and places are tables with geometry), or a network: its links
 * and its nodes, two tables. */
#ifndef NR_MODEL_FORMAT_H
#define NR_MODEL_FORMAT_H
#include "model/table.h"

/* The files something is written as, whole in memory until all are made. {0} has none. */
enum { NR_OUTPUT_FILES = 5 };
typedef struct nr_output {
    struct {
        const char *name; /* "": the path itself; ".dbf": in place of its ending; "/node.csv": in
                             the folder of this path */
        nr_text bytes;
    } files[NR_OUTPUT_FILES];
    size_t count;
    bool float32; /* numbers of 4 bytes, where the format has them */
    size_t lost;  /* cells the format has no room for: texts cut, infinite numbers left empty */
} nr_output;
/* One more file; the one that makes the others be read comes last. */
nr_text *nr_output_add(nr_output *out, const char *name);
void nr_output_clear(nr_output *out);

/* A network as two tables; nodes may be NULL. Column names: docs/formats.md. */
typedef struct nr_network_tables {
    nearer_table *links, *nodes;
} nr_network_tables;
void nr_network_tables_clear(nr_network_tables *tables);
/* Hands finished tables out, or frees them and fails when memory ran out on the way. */
nearer_status nr_network_tables_finish(nr_network_tables *out, nearer_table *nodes,
                                       nearer_table *links, nearer_error *err);
/* Frees unfinished tables and hands the status on. */
nearer_status nr_network_tables_drop(nearer_table *nodes, nearer_table *links,
                                     nearer_status status);

typedef struct nr_format {
    const char *id, *title;
    const char *endings;               /* ".csv .tsv" */
    bool (*knows)(const char *folder); /* the folder is one of this format; NULL: files only */
    /* Each is NULL where the format does not do it. */
    nearer_status (*read)(nearer_table **out, const char *path, const nearer_reading *how,
                          nearer_error *err);
    nearer_status (*read_network)(nr_network_tables *out, const char *path,
                                  const nearer_reading *how, nearer_error *err);
    nearer_status (*write)(nr_output *out, const nearer_table *table, nearer_error *err);
    nearer_status (*write_network)(nr_output *out, const nr_network_tables *network,
                                   nearer_error *err);
    const struct nr_streaming *stream; /* writes matrices row by row (formats/stream.h) */
} nr_format;
#endif
