/* Ids of rows: a column of them, or the rows' own numbers. */
#include <string.h>

#include "model/table.h"

nearer_status nr_table_require_id(size_t *out, const nearer_table *table, const char *column_name,
                                  nearer_error *err)
{
    if (strcmp(column_name, "#") != 0 || nearer_table_find(table, "#") >= 0)
        return nr_table_require(out, table, column_name, err);
    *out = NR_ROW_NUMBER;
    return NEARER_OK;
}

const char *nr_table_id(const nearer_table *table, size_t row, size_t column,
                        char buffer[NR_NUMBER_TEXT])
{
    return column == NR_ROW_NUMBER ? nr_format_number((double)(row + 1), buffer)
                                   : nr_table_cell(table, row, column, buffer);
}
