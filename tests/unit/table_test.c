#include <math.h>

#include "base/memory.h"
#include "formats/format.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static nearer_table *new_table(void)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    return table;
}

/* id (text), time_min (1 decimal) */
static nearer_table *two_columns(void)
{
    nearer_table *table = new_table();
    assert_int_equal(nr_table_add_column(table, "id", NR_TEXT_COLUMN), 0);
    assert_int_equal(nr_table_add_column(table, "time_min", 1), 1);
    return table;
}

static void table__empty_has_no_rows_and_columns(void **state)
{
    (void)state;
    nearer_table *table = NULL, *made = new_table();
    assert_ok(nr_table_finish(&table, made, &err));
    assert_ptr_equal(table, made);
    assert_int_equal(nearer_table_rows(table), 0);
    assert_int_equal(nearer_table_columns(table), 0);
    assert_int_equal(nearer_table_find(table, ""), -1);
    assert_string_equal(nr_table_source(table), "");
    nearer_table_free(table);
    nearer_table_free(NULL);
}

static void table__knows_its_columns(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    assert_int_equal(nearer_table_columns(table), 2);
    assert_string_equal(nearer_table_column_name(table, 0), "id");
    assert_string_equal(nearer_table_column_name(table, 1), "time_min");
    assert_int_equal(nearer_table_column_decimals(table, 0), -1);
    assert_int_equal(nearer_table_column_decimals(table, 1), 1);
    assert_int_equal(nearer_table_find(table, "time_min"), 1);
    assert_int_equal(nearer_table_find(table, "Time_min"), -1);
    nearer_table_free(table);
}

static void table_add_row__starts_with_missing_cells(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    assert_int_equal(nr_table_add_row(table, 0), 0);
    assert_string_equal(nearer_table_text(table, 0, 0), "");
    assert_true(isnan(nearer_table_number(table, 0, 0)) != 0);
    assert_null(nearer_table_text(table, 0, 1));
    assert_true(isnan(nearer_table_number(table, 0, 1)) != 0);
    nearer_table_free(table);
}

static void table_put__fills_cells_in_order(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    nr_table_put(table, "wuhan", 12.5);
    nr_table_put(table, "", NAN);
    nr_table_put(table, "12.5", INFINITY);
    assert_int_equal(nearer_table_rows(table), 3);
    assert_string_equal(nearer_table_text(table, 0, 0), "wuhan");
    assert_true(nearer_table_number(table, 0, 1) == 12.5);
    assert_true(isnan(nearer_table_number(table, 0, 0)) != 0);
    assert_string_equal(nearer_table_text(table, 1, 0), "");
    assert_true(isnan(nearer_table_number(table, 1, 1)) != 0);
    /* a text that is a number is one too */
    assert_true(nearer_table_number(table, 2, 0) == 12.5);
    assert_true(nearer_table_number(table, 2, 1) == (double)INFINITY);
    nearer_table_free(table);
}

static void table__holds_thousands_of_rows(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    char text[32];
    for (size_t i = 0; i < 3000; i++) {
        snprintf(text, sizeof text, "place %zu", i);
        nr_table_put(table, text, (double)i / 4);
    }
    assert_int_equal(nearer_table_rows(table), 3000);
    for (size_t i = 0; i < 3000; i++) {
        snprintf(text, sizeof text, "place %zu", i);
        assert_string_equal(nearer_table_text(table, i, 0), text);
        assert_true(nearer_table_number(table, i, 1) == (double)i / 4);
    }
    nearer_table_free(table);
}

static void table_cell__writes_numbers_out(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    nr_table_put(table, "a", 0.1);
    nr_table_put(table, "", NAN);
    nr_table_put(table, "b", -INFINITY);
    char number[NR_NUMBER_TEXT];
    assert_string_equal(nr_table_cell(table, 0, 0, number), "a");
    assert_string_equal(nr_table_cell(table, 0, 1, number), "0.1");
    assert_string_equal(nr_table_cell(table, 1, 0, number), "");
    assert_string_equal(nr_table_cell(table, 1, 1, number), "");
    assert_string_equal(nr_table_cell(table, 2, 1, number), "-inf");
    nearer_table_free(table);
}

static void table_set_text__takes_a_part_of_a_text(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    size_t row = nr_table_add_row(table, 0);
    nr_table_set_text(table, row, 0, "wuhan", 2);
    assert_string_equal(nearer_table_text(table, row, 0), "wu");
    nearer_table_free(table);
}

static void table_where__says_file_and_line_or_record(void **state)
{
    (void)state;
    nearer_table *lines = NULL, *records = NULL, *computed = two_columns();
    char where[NR_WHERE];
    assert_ok(nr_table_new(&lines, "a/b.csv", "line", &err));
    assert_ok(nr_table_new(&records, "a/b.shp", "record", &err));
    nr_table_add_row(lines, 2);
    nr_table_add_row(lines, 17);
    nr_table_add_row(records, 3);
    nr_table_put(computed, "a", 1.0);
    assert_string_equal(nr_table_where(lines, 0, where), "a/b.csv:2");
    assert_string_equal(nr_table_where(lines, 1, where), "a/b.csv:17");
    assert_string_equal(nr_table_where(records, 0, where), "a/b.shp record 3");
    nearer_table *matrix = NULL;
    assert_ok(nr_table_new(&matrix, "a/b.omx", "row", &err));
    nr_table_add_row(matrix, 0);
    assert_string_equal(nr_table_where(matrix, 0, where), "a/b.omx");
    nearer_table_free(matrix);
    assert_string_equal(nr_table_source(lines), "a/b.csv");
    assert_non_null(nr_table_where(computed, 0, where));
    nearer_table_free(lines);
    nearer_table_free(records);
    nearer_table_free(computed);
}

static void table_where__cuts_a_path_that_is_too_long(void **state)
{
    (void)state;
    char path[1000], where[NR_WHERE];
    memset(path, 'p', sizeof path - 1);
    path[sizeof path - 1] = 0;
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, path, "line", &err));
    nr_table_add_row(table, 2);
    nr_table_where(table, 0, where);
    assert_int_equal(strlen(where), NR_WHERE - 1);
    nearer_table_free(table);
}

static void table_require__finds_or_suggests_or_lists(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, "t.csv", "line", &err));
    size_t column = 99;
    assert_fails(nr_table_require(&column, table, "id", &err), NEARER_NAME,
                 "t.csv: no column 'id'");
    assert_fails(nr_table_require(&column, table, "id", &err), NEARER_NAME, "none");
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "length_km", 1);
    assert_fails(nr_table_require(&column, table, "lenght_km", &err), NEARER_NAME,
                 "did you mean 'length_km'?");
    assert_fails(nr_table_require(&column, table, "population", &err), NEARER_NAME,
                 "id, length_km");
    assert_int_equal(column, 99);
    assert_int_equal(nr_table_require(&column, table, "population", NULL), NEARER_NAME);
    assert_ok(nr_table_require(&column, table, "length_km", &err));
    assert_int_equal(column, 1);
    nearer_table_free(table);
}

static void table_read_number__names_file_line_column_and_what_it_found(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    double value = 7;
    assert_ok(nearer_table_read(&table,
                                write_file("table_numbers.csv", "id,length_km\n"
                                                                "a,12.5\n"
                                                                "b,\n"
                                                                "\n"
                                                                "c,12 km\n"
                                                                "d,nan\n"
                                                                "e,inf\n"),
                                NULL, &err));
    assert_ok(nr_table_read_number(&value, table, 0, 1, &err));
    assert_true(value == 12.5);
    assert_ok(nr_table_read_number(&value, table, 1, 1, &err));
    assert_true(isnan(value) != 0);
    assert_ok(nr_table_read_number(&value, table, 4, 1, &err));
    assert_true(value == (double)INFINITY);
    assert_fails(nr_table_read_number(&value, table, 2, 1, &err), NEARER_VALUE,
                 "table_numbers.csv:5: length_km is '12 km', a number was expected");
    assert_fails(nr_table_read_number(&value, table, 3, 1, &err), NEARER_VALUE,
                 "table_numbers.csv:6: length_km is 'nan'");
    nearer_table_free(table);
}

static void table_read_number__reads_a_number_column(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    nr_table_put(table, "a", 3.5);
    nr_table_put(table, "b", NAN);
    double value = 0;
    assert_ok(nr_table_read_number(&value, table, 0, 1, &err));
    assert_true(value == 3.5);
    assert_ok(nr_table_read_number(&value, table, 1, 1, &err));
    assert_true(isnan(value) != 0);
    nearer_table_free(table);
}

static void table_finish__fails_when_memory_ran_out_on_the_way(void **state)
{
    (void)state;
    for (long allowed = 0;; allowed++) {
        nearer_table *made = NULL, *sentinel = (nearer_table *)&err, *table = sentinel;
        nr_fail_allocation_after(allowed);
        nearer_status status = nr_table_new(&made, "t.csv", "line", &err);
        if (status == NEARER_OK) {
            nr_table_add_column(made, "id", NR_TEXT_COLUMN);
            nr_table_add_column(made, "time_min", 1);
            for (int i = 0; i < 200; i++) nr_table_put(made, "some text of a cell", 1.5);
            status = nr_table_finish(&table, made, &err);
        }
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_int_equal(nearer_table_rows(table), 200);
            nearer_table_free(table);
            /* the table, its source and word, its bytes, columns and two names at least */
            assert_true(allowed >= 7);
            return;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_ptr_equal(table, sentinel);
    }
}

static void table_read__refuses_an_ending_it_does_not_know(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_fails(
        nearer_table_read(&table, "table.xlsx", NULL, &err), NEARER_NAME,
        "table.xlsx: files of this ending are not read as tables; known: .csv .txt .csv.gz");
    assert_fails(nearer_table_read(&table, "csv", NULL, &err), NEARER_IO, "no such file");
    assert_fails(nearer_table_read(&table, write_file("table_bare", "a"), NULL, &err), NEARER_NAME,
                 "not read");
    assert_fails(nearer_table_read(&table, "", NULL, &err), NEARER_NAME, "no name");
    /* written only */
    assert_fails(nearer_table_read(&table, "table.json", NULL, &err), NEARER_NAME, "not read");
    assert_null(table);
}

static void table_read__takes_the_ending_in_any_letter_case(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file("table_ending.CSV", "id\na\n"), NULL, &err));
    assert_int_equal(nearer_table_rows(table), 1);
    nearer_table_free(table);
}

static void table_read_as__goes_by_the_format_s_name(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    write_file("table_format.dat", "id\na\n");
    assert_fails(
        nearer_table_read(&table, "table_format.dat", &(nearer_reading){.format = "cvs"}, &err),
        NEARER_NAME, "unknown format 'cvs'; did you mean 'csv'?");
    assert_fails(nearer_table_read(&table, "table_format.dat",
                                   &(nearer_reading){.format = "spreadsheet"}, &err),
                 NEARER_NAME, "unknown format 'spreadsheet'");
    assert_fails(
        nearer_table_read(&table, "table_format.dat", &(nearer_reading){.format = "json"}, &err),
        NEARER_NAME, "not read");
    assert_null(table);
    assert_ok(
        nearer_table_read(&table, "table_format.dat", &(nearer_reading){.format = "csv"}, &err));
    assert_int_equal(nearer_table_rows(table), 1);
    nearer_table_free(table);
}

static void table_write__refuses_an_ending_it_does_not_write(void **state)
{
    (void)state;
    nearer_table *table = two_columns();
    assert_fails(
        nearer_table_write(table, "table.xlsx", &err), NEARER_NAME,
        "table.xlsx: files of this ending are not written from tables; known: .csv .txt .csv.gz, "
        ".tsv .tsv.gz, .json, .geojson");
    assert_fails(nearer_table_write(table, "table", &err), NEARER_NAME, "not written");
    assert_null(fopen("table.shp", "rb"));
    nearer_table_free(table);
}

static bool holds_numbers(const char *cells)
{
    nearer_table *table = NULL;
    char text[200];
    snprintf(text, sizeof text, "a,b\n%s", cells);
    assert_ok(nearer_table_read(&table, write_file("table_numbers.csv", text), NULL, &err));
    bool numbers = nr_table_holds_numbers(table, 0);
    nearer_table_free(table);
    return numbers;
}

static void table_holds_numbers__of_text_where_each_filled_cell_is_one(void **state)
{
    (void)state;
    assert_true(holds_numbers("1,\n,\n-2.5e3,\n"));
    assert_true(holds_numbers("1,\ninf,\n-inf,\n"));
    assert_true(holds_numbers("123456789012345,\n"));
    assert_false(holds_numbers("1234567890123456,\n"));
    assert_false(holds_numbers("1,\nx,\n"));
    assert_false(holds_numbers("1,\n007,\n"));
    assert_false(holds_numbers("+1,\n"));
    assert_false(holds_numbers("nan,\n"));
    assert_false(holds_numbers(",\n,\n")); /* nothing says so */
    assert_false(holds_numbers(""));
}

static void table_holds_numbers__as_the_file_says(void **state)
{
    (void)state;
    static const char *const names[] = {"number", "text", "both", "none"};
    nearer_table *table = new_table();
    for (size_t c = 0; c < 4; c++) nr_table_add_column(table, names[c], NR_TEXT_COLUMN);
    size_t row = nr_table_add_row(table, 1);
    nr_table_set_typed(table, row, 0, "1", 1, true);
    nr_table_set_typed(table, row, 1, "1", 1, false);
    nr_table_set_typed(table, row, 2, "1", 1, false);
    row = nr_table_add_row(table, 2);
    nr_table_set_typed(table, row, 2, "1", 1, true);
    nearer_table *other = new_table();
    for (size_t c = 0; c < 4; c++) assert_int_equal(nr_table_add_column_like(other, table, c), c);
    for (int i = 0; i < 2; i++) {
        bool *numbers = nr_table_number_columns(i == 0 ? table : other);
        assert_non_null(numbers);
        assert_true(numbers[0]);
        for (size_t c = 1; c < 4; c++) assert_false(numbers[c]);
        nr_free(numbers);
    }
    assert_string_equal(nearer_table_column_name(other, 3), "none");
    nearer_table_free(other);
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table__empty_has_no_rows_and_columns),
        cmocka_unit_test(table__knows_its_columns),
        cmocka_unit_test(table_add_row__starts_with_missing_cells),
        cmocka_unit_test(table_put__fills_cells_in_order),
        cmocka_unit_test(table__holds_thousands_of_rows),
        cmocka_unit_test(table_cell__writes_numbers_out),
        cmocka_unit_test(table_set_text__takes_a_part_of_a_text),
        cmocka_unit_test(table_where__says_file_and_line_or_record),
        cmocka_unit_test(table_where__cuts_a_path_that_is_too_long),
        cmocka_unit_test(table_require__finds_or_suggests_or_lists),
        cmocka_unit_test(table_read_number__names_file_line_column_and_what_it_found),
        cmocka_unit_test(table_read_number__reads_a_number_column),
        cmocka_unit_test(table_finish__fails_when_memory_ran_out_on_the_way),
        cmocka_unit_test(table_read__refuses_an_ending_it_does_not_know),
        cmocka_unit_test(table_read__takes_the_ending_in_any_letter_case),
        cmocka_unit_test(table_read_as__goes_by_the_format_s_name),
        cmocka_unit_test(table_holds_numbers__of_text_where_each_filled_cell_is_one),
        cmocka_unit_test(table_holds_numbers__as_the_file_says),
        cmocka_unit_test(table_write__refuses_an_ending_it_does_not_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
