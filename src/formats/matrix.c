#include "formats/matrix.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

static bool find_ends(const nearer_table *table, size_t ends[2], bool *numbered)
{
    static const char *const names[][2] = {{"from_id", "to_id"}, {"from_row", "to_row"}};
    for (size_t i = 0; i < 2; i++) {
        ptrdiff_t from = nearer_table_find(table, names[i][0]);
        ptrdiff_t to = nearer_table_find(table, names[i][1]);
        if (from < 0 || to < 0) continue;
        ends[0] = (size_t)from;
        ends[1] = (size_t)to;
        *numbered = i == 1;
        return true;
    }
    return false;
}

/* Columns of numbers; those of a file that was read are text. */
static bool is_number_column(const nearer_table *table, size_t c)
{
    bool any = false;
    if (nearer_table_column_decimals(table, c) >= 0) return true;
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        const char *text = nearer_table_text(table, r, c);
        double value;
        if (text[0] == 0) continue;
        if (!nr_parse_number(text, &value)) return false;
        any = true;
    }
    return any;
}

static nearer_status find_columns(nr_matrix *m, const size_t ends[2], nearer_error *err)
{
    size_t n = nearer_table_columns(m->table);
    m->columns = nr_alloc(n, sizeof *m->columns);
    if (m->columns == NULL) return nr_fail_memory(err);
    for (size_t c = 0; c < n; c++)
        if (c != ends[0] && c != ends[1] && is_number_column(m->table, c))
            m->columns[m->column_count++] = c;
    if (m->column_count > 0) return NEARER_OK;
    return nr_fail(err, NEARER_VALUE, "the table has no column of numbers beside its pairs");
}

static nearer_status read_index(uint32_t *out, nr_matrix *m, size_t row, size_t column,
                                nearer_error *err)
{
    char where[NR_WHERE], number[NR_NUMBER_TEXT];
    if (!m->numbered) {
        size_t index = nr_names_add(&m->ids, nr_table_cell(m->table, row, column, number));
        *out = (uint32_t)index;
        return index == NR_NO_NAME ? nr_fail_memory(err) : NEARER_OK;
    }
    double value = nearer_table_number(m->table, row, column);
    if (!(value >= 1 && value <= 1e6 && value == floor(value)))
        return nr_fail(err, NEARER_VALUE, "%s: %s is %s, a whole number from 1 was expected",
                       nr_table_where(m->table, row, where),
                       nearer_table_column_name(m->table, column), nr_format_number(value, number));
    *out = (uint32_t)value - 1;
    if (value > (double)m->n) m->n = (size_t)value;
    return NEARER_OK;
}

static nearer_status read_pairs(nr_matrix *m, const size_t ends[2], nearer_error *err)
{
    size_t rows = nearer_table_rows(m->table);
    m->from = nr_alloc(rows, sizeof *m->from);
    m->to = nr_alloc(rows, sizeof *m->to);
    if (m->from == NULL || m->to == NULL) return nr_fail_memory(err);
    for (size_t r = 0; r < rows; r++) NR_TRY(read_index(&m->from[r], m, r, ends[0], err));
    for (size_t r = 0; r < rows; r++) NR_TRY(read_index(&m->to[r], m, r, ends[1], err));
    if (!m->numbered) {
        m->n = m->ids.count;
        return NEARER_OK;
    }
    size_t height, width;
    nr_table_shape(m->table, &height, &width);
    if (height == width && height > m->n) m->n = height; /* the last of them without numbers */
    return NEARER_OK;
}

nearer_status nr_matrix_begin(nr_matrix *out, const nearer_table *table, nearer_error *err)
{
    nr_matrix m = {.table = table};
    size_t ends[2];
    if (!find_ends(table, ends, &m.numbered))
        return nr_fail(err, NEARER_VALUE,
                       "the table has no pairs: columns from_id and to_id were expected");
    nearer_status status = find_columns(&m, ends, err);
    if (status == NEARER_OK) status = read_pairs(&m, ends, err);
    if (status == NEARER_OK)
        *out = m;
    else
        nr_matrix_clear(&m);
    return status;
}

nearer_status nr_matrix_fill(double *cells, const nr_matrix *m, size_t column, nearer_error *err)
{
    size_t n = m->n, rows = nearer_table_rows(m->table);
    bool own = false, *seen = nr_alloc(n * n, sizeof *seen);
    char where[NR_WHERE];
    nearer_status status = seen == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t k = 0; k < n * n; k++) cells[k] = NAN;
    for (size_t r = 0; r < rows && status == NEARER_OK; r++) {
        size_t k = m->from[r] * n + m->to[r];
        if (seen[k])
            status = nr_fail(err, NEARER_VALUE, "%s: the pair stands twice",
                             nr_table_where(m->table, r, where));
        seen[k] = true;
        own = own || m->from[r] == m->to[r];
        cells[k] = nearer_table_number(m->table, r, column);
    }
    for (size_t i = 0; i < n && !own; i++) cells[i * n + i] = 0;
    nr_free(seen);
    return status;
}

void nr_matrix_clear(nr_matrix *matrix)
{
    nr_names_clear(&matrix->ids);
    nr_free(matrix->from);
    nr_free(matrix->to);
    nr_free(matrix->columns);
    *matrix = (nr_matrix){0};
}

static void put_pair(nearer_table *table, size_t i, size_t j, const nr_names *ids)
{
    size_t row = nr_table_add_row(table, 0);
    const size_t ends[] = {i, j};
    for (size_t c = 0; c < 2; c++) {
        if (ids == NULL)
            nr_table_set_number(table, row, c, (double)(ends[c] + 1));
        else
            nr_table_set_text(table, row, c, ids->texts[ends[c]], strlen(ids->texts[ends[c]]));
    }
}

/* Whether it says something of the ways from places to themselves: 0 to all says nothing. */
static bool has_own(const nr_cells *matrices, size_t count, size_t rows, size_t columns)
{
    if (rows != columns) return true;
    for (size_t m = 0; m < count; m++)
        for (size_t i = 0; i < rows; i++)
            if (matrices[m].values[i * columns + i] != 0) return true;
    return false;
}

nearer_status nr_matrix_table(nearer_table **out, const char *path, const nr_cells *matrices,
                              size_t count, size_t rows, size_t columns, const nr_names *ids,
                              nearer_error *err)
{
    nearer_table *table = NULL;
    NR_TRY(nr_table_new(&table, path, "row", err));
    nr_table_add_column(table, ids == NULL ? "from_row" : "from_id", ids == NULL ? 0 : -1);
    nr_table_add_column(table, ids == NULL ? "to_row" : "to_id", ids == NULL ? 0 : -1);
    for (size_t m = 0; m < count; m++) nr_table_add_column(table, matrices[m].name, 2);
    if (ids == NULL) nr_table_set_shape(table, rows, columns);
    size_t row = 0;
    bool own = has_own(matrices, count, rows, columns);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            bool any = false;
            if (i == j && !own) continue;
            for (size_t m = 0; m < count; m++)
                any = any || !isnan(matrices[m].values[i * columns + j]);
            if (!any) continue;
            put_pair(table, i, j, ids);
            for (size_t m = 0; m < count; m++)
                nr_table_set_number(table, row, m + 2, matrices[m].values[i * columns + j]);
            row++;
        }
    return nr_table_finish(out, table, err);
}
