#include "study/columns.h"

#include <math.h>
#include <string.h>

nearer_status nr_column_number(double *out, const nearer_table *table, size_t row, size_t column,
                               nearer_error *err)
{
    const char *text = nearer_table_text(table, row, column);
    *out = NAN;
    if (text != NULL && (strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0)) return NEARER_OK;
    return nr_table_read_number(out, table, row, column, err);
}

nearer_status nr_name_rows(nr_names *ids, const nearer_table *table, size_t column,
                           nearer_error *err)
{
    char number[NR_NUMBER_TEXT], where[NR_WHERE];
    for (size_t row = 0; row < nearer_table_rows(table); row++) {
        const char *id = nr_table_cell(table, row, column, number);
        size_t name = nr_names_add(ids, id);
        if (name == NR_NO_NAME) return nr_fail_memory(err);
        if (name != row)
            return nr_fail(err, NEARER_VALUE, "%s: the place '%.80s' stands twice",
                           nr_table_where(table, row, where), id);
    }
    return NEARER_OK;
}

nearer_status nr_id_column(size_t *out, const nearer_table *table, const char *name,
                           nearer_error *err)
{
    if (name == NULL) name = nearer_table_find(table, "id") >= 0 ? "id" : "#";
    return nr_table_require_id(out, table, name, err);
}

/* NAN: the row has none. */
static nearer_status read_cell(double *out, const nr_wanted *w, size_t row, nearer_error *err)
{
    char buffer[NR_NUMBER_TEXT];
    if (w->names == NULL) return nr_column_number(out, w->table, row, w->column, err);
    const char *text = nr_table_cell(w->table, row, w->column, buffer);
    *out = NAN;
    if (text[0] == 0 || strcmp(text, "NA") == 0) return NEARER_OK;
    size_t name = nr_names_add(w->names, text);
    *out = (double)name;
    return name == NR_NO_NAME ? nr_fail_memory(err) : NEARER_OK;
}

static nearer_status read_row(nr_columns *c, const nr_wanted *wanted, size_t count, size_t row,
                              nearer_error *err)
{
    bool missing = false, infinite = false;
    for (size_t k = 0; k < count; k++) {
        size_t theirs = wanted[k].row_of == NULL ? row : wanted[k].row_of[row];
        if (theirs == NR_NO_NAME) return NEARER_OK;
        double *value = &c->numbers[k * c->rows + c->n];
        NR_TRY(read_cell(value, &wanted[k], theirs, err));
        missing = missing || isnan(*value);
        infinite = infinite || isinf(*value);
    }
    if (missing)
        c->missing++;
    else if (infinite)
        c->infinite++;
    else
        c->row[c->n++] = row;
    return NEARER_OK;
}

nearer_status nr_columns_read(nr_columns *out, const nr_wanted *wanted, size_t count, size_t rows,
                              nearer_error *err)
{
    *out = (nr_columns){.rows = rows};
    out->row = nr_alloc(rows, sizeof *out->row);
    out->numbers = nr_alloc(rows * count, sizeof *out->numbers);
    if (out->row == NULL || out->numbers == NULL) return nr_fail_memory(err);
    for (size_t row = 0; row < rows; row++) NR_TRY(read_row(out, wanted, count, row, err));
    return NEARER_OK;
}

void nr_columns_clear(nr_columns *c)
{
    nr_free(c->row);
    nr_free(c->numbers);
}

double *nr_column(const nr_columns *c, size_t k)
{
    return c->numbers + k * c->rows;
}

nearer_status nr_columns_tell(nearer_report *report, const nr_columns *c, nearer_error *err)
{
    if (c->missing + c->infinite == 0) return NEARER_OK;
    return nr_report_add_note(report, err,
                              "rows left out: %zu without a value, %zu with one that is inf",
                              c->missing, c->infinite);
}
