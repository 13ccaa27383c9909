/* formats/stream: a matrix of any size, written block by block as it is computed. */
#ifndef NR_FORMATS_STREAM_H
#define NR_FORMATS_STREAM_H
#include <stdio.h>

#include "base/ticks.h"
#include "model/format.h"

typedef struct nr_stream_spec {
    size_t rows, columns, first;                    /* first: the number of the first row */
    const char *const *row_ids, *const *column_ids; /* borrowed until the stream is closed */
    double per_unit;                                /* ticks */
    const char *column, *unit;                      /* "travel_time"; "min" or NULL */
    bool float32;
    bool same; /* row first + i and column first + i are one place: a long table leaves them out */
} nr_stream_spec;

typedef struct nr_stream {
    nr_stream_spec spec;
    const struct nr_streaming *kind;
    char *path, *part; /* the part becomes the path */
    FILE *file;        /* NULL where the kind opens the part itself */
    void *state;       /* of the kind */
    size_t done;       /* rows written */
    bool begun;        /* there is a part */
    int unfinished;    /* its number among the unfinished files, or -1 */
} nr_stream;

/* What a format (nr_format.stream) does. */
typedef struct nr_streaming {
    bool opens_itself;
    nearer_status (*begin)(nr_stream *stream, nearer_error *err);
    nearer_status (*put)(nr_stream *stream, const nr_ticks *block, size_t rows, nearer_error *err);
    /* What stands behind the rows; NULL: nothing. */
    nearer_status (*end)(nr_stream *stream, nearer_error *err);
    void (*clear)(nr_stream *stream); /* gives back `state`; NULL: there is none */
} nr_streaming;

/* Opens PATH.part. Fails with NAME (the ending's format is not written by rows), IO, MEMORY. */
nearer_status nr_stream_open(nr_stream **out, const char *path, const nr_stream_spec *spec,
                             nearer_error *err);
/* The same in a form of its own. */
nearer_status nr_stream_open_as(nr_stream **out, const char *path, const nr_streaming *kind,
                                void *state, const nr_stream_spec *spec, nearer_error *err);
/* The next rows x columns ticks. Fails with IO, MEMORY. */
nearer_status nr_stream_put(nr_stream *stream, const nr_ticks *block, size_t rows,
                            nearer_error *err);
/* Names the file when all rows are there; frees the stream in any case. Fails with IO. */
nearer_status nr_stream_close(nr_stream *stream, nearer_error *err);
/* Removes what was written. Takes NULL. */
void nr_stream_drop(nr_stream *stream);

/* Writes bytes to the stream's file. Fails with IO. */
nearer_status nr_stream_write(nr_stream *stream, const void *bytes, size_t count,
                              nearer_error *err);
#endif
