#include "base/memory.h"
#include "test.h"

static void alloc__of_nothing_is_a_pointer(void **state)
{
    (void)state;
    void *nothing = nr_alloc(0, 8);
    assert_non_null(nothing);
    nr_free(nothing);
    nr_free(NULL);
}

static void alloc__is_cleared(void **state)
{
    (void)state;
    unsigned char *bytes = nr_alloc(1000, 3);
    assert_non_null(bytes);
    for (size_t i = 0; i < 3000; i++) assert_int_equal(bytes[i], 0);
    nr_free(bytes);
}

static void alloc__refuses_a_product_that_overflows(void **state)
{
    (void)state;
    assert_null(nr_alloc(SIZE_MAX, 2));
    assert_null(nr_alloc(SIZE_MAX / 8 + 1, 8));
    assert_null(nr_alloc(SIZE_MAX, 1));
}

static void realloc__keeps_the_bytes_and_the_old_block_when_it_fails(void **state)
{
    (void)state;
    int *numbers = nr_alloc(2, sizeof *numbers);
    assert_non_null(numbers);
    numbers[0] = 5;
    numbers[1] = 7;
    assert_null(nr_realloc(numbers, SIZE_MAX / 2, sizeof *numbers));
    assert_int_equal(numbers[1], 7);
    int *more = nr_realloc(numbers, 2000, sizeof *more);
    assert_non_null(more);
    assert_int_equal(more[0], 5);
    assert_int_equal(more[1], 7);
    more[1999] = 9;
    nr_free(more);
}

static void realloc__to_nothing_is_a_pointer(void **state)
{
    (void)state;
    void *block = nr_realloc(NULL, 4, 4);
    assert_non_null(block);
    block = nr_realloc(block, 0, 4);
    assert_non_null(block);
    nr_free(block);
}

static void copy_text__ends_in_zero(void **state)
{
    (void)state;
    char *none = nr_copy_text("abc", 0), *two = nr_copy_text("abc", 2);
    assert_string_equal(none, "");
    assert_string_equal(two, "ab");
    nr_free(none);
    nr_free(two);
}

static void grow__makes_room_for_one_more(void **state)
{
    (void)state;
    size_t *items = NULL, count = 0, capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        assert_true(nr_grow((void **)&items, count, &capacity, sizeof *items));
        assert_true(capacity > count);
        items[count++] = i;
    }
    for (size_t i = 0; i < 1000; i++) assert_int_equal(items[i], i);
    nr_free(items);
}

static void grow__leaves_all_as_it_was_when_it_fails(void **state)
{
    (void)state;
    size_t *items = NULL, capacity = 0;
    nr_fail_allocation_after(0);
    assert_false(nr_grow((void **)&items, 0, &capacity, sizeof *items));
    assert_null(items);
    assert_int_equal(capacity, 0);
    assert_true(nr_grow((void **)&items, 0, &capacity, sizeof *items));
    size_t *before = items, full = capacity;
    nr_fail_allocation_after(0);
    assert_false(nr_grow((void **)&items, full, &capacity, sizeof *items));
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, full);
    nr_free(items);
}

static void fail_allocation_after__fails_once_and_only_then(void **state)
{
    (void)state;
    nr_fail_allocation_after(2);
    void *first = nr_alloc(1, 1), *second = nr_realloc(NULL, 1, 1), *third = nr_alloc(1, 1),
         *fourth = nr_alloc(1, 1);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(third);
    assert_non_null(fourth);
    nr_free(first);
    nr_free(second);
    nr_free(fourth);
    nr_fail_allocation_after(0);
    nr_fail_allocation_after(-1);
    void *off = nr_alloc(1, 1);
    assert_non_null(off);
    nr_free(off);
}

static void arena__empty_is_cleared_any_number_of_times(void **state)
{
    (void)state;
    nr_arena arena = {0};
    nr_arena_clear(&arena);
    nr_arena_clear(&arena);
    assert_null(arena.last);
}

static void arena__of_nothing_is_a_pointer(void **state)
{
    (void)state;
    nr_arena arena = {0};
    assert_non_null(nr_arena_alloc(&arena, 0, 8));
    nr_arena_clear(&arena);
}

static void arena__is_cleared_aligned_and_never_given_twice(void **state)
{
    (void)state;
    enum { N = 500 };
    unsigned char *given[N];
    nr_arena arena = {0};
    for (size_t i = 0; i < N; i++) {
        size_t n = i % 97 + 1;
        given[i] = nr_arena_alloc(&arena, n, 1);
        assert_non_null(given[i]);
        assert_int_equal((uintptr_t)given[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < n; k++) assert_int_equal(given[i][k], 0);
        memset(given[i], (int)(i % 251), n);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < i % 97 + 1; k++) assert_int_equal(given[i][k], i % 251);
    nr_arena_clear(&arena);
}

static void arena__takes_what_is_larger_than_a_block(void **state)
{
    (void)state;
    nr_arena arena = {0};
    char *small = nr_arena_text(&arena, "before");
    double *large = nr_arena_alloc(&arena, 100000, sizeof *large);
    assert_non_null(large);
    large[0] = large[99999] = 1;
    assert_string_equal(small, "before");
    assert_string_equal(nr_arena_text(&arena, ""), "");
    nr_arena_clear(&arena);
}

static void arena__refuses_a_product_that_overflows(void **state)
{
    (void)state;
    nr_arena arena = {0};
    assert_null(nr_arena_alloc(&arena, SIZE_MAX, 8));
    assert_null(nr_arena_alloc(&arena, SIZE_MAX / 8, 8));
    nr_arena_clear(&arena);
}

static void arena__keeps_what_it_gave_when_it_fails(void **state)
{
    (void)state;
    nr_arena arena = {0};
    nr_fail_allocation_after(0);
    assert_null(nr_arena_text(&arena, "lost"));
    char *kept = nr_arena_text(&arena, "kept");
    nr_fail_allocation_after(0);
    assert_null(nr_arena_alloc(&arena, 100000, 1));
    assert_string_equal(kept, "kept");
    nr_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alloc__of_nothing_is_a_pointer),
        cmocka_unit_test(alloc__is_cleared),
        cmocka_unit_test(alloc__refuses_a_product_that_overflows),
        cmocka_unit_test(realloc__keeps_the_bytes_and_the_old_block_when_it_fails),
        cmocka_unit_test(realloc__to_nothing_is_a_pointer),
        cmocka_unit_test(copy_text__ends_in_zero),
        cmocka_unit_test(grow__makes_room_for_one_more),
        cmocka_unit_test(grow__leaves_all_as_it_was_when_it_fails),
        cmocka_unit_test(fail_allocation_after__fails_once_and_only_then),
        cmocka_unit_test(arena__empty_is_cleared_any_number_of_times),
        cmocka_unit_test(arena__of_nothing_is_a_pointer),
        cmocka_unit_test(arena__is_cleared_aligned_and_never_given_twice),
        cmocka_unit_test(arena__takes_what_is_larger_than_a_block),
        cmocka_unit_test(arena__refuses_a_product_that_overflows),
        cmocka_unit_test(arena__keeps_what_it_gave_when_it_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
