/* Matrices of any size: planned, computed block by block, and written as they come. */
#include "study/matrix.h"

#include <math.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/progress.h"
#include "base/ranks.h"
#include "formats/format.h"
#include "formats/part.h"
#include "formats/stream.h"
#include "study/study.h"

static const char column[] = "travel_time";

/* ---- as a file ---- */

typedef struct writer {
    const nr_matrix_job *job;
    nr_stream *stream; /* of the first process alone */
    size_t first;      /* source of the first row */
    size_t unreachable;
    double write_s;
} writer;

static size_t count_never(const nr_ticks *rows, size_t count)
{
    size_t never = 0;
    for (size_t k = 0; k < count; k++) never += rows[k] == NR_NEVER;
    return never;
}

static nearer_status take_block(void *context, size_t first, size_t count, const nr_ticks *rows,
                                nearer_error *err)
{
    writer *w = context;
    (void)first;
    double begin = nr_clock();
    w->unreachable += count_never(rows, count * w->job->task.target_count);
    nearer_status status = nr_stream_put(w->stream, rows, count, err);
    w->write_s += nr_clock() - begin;
    return status;
}

/* The rows of part i of n: as many as of any other, or one more. */
static size_t part_begin(size_t rows, size_t part, size_t parts)
{
    return rows * part / parts;
}

/* Stands for the whole task: parts of one key belong together. */
static nr_hash key_of(const nr_task *task, double per_unit)
{
    nr_hash key = {0};
    const nr_rows *rows = task->rows;
    nr_hash_add(&key, rows->first, ((size_t)rows->vertices + 1) * sizeof *rows->first);
    nr_hash_add(&key, rows->to, (size_t)rows->arcs * sizeof *rows->to);
    nr_hash_add(&key, rows->weight, (size_t)rows->arcs * sizeof *rows->weight);
    nr_hash_add(&key, task->sources, task->source_count * sizeof *task->sources);
    nr_hash_add(&key, task->targets, task->target_count * sizeof *task->targets);
    nr_hash_add(&key, &task->limit, sizeof task->limit);
    nr_hash_add(&key, &per_unit, sizeof per_unit);
    return key;
}

static nearer_status open_stream(writer *w, const nearer_matrix_file *file, size_t rows,
                                 nearer_error *err)
{
    const nr_matrix_job *job = w->job;
    const nr_stream_spec spec = {.rows = rows,
                                 .columns = job->task.target_count,
                                 .row_ids = job->row_ids + w->first,
                                 .column_ids = job->column_ids,
                                 .per_unit = job->per_unit,
                                 .column = column,
                                 .unit = job->unit,
                                 .float32 = file->float32,
                                 .same = job->same,
                                 .first = w->first};
    if (nr_ranks_own() != 0) return NEARER_OK;
    if (file->parts == 0) return nr_stream_open(&w->stream, file->path, &spec, err);
    char key[33];
    const nr_part_spec part = {.part = file->part,
                               .parts = file->parts,
                               .all_rows = job->task.source_count,
                               .key = nr_hash_text(key_of(&job->task, job->per_unit), key)};
    return nr_part_open(&w->stream, file->path, &spec, &part, err);
}

static nearer_status tell(nearer_report **out, const writer *w, size_t rows, nearer_error *err)
{
    nearer_report *report = NULL;
    const nr_task *task = &w->job->task;
    NR_TRY(nr_report_new(&report, err));
    const char *unit = w->job->unit == NULL ? "the file's own unit" : "minutes";
    nearer_status status =
        w->job->same && rows == task->source_count
            ? nr_report_add_note(report, err,
                                 "%zu places, %zu ordered pairs, %zu of them unreachable (inf)",
                                 rows, rows * (rows > 0 ? rows - 1 : 0), w->unreachable)
            : nr_report_add_note(report, err,
                                 "%zu sources, %zu targets, %zu pairs unreachable (inf), in %s",
                                 rows, task->target_count, w->unreachable, unit);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}

/* What is worth a sentence before it begins: more than a quarter of a billion pairs. */
enum { MANY_PAIRS = 250000000 };

static void forecast(const nr_matrix_plan *plan, const nr_task *task, const char *path,
                     bool float32)
{
    double pairs = (double)task->source_count * (double)task->target_count;
    if (pairs < MANY_PAIRS) return;
    nr_forecast(
        "%zu rows of %zu numbers, %.3g GB as %s numbers, go to %.200s in blocks of %zu rows; "
        "about %.0f MB of memory, engine %s",
        task->source_count, task->target_count, pairs * (float32 ? 4 : 8) / 1e9,
        float32 ? "4-byte" : "8-byte", path, plan->block_rows, (double)plan->bytes / 1e6,
        plan->engine->id);
}

nearer_status nr_matrix_write(nearer_report **out, const nr_matrix_job *job,
                              const nearer_query *query, const nearer_matrix_file *file,
                              nearer_error *err)
{
    nr_task task = job->task;
    writer w = {.job = job};
    nr_matrix_plan plan;
    size_t end = task.source_count;
    if (file->parts > 0) {
        w.first = part_begin(end, file->part - 1, file->parts);
        end = part_begin(end, file->part, file->parts);
    }
    task.sources += w.first;
    task.source_count = end - w.first;
    NR_TRY(nr_matrix_plan_make(&plan, &task, query, err));
    NR_TRY(open_stream(&w, file, task.source_count, err));
    forecast(&plan, &task, file->path, file->float32);
    nearer_status status = nr_matrix_make(&plan, &task, NR_TAKE_IN_ORDER, take_block, &w, err);
    double begin = nr_clock();
    if (status == NEARER_OK && nr_ranks_own() == 0)
        status = nr_stream_close(w.stream, err);
    else
        nr_stream_drop(w.stream);
    if (query->timings != NULL) query->timings->write_s += w.write_s + nr_clock() - begin;
    return status == NEARER_OK ? tell(out, &w, task.source_count, err) : status;
}

/* ---- as a table ---- */

typedef struct asker {
    const nr_matrix_job *job;
    nearer_table *table;
    size_t unreachable;
} asker;

static nearer_status put_rows(void *context, size_t first, size_t count, const nr_ticks *rows,
                              nearer_error *err)
{
    asker *a = context;
    size_t n = a->job->task.target_count;
    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < n; t++) {
            if (a->job->same && first + i == t) continue;
            nr_ticks ticks = rows[i * n + t];
            a->unreachable += ticks == NR_NEVER;
            nr_table_put(a->table, a->job->row_ids[first + i], a->job->column_ids[t],
                         nr_ticks_value(ticks, a->job->per_unit));
        }
    return nr_table_starved(a->table) ? nr_fail_memory(err) : NEARER_OK;
}

nearer_status nr_matrix_ask(nearer_report **out, const nr_matrix_job *job,
                            const nearer_query *query, nearer_error *err)
{
    nr_matrix_plan plan;
    asker a = {.job = job};
    nearer_report *report = NULL;
    NR_TRY(nr_matrix_plan_make(&plan, &job->task, query, err));
    NR_TRY(nr_report_new(&report, err));
    nearer_status status = nr_table_new(&a.table, NULL, NULL, err);
    if (status == NEARER_OK) {
        nr_table_add_column(a.table, "from_id", NR_TEXT_COLUMN);
        nr_table_add_column(a.table, "to_id", NR_TEXT_COLUMN);
        nr_table_add_column(a.table, column, job->unit == NULL ? 0 : 1);
        status = nr_matrix_make(&plan, &job->task, NR_TAKE_IN_ORDER, put_rows, &a, err);
    }
    if (status == NEARER_OK)
        status = nr_study_put(report, "times",
                              job->unit == NULL ? "Distances, in the file's own unit"
                                                : "Travel times, minutes",
                              a.table, err);
    else
        nearer_table_free(a.table);
    if (status == NEARER_OK)
        status = nr_report_add_note(
            report, err, "%zu sources, %zu targets, %zu pairs unreachable (inf); engine %s",
            job->task.source_count, job->task.target_count, a.unreachable, plan.engine->id);
    if (status == NEARER_OK)
        *out = report;
    else
        nearer_report_free(report);
    return status;
}
