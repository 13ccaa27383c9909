#include "formats/stream.h"

#include <errno.h>
#include <string.h>

#include "base/memory.h"
#include "formats/format.h"
#include "formats/unfinished.h"

static void give_back(nr_stream *s)
{
    if (s->kind->clear != NULL) s->kind->clear(s);
    if (s->file != NULL) fclose(s->file);
    if (s->unfinished >= 0) nr_unfinished_done(s->unfinished);
    nr_free(s->path);
    nr_free(s->part);
    nr_free(s);
}

void nr_stream_drop(nr_stream *s)
{
    if (s == NULL) return;
    if (s->begun) remove(s->part);
    give_back(s);
}

static nearer_status fail_writing(const nr_stream *s, nearer_error *err)
{
    return nr_fail(err, NEARER_IO, "%s: cannot be written: %s", s->path, strerror(errno));
}

nearer_status nr_stream_open_as(nr_stream **out, const char *path, const nr_streaming *kind,
                                void *state, const nr_stream_spec *spec, nearer_error *err)
{
    nr_stream *s = nr_alloc(1, sizeof *s);
    if (s == NULL) return nr_fail_memory(err);
    nr_text part = {0};
    nr_text_add_word(&part, path);
    nr_text_add_word(&part, ".part");
    *s = (nr_stream){.spec = *spec,
                     .kind = kind,
                     .path = nr_copy_text(path, strlen(path)),
                     .part = nr_text_take(&part),
                     .state = state,
                     .unfinished = -1};
    nearer_status status = NEARER_OK;
    if (s->path == NULL || s->part == NULL) status = nr_fail_memory(err);
    if (status == NEARER_OK) {
        s->file = fopen(s->part, "wb");
        if (s->file == NULL) status = fail_writing(s, err);
    }
    if (status == NEARER_OK) {
        s->begun = true;
        s->unfinished = nr_unfinished_add(s->part);
        if (kind->opens_itself) {
            fclose(s->file);
            s->file = NULL;
        }
        status = kind->begin(s, err);
    }
    if (status == NEARER_OK)
        *out = s;
    else
        nr_stream_drop(s);
    return status;
}

nearer_status nr_stream_open(nr_stream **out, const char *path, const nr_stream_spec *spec,
                             nearer_error *err)
{
    const nr_format *format = NULL;
    NR_TRY(nr_format_find_stream(&format, path, err));
    return nr_stream_open_as(out, path, format->stream, NULL, spec, err);
}

nearer_status nr_stream_write(nr_stream *s, const void *bytes, size_t count, nearer_error *err)
{
    return fwrite(bytes, 1, count, s->file) == count ? NEARER_OK : fail_writing(s, err);
}

nearer_status nr_stream_put(nr_stream *s, const nr_ticks *block, size_t rows, nearer_error *err)
{
    NR_TRY(s->kind->put(s, block, rows, err));
    s->done += rows;
    return NEARER_OK;
}

static nearer_status finish(nr_stream *s, nearer_error *err)
{
    if (s->done != s->spec.rows)
        return nr_fail(err, NEARER_INTERNAL, "%s: %zu of %zu rows were written", s->path, s->done,
                       s->spec.rows);
    if (s->kind->end != NULL) NR_TRY(s->kind->end(s, err));
    if (s->file != NULL) {
        int code = fclose(s->file);
        s->file = NULL;
        if (code != 0) return fail_writing(s, err);
    }
    return rename(s->part, s->path) == 0 ? NEARER_OK : fail_writing(s, err);
}

nearer_status nr_stream_close(nr_stream *s, nearer_error *err)
{
    nearer_status status = finish(s, err);
    if (status == NEARER_OK)
        give_back(s);
    else
        nr_stream_drop(s);
    return status;
}
