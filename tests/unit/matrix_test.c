/* Tables of pairs as matrices and back. */
#include "formats/matrix.h"
#include "tables.h"

static nearer_error err;

static nearer_table *read_csv(const char *text)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file("matrix.csv", text), NULL, &err));
    return table;
}

/* The n x n cells of one column of a table of pairs; -1 stands for a cell that is missing. */
static void assert_cells(const nr_matrix *m, size_t column, size_t n, const double *expected)
{
    double *cells = nr_alloc(n * n, sizeof *cells);
    assert_non_null(cells);
    assert_int_equal(m->n, n);
    assert_ok(nr_matrix_fill(cells, m, m->columns[column], &err));
    for (size_t k = 0; k < n * n; k++)
        if (!same_number(cells[k], expected[k] == -1 ? (double)NAN : expected[k]))
            fail_msg("cell %zu: %g is not %g", k, cells[k], expected[k]);
    nr_free(cells);
}

static void matrix__is_square_over_all_places_with_gaps(void **state)
{
    (void)state;
    /* c is only travelled to, so it comes behind those travelled from */
    nearer_table *table = read_csv("mode,time,to_id,note,from_id,km\n"
                                   "rail,5,c,x,b,1.5\nroad,inf,b,,a,\nroad,7,a,y,b,2\n");
    nr_matrix m;
    assert_ok(nr_matrix_begin(&m, table, &err));
    assert_false(m.numbered);
    assert_int_equal(m.ids.count, 3);
    static const char *const ids[] = {"b", "a", "c"};
    for (size_t i = 0; i < 3; i++) assert_string_equal(m.ids.texts[i], ids[i]);
    assert_int_equal(m.column_count, 2); /* mode and note are no numbers */
    assert_string_equal(nearer_table_column_name(table, m.columns[0]), "time");
    assert_string_equal(nearer_table_column_name(table, m.columns[1]), "km");
    assert_cells(&m, 0, 3, (const double[]){0, 7, 5, (double)INFINITY, 0, -1, -1, -1, 0});
    assert_cells(&m, 1, 3, (const double[]){0, 2, 1.5, -1, 0, -1, -1, -1, 0});
    nr_matrix_clear(&m);
    assert_int_equal(m.n, 0);
    nearer_table_free(table);
}

static void matrix__has_its_own_diagonal_where_one_is_told(void **state)
{
    (void)state;
    nearer_table *table = read_csv("from_id,to_id,t\na,b,1\nb,b,2\n");
    nr_matrix m;
    assert_ok(nr_matrix_begin(&m, table, &err));
    assert_cells(&m, 0, 2, (const double[]){-1, 1, -1, 2});
    nr_matrix_clear(&m);
    nearer_table_free(table);
}

static void matrix__of_numbered_rows_has_them_in_their_places(void **state)
{
    (void)state;
    nearer_table *table = read_csv("from_row,to_row,t\n2,1,5\n1,3,6\n");
    nr_matrix m;
    assert_ok(nr_matrix_begin(&m, table, &err));
    assert_true(m.numbered);
    assert_int_equal(m.ids.count, 0);
    assert_cells(&m, 0, 3, (const double[]){0, -1, 6, 5, 0, -1, -1, -1, 0});
    nr_matrix_clear(&m);
    nearer_table_free(table);
}

static void matrix__prefers_ids_to_numbers(void **state)
{
    (void)state;
    nearer_table *table = read_csv("from_row,to_row,from_id,to_id\n9,9,a,b\n");
    nr_matrix m;
    assert_ok(nr_matrix_begin(&m, table, &err));
    assert_false(m.numbered);
    assert_int_equal(m.column_count, 2); /* from_row and to_row are numbers like any other */
    assert_cells(&m, 0, 2, (const double[]){0, 9, -1, 0});
    nr_matrix_clear(&m);
    nearer_table_free(table);
}

static void matrix__of_no_rows_is_of_no_places(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    nr_matrix m;
    double none = 7;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "t", 1);
    assert_ok(nr_matrix_begin(&m, table, &err));
    assert_int_equal(m.n, 0);
    assert_ok(nr_matrix_fill(&none, &m, m.columns[0], &err));
    assert_true(none == 7);
    nr_matrix_clear(&m);
    nearer_table_free(table);
}

static void matrix__is_refused_without_pairs_or_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *part;
    } cases[] = {
        {"from_id,t\na,1\n", "columns from_id and to_id were expected"},
        {"from_id,to_row,t\na,1,1\n", "columns from_id and to_id were expected"},
        {"from_id,to_id\na,b\n", "no column of numbers beside its pairs"},
        {"from_id,to_id,t\na,b,5 min\n", "no column of numbers beside its pairs"},
        {"from_id,to_id,t\na,b,\n", "no column of numbers beside its pairs"},
        {"from_row,to_row,t\n1,1,1\n0,1,1\n", "matrix.csv:3: from_row is 0, a whole number from 1"},
        {"from_row,to_row,t\n1,-1,1\n", "matrix.csv:2: to_row is -1,"},
        {"from_row,to_row,t\n1,2.5,1\n", "to_row is 2.5,"},
        {"from_row,to_row,t\n1,x,1\n", "matrix.csv:2: to_row is "},
        {"from_row,to_row,t\n1,1000001,1\n", "to_row is 1000001,"},
        {"from_row,to_row,t\n1,inf,1\n", "to_row is inf,"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = read_csv(cases[i].csv);
        nr_matrix m = {.n = 99};
        assert_fails(nr_matrix_begin(&m, table, &err), NEARER_VALUE, cases[i].part);
        assert_int_equal(m.n, 99);
        nearer_table_free(table);
    }
}

static void matrix__is_not_filled_by_a_pair_that_stands_twice(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *part; /* NULL: it is good */
    } cases[] = {
        {"from_id,to_id,t\na,b,1\nb,a,1\na,b,1\n", "matrix.csv:4: the pair stands twice"},
        {"from_id,to_id,t\na,a,1\na,b,\na,a,0\n", "matrix.csv:4: the pair stands twice"},
        {"from_id,to_id,t\na,b,\na,b,1\n", "matrix.csv:3: the pair stands twice"},
        {"from_row,to_row,t\n2,1,1\n2,1,1\n", "matrix.csv:3: the pair stands twice"},
        {"from_id,to_id,t\na,b,1\nb,a,1\n", NULL}, /* there and back are two pairs */
        {"from_id,to_id,t\na,b,1\nA,b,1\n", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = read_csv(cases[i].csv);
        nr_matrix m;
        double cells[9];
        assert_ok(nr_matrix_begin(&m, table, &err));
        if (cases[i].part == NULL)
            assert_ok(nr_matrix_fill(cells, &m, m.columns[0], &err));
        else
            assert_fails(nr_matrix_fill(cells, &m, m.columns[0], &err), NEARER_VALUE,
                         cases[i].part);
        nr_matrix_clear(&m);
        nearer_table_free(table);
    }
}

static void table__has_a_row_for_each_cell_that_says_something(void **state)
{
    (void)state;
    const double time[] = {0, 5, NAN, 0}, km[] = {0, NAN, NAN, 0};
    const nr_cells matrices[] = {{"time", time}, {"km", km}};
    nr_names ids = {0};
    nearer_table *table = NULL;
    nr_names_add(&ids, "a");
    nr_names_add(&ids, "b");
    assert_ok(nr_matrix_table(&table, "m.npy", matrices, 2, 2, 2, &ids, &err));
    assert_int_equal(nearer_table_rows(table), 1); /* the diagonal is 0: it says nothing */
    assert_int_equal(nearer_table_columns(table), 4);
    assert_string_equal(text_of(table, 0, "from_id"), "a");
    assert_string_equal(text_of(table, 0, "to_id"), "b");
    assert_true(cell_of(table, 0, "time") == 5);
    assert_true(isnan(cell_of(table, 0, "km")) != 0);
    nearer_table_free(table);
    nr_names_clear(&ids);
}

static void table__has_the_diagonal_when_any_matrix_has_one(void **state)
{
    (void)state;
    const double zero[] = {0, 1, 2, 0}, own[] = {0, 1, 2, 3}, missing[] = {0, 1, 2, NAN};
    const struct {
        nr_cells matrices[2];
        size_t rows;
    } cases[] = {
        {{{"t", zero}, {"u", zero}}, 2},
        {{{"t", zero}, {"u", own}}, 4},
        {{{"t", own}, {"u", zero}}, 4},
        {{{"t", missing}, {"u", missing}}, 3}, /* a known 0 beside an unknown */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = NULL;
        assert_ok(nr_matrix_table(&table, "m.npy", cases[i].matrices, 2, 2, 2, NULL, &err));
        assert_int_equal(nearer_table_rows(table), cases[i].rows);
        nearer_table_free(table);
    }
}

static void table__of_a_matrix_that_is_not_square_has_no_diagonal(void **state)
{
    (void)state;
    const double cells[] = {0, 1, 2, 3, 0, 5};
    const nr_cells matrix = {"t", cells};
    static const double ends[][2] = {{1, 1}, {1, 2}, {1, 3}, {2, 1}, {2, 2}, {2, 3}};
    nearer_table *table = NULL;
    assert_ok(nr_matrix_table(&table, "m.npy", &matrix, 1, 2, 3, NULL, &err));
    assert_int_equal(nearer_table_rows(table), 6);
    for (size_t r = 0; r < 6; r++) {
        assert_true(cell_of(table, r, "from_row") == ends[r][0]);
        assert_true(cell_of(table, r, "to_row") == ends[r][1]);
        assert_true(cell_of(table, r, "t") == cells[r]);
    }
    nearer_table_free(table);
}

static void matrix__and_back_is_the_same_pairs(void **state)
{
    (void)state;
    static const char *const ids[] = {"武汉", "b", "c d", "5", "e"};
    for (unsigned seed = 0; seed < 100; seed++) {
        nearer_table *table = random_pairs(seed, 1 + seed % 5, ids, &err), *back = NULL;
        nr_matrix m;
        double cells[25];
        assert_ok(nr_matrix_begin(&m, table, &err));
        assert_ok(nr_matrix_fill(cells, &m, m.columns[0], &err));
        const nr_cells matrix = {"travel_time", cells};
        assert_ok(nr_matrix_table(&back, "m", &matrix, 1, m.n, m.n, &m.ids, &err));
        assert_same_pairs(table, back);
        nr_matrix_clear(&m);
        nearer_table_free(table);
        nearer_table_free(back);
    }
}

static void matrix__out_of_memory_gives_nothing(void **state)
{
    (void)state;
    nearer_table *table = read_csv("from_id,to_id,t\na,b,1\nb,c,2\n");
    nearer_status status = NEARER_MEMORY;
    for (long allowed = 0; status != NEARER_OK; allowed++) {
        nr_matrix m = {0};
        nearer_table *back = NULL;
        double cells[9];
        nr_fail_allocation_after(allowed);
        status = nr_matrix_begin(&m, table, &err);
        if (status == NEARER_OK) status = nr_matrix_fill(cells, &m, m.columns[0], &err);
        const nr_cells matrix = {"t", cells};
        if (status == NEARER_OK)
            status = nr_matrix_table(&back, "m", &matrix, 1, 3, 3, &m.ids, &err);
        nr_fail_allocation_after(-1);
        nr_matrix_clear(&m);
        if (status == NEARER_OK) {
            assert_int_equal(nearer_table_rows(back), 2);
            assert_true(allowed > 8);
        } else {
            assert_int_equal(status, NEARER_MEMORY);
            assert_null(back);
        }
        nearer_table_free(back);
    }
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matrix__is_square_over_all_places_with_gaps),
        cmocka_unit_test(matrix__has_its_own_diagonal_where_one_is_told),
        cmocka_unit_test(matrix__of_numbered_rows_has_them_in_their_places),
        cmocka_unit_test(matrix__prefers_ids_to_numbers),
        cmocka_unit_test(matrix__of_no_rows_is_of_no_places),
        cmocka_unit_test(matrix__is_refused_without_pairs_or_numbers),
        cmocka_unit_test(matrix__is_not_filled_by_a_pair_that_stands_twice),
        cmocka_unit_test(table__has_a_row_for_each_cell_that_says_something),
        cmocka_unit_test(table__has_the_diagonal_when_any_matrix_has_one),
        cmocka_unit_test(table__of_a_matrix_that_is_not_square_has_no_diagonal),
        cmocka_unit_test(matrix__and_back_is_the_same_pairs),
        cmocka_unit_test(matrix__out_of_memory_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
