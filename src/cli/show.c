/* Answers onto the screen. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

nearer_status cli_ask(cli_question *question, const cli_options *options, nearer_error *err)
{
    nearer_study *study = NULL;
    nearer_report *report = NULL;
    CLI_TRY(cli_open(&study, options, err));
    nearer_status status = question(&report, study, options, err);
    nearer_study_free(study);
    return status == NEARER_OK ? cli_show(report, options, err) : status;
}

/* Columns a text takes on a terminal: East Asian characters take two. */
static int width(const char *text)
{
    int columns = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != 0; p++) {
        if ((*p & 0xC0) == 0x80) continue;
        bool wide = *p >= 0xE3 && *p <= 0xED && !(*p == 0xE3 && p[1] < 0x80);
        columns += wide || *p == 0xEF ? 2 : 1;
    }
    return columns;
}

enum { CELL = 256 };

/* A cell as a person reads it; a long text is cut between two characters. */
static void cell(char out[CELL], const nearer_table *table, size_t row, size_t column)
{
    const char *text = nearer_table_text(table, row, column);
    double value = text == NULL ? nearer_table_number(table, row, column) : 0;
    if (text != NULL) {
        size_t n = strlen(text) < CELL ? strlen(text) : CELL - 1;
        while (n > 0 && (text[n] & 0xC0) == 0x80) n--;
        memcpy(out, text, n);
        out[n] = 0;
    } else if (isnan(value)) {
        snprintf(out, CELL, "-");
    } else {
        int n = snprintf(out, CELL, "%.*f", nearer_table_column_decimals(table, column), value);
        if (strspn(out, "-0.") == (size_t)n && out[0] == '-') memmove(out, out + 1, (size_t)n);
    }
}

static void print_cell(const char *text, int columns, bool right, bool last)
{
    int gap = columns - width(text);
    if (gap < 0) gap = 0;
    if (right) printf("%*s", gap, "");
    printf("%s", text);
    if (!right && !last) printf("%*s", gap, "");
    printf(last ? "\n" : "  ");
}

/* Columns of the terminal; without one there is no limit. */
static int terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return INT_MAX;
    return size.ws_col > 0 ? size.ws_col : INT_MAX;
}

/* Fills the widths of the columns and returns how many of them fit beside each other. */
static size_t measure_columns(int *widths, const nearer_table *table, size_t rows)
{
    char text[CELL];
    int used = 0, limit = terminal_width();
    size_t columns = nearer_table_columns(table);
    for (size_t c = 0; c < columns; c++) {
        widths[c] = width(nearer_table_column_name(table, c));
        for (size_t r = 0; r < rows; r++) {
            cell(text, table, r, c);
            if (width(text) > widths[c]) widths[c] = width(text);
        }
        used += widths[c] + (c > 0 ? 2 : 0);
        if (used > limit && c > 0) return c;
    }
    return columns;
}

void cli_print_table(const nearer_table *table, const char *title, size_t rows)
{
    size_t columns = nearer_table_columns(table), all = nearer_table_rows(table);
    size_t shown = rows == 0 || rows > all ? all : rows;
    int *widths = calloc(columns == 0 ? 1 : columns, sizeof *widths);
    if (widths == NULL) return;
    char text[CELL];
    size_t fit = measure_columns(widths, table, shown);
    printf("%s\n", title);
    for (size_t c = 0; c < fit; c++)
        print_cell(nearer_table_column_name(table, c), widths[c],
                   nearer_table_column_decimals(table, c) >= 0, c + 1 == fit);
    for (size_t r = 0; r < shown; r++)
        for (size_t c = 0; c < fit; c++) {
            cell(text, table, r, c);
            print_cell(text, widths[c], nearer_table_column_decimals(table, c) >= 0, c + 1 == fit);
        }
    if (shown < all) printf("... %zu more rows (--top 0 shows all)\n", all - shown);
    if (fit < columns)
        printf("... %zu more columns do not fit here (-o FILE.csv has all)\n", columns - fit);
    if (all == 0) printf("(none)\n");
    free(widths);
}

static nearer_status choose_table(size_t *out, const nearer_report *report, const char *id,
                                  nearer_error *err)
{
    char known[300] = "";
    *out = 0;
    if (id == NULL) return NEARER_OK;
    for (size_t i = 0; i < nearer_report_tables(report); i++) {
        const char *name = nearer_report_table_id(report, i);
        if (strcmp(name, id) == 0) {
            *out = i;
            return NEARER_OK;
        }
        size_t n = strlen(known);
        snprintf(known + n, sizeof known - n, "%s%s", i > 0 ? ", " : "", name);
    }
    return cli_fail(err, NEARER_NAME, "no table '%s'; there are: %s", id, known);
}

static bool ends_in(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

bool cli_wants_json(const cli_options *o)
{
    return o->json || (o->output != NULL && ends_in(o->output, ".json") && o->table == NULL);
}

bool cli_wants_chart(const cli_options *o)
{
    return !cli_wants_json(o) && o->output != NULL && ends_in(o->output, ".svg");
}

static nearer_status print_bytes(char *bytes, nearer_error *err)
{
    size_t n = strlen(bytes);
    bool good = fwrite(bytes, 1, n, stdout) == n;
    nearer_text_free(bytes);
    return good ? NEARER_OK : cli_fail(err, NEARER_IO, "stdout cannot be written");
}

static nearer_status show(const nearer_report *report, const cli_options *o, nearer_error *err)
{
    size_t chosen;
    char *bytes = NULL;
    CLI_TRY(choose_table(&chosen, report, o->table, err));
    const nearer_table *table = nearer_report_table(report, chosen);
    if (o->output != NULL && cli_wants_json(o)) {
        CLI_TRY(nearer_report_json(&bytes, report, err));
        nearer_status status = nearer_text_write(o->output, bytes, err);
        nearer_text_free(bytes);
        return status;
    }
    if (cli_wants_chart(o)) return nearer_chart_write(o->output, report, err);
    if (o->output != NULL) return nearer_table_write(table, o->output, err);
    if (o->json) {
        CLI_TRY(o->table == NULL ? nearer_report_json(&bytes, report, err)
                                 : nearer_table_json(&bytes, table, err));
        return print_bytes(bytes, err);
    }
    if (!o->text && !isatty(STDOUT_FILENO)) {
        CLI_TRY(nearer_table_csv(&bytes, table, err));
        return print_bytes(bytes, err);
    }
    for (size_t i = 0; i < nearer_report_tables(report); i++) {
        if (o->table != NULL && i != chosen) continue;
        if (i > 0 && o->table == NULL) printf("\n");
        cli_print_table(nearer_report_table(report, i), nearer_report_table_title(report, i),
                        o->top_rows);
    }
    return NEARER_OK;
}

void cli_notes(nearer_report *report)
{
    for (size_t i = 0; report != NULL && nearer_is_first_rank() && i < nearer_report_notes(report);
         i++)
        fprintf(stderr, "note: %s\n", nearer_report_note(report, i));
    nearer_report_free(report);
}

nearer_status cli_show(nearer_report *report, const cli_options *options, nearer_error *err)
{
    nearer_status status = nearer_is_first_rank() ? show(report, options, err) : NEARER_OK;
    if (status == NEARER_OK && fflush(stdout) != 0)
        status = cli_fail(err, NEARER_IO, "stdout cannot be written");
    if (status == NEARER_OK)
        cli_notes(report);
    else
        nearer_report_free(report);
    return status;
}
