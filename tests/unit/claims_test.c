#include "cases/drawn.h"

static nearer_error err;

/* Nineteen years, 2001 to 2020. gdp doubles in A, stands in B, is missing in C and D; people 1 2 4
 * and none. A, B, C are inland, D on the coast. */
#define PLACES                                                                           \
    "id,name,lon_deg,lat_deg,coast,province\nA,Aton,0,0,no,North\nB,Bton,1,0,no,North\n" \
    "C,Cton,2,0,no,South\nD,Dton,3,0,yes,\n"
#define ROAD "from,to,minutes\nA,B,5\nB,C,5\nC,D,5\n"
#define MASSES "id,first,last,people\nA,100,200,1\nB,300,300,2\nC,50,,4\nD,,7,\n"
#define GROUPS \
    "\"groups\": {\"coast\": {\"column\": \"coast\"}, \"province\": {\"column\": \"province\"}}"

static const char *write_claims(const char *claims)
{
    char more[2000];
    snprintf(more, sizeof more, GROUPS ", \"claims\": [%s]", claims);
    const drawn d = {.places = PLACES, .road = ROAD, .masses = MASSES, .more = more};
    return drawn_write("claims", &d);
}

static nearer_study *read_claims(const char *claims)
{
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, write_claims(claims), &err));
    return study;
}

/* Asks one claim and returns the report; its table has the one row. */
static nearer_report *ask(const char *claim)
{
    nearer_study *study = read_claims(claim);
    nearer_report *report = NULL;
    assert_ok(nearer_ask_claims(&report, study, &err));
    assert_int_equal(nearer_table_rows(report_table(report, "claims")), 1);
    nearer_study_free(study);
    return report;
}

static void ask_claims__needs_claims(void **state)
{
    (void)state;
    nearer_study *study = read_claims("");
    nearer_report *report = NULL;
    assert_fails(nearer_ask_claims(&report, study, &err), NEARER_NODATA, "lists no \"claims\"");
    assert_null(report);
    nearer_study_free(study);
}

/* Inland: the sum of A and B, 400 to 500 (C is missing): 1.25^(1/19) - 1 = e^(0.22314355/19) - 1
 * = 1.18137 % a year; claimed 3. */
static void annual_growth__is_that_of_the_members_sum(void **state)
{
    (void)state;
    nearer_report *report =
        ask("{\"text\": \"inland grew by 3 %\", \"statistic\": \"annual_growth\", \"from\": "
            "\"first\", \"to\": \"last\", \"group\": \"coast\", \"is\": \"no\", \"claimed\": 3, "
            "\"unit\": \"% a year\"}");
    const nearer_table *t = report_table(report, "claims");
    double rate = 100 * (exp(log(1.25) / 19) - 1);
    assert_near(rate, 1.18137, 1e-5);
    assert_string_equal(cell_text(t, 0, "claim"), "inland grew by 3 %");
    assert_near(cell(t, 0, "claimed"), 3, 0);
    assert_near(cell(t, 0, "our_figure"), rate, 1e-12);
    assert_near(cell(t, 0, "difference"), rate - 3, 1e-12);
    assert_string_equal(cell_text(t, 0, "unit"), "% a year");
    assert_near(cell(t, 0, "places"), 2, 0);
    assert_near(cell(t, 0, "missing"), 1, 0);
    /* doubling in 19 years is 3.72 % */
    assert_string_equal(cell_text(t, 0, "detail"), "Aton 3.72, Bton 0.00");
    nearer_report_free(report);
}

static void count_above__counts_what_is_larger(void **state)
{
    (void)state;
    nearer_report *report = ask("{\"text\": \"x\", \"statistic\": \"count_above\", \"of\": "
                                "\"first\", \"above\": 50}");
    const nearer_table *t = report_table(report, "claims");
    assert_near(cell(t, 0, "our_figure"), 2, 0); /* A and B; C's 50 is not above 50 */
    assert_near(cell(t, 0, "places"), 3, 0);
    assert_near(cell(t, 0, "missing"), 1, 0);
    assert_string_equal(cell_text(t, 0, "detail"), "Aton, Bton");
    assert_true(isnan(cell(t, 0, "claimed")) && isnan(cell(t, 0, "difference")));
    nearer_report_free(report);
    report = ask("{\"text\": \"x\", \"statistic\": \"count_above\", \"of\": \"first\", \"above\": "
                 "1000, \"claimed\": 1}");
    t = report_table(report, "claims");
    assert_near(cell(t, 0, "our_figure"), 0, 0);
    assert_near(cell(t, 0, "difference"), -1, 0);
    assert_string_equal(cell_text(t, 0, "detail"), "");
    nearer_report_free(report);
}

/* per head: A 100, B 150, C 12.5: 150 / 12.5 = 12. By province: North (100 + 300) / (1 + 2) =
 * 133.33, South 12.5: 10.667. */
static void ratio_max_min__is_of_levels_per_head(void **state)
{
    (void)state;
    nearer_report *report = ask("{\"text\": \"x\", \"statistic\": \"ratio_max_min\", \"of\": "
                                "\"first\", \"per\": \"people\"}");
    const nearer_table *t = report_table(report, "claims");
    assert_near(cell(t, 0, "our_figure"), 12, 1e-12);
    assert_near(cell(t, 0, "places"), 3, 0);
    assert_near(cell(t, 0, "missing"), 1, 0);
    assert_non_null(strstr(cell_text(t, 0, "detail"), "Bton 150"));
    assert_non_null(strstr(cell_text(t, 0, "detail"), "Cton 12.5"));
    nearer_report_free(report);
    report = ask("{\"text\": \"x\", \"statistic\": \"ratio_max_min\", \"of\": \"first\", \"per\": "
                 "\"people\", \"by\": \"province\"}");
    t = report_table(report, "claims");
    assert_near(cell(t, 0, "our_figure"), 400.0 / 3 / 12.5, 1e-12);
    assert_non_null(strstr(cell_text(t, 0, "detail"), "North 133"));
    nearer_report_free(report);
    /* of places, without per: 300 / 50 */
    report = ask("{\"text\": \"x\", \"statistic\": \"ratio_max_min\", \"of\": \"first\"}");
    assert_near(cell(report_table(report, "claims"), 0, "our_figure"), 6, 1e-12);
    nearer_report_free(report);
    /* nobody has a value: no figure */
    report = ask("{\"text\": \"x\", \"statistic\": \"ratio_max_min\", \"of\": \"first\", "
                 "\"group\": \"coast\", \"is\": \"yes\"}");
    assert_true(isnan(cell(report_table(report, "claims"), 0, "our_figure")));
    nearer_report_free(report);
}

static void ask_claims__takes_those_that_have_the_group_when_no_value_is_named(void **state)
{
    (void)state;
    nearer_report *report = ask("{\"text\": \"x\", \"statistic\": \"count_above\", \"of\": "
                                "\"last\", \"above\": 1, \"group\": \"province\"}");
    /* D has no province: A and B */
    assert_near(cell(report_table(report, "claims"), 0, "our_figure"), 2, 0);
    nearer_report_free(report);
}

static void ask_claims__says_what_a_claim_lacks(void **state)
{
    (void)state;
    static const struct {
        const char *claim;
        nearer_status status;
        const char *part;
    } wrong[] = {
        {"{\"text\": \"x\", \"statistic\": \"anual_growth\"}", NEARER_NAME,
         "did you mean 'annual_growth'?"},
        {"{\"text\": \"x\", \"statistic\": \"qqqqqqq\"}", NEARER_NAME,
         "known: annual_growth, count_above, ratio_max_min"},
        {"{\"text\": \"x\", \"statistic\": \"annual_growth\", \"from\": \"first\"}", NEARER_VALUE,
         "claim 'x': statistic 'annual_growth' needs 'to'"},
        {"{\"text\": \"x\", \"statistic\": \"annual_growth\", \"from\": \"frist\", \"to\": "
         "\"last\"}",
         NEARER_NAME, "did you mean 'first'?"},
        {"{\"text\": \"x\", \"statistic\": \"count_above\", \"above\": 5}", NEARER_VALUE,
         "needs 'of'"},
        {"{\"text\": \"x\", \"statistic\": \"count_above\", \"of\": \"first\"}", NEARER_VALUE,
         "needs 'above'"},
        {"{\"text\": \"x\", \"statistic\": \"ratio_max_min\"}", NEARER_VALUE, "needs 'of'"},
        {"{\"text\": \"x\", \"statistic\": \"ratio_max_min\", \"of\": \"first\", \"by\": \"x\"}",
         NEARER_NAME, "unknown group 'x'"},
        {"{\"text\": \"x\", \"statistic\": \"ratio_max_min\", \"of\": \"first\", \"per\": \"x\"}",
         NEARER_NAME, "unknown mass 'x'"},
        {"{\"text\": \"x\", \"statistic\": \"count_above\", \"of\": \"first\", \"above\": 5, "
         "\"group\": \"cost\"}",
         NEARER_NAME, "did you mean 'coast'?"},
        {"{\"text\": \"x\", \"statistic\": \"count_above\", \"of\": \"first\", \"above\": 5, "
         "\"group\": \"coast\", \"is\": \"maybe\"}",
         NEARER_NAME, "no place has 'maybe' in group 'coast'"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        /* it is found when the study is read */
        nearer_study *study = NULL;
        assert_fails(nearer_study_read(&study, write_claims(wrong[i].claim), &err), wrong[i].status,
                     wrong[i].part);
        assert_null(study);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask_claims__needs_claims),
        cmocka_unit_test(annual_growth__is_that_of_the_members_sum),
        cmocka_unit_test(count_above__counts_what_is_larger),
        cmocka_unit_test(ratio_max_min__is_of_levels_per_head),
        cmocka_unit_test(ask_claims__takes_those_that_have_the_group_when_no_value_is_named),
        cmocka_unit_test(ask_claims__says_what_a_claim_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
