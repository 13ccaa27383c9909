#include "study/observed.h"

#include <math.h>

typedef struct reader {
    const nearer_network *network;
    const nearer_table *table;
    size_t from, to, mode, period, minutes;
    bool given; /* times of another program, which have neither dates nor modes */
    ptrdiff_t sample, confidence, source; /* -1: not there */
    nearer_error *err;
} reader;

static nearer_status find_columns(reader *r)
{
    const struct {
        size_t *out;
        const char *name;
    } wanted[] = {{&r->from, "from"},
                  {&r->to, "to"},
                  {&r->mode, "mode"},
                  {&r->period, "period"},
                  {&r->minutes, "minutes"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!r->given || (i != 2 && i != 3))
            NR_TRY(nr_table_require(wanted[i].out, r->table, wanted[i].name, r->err));
    r->sample = nearer_table_find(r->table, "sample");
    r->confidence = nearer_table_find(r->table, "confidence");
    r->source = nearer_table_find(r->table, "source");
    return NEARER_OK;
}

/* Says where a value that was not understood stands. */
static nearer_status fail_at(const reader *r, size_t row, const nearer_error *why)
{
    char where[NR_WHERE];
    return nr_fail(r->err, why->status, "%s: %.800s", nr_table_where(r->table, row, where),
                   why->message);
}

static nearer_status read_place(size_t *out, const reader *r, size_t row, size_t column)
{
    char number[NR_NUMBER_TEXT];
    nearer_error why;
    const char *name = nr_table_cell(r->table, row, column, number);
    return nearer_network_find_place(out, r->network, name, &why) == NEARER_OK
               ? NEARER_OK
               : fail_at(r, row, &why);
}

static const char *text_of(const reader *r, size_t row, ptrdiff_t column)
{
    const char *text = column < 0 ? "" : nearer_table_text(r->table, row, (size_t)column);
    return text == NULL ? "" : text;
}

/* By which modes, and when. */
static nearer_status read_network_of(nr_observation *o, nr_period *period, unsigned *modes,
                                     const reader *r, size_t row, nearer_error *why)
{
    char number[NR_NUMBER_TEXT];
    o->modes = text_of(r, row, (ptrdiff_t)r->mode);
    if (o->modes[0] == 0) o->modes = NULL;
    o->period = text_of(r, row, (ptrdiff_t)r->period);
    NR_TRY(nr_network_modes(modes, r->network, o->modes, why));
    return nr_period_parse(period, nr_table_cell(r->table, row, r->period, number), why);
}

static nearer_status read_row(nr_observation *o, nr_period *period, unsigned *modes,
                              const reader *r, size_t row)
{
    nearer_error why;
    nearer_status status;
    *o = (nr_observation){.row = row, .modelled_min = NAN, .period = ""};
    NR_TRY(read_place(&o->from, r, row, r->from));
    NR_TRY(read_place(&o->to, r, row, r->to));
    status = r->given ? NEARER_OK : read_network_of(o, period, modes, r, row, &why);
    if (status != NEARER_OK) return fail_at(r, row, &why);
    NR_TRY(nr_table_read_number(&o->observed_min, r->table, row, r->minutes, r->err));
    if (o->from == o->to || !(o->observed_min > 0) || isinf(o->observed_min)) {
        nr_fail(&why, NEARER_VALUE,
                o->from == o->to ? "two different places were expected"
                                 : "minutes: a number above 0 was expected");
        return fail_at(r, row, &why);
    }
    o->sample = text_of(r, row, r->sample);
    o->confidence = text_of(r, row, r->confidence);
    o->source = text_of(r, row, r->source);
    return NEARER_OK;
}

nearer_status nr_observed_read(nr_observation **out, size_t *count, size_t *left_out,
                               const nearer_network *network, const nearer_table *table,
                               nr_period window, unsigned modes, nearer_error *err)
{
    reader r = {.network = network, .table = table, .given = network->given[1] != NULL, .err = err};
    NR_TRY(find_columns(&r));
    nr_observation *list = nr_alloc(nearer_table_rows(table), sizeof *list);
    nearer_status status = list == NULL ? nr_fail_memory(err) : NEARER_OK;
    size_t n = 0;
    for (size_t row = 0; status == NEARER_OK && row < nearer_table_rows(table); row++) {
        nr_period period = {window.first, NEARER_GIVEN};
        unsigned own = 0;
        status = read_row(&list[n], &period, &own, &r, row);
        bool taken = period.first <= window.last && period.last >= window.first;
        if (status != NEARER_OK || !taken || (list[n].modes != NULL && (own & ~modes) != 0))
            continue;
        if (!r.given && period.last > window.last) period.last = window.last;
        list[n++].date = period.last;
    }
    if (status != NEARER_OK) {
        nr_free(list);
        return status;
    }
    *out = list;
    *count = n;
    *left_out = nearer_table_rows(table) - n;
    return NEARER_OK;
}
