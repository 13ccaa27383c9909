/* formats/format: the list of file formats, and files read and written by them. */
#ifndef NR_FORMATS_FORMAT_H
#define NR_FORMATS_FORMAT_H
#include "model/format.h"

#define NR_FORMAT(id) extern const nr_format nr_format_##id;
#include "formats/formats.def"
#undef NR_FORMAT

/* All formats, NULL behind the last. */
extern const nr_format *const nr_formats[];

/* The format of a path that `direction` can be done with, by `format_id` or, when that is NULL, the
 * path's ending. Fails with NAME, saying which there are. */
typedef enum nr_direction {
    NR_READ_TABLE,
    NR_READ_NETWORK,
    NR_READ,
    NR_WRITE_TABLE,
    NR_WRITE_NETWORK,
    NR_WRITE
} nr_direction;
nearer_status nr_format_find(const nr_format **out, const char *path, const char *format_id,
                             nr_direction direction, nearer_error *err);
/* The same of one that matrices are written in row by row. */
nearer_status nr_format_find_stream(const nr_format **out, const char *path, nearer_error *err);
/* Writes all of an output's files beside their places, then renames them; on failure none is left.
 * Clears it. Fails with IO, MEMORY. */
nearer_status nr_output_write(nr_output *output, const char *path, nearer_error *err);

/* A file's bytes, unpacked when it is gzipped, with a 0 behind them; free with nr_free. Fails with
 * IO. */
nearer_status nr_file_read(char **out, size_t *length, const char *path, nearer_error *err);
/* The same for text, turned into UTF-8: fails with SYNTAX, naming the line, when it is not what it
 * should be or holds a zero byte; with NAME for an unknown encoding. NULL: UTF-8. */
nearer_status nr_file_read_text(char **out, size_t *length, const char *path, const char *encoding,
                                nearer_error *err);
/* The same for bytes that were read, with a 0 behind them, and a file's name; they may move. On
 * failure they are still yours. */
nearer_status nr_bytes_to_text(char **bytes, size_t *length, const char *name, const char *encoding,
                               nearer_error *err);
/* A file can be made there, as far as its folder goes. Fails with IO, MEMORY. */
nearer_status nr_file_check_place(const char *path, nearer_error *err);
/* Whether there is a file; a folder is none. */
bool nr_file_exists(const char *path);
bool nr_folder_exists(const char *path);
/* The folder has a file of this name. Takes no memory. */
bool nr_folder_holds(const char *folder, const char *name);
/* `path` as seen from the folder of `base_path`; free with nr_free; NULL when out of memory. */
char *nr_path_beside(const char *base_path, const char *path);
/* `path` with `ending` in place of its own (".shp"); free with nr_free; NULL when out of memory. */
char *nr_path_ending(const char *path, const char *ending);

/* Adds a text as a JSON string. */
void nr_json_add_text(nr_text *out, const char *text);
/* Adds a cell as a JSON value, as a number where its column holds them; NAN, infinite and empty are
 * null. false: it is infinite. */
bool nr_json_add_cell(nr_text *out, const nearer_table *table, size_t row, size_t column,
                      bool number);
/* Adds a table as an array of objects; returns how many of its numbers are infinite. */
size_t nr_json_add_table(nr_text *out, const nearer_table *table);
#endif
