/* Shapefiles of D3, pyshp and shapelib: what they hold is what pyshp (and GDAL) found, or they are
 * refused where pyshp refuses them too. */
#include <math.h>

#include "model/table.h"
#include "referee/referee.h"

/* "NULL:4 POINT:5" has so many shapes of which kind. */
static void assert_kinds(const char *file, const nr_layer_facts *facts, const char *types)
{
    static const struct {
        const char *word;
        int kind;
    } words[] = {{"NULL", NR_SHAPE_NONE},
                 {"POINT", NR_SHAPE_POINT},
                 {"POLYLINE", NR_SHAPE_LINE},
                 {"POLYGON", NR_SHAPE_AREA},
                 {"MULTIPOINT", NR_SHAPE_MULTIPOINT}};
    size_t counted[NR_SHAPE_KINDS] = {0};
    while (*types != 0) {
        char word[24];
        unsigned long count;
        int read;
        if (sscanf(types, "%23[A-Z]:%lu%n", word, &count, &read) != 2) fail_msg("%s", types);
        size_t n = strlen(word);
        if (n > 5 && (word[n - 1] == 'M' || word[n - 1] == 'Z')) word[n - 1] = 0;
        for (size_t i = 0; i < 5; i++)
            if (strcmp(words[i].word, word) == 0) counted[words[i].kind] += count;
        types += read;
        types += *types == ' ';
    }
    for (int k = 0; k < NR_SHAPE_KINDS; k++)
        if (facts->kinds[k] != counted[k])
            fail_msg("%s: %zu shapes of kind %d, not %zu", file, facts->kinds[k], k, counted[k]);
}

static void assert_near(const char *file, double found, double expected)
{
    if (isnan(expected) || fabs(found - expected) <= 1e-8 * fmax(1, fabs(expected))) return;
    fail_msg("%s: %.12g is not %.12g", file, found, expected);
}

static void assert_facts(const char *file, const nearer_table *table, const nearer_table *expected,
                         size_t row)
{
    const nr_layer_facts *facts = nr_table_facts(table);
    assert_non_null(facts);
    assert_int_equal(facts->shapes, expected_number(expected, row, "shapes"));
    assert_int_equal(facts->kinds[NR_SHAPE_NONE], expected_number(expected, row, "null_shapes"));
    assert_int_equal(facts->parts, expected_number(expected, row, "parts"));
    assert_int_equal(facts->vertices, expected_number(expected, row, "vertices"));
    assert_kinds(file, facts, expected_text(expected, row, "types"));
    assert_string_equal(facts->type, expected_text(expected, row, "type"));
    double box[4];
    assert_int_equal(sscanf(expected_text(expected, row, "bbox"), "%lf %lf %lf %lf", &box[0],
                            &box[1], &box[2], &box[3]),
                     4);
    if (facts->vertices > 0) {
        assert_near(file, facts->min_x, box[0]);
        assert_near(file, facts->min_y, box[1]);
        assert_near(file, facts->max_x, box[2]);
        assert_near(file, facts->max_y, box[3]);
    } else {
        assert_true(isnan(facts->min_x) != 0);
    }
    bool has_dbf = strcmp(expected_text(expected, row, "has_dbf"), "True") == 0;
    assert_int_equal(facts->has_attributes, has_dbf);
    if (has_dbf) assert_int_equal(facts->records, expected_number(expected, row, "records"));
}

static void shapefiles__hold_what_the_referee_found(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *expected = read_expected("shapefiles/expected.csv");
    size_t equal = 0, beyond = 0, refused = 0;
    for (size_t row = 0; row < nearer_table_rows(expected); row++) {
        char path[1024];
        const char *file = expected_text(expected, row, "file");
        /* pyshp is told the encoding of this one too: nothing in it says so */
        bool latin1 = strcmp(file, "shp_pyshp/latin1.shp") == 0;
        const nearer_reading survey = {.survey = true, .encoding = latin1 ? "ISO-8859-1" : NULL};
        nearer_table *table = NULL;
        snprintf(path, sizeof path, "%s/shapefiles/%s", REFEREE, file);
        nearer_status status = nearer_table_read(&table, path, &survey, &err);
        bool ok = strcmp(expected_text(expected, row, "pyshp"), "ok") == 0;
        if (ok && status != NEARER_OK) fail_msg("%s", err.message);
        if (ok) assert_facts(file, table, expected, row);
        if (!ok && status == NEARER_OK) { /* GDAL reads it as well */
            assert_int_equal(nr_table_facts(table)->shapes,
                             expected_number(expected, row, "ogr_count"));
            beyond++;
        }
        if (status != NEARER_OK) {
            assert_non_null(strstr(err.message, path));
            refused++;
        }
        equal += ok;
        nearer_table_free(table);
    }
    print_message("%zu as expected, %zu more read as GDAL does, %zu refused\n", equal, beyond,
                  refused);
    assert_int_equal(equal + beyond + refused, nearer_table_rows(expected));
    assert_int_equal(equal, 36);
    nearer_table_free(expected);
}

static void shapefiles__that_are_real_load(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        size_t rows;
    } real[] = {{"ne_10m_railroads_north_america", 1127},
                {"ne_10m_ports", 1081},
                {"ne_10m_airports", 891},
                {"city_edited_thiessen", 332}};
    skip_without_referee();
    for (size_t i = 0; i < sizeof real / sizeof *real; i++) {
        char path[1024];
        nearer_table *table = NULL;
        snprintf(path, sizeof path, "%s/../sources/shapefiles/%s.shp", REFEREE, real[i].file);
        assert_ok(nearer_table_read(&table, path, NULL, &err));
        assert_int_equal(nearer_table_rows(table), real[i].rows);
        nearer_table_free(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapefiles__hold_what_the_referee_found),
        cmocka_unit_test(shapefiles__that_are_real_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
