/* Laws of whole answers and of the files they are written to. */
#include "property/networks.h"

#include "model/table.h"

enum { NETWORKS = 100 };

static const nearer_measure_spec by_people = {
    .measure = "mean_time", .mass = "people", .cutoff_min = NAN, .own_min = NAN};

static nearer_report *compare(uint64_t seed, const nearer_study *study, int before, int after)
{
    nearer_query query = {0};
    nearer_report *report = NULL;
    law_ok(seed, nearer_ask_compare(&report, study, &query, nearer_date_year_end(before),
                                    nearer_date_year_end(after), &by_people, err));
    return report;
}

static double index_value(const nearer_report *report, const char *column)
{
    return cell(report_table(report, "index"), 0, column);
}

/* Between the ends of the draw, 1990 and 2045, links open and close; before and after it all days
 * are alike, and places neither nearer nor farther. */
static void compare__of_days_alike_is_1(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "study_same");
        nearer_report *report = compare(seed, study, 2050, 2060);
        double index = index_value(report, "compression_index");
        law(seed, isnan(index) || index == 1);
        law(seed, index_value(report, "pairs_slower") == 0);
        law(seed, index_value(report, "pairs_on_one_day_only") == 0);
        const nearer_table *t = report_table(report, "pairs");
        for (size_t row = 0; row < nearer_table_rows(t); row++)
            law(seed, cell(t, row, "time_change_min") == 0);
        nearer_report_free(report);
        nearer_study_free(study);
    }
}

/* The group that everything is in has the index of everything; forth and back cancel out. */
static void compare__of_the_group_of_all_is_the_index(void **state)
{
    (void)state;
    static random_study s;
    size_t tried = 0;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "study_all");
        nearer_report *report = compare(seed, study, 2001, 2020);
        const nearer_table *t = report_table(report, "groups");
        law(seed, nearer_table_rows(t) == 1);
        double index = index_value(report, "compression_index");
        law(seed, near_to(cell(t, 0, "compression_ratio"), index, 1e-14));
        law(seed, near_to(cell(t, 0, "within_compression_ratio"), index, 1e-14));
        law(seed, near_to(cell(t, 0, "mean_time_2001_min"),
                          index_value(report, "mean_time_2001_min"), 1e-9));
        law(seed, near_to(cell(t, 0, "places"), (double)s.places, 0));
        tried += index > 0 && index != 1;
        nearer_report_free(report);
        nearer_study_free(study);
    }
    assert_true(tried > NETWORKS / 4);
}

/* Every pair's ratio is within the ratios of all pairs: so is the index. */
static void compare__index_lies_between_the_least_and_the_greatest_ratio(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "study_between");
        nearer_report *report = compare(seed, study, 1995, 2020);
        const nearer_table *t = report_table(report, "pairs");
        double least = INFINITY, greatest = 0, index = index_value(report, "compression_index");
        for (size_t row = 0; row < nearer_table_rows(t); row++) {
            double ratio = cell(t, row, "compression_ratio");
            least = fmin(least, ratio);
            greatest = fmax(greatest, ratio);
        }
        law(seed,
            isnan(index) || (index >= least * (1 - 1e-12) && index <= greatest * (1 + 1e-12)));
        nearer_report_free(report);
        nearer_study_free(study);
    }
}

/* Two tables are the same to the last bit; the second has its numbers from a file. */
static void assert_same_table(uint64_t seed, const nearer_table *a, const nearer_table *b)
{
    law(seed, nearer_table_rows(a) == nearer_table_rows(b));
    law(seed, nearer_table_columns(a) == nearer_table_columns(b));
    for (size_t c = 0; c < nearer_table_columns(a); c++) {
        law(seed, strcmp(nearer_table_column_name(a, c), nearer_table_column_name(b, c)) == 0);
        for (size_t r = 0; r < nearer_table_rows(a); r++) {
            const char *text = nearer_table_text(a, r, c);
            if (text != NULL) {
                law(seed, strcmp(text, nearer_table_text(b, r, c)) == 0);
                continue;
            }
            double x = nearer_table_number(a, r, c), y = nearer_table_number(b, r, c);
            law(seed, isnan(x) ? isnan(y) : x == y && signbit(x) == signbit(y));
        }
    }
}

static void tables__come_back_from_their_file_as_they_were(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS / 4; seed++) {
        draw_study(&s, seed);
        nearer_study *study = read_random_study(&s, "study_tables");
        nearer_query query = at_end_of(2010);
        nearer_report *reports[3] = {compare(seed, study, 2001, 2020), NULL, NULL};
        law_ok(seed, nearer_ask_times(&reports[1], study, &query, err));
        law_ok(seed, nearer_ask_check(&reports[2], study, err));
        for (size_t k = 0; k < 3; k++) {
            for (size_t i = 0; i < nearer_report_tables(reports[k]); i++) {
                const nearer_table *table = nearer_report_table(reports[k], i);
                nearer_table *back = NULL;
                law_ok(seed, nearer_table_write(table, "study_table.csv", err));
                law_ok(seed, nearer_table_read(&back, "study_table.csv", NULL, err));
                assert_same_table(seed, table, back);
                nearer_table_free(back);
            }
            nearer_report_free(reports[k]);
        }
        nearer_study_free(study);
    }
}

/* Texts with whatever stands in the way: quotes, separators, line ends, blanks, any UTF-8; and
 * doubles of any size. */
static void random_tables__come_back_from_their_file_as_they_were(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",  "\"", ",", ";", "\t", "\n",  "\r\n", " ",
                                         "北", "é",  "'", "0", "-",  "nan", "\"\"", "\\"};
    for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
        chance c = {seed};
        nearer_table *table = NULL, *back = NULL;
        law_ok(seed, nr_table_new(&table, NULL, NULL, err));
        size_t rows = draw_below(&c, 20);
        nr_table_add_column(table, "first", NR_TEXT_COLUMN);
        nr_table_add_column(table, "number, with \"quotes\"", 3);
        nr_table_add_column(table, "last", NR_TEXT_COLUMN);
        for (size_t r = 0; r < rows; r++) {
            char text[2][200] = {"", ""};
            for (int k = 0; k < 2; k++)
                for (size_t n = draw_below(&c, 8); n > 0; n--)
                    strcat(text[k], pieces[draw_below(&c, sizeof pieces / sizeof *pieces)]);
            uint64_t bits = draw(&c);
            double number;
            memcpy(&number, &bits, sizeof number);
            if (draw_once_in(&c, 6)) number = draw_once_in(&c, 2) ? -INFINITY : NAN;
            nr_table_put(table, text[0], number, text[1]);
        }
        law_ok(seed, nr_table_finish(&table, table, err));
        law_ok(seed, nearer_table_write(table, "study_random.csv", err));
        law_ok(seed, nearer_table_read(&back, "study_random.csv", NULL, err));
        assert_same_table(seed, table, back);
        nearer_table_free(table);
        nearer_table_free(back);
    }
}

/* The same question gives the same bytes. */
static void reports__are_the_same_bytes_each_time(void **state)
{
    (void)state;
    static random_study s;
    for (uint64_t seed = 1; seed <= NETWORKS / 4; seed++) {
        draw_study(&s, seed);
        char *json[2] = {NULL, NULL};
        for (size_t k = 0; k < 2; k++) {
            nearer_study *study = read_random_study(&s, "study_bytes");
            nearer_report *report = compare(seed, study, 2001, 2020);
            law_ok(seed, nearer_report_json(&json[k], report, err));
            nearer_report_free(report);
            nearer_study_free(study);
        }
        law(seed, strcmp(json[0], json[1]) == 0);
        nearer_text_free(json[0]);
        nearer_text_free(json[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compare__of_days_alike_is_1),
        cmocka_unit_test(compare__of_the_group_of_all_is_the_index),
        cmocka_unit_test(compare__index_lies_between_the_least_and_the_greatest_ratio),
        cmocka_unit_test(tables__come_back_from_their_file_as_they_were),
        cmocka_unit_test(random_tables__come_back_from_their_file_as_they_were),
        cmocka_unit_test(reports__are_the_same_bytes_each_time),
    };
    return cmocka_run_group_tests(tests, use_one_thread, NULL);
}
