#include "cases/drawn.h"

#include "draw/axis.h"

/* The axis begins and ends at a tick, holds low..high, its ticks rise, and their pixels run from
 * end to end. */
static void assert_covers(const nr_axis *a, double low, double high)
{
    double slack = 1e-6 * fmax(fabs(low), fabs(high));
    assert_true(a->tick_count >= 2 && a->tick_count <= NR_AXIS_TICKS);
    assert_near(a->low, a->ticks[0], 0);
    assert_near(a->high, a->ticks[a->tick_count - 1], 0);
    assert_true(a->low <= low + slack);
    assert_true(a->high >= high - slack);
    assert_near(nr_axis_pixel(a, a->low), a->from, 1e-9);
    assert_near(nr_axis_pixel(a, a->high), a->to, 1e-9);
    for (size_t i = 1; i < a->tick_count; i++) assert_true(a->ticks[i] > a->ticks[i - 1]);
}

static void assert_ticks(const nr_axis *a, const double *ticks, size_t n)
{
    assert_int_equal(a->tick_count, n);
    for (size_t i = 0; i < n; i++) assert_near(a->ticks[i], ticks[i], 1e-12 * fabs(ticks[i]));
}

/* A tenth of the value to either side, 1 around 0: 45 .. 55 at 10 / 7 makes steps of 2. */
static void axis__of_one_number_lies_around_it(void **state)
{
    (void)state;
    nr_axis a = nr_axis_make(0, 0, false, 0, 100);
    assert_covers(&a, -1, 1);
    assert_near(nr_axis_pixel(&a, 0), 50, 1e-9);
    a = nr_axis_make(50, 50, false, 0, 100);
    assert_ticks(&a, (const double[]){44, 46, 48, 50, 52, 54, 56}, 7);
    a = nr_axis_make(-3, -3, false, 0, 100);
    assert_covers(&a, -3.3, -2.7);
    for (double x = 0.01; x < 1e5; x *= 10)
        for (double k = 1; k < 10; k += 0.5) {
            a = nr_axis_make(k * x, k * x, true, 0, 100);
            assert_covers(&a, k * x, k * x);
        }
}

/* 0 .. 7 by 1; 0 .. 7.1 at 1.014 by 2; 3 .. 97 at 13.4 by 20; -0.4 .. 0.3 by 0.1. */
static void axis__has_round_ticks(void **state)
{
    (void)state;
    nr_axis a = nr_axis_make(0, 7, false, 0, 100);
    assert_ticks(&a, (const double[]){0, 1, 2, 3, 4, 5, 6, 7}, 8);
    assert_int_equal(a.decimals, 0);
    a = nr_axis_make(0, 7.1, false, 0, 100);
    assert_ticks(&a, (const double[]){0, 2, 4, 6, 8}, 5);
    a = nr_axis_make(3, 97, false, 0, 100);
    assert_ticks(&a, (const double[]){0, 20, 40, 60, 80, 100}, 6);
    a = nr_axis_make(2001, 2020, false, 0, 100);
    assert_ticks(&a, (const double[]){2000, 2005, 2010, 2015, 2020}, 5);
    a = nr_axis_make(-0.4, 0.3, false, 0, 100);
    assert_int_equal(a.tick_count, 8);
    assert_int_equal(a.decimals, 1);
    assert_near(a.ticks[4], 0, 0);
}

static void axis__covers_any_range(void **state)
{
    (void)state;
    static const double ends[] = {-1234.5, -10, -0.3, 0, 0.001, 0.5, 1, 3, 9.99, 77, 500, 123456};
    enum { N = sizeof ends / sizeof *ends };
    for (size_t i = 0; i < N; i++)
        for (size_t k = i + 1; k < N; k++) {
            nr_axis a = nr_axis_make(ends[i], ends[k], false, 500, 20); /* upwards */
            assert_covers(&a, ends[i], ends[k]);
            assert_true(a.tick_count <= 10);
            double step = (a.high - a.low) / (double)(a.tick_count - 1);
            double first = step / pow(10, floor(log10(step) + 1e-9)); /* 1, 2 or 5 */
            assert_true(near_to(first, 1, 1e-6) || near_to(first, 2, 1e-6) ||
                        near_to(first, 5, 1e-6));
            for (size_t t = 1; t < a.tick_count; t++)
                assert_near(a.ticks[t] - a.ticks[t - 1], step, 1e-9 * step + 1e-12);
            if (ends[i] <= 0 || ends[k] / ends[i] > 1e7) continue;
            a = nr_axis_make(ends[i], ends[k], true, 500, 20);
            assert_covers(&a, ends[i], ends[k]);
        }
}

/* 1, 2 and 5 of each power of ten: 30 .. 700. */
static void axis__logarithmic_has_ticks_of_1_2_and_5(void **state)
{
    (void)state;
    nr_axis a = nr_axis_make(30, 700, true, 0, 100);
    assert_ticks(&a, (const double[]){20, 50, 100, 200, 500, 1000}, 6);
    a = nr_axis_make(100, 1000, true, 0, 100);
    assert_ticks(&a, (const double[]){100, 200, 500, 1000}, 4);
    a = nr_axis_make(0.3, 0.4, true, 0, 100);
    assert_ticks(&a, (const double[]){0.2, 0.5}, 2);
    /* equal ratios are equal stretches */
    a = nr_axis_make(1, 100, true, 0, 200);
    assert_near(nr_axis_pixel(&a, 10), 100, 1e-9);
    assert_near(nr_axis_pixel(&a, 5) - nr_axis_pixel(&a, 1),
                nr_axis_pixel(&a, 50) - nr_axis_pixel(&a, 10), 1e-9);
}

static void axis__labels_its_ticks(void **state)
{
    (void)state;
    char text[NR_NUMBER_TEXT];
    nr_axis a = nr_axis_make(0, 0.3, false, 0, 100); /* by 0.05 */
    assert_string_equal(nr_axis_label(&a, 0, text), "0.00");
    assert_string_equal(nr_axis_label(&a, 1, text), "0.05");
    a = nr_axis_make(0, 700, false, 0, 100);
    assert_string_equal(nr_axis_label(&a, 7, text), "700");
    a = nr_axis_make(-700, 0, false, 0, 100);
    assert_string_equal(nr_axis_label(&a, 0, text), "-700");
    assert_string_equal(nr_axis_label(&a, 7, text), "0");
    a = nr_axis_make(0.3, 30, true, 0, 100);
    assert_string_equal(nr_axis_label(&a, 0, text), "0.2");
    assert_string_equal(nr_axis_label(&a, 1, text), "0.5");
    assert_string_equal(nr_axis_label(&a, 2, text), "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axis__of_one_number_lies_around_it),
        cmocka_unit_test(axis__has_round_ticks),
        cmocka_unit_test(axis__covers_any_range),
        cmocka_unit_test(axis__logarithmic_has_ticks_of_1_2_and_5),
        cmocka_unit_test(axis__labels_its_ticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
