/* The parts of a matrix, computed by several runs or machines, joined to one file. */
#include <string.h>

#include "formats/part.h"
#include "study/study.h"

typedef struct joiner {
    const char *path;
    size_t parts, done; /* rows */
    const char **ids;   /* of all rows */
    nr_text id_texts;
    nr_part first; /* what all are held against, and the columns' ids */
    nearer_error *err;
} joiner;

static nearer_status check(const joiner *j, const nr_part *p)
{
    if (strcmp(p->part.key, j->first.part.key) != 0)
        return nr_fail(j->err, NEARER_VALUE,
                       "%s: it is of another network, other sources or targets than %s", p->path,
                       j->first.path);
    if (p->spec.first != j->done)
        return nr_fail(j->err, NEARER_VALUE, "%s: it begins with row %zu, %zu was expected",
                       p->path, p->spec.first + 1, j->done + 1);
    return NEARER_OK;
}

/* Before anything is written all parts are looked at; the rows' ids are theirs. */
static nearer_status survey(joiner *j)
{
    size_t *at = nr_alloc(j->first.part.all_rows, sizeof *at);
    nearer_status status = at == NULL ? nr_fail_memory(j->err) : NEARER_OK;
    for (size_t i = 1; status == NEARER_OK && i <= j->parts; i++) {
        nr_part p = {0};
        status = nr_part_read(&p, j->path, i, j->parts, j->err);
        if (status == NEARER_OK) status = check(j, &p);
        for (size_t r = 0; status == NEARER_OK && r < p.spec.rows; r++) {
            if (j->done >= j->first.part.all_rows)
                status = nr_fail(j->err, NEARER_VALUE, "%s: more rows than the matrix has", p.path);
            else
                at[j->done++] = j->id_texts.length;
            nr_text_add(&j->id_texts, p.spec.row_ids[r], strlen(p.spec.row_ids[r]) + 1);
        }
        nr_part_clear(&p);
    }
    if (status == NEARER_OK && j->done != j->first.part.all_rows)
        status = nr_fail(j->err, NEARER_VALUE, "%s: the parts have %zu of %zu rows", j->path,
                         j->done, j->first.part.all_rows);
    j->ids = nr_alloc(j->done, sizeof *j->ids);
    if (status == NEARER_OK && (j->ids == NULL || j->id_texts.failed))
        status = nr_fail_memory(j->err);
    for (size_t r = 0; status == NEARER_OK && r < j->done; r++)
        j->ids[r] = j->id_texts.bytes + at[r];
    nr_free(at);
    return status;
}

static nearer_status copy_rows(joiner *j, nr_stream *stream)
{
    enum { BLOCK_BYTES = 1 << 24 };
    size_t a_row = j->first.spec.columns * sizeof(nr_ticks);
    size_t block = a_row == 0 || BLOCK_BYTES / a_row == 0 ? 1 : BLOCK_BYTES / a_row;
    nr_ticks *rows = nr_alloc(block, a_row);
    nearer_status status = rows == NULL ? nr_fail_memory(j->err) : NEARER_OK;
    for (size_t i = 1; status == NEARER_OK && i <= j->parts; i++) {
        nr_part p = {0};
        status = nr_part_read(&p, j->path, i, j->parts, j->err);
        while (status == NEARER_OK && p.done < p.spec.rows) {
            size_t left = p.spec.rows - p.done, count = left < block ? left : block;
            status = nr_part_rows(&p, rows, count, j->err);
            if (status == NEARER_OK) status = nr_stream_put(stream, rows, count, j->err);
        }
        nr_part_clear(&p);
    }
    nr_free(rows);
    return status;
}

static nearer_status join(joiner *j, bool float32)
{
    nr_stream *stream = NULL;
    NR_TRY(nr_part_read(&j->first, j->path, 1, j->parts, j->err));
    NR_TRY(survey(j));
    nr_stream_spec spec = j->first.spec;
    spec.rows = j->done;
    spec.row_ids = j->ids;
    spec.float32 = float32;
    NR_TRY(nr_stream_open(&stream, j->path, &spec, j->err));
    nearer_status status = copy_rows(j, stream);
    if (status == NEARER_OK) return nr_stream_close(stream, j->err);
    nr_stream_drop(stream);
    return status;
}

nearer_status nearer_join(nearer_report **out, const char *path, bool float32, nearer_error *err)
{
    joiner j = {.path = path, .err = err};
    nearer_report *report = NULL;
    NR_TRY(nr_part_count(&j.parts, path, err));
    NR_TRY(nr_report_new(&report, err));
    nearer_status status = join(&j, float32);
    if (status == NEARER_OK)
        status = nr_report_add_note(report, err, "%zu parts, %zu rows, %zu columns", j.parts,
                                    j.done, j.first.spec.columns);
    nr_part_clear(&j.first);
    nr_free(j.ids);
    nr_text_clear(&j.id_texts);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
