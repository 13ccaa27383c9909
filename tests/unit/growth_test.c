#include "cases/drawn.h"

static nearer_error err;

/* A star: every place is joined to a node in the middle, in `before` minutes until 2010 and in
 * `after` from then on. The mean time of place i to the others is s_i + (sum of the other s) /
 * (n - 1). */
enum { MOST = 8 };
static const double before[MOST] = {50, 80, 120, 60, 150, 95, 200, 70},
                    after[MOST] = {45, 50, 90, 59, 75, 80, 90, 40},
                    income[MOST] = {9000, 4000, 12000, 25000, 3000, 7000, 5000, 15000};

static double mean_time(const double *minutes, size_t n, size_t i)
{
    double others = 0;
    for (size_t j = 0; j < n; j++) others += j == i ? 0 : minutes[j];
    return minutes[i] + others / (double)(n - 1);
}

/* Less time is more access. */
static double gain(size_t n, size_t i)
{
    return -log(mean_time(after, n, i) / mean_time(before, n, i));
}

/* n places of the star whose output grew by growth[i] per cent a year for 19 years; NAN: not
 * known. */
static nearer_study *star(const char *name, size_t n, const double *growth, const double *incomes,
                          const char *growth_keys)
{
    char places[1000] = "id,lon_deg,lat_deg\n", road[2000] = "from,to,minutes,opened,closed\n",
         masses[2000] = "id,first,last,income\n", more[500], line[200];
    for (size_t i = 0; i < n; i++) {
        snprintf(line, sizeof line, "p%zu,%zu,1\n", i, i);
        strcat(places, line);
        snprintf(line, sizeof line, "p%zu,hub,%.17g,,2010\np%zu,hub,%.17g,2010,\n", i, before[i], i,
                 after[i]);
        strcat(road, line);
        if (isnan(growth[i]))
            snprintf(line, sizeof line, "p%zu,100,,%.17g\n", i, incomes[i]);
        else
            snprintf(line, sizeof line, "p%zu,100,%.17g,%.17g\n", i,
                     100 * pow(1 + growth[i] / 100, 19), incomes[i]);
        strcat(masses, line);
    }
    snprintf(more, sizeof more, "\"growth\": {\"from\": \"first\", \"to\": \"last\"%s}",
             growth_keys == NULL ? "" : growth_keys);
    const drawn d = {.places = places,
                     .nodes = "id,lon_deg,lat_deg\nhub,0,0\n",
                     .road = road,
                     .masses = masses,
                     .more = growth_keys == NULL ? NULL : more};
    return drawn_read(name, &d);
}

static const nearer_measure_spec spec = {.measure = "mean_time", .cutoff_min = NAN, .own_min = NAN};
static const nearer_query query = {0};

/* Of the model with the most held: its gain stands first, then what is held, then the constant. */
static double value_of(const nearer_report *report, const char *coefficient, const char *column)
{
    const nearer_table *t = report_table(report, "growth");
    size_t row = nearer_table_rows(t);
    while (row-- > 0)
        if (strcmp(nearer_table_text(t, row, 1), coefficient) == 0) return cell(t, row, column);
    fail_msg("no coefficient %s", coefficient);
    return NAN;
}

static double correlation(const nearer_report *report, const char *which, const char *column)
{
    const nearer_table *t = report_table(report, "correlations");
    return cell(t, row_of(t, "correlation", which), column);
}

#define INCOME ", \"initial_income\": \"income\""

static const nearer_growth_spec plain;

static void ask_growth__needs_a_growth_series(void **state)
{
    (void)state;
    const double none[MOST] = {0};
    nearer_study *study = star("growth_none", 5, none, income, NULL);
    nearer_report *report = NULL;
    assert_fails(nearer_ask_growth(&report, study, &query, &spec, &plain, &err), NEARER_NODATA,
                 "no \"growth\" series");
    assert_null(report);
    nearer_study_free(study);
}

static void ask_growth__needs_5_places_with_all_values(void **state)
{
    (void)state;
    const double growth[MOST] = {5, 7, NAN, 6, 9, 4, 3, 8};
    const double unpaid[MOST] = {9000, 0, 12000, 25000, 3000, 7000, 5000, 15000};
    nearer_report *report = NULL;
    nearer_study *study = star("growth_few", 4, growth, income, INCOME);
    assert_fails(nearer_ask_growth(&report, study, &query, &spec, &plain, &err), NEARER_NODATA,
                 "3 places have growth, initial income and access on both days, at least 5");
    nearer_study_free(study);
    /* six places, one without growth and one without income: four are left */
    study = star("growth_few", 6, growth, unpaid, INCOME);
    assert_fails(nearer_ask_growth(&report, study, &query, &spec, &plain, &err), NEARER_NODATA,
                 "4 places have");
    assert_null(report);
    nearer_study_free(study);
    /* five are enough */
    study = star("growth_few", 6, growth, income, INCOME);
    assert_ok(nearer_ask_growth(&report, study, &query, &spec, &plain, &err));
    assert_near(correlation(report, "pearson", "n"), 5, 0);
    assert_true(has_note(report, "1 places left out for a missing value"));
    nearer_report_free(report);
    nearer_study_free(study);
}

/* growth = 2 + 9 gain + 0.4 ln income, without error: the regression gives it back. */
static void ask_growth__recovers_the_slope_of_made_data(void **state)
{
    (void)state;
    double growth[MOST];
    for (size_t i = 0; i < MOST; i++) growth[i] = 2 + 9 * gain(MOST, i) + 0.4 * log(income[i]);
    nearer_study *study = star("growth_made", MOST, growth, income, INCOME);
    nearer_report *report = NULL;
    assert_ok(nearer_ask_growth(&report, study, &query, &spec, &plain, &err));
    assert_near(value_of(report, "gain in access", "value"), 9, 1e-8);
    assert_near(value_of(report, "initial income", "value"), 0.4, 1e-8);
    assert_near(value_of(report, "constant", "value"), 2, 1e-7);
    assert_near(cell(report_table(report, "fit"), 1, "r_squared"), 1, 1e-10);
    const nearer_table *t = report_table(report, "places");
    assert_int_equal(nearer_table_rows(t), MOST);
    for (size_t i = 0; i < MOST; i++) {
        char id[8];
        snprintf(id, sizeof id, "p%zu", i);
        size_t row = row_of(t, "id", id);
        assert_near(cell(t, row, "access_gain_ln"), gain(MOST, i), 1e-12);
        assert_near(cell(t, row, "growth_pct_per_year"), growth[i], 1e-9);
        assert_near(cell(t, row, "initial_income_ln"), log(income[i]), 1e-12);
    }
    nearer_report_free(report);
    nearer_study_free(study);
}

/* growth = 1 + 5 gain and nothing else: r and rho are 1, and the note says faster. With the sign
 * turned it says slower; with growth that does not follow the gain, not measurably. */
static void ask_growth__says_which_way_and_whether_it_can_be_told(void **state)
{
    (void)state;
    const double unrelated[MOST] = {4, 4.1, 3.9, 4, 4, 4.1, 3.9, 4};
    static const char *const said[] = {"is associated with faster growth",
                                       "is associated with slower growth",
                                       "is not measurably associated"};
    for (int k = 0; k < 3; k++) {
        double growth[MOST];
        for (size_t i = 0; i < MOST; i++)
            growth[i] = k == 2 ? unrelated[i] : 5 + (k == 0 ? 5 : -5) * gain(MOST, i);
        nearer_study *study = star("growth_sign", MOST, growth, income, "");
        nearer_report *report = NULL;
        assert_ok(nearer_ask_growth(&report, study, &query, &spec, &plain, &err));
        if (k < 2) {
            assert_near(correlation(report, "pearson", "value"), k == 0 ? 1 : -1, 1e-12);
            assert_near(correlation(report, "spearman", "value"), k == 0 ? 1 : -1, 1e-12);
        } else {
            assert_true(correlation(report, "pearson", "p") > 0.05);
        }
        assert_true(has_note(report, said[k]));
        for (int other = 0; other < 3; other++)
            if (other != k) assert_false(has_note(report, said[other]));
        /* without initial income one model, of the gain and a constant */
        assert_int_equal(nearer_table_rows(report_table(report, "growth")), 2);
        nearer_report_free(report);
        nearer_study_free(study);
    }
}

/* More potential is more access: nearer places gain, as with less time. */
static void ask_growth__turns_every_measure_so_that_more_is_better(void **state)
{
    (void)state;
    double growth[MOST];
    for (size_t i = 0; i < MOST; i++) growth[i] = 1 + 5 * gain(MOST, i);
    nearer_study *study = star("growth_potential", MOST, growth, income, "");
    const nearer_measure_spec potential = {
        .measure = "potential", .decay = "linear:10000", .cutoff_min = NAN, .own_min = NAN};
    nearer_report *report = NULL;
    assert_ok(nearer_ask_growth(&report, study, &query, &potential, &plain, &err));
    const nearer_table *t = report_table(report, "places");
    for (size_t i = 0; i < MOST; i++) {
        char id[8];
        snprintf(id, sizeof id, "p%zu", i);
        size_t row = row_of(t, "id", id);
        /* sum over the 7 others of 1 - t / 10000 = 7 (1 - mean time / 10000) */
        assert_near(
            cell(t, row, "access_gain_ln"),
            log((1 - mean_time(after, MOST, i) / 10000) / (1 - mean_time(before, MOST, i) / 10000)),
            1e-12);
        assert_true(cell(t, row, "access_gain_ln") > 0);
        assert_near(cell(t, row, "growth_pct_per_year"), growth[i], 1e-9);
    }
    nearer_report_free(report);
    nearer_study_free(study);
}

/* Whatever the figures, no word of the answer claims that one makes the other. */
static void ask_growth__never_speaks_of_effects_or_causes(void **state)
{
    (void)state;
    static const char *const never[] = {"effect", "caus",   "impact",     "lead to", "leads to",
                                        "due to", "drives", "because of", "boost",   "thanks to"};
    const double unrelated[MOST] = {4, 4.1, 3.9, 4, 4, 4.1, 3.9, 4};
    for (int k = 0; k < 3; k++) {
        double growth[MOST];
        for (size_t i = 0; i < MOST; i++)
            growth[i] = k == 2 ? unrelated[i] : 5 + (k == 0 ? 5 : -5) * gain(MOST, i);
        nearer_study *study = star("growth_words", MOST, growth, income, INCOME);
        nearer_report *report = NULL;
        char *json = NULL;
        assert_ok(nearer_ask_growth(&report, study, &query, &spec, &plain, &err));
        assert_ok(nearer_report_json(&json, report, &err));
        for (char *p = json; *p != 0; p++)
            if (*p >= 'A' && *p <= 'Z') *p = (char)(*p + 32);
        for (size_t w = 0; w < sizeof never / sizeof *never; w++)
            if (strstr(json, never[w]) != NULL) fail_msg("it says '%s': %s", never[w], json);
        for (size_t i = 0; i < nearer_report_tables(report); i++)
            for (size_t w = 0; w < sizeof never / sizeof *never; w++)
                assert_null(strstr(nearer_report_table_title(report, i), never[w]));
        assert_true(has_note(report, "does not show that access makes places grow"));
        assert_near(correlation(report, "detectable (80 % power)", "value"), 0.85, 0.005);
        nearer_text_free(json);
        nearer_report_free(report);
        nearer_study_free(study);
    }
}

static void ask_growth__refuses_growth_that_does_not_differ(void **state)
{
    (void)state;
    const double same[MOST] = {4, 4, 4, 4, 4, 4, 4, 4};
    nearer_study *study = star("growth_same", MOST, same, income, INCOME);
    nearer_report *report = NULL;
    assert_fails(nearer_ask_growth(&report, study, &query, &spec, &plain, &err), NEARER_NODATA,
                 "values that differ");
    const nearer_measure_spec wrong = {
        .measure = "mean_time", .mass = "gdp", .cutoff_min = NAN, .own_min = NAN};
    assert_fails(nearer_ask_growth(&report, study, &query, &wrong, &plain, &err), NEARER_NAME,
                 "unknown mass 'gdp'");
    assert_null(report);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_growth__needs_a_growth_series),
        cmocka_unit_test(ask_growth__needs_5_places_with_all_values),
        cmocka_unit_test(ask_growth__recovers_the_slope_of_made_data),
        cmocka_unit_test(ask_growth__says_which_way_and_whether_it_can_be_told),
        cmocka_unit_test(ask_growth__turns_every_measure_so_that_more_is_better),
        cmocka_unit_test(ask_growth__never_speaks_of_effects_or_causes),
        cmocka_unit_test(ask_growth__refuses_growth_that_does_not_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
