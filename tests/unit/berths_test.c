#include <math.h>

#include "cases/drawn.h"

#include "base/memory.h"
#include "graph/berths.h"

static void berths__none_are_found_among_none(void **state)
{
    (void)state;
    nr_berths berths = {0};
    assert_int_equal(nr_berths_number(&berths, 7), 0);
    assert_null(nr_berths_find(&berths, 0, (nr_vehicle){0, 0}));
    nr_berths_clear(&berths);
    nr_berths_clear(&berths);
}

static void berths__one_has_the_first_two_vertices(void **state)
{
    (void)state;
    nr_berths berths = {0};
    const nr_vehicle train = {NR_ANY_VEHICLE, 3};
    assert_true(nr_berths_add(&berths, 5, train, NAN));
    assert_int_equal(nr_berths_number(&berths, 7), 1);
    const nr_berth *berth = nr_berths_find(&berths, 5, train);
    assert_non_null(berth);
    assert_int_equal(berth->departure, 7);
    assert_int_equal(berth->node, 5);
    assert_null(nr_berths_find(&berths, 4, train));
    assert_null(nr_berths_find(&berths, 5, (nr_vehicle){NR_ANY_VEHICLE, 2}));
    assert_null(nr_berths_find(&berths, 5, (nr_vehicle){3, 3}));
    nr_berths_clear(&berths);
    assert_int_equal(berths.count, 0);
    assert_null(nr_berths_find(&berths, 5, train));
}

/* By node, then kind, then service: (1: 0 0) (1: 1 of service 2) (1: 1 any) (2: 0 0), two vertices
 * each from 100 on. */
static void berths__are_kept_once_in_order(void **state)
{
    (void)state;
    static const nr_berth added[] = {{2, {0, 0}, 0, NAN}, {1, {NR_ANY_VEHICLE, 1}, 0, NAN},
                                     {1, {2, 1}, 0, NAN}, {1, {0, 0}, 0, NAN},
                                     {1, {2, 1}, 0, NAN}, {2, {0, 0}, 0, NAN},
                                     {2, {0, 0}, 0, NAN}, {1, {0, 0}, 0, NAN}};
    static const nr_berth kept[] = {{1, {0, 0}, 100, NAN},
                                    {1, {2, 1}, 102, NAN},
                                    {1, {NR_ANY_VEHICLE, 1}, 104, NAN},
                                    {2, {0, 0}, 106, NAN}};
    nr_berths berths = {0};
    for (size_t i = 0; i < sizeof added / sizeof *added; i++)
        assert_true(nr_berths_add(&berths, added[i].node, added[i].vehicle, NAN));
    assert_int_equal(nr_berths_number(&berths, 100), 4);
    assert_int_equal(berths.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(berths.items[i].node, kept[i].node);
        assert_int_equal(berths.items[i].vehicle.kind, kept[i].vehicle.kind);
        assert_int_equal(berths.items[i].vehicle.service, kept[i].vehicle.service);
        assert_int_equal(berths.items[i].departure, kept[i].departure);
        assert_ptr_equal(nr_berths_find(&berths, kept[i].node, kept[i].vehicle), &berths.items[i]);
    }
    nr_berths_clear(&berths);
}

/* 40 nodes x 3 kinds x 2 services, each added twice, last first. */
static void berths__many_are_all_found(void **state)
{
    (void)state;
    nr_berths berths = {0};
    for (int twice = 0; twice < 2; twice++)
        for (uint32_t k = 240; k-- > 0;)
            assert_true(nr_berths_add(&berths, k / 6, (nr_vehicle){k % 2, k / 2 % 3}, NAN));
    assert_int_equal(nr_berths_number(&berths, 1), 240);
    for (uint32_t k = 0; k < 240; k++) {
        const nr_berth *berth = nr_berths_find(&berths, k / 6, (nr_vehicle){k % 2, k / 2 % 3});
        assert_non_null(berth);
        assert_int_equal(berth->departure, 1 + 2 * k);
    }
    assert_null(nr_berths_find(&berths, 40, (nr_vehicle){0, 0}));
    nr_berths_clear(&berths);
}

static void berths_add__out_of_memory_says_so(void **state)
{
    (void)state;
    nr_berths berths = {0};
    nr_fail_allocation_after(0);
    bool added = nr_berths_add(&berths, 1, (nr_vehicle){0, 0}, NAN);
    nr_fail_allocation_after(-1);
    assert_false(added);
    assert_int_equal(berths.count, 0);
    assert_true(nr_berths_add(&berths, 1, (nr_vehicle){0, 0}, NAN));
    nr_berths_clear(&berths);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(berths__none_are_found_among_none),
        cmocka_unit_test(berths__one_has_the_first_two_vertices),
        cmocka_unit_test(berths__are_kept_once_in_order),
        cmocka_unit_test(berths__many_are_all_found),
        cmocka_unit_test(berths_add__out_of_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
