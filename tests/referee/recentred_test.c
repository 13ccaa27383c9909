/* The recentred design against R, over all 40 arrangements of the lines of referee/statistics/bh:
 * slopes and p of growth by market access. */
#include "referee/bh.h"

static void write_planned(void)
{
    static char text[BH_ROOM];
    nearer_table *lines = read_expected("statistics/bh/lines.csv");
    size_t n = bh_add(text, 0, "{\"build\": [");
    for (size_t k = 0; k < nearer_table_rows(lines); k++) {
        const char *stops = expected_text(lines, k, "stops"), *next;
        n = bh_add(text, n, "%s{\"line\": \"planned %zu\", \"mode\": \"road\", \"stops\": [\"%d\"",
                   k == 0 ? "" : ",\n", k + 1, atoi(stops));
        size_t links = 0;
        for (; (next = strchr(stops, '-')) != NULL; stops = next + 1, links++)
            n = bh_add(text, n, ", \"%d\"", atoi(next + 1));
        n = bh_add(text, n, "], \"minutes\": [");
        for (size_t l = 0; l < links; l++) n = bh_add(text, n, "%s30", l == 0 ? "" : ", ");
        n = bh_add(text, n, "]%s}",
                   bh_number(lines, k, "open") == 1 ? ", \"opened\": \"2010\"" : "");
    }
    bh_add(text, n, "]}");
    write_file("referee_planned.json", text);
    nearer_table_free(lines);
}

static double expected_value(const char *quantity)
{
    nearer_table *wanted = read_expected("statistics/bh/expected.csv");
    double value = bh_number(wanted, row_of(wanted, "quantity", quantity), "value");
    nearer_table_free(wanted);
    return value;
}

static const nearer_table *table_of(const nearer_report *report, const char *id)
{
    for (size_t k = 0; k < nearer_report_tables(report); k++)
        if (strcmp(nearer_report_table_id(report, k), id) == 0)
            return nearer_report_table(report, k);
    fail_msg("no table %s", id);
    return NULL;
}

static double figure(const nearer_table *table, const char *key, const char *row,
                     const char *column)
{
    return nearer_table_number(table, row_of(table, key, row),
                               (size_t)nearer_table_find(table, column));
}

static void holds(double value, const char *quantity)
{
    double wanted = expected_value(quantity);
    if (!(fabs(value - wanted) <= 1e-9 * fabs(wanted))) fail_msg("%s: %.17g", quantity, value);
}

static void recentred__is_that_of_r(void **state)
{
    (void)state;
    skip_without_referee();
    write_planned();
    static const char *const planned_file = "referee_planned.json";
    const char *more = "\"growth\": {\"from\": \"before\", \"to\": \"after\", \"years\": 1}";
    nearer_study *study = bh_read(false, more), *planned = NULL;
    nearer_report *report = NULL;
    nearer_table *cities = read_expected("statistics/bh/cities.csv");
    assert_ok(nearer_study_read_under(&planned, "referee_lines.json", &planned_file, 1, &err));
    const nearer_query query = {.date = nearer_date_year_end(2020)};
    const nearer_measure_spec access = {
        .measure = "potential", .mass = "people", .decay = "exponential:0.02", .cutoff_min = NAN};
    const nearer_growth_spec what = {.planned = planned, .draws = 999, .seed = 1};
    assert_ok(nearer_ask_growth(&report, study, &query, &access, &what, &err));
    const nearer_table *places = table_of(report, "places"), *growth = table_of(report, "growth"),
                       *recentred = table_of(report, "recentred");
    for (size_t i = 0; i < BH_CITIES; i++) {
        const char *columns[] = {"access_gain_ln", "lines_gain_ln", "expected_gain_ln",
                                 "recentred_gain_ln"},
                   *theirs[] = {"dlogMA", "dlogMA", "mu", "recentered"};
        for (size_t c = 0; c < 4; c++) {
            double got =
                nearer_table_number(places, i, (size_t)nearer_table_find(places, columns[c]));
            double wanted = bh_number(cities, i, theirs[c]);
            if (!(fabs(got - wanted) <= 1e-9)) fail_msg("%zu %s: %.17g", i, columns[c], got);
        }
    }
    holds(figure(growth, "model", "gain alone", "value"), "b_unadjusted_ols");
    holds(figure(growth, "model", "expected gain held", "value"), "b_controlled_ols");
    holds(figure(growth, "model", "recentred", "value"), "b_recentered_iv");
    holds(figure(recentred, "estimate", "gain in access, recentred", "value"), "b_recentered_iv");
    holds(figure(recentred, "estimate", "arrangements, all of them", "value"), "n_permutations");
    assert_true(figure(recentred, "estimate", "gain in access, recentred", "p") ==
                expected_value("RI_p_beta0"));
    nearer_report_free(report);
    nearer_study_free(planned);
    nearer_study_free(study);
    nearer_table_free(cities);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(recentred__is_that_of_r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
