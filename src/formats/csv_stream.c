/* A matrix as a long table, a row an ordered pair. */
#include <string.h>

#include "base/memory.h"
#include "formats/csv.h"

enum { FLUSH = 1 << 20 };

/* The columns' ids as fields, one behind the other, and where each begins. */
typedef struct state {
    nr_text fields, rows;
    size_t *at;
    char separator[2];
} state;

static void clear(nr_stream *s)
{
    state *own = s->state;
    if (own == NULL) return;
    nr_text_clear(&own->fields);
    nr_text_clear(&own->rows);
    nr_free(own->at);
    nr_free(own);
}

static void add_id(nr_text *out, const char *const *ids, size_t i)
{
    if (ids == NULL)
        nr_text_print(out, "%zu", i + 1);
    else
        nr_csv_add_field(out, ids[i], false);
}

static nearer_status flush(nr_stream *s, size_t least, nearer_error *err)
{
    state *own = s->state;
    if (own->rows.failed) return nr_fail_memory(err);
    if (own->rows.length < least) return NEARER_OK;
    NR_TRY(nr_stream_write(s, own->rows.bytes, own->rows.length, err));
    own->rows.length = 0;
    return NEARER_OK;
}

static nearer_status begin(nr_stream *s, const char *separator, nearer_error *err)
{
    state *own = nr_alloc(1, sizeof *own);
    s->state = own;
    if (own == NULL) return nr_fail_memory(err);
    memcpy(own->separator, separator, 2);
    own->at = nr_alloc(s->spec.columns + 1, sizeof *own->at);
    if (own->at == NULL) return nr_fail_memory(err);
    for (size_t c = 0; c < s->spec.columns; c++) {
        add_id(&own->fields, s->spec.column_ids, c);
        nr_text_add(&own->fields, separator, 1);
        own->at[c + 1] = own->fields.length;
    }
    nr_text_print(&own->rows, "from_id%sto_id%s%s\n", separator, separator, s->spec.column);
    return own->fields.failed ? nr_fail_memory(err) : flush(s, 1, err);
}

static nearer_status begin_csv(nr_stream *s, nearer_error *err)
{
    return begin(s, ",", err);
}

static nearer_status begin_tsv(nr_stream *s, nearer_error *err)
{
    return begin(s, "\t", err);
}

static nearer_status put(nr_stream *s, const nr_ticks *block, size_t rows, nearer_error *err)
{
    state *own = s->state;
    nr_text from = {0};
    nearer_status status = NEARER_OK;
    for (size_t i = 0; status == NEARER_OK && i < rows; i++) {
        from.length = 0;
        add_id(&from, s->spec.row_ids, s->done + i);
        nr_text_add(&from, own->separator, 1);
        if (from.failed) status = nr_fail_memory(err);
        for (size_t c = 0; status == NEARER_OK && c < s->spec.columns; c++) {
            char number[NR_NUMBER_TEXT];
            if (s->spec.same && s->spec.first + s->done + i == c) continue;
            nr_format_number(nr_ticks_value(block[i * s->spec.columns + c], s->spec.per_unit),
                             number);
            nr_text_add(&own->rows, from.bytes, from.length);
            nr_text_add(&own->rows, own->fields.bytes + own->at[c], own->at[c + 1] - own->at[c]);
            nr_text_add_word(&own->rows, number);
            nr_text_add(&own->rows, "\n", 1);
            status = flush(s, FLUSH, err);
        }
    }
    nr_text_clear(&from);
    return status;
}

static nearer_status end(nr_stream *s, nearer_error *err)
{
    return flush(s, 1, err);
}

const nr_streaming nr_csv_streaming = {.begin = begin_csv, .put = put, .end = end, .clear = clear};
const nr_streaming nr_tsv_streaming = {.begin = begin_tsv, .put = put, .end = end, .clear = clear};
