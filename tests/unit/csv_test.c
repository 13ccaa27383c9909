#include <math.h>

#include "base/memory.h"
#include "formats/format.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static nearer_table *read_text(const char *name, const char *text)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file(name, text), NULL, &err));
    return table;
}

static void assert_refused(const char *name, const char *text, nearer_status status,
                           const char *part)
{
    nearer_table *table = NULL;
    assert_fails(nearer_table_read(&table, write_file(name, text), NULL, &err), status, part);
    assert_null(table);
}

static void assert_cell(const nearer_table *table, size_t row, size_t column, const char *expected)
{
    assert_true(row < nearer_table_rows(table) && column < nearer_table_columns(table));
    assert_string_equal(nearer_table_text(table, row, column), expected);
}

static bool is_there(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file != NULL) fclose(file);
    return file != NULL;
}

static void assert_holds(const char *path, const char *expected)
{
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, path, &err));
    assert_string_equal(bytes, expected);
    nr_free(bytes);
}

/* ---- reading ---- */

static void read_csv__refuses_an_empty_file(void **state)
{
    (void)state;
    assert_refused("csv_empty.csv", "", NEARER_SYNTAX, "csv_empty.csv: the file is empty");
    assert_refused("csv_empty.csv", "\xEF\xBB\xBF", NEARER_SYNTAX, "the file is empty");
}

static void read_csv__of_a_header_alone_has_no_rows(void **state)
{
    (void)state;
    static const char *const texts[] = {"id,name", "id,name\n", "id,name\r\n", "id,name\n\n\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        nearer_table *table = read_text("csv_header.csv", texts[i]);
        assert_int_equal(nearer_table_rows(table), 0);
        assert_int_equal(nearer_table_columns(table), 2);
        assert_string_equal(nearer_table_column_name(table, 1), "name");
        assert_int_equal(nearer_table_column_decimals(table, 1), -1);
        nearer_table_free(table);
    }
}

static void read_csv__reads_one_row(void **state)
{
    (void)state;
    nearer_table *table = read_text("csv_one.csv", "id,name,lon_deg\nwh,Wuhan,114.3055\n");
    assert_int_equal(nearer_table_rows(table), 1);
    assert_cell(table, 0, 0, "wh");
    assert_cell(table, 0, 1, "Wuhan");
    assert_cell(table, 0, 2, "114.3055");
    assert_true(nearer_table_number(table, 0, 2) == 114.3055);
    nearer_table_free(table);
}

static void read_csv__needs_no_newline_at_the_end(void **state)
{
    (void)state;
    nearer_table *table = read_text("csv_end.csv", "a,b\n1,2\n3,");
    assert_int_equal(nearer_table_rows(table), 2);
    assert_cell(table, 1, 0, "3");
    assert_cell(table, 1, 1, "");
    nearer_table_free(table);
}

static void read_csv__leaves_the_byte_order_mark_out(void **state)
{
    (void)state;
    nearer_table *table = read_text("csv_bom.csv", "\xEF\xBB\xBFid,name\n1,a\n");
    assert_string_equal(nearer_table_column_name(table, 0), "id");
    nearer_table_free(table);
    /* and before a quote */
    table = read_text("csv_bom.csv", "\xEF\xBB\xBF\"id\",name\n1,a\n");
    assert_string_equal(nearer_table_column_name(table, 0), "id");
    nearer_table_free(table);
}

static void read_csv__takes_every_line_end(void **state)
{
    (void)state;
    static const char *const texts[] = {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n",
                                        "a,b\r1,2\r3,4\r", "a,b\r\n1,2\n3,4"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        nearer_table *table = read_text("csv_ends.csv", texts[i]);
        assert_int_equal(nearer_table_columns(table), 2);
        assert_int_equal(nearer_table_rows(table), 2);
        assert_string_equal(nearer_table_column_name(table, 1), "b");
        assert_cell(table, 0, 1, "2");
        assert_cell(table, 1, 0, "3");
        assert_cell(table, 1, 1, "4");
        nearer_table_free(table);
    }
}

static void read_csv__takes_quotes(void **state)
{
    (void)state;
    nearer_table *table = read_text("csv_quotes.csv", "\"id\",\"a \"\"name\"\"\"\n"
                                                      "\"x,y\",\"\"\n"
                                                      "\"\"\"\",\"one\r\ntwo\"\r\n"
                                                      "in \"the\" middle,\" blanks \"\n");
    assert_string_equal(nearer_table_column_name(table, 1), "a \"name\"");
    assert_int_equal(nearer_table_rows(table), 3);
    assert_cell(table, 0, 0, "x,y");
    assert_cell(table, 0, 1, "");
    assert_cell(table, 1, 0, "\"");
    assert_cell(table, 1, 1, "one\r\ntwo");
    assert_cell(table, 2, 0, "in \"the\" middle");
    assert_cell(table, 2, 1, " blanks ");
    nearer_table_free(table);
}

static void read_csv__counts_lines_through_quoted_newlines(void **state)
{
    (void)state;
    static const char text[] = "id,note,km\n"              /* line 1 */
                               "a,\"one\ntwo\nthree\",1\n" /* 2 to 4 */
                               "\n"                        /* 5 */
                               "b,four,x\n"                /* 6 */
                               "\"c\nd\",e,2\n"            /* 7 and 8 */
                               "f,g,y\n";                  /* 9 */
    nearer_table *table = read_text("csv_lines.csv", text);
    assert_int_equal(nearer_table_rows(table), 4);
    char where[NR_WHERE];
    assert_string_equal(nr_table_where(table, 0, where), "csv_lines.csv:2");
    assert_string_equal(nr_table_where(table, 1, where), "csv_lines.csv:6");
    assert_string_equal(nr_table_where(table, 2, where), "csv_lines.csv:7");
    assert_string_equal(nr_table_where(table, 3, where), "csv_lines.csv:9");
    nearer_table_free(table);
    /* a quoted newline in the header counts too */
    assert_refused("csv_lines.csv", "\"a\nb\",c\n1,2\n3\n", NEARER_SYNTAX, "csv_lines.csv:4: 1 ");
}

static void read_csv__refuses_a_row_of_another_length(void **state)
{
    (void)state;
    assert_refused("csv_ragged.csv", "a,b,c\n1,2,3\n4,5\n", NEARER_SYNTAX,
                   "csv_ragged.csv:3: 2 fields, 3 were expected");
    assert_refused("csv_ragged.csv", "a,b\n1,2\n\n3,4,5\n", NEARER_SYNTAX,
                   "csv_ragged.csv:4: 3 fields, 2 were expected");
    assert_refused("csv_ragged.csv", "a,b\n\"x\ny\",2\n1,2,\n", NEARER_SYNTAX,
                   "csv_ragged.csv:4: 3 fields, 2 were expected");
    assert_refused("csv_ragged.csv", "a\n1,2\n", NEARER_SYNTAX,
                   "csv_ragged.csv:2: 2 fields, 1 were expected");
}

static void read_csv__passes_over_blank_lines(void **state)
{
    (void)state;
    nearer_table *table = read_text("csv_blank.csv", "a,b\n\n1,2\n\r\n\n3,4\n\n\n");
    assert_int_equal(nearer_table_rows(table), 2);
    assert_cell(table, 1, 1, "4");
    nearer_table_free(table);
}

static void read_csv__of_one_column_has_a_missing_cell_where_quotes_say_so(void **state)
{
    (void)state;
    nearer_table *table = read_text("csv_column.csv", "a\n1\n\n\"\"\n\r\n2\n\n");
    assert_int_equal(nearer_table_rows(table), 3);
    assert_cell(table, 1, 0, "");
    assert_cell(table, 2, 0, "2");
    nearer_table_free(table);
}

static void read_csv__refuses_a_quote_that_is_not_closed(void **state)
{
    (void)state;
    assert_refused("csv_open.csv", "a,b\n1,2\n3,\"four\nfive\n", NEARER_SYNTAX,
                   "csv_open.csv:3: a quoted field is not closed");
    assert_refused("csv_open.csv", "a,\"b", NEARER_SYNTAX, "csv_open.csv:1: a quoted field");
    assert_refused("csv_open.csv", "a,b\n1,\"\"\"", NEARER_SYNTAX, "csv_open.csv:2: a quoted");
    assert_refused("csv_open.csv", "\"", NEARER_SYNTAX, "csv_open.csv:1: a quoted field");
}

static void read_csv__refuses_text_behind_a_closing_quote(void **state)
{
    (void)state;
    assert_refused("csv_behind.csv", "a,b\n\"x\ny\" z,2\n", NEARER_SYNTAX,
                   "csv_behind.csv:3: ' ' stands behind a closing quote");
    assert_refused("csv_behind.csv", "a,b\n\"x\"\"y\"z,2\n", NEARER_SYNTAX,
                   "csv_behind.csv:2: 'z' stands behind a closing quote");
}

static void read_csv__refuses_a_column_that_stands_twice(void **state)
{
    (void)state;
    assert_refused("csv_twice.csv", "id,name,id\n1,2,3\n", NEARER_SYNTAX,
                   "csv_twice.csv:1: column 'id' stands twice");
    nearer_table *table = read_text("csv_twice.csv", "id,Id,ID\n1,2,3\n");
    assert_int_equal(nearer_table_find(table, "ID"), 2);
    nearer_table_free(table);
}

static void read_csv__refuses_a_column_without_a_name(void **state)
{
    (void)state;
    assert_refused("csv_noname.csv", "id,,b\n1,2,3\n", NEARER_SYNTAX,
                   "csv_noname.csv:1: column 2 has no name");
    assert_refused("csv_noname.csv", "id,b,\n1,2,\n", NEARER_SYNTAX, "column 3 has no name");
    assert_refused("csv_noname.csv", "\nid,b\n", NEARER_SYNTAX, "column 1 has no name");
    assert_refused("csv_noname.csv", "\"\",b\n1,2\n", NEARER_SYNTAX, "column 1 has no name");
}

static void read_csv__refuses_text_that_is_not_utf_8(void **state)
{
    (void)state;
    /* Latin-1, cut short, overlong, a surrogate, beyond the last character */
    static const char *const wrong[] = {"id\na\nM\xE9xico\n", "id\na\n\xE4\xBA\n",
                                        "id\na\n\xC0\xAF\n", "id\na\n\xED\xA0\x80\n",
                                        "id\na\n\xF4\x90\x80\x80\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_refused("csv_latin.csv", wrong[i], NEARER_SYNTAX,
                       "csv_latin.csv:3: text that is not UTF-8");
}

static void read_csv__refuses_a_zero_byte(void **state)
{
    (void)state;
    static const char bytes[] = "id,name\n1,a\0b\n";
    FILE *file = fopen("csv_zero.csv", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, sizeof bytes - 1, file), 14);
    fclose(file);
    nearer_table *table = NULL;
    assert_fails(nearer_table_read(&table, "csv_zero.csv", NULL, &err), NEARER_SYNTAX,
                 "csv_zero.csv:2: a zero byte, text was expected");
    assert_null(table);
}

static void read_csv__refuses_a_file_that_is_not_there(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_fails(nearer_table_read(&table, "csv_no_such_file.csv", NULL, &err), NEARER_IO,
                 "csv_no_such_file.csv: cannot be read: No such file");
    assert_int_equal(nearer_table_read(&table, "csv_no_such_file.csv", NULL, NULL), NEARER_IO);
    assert_null(table);
}

static void read_csv__refuses_a_folder(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(nearer_folder_make("csv_folder.csv", &err));
    assert_fails(nearer_table_read(&table, "csv_folder.csv", NULL, &err), NEARER_IO,
                 "csv_folder.csv: cannot be read: it is a folder");
    assert_null(table);
}

static void read_csv__takes_semicolons_and_tabs(void **state)
{
    (void)state;
    static const char *const texts[] = {"id;name;km\na;b,c;1,5\n", "id\tname\tkm\na\tb,c\t1,5\n"};
    for (size_t i = 0; i < 2; i++) {
        nearer_table *table = read_text("csv_other.tsv", texts[i]);
        assert_int_equal(nearer_table_columns(table), 3);
        assert_cell(table, 0, 1, "b,c");
        assert_cell(table, 0, 2, "1,5");
        /* a comma is no decimal mark */
        assert_true(isnan(nearer_table_number(table, 0, 2)) != 0);
        nearer_table_free(table);
    }
}

static void read_csv__sees_no_separator_inside_quotes(void **state)
{
    (void)state;
    nearer_table *table = read_text("csv_guess.csv", "\"name, English\";km\na;1\n");
    assert_int_equal(nearer_table_columns(table), 2);
    assert_string_equal(nearer_table_column_name(table, 0), "name, English");
    assert_cell(table, 0, 1, "1");
    nearer_table_free(table);
    table = read_text("csv_guess.csv", "\"a;b;c\",km\n1,2\n");
    assert_int_equal(nearer_table_columns(table), 2);
    nearer_table_free(table);
}

static void read_csv__takes_files_larger_than_its_buffer(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    FILE *file = fopen("csv_large.csv", "wb");
    assert_non_null(file);
    fprintf(file, "row,text\n");
    for (int i = 0; i < ROWS; i++) fprintf(file, "%d,\"text of row %d\"\n", i, i);
    fclose(file);
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, "csv_large.csv", NULL, &err));
    assert_int_equal(nearer_table_rows(table), ROWS);
    for (size_t i = 0; i < ROWS; i++) assert_true(nearer_table_number(table, i, 0) == (double)i);
    assert_cell(table, ROWS - 1, 1, "text of row 19999");
    nearer_table_free(table);
    /* one field longer than the buffer */
    file = fopen("csv_large.csv", "wb");
    assert_non_null(file);
    fprintf(file, "a,b\n%0200000d,2\n", 1);
    fclose(file);
    assert_ok(nearer_table_read(&table, "csv_large.csv", NULL, &err));
    assert_int_equal(strlen(nearer_table_text(table, 0, 0)), 200000);
    nearer_table_free(table);
}

static void read_csv__out_of_memory_gives_nothing(void **state)
{
    (void)state;
    write_file("csv_memory.csv", "id,name\n1,\"a \"\"quoted\"\" text\"\n2,b\n");
    for (long allowed = 0;; allowed++) {
        nearer_table *table = NULL;
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_table_read(&table, "csv_memory.csv", NULL, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_cell(table, 0, 1, "a \"quoted\" text");
            nearer_table_free(table);
            assert_true(allowed > 5);
            return;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_null(table);
    }
}

/* ---- writing ---- */

static nearer_table *new_table(void)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    return table;
}

static void assert_same(const nearer_table *read, const nearer_table *written)
{
    assert_int_equal(nearer_table_columns(read), nearer_table_columns(written));
    assert_int_equal(nearer_table_rows(read), nearer_table_rows(written));
    for (size_t c = 0; c < nearer_table_columns(written); c++) {
        assert_string_equal(nearer_table_column_name(read, c),
                            nearer_table_column_name(written, c));
        for (size_t r = 0; r < nearer_table_rows(written); r++) {
            const char *text = nearer_table_text(written, r, c);
            if (text != NULL) {
                assert_string_equal(nearer_table_text(read, r, c), text);
            } else {
                double a = nearer_table_number(read, r, c), b = nearer_table_number(written, r, c);
                assert_true(isnan(b) ? isnan(a) != 0 : a == b && signbit(a) == signbit(b));
            }
        }
    }
}

static void assert_survives(const nearer_table *table, const char *path)
{
    nearer_table *read = NULL;
    assert_ok(nearer_table_write(table, path, &err));
    assert_ok(nearer_table_read(&read, path, NULL, &err));
    assert_same(read, table);
    nearer_table_free(read);
}

static void write_csv__of_no_rows_is_a_header(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "time_min", 1);
    char *text = NULL;
    assert_ok(nearer_table_csv(&text, table, &err));
    assert_string_equal(text, "id,time_min\n");
    nearer_text_free(text);
    assert_survives(table, "csv_write.csv");
    nearer_table_free(table);
}

static void write_csv__quotes_only_where_it_must(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    nr_table_add_column(table, "id, long", NR_TEXT_COLUMN);
    nr_table_add_column(table, "time_min", 1);
    nr_table_put(table, "plain text", 0.1);
    nr_table_put(table, "a \"b\"", INFINITY);
    nr_table_put(table, "c,d", NAN);
    nr_table_put(table, "e\nf", -2.0);
    char *text = NULL;
    assert_ok(nearer_table_csv(&text, table, &err));
    assert_string_equal(text, "\"id, long\",time_min\n"
                              "plain text,0.1\n"
                              "\"a \"\"b\"\"\",inf\n"
                              "\"c,d\",\n"
                              "\"e\nf\",-2\n");
    nearer_text_free(text);
    nearer_table_free(table);
}

static void write_csv__then_read_is_the_identity(void **state)
{
    (void)state;
    static const char *const texts[] = {"",    "a",    "\"",           "\"\"", ",",
                                        "\n",  "\r\n", "\r",           " a ",  "a,b\"c\nd",
                                        "\t;", "'",    "\xE6\xAD\xA6", "1.50", "\xEF\xBB\xBF"};
    static const double numbers[] = {0.0,
                                     -0.0,
                                     1.0 / 3,
                                     5e-324,
                                     2.2250738585072009e-308,
                                     1.7976931348623157e308,
                                     (double)INFINITY,
                                     -(double)INFINITY,
                                     (double)NAN,
                                     0.1 + 0.2,
                                     -123456789.125,
                                     1e15,
                                     1e23,
                                     9007199254740993.0,
                                     7e-10};
    nearer_table *table = new_table();
    nr_table_add_column(table, "text \"with\" all,\nof it", NR_TEXT_COLUMN);
    nr_table_add_column(table, "number", 2);
    nr_table_add_column(table, "text again", NR_TEXT_COLUMN);
    for (size_t i = 0; i < 15; i++) nr_table_put(table, texts[i], numbers[i], texts[14 - i]);
    nr_table_put(table, "", NAN, "");
    assert_survives(table, "csv_identity.csv");
    assert_survives(table, "csv_identity.tsv");
    assert_survives(table, "csv_identity.txt");
    nearer_table_free(table);
}

static void write_csv__then_read_is_the_identity_for_random_tables(void **state)
{
    (void)state;
    static const char letters[] = "ab1 .\",;\t\n\r'";
    uint64_t seed = 99;
    for (int run = 0; run < 300; run++) {
        nearer_table *table = new_table();
        char name[16];
        size_t columns = 0;
        for (int i = 0; i < 60; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
            size_t draw = (size_t)(seed >> 33);
            if (i == 0) columns = draw % 4 + 1;
            if ((size_t)i < columns) {
                snprintf(name, sizeof name, "column %d", i);
                nr_table_add_column(table, name, NR_TEXT_COLUMN);
                continue;
            }
            size_t row = nr_table_add_row(table, 0);
            for (size_t c = 0; c < columns; c++) {
                char text[8];
                size_t n = (draw + c) % sizeof text;
                for (size_t k = 0; k < n; k++)
                    text[k] = letters[(draw >> (3 * k + c)) % (sizeof letters - 1)];
                nr_table_set_text(table, row, c, text, n);
            }
        }
        assert_survives(table, "csv_random.csv");
        nearer_table_free(table);
    }
}

static void write_csv__of_one_column_then_read_is_the_identity(void **state)
{
    (void)state;
    static const char *const names[] = {"plain", "with, comma", "with; semicolon", "with\ttab"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        nearer_table *table = new_table();
        nr_table_add_column(table, names[i], NR_TEXT_COLUMN);
        nr_table_put(table, "a");
        nr_table_put(table, "");
        nr_table_put(table, "b,c");
        nr_table_put(table, "");
        assert_survives(table, "csv_one_column.csv");
        nearer_table_free(table);
    }
}

static nearer_table *small_table(void)
{
    nearer_table *table = new_table();
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_put(table, "a");
    return table;
}

static void table_write__replaces_a_file_and_leaves_no_part(void **state)
{
    (void)state;
    nearer_table *table = small_table();
    write_file("csv_replace.csv", "something much longer than what is written now\n");
    assert_ok(nearer_table_write(table, "csv_replace.csv", &err));
    assert_holds("csv_replace.csv", "id\na\n");
    assert_false(is_there("csv_replace.csv.part"));
    nearer_table_free(table);
}

static void table_write__fails_where_there_is_no_folder(void **state)
{
    (void)state;
    nearer_table *table = small_table();
    assert_fails(nearer_table_write(table, "csv_no_such_folder/t.csv", &err), NEARER_IO,
                 "csv_no_such_folder/t.csv: cannot be written: No such file");
    assert_int_equal(nearer_table_write(table, "csv_no_such_folder/t.csv", NULL), NEARER_IO);
    nearer_table_free(table);
}

static void table_write__keeps_the_file_there_was_when_it_fails(void **state)
{
    (void)state;
    nearer_table *table = small_table();
    write_file("csv_keep.csv", "kept\n");
    /* a folder stands where the new file would be made */
    assert_ok(nearer_folder_make("csv_keep.csv.part", &err));
    assert_fails(nearer_table_write(table, "csv_keep.csv", &err), NEARER_IO,
                 "csv_keep.csv: cannot be written");
    assert_holds("csv_keep.csv", "kept\n");
    assert_int_equal(remove("csv_keep.csv.part"), 0);
    nearer_table_free(table);
}

static void table_write__leaves_no_part_when_it_cannot_rename(void **state)
{
    (void)state;
    nearer_table *table = small_table();
    assert_ok(nearer_folder_make("csv_in_the_way.csv", &err));
    assert_fails(nearer_table_write(table, "csv_in_the_way.csv", &err), NEARER_IO,
                 "csv_in_the_way.csv: cannot be written");
    assert_false(is_there("csv_in_the_way.csv.part"));
    nearer_table_free(table);
}

static void table_write__out_of_memory_keeps_the_file_there_was(void **state)
{
    (void)state;
    nearer_table *table = small_table();
    for (long allowed = 0;; allowed++) {
        write_file("csv_memory_write.csv", "kept\n");
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_table_write(table, "csv_memory_write.csv", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_true(allowed >= 2); /* the text and the name */
            break;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_holds("csv_memory_write.csv", "kept\n");
    }
    assert_holds("csv_memory_write.csv", "id\na\n");
    nearer_table_free(table);
}

/* ---- files ---- */

static void text_write__writes_the_text_as_it_is(void **state)
{
    (void)state;
    assert_ok(nearer_text_write("csv_text.txt", "", &err));
    assert_holds("csv_text.txt", "");
    assert_ok(nearer_text_write("csv_text.txt", "a\r\nb\n", &err));
    assert_holds("csv_text.txt", "a\r\nb\n");
    assert_false(is_there("csv_text.txt.part"));
    assert_fails(nearer_text_write("csv_no_such_folder/t.txt", "a", &err), NEARER_IO,
                 "csv_no_such_folder/t.txt: cannot be written");
}

static void folder_make__makes_a_folder_once(void **state)
{
    (void)state;
    remove("csv_new_folder");
    assert_ok(nearer_folder_make("csv_new_folder", &err));
    assert_ok(nearer_folder_make("csv_new_folder", &err));
    assert_ok(nearer_text_write("csv_new_folder/t.txt", "a", &err));
    assert_int_equal(remove("csv_new_folder/t.txt"), 0);
    assert_int_equal(remove("csv_new_folder"), 0);
}

static void folder_make__makes_the_folders_on_the_way(void **state)
{
    (void)state;
    remove("csv_new_folder/b/c");
    remove("csv_new_folder/b");
    assert_ok(nearer_folder_make("csv_new_folder/b/c/", &err));
    assert_int_equal(remove("csv_new_folder/b/c"), 0);
    assert_int_equal(remove("csv_new_folder/b"), 0);
    assert_int_equal(remove("csv_new_folder"), 0);
}

static void folder_make__fails_where_a_file_is_in_the_way(void **state)
{
    (void)state;
    write_file("csv_file_in_the_way", "");
    assert_fails(nearer_folder_make("csv_file_in_the_way", &err), NEARER_IO,
                 "csv_file_in_the_way: the folder cannot be made");
    assert_fails(nearer_folder_make("csv_file_in_the_way/b", &err), NEARER_IO,
                 "csv_file_in_the_way: the folder cannot be made");
}

static void path_beside__is_seen_from_the_base_s_folder(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"study.json", "a.csv", "a.csv"},
                                          {"in/study.json", "a.csv", "in/a.csv"},
                                          {"in/study.json", "../a.csv", "in/../a.csv"},
                                          {"/in/study.json", "b/a.csv", "/in/b/a.csv"},
                                          {"/study.json", "a.csv", "/a.csv"},
                                          {"in/study.json", "/a.csv", "/a.csv"},
                                          {"in/deep/study.json", "", "in/deep/"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *path = nr_path_beside(rows[i][0], rows[i][1]);
        assert_string_equal(path, rows[i][2]);
        nr_free(path);
    }
    nr_fail_allocation_after(0);
    assert_null(nr_path_beside("in/study.json", "a.csv"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_csv__refuses_an_empty_file),
        cmocka_unit_test(read_csv__of_a_header_alone_has_no_rows),
        cmocka_unit_test(read_csv__reads_one_row),
        cmocka_unit_test(read_csv__needs_no_newline_at_the_end),
        cmocka_unit_test(read_csv__leaves_the_byte_order_mark_out),
        cmocka_unit_test(read_csv__takes_every_line_end),
        cmocka_unit_test(read_csv__takes_quotes),
        cmocka_unit_test(read_csv__counts_lines_through_quoted_newlines),
        cmocka_unit_test(read_csv__refuses_a_row_of_another_length),
        cmocka_unit_test(read_csv__passes_over_blank_lines),
        cmocka_unit_test(read_csv__of_one_column_has_a_missing_cell_where_quotes_say_so),
        cmocka_unit_test(read_csv__refuses_a_quote_that_is_not_closed),
        cmocka_unit_test(read_csv__refuses_text_behind_a_closing_quote),
        cmocka_unit_test(read_csv__refuses_a_column_that_stands_twice),
        cmocka_unit_test(read_csv__refuses_a_column_without_a_name),
        cmocka_unit_test(read_csv__refuses_text_that_is_not_utf_8),
        cmocka_unit_test(read_csv__refuses_a_zero_byte),
        cmocka_unit_test(read_csv__refuses_a_file_that_is_not_there),
        cmocka_unit_test(read_csv__refuses_a_folder),
        cmocka_unit_test(read_csv__takes_semicolons_and_tabs),
        cmocka_unit_test(read_csv__sees_no_separator_inside_quotes),
        cmocka_unit_test(read_csv__takes_files_larger_than_its_buffer),
        cmocka_unit_test(read_csv__out_of_memory_gives_nothing),
        cmocka_unit_test(write_csv__of_no_rows_is_a_header),
        cmocka_unit_test(write_csv__quotes_only_where_it_must),
        cmocka_unit_test(write_csv__then_read_is_the_identity),
        cmocka_unit_test(write_csv__then_read_is_the_identity_for_random_tables),
        cmocka_unit_test(write_csv__of_one_column_then_read_is_the_identity),
        cmocka_unit_test(table_write__replaces_a_file_and_leaves_no_part),
        cmocka_unit_test(table_write__fails_where_there_is_no_folder),
        cmocka_unit_test(table_write__keeps_the_file_there_was_when_it_fails),
        cmocka_unit_test(table_write__leaves_no_part_when_it_cannot_rename),
        cmocka_unit_test(table_write__out_of_memory_keeps_the_file_there_was),
        cmocka_unit_test(text_write__writes_the_text_as_it_is),
        cmocka_unit_test(folder_make__makes_a_folder_once),
        cmocka_unit_test(folder_make__makes_the_folders_on_the_way),
        cmocka_unit_test(folder_make__fails_where_a_file_is_in_the_way),
        cmocka_unit_test(path_beside__is_seen_from_the_base_s_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
