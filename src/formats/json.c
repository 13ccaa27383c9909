/* JSON out: tables as arrays of objects, reports as one document. Written as it comes, so that a
 * matrix of millions of pairs needs no tree in memory. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"
#include "model/report.h"
#include "model/table.h"

void nr_json_add_text(nr_text *out, const char *text)
{
    nr_text_add(out, "\"", 1);
    for (const unsigned char *p = (const unsigned char *)text; *p != 0; p++) {
        if (*p == '"' || *p == '\\')
            nr_text_print(out, "\\%c", *p);
        else if (*p < 0x20)
            nr_text_print(out, "\\u%04x", *p);
        else
            nr_text_add(out, (const char *)p, 1);
    }
    nr_text_add(out, "\"", 1);
}

bool nr_json_add_cell(nr_text *out, const nearer_table *table, size_t row, size_t column,
                      bool number)
{
    char room[NR_NUMBER_TEXT];
    double value = number ? nearer_table_number(table, row, column) : NAN;
    const char *text = number ? NULL : nearer_table_text(table, row, column);
    if (isfinite(value))
        nr_text_add_word(out, nr_format_number(value, room));
    else if (text != NULL && text[0] != 0)
        nr_json_add_text(out, text);
    else
        nr_text_add_word(out, "null");
    return !isinf(value);
}

/* "name": value, ... of one row; returns how many of its numbers are infinite. */
static size_t add_members(nr_text *out, const nearer_table *table, size_t row, const bool *numbers)
{
    size_t lost = 0;
    for (size_t c = 0; c < nearer_table_columns(table); c++) {
        if (c > 0) nr_text_add_word(out, ", ");
        nr_json_add_text(out, nearer_table_column_name(table, c));
        nr_text_add_word(out, ": ");
        lost += !nr_json_add_cell(out, table, row, c, numbers[c]);
    }
    return lost;
}

size_t nr_json_add_table(nr_text *out, const nearer_table *table)
{
    size_t lost = 0;
    bool *numbers = nr_table_number_columns(table);
    out->failed = out->failed || numbers == NULL;
    if (numbers == NULL) return 0;
    nr_text_add_word(out, "[");
    for (size_t r = 0; r < nearer_table_rows(table); r++) {
        nr_text_add_word(out, r > 0 ? ",\n{" : "\n{");
        lost += add_members(out, table, r, numbers);
        nr_text_add_word(out, "}");
    }
    nr_text_add_word(out, "\n]");
    nr_free(numbers);
    return lost;
}

nearer_status nearer_report_json(char **out, const nearer_report *report, nearer_error *err)
{
    nr_text text = {0};
    nr_text_add_word(&text, "{");
    for (size_t i = 0; i < nearer_report_tables(report); i++) {
        const nearer_table *table = nearer_report_table(report, i);
        if (nr_report_is_head(report, i)) {
            bool *numbers = nr_table_number_columns(table);
            text.failed = text.failed || numbers == NULL;
            if (numbers != NULL) add_members(&text, table, 0, numbers);
            nr_free(numbers);
        } else {
            nr_json_add_text(&text, nearer_report_table_id(report, i));
            nr_text_add_word(&text, ": ");
            nr_json_add_table(&text, table);
        }
        nr_text_add_word(&text, ",\n");
    }
    nr_text_add_word(&text, "\"notes\": [");
    for (size_t i = 0; i < nearer_report_notes(report); i++) {
        nr_text_add_word(&text, i > 0 ? ",\n" : "\n");
        nr_json_add_text(&text, nearer_report_note(report, i));
    }
    nr_text_add_word(&text, "]}\n");
    char *bytes = nr_text_take(&text);
    if (bytes == NULL) return nr_fail_memory(err);
    *out = bytes;
    return NEARER_OK;
}

nearer_status nearer_table_json(char **out, const nearer_table *table, nearer_error *err)
{
    nr_text text = {0};
    nr_json_add_table(&text, table);
    nr_text_add_word(&text, "\n");
    char *bytes = nr_text_take(&text);
    if (bytes == NULL) return nr_fail_memory(err);
    *out = bytes;
    return NEARER_OK;
}

void nearer_text_free(char *text)
{
    nr_free(text);
}

static nearer_status write_json(nr_output *out, const nearer_table *table, nearer_error *err)
{
    (void)err;
    nr_text *text = nr_output_add(out, "");
    out->lost = nr_json_add_table(text, table);
    nr_text_add_word(text, "\n");
    return NEARER_OK;
}

const nr_format nr_format_json = {
    .id = "json",
    .title = "table as an array of objects",
    .endings = ".json",
    .write = write_json,
};
