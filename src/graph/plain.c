#include "graph/plain.h"

#include <string.h>

#include "base/memory.h"
#include "base/unknown.h"

static const struct {
    const char *name;
    double a_minute;
} units[] = {{"ms", 60000}, {"ds", 600}, {"s", 60}, {"min", 1}, {"h", 1 / 60.0}};
enum { UNITS = sizeof units / sizeof *units };

/* How a link's weight is read. */
typedef struct reader {
    const nr_network_tables *tables;
    ptrdiff_t weight, back, length, speed; /* columns, -1: none */
    double scale;                          /* ticks one of the weight is */
    nearer_error *err;
} reader;

static const char *known_unit(const void *context, size_t i)
{
    (void)context;
    return i < UNITS ? units[i].name : NULL;
}

static const char *known_column(const void *table, size_t i)
{
    return i < nearer_table_columns(table) ? nearer_table_column_name(table, i) : NULL;
}

static nearer_status find_columns(reader *r, nr_plain *p, const char *column)
{
    const nearer_table *links = r->tables->links;
    const char *names[] = {column, "minutes", "weight"};
    r->weight = -1;
    for (size_t i = column == NULL ? 1 : 0; i < (column == NULL ? 3u : 1u) && r->weight < 0; i++) {
        r->weight = nearer_table_find(links, names[i]);
        p->column = names[i];
    }
    r->back = r->weight >= 0 && strcmp(p->column, "minutes") == 0
                  ? nearer_table_find(links, "reverse_minutes")
                  : -1;
    r->length = nearer_table_find(links, "length_km");
    r->speed = nearer_table_find(links, "speed_kmh");
    if (r->weight >= 0) return NEARER_OK;
    if (column == NULL && r->length >= 0 && r->speed >= 0) {
        p->column = "length_km over speed_kmh";
        return NEARER_OK;
    }
    return nr_fail_unknown(r->err, column == NULL ? "minutes" : column, known_column, links,
                           "%s: no column to count ways by: minutes, weight, or length_km and "
                           "speed_kmh were expected",
                           nr_table_source(links));
}

/* Minutes where the unit is known; else the file's own, in thousandths when some are not whole. */
static nearer_status find_scale(reader *r, nr_plain *p, const char *unit)
{
    bool minutes = r->weight < 0 || strcmp(p->column, "minutes") == 0;
    if (unit == NULL && minutes) unit = "min";
    p->unit = unit == NULL ? NULL : "min";
    if (unit == NULL) {
        r->scale = 1;
        for (size_t i = 0; r->scale == 1 && i < nearer_table_rows(r->tables->links); i++) {
            double value = nearer_table_number(r->tables->links, i, (size_t)r->weight);
            if (!isnan(value) && value != floor(value)) r->scale = 1000;
        }
        p->per_unit = r->scale;
        return NEARER_OK;
    }
    size_t u = 0;
    while (u < UNITS && strcmp(units[u].name, unit) != 0) u++;
    if (u == UNITS)
        return nr_fail_unknown(r->err, unit, known_unit, NULL, "unknown unit '%s'", unit);
    p->per_unit = NR_TICKS_PER_MINUTE;
    r->scale = NR_TICKS_PER_MINUTE / units[u].a_minute;
    return NEARER_OK;
}

static nearer_status read_ticks(nr_ticks *out, const reader *r, size_t row, ptrdiff_t column)
{
    const nearer_table *links = r->tables->links;
    double value = NAN, speed;
    char where[NR_WHERE];
    if (column >= 0) {
        NR_TRY(nr_table_read_number(&value, links, row, (size_t)column, r->err));
    } else {
        NR_TRY(nr_table_read_number(&value, links, row, (size_t)r->length, r->err));
        NR_TRY(nr_table_read_number(&speed, links, row, (size_t)r->speed, r->err));
        value = speed > 0 ? value / speed * 60 : NAN;
    }
    const char *name =
        column >= 0 ? nearer_table_column_name(links, (size_t)column) : "length_km over speed_kmh";
    if (isnan(value))
        return nr_fail(r->err, NEARER_VALUE, "%s: %s is not known, a way is counted by it",
                       nr_table_where(links, row, where), name);
    if (value < 0)
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: %s is %g, a number of 0 or more was expected to count the way by",
                       nr_table_where(links, row, where), name, value);
    if (!nr_ticks_count(out, value, r->scale))
        return nr_fail(r->err, NEARER_VALUE,
                       "%s: %g is more than 4,294,967,294 ticks can count; give a coarser unit",
                       nr_table_where(links, row, where), value);
    return NEARER_OK;
}

static nearer_status make_rows(nr_plain *p, const reader *r)
{
    nr_row_arc *arcs = nr_alloc(p->ends.arcs, sizeof *arcs);
    nearer_status status = arcs == NULL ? nr_fail_memory(r->err) : NEARER_OK;
    uint32_t filled = 0;
    for (size_t i = 0; status == NEARER_OK && i < p->ends.count; i++) {
        nr_ticks there = 0, back = 0;
        status = read_ticks(&there, r, i, r->weight);
        back = there;
        bool own = r->back >= 0 && !p->ends.oneway[i] &&
                   !isnan(nearer_table_number(r->tables->links, i, (size_t)r->back));
        if (status == NEARER_OK && own) status = read_ticks(&back, r, i, r->back);
        if (status != NEARER_OK) break;
        arcs[filled++] = (nr_row_arc){p->ends.from[i], p->ends.to[i], there};
        if (!p->ends.oneway[i]) arcs[filled++] = (nr_row_arc){p->ends.to[i], p->ends.from[i], back};
    }
    if (status == NEARER_OK)
        status = nr_rows_make(&p->rows, (uint32_t)p->ends.ids.count, arcs, filled, r->err);
    nr_free(arcs);
    return status;
}

nearer_status nr_plain_make(nr_plain *out, const nr_network_tables *tables, const char *column,
                            const char *unit, nearer_error *err)
{
    nr_plain plain = {0};
    reader r = {.tables = tables, .err = err};
    NR_TRY(find_columns(&r, &plain, column));
    NR_TRY(find_scale(&r, &plain, unit));
    nearer_status status = nr_ends_read(&plain.ends, tables, err);
    if (status == NEARER_OK) status = make_rows(&plain, &r);
    if (status == NEARER_OK)
        *out = plain;
    else
        nr_plain_clear(&plain);
    return status;
}

void nr_plain_clear(nr_plain *plain)
{
    nr_rows_clear(&plain->rows);
    nr_ends_clear(&plain->ends);
}
