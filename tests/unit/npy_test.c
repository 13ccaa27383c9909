#include "base/names.h"
#include "tables.h"

static nearer_error err;

static nearer_table *pairs(void)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "mode", NR_TEXT_COLUMN);
    nr_table_add_column(table, "travel_time", 1);
    return table;
}

/* A file of version `major` with this dictionary, unpadded, and these data. */
static const char *write_npy(const char *name, int major, const char *dictionary, const void *data,
                             size_t length)
{
    unsigned char bytes[1024] = "\x93NUMPY";
    size_t n = strlen(dictionary), before = major == 1 ? 10 : 12;
    assert_true(before + n + length <= sizeof bytes);
    bytes[6] = (unsigned char)major;
    bytes[8] = (unsigned char)(n & 0xFF);
    bytes[9] = (unsigned char)(n >> 8);
    memcpy(bytes + before, dictionary, n);
    if (length > 0) memcpy(bytes + before + n, data, length);
    return write_bytes(name, bytes, before + n + length);
}

static nearer_table *read_npy(const char *path)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, path, NULL, &err));
    return table;
}

static void assert_refused(const char *path, nearer_status status, const char *part)
{
    nearer_table *table = NULL;
    assert_fails(nearer_table_read(&table, path, NULL, &err), status, part);
    assert_null(table);
}

/* ---- writing ---- */

static void npy__header_is_that_of_the_specification(void **state)
{
    (void)state;
    /* magic, version 1.0, a header of 118 bytes that ends in a newline at a multiple of 64 */
    static const char dictionary[] = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }";
    unsigned char expected[128 + 32] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    memset(expected + 10, ' ', 117);
    memcpy(expected + 10, dictionary, strlen(dictionary));
    expected[127] = '\n';
    static const unsigned char numbers[32] = {0, 0, 0, 0, 0, 0, 0,    0,    /* 0: b to itself */
                                              0, 0, 0, 0, 0, 0, 0xF8, 0x3F, /* 1.5: b to a */
                                              0, 0, 0, 0, 0, 0, 0xF0, 0x7F, /* inf: a to b */
                                              0, 0, 0, 0, 0, 0, 0,    0};
    memcpy(expected + 128, numbers, sizeof numbers);
    nearer_table *table = pairs();
    nr_table_put(table, "b", "a", "rail", 1.5);
    nr_table_put(table, "a", "b", "", (double)INFINITY);
    assert_ok(nearer_table_write(table, "npy_header.npy", &err));
    nearer_table_free(table);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "npy_header.npy", &err));
    assert_int_equal(length, sizeof expected);
    assert_memory_equal(bytes, expected, sizeof expected);
    nr_free(bytes);
}

static void npy__of_float32_has_four_bytes_a_number(void **state)
{
    (void)state;
    nearer_table *table = pairs();
    nr_table_put(table, "a", "a", "", 1.5);
    assert_ok(write_table(&nr_format_npy, table, "npy_float.npy", true, &err));
    nearer_table_free(table);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "npy_float.npy", &err));
    assert_int_equal(length, 128 + 4);
    assert_memory_equal(bytes + 10, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }",
                        59);
    assert_memory_equal(bytes + 128, "\x00\x00\xC0\x3F", 4);
    nr_free(bytes);
}

static void npy__of_no_rows_is_of_no_places(void **state)
{
    (void)state;
    nearer_table *table = pairs();
    assert_ok(nearer_table_write(table, "npy_none.npy", &err));
    nearer_table_free(table);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "npy_none.npy", &err));
    assert_int_equal(length, 128);
    assert_non_null(strstr(bytes + 10, "'shape': (0, 0), }"));
    nr_free(bytes);
    table = read_npy("npy_none.npy");
    assert_int_equal(nearer_table_rows(table), 0);
    assert_int_equal(nearer_table_columns(table), 3);
    nearer_table_free(table);
}

static void npy__has_missing_pairs_as_nan_and_the_diagonal_as_given(void **state)
{
    (void)state;
    nearer_table *table = pairs();
    nr_table_put(table, "a", "b", "", 2.0);
    nr_table_put(table, "b", "b", "", 3.0); /* so the diagonal is known to be told */
    assert_ok(nearer_table_write(table, "npy_missing.npy", &err));
    nearer_table_free(table);
    table = read_npy("npy_missing.npy");
    assert_int_equal(nearer_table_rows(table), 2);
    assert_string_equal(nearer_table_column_name(table, 0), "from_row");
    assert_string_equal(nearer_table_column_name(table, 1), "to_row");
    assert_string_equal(nearer_table_column_name(table, 2), "value");
    assert_int_equal(nearer_table_column_decimals(table, 0), 0);
    const double expected[][3] = {{1, 2, 2}, {2, 2, 3}};
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < 3; c++)
            assert_true(nearer_table_number(table, r, c) == expected[r][c]);
    nearer_table_free(table);
}

/* from_row and to_row say the place in the matrix themselves, in whatever order they come. */
static void npy__of_numbered_pairs_has_them_in_their_places(void **state)
{
    (void)state;
    write_file("npy_rows.csv", "from_row,to_row,value\n3,1,7.5\n1,2,2\n");
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, "npy_rows.csv", NULL, &err));
    assert_ok(nearer_table_write(table, "npy_rows.npy", &err));
    nearer_table_free(table);
    table = read_npy("npy_rows.npy");
    const double expected[][3] = {{1, 2, 2}, {3, 1, 7.5}};
    assert_int_equal(nearer_table_rows(table), 2);
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < 3; c++)
            assert_true(nearer_table_number(table, r, c) == expected[r][c]);
    nearer_table_free(table);
}

static void npy__is_not_written_from_what_is_no_matrix(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *part;
    } cases[] = {
        {"id,travel_time\na,1\n",
         "npy_bad.npy: the table has no pairs: columns from_id and to_id were expected"},
        {"from_id,to_id,mode\na,b,rail\n", "the table has no column of numbers beside its pairs"},
        {"from_id,to_id,time\na,b,1\na,c,2\na,b,3\n", "npy_bad.csv:4: the pair stands twice"},
        {"from_row,to_row,time\n1,0,1\n", "npy_bad.csv:2: to_row is 0, a whole number from 1 was"},
        {"from_row,to_row,time\n1.5,1,1\n", "from_row is 1.5, a whole number from 1 was expected"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = NULL;
        write_file("npy_bad.csv", cases[i].csv);
        assert_ok(nearer_table_read(&table, "npy_bad.csv", NULL, &err));
        remove("npy_bad.npy");
        assert_fails(nearer_table_write(table, "npy_bad.npy", &err), NEARER_VALUE, cases[i].part);
        assert_false(nr_file_exists("npy_bad.npy"));
        nearer_table_free(table);
    }
}

static void npy__that_is_read_is_what_was_written(void **state)
{
    (void)state;
    static const char *const ids[] = {"武汉", "b", "c d", "Tübingen", "5", "f,\"", "г"};
    for (unsigned seed = 0; seed < 200; seed++) {
        nearer_table *table = random_pairs(seed, 1 + seed % 7, ids, &err);
        nr_names order = {0};
        for (size_t side = 0; side < 2; side++)
            for (size_t r = 0; r < nearer_table_rows(table); r++)
                assert_int_not_equal(nr_names_add(&order, nearer_table_text(table, r, side)),
                                     NR_NO_NAME);
        assert_ok(nearer_table_write(table, "npy_same.npy", &err));
        nearer_table *back = read_npy("npy_same.npy");
        if (nearer_table_rows(back) != nearer_table_rows(table))
            fail_msg("seed %u: %zu rows, not %zu", seed, nearer_table_rows(back),
                     nearer_table_rows(table));
        for (size_t r = 0; r < nearer_table_rows(table); r++) {
            double from = (double)nr_names_find(&order, text_of(table, r, "from_id")) + 1;
            double to = (double)nr_names_find(&order, text_of(table, r, "to_id")) + 1;
            size_t k = 0;
            while (k < nearer_table_rows(back) &&
                   (cell_of(back, k, "from_row") != from || cell_of(back, k, "to_row") != to))
                k++;
            if (k == nearer_table_rows(back)) fail_msg("seed %u: no row %g, %g", seed, from, to);
            if (cell_of(back, k, "value") != cell_of(table, r, "travel_time"))
                fail_msg("seed %u: %g is not %g", seed, cell_of(back, k, "value"),
                         cell_of(table, r, "travel_time"));
        }
        nr_names_clear(&order);
        nearer_table_free(back);
        nearer_table_free(table);
    }
}

/* ---- reading ---- */

static void npy__is_read_in_each_type_and_byte_order(void **state)
{
    (void)state;
    /* each file holds two numbers in one row */
    static const struct {
        const char *type, *bytes;
        size_t size;
        double expected[2];
    } cases[] = {
        {"<f8", "\0\0\0\0\0\0\xF8\x3F\0\0\0\0\0\0\xF0\xFF", 8, {1.5, -(double)INFINITY}},
        {">f8", "\x3F\xF8\0\0\0\0\0\0\xFF\xF0\0\0\0\0\0\0", 8, {1.5, -(double)INFINITY}},
        {"<f4", "\0\0\xC0\x3F\0\0\0\xC0", 4, {1.5, -2}},
        {">f4", "\x3F\xC0\0\0\xC0\0\0\0", 4, {1.5, -2}},
        {"<i8", "\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x02\0\0\0\0\0\0", 8, {-2, 513}},
        {">i8", "\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x02\x01", 8, {-9223372036854775808.0, 513}},
        {"<i4", "\xFF\xFF\xFF\xFF\0\0\0\x80", 4, {-1, -2147483648.0}},
        {">i4", "\0\x01\0\0\x7F\xFF\xFF\xFF", 4, {65536, 2147483647}},
        {"<i2", "\x39\x30\xC7\xCF", 2, {12345, -12345}},
        {">i2", "\x30\x39\xCF\xC7", 2, {12345, -12345}},
        {"<u2", "\x39\x30\xFF\xFF", 2, {12345, 65535}},
        {">u2", "\x30\x39\xFF\xFF", 2, {12345, 65535}},
        {"<u4", "\xFF\xFF\xFF\xFF\x01\0\0\0", 4, {4294967295.0, 1}},
        {"<u8", "\0\0\0\0\0\0\0\x80\x07\0\0\0\0\0\0\0", 8, {9223372036854775808.0, 7}},
        {"|u1", "\xFF\x07", 1, {255, 7}},
        {"<u1", "\xFF\x07", 1, {255, 7}},
        {"|i1", "\xFF\x80", 1, {-1, -128}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char dictionary[100];
        snprintf(dictionary, sizeof dictionary,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (1, 2), }\n", cases[i].type);
        write_npy("npy_type.npy", 1, dictionary, cases[i].bytes, 2 * cases[i].size);
        nearer_table *table = read_npy("npy_type.npy");
        assert_int_equal(nearer_table_rows(table), 2);
        for (size_t k = 0; k < 2; k++)
            if (cell_of(table, k, "value") != cases[i].expected[k])
                fail_msg("%s: %.17g is not %.17g", cases[i].type, cell_of(table, k, "value"),
                         cases[i].expected[k]);
        nearer_table_free(table);
    }
}

static void npy__is_read_by_rows_or_by_columns_of_any_version(void **state)
{
    (void)state;
    static const char *const order[] = {"False", "True"};
    /* 2 x 3, the numbers 1 ... 6 as they stand in the file */
    static const double expected[2][6] = {{1, 2, 3, 4, 5, 6}, {1, 3, 5, 2, 4, 6}};
    for (int version = 1; version <= 3; version++)
        for (size_t by_columns = 0; by_columns < 2; by_columns++) {
            char dictionary[100];
            snprintf(dictionary, sizeof dictionary,
                     "{'descr':'|u1','fortran_order':%s,'shape':(2,3)}\n", order[by_columns]);
            write_npy("npy_order.npy", version, dictionary, "\1\2\3\4\5\6", 6);
            nearer_table *table = read_npy("npy_order.npy");
            assert_int_equal(nearer_table_rows(table), 6);
            for (size_t k = 0; k < 6; k++) {
                assert_true(cell_of(table, k, "from_row") == (double)(k / 3 + 1));
                assert_true(cell_of(table, k, "to_row") == (double)(k % 3 + 1));
                assert_true(cell_of(table, k, "value") == expected[by_columns][k]);
            }
            nearer_table_free(table);
        }
}

static void npy__of_no_cells_has_no_rows(void **state)
{
    (void)state;
    static const char *const shapes[] = {"(0, 0)", "(0, 5)", "(5, 0)", "(999999999999999999, 0)",
                                         "(0, 99999999999999999999999)"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        char dictionary[120];
        snprintf(dictionary, sizeof dictionary,
                 "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }", shapes[i]);
        nearer_table *table = read_npy(write_npy("npy_cells.npy", 1, dictionary, "", 0));
        assert_int_equal(nearer_table_rows(table), 0);
        nearer_table_free(table);
    }
}

static void npy__has_no_row_where_a_cell_is_nan(void **state)
{
    (void)state;
    nearer_table *table = read_npy(
        write_npy("npy_nan.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
                  "\0\0\xC0\x7F\0\0\x80\x7F", 8));
    assert_int_equal(nearer_table_rows(table), 1);
    assert_true(cell_of(table, 0, "to_row") == 2);
    assert_true(cell_of(table, 0, "value") == (double)INFINITY);
    nearer_table_free(table);
}

/* A square matrix whose diagonal is 0 says nothing of it; any other number there, and all count. */
static void npy__has_a_diagonal_when_it_is_not_all_zero(void **state)
{
    (void)state;
    static const char head[] = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }";
    nearer_table *table = read_npy(write_npy("npy_own.npy", 1, head, "\0\5\6\0", 4));
    assert_int_equal(nearer_table_rows(table), 2);
    nearer_table_free(table);
    table = read_npy(write_npy("npy_own.npy", 1, head, "\0\5\6\1", 4));
    assert_int_equal(nearer_table_rows(table), 4);
    nearer_table_free(table);
}

static void npy__that_is_wrong_is_refused(void **state)
{
    (void)state;
    static const struct {
        int version;
        const char *dictionary;
        nearer_status status;
        const char *part;
    } cases[] = {
        {4, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "npy_wrong.npy: it is no NumPy array (.npy)"},
        {0, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "it is no NumPy array"},
        {1, "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "its numbers are of type '<f2'; float32, float64 or integers were expected"},
        {1, "{'descr': '<c16', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "of type '<c16'"},
        {1, "{'descr': '|b1', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "of type '|b1'"},
        {1, "{'descr': '|f8', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "of type '|f8'"},
        {1, "{'descr': '<f88', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "of type '<f88'"},
        {1, "{'descr': '<U5', 'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX,
         "of type '<U5'"},
        {1, "{'descr': '<", NEARER_SYNTAX, "of type '<'"},
        {1, "{'fortran_order': False, 'shape': (1, 1), }", NEARER_SYNTAX, "of type ''"},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", NEARER_VALUE,
         "its shape is '()', a matrix of two dimensions was expected"},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", NEARER_VALUE,
         "its shape is '(3,)'"},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1), }", NEARER_VALUE,
         "its shape is '(1, 1, 1)'"},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 1), }", NEARER_VALUE,
         "its shape is '(-1, 1)'"},
        {1, "{'descr': '<f8', 'fortran_order': False, }", NEARER_VALUE, "its shape is ''"},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }", NEARER_SYNTAX,
         "it ends before its 2 x 1 numbers do"},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
         NEARER_SYNTAX, "it ends before its 4294967296 x 4294967296 numbers do"},
        {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 99999999999999999999999), }",
         NEARER_SYNTAX, "it ends before its 1 x "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(write_npy("npy_wrong.npy", cases[i].version, cases[i].dictionary,
                                 "\0\0\0\0\0\0\xF8\x3F", 8),
                       cases[i].status, cases[i].part);
    assert_refused("npy_nowhere.npy", NEARER_IO, "npy_nowhere.npy");
    assert_refused(write_file("npy_text.npy", "from_id,to_id\n"), NEARER_SYNTAX, "no NumPy array");
    assert_refused(write_bytes("npy_long.npy", "\x93NUMPY\1\0\xFF\xFF{}", 12), NEARER_SYNTAX,
                   "its header is cut off");
    assert_refused(write_bytes("npy_long.npy", "\x93NUMPY\3\0\xFF\xFF\xFF\xFF{}", 14),
                   NEARER_SYNTAX, "its header is cut off");
}

static void npy__that_is_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    nearer_table *table = pairs();
    nr_table_put(table, "a", "b", "", 1.5);
    nr_table_put(table, "b", "a", "", 2.5);
    assert_ok(nearer_table_write(table, "npy_whole.npy", &err));
    nearer_table_free(table);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "npy_whole.npy", &err));
    assert_int_equal(length, 160);
    for (size_t n = 0; n < length; n++) {
        write_bytes("npy_cut.npy", bytes, n);
        table = NULL;
        if (nearer_table_read(&table, "npy_cut.npy", NULL, &err) != NEARER_SYNTAX)
            fail_msg("%zu of its bytes are read", n);
        assert_null(table);
    }
    nr_free(bytes);
}

static void npy__without_memory_says_so(void **state)
{
    (void)state;
    nearer_table *table = pairs(), *back = NULL;
    nr_table_put(table, "a", "b", "", 1.5);
    nr_table_put(table, "b", "a", "", 2.5);
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    for (; status != NEARER_OK; allowed++) {
        remove("npy_memory.npy");
        nr_fail_allocation_after(allowed);
        status = nearer_table_write(table, "npy_memory.npy", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_false(nr_file_exists("npy_memory.npy"));
    }
    assert_true(allowed > 7);
    status = NEARER_MEMORY;
    for (allowed = 0; status != NEARER_OK; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nearer_table_read(&back, "npy_memory.npy", NULL, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_null(back);
    }
    assert_true(allowed > 7);
    assert_int_equal(nearer_table_rows(back), 2);
    nearer_table_free(back);
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(npy__header_is_that_of_the_specification),
        cmocka_unit_test(npy__of_float32_has_four_bytes_a_number),
        cmocka_unit_test(npy__of_no_rows_is_of_no_places),
        cmocka_unit_test(npy__has_missing_pairs_as_nan_and_the_diagonal_as_given),
        cmocka_unit_test(npy__of_numbered_pairs_has_them_in_their_places),
        cmocka_unit_test(npy__is_not_written_from_what_is_no_matrix),
        cmocka_unit_test(npy__that_is_read_is_what_was_written),
        cmocka_unit_test(npy__is_read_in_each_type_and_byte_order),
        cmocka_unit_test(npy__is_read_by_rows_or_by_columns_of_any_version),
        cmocka_unit_test(npy__of_no_cells_has_no_rows),
        cmocka_unit_test(npy__has_no_row_where_a_cell_is_nan),
        cmocka_unit_test(npy__has_a_diagonal_when_it_is_not_all_zero),
        cmocka_unit_test(npy__that_is_wrong_is_refused),
        cmocka_unit_test(npy__that_is_cut_off_anywhere_is_refused),
        cmocka_unit_test(npy__without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
