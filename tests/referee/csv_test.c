/* The files of csv-spectrum, cell by cell as their JSON says. Left out where they are not there. */
#include <cJSON.h>

#include "referee/referee.h"

static void assert_equals_json(const char *name)
{
    char path[1024];
    nearer_table *table = NULL;
    snprintf(path, sizeof path, "%s/csv/csvs/%s.csv", REFEREE, name);
    assert_ok(nearer_table_read(&table, path, NULL, &err));
    snprintf(path, sizeof path, "%s/csv/json/%s.json", REFEREE, name);
    char *bytes = read_file(path);
    cJSON *json = cJSON_Parse(bytes);
    assert_non_null(json);
    assert_int_equal(nearer_table_rows(table), cJSON_GetArraySize(json));
    size_t row = 0;
    for (const cJSON *object = json->child; object != NULL; object = object->next, row++) {
        size_t column = 0;
        for (const cJSON *cell = object->child; cell != NULL; cell = cell->next, column++) {
            assert_string_equal(nearer_table_column_name(table, column), cell->string);
            assert_string_equal(nearer_table_text(table, row, column), cell->valuestring);
        }
        assert_int_equal(nearer_table_columns(table), column);
    }
    cJSON_Delete(json);
    free(bytes);
    nearer_table_free(table);
}

static void csv__is_what_its_json_says(void **state)
{
    (void)state;
    static const char *const names[] = {"comma_in_quotes",
                                        "empty",
                                        "empty_crlf",
                                        "escaped_quotes",
                                        "json",
                                        "newlines",
                                        "newlines_crlf",
                                        "quotes_and_newlines",
                                        "simple",
                                        "simple_crlf",
                                        "utf8"};
    skip_without_referee();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) assert_equals_json(names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(csv__is_what_its_json_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
