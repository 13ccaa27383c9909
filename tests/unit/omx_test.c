#include <hdf5.h>

#include "tables.h"

static nearer_error err;

static nearer_table *pairs(void)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "travel_time", 1);
    return table;
}

static nearer_table *read_omx(const char *path)
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

/* ---- files made by HDF5 itself, as others make them ---- */

static hid_t make_file(const char *path)
{
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(file >= 0);
    return file;
}

static void close_group(hid_t group)
{
    assert_true(H5Gclose(group) >= 0);
}

static hid_t make_group(hid_t file, const char *name)
{
    hid_t group = H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(group >= 0);
    return group;
}

static void put_set(hid_t group, const char *name, hid_t type, hid_t memory, int rank,
                    const hsize_t *shape, const void *values)
{
    hid_t space = rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, shape, NULL);
    hid_t set = H5Dcreate2(group, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(set >= 0);
    if (values != NULL)
        assert_true(H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(set);
    H5Sclose(space);
}

static void put_matrix(hid_t group, const char *name, hid_t type, hsize_t rows, hsize_t columns,
                       const double *values)
{
    put_set(group, name, type, H5T_NATIVE_DOUBLE, 2, (const hsize_t[]){rows, columns}, values);
}

static const double FOUR[] = {0, 2, 3, 0};

/* A file of one 2 x 2 matrix; its lookups are put into the group that is given back. */
static hid_t make_square(hid_t *file, const char *path)
{
    *file = make_file(path);
    hid_t data = make_group(*file, "data");
    put_matrix(data, "time", H5T_IEEE_F64BE, 2, 2, FOUR);
    close_group(data);
    return make_group(*file, "lookup");
}

static void close_square(hid_t file, hid_t lookup)
{
    close_group(lookup);
    assert_true(H5Fclose(file) >= 0);
}

/* ---- writing ---- */

static hid_t open_written(const char *path)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    assert_true(file >= 0);
    return file;
}

static void assert_text_attribute(hid_t file, const char *object, const char *name,
                                  const char *expected)
{
    char text[8] = "";
    hid_t attribute = H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0);
    hid_t type = H5Aget_type(attribute);
    assert_int_equal(H5Tget_class(type), H5T_STRING);
    assert_int_equal(H5Tis_variable_str(type), 0);
    assert_int_equal(H5Tget_cset(type), H5T_CSET_ASCII);
    assert_int_equal(H5Tget_size(type), strlen(expected));
    assert_true(H5Aread(attribute, type, text) >= 0);
    assert_string_equal(text, expected);
    H5Tclose(type);
    H5Aclose(attribute);
}

static void omx__is_laid_out_by_the_conventions(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    write_file("omx_layout.csv",
               "from_id,to_id,travel_time,fare,wait_min\n7,-3,12.5,4,1\n-3,7,inf,,2\n");
    assert_ok(nearer_table_read(&table, "omx_layout.csv", NULL, &err));
    assert_ok(nearer_table_write(table, "omx_layout.omx", &err));
    nearer_table_free(table);
    hid_t file = open_written("omx_layout.omx");
    assert_text_attribute(file, "/", "OMX_VERSION", "0.2");
    int shape[2] = {0, 0};
    hid_t attribute = H5Aopen(file, "SHAPE", H5P_DEFAULT), type = H5Aget_type(attribute);
    assert_true(H5Tequal(type, H5T_STD_I32LE) > 0);
    assert_true(H5Aread(attribute, H5T_NATIVE_INT, shape) >= 0);
    assert_int_equal(shape[0], 2);
    assert_int_equal(shape[1], 2);
    H5Tclose(type);
    H5Aclose(attribute);
    assert_text_attribute(file, "/data/travel_time", "unit", "min");
    assert_text_attribute(file, "/data/wait_min", "unit", "min");
    assert_int_equal(H5Aexists_by_name(file, "/data/fare", "unit", H5P_DEFAULT), 0);

    double cells[4];
    hid_t set = H5Dopen2(file, "/data/travel_time", H5P_DEFAULT);
    type = H5Dget_type(set);
    assert_true(H5Tequal(type, H5T_IEEE_F64LE) > 0);
    hid_t properties = H5Dget_create_plist(set);
    hsize_t chunk[2];
    unsigned level[1], flags, config;
    size_t count = 1;
    assert_int_equal(H5Pget_layout(properties), H5D_CHUNKED);
    assert_int_equal(H5Pget_chunk(properties, 2, chunk), 2);
    assert_int_equal(chunk[0], 2);
    assert_int_equal(H5Pget_nfilters(properties), 1);
    assert_int_equal(H5Pget_filter2(properties, 0, &flags, &count, level, 0, NULL, &config),
                     H5Z_FILTER_DEFLATE);
    assert_int_equal(level[0], 1);
    assert_true(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells) >= 0);
    const double expected[] = {0, 12.5, (double)INFINITY, 0};
    for (size_t k = 0; k < 4; k++) assert_true(cells[k] == expected[k]);
    H5Pclose(properties);
    H5Tclose(type);
    H5Dclose(set);

    int ids[2];
    set = H5Dopen2(file, "/lookup/id", H5P_DEFAULT);
    type = H5Dget_type(set);
    assert_true(H5Tequal(type, H5T_STD_I32LE) > 0);
    assert_true(H5Dread(set, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, ids) >= 0);
    assert_int_equal(ids[0], 7);
    assert_int_equal(ids[1], -3);
    H5Tclose(type);
    H5Dclose(set);
    H5Fclose(file);
}

/* One id that is no whole number, or would not come back the same, makes all of them texts. */
static void omx__ids_are_numbers_only_when_all_are(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        H5T_class_t expected;
    } cases[] = {{"12", H5T_INTEGER},         {"-2147483647", H5T_INTEGER},
                 {"2147483647", H5T_INTEGER}, {"2147483648", H5T_STRING},
                 {"07", H5T_STRING},          {"1.5", H5T_STRING},
                 {"1e3", H5T_STRING},         {"+4", H5T_STRING},
                 {"inf", H5T_STRING},         {"武汉", H5T_STRING}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = pairs();
        nr_table_put(table, "1", cases[i].id, 5.0);
        assert_ok(nearer_table_write(table, "omx_ids.omx", &err));
        hid_t file = open_written("omx_ids.omx"), set = H5Dopen2(file, "/lookup/id", H5P_DEFAULT);
        hid_t type = H5Dget_type(set);
        if (H5Tget_class(type) != cases[i].expected)
            fail_msg("%s is of class %d", cases[i].id, (int)H5Tget_class(type));
        if (cases[i].expected == H5T_STRING) {
            assert_int_equal(H5Tis_variable_str(type), 0);
            assert_int_equal(H5Tget_cset(type), H5T_CSET_UTF8);
            assert_int_equal(H5Tget_size(type), strlen(cases[i].id));
        }
        H5Tclose(type);
        H5Dclose(set);
        H5Fclose(file);
        nearer_table *back = read_omx("omx_ids.omx");
        assert_same_table(table, back);
        nearer_table_free(back);
        nearer_table_free(table);
    }
}

static void omx__of_float32_has_four_bytes_a_number(void **state)
{
    (void)state;
    nearer_table *table = pairs();
    nr_table_put(table, "a", "b", 0.1);
    assert_ok(write_table(&nr_format_omx, table, "omx_float.omx", true, &err));
    nearer_table_free(table);
    hid_t file = open_written("omx_float.omx");
    hid_t set = H5Dopen2(file, "/data/travel_time", H5P_DEFAULT), type = H5Dget_type(set);
    assert_true(H5Tequal(type, H5T_IEEE_F32LE) > 0);
    H5Tclose(type);
    H5Dclose(set);
    H5Fclose(file);
    table = read_omx("omx_float.omx");
    assert_int_equal(nearer_table_rows(table), 1);
    assert_true(cell_of(table, 0, "travel_time") == (double)0.1f);
    nearer_table_free(table);
}

static void omx__of_no_rows_and_of_one_place(void **state)
{
    (void)state;
    nearer_table *table = pairs();
    assert_ok(nearer_table_write(table, "omx_none.omx", &err));
    nearer_table *back = read_omx("omx_none.omx");
    assert_int_equal(nearer_table_rows(back), 0);
    assert_int_equal(nearer_table_columns(back), 3);
    nearer_table_free(back);
    nr_table_put(table, "ü", "ü", 4.0);
    assert_ok(nearer_table_write(table, "omx_one.omx", &err));
    back = read_omx("omx_one.omx");
    assert_same_table(table, back);
    nearer_table_free(back);
    nearer_table_free(table);
}

static void omx__is_not_written_from_what_is_no_matrix(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *part;
    } cases[] = {
        {"id,travel_time\na,1\n", "omx_bad.omx: the table has no pairs"},
        {"from_id,to_id,mode\na,b,rail\n", "no column of numbers beside its pairs"},
        {"from_id,to_id,time\na,b,1\na,b,3\n", "omx_bad.csv:3: the pair stands twice"},
        {"from_id,to_id,km/h\na,b,1\n", "column 'km/h': the name of a matrix has no '/'"},
        {"from_id,to_id,.\na,b,1\n", "column '.': the name of a matrix"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = NULL;
        write_file("omx_bad.csv", cases[i].csv);
        assert_ok(nearer_table_read(&table, "omx_bad.csv", NULL, &err));
        remove("omx_bad.omx");
        assert_fails(nearer_table_write(table, "omx_bad.omx", &err), NEARER_VALUE, cases[i].part);
        assert_false(nr_file_exists("omx_bad.omx"));
        nearer_table_free(table);
    }
}

static void omx__of_the_same_table_has_the_same_bytes(void **state)
{
    (void)state;
    static const char *const ids[] = {"武汉", "b", "c d", "Tübingen"};
    nearer_table *table = random_pairs(3, 4, ids, &err);
    char *bytes[2];
    size_t length[2];
    for (size_t i = 0; i < 2; i++) {
        assert_ok(nearer_table_write(table, "omx_bytes.omx", &err));
        assert_ok(nr_file_read(&bytes[i], &length[i], "omx_bytes.omx", &err));
    }
    assert_int_equal(length[0], length[1]);
    assert_memory_equal(bytes[0], bytes[1], length[0]);
    nr_free(bytes[0]);
    nr_free(bytes[1]);
    nearer_table_free(table);
}

static void omx__that_is_read_is_what_was_written(void **state)
{
    (void)state;
    static const char *const texts[] = {"武汉", "b", "c d", "Tübingen", "5", "f,\"", "г"};
    static const char *const numbers[] = {"5", "1", "-2", "700", "0", "3", "2147483647"};
    for (unsigned seed = 0; seed < 200; seed++) {
        nearer_table *table =
            random_pairs(seed, 1 + seed % 7, seed % 2 == 0 ? texts : numbers, &err);
        assert_ok(nearer_table_write(table, "omx_same.omx", &err));
        nearer_table *back = read_omx("omx_same.omx");
        assert_same_pairs(table, back);
        nearer_table_free(back);
        nearer_table_free(table);
    }
}

/* More places than a chunk has rows, so that chunks at the edge are not full. */
static void omx__of_many_places_is_the_same_too(void **state)
{
    (void)state;
    enum { PLACES = 150 };
    nearer_table *table = pairs();
    char from[12], to[12];
    for (int i = 0; i < PLACES; i++)
        for (int j = 0; j < PLACES; j++) {
            if (i == j) continue;
            snprintf(from, sizeof from, "p%d", i);
            snprintf(to, sizeof to, "p%d", j);
            nr_table_put(table, from, to, i + j / 1000.0);
        }
    assert_ok(nearer_table_write(table, "omx_many.omx", &err));
    nearer_table *back = read_omx("omx_many.omx");
    assert_same_table(table, back);
    nearer_table_free(back);
    nearer_table_free(table);
}

/* Matrices come back by name; a pair is there when one of them has it. */
static void omx__of_several_columns_has_several_matrices(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    write_file("omx_two.csv", "from_id,to_id,time,fare\na,b,1,\nb,a,,7\nb,b,5,6\n");
    assert_ok(nearer_table_read(&table, "omx_two.csv", NULL, &err));
    assert_ok(nearer_table_write(table, "omx_two.omx", &err));
    nearer_table_free(table);
    table = read_omx("omx_two.omx");
    assert_int_equal(nearer_table_rows(table), 3);
    assert_string_equal(nearer_table_column_name(table, 2), "fare");
    assert_string_equal(nearer_table_column_name(table, 3), "time");
    const double expected[3][2] = {{NAN, 1}, {7, NAN}, {6, 5}};
    for (size_t r = 0; r < 3; r++)
        for (size_t c = 0; c < 2; c++)
            assert_true(same_number(nearer_table_number(table, r, c + 2), expected[r][c]));
    nearer_table_free(table);
}

/* ---- reading ---- */

static void omx__without_lookup_numbers_its_rows(void **state)
{
    (void)state;
    hid_t file = make_file("omx_rows.omx"), data = make_group(file, "data");
    put_matrix(data, "a", H5T_STD_I16BE, 1, 3, (const double[]){5, -6, 7});
    put_matrix(data, "b", H5T_IEEE_F32LE, 1, 3, (const double[]){1.5, NAN, (double)INFINITY});
    close_group(make_group(data, "more")); /* a group within is no matrix */
    close_group(data);
    H5Fclose(file);
    nearer_table *table = read_omx("omx_rows.omx");
    assert_int_equal(nearer_table_columns(table), 4);
    assert_int_equal(nearer_table_rows(table), 3);
    const double expected[][4] = {{1, 1, 5, 1.5}, {1, 2, -6, NAN}, {1, 3, 7, (double)INFINITY}};
    for (size_t r = 0; r < 3; r++)
        for (size_t c = 0; c < 4; c++)
            assert_true(same_number(nearer_table_number(table, r, c), expected[r][c]));
    assert_string_equal(nearer_table_column_name(table, 0), "from_row");
    nearer_table_free(table);
}

static void assert_ids(const char *path, const char *first, const char *second)
{
    nearer_table *table = read_omx(path);
    assert_int_equal(nearer_table_rows(table), 2);
    assert_string_equal(text_of(table, 0, "from_id"), first);
    assert_string_equal(text_of(table, 0, "to_id"), second);
    assert_string_equal(text_of(table, 1, "from_id"), second);
    assert_true(cell_of(table, 0, "time") == 2);
    assert_true(cell_of(table, 1, "time") == 3);
    nearer_table_free(table);
}

static void omx__lookup_is_read_in_any_type(void **state)
{
    (void)state;
    const hsize_t two = 2;
    hid_t file, lookup = make_square(&file, "omx_lookup.omx");
    put_set(lookup, "zone", H5T_STD_U16BE, H5T_NATIVE_INT, 1, &two, (const int[]){101, 7});
    close_square(file, lookup);
    assert_ids("omx_lookup.omx", "101", "7");

    lookup = make_square(&file, "omx_lookup.omx");
    put_set(lookup, "zone", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, &two,
            (const double[]){5000000000.0, 1.5});
    close_square(file, lookup);
    assert_ids("omx_lookup.omx", "5000000000", "1.5");

    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    lookup = make_square(&file, "omx_lookup.omx");
    put_set(lookup, "zone", type, type, 1, &two, (const char *const[]){"武汉", "a longer name"});
    close_square(file, lookup);
    H5Tclose(type);
    assert_ids("omx_lookup.omx", "武汉", "a longer name");

    static const char *const texts[] = {"ab\0c\0\0", "ab c  ", "ab\0xc\0"};
    static const H5T_str_t pads[] = {H5T_STR_NULLPAD, H5T_STR_SPACEPAD, H5T_STR_NULLTERM};
    for (size_t i = 0; i < 3; i++) {
        type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, 3);
        H5Tset_strpad(type, pads[i]);
        lookup = make_square(&file, "omx_lookup.omx");
        put_set(lookup, "zone", type, type, 1, &two, texts[i]);
        close_square(file, lookup);
        H5Tclose(type);
        assert_ids("omx_lookup.omx", "ab", i == 2 ? "xc" : "c");
    }
}

/* Of several lookups the first by name. */
static void omx__lookup_is_the_first(void **state)
{
    (void)state;
    const hsize_t two = 2, three = 3;
    hid_t file, lookup = make_square(&file, "omx_lookups.omx");
    put_set(lookup, "b", H5T_STD_I32LE, H5T_NATIVE_INT, 1, &three, (const int[]){9, 8, 7});
    put_set(lookup, "a", H5T_STD_I32LE, H5T_NATIVE_INT, 1, &two, (const int[]){1, 2});
    close_square(file, lookup);
    assert_ids("omx_lookups.omx", "1", "2");
    lookup = make_square(&file, "omx_lookups.omx"); /* an empty group: no ids */
    close_square(file, lookup);
    nearer_table *table = read_omx("omx_lookups.omx");
    assert_string_equal(nearer_table_column_name(table, 0), "from_row");
    nearer_table_free(table);
}

static void omx__that_has_no_matrix_is_refused(void **state)
{
    (void)state;
    assert_refused("omx_nowhere.omx", NEARER_IO, "omx_nowhere.omx");
    assert_refused(write_file("omx_text.omx", "from_id,to_id\n"), NEARER_SYNTAX,
                   "omx_text.omx: it is no HDF5 file (.omx), or it is cut off");
    assert_refused(write_file("omx_text.omx", ""), NEARER_SYNTAX, "it is no HDF5 file");
    hid_t file = make_file("omx_wrong.omx");
    H5Fclose(file);
    assert_refused("omx_wrong.omx", NEARER_SYNTAX,
                   "omx_wrong.omx: it has no group /data, so it is no OMX file");
    file = make_file("omx_wrong.omx");
    close_group(make_group(file, "data"));
    H5Fclose(file);
    assert_refused("omx_wrong.omx", NEARER_NODATA, "omx_wrong.omx: there is no matrix in /data");
    file = make_file("omx_wrong.omx");
    put_matrix(file, "data", H5T_IEEE_F64LE, 1, 1, FOUR);
    H5Fclose(file);
    assert_refused("omx_wrong.omx", NEARER_SYNTAX, "/data cannot be read");
}

static void omx__matrices_that_are_none_are_refused(void **state)
{
    (void)state;
    hid_t file = make_file("omx_wrong.omx"), data = make_group(file, "data");
    put_matrix(data, "a", H5T_IEEE_F64LE, 2, 2, FOUR);
    put_matrix(data, "b", H5T_IEEE_F64LE, 1, 4, FOUR);
    close_group(data);
    H5Fclose(file);
    assert_refused("omx_wrong.omx", NEARER_VALUE, "/data/b is 1 x 4, the matrix before it 2 x 2");

    const hsize_t shape[] = {4, 1, 1};
    for (int rank = 0; rank < 4; rank++) {
        char part[80];
        if (rank == 2) continue;
        file = make_file("omx_wrong.omx");
        data = make_group(file, "data");
        put_set(data, "a", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, rank, shape, FOUR);
        close_group(data);
        H5Fclose(file);
        snprintf(part, sizeof part, "/data/a has %d dimensions, 2 were expected", rank);
        assert_refused("omx_wrong.omx", NEARER_VALUE, part);
    }

    file = make_file("omx_wrong.omx");
    data = make_group(file, "data");
    put_set(data, "a", H5T_C_S1, H5T_C_S1, 2, (const hsize_t[]){2, 2}, "abcd");
    close_group(data);
    H5Fclose(file);
    assert_refused("omx_wrong.omx", NEARER_SYNTAX, "/data/a cannot be read as numbers");

    file = make_file("omx_wrong.omx"); /* ten million million numbers and none of them there */
    data = make_group(file, "data");
    put_matrix(data, "a", H5T_IEEE_F64LE, 10000000, 1000000, NULL);
    close_group(data);
    H5Fclose(file);
    assert_refused("omx_wrong.omx", NEARER_SYNTAX,
                   "/data/a is said to be 10000000 x 1000000 but holds 0 bytes");
}

/* Nothing but the file itself is read. */
static void omx__that_leads_elsewhere_is_refused(void **state)
{
    (void)state;
    hid_t file = make_file("omx_other.omx"), data = make_group(file, "data");
    put_matrix(data, "a", H5T_IEEE_F64LE, 2, 2, FOUR);
    close_group(data);
    H5Fclose(file);
    file = make_file("omx_link.omx");
    data = make_group(file, "data");
    assert_true(
        H5Lcreate_external("omx_other.omx", "/data/a", data, "a", H5P_DEFAULT, H5P_DEFAULT) >= 0);
    close_group(data);
    H5Fclose(file);
    assert_refused("omx_link.omx", NEARER_SYNTAX,
                   "/data/a cannot be opened: the file is damaged, or it stands in another");

    const hsize_t shape[] = {2, 2};
    file = make_file("omx_link.omx");
    data = make_group(file, "data");
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(2, shape, NULL);
    assert_true(H5Pset_external(properties, "omx_other.omx", 0, 32) >= 0);
    hid_t set = H5Dcreate2(data, "a", H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    assert_true(set >= 0);
    H5Dclose(set);
    H5Sclose(space);
    H5Pclose(properties);
    close_group(data);
    H5Fclose(file);
    assert_refused("omx_link.omx", NEARER_SYNTAX, "or it stands in another");
}

static void omx__lookup_that_is_wrong_is_refused(void **state)
{
    (void)state;
    const hsize_t two = 2, three = 3;
    hid_t file, lookup = make_square(&file, "omx_wrong.omx");
    put_set(lookup, "zone", H5T_STD_I32LE, H5T_NATIVE_INT, 1, &three, (const int[]){1, 2, 3});
    close_square(file, lookup);
    assert_refused("omx_wrong.omx", NEARER_VALUE,
                   "omx_wrong.omx: /lookup/zone has 3 places, the matrices are 2 x 2");

    lookup = make_square(&file, "omx_wrong.omx");
    put_set(lookup, "zone", H5T_STD_I32LE, H5T_NATIVE_INT, 1, &two, (const int[]){5, 5});
    close_square(file, lookup);
    assert_refused("omx_wrong.omx", NEARER_VALUE, "/lookup/zone names place '5' twice");

    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, 2);
    lookup = make_square(&file, "omx_wrong.omx");
    put_set(lookup, "zone", type, type, 1, &two, "\xFFz\0b");
    close_square(file, lookup);
    H5Tclose(type);
    assert_refused("omx_wrong.omx", NEARER_SYNTAX, "is not UTF-8");

    type = H5Tcreate(H5T_OPAQUE, 4);
    lookup = make_square(&file, "omx_wrong.omx");
    put_set(lookup, "zone", type, type, 1, &two, "12345678");
    close_square(file, lookup);
    H5Tclose(type);
    assert_refused("omx_wrong.omx", NEARER_SYNTAX,
                   "/lookup/zone holds neither numbers nor texts that can be read");
}

static void omx__that_is_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    nearer_table *table = pairs();
    nr_table_put(table, "武汉", "b", 1.5);
    nr_table_put(table, "b", "武汉", 2.5);
    assert_ok(nearer_table_write(table, "omx_whole.omx", &err));
    nearer_table_free(table);
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "omx_whole.omx", &err));
    for (size_t n = 0; n < length; n++) {
        write_bytes("omx_cut.omx", bytes, n);
        table = NULL;
        if (nearer_table_read(&table, "omx_cut.omx", NULL, &err) != NEARER_SYNTAX)
            fail_msg("%zu of its %zu bytes are read", n, length);
        assert_null(table);
    }
    nr_free(bytes);
}

/* HDF5's own reports are silenced while we use it, and only then. */
static void omx__leaves_the_reports_of_hdf5_as_they_were(void **state)
{
    (void)state;
    H5E_auto2_t before, after;
    void *data_before, *data_after;
    H5Eget_auto2(H5E_DEFAULT, &before, &data_before);
    assert_refused(write_file("omx_text.omx", "no matrix"), NEARER_SYNTAX, "no HDF5 file");
    H5Eget_auto2(H5E_DEFAULT, &after, &data_after);
    assert_true(before == after);
    assert_ptr_equal(data_before, data_after);
    assert_int_equal(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL), 0); /* all is closed */
}

static void omx__without_memory_says_so(void **state)
{
    (void)state;
    nearer_table *table = pairs(), *back = NULL;
    nr_table_put(table, "a", "b", 1.5);
    nr_table_put(table, "b", "a", 2.5);
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    for (; status != NEARER_OK; allowed++) {
        remove("omx_memory.omx");
        nr_fail_allocation_after(allowed);
        status = nearer_table_write(table, "omx_memory.omx", &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_false(nr_file_exists("omx_memory.omx"));
    }
    assert_true(allowed > 7);
    status = NEARER_MEMORY;
    for (allowed = 0; status != NEARER_OK; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nearer_table_read(&back, "omx_memory.omx", NULL, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_null(back);
    }
    assert_true(allowed > 7);
    assert_same_table(table, back);
    assert_int_equal(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    nearer_table_free(back);
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(omx__is_laid_out_by_the_conventions),
        cmocka_unit_test(omx__ids_are_numbers_only_when_all_are),
        cmocka_unit_test(omx__of_float32_has_four_bytes_a_number),
        cmocka_unit_test(omx__of_no_rows_and_of_one_place),
        cmocka_unit_test(omx__is_not_written_from_what_is_no_matrix),
        cmocka_unit_test(omx__of_the_same_table_has_the_same_bytes),
        cmocka_unit_test(omx__that_is_read_is_what_was_written),
        cmocka_unit_test(omx__of_many_places_is_the_same_too),
        cmocka_unit_test(omx__of_several_columns_has_several_matrices),
        cmocka_unit_test(omx__without_lookup_numbers_its_rows),
        cmocka_unit_test(omx__lookup_is_read_in_any_type),
        cmocka_unit_test(omx__lookup_is_the_first),
        cmocka_unit_test(omx__that_has_no_matrix_is_refused),
        cmocka_unit_test(omx__matrices_that_are_none_are_refused),
        cmocka_unit_test(omx__that_leads_elsewhere_is_refused),
        cmocka_unit_test(omx__lookup_that_is_wrong_is_refused),
        cmocka_unit_test(omx__that_is_cut_off_anywhere_is_refused),
        cmocka_unit_test(omx__leaves_the_reports_of_hdf5_as_they_were),
        cmocka_unit_test(omx__without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
