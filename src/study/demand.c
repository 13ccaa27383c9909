#include "study/demand.h"

#include <math.h>
#include <stdlib.h>

/* So that sums stay numbers. */
static const double MOST_TRIPS = 1e15;

typedef struct entry {
    size_t from, to, row;
    double trips;
} entry;

typedef struct reader {
    const nearer_network *network;
    const nearer_table *table;
    size_t from, to, trips; /* columns */
    entry *entries;
    size_t count;
    nr_demand_rest rest;
    nearer_error *err;
} reader;

static nearer_status read_place(size_t *out, const reader *r, size_t row, size_t column)
{
    char number[NR_NUMBER_TEXT], where[NR_WHERE];
    nearer_error why;
    const char *id = nr_table_cell(r->table, row, column, number);
    *out = nr_names_find(&r->network->node_ids, id);
    if (*out < r->network->place_count) return NEARER_OK;
    if (nearer_network_find_place(out, r->network, id, &why) == NEARER_OK) return NEARER_OK;
    return nr_fail(r->err, why.status, "%s: %.600s", nr_table_where(r->table, row, where),
                   why.message);
}

static nearer_status read_row(reader *r, size_t row)
{
    char where[NR_WHERE];
    entry e = {.row = row};
    NR_TRY(read_place(&e.from, r, row, r->from));
    NR_TRY(read_place(&e.to, r, row, r->to));
    NR_TRY(nr_table_read_number(&e.trips, r->table, row, r->trips, r->err));
    if (e.trips < 0 || e.trips > MOST_TRIPS)
        return nr_fail(r->err, NEARER_VALUE, "%s: %s is %g, a number within 0..1e15 was expected",
                       nr_table_where(r->table, row, where),
                       nearer_table_column_name(r->table, r->trips), e.trips);
    if (isnan(e.trips))
        r->rest.missing++;
    else if (e.from == e.to)
        r->rest.within += e.trips;
    else
        r->entries[r->count++] = e;
    return NEARER_OK;
}

static int by_pair(const void *x, const void *y)
{
    const entry *a = x, *b = y;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Sorted entries by origin; pairs without trips are none. */
static nearer_status fill(nr_demand *out, const reader *r)
{
    size_t places = r->network->place_count, kept = 0;
    char where[NR_WHERE];
    nr_demand d = {nr_alloc(places + 1, sizeof *d.first), nr_alloc(r->count, sizeof *d.to),
                   nr_alloc(r->count, sizeof *d.trips)};
    *out = d;
    if (d.first == NULL || d.to == NULL || d.trips == NULL) return nr_fail_memory(r->err);
    for (size_t i = 0; i < r->count; i++) {
        const entry *e = &r->entries[i];
        if (i > 0 && e[-1].from == e->from && e[-1].to == e->to)
            return nr_fail(r->err, NEARER_VALUE, "%s: the pair %s, %s stands twice",
                           nr_table_where(r->table, e->row, where), r->network->places[e->from].id,
                           r->network->places[e->to].id);
        if (!(e->trips > 0)) continue;
        d.first[e->from + 1]++;
        d.to[kept] = (uint32_t)e->to;
        d.trips[kept++] = e->trips;
    }
    for (size_t p = 0; p < places; p++) d.first[p + 1] += d.first[p];
    if (kept == 0)
        return nr_fail(r->err, NEARER_NODATA, "%s: there are no trips between two places",
                       nr_table_source(r->table));
    return NEARER_OK;
}

nearer_status nr_demand_read(nr_demand *out, nr_demand_rest *rest, const nearer_network *network,
                             const nearer_table *table, const char *column, nearer_error *err)
{
    reader r = {.network = network, .table = table, .err = err};
    nr_demand demand = {0};
    NR_TRY(nr_table_require(&r.from, table, "from_id", err));
    NR_TRY(nr_table_require(&r.to, table, "to_id", err));
    NR_TRY(nr_table_require(&r.trips, table, column, err));
    r.entries = nr_alloc(nearer_table_rows(table), sizeof *r.entries);
    nearer_status status = r.entries == NULL ? nr_fail_memory(err) : NEARER_OK;
    for (size_t row = 0; status == NEARER_OK && row < nearer_table_rows(table); row++)
        status = read_row(&r, row);
    if (status == NEARER_OK) {
        if (r.count > 1) qsort(r.entries, r.count, sizeof *r.entries, by_pair);
        status = fill(&demand, &r);
    }
    nr_free(r.entries);
    *rest = r.rest;
    if (status == NEARER_OK)
        *out = demand;
    else
        nr_demand_clear(&demand);
    return status;
}
