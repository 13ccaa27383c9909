/* model/table: how a table is made and read inside the library. */
#ifndef NR_MODEL_TABLE_H
#define NR_MODEL_TABLE_H
#include "base/error.h"
#include "base/text.h"

enum { NR_TEXT_COLUMN = -1 };

/* A new table. `source` is the file it comes from and `row_word` what that file calls a row
 * ("line", "record"); both NULL for a computed one. */
nearer_status nr_table_new(nearer_table **out, const char *source, const char *row_word,
                           nearer_error *err);
/* Adds a column, with the decimals a person wants to see, or NR_TEXT_COLUMN; returns its index.
 * Columns come before rows. After a failed allocation the table remembers it: see
 * nr_table_finish. */
size_t nr_table_add_column(nearer_table *table, const char *name, int decimals);
/* Adds a row of missing cells; returns its index. `line` is its place in the file, 0 if computed.
 */
size_t nr_table_add_row(nearer_table *table, size_t line);
void nr_table_set_number(nearer_table *table, size_t row, size_t column, double value);
void nr_table_set_text(nearer_table *table, size_t row, size_t column, const char *text,
                       size_t length);
/* Adds a row from its cells in order: a `const char *` for a text column, a double else. */
void nr_table_put(nearer_table *table, ...);
/* Hands the finished table out, or frees it and fails when memory ran out on the way. */
nearer_status nr_table_finish(nearer_table **out, nearer_table *table, nearer_error *err);

const char *nr_table_source(const nearer_table *table);
/* "FILE:12" or "FILE record 12": where a row stands. */
enum { NR_WHERE = 300 };
const char *nr_table_where(const nearer_table *table, size_t row, char buffer[NR_WHERE]);

/* The column's index. Fails with NAME, saying which columns there are. */
nearer_status nr_table_require(size_t *out, const nearer_table *table, const char *column_name,
                               nearer_error *err);
/* A cell's number, NAN when empty. Fails with VALUE when it holds something else. */
nearer_status nr_table_read_number(double *out, const nearer_table *table, size_t row,
                                   size_t column, nearer_error *err);
/* A cell as text, numbers written out; "" when missing. */
const char *nr_table_cell(const nearer_table *table, size_t row, size_t column,
                          char buffer[NR_NUMBER_TEXT]);
#endif
