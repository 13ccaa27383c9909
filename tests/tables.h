/* Tables made for a test and held against each other. */
#ifndef NEARER_TEST_TABLES_H
#define NEARER_TEST_TABLES_H
#include <math.h>

#include "base/memory.h"
#include "formats/format.h"
#include "test.h"

/* Writes bytes that may hold zeros. */
static inline const char *write_bytes(const char *name, const void *bytes, size_t n)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    return name;
}

/* The same number: both missing, both infinite, or equal. */
static inline bool same_number(double a, double b)
{
    return isnan(a) ? isnan(b) != 0 : a == b;
}

static inline double cell_of(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t found = nearer_table_find(table, column);
    if (found < 0) fail_msg("no column %s", column);
    return nearer_table_number(table, row, (size_t)found);
}

static inline const char *text_of(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t found = nearer_table_find(table, column);
    if (found < 0) fail_msg("no column %s", column);
    return nearer_table_text(table, row, (size_t)found);
}

/* The same columns, rows and cells in the same order; numbers may be written out as text. */
static inline void assert_same_table(const nearer_table *a, const nearer_table *b)
{
    assert_int_equal(nearer_table_columns(a), nearer_table_columns(b));
    assert_int_equal(nearer_table_rows(a), nearer_table_rows(b));
    for (size_t c = 0; c < nearer_table_columns(a); c++) {
        assert_string_equal(nearer_table_column_name(a, c), nearer_table_column_name(b, c));
        for (size_t r = 0; r < nearer_table_rows(a); r++) {
            char one[NR_NUMBER_TEXT], other[NR_NUMBER_TEXT];
            assert_string_equal(nr_table_cell(a, r, c, one), nr_table_cell(b, r, c, other));
        }
    }
}

/* The table as a file of its format; float32 where wanted. */
static inline nearer_status write_table(const nr_format *format, const nearer_table *table,
                                        const char *path, bool float32, nearer_error *err)
{
    nr_output output = {.float32 = float32};
    nearer_status status = format->write(&output, table, err);
    if (status == NEARER_OK) return nr_output_write(&output, path, err);
    nr_output_clear(&output);
    return status;
}

/* A small generator of its own, so that a seed says which table it was. */
static inline unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Pairs of n places, each way with its own time: some missing, some that cannot be travelled.
 * From places to themselves: none, some or all. */
static inline nearer_table *random_pairs(unsigned seed, size_t n, const char *const *ids,
                                         nearer_error *err)
{
    nearer_table *table = NULL;
    assert_int_equal(nr_table_new(&table, NULL, NULL, err), NEARER_OK);
    nr_table_add_column(table, "from_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "to_id", NR_TEXT_COLUMN);
    nr_table_add_column(table, "travel_time", 1);
    unsigned own = next_random(&seed, 3);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double time = 0.1 + next_random(&seed, 100000) / 7.0;
            if (next_random(&seed, 6) == 0) time = (double)INFINITY;
            bool missing = next_random(&seed, 4) == 0;
            if (i == j ? own == 0 || (own == 1 && missing) : missing) continue;
            nr_table_put(table, ids[i], ids[j], time);
        }
    return table;
}

/* Both hold the same pairs, in whatever order. */
static inline void assert_same_pairs(const nearer_table *a, const nearer_table *b)
{
    assert_int_equal(nearer_table_rows(a), nearer_table_rows(b));
    for (size_t r = 0; r < nearer_table_rows(a); r++) {
        size_t found = 0;
        for (size_t k = 0; k < nearer_table_rows(b); k++) {
            if (strcmp(text_of(a, r, "from_id"), text_of(b, k, "from_id")) != 0) continue;
            if (strcmp(text_of(a, r, "to_id"), text_of(b, k, "to_id")) != 0) continue;
            found++;
            if (!same_number(cell_of(a, r, "travel_time"), cell_of(b, k, "travel_time")))
                fail_msg("%s to %s: %.17g is not %.17g", text_of(a, r, "from_id"),
                         text_of(a, r, "to_id"), cell_of(a, r, "travel_time"),
                         cell_of(b, k, "travel_time"));
        }
        if (found != 1)
            fail_msg("%s to %s is there %zu times", text_of(a, r, "from_id"),
                     text_of(a, r, "to_id"), found);
    }
}
#endif
