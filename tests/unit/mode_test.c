#include <math.h>

#include "base/text.h"
#include "base/unknown.h"
#include "model/mode.h"
#include "test.h"

static void assert_minutes(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-9)) fail_msg("%.12g is not %.12g", found, expected);
}

static void mode_find__of_no_mode_is_the_count(void **state)
{
    (void)state;
    assert_int_equal(nr_mode_find(""), NR_MODE_COUNT);
    assert_int_equal(nr_mode_find("Rail"), NR_MODE_COUNT);
    assert_int_equal(nr_mode_find("rai"), NR_MODE_COUNT);
    assert_int_equal(nr_mode_find("bicycle"), NR_MODE_COUNT);
}

static void mode_find__finds_each_by_its_id(void **state)
{
    (void)state;
    assert_int_equal(NR_MODE_COUNT, 4);
    assert_int_equal(nr_mode_find("rail"), NR_MODE_rail);
    assert_int_equal(nr_mode_find("road"), NR_MODE_road);
    assert_int_equal(nr_mode_find("air"), NR_MODE_air);
    assert_int_equal(nr_mode_find("water"), NR_MODE_water);
    for (size_t i = 0; i < NR_MODE_COUNT; i++) assert_int_equal(nr_mode_find(nr_modes[i].id), i);
}

static void mode_known__ends_in_null(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_MODE_COUNT; i++)
        assert_string_equal(nr_mode_known(NULL, i), nr_modes[i].id);
    assert_null(nr_mode_known(NULL, NR_MODE_COUNT));
    assert_string_equal(nr_suggest("raill", nr_mode_known, NULL), "rail");
}

static void modes__have_parameters_a_study_may_give(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_MODE_COUNT; i++) {
        const nr_mode_parameters *p = &nr_modes[i].parameters;
        assert_true(p->speed_kmh > 0 && p->access_speed_kmh > 0);
        assert_true(p->detour >= 1); /* no link is shorter than the geodesic */
        assert_true(p->access_min >= 0 && p->boarding_min >= 0 && p->alighting_min >= 0 &&
                    p->egress_min >= 0 && p->headway_min >= 0 && p->dwell_min >= 0 &&
                    p->transfer_min >= 0 && p->link_min >= 0);
        assert_true(p->access_limit_km > 0);
        /* the mode's own speed is a plausible one */
        assert_true(p->plausible_low_kmh < p->speed_kmh && p->speed_kmh < p->plausible_high_kmh);
        assert_true(strlen(nr_modes[i].title) > 0);
        assert_null(nr_modes[i].classes);
        assert_int_equal(nr_modes[i].class_count, 0);
        /* a mode without terminals has nothing to wait for */
        if (!p->boards)
            assert_true(nr_mode_board_min(p) == 0 && nr_mode_leave_min(p) == 0 &&
                        p->dwell_min == 0 && p->transfer_min == 0);
    }
}

static void modes__ride_through_by_rail_and_change_by_air(void **state)
{
    (void)state;
    assert_int_equal(nr_modes[NR_MODE_rail].parameters.through, NR_THROUGH_ALWAYS);
    assert_int_equal(nr_modes[NR_MODE_air].parameters.through, NR_THROUGH_NEVER);
    assert_false(nr_modes[NR_MODE_road].parameters.boards);
    assert_true(nr_modes[NR_MODE_rail].parameters.boards);
    assert_true(nr_modes[NR_MODE_air].parameters.boards);
    assert_true(nr_modes[NR_MODE_water].parameters.boards);
}

static void mode__without_minutes_costs_nothing(void **state)
{
    (void)state;
    nr_mode_parameters none = {0};
    assert_minutes(nr_mode_board_min(&none), 0);
    assert_minutes(nr_mode_leave_min(&none), 0);
}

static const nr_mode_parameters different = {.access_min = 1,
                                             .boarding_min = 2,
                                             .alighting_min = 4,
                                             .egress_min = 8,
                                             .headway_min = 32,
                                             .dwell_min = 64,
                                             .transfer_min = 128,
                                             .speed_kmh = 60,
                                             .detour = 1.5,
                                             .link_min = 3};

static void mode_board_min__is_access_boarding_and_half_the_headway(void **state)
{
    (void)state;
    assert_minutes(nr_mode_board_min(&different), 1 + 2 + 16);
}

static void mode_leave_min__is_alighting_and_egress(void **state)
{
    (void)state;
    assert_minutes(nr_mode_leave_min(&different), 4 + 8);
}

static void mode_has_berths__where_riders_board_and_vehicles_differ(void **state)
{
    (void)state;
    nr_mode_parameters p = {.boards = true};
    const bool has[] = {false, false, true, true, true};
    for (int i = 0; i < NR_THROUGHS; i++) {
        p.through = (nr_through)i;
        assert_int_equal(nr_mode_has_berths(&p), has[i]);
    }
    p.boards = false;
    assert_false(nr_mode_has_berths(&p));
}

static void mode_run_min__are_the_given_ones(void **state)
{
    (void)state;
    /* as they are: link_min is for running minutes that are computed */
    assert_minutes(nr_mode_run_min(&different, 42, 100, 90, 50), 42);
    assert_minutes(nr_mode_run_min(&different, 42, NAN, 90, NAN), 42);
}

static void mode_run_min__are_else_length_by_speed(void **state)
{
    (void)state;
    /* 100 km at 50 km/h: 2 h; 3 minutes on top */
    assert_minutes(nr_mode_run_min(&different, NAN, 100, 90, 50), 123);
    /* at the mode's 60 km/h: 100 minutes */
    assert_minutes(nr_mode_run_min(&different, NAN, 100, 90, NAN), 103);
}

static void mode_run_min__are_else_great_circle_by_detour_and_speed(void **state)
{
    (void)state;
    /* 90 km x 1.5 = 135 km: at 60 km/h 135 minutes, at 90 km/h 90 */
    assert_minutes(nr_mode_run_min(&different, NAN, NAN, 90, NAN), 138);
    assert_minutes(nr_mode_run_min(&different, NAN, NAN, 90, 90), 93);
    assert_minutes(nr_mode_run_min(&different, NAN, NAN, 0, NAN), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mode_find__of_no_mode_is_the_count),
        cmocka_unit_test(mode_find__finds_each_by_its_id),
        cmocka_unit_test(mode_known__ends_in_null),
        cmocka_unit_test(modes__have_parameters_a_study_may_give),
        cmocka_unit_test(modes__ride_through_by_rail_and_change_by_air),
        cmocka_unit_test(mode__without_minutes_costs_nothing),
        cmocka_unit_test(mode_board_min__is_access_boarding_and_half_the_headway),
        cmocka_unit_test(mode_leave_min__is_alighting_and_egress),
        cmocka_unit_test(mode_has_berths__where_riders_board_and_vehicles_differ),
        cmocka_unit_test(mode_run_min__are_the_given_ones),
        cmocka_unit_test(mode_run_min__are_else_length_by_speed),
        cmocka_unit_test(mode_run_min__are_else_great_circle_by_detour_and_speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
