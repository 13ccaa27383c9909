/* Where the values of a JSON text begin and end. */
#include "base/memory.h"
#include "formats/json_scan.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static void assert_part(const nr_json_part *part, const char *text)
{
    size_t n = (size_t)(part->end - part->begin);
    if (n != strlen(text) || memcmp(part->begin, text, n) != 0)
        fail_msg("'%.*s' is not '%s'", (int)n, part->begin, text);
}

static void value__ends_where_its_bracket_closes(void **state)
{
    (void)state;
    /* the value alone, then with other text behind it */
    static const char *const values[] = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-1.5e+3",
        "true",
        "false",
        "null",
        "\"a, b: c\"",
        "\"a \\\" b\"",              /* an escaped quote */
        "\"a \\\\\"",                /* an escaped backslash before the end */
        "\"\\u007b } ] , \"",        /* brackets in a text */
        "{\"a\": {\"b\": [1, {}]}}", /* brackets in brackets */
        "[[[[]]], []]",
        "{\"}\": \"]\\\"}\", \"{\": [\"[\"]}",
        "[\"\\\\\", \"\\\"]\", 1]",
        "{\"name\": \"武汉 \xF0\xA0\x80\x80\"}",
        "[ 1 ,\n 2 ]",
    };
    static const char *const behind[] = {"", ",", " ", "]", "}", "\n\"", ", {\"a\": 1}]"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) {
            char text[200];
            nr_json_part part;
            snprintf(text, sizeof text, " \t\r\n%s%s", values[i], behind[k]);
            assert_null(nr_json_value(&part, text));
            assert_ptr_equal(part.begin, text + 4);
            assert_part(&part, values[i]);
        }
}

static void value__that_is_cut_off_is_none(void **state)
{
    (void)state;
    static const char whole[] = "{\"a\\\"}\": [1, {\"b\": \"x\\\\\"}], \"c\": null}";
    char cut[sizeof whole];
    for (size_t n = 0; n < sizeof whole - 1; n++) {
        nr_json_part part;
        memcpy(cut, whole, n);
        cut[n] = 0;
        assert_ptr_equal(nr_json_value(&part, cut), cut);
    }
    static const char *const none[] = {"",  "  ", "\"abc", "\"abc\\", "\"abc\\\"",
                                       "]", "}",  ",",     ":"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        nr_json_part part;
        assert_ptr_equal(nr_json_value(&part, none[i]), nr_json_blank(none[i]));
    }
}

static void is__compares_the_whole_part(void **state)
{
    (void)state;
    static const char text[] = "\"type\"";
    const nr_json_part none = {0}, part = {text, text + 6};
    assert_true(nr_json_is(&part, "\"type\""));
    assert_false(nr_json_is(&part, "\"typ\""));
    assert_false(nr_json_is(&part, "\"types\""));
    assert_false(nr_json_is(&part, "\"Type\""));
    assert_false(nr_json_is(&part, ""));
    assert_false(nr_json_is(&none, ""));
}

static void items__come_one_by_one(void **state)
{
    (void)state;
    static const char text[] = "[ {\"a\": \"],\"} ,7,[[],[]]\n, \"x,\\\"y\" ] behind";
    static const char *const expected[] = {"{\"a\": \"],\"}", "7", "[[],[]]", "\"x,\\\"y\""};
    nr_json_items items = nr_json_begin(text);
    nr_json_part value;
    for (size_t i = 0; i < 4; i++) {
        assert_true(nr_json_next(&items, NULL, &value));
        assert_part(&value, expected[i]);
    }
    for (int again = 0; again < 2; again++) {
        assert_false(nr_json_next(&items, NULL, &value));
        assert_null(items.wrong);
        assert_string_equal(items.at, "] behind");
    }
    items = nr_json_begin("[ ]");
    assert_false(nr_json_next(&items, NULL, &value));
    assert_null(items.wrong);
}

static void items__of_an_object_have_names(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":1,\"b, }\" : {\"c\": 2},\n\"\" :\t[3]}";
    static const char *const names[] = {"\"a\"", "\"b, }\"", "\"\""};
    static const char *const values[] = {"1", "{\"c\": 2}", "[3]"};
    nr_json_items items = nr_json_begin(text);
    nr_json_part name, value;
    for (size_t i = 0; i < 3; i++) {
        assert_true(nr_json_next(&items, &name, &value));
        assert_part(&name, names[i]);
        assert_part(&value, values[i]);
    }
    assert_false(nr_json_next(&items, &name, &value));
    assert_null(items.wrong);
    assert_string_equal(items.at, "}");
}

static void items__say_where_it_is_no_json(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t good, wrong; /* items before; the place */
    } cases[] = {
        {"[", 0, 1},         {"[1", 1, 2},          {"[1 2]", 1, 3},      {"[1,]", 1, 3},
        {"[,1]", 0, 1},      {"[1}", 1, 2},         {"[1,, 2]", 1, 3},    {"[x]", 0, 1},
        {"[[1]", 1, 4},      {"[1, [2]", 2, 7},     {"[1, {\"a]", 1, 4},  {"{", 0, 1},
        {"{\"a\"}", 0, 4},   {"{\"a\":}", 0, 5},    {"{\"a\" 1}", 0, 5},  {"{a: 1}", 0, 1},
        {"{1: 2}", 0, 1},    {"{\"a\": 1,}", 1, 8}, {"{\"a\": 1]", 1, 7}, {"{\"a: 1}", 0, 1},
        {"{\"a\": 1", 1, 7}, {"{[]: 1}", 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nr_json_items items = nr_json_begin(cases[i].text);
        nr_json_part name, value;
        size_t n = 0;
        while (nr_json_next(&items, cases[i].text[0] == '{' ? &name : NULL, &value)) n++;
        if (n != cases[i].good) fail_msg("%s: %zu items", cases[i].text, n);
        assert_non_null(items.wrong);
        if (items.wrong != cases[i].text + cases[i].wrong)
            fail_msg("%s: wrong at %td", cases[i].text, items.wrong - cases[i].text);
        /* and stays wrong */
        assert_false(nr_json_next(&items, cases[i].text[0] == '{' ? &name : NULL, &value));
    }
}

static void line__is_counted_on_and_back(void **state)
{
    (void)state;
    static const char text[] = "a\n\nb\r\nc";
    nr_json_lines lines = {text, NULL, 0};
    static const size_t at[] = {7, 0, 1, 2, 3, 3, 5, 6, 0, 6};
    static const size_t expected[] = {4, 1, 1, 2, 3, 3, 3, 4, 1, 4};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        assert_int_equal(nr_json_line(&lines, text + at[i]), expected[i]);
}

/* ---- in a GeoJSON file ---- */

static nearer_status read_text(nearer_table **out, const char *text)
{
    return nearer_table_read(out, write_file("json_scan.geojson", text), NULL, &err);
}

#define POINT(properties)                                                                   \
    "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [1, 2]}," \
    " \"properties\": " properties "}"

static void features__are_read_whatever_their_texts_hold(void **state)
{
    (void)state;
    nearer_table *table = NULL;
    assert_ok(read_text(
        &table,
        "{\"features\": [\n" POINT("{\"n\": \"}]\\\"{[\"}") ",\n\n" POINT(
            "{\"n\": \"\\u6b66\\\\\", \"more\": {\"a\": [1, \"}\"]}}") "], \"junk\": [{}, \"]\"],\n"
                                                                       "\"type\": "
                                                                       "\"FeatureCollection\"}\n "
                                                                       "\t"));
    assert_int_equal(nearer_table_rows(table), 2);
    size_t n = (size_t)nearer_table_find(table, "n"),
           more = (size_t)nearer_table_find(table, "more");
    assert_string_equal(nearer_table_text(table, 0, n), "}]\"{[");
    assert_string_equal(nearer_table_text(table, 1, n), "武\\");
    assert_string_equal(nearer_table_text(table, 1, more), "{\"a\":[1,\"}\"]}");
    assert_int_equal(nr_table_row_line(table, 0), 2);
    assert_int_equal(nr_table_row_line(table, 1), 4);
    nearer_table_free(table);
}

static void features__that_are_no_json_are_refused_with_their_line(void **state)
{
    (void)state;
#define HEAD "{\"type\": \"FeatureCollection\", \"features\": [\n"
    static const struct {
        const char *text;
        nearer_status status;
        const char *part;
    } cases[] = {
        {HEAD POINT("{}"), NEARER_SYNTAX,
         "json_scan.geojson:1: what begins here is nowhere closed"},
        {HEAD POINT("{}") ",\n" POINT("{}") "\n]", NEARER_SYNTAX, "json_scan.geojson:4: no valid"},
        {HEAD POINT("{}") "\n" POINT("{}") "]}", NEARER_SYNTAX, "json_scan.geojson:3: no valid"},
        {HEAD POINT("{}") ",\n]}", NEARER_SYNTAX, "json_scan.geojson:3: no valid"},
        {HEAD POINT("{}") ",\n" POINT("{\n\"a\": tru}") "]}", NEARER_SYNTAX,
         "json_scan.geojson:4: features[1]: no valid"},
        {HEAD POINT("{}") "}}", NEARER_SYNTAX, "json_scan.geojson:2"},
        {HEAD "]}\n\n,", NEARER_SYNTAX, "json_scan.geojson:4: something stands behind the end"},
        {HEAD "]}\n{}", NEARER_SYNTAX, "json_scan.geojson:3: something stands behind the end"},
        {HEAD "7]}", NEARER_VALUE, "json_scan.geojson:2: features[0]: a feature { } was expected"},
        {"", NEARER_VALUE, "json_scan.geojson:1: a GeoJSON object { } was expected"},
        {"\n[]", NEARER_VALUE, "json_scan.geojson:2: a GeoJSON object { } was expected"},
        {"{\"type\": \"FeatureCollection\",\n\"features\": {}}", NEARER_VALUE,
         "json_scan.geojson:2: features: a list [ ] was expected"},
        {HEAD "],\n\"type\": 1}", NEARER_VALUE, "json_scan.geojson:3: \"type\": it stands twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nearer_table *table = NULL;
        assert_fails(read_text(&table, cases[i].text), cases[i].status, cases[i].part);
        assert_null(table);
    }
}

static void features__cut_off_anywhere_are_refused(void **state)
{
    (void)state;
    static const char whole[] = HEAD POINT("{\"n\": \"a}\\\"\"}") ",\n" POINT("null") "]}";
    nearer_table *table = NULL;
    assert_ok(read_text(&table, whole));
    assert_int_equal(nearer_table_rows(table), 2);
    nearer_table_free(table);
    table = NULL;
    char cut[sizeof whole];
    for (size_t n = 0; n < sizeof whole - 1; n++) {
        memcpy(cut, whole, n);
        cut[n] = 0;
        if (read_text(&table, cut) == NEARER_OK) fail_msg("taken when cut at %zu", n);
        assert_null(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value__ends_where_its_bracket_closes),
        cmocka_unit_test(value__that_is_cut_off_is_none),
        cmocka_unit_test(is__compares_the_whole_part),
        cmocka_unit_test(items__come_one_by_one),
        cmocka_unit_test(items__of_an_object_have_names),
        cmocka_unit_test(items__say_where_it_is_no_json),
        cmocka_unit_test(line__is_counted_on_and_back),
        cmocka_unit_test(features__are_read_whatever_their_texts_hold),
        cmocka_unit_test(features__that_are_no_json_are_refused_with_their_line),
        cmocka_unit_test(features__cut_off_anywhere_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
