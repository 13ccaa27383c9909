/* The network of referee/statistics/bh: ten cities on a grid, two hours by road from one to the
 * next, half an hour by a line. */
#ifndef TESTS_REFEREE_BH_H
#define TESTS_REFEREE_BH_H
#include "cases/drawn.h"
#include "referee/referee.h"

#include "base/text.h"

enum { BH_ROOM = 8000, BH_CITIES = 10 };

static inline size_t bh_add(char text[BH_ROOM], size_t n, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    n += (size_t)vsnprintf(text + n, BH_ROOM - n, format, arguments);
    va_end(arguments);
    assert_true(n < BH_ROOM);
    return n;
}

static inline double bh_number(const nearer_table *table, size_t row, const char *column)
{
    double value;
    assert_true(nr_parse_number(expected_text(table, row, column), &value));
    return value;
}

/* The lines' links open in 2010, all of them or those that the referee says did; cities weigh
 * `people`, and grow from 100 to 100 + y. `more`: of the study file. */
static inline nearer_study *bh_read(bool all, const char *more)
{
    static char places[BH_ROOM], masses[BH_ROOM], roads[BH_ROOM];
    nearer_table *cities = read_expected("statistics/bh/cities.csv"),
                 *lines = read_expected("statistics/bh/lines.csv");
    size_t p = bh_add(places, 0, "id,lon_deg,lat_deg\n"),
           m = bh_add(masses, 0, "id,people,before,after\n"),
           r = bh_add(roads, 0, "from,to,minutes,line,opened\n");
    for (size_t i = 0; i < BH_CITIES; i++) {
        double x = bh_number(cities, i, "gx"), y = bh_number(cities, i, "gy");
        p = bh_add(places, p, "%zu,%g,%g\n", i + 1, x, y);
        m = bh_add(masses, m, "%zu,%g,100,%.17g\n", i + 1, bh_number(cities, i, "pop"),
                   100 + bh_number(cities, i, "y"));
        for (size_t j = 0; j < i; j++)
            if (fabs(x - bh_number(cities, j, "gx")) + fabs(y - bh_number(cities, j, "gy")) == 1)
                r = bh_add(roads, r, "%zu,%zu,120,,\n", i + 1, j + 1);
    }
    for (size_t k = 0; k < nearer_table_rows(lines); k++) {
        const char *stop = expected_text(lines, k, "stops"), *next;
        if (!all && bh_number(lines, k, "open") == 0) continue;
        for (; (next = strchr(stop, '-')) != NULL; stop = next + 1)
            r = bh_add(roads, r, "%d,%d,30,line%zu,2010\n", atoi(stop), atoi(next + 1), k + 1);
    }
    nearer_table_free(cities);
    nearer_table_free(lines);
    return drawn_read("referee_lines",
                      &(drawn){.places = places, .masses = masses, .road = roads, .more = more});
}
#endif
