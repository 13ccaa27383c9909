#include "base/names.h"
#include "test.h"

static void names__empty_finds_nothing(void **state)
{
    (void)state;
    nr_names names = {0};
    assert_int_equal(nr_names_find(&names, "a"), NR_NO_NAME);
    assert_int_equal(nr_names_find(&names, ""), NR_NO_NAME);
    assert_null(nr_names_known(&names, 0));
    nr_names_clear(&names);
}

static void names_add__gives_one_name_number_0(void **state)
{
    (void)state;
    nr_names names = {0};
    assert_int_equal(nr_names_add(&names, "wuhan"), 0);
    assert_int_equal(names.count, 1);
    assert_int_equal(nr_names_find(&names, "wuhan"), 0);
    assert_int_equal(nr_names_find(&names, "Wuhan"), NR_NO_NAME);
    assert_int_equal(nr_names_find(&names, "wuha"), NR_NO_NAME);
    nr_names_clear(&names);
}

static void names_add__gives_a_known_name_its_number_again(void **state)
{
    (void)state;
    nr_names names = {0};
    assert_int_equal(nr_names_add(&names, "a"), 0);
    assert_int_equal(nr_names_add(&names, ""), 1);
    assert_int_equal(nr_names_add(&names, "a"), 0);
    assert_int_equal(nr_names_add(&names, ""), 1);
    assert_int_equal(names.count, 2);
    nr_names_clear(&names);
}

static void names_add__keeps_a_copy(void **state)
{
    (void)state;
    nr_names names = {0};
    char text[] = "first";
    nr_names_add(&names, text);
    text[0] = 'x';
    assert_string_equal(names.texts[0], "first");
    assert_int_equal(nr_names_find(&names, "first"), 0);
    nr_names_clear(&names);
}

static void names_add__numbers_thousands_in_order_of_first_sight(void **state)
{
    (void)state;
    enum { N = 5000 };
    nr_names names = {0};
    char text[32];
    for (size_t i = 0; i < N; i++) {
        snprintf(text, sizeof text, "name %zu", i);
        assert_int_equal(nr_names_add(&names, text), i);
    }
    assert_int_equal(names.count, N);
    for (size_t i = 0; i < N; i++) {
        snprintf(text, sizeof text, "name %zu", i);
        assert_int_equal(nr_names_find(&names, text), i);
        assert_string_equal(nr_names_known(&names, i), text);
    }
    assert_null(nr_names_known(&names, N));
    assert_int_equal(nr_names_find(&names, "name 5000"), NR_NO_NAME);
    nr_names_clear(&names);
}

static void names_clear__leaves_an_empty_set_to_use_again(void **state)
{
    (void)state;
    nr_names names = {0};
    nr_names_add(&names, "a");
    nr_names_add(&names, "b");
    nr_names_clear(&names);
    assert_int_equal(nr_names_find(&names, "b"), NR_NO_NAME);
    assert_int_equal(nr_names_add(&names, "b"), 0);
    nr_names_clear(&names);
    nr_names_clear(&names);
}

static void names_add__out_of_memory_leaves_the_set_whole(void **state)
{
    (void)state;
    /* with 100 names both arrays and the arena grow on the way: whichever allocation fails, the
     * name is not in and all before it are */
    for (long allowed = 0;; allowed++) {
        nr_names names = {0};
        char text[32];
        size_t failures = 0;
        nr_fail_allocation_after(allowed);
        for (size_t i = 0; i < 100; i++) {
            snprintf(text, sizeof text, "name %zu", i);
            if (nr_names_add(&names, text) == NR_NO_NAME) {
                failures++;
                assert_int_equal(nr_names_find(&names, text), NR_NO_NAME);
                assert_int_equal(names.count, i);
                assert_int_equal(nr_names_add(&names, text), i);
            }
        }
        nr_fail_allocation_after(-1);
        for (size_t i = 0; i < 100; i++) {
            snprintf(text, sizeof text, "name %zu", i);
            assert_int_equal(nr_names_find(&names, text), i);
        }
        nr_names_clear(&names);
        if (failures == 0) {
            /* the text array, the slots and the arena at least */
            assert_true(allowed >= 3);
            return;
        }
        assert_int_equal(failures, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names__empty_finds_nothing),
        cmocka_unit_test(names_add__gives_one_name_number_0),
        cmocka_unit_test(names_add__gives_a_known_name_its_number_again),
        cmocka_unit_test(names_add__keeps_a_copy),
        cmocka_unit_test(names_add__numbers_thousands_in_order_of_first_sight),
        cmocka_unit_test(names_clear__leaves_an_empty_set_to_use_again),
        cmocka_unit_test(names_add__out_of_memory_leaves_the_set_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
