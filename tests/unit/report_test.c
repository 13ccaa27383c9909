#include "base/memory.h"
#include "model/report.h"
#include "model/table.h"
#include "test.h"

static nearer_error err;

static nearer_report *new_report(void)
{
    nearer_report *report = NULL;
    assert_ok(nr_report_new(&report, &err));
    return report;
}

static nearer_table *new_table(void)
{
    nearer_table *table = NULL;
    assert_ok(nr_table_new(&table, NULL, NULL, &err));
    return table;
}

static void report__empty_has_no_tables_and_notes(void **state)
{
    (void)state;
    nearer_report *report = new_report();
    assert_int_equal(nearer_report_tables(report), 0);
    assert_int_equal(nearer_report_notes(report), 0);
    nearer_report_free(report);
    nearer_report_free(NULL);
}

static void report_add_table__keeps_tables_in_order(void **state)
{
    (void)state;
    nearer_report *report = new_report();
    nearer_table *first = new_table(), *second = new_table();
    char id[] = "trip";
    assert_ok(nr_report_add_table(report, id, "The trip", first, &err));
    assert_ok(nr_report_add_table(report, "legs", "Its legs", second, &err));
    id[0] = 'x'; /* the report has its own copy */
    assert_int_equal(nearer_report_tables(report), 2);
    assert_ptr_equal(nearer_report_table(report, 0), first);
    assert_ptr_equal(nearer_report_table(report, 1), second);
    assert_string_equal(nearer_report_table_id(report, 0), "trip");
    assert_string_equal(nearer_report_table_id(report, 1), "legs");
    assert_string_equal(nearer_report_table_title(report, 0), "The trip");
    assert_string_equal(nearer_report_table_title(report, 1), "Its legs");
    nearer_report_free(report);
}

static void report_add_head__marks_only_its_own_table(void **state)
{
    (void)state;
    nearer_report *report = new_report();
    assert_ok(nr_report_add_table(report, "a", "A", new_table(), &err));
    assert_ok(nr_report_add_head(report, "b", "B", new_table(), &err));
    assert_ok(nr_report_add_table(report, "c", "C", new_table(), &err));
    assert_false(nr_report_is_head(report, 0));
    assert_true(nr_report_is_head(report, 1));
    assert_false(nr_report_is_head(report, 2));
    nearer_report_free(report);
}

static void report_add_note__keeps_notes_in_order(void **state)
{
    (void)state;
    nearer_report *report = new_report();
    assert_ok(nr_report_add_note(report, &err, "%d of %s", 3, "ten"));
    assert_ok(nr_report_add_note(report, &err, "%s", ""));
    assert_int_equal(nearer_report_notes(report), 2);
    assert_string_equal(nearer_report_note(report, 0), "3 of ten");
    assert_string_equal(nearer_report_note(report, 1), "");
    nearer_report_free(report);
}

static void report_add_note__takes_long_and_many_notes(void **state)
{
    (void)state;
    nearer_report *report = new_report();
    for (int i = 0; i < 100; i++) assert_ok(nr_report_add_note(report, &err, "%05000d", i));
    assert_int_equal(nearer_report_notes(report), 100);
    for (size_t i = 0; i < 100; i++) assert_int_equal(strlen(nearer_report_note(report, i)), 5000);
    assert_string_equal(nearer_report_note(report, 99) + 4996, "0099");
    nearer_report_free(report);
}

static void report__out_of_memory_takes_the_table_over_and_keeps_the_rest(void **state)
{
    (void)state;
    for (long allowed = 0;; allowed++) {
        nearer_report *report = new_report();
        nearer_table *table = new_table();
        assert_ok(nr_report_add_table(report, "kept", "Kept", new_table(), &err));
        /* the second table needs two texts and, the 17th, a longer array */
        for (int i = 0; i < 15; i++)
            assert_ok(nr_report_add_table(report, "kept", "Kept", new_table(), &err));
        nr_fail_allocation_after(allowed);
        nearer_status status = nr_report_add_table(report, "new", "New", table, &err);
        nr_fail_allocation_after(-1);
        if (status == NEARER_OK) {
            assert_int_equal(nearer_report_tables(report), 17);
            nearer_report_free(report);
            assert_int_equal(allowed, 3);
            return;
        }
        assert_int_equal(status, NEARER_MEMORY);
        assert_int_equal(nearer_report_tables(report), 16);
        nearer_report_free(report);
    }
}

static void report_add_note__out_of_memory_adds_nothing(void **state)
{
    (void)state;
    nearer_report *report = new_report();
    for (long allowed = 0; allowed < 2; allowed++) { /* the text, then the array */
        nr_fail_allocation_after(allowed);
        assert_int_equal(nr_report_add_note(report, &err, "%d", 1), NEARER_MEMORY);
        assert_int_equal(nearer_report_notes(report), 0);
    }
    nearer_report *none = NULL;
    nr_fail_allocation_after(0);
    assert_int_equal(nr_report_new(&none, &err), NEARER_MEMORY);
    assert_null(none);
    nearer_report_free(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report__empty_has_no_tables_and_notes),
        cmocka_unit_test(report_add_table__keeps_tables_in_order),
        cmocka_unit_test(report_add_head__marks_only_its_own_table),
        cmocka_unit_test(report_add_note__keeps_notes_in_order),
        cmocka_unit_test(report_add_note__takes_long_and_many_notes),
        cmocka_unit_test(report__out_of_memory_takes_the_table_over_and_keeps_the_rest),
        cmocka_unit_test(report_add_note__out_of_memory_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
