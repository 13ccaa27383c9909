/* Shapley values against those worked out in R over all 256 choices of eight lines
 * (referee/statistics/bh): ten cities on a grid, two hours by road from one to the next, half an
 * hour by a line. */
#include "referee/bh.h"

static double saved_by(const nearer_report *report, const char *part)
{
    const nearer_table *table = nearer_report_table(report, 0);
    return nearer_table_number(table, row_of(table, "part", part),
                               (size_t)nearer_table_find(table, "saved_min"));
}

static void shares__are_those_of_r(void **state)
{
    (void)state;
    skip_without_referee();
    nearer_table *wanted = read_expected("statistics/bh/shapley_expected.csv");
    nearer_study *study = bh_read(true, NULL);
    nearer_report *report = NULL;
    const nearer_query query = {.date = nearer_date_year_end(2020)};
    const nearer_attribution what = {
        .from = nearer_date_year_end(2001), .to = nearer_date_year_end(2020), .mass = "people"};
    assert_ok(nearer_ask_attribute(&report, study, &query, &what, &err));
    for (size_t row = 2; row < nearer_table_rows(wanted); row++) {
        char part[32];
        snprintf(part, sizeof part, "line%zu", row - 1);
        double value = row < 10 ? saved_by(report, part) : saved_by(report, "all");
        if (!(fabs(value - bh_number(wanted, row, "value")) <= 1e-9 * fabs(value)))
            fail_msg("%s: %.17g", part, value);
    }
    nearer_report_free(report);
    nearer_study_free(study);
    nearer_table_free(wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares__are_those_of_r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
