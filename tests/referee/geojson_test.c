/* geojsonhint's good and bad files: the good are read, the bad are refused with a sentence that
 * names the line. What it calls lint is refused when we are strict, but for numbers of many digits,
 * which RFC 7946 allows and one of the good files has too. */
#include "referee/referee.h"

static void assert_verdict(const char *file, const nearer_reading *how, bool good)
{
    char path[1024], place[1040];
    nearer_table *table = NULL;
    snprintf(path, sizeof path, "%s/geojson/test/data/%s", REFEREE, file);
    nearer_status status = nearer_table_read(&table, path, how, &err);
    if (good && status != NEARER_OK) fail_msg("%s", err.message);
    if (!good && status == NEARER_OK) fail_msg("%s was read", file);
    nearer_table_free(table);
    if (good) return;
    snprintf(place, sizeof place, "%s:", path);
    assert_true(status == NEARER_SYNTAX || status == NEARER_VALUE);
    assert_memory_equal(err.message, place, strlen(place));
    if (strtoul(err.message + strlen(place), NULL, 10) < 1) fail_msg("no line: %s", err.message);
}

static void geojson__good_files_are_read_and_bad_ones_refused(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *expected = read_expected("geojson/EXPECTED.csv");
    size_t refused = 0;
    for (size_t row = 0; row < nearer_table_rows(expected); row++) {
        const char *file = expected_text(expected, row, "file");
        bool good = strcmp(expected_text(expected, row, "expected"), "accept") == 0;
        bool lint = strcmp(expected_text(expected, row, "severity"), "lint") == 0;
        bool digits = strstr(file, "excessive_precision") != NULL;
        const nearer_reading survey = {.survey = true}, strict = {.survey = true, .strict = true};
        assert_verdict(file, &survey, good || lint);
        assert_verdict(file, &strict, good || digits);
        refused += !good && !digits;
    }
    assert_int_equal(refused, 43);
    nearer_table_free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geojson__good_files_are_read_and_bad_ones_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
