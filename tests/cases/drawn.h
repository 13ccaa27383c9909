/* A network drawn in a test: its tables as text, written into the working folder and read back as
 * a study. The columns of a link table bear the names of a layer's fields, so that a test gives
 * the table and nothing else. */
#ifndef NEARER_CASES_DRAWN_H
#define NEARER_CASES_DRAWN_H
#include "test.h"

#include <math.h>
#include <stdlib.h>

typedef struct drawn {
    const char *places;                    /* id, lon_deg, lat_deg ... */
    const char *modes;                     /* the inside of "modes": { }, or NULL */
    const char *nodes;                     /* of all layers, or NULL; place,access_min: stations */
    const char *rail, *road, *air, *water; /* links, or NULL */
    const char *masses;                    /* id and one column a mass, or NULL */
    const char *more;                      /* further members of the study file, or NULL */
} drawn;

/* One degree of the equator, km: the equatorial radius of WGS 84 times pi / 180. */
#define EQUATOR_DEGREE_KM 111.31949079327357
/* Times are counted in milliseconds: how far a way of one link may be off. */
#define HALF_A_MILLISECOND (0.5 / 60000 + 1e-9)

/* Adds "name": "name" of each column of a table's header to a text. */
static inline void drawn_add_fields(char *out, size_t size, const char *table)
{
    size_t length = strlen(out);
    for (const char *p = table; *p != 0 && *p != '\n';) {
        size_t n = strcspn(p, ",\n");
        length += (size_t)snprintf(out + length, size - length, "%s\"%.*s\": \"%.*s\"",
                                   p == table ? "" : ", ", (int)n, p, (int)n, p);
        p += n + (p[n] == ',');
    }
    assert_true(length < size);
}

/* Writes the files of a drawn network, all beginning with `name`, and returns the study's path. */
static inline const char *drawn_write(const char *name, const drawn *d)
{
    static const char *const modes[] = {"rail", "road", "air", "water"};
    const char *const links[] = {d->rail, d->road, d->air, d->water};
    static char json[16384];
    char path[200];
    snprintf(path, sizeof path, "%s_places.csv", name);
    write_file(path, d->places);
    bool named = strncmp(d->places, "id,name", 7) == 0;
    size_t n = (size_t)snprintf(json, sizeof json,
                                "{\"places\": {\"file\": \"%s\"%s},\n\"modes\": {%s},\n"
                                "\"dates\": {\"from\": 2001, \"to\": 2020},\n\"layers\": [",
                                path, named ? ", \"name\": \"name\"" : "",
                                d->modes == NULL ? "" : d->modes);
    bool first = true;
    for (size_t m = 0; m < 4; m++) {
        if (links[m] == NULL) continue;
        snprintf(path, sizeof path, "%s_%s.csv", name, modes[m]);
        write_file(path, links[m]);
        n += (size_t)snprintf(json + n, sizeof json - n,
                              "%s\n{\"id\": \"%s\", \"mode\": \"%s\", \"file\": \"%s\", ",
                              first ? "" : ",", modes[m], modes[m], path);
        if (first && d->nodes != NULL) {
            snprintf(path, sizeof path, "%s_nodes.csv", name);
            write_file(path, d->nodes);
            bool stations = strstr(d->nodes, "place,access_min") != NULL;
            n += (size_t)snprintf(
                json + n, sizeof json - n, "\"nodes\": {\"file\": \"%s\"%s}, ", path,
                stations ? ", \"place\": \"place\", \"access_min\": \"access_min\"" : "");
        }
        n += (size_t)snprintf(json + n, sizeof json - n, "\"fields\": {");
        drawn_add_fields(json, sizeof json, links[m]);
        n = strlen(json);
        n += (size_t)snprintf(json + n, sizeof json - n, "}}");
        first = false;
    }
    n += (size_t)snprintf(json + n, sizeof json - n, "]");
    if (d->masses != NULL) {
        snprintf(path, sizeof path, "%s_masses.csv", name);
        write_file(path, d->masses);
        n += (size_t)snprintf(json + n, sizeof json - n, ",\n\"masses\": {");
        const char *p = d->masses + strcspn(d->masses, ",");
        for (bool more = false; *p == ','; more = true) {
            size_t width = strcspn(++p, ",\n");
            n += (size_t)snprintf(json + n, sizeof json - n,
                                  "%s\"%.*s\": {\"file\": \"%s\", \"column\": \"%.*s\", "
                                  "\"unit\": \"10k persons\"}",
                                  more ? ", " : "", (int)width, p, path, (int)width, p);
            p += width;
        }
        n += (size_t)snprintf(json + n, sizeof json - n, "}");
    }
    n += (size_t)snprintf(json + n, sizeof json - n, "%s%s}\n", d->more == NULL ? "" : ",\n",
                          d->more == NULL ? "" : d->more);
    assert_true(n < sizeof json);
    static char study[200];
    snprintf(study, sizeof study, "%s.json", name);
    return write_file(study, json);
}

/* Reads a drawn network; free with nearer_study_free. */
static inline nearer_study *drawn_read(const char *name, const drawn *d)
{
    nearer_error err;
    nearer_study *study = NULL;
    assert_ok(nearer_study_read(&study, drawn_write(name, d), &err));
    return study;
}

static inline nearer_date day(const char *text)
{
    nearer_error err;
    nearer_date date = 0;
    assert_ok(nearer_date_parse(&date, text, &err));
    return date;
}

/* Equal to within `tolerance`, or both infinite with one sign, or both not known. */
static inline bool near_to(double a, double b, double tolerance)
{
    if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
    if (isinf(a) || isinf(b)) return isinf(a) && isinf(b) && (a > 0) == (b > 0);
    return fabs(a - b) <= tolerance;
}

#define assert_near(actual, expected, tolerance)                                                \
    do {                                                                                        \
        double assert_near_a = (actual), assert_near_b = (expected);                            \
        if (!near_to(assert_near_a, assert_near_b, (tolerance)))                                \
            fail_msg("%s is %.17g, %.17g was expected", #actual, assert_near_a, assert_near_b); \
    } while (0)

/* A report's table by its id. */
static inline const nearer_table *report_table(const nearer_report *report, const char *id)
{
    for (size_t i = 0; i < nearer_report_tables(report); i++)
        if (strcmp(nearer_report_table_id(report, i), id) == 0)
            return nearer_report_table(report, i);
    fail_msg("the report has no table '%s'", id);
    return NULL;
}

static inline size_t column_of(const nearer_table *table, const char *name)
{
    ptrdiff_t column = nearer_table_find(table, name);
    if (column < 0) fail_msg("the table has no column '%s'", name);
    return (size_t)column;
}

static inline double cell(const nearer_table *table, size_t row, const char *name)
{
    return nearer_table_number(table, row, column_of(table, name));
}

static inline const char *cell_text(const nearer_table *table, size_t row, const char *name)
{
    return nearer_table_text(table, row, column_of(table, name));
}

/* The row whose text column has this value. */
static inline size_t row_of(const nearer_table *table, const char *column, const char *value)
{
    for (size_t row = 0; row < nearer_table_rows(table); row++)
        if (strcmp(cell_text(table, row, column), value) == 0) return row;
    fail_msg("column '%s' has no '%s'", column, value);
    return 0;
}

/* True when a note of the report has this part. */
static inline bool has_note(const nearer_report *report, const char *part)
{
    for (size_t i = 0; i < nearer_report_notes(report); i++)
        if (strstr(nearer_report_note(report, i), part) != NULL) return true;
    return false;
}
#endif
