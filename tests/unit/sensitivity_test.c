#include "cases/drawn.h"

#include "study/parameter.h"

static nearer_error err;

/* A to B 90 min until 2010, then 50; boarding 10 + 5, leaving 2 + 3. */
#define RAIL                                                                         \
    "\"rail\": {\"access_min\": 10, \"boarding_min\": 5, \"alighting_min\": 2, "     \
    "\"egress_min\": 3, \"dwell_min\": 0, \"transfer_min\": 0, \"speed_kmh\": 100, " \
    "\"detour\": 1, \"access_speed_kmh\": 50}"
#define TABLE "from,to,minutes,opened,closed\nA,B,90,,2010\nA,B,50,2010,\n"
#define RANGE(parameter, low, high)                                                          \
    "\"sensitivity\": [{\"parameter\": \"" parameter "\", \"low\": " low ", \"high\": " high \
    ", \"basis\": \"assumed\"}]"

static nearer_report *ask(const drawn *d)
{
    nearer_study *study = drawn_read("sensitivity", d);
    nearer_query query = {.date = 0}; /* not looked at */
    nearer_report *report = NULL;
    assert_ok(nearer_ask_sensitivity(&report, study, &query, day("2001"), day("2020"), NULL, &err));
    nearer_study_free(study);
    return report;
}

/* access 0: 60 / 100 min, access 20: 80 / 120 min; as the study says 70 / 110 */
static void ask_sensitivity__varies_a_parameter_over_its_range(void **state)
{
    (void)state;
    const drawn d = {.places = "id,name,lon_deg,lat_deg\nA,Aton,0,0\nB,Bton,1,0\n",
                     .modes = RAIL,
                     .rail = TABLE,
                     .more = RANGE("rail.access_min", "0", "20")};
    nearer_report *report = ask(&d);
    const nearer_table *t = report_table(report, "sensitivity");
    assert_int_equal(nearer_table_rows(t), 1);
    assert_string_equal(cell_text(t, 0, "parameter"), "rail.access_min");
    assert_near(cell(t, 0, "value"), 10, 0);
    assert_near(cell(t, 0, "low"), 0, 0);
    assert_near(cell(t, 0, "high"), 20, 0);
    assert_near(cell(t, 0, "index_at_low"), 0.6, 1e-12);
    assert_near(cell(t, 0, "index_at_high"), 80.0 / 120, 1e-12);
    assert_near(cell(t, 0, "index_swing"), 80.0 / 120 - 0.6, 1e-12);
    assert_near(cell(t, 0, "mean_time_at_low_min"), 60, 1e-12);
    assert_near(cell(t, 0, "mean_time_at_high_min"), 80, 1e-12);
    assert_near(cell(t, 0, "largest_rank_change"), 0, 0);
    assert_string_equal(cell_text(t, 0, "basis"), "assumed");
    assert_non_null(strstr(nearer_report_note(report, 0), "compression index 0.6364"));
    nearer_report_free(report);
}

/* A has roads of 60, 66 and 78 min at 100 km/h, twice that at 50; B, C and D have trains of 50, 90
 * and 100 min among themselves, and 20 for boarding and leaving. */
static void ask_sensitivity__says_who_moves_in_the_ranking(void **state)
{
    (void)state;
    const drawn d = {
        .places = "id,name,lon_deg,lat_deg\nA,Aton,0,0\nB,Bton,5,0\nC,Cton,10,0\nD,Dton,15,0\n",
        .modes = RAIL ", \"road\": {\"classes\": {\"motor\": {\"speed_kmh\": 100}}}",
        .rail = "from,to,minutes\nB,C,50\nB,D,90\nC,D,100\n",
        .road = "from,to,length_km,class\nA,B,100,motor\nA,C,110,motor\nA,D,130,motor\n",
        .more = RANGE("road.classes.motor", "50", "100")};
    nearer_report *report = ask(&d);
    const nearer_table *t = report_table(report, "sensitivity");
    assert_string_equal(cell_text(t, 0, "parameter"), "road.classes.motor");
    assert_near(cell(t, 0, "value"), 100, 0);
    assert_near(cell(t, 0, "index_at_low"), 1, 1e-12);
    /* mean times at 100: A 68, B 80, C 85.3, D 102.7 min; at 50: A 136, B 100, C 107.3, D 128.7 */
    assert_near(cell(t, 0, "largest_rank_change"), 3, 0);
    assert_string_equal(cell_text(t, 0, "of_place"), "Aton");
    /* ranks 1 2 3 4 against 4 1 2 3: 1 - 6 * 12 / 60 */
    assert_near(cell(t, 0, "rank_correlation"), -0.2, 1e-12);
    nearer_report_free(report);
}

/* Without ranges: a quarter of access, boarding, alighting, egress, speed, detour (not below 1),
 * way; dwell, transfer, headway and link_min are 0. */
static void ask_sensitivity__varies_all_by_a_quarter_without_ranges(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n", .modes = RAIL, .rail = TABLE};
    nearer_report *report = ask(&d);
    const nearer_table *t = report_table(report, "sensitivity");
    assert_int_equal(nearer_table_rows(t), 7);
    assert_string_equal(cell_text(t, 0, "parameter"), "rail.access_min"); /* the widest */
    assert_near(cell(t, 0, "low"), 7.5, 1e-12);
    assert_near(cell(t, 0, "high"), 12.5, 1e-12);
    for (size_t r = 0; r < 7; r++)
        if (strcmp(cell_text(t, r, "parameter"), "rail.detour") == 0)
            assert_near(cell(t, r, "low"), 1, 0);
    nearer_report_free(report);
}

static void ask_sensitivity__says_what_is_wrong_with_a_range(void **state)
{
    (void)state;
    const struct {
        const char *more, *message;
        nearer_status status;
    } cases[] = {{RANGE("rial.access_min", "0", "1"),
                  "'rial.access_min' names no mode; did you mean 'rail'?", NEARER_NAME},
                 {RANGE("rail", "0", "1"), "'rail' names no parameter", NEARER_NAME},
                 {RANGE("rail.acces_min", "0", "1"), "did you mean 'access_min'?", NEARER_NAME},
                 {RANGE("rail.access_limit_km", "0", "1"), "names no parameter that can be varied",
                  NEARER_NAME},
                 {RANGE("rail.classes.fast", "1", "2"), "mode rail has no speed of a class 'fast'",
                  NEARER_NAME},
                 {RANGE("rail.access_min", "5", "5"), "low must lie below high", NEARER_VALUE},
                 {RANGE("rail.detour", "0.5", "2"), "rail.detour is 0.5, 1 to 10 was expected",
                  NEARER_VALUE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                         .modes = RAIL,
                         .rail = TABLE,
                         .more = cases[i].more};
        nearer_study *study = drawn_read("sensitivity", &d);
        nearer_query query = {.date = 0};
        nearer_report *report = NULL;
        assert_fails(
            nearer_ask_sensitivity(&report, study, &query, day("2001"), day("2020"), NULL, &err),
            cases[i].status, cases[i].message);
        assert_null(report);
        nearer_study_free(study);
    }
}

static void variant_make__refuses_a_transfer_below_the_dwell(void **state)
{
    (void)state;
    const drawn d = {.places = "id,lon_deg,lat_deg\nA,0,0\nB,1,0\n",
                     .modes = "\"rail\": {\"through\": \"class\", \"dwell_min\": 5}",
                     .rail = "from,to,minutes\nA,B,50\n"};
    nearer_study *study = drawn_read("sensitivity_berths", &d);
    nr_varied varied;
    nr_variant variant;
    assert_ok(nr_varied_find(&varied, nearer_study_network(study), "rail.transfer_min", &err));
    assert_fails(nr_variant_make(&variant, study, &varied, 4, &err), NEARER_VALUE,
                 "transfer_min falls below dwell_min");
    nr_variant_clear(&variant);
    assert_ok(nr_variant_make(&variant, study, &varied, 5, &err));
    assert_near(nr_varied_value(&variant.network, &varied), 5, 0);
    assert_near(nr_varied_value(study->network, &varied), 30, 0); /* the study keeps its own */
    nr_variant_clear(&variant);
    nearer_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_sensitivity__varies_a_parameter_over_its_range),
        cmocka_unit_test(ask_sensitivity__says_who_moves_in_the_ranking),
        cmocka_unit_test(ask_sensitivity__varies_all_by_a_quarter_without_ranges),
        cmocka_unit_test(ask_sensitivity__says_what_is_wrong_with_a_range),
        cmocka_unit_test(variant_make__refuses_a_transfer_below_the_dwell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
