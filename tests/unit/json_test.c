#include <cJSON.h>
#include <math.h>

#include "base/memory.h"
#include "formats/format.h"
#include "model/report.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static nearer_table *new_table(void)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    return table;
}

/* id, score (number) with a row for each kind of cell */
static nearer_table *cells(void)
{
    nearer_table *table = new_table();
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "score", 1);
    nr_table_put(table, "a", 0.1);
    nr_table_put(table, "", NAN);
    nr_table_put(table, "12", INFINITY);
    return table;
}

static void assert_json_text(const char *text, const char *expected)
{
    nr_text out = {0};
    nr_json_add_text(&out, text);
    assert_string_equal(out.bytes, expected);
    /* and a JSON parser reads the text again */
    cJSON *json = cJSON_Parse(out.bytes);
    assert_non_null(json);
    assert_string_equal(json->valuestring, text);
    cJSON_Delete(json);
    nr_text_clear(&out);
}

static void json_add_text__escapes_what_json_asks_for(void **state)
{
    (void)state;
    assert_json_text("", "\"\"");
    assert_json_text("plain", "\"plain\"");
    assert_json_text("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"");
    assert_json_text("\n\t\r\x01\x1f", "\"\\u000a\\u0009\\u000d\\u0001\\u001f\"");
    assert_json_text("\xE6\xAD\xA6\xE6\xB1\x89 \xC3\xA9", "\"\xE6\xAD\xA6\xE6\xB1\x89 \xC3\xA9\"");
    assert_json_text("/</script>", "\"/</script>\"");
}

static void json_add_table__of_no_rows_is_an_empty_list(void **state)
{
    (void)state;
    nearer_table *table = new_table();
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_text out = {0};
    nr_json_add_table(&out, table);
    cJSON *json = cJSON_Parse(out.bytes);
    assert_true(cJSON_IsArray(json) != 0);
    assert_int_equal(cJSON_GetArraySize(json), 0);
    cJSON_Delete(json);
    nr_text_clear(&out);
    nearer_table_free(table);
}

static void json_add_table__has_null_for_what_is_no_number(void **state)
{
    (void)state;
    nearer_table *table = cells();
    nr_text out = {0};
    nr_json_add_table(&out, table);
    assert_string_equal(out.bytes, "[\n{\"id\": \"a\", \"score\": 0.1},"
                                   "\n{\"id\": null, \"score\": null},"
                                   "\n{\"id\": \"12\", \"score\": null}\n]");
    nr_text_clear(&out);
    nearer_table_free(table);
}

static void report_json__of_nothing_has_its_notes(void **state)
{
    (void)state;
    nearer_report *report = NULL;
    char *text = NULL;
    assert_ok(nr_report_new(&report, &err));
    assert_ok(nearer_report_json(&text, report, &err));
    cJSON *json = cJSON_ParseWithOpts(text, NULL, 1);
    assert_non_null(json);
    assert_int_equal(cJSON_GetArraySize(json), 1);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json, "notes")), 0);
    cJSON_Delete(json);
    nearer_text_free(text);
    nearer_text_free(NULL);
    nearer_report_free(report);
}

static void report_json__has_the_head_s_members_and_the_tables_as_lists(void **state)
{
    (void)state;
    nearer_report *report = NULL;
    nearer_table *head = new_table();
    nr_table_add_column(head, "title", NR_TEXT_COLUMN);
    nr_table_add_column(head, "places", 0);
    nr_table_put(head, "A \"study\"", 3.0);
    assert_ok(nr_report_new(&report, &err));
    assert_ok(nr_report_add_head(report, "head", "Head", head, &err));
    assert_ok(nr_report_add_table(report, "scores", "Scores", cells(), &err));
    assert_ok(nr_report_add_note(report, &err, "one\ntwo"));
    assert_ok(nr_report_add_note(report, &err, "three"));
    char *text = NULL;
    assert_ok(nearer_report_json(&text, report, &err));
    cJSON *json = cJSON_ParseWithOpts(text, NULL, 1);
    assert_non_null(json);
    assert_int_equal(cJSON_GetArraySize(json), 4); /* title, places, scores, notes */
    assert_string_equal(cJSON_GetObjectItem(json, "title")->valuestring, "A \"study\"");
    assert_true(cJSON_GetObjectItem(json, "places")->valuedouble == 3);
    const cJSON *scores = cJSON_GetObjectItem(json, "scores");
    assert_int_equal(cJSON_GetArraySize(scores), 3);
    assert_true(cJSON_GetObjectItem(cJSON_GetArrayItem(scores, 0), "score")->valuedouble == 0.1);
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(cJSON_GetArrayItem(scores, 2), "score")) != 0);
    const cJSON *notes = cJSON_GetObjectItem(json, "notes");
    assert_int_equal(cJSON_GetArraySize(notes), 2);
    assert_string_equal(cJSON_GetArrayItem(notes, 0)->valuestring, "one\ntwo");
    assert_string_equal(cJSON_GetArrayItem(notes, 1)->valuestring, "three");
    cJSON_Delete(json);
    nearer_text_free(text);
    nearer_report_free(report);
}

static void json_numbers__are_the_same_doubles(void **state)
{
    (void)state;
    static const double values[] = {
        1.0 / 3, 1e-300, 5e-324, 1.7976931348623157e308, -0.1, 123456789.123456789};
    nearer_table *table = new_table();
    nr_table_add_column(table, "value", 1);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) nr_table_put(table, values[i]);
    nr_text out = {0};
    nr_json_add_table(&out, table);
    cJSON *json = cJSON_Parse(out.bytes);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_true(cJSON_GetArrayItem(json, (int)i)->child->valuedouble == values[i]);
    cJSON_Delete(json);
    nr_text_clear(&out);
    nearer_table_free(table);
}

static void table_write__makes_a_json_file(void **state)
{
    (void)state;
    nearer_table *table = cells();
    assert_ok(nearer_table_write(table, "json_table.json", &err));
    char *bytes = NULL;
    size_t length = 0;
    assert_ok(nr_file_read(&bytes, &length, "json_table.json", &err));
    cJSON *json = cJSON_ParseWithOpts(bytes, NULL, 1);
    assert_int_equal(cJSON_GetArraySize(json), 3);
    assert_int_equal(bytes[length - 1], '\n');
    cJSON_Delete(json);
    nr_free(bytes);
    nearer_table_free(table);
}

static void report_json__out_of_memory_gives_nothing(void **state)
{
    (void)state;
    nearer_report *report = NULL;
    assert_ok(nr_report_new(&report, &err));
    assert_ok(nr_report_add_table(report, "scores", "Scores", cells(), &err));
    for (long allowed = 0;; allowed++) {
        char *text = NULL;
        nr_fail_allocation_after(allowed);
        nearer_status status = nearer_report_json(&text, report, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            nearer_text_free(text);
            assert_true(allowed >= 1);
            break;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_null(text);
    }
    nearer_report_free(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_add_text__escapes_what_json_asks_for),
        cmocka_unit_test(json_add_table__of_no_rows_is_an_empty_list),
        cmocka_unit_test(json_add_table__has_null_for_what_is_no_number),
        cmocka_unit_test(report_json__of_nothing_has_its_notes),
        cmocka_unit_test(report_json__has_the_head_s_members_and_the_tables_as_lists),
        cmocka_unit_test(json_numbers__are_the_same_doubles),
        cmocka_unit_test(table_write__makes_a_json_file),
        cmocka_unit_test(report_json__out_of_memory_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
