#include "model/table.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/unknown.h"

typedef struct column {
    char *name;
    int decimals;
    double *numbers; /* one of the two */
    size_t *texts;   /* offsets into table->bytes; 0 = "" */
} column;

struct nearer_table {
    char *source, *row_word;
    column *columns;
    size_t column_count, column_capacity;
    size_t rows, row_capacity;
    size_t *lines;
    nr_text bytes;
    bool failed;
};

nearer_status nr_table_new(nearer_table **out, const char *source, const char *row_word,
                           nearer_error *err)
{
    nearer_table *table = nr_alloc(1, sizeof *table);
    if (table == NULL) return nr_fail_memory(err);
    nr_text_add(&table->bytes, "", 1); /* offset 0 is the empty text */
    if (source != NULL) {
        table->source = nr_copy_text(source, strlen(source));
        table->row_word = nr_copy_text(row_word, strlen(row_word));
        table->failed = table->source == NULL || table->row_word == NULL;
    }
    *out = table;
    return NEARER_OK;
}

size_t nr_table_add_column(nearer_table *table, const char *name, int decimals)
{
    if (!nr_grow((void **)&table->columns, table->column_count, &table->column_capacity,
                 sizeof *table->columns)) {
        table->failed = true;
        return table->column_count;
    }
    column *c = &table->columns[table->column_count];
    *c = (column){.name = nr_copy_text(name, strlen(name)), .decimals = decimals};
    if (c->name == NULL) {
        table->failed = true;
        return table->column_count;
    }
    return table->column_count++;
}

static bool more_rows(nearer_table *table)
{
    size_t larger = table->row_capacity == 0 ? 64 : table->row_capacity * 2;
    for (size_t i = 0; i < table->column_count; i++) {
        column *c = &table->columns[i];
        bool is_text = c->decimals == NR_TEXT_COLUMN;
        void *moved = is_text ? nr_realloc(c->texts, larger, sizeof *c->texts)
                              : nr_realloc(c->numbers, larger, sizeof *c->numbers);
        if (moved == NULL) return false;
        if (is_text)
            c->texts = moved;
        else
            c->numbers = moved;
    }
    size_t *lines = nr_realloc(table->lines, larger, sizeof *lines);
    if (lines == NULL) return false;
    table->lines = lines;
    table->row_capacity = larger;
    return true;
}

size_t nr_table_add_row(nearer_table *table, size_t line)
{
    if (table->failed || (table->rows == table->row_capacity && !more_rows(table))) {
        table->failed = true;
        return 0;
    }
    size_t row = table->rows++;
    table->lines[row] = line;
    for (size_t i = 0; i < table->column_count; i++) {
        column *c = &table->columns[i];
        if (c->decimals == NR_TEXT_COLUMN)
            c->texts[row] = 0;
        else
            c->numbers[row] = NAN;
    }
    return row;
}

void nr_table_set_number(nearer_table *table, size_t row, size_t col, double value)
{
    if (!table->failed) table->columns[col].numbers[row] = value;
}

void nr_table_set_text(nearer_table *table, size_t row, size_t col, const char *text, size_t length)
{
    if (table->failed || length == 0) return;
    size_t at = table->bytes.length;
    nr_text_add(&table->bytes, text, length);
    nr_text_add(&table->bytes, "", 1);
    table->failed = table->bytes.failed;
    table->columns[col].texts[row] = at;
}

void nr_table_put(nearer_table *table, ...)
{
    size_t row = nr_table_add_row(table, 0);
    va_list args;
    va_start(args, table);
    for (size_t i = 0; i < table->column_count && !table->failed; i++) {
        if (table->columns[i].decimals == NR_TEXT_COLUMN) {
            const char *text = va_arg(args, const char *);
            nr_table_set_text(table, row, i, text, strlen(text));
        } else {
            nr_table_set_number(table, row, i, va_arg(args, double));
        }
    }
    va_end(args);
}

nearer_status nr_table_finish(nearer_table **out, nearer_table *table, nearer_error *err)
{
    if (table->failed || table->bytes.failed) {
        nearer_table_free(table);
        return nr_fail_memory(err);
    }
    *out = table;
    return NEARER_OK;
}

void nearer_table_free(nearer_table *table)
{
    if (table == NULL) return;
    for (size_t i = 0; i < table->column_count; i++) {
        nr_free(table->columns[i].name);
        nr_free(table->columns[i].numbers);
        nr_free(table->columns[i].texts);
    }
    nr_free(table->columns);
    nr_free(table->lines);
    nr_free(table->source);
    nr_free(table->row_word);
    nr_text_clear(&table->bytes);
    nr_free(table);
}

size_t nearer_table_rows(const nearer_table *table)
{
    return table->rows;
}

size_t nearer_table_columns(const nearer_table *table)
{
    return table->column_count;
}

const char *nearer_table_column_name(const nearer_table *table, size_t col)
{
    return table->columns[col].name;
}

int nearer_table_column_decimals(const nearer_table *table, size_t col)
{
    return table->columns[col].decimals;
}

ptrdiff_t nearer_table_find(const nearer_table *table, const char *column_name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, column_name) == 0) return (ptrdiff_t)i;
    return -1;
}

const char *nearer_table_text(const nearer_table *table, size_t row, size_t col)
{
    const column *c = &table->columns[col];
    return c->decimals == NR_TEXT_COLUMN ? table->bytes.bytes + c->texts[row] : NULL;
}

double nearer_table_number(const nearer_table *table, size_t row, size_t col)
{
    const column *c = &table->columns[col];
    if (c->decimals != NR_TEXT_COLUMN) return c->numbers[row];
    double value = NAN;
    return nr_parse_number(table->bytes.bytes + c->texts[row], &value) ? value : NAN;
}

const char *nr_table_source(const nearer_table *table)
{
    return table->source == NULL ? "" : table->source;
}

const char *nr_table_where(const nearer_table *table, size_t row, char buffer[NR_WHERE])
{
    if (table->row_word != NULL && strcmp(table->row_word, "line") == 0)
        snprintf(buffer, NR_WHERE, "%s:%zu", nr_table_source(table), table->lines[row]);
    else
        snprintf(buffer, NR_WHERE, "%s %s %zu", nr_table_source(table),
                 table->row_word == NULL ? "row" : table->row_word, table->lines[row]);
    return buffer;
}

static const char *known_column(const void *table, size_t i)
{
    const nearer_table *t = table;
    return i < t->column_count ? t->columns[i].name : NULL;
}

nearer_status nr_table_require(size_t *out, const nearer_table *table, const char *column_name,
                               nearer_error *err)
{
    ptrdiff_t found = nearer_table_find(table, column_name);
    if (found >= 0) {
        *out = (size_t)found;
        return NEARER_OK;
    }
    return nr_fail_unknown(err, column_name, known_column, table, "%s: no column '%s'",
                           nr_table_source(table), column_name);
}

nearer_status nr_table_read_number(double *out, const nearer_table *table, size_t row, size_t col,
                                   nearer_error *err)
{
    const char *text = nearer_table_text(table, row, col);
    if (text == NULL) {
        *out = table->columns[col].numbers[row];
    } else if (text[0] == 0) {
        *out = NAN;
    } else if (!nr_parse_number(text, out)) {
        char where[NR_WHERE];
        return nr_fail(err, NEARER_VALUE, "%s: %s is '%.80s', a number was expected",
                       nr_table_where(table, row, where), table->columns[col].name, text);
    }
    return NEARER_OK;
}

const char *nr_table_cell(const nearer_table *table, size_t row, size_t col,
                          char buffer[NR_NUMBER_TEXT])
{
    const char *text = nearer_table_text(table, row, col);
    return text != NULL ? text : nr_format_number(table->columns[col].numbers[row], buffer);
}
