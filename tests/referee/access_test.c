/* Market access, competition, centrality and inequality against figures worked out in R
 * (referee/statistics: access, graph, inequality), by questions to the program's library. */
#include "cases/drawn.h"
#include "referee/referee.h"

#include "base/text.h"

enum { ROOM = 20000 };

static void add(char text[ROOM], const char *format, ...)
{
    va_list arguments;
    size_t n = strlen(text);
    va_start(arguments, format);
    n += (size_t)vsnprintf(text + n, ROOM - n, format, arguments);
    va_end(arguments);
    assert_true(n < ROOM);
}

static double number_of(const nearer_table *table, size_t row, const char *column)
{
    double value;
    assert_true(nr_parse_number(expected_text(table, row, column), &value));
    return value;
}

/* The value of a quantity in an expected.csv. */
static double expected(const nearer_table *table, const char *format, ...)
{
    char quantity[100];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(quantity, sizeof quantity, format, arguments);
    va_end(arguments);
    for (size_t row = 0; row < nearer_table_rows(table); row++)
        if (strcmp(expected_text(table, row, "quantity"), quantity) == 0)
            return number_of(table, row, "value");
    fail_msg("no quantity %s", quantity);
    return 0;
}

static nearer_study *study_of_times(const char *times, const char *places)
{
    const nearer_given_times given = {.times = write_file("referee_times.csv", times),
                                      .places = write_file("referee_places.csv", places),
                                      .minutes_per_unit = 1};
    nearer_study *study = NULL;
    assert_ok(nearer_study_of_times(&study, &given, &err));
    return study;
}

/* The score of a place. */
static double score_of(const nearer_study *study, const nearer_measure_spec *spec, int year,
                       const char *id)
{
    nearer_report *report = NULL;
    nearer_query query = {.date = year == 0 ? NEARER_GIVEN : nearer_date_year_end(year)};
    assert_ok(nearer_ask_access(&report, study, &query, spec, 1, false, &err));
    const nearer_table *table = nearer_report_table(report, 0);
    double score = nearer_table_number(table, row_of(table, "id", id), 2);
    nearer_report_free(report);
    return score;
}

static void same(double got, double wanted, const char *what)
{
    if (!(fabs(got - wanted) <= 1e-9 * fabs(wanted)))
        fail_msg("%s: %.17g, %.17g was expected", what, got, wanted);
}

/* Ten cities on a grid, 120 minutes a step, ten people for each of their figures; the cost of trade
 * is 1 + t / 600. */
static void market_access__is_that_of_r(void **state)
{
    (void)state;
    static char times[ROOM], places[ROOM];
    skip_without_referee();
    nearer_table *cities = read_expected("statistics/bh/cities.csv"),
                 *wanted = read_expected("statistics/access/dh_expected.csv");
    strcpy(times, "from_id,to_id,travel_time\n");
    strcpy(places, "id,people\n");
    for (size_t i = 0; i < 10; i++) {
        add(places, "%zu,%g\n", i + 1, 10 * number_of(cities, i, "pop"));
        for (size_t j = 0; j < 10; j++)
            add(times, "%zu,%zu,%g\n", i + 1, j + 1,
                120 * (fabs(number_of(cities, i, "gx") - number_of(cities, j, "gx")) +
                       fabs(number_of(cities, i, "gy") - number_of(cities, j, "gy"))));
    }
    nearer_study *study = study_of_times(times, places);
    for (int full = 0; full < 2; full++)
        for (size_t i = 0; i < 10; i++) {
            const nearer_measure_spec spec = {.measure = "market_access",
                                              .mass = "people",
                                              .cutoff_min = NAN,
                                              .own_min = NAN,
                                              .theta = 3.8,
                                              .scale_min = 600,
                                              .full = full == 1};
            char id[8];
            snprintf(id, sizeof id, "%zu", i + 1);
            same(score_of(study, &spec, 0, id),
                 expected(wanted, full == 1 ? "ma_full_%zu" : "ma_first_order_%zu", i + 1), id);
        }
    nearer_study_free(study);
    nearer_table_free(cities);
    nearer_table_free(wanted);
}

/* Three origins, three destinations (Soukhov and others 2023). */
static void competition__is_that_of_r(void **state)
{
    (void)state;
    static char times[ROOM], places[ROOM];
    static const struct {
        const char *measure, *quantity;
        bool demand;
    } cases[] = {{"potential", "hansen_S", false},
                 {"shen", "shen_a", true},
                 {"spatial_availability", "spatavail_V", true},
                 {"catchment_balanced", "bfca", true}};
    skip_without_referee();
    nearer_table *toy = read_expected("statistics/access/shen_toy.csv"),
                 *wanted = read_expected("statistics/access/expected.csv");
    strcpy(times, "from_id,to_id,travel_time\n");
    strcpy(places, "id,people,jobs\n");
    for (size_t row = 0; row < nearer_table_rows(toy); row++) {
        const char *from = expected_text(toy, row, "origin"), *to = expected_text(toy, row, "dest");
        add(times, "%s,%s,%g\n", from, to, number_of(toy, row, "minutes"));
        if (row % 3 == 0) add(places, "%s,%g,\n", from, number_of(toy, row, "pop"));
        if (row < 3) add(places, "%s,,%g\n", to, number_of(toy, row, "jobs"));
    }
    nearer_study *study = study_of_times(times, places);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        for (const char *b = "16"; *b != 0; b++)
            for (const char *place = "ABC"; *place != 0; place++) {
                char decay[40];
                const char id[] = {*place, 0};
                snprintf(decay, sizeof decay, "exponential:0.%c", *b);
                const nearer_measure_spec spec = {.measure = cases[k].measure,
                                                  .mass = "jobs",
                                                  .decay = decay,
                                                  .cutoff_min = NAN,
                                                  .own_min = NAN,
                                                  .demand = cases[k].demand ? "people" : NULL};
                same(score_of(study, &spec, 0, id),
                     expected(wanted, "%s_%c_b0.%c", cases[k].quantity, *place, *b),
                     cases[k].measure);
            }
    nearer_study_free(study);
    nearer_table_free(toy);
    nearer_table_free(wanted);
}

/* A graph as a study of roads: places side by side, no way to and from the road. */
static nearer_study *study_of_graph(const char *name, size_t nodes, const nearer_table *edges,
                                    const char *from, const char *to, const char *minutes)
{
    static char places[ROOM], road[ROOM];
    nearer_study *study = NULL;
    strcpy(places, "id,lon_deg,lat_deg\n");
    strcpy(road, "from,to,minutes\n");
    for (size_t i = 0; i < nodes; i++) add(places, "%zu,%zu,%zu\n", i + 1, i % 20, i / 20);
    for (size_t row = 0; row < nearer_table_rows(edges); row++)
        add(road, "%g,%g,%.12g\n", number_of(edges, row, from), number_of(edges, row, to),
            minutes == NULL ? 1 : number_of(edges, row, minutes));
    const drawn d = {
        .places = places, .modes = "\"road\": {\"access_limit_km\": 0.001}", .road = road};
    assert_ok(nearer_study_read(&study, drawn_write(name, &d), &err));
    return study;
}

static nearer_measure_spec centrality(const char *measure)
{
    return (nearer_measure_spec){.measure = measure, .cutoff_min = NAN, .own_min = NAN};
}

/* Pairs count both ways here. The harmonic centrality there is a sum over the 39 others. */
static void centrality__is_that_of_r(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *nodes = read_expected("statistics/graph/g40_nodes.csv"),
                 *edges = read_expected("statistics/graph/g40_edges.csv"),
                 *karate = read_expected("statistics/graph/karate_edges.csv"),
                 *wanted = read_expected("statistics/graph/expected.csv");
    nearer_study *study = study_of_graph("g40", 40, edges, "u", "v", "w");
    const nearer_measure_spec closeness = centrality("closeness"),
                              harmonic = centrality("harmonic"),
                              betweenness = centrality("betweenness");
    for (size_t i = 0; i < 40; i++) {
        char id[8];
        snprintf(id, sizeof id, "%zu", i + 1);
        same(score_of(study, &closeness, 2020, id), number_of(nodes, i, "closeness_norm"), id);
        same(39 * score_of(study, &harmonic, 2020, id), number_of(nodes, i, "harmonic"), id);
        same(score_of(study, &betweenness, 2020, id) + 1, 2 * number_of(nodes, i, "betw") + 1, id);
    }
    nearer_study_free(study);
    study = study_of_graph("karate", 34, karate, "from", "to", NULL);
    same(score_of(study, &betweenness, 2020, "1"), 2 * expected(wanted, "betweenness_node1"), "1");
    same(score_of(study, &betweenness, 2020, "34"), 2 * expected(wanted, "betweenness_node34"),
         "34");
    same(score_of(study, &closeness, 2020, "1"), expected(wanted, "closeness_norm_node1"), "1");
    nearer_study_free(study);
    nearer_table_free(nodes);
    nearer_table_free(edges);
    nearer_table_free(karate);
    nearer_table_free(wanted);
}

/* One figure of an index. */
static double figure_of(const nearer_table *scores, const nearer_equity_spec *spec,
                        const char *component)
{
    nearer_report *report = NULL;
    assert_ok(nearer_ask_equity(&report, scores, NULL, spec, &err));
    const nearer_table *table = nearer_report_table(report, 0);
    double value = cell(table, row_of(table, "component", component), "value");
    nearer_report_free(report);
    return value;
}

static void inequality__of_mexican_states_is_that_of_r(void **state)
{
    (void)state;
    static const struct {
        const char *index, *component, *quantity;
        double epsilon;
    } cases[] = {{"gini", "total", "gini", 0},
                 {"theil", "total", "theilT", 0},
                 {"theil_l", "total", "theilL_MLD", 0},
                 {"cv", "total", "cv_pop", 0},
                 {"atkinson", "total", "atkinson05", 0},
                 {"atkinson", "total", "atkinson1", 1},
                 {"theil", "between", "theilT_between_hanson98", 0},
                 {"theil", "within", "theilT_within_hanson98", 0}};
    skip_without_referee();
    nearer_table *mexico = read_expected("statistics/inequality/mexico.csv"),
                 *wanted = read_expected("statistics/inequality/expected.csv");
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        for (int year = 1940; year <= 2000; year += 10) {
            char column[20];
            const char *const scores[] = {column};
            const nearer_equity_spec spec = {.scores = scores,
                                             .score_count = 1,
                                             .indexes = &cases[k].index,
                                             .index_count = 1,
                                             .group = "hanson98",
                                             .epsilon = cases[k].epsilon};
            snprintf(column, sizeof column, "pcgdp%d", year);
            same(figure_of(mexico, &spec, cases[k].component),
                 expected(wanted, "%s_%d", cases[k].quantity, year), cases[k].quantity);
        }
    nearer_table_free(mexico);
    nearer_table_free(wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(market_access__is_that_of_r),
        cmocka_unit_test(competition__is_that_of_r),
        cmocka_unit_test(centrality__is_that_of_r),
        cmocka_unit_test(inequality__of_mexican_states_is_that_of_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
