#include "tables.h"

static nearer_error err;
static const nearer_reading how = {.format = "osrm"};

static nearer_table *read_osrm(const char *json)
{
    nearer_table *table = NULL;
    assert_ok(nearer_table_read(&table, write_file("osrm.json", json), &how, &err));
    return table;
}

static void assert_row(const nearer_table *table, size_t row, double from, double to, double time)
{
    assert_true(cell_of(table, row, "from_row") == from);
    assert_true(cell_of(table, row, "to_row") == to);
    if (cell_of(table, row, "travel_time") != time)
        fail_msg("row %zu: %.17g is not %.17g", row, cell_of(table, row, "travel_time"), time);
}

static void osrm__durations_are_minutes_and_null_cannot_be_reached(void **state)
{
    (void)state;
    nearer_table *table =
        read_osrm("{\"code\":\"Ok\",\"durations\":[[0,90,null],[60.6,0,12],[1e3,0.3,0]],"
                  "\"sources\":[{\"name\":\"\",\"location\":[1,2]}]}");
    assert_int_equal(nearer_table_columns(table), 3);
    assert_int_equal(nearer_table_rows(table), 6);
    assert_row(table, 0, 1, 2, 1.5);
    assert_row(table, 1, 1, 3, (double)INFINITY);
    assert_row(table, 2, 2, 1, 60.6 / 60);
    assert_row(table, 3, 2, 3, 0.2);
    assert_row(table, 4, 3, 1, 1e3 / 60);
    assert_row(table, 5, 3, 2, 0.3 / 60);
    nearer_table_free(table);
}

static void osrm__sources_and_destinations_may_differ(void **state)
{
    (void)state;
    nearer_table *table = read_osrm("{\"durations\": [[60, 120, 180]]}");
    assert_int_equal(nearer_table_rows(table), 3);
    for (size_t r = 0; r < 3; r++) assert_row(table, r, 1, (double)r + 1, (double)r + 1);
    nearer_table_free(table);
}

static void osrm__of_one_place_or_none_has_no_pairs(void **state)
{
    (void)state;
    static const char *const answers[] = {"{\"durations\": [[0]]}", "{\"durations\": []}",
                                          "{\"durations\": [[],[]]}"};
    for (size_t i = 0; i < 3; i++) {
        nearer_table *table = read_osrm(answers[i]);
        assert_int_equal(nearer_table_rows(table), 0);
        assert_int_equal(nearer_table_columns(table), 3);
        nearer_table_free(table);
    }
}

static void osrm__distances_are_kilometres(void **state)
{
    (void)state;
    nearer_table *table =
        read_osrm("{\"durations\": [[0, 60], [60, 0]], \"distances\": [[0, 1234.5], [null, 0]]}");
    assert_int_equal(nearer_table_columns(table), 4);
    assert_int_equal(nearer_table_rows(table), 2);
    assert_true(cell_of(table, 0, "distance_km") == 1.2345);
    assert_true(cell_of(table, 1, "distance_km") == (double)INFINITY);
    nearer_table_free(table);
}

static void osrm__that_is_wrong_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        nearer_status status;
        const char *part;
    } cases[] = {
        {"", NEARER_SYNTAX, "osrm.json:1: no valid JSON from here on"},
        {"{\"durations\":\n[[1, 2],\n[3, x]]}", NEARER_SYNTAX, "osrm.json:3: no valid JSON"},
        {"{\"durations\": [[1]]} more", NEARER_SYNTAX, "osrm.json:1: no valid JSON"},
        {"[[1]]", NEARER_VALUE, "an object { } with \"durations\" was expected"},
        {"{\"code\":\"NoTable\",\"message\":\"no route\"}", NEARER_NODATA,
         "osrm.json: the server answered 'NoTable': no route"},
        {"{\"code\":\"Ok\"}", NEARER_VALUE,
         "a list \"durations\" of lists of numbers was expected"},
        {"{\"durations\": 5}", NEARER_VALUE, "a list \"durations\""},
        {"{\"durations\": [1, 2]}", NEARER_VALUE, "durations[0] is no list"},
        {"{\"durations\": [[1, 2], [3]]}", NEARER_VALUE,
         "durations[1] is a list of 1 numbers; a list of 2 was expected"},
        {"{\"durations\": [[1, 2], [3, \"4\"]]}", NEARER_VALUE,
         "durations[1][1] is no number from 0 on"},
        {"{\"durations\": [[1, -2]]}", NEARER_VALUE, "durations[0][1] is no number from 0 on"},
        {"{\"durations\": [[1, 1e999]]}", NEARER_VALUE, "durations[0][1] is no number from 0 on"},
        {"{\"durations\": [[1]], \"distances\": [[1, 2]]}", NEARER_VALUE,
         "the distances are 1 x 2, the durations 1 x 1"},
        {"{\"durations\": [[1]], \"distances\": [[true]]}", NEARER_VALUE,
         "distances[0][0] is no number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = NULL;
        write_file("osrm.json", cases[i].json);
        assert_fails(nearer_table_read(&table, "osrm.json", &how, &err), cases[i].status,
                     cases[i].part);
        assert_null(table);
    }
    nearer_table *table = NULL;
    assert_fails(nearer_table_read(&table, "osrm_nowhere.json", &how, &err), NEARER_IO,
                 "osrm_nowhere.json");
}

/* A format of no ending is never found by one, and is not written. */
static void osrm__is_found_by_its_name_only(void **state)
{
    (void)state;
    const nr_format *format = NULL;
    assert_ok(nr_format_find(&format, "answer.json", "osrm", NR_READ_TABLE, &err));
    assert_string_equal(format->id, "osrm");
    assert_ok(nr_format_find(&format, "no_ending", "osrm", NR_READ_TABLE, &err));
    write_file("answer", "{}");
    assert_fails(nr_format_find(&format, "answer", NULL, NR_READ_TABLE, &err), NEARER_NAME,
                 "files of this ending are not read as tables; known: .csv .txt");
    assert_fails(nr_format_find(&format, "answer.osrm", NULL, NR_READ_TABLE, &err), NEARER_NAME,
                 "known: .csv");
    assert_fails(nr_format_find(&format, "answer.json", "osrm", NR_WRITE_TABLE, &err), NEARER_NAME,
                 "not written from tables");
}

static void osrm__without_memory_says_so(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    write_file("osrm_memory.json", "{\"durations\": [[0, 60]], \"distances\": [[0, 1]]}");
    nearer_status status = NEARER_MEMORY;
    long allowed = 0;
    for (; status != NEARER_OK; allowed++) {
        nr_fail_allocation_after(allowed);
        status = nearer_table_read(&table, "osrm_memory.json", &how, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) break;
        assert_int_equal(status, NEARER_MEMORY);
        assert_non_null(strstr(err.message, "out of memory"));
        assert_null(table);
    }
    assert_true(allowed > 7);
    assert_int_equal(nearer_table_rows(table), 2);
    nearer_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(osrm__durations_are_minutes_and_null_cannot_be_reached),
        cmocka_unit_test(osrm__sources_and_destinations_may_differ),
        cmocka_unit_test(osrm__of_one_place_or_none_has_no_pairs),
        cmocka_unit_test(osrm__distances_are_kilometres),
        cmocka_unit_test(osrm__that_is_wrong_is_refused),
        cmocka_unit_test(osrm__is_found_by_its_name_only),
        cmocka_unit_test(osrm__without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
