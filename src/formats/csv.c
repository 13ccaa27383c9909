/* CSV by RFC 4180, with or without byte order mark; comma, semicolon or tab by the header line. */
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "formats/csv.h"
#include "formats/format.h"
#include "model/table.h"

typedef struct scanner {
    const char *path;
    char *bytes, *at; /* a 0 stands behind the last */
    char separator;
    bool ends[256]; /* bytes a field without quotes ends before */
    size_t line;    /* of the field now read */
    char *field;    /* unquoted, in its place in `bytes`; ended by a 0 */
    size_t length;
    bool last; /* the field ended its row */
    nearer_error *err;
} scanner;

/* Moves what stands between the quotes to the left over those that are doubled. */
static nearer_status scan_quoted(scanner *s)
{
    size_t opened = s->line;
    char *to = ++s->at;
    s->field = to;
    for (;; s->at++) {
        if (*s->at == 0)
            return nr_fail(s->err, NEARER_SYNTAX, "%s:%zu: a quoted field is not closed", s->path,
                           opened);
        if (*s->at == '"' && *++s->at != '"') break;
        s->line += *s->at == '\n';
        *to++ = *s->at;
    }
    s->length = (size_t)(to - s->field);
    char behind = *s->at; /* `to` may stand on it only when it is no separator */
    if (s->ends[(unsigned char)behind]) return NEARER_OK;
    return nr_fail(s->err, NEARER_SYNTAX,
                   "%s:%zu: '%c' stands behind a closing quote, a separator was expected", s->path,
                   s->line, behind);
}

/* Reads one field and what ends it. */
static nearer_status scan_field(scanner *s)
{
    if (*s->at == '"') {
        NR_TRY(scan_quoted(s));
    } else {
        char *at = s->at;
        s->field = at;
        while (!s->ends[(unsigned char)*at]) at++;
        s->length = (size_t)(at - s->field);
        s->at = at;
    }
    char end = *s->at;
    s->last = end != s->separator;
    if (end != 0) s->at++;
    if (end == '\r' && *s->at == '\n') s->at++;
    s->field[s->length] = 0;
    return NEARER_OK;
}

/* By the header line: a tab is never part of a name, a comma or semicolon may be. */
static char guess_separator(const char *bytes)
{
    size_t commas = 0, semicolons = 0;
    bool quoted = false;
    for (; *bytes != 0; bytes++) {
        if (*bytes == '"') quoted = !quoted;
        if (quoted) continue;
        if (*bytes == '\n' || *bytes == '\r') break;
        if (*bytes == '\t') return '\t';
        commas += *bytes == ',';
        semicolons += *bytes == ';';
    }
    return semicolons > commas ? ';' : ',';
}

static nearer_status scan_header(scanner *s, nearer_table *table, size_t *columns)
{
    nr_names seen = {0};
    nearer_status status = NEARER_OK;
    do {
        status = scan_field(s);
        if (status != NEARER_OK) break;
        size_t before = seen.count;
        if (s->length == 0)
            status = nr_fail(s->err, NEARER_SYNTAX, "%s:%zu: column %zu has no name", s->path,
                             s->line, before + 1);
        else if (nr_names_add(&seen, s->field) == NR_NO_NAME)
            status = nr_fail_memory(s->err);
        else if (seen.count == before)
            status = nr_fail(s->err, NEARER_SYNTAX, "%s:%zu: column '%s' stands twice", s->path,
                             s->line, s->field);
        nr_table_add_column(table, s->field, NR_TEXT_COLUMN);
    } while (status == NEARER_OK && !s->last);
    *columns = seen.count;
    nr_names_clear(&seen);
    s->line++;
    return status;
}

static nearer_status scan_row(scanner *s, nearer_table *table, size_t *cells, size_t columns)
{
    size_t first_line = s->line, n = 0;
    bool said = columns == 1 && *s->at == '"'; /* "" is a cell where it is a whole row */
    do {
        NR_TRY(scan_field(s));
        if (n == 0 && s->last && s->length == 0 && !said) break; /* blank line */
        if (n < columns) cells[n] = s->length > 0 ? (size_t)(s->field - s->bytes) : NR_NO_TEXT;
        n++;
    } while (!s->last);
    s->line++;
    if (n == columns)
        nr_table_add_adopted(table, first_line, cells);
    else if (n != 0)
        return nr_fail(s->err, NEARER_SYNTAX, "%s:%zu: %zu fields, %zu were expected", s->path,
                       first_line, n, columns);
    return NEARER_OK;
}

static nearer_status scan_rows(scanner *s, nearer_table *table, size_t columns)
{
    size_t *cells = nr_alloc(columns, sizeof *cells);
    if (cells == NULL) return nr_fail_memory(s->err);
    nearer_status status = NEARER_OK;
    while (status == NEARER_OK && *s->at != 0) status = scan_row(s, table, cells, columns);
    nr_free(cells);
    return status;
}

/* The table's texts stay where they stand in the bytes, which the table takes over. */
nearer_status nr_csv_scan(nearer_table **out, char *bytes, size_t length, const char *name,
                          nearer_error *err)
{
    nearer_table *table = NULL;
    size_t columns = 0;
    nearer_status status = nr_table_new(&table, name, "line", err);
    if (status != NEARER_OK) {
        nr_free(bytes);
        return status;
    }
    nr_table_adopt(table, bytes, length);
    scanner s = {.path = name, .bytes = bytes, .at = bytes, .line = 1, .err = err};
    s.separator = guess_separator(bytes);
    s.ends[0] = s.ends['\n'] = s.ends['\r'] = s.ends[(unsigned char)s.separator] = true;
    if (length == 0)
        status =
            nr_fail(err, NEARER_SYNTAX, "%s: the file is empty, a header line was expected", name);
    if (status == NEARER_OK) status = scan_header(&s, table, &columns);
    if (status == NEARER_OK) status = scan_rows(&s, table, columns);
    if (status == NEARER_OK) return nr_table_finish(out, table, err);
    nearer_table_free(table);
    return status;
}

static nearer_status read_csv(nearer_table **out, const char *path, const nearer_reading *how,
                              nearer_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    NR_TRY(nr_file_read_text(&bytes, &length, path, how->encoding, err));
    return nr_csv_scan(out, bytes, length, path, err);
}

/* An empty cell that is a whole row is quoted too: a blank line would be no row. */
void nr_csv_add_field(nr_text *out, const char *text, bool whole_row)
{
    if (strpbrk(text, ",;\t\"\r\n") == NULL && !(whole_row && text[0] == 0)) {
        nr_text_add_word(out, text);
        return;
    }
    nr_text_add(out, "\"", 1);
    for (const char *p = text; *p != 0; p++)
        nr_text_add(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    nr_text_add(out, "\"", 1);
}

static void write_rows(nr_text *out, const nearer_table *table, const char *separator)
{
    size_t columns = nearer_table_columns(table);
    for (size_t c = 0; c < columns; c++) {
        if (c > 0) nr_text_add_word(out, separator);
        nr_csv_add_field(out, nearer_table_column_name(table, c), columns == 1);
    }
    nr_text_add(out, "\n", 1);
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        for (size_t c = 0; c < columns; c++) {
            char number[NR_NUMBER_TEXT];
            if (c > 0) nr_text_add_word(out, separator);
            nr_csv_add_field(out, nr_table_cell(table, r, c, number), columns == 1);
        }
        nr_text_add(out, "\n", 1);
    }
}

static nearer_status write_csv(nr_output *out, const nearer_table *table, nearer_error *err)
{
    (void)err;
    write_rows(nr_output_add(out, ""), table, ",");
    return NEARER_OK;
}

static nearer_status write_tsv(nr_output *out, const nearer_table *table, nearer_error *err)
{
    (void)err;
    write_rows(nr_output_add(out, ""), table, "\t");
    return NEARER_OK;
}

nearer_status nearer_table_csv(char **out, const nearer_table *table, nearer_error *err)
{
    nr_text text = {0};
    write_rows(&text, table, ",");
    char *bytes = nr_text_take(&text);
    if (bytes == NULL) return nr_fail_memory(err);
    *out = bytes;
    return NEARER_OK;
}

const nr_format nr_format_csv = {
    .id = "csv",
    .title = "table, comma-separated (RFC 4180)",
    .endings = ".csv .txt .csv.gz",
    .read = read_csv,
    .write = write_csv,
    .stream = &nr_csv_streaming,
};

const nr_format nr_format_tsv = {
    .id = "tsv",
    .title = "table, tab-separated",
    .endings = ".tsv .tsv.gz",
    .read = read_csv,
    .write = write_tsv,
    .stream = &nr_tsv_streaming,
};
