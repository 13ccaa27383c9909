/* Shapley values against those worked out in R over all 256 choices of eight lines
 * (referee/statistics/bh): ten cities on a grid, two hours by road from one to the next, half an
 * hour by a line. */
#include "cases/drawn.h"
#include "referee/referee.h"

#include "base/text.h"

enum { ROOM = 8000 };

static size_t add(char text[ROOM], size_t n, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    n += (size_t)vsnprintf(text + n, ROOM - n, format, arguments);
    va_end(arguments);
    assert_true(n < ROOM);
    return n;
}

static double number_of(const nearer_table *table, size_t row, const char *column)
{
    double value;
    assert_true(nr_parse_number(expected_text(table, row, column), &value));
    return value;
}

static nearer_study *read_study(void)
{
    static char places[ROOM], masses[ROOM], roads[ROOM];
    nearer_table *cities = read_expected("statistics/bh/cities.csv"),
                 *lines = read_expected("statistics/bh/lines.csv");
    size_t p = add(places, 0, "id,lon_deg,lat_deg\n"), m = add(masses, 0, "id,people\n"),
           r = add(roads, 0, "from,to,minutes,line,opened\n");
    for (size_t i = 0; i < 10; i++) {
        double x = number_of(cities, i, "gx"), y = number_of(cities, i, "gy");
        p = add(places, p, "%zu,%g,%g\n", i + 1, x, y);
        m = add(masses, m, "%zu,%g\n", i + 1, number_of(cities, i, "pop"));
        for (size_t j = 0; j < i; j++)
            if (fabs(x - number_of(cities, j, "gx")) + fabs(y - number_of(cities, j, "gy")) == 1)
                r = add(roads, r, "%zu,%zu,120,,\n", i + 1, j + 1);
    }
    for (size_t k = 0; k < nearer_table_rows(lines); k++) {
        const char *stop = expected_text(lines, k, "stops"), *next;
        for (; (next = strchr(stop, '-')) != NULL; stop = next + 1)
            r = add(roads, r, "%d,%d,30,line%zu,2010\n", atoi(stop), atoi(next + 1), k + 1);
    }
    nearer_table_free(cities);
    nearer_table_free(lines);
    return drawn_read("referee_lines", &(drawn){.places = places, .masses = masses, .road = roads});
}

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
    nearer_study *study = read_study();
    nearer_report *report = NULL;
    const nearer_query query = {.date = nearer_date_year_end(2020)};
    const nearer_attribution what = {
        .from = nearer_date_year_end(2001), .to = nearer_date_year_end(2020), .mass = "people"};
    assert_ok(nearer_ask_attribute(&report, study, &query, &what, &err));
    for (size_t row = 2; row < nearer_table_rows(wanted); row++) {
        char part[32];
        snprintf(part, sizeof part, "line%zu", row - 1);
        double value = row < 10 ? saved_by(report, part) : saved_by(report, "all");
        if (!(fabs(value - number_of(wanted, row, "value")) <= 1e-9 * fabs(value)))
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
