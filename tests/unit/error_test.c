#include "base/error.h"
#include "test.h"

static nearer_error err;

static void fail__returns_the_status_without_an_error_to_fill(void **state)
{
    (void)state;
    assert_int_equal(nr_fail(NULL, NEARER_IO, "%s", "lost"), NEARER_IO);
    assert_int_equal(nr_fail_memory(NULL), NEARER_MEMORY);
}

static void fail__fills_status_and_sentence(void **state)
{
    (void)state;
    assert_int_equal(nr_fail(&err, NEARER_NAME, "%s:%d: unknown", "a.csv", 7), NEARER_NAME);
    assert_int_equal(err.status, NEARER_NAME);
    assert_string_equal(err.message, "a.csv:7: unknown");
    assert_int_equal(nr_fail_memory(&err), NEARER_MEMORY);
    assert_int_equal(err.status, NEARER_MEMORY);
    assert_string_equal(err.message, "out of memory");
}

static void fail__cuts_a_sentence_that_is_too_long(void **state)
{
    (void)state;
    char longest[2000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    assert_int_equal(nr_fail(&err, NEARER_VALUE, "%s", longest), NEARER_VALUE);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    assert_int_equal(strspn(err.message, "x"), sizeof err.message - 1);
}

static int later_calls;

static nearer_status tries(nearer_status first)
{
    NR_TRY(first);
    later_calls++;
    return NEARER_USAGE;
}

static void try__hands_a_failure_on_and_goes_on_after_success(void **state)
{
    (void)state;
    later_calls = 0;
    assert_int_equal(tries(NEARER_IO), NEARER_IO);
    assert_int_equal(later_calls, 0);
    assert_int_equal(tries(NEARER_OK), NEARER_USAGE);
    assert_int_equal(later_calls, 1);
}

static void status_exit_code__is_what_the_header_says(void **state)
{
    (void)state;
    static const struct {
        nearer_status status;
        int exit_code;
    } rows[] = {{NEARER_OK, 0},     {NEARER_USAGE, 2},  {NEARER_IO, 3},
                {NEARER_SYNTAX, 4}, {NEARER_VALUE, 5},  {NEARER_NAME, 6},
                {NEARER_NODATA, 7}, {NEARER_MEMORY, 8}, {NEARER_INTERNAL, 70}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(nearer_status_exit_code(rows[i].status), rows[i].exit_code);
}

static void version__is_the_header_s(void **state)
{
    (void)state;
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", NEARER_VERSION_MAJOR, NEARER_VERSION_MINOR,
             NEARER_VERSION_PATCH);
    assert_string_equal(nearer_version(NULL), expected);
}

static void version__names_the_libraries(void **state)
{
    (void)state;
    static const char *const libraries[] = {"igraph ", "shapelib ", "cJSON ",
                                            "GSL ",    "PROJ ",     "cairo "};
    const char *details = NULL;
    nearer_version(&details);
    assert_non_null(details);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        const char *at = strstr(details, libraries[i]);
        assert_non_null(at);
        /* a number follows the name */
        assert_in_range(at[strlen(libraries[i])], '0', '9');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fail__returns_the_status_without_an_error_to_fill),
        cmocka_unit_test(fail__fills_status_and_sentence),
        cmocka_unit_test(fail__cuts_a_sentence_that_is_too_long),
        cmocka_unit_test(try__hands_a_failure_on_and_goes_on_after_success),
        cmocka_unit_test(status_exit_code__is_what_the_header_says),
        cmocka_unit_test(version__is_the_header_s),
        cmocka_unit_test(version__names_the_libraries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
