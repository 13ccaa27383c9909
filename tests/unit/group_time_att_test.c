#include "cases/drawn.h"

#include "base/memory.h"
#include "stats/covariance.h"
#include "stats/panel.h"

static nearer_error err;

/* Two units treated from 2 on, two from 3 on, two never. */
enum { UNITS = 6, PERIODS = 3 };
static const double times[PERIODS] = {1, 2, 3},
                    y[UNITS * PERIODS] = {1, 4, 6, 2, 3, 7, 0, 1, 5, 1, 1, 4, 1, 2, 2, 0, 1, 3},
                    first[UNITS] = {2, 2, 3, 3, INFINITY, INFINITY};
static const nr_panel panel = {UNITS, PERIODS, times, y, first};

static const nr_att *cell_of(const nr_att_table *table, double group, double time)
{
    for (size_t c = 0; c < table->count; c++)
        if (table->cell[c].group == group && table->cell[c].time == time) return &table->cell[c];
    return NULL;
}

/* Changes by hand: group 2 from 1 to 2: 3 and 1, never treated 1 and 1. */
static void att__compares_with_those_never_treated(void **state)
{
    (void)state;
    nr_att_table *t = NULL;
    assert_ok(nr_att_table_new(&t, &panel, NR_NEVER_TREATED, NR_VARYING_BASE, &err));
    assert_true(t->count == 4 && t->units == 6 && t->always == 0 && t->incomplete == 0);
    assert_near(cell_of(t, 2, 2)->att.value, 2 - 1, 1e-15);
    assert_near(cell_of(t, 2, 3)->att.value, 5 - 2, 1e-15);
    assert_near(cell_of(t, 3, 2)->att.value, 0.5 - 1, 1e-15);
    assert_near(cell_of(t, 3, 3)->att.value, 3.5 - 1, 1e-15);
    /* (1^2 + 1^2) / 2^2 of the treated, nothing of the controls */
    assert_near(cell_of(t, 2, 2)->att.std_error, sqrt(0.5), 1e-15);
    assert_near(cell_of(t, 2, 3)->att.std_error, sqrt(0.5), 1e-15);
    assert_true(cell_of(t, 2, 2)->treated == 2 && cell_of(t, 2, 2)->controls == 2);
    /* the one cell before treatment: z^2, with -0.5 and (0.5^2 + 0.5^2) / 4 */
    assert_near(t->pre_trend.value, 0.25 / 0.125, 1e-12);
    assert_true(t->pre_trend.df1 == 1);
    assert_near(t->pre_trend.p, cell_of(t, 3, 2)->att.p, 1e-12);
    nr_att_table_free(t);
}

static void att__compares_with_those_not_yet_treated(void **state)
{
    (void)state;
    nr_att_table *t = NULL;
    assert_ok(nr_att_table_new(&t, &panel, NR_NOT_YET_TREATED, NR_VARYING_BASE, &err));
    assert_near(cell_of(t, 2, 2)->att.value, 2 - 0.75, 1e-15); /* changes 1 0 1 1 */
    assert_int_equal(cell_of(t, 2, 2)->controls, 4);
    assert_near(cell_of(t, 2, 3)->att.value, 5 - 2, 1e-15); /* group 3 is treated in 3 */
    assert_int_equal(cell_of(t, 2, 3)->controls, 2);
    nr_att_table_free(t);
    /* without any never treated the last group has nobody to be compared with */
    const nr_panel treated = {4, PERIODS, times, y, first};
    assert_ok(nr_att_table_new(&t, &treated, NR_NOT_YET_TREATED, NR_VARYING_BASE, &err));
    assert_true(t->count == 1 && t->uncontrolled == 3);
    assert_near(cell_of(t, 2, 2)->att.value, 2 - 0.5, 1e-15);
    assert_true(isnan(t->pre_trend.value));
    nr_att_table_free(t);
    t = NULL;
    assert_fails(nr_att_table_new(&t, &treated, NR_NEVER_TREATED, NR_VARYING_BASE, &err),
                 NEARER_NODATA, "no unit is there");
    assert_null(t);
}

static void att__counts_from_the_last_period_before_treatment(void **state)
{
    (void)state;
    nr_att_table *t = NULL;
    nr_att_summary *s = NULL;
    assert_ok(nr_att_table_new(&t, &panel, NR_NEVER_TREATED, NR_UNIVERSAL_BASE, &err));
    assert_int_equal(t->count, 6);
    assert_near(cell_of(t, 3, 1)->att.value, -0.5 + 1, 1e-15);
    assert_near(cell_of(t, 3, 2)->att.value, 0, 0);
    assert_true(isnan(cell_of(t, 3, 2)->att.std_error));
    assert_near(cell_of(t, 3, 3)->att.value, 3.5 - 1, 1e-15);
    assert_int_equal(t->pre_trend.df1, 1); /* the base itself is no test */
    assert_ok(nr_att_summary_new(&s, t, NR_ATT_BY_EVENT, &err));
    assert_true(s->count == 4 && s->part[0].key == -2 && s->part[1].key == -1);
    assert_near(s->part[0].att.value, 0.5, 1e-15);
    assert_true(s->part[1].att.value == 0 && isnan(s->part[1].att.std_error));
    assert_near(s->overall.value, 2.375, 1e-15);
    assert_true(s->overall.std_error > 0);
    nr_att_summary_free(s);
    nr_att_table_free(t);
}

static void summary__weighs_groups_by_their_units(void **state)
{
    (void)state;
    nr_att_table *t = NULL;
    nr_att_summary *s = NULL;
    assert_ok(nr_att_table_new(&t, &panel, NR_NEVER_TREATED, NR_VARYING_BASE, &err));
    assert_ok(nr_att_summary_new(&s, t, NR_ATT_BY_EVENT, &err));
    assert_int_equal(s->count, 3);
    assert_near(s->part[0].att.value, -0.5, 1e-15);
    assert_near(s->part[1].att.value, (2 * 1 + 2 * 2.5) / 4, 1e-15);
    assert_near(s->part[2].att.value, 3, 1e-15);
    assert_true(s->part[1].cells == 2 && s->part[2].cells == 1);
    assert_near(s->overall.value, (1.75 + 3) / 2, 1e-15);
    nr_att_summary_free(s);
    assert_ok(nr_att_summary_new(&s, t, NR_ATT_BY_GROUP, &err));
    assert_true(s->count == 2 && s->part[0].key == 2 && s->part[1].key == 3);
    assert_near(s->part[0].att.value, 2, 1e-15);
    assert_near(s->part[1].att.value, 2.5, 1e-15);
    assert_near(s->overall.value, 2.25, 1e-15);
    nr_att_summary_free(s);
    assert_ok(nr_att_summary_new(&s, t, NR_ATT_BY_TIME, &err));
    assert_near(s->part[0].att.value, 1, 1e-15);
    assert_near(s->part[1].att.value, 2.75, 1e-15);
    assert_near(s->overall.value, 1.875, 1e-15);
    nr_att_summary_free(s);
    nr_att_table_free(t);
}

/* Uneven groups that change over four periods. */
enum { MANY = 13, LONG = 4, COPIES = 40 };
static const double onsets[MANY] = {2, 2, 2, 3, 3, 4, 4, 4, 4, 9, 9, 9, 9};

static double outcome(size_t unit, size_t t)
{
    double u = (double)unit, s = (double)t;
    return u + 0.5 * s + sin(5 * u * (s + 1)) + (s + 1 >= onsets[unit] ? s : 0);
}

/* A cell is the slope of least squares of the change on being treated, and its standard error the
 * one of HC0. */
static void att__has_the_standard_error_of_a_regression_of_changes(void **state)
{
    (void)state;
    const double four[LONG] = {1, 2, 3, 4};
    double wide[MANY * LONG], change[7], x[14], covariance[4];
    nr_att_table *t = NULL;
    nr_fit *fit = NULL;
    for (size_t i = 0; i < MANY; i++)
        for (size_t s = 0; s < LONG; s++) wide[i * LONG + s] = outcome(i, s);
    const nr_panel many = {MANY, LONG, four, wide, onsets};
    assert_ok(nr_att_table_new(&t, &many, NR_NEVER_TREATED, NR_VARYING_BASE, &err));
    size_t used = 0;
    for (size_t i = 0; i < MANY; i++) {
        if (onsets[i] != 2 && onsets[i] != 9) continue;
        change[used] = outcome(i, 3) - outcome(i, 0);
        x[2 * used] = 1;
        x[2 * used++ + 1] = onsets[i] == 2;
    }
    assert_int_equal(used, 7);
    assert_ok(nr_fit_new(&fit, &(nr_design){change, x, 7, 2, NULL}, &err));
    assert_ok(nr_covariance_hc(covariance, fit, NR_HC0, &err));
    assert_near(cell_of(t, 2, 4)->att.value, fit->b[1], 1e-12);
    assert_near(cell_of(t, 2, 4)->att.std_error, sqrt(covariance[3]), 1e-12);
    nr_fit_free(fit);
    nr_att_table_free(t);
}

/* The overall figure when each unit stands COPIES times, and `unit` `more` times more. */
static double overall_with(nr_att_by by, size_t unit, int more)
{
    const double four[LONG] = {1, 2, 3, 4};
    static double wide[(MANY * COPIES + 1) * LONG], from[MANY * COPIES + 1];
    size_t n = 0;
    for (size_t i = 0; i < MANY; i++)
        for (int copy = 0; copy < COPIES + (i == unit ? more : 0); copy++) {
            for (size_t t = 0; t < LONG; t++) wide[n * LONG + t] = outcome(i, t);
            from[n++] = onsets[i];
        }
    const nr_panel many = {n, LONG, four, wide, from};
    nr_att_table *t = NULL;
    nr_att_summary *s = NULL;
    assert_ok(nr_att_table_new(&t, &many, NR_NOT_YET_TREATED, NR_VARYING_BASE, &err));
    assert_ok(nr_att_summary_new(&s, t, by, &err));
    double value = s->overall.value;
    nr_att_summary_free(s);
    nr_att_table_free(t);
    return value;
}

/* The standard error is that of the infinitesimal jackknife: what a little more of each unit does,
 * squared and summed; the weights of the groups move along. */
static void summary__has_the_standard_error_of_the_jackknife(void **state)
{
    (void)state;
    const double four[LONG] = {1, 2, 3, 4};
    double wide[MANY * LONG];
    for (size_t i = 0; i < MANY; i++)
        for (size_t s = 0; s < LONG; s++) wide[i * LONG + s] = outcome(i, s);
    const nr_panel many = {MANY, LONG, four, wide, onsets};
    for (int by = NR_ATT_BY_EVENT; by <= NR_ATT_BY_TIME; by++) {
        nr_att_table *t = NULL;
        nr_att_summary *s = NULL;
        double squares = 0;
        assert_ok(nr_att_table_new(&t, &many, NR_NOT_YET_TREATED, NR_VARYING_BASE, &err));
        assert_ok(nr_att_summary_new(&s, t, (nr_att_by)by, &err));
        for (size_t i = 0; i < MANY; i++) {
            double slope =
                (overall_with((nr_att_by)by, i, 1) - overall_with((nr_att_by)by, i, -1)) / 2;
            squares += pow(slope * COPIES, 2);
        }
        assert_near(s->overall.std_error / sqrt(squares), 1, 2e-3);
        nr_att_summary_free(s);
        nr_att_table_free(t);
    }
}

static void att__leaves_out_what_cannot_be_compared(void **state)
{
    (void)state;
    double holes[UNITS * PERIODS];
    const double always[UNITS] = {1, 2, 2.5, 2.5, 8, 8}; /* 8: after the last period, never */
    memcpy(holes, y, sizeof holes);
    holes[UNITS * PERIODS - 1] = NAN;
    const nr_panel spoilt = {UNITS, PERIODS, times, holes, always};
    nr_att_table *t = NULL;
    assert_ok(nr_att_table_new(&t, &spoilt, NR_NEVER_TREATED, NR_VARYING_BASE, &err));
    assert_true(t->units == 4 && t->always == 1 && t->incomplete == 1);
    assert_near(cell_of(t, 3, 3)->att.value, 3.5 - 0, 1e-15); /* 2.5 counts from 3 */
    assert_near(cell_of(t, 2, 2)->att.value, 1 - 1, 1e-15);
    assert_true(isnan(cell_of(t, 2, 2)->att.std_error)); /* one unit has no spread */
    nr_att_table_free(t);
}

static void att__refuses_panels_without_a_treatment(void **state)
{
    (void)state;
    const double never[UNITS] = {9, 9, 9, 9, 9, 9}, unknown[UNITS] = {2, NAN, 3, 3, 9, 9},
                 back[PERIODS] = {1, 3, 2};
    nr_att_table *t = NULL;
    nr_panel p = panel;
    p.treated_from = never;
    assert_fails(nr_att_table_new(&t, &p, NR_NEVER_TREATED, NR_VARYING_BASE, &err), NEARER_NODATA,
                 "none of 6 units");
    p.treated_from = unknown;
    assert_fails(nr_att_table_new(&t, &p, NR_NEVER_TREATED, NR_VARYING_BASE, &err), NEARER_VALUE,
                 "value 2 is missing");
    p = panel;
    p.units = 0;
    assert_fails(nr_att_table_new(&t, &p, NR_NEVER_TREATED, NR_VARYING_BASE, &err), NEARER_NODATA,
                 "none of 0 units");
    p = panel;
    p.periods = 1;
    assert_fails(nr_att_table_new(&t, &p, NR_NEVER_TREATED, NR_VARYING_BASE, &err), NEARER_NODATA,
                 "not 1");
    p = panel;
    p.time = back;
    assert_fails(nr_att_table_new(&t, &p, NR_NEVER_TREATED, NR_VARYING_BASE, &err), NEARER_VALUE,
                 "the 3. is 2");
    assert_null(t);
    nr_att_table_free(NULL);
    nr_att_summary_free(NULL);
}

static nearer_status ask_all(void)
{
    nr_att_table *t = NULL;
    nr_att_summary *s = NULL;
    NR_TRY(nr_att_table_new(&t, &panel, NR_NOT_YET_TREATED, NR_UNIVERSAL_BASE, &err));
    nearer_status status = nr_att_summary_new(&s, t, NR_ATT_BY_EVENT, &err);
    nr_att_table_free(t);
    nr_att_summary_free(s);
    return status;
}

static void att__says_when_there_is_no_memory(void **state)
{
    (void)state;
    nearer_status status = NEARER_MEMORY;
    for (long allowed = 0; status == NEARER_MEMORY; allowed++) {
        nr_fail_allocation_after(allowed);
        status = ask_all();
    }
    nr_fail_allocation_after(-1);
    assert_int_equal(status, NEARER_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(att__compares_with_those_never_treated),
        cmocka_unit_test(att__compares_with_those_not_yet_treated),
        cmocka_unit_test(att__counts_from_the_last_period_before_treatment),
        cmocka_unit_test(summary__weighs_groups_by_their_units),
        cmocka_unit_test(att__has_the_standard_error_of_a_regression_of_changes),
        cmocka_unit_test(summary__has_the_standard_error_of_the_jackknife),
        cmocka_unit_test(att__leaves_out_what_cannot_be_compared),
        cmocka_unit_test(att__refuses_panels_without_a_treatment),
        cmocka_unit_test(att__says_when_there_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
