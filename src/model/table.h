/* model/table: how a table is made and read inside the library. */
#ifndef NR_MODEL_TABLE_H
#define NR_MODEL_TABLE_H
#include "base/error.h"
#include "base/geodesy.h"
#include "base/text.h"

enum { NR_TEXT_COLUMN = -1 };

/* A new table. `source` is the file it comes from and `row_word` what that file calls a row
 * ("line", "record"); both NULL for a computed one. */
nearer_status nr_table_new(nearer_table **out, const char *source, const char *row_word,
                           nearer_error *err);
/* Adds a column, with the decimals a person wants to see, or NR_TEXT_COLUMN; returns its index.
 * Rows there already have it missing. After a failed allocation the table remembers it: see
 * nr_table_finish. */
size_t nr_table_add_column(nearer_table *table, const char *name, int decimals);
/* Adds a column like that of another table: its name, and whether it holds numbers. */
size_t nr_table_add_column_like(nearer_table *table, const nearer_table *from, size_t column);
/* Adds a row of missing cells; returns its index. `line` is its place in the file, 0 if computed.
 */
size_t nr_table_add_row(nearer_table *table, size_t line);
/* Makes a text column one of numbers; what is none is missing. */
void nr_table_make_numbers(nearer_table *table, size_t column, int decimals);
void nr_table_set_number(nearer_table *table, size_t row, size_t column, double value);
void nr_table_set_text(nearer_table *table, size_t row, size_t column, const char *text,
                       size_t length);
/* A text cell that its file says is a number, or a text: a column with one text holds texts,
 * whatever they look like. */
void nr_table_set_typed(nearer_table *table, size_t row, size_t column, const char *text,
                        size_t length, bool number);
/* Gives the table, which has no text yet, the bytes its cells will be part of. */
void nr_table_adopt(nearer_table *table, char *bytes, size_t length);
/* Adds a row of such cells: where in the bytes the text of each column, ended by a 0, begins;
 * NR_NO_TEXT: missing. Rows come in the order of the bytes. */
#define NR_NO_TEXT ((size_t)-1)
void nr_table_add_adopted(nearer_table *table, size_t line, const size_t *cells);
/* The line drawn by a row, in degrees; rows get theirs in order. Lines are kept once the first is
 * given. */
void nr_table_set_line(nearer_table *table, size_t row, const nr_lonlat *vertices, size_t n);
/* The row's line: its vertices, NULL and 0 when the table has no lines. */
const nr_lonlat *nr_table_line(const nearer_table *table, size_t row, size_t *n);
/* What a file of shapes holds, as it stands there. */
enum {
    NR_SHAPE_NONE,
    NR_SHAPE_POINT,
    NR_SHAPE_MULTIPOINT,
    NR_SHAPE_LINE,
    NR_SHAPE_AREA,
    NR_SHAPE_KINDS
};
typedef struct nr_layer_facts {
    size_t shapes, kinds[NR_SHAPE_KINDS], parts, vertices;
    double min_x, min_y, max_x, max_y; /* in the layer's own coordinates; NAN without vertices */
    size_t records, fields;            /* of its attributes */
    bool has_attributes;
    char encoding[32], crs[120], type[24];
} nr_layer_facts;
void nr_table_set_facts(nearer_table *table, const nr_layer_facts *facts);
/* NULL when the table is of no layer. */
const nr_layer_facts *nr_table_facts(const nearer_table *table);
/* Of a matrix that names no places: its rows and columns, also those without any number; 0, 0 when
 * the table is none. */
void nr_table_set_shape(nearer_table *table, size_t rows, size_t columns);
void nr_table_shape(const nearer_table *table, size_t *rows, size_t *columns);
/* Adds a row from its cells in order: a `const char *` for a text column, a double else. */
void nr_table_put(nearer_table *table, ...);
/* Memory ran out: rows and columns added since are not there, and cells set are dropped. */
bool nr_table_starved(const nearer_table *table);
/* Hands the finished table out, or frees it and fails when memory ran out on the way. */
nearer_status nr_table_finish(nearer_table **out, nearer_table *table, nearer_error *err);

const char *nr_table_source(const nearer_table *table);
/* The line or record given with the row. */
size_t nr_table_row_line(const nearer_table *table, size_t row);
/* "FILE:12" or "FILE record 12": where a row stands; "FILE" when no line was given. */
enum { NR_WHERE = 300 };
const char *nr_table_where(const nearer_table *table, size_t row, char buffer[NR_WHERE]);

/* The column's index. Fails with NAME, saying which columns there are. */
nearer_status nr_table_require(size_t *out, const nearer_table *table, const char *column_name,
                               nearer_error *err);
/* A cell's number, NAN when empty. Fails with VALUE when it holds something else. */
nearer_status nr_table_read_number(double *out, const nearer_table *table, size_t row,
                                   size_t column, nearer_error *err);
/* The column holds numbers: it is one of numbers, its file says so, or it is text of a file without
 * types in which every cell is a number or empty, one at least is not, and none looks like a name
 * ("007"). */
bool nr_table_holds_numbers(const nearer_table *table, size_t column);
/* The same of each column; free with nr_free; NULL when out of memory. */
bool *nr_table_number_columns(const nearer_table *table);
/* A cell as text, numbers written out; "" when missing. */
const char *nr_table_cell(const nearer_table *table, size_t row, size_t column,
                          char buffer[NR_NUMBER_TEXT]);
#endif
