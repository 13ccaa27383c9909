#include "cases/drawn.h"

#include "model/report.h"
#include "model/table.h"

static nearer_error err;

/* A report with one table and, unless `kind` is below 0, a chart of it. */
static nearer_report *report_of(int kind, size_t rows)
{
    nearer_report *report = NULL;
    nearer_table *table = NULL;
    assert_ok(nr_report_new(&report, &err));
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    nr_table_add_column(table, "name", NR_TEXT_COLUMN);
    nr_table_add_column(table, "x", 0);
    nr_table_add_column(table, "y", 0);
    for (size_t i = 0; i < rows; i++)
        nr_table_put(table, i % 2 == 0 ? "even" : "odd", 10.0 * (double)(i + 1),
                     i == 3 ? (double)INFINITY : 12.0 * (double)(i + 1));
    assert_ok(nr_report_add_table(report, "data", "Data", table, &err));
    nr_chart chart = {.kind = (nr_chart_kind)kind,
                      .table = "data",
                      .x = "x",
                      .y = "y",
                      .series = "name",
                      .base = 11,
                      .title = "Title & <more>",
                      .x_title = "x, min",
                      .y_title = "y, min"};
    if (kind >= 0) nr_report_set_chart(report, &chart);
    return report;
}

static void chart_write__draws_every_kind(void **state)
{
    (void)state;
    for (int kind = NR_CHART_LINES; kind <= NR_CHART_TORNADO; kind++)
        for (size_t rows = 1; rows < 8; rows += 3) {
            nearer_report *report = report_of(kind, rows);
            assert_ok(nearer_chart_write("chart.svg", report, &err));
            char *svg = read_file("chart.svg");
            assert_non_null(strstr(svg, "</svg>"));
            assert_null(strstr(svg, "nan"));
            assert_null(strstr(svg, "inf"));
            free(svg);
            nearer_report_free(report);
        }
}

static void chart_write__needs_a_chart_with_numbers_and_a_place(void **state)
{
    (void)state;
    nearer_report *report = report_of(-1, 3);
    assert_fails(nearer_chart_write("none.svg", report, &err), NEARER_USAGE,
                 "none.svg: this answer has no chart");
    nearer_report_free(report);
    report = report_of(NR_CHART_SCATTER, 0);
    assert_fails(nearer_chart_write("none.svg", report, &err), NEARER_NODATA,
                 "there is nothing to draw");
    nearer_report_free(report);
    report = report_of(NR_CHART_SCATTER, 3);
    assert_fails(nearer_chart_write("nowhere/none.svg", report, &err), NEARER_IO,
                 "nowhere/none.svg: cannot be written");
    nearer_report_free(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chart_write__draws_every_kind),
        cmocka_unit_test(chart_write__needs_a_chart_with_numbers_and_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
