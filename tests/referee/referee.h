/* Files of independent programs and publications, beside the project; not shipped with it. */
#ifndef TESTS_REFEREE_H
#define TESTS_REFEREE_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "test.h"

static nearer_error err;

#define REFEREE NEARER_SOURCE_DIR "/../shared/referee"

static inline void skip_without_referee(void)
{
    struct stat about;
    if (stat(REFEREE, &about) == 0) return;
    print_message("skipped: there is no %s\n", REFEREE);
    skip();
}

/* expected.csv and its like, read by our own reader (held to csv-spectrum by csv_test.c). */
static inline nearer_table *read_expected(const char *name)
{
    char path[1024];
    nearer_table *table = NULL;
    snprintf(path, sizeof path, "%s/%s", REFEREE, name);
    assert_ok(nearer_table_read(&table, path, NULL, &err));
    return table;
}

static inline const char *expected_text(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t c = nearer_table_find(table, column);
    if (c < 0) fail_msg("no column %s", column);
    return nearer_table_text(table, row, (size_t)c);
}

static inline double expected_number(const nearer_table *table, size_t row, const char *column)
{
    ptrdiff_t c = nearer_table_find(table, column);
    if (c < 0) fail_msg("no column %s", column);
    return nearer_table_number(table, row, (size_t)c);
}
#endif
