#include "formats/stream.h"

#include "base/memory.h"
#include "formats/part.h"
#include "tables.h"

static nearer_error err;

static const char *const from[] = {"a", "b, c"}, *const to[] = {"x", "y", "z"};
static const nr_ticks block[] = {60000, 90000, NR_NEVER, 1, 0, 600000};

static nr_stream_spec spec_of(void)
{
    return (nr_stream_spec){.rows = 2,
                            .columns = 3,
                            .row_ids = from,
                            .column_ids = to,
                            .per_unit = NR_TICKS_PER_MINUTE,
                            .column = "travel_time",
                            .unit = "min"};
}

static nearer_status write_stream(const char *path, const nr_stream_spec *spec)
{
    nr_stream *stream = NULL;
    nearer_status status = nr_stream_open(&stream, path, spec, &err);
    for (size_t i = 0; status == NEARER_OK && i < spec->rows; i++)
        status = nr_stream_put(stream, block + i * spec->columns, 1, &err);
    if (status == NEARER_OK) return nr_stream_close(stream, &err);
    nr_stream_drop(stream);
    return status;
}

static void assert_absent(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_null(file);
}

static void stream__writes_a_long_table(void **state)
{
    (void)state;
    const nr_stream_spec spec = spec_of();
    assert_ok(write_stream("s.csv", &spec));
    char *text = read_file("s.csv");
    assert_string_equal(text, "from_id,to_id,travel_time\na,x,1\na,y,1.5\na,z,inf\n"
                              "\"b, c\",x,1.6666666666666667e-05\n\"b, c\",y,0\n\"b, c\",z,10\n");
    free(text);
    assert_absent("s.csv.part");
    assert_ok(write_stream("s.tsv", &spec));
    text = read_file("s.tsv");
    assert_non_null(strstr(text, "from_id\tto_id\ttravel_time\na\tx\t1\n"));
    free(text);
}

/* The pair of a place and itself says nothing. */
static void stream__leaves_out_pairs_of_one_place(void **state)
{
    (void)state;
    nr_stream_spec spec = spec_of();
    spec.same = true;
    spec.first = 1;
    assert_ok(write_stream("s.csv", &spec));
    char *text = read_file("s.csv");
    assert_string_equal(text, "from_id,to_id,travel_time\na,x,1\na,z,inf\n"
                              "\"b, c\",x,1.6666666666666667e-05\n\"b, c\",y,0\n");
    free(text);
}

static void stream__writes_arrays_of_both_sizes(void **state)
{
    (void)state;
    nr_stream_spec spec = spec_of();
    for (int narrow = 0; narrow < 2; narrow++) {
        spec.float32 = narrow == 1;
        assert_ok(write_stream("s.npy", &spec));
        nearer_table *table = NULL;
        assert_ok(nearer_table_read(&table, "s.npy", NULL, &err));
        assert_int_equal(nearer_table_rows(table), 6);
        ptrdiff_t column = nearer_table_find(table, "value");
        for (size_t k = 0; k < 6; k++) {
            double expected = nr_ticks_value(block[k], NR_TICKS_PER_MINUTE);
            double found = nearer_table_number(table, k, (size_t)column);
            assert_true(found == (narrow ? (double)(float)expected : expected));
        }
        nearer_table_free(table);
    }
}

static void stream__needs_all_rows(void **state)
{
    (void)state;
    const nr_stream_spec spec = spec_of();
    nr_stream *stream = NULL;
    assert_ok(nr_stream_open(&stream, "s2.csv", &spec, &err));
    assert_ok(nr_stream_put(stream, block, 1, &err));
    assert_fails(nr_stream_close(stream, &err), NEARER_INTERNAL, "1 of 2 rows");
    assert_absent("s2.csv");
    assert_absent("s2.csv.part");
}

static void stream__says_what_it_cannot_write(void **state)
{
    (void)state;
    const nr_stream_spec spec = spec_of();
    assert_fails(write_stream("s.gpkg", &spec), NEARER_NAME, "by rows as .npy, .omx, .csv or .tsv");
    assert_fails(write_stream("nowhere/s.csv", &spec), NEARER_IO,
                 "nowhere/s.csv: cannot be written");
}

static void stream__out_of_memory_leaves_nothing(void **state)
{
    (void)state;
    const nr_stream_spec spec = spec_of();
    const char *const paths[] = {"m.csv", "m.npy"};
    for (size_t p = 0; p < 2; p++)
        for (long allowed = 0;; allowed++) {
            remove(paths[p]);
            nr_fail_allocation_after(allowed);
            nearer_status status = write_stream(paths[p], &spec);
            nr_fail_allocation_after(-1);
            if (status == NEARER_OK) break;
            assert_int_equal(status, NEARER_MEMORY);
            assert_absent(paths[p]);
        }
}

static void write_part(size_t part, const char *key)
{
    nr_stream_spec spec = spec_of();
    const nr_part_spec about = {.part = part, .parts = 2, .all_rows = 2, .key = key};
    nr_stream *stream = NULL;
    spec.rows = 1;
    spec.first = part - 1;
    spec.row_ids = from + spec.first;
    assert_ok(nr_part_open(&stream, "p.csv", &spec, &about, &err));
    assert_ok(nr_stream_put(stream, block + 3 * spec.first, 1, &err));
    assert_ok(nr_stream_close(stream, &err));
}

static void join__gives_the_bytes_of_the_whole(void **state)
{
    (void)state;
    const nr_stream_spec spec = spec_of();
    nearer_report *report = NULL;
    write_part(1, "k");
    write_part(2, "k");
    assert_ok(nearer_join(&report, "p.csv", false, &err));
    nearer_report_free(report);
    assert_ok(write_stream("s.csv", &spec));
    char *joined = read_file("p.csv"), *whole = read_file("s.csv");
    assert_string_equal(joined, whole);
    free(joined);
    free(whole);
    write_part(2, "another");
    assert_fails(nearer_join(&report, "p.csv", false, &err), NEARER_VALUE, "another network");
}

static void join__refuses_a_damaged_part(void **state)
{
    (void)state;
    nearer_report *report = NULL;
    write_part(1, "k");
    write_part(2, "k");
    char *bytes = read_file("p.csv.2of2");
    FILE *file = fopen("p.csv.2of2", "r+b");
    assert_non_null(file);
    fseek(file, -20, SEEK_END); /* in the last of its ticks */
    int was = fgetc(file);
    fseek(file, -20, SEEK_END);
    fputc(was ^ 1, file);
    fclose(file);
    free(bytes);
    remove("p.csv");
    assert_fails(nearer_join(&report, "p.csv", false, &err), NEARER_SYNTAX, "damaged");
    assert_absent("p.csv");
    assert_absent("p.csv.part");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stream__writes_a_long_table),
        cmocka_unit_test(stream__leaves_out_pairs_of_one_place),
        cmocka_unit_test(stream__writes_arrays_of_both_sizes),
        cmocka_unit_test(stream__needs_all_rows),
        cmocka_unit_test(stream__says_what_it_cannot_write),
        cmocka_unit_test(stream__out_of_memory_leaves_nothing),
        cmocka_unit_test(join__gives_the_bytes_of_the_whole),
        cmocka_unit_test(join__refuses_a_damaged_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
