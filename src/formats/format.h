/* formats/format: the descriptor of a file format and the list of those there are. */
#ifndef NR_FORMATS_FORMAT_H
#define NR_FORMATS_FORMAT_H
#include "base/error.h"
#include "base/text.h"

typedef struct nr_format {
    const char *id, *title;
    const char *endings; /* ".csv .tsv" */
    /* Reads a file into a table; NULL when the format is only written. */
    nearer_status (*read)(nearer_table **out, const char *path, nearer_error *err);
    /* Adds a table to a text; NULL when the format is only read. */
    nearer_status (*write)(nr_text *out, const nearer_table *table, nearer_error *err);
} nr_format;

#define NR_FORMAT(id) extern const nr_format nr_format_##id;
#include "formats/formats.def"
#undef NR_FORMAT

/* All formats, NULL behind the last. */
extern const nr_format *const nr_formats[];

/* Reads a table as the format named `format_id`, or by the path's ending when that is NULL. */
nearer_status nr_table_read_as(nearer_table **out, const char *path, const char *format_id,
                               nearer_error *err);
/* A file's bytes with a 0 behind them; free with nr_free. Fails with IO. */
nearer_status nr_file_read(char **out, size_t *length, const char *path, nearer_error *err);
/* The same for text: fails with SYNTAX, naming the line, when it is not UTF-8 or holds a zero byte.
 */
nearer_status nr_file_read_text(char **out, size_t *length, const char *path, nearer_error *err);
/* `path` as seen from the folder of `base_path`; free with nr_free; NULL when out of memory. */
char *nr_path_beside(const char *base_path, const char *path);

/* Adds a text as a JSON string. */
void nr_json_add_text(nr_text *out, const char *text);
/* Adds a cell as a JSON value; NAN, infinite and empty are null. */
void nr_json_add_cell(nr_text *out, const nearer_table *table, size_t row, size_t column);
/* Adds a table as an array of objects. */
void nr_json_add_table(nr_text *out, const nearer_table *table);
#endif
