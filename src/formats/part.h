/* formats/part: some rows of a matrix as a file of its own, M.npy.2of8, whatever M.npy will be; all
 * parts are joined by nearer_join. */
#ifndef NR_FORMATS_PART_H
#define NR_FORMATS_PART_H
#include "base/hash.h"
#include "formats/stream.h"

typedef struct nr_part_spec {
    size_t part, parts; /* from 1 */
    size_t all_rows;    /* of the whole matrix */
    const char *key;    /* stands for the matrix: parts of one key belong together */
} nr_part_spec;

/* Opens PATH.IofN as a stream of the rows of `spec`. Fails as nr_stream_open_as. */
nearer_status nr_part_open(nr_stream **out, const char *path, const nr_stream_spec *spec,
                           const nr_part_spec *part, nearer_error *err);

/* A part that is read: what it is, then its rows. */
typedef struct nr_part {
    nr_part_spec part;
    nr_stream_spec spec;
    char *path;
    FILE *file;
    char *texts; /* what the specs' texts are part of */
    const char **ids;
    size_t done;
    nr_hash hash; /* of the rows read */
} nr_part;

/* Into how many parts the matrix PATH was cut: N of the files PATH.IofN there are. Fails with IO
 * (no folder), NODATA (there is none), VALUE (they are of several N). */
nearer_status nr_part_count(size_t *out, const char *path, nearer_error *err);
/* Fails with IO (it is not there), SYNTAX (it is no part, or cut off). Clear with nr_part_clear. */
nearer_status nr_part_read(nr_part *out, const char *path, size_t part, size_t parts,
                           nearer_error *err);
/* The next rows; behind the last the part is checked. Fails with SYNTAX (cut off, damaged). */
nearer_status nr_part_rows(nr_part *part, nr_ticks *rows, size_t count, nearer_error *err);
void nr_part_clear(nr_part *part);
#endif
