/* study/columns: columns of tables as numbers, of the rows that have all of them. */
#ifndef NR_STUDY_COLUMNS_H
#define NR_STUDY_COLUMNS_H
#include "base/names.h"
#include "model/report.h"
#include "model/table.h"

/* A cell's number; NAN when empty, "NA" or "NaN". Fails with VALUE for other text. */
nearer_status nr_column_number(double *out, const nearer_table *table, size_t row, size_t column,
                               nearer_error *err);
/* Names the rows by that column: row i is name i. Fails with VALUE when an id stands twice. */
nearer_status nr_name_rows(nr_names *ids, const nearer_table *table, size_t column,
                           nearer_error *err);
/* The column of ids: `name`, without one "id" where there is such a column, else the rows' numbers.
 * Fails with NAME. */
nearer_status nr_id_column(size_t *out, const nearer_table *table, const char *name,
                           nearer_error *err);

/* A column that is asked for. */
typedef struct nr_wanted {
    const nearer_table *table;
    size_t column;
    const size_t *row_of; /* of each row asked about its row here, NR_NO_NAME: none; NULL: itself */
    nr_names *names;      /* texts become their numbers; NULL: the column holds numbers */
} nr_wanted;

typedef struct nr_columns {
    size_t rows, n;           /* asked about, and those that have all */
    size_t missing, infinite; /* rows left out: without a value, with one that is inf */
    size_t *row;              /* n: which they are */
    double *numbers;          /* column by column, each with room for all rows */
} nr_columns;
/* Fails with VALUE for text in a column of numbers. Clear with nr_columns_clear, also after a
 * failure. */
nearer_status nr_columns_read(nr_columns *out, const nr_wanted *wanted, size_t count, size_t rows,
                              nearer_error *err);
void nr_columns_clear(nr_columns *columns);
/* The n numbers of the c-th column asked for. */
double *nr_column(const nr_columns *columns, size_t c);
/* Says how many rows were left out, if any. */
nearer_status nr_columns_tell(nearer_report *report, const nr_columns *columns, nearer_error *err);
#endif
