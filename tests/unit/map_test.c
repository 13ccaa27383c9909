#include "cases/drawn.h"

#include "model/table.h"

static nearer_error err;

static const drawn d = {
    .places = "id,lon_deg,lat_deg\nA,100,30\nB,105,32\nC,110,28\nD,103,35\nE,108,34\n",
    .road = "from,to,minutes,opened\nA,B,5,\nB,C,5,\nC,D,5,2030\nD,E,5,2030\n",
    .air = "from,to,minutes\nA,E,60\nB,D,60\n"};

static bool is_there(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file != NULL) fclose(file);
    return file != NULL;
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *p = strstr(text, part); p != NULL; p = strstr(p + 1, part)) n++;
    return n;
}

/* A table of these ids and values; free with nearer_table_free. */
static nearer_table *values_of(const char *const *ids, const double *values, size_t n)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    nr_table_add_column(table, "id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "time_min", 1);
    for (size_t i = 0; i < n; i++) nr_table_put(table, ids[i], values[i]);
    assert_ok(nr_table_finish(&table, table, &err));
    return table;
}

static const char *const all[] = {"A", "B", "C", "D", "E"};
static const nearer_map_spec shown = {"Minutes & <more>", "time_min", "min", true, 11000};

/* Each dot has an edge of this width and nothing else has. */
#define EDGE "stroke-width:0.5;"
/* the legend shows one dot a class beside those of the map */
enum { LEGEND = 7 };

static void map_write__draws_every_place_that_has_a_number(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("map", &d);
    static const struct {
        double values[5];
        size_t dots;
    } maps[] = {{{1, 2, 3, 4, 5}, 5},
                {{1, NAN, 3, INFINITY, 5}, 3},
                {{7, 7, 7, 7, 7}, 5},
                {{NAN, NAN, NAN, NAN, -3}, 1}};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        nearer_table *table = values_of(all, maps[i].values, 5);
        assert_ok(nearer_map_write("map.svg", study, table, &shown, &err));
        char *svg = read_file("map.svg");
        assert_memory_equal(svg, "<?xml", 5);
        const char *end = strstr(svg, "</svg>");
        assert_non_null(end);
        assert_string_equal(end + strspn(end + 6, " \r\n") + 6, "");
        assert_int_equal(count(svg, "<svg"), 1);
        assert_int_equal(count(svg, EDGE), maps[i].dots + LEGEND);
        assert_int_equal(count(svg, "nan"), 0);
        assert_int_equal(count(svg, "inf"), 0);
        free(svg);
        nearer_table_free(table);
    }
    assert_false(is_there("map.svg.part"));
    nearer_study_free(study);
}

/* Seven places stand in seven classes: the lowest is darkest where low is good, else lightest. */
static void map_write__colours_the_best_darkest(void **state)
{
    (void)state;
    static const char light[] = "fill:rgb(100%,100%,80%)", dark[] = "fill:rgb(4.7%,17.3%,51.8%)";
    const drawn seven = {.places = "id,lon_deg,lat_deg\nA,100,30\nB,101,31\nC,102,30\nD,103,31\n"
                                   "E,104,30\nF,105,31\nG,106,30\n",
                         .road = "from,to,minutes\nA,B,1\nB,C,1\nC,D,1\nD,E,1\nE,F,1\nF,G,1\n"};
    nearer_study *study = drawn_read("map_seven", &seven);
    static const char *const ids[] = {"A", "B", "C", "D", "E", "F", "G"};
    nearer_table *table = values_of(ids, (const double[]){1, 2, 3, 4, 5, 6, 7}, 7);
    for (int low_is_good = 0; low_is_good < 2; low_is_good++) {
        nearer_map_spec spec = shown;
        spec.low_is_good = low_is_good != 0;
        assert_ok(nearer_map_write("map_seven.svg", study, table, &spec, &err));
        char *svg = read_file("map_seven.svg");
        /* dots are drawn in the table's order: A's style stands before the first edge, G's before
         * the seventh */
        const char *edge = strstr(svg, EDGE);
        char style[7][200];
        for (size_t i = 0; i < 7; i++, edge = strstr(edge + 1, EDGE)) {
            assert_non_null(edge);
            const char *from = edge;
            while (*from != '<') from--;
            snprintf(style[i], sizeof style[i], "%.*s", (int)(edge - from), from);
        }
        assert_non_null(strstr(style[0], low_is_good ? dark : light));
        assert_non_null(strstr(style[6], low_is_good ? light : dark));
        for (size_t i = 1; i < 7; i++) assert_string_not_equal(style[i], style[i - 1]);
        free(svg);
    }
    nearer_table_free(table);
    nearer_study_free(study);
}

/* Lines of the network under the dots are 0.6 wide, one stretch a link: on the ground only, two of
 * four before 2030. */
static void map_write__draws_the_links_open_on_the_day(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("map_links", &d);
    nearer_table *table = values_of(all, (const double[]){1, 2, 3, 4, 5}, 5);
    static const struct {
        const char *day;
        size_t links;
    } days[] = {{"2020", 2}, {"2030", 4}};
    for (size_t i = 0; i < 2; i++) {
        nearer_map_spec spec = shown;
        spec.date = day(days[i].day);
        assert_ok(nearer_map_write("map_links.svg", study, table, &spec, &err));
        char *svg = read_file("map_links.svg");
        size_t stretches = 0;
        for (char *p = strstr(svg, "stroke-width:0.6;"); p != NULL;
             p = strstr(p + 1, "stroke-width:0.6;"))
            for (const char *q = strstr(p, " d=\"") + 4; *q != '"'; q++) stretches += *q == 'L';
        assert_int_equal(stretches, days[i].links);
        free(svg);
    }
    nearer_table_free(table);
    nearer_study_free(study);
}

static void map_write__takes_places_at_the_equator_and_on_one_spot(void **state)
{
    (void)state;
    static const char *const places[] = {
        "id,lon_deg,lat_deg\nA,0,-10\nB,5,10\n", /* parallels that mirror each other */
        "id,lon_deg,lat_deg\nA,0,0\nB,5,0\n", "id,lon_deg,lat_deg\nA,7,50\nB,7,50\n",
        "id,lon_deg,lat_deg\nA,0,-60\nB,5,-30\n"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const drawn two = {.places = places[i], .road = "from,to,minutes\nA,B,5\n"};
        nearer_study *study = drawn_read("map_odd", &two);
        nearer_table *table = values_of(all, (const double[]){1, 2}, 2);
        assert_ok(nearer_map_write("map_odd.svg", study, table, &shown, &err));
        char *svg = read_file("map_odd.svg");
        assert_int_equal(count(svg, EDGE), 2 + LEGEND);
        free(svg);
        nearer_table_free(table);
        nearer_study_free(study);
    }
}

static void map_write__fails_and_leaves_the_file_that_was_there(void **state)
{
    (void)state;
    nearer_study *study = drawn_read("map_wrong", &d);
    static const char *const stranger[] = {"A", "Q"};
    nearer_table *good = values_of(all, (const double[]){1, 2, 3, 4, 5}, 5),
                 *odd = values_of(stranger, (const double[]){1, 2}, 2),
                 *empty = values_of(all, (const double[]){NAN, INFINITY}, 2),
                 *none = values_of(all, NULL, 0);
    write_file("map_wrong.svg", "as it was");
    nearer_map_spec spec = shown;
    spec.column = "tiem_min";
    assert_fails(nearer_map_write("map_wrong.svg", study, good, &spec, &err), NEARER_NAME,
                 "no column 'tiem_min'; did you mean 'time_min'?");
    assert_fails(nearer_map_write("map_wrong.svg", study, odd, &shown, &err), NEARER_NAME,
                 "no place 'Q'");
    assert_fails(nearer_map_write("map_wrong.svg", study, empty, &shown, &err), NEARER_NODATA,
                 "no place has a number in 'time_min'");
    assert_fails(nearer_map_write("map_wrong.svg", study, none, &shown, &err), NEARER_NODATA,
                 "no place has a number");
    assert_fails(nearer_map_write("no_such_folder/map.svg", study, good, &shown, &err), NEARER_IO,
                 "no_such_folder/map.svg");
    char *text = read_file("map_wrong.svg");
    assert_string_equal(text, "as it was");
    free(text);
    nearer_table_free(good);
    nearer_table_free(odd);
    nearer_table_free(empty);
    nearer_table_free(none);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(map_write__draws_every_place_that_has_a_number),
        cmocka_unit_test(map_write__colours_the_best_darkest),
        cmocka_unit_test(map_write__draws_the_links_open_on_the_day),
        cmocka_unit_test(map_write__takes_places_at_the_equator_and_on_one_spot),
        cmocka_unit_test(map_write__fails_and_leaves_the_file_that_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
