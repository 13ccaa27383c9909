/* formats/matrix: tables of ordered pairs (from_id, to_id, numbers) as matrices and back. A matrix
 * whose file names no places has from_row and to_row, counted from 1, in place of ids. */
#ifndef NR_FORMATS_MATRIX_H
#define NR_FORMATS_MATRIX_H
#include "base/names.h"
#include "model/format.h"

typedef struct nr_matrix {
    const nearer_table *table;
    size_t n;     /* places */
    nr_names ids; /* n of them, those travelled from first; none when `numbered` */
    bool numbered;
    uint32_t *from, *to; /* places of each row of the table */
    size_t *columns;     /* the number columns */
    size_t column_count;
} nr_matrix;

/* Fails with VALUE when the table has no pairs or no numbers. Clear with nr_matrix_clear. */
nearer_status nr_matrix_begin(nr_matrix *out, const nearer_table *table, nearer_error *err);
/* cells[n * n] of a column, by rows; pairs the table does not have are NAN, from a place to itself
 * 0 unless it has such pairs. Fails with VALUE when a pair stands twice. */
nearer_status nr_matrix_fill(double *cells, const nr_matrix *matrix, size_t column,
                             nearer_error *err);
void nr_matrix_clear(nr_matrix *matrix);

/* A matrix that was read. */
typedef struct nr_cells {
    const char *name;     /* of the column */
    const double *values; /* rows * columns */
} nr_cells;
/* The table of matrices of one shape; a pair that is NAN in all has no row, nor do the ways from
 * places to themselves when all are 0. `ids` (of both sides)
 * is NULL when there are none. */
nearer_status nr_matrix_table(nearer_table **out, const char *path, const nr_cells *matrices,
                              size_t count, size_t rows, size_t columns, const nr_names *ids,
                              nearer_error *err);
#endif
