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
    enum { UNTYPED, NUMBERS, TEXTS } cells; /* of a text column: what its file says they are */
    double *numbers;                        /* one of the two */
    uint32_t
        *texts; /* where in table->bytes, from the first text of its CHUNK rows; NO_TEXT = "" */
} column;
enum { CHUNK = 1024 };
#define NO_TEXT UINT32_MAX

struct nearer_table {
    char *source, *row_word;
    column *columns;
    size_t column_count, column_capacity;
    size_t rows, row_capacity;
    size_t *lines; /* NULL while each row stands one line behind the one before */
    size_t first_line;
    nr_text bytes;
    size_t *chunks;       /* where the texts of each CHUNK rows begin, SIZE_MAX: none yet */
    size_t *first_vertex; /* of each row's drawn line, and one behind the last; NULL: no lines */
    nr_lonlat *vertices;
    size_t vertex_count, vertex_capacity, first_capacity, lined_rows;
    nr_layer_facts *facts;
    size_t shape[2];
    bool failed;
};

nearer_status nr_table_new(nearer_table **out, const char *source, const char *row_word,
                           nearer_error *err)
{
    nearer_table *table = nr_alloc(1, sizeof *table);
    if (table == NULL) return nr_fail_memory(err);
    if (source != NULL) {
        table->source = nr_copy_text(source, strlen(source));
        table->row_word = nr_copy_text(row_word, strlen(row_word));
        table->failed = table->source == NULL || table->row_word == NULL;
    }
    *out = table;
    return NEARER_OK;
}

static bool resize(column *c, size_t rows)
{
    bool is_text = c->decimals == NR_TEXT_COLUMN;
    void *moved = is_text ? nr_realloc(c->texts, rows, sizeof *c->texts)
                          : nr_realloc(c->numbers, rows, sizeof *c->numbers);
    if (moved == NULL) return false;
    if (is_text)
        c->texts = moved;
    else
        c->numbers = moved;
    return true;
}

static void set_missing(column *c, size_t row)
{
    if (c->decimals == NR_TEXT_COLUMN)
        c->texts[row] = NO_TEXT;
    else
        c->numbers[row] = NAN;
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
    bool good = c->name != NULL && (table->row_capacity == 0 || resize(c, table->row_capacity));
    for (size_t row = 0; good && row < table->rows; row++) set_missing(c, row);
    if (good) return table->column_count++;
    nr_free(c->name);
    table->failed = true;
    return table->column_count;
}

void nr_table_make_numbers(nearer_table *table, size_t col, int decimals)
{
    column *c = &table->columns[col];
    if (table->failed || c->decimals != NR_TEXT_COLUMN) return;
    double *numbers = nr_alloc(table->row_capacity, sizeof *numbers);
    if (numbers == NULL) {
        table->failed = true;
        return;
    }
    for (size_t row = 0; row < table->rows; row++)
        numbers[row] = nearer_table_number(table, row, col);
    nr_free(c->texts);
    *c = (column){.name = c->name, .decimals = decimals, .numbers = numbers};
}

size_t nr_table_add_column_like(nearer_table *table, const nearer_table *from, size_t col)
{
    const column *c = &from->columns[col];
    size_t at = nr_table_add_column(table, c->name, c->decimals);
    if (!table->failed)
        table->columns[at].cells = nr_table_holds_numbers(from, col) ? NUMBERS : TEXTS;
    return at;
}

static bool more_rows(nearer_table *table)
{
    size_t larger = table->row_capacity == 0 ? 64 : table->row_capacity * 2;
    for (size_t i = 0; i < table->column_count; i++)
        if (!resize(&table->columns[i], larger)) return false;
    size_t had = (table->row_capacity + CHUNK - 1) / CHUNK, has = (larger + CHUNK - 1) / CHUNK;
    size_t *chunks = nr_realloc(table->chunks, has, sizeof *chunks);
    if (chunks == NULL) return false;
    for (size_t i = had; i < has; i++) chunks[i] = SIZE_MAX;
    table->chunks = chunks;
    if (table->lines != NULL) {
        size_t *lines = nr_realloc(table->lines, larger, sizeof *lines);
        if (lines == NULL) return false;
        table->lines = lines;
    }
    table->row_capacity = larger;
    return true;
}

/* Keeps where a row stands in its file; one by one once they do not simply follow each other. */
static bool set_place(nearer_table *table, size_t row, size_t line)
{
    if (row == 0) table->first_line = line;
    if (table->lines == NULL) {
        if (line == table->first_line + row || line == 0) return true;
        table->lines = nr_alloc(table->row_capacity, sizeof *table->lines);
        if (table->lines == NULL) return false;
        for (size_t i = 0; i < row; i++) table->lines[i] = table->first_line + i;
    }
    table->lines[row] = line;
    return true;
}

size_t nr_table_add_row(nearer_table *table, size_t line)
{
    if (table->failed || (table->rows == table->row_capacity && !more_rows(table))) {
        table->failed = true;
        return 0;
    }
    size_t row = table->rows++;
    if (!set_place(table, row, line)) table->failed = true;
    for (size_t i = 0; i < table->column_count; i++) set_missing(&table->columns[i], row);
    return row;
}

static bool grow_firsts(nearer_table *table, size_t wanted)
{
    size_t larger = table->first_capacity * 2 > wanted ? table->first_capacity * 2 : wanted + 62;
    size_t *moved = nr_realloc(table->first_vertex, larger, sizeof *moved);
    if (moved == NULL) return false;
    if (table->first_vertex == NULL) moved[0] = 0;
    table->first_vertex = moved;
    table->first_capacity = larger;
    return true;
}

void nr_table_set_number(nearer_table *table, size_t row, size_t col, double value)
{
    if (!table->failed) table->columns[col].numbers[row] = value;
}

static void set_place_of_text(nearer_table *table, size_t row, size_t col, size_t at)
{
    size_t *chunk = &table->chunks[row / CHUNK];
    if (*chunk == SIZE_MAX) *chunk = at;
    if (at < *chunk || at - *chunk >= NO_TEXT)
        table->failed = true; /* cells set out of order, more than 4 GB apart */
    else
        table->columns[col].texts[row] = (uint32_t)(at - *chunk);
}

void nr_table_set_text(nearer_table *table, size_t row, size_t col, const char *text, size_t length)
{
    if (table->failed || length == 0) return;
    size_t at = table->bytes.length;
    nr_text_add(&table->bytes, text, length);
    nr_text_add(&table->bytes, "", 1);
    table->failed = table->bytes.failed;
    if (!table->failed) set_place_of_text(table, row, col, at);
}

void nr_table_set_typed(nearer_table *table, size_t row, size_t col, const char *text,
                        size_t length, bool number)
{
    column *c = &table->columns[col];
    if (c->cells != TEXTS) c->cells = number ? NUMBERS : TEXTS;
    nr_table_set_text(table, row, col, text, length);
}

void nr_table_adopt(nearer_table *table, char *bytes, size_t length)
{
    table->bytes = (nr_text){.bytes = bytes, .length = length, .capacity = length + 1};
}

void nr_table_add_adopted(nearer_table *table, size_t line, const size_t *cells)
{
    if (table->failed || (table->rows == table->row_capacity && !more_rows(table))) {
        table->failed = true;
        return;
    }
    size_t row = table->rows++, *chunk = &table->chunks[row / CHUNK];
    if (!set_place(table, row, line)) table->failed = true;
    for (size_t c = 0; c < table->column_count; c++) {
        uint32_t *text = &table->columns[c].texts[row];
        *text = NO_TEXT;
        if (cells[c] == NR_NO_TEXT) continue;
        if (*chunk == SIZE_MAX) *chunk = cells[c];
        if (cells[c] - *chunk >= NO_TEXT) table->failed = true; /* 1024 rows of more than 4 GB */
        *text = (uint32_t)(cells[c] - *chunk);
    }
}

void nr_table_set_line(nearer_table *table, size_t row, const nr_lonlat *vertices, size_t n)
{
    while (!table->failed && table->vertex_count + n > table->vertex_capacity)
        table->failed = !nr_grow((void **)&table->vertices, table->vertex_capacity,
                                 &table->vertex_capacity, sizeof *table->vertices);
    if (!table->failed && row + 1 >= table->first_capacity)
        table->failed = !grow_firsts(table, row + 2);
    if (table->failed) return;
    while (table->lined_rows < row) /* rows in between have none */
        table->first_vertex[++table->lined_rows] = table->vertex_count;
    if (n > 0) memcpy(table->vertices + table->vertex_count, vertices, n * sizeof *vertices);
    table->vertex_count += n;
    table->first_vertex[row + 1] = table->vertex_count;
    table->lined_rows = row + 1;
}

const nr_lonlat *nr_table_line(const nearer_table *table, size_t row, size_t *n)
{
    *n = 0;
    if (table->first_vertex == NULL || row >= table->lined_rows) return NULL;
    *n = table->first_vertex[row + 1] - table->first_vertex[row];
    return table->vertices + table->first_vertex[row];
}

void nr_table_set_facts(nearer_table *table, const nr_layer_facts *facts)
{
    table->facts = nr_alloc(1, sizeof *table->facts);
    if (table->facts != NULL)
        *table->facts = *facts;
    else
        table->failed = true;
}

void nr_table_set_shape(nearer_table *table, size_t rows, size_t columns)
{
    table->shape[0] = rows;
    table->shape[1] = columns;
}

void nr_table_shape(const nearer_table *table, size_t *rows, size_t *columns)
{
    *rows = table->shape[0];
    *columns = table->shape[1];
}

const nr_layer_facts *nr_table_facts(const nearer_table *table)
{
    return table->facts;
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

bool nr_table_starved(const nearer_table *table)
{
    return table->failed || table->bytes.failed;
}

nearer_status nr_table_finish(nearer_table **out, nearer_table *table, nearer_error *err)
{
    if (nr_table_starved(table)) {
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
    nr_free(table->chunks);
    nr_free(table->lines);
    nr_free(table->first_vertex);
    nr_free(table->vertices);
    nr_free(table->facts);
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
    if (c->decimals != NR_TEXT_COLUMN) return NULL;
    if (c->texts[row] == NO_TEXT) return "";
    return table->bytes.bytes + table->chunks[row / CHUNK] + c->texts[row];
}

double nearer_table_number(const nearer_table *table, size_t row, size_t col)
{
    const column *c = &table->columns[col];
    if (c->decimals != NR_TEXT_COLUMN) return c->numbers[row];
    double value = NAN;
    return nr_parse_number(nearer_table_text(table, row, col), &value) ? value : NAN;
}

const char *nr_table_source(const nearer_table *table)
{
    return table->source == NULL ? "" : table->source;
}

size_t nr_table_row_line(const nearer_table *table, size_t row)
{
    if (table->lines != NULL) return table->lines[row];
    return table->first_line > 0 ? table->first_line + row : 0;
}

const char *nr_table_where(const nearer_table *table, size_t row, char buffer[NR_WHERE])
{
    size_t line = nr_table_row_line(table, row);
    if (line == 0)
        snprintf(buffer, NR_WHERE, "%s", nr_table_source(table));
    else if (table->row_word != NULL && strcmp(table->row_word, "line") == 0)
        snprintf(buffer, NR_WHERE, "%s:%zu", nr_table_source(table), line);
    else
        snprintf(buffer, NR_WHERE, "%s %s %zu", nr_table_source(table),
                 table->row_word == NULL ? "row" : table->row_word, line);
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

/* Not a name made of digits: "007", a number of 16 digits, "+1". */
static bool is_plain_number(const char *text)
{
    double value;
    const char *digits = text + (*text == '-');
    if (strcmp(digits, "inf") == 0) return true; /* as we write it */
    size_t whole = strspn(digits, "0123456789");
    if (whole == 0 && *digits != '.') return false;
    if (digits[0] == '0' && whole > 1) return false;
    if (whole > 15) return false;
    return nr_parse_number(text, &value);
}

bool nr_table_holds_numbers(const nearer_table *table, size_t col)
{
    const column *c = &table->columns[col];
    bool filled = false;
    if (c->decimals != NR_TEXT_COLUMN || c->cells == NUMBERS) return true;
    if (c->cells == TEXTS || table->source == NULL) return false;
    for (size_t row = 0; row < table->rows; row++) {
        const char *text = nearer_table_text(table, row, col);
        if (text[0] == 0) continue;
        if (!is_plain_number(text)) return false;
        filled = true;
    }
    return filled;
}

bool *nr_table_number_columns(const nearer_table *table)
{
    bool *numbers = nr_alloc(table->column_count, sizeof *numbers);
    for (size_t c = 0; numbers != NULL && c < table->column_count; c++)
        numbers[c] = nr_table_holds_numbers(table, c);
    return numbers;
}

const char *nr_table_cell(const nearer_table *table, size_t row, size_t col,
                          char buffer[NR_NUMBER_TEXT])
{
    const char *text = nearer_table_text(table, row, col);
    return text != NULL ? text : nr_format_number(table->columns[col].numbers[row], buffer);
}
